// Drawing a selection with the mouse; the list scrolls along while the pointer is held outside it.
import { type Ref, onScopeDispose } from 'vue'
import type { CellAt } from './DataGridSelection'
import { ROW_HEIGHT } from './DataGridView'

const STEP_MS = 40

export function useGridPointer(
  scroller: Ref<HTMLElement | undefined>,
  select: (cell: CellAt, extend: boolean) => void,
  scrollBy: (pixels: number) => void,
): { press: (event: PointerEvent) => void } {
  let at = { x: 0, y: 0 }
  let ticking = 0

  function cellUnder(x: number, y: number): CellAt | undefined {
    const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-c]')
    if (!cell || !scroller.value?.contains(cell)) return undefined
    return { row: Number(cell.parentElement!.dataset.r), column: Number(cell.dataset.c) }
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0) return
    const cell = cellUnder(event.clientX, event.clientY)
    if (!cell) return
    select(cell, event.shiftKey)
    if (event.pointerType !== 'mouse') return
    // On the window: the pointer may leave the list, and capturing it would take the click from the cell.
    window.addEventListener('pointermove', draw)
    window.addEventListener('pointerup', release)
  }

  function extend(): void {
    if (!scroller.value) return
    const box = scroller.value.getBoundingClientRect()
    const inside = (value: number, low: number, high: number): number => Math.min(high - 24, Math.max(low + 4, value))
    const cell = cellUnder(inside(at.x, box.left, box.right), inside(at.y, box.top + ROW_HEIGHT, box.bottom))
    if (cell) select(cell, true)
  }

  function draw(event: PointerEvent): void {
    if ((event.buttons & 1) === 0) {
      release()
      return
    }
    at = { x: event.clientX, y: event.clientY }
    extend()
    if (ticking === 0) ticking = window.setInterval(scrollOn, STEP_MS)
  }

  /** Faster the farther the pointer is outside. */
  function scrollOn(): void {
    const box = scroller.value?.getBoundingClientRect()
    if (!box) return
    const outside = at.y > box.bottom ? at.y - box.bottom : Math.min(0, at.y - box.top)
    if (outside === 0) return
    scrollBy(Math.sign(outside) * ROW_HEIGHT * Math.ceil(Math.abs(outside) / 20))
    extend()
  }

  function release(): void {
    window.clearInterval(ticking)
    ticking = 0
    window.removeEventListener('pointermove', draw)
    window.removeEventListener('pointerup', release)
  }
  onScopeDispose(release)

  return { press }
}
