import type { FieldKindModule } from '../registry'
import Show from './Show.vue'

const kind: FieldKindModule = { Edit: () => import('./Edit.vue'), Show, width: 184, part: 'identity' }
export default kind
