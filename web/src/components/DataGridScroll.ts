/**
 * Where a very tall list is scrolled to.
 *
 * Browsers cap the height of an element (about 16 million pixels in Firefox, 33 million in Chromium), so a list of a
 * million rows cannot have its true height. Near both ends one pixel of scrolling is one pixel of list; the middle is
 * compressed. Small steps (wheel, keys, touch) always move the list by what was scrolled, wherever it stands; the
 * scroll bar is put right when scrolling rests.
 */
export class ScrollMap {
  private total = 0
  private view = 0
  private top = 0
  private position = 0

  constructor(
    private readonly cap = 8_000_000,
    private readonly end = 1_000_000,
  ) {}

  /** Height the scrolled element is given. */
  get height(): number {
    return Math.min(this.total, this.cap)
  }

  /** Pixels of the list above the view. */
  get at(): number {
    return this.position
  }

  /** What to add to a position in the list to get a position in the scrolled element. */
  get shift(): number {
    return this.top - this.position
  }

  private get compressed(): boolean {
    return this.total > this.cap
  }

  /** Takes new heights of the list and of the view; answers where the element should be scrolled to. */
  resize(total: number, view: number): number {
    this.total = total
    this.view = view
    return this.goTo(this.position)
  }

  /** The element was scrolled to `top`; answers the position in the list. */
  scrolled(top: number): number {
    const step = top - this.top
    const limit = Math.max(0, this.total - this.view)
    if (!this.compressed) this.position = Math.max(0, top)
    else if (top <= 0 || top >= this.cap - this.view || Math.abs(step) > this.view) this.position = this.toList(top)
    else this.position = Math.min(limit, Math.max(0, this.position + step))
    this.top = top
    return this.position
  }

  /** Moves to a position in the list; answers where the element should be scrolled to. */
  goTo(position: number): number {
    this.position = Math.min(Math.max(0, this.total - this.view), Math.max(0, position))
    this.top = this.toElement(this.position)
    return this.top
  }

  /** Scrolling has come to rest: answers where the element should be scrolled to so that its bar tells the truth. */
  rest(): number {
    return this.goTo(this.position)
  }

  private get middle(): { list: number; element: number } {
    return { list: this.total - this.view - 2 * this.end, element: this.cap - this.view - 2 * this.end }
  }

  private toElement(position: number): number {
    if (!this.compressed || position <= this.end) return position
    const left = this.total - this.view - position
    if (left <= this.end) return this.cap - this.view - left
    const { list, element } = this.middle
    return Math.round(this.end + ((position - this.end) * element) / list)
  }

  private toList(top: number): number {
    if (!this.compressed || top <= this.end) return Math.max(0, top)
    const left = Math.max(0, this.cap - this.view - top)
    if (left <= this.end) return this.total - this.view - left
    const { list, element } = this.middle
    return Math.round(this.end + ((top - this.end) * list) / element)
  }
}
