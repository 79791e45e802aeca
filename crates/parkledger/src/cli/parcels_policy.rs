//! `parcels low`, `parcels potential`, `parcels effects`: what is done with the result on the command line.

use app::parcels as use_case;
use app::parcels::shapes::{LowMissing, LowParcel, LowVerdict};
use clap::Args;
use jiff::civil::Date;

use super::out::{Sheet, number, shown, text};
use super::parcels::actor;
use super::parcels_simulate::changes;
use super::{Context, Format};

/// `parcels low`
#[derive(Args)]
pub(super) struct Low {
    /// 年度，按年末 / Year, at its end
    #[arg(long)]
    year: Option<i16>,
    /// 哪一天 / The day
    #[arg(long)]
    on: Option<Date>,
    /// 也列出无法判断的 / List what cannot be told, too
    #[arg(long)]
    unknown: bool,
}

/// `parcels potential`
#[derive(Args)]
pub(super) struct Potential {
    /// 年度，按年末 / Year, at its end
    #[arg(long)]
    year: Option<i16>,
    /// 冻结的评价的编号；不写用最近一次 / A frozen evaluation
    #[arg(long)]
    run: Option<u64>,
}

/// `parcels effects`
#[derive(Args)]
pub(super) struct Effects {
    /// 冻结的评价的编号 / A frozen evaluation
    run: u64,
    /// 按哪一天的标准；不写用评价年度年末 / The day of the rates
    #[arg(long)]
    on: Option<Date>,
    /// 试一个标准，例如 rates.差别化电价.D=0.3；可写多次，不保存 / Rates to try as rates.POLICY.GRADE=VALUE
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
}

/// What is missing, and who has it.
fn owed(missing: &[LowMissing]) -> String {
    missing.iter().map(|of| format!("{}（{}）", of.title, of.department)).collect::<Vec<_>>().join("；")
}

/// The grounds that are met with what was found, or what is missing.
fn reasons(verdict: &LowVerdict) -> String {
    let mut said: Vec<String> = Vec::new();
    for ground in verdict.grounds.iter().filter(|ground| ground.held == "met") {
        let found = ground.criteria.iter().filter(|criterion| criterion.held == "met");
        let found = found.map(|of| format!("{} {}", of.title, of.value)).collect::<Vec<_>>().join("，");
        said.push(format!("{}（{found}）", ground.title));
        said.extend(ground.steps.iter().map(|step| step.words.clone()));
    }
    if !verdict.missing.is_empty() {
        said.push(format!("缺 {}", owed(&verdict.missing)));
    }
    said.join("；")
}

/// How the newest disposal stands.
fn disposal(of: &LowParcel) -> String {
    let Some(newest) = of.disposals.first() else {
        return if of.undisposed { "未列入处置".to_owned() } else { String::new() };
    };
    let late = newest.late.map_or_else(String::new, |days| format!("，逾期 {days} 天"));
    format!("{}{late}", newest.state.clone().unwrap_or_default())
}

/// Idle and low-efficiency land.
pub(super) fn low(context: &Context, args: &Low) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::low(&park, &actor(context), (args.on, args.year))?;
    shown(context.format, &found, || {
        let mut sheet = Sheet::new(&[
            ("code", "宗地代码", false),
            ("parcel", "地块", false),
            ("rule", "规则", false),
            ("held", "结论", false),
            ("reasons", "依据", false),
            ("disposal", "处置", false),
        ]);
        for of in &found.items {
            for (rule, verdict) in found.rules.iter().zip(&of.verdicts) {
                if verdict.held == "met" || (args.unknown && verdict.held == "unknown") {
                    sheet.row([
                        of.code.clone(),
                        of.parcel.title.clone(),
                        rule.title.clone(),
                        verdict.words.clone(),
                        reasons(verdict),
                        disposal(of),
                    ]);
                }
            }
        }
        let said = found.rules.iter().map(|rule| {
            format!(
                "{}（{}）：{} 宗中符合 {}，无法判断 {}",
                rule.title, rule.document, found.parcels, rule.met, rule.unknown
            )
        });
        (vec![sheet], said.collect())
    })
}

/// Floor area that may still be built.
pub(super) fn potential(context: &Context, args: &Potential) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::potential(&park, &actor(context), (None, args.year, args.run))?;
    let format = context.format;
    shown(format, &found, || {
        let mut sheet = Sheet::new(&[
            ("code", "宗地代码", false),
            ("parcel", "地块", false),
            ("addable", "可增㎡", true),
            ("grade", "等级", false),
            ("priority", "优先度", true),
            ("words", "理由", false),
        ]);
        for of in &found.items {
            sheet.row([
                of.code.clone(),
                of.parcel.title.clone(),
                number(format, of.addable, 2),
                text(of.grade.as_ref()),
                number(format, of.priority, 4),
                of.words.clone(),
            ]);
        }
        let mut unknown =
            Sheet::new(&[("code", "宗地代码", false), ("parcel", "地块", false), ("missing", "缺", false)]);
        for of in &found.unknown {
            unknown.row([of.code.clone(), of.parcel.title.clone(), owed(&of.missing)]);
        }
        let said = format!(
            "{}：{} 宗可算，可增 {} ㎡，用房需求 {} ㎡；{} 宗缺数据算不出",
            found.on,
            found.items.len(),
            number(Format::Text, found.addable, 0),
            number(Format::Text, found.wanted, 0),
            found.unknown.len()
        );
        (vec![sheet, unknown], vec![said])
    })
}

/// What grades cost and save.
pub(super) fn effects(context: &Context, args: &Effects) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::effects(&park, &actor(context), args.run, (args.on, &changes(&args.set)?))?;
    let format = context.format;
    shown(format, &found, || {
        let mut sheet = Sheet::new(&[
            ("code", "代码", false),
            ("name", "名称", false),
            ("grade", "等级", false),
            ("policy", "政策", false),
            ("quantity", "数量", true),
            ("unit", "单位", false),
            ("money", "元/年", true),
            ("words", "说明", false),
        ]);
        for of in &found.items {
            for (policy, cell) in found.policies.iter().zip(&of.effects) {
                if cell.state != "no_grade" {
                    let unit = cell.quantity.map(|_| policy.rule.unit.clone());
                    sheet.row([
                        of.code.clone(),
                        of.name.clone(),
                        text(of.grade.as_ref()),
                        policy.rule.title.clone(),
                        number(format, cell.quantity, 2),
                        text(unit.as_ref()),
                        number(format, cell.money, 2),
                        cell.words.clone(),
                    ]);
                }
            }
        }
        let said =
            found.policies.iter().map(|policy| format!("{}：{}", policy.rule.title, policy.total.words));
        (vec![sheet], said.collect())
    })
}
