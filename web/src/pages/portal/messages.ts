export default {
  zh: {
    title: '企业首页', lead: '{on}，以下只有本企业的内容', file: '企业档案', plan: '培育计划', ladders: '资质条件',
    returns: {
      title: '待填报表', none: '现在没有要填的报表', none_hint: '到期的报表会出现在这里。', done: '已报送和已入账的', fill: '填报', go_on: '继续填写', correct: '修改', look: '查看',
      due: '{date}前报送', late: '已逾期 {n} 天', left: '还有 {n} 天', voluntary: '自愿填报', of: '{department}',
      states: { sent_back: '已退回', draft: '草稿', not_begun: '未填', submitted: '已报送，待审核', accepted: '已入账', recorded: '已有数据' },
    },
    money: '政策和资金',
    reminders: '近期提醒', no_reminders: '90 天内没有到期的事项',
    return: {
      title: '填报', before: '上期', year_before: '上年同期', change: '变动', value: '本期', item: '指标', saved: '草稿已保存', saving: '正在保存…', unsaved: '有改动未保存', not_begun: '填写后自动保存草稿',
      paste: '从 Excel 粘贴', submit: '报送', submit_words: '报送后由{department}审核；审核前可以撤回修改。', submitted: '已报送', withdraw: '撤回修改', withdrawn: '已撤回',
      sent_back: '已退回，请修改后重新报送', waiting: '已报送，等待{department}审核。撤回后可以修改。', accepted: '已审核入账，不能再改；有误请与{department}联系。', recorded: '这一期的数据已由其他途径入账，不用再填。',
      why_jump: '变动原因', why_back: '退回原因：', reload: '载入最新', errors: '{n} 处要先改正',
    },
    paste: {
      title: '从 Excel 粘贴', words: '复制“指标、数值”两列（每行一个指标），或复制表头和下面一行，粘贴到这里。单位请与表内一致。', here: '在这里粘贴', found: '认出 {n} 项', none: '没有认出指标，请连同指标名称一起复制', unknown: '没有认出：{names}', take: '填入',
      more: '有几行数据，只取第一行',
    },
    demands: {
      title: '诉求', raise: '提出诉求', send: '提交', raised: '已收到，编号 {number}', none: '没有提出过诉求', none_hint: '遇到困难可以在这里提出，有人承办并答复。', open: '办理中', over: '已办结', all: '全部诉求',
      due: '{date}前答复', by: '承办：{department}', answer: '答复', rate: '对答复满意吗', rated: '已评价 {n} 分', thanks: '谢谢评价', not_yet: '还没有交办',
      ratings: { 5: '很满意', 4: '满意', 3: '一般', 2: '不满意', 1: '很不满意' },
    },
  },
  en: {
    title: 'Enterprise home', lead: '{on}; only your own enterprise is shown here', file: 'File', plan: 'Plan', ladders: 'Qualifications',
    returns: {
      title: 'Returns to file', none: 'Nothing is to be filed now', none_hint: 'Returns come here when they fall due.', done: 'Handed in and accepted', fill: 'Fill in', go_on: 'Go on', correct: 'Correct', look: 'Look',
      due: 'By {date}', late: '{n} days late', left: '{n} days left', voluntary: 'Voluntary', of: '{department}',
      states: { sent_back: 'Sent back', draft: 'Draft', not_begun: 'Not begun', submitted: 'Handed in, waiting', accepted: 'Accepted', recorded: 'On record' },
    },
    money: 'Policies and money',
    reminders: 'Coming up', no_reminders: 'Nothing falls due within 90 days',
    return: {
      title: 'Return', before: 'Period before', year_before: 'Year before', change: 'Change', value: 'This period', item: 'Item', saved: 'Draft saved', saving: 'Saving…', unsaved: 'Changes not saved', not_begun: 'A draft is saved as you fill it in',
      paste: 'Paste from Excel', submit: 'Hand in', submit_words: '{department} then looks at it; until then you may take it back.', submitted: 'Handed in', withdraw: 'Take back', withdrawn: 'Taken back',
      sent_back: 'Sent back: please correct it and hand it in again', waiting: 'Handed in; {department} has not answered yet. Take it back to change it.', accepted: 'Accepted, not to be changed any more; please speak to {department} about mistakes.', recorded: 'This period is on record from elsewhere; nothing is to be filed.',
      why_jump: 'Why it changed', why_back: 'Why it was sent back: ', reload: 'Load the newest', errors: '{n} to be corrected first',
    },
    paste: {
      title: 'Paste from Excel', words: 'Copy two columns, item and value, one item a row – or a row of headings and the row below – and paste them here. Units must be those of the form.', here: 'Paste here', found: '{n} items recognised', none: 'No item was recognised; copy the names too', unknown: 'Not recognised: {names}', take: 'Take over',
      more: 'Several rows: only the first is taken',
    },
    demands: {
      title: 'Demands', raise: 'Raise a demand', send: 'Send', raised: 'Received as {number}', none: 'No demands yet', none_hint: 'Tell what you need; somebody handles it and answers.', open: 'In hand', over: 'Closed', all: 'All demands',
      due: 'Answer by {date}', by: 'With {department}', answer: 'Answer', rate: 'Are you content with the answer?', rated: 'Rated {n}', thanks: 'Thank you', not_yet: 'Not yet dispatched',
      ratings: { 5: 'Very', 4: 'Content', 3: 'Neither', 2: 'Not', 1: 'Not at all' },
    },
  },
}
