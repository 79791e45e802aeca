// Words of evaluations.
export const evaluations = {
  zh: {
    title: '评价', lead: '每次评价都冻结数据版次、办法和基准值', new: '新的评价', scheme: '评价办法', note: '说明', start: '开始评价', none: '还没有评价', none_hint: '选定评价办法和年份，开始第一次评价。',
    subject: { parcel: '地块', enterprise: '企业' }, document: '文号：{document}。', search_firm: '企业名称、代码', found_firms: '{n} / {total} 家', source: '来源：{source}。', open: '{n} 个数值待提供', run: '评价', version: '稿次', stage_title: '公示', graded: '定级 / 全部', data: '数据', stage: { draft: '草稿', area: '面积已公示', result: '结果已公示' },
    group: '分组', all_groups: '全部分组', all_grades: '全部等级', order: '排序', best_first: '得分从高到低', worst_first: '得分从低到高', by_name: '按名称', by_area: '按面积', results: '结果', marks: '调整', open_row: '展开 {name}', confirmation: '一企一单',
    numerator: '分子', denominator: '分母', raw: '封顶前', objections: '异议', benchmarks: '基准值', publication: '公示', came_about: '来历',
    object: '提出异议', no_objections: '没有异议', no_objections_hint: '公示期内收到的异议登记在这里。', who: '对象', kind: '类型', text: '内容', evidence: '佐证', late: '逾期', until: '异议截止 {day}', pick_row: '请从名单里选一个',
    objection: { received: '已受理', upheld: '成立', rejected: '不成立', withdrawn: '已撤回' }, decide: { upheld: '异议成立', rejected: '异议不成立', withdrawn: '撤回' },
    publish: { area: '公示面积', result: '公示结果', area_words: '先公示用地面积，收集异议；面积无误后再公示结果。', result_words: '公示名单不排序，不显示名次。', until: '异议截止日', until_hint: '不填则按办法规定的天数' },
    publication_words: '公示分两步：先面积，后结果。公示的名单不排序。', not_yet: '尚未公示', made: '生成', digest: '结果摘要', scheme_digest: '办法摘要',
    again: '重新评价', again_words: '按最新数据和办法重新计算，成为新的一稿；原稿不变。', keep_others: '数据没有变化的地块保留原等级', outdated: '台账数据或评价办法在这次评价之后有过变化；需要时请重新评价。', replaces: '本稿由重新评价而来。', what_changed: '改动了什么',
    compare_with: '与另一次评价比较', compare_title: '评价比较', unchanged: '{moved} 宗有变化，{unchanged} 宗没有变化', moved_benchmarks: '基准值变化', nothing_changed: '两次评价的结果完全相同', only_grades: '只看等级变化', before: '原等级', after: '现等级', score_before: '原得分', score_after: '现得分', absent: '未参加',
  },
  en: {
    title: 'Evaluations', lead: 'Each evaluation freezes its data, scheme and benchmarks', new: 'New evaluation', scheme: 'Scheme', note: 'Note', start: 'Evaluate', none: 'No evaluation yet', none_hint: 'Choose a scheme and a year and evaluate for the first time.',
    subject: { parcel: 'parcels', enterprise: 'enterprises' }, document: 'Document: {document}.', search_firm: 'Name or code', found_firms: '{n} of {total}', source: 'From: {source}.', open: '{n} numbers to be supplied', run: 'Evaluation', version: 'Version', stage_title: 'Published', graded: 'Graded / all', data: 'Data', stage: { draft: 'Draft', area: 'Areas published', result: 'Result published' },
    group: 'Group', all_groups: 'All groups', all_grades: 'All grades', order: 'Order', best_first: 'Best score first', worst_first: 'Worst score first', by_name: 'By name', by_area: 'By area', results: 'Results', marks: 'Adjustments', open_row: 'Open {name}', confirmation: 'Confirmation sheet',
    numerator: 'Numerator', denominator: 'Denominator', raw: 'Uncapped', objections: 'Objections', benchmarks: 'Benchmarks', publication: 'Publication', came_about: 'How it came about',
    object: 'Object', no_objections: 'No objections', no_objections_hint: 'Objections that come while it is published are recorded here.', who: 'Whose', kind: 'Kind', text: 'What it says', evidence: 'Evidence', late: 'late', until: 'Objections until {day}', pick_row: 'Choose one from the list',
    objection: { received: 'Received', upheld: 'Upheld', rejected: 'Rejected', withdrawn: 'Withdrawn' }, decide: { upheld: 'Uphold', rejected: 'Reject', withdrawn: 'Withdraw' },
    publish: { area: 'Publish areas', result: 'Publish the result', area_words: 'Areas are published first and objections to them collected; the result follows when they are right.', result_words: 'The published list has no order and no ranks.', until: 'Last day for objections', until_hint: 'the scheme’s number of days when left empty' },
    publication_words: 'Publication has two stages: areas first, then the result. The published list has no order.', not_yet: 'Not yet published', made: 'Made', digest: 'Digest of the result', scheme_digest: 'Digest of the scheme',
    again: 'Evaluate again', again_words: 'Computes with the newest data and scheme as a new version; this one stays as it is.', keep_others: 'Parcels without changed data keep their grade', outdated: 'The ledger or the scheme has changed since this evaluation; evaluate again where that matters.', replaces: 'This version comes from evaluating again.', what_changed: 'What changed',
    compare_with: 'Compare with another evaluation', compare_title: 'Evaluations compared', unchanged: '{moved} changed, {unchanged} did not', moved_benchmarks: 'Benchmarks that moved', nothing_changed: 'Both evaluations say the same', only_grades: 'Only changed grades', before: 'Grade before', after: 'Grade after', score_before: 'Score before', score_after: 'Score after', absent: 'not part of it',
  },
}
