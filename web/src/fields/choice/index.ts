import type { FieldKindModule } from '../registry'
import Show from './Show.vue'

const kind: FieldKindModule = { Edit: () => import('./Edit.vue'), Show, filter: 'values', width: 128, part: 'classes' }
export default kind
