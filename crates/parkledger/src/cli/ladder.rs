//! `ladder`: the ladders, who stands where, what one enterprise lacks.

use app::ladders as use_case;
use app::ladders::shapes::{CriterionView, StandingRow};
use app::ladders::{LaddersFault, standing_word as stands, verdict_word as verdict};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use model::definition::Outcome;
use model::id::EntryId;

use super::out::{Sheet, json as print_json, say, text};
use super::parcels::actor;
use super::{Context, DONE, Format};

/// `ladder`
#[derive(Args)]
pub(super) struct Ladders {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 各梯队各级的企业数 / How many enterprises stand where
    List {
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
    },
    /// 一个梯队里各企业的情况：差什么、缺什么数据 / Who stands where, what is lacking
    Standing {
        /// 梯队 / The ladder
        ladder: String,
        /// 只看一级 / One rung of it
        #[arg(long)]
        rung: Option<String>,
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
        /// 也列出缺数据的企业 / Those whose data are missing, too
        #[arg(long)]
        unknown: bool,
    },
    /// 一家企业逐条对照 / One enterprise, criterion by criterion
    Explain {
        /// 企业编号 / The entry of the enterprise
        enterprise: u64,
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
    },
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Ladders) -> anyhow::Result<u8> {
    match &args.what {
        What::List { on } => list(context, *on),
        What::Standing { ladder, rung, on, unknown } => {
            standing(context, ladder, rung.as_deref(), *on, *unknown)
        }
        What::Explain { enterprise, on } => explain(context, EntryId(*enterprise), *on),
    }
}

fn list(context: &Context, on: Option<Date>) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::ladders(&park, &actor(context), on)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("ladder", "梯队", false),
        ("title", "名称", false),
        ("rung", "级", false),
        ("rung_title", "资质", false),
        ("document", "依据", false),
        ("holding", "持有", true),
        ("ready", "可申报", true),
        ("not_met", "未达到", true),
        ("unknown", "缺数据", true),
    ]);
    for ladder in &found.items {
        for rung in &ladder.rungs {
            sheet.row([
                ladder.id.clone(),
                ladder.title.clone(),
                rung.id.clone(),
                rung.title.clone(),
                rung.rule.as_ref().map_or_else(|| "当日无规则".to_owned(), |rule| rule.document.clone()),
                rung.holding.to_string(),
                rung.ready.to_string(),
                rung.not_met.to_string(),
                rung.unknown.to_string(),
            ]);
        }
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

fn standing(
    context: &Context,
    ladder: &str,
    rung: Option<&str>,
    on: Option<Date>,
    unknown: bool,
) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::ladder_standing(&park, &actor(context), &ladder.into(), rung, on)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("rung", "资质", false),
        ("enterprise", "企业", false),
        ("standing", "资质状态", false),
        ("until", "有效期至", false),
        ("verdict", "条件", false),
        ("gaps", "差距", false),
        ("missing", "缺的数据", false),
    ]);
    let title = |row: &StandingRow| {
        found.rungs.iter().find(|rung| rung.id == row.rung).map_or("", |rung| rung.title.as_str())
    };
    for row in
        found.items.iter().filter(|row| unknown || row.verdict != Outcome::Unknown || row.until.is_some())
    {
        sheet.row([
            title(row).to_owned(),
            row.enterprise.title.clone(),
            stands(row.standing).to_owned(),
            text(row.until.as_ref()),
            verdict(row.verdict).to_owned(),
            row.gaps.join("；"),
            row.missing.join("；"),
        ]);
    }
    sheet.print(context.format)?;
    if context.format == Format::Text {
        for rung in &found.rungs {
            let document = rung.rule.as_ref().map_or("当日无规则", |rule| rule.document.as_str());
            say(format!(
                "{}（{document}）：持有 {}，可申报 {}，未达到 {}，缺数据 {}",
                rung.title, rung.holding, rung.ready, rung.not_met, rung.unknown
            ))?;
        }
    }
    Ok(DONE)
}

fn explain(context: &Context, enterprise: EntryId, on: Option<Date>) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found =
        use_case::of_enterprise(&park, &actor(context), enterprise, on).map_err(|fault| match fault {
            LaddersFault::Refused(_) => anyhow::anyhow!("没有编号为 {} 的企业", enterprise.0),
            other => other.into(),
        })?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("rung", "资质", false),
        ("criterion", "条件", false),
        ("value", "现值", true),
        ("threshold", "标准", true),
        ("unit", "单位", false),
        ("verdict", "结论", false),
        ("gap", "差距", false),
        ("missing", "缺的数据", false),
        ("read", "来源", false),
    ]);
    for rung in &found.rungs {
        for criterion in &rung.criteria {
            sheet.row([
                rung.title.clone(),
                criterion.title.clone(),
                value(criterion),
                text(criterion.threshold.as_ref()),
                criterion.unit.clone().unwrap_or_default(),
                verdict(criterion.verdict).to_owned(),
                criterion.gap.clone().unwrap_or_default(),
                criterion.missing.join("；"),
                criterion.read.iter().map(|read| format!("#{}", read.entry)).collect::<Vec<_>>().join(" "),
            ]);
        }
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// The value, or the range of points.
fn value(criterion: &CriterionView) -> String {
    match (criterion.value, criterion.at_most) {
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (low, _) => text(low.map(|low| low.round_dp(2).normalize()).as_ref()),
    }
}
