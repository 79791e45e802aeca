// The names of the contract's part about ladders and reserve pools; words that are one of a few are said to be so.
import type { As } from './types'

export type Verdict = 'met' | 'not_met' | 'unknown'
export type Standing = 'none' | 'applied' | 'publicised' | 'recognised' | 're_recognised' | 'expired' | 'revoked'
export type LadderRule = As<'RuleCard'>
export type RungCard = As<'RungCard'>
export type WindowCard = As<'WindowCard'>
export type LadderList = As<'LadderList'>
export type StandingRow = As<'StandingRow', { verdict: Verdict; standing?: Standing | null }>
export type LadderStanding = As<'LadderStanding', { items: StandingRow[] }>
export type CriterionView = As<'CriterionView', { verdict: Verdict; because?: string | null; prerequisite?: 'hard' | 'direct' | 'practice' | null }>
export type RungView = As<'RungView', { verdict: Verdict; standing?: Standing | null; criteria: CriterionView[] }>
export type EnterpriseLadders = As<'EnterpriseLadders', { rungs: RungView[] }>

export type PoolState = 'kept' | 'proposed' | 'unscreened'
export type PoolCard = As<'PoolCard'>
export type PoolList = As<'PoolList'>
export type PoolRow = As<'PoolRow', { state: PoolState; verdict?: Verdict | null }>
export type ScreenCard = As<'ScreenCard'>
export type PoolView = As<'PoolView', { items: PoolRow[] }>
