import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    title: '总览', figures: '主要指标', figure: '指标', value: '数值', yoy: '同比', trend: '近期走势', task: '任务进度', period: '期间', none: '这一页还没有指标',
    none_hint: '管理员可以在内容的 pages 文件里选择要放在总览的指标。', progress: '完成 {progress}%，时间过去 {elapsed}%', of_target: '目标 {target}{unit}', done: '已完成', behind: '落后 {n} 个百分点', on_track: '合进度', no_data: '暂无进度',
    attention: '待处理', late: '未报送', late_line: '应报 {expected}，缺 {missing}', late_due: '截止 {due}', deadlines: '临近期限', due_count: '{n} 件，超期 {overdue} 件', in_book: '另外 {n} 件在台账里', overdue: '超期 {n} 天', due_today: '今天到期', due_in: '还有 {n} 天', expiring: '即将到期', expired: '已过期 {n} 天',
    findings: '数据问题', findings_line: '{error} 个错误，{warning} 个提醒', queue: '待确认的企业', queue_line: '{n} 条等待确认是不是同一家', calm: '没有待处理的事', calm_hint: '报送齐全，没有临近的期限。', handler: '经办：{name}', all_of: '还有 {n} 项',
    revisions: '最近改动', revision: '版次', who: '操作人', when: '时间', what: '内容', entries: '条数', no_revisions: '台账还是空的', no_revisions_hint: '到“数据”里拖入第一张表。', to_intake: '去“数据”', empty: '台账还没有数据', empty_hint: '拖入部门报来的 Excel 表，这里就会出现当月的主要指标。',
    no_intake: '等管理员或填报人导入数据后，这里会出现当月的主要指标。', sparkline: '{title}近期走势', kind_import: '导入', kind_record: '填报', kind_undo: '撤销', to_trace: '点数字看来源', latest: '已有数据到{month}',
  },
  en: {
    title: 'Overview', figures: 'Key figures', figure: 'Figure', value: 'Value', yoy: 'Year on year', trend: 'Lately', task: 'Target', period: 'Period', none: 'No figures on this page yet',
    none_hint: 'An administrator chooses the figures of the overview in the pages file of the content.', progress: '{progress}% done, {elapsed}% of the time gone', of_target: 'Target {target} {unit}', done: 'Done', behind: '{n} points behind', on_track: 'On track', no_data: 'No progress known',
    attention: 'Needs attention', late: 'Returns missing', late_line: '{missing} of {expected} missing', late_due: 'due {due}', deadlines: 'Deadlines', due_count: '{n}, {overdue} overdue', in_book: '{n} more in the book', overdue: '{n} days overdue', due_today: 'due today', due_in: 'in {n} days', expiring: 'Expiring', expired: 'expired {n} days ago',
    findings: 'Findings in the data', findings_line: '{error} errors, {warning} warnings', queue: 'To be matched', queue_line: '{n} names wait to be matched', calm: 'Nothing needs attention', calm_hint: 'All returns are in, no deadline is near.', handler: 'Handled by {name}', all_of: '{n} more',
    revisions: 'Latest changes', revision: 'Revision', who: 'Who', when: 'When', what: 'What', entries: 'Entries', no_revisions: 'The ledger is empty', no_revisions_hint: 'Drop the first workbook under Data.', to_intake: 'To Data', empty: 'The ledger has no data yet', empty_hint: 'Drop the workbooks of the departments, and the month’s key figures appear here.',
    no_intake: 'When data has been imported, the month’s key figures appear here.', sparkline: '{title} lately', kind_import: 'Import', kind_record: 'Form', kind_undo: 'Undo', to_trace: 'Click a number to see where it comes from', latest: 'Data up to {month}',
  },
}
export default messages
