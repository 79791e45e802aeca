//! `pool`: the reserve pools, who is close to a threshold, when the trend crosses it, who looks after whom.

use app::ladders::When;
use app::messages::pools::{WITHHELD, ends, estimate, state};
use app::pools as use_case;
use app::pools::shapes::{PoolCard, PoolRow, PoolView};
use clap::Args;
use rust_decimal::Decimal;

use super::ladder::Asked;
use super::out::{Sheet, json as print_json, say, text};
use super::parcels::actor;
use super::{Context, DONE, Format};

/// `pool`
#[derive(Args)]
pub(super) struct Pools {
    /// 条线，如 规上；不写列出各库 / The line; without it, all pools
    line: Option<String>,
    #[command(flatten)]
    when: Asked,
    /// 十二个月的出入库，代替名单 / Movement by month
    #[arg(long)]
    months: bool,
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Pools) -> anyhow::Result<u8> {
    let when = args.when.when()?;
    match &args.line {
        line if args.months => months(context, line.as_deref(), when),
        None => list(context, when),
        Some(line) => one(context, line, when),
    }
}

fn list(context: &Context, when: When) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::pools(&park, &actor(context), when)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("line", "条线", false),
        ("title", "储备库", false),
        ("kept", "在库", true),
        ("candidates", "筛出", true),
        ("proposed", "建议入库", true),
        ("unscreened", "在库未筛出", true),
        ("crossing", "年内预计达到（估计）", true),
        ("entered", "本月入库", true),
        ("left", "本月出库", true),
    ]);
    for pool in &found.items {
        let month = pool.months.last();
        sheet.row([
            pool.id.clone(),
            pool.title.clone(),
            pool.kept.to_string(),
            pool.candidates.to_string(),
            pool.proposed.to_string(),
            pool.unscreened.to_string(),
            pool.crossing.to_string(),
            month.map_or(0, |month| month.entered).to_string(),
            month.map_or(0, |month| month.left).to_string(),
        ]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// Movement month by month: kept at its end with who came and left, found by the screens with who is new and who is gone.
fn months(context: &Context, line: Option<&str>, when: When) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::pools(&park, &actor(context), when)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("title", "储备库", false),
        ("month", "月份", false),
        ("kept", "月末在库", true),
        ("entered", "入库", true),
        ("left", "出库", true),
        ("found", "月末筛出", true),
        ("newly", "新筛出", true),
        ("gone", "不再筛出", true),
    ]);
    let told = |number: Option<usize>| number.map_or_else(|| "缺数据".to_owned(), |n| n.to_string());
    let wanted = |pool: &&PoolCard| line.is_none_or(|line| pool.id == line || pool.title == line);
    for pool in found.items.iter().filter(wanted) {
        for month in &pool.months {
            sheet.row([
                pool.title.clone(),
                month.month.clone(),
                month.kept.to_string(),
                month.entered.to_string(),
                month.left.to_string(),
                told(month.found),
                told(month.newly),
                told(month.gone),
            ]);
        }
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

fn one(context: &Context, line: &str, when: When) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::pool(&park, &actor(context), line, when)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("screen", "筛选", false),
        ("enterprise", "企业", false),
        ("state", "状态", false),
        ("level", "程度", false),
        ("value", "数值", true),
        ("distance", "还差", true),
        ("unit", "单位", false),
        ("crossing", "预计达到、到期", false),
        ("gaps", "差距、符合的条件", false),
        ("owner", "负责人", false),
        ("next", "下一步", false),
    ]);
    for row in &found.items {
        sheet.row(line_of(&found, row));
    }
    sheet.print(context.format)?;
    if context.format == Format::Text {
        for screen in &found.screens {
            let document = screen.document.as_deref().unwrap_or("文号待提供");
            say(format!(
                "{}（{document}）：筛出 {}，缺数据 {}。{}",
                screen.title, screen.candidates, screen.unknown, screen.source
            ))?;
        }
    }
    Ok(DONE)
}

fn line_of(found: &PoolView, row: &PoolRow) -> [String; 11] {
    let screen = found.screens.iter().find(|screen| Some(&screen.id) == row.screen.as_ref());
    let amount = |number: Option<Decimal>| {
        if row.withheld { WITHHELD.to_owned() } else { text(number.as_ref()) }
    };
    let kept = row.kept.as_ref();
    [
        screen.map(|screen| screen.title.clone()).unwrap_or_default(),
        row.enterprise.title.clone(),
        state(row.state).to_owned(),
        row.level.clone().unwrap_or_default(),
        amount(row.value),
        amount(row.distance),
        screen.and_then(|screen| screen.unit.clone()).unwrap_or_default(),
        row.until.map(ends).or_else(|| row.crossing.map(estimate)).unwrap_or_default(),
        row.gaps.iter().chain(&row.missing).chain(&row.reasons).cloned().collect::<Vec<_>>().join("；"),
        kept.and_then(|kept| kept.owner.clone()).unwrap_or_default(),
        kept.and_then(|kept| kept.next.clone()).unwrap_or_default(),
    ]
}
