// The parts of administration, in the order of their tabs, and the rights that open them.
import type { Right } from '../../api/types'

export const TABS = ['people', 'roles', 'content', 'backups', 'audit', 'sessions', 'tokens', 'oidc', 'status'] as const
export type Tab = (typeof TABS)[number]
export const RIGHTS: Record<Tab, Right[]> = {
  people: ['administer'], roles: ['administer'], content: ['administer'], backups: ['administer'],
  audit: ['audit', 'administer'], sessions: ['administer'], tokens: ['administer'], oidc: ['administer'], status: ['administer'],
}
