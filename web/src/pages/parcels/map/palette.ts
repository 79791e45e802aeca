// Colours of the map. All of them can be told apart with the common kinds of colour blindness (ColorBrewer's RdBu without its
// red, Blues, PuOr; Okabe and Ito's for kinds), and in grey by their lightness; what is not judged is hatched, not only grey.

/** From best to worst grade. */
const GRADES = ['#2166ac', '#92c5de', '#fdb863', '#b35806']
/** Classes beside the order of grades: a scheme's own extra ones. */
const EXTRA = ['#b2abd2', '#807dba', '#c7b8a3']
/** Kinds without an order (Okabe and Ito). */
const KINDS = ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#f0e442', '#0072b2', '#d55e00', '#8c8c8c']
const LOW_TO_HIGH = ['#e3edf8', '#b3cde3', '#74a9cf', '#2b7bba', '#084081']
const WORSE_TO_BETTER = ['#b35806', '#f1a340', '#f2f2f0', '#9ba8d6', '#3f4f9b']

/** What has no class: the pattern of hatching lies over it. */
export const UNJUDGED = '#e9ecf0'

/** Picks as many as are asked for, spread over the list, ends included. */
function spread(list: readonly string[], count: number): string[] {
  if (count <= 1) return list.slice(0, count)
  return Array.from({ length: count }, (_, at) => list[Math.round((at * (list.length - 1)) / (count - 1))]!)
}

/** Between two colours, for schemes with more grades than there are colours. */
function blend(list: readonly string[], share: number): string {
  const at = share * (list.length - 1)
  const below = Math.min(Math.floor(at), list.length - 2)
  const [a, b] = [list[below]!, list[below + 1]!].map((hex) => [1, 3, 5].map((n) => Number.parseInt(hex.slice(n, n + 2), 16)))
  return `#${a!.map((part, n) => Math.round(part + (b![n]! - part) * (at - below)).toString(16).padStart(2, '0')).join('')}`
}

/** A colour for each grade, best first, then for each extra class. */
export function gradeColours(grades: number, extras = 0): string[] {
  const ordered = grades <= GRADES.length ? spread(GRADES, grades) : Array.from({ length: grades }, (_, at) => blend(GRADES, at / (grades - 1)))
  return [...ordered, ...Array.from({ length: extras }, (_, at) => EXTRA[at % EXTRA.length]!)]
}
/** Kinds that have no order. */
export function kindColours(kinds: number): string[] { return Array.from({ length: kinds }, (_, at) => KINDS[at % KINDS.length]!) }
/** Low to high. */
export function measureColours(classes: number): string[] { return classes === 1 ? [LOW_TO_HIGH[2]!] : spread(LOW_TO_HIGH, classes) }
/** Worse to better, with a middle that says “about the same”. */
export function changeColours(classes: number): string[] { return classes === 1 ? [WORSE_TO_BETTER[2]!] : spread(WORSE_TO_BETTER, classes) }
