// Asks before unsaved work is thrown away.
import { ElMessageBox } from 'element-plus/es/components/message-box/index'
import 'element-plus/es/components/message-box/style/css'
import 'element-plus/es/components/message/style/css'

export async function confirmLeaving(dirty: boolean, t: (key: string) => string): Promise<boolean> {
  if (!dirty) return true
  try {
    await ElMessageBox.confirm(t('books.entry.unsaved'), t('books.entry.unsaved_title'), {
      confirmButtonText: t('books.entry.throw_away'),
      cancelButtonText: t('books.entry.go_on'),
    })
    return true
  } catch {
    return false
  }
}
