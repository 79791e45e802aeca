//! The words that say whose number it is, which part of a figure, and for when.

/// Ends of whole sentences, behind which neither subject nor time goes on by itself.
pub(in crate::report::audit) const FULL_STOPS: &[char] = &['。', '！', '？', '\n'];
/// Ends of sentences and their parts.
pub(in crate::report::audit) const STOPS: &[char] = &['。', '；', ';', '！', '？', '\n'];
/// Ends of clauses.
pub(in crate::report::audit) const PAUSES: &[char] = &['，', ',', '、', '（', '(', '）', ')', '：', ':', '|'];

/// What may stand between a figure's name and its number without changing whose number it is.
pub(in crate::report::audit) const CONNECTORS: &[&str] = &[
    "到位",
    "高达",
    "虽然",
    "但",
    "占",
    "经核定",
    "可比价",
    "实有",
    "现有",
    "拥有",
    "有所",
    "分口径看",
    "超额",
    "强势",
    "顺利",
    "一举",
    "进一步",
    "平均",
    "总数",
    "总数达",
    "总值",
    "由",
    "从",
    "在",
    "内",
    "中",
    "余下",
    "还",
    "先后",
    "将",
    "新增",
    "增至",
    "比例为",
    "按可比价格计算",
    "按可比口径计算",
    "按可比口径",
    "按可比价",
    "可比口径",
    "完成",
    "实现",
    "达到",
    "累计",
    "合计",
    "总计",
    "总额",
    "总量",
    "同期",
    "同比",
    "环比",
    "当月",
    "当期",
    "本月",
    "单月",
    "单季",
    "全年",
    "全园",
    "其中",
    "分别",
    "共计",
    "一共",
    "已经",
    "目前",
    "报告期内",
    "报告期",
    "期内",
    "期末",
    "末",
    "止",
    "年均",
    "较上年",
    "比上年",
    "较去年",
    "比去年",
    "上年",
    "去年",
    "今年",
    "本年",
    "截至",
    "截止",
    "以来",
    "底",
    "份",
    "规模",
    "金额",
    "数量",
    "增速",
    "增幅",
    "降幅",
    "涨幅",
    "幅度",
    "增长率",
    "达",
    "为",
    "共",
    "约",
    "近",
    "的",
    "了",
    "已",
    "有",
    "是",
    "至",
    "到",
    "较",
    "比",
    "再",
    "又",
    "且",
    "并",
    "仍",
    "即",
    "仅",
    "则",
    "升至",
    "数",
    "也",
    "均",
    "计",
    "前",
    "个",
    "一是",
    "二是",
    "三是",
    "四是",
    "完成数",
    "本期",
    "实绩",
    "上半年",
    "下半年",
    "一季度",
    "前三季度",
    "二季度",
    "三季度",
    "四季度",
    "第一",
    "第二",
    "第三",
    "第四",
    "季度",
    "全部",
    "指标",
    "单位",
    "由此",
    "从而",
    "整体",
    "年初",
];
/// What may stand inside a figure's name, longer words before those they begin with.
pub(in crate::report::audit) const INSIDE: &[&str] = &[
    "累计完成",
    "累计实现",
    "共完成",
    "共实现",
    "完成",
    "实现",
    "累计",
    "今年以来",
    "全年",
    "今年",
    "本年",
    "去年",
    "上半年",
    "下半年",
    "前三季度",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "当月",
    "本月",
    "当期",
    "企业",
];
/// What stands between a verb that is done and its number, beside the words of change.
pub(in crate::report::audit) const DONE_LINKS: &[&str] = &["共", "共计", "累计"];
/// What behind digits makes them a time: 1—10月, 前10个月.
pub(in crate::report::audit) const TIME_BEHIND: &[&str] = &["月份", "月", "个月", "季度", "年"];
/// What is counted of a subject, and named by itself once the subject is.
pub(in crate::report::audit) const QUANTITIES: &[&str] = &[
    "增加值",
    "总产值",
    "销售产值",
    "出口交货值",
    "营业收入",
    "利润总额",
    "税金总额",
    "用电量",
    "产销率",
    "销售额",
    "零售额",
];
/// Who may stand before a figure's name: the park itself.
pub(in crate::report::audit) const OURSELVES: &[&str] = &[
    "全园区",
    "园区内",
    "我园区",
    "本园区",
    "园区",
    "全园",
    "我园",
    "本园",
    "开发区",
    "管委会",
    "我们",
    "全口径",
    "这一年",
    "这个月",
];
/// Whose numbers are not the park's.
pub(in crate::report::audit) const OTHERS: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "我市",
    "我省",
    "全行业",
    "周边",
    "兄弟",
    "同类园区",
    "平均水平",
    "两年平均",
];
/// What is not done yet.
pub(in crate::report::audit) const PLANNED: &[&str] =
    &["预计", "力争", "拟", "明年", "下一步", "预期", "有望", "将达", "达产后", "届时", "计划于"];
/// Targets.
pub(in crate::report::audit) const TARGETS: &[&str] = &[
    "目标任务",
    "任务目标",
    "指标任务",
    "考核目标",
    "年度目标",
    "年度任务",
    "年度计划",
    "全年任务",
    "全年目标",
    "目标",
    "任务",
    "计划",
];
/// How much of a target is done.
pub(in crate::report::audit) const DONE: &[&str] = &["完成率", "完成比例", "完成进度", "进度", "序时"];
/// Shares.
pub(in crate::report::audit) const SHARES: &[&str] = &["占比", "比重", "比例", "份额"];
/// Of what.
pub(in crate::report::audit) const OF_WHAT: &str = "占";
/// Words of comparison with the month before.
pub(in crate::report::audit) const MONTH_BEFORE: &[&str] = &["环比", "较上月", "比上月"];
/// Words of comparison with the year before.
pub(in crate::report::audit) const YEAR_BEFORE: &[&str] =
    &["同比", "较上年同期", "比上年同期", "较去年同期", "比去年同期", "较上年", "比上年", "较去年", "比去年"];
/// Words of other comparisons, which the ledger does not make.
pub(in crate::report::audit) const OTHERWISE_COMPARED: &[&str] = &[
    "较年初",
    "比年初",
    "较上季",
    "比上季",
    "较计划",
    "两年平均",
    "高于",
    "低于",
    "快于",
    "好于",
    "高出",
    "年均",
];
/// Against the turn of the year.
pub(in crate::report::audit) const SINCE_NEW_YEAR: &[&str] = &["较年初", "比年初", "较上年末", "比上年末"];
/// Losses.
pub(in crate::report::audit) const LOSS: &str = "亏损";
/// What figures of growth are called, behind the name of what grows.
pub(in crate::report::audit) const GROWTH_TITLE: &str = "增速";

/// The same time a year before.
pub(in crate::report::audit) const SAME_LAST_YEAR: &[&str] = &["去年同期", "上年同期"];
/// The year before.
pub(in crate::report::audit) const LAST_YEAR: &[&str] = &["去年", "上年"];
/// This year.
pub(in crate::report::audit) const THIS_YEAR: &[&str] = &["今年", "本年"];
/// What the words of the year to date that name a beginning end in.
pub(in crate::report::audit) const SINCE_JANUARY: [char; 2] = ['今', '年'];
/// The year to date.
pub(in crate::report::audit) const TO_DATE: &[&str] = &["今年以来", "年初以来", "累计"];
/// The whole year.
pub(in crate::report::audit) const WHOLE_YEAR: &[&str] = &["全年"];
/// What makes of it a word for targets.
pub(in crate::report::audit) const AIMED: &[&str] = &["目标", "任务", "计划", "指标", "考核"];
/// Before so many months of the year.
pub(in crate::report::audit) const HEAD: char = '头';
/// The signs that number headings.
pub(in crate::report::audit) const NUMBERING: &str = "（）()〇一二三四五六七八九十0123456789、.． ";
/// This one month.
pub(in crate::report::audit) const THIS_MONTH: &[&str] = &["当月", "本月", "单月"];
/// The half years.
pub(in crate::report::audit) const HALVES: &[(&str, i8)] = &[("上半年", 6), ("下半年", 12)];
/// What makes a month the end of the year to date, before it.
pub(in crate::report::audit) const UNTIL: &[&str] =
    &["截至", "截止", "截至今年", "截止今年", "至", "—", "-", "–", "－", "~", "～", "到", "前"];
/// And behind it.
pub(in crate::report::audit) const UNTIL_BEHIND: &[&str] = &["末", "底", "累计", "止"];
/// What makes it a month of its own, behind its sign.
pub(in crate::report::audit) const ALONE: &[&str] = &["当月", "份", "单月"];
/// Months as a length.
pub(in crate::report::audit) const MONTHS: &str = "个月";

/// Heads of the column of units in a table.
pub(in crate::report::audit) const UNIT_HEADS: &[&str] = &["单位", "计量单位"];
/// Heads of the column of periods.
pub(in crate::report::audit) const TIME_HEADS: &[&str] = &["统计期", "时期", "期间", "报告期", "时间"];
/// Heads of columns that hold no figures.
pub(in crate::report::audit) const NUMBERING_HEADS: &[&str] = &["序号", "编号", "代码", "排序"];
/// Heads of columns of changes.
pub(in crate::report::audit) const CHANGE_HEADS: &[&str] =
    &["同比", "环比", "增长", "增幅", "增速", "涨幅", "增减"];
