//! What `content check` says about ladders.

use super::diagnostic::{Said, perhaps, said};

/// A name that is none of the known ones: a datum, a qualification, a criterion, a table, a part.
pub fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    said(format!("没有{what}“{name}”"), perhaps(name, known))
}

/// The word for a datum.
pub const DATUM: &str = "条件数据项";
/// The word for a qualification.
pub const QUALIFICATION: &str = "资质";
/// The word for a criterion.
pub const CRITERION: &str = "条件";
/// The word for a score table.
pub const TABLE: &str = "评分表";
/// The word for a part of a score table.
pub const PART: &str = "评分指标";
/// The word for a version of a rule.
pub const VERSION: &str = "规则版本";
/// The word for a ladder.
pub const LADDER: &str = "梯队";
/// The word for a rung.
pub const RUNG: &str = "级";
/// The word for a choice.
pub const CHOICE: &str = "选项";

/// A criterion that tests nothing, or several things.
pub fn one_test() -> Said {
    said("一个条件只能有一种判法".to_owned(), "写 value、holds、says、score 中的一个")
}

/// A limit that is none, or several.
pub fn one_limit() -> Said {
    said("缺少界限，或写了多个".to_owned(), "写 at_least、above、at_most、below 中的一个")
}

/// Bands that are not in order, or have no last one, or do not say where edges belong.
pub fn bad_steps() -> Said {
    said(
        "分档写法不对".to_owned(),
        "由低到高写 { upto = …, is = … }，末档不写 upto；同时写 by 和 edges（left_closed 或 right_closed）",
    )
}

/// Bands of a score table that are not in order, or give more than the part.
pub fn bad_bands() -> Said {
    said("得分档写法不对".to_owned(), "由高到低写 [下限, 分] 或 [下限, 最低分, 最高分]，不超过 max")
}

/// Cases of a score table that are not a criterion and its points.
pub fn bad_cases() -> Said {
    said("按条件得分的写法不对".to_owned(), "写 [条件, 分] 或 [条件, 最低分, 最高分]")
}

/// A tree that is neither a criterion nor all or any of trees.
pub fn bad_tree() -> Said {
    said("条件组合写法不对".to_owned(), "写条件标识，或 { any = […] }、{ all = […] }")
}

/// A criterion nothing refers to.
pub fn unused_criterion(id: &str) -> Said {
    said(
        format!("条件“{id}”没有被用到"),
        "写进 all，或用在评分表里；惯例性的前置资质写 prerequisite = \"practice\"",
    )
}

/// A score inside a score.
pub fn score_in_score() -> Said {
    said("评分表的情形不能再引用评分".to_owned(), "改用 value、holds 或 says 的条件")
}

/// A rule that is not proved by checks for each verdict.
pub fn too_few_checks() -> Said {
    said(
        "规则缺少核验样例".to_owned(),
        "至少三个 check：达到（met）、差一点（not_met）、缺数据（unknown）各一个",
    )
}

/// A rule that ends before it begins.
pub fn ends_before_it_begins() -> Said {
    said("失效日期早于生效日期".to_owned(), "核对 valid_from 和 valid_to")
}

/// A datum of the wrong kind for what it is asked.
pub fn wrong_kind(datum: &str) -> Said {
    said(format!("“{datum}”的类型不合这里的用法"), "数量用 value，是否和选项用 says，日期用 over = \"days\"")
}

/// Years over which an amount cannot be made.
pub fn bad_years() -> Said {
    said(
        "年数不对".to_owned(),
        "sum、each 写 1 至 5 年，mean_growth 写 1 或 2 年，compound 写 2 年；非年度数据只能写 1 年",
    )
}

/// A unit that is neither the datum's nor, for a quotient or growth, `%` or none.
pub fn bad_criterion_unit() -> Said {
    said("条件的单位与数据项不一致".to_owned(), "数量写数据项的单位；比例和增长率写 \"%\" 或不写")
}

/// A source that takes neither a field nor a number of rows, or both.
pub fn field_or_count() -> Said {
    said(
        "数据来源的取法不对".to_owned(),
        "写 field = \"字段\"；按条数计的（kind = \"count\"，不按年）写 count = true",
    )
}

/// A confidential return as a source.
pub fn confidential(book: &str) -> Said {
    said(
        format!("“{book}”是统计调查资料，不能用来判定企业资质"),
        "统计调查取得的资料只用于统计（统计法）；改用企业自报、税务或登记部门的台账",
    )
}

/// A book that does not speak of enterprises.
pub fn no_enterprise(book: &str) -> Said {
    said(format!("台账“{book}”不是按企业登记的"), "写企业名录，或 subject 字段引用企业名录的台账")
}

/// A book without the time that is asked for.
pub fn timeless(book: &str) -> Said {
    said(
        format!("台账“{book}”没有可用的时间字段"),
        "按年的数据要有年度或报告期字段，事项要有日期字段（time）",
    )
}

/// A field that cannot say a datum.
pub fn does_not_fit(field: &str, datum: &str) -> Said {
    said(
        format!("字段“{field}”填不了“{datum}”"),
        "数字对数字、日期对日期、是否对是否；文字要用 words 写明各词的意思",
    )
}

/// A field that is no day.
pub fn not_a_day(field: &str) -> Said {
    said(format!("字段“{field}”不是日期"), "换一个日期字段")
}

/// States without one that means recognised.
pub fn never_recognised() -> Said {
    said("没有哪个事项表示“认定”".to_owned(), "在 states 里至少写一个 \"recognised\"")
}

/// A rule that does not say by which document and by whom.
pub fn undocumented() -> Said {
    said(
        "规则没有写文号或发文单位".to_owned(),
        "document 写文号，没有拿到的写 \"to be supplied\"；authority 写谁认定、谁定的",
    )
}

/// A screen of a pool that measures nothing, or several things.
pub fn bad_screen() -> Said {
    said(
        "筛选规则的写法不对".to_owned(),
        "写 ladder、rung 和 lacking，或写 value、rolling 中的一个，连同 unit 和 at_least 或 below",
    )
}

/// A trend of too few or too many values, or a turn without a trend.
pub fn bad_trend() -> Said {
    said("趋势的期数不对".to_owned(), "trend 写 3 至 36；写了 turn 就要写 trend")
}
