//! Windows, 1–2月, fallbacks between month and cumulative columns, lags, states, events.

use super::park::{Park, check};

fn three_firms() -> Park {
    Park::new()
        .add("firms", "name=甲 short=甲厂 hitech=yes sector=制造业/汽车 opened=2010-01-01")
        .add("firms", "name=乙 hitech=no sector=制造业/纺织 opened=2022-05-01 closed=2023-06-30")
        .add("firms", "name=丙 sector=建筑业 opened=2023-09-30")
}

#[test]
fn cumulative_is_read_at_the_end_of_the_window() {
    let park = three_firms()
        .add("returns", "firm=甲 period=2023-08 out=10 out_ytd=80 out_prior=9 out_ytd_prior=70")
        .add("returns", "firm=甲 period=2023-09 out=11.5 out_ytd=91.5 out_prior=10 out_ytd_prior=80")
        .add("returns", "firm=乙 period=2023-09 out=2 out_ytd=20.5 out_prior=3 out_ytd_prior=20");
    // 91.5 + 20.5 = 112; base 80 + 20 = 100; +12 %.
    check(&park, "output @ 2023-09", "2023-09/ytd 112 | 112 after 100 = 12% | OwnPrior");
    // 11.5 + 2 = 13.5 after 10 + 3 = 13: 0.5 / 13 = 3.8462 %.
    check(&park, "output.month @ 2023-09", "2023-09 13.5 | 13.5 after 13 = 3.8462% | OwnPrior");
    // 112 万元 = 0.0112 亿元.
    check(&park, "output_yi @ 2023-09", "2023-09/ytd 0.0112 | 0.0112 after 0.01 = 12% | OwnPrior");
}

#[test]
fn january_and_february_are_one_period() {
    let park = Park::skipping_january()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2023-02 out=– out_ytd=20 out_prior=– out_ytd_prior=16")
        .add("returns", "firm=甲 period=2023-03 out=12 out_ytd=32 out_prior=10 out_ytd_prior=26");
    check(
        &park,
        "output.month @ 2023-02",
        "2023-02 NotCollected | NotCollected after NotCollected = NotCollected | None",
    );
    check(
        &park,
        "output.month @ 2023-01",
        "2023-01 NotCollected | NotCollected after NotCollected = NotCollected | None",
    );
    // January to February: 20 after 16 = 25 %.
    check(&park, "output @ 2023-02", "2023-02/ytd 20 | 20 after 16 = 25% | OwnPrior");
    check(&park, "output.month @ 2023-03", "2023-03 12 | 12 after 10 = 20% | OwnPrior");
    // The first quarter is the cumulative of March: February's own cell may hold one month or two.
    check(&park, "output.quarter @ 2023-03", "2023Q1 32 | 32 after 26 = 23.0769% | OwnPrior");
}

#[test]
fn a_missing_month_is_the_difference_of_cumulatives_and_flagged() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("returns", "firm=甲 period=2023-08 out=10 out_ytd=80 out_prior=9 out_ytd_prior=70")
        .add("returns", "firm=甲 period=2023-09 out=11 out_ytd=92 out_prior=9 out_ytd_prior=79")
        .add("returns", "firm=乙 period=2023-08 out_ytd=30 out_ytd_prior=20")
        .add("returns", "firm=乙 period=2023-09 out_ytd=34.5 out_ytd_prior=23");
    // 甲 keeps its own 11 (not 92 − 80); 乙 34.5 − 30 = 4.5; base 9 + (23 − 20) = 12.
    check(
        &park,
        "output.month @ 2023-09",
        "2023-09 15.5 | 15.5 after 12 = 29.1667% | OwnPrior | 1个单月数由累计数相减得出，可能含以前月份的修订",
    );
    // August of 乙 has no July to subtract: not in the value, and said so.
    check(
        &park,
        "output.month @ 2023-08",
        "2023-08 10 | 10 after 9 = 11.1111% | OwnPrior | 1个条目该栏为空，未计入",
    );
}

#[test]
fn a_missing_cumulative_is_the_sum_of_its_months_and_flagged() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2023-01 out=10 out_ytd=10")
        .add("returns", "firm=甲 period=2023-02 out=11")
        .add("returns", "firm=甲 period=2023-03 out=12 out_ytd=–");
    check(
        &park,
        "output @ 2023-03",
        "2023-03/ytd 33 | NoEntries after NoBase = NoBase | OwnPrior | 1个累计数由各月相加得出；1个对象没有同期数，未计入增速",
    );
}

#[test]
fn quarters_and_halves_are_sums_of_months_or_differences() {
    let mut park = Park::new().add("firms", "name=甲");
    for (month, out, ytd) in [
        (3, "5", "15"),
        (4, "6", "21"),
        (5, "–", "28"),
        (6, "8", "36"),
        (7, "9", "45"),
        (8, "1", "46"),
        (9, "2", "48"),
    ] {
        park.put("returns", &format!("firm=甲 period=2023-{month:02} out={out} out_ytd={ytd}"));
    }
    // Third quarter: 9 + 1 + 2 = 12. Second: May is empty, so 36 − 15 = 21. First half: cumulative of June.
    let value = |asked: &str| {
        let snapshot = park.snapshot();
        let engine = crate::Engine::new(&park.content, &snapshot, crate::Reader::COMMITTEE);
        super::park::outcome(&engine.evaluate(&super::park::request(asked)).value)
    };
    assert_eq!(value("output.quarter @ 2023-09"), "12");
    assert_eq!(value("output.quarter @ 2023-06"), "21");
    assert_eq!(value("output.half @ 2023-06"), "36");
    assert_eq!(value("output.half @ 2023-12"), "NotDue");
    assert_eq!(value("output.year @ 2023-09"), "NotDue");
}

#[test]
fn every_blank_has_its_reason() {
    let park = three_firms()
        .add("returns", "firm=甲 period=2023-08 out=10 out_ytd=80 power=–")
        .add("returns", "firm=甲 period=2023-10 out=10 out_ytd=100 power=5");
    let blank = |reason: &str| format!("{reason} | {reason} after {reason} = {reason} | None");
    // After the last reported month: not due. In between: due and not sent.
    check(&park, "output @ 2023-11", &format!("2023-11/ytd {}", blank("NotDue")));
    check(&park, "output @ 2023-09", &format!("2023-09/ytd {}", blank("NotSent")));
    check(&park, "hitech_output.month @ 2022-08", &format!("2022-08 {}", blank("NotSent")));
    check(&park, "capital @ 2023-09", &format!("2023-09/ytd {}", blank("NoEntries")));
    check(&park, "revenue.month @ 2023-09", &format!("2023-09 {}", blank("NoEntries")));
    check(&park, "nothing @ 2023-09", "2023-09 Unknown | Unknown after Unknown = Unknown | None");
    check(
        &park,
        "power.month @ 2023-08",
        "2023-08 NotFilled | NotFilled after NoBase = NotFilled | SameSubjects | 1个条目该栏为空，未计入",
    );
    let snapshot = park.snapshot();
    let on = |day: &str| {
        let today = day.parse().expect("a date");
        let engine = crate::Engine::new(&park.content, &snapshot, crate::Reader::COMMITTEE).on(today);
        super::park::outcome(&engine.evaluate(&super::park::request("output @ 2023-11")).value)
    };
    // Due on the 15th of the following month.
    assert_eq!(on("2023-12-15"), "NotDue");
    assert_eq!(on("2023-12-16"), "NotSent");
}

#[test]
fn a_lagging_series_carries_its_own_period() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2022-09 power=4")
        .add("returns", "firm=甲 period=2023-09 power=5")
        .add("returns", "firm=甲 period=2023-10 power=6");
    check(&park, "late.month @ 2023-10", "2023-09 5 | 5 after 4 = 25% | SameSubjects");
    check(&park, "power.month @ 2023-09", "2023-09 5 | 5 after 4 = 25% | SameSubjects");
}

#[test]
fn quarterly_returns_have_no_months() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("quarters", "firm=甲 period=2023Q1 revenue=10 revenue_prior=8")
        .add("quarters", "firm=甲 period=2023Q2 revenue=20 revenue_prior=18")
        .add("quarters", "firm=甲 period=2023Q3 revenue=30 revenue_prior=24");
    check(&park, "revenue @ 2023-08", "2023Q3 30 | 30 after 24 = 25% | OwnPrior");
    // Three quarters since January: 60 after 50 = 20 %.
    check(&park, "revenue.ytd @ 2023-09", "2023-09/ytd 60 | 60 after 50 = 20% | OwnPrior");
    check(
        &park,
        "revenue.month @ 2023-09",
        "2023-09 NoSuchWindow | NoSuchWindow after NoSuchWindow = NoSuchWindow | None",
    );
    check(
        &park,
        "revenue.ytd @ 2023-08",
        "2023-08/ytd NoSuchWindow | NoSuchWindow after NoSuchWindow = NoSuchWindow | None",
    );
}

#[test]
fn events_fall_where_their_date_falls() {
    let park = three_firms()
        .add("events", "no=1 firm=甲 on=2023-01-31 kind=内资 amount=20000")
        .add("events", "no=2 firm=甲 on=2023-09-30 checked=2023-10-08 kind=内资 amount=5000")
        .add("events", "no=3 firm=乙 on=2023-10-01 checked=2023-10-09 kind=内资 amount=100")
        .add("events", "no=4 firm=乙 on=2023-09-01 kind=外资 amount=7")
        .add("events", "no=5 firm=乙 on=2022-09-01 kind=内资 amount=10000")
        .add("returns", "firm=甲 period=2023-10 power=1");
    // 25 000 万元 = 2.5 亿元 after 1: +150 %.
    check(&park, "capital @ 2023-09", "2023-09/ytd 2.5 | 2.5 after 1 = 150% | All");
    check(&park, "capital.quarter @ 2023-09", "2023Q3 0.5 | 0.5 after 1 = -50% | All");
    check(&park, "arrivals @ 2023-10", "2023-10/ytd 4 | 4 after 1 = 300% | All");
    check(&park, "payers @ 2023-10", "2023-10/ytd 2 | 2 after 1 = 100% | All");
    // Another date field places the entry; three entries are not checked yet.
    check(&park, "checked.month @ 2023-10", "2023-10 2 | 2 after 0 = NoBase | All | 3个条目缺少日期，未计入");
    // Nothing happened in May: a count is zero, a sum has no entries.
    check(&park, "arrivals.month @ 2023-05", "2023-05 0 | 0 after 0 = NoBase | All");
    check(
        &park,
        "capital.month @ 2023-05",
        "2023-05 NoEntries | NoEntries after NoEntries = NoEntries | All",
    );
    // After the last month anybody reported, a count is not zero but not due.
    check(&park, "arrivals.month @ 2023-11", "2023-11 NotDue | NotDue after NotDue = NotDue | None");
}

#[test]
fn states_stand_at_the_end_of_the_window() {
    let park = three_firms();
    // End of September 2023: 甲, 丙 (opened that day); 乙 closed in June. A year before: 甲, 乙.
    check(&park, "firms_open @ 2023-09", "2023-09/moment 2 | 2 after 2 = 0% | All");
    check(&park, "firms_open @ 2023-06", "2023-06/moment 2 | 2 after 2 = 0% | All");
    check(&park, "firms_open @ 2023-08", "2023-08/moment 1 | 1 after 2 = -50% | All");
    check(
        &park,
        "firm_names @ 2023-08",
        "2023-08/moment 甲、乙、丙 | 甲、乙、丙 after 甲、乙、丙 = NoBase | All",
    );
}

#[test]
fn a_month_nobody_sent_is_not_zero_in_a_sum_of_months() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2023-07 power=1")
        .add("returns", "firm=甲 period=2023-09 power=2")
        .add("returns", "firm=甲 period=2023-10 power=4")
        .add("returns", "firm=甲 period=2023-11 power=8")
        .add("returns", "firm=甲 period=2023-12 power=16");
    check(&park, "power.quarter @ 2023-09", "2023Q3 NotSent | NotSent after NotSent = NotSent | None");
    check(&park, "power.quarter @ 2023-12", "2023Q4 28 | 28 after NoBase = NoBase | SameSubjects");
}

#[test]
fn the_one_value_in_force_is_the_latest_begun() {
    let figures = r#"
title = "试"
[figures.limit]
title = "门槛"
book = "bulletins"
measure = "only(growth)"
time = "stock"
from = "period"
unit = "%"
compare = "none"
"#;
    let park = Park::with(super::park::RETURNS, figures)
        .add("bulletins", "item=门槛 period=2020-01 unit_name=甲 growth=5")
        .add("bulletins", "item=门槛 period=2023-06 unit_name=甲 growth=7");
    let line =
        |day: &str, n: &str| format!("{day}/moment {n} | {n} after NotComparable = NotComparable | None");
    check(&park, "limit @ 2023-05", &line("2023-05", "5"));
    check(&park, "limit @ 2023-06", &line("2023-06", "7"));
}
