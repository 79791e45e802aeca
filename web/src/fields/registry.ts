// Field kinds by folder: fields/KIND/index.ts says how such a field is edited and shown. A new kind is a new folder.
import { defineAsyncComponent, type Component } from 'vue'
import type { FieldKind } from '../api/types'

/** What fields/KIND/index.ts exports by default. */
export interface FieldKindModule {
  /** Props: field, modelValue (raw value), disabled, id. Emits update:modelValue. Loaded when a form is opened. */
  Edit: () => Promise<{ default: Component }>
  /** Props: field, cell. */
  Show: Component
  /** Numbers stand at the right. */
  numeric?: boolean
}

const modules = import.meta.glob<FieldKindModule>('./*/index.ts', { eager: true, import: 'default' })
const kinds = new Map<string, { Edit: Component; Show: Component; numeric: boolean }>()
for (const [path, module] of Object.entries(modules)) {
  kinds.set(path.split('/')[1]!, { Edit: defineAsyncComponent(module.Edit), Show: module.Show, numeric: module.numeric ?? false })
}

/** How a kind is edited and shown; a kind without a folder is treated as text. */
export function fieldKind(kind: FieldKind): { Edit: Component; Show: Component; numeric: boolean } {
  return kinds.get(kind) ?? kinds.get('text')!
}
