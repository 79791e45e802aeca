import type { FieldKindModule } from '../registry'
import Show from './Show.vue'

const kind: FieldKindModule = { Edit: () => import('./Edit.vue'), Show, filter: 'month', width: 112, part: 'classes' }
export default kind
