//! The words numbers are read by: units, qualifiers, directions, numerals, and what makes a number no figure.

/// What says “more” before a number.
pub(in crate::report::audit) const UP: &[&str] = &[
    "增长", "上升", "提高", "增加", "加快", "扩大", "上涨", "提升", "攀升", "增", "升", "涨", "↑", "+", "＋",
];
/// What says “less” before a number.
pub(in crate::report::audit) const DOWN: &[&str] = &[
    "负增长",
    "下降",
    "减少",
    "回落",
    "降低",
    "下滑",
    "放缓",
    "收窄",
    "下跌",
    "缩减",
    "亏损",
    "跌",
    "降",
    "减",
    "↓",
];
/// What says that a number is a change and leaves its sign to the number.
pub(in crate::report::audit) const CHANGE: &[&str] = &["增速", "增幅", "增长率", "涨幅", "增长速度"];
/// What says so of a fall.
pub(in crate::report::audit) const FALL: &[&str] = &["降幅", "跌幅"];
/// What says after a number that it is a change.
pub(in crate::report::audit) const CHANGE_BEHIND: &[&str] = &["的增长", "的增速", "的增幅"];
/// What may stand between a word of direction and its number.
pub(in crate::report::audit) const CHANGE_LINKS: &[&str] = &["了", "达到", "达", "仅"];

/// Units of points, longest first.
pub(in crate::report::audit) const POINTS: &[&str] = &["个百分点", "百分点"];
/// Words behind a number that name a time.
pub(in crate::report::audit) const TIMES_OF_DAY: &[&str] = &[
    "个季度",
    "个月",
    "季度",
    "月份",
    "年度",
    "年",
    "月",
    "日",
    "周",
    "天",
    "小时",
    "时",
    "分钟",
    "周年",
    "届",
    "岁",
];
/// Words behind a number that count things the content has no unit for.
pub(in crate::report::audit) const COUNTERS: &[&str] = &[
    "倍",
    "％",
    "﹪",
    "条",
    "座",
    "栋",
    "幢",
    "间",
    "层",
    "支",
    "篇",
    "期",
    "批",
    "笔",
    "只",
    "项次",
    "家次",
    "户次",
    "元/人",
    "元/亩",
    "万元/亩",
];
/// Counting units that never say the same: how often, and how many.
pub(in crate::report::audit) const APART: &[(&str, &str)] = &[("次", "家")];
/// The multiple.
pub(in crate::report::audit) const TIMES: &str = "倍";
/// Percent in other widths.
pub(in crate::report::audit) const WIDE_PERCENT: &[&str] = &["％", "﹪", "百分比"];
/// Powers of ten that stand between a number and its unit.
pub(in crate::report::audit) const SCALES: &[(&str, i64)] = &[
    ("万亿", 1_000_000_000_000),
    ("百亿", 10_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
];
/// What looks like a unit behind a number and is none.
pub(in crate::report::audit) const NO_UNITS: &[&str] = &[
    "方面",
    "方案",
    "方式",
    "分之",
    "度假",
    "名单",
    "名录",
    "项目部",
    "次性",
    "台账",
    "分钟",
    "级",
    "人均",
    "套路",
];
/// Units that `一` does not count before: 一起, 一次, 一个.
pub(in crate::report::audit) const NOT_ONE: &[&str] =
    &["起", "次", "分", "个", "位", "块", "套", "方", "度", "米", "项", "例"];
/// What stands before a `一`, or any numeral, that does not count.
pub(in crate::report::audit) const NO_NUMERAL_BEHIND: &[&str] = &[
    "每", "同", "任", "哪", "某", "逐", "唯", "统", "单", "之", "“", "·", "上", "下", "这", "那", "另", "双",
    "再",
];

/// What makes a number a floor, behind it.
pub(in crate::report::audit) const AT_LEAST: &[&str] = &["以上", "及以上"];
/// What makes a number a floor, between number and unit or behind.
pub(in crate::report::audit) const AND_MORE: &[&str] = &["多", "余", "几"];
/// Behind which 多 does not belong to the number.
pub(in crate::report::audit) const MANY: &[&str] =
    &["多部", "多个", "多次", "多种", "多家", "多元", "多层", "多方", "多项", "多级"];
/// What makes a number a ceiling, behind it.
pub(in crate::report::audit) const AT_MOST_BEHIND: &[&str] = &["以下", "以内", "之内"];
/// What makes a number an approximation, behind it.
pub(in crate::report::audit) const ABOUT_BEHIND: &[&str] = &["左右", "上下"];
/// Floors that hold the number itself, before it.
pub(in crate::report::audit) const NO_LESS: &[&str] = &["不低于", "不少于", "至少", "不小于"];
/// Floors, before the number.
pub(in crate::report::audit) const MORE_THAN: &[&str] =
    &["超过", "超出", "高于", "大于", "突破", "多于", "超", "逾", "过"];
/// Ceilings that hold the number itself, before it.
pub(in crate::report::audit) const NO_MORE: &[&str] =
    &["不超过", "不高于", "不大于", "不多于", "至多", "最多"];
/// Ceilings, before the number.
pub(in crate::report::audit) const LESS_THAN: &[&str] =
    &["不足", "不到", "低于", "少于", "小于", "未满", "不满"];
/// A little less, before the number.
pub(in crate::report::audit) const NEARLY: &[&str] = &["接近", "将近", "近"];
/// About, before the number.
pub(in crate::report::audit) const ABOUT: &[&str] = &["大约", "大概", "约"];
/// Words that end like a qualifier and are none.
pub(in crate::report::audit) const NO_QUALIFIERS: &[&str] = &[
    "附近", "最近", "邻近", "临近", "靠近", "节约", "签约", "履约", "预约", "集约", "契约", "违约", "公约",
    "赶超", "通过", "经过",
];

/// Chinese digits, zero to nine, each in its usual forms.
pub(in crate::report::audit) const DIGITS: [&str; 10] =
    ["零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"];
/// Chinese powers within a section.
pub(in crate::report::audit) const POWERS: [(char, i64); 3] = [('十', 10), ('百', 100), ('千', 1_000)];
/// Chinese powers that close a section.
pub(in crate::report::audit) const SECTIONS: [(char, i64); 2] = [('万', 10_000), ('亿', 100_000_000)];
/// Tenths.
pub(in crate::report::audit) const TENTH: char = '成';
/// Half a tenth behind them.
pub(in crate::report::audit) const HALF_TENTH: char = '半';
/// What follows 成 in words.
pub(in crate::report::audit) const NO_TENTHS: &[char] = &[
    '立', '功', '员', '果', '熟', '为', '效', '本', '分', '绩', '长', '交', '品', '型', '就', '片', '套',
    '都',
];
/// Between denominator and numerator.
pub(in crate::report::audit) const OF: &str = "分之";
/// Percent and permille, spoken, with their unit.
pub(in crate::report::audit) const SPOKEN_RATIOS: [(&str, &str); 2] = [("百分之", "%"), ("千分之", "‰")];
/// Halves.
pub(in crate::report::audit) const HALVES: &[&str] = &["一半", "半数"];
/// Doublings, with the growth in percent they say.
pub(in crate::report::audit) const DOUBLINGS: &[(&str, i64)] =
    &[("翻了一番", 100), ("翻一番", 100), ("翻两番", 300), ("翻了两番", 300), ("翻三番", 700), ("翻番", 100)];
/// Between the ends of a range.
pub(in crate::report::audit) const RANGE: &[&str] = &["至", "到", "—", "–", "-", "~", "～", "－", "——"];

/// What makes a number an ordinal, before it.
pub(in crate::report::audit) const ORDINAL: char = '第';
/// The first so many.
pub(in crate::report::audit) const FIRST: char = '前';
/// Ordinals of these are places in an order of merit.
pub(in crate::report::audit) const PLACES: &[&str] = &["位", "名"];
/// What says of an ordinal without 位 that it is a place.
pub(in crate::report::audit) const RANKED: &[&str] = &[
    "居", "列", "排", "位", "排名", "名列", "获", "全国", "全省", "全市", "全区", "全县", "省", "市", "区",
    "县",
];
/// How many characters before an ordinal that may stand.
pub(in crate::report::audit) const RANKED_WITHIN: usize = 8;

/// Words before a number that make it a label.
pub(in crate::report::audit) const LABELS_BEFORE: &[&str] = &[
    "图", "表", "附件", "附表", "附图", "编号", "代码", "电话", "手机", "传真", "邮编", "账号", "证号",
    "热线", "No.", "NO.", "№", "专栏", "文号", "版", "QQ", "工号", "链接",
];
/// What may stand between such a word and its number.
pub(in crate::report::audit) const LABEL_LINKS: &[char] = &[' ', '：', ':', '　', '（', '('];
/// Words behind a number without unit that make it a label.
pub(in crate::report::audit) const LABELS_BEHIND: &[&str] = &[
    "号",
    "热线",
    "路",
    "室",
    "楼",
    "页",
    "条",
    "章",
    "款",
    "节",
    "线",
    "国道",
    "省道",
    "版",
    "平台",
    "行动",
    "工程",
    "型",
    "级",
    "标准厂房",
];
/// Brackets around the years of document numbers.
pub(in crate::report::audit) const YEAR_BRACKETS: [(char, char); 3] =
    [('〔', '〕'), ('[', ']'), ('［', '］')];
/// What closes the number of a list.
pub(in crate::report::audit) const LIST_ENDS: &[char] = &['.', '、', '．', ')', '）', ' ', '\t', '　'];
/// What opens it.
pub(in crate::report::audit) const LIST_OPENS: &[char] = &['(', '（'];
/// The sign of quarters, counted by numerals.
pub(in crate::report::audit) const QUARTER: &str = "季度";
/// The unit of places.
pub(in crate::report::audit) const PLACE: &str = "位";
/// Units numerals never count in.
pub(in crate::report::audit) const NEVER_SPELLED: &[&str] =
    &["方", "度", "分", "块", "米", "届", "期", "层", "级"];
/// What begins like a numeral with a unit and is a word.
pub(in crate::report::audit) const IDIOMS: &[&str] =
    &["十分", "一家一", "一户一", "一人一", "一件事", "一件件", "一家家", "一户户", "三家店", "一名一"];
/// Signs behind which a dash is a minus.
pub(in crate::report::audit) const BEFORE_MINUS: &str = "（(：:，,、为是达比速幅额润|“。；长率";
/// Directions of one character, which speak before rates alone.
pub(in crate::report::audit) const SHORT_DIRECTIONS: &str = "增升涨↑+＋跌降减↓";
/// What ends like a direction and is none.
pub(in crate::report::audit) const NO_DIRECTIONS: &[&str] =
    &["新增", "新增加", "净增", "递增", "递减", "核减", "抵减", "晋升"];
/// What else may stand between a word for change and its number.
pub(in crate::report::audit) const IS: &[&str] = &["为", "是", "：", ":", "（", "(", " "];
/// The sign of years.
pub(in crate::report::audit) const YEAR: char = '年';
/// The sign of months.
pub(in crate::report::audit) const MONTH: char = '月';
/// Words that end in 前 and count nothing.
pub(in crate::report::audit) const NO_FIRST: &[&str] =
    &["目前", "之前", "以前", "提前", "年前", "日前", "月前", "底前", "末前", "当前", "此前", "午前"];
/// Between numbers of one kind.
pub(in crate::report::audit) const AND: &[&str] = &["、", "和", "及", "与"];
