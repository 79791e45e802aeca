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
