/** Drawing a selection with the mouse; the list scrolls along when the pointer leaves it. */
import type { Ref } from 'vue'

import type { CellAt } from './DataGridSelection'
import { ROW_HEIGHT } from './DataGridView'

export function useGridPointer(
  scroller: Ref<HTMLElement | undefined>,
  select: (cell: CellAt, extend: boolean) => void,
  scrollBy: (pixels: number) => void,
): { press: (event: PointerEvent) => void; draw: (event: PointerEvent) => void; release: () => void } {
  let drawing = false

  function cellUnder(x: number, y: number): CellAt | undefined {
    const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-c]')
    if (!cell || !scroller.value?.contains(cell)) return undefined
    return { row: Number(cell.parentElement!.dataset.r), column: Number(cell.dataset.c) }
  }

  function press(event: PointerEvent): void {
    if (event.button !== 0) return
    const cell = cellUnder(event.clientX, event.clientY)
    if (!cell) return
    drawing = event.pointerType === 'mouse'
    select(cell, event.shiftKey)
  }

  function draw(event: PointerEvent): void {
    if (!drawing || !scroller.value) return
    if ((event.buttons & 1) === 0) {
      drawing = false
      return
    }
    const box = scroller.value.getBoundingClientRect()
    const inside = (value: number, low: number, high: number): number => Math.min(high - 24, Math.max(low + 4, value))
    const cell = cellUnder(
      inside(event.clientX, box.left, box.right),
      inside(event.clientY, box.top + ROW_HEIGHT, box.bottom),
    )
    if (cell) select(cell, true)
    if (event.clientY > box.bottom - 8) scrollBy(ROW_HEIGHT)
    else if (event.clientY < box.top + ROW_HEIGHT) scrollBy(-ROW_HEIGHT)
  }

  return { press, draw, release: () => (drawing = false) }
}
