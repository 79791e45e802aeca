// Small sums and orders behind a parcel's page.
import type { OccupancyView, ParcelView, WaterfallStep } from '@/api/parcels'
import { subtract } from '@/format/exact'
import type { Step } from '@/components/Waterfall'

export interface Branch { line: OccupancyView; depth: number }

/** A tree of occupancies as rows, each below what it was let from. */
export function branches(tree: readonly OccupancyView[], depth = 0): Branch[] {
  return tree.flatMap((line) => [{ line, depth }, ...branches(line.within, depth + 1)])
}

/** How far the boundary's area is from the legal one, in percent with one sign; nothing where one of them is not known. */
export function deviation(view: Pick<ParcelView, 'geometry_area' | 'areas'>): string | undefined {
  const legal = view.areas[0]?.area
  if (!legal || !view.geometry_area || Number(legal) === 0) return undefined
  // A share for the eye; both areas stand beside it exactly.
  const share = (Number(subtract(view.geometry_area, legal)) / Number(legal)) * 100
  return `${share > 0 ? '+' : ''}${share.toFixed(2)}%`
}
/** A boundary that differs by more than a thousandth cannot be the projection's doing. */
export const TOLERANCE = 0.1

/** From nothing to the score, as bars. */
export function scoreSteps(steps: readonly WaterfallStep[], nameOf: (step: WaterfallStep) => string): Step[] {
  const last = steps.at(-1)
  const whole = last && last.kind !== 'total' ? [...steps, { ...last, kind: 'total' as const }] : steps
  return whole.map((step) => (step.kind === 'total'
    ? { kind: 'end', name: nameOf(step), amount: step.total, from: '0', to: step.total, contribution: null, count: 0 }
    : { kind: 'change', name: nameOf(step), amount: step.points, from: subtract(step.total, step.points), to: step.total, contribution: null, count: 1 }))
}
