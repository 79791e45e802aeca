// Asks for the chosen figures: their breakdowns first, so that each is only broken down by what it knows, then the answers in one go.
import { computed, type Ref } from 'vue'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/vue-query'
import { get, post } from '@/api/client'
import type { Answer, Items, SeriesPoint } from '@/api/types'
import { asked, type State } from './question'

export interface Breakdown {
  path: string
  title: string
  title_en?: string
}

const breakdownsOf = (figure: string) => ({
  queryKey: ['figures', 'breakdowns', figure] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) => get<Items<Breakdown>>(`/figures/${figure}/breakdowns`, {}, { signal }),
  staleTime: Infinity,
})

/** The breakdowns one figure knows. */
export function useBreakdowns(figure: Ref<string>) {
  return useQuery(computed(() => ({ ...breakdownsOf(figure.value), enabled: figure.value !== '' })))
}

export function useAnswers(state: Ref<State>, period: Ref<string>) {
  const known = useQueries({ queries: computed(() => state.value.figures.map(breakdownsOf)) })
  /** The breakdowns of each chosen figure; missing while they are on their way. */
  const breakdowns = computed(() => new Map(state.value.figures.map((figure, at) => [figure, known.value[at]?.data?.items])))
  const settled = computed(() => known.value.every((one) => !one.isPending))
  const byOf = (figure: string) => (breakdowns.value.get(figure)?.some((b) => b.path === state.value.by) ? state.value.by : '')
  const questions = computed(() => state.value.figures.map((figure) => ({ figure, ...asked(state.value, byOf(figure)), period: period.value })))
  const answers = useQuery(computed(() => ({
    queryKey: ['figures', 'query', questions.value],
    queryFn: ({ signal }: { signal: AbortSignal }) => post<{ items: Answer[]; revision: number }>('/figures/query', { questions: questions.value }, { signal }),
    enabled: questions.value.length > 0 && period.value !== '' && settled.value,
    placeholderData: keepPreviousData,
  })))
  return { answers, breakdowns, byOf }
}

/** A figure over the months up to the period. */
export function useSeries(figure: Ref<string>, state: Ref<State>, period: Ref<string>, enabled: Ref<boolean>) {
  return useQuery(computed(() => {
    const question = { ...asked(state.value, ''), period: period.value, months: state.value.months }
    return {
      queryKey: ['figures', 'series', figure.value, question],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<Items<SeriesPoint>>(`/figures/${figure.value}/series`, question, { signal }),
      enabled: enabled.value && figure.value !== '' && period.value !== '',
    }
  }))
}
