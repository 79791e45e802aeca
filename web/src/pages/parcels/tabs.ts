// The pages about land, in the order of work: look, bring in, fill gaps, judge, try out, use.
import type { Right } from '@/api/types'

export interface Tab { id: string; to: string; rights?: Right[] }
export const TABS: readonly Tab[] = [
  { id: 'map', to: '/parcels' },
  { id: 'imports', to: '/parcels/imports', rights: ['record', 'accept'] },
  { id: 'coverage', to: '/parcels/coverage' },
  { id: 'evaluations', to: '/parcels/evaluations' },
  { id: 'simulate', to: '/parcels/simulate' },
  { id: 'use', to: '/parcels/use' },
]
