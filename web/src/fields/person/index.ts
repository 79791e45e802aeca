import type { FieldKindModule } from '../registry'
import Show from './Show.vue'

const kind: FieldKindModule = { Edit: () => import('./Edit.vue'), Show, width: 96 }
export default kind
