//! `promotion`: investment promotion in a month.

use app::promotion as use_case;
use app::promotion::shapes::{CapitalView, LandView, PipelineView, Promotion};
use clap::Args;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::out::{Sheet, json as print_json, number, say};
use super::parcels::actor;
use super::{Context, DONE, Format};

/// `promotion`
#[derive(Args)]
pub(super) struct PromotionArgs {
    /// 月份，如 2023-10；不写为最近一个有数据的月 / The month
    #[arg(long)]
    period: Option<String>,
    /// 截至哪一天；不写为今天 / As of a day
    #[arg(long)]
    on: Option<Date>,
}

/// Runs it.
pub(super) fn run(context: &Context, args: &PromotionArgs) -> anyhow::Result<u8> {
    let park = context.park()?;
    let at = args.period.as_deref().map(super::ledger::month).transpose()?;
    let found = use_case::promotion(&park, &actor(context), (at, args.on))?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    if context.format == Format::Text {
        say(format!("截至 {}，指标为 {}", found.on, found.period))?;
    }
    figures(&found).print(context.format)?;
    if context.format != Format::Text {
        return Ok(DONE);
    }
    for pipeline in &found.pipelines {
        say(format!("\n{}", pipeline.title))?;
        stages(pipeline, context.format).print(context.format)?;
    }
    if let Some(capital) = &found.capital {
        say(format!("\n到资与认定（{} 至 {}）", capital.from, capital.to))?;
        sets(capital, context.format).print(context.format)?;
        once(capital)?;
    }
    if let Some(land) = &found.land {
        say("\n土地出让：预计与实际")?;
        outlook(land, context.format).print(context.format)?;
    }
    Ok(DONE)
}

/// Every figure of the page.
fn figures(found: &Promotion) -> Sheet {
    let mut sheet = Sheet::new(&[("figure", "指标", false), ("value", "数值", true), ("yoy", "同比", false)]);
    let pipelines = found.pipelines.iter().flat_map(|of| &of.answers);
    let capital = found.capital.iter().flat_map(|of| {
        of.programmes.iter().filter_map(|programme| programme.answer.as_ref()).chain(&of.whole)
    });
    let land = found.land.iter().flat_map(|of| &of.answers);
    let sections = found.sections.iter().flat_map(|of| of.whole.iter().chain(&of.parts).chain(&of.answers));
    for answer in pipelines.chain(capital).chain(land).chain(sections) {
        sheet.row([answer.title.clone(), answer.shown.clone(), answer.yoy.words.clone()]);
    }
    sheet
}

fn stages(of: &PipelineView, format: Format) -> Sheet {
    let unit = of.unit.clone().unwrap_or_default();
    let heading = format!("合计（{unit}）");
    let mut sheet =
        Sheet::new(&[("stage", "阶段", false), ("count", "个数", true), ("sum", heading.as_str(), true)]);
    for stage in &of.stages {
        sheet.row([stage.word.clone(), stage.count.to_string(), number(format, Some(stage.sum), 0)]);
    }
    sheet
}

fn sets(of: &CapitalView, format: Format) -> Sheet {
    let unit = |unit: &Option<String>| format!("金额（{}）", unit.clone().unwrap_or_default());
    let (amount, foreign) = (unit(&of.unit), unit(&of.foreign_unit));
    let mut sheet = Sheet::new(&[
        ("claimed_under", "认定为", false),
        ("arrivals", "笔数", true),
        ("amount", amount.as_str(), true),
        ("foreign", foreign.as_str(), true),
    ]);
    let mut line = |words: String, count: usize, amount: Decimal, foreign: Decimal| {
        sheet.row([
            words,
            count.to_string(),
            number(format, Some(amount), 2),
            number(format, Some(foreign), 2),
        ]);
    };
    for set in &of.sets {
        let words =
            if set.programmes.is_empty() { "未认定".to_owned() } else { set.programmes.join("、") };
        line(words, set.arrivals, set.amount, set.foreign);
    }
    line("合计（每笔一次）".to_owned(), of.arrivals.len(), of.amount, of.foreign);
    sheet
}

/// The proof, in words.
fn once(of: &CapitalView) -> anyhow::Result<()> {
    if of.once {
        let unit = of.unit.clone().unwrap_or_default();
        say(format!("各组互不重叠，合计与指标一致；各任务之间重复认定 {} {unit}", of.repeated))?;
    }
    for fault in &of.faults {
        say(format!("注意：{fault}"))?;
    }
    Ok(())
}

fn outlook(of: &LandView, format: Format) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("plot", "地块", false),
        ("winner", "竞得人", false),
        ("target", "内容", false),
        ("expected", "预计", true),
        ("actual", "实际", true),
        ("percent", "%", true),
        ("unit", "单位", false),
    ]);
    for row in &of.items {
        for (target, cell) in of.targets.iter().zip(&row.targets) {
            if cell.expected.is_none() && cell.actual.is_none() {
                continue;
            }
            sheet.row([
                row.entry.title.clone(),
                row.enterprise.as_ref().map_or_else(String::new, |whom| whom.title.clone()),
                target.title.clone(),
                number(format, cell.expected, 0),
                number(format, cell.actual, 0),
                number(format, cell.percent, 1),
                target.unit.clone().unwrap_or_default(),
            ]);
        }
    }
    sheet
}
