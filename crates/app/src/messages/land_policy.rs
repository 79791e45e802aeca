//! What people are told about idle and low-efficiency land, room to build and what grades cost.

use assess::effects::{Effect, Shift, Total};
use assess::idle::{Held, Measured, Verdict};
use assess::potential::Potential;
use model::definition::{LandDuty, LandFact, LandFlag, LandShare, LandTest, LandWork};
use model::wording::number::{Rounding, grouped, round};
use rust_decimal::Decimal;

/// The unit effects are told in.
pub const MONEY: &str = "元";
/// What is promised about investment.
pub const INVESTMENT: &str = "投资强度";

/// A verdict.
pub fn held(held: Held) -> &'static str {
    match held {
        Held::Met => "符合",
        Held::NotMet => "不符合",
        Held::Unknown => "无法判断",
    }
}

/// What a rule says of a parcel.
pub fn verdict(verdict: &Verdict) -> String {
    if verdict.excused {
        "符合条件，但属政府原因，不认定".to_owned()
    } else if verdict.behind {
        "已按前一规则认定，不再认定".to_owned()
    } else {
        held(verdict.held).to_owned()
    }
}

/// What a test tests.
pub fn test(test: &LandTest, fact: impl Fn(&LandFact) -> String) -> String {
    match test {
        LandTest::Overdue { duty, .. } => format!("逾期未{}", duty_words(*duty)),
        LandTest::DoneFor { duty, .. } => format!("已{}", duty_words(*duty)),
        LandTest::Below { of, to, .. } => format!("{} ÷ {}", fact(of), fact(to)),
        LandTest::Standing { work: LandWork::Building, .. } => "中止建设".to_owned(),
        LandTest::Standing { work: LandWork::Production, .. } => "停产或半停产".to_owned(),
        LandTest::Flag(LandFlag::Banned) => "淘汰禁止类产业".to_owned(),
        LandTest::Flag(LandFlag::Failing) => "安全环保不达标".to_owned(),
        LandTest::Promised(item) => fact(&LandFact::Promised(item.clone())),
    }
}

fn duty_words(duty: LandDuty) -> &'static str {
    match duty {
        LandDuty::Begin => "动工",
        LandDuty::Complete => "竣工",
        LandDuty::Produce => "投产",
    }
}

/// A threshold.
pub fn limit(test: &LandTest) -> String {
    match test {
        LandTest::Overdue { months, .. }
        | LandTest::DoneFor { months, .. }
        | LandTest::Standing { months, .. } => format!("满 {months} 个月"),
        LandTest::Below { share, .. } => format!("低于 {}", share_words(*share)),
        LandTest::Flag(_) => "是".to_owned(),
        LandTest::Promised(_) => "已到考核日期".to_owned(),
    }
}

fn share_words(share: LandShare) -> String {
    if share.whole == Decimal::ONE {
        format!("{}%", (share.part * Decimal::ONE_HUNDRED).normalize())
    } else {
        format!("{}/{}", share.part.normalize(), share.whole.normalize())
    }
}

/// What was found.
pub fn measured(value: Measured) -> String {
    match value {
        Measured::Months(months) => format!("{months} 个月"),
        Measured::Share(share) => format!("{}%", (share * Decimal::ONE_HUNDRED).round_dp(2).normalize()),
        Measured::Flag(true) => "是".to_owned(),
        Measured::Flag(false) => "否".to_owned(),
        Measured::Promised { due: true } => "有约定，已到考核日期".to_owned(),
        Measured::Promised { due: false } => "有约定，未到考核日期".to_owned(),
        Measured::NotPromised => "没有约定".to_owned(),
    }
}

/// What follows of a ground.
pub fn step(title: &str, (due, on): (bool, Option<jiff::civil::Date>), fee: Option<&str>) -> String {
    let when = match (due, on) {
        (true, _) => "已到期限".to_owned(),
        (false, Some(on)) => format!("{on} 起"),
        (false, None) => String::new(),
    };
    let fee = fee.map_or_else(String::new, |fee| format!("，{fee}"));
    format!("{title}：{when}{fee}")
}

/// A fee of which the price is not known.
pub const NO_PRICE: &str = "缺土地价款，金额待算";

/// A promise as the other side of a share.
pub fn promised(item: &str) -> String {
    format!("约定{item}")
}

/// Why a parcel stands where it does.
pub fn potential(of: &Potential, wanted: Decimal) -> String {
    let hundred = Decimal::ONE_HUNDRED;
    let percent = |share: Decimal| (share * hundred).round_dp(2).normalize();
    let floor = |area: Decimal| grouped(&round(area, 0, Rounding::HalfUp).to_string());
    if of.excess > Decimal::ZERO {
        return format!("计容面积已超上限 {} 平方米", floor(of.excess));
    }
    if of.addable.is_zero() {
        return "已到容积率上限".to_owned();
    }
    let efficiency = of.efficiency.map_or_else(
        || "没有得分，不排优先".to_owned(),
        |share| format!("得分为最高分的 {}%", percent(share)),
    );
    let need = if wanted.is_zero() {
        "权利人和使用人没有用房需求".to_owned()
    } else {
        format!("用房需求 {} 平方米，占可增面积 {}%", floor(wanted), percent(of.need))
    };
    format!("可增 {} 平方米；{efficiency}；{need}", floor(of.addable))
}

/// One effect.
pub fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Money(money) if money.is_zero() => "不加不减",
        Effect::Money(money) if money < Decimal::ZERO => "减免",
        Effect::Money(_) => "加收",
        Effect::NoRate => "该等级没有标准，待提供",
        Effect::NoQuantity => "没有数据，不按零计",
        Effect::NoGrade => "没有等级",
    }
}

/// One effect that a reader may not see.
pub const WITHHELD: &str = "数值保密";

/// Money to the cent, its digits in threes.
fn amount(money: Decimal) -> String {
    grouped(&round(money, 2, Rounding::HalfUp).normalize().to_string())
}

/// How the money of a policy moves.
pub fn shift(shift: &Shift, withheld: usize) -> String {
    let mut said = vec![match shift.change {
        Some(change) if change.is_zero() && shift.open > 0 => "可算的金额不变".to_owned(),
        Some(change) if change.is_zero() => "金额不变".to_owned(),
        Some(change) if change > Decimal::ZERO => format!("多收（少减）{} {MONEY}", amount(change)),
        Some(change) => format!("少收（多减）{} {MONEY}", amount(-change)),
        None => "金额待提供".to_owned(),
    }];
    if shift.open > 0 {
        said.push(format!("{} 个变了等级而标准或数据待提供，未计入变化", shift.open));
    }
    if withheld > 0 {
        said.push(format!("保密 {withheld} 个"));
    }
    said.join("，")
}

/// Effects together.
pub fn total(total: &Total, withheld: usize) -> String {
    let money = total.money.map_or_else(
        || "待提供".to_owned(),
        |money| format!("{} {MONEY}（{} 个）", amount(money), total.known),
    );
    let mut said = vec![format!("合计 {money}")];
    let mut rest = |count: usize, what: &str| {
        if count > 0 {
            said.push(format!("{what} {count} 个"));
        }
    };
    rest(total.no_rate, "标准待提供");
    rest(total.no_quantity, "缺数据");
    rest(total.no_grade, "无等级");
    rest(withheld, "保密");
    said.join("，")
}

/// Headings of the workbook of idle and low-efficiency land.
pub const LOW_HEADINGS: [&str; 14] = [
    "宗地代码",
    "地块",
    "面积（平方米）",
    "规则",
    "依据文件",
    "结论",
    "符合的情形",
    "处置",
    "缺的数据",
    "现场核查日期",
    "处置方式",
    "处置状态",
    "计划完成",
    "逾期天数",
];
/// Headings of the workbook of room to build.
pub const POTENTIAL_HEADINGS: [&str; 13] = [
    "排名",
    "宗地代码",
    "地块",
    "面积（平方米）",
    "容积率上限",
    "计容面积（平方米）",
    "可增面积（平方米）",
    "超出面积（平方米）",
    "等级",
    "得分",
    "用房需求（平方米）",
    "优先度",
    "理由",
];
/// Headings of the workbook of what grades cost.
pub const EFFECT_HEADINGS: [&str; 8] =
    ["代码", "名称", "等级", "政策", "数量", "单位", "金额（元/年）", "说明"];
/// The line of a sum.
pub const IN_ALL: &str = "合计";

/// A datum that is missing, and who has it.
pub fn owed(title: &str, department: &str) -> String {
    format!("{title}（{department}）")
}

/// What is missing.
pub fn lacking(owed: &[String]) -> String {
    format!("缺 {}", owed.join("；"))
}

/// The name of the workbook of idle and low-efficiency land.
pub fn low_file(on: jiff::civil::Date) -> String {
    format!("低效闲置用地-{on}")
}

/// The name of the workbook of room to build.
pub fn potential_file(on: jiff::civil::Date) -> String {
    format!("增容潜力-{on}")
}

/// The name of the workbook of what grades cost.
pub fn effects_file(year: i16, run: u64) -> String {
    format!("差别化政策-{year}年-第{run}号评价")
}
