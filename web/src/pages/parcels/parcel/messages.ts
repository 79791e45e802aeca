// Words of a parcel's page.
export const parcel = {
  zh: {
    identity: '宗地', unknown: '未登记', area_of: '面积来源', mu: '亩', legal: '法定', boundary: '界址图形（仅供核对）', no_area: '没有登记面积', doubtful: '界址图形与法定面积相差 {off}，超过投影误差，请核对界址或证载面积。', outline: '宗地图',
    rights: '权利', no_rights: '没有登记权利', certificate: '不动产权证号', no_number: '未填证号', kind: '类型', span: '起止',
    buildings: '建筑', no_buildings: '没有登记建筑', building: '名称', storeys: '层数', measured: '实测面积', counted: '计容面积', counted_hint: '层高超过 8 米的楼层按两倍计入容积率', completed: '竣工',
    occupancies: '使用情况', with_past: '含已结束', nobody: '没有登记使用情况', user: '使用方', landlord: '出租方', floor: '建筑 ㎡', land: '土地 ㎡',
    commitments: '履约（标准地承诺）', no_commitments: '没有登记承诺', promise: '承诺', promised: '约定', actual: '实际', fulfilment: '履约率', due: '期限', open_entry: '打开台账条目',
    lineage: '沿革', no_lineage: '没有分割、合并或界址变更', no_day: '日期不详', made_from: '由此而来：', became: '变更为：', on_map: '在地图上看',
    attribution: '{year}产出归集', no_attribution: '这一年没有归集到这宗地的数据', measure: '指标', value: '数值', each_mu: '每亩', method: '归集方法', evidence: '依据等级', parts: '{n} 家', known: '已知 {n}', of_whole: '占 {whole} 的 {percent}',
    withheld: '另有 {n} 家属保密数据，不显示', sheet: '一地一表', never_judged: '这宗地还没有参加过评价。', disposals: '处置', found: '认定', done: '完成',
  },
  en: {
    identity: 'Parcel', unknown: 'Not recorded', area_of: 'Area by', mu: 'mu', legal: 'legal', boundary: 'Boundary (a check only)', no_area: 'No area is recorded', doubtful: 'The boundary differs from the legal area by {off}, more than a projection explains: check boundary and certificate.', outline: 'Outline of the parcel',
    rights: 'Rights', no_rights: 'No right is recorded', certificate: 'Certificate', no_number: 'no number', kind: 'Kind', span: 'From – to',
    buildings: 'Buildings', no_buildings: 'No building is recorded', building: 'Name', storeys: 'Storeys', measured: 'Measured ㎡', counted: 'Counted ㎡', counted_hint: 'Storeys above 8 m count twice towards the floor-area ratio', completed: 'Completed',
    occupancies: 'Occupancy', with_past: 'with what has ended', nobody: 'No occupancy is recorded', user: 'User', landlord: 'Let by', floor: 'Floor ㎡', land: 'Land ㎡',
    commitments: 'Commitments', no_commitments: 'No commitment is recorded', promise: 'Commitment', promised: 'Promised', actual: 'Reached', fulfilment: 'Fulfilment', due: 'Due', open_entry: 'Open the entry',
    lineage: 'Lineage', no_lineage: 'No split, merge or change of boundary', no_day: 'unknown day', made_from: 'made from', became: 'became', on_map: 'On the map',
    attribution: 'What it gave in {year}', no_attribution: 'Nothing was attributed to this parcel in this year', measure: 'Measure', value: 'Value', each_mu: 'Per mu', method: 'Method', evidence: 'Evidence', parts: '{n} enterprises', known: '{n} known', of_whole: '{percent} of {whole}',
    withheld: '{n} more are confidential and not shown', sheet: 'Parcel sheet', never_judged: 'This parcel has not been evaluated yet.', disposals: 'Disposal', found: 'Found', done: 'Done',
  },
}
export const scorePanel = {
  zh: {
    title: '得分构成', of: '{year} · {scheme}', open_run: '打开评价', first: '初评 {grade} 类', rank: '组内第 {rank} / {of}，均分 {mean}，中位 {median}', total: '总分', caption: '从零到总分，各指标加分', indicator: '指标', points: '得分', next: '离 {grade} 类还差',
    indicators: '各指标', value: '数值', group_mean: '组均值', benchmark: '基准值', weight: '权重', reason: '说明', years: '历年',
  },
  en: {
    title: 'How the score comes about', of: '{scheme} {year}', open_run: 'Open the evaluation', first: '{grade} before veto and protection', rank: '{rank} of {of} in its group, mean {mean}, median {median}', total: 'Score', caption: 'From nothing to the score', indicator: 'Indicator', points: 'Points', next: 'To grade {grade}',
    indicators: 'Indicators', value: 'Value', group_mean: 'Group mean', benchmark: 'Benchmark', weight: 'Weight', reason: 'Why', years: 'Over the years',
  },
}
