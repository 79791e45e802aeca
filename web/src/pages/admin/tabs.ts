// The parts of administration, in the order of their tabs.
export const TABS = ['people', 'roles', 'content', 'backups', 'audit', 'sessions', 'tokens', 'system'] as const
