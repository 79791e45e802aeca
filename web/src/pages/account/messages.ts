import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    title: '我的账户', who: '身份', name: '用户名', display: '姓名', department: '部门', roles: '角色', enterprise: '企业', rights: '权限', idle: '空闲 {n} 分钟后自动退出',
    password: '修改密码', old: '现在的密码', new: '新密码', again: '再输一次新密码', differ: '两次输入的新密码不一样', change: '修改密码', changed: '密码已修改，其他地方的登录已失效。', rule: '至少 10 个字符，不要用常见密码或您的用户名。',
    second: '动态验证码', second_on: '已启用。登录时除密码外还要输入验证器上的 6 位数字。', second_off: '未启用。启用后，登录时除密码外还要输入手机验证器上的 6 位数字。',
    must: '管理员要求您启用动态验证码。完成后才能使用其他页面。', enable: '启用动态验证码', disable: '停用', disable_hint: '停用需要输入密码。', scan: '用手机上的验证器扫描二维码，或手工输入密钥：', secret: '密钥', qr: '动态验证码二维码',
    confirm: '输入验证器上显示的 6 位数字', confirm_do: '确认启用', enabled: '动态验证码已启用。', disabled: '动态验证码已停用。', language: '界面语言', password_to_disable: '密码', missing: '请填写全部内容',
  },
  en: {
    title: 'My account', who: 'Who you are', name: 'User name', display: 'Name', department: 'Department', roles: 'Roles', enterprise: 'Enterprise', rights: 'Rights', idle: 'Signed out after {n} idle minutes',
    password: 'Change password', old: 'Present password', new: 'New password', again: 'New password again', differ: 'The two new passwords differ', change: 'Change password', changed: 'Password changed; sessions elsewhere have ended.', rule: 'At least 10 characters; no common password, not your user name.',
    second: 'Second factor', second_on: 'On. Signing in needs the 6 digits of your authenticator besides the password.', second_off: 'Off. When on, signing in needs the 6 digits of an authenticator on your phone besides the password.',
    must: 'An administrator requires a second factor. Other pages open when it is set up.', enable: 'Set up a second factor', disable: 'Switch off', disable_hint: 'Switching off needs your password.', scan: 'Scan the code with the authenticator on your phone, or type the key:', secret: 'Key', qr: 'QR code of the second factor',
    confirm: 'The 6 digits your authenticator shows', confirm_do: 'Confirm', enabled: 'The second factor is on.', disabled: 'The second factor is off.', language: 'Language of the interface', password_to_disable: 'Password', missing: 'Fill in everything',
  },
}
export default messages
