import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    title: '管理', tabs: '管理分栏',
    tab: { people: '人员', roles: '角色与部门', content: '内容', backups: '备份', audit: '审计', sessions: '登录', tokens: '令牌', oidc: '统一登录', status: '系统' },
    people: {
      add: '添加人员', find: '按姓名、用户名或部门查找', display: '姓名', name: '用户名', department: '部门', roles: '角色', enterprise: '企业', second: '动态验证码', state: '状态', last_seen: '最近使用',
      on: '已启用', off: '未启用', required: '要求启用', waiting: '要求启用，尚未设置', locked: '已锁定', active: '正常', failed: '输错 {n} 次', locked_until: '锁定到 {at}', invited: '未设密码', never: '从未登录', edit_title: '修改人员', add_title: '添加人员', name_hint: '登录用：字母、数字、点、短横线，也可以是中文',
      department_hint: '选择或输入部门名称', roles_hint: '可以有多个角色', enterprise_hint: '只看本企业的角色须指定企业', require: '要求动态验证码', lock: '锁定账户（不能登录）', reset: '重置密码', reset_sure: '让旧密码失效并生成一次性链接？', unlock: '解锁',
      link_title: '一次性链接', link_hint: '把这个链接发给{name}。链接只能用一次，{expires}前有效，关闭后不再显示。', link_label: '一次性链接', none: '没有符合的人员', none_hint: '换个词再找，或者添加人员。', missing: '请填写用户名和姓名', created: '添加于',
    },
    roles: {
      title: '角色', departments: '部门', role: '角色', books: '台账', rights: '权限', own: '只看本企业', all_books: '全部台账', own_department: '本部门报送的台账', department_books: '{name}报送的台账', confidential: '含统计保密台账', explain: '角色来自内容和设置。要增加角色或调整权限，请修改内容文件夹里的角色定义，再在“内容”里检查。', none: '没有定义角色', no_departments: '没有部门',
      none_hint: '内容文件夹里还没有角色定义。', departments_hint: '部门来自台账定义和人员资料。', people: '人员',
    },
    content: {
      title: '正在使用的内容', digest: '内容摘要', findings: '检查结果', fine: '内容没有问题', fine_hint: '定义文件全部读入。', place: '位置', message: '问题', hint: '办法', books: '台账', figures: '指标', reports: '报告', units: '单位', claims: '论断', exclusions: '剔除口径',
      fields: '字段', entries: '条目', kind: '类型', kinds: { register: '名录', series: '月报', event: '事项', case: '办件' }, id: '代号', name: '名称', department: '报送部门', basis: '口径', revision: '台账版次',
    },
    backups: {
      make: '立即备份', verify: '核验台账', title: '备份', name: '文件', created: '时间', size: '大小', revision: '版次', drilled: '恢复演练', never: '未演练', drill: '恢复演练', download: '下载', none: '还没有备份', none_hint: '点“立即备份”，再做一次恢复演练，确认备份真的能用。',
      explain: '恢复演练把备份恢复到临时文件夹并逐条核验，不影响正在使用的台账。', done: '已完成', verify_hint: '核验台账：检查版次和审计的链条有没有被改动。', last_backup: '最近备份', last_drill: '最近演练', none_yet: '没有', sound: '完好', broken: '有损坏', checked: '核验到第{revision}版：{versions} 个条目版本、{audits} 条审计、{originals} 个原件。', restored: '恢复到第{revision}版，{originals} 个原件。', more_damage: '还有 {n} 处',
    },
    audit: {
      find: '查找内容', who: '操作人', action: '动作', from: '起', to: '止', export: '导出 CSV', at: '时间', subject: '对象', detail: '内容', place: '来源地址', seq: '序号', none: '没有符合的记录', none_hint: '放宽条件再找。', more: '显示更早的', explain: '谁、什么时候、从哪里、做了什么。记录只能增加，保留不少于 180 天。', all_actions: '全部动作',
      actions: {
        session: '登录', session_begin: '登录', session_refuse: '登录被拒', session_end: '退出', session_end_all: '结束全部登录', password: '密码', password_set: '设置密码', totp: '动态验证码', totp_begin: '开始启用验证码', totp_confirm: '启用验证码', totp_remove: '停用验证码', totp_use: '使用验证码',
        identity: '统一登录', identity_add: '关联统一登录', person: '人员', person_add: '添加人员', person_change: '修改人员', person_unlock: '解锁人员', link: '一次性链接', link_add: '生成链接', link_replace: '更换链接', link_use: '使用链接', token: '令牌', token_add: '新建令牌', token_remove: '撤销令牌',
        unmask: '查看隐藏内容', revision: '台账版次', revision_write: '写入台账', staged: '待入账文件', staged_add: '读入文件', staged_drop: '放弃文件', staged_replace: '更换文件', source: '原件', source_keep: '保存原件', source_download: '下载原件', match: '企业确认', match_queue: '等待确认', match_decide: '确认企业', match_forget: '撤回确认',
        finding: '数据问题', finding_resolve: '处理问题', reminder: '催报', reminder_add: '记录催报', report: '报告', report_build: '生成报告', report_publish: '发布报告', backup: '备份', backup_make: '备份', backup_keep: '保存备份', backup_drill: '恢复演练', ledger: '台账文件', ledger_create: '建立台账', job: '后台任务', export: '导出',
      },
    },
    sessions: {
      title: '当前登录', person: '人员', created: '登录时间', last_seen: '最近使用', from: '来源地址', agent: '浏览器', end: '结束', end_sure: '结束这次登录？', current: '本次', none: '没有登录',
    },
    oidc: {
      title: '统一登录（OpenID Connect）', none: '未设置', hint: '在配置文件里用 [[oidc]] 写明颁发者、客户端号和密钥文件后重新启动，登录页会出现相应按钮。', provider: '名称', id: '代号', callback: '回调地址（登记到对方系统）', settings: '相关配置',
      explain: '统一登录只认身份：对方系统确认是谁，能做什么仍由这里的角色决定。没有账户的人进不来。',
    },
    tokens: {
      title: '机器令牌', add: '新建令牌', name: '用途', scopes: '权限', books: '台账', all_books: '全部', created: '建立时间', expires: '到期', never: '不过期', last_used: '最近使用', unused: '未使用', remove: '撤销', remove_sure: '撤销后使用它的程序立即失效。撤销？', none: '没有令牌', none_hint: '其他系统要读写数据时，为它建一个令牌。',
      once: '令牌只显示这一次', once_hint: '复制到要使用它的系统里。关闭后无法再查看，丢失只能重建。', explain: '程序用“Authorization: Bearer 令牌”访问接口，权限不超过这里选的范围。', expires_on: '到期日', missing: '请填写用途并选择权限', person: '建立人', label: '令牌', books_hint: '不选就是全部台账', docs: '接口说明',
    },
    system: {
      title: '系统状态', version: '版本', started: '启动于', uptime: '已运行', disk_free: '磁盘可用', ledger: '台账大小', revision: '台账版次', people: '人员', sessions: '当前登录', config: '配置', key: '键', value: '值', origin: '来自', doc: '说明', origins: { default: '默认', file: '文件', environment: '环境变量', command_line: '命令行' },
      jobs: '后台任务', no_jobs: '没有任务', job: '任务', state: '状态', who: '发起人', created: '时间', find: '查找配置', cancel: '取消', docs: '接口说明', progress: '进度', no_config: '没有符合的配置',
    },
  },
  en: {
    title: 'Administration', tabs: 'Parts of administration',
    tab: { people: 'People', roles: 'Roles and departments', content: 'Content', backups: 'Backup', audit: 'Audit', sessions: 'Sign-in', tokens: 'Tokens', oidc: 'OpenID', status: 'System' },
    people: {
      add: 'Add a person', find: 'Find by name or department', display: 'Name', name: 'User name', department: 'Department', roles: 'Roles', enterprise: 'Enterprise', second: 'Second factor', state: 'State', last_seen: 'Last seen',
      on: 'On', off: 'Off', required: 'Required', waiting: 'Required, not set up', locked: 'Locked', active: 'Active', failed: '{n} wrong attempts', locked_until: 'Locked until {at}', invited: 'No password yet', never: 'Never', edit_title: 'Edit person', add_title: 'Add a person', name_hint: 'For signing in: letters, digits, dots and hyphens',
      department_hint: 'Choose or type a department', roles_hint: 'One or more roles', enterprise_hint: 'A role that sees its own rows needs an enterprise', require: 'Require a second factor', lock: 'Lock the account (no signing in)', reset: 'Reset password', reset_sure: 'End the old password and make a one-time link?', unlock: 'Unlock',
      link_title: 'One-time link', link_hint: 'Send this link to {name}. It works once, until {expires}, and is not shown again.', link_label: 'One-time link', none: 'Nobody found', none_hint: 'Try another word, or add a person.', missing: 'Type a user name and a name', created: 'Added',
    },
    roles: {
      title: 'Roles', departments: 'Departments', role: 'Role', books: 'Books', rights: 'Rights', own: 'Own rows only', all_books: 'All books', own_department: 'Books of the own department', department_books: 'Books of {name}', confidential: 'with statistics-confidential books', explain: 'Roles come from the content and settings. To add a role or change its rights, edit the role definitions in the content folder and check them under Content.', none: 'No roles defined', no_departments: 'No departments',
      none_hint: 'The content folder defines no roles yet.', departments_hint: 'Departments come from the books and from people.', people: 'People',
    },
    content: {
      title: 'Content in force', digest: 'Digest', findings: 'Findings', fine: 'Nothing wrong with the content', fine_hint: 'All definition files were read.', place: 'Place', message: 'What is wrong', hint: 'Remedy', books: 'Books', figures: 'Figures', reports: 'Reports', units: 'Units', claims: 'Claims', exclusions: 'Exclusions',
      fields: 'Fields', entries: 'Entries', kind: 'Kind', kinds: { register: 'Register', series: 'Series', event: 'Events', case: 'Cases' }, id: 'Id', name: 'Name', department: 'Sent by', basis: 'Basis', revision: 'Ledger revision',
    },
    backups: {
      make: 'Back up now', verify: 'Verify the ledger', title: 'Backups', name: 'File', created: 'When', size: 'Size', revision: 'Revision', drilled: 'Restore drill', never: 'Never', drill: 'Restore drill', download: 'Download', none: 'No backup yet', none_hint: 'Back up now, then run a restore drill to know that the backup works.',
      explain: 'A restore drill restores the backup into a temporary folder and verifies it; the ledger in use is not touched.', done: 'Done', verify_hint: 'Verifying checks that the chains of revisions and audit were not changed.', last_backup: 'Last backup', last_drill: 'Last drill', none_yet: 'none', sound: 'Sound', broken: 'Damaged', checked: 'Checked up to revision {revision}: {versions} versions of entries, {audits} audit lines, {originals} originals.', restored: 'Restored to revision {revision}, {originals} originals.', more_damage: '{n} more',
    },
    audit: {
      find: 'Find in', who: 'Who', action: 'Action', from: 'From', to: 'To', export: 'Export CSV', at: 'When', subject: 'Subject', detail: 'Detail', place: 'Address', seq: 'No.', none: 'No matching lines', none_hint: 'Widen the conditions.', more: 'Show earlier', explain: 'Who, when, from where, did what. Lines are only added and kept for at least 180 days.', all_actions: 'All actions',
      actions: {
        session: 'Signing in', session_begin: 'Signed in', session_refuse: 'Sign-in refused', session_end: 'Signed out', session_end_all: 'Ended all sessions', password: 'Password', password_set: 'Password set', totp: 'Second factor', totp_begin: 'Second factor begun', totp_confirm: 'Second factor on', totp_remove: 'Second factor off', totp_use: 'Second factor used',
        identity: 'OpenID', identity_add: 'OpenID linked', person: 'People', person_add: 'Person added', person_change: 'Person changed', person_unlock: 'Person unlocked', link: 'One-time links', link_add: 'Link made', link_replace: 'Link replaced', link_use: 'Link used', token: 'Tokens', token_add: 'Token made', token_remove: 'Token revoked',
        unmask: 'Masked value shown', revision: 'Revisions', revision_write: 'Ledger written', staged: 'Staged files', staged_add: 'File read', staged_drop: 'File dropped', staged_replace: 'File replaced', source: 'Originals', source_keep: 'Original kept', source_download: 'Original downloaded', match: 'Matching', match_queue: 'Queued', match_decide: 'Matched', match_forget: 'Match taken back',
        finding: 'Findings', finding_resolve: 'Finding resolved', reminder: 'Reminders', reminder_add: 'Reminder noted', report: 'Reports', report_build: 'Report built', report_publish: 'Report published', backup: 'Backups', backup_make: 'Backup made', backup_keep: 'Backup kept', backup_drill: 'Restore drill', ledger: 'Ledger file', ledger_create: 'Ledger created', job: 'Jobs', export: 'Exported',
      },
    },
    sessions: {
      title: 'Signed in now', person: 'Person', created: 'Signed in', last_seen: 'Last seen', from: 'Address', agent: 'Browser', end: 'End', end_sure: 'End this session?', current: 'this one', none: 'Nobody is signed in',
    },
    oidc: {
      title: 'OpenID Connect', none: 'Not set up', hint: 'Write issuer, client id and secret file under [[oidc]] in the configuration and restart; the sign-in page then shows a button.', provider: 'Name', id: 'Id', callback: 'Callback address (to register there)', settings: 'Settings',
      explain: 'The provider only says who somebody is; what they may do is decided by their roles here. Without an account nobody gets in.',
    },
    tokens: {
      title: 'Tokens for machines', add: 'New token', name: 'Purpose', scopes: 'Rights', books: 'Books', all_books: 'All', created: 'Created', expires: 'Expires', never: 'Never', last_used: 'Last used', unused: 'Unused', remove: 'Revoke', remove_sure: 'Programs that use it stop working at once. Revoke?', none: 'No tokens', none_hint: 'Make one for another system that reads or writes data.',
      once: 'The token is shown only now', once_hint: 'Copy it into the system that will use it. It cannot be seen again; a lost token must be made anew.', explain: 'Programs call the API with “Authorization: Bearer TOKEN” and can do no more than is chosen here.', expires_on: 'Expires on', missing: 'Type a purpose and choose rights', person: 'Made by', label: 'Token', books_hint: 'None chosen means all books', docs: 'API reference',
    },
    system: {
      title: 'System', version: 'Version', started: 'Started', uptime: 'Running for', disk_free: 'Free disk', ledger: 'Ledger size', revision: 'Ledger revision', people: 'People', sessions: 'Signed in', config: 'Configuration', key: 'Key', value: 'Value', origin: 'From', doc: 'Meaning', origins: { default: 'Default', file: 'File', environment: 'Environment', command_line: 'Command line' },
      jobs: 'Jobs', no_jobs: 'No jobs', job: 'Job', state: 'State', who: 'Who', created: 'When', find: 'Find a key', cancel: 'Cancel', docs: 'API reference', progress: 'Progress', no_config: 'No matching key',
    },
  },
}
export default messages
