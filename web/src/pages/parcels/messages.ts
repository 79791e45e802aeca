// Words of the pages about land; each page's own stand beside it.
import { coverage } from './coverage/messages'
import { evaluations } from './evaluations/messages'
import { imports } from './imports/messages'
import { map } from './map/messages'
import { parcel, scorePanel } from './parcel/messages'
import { use } from './use/messages'
import { simulate } from './simulate/messages'

export default {
  zh: {
    title: '地块', empty: '还没有地块', empty_hint: '在台账里登记宗地，或者先导入宗地清单，再导入界址。', to_book: '打开宗地台账', comma: '，', year: '年份',
    tabs: { map: '地图', imports: '界址导入', coverage: '数据覆盖', evaluations: '评价', simulate: '模拟', use: '结果应用' },
    mu: '{n} 亩', area_both: '{mu} 亩（{area} ㎡）', per_mu: '每亩 {n}', unit_per_mu: '{unit}/亩', grade: '{grade} 类', score: '{n} 分', run: '{year}{scheme}（第 {version} 稿）',
    field: { code: '宗地代码', holder: '权利人', area: '面积', mu: '面积（亩）', land_use: '用途', location: '坐落', layer: '空间层', state: '使用状态', floor_area: '建筑面积', far: '容积率', grade: '等级', score: '得分', coverage: '数据覆盖' },
    status: { scored: '已评价', not_due: '未到评价期', exempt: '不参加评价', no_data: '数据不足', none: '未评价' },
    state: { present: '有数据', estimated: '估算', conflicting: '来源不一致', missing: '缺数据', withheld: '不可见', none: '无需数据' },
    color: { grade: '等级', coverage: '数据覆盖', state: '使用状态', change: '界址变更', measures: '指标' },
    export: { geojson: 'GeoJSON', gpkg: 'GeoPackage', xlsx: 'Excel 表' },
    time: { label: '时间', earlier: '上一次变动', later: '下一次变动', day: '日期', today: '回到今天', is_today: '今天' },
    compare: { title: '地块对比', one_more: '再选一宗', end: '结束对比', what: '项目', remove: '移出 {name}', difference: '后者减前者' },
    layer: { surface: '地表', above: '地上', below: '地下' },
    occupancy: { self: '自用', lease: '承租', sublease: '转租', vacant: '空置', under_construction: '在建', public: '公共' },
    promise: { kept: '已履约', broken: '未履约', not_due: '未到期', unknown: '数据不足' },
    lineage: { split: '分割', merge: '合并', adjust: '界址变更' },
    map: map.zh, coverage: coverage.zh, simulate: simulate.zh, use: use.zh, evaluations: evaluations.zh, imports: imports.zh, parcel: parcel.zh, score_panel: scorePanel.zh,
  },
  en: {
    title: 'Parcels', empty: 'No parcels yet', empty_hint: 'Record parcels in their book, or import the list of parcels, then their boundaries.', to_book: 'Open the book of parcels', comma: ', ', year: 'Year',
    tabs: { map: 'Map', imports: 'Boundaries', coverage: 'Coverage', evaluations: 'Evaluations', simulate: 'What if', use: 'Use' },
    mu: '{n} mu', area_both: '{mu} mu ({area} ㎡)', per_mu: '{n} per mu', unit_per_mu: '{unit} per mu', grade: 'Grade {grade}', score: '{n} points', run: '{scheme} {year} (version {version})',
    field: { code: 'Parcel code', holder: 'Holder', area: 'Area', mu: 'Area (mu)', land_use: 'Use', location: 'Location', layer: 'Layer', state: 'State', floor_area: 'Floor area', far: 'Floor-area ratio', grade: 'Grade', score: 'Score', coverage: 'Coverage' },
    status: { scored: 'Evaluated', not_due: 'Not due yet', exempt: 'Exempt', no_data: 'Not enough data', none: 'Not evaluated' },
    state: { present: 'present', estimated: 'estimated', conflicting: 'sources disagree', missing: 'missing', withheld: 'withheld', none: 'not needed' },
    color: { grade: 'Grade', coverage: 'Coverage of data', state: 'State of use', change: 'Boundary changes', measures: 'Measures' },
    export: { geojson: 'GeoJSON', gpkg: 'GeoPackage', xlsx: 'Excel' },
    time: { label: 'Time', earlier: 'Change before', later: 'Next change', day: 'Day', today: 'Back to today', is_today: 'today' },
    compare: { title: 'Parcels side by side', one_more: 'Choose one more', end: 'End', what: 'What', remove: 'Take out {name}', difference: 'Second less first' },
    layer: { surface: 'Surface', above: 'Above ground', below: 'Below ground' },
    occupancy: { self: 'own use', lease: 'lease', sublease: 'sublease', vacant: 'vacant', under_construction: 'under construction', public: 'public' },
    promise: { kept: 'kept', broken: 'broken', not_due: 'not due', unknown: 'not enough data' },
    lineage: { split: 'split', merge: 'merge', adjust: 'new boundary' },
    map: map.en, coverage: coverage.en, simulate: simulate.en, use: use.en, evaluations: evaluations.en, imports: imports.en, parcel: parcel.en, score_panel: scorePanel.en,
  },
}
