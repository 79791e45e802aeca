// A word that something was done; loaded when there is one to say.

/** Says it for a few seconds. */
export async function toast(text: string, type: 'success' | 'info' | 'warning' | 'error' = 'success'): Promise<void> {
  const [{ ElMessage }] = await Promise.all([import('element-plus/es/components/message/index'), import('element-plus/es/components/message/style/css')])
  ElMessage({ message: text, type, grouping: true })
}
