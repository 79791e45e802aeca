export default {
  zh: {
    title: '企业填报', one: '企业报表', lead: '等待审核 {n} 份', nothing: '没有企业报表', nothing_hint: '企业报送后会到这里；只列出您有权入账的台账。',
    enterprise: '企业', book: '报表', state: '状态', at: '最近办理', all: '全部状态',
    states: { sent_back: '已退回', draft: '草稿', not_begun: '未填', submitted: '待审核', accepted: '已入账', recorded: '已有数据' },
    columns: { field: '指标', value: '本次报送', before: '上期', year_before: '上年同期', change: '变动', reason: '企业说明', last_time: '上次报送', why_back: '退回原因' },
    before_of: '上期 {period}', year_of: '同期 {period}', not_said: '未填', jump: '变动大',
    accept: '审核通过', accept_words: '通过后数据入账，企业不能再改；入账版本写明报送人和审核人。', send_back: '退回企业', back_words: '在有问题的指标旁写明原因，或写总的意见。', back_note: '总的意见', confirm_back: '确认退回',
    accepted: '已入账', back_done: '已退回企业', open_entry: '查看台账条目', open_revision: '查看入账版本',
    rounds: '办理过程', acts: { submit: '报送', withdraw: '撤回', send_back: '退回', accept: '审核入账' }, values: '报送的内容', found: '检查结果', no_findings: '没有发现问题',
  },
  en: {
    title: 'Returns', one: 'Return of an enterprise', lead: '{n} wait for an answer', nothing: 'No returns', nothing_hint: 'Returns come here once enterprises hand them in; only of books you may accept for.',
    enterprise: 'Enterprise', book: 'Return', state: 'State', at: 'Last step', all: 'All states',
    states: { sent_back: 'Sent back', draft: 'Draft', not_begun: 'Not begun', submitted: 'Waiting', accepted: 'Accepted', recorded: 'On record' },
    columns: { field: 'Item', value: 'Handed in', before: 'Period before', year_before: 'Year before', change: 'Change', reason: 'Reason given', last_time: 'Time before', why_back: 'Why sent back' },
    before_of: 'Before: {period}', year_of: 'Year before: {period}', not_said: 'empty', jump: 'Big change',
    accept: 'Accept', accept_words: 'The values go into the ledger and the enterprise cannot change them any more; the revision names who filed and who accepted.', send_back: 'Send back', back_words: 'Write why beside the items concerned, or a word on the whole.', back_note: 'On the whole', confirm_back: 'Send it back',
    accepted: 'Accepted', back_done: 'Sent back', open_entry: 'Show the entry', open_revision: 'Show the revision',
    rounds: 'What was done', acts: { submit: 'Handed in', withdraw: 'Taken back', send_back: 'Sent back', accept: 'Accepted' }, values: 'What was handed in', found: 'Findings', no_findings: 'Nothing was found',
  },
}
