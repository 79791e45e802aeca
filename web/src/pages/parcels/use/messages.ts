// Words of the use of results: who goes where.
export const use = {
  zh: {
    title: '空间匹配', lead: '{on}的空置厂房与用房需求；不会保存', day: '日期', grades: '低效地块的厂房也算', divide: '厂房可以分割', nobody: '没有用房需求', nobody_hint: '在台账里登记拟引进或空间不足的项目。',
    sum: '安排 {placed} 家，{left} 家没有合适的，{empty} 处厂房仍空置。', gain: '共用 {floor}，预计年税收 {tax} 万元', pairs: '匹配结果', no_pairs: '没有合适的匹配', need: '需求', wants: '需要', tax: '预计税收（万元）', room: '厂房', takes: '使用', why: '理由', wished: '指定地块',
    left: '没有安排的', all_placed: '都有安排', nearest: '最接近的：', empty: '仍空置的厂房', none_empty: '没有', vacant: '空置', low_room: '{grade} 类地块',
  },
  en: {
    title: 'Matching', lead: 'Empty workshops and who looks for room on {on}; nothing is kept', day: 'Day', grades: 'Workshops of low grades count too', divide: 'Workshops may be divided', nobody: 'Nobody looks for room', nobody_hint: 'Record incoming projects and those short of space in their book.',
    sum: '{placed} placed, {left} without a fitting room, {empty} rooms stay empty.', gain: '{floor} taken, {tax} ×10⁴ yuan of tax a year expected', pairs: 'Who goes where', no_pairs: 'Nothing fits', need: 'Who', wants: 'Wants', tax: 'Tax expected (×10⁴ yuan)', room: 'Room', takes: 'Takes', why: 'Why', wished: 'wished for',
    left: 'Left over', all_placed: 'Everybody is placed', nearest: 'Nearest:', empty: 'Rooms that stay empty', none_empty: 'None', vacant: 'empty', low_room: 'grade {grade}',
  },
}
