// Words of the pages that take workbooks in.
import type { Messages } from '../../i18n'

const messages: Messages = {
  zh: {
    nav: '数据', title: '数据', imports: '导入', drop: '把部门发来的表格拖到这里，原样就行，不必整理', pick: '选择文件', kinds: '.xlsx、.xls、.et、.csv', sending: '正在上传 {name}…', look: '查看结果', waiting: '待入账',
    none: '没有待入账的表格', none_hint: '拖入表格后先读出来看，确认没有疑问再入账。', file: '文件', tables: '读到的表', new: '新增', changed: '修改', unchanged: '不变', withdrawn: '撤回', held: '暂缓', unknown: '不认识的表样', comma: '、',
    would: '新增 {new}，修改 {changed}，不变 {unchanged}，暂缓 {held}', accept: '入账', accept_words: '将新增 {new} 条，修改 {changed} 条；暂缓的 {held} 行不入账。入账后可以撤销。', discard: '不要了', discard_words: '这个文件不入账，从待办中去掉。总账不受影响。',
    retry: '换一份改好的表', retry_words: '把改好的同一张表拖到这里', queue: '有 {n} 个名称等人确认，定了之后这些行才能入账。', more_findings: '另有 {n} 个问题没有列出', retried: '改好了 {gone} 个问题，还有 {stay} 个，新出现 {come} 个', retried_gone: '已改好的', retried_new: '新出现的', held_n: '暂缓 {n} 行，见“问题”', no_changes: '没有这一类变化', moved: '读出之后总账有了变动，下面已按现在的总账重新比较，请再看一遍。',
    parts: { tables: '识别', findings: '问题', changes: '变化', mapping: '对应各列' }, rows: '{n} 行', book: '台账', layout: '版式', heading_rows: '表头行', column: '列', heading: '表头', field: '字段', not_read: '（不读）', ignored: '没有用上的工作表：{sheets}。',
    staged: { title: '待入账的表格' },
    sheet: { name: '工作表', sheets: '工作表', hidden: '隐藏', hidden_row: '隐藏的行，照样读', hidden_column: '隐藏的列，照样读' },
    mapping: {
      name: '版式名称', include: '读取 {sheet}', current: '现用的版式', new_book: '新台账：{title}',
      words: '没有版式能读这张表。核对下面的对应关系，试读一次看结果；以后还会收到这种表，就留作版式。', none: '没有可以对应的表格', none_hint: '工作表里没有找到像表格的区域，请核对文件。', unit: '表上没写单位时', unit_none: '不猜', how: '怎么认 / 单位', alike: '表头与字段名称的相似程度', field_of: '“{heading}”对应的字段', by: '按什么认', by_name: '按名称', by_code: '按代码', unit_sheet: '照表上',
      missing: '还没有对应：{fields}', text: '版式原文', try: '试读', keep: '试读并留作版式', keep_hint: '存入本园区的版式，以后这种表自动识别',
    },
    matches: {
      title: '匹配', none: '没有等待确认的名称', none_hint: '导入时遇到只是“像”、不能确定的名称，会放到这里。', keys: '键盘：j/k 上下，1–9 是同一家，n 不是', reason: '例如：营业执照已核对；不填则记系统给出的理由', score: '相似程度', same: '是同一家', different: '都不是', different_hint: '以后再出现这种写法，按不是处理；需要时在企业名录里新增。', more: '名录里的其他信息', what: '核对项', theirs: '表上写的', ours: '名录里的', equal: '是否一致', yes: '一致', no: '不同', need_reason: '请写明理由', said_same: '已记住：“{written}”是同一家。重新导入原来的文件，等着的行就会入账。', said_different: '已记住：“{written}”不是同一家。',
    },
    sources: { title: '原件', find: '查找文件', none: '还没有原件', none_hint: '入账后，原来的文件保存在这里。', no_match: '没有这样的文件', size: '大小', received: '收到', original: '原件', download: '下载原件', uses: '这一格用在哪里', uses_of: '{cell} 用在哪里', pick: '先在表里点一格' },
    findings: { title: '问题', find: '查找问题', severity: '程度', message: '问题', with_resolved: '连已解决的', none: '没有未解决的问题', none_hint: '导入时发现的存疑会列在这里，核对后写明理由标为已解决。', resolve: '标为已解决', resolved: '已解决' },
    revisions: { title: '版本', find: '按人、说明、文件查找', none: '没有这样的版本', kind: '类别', kinds: { import: '导入', record: '录入', undo: '撤销', match: '匹配', genesis: '建账' }, undoes: '撤销第{n}版', undone: '被撤销的', undone_by: '已被撤销', hash: '校验值', entries: '条目', changes: '改动的条目', undo: '撤销这一版', undo_words: '撤销是一个新版本：这一版新增的撤回，改过的恢复旧值，历史都保留。后来的版本在它上面又改过的，会拒绝并列出。' },
  },
  en: {
    nav: 'Data', title: 'Data', imports: 'Import', drop: 'Drop the workbooks here as the departments sent them', pick: 'Choose files', kinds: '.xlsx, .xls, .et, .csv', sending: 'Sending {name}…', look: 'See what was read', waiting: 'Waiting to be accepted',
    none: 'Nothing is waiting', none_hint: 'Drop a workbook: it is read first, and accepted once you have no doubts.', file: 'File', tables: 'Tables read', new: 'New', changed: 'Changed', unchanged: 'Unchanged', withdrawn: 'Withdrawn', held: 'Held back', unknown: 'Unknown layout', comma: ', ',
    would: '{new} new, {changed} changed, {unchanged} unchanged, {held} held back', accept: 'Accept', accept_words: '{new} entries will be new and {changed} changed; {held} rows stay out. It can be undone.', discard: 'Discard', discard_words: 'This file is taken off the list and not accepted. The ledger stays as it is.',
    retry: 'Send a corrected workbook', retry_words: 'Drop the corrected workbook here', queue: '{n} names wait for a decision; their rows come in once it is made.', more_findings: '{n} more findings are not listed', retried: '{gone} findings mended, {stay} stay, {come} new', retried_gone: 'Mended', retried_new: 'New', held_n: '{n} rows held back, see Findings', no_changes: 'No changes of this kind', moved: 'The ledger has moved on since this file was read; what follows compares it with the ledger as it is now.',
    parts: { tables: 'Recognised', findings: 'Findings', changes: 'Changes', mapping: 'Map columns' }, rows: '{n} rows', book: 'Book', layout: 'Layout', heading_rows: 'Heading rows', column: 'Column', heading: 'Heading', field: 'Field', not_read: '(not read)', ignored: 'Sheets not used: {sheets}.',
    staged: { title: 'Waiting workbook' },
    sheet: { name: 'Sheet', sheets: 'Sheets', hidden: 'hidden', hidden_row: 'A hidden row; it is read all the same', hidden_column: 'A hidden column; it is read all the same' },
    mapping: {
      name: 'Name of the layout', include: 'Read {sheet}', current: 'Layout in use', new_book: 'New book: {title}',
      words: 'No layout reads this sheet. Check the columns below and try; keep it as a layout if such sheets will come again.', none: 'Nothing to map', none_hint: 'No part of the workbook looks like a table. Please check the file.', unit: 'Where the sheet states no unit', unit_none: 'Do not guess', how: 'Found by / unit', alike: 'How alike heading and field are', field_of: 'Field of “{heading}”', by: 'Found by', by_name: 'by name', by_code: 'by code', unit_sheet: 'as on the sheet',
      missing: 'Not mapped yet: {fields}', text: 'The layout as text', try: 'Try', keep: 'Try and keep as a layout', keep_hint: 'Kept with this park’s own layouts, so that such sheets are recognised',
    },
    matches: {
      title: 'Matching', none: 'No name waits for a decision', none_hint: 'Names that are only similar to one we know are put here at import.', keys: 'Keys: j/k down and up, 1–9 the same, n none', reason: 'e.g. licence checked; left empty, the reason given below is kept', score: 'Similarity', same: 'The same', different: 'None of these', different_hint: 'This way of writing will be treated as somebody else; add them to the register if needed.', more: 'What else the register says', what: 'What', theirs: 'On the sheet', ours: 'In the register', equal: 'Equal', yes: 'same', no: 'different', need_reason: 'Please give a reason', said_same: 'Remembered: “{written}” is the same. Import the file again and the waiting rows come in.', said_different: 'Remembered: “{written}” is somebody else.',
    },
    sources: { title: 'Originals', find: 'Find a file', none: 'No originals yet', none_hint: 'Files are kept here once accepted.', no_match: 'No such file', size: 'Size', received: 'Received', original: 'Original', download: 'Download', uses: 'Where this cell is used', uses_of: 'Where {cell} is used', pick: 'Choose a cell first' },
    findings: { title: 'Findings', find: 'Find', severity: 'Severity', message: 'Finding', with_resolved: 'Resolved ones too', none: 'No open findings', none_hint: 'Doubts found at import are listed here until somebody says why they are right.', resolve: 'Mark as resolved', resolved: 'Resolved' },
    revisions: { title: 'Revisions', find: 'Find by person, reason or file', none: 'No such revision', kind: 'Kind', kinds: { import: 'Import', record: 'Recorded', undo: 'Undo', match: 'Matching', genesis: 'Start' }, undoes: 'Undoes r{n}', undone: 'Undone', undone_by: 'Undone by', hash: 'Hash', entries: 'Entries', changes: 'Entries changed', undo: 'Undo this revision', undo_words: 'Undoing is a new revision: what was new is withdrawn, what was changed gets its old value, and the history stays. It is refused, with a list, where later revisions built on it.' },
  },
}
export default messages
