//! `policy`: the policies, who is due what in a year, what a draft would cost.

use app::policies as use_case;
use app::policies::shapes::{Due, PolicyView};
use clap::{Args, Subcommand};

use super::out::{Sheet, json as print_json, number, say};
use super::parcels::actor;
use super::{Context, DONE, Format};

/// `policy`
#[derive(Args)]
pub(super) struct Policies {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 全部政策和一年的资金 / All policies and the money of a year
    List {
        /// 年度；不写为上一年 / The year
        #[arg(long)]
        year: Option<i16>,
    },
    /// 一年里谁可享受、多少钱、为什么 / Who is due what in a year, and why
    Assess {
        /// 政策标识 / The policy
        policy: String,
        /// 年度；不写为上一年 / The year
        #[arg(long)]
        year: Option<i16>,
    },
    /// 按一年的数据测算政策要花多少钱 / What a policy would cost over the data of a year
    Draft {
        /// 政策标识 / The policy
        policy: String,
        /// 年度；不写为上一年 / The year
        #[arg(long)]
        year: Option<i16>,
    },
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Policies) -> anyhow::Result<u8> {
    match &args.what {
        What::List { year } => list(context, *year),
        What::Assess { policy, year } => assess(context, policy, *year, true),
        What::Draft { policy, year } => assess(context, policy, *year, false),
    }
}

fn list(context: &Context, year: Option<i16>) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::policies(&park, &actor(context), year)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("policy", "标识", false),
        ("title", "政策", false),
        ("document", "文号", false),
        ("in_force", "执行", false),
        ("budget", "预算（元）", true),
        ("bound", "已占用（元）", true),
        ("paid", "已兑付（元）", true),
        ("cases", "办理", true),
    ]);
    for of in &found.items {
        let state = if !of.fed {
            "只有算法"
        } else if of.in_force {
            "是"
        } else {
            "否"
        };
        sheet.row([
            of.id.clone(),
            of.title.clone(),
            of.document.clone(),
            state.to_owned(),
            number(context.format, of.budget, 2),
            of.bound.to_string(),
            of.paid.to_string(),
            of.cases.to_string(),
        ]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// How an enterprise stands, as people say it.
fn stands(state: Due) -> &'static str {
    match state {
        Due::Due => "可享受",
        Due::Unknown => "缺数据",
        Due::Nothing => "没有金额",
        Due::LeftOut => "不符合",
    }
}

fn assess(context: &Context, policy: &str, year: Option<i16>, each: bool) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::policy(&park, &actor(context), policy, year)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    if each || context.format != Format::Text {
        enterprises(&found, context.format).print(context.format)?;
    }
    if context.format == Format::Text {
        say(format!("{}（{}），按 {} 年数据", found.card.title, found.card.document, found.year))?;
        say(format!("可享受 {} 家，合计 {} 元；{} 家缺数据，未计入", found.due, found.total, found.unknown))?;
        let left = found.card.budget.map(|budget| budget - found.card.bound);
        if let Some(left) = left {
            say(format!("预算余额 {left} 元"))?;
        }
    }
    Ok(DONE)
}

fn enterprises(found: &PolicyView, format: Format) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("enterprise", "企业", false),
        ("state", "情况", false),
        ("amount", "金额（元）", true),
        ("steps", "计算", false),
        ("reasons", "原因", false),
    ]);
    for item in &found.items {
        let words = item.steps.iter().map(|step| step.words.as_str()).filter(|words| !words.is_empty());
        let why = item.reasons.iter().chain(&item.conflicts).chain(&item.held).map(String::as_str);
        sheet.row([
            item.enterprise.title.clone(),
            stands(item.state).to_owned(),
            number(format, item.amount, 2),
            words.collect::<Vec<_>>().join("；"),
            why.collect::<Vec<_>>().join("；"),
        ]);
    }
    sheet
}
