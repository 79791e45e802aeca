import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    title: '登录', name: '用户名', password: '密码', code: '动态验证码', code_hint: '打开手机上的验证器，输入 6 位数字。', submit: '登录', next: '验证',
    other: '换一个账户', or: '或者', oidc: '用{title}登录', setup_needed: '这是第一次使用：请打开服务启动时在终端里打印的一次性设置链接，建立第一个管理员。',
    expired: '登录已失效，请重新登录。', demo: '这里是演示数据，演示账户在启动时已打印。', show: '显示密码', hide: '隐藏密码', missing: '请填写用户名和密码',
    locked: '请等到锁定时间过去，或请管理员在“管理—人员”里解锁。', signed_out: '已退出登录。', problem: '没有登录成功：{code}',
  },
  en: {
    title: 'Sign in', name: 'User name', password: 'Password', code: 'Code', code_hint: 'Open the authenticator on your phone and type its 6 digits.', submit: 'Sign in', next: 'Verify',
    other: 'Another account', or: 'or', oidc: 'Sign in with {title}', setup_needed: 'First use: open the one-time set-up link that the server printed in its terminal, and create the first administrator.',
    expired: 'Your session has ended, please sign in again.', demo: 'This is demo data; the demo accounts were printed at start.', show: 'Show password', hide: 'Hide password', missing: 'Type your user name and password',
    locked: 'Wait until the lock ends, or ask an administrator to unlock the account.', signed_out: 'You are signed out.', problem: 'Signing in did not succeed: {code}',
  },
}
export default messages
