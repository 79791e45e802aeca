// Words of the what-if.
export const simulate = {
  zh: {
    title: '模拟', lead: '只是试算，不会保存', general: '总则', was: '原值 {value}', reset_one: '{name} 恢复为 {value}', reset: '全部恢复', before: '原', after: '现', change: '变化', bars: '图', movers: '等级变化 {n} 宗', firms_move: '等级变化 {n} 家', ways: '升 {up}，降 {down}', nobody: '没有等级变化',
    legend: '模拟等级', far: '缩得太小时地块合成灰色块，不显示模拟等级；放大后按宗着色。', took: '{server} 毫秒 / 共 {all} 毫秒', took_hint: '服务器计算用时，和从发出到收到的总用时', no_scheme: '还没有评价办法', no_scheme_hint: '在内容目录里加入评价办法。', nothing_to_change: '这个办法没有可以改动的数字。', not_saved: '改动了 {n} 个参数，没有保存。要正式采用，请修改评价办法后重新评价。', no_map: '企业评价没有地图',
    money: '金额变化', money_unit: '元/年', no_policy: '没有差别化政策', score: '得分', rates_hint: '台账里没有的标准，试填后原等级和现等级都按它算；改台账里有的标准，只改现等级的金额。',
    quota: '{grade} 类止于', word: { weight: '权重', cap: '封顶倍数', floor: '下限', benchmark: '基准值', winsorise: '去极值', min_known: '最低已知比例', k: '倍数', to: '累计比例', share: '比例', max_share: '最高比例', min_share: '最低比例', points: '分值', min_land: '最小面积', below_land: '面积上限', min_floor: '最小建筑面积', min_age: '最低年限', correction: '修正系数', bonus: '加分', malus: '扣分', bonus_cap: '加分上限', factor: '系数', value: '值' },
  },
  en: {
    title: 'What if', lead: 'Nothing is saved', general: 'For all', was: 'was {value}', reset_one: 'Set {name} back to {value}', reset: 'Reset all', before: 'Before', after: 'After', change: 'Change', bars: 'Bars', movers: '{n} change grade', firms_move: '{n} change grade', ways: '{up} up, {down} down', nobody: 'No grade changes',
    legend: 'Grade in this what-if', far: 'Seen from far, parcels are one grey field without grades; zoom in to see each.', took: '{server} ms of {all} ms', took_hint: 'Time the server computed, and from question to answer', no_scheme: 'No scheme yet', no_scheme_hint: 'Add a scheme to the content folder.', nothing_to_change: 'This scheme has no number to change.', not_saved: '{n} parameters changed, nothing saved. To adopt them change the scheme, then evaluate again.', no_map: 'Enterprises have no map',
    money: 'Money', money_unit: 'yuan a year', no_policy: 'No differential policy', score: 'Score', rates_hint: 'A rate tried where none is on record holds before and after; one tried in place of a rate on record holds after.',
    quota: '{grade} up to', word: { weight: 'Weight', cap: 'Cap', floor: 'Floor', benchmark: 'Benchmark', winsorise: 'Winsorise', min_known: 'Least known', k: 'Multiple', to: 'Up to', share: 'Share', max_share: 'Largest share', min_share: 'Least share', points: 'Points', min_land: 'Least land', below_land: 'Land below', min_floor: 'Least floor', min_age: 'Least age', correction: 'Correction', bonus: 'Bonus', malus: 'Malus', bonus_cap: 'Bonus cap', factor: 'Factor', value: 'Value' },
  },
}
