import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    title: '设置账户', first: '建立第一个管理员。以后的人员都由管理员添加。', invited: '请为您的账户设置密码。这个链接只能用一次。', name: '用户名', name_hint: '登录时用：字母、数字、点、短横线，也可以是中文',
    display: '姓名', password: '密码', again: '再输一次密码', differ: '两次输入的密码不一样', submit: '设置并登录', no_token: '链接不完整',
    no_token_hint: '请从收到的消息或服务启动时的终端里复制完整的链接，包括“token=”后面的部分。', rule: '至少 10 个字符，不要用常见密码或您的用户名。', missing: '请填写全部内容',
    to_sign_in: '去登录',
  },
  en: {
    title: 'Set up your account', first: 'Create the first administrator. Administrators add everybody else.', invited: 'Choose a password for your account. This link works once.', name: 'User name', name_hint: 'For signing in: letters, digits, dots and hyphens',
    display: 'Your name', password: 'Password', again: 'Password again', differ: 'The two passwords differ', submit: 'Set up and sign in', no_token: 'The link is not complete',
    no_token_hint: 'Copy the whole link from the message or from the server’s terminal, with what follows “token=”.', rule: 'At least 10 characters; no common password, not your user name.', missing: 'Fill in everything',
    to_sign_in: 'To the sign-in page',
  },
}
export default messages
