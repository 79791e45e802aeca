const zh = {
  open: '模板工坊', title: '模板工坊', lead: '把 Word 模板拖进来：逐处试填、指出错在第几段；选指标插填空；存成新报告，不用编程。',
  drop: '把模板（.docx）拖到这里，或点这里选择', kinds: 'Word 或 WPS 的 .docx', from: '或从已有报告开始', choose: '选择报告', period: '试填期', trying: '正在试填……', again: '重新检查',
  sound: '没有错误', faulty: '有 {count} 处错误', counts: '{name}：{paragraphs} 段，{slots} 处填空', save: '下载模板', keep: '存为报告',
  tabs: { label: '模板', paragraphs: '段落与填空', preview: '试填效果', definition: '参数与图' },
  paragraph: '第{n}段', pick: '选第{n}段', picked: '插到第{n}段', unprinted: '本期不印', more: '等 {count} 处', empty: '（空段）', no_preview: '先改正错误', missing: '先在上面选好参数',
  definition_hint: '报告的参数和图，写法与内容文件夹里的 report.toml 相同；插入图时自动写入。', other: '其他问题', place: '段', sample: '试填', unit: '单位', figure: '指标', slot: '填空',
  picker: {
    title: '插填空', figure: '指标', choose: '选指标', at: '时期', window: '累计还是当期', exclude: '剔除', by: '分组', only: '只取', all: '全部', none: '不分组', nobody: '不剔除', usual: '按指标', copy: '复制', copied: '已复制',
    insert: '插入', nothing: '这样问没有可用的写法', choose_hint: '选一个指标，看它能写成什么。', no_paragraph: '先在左边选一段', in_table: '表格里不能再放表格或图', with_chart: '插入时一并写入图的定义',
    ats: { own: '报告期', last_year: '上年同期', plan: '计划年度', q1: '一季度', q2: '二季度', q3: '三季度', q4: '四季度', h1: '上半年', h2: '下半年' },
    windows: { own: '按指标', month: '当月', ytd: '累计', quarter: '当季', half: '半年', year: '全年' },
    forms: {
      value: '数值', yi: '数值（亿）', wan: '数值（万）', growth: '增长（文字）', rate: '同比', mom: '环比（文字）', share: '占比', rank: '位次', target: '目标', completion: '完成率', names: '名单', count: '个数', month: '月份',
      list: '逐项列举', table: '分组表', chart_months: '图：各月', chart_line: '图：各月（折线）', chart_years: '图：历年', chart_rows: '图：分组（条形）', chart_pie: '图：分组（饼图）', chart_growth: '图：各月同比',
    },
  },
  keeping: {
    title: '存为报告', id: '标识', id_hint: '小写字母、数字和下划线，例如 weekly_note', name: '名称', name_en: '英文名称', replace: '替换已存过的同名报告', confirm: '保存', cancel: '取消', done: '已存为报告“{title}”', hint: '存进本园区自己的内容，所有人立即可用。',
  },
}
const en: typeof zh = {
  open: 'Template workshop', title: 'Template workshop', lead: 'Drop a Word template: every slot is tried and faults are told by paragraph; pick figures and insert slots; keep it as a new report, no code.',
  drop: 'Drop a template (.docx) here, or click to choose', kinds: '.docx of Word or WPS', from: 'Or begin from a report', choose: 'Choose a report', period: 'Try with', trying: 'Trying…', again: 'Check again',
  sound: 'No faults', faulty: '{count} faults', counts: '{name}: {paragraphs} paragraphs, {slots} slots', save: 'Download the template', keep: 'Keep as a report',
  tabs: { label: 'Template', paragraphs: 'Paragraphs and slots', preview: 'Filled', definition: 'Parameters and charts' },
  paragraph: 'Paragraph {n}', pick: 'Choose paragraph {n}', picked: 'Insert at paragraph {n}', unprinted: 'Not printed this time', more: 'and {count} more', empty: '(empty)', no_preview: 'Mend the faults first', missing: 'Set the parameters above first',
  definition_hint: 'Parameters and charts of the report, as report.toml in the content folder has them; charts are written here when inserted.', other: 'Other findings', place: 'Paragraph', sample: 'Says', unit: 'Unit', figure: 'Figure', slot: 'Slot',
  picker: {
    title: 'Insert a slot', figure: 'Figure', choose: 'Choose a figure', at: 'Period', window: 'Window', exclude: 'Without', by: 'By', only: 'Only', all: 'All', none: 'Not broken down', nobody: 'Nobody', usual: 'As the figure has it', copy: 'Copy', copied: 'Copied',
    insert: 'Insert', nothing: 'No form fits this question', choose_hint: 'Choose a figure to see how it can be written.', no_paragraph: 'Choose a paragraph at the left first', in_table: 'No table or chart inside of a table', with_chart: 'Writes the chart’s definition too',
    ats: { own: 'The report’s', last_year: 'A year before', plan: 'Year planned for', q1: 'First quarter', q2: 'Second quarter', q3: 'Third quarter', q4: 'Fourth quarter', h1: 'First half', h2: 'Second half' },
    windows: { own: 'As the figure has it', month: 'Month', ytd: 'Year to date', quarter: 'Quarter', half: 'Half', year: 'Year' },
    forms: {
      value: 'Value', yi: 'Value (100 million)', wan: 'Value (10,000)', growth: 'Growth in words', rate: 'Growth', mom: 'Month on month in words', share: 'Share', rank: 'Rank', target: 'Target', completion: 'Completion', names: 'Names', count: 'Count', month: 'Month',
      list: 'List', table: 'Table', chart_months: 'Chart: months', chart_line: 'Chart: months (line)', chart_years: 'Chart: years', chart_rows: 'Chart: breakdown (bars)', chart_pie: 'Chart: breakdown (pie)', chart_growth: 'Chart: growth by month',
    },
  },
  keeping: {
    title: 'Keep as a report', id: 'Id', id_hint: 'Small letters, digits, underscores, such as weekly_note', name: 'Title', name_en: 'English title', replace: 'Replace the report of that id kept before', confirm: 'Keep', cancel: 'Cancel', done: 'Kept as “{title}”', hint: 'It becomes content of this park, for everybody at once.',
  },
}
export default { zh, en }
