//! What `content check` says about policies.

use super::diagnostic::{Said, said};

/// A number that is none.
pub fn no_number(text: &str) -> String {
    format!("“{text}”不是数；小数写成 \"0.5\"，不知道的写 \"to be supplied\"")
}

/// A book for cases that has no states.
pub fn no_cases(book: &str) -> Said {
    said(format!("台账“{book}”不是办理类台账"), "换成 kind = \"case\" 的台账")
}

/// A stage of the work has no word.
pub fn stage_without_word() -> Said {
    said(
        "办理状态不全".to_owned(),
        "stages 里至少写出 proposed、applied、paid、clawed_back 各对应台账的哪个状态",
    )
}

/// Money to the cent needs 元.
pub fn not_in_yuan(field: &str) -> Said {
    said(format!("“{field}”的单位不是元"), "兑现金额精确到分，字段单位写元")
}

/// Fewer than three checks, or three of a kind.
pub fn too_few_checks() -> Said {
    said(
        "算例不足".to_owned(),
        "写出至少三个 [[check]]：算出金额的、差一点没有金额的（0）、缺数据的（unknown）；数值待补的政策至少三个，其中一个 unknown",
    )
}

/// Nothing says since when.
pub fn no_first_day() -> Said {
    said("没有执行起始日期".to_owned(), "写 valid_from = \"2023-01-01\"；还不知道的写 \"to be supplied\"")
}

/// Steps that do not rise.
pub fn steps_do_not_rise() -> Said {
    said("分档写法不对".to_owned(), "由低到高写 { at = …, sum = … }，金额为累计数")
}

/// Parties that bear more or less than the whole.
pub fn parties_not_whole() -> Said {
    said("各方分担比例合计不是 100%".to_owned(), "核对文件中的比例")
}

/// A book of the statistics bureau.
pub fn confidential(book: &str) -> Said {
    said(
        format!("台账“{book}”是统计报表，不得用于兑现政策"),
        "换成企业自报、税务或资质台账（统计法：统计资料不得用于统计以外的目的）",
    )
}

/// A field that cannot say what a formula asks.
pub fn does_not_fit(field: &str) -> Said {
    said(format!("“{field}”不能用在这里"), "金额、利率要有单位；日期用日期字段；名称、等级用文字或选项字段")
}

/// A payment whose day no case has.
pub fn payment_without_day() -> Said {
    said(
        "兑付台账的日期无从取得".to_owned(),
        "dated 写一个在 [cases.days] 里有日期字段的环节（如 approved），台账要有 time",
    )
}

/// A repayment without day or amount.
pub fn bad_repayment() -> Said {
    said("分期还本写法不对".to_owned(), "写成 [{ on = \"2023-06-01\", amount = 3000000 }]")
}
