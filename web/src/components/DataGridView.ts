/** The part of a grid in view: scrolling, its size, and which rows that makes. */
import { type Ref, computed, nextTick, onBeforeUnmount, onMounted, ref, watch } from 'vue'

import { ScrollMap } from './DataGridScroll'
import type { GridSource } from './DataGridTypes'

export const ROW_HEIGHT = 32
/** Rows are placed from the start of their block: browsers place what is millions of pixels away inexactly. */
const BLOCK = 1000
const REST_MS = 160

// eslint-disable-next-line @typescript-eslint/explicit-function-return-type
export function useGridView(scroller: Ref<HTMLElement | undefined>, source: () => GridSource) {
  const map = new ScrollMap()
  const at = ref(0)
  const shift = ref(0)
  const height = ref(0)
  const view = ref(600)
  const base = computed(() => Math.floor(at.value / ROW_HEIGHT / BLOCK) * BLOCK)
  let resting = 0
  let observer: ResizeObserver | undefined

  function refresh(): void {
    at.value = map.at
    shift.value = map.shift
    height.value = map.height
    const first = Math.floor(map.at / ROW_HEIGHT)
    const last = Math.min(source().count - 1, first + Math.ceil(view.value / ROW_HEIGHT))
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
    view.value = Math.max(ROW_HEIGHT, scroller.value.clientHeight - ROW_HEIGHT)
    const top = map.resize(source().count * ROW_HEIGHT, view.value)
    refresh()
    await nextTick()
    put(top)
  }

  /** Scrolls no further than needed to show a row. */
  function reveal(row: number): void {
    const start = row * ROW_HEIGHT
    if (start < map.at) put(map.goTo(start))
    else if (start + ROW_HEIGHT > map.at + view.value) put(map.goTo(start + ROW_HEIGHT - view.value))
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
    /** Scrolls by pixels of the list. */
    by: (pixels: number): void => put(map.goTo(map.at + pixels)),
  }
}
