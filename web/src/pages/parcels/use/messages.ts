// Words of the use of results: idle and low-efficiency land, room to build, what grades cost, who goes where.
export const use = {
  zh: {
    title: '空间匹配', lead: '{on}的空置厂房与用房需求；不会保存', day: '日期', grades: '低效地块的厂房也算', divide: '厂房可以分割', nobody: '没有用房需求', nobody_hint: '在台账里登记拟引进或空间不足的项目。',
    sum: '安排 {placed} 家，{left} 家没有合适的，{empty} 处厂房仍空置。', gain: '共用 {floor}，预计年税收 {tax} 万元', pairs: '匹配结果', no_pairs: '没有合适的匹配', need: '需求', wants: '需要', tax: '预计税收（万元）', room: '厂房', takes: '使用', why: '理由', wished: '指定地块',
    left: '没有安排的', all_placed: '都有安排', nearest: '最接近的：', empty: '仍空置的厂房', none_empty: '没有', vacant: '空置', low_room: '{grade} 类地块',
    part: { low: '低效闲置用地', potential: '增容潜力', effects: '差别化政策', match: '空间匹配' },
    take: '导出 Excel', print: '打印', all: '全部', rule: '规则', verdict: '结论', grounds: '依据', disposal: '处置', search: '宗地代码或名称', undisposed: '只看没有处置的', lines: '{n} 宗',
    low_lead: '按{on}的规则，产出用 {year} 年；共核对 {n} 宗', counts: '符合 {met} 宗，无法判断 {unknown} 宗', document_open: '文号待提供', no_rules: '没有在执行的规则', no_rules_hint: '在内容目录的 land_rules 里加入规则，或换一个日期。', none_low: '没有这样的地块', none_low_hint: '换一个日期或筛选条件。',
    held: { met: '符合', not_met: '不符合', unknown: '无法判断', excused: '政府原因，不认定', behind: '已按前一规则认定' }, because: { excused: '条件符合，但延误是政府原因。', behind: '已按前一规则认定，不再认定。' },
    since: '{on}起算', step_due: '已到期限', step_from: '{on}起', missing: '缺：', surveyed: '现场核查 {on}', on_map: '地图', late: '逾期 {n} 天', due: '计划 {on} 完成', passed: '时间过了 {n}%', nothing_done: '还没有处置',
    room_sum: '{n} 宗可算，共可增 {addable} ㎡；用房需求 {wanted} ㎡；{unknown} 宗缺数据算不出。', room_why: '优先度 = 得分占最高分的比例 × 需求占可增面积的比例。得分用', of_run: '第 {n} 号评价', no_run: '还没有评价', no_run_hint: '先评价一年，才有等级和金额。', rank: '排名', addable: '可增面积（㎡）', far: '容积率上限', efficiency: '效率', need_share: '需求', priority: '优先度', cannot_tell: '缺数据，算不出的地块',
    effects_lead: '按{on}的标准，一年多少钱；正数加收，负数减免。', rates: '标准', to_supply: '待提供', no_measure: '没有对应的指标，金额算不出', try_hint: '填一个数试算，不会保存；正式标准在台账里登记，要有文号。', tried: '试了 {n} 个标准，没有保存。', in_all: '合计', for_each: '逐家', policy: '政策', money: '金额（元/年）', in_words: '说明', who: '对象',
    effect: { no_rate: '标准待提供', no_quantity: '缺数据', no_grade: '无等级', withheld: '保密' },
  },
  en: {
    title: 'Matching', lead: 'Empty workshops and who looks for room on {on}; nothing is kept', day: 'Day', grades: 'Workshops of low grades count too', divide: 'Workshops may be divided', nobody: 'Nobody looks for room', nobody_hint: 'Record incoming projects and those short of space in their book.',
    sum: '{placed} placed, {left} without a fitting room, {empty} rooms stay empty.', gain: '{floor} taken, {tax} ×10⁴ yuan of tax a year expected', pairs: 'Who goes where', no_pairs: 'Nothing fits', need: 'Who', wants: 'Wants', tax: 'Tax expected (×10⁴ yuan)', room: 'Room', takes: 'Takes', why: 'Why', wished: 'wished for',
    left: 'Left over', all_placed: 'Everybody is placed', nearest: 'Nearest:', empty: 'Rooms that stay empty', none_empty: 'None', vacant: 'empty', low_room: 'grade {grade}',
    part: { low: 'Idle and low-efficiency land', potential: 'Room to build', effects: 'Differential policies', match: 'Matching' },
    take: 'Export to Excel', print: 'Print', all: 'All', rule: 'Rule', verdict: 'Verdict', grounds: 'Grounds', disposal: 'Disposal', search: 'Parcel code or name', undisposed: 'Only those nothing is done about', lines: '{n} parcels',
    low_lead: 'By the rules of {on}, output of {year}; {n} parcels looked at', counts: '{met} met, {unknown} cannot be told', document_open: 'document to be supplied', no_rules: 'No rule is in force', no_rules_hint: 'Add rules to land_rules of the content folder, or choose another day.', none_low: 'No such parcel', none_low_hint: 'Choose another day or filter.',
    held: { met: 'met', not_met: 'not met', unknown: 'cannot be told', excused: 'excused', behind: 'under the rule before' }, because: { excused: 'It would apply, but the delay is the government’s.', behind: 'A rule that comes first applies.' },
    since: 'counted from {on}', step_due: 'due', step_from: 'from {on}', missing: 'Missing:', surveyed: 'visited {on}', on_map: 'Map', late: '{n} days late', due: 'planned for {on}', passed: '{n}% of the time has passed', nothing_done: 'Nothing is done yet',
    room_sum: '{n} parcels told, {addable} ㎡ may be added; {wanted} ㎡ are looked for; {unknown} lack data.', room_why: 'Priority = share of the best score × share of the room that is looked for. Scores of', of_run: 'evaluation {n}', no_run: 'No evaluation yet', no_run_hint: 'Evaluate a year first: money follows grades.', rank: 'Rank', addable: 'May be added (㎡)', far: 'Largest ratio', efficiency: 'Efficiency', need_share: 'Need', priority: 'Priority', cannot_tell: 'Parcels that lack data',
    effects_lead: 'By the rates of {on}, yuan a year; positive costs, negative saves.', rates: 'Rates', to_supply: 'to be supplied', no_measure: 'No measure counts this: money cannot be told', try_hint: 'Type a number to try it; nothing is kept. Rates proper stand in their book, with their document.', tried: '{n} rates tried, nothing kept.', in_all: 'In all', for_each: 'For each', policy: 'Policy', money: 'Money (yuan a year)', in_words: 'In words', who: 'Who',
    effect: { no_rate: 'rate to be supplied', no_quantity: 'no data', no_grade: 'no grade', withheld: 'withheld' },
  },
}
