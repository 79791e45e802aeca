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
  /** How a list is filtered by such a field: by text (unless said otherwise), a range, or the values it takes. */
  filter?: FilterShape
  /** The part of an entry's form it stands in. */
  part?: FormPart
  /** Width of its column in pixels. */
  width?: number
  /** Too large to be read in a list. */
  large?: boolean
}
export type FilterShape = 'text' | 'number' | 'date' | 'month' | 'values'
export type FormPart = 'identity' | 'numbers' | 'classes' | 'text'
export type KnownKind = Required<Omit<FieldKindModule, 'Edit'>> & { Edit: Component }

const modules = import.meta.glob<FieldKindModule>('./*/index.ts', { eager: true, import: 'default' })
const kinds = new Map<string, KnownKind>()
for (const [path, module] of Object.entries(modules)) {
  const usual = { numeric: false, filter: 'text', part: 'text', width: 176, large: false } as const
  kinds.set(path.split('/')[1]!, { ...usual, ...module, Edit: defineAsyncComponent(module.Edit) })
}

/** How a kind is edited, shown and listed; a kind without a folder is treated as text. */
export function fieldKind(kind: FieldKind): KnownKind {
  return kinds.get(kind) ?? kinds.get('text')!
}
