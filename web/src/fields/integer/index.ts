import type { FieldKindModule } from '../registry'
import Show from './Show.vue'

const kind: FieldKindModule = { Edit: () => import('./Edit.vue'), Show, numeric: true, filter: 'number', width: 120, part: 'numbers' }
export default kind
