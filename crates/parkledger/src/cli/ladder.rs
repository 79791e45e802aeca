//! `ladder`: the ladders, who stands where, what one enterprise lacks.

use app::ladders as use_case;
use app::ladders::When;
use app::ladders::shapes::{CriterionView, RungCard, StandingRow};
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

/// When a standing is asked for.
#[derive(Args, Clone)]
pub(super) struct Asked {
    /// 哪一天：当天的规则、日期不晚于当天的数据；不写为今天 / The day: its rules, and data dated up to it
    #[arg(long)]
    on: Option<Date>,
    /// 只用这一天结束前（或这个版本）已入账的数据，不算后来的更正和补报 / Only what the ledger knew by this day or revision
    #[arg(long)]
    as_of: Option<String>,
}

impl Asked {
    /// As use cases take it.
    pub(super) fn when(&self) -> anyhow::Result<When> {
        Ok(When { on: self.on, as_of: super::figure::as_of(self.as_of.as_deref())? })
    }
}

#[derive(Subcommand)]
enum What {
    /// 各梯队各级的企业数 / How many enterprises stand where
    List {
        #[command(flatten)]
        when: Asked,
    },
    /// 一个梯队里各企业的情况：差什么、缺什么数据 / Who stands where, what is lacking
    Standing {
        /// 梯队 / The ladder
        ladder: String,
        /// 只看一级 / One rung of it
        #[arg(long)]
        rung: Option<String>,
        #[command(flatten)]
        when: Asked,
        /// 也列出缺数据的企业 / Those whose data are missing, too
        #[arg(long)]
        unknown: bool,
    },
    /// 一家企业逐条对照 / One enterprise, criterion by criterion
    Explain {
        /// 企业编号 / The entry of the enterprise
        enterprise: u64,
        #[command(flatten)]
        when: Asked,
    },
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Ladders) -> anyhow::Result<u8> {
    match &args.what {
        What::List { when } => list(context, when.when()?),
        What::Standing { ladder, rung, when, unknown } => {
            standing(context, ladder, rung.as_deref(), when.when()?, *unknown)
        }
        What::Explain { enterprise, when } => explain(context, EntryId(*enterprise), when.when()?),
    }
}

fn list(context: &Context, when: When) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::ladders(&park, &actor(context), when)?;
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
                document(rung),
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

/// The document a rung is judged by; where there is none yet, from when on there is.
fn document(rung: &RungCard) -> String {
    match (&rung.rule, rung.begins) {
        (Some(rule), _) => rule.document.clone(),
        (None, Some(day)) => format!("当日没有规则，{day} 起才有"),
        (None, None) => "当日没有规则".to_owned(),
    }
}

fn standing(
    context: &Context,
    ladder: &str,
    rung: Option<&str>,
    when: When,
    unknown: bool,
) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::ladder_standing(&park, &actor(context), &ladder.into(), rung, when)?;
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
            let document = document(rung);
            say(format!(
                "{}（{document}）：持有 {}，可申报 {}，未达到 {}，缺数据 {}",
                rung.title, rung.holding, rung.ready, rung.not_met, rung.unknown
            ))?;
        }
    }
    Ok(DONE)
}

fn explain(context: &Context, enterprise: EntryId, when: When) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found =
        use_case::of_enterprise(&park, &actor(context), enterprise, when).map_err(|fault| match fault {
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
        (low, _) => text(low.as_ref()),
    }
}
