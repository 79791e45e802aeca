// Kinds of audit lines: the first word of an action. The server's question takes the beginning of an action.
export const AUDIT_KINDS = [
  'session', 'password', 'totp', 'identity', 'person', 'link', 'token', 'unmask', 'revision', 'staged', 'source', 'match', 'finding',
  'reminder', 'report', 'backup', 'ledger', 'job', 'export',
] as const
