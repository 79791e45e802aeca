// Words that more than one page uses. Page by page: pages/NAME/messages.ts.
import type { Messages } from './index'

const messages: Messages = {
  zh: {
    app: {
      name: '园区台账', navigation: '主导航', open_menu: '打开菜单', close_menu: '关闭菜单', skip: '跳到正文',
      sign_out: '退出登录', account: '我的账户', language: '语言', zh: '中文', en: 'English', demo: '演示', demo_day: '演示数据由系统生成，日期停在 {day}：期限和缺报都按这一天计算。',
      not_found: '没有这个页面', not_found_hint: '地址可能写错了，或者您没有权限看它。', to_overview: '回到总览',
      units: '数字单位', units_own: '原单位', units_wan: '万', units_yi: '亿',
    },
    common: {
      not_filled: '没有填写：', history: '条目和历史',
      save: '保存', cancel: '取消', close: '关闭', confirm: '确定', delete: '删除', edit: '编辑', add: '新增', search: '搜索',
      retry: '重试', refresh: '刷新', loading: '正在读取…', more: '显示更多', all: '全部', none: '无', yes: '是', no: '否', copy: '复制',
      copied: '已复制', download: '下载', export: '导出', required: '必填', optional: '可不填', reason: '原因', back: '返回', next: '下一步',
      previous: '上一步', open: '打开', details: '详情', total: '合计', revision: '第{n}版', revision_long: '台账第{n}版',
      period: '期间', who: '操作人', when: '时间', why: '说明', what: '内容', empty: '没有数据', saved: '已保存', unit: '单位',
      count: '共{n}条', language: '语言', from: '从', to: '到', clear: '清除', select: '请选择', actions: '操作', status: '状态',
    },
    as_of: { label: '截至某日所知', known: '按 {day} 所知（第{n}版），不是现在的数', shown: '按 {day} 所知，不是现在的数', now: '回到现在', day: '日期', today: '回到今天' },
    period: {
      pick: '选择月份', earlier: '上一个月', later: '下一个月', latest: '最新', year_earlier: '上一年', year_later: '下一年',
      month: '当月', ytd: '累计', quarter: '本季', half: '半年', year: '全年', moment: '时点', window: '期间口径',
    },
    format: {
      month: '{year}年{month}月', date: '{year}年{month}月{day}日', year: '{year}年', quarter: '{year}年{name}', half: '{year}年{name}',
      q1: '一季度', q2: '二季度', q3: '三季度', q4: '四季度', h1: '上半年', h2: '下半年', ytd: '{year}年1—{month}月', just_now: '刚刚',
      days_hours: '{d}天{h}小时', hours_minutes: '{h}小时{m}分钟', minutes: '{m}分钟',
    },
    problem: {
      'not-signed-in': '登录已失效，请重新登录', 'wrong-credentials': '用户名、密码或验证码不对', 'second-factor-needed': '需要动态验证码',
      'unknown-identity': '统一登录已确认您的身份，但这里没有对应的账户，请联系管理员', provider: '统一登录暂时不可用，请稍后再试或用密码登录', 'provider-refused': '统一登录没有完成',
      locked: '账户已锁定', 'not-allowed': '没有权限', 'not-now': '现在不能这样做', csrf: '页面已过期', 'not-found': '找不到', stale: '已有别人改过',
      'precondition-required': '缺少版本信息', invalid: '内容不合要求', 'too-large': '文件太大', 'too-many': '操作太频繁',
      busy: '服务器正忙', 'no-program': '本机做不了', 'key-reused': '重复提交', internal: '服务器出错', unreachable: '连不上服务器', unexpected: '请求没有成功',
      hint: {
        csrf: '请刷新页面后再试。', stale: '请看过对方的改动再提交。', 'too-many': '请过一会儿再试。', busy: '请过一会儿再试。',
        internal: '请稍后重试；若一直如此，请把时间告诉管理员。', unreachable: '请检查网络，确认服务器已启动，然后重试。',
        'not-allowed': '需要的话，请管理员在“管理—人员”里授权。', 'not-found': '可能已被删除，或者您没有权限看它。',
      },
      status: '状态码 {status}',
    },
    finding: {
      error: '错误', warning: '存疑', note: '提示', none: '没有问题', hint: '办法', count: '{error} 个错误，{warning} 个存疑，{note} 个提示',
      title: '问题', show_all: '显示全部 {n} 条', place: '位置', sheet: '工作表 {sheet}', row: '条目 {entry}',
    },
    figure: {
      trace: '查看来源：{title}', no_value: '无数值', yoy: '同比', mom: '环比', up: '上升', down: '下降', flat: '持平', turn: '转变',
      blank: '无', shown: '{title} {shown}',
    },
    trace: {
      title: '数字来源', formula: '计算式', definition: '定义', basis: '口径', source: '数据来源', filter: '筛选', comparison: '同比口径',
      excluded: '已剔除', notes: '说明', entries: '{n} 条参与计算', cells: '单元格', current: '本期', prior: '上年同期', all: '全部',
      entry: '条目', field: '字段', value: '数值', place: '出处', adds: '计入', open_cell: '打开原件的这个单元格', typed: '表单录入', open_figure: '在指标里打开',
      empty: '没有条目参与计算', withheld: '明细不能显示', withheld_hint: '参与计算的条目属于统计保密的台账，只有获准的科室能看到各单位的数。', empty_hint: '这一期还没有数据，或者都被筛选条件排除了。', more: '再显示 {n} 条（共 {total} 条）', as_written: '原文 {text}',
      shown: '显示 {shown} / {total}', value_is: '数值', loading: '正在追溯…', side: '期别',
    },
    job: {
      waiting: '排队中', running: '进行中', done: '已完成', failed: '没有成功', cancelled: '已取消', interrupted: '被中断（没有留下半途结果）',
      cancel: '取消', progress: '{done} / {total}', of: '已处理 {done}', label: '进度',
      stage: { waiting: '等待开始', read: '读取', compare: '比对', write: '写入', copy: '复制', pack: '打包', read_back: '回读', unpack: '解包', structure: '检查结构', revisions: '核验版次', audit: '核验审计', originals: '核验原件' },
      kind: { import: '读入', accept: '接收', report: '生成报告', backup: '备份', verify: '核验', mapping: '按版式读入' },
    },
    chart: { loading: '正在画图…', table: '看数字', chart: '看图', empty: '没有可画的数据' },
    field: {
      search: '输入名称或编码查找', nothing_found: '没有找到', pick_date: '选择日期', pick_month: '选择月份', pick_year: '选择年份',
      pick_period: '选择期间', check_digit_ok: '校验位正确', check_digit_bad: '校验位不对：末位应为 {expected}', uscc_length: '已输入 {n} 位，共 18 位',
      uscc_letter: '第 {n} 位“{letter}”不在代码字符集里（不用 I、O、S、V、Z）', orgcode_length: '已输入 {n} 位，共 9 位',
      integer: '只能是整数', decimal: '只能是数字', min: '不能小于 {min}', max: '不能大于 {max}', phone: '电话号码应为 7—20 位数字',
      geometry: 'GeoJSON 图形', geometry_bad: '不是有效的 GeoJSON', geometry_shown: '{kind}，{n} 个点', masked: '已脱敏', file: '附件名称或位置',
      choice: '请选择', not_chosen: '未填', month: '月', quarter: '季度', half: '半年', year: '年', personal: '个人信息：{purpose}', kind_missing: '暂无此类字段',
      parcel_code: '宗地代码 19 位，已输入 {n} 位', window: '期间类型',
    },
    rights: { read: '查看', record: '录入', accept: '入账', publish: '发布', administer: '管理', unmask: '查看隐藏内容', audit: '查看审计' },
  },
  en: {
    app: {
      name: 'Parkledger', navigation: 'Main navigation', open_menu: 'Open menu', close_menu: 'Close menu', skip: 'Skip to content',
      sign_out: 'Sign out', account: 'My account', language: 'Language', zh: '中文', en: 'English', demo: 'Demo', demo_day: 'Demo data is generated and its day stands still at {day}: deadlines and missing returns count from it.',
      not_found: 'No such page', not_found_hint: 'The address may be wrong, or you may not see it.', to_overview: 'Back to the overview',
      units: 'Units', units_own: 'As defined', units_wan: '×10⁴', units_yi: '×10⁸',
    },
    common: {
      not_filled: 'Not filled in:', history: 'Entry and history',
      save: 'Save', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', delete: 'Delete', edit: 'Edit', add: 'Add', search: 'Search',
      retry: 'Retry', refresh: 'Refresh', loading: 'Loading…', more: 'Show more', all: 'All', none: 'None', yes: 'Yes', no: 'No', copy: 'Copy',
      copied: 'Copied', download: 'Download', export: 'Export', required: 'Required', optional: 'Optional', reason: 'Reason', back: 'Back', next: 'Next',
      previous: 'Previous', open: 'Open', details: 'Details', total: 'Total', revision: 'r{n}', revision_long: 'Ledger revision {n}',
      period: 'Period', who: 'Who', when: 'When', why: 'Why', what: 'What', empty: 'No data', saved: 'Saved', unit: 'Unit',
      count: '{n} in all', language: 'Language', from: 'From', to: 'To', clear: 'Clear', select: 'Select', actions: 'Actions', status: 'Status',
    },
    as_of: { label: 'As known on', known: 'As known on {day} (revision {n}), not as it is now', shown: 'As known on {day}, not as it is now', now: 'Back to now', day: 'Day', today: 'Back to today' },
    period: {
      pick: 'Choose a month', earlier: 'Month before', later: 'Month after', latest: 'Latest', year_earlier: 'Year before', year_later: 'Year after',
      month: 'Month', ytd: 'Year to date', quarter: 'Quarter', half: 'Half year', year: 'Year', moment: 'Point in time', window: 'Window',
    },
    format: {
      month: '{month} {year}', date: '{day} {month} {year}', year: '{year}', quarter: '{name} {year}', half: '{name} {year}',
      q1: 'Q1', q2: 'Q2', q3: 'Q3', q4: 'Q4', h1: 'H1', h2: 'H2', ytd: 'Jan–{month} {year}', just_now: 'just now',
      days_hours: '{d} d {h} h', hours_minutes: '{h} h {m} min', minutes: '{m} min',
    },
    problem: {
      'not-signed-in': 'Your session has ended, please sign in again', 'wrong-credentials': 'Wrong name, password or code', 'second-factor-needed': 'A code is needed',
      'unknown-identity': 'You are known there, but have no account here; ask an administrator', provider: 'That way in is not available now; try later or use a password', 'provider-refused': 'Signing in there was not finished',
      locked: 'The account is locked', 'not-allowed': 'Not allowed', 'not-now': 'Cannot be done now', csrf: 'This page is out of date', 'not-found': 'Not found', stale: 'Somebody changed it meanwhile',
      'precondition-required': 'The version is missing', invalid: 'Something is not right', 'too-large': 'The file is too large', 'too-many': 'Too many requests',
      busy: 'The server is busy', 'no-program': 'A program is missing', 'key-reused': 'Sent twice', internal: 'The server failed', unreachable: 'The server cannot be reached', unexpected: 'The request did not succeed',
      hint: {
        csrf: 'Reload the page and try again.', stale: 'Look at the other change before you save.', 'too-many': 'Try again in a while.', busy: 'Try again in a while.',
        internal: 'Try again later; if it stays, tell the administrator the time.', unreachable: 'Check the network and that the server runs, then retry.',
        'not-allowed': 'An administrator can grant it under Administration, People.', 'not-found': 'It may have been deleted, or you may not see it.',
      },
      status: 'Status {status}',
    },
    finding: {
      error: 'Error', warning: 'Warning', note: 'Note', none: 'Nothing wrong', hint: 'Remedy', count: '{error} errors, {warning} warnings, {note} notes',
      title: 'Findings', show_all: 'Show all {n}', place: 'Place', sheet: 'Sheet {sheet}', row: 'Entry {entry}',
    },
    figure: {
      trace: 'Where it comes from: {title}', no_value: 'No value', yoy: 'Year on year', mom: 'Month on month', up: 'Up', down: 'Down', flat: 'Flat', turn: 'Turned',
      blank: 'none', shown: '{title} {shown}',
    },
    trace: {
      title: 'Where this number comes from', formula: 'Formula', definition: 'Definition', basis: 'Basis', source: 'Source', filter: 'Filter', comparison: 'Comparison',
      excluded: 'Excluded', notes: 'Notes', entries: '{n} entries', cells: 'Cells', current: 'This period', prior: 'Year before', all: 'All',
      entry: 'Entry', field: 'Field', value: 'Value', place: 'Found in', adds: 'Adds', open_cell: 'Open this cell in the original', typed: 'Typed in a form', open_figure: 'Open in Figures',
      withheld: 'The cells cannot be shown', withheld_hint: 'The entries belong to a book under statistical confidentiality; only departments that were allowed may see single respondents.', empty: 'No entry takes part', empty_hint: 'This period has no data yet, or the filters leave everything out.', more: 'Show {n} more (of {total})', as_written: 'written as {text}',
      shown: '{shown} of {total}', value_is: 'Value', loading: 'Tracing…', side: 'Side',
    },
    job: {
      waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Cancelled', interrupted: 'Interrupted (nothing half done was kept)',
      cancel: 'Cancel', progress: '{done} of {total}', of: '{done} done', label: 'Progress',
      stage: { waiting: 'Waiting to begin', read: 'Reading', compare: 'Comparing', write: 'Writing', copy: 'Copying', pack: 'Packing', read_back: 'Reading back', unpack: 'Unpacking', structure: 'Checking the structure', revisions: 'Checking revisions', audit: 'Checking the audit', originals: 'Checking originals' },
      kind: { import: 'Reading', accept: 'Accepting', report: 'Building the report', backup: 'Backup', verify: 'Verifying', mapping: 'Reading with the layout' },
    },
    chart: { loading: 'Drawing…', table: 'As numbers', chart: 'As a chart', empty: 'Nothing to draw' },
    field: {
      search: 'Type a name or code', nothing_found: 'Nothing found', pick_date: 'Choose a date', pick_month: 'Choose a month', pick_year: 'Choose a year',
      pick_period: 'Choose a period', check_digit_ok: 'Check digit is right', check_digit_bad: 'Check digit is wrong: it should be {expected}', uscc_length: '{n} of 18 characters',
      uscc_letter: 'Character {n}, “{letter}”, is not in the code’s alphabet (no I, O, S, V, Z)', orgcode_length: '{n} of 9 characters',
      integer: 'Whole numbers only', decimal: 'Numbers only', min: 'At least {min}', max: 'At most {max}', phone: 'A phone number has 7 to 20 digits',
      geometry: 'GeoJSON geometry', geometry_bad: 'Not valid GeoJSON', geometry_shown: '{kind}, {n} points', masked: 'Masked', file: 'Name or place of the file',
      choice: 'Choose', not_chosen: 'Not filled', month: 'Month', quarter: 'Quarter', half: 'Half year', year: 'Year', personal: 'Personal data: {purpose}', kind_missing: 'No such kind of field',
      parcel_code: 'A parcel code has 19 characters, {n} so far', window: 'Kind of period',
    },
    rights: { read: 'Read', record: 'Record', accept: 'Accept', publish: 'Publish', administer: 'Administer', unmask: 'See sensitive data', audit: 'Read the audit' },
  },
}
export default messages
