// Words of the pages that show books and their entries.
import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    nav: '台账', title: '台账', find: '按名称找台账', kind: '类型', kinds: { register: '名录', series: '报表', event: '事项', case: '办件' },
    board: '看板', board_more: '还有 {n} 件，在表里看', no_department: '未写部门', none: '没有符合条件的台账', none_hint: '换一个词，或者看全部类型。', book: '台账', entries: '条目', last_change: '最近变动',
    confidential: '统计保密', confidential_hint: '只用于汇总，单个企业的数不对外提供。', unknown: '没有这本台账', unknown_hint: '地址可能写错了，或者您没有权限看它。',
    shown_of: '{n} 条（共 {all} 条）', export: '导出 Excel', export_hint: '导出当前筛选和列', new: '新增', new_in: '新增：{title}', search: '在所有列里查找',
    group_by: '分组', columns: '列', columns_first: '恢复默认列', find_column: '查找列', earlier: '{title} 前移', later: '{title} 后移', copy_hint: '复制选中的单元格，可直接粘贴到 Excel',
    views: '视图', view_is: '视图：{name}', views_none: '还没有保存的视图。设好筛选、排序和列之后，在下面起个名字保存。', view_name: '视图名称', share: '共享', shared_by: '{who} 共享',
    view_remove: '删除视图 {name}', filters: '筛选条件', take_away: '去掉：{text}', clear_all: '全部清除', or: '、', comma: '、',
    no_match: '没有符合条件的条目', no_match_hint: '去掉一些筛选条件再看。', no_entries: '这本台账还没有条目', no_entries_hint: '到“数据”导入表格，或者在这里新增、粘贴。',
    ops: {
      eq: '{title} 是 {value}', ne: '{title} 不是 {value}', in: '{title}：{value}', contains: '{title} 含“{value}”', starts: '{title} 以“{value}”开头', gt: '{title} > {value}', ge: '{title} ≥ {value}',
      lt: '{title} < {value}', le: '{title} ≤ {value}', between: '{title} {value}', empty: '{title} 为空', filled: '{title} 不为空',
    },
    grid: {
      rows: '{n} 条', filter_of: '筛选：{title}', how: '比较方式', contains: '包含', starts: '开头是', equals: '等于', text: '文字', find_value: '查找值', values_failed: '没有读到取值。', again: '重试', loading: '正在读取…',
      from: '从', to: '到', any: '不限', empty: '为空', filled: '不为空', clear: '清除', apply: '筛选', n_values: '{n} 个值', no_value: '（空）', cells: '已选 {n} 格', sum: '合计 {n}', copied: '已复制 {n} 行', copy_failed: '没有复制成功，请再按一次 Ctrl+C',
      keys: '方向键移动，Shift 加选，回车打开，Ctrl+C 复制，Ctrl+V 粘贴；点表头排序，按住 Shift 再点可加一列。',
    },
    diff: { blank: '（空）', becomes: '改为' },
    sections: { identity: '标识', numbers: '数据', classes: '分类与时间', text: '说明与关联', personal: '个人信息' },
    uses: {
      not_read: '台账没有从这一格读过数：它是表头、说明，或没有读的一列。',
      figures: '指标 {n} 个', figure: '指标', period: '时期', role: '用处', value: '数值', without: '若没有它', sentences: '报告语句 {n} 处', grades: '评价 {n} 次', published: '已发布 {n} 处', publication: '第{n}次发布',
      roles: { value: '本期', subject: '有关单位', base: '同期' },
    },
    entry: {
      title: '条目', own_page: '单独打开', content: '内容', history: '历史', uses: '用在哪里', version: '第 {n} 稿', withdraw: '撤回', withdraw_words: '撤回后“{title}”不再计入任何指标，历史仍然保留。', withdrawn: '这一条已撤回，不计入指标。',
      unsaved_title: '还没有保存', unsaved: '离开后，刚才填写的内容会丢失。', throw_away: '不保存', go_on: '继续编辑', unmask: '显示', unmask_words: '“{title}”是敏感信息。显示一次会记入审计日志，请写明用途。', masked: '已脱敏，不能在这里修改',
      as_written: '原文：{text}', from: '来源文件', referenced: '被引用', why: '修改原因', why_example: '例如：企业来函更正，附件已归档', why_new_example: '例如：新签约项目，依据 9 月招商周报', checking: '正在核对…', n_changes: '改动 {n} 项', missing: '还缺：{fields}',
    },
    history: { import: '导入', record: '录入', undo: '撤销', withdrawn: '已撤回', nothing: '内容没有变化' },
    conflict: {
      title: '您编辑期间，别人也改了这一条', words: '台账里现在是第 {theirs} 稿。下面几项双方改得不一样，请逐项选定，再重新提交。', field: '字段', before: '原来', theirs: '对方', mine: '您的', take_all: '全用对方', keep_all: '全用我的',
      only_theirs: '只有对方改过（照对方）：{fields}', only_mine: '只有您改过（保留您的）：{fields}', go_on: '按此继续编辑', give_up: '放弃我的修改', open: '还有 {n} 项未选',
    },
    paste: {
      open: '粘贴', title: '粘贴到“{title}”', words: '从 Excel 复制带表头的几行粘贴进来；没有表头时，从选中的单元格起按列对应。先试一遍，看清会改什么，再写入。', here: '在这里按 Ctrl+V', rows: '{n} 行', headed: '按表头对应',
      unheaded: '按位置对应', over: '覆盖从“{title}”起的各行', keyed: '按标识字段对应条目', again: '重新粘贴', column: '第 {n} 列', leave_out: '（不导入）', more: '另有 {n} 行未显示，同样会处理', would: '新增 {new} 条，修改 {changed} 条，不变 {unchanged} 条',
      errors: '{n} 个错误，改好后再试', try: '试一遍', confirm: '写入台账',
    },
    completeness: {
      title: '报送情况', short: '报送情况', of: '{title} · 报送情况', find: '查找单位', only_missing: '只看未报', sent: '已报', late: '迟报', missing: '未报', not_due: '未到期', none: '不需报', nobody: '这一年没有应报单位', nobody_hint: '换一年看看。', subject: '单位',
      due: '截止 {date}', total_expected: '应报', total_sent: '已报', total_late: '其中迟报', total_missing: '未报', remind: '催报', remind_of: '催报 {period}', remind_short: '催报', month: '{n}月', note: '点月份可突出该列；数据见',
    },
    reminders: {
      title: '催报：{title} {period}', none: '都报齐了', chosen: '已选 {n} / {all}', copy_all: '复制全部函件', record: '记为已催报', recorded: '已记录 {n} 家', reminded: '{when}已催', contact: '联系人', phone: '电话', letter: '函件',
    },
  },
  en: {
    nav: 'Books', title: 'Books', find: 'Find a book', kind: 'Kind', kinds: { register: 'Register', series: 'Return', event: 'Events', case: 'Cases' },
    board: 'Board', board_more: '{n} more in the grid', no_department: 'No department', none: 'No book fits', none_hint: 'Try another word, or look at all kinds.', book: 'Book', entries: 'Entries', last_change: 'Last change',
    confidential: 'Confidential', confidential_hint: 'Feeds totals only; single enterprises are not shown.', unknown: 'No such book', unknown_hint: 'The address may be wrong, or you may not see it.',
    shown_of: '{n} (of {all})', export: 'Export to Excel', export_hint: 'Exports what is filtered, with these columns', new: 'New entry', new_in: 'New entry: {title}', search: 'Search in all columns',
    group_by: 'Group by', columns: 'Columns', columns_first: 'Usual columns', find_column: 'Find a column', earlier: 'Move {title} left', later: 'Move {title} right', copy_hint: 'Copies the selected cells for a spreadsheet',
    views: 'Views', view_is: 'View: {name}', views_none: 'No view saved yet. Set filters, order and columns, then name and save them below.', view_name: 'Name of the view', share: 'Share', shared_by: 'shared by {who}',
    view_remove: 'Delete view {name}', filters: 'Filters', take_away: 'Remove: {text}', clear_all: 'Clear all', or: ', ', comma: ', ',
    no_match: 'No entry fits', no_match_hint: 'Take some filters away.', no_entries: 'This book has no entries yet', no_entries_hint: 'Import a workbook under Data, or add and paste entries here.',
    ops: {
      eq: '{title} is {value}', ne: '{title} is not {value}', in: '{title}: {value}', contains: '{title} contains “{value}”', starts: '{title} begins with “{value}”', gt: '{title} > {value}', ge: '{title} ≥ {value}',
      lt: '{title} < {value}', le: '{title} ≤ {value}', between: '{title} {value}', empty: '{title} is empty', filled: '{title} is filled',
    },
    grid: {
      rows: '{n} entries', filter_of: 'Filter: {title}', how: 'Comparison', contains: 'contains', starts: 'begins with', equals: 'is', text: 'Text', find_value: 'Find a value', values_failed: 'The values could not be read.', again: 'Retry', loading: 'Loading…',
      from: 'From', to: 'To', any: 'Any', empty: 'Empty', filled: 'Filled', clear: 'Clear', apply: 'Filter', n_values: '{n} values', no_value: '(empty)', cells: '{n} cells', sum: 'sum {n}', copied: '{n} rows copied', copy_failed: 'Copying failed, please press Ctrl+C again',
      keys: 'Arrows move, Shift extends, Enter opens, Ctrl+C copies, Ctrl+V pastes; click a heading to sort, Shift-click to add another.',
    },
    diff: { blank: '(empty)', becomes: 'becomes' },
    sections: { identity: 'Identity', numbers: 'Numbers', classes: 'Classes and dates', text: 'Text and links', personal: 'Personal data' },
    uses: {
      not_read: 'The ledger read nothing from this cell: it is a heading, a note, or a column that is not read.',
      figures: '{n} figures', figure: 'Figure', period: 'Period', role: 'As', value: 'Value', without: 'Without it', sentences: '{n} sentences of reports', grades: '{n} evaluations', published: '{n} published values', publication: 'Publication {n}',
      roles: { value: 'a row', subject: 'whom rows are about', base: 'last year' },
    },
    entry: {
      title: 'Entry', own_page: 'Open on its own', content: 'Content', history: 'History', uses: 'Where used', version: 'Version {n}', withdraw: 'Withdraw', withdraw_words: 'Once withdrawn, “{title}” counts in no figure; its history stays.', withdrawn: 'This entry is withdrawn and counts in no figure.',
      unsaved_title: 'Not saved yet', unsaved: 'What you typed will be lost.', throw_away: 'Do not save', go_on: 'Keep editing', unmask: 'Show', unmask_words: '“{title}” is sensitive. Showing it is recorded in the audit trail; please say what it is for.', masked: 'masked, cannot be edited here',
      as_written: 'Written as: {text}', from: 'From', referenced: 'Referred to by', why: 'Reason', why_example: 'e.g. corrected by letter of the enterprise', why_new_example: 'e.g. project signed in September', checking: 'Checking…', n_changes: '{n} fields changed', missing: 'Still needed: {fields}',
    },
    history: { import: 'Import', record: 'Recorded', undo: 'Undone', withdrawn: 'Withdrawn', nothing: 'Nothing changed in content' },
    conflict: {
      title: 'Somebody changed this entry while you were editing', words: 'The ledger now holds version {theirs}. These fields differ on both sides: choose one each, then save again.', field: 'Field', before: 'Was', theirs: 'Theirs', mine: 'Yours', take_all: 'Take all', keep_all: 'Keep all',
      only_theirs: 'Changed by them alone (taken): {fields}', only_mine: 'Changed by you alone (kept): {fields}', go_on: 'Go on with this', give_up: 'Drop my changes', open: '{n} still to choose',
    },
    paste: {
      open: 'Paste', title: 'Paste into “{title}”', words: 'Copy rows with their headings from a spreadsheet and paste them here; without headings, columns are taken from the selected cell on. Try first, see what would change, then write.', here: 'Press Ctrl+V here', rows: '{n} rows', headed: 'by headings',
      unheaded: 'by position', over: 'Over the rows from “{title}” on', keyed: 'Find entries by their key', again: 'Paste again', column: 'Column {n}', leave_out: '(leave out)', more: '{n} more rows are not shown but taken too', would: '{new} new, {changed} changed, {unchanged} unchanged',
      errors: '{n} errors; mend them and try again', try: 'Try', confirm: 'Write into the book',
    },
    completeness: {
      title: 'Who has sent', short: 'Who has sent', of: '{title} · who has sent', find: 'Find a name', only_missing: 'Missing only', sent: 'Sent', late: 'Late', missing: 'Missing', not_due: 'Not due yet', none: 'Not expected', nobody: 'Nobody had to send in this year', nobody_hint: 'Try another year.', subject: 'Name',
      due: 'Due {date}', total_expected: 'Expected', total_sent: 'Sent', total_late: 'Of these late', total_missing: 'Missing', remind: 'Remind', remind_of: 'Remind of {period}', remind_short: 'Remind', month: 'M{n}', note: 'Click a period to mark its column. The data:',
    },
    reminders: {
      title: 'Reminders: {title} {period}', none: 'Everybody has sent', chosen: '{n} of {all} chosen', copy_all: 'Copy all letters', record: 'Record as reminded', recorded: '{n} recorded', reminded: 'reminded {when}', contact: 'Contact', phone: 'Phone', letter: 'Letter',
    },
  },
}
export default messages
