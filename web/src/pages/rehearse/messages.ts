export default {
  zh: {
    title: '复盘与结转', open: '复盘与结转',
    lead: '把去年印发的稿子放进来：先用台账重做那一期，逐项对分；再把稿子结转到今年接着写。',
    drop: '把去年印发的稿子拖到这里', kinds: 'Word（.docx）或纯文本；文件不留在服务器上', period: '稿子的报告期',
    working: '正在重做 {period} 的报告……',
    score: '{name}：{title} {period}，一致 {score}%', counts: '台账 r{revision}，共 {count} 项', unknown_report: '没有认出是哪份报告',
    figure: '指标', theirs: '印发稿', ours: '台账重做', difference: '差额', note: '说明', unnamed: '没有认出的数', nothing: '没有这一类',
    outcome: { differs: '不一致', missing_ours: '台账没有', missing_theirs: '稿中没有', agrees: '一致' },
    roll: '结转到 {period} 并下载', roll_hint: '各处数换成 {period} 的，正文里明显是当年的年月一并改、标黄；写的文字不动。', roll_text: '纯文本没有数据标记，不能结转；请用当时的 Word 稿。',
  },
  en: {
    title: 'Rehearse and roll forward', open: 'Rehearse and roll forward',
    lead: 'Drop last year’s printed report: it is built again from the ledger and scored figure by figure; then roll it forward and write on.',
    drop: 'Drop last year’s document here', kinds: 'Word (.docx) or plain text; it is not kept on the server', period: 'Its period',
    working: 'Building the report for {period} again…',
    score: '{name}: {title} {period}, {score}% agree', counts: 'Ledger r{revision}, {count} figures', unknown_report: 'no report recognised',
    figure: 'Figure', theirs: 'Printed', ours: 'Built again', difference: 'Difference', note: 'Note', unnamed: 'A number nobody knows', nothing: 'None of these',
    outcome: { differs: 'Differs', missing_ours: 'Not in the ledger', missing_theirs: 'Not in the document', agrees: 'Agrees' },
    roll: 'Roll to {period} and download', roll_hint: 'Figures become those of {period}; years and months that plainly are the report’s own move too, marked yellow; the prose stays.', roll_text: 'Plain text has no links to figures and cannot be rolled; use the Word document.',
  },
}
