// The map as a file and on paper: one picture with title, legend, scale and what it rests on.
import { nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { compose, keep, type PictureWords } from './picture'

interface Box { picture(): HTMLCanvasElement | undefined; metresPerPixel(): number }

export function usePicture(box: Ref<Box | undefined | null>, words: Ref<PictureWords>, day: Ref<string>) {
  const printed = ref('')
  function sheet(): HTMLCanvasElement | undefined {
    const map = box.value?.picture()
    if (!map?.width) return undefined
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim()
    const look = { font: colour('font'), text: colour('text'), soft: colour('text-soft'), rule: colour('rule-strong'), surface: colour('surface') }
    const unit = devicePixelRatio || 1
    return compose(map, box.value!.metresPerPixel() / unit, words.value, look, unit)
  }
  /** A page that goes to paper shows the picture instead of the map, whoever asked for it. */
  const before = (): void => { printed.value = sheet()?.toDataURL('image/png') ?? '' }
  const after = (): void => { printed.value = '' }
  onMounted(() => {
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
  })
  onBeforeUnmount(() => {
    removeEventListener('beforeprint', before)
    removeEventListener('afterprint', after)
  })
  async function save(): Promise<void> {
    const made = sheet()
    if (made) await keep(made, `${words.value.title} ${day.value}.png`)
  }
  async function print(): Promise<void> {
    before()
    await nextTick()
    await new Promise(requestAnimationFrame)
    window.print()
  }
  return { save, print, printed }
}
