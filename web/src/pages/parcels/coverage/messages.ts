// Words of the coverage page.
export const coverage = {
  zh: {
    title: '数据覆盖', lead: '{year}，地块 × 数据域', by: '按什么算覆盖率', by_count: '按宗数', by_area: '按面积', sum: '已评价；应评 {due} 宗，已评 {scored} 宗；另有 {exempt} 宗不参加，{not_due} 宗未到期，{no_data} 宗数据不足',
    search: '名称、宗地代码', domain: '数据域', all_domains: '全部数据域', state: '数据状态', all_states: '全部数据状态', all_statuses: '全部评价状态', matrix: '覆盖矩阵', counts: '有 {present}，估算 {estimated}，不一致 {conflicting}，缺 {missing}',
    fresh: '数据截至 {day}', more: '再显示 {n} 宗', more_gaps: '还有 {n} 项', gaps: '各科室的缺口', no_gaps: '没有缺口', nobody: '未指定科室', gap_count: '{n} 项', ask: '数据需求表', ask_of: '下载发给{department}的数据需求表', ask_hint: '数据需求表是 Excel：发给科室填写，填好后在“数据”里导入。',
  },
  en: {
    title: 'Coverage of data', lead: '{year}, parcel × domain', by: 'Coverage by', by_count: 'by count', by_area: 'by area', sum: 'evaluated: {scored} of {due} due; {exempt} exempt, {not_due} not due yet, {no_data} without enough data',
    search: 'Name, parcel code', domain: 'Domain', all_domains: 'All domains', state: 'State of data', all_states: 'All states of data', all_statuses: 'All evaluation states', matrix: 'Coverage matrix', counts: '{present} present, {estimated} estimated, {conflicting} disagree, {missing} missing',
    fresh: 'data until {day}', more: 'Show {n} more', more_gaps: '{n} more', gaps: 'Gaps by department', no_gaps: 'No gaps', nobody: 'No department', gap_count: '{n}', ask: 'Request', ask_of: 'Download the data request for {department}', ask_hint: 'The request is a workbook: send it to the department, then import it under Data.',
  },
}
