export default {
  zh: {
    title: '走访',
    day: '日期', enterprise: '企业', rule: '规则', officer: '联系干部', department: '部门', state: '状态', nobody: '未指定',
    all_officers: '全部干部', all_departments: '全部部门', no_document: '文号待提供', more: '再显示 {n} 行',
    light: { red: '红灯', yellow: '黄灯', green: '绿灯' },
    due: {
      title: '应走访', lead: '{on}，{n} 项', last: '上次走访', by: '应走访日期', never: '从未走访', done: '已走访', open: '未走访的', missed: '连续 {n} 期未走访，逾期 {days} 天', late: '逾期 {days} 天', left: '还有 {days} 天',
      progress: '{done} / {planned}', n_late: '逾期 {n}', nothing: '没有要走访的企业', nothing_hint: '换一个筛选，或看已走访的。', states: { late: '逾期', due: '待走访', done: '已走访', all: '全部' },
    },
    record: { title: '走访记录', open: '记录走访', known: '已知情况', visit: '走访', demand: '诉求 {n}', add: '添加诉求', remove: '删除', save: '保存走访', saved: '走访已保存，诉求 {n} 件' },
    demands: {
      title: '诉求', lead: '{on}，{n} 件', search: '编号、企业、内容', open: '未办结', nothing: '没有诉求', nothing_hint: '走访时记下的诉求会到这里。', handled_by: '承办：{department}', late: '超期 {days} 个工作日', left: '还有 {days} 个工作日',
      uncertain: '该年节假日安排未录入，按周一至周五计', escalated: '已上报{whom}', goes_up: '应上报{whom}', answer: '答复', rating: '满意度', reopened: '重办 {n} 次',
      step: { dispatch: '{due} 前交办', answer: '{due} 前答复', rate: '{due} 前评价' },
      states: { received: '待交办', dispatched: '办理中', answered: '已答复', rated: '已评价', closed: '办结', returned: '退回' },
    },
    act: { dispatch: '交办', transfer: '转办', answer: '答复', rate: '评价', reopen: '重办', close: '办结', escalate: '上报', return: '退回', done: '已{act}', choose: '选择部门', due: '承诺答复日期', due_hint: '一般诉求按期限自动计算；复杂事项须写明承诺日期。', outcome: '办理结果', whom: '上报给' },
    ratings: { 5: '5 很满意', 4: '4 满意', 3: '3 一般', 2: '2 不满意', 1: '1 很不满意' },
    lights: { title: '红黄灯', lead: '{on}：红灯 {red}，黄灯 {yellow}，绿灯 {green}', light: '灯', why: '原因', nothing: '全部是绿灯' },
    metrics: {
      title: '统计', lead: '{from} 至 {to}；在园企业 {n} 家，从未走访 {never} 家', from: '从', to: '到', total: '合计', groups: { officers: '按联系干部', departments: '按部门', categories: '诉求按类别' }, name: { officers: '干部', departments: '部门', categories: '类别' },
      columns: { planned: '应走访', done: '已走访', late: '逾期', visits: '走访次数', enterprises: '走访企业', demands: '诉求', answered: '已答复', on_time_percent: '按时率 %', mean_days: '平均工作日', overdue: '超期未办', closed: '办结', satisfaction: '满意度', reopened: '重办' },
      newcomers: '近 12 个月新落户企业', no_newcomers: '没有新落户企业', since: '成立日期', first_visit: '首次走访', plan: '培育计划', not_visited: '未走访', planned: '已有计划', not_planned: '未做计划',
    },
  },
  en: {
    title: 'Visits',
    day: 'Day', enterprise: 'Enterprise', rule: 'Rule', officer: 'Contact officer', department: 'Department', state: 'State', nobody: 'Nobody named',
    all_officers: 'All officers', all_departments: 'All departments', no_document: 'Document to be supplied', more: 'Show {n} more rows',
    light: { red: 'Red', yellow: 'Yellow', green: 'Green' },
    due: {
      title: 'Visits due', lead: '{on}, {n} items', last: 'Last visit', by: 'Due by', never: 'Never visited', done: 'Visited', open: 'Not yet visited', missed: '{n} periods missed, {days} days late', late: '{days} days late', left: '{days} days left',
      progress: '{done} / {planned}', n_late: '{n} late', nothing: 'Nobody is due', nothing_hint: 'Try another filter, or look at those visited.', states: { late: 'Late', due: 'Due', done: 'Visited', all: 'All' },
    },
    record: { title: 'Record a visit', open: 'Record a visit', known: 'What is known', visit: 'Visit', demand: 'Demand {n}', add: 'Add a demand', remove: 'Remove', save: 'Save the visit', saved: 'Saved, with {n} demands' },
    demands: {
      title: 'Demands', lead: '{on}, {n} demands', search: 'Number, enterprise, text', open: 'Open', nothing: 'No demands', nothing_hint: 'Demands recorded at a visit come here.', handled_by: 'With {department}', late: '{days} working days late', left: '{days} working days left',
      uncertain: 'holidays of that year are not recorded; Monday to Friday counted', escalated: 'Went up to {whom}', goes_up: 'Should go up to {whom}', answer: 'Answer', rating: 'Satisfaction', reopened: 'Taken up again {n} times',
      step: { dispatch: 'Dispatch by {due}', answer: 'Answer by {due}', rate: 'Rating by {due}' },
      states: { received: 'Received', dispatched: 'In hand', answered: 'Answered', rated: 'Rated', closed: 'Closed', returned: 'Sent back' },
    },
    act: { dispatch: 'Dispatch', transfer: 'Pass on', answer: 'Answer', rate: 'Rate', reopen: 'Take up again', close: 'Close', escalate: 'Take up', return: 'Send back', done: '{act}: done', choose: 'Choose a department', due: 'Promised day', due_hint: 'Reckoned by the limit; complex matters need a promised day.', outcome: 'Outcome', whom: 'To whom' },
    ratings: { 5: '5 very content', 4: '4 content', 3: '3 neither', 2: '2 not content', 1: '1 not at all' },
    lights: { title: 'Lights', lead: '{on}: {red} red, {yellow} yellow, {green} green', light: 'Light', why: 'Why', nothing: 'All are green' },
    metrics: {
      title: 'Counts', lead: '{from} to {to}; {n} enterprises, {never} never visited', from: 'From', to: 'To', total: 'All', groups: { officers: 'By officer', departments: 'By department', categories: 'Demands by category' }, name: { officers: 'Officer', departments: 'Department', categories: 'Category' },
      columns: { planned: 'Due', done: 'Made', late: 'Late', visits: 'Visits', enterprises: 'Enterprises', demands: 'Demands', answered: 'Answered', on_time_percent: 'In time %', mean_days: 'Mean working days', overdue: 'Overdue', closed: 'Closed', satisfaction: 'Satisfaction', reopened: 'Again' },
      newcomers: 'Enterprises of the last 12 months', no_newcomers: 'None came lately', since: 'Established', first_visit: 'First visit', plan: 'Plan', not_visited: 'Not visited', planned: 'Planned', not_planned: 'No plan',
    },
  },
}
