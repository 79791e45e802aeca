//! What `content check` says about measures and schemes, and what a scheme says when a number must be supplied.

use rust_decimal::Decimal;

use super::diagnostic::{Said, perhaps, said};

/// A measure that does not exist.
pub fn unknown_measure<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    said(format!("没有评价数据项“{name}”"), perhaps(name, known))
}

/// A kind of mark that does not exist.
pub fn unknown_mark<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    said(format!("没有评价事件“{name}”"), perhaps(name, known))
}

/// A group the scheme does not have.
pub fn unknown_group<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    said(format!("本办法没有分组“{name}”"), perhaps(name, known))
}

/// An indicator the group does not have.
pub fn unknown_indicator<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    said(format!("本组没有评价指标“{name}”"), perhaps(name, known))
}

/// A grade the scheme does not have.
pub fn unknown_grade<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    said(format!("本办法没有等级“{name}”"), perhaps(name, known))
}

/// A number that is neither an integer, nor text with a decimal, nor to be supplied.
pub fn not_a_setting() -> Said {
    said(
        "这里要写一个数".to_owned(),
        "整数直接写；小数写在引号里，如 \"24.097\"；文件里有而手头没有的写 \"to be supplied\"",
    )
}

/// A share outside 0 to 1.
pub fn not_a_share() -> Said {
    said("比例应在 0 到 1 之间".to_owned(), "写成小数：20% 写 \"0.20\"")
}

/// A number below zero where none may be.
pub fn below_zero() -> Said {
    said("这里的数不能小于 0".to_owned(), "减分也按正数填写")
}

/// A benchmark of nothing or less.
pub fn benchmark_not_positive() -> Said {
    said("基准值应大于 0".to_owned(), "核对文件；没有文件的写 \"to be supplied\"")
}

/// A benchmark in none of its three forms.
pub fn bad_benchmark() -> Said {
    said("基准值写法不对".to_owned(), "写一个数，或 \"group_mean\"，或 { times = 2, of = \"previous_mean\" }")
}

/// A ratio with nothing to be measured against.
pub fn benchmark_missing() -> Said {
    said("按基准值计分的指标没有基准值".to_owned(), "写 benchmark = …；没有文件的写 \"to be supplied\"")
}

/// Weights that do not add up to 100.
pub fn weights_do_not_add_up(group: &str, sum: Decimal) -> Said {
    said(
        format!("“{group}”各指标权重之和是 {}，不是 100", sum.normalize()),
        "核对文件；缺的权重写 \"to be supplied\"",
    )
}

/// Lines of grades in the wrong order, or a rest that is not last.
pub fn lines_out_of_order() -> Said {
    said(
        "等级线不是从高到低".to_owned(),
        "从最好的等级写起，to 的比例逐级增大（score 逐级减小），只有最后一级两者都不写",
    )
}

/// A grade line with both a share and a score.
pub fn share_or_score() -> Said {
    said("等级线既有 to 又有 score".to_owned(), "按比例划线写 to，按分数划线写 score，只写一个")
}

/// A grade that bars leave nowhere to go.
pub fn bars_from_all() -> Said {
    said("not_in 排除了全部等级".to_owned(), "至少留下一个等级")
}

/// A bonus without points.
pub fn extra_without_points() -> Said {
    said("加减分没有写分值".to_owned(), "写 points = 分值；分值由事件本身给出的写 points = \"mark\"")
}

/// Years written the wrong way round.
pub fn years_reversed() -> Said {
    said("years 的起止颠倒".to_owned(), "写成 [起, 止]，如上年和本年是 [-1, 0]")
}
