// Choices with levels as a tree.
export type ChoiceNode = { value: string; label: string; disabled?: boolean; children?: ChoiceNode[] }

/** The tree, and whether a level with levels below it may itself be chosen. */
export function choiceTree(choices: readonly string[]): { nodes: ChoiceNode[]; inner: boolean } {
  const allowed = new Set(choices)
  const nodes: ChoiceNode[] = []
  const known = new Map<string, ChoiceNode>()
  for (const choice of choices) {
    let among = nodes
    let path = ''
    for (const label of choice.split('/')) {
      path = path ? `${path}/${label}` : label
      let node = known.get(path)
      if (!node) {
        node = { value: path, label }
        known.set(path, node)
        among.push(node)
      }
      if (path !== choice) node.children ??= []
      among = node.children ?? []
    }
  }
  const inner = [...known.values()].some((node) => node.children && allowed.has(node.value))
  if (inner) for (const node of known.values()) node.disabled = !allowed.has(node.value)
  return { nodes, inner }
}
