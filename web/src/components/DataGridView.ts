/** The part of a grid in view: scrolling, its size, and which rows that makes. */
import { type Ref, computed, nextTick, onBeforeUnmount, onMounted, ref, watch } from 'vue'

import { ScrollMap } from './DataGridScroll'

export const ROW_HEIGHT = 32
/** Rows are placed from the start of their block: browsers place what is millions of pixels away inexactly. */
const BLOCK = 1000
const REST_MS = 160

/** A list that can be scrolled: how many rows it has, and being told which are in view. */
export interface Scrollable {
  readonly count: number
  want(first: number, last: number): void
}

/** `row` and `head`: heights of a row and of what stands above the rows. */
export function useGridView(scroller: Ref<HTMLElement | undefined>, source: () => Scrollable, row = ROW_HEIGHT, head = ROW_HEIGHT) {
  const map = new ScrollMap()
  const at = ref(0)
  const shift = ref(0)
  const height = ref(0)
  const view = ref(600)
  const base = computed(() => Math.floor(at.value / row / BLOCK) * BLOCK)
  let resting = 0
  let observer: ResizeObserver | undefined

  function refresh(): void {
    at.value = map.at
    shift.value = map.shift
    height.value = map.height
    const first = Math.floor(map.at / row)
    const last = Math.min(source().count - 1, first + Math.ceil(view.value / row))
    source().want(first, Math.max(first, last))
  }

  function put(top: number): void {
    refresh()
    if (scroller.value && Math.abs(scroller.value.scrollTop - top) >= 1) scroller.value.scrollTop = top
  }

  function scrolled(): void {
    map.scrolled(scroller.value!.scrollTop)
    refresh()
    window.clearTimeout(resting)
    resting = window.setTimeout(() => put(map.rest()), REST_MS)
  }

  async function measure(): Promise<void> {
    if (!scroller.value) return
    view.value = Math.max(row, scroller.value.clientHeight - head)
    const top = map.resize(source().count * row, view.value)
    refresh()
    await nextTick()
    put(top)
  }

  /** Scrolls no further than needed to show a row. */
  function reveal(index: number): void {
    const start = index * row
    if (start < map.at) put(map.goTo(start))
    else if (start + row > map.at + view.value) put(map.goTo(start + row - view.value))
  }

  onMounted(() => {
    observer = new ResizeObserver(() => void measure())
    observer.observe(scroller.value!)
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    window.clearTimeout(resting)
  })
  watch(
    () => [source(), source().count],
    () => void measure(),
    { flush: 'post' },
  )

  return {
    at,
    shift,
    height,
    view,
    base,
    scrolled,
    reveal,
    /** Scrolls so that a row stands in the middle. */
    centre: (index: number): void => put(map.goTo(index * row - (view.value - row) / 2)),
    /** Scrolls by pixels of the list. */
    by: (pixels: number): void => put(map.goTo(map.at + pixels)),
  }
}
