// The reader's choice of how large numbers are written: as each figure says, in ten thousands, or in hundred millions.
// Which units belong together is the content's: a unit is another's multiple when its name ends in the other's name and
// their factors stand a power of ten apart (so an area never turns into another measure of land).
import { ref } from 'vue'
import { useContent } from '../api/content'
import type { UnitDef } from '../api/types'
import { group, round, shift } from './number'

export type Scale = 'own' | 'ten_thousand' | 'hundred_million'
const PLACES: Record<Scale, number> = { own: 0, ten_thousand: 4, hundred_million: 8 }
const KEY = 'parkledger.scale'

function kept(): Scale {
  const value = globalThis.localStorage?.getItem(KEY)
  return value === 'ten_thousand' || value === 'hundred_million' ? value : 'own'
}
const scale = ref<Scale>(kept())

/** The choice and how to make it. */
export function useScale() {
  return {
    scale,
    setScale(next: Scale) {
      scale.value = next
      localStorage.setItem(KEY, next)
    },
  }
}

/** How many places one unit stands above another, or nothing when it is no power of ten. */
function placesBetween(small: UnitDef, large: UnitDef): number | undefined {
  const [a, b] = [BigInt(small.factor.replace('.', '') || '0'), BigInt(large.factor.replace('.', '') || '0')]
  if (small.factor.includes('.') || large.factor.includes('.') || a === 0n) return undefined
  for (let places = 0, at = a; places <= 8; places += 1, at *= 10n) if (at === b) return places
  return undefined
}

/** The unit a number would be written in, and how many places its point moves to the left. */
export function scaledUnit(unit: string | undefined, to: Scale, units: readonly UnitDef[]): { unit?: string; places: number } {
  const own = units.find((u) => u.id === unit)
  if (!own || to === 'own') return { unit, places: 0 }
  const kin = units.filter((u) => u.dimension === own.dimension)
  const base = kin.filter((u) => own.id.endsWith(u.id)).reduce((least, u) => (u.id.length < least.id.length ? u : least), own)
  const ownPlaces = placesBetween(base, own)
  const target = kin.find((u) => u.id.endsWith(base.id) && placesBetween(base, u) === PLACES[to])
  if (!target || ownPlaces === undefined) return { unit, places: 0 }
  return { unit: target.id, places: PLACES[to] - ownPlaces }
}

/** A number in the reader's scale: grouped digits and the unit they are in. */
export function writeAmount(number: string, unit: string | undefined, decimals?: number): { text: string; unit?: string } {
  const scaled = scaledUnit(unit, scale.value, useContent().catalogue.value.units)
  if (scaled.places === 0) return { text: group(decimals === undefined ? number : round(number, decimals)), unit }
  const moved = shift(number, scaled.places)
  // A larger unit needs its digits, a smaller one has none behind the point.
  return { text: group(round(moved, scaled.places > 0 ? Math.max(2, decimals ?? 0) : Math.max(0, (decimals ?? 0) + scaled.places))), unit: scaled.unit }
}
