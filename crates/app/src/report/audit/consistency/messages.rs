//! The words the inner checks read and say.

/// What ends a sentence.
pub(super) const ENDS: &[char] = &['。', '！', '？', '\n'];
/// What ends a clause.
pub(super) const STOPS: &[char] = &['，', '；', '。', '：', '（', '）', ',', ';', ':', '(', ')', '、'];
/// What may stand between the members of a list.
pub(super) const JOINS: &[&str] = &["、", "；", "，", "和", "及", "以及"];
/// What begins the parts of a whole.
pub(super) const OF_WHICH: &str = "其中";
/// What makes the parts complete.
pub(super) const THE_REST: &[&str] = &["其余", "其他", "其它"];
/// What stands before the sum of what was listed.
pub(super) const TOGETHER: &[&str] = &["合计", "共计", "总计", "合共", "总共"];
/// Heads of rows and columns that add up the others.
pub(super) const TOTALS: &[&str] = &["合计", "总计", "共计", "总和"];
/// Heads of rows that add up the rows since the one before.
pub(super) const SUBTOTALS: &[&str] = &["小计"];
/// Heads of rows and columns that nobody adds up.
pub(super) const NOT_ADDED: &[&str] = &[
    "%",
    "％",
    "增",
    "比",
    "率",
    "均",
    "占",
    "排名",
    "名次",
    "位次",
    "序号",
    "编号",
    "年份",
    "单价",
    "指数",
    "面积率",
    "上年",
    "去年",
    "同期",
];
/// Words after which an amount belongs to something else than the whole it was announced for.
pub(super) const OTHER_SUBJECT: &[&str] = &[
    "计划",
    "总投资",
    "累计",
    "目标",
    "任务",
    "去年",
    "上年",
    "同期",
    "注册",
    "授信",
    "预计",
    "协议",
    "同比",
    "增",
    "较",
    "占",
    "均",
    "实现",
    "从业",
    "带动",
    "至",
    "超",
    "达产",
    "规模",
];
/// Words of the year before, before its value.
pub(super) const BEFORE: &[&str] = &["上年同期", "去年同期", "上年", "去年", "同期"];
/// Words of a target, before its value.
pub(super) const TARGET: &[&str] = &["目标", "任务", "计划"];
/// Before a completion in percent.
pub(super) const DONE: &[&str] = &["完成率", "目标的", "任务的", "计划的"];
/// Shares of a whole that stands in the same sentence.
pub(super) const SHARE: &[&str] =
    &["占", "占比", "占比为", "占比达", "占总数的", "占总量的", "占全部的", "比重为", "占总额的"];
/// Comparisons with the same months of the year before.
pub(super) const YEAR_ON_YEAR: &[&str] = &["同比", "比上年", "较上年", "比去年", "较去年", "增长", "下降"];
/// Comparisons with the month before.
pub(super) const MONTH_ON_MONTH: &str = "环比";
/// Before the value a change starts from.
pub(super) const FROM: &[&str] = &["由", "从"];
/// Before the value a rise ends at.
pub(super) const RISE_TO: &[&str] = &[
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "增至",
    "上升到",
    "上升至",
    "升至",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "扩大到",
    "扩大至",
];
/// Before the value a fall ends at.
pub(super) const FALL_TO: &[&str] = &[
    "下降到",
    "下降至",
    "降至",
    "降到",
    "减少到",
    "减少至",
    "减至",
    "回落到",
    "回落至",
    "降低到",
    "降低至",
    "收窄至",
    "收窄到",
];
/// What comes next is smaller.
pub(super) const ABOVE: &[&str] = &["高于", "快于"];
/// What comes next is larger.
pub(super) const BELOW: &[&str] = &["低于", "慢于"];
/// Claims of more, in headings and first sentences.
pub(super) const CLAIMS_UP: &[&str] = &["增长", "上升", "提升", "攀升", "快增", "上涨"];
/// Claims of less.
pub(super) const CLAIMS_DOWN: &[&str] = &["负增长", "下降", "下滑", "下跌", "减少"];
/// What makes a claim speak of something else than one direction.
pub(super) const NO_CLAIM: &[&str] = &[
    "增速", "增幅", "不", "扭", "止", "转", "降幅", "收窄", "放缓", "目标", "力争", "确保", "防", "促",
    "推动", "举措", "空间", "潜力",
];
/// What says how much, between what is claimed of and the claim.
pub(super) const HOW: &[&str] = &[
    "平稳",
    "稳步",
    "持续",
    "快速",
    "较快",
    "小幅",
    "大幅",
    "有所",
    "明显",
    "稳定",
    "继续",
    "保持",
    "总体",
    "实现",
    "两位数",
    "恢复性",
    "稳中有",
    "高速",
    "同比",
];
/// Words of one's own place, which say nothing of a subject.
pub(super) const OWN: &[&str] = &["园区", "全区", "我区"];
/// Orders from the greatest.
pub(super) const FALLING: &[&str] = &["从高到低", "由高到低", "从大到小", "由大到小", "从多到少", "由多到少"];
/// Orders from the least.
pub(super) const RISING: &[&str] = &["从低到高", "由低到高", "从小到大", "由小到大", "从少到多", "由少到多"];
/// “The first …”.
pub(super) const FIRST: char = '前';
/// What follows the number of “the first three”.
pub(super) const PLACES: &[char] = &['位', '名', '强'];
/// What begins the list of an order.
pub(super) const RESPECTIVELY: &[&str] = &["依次", "分别", "：", "是", "为"];
/// Numerals of headings and of “the first three”.
pub(super) const NUMERALS: &str = "一二三四五六七八九十两";
/// What stands around a heading's number.
pub(super) const NUMBERING: &[char] = &['、', '（', '）', '(', ')', '.', '．', ' ', '\u{3000}'];
/// Words that change nothing of whose number it is.
pub(super) const EMPTY: &[&str] = &[
    "园区", "全区", "我区", "完成", "实现", "达到", "累计", "达", "为", "共", "约", "的", "有", "已", "，",
    "、", "：", "\u{3000}", " ",
];
/// The word of shares of a list.
pub(super) const SHARES: &[&str] = &["占比", "比重"];

pub(super) fn part_above_whole(part: &str, whole: &str) -> String {
    format!("“其中”的 {part} 大于总数 {whole}")
}
pub(super) fn sum_is(parts: &[&str], sum: &str, whole: &str) -> String {
    format!("{} 相加为 {sum}，文中写作 {whole}", parts.join("、"))
}
pub(super) fn row_sum(head: &str, column: &str, sum: &str, whole: &str) -> String {
    let of = if column.is_empty() { String::new() } else { format!("“{column}”") };
    format!("表中{of}各项相加为 {sum}，“{head}”写作 {whole}")
}
pub(super) fn twice(subject: &str, first: &str, second: &str) -> String {
    format!("“{subject}”前后两处不一致：一处 {first}，一处 {second}")
}
pub(super) fn growth_is(now: &str, before: &str, computed: &str, said: &str) -> String {
    format!("由 {before} 到 {now}，变动应为 {computed}，文中写作 {said}")
}
pub(super) fn share_is(part: &str, whole: &str, computed: &str, said: &str) -> String {
    format!("{part} 占 {whole} 的 {computed}，文中写作 {said}")
}
pub(super) fn shares_above_all(parts: &[&str]) -> String {
    format!("各项占比 {} 相加超过 100%", parts.join("、"))
}
pub(super) fn heading_against(claim: &str, said: &str) -> String {
    format!("标题或首句说“{claim}”，正文却是 {said}")
}
pub(super) fn signed_twice(said: &str) -> String {
    format!("“{said}”：增减的词和负号只能用一个")
}
pub(super) fn no_rise(from: &str, word: &str, to: &str) -> String {
    format!("“由 {from} {word} {to}”，两个数的大小与“{word}”不符")
}
pub(super) fn not_above(a: &str, word: &str, b: &str) -> String {
    format!("{a} 并不{word} {b}")
}
pub(super) fn out_of_order(a: &str, b: &str) -> String {
    format!("写明按大小排列，但 {a} 与 {b} 的次序不符")
}
