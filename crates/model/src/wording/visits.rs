//! What `content check` says about the working-day calendar, visits and demands.

use super::diagnostic::{Said, said};

/// A span of days that is neither a day nor two joined by `/`.
pub fn bad_days(text: &str) -> Said {
    said(format!("“{text}”不是日期或日期段"), "写 2023-09-29，或首尾两天 2023-09-29/2023-10-06")
}

/// A day moved to work that is worked anyway, or one of another year.
pub fn not_moved(text: &str) -> Said {
    said(format!("“{text}”不是调休上班日"), "只写周六、周日中改为上班的日子")
}

/// A frequency that says neither how often nor within how many months, or both.
pub fn one_rhythm() -> Said {
    said(
        "走访频次只能有一种写法".to_owned(),
        "写 every（month、quarter、half、year）或 within_months 中的一个",
    )
}

/// A first visit within months needs the day an enterprise came.
pub fn no_since() -> Said {
    said("不知道企业从哪一天算起".to_owned(), "在 [enterprise] 写 since：企业名录里的日期字段")
}

/// A light without a test, or with several.
pub fn one_light() -> Said {
    said(
        "一条亮灯规则只能有一种判法".to_owned(),
        "写 overdue、due_days、missed、where（加 book）、expires（加 book、where、action、months）、fall（加 book、field、months）、lacks（加 holder）中的一个",
    )
}

/// Green is what is left.
pub fn never_green() -> Said {
    said("绿灯不用写规则".to_owned(), "没有亮红灯、黄灯的就是绿灯；colour 写 red 或 yellow")
}

/// A book with confidential returns behind a light.
pub fn confidential(title: &str) -> Said {
    said(
        format!("台账“{title}”是统计保密报表，不能用来给单个企业亮灯"),
        "换用企业自己申报或部门共享的数据（统计法第二十五条）",
    )
}

/// A state of the book that nothing says the meaning of.
pub fn state_unsaid(word: &str) -> Said {
    said(
        format!("没有说明状态“{word}”的含义"),
        "在 [demand.states] 里写成 received、accepted、dispatched、suspended、answered、rated、closed、returned 之一",
    )
}

/// A meaning no state has.
pub fn no_state(meaning: &str) -> Said {
    said(format!("没有状态表示 {meaning}"), "在 [demand.states] 里给它一个状态")
}

/// A series that is not of months.
pub fn not_monthly(title: &str) -> Said {
    said(format!("台账“{title}”不是月度报表"), "fall 只用于 every = \"month\" 的台账")
}

/// A book of demands that is no case book.
pub fn no_case(title: &str) -> Said {
    said(format!("台账“{title}”没有办理状态和期限"), "诉求用 kind = \"case\" 的台账，并写 state、deadline")
}

/// A number pattern without its blanks.
pub fn bad_number_pattern(text: &str) -> Said {
    said(format!("编号格式“{text}”缺少序号"), "写上 {number}，需要年份时再写 {year}")
}

/// A book of photos that does not say of which visit.
pub fn no_visit(title: &str) -> Said {
    said(format!("台账“{title}”没有说明照片属于哪次走访"), "visit 写引用走访台账的字段")
}

/// A book whose rows name no enterprise.
pub fn names_no_enterprise(title: &str) -> Said {
    said(format!("台账“{title}”的这一栏不是企业"), "enterprise 写引用企业名录的字段")
}

/// A rule that is named before it is written.
pub fn no_rule_before(id: &str) -> Said {
    said(format!("前面没有走访频次“{id}”"), "like 和 unless 只写排在前面的频次的 id")
}
