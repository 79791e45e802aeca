//! `policy`: the policies, who is due what in a year, what a draft would cost.

use std::path::{Path, PathBuf};

use app::messages::scheme::TO_BE_SUPPLIED;
use app::policies as use_case;
use app::policies::shapes::{CaseLine, Due, PolicyView};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use model::definition::Setting;

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
    /// 自动匹配免申即享政策，写入待确认的办理 / Match the policies that need no application
    Match {
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
    },
    /// 把已公布的评价等级登记到差别化电价台账 / Take the grades of a published evaluation
    Grades {
        /// 评价编号 / The evaluation
        run: u64,
    },
    /// 一家企业的政策：已兑付、在办、可享受 / The policies of one enterprise
    Enterprise {
        /// 企业名称、信用代码或拼音首字母 / Name, code or pinyin
        enterprise: String,
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
        /// 换一个数值试算，如 formula.share=40、limits.cap=300000，可写多次 / Try another number
        #[arg(long = "set", value_name = "PATH=NUMBER")]
        set: Vec<String>,
    },
    /// 一家企业的计算表，.xlsx 或 .docx / The calculation sheet of an enterprise
    Sheet {
        /// 政策标识 / The policy
        policy: String,
        /// 企业名称、信用代码或拼音首字母 / Name, code or pinyin
        enterprise: String,
        /// 年度；不写为上一年 / The year
        #[arg(long)]
        year: Option<i16>,
        /// 写到这个文件，按扩展名定格式 / The file to write
        #[arg(long, short)]
        output: PathBuf,
    },
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Policies) -> anyhow::Result<u8> {
    match &args.what {
        What::List { year } => list(context, *year),
        What::Assess { policy, year } => assess(context, policy, (*year, &use_case::Tried::new()), true),
        What::Draft { policy, year, set } => assess(context, policy, (*year, &tried(set)?), false),
        What::Sheet { policy, enterprise, year, output } => {
            sheet(context, policy, (enterprise, *year), output)
        }
        What::Match { on } => matched(context, *on),
        What::Grades { run } => grades(context, *run),
        What::Enterprise { enterprise, year } => of_enterprise(context, enterprise, *year),
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
            document(context.format, &of.document),
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

/// A document number, in a person's words where there is none yet.
fn document(format: Format, document: &str) -> String {
    let open = document == Setting::TO_BE_SUPPLIED && format != Format::Json;
    if open { TO_BE_SUPPLIED.to_owned() } else { document.to_owned() }
}

fn matched(context: &Context, on: Option<Date>) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let on = on.unwrap_or_else(|| park.today());
    let found = use_case::matching::run(&mut park, &actor(context), on)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    cases(&found.waiting, context.format).print(context.format)?;
    if context.format == Format::Text {
        say(format!("新匹配 {} 件，金额有变 {} 件，不再符合 {} 件", found.new, found.changed, found.gone))?;
    }
    Ok(DONE)
}

fn cases(lines: &[CaseLine], format: Format) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("enterprise", "企业", false),
        ("policy", "政策", false),
        ("year", "年度", false),
        ("state", "状态", false),
        ("amount", "金额（元）", true),
        ("handler", "经办", false),
        ("confirm_by", "确认期限", false),
    ]);
    for line in lines {
        sheet.row([
            line.enterprise.title.clone(),
            line.policy_title.clone(),
            line.year.to_string(),
            line.state.clone(),
            number(format, line.amount, 2),
            line.handler.clone().unwrap_or_default(),
            line.confirm_by.map_or_else(String::new, |day| day.to_string()),
        ]);
    }
    sheet
}

fn grades(context: &Context, run: u64) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let taken = use_case::grades::take(&mut park, &actor(context), run, None)?;
    if context.format == Format::Json {
        print_json(&taken)?;
        return Ok(DONE);
    }
    say(format!(
        "{} 年评价等级 {} 家：新登记 {} 家，改动 {} 家，{} 家的等级没有加价标准，{} 家的等级不在台账选项内、没有登记",
        taken.year, taken.graded, taken.new, taken.changed, taken.without_rate, taken.unlisted
    ))?;
    Ok(DONE)
}

fn of_enterprise(context: &Context, name: &str, year: Option<i16>) -> anyhow::Result<u8> {
    let park = context.park()?;
    let actor = actor(context);
    let enterprise = app::enterprises::named(&park, &actor, name)?;
    let found = use_case::enterprise::of_enterprise(&park, &actor, enterprise, year)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("kind", "情况", false),
        ("title", "政策", false),
        ("amount", "金额（元）", true),
        ("on", "日期", false),
        ("note", "说明", false),
    ]);
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    for line in &found.received {
        let kind = if line.returned { "已退回" } else { "已兑付" };
        let document = line.document.clone().unwrap_or_default();
        let amount = number(context.format, line.amount, 2);
        sheet.row([kind.to_owned(), line.title.clone(), amount, day(line.on), document]);
    }
    for line in &found.open {
        let amount = number(context.format, line.amount, 2);
        let handler = line.handler.clone().unwrap_or_default();
        sheet.row([line.state.clone(), line.policy_title.clone(), amount, day(line.confirm_by), handler]);
    }
    for one in &found.due {
        let amount = number(context.format, one.candidate.amount, 2);
        let why = one.candidate.reasons.join("；");
        sheet.row([stands(one.candidate.state).to_owned(), one.title.clone(), amount, String::new(), why]);
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

/// `PATH=NUMBER`, several times.
fn tried(set: &[String]) -> anyhow::Result<use_case::Tried> {
    let pair = |text: &String| match text.split_once('=') {
        Some((path, value)) => Ok((path.trim().to_owned(), value.trim().to_owned())),
        None => Err(anyhow::anyhow!("“{text}”要写成 路径=数值，如 formula.share=40")),
    };
    set.iter().map(pair).collect()
}

fn sheet(
    context: &Context,
    policy: &str,
    (enterprise, year): (&str, Option<i16>),
    output: &Path,
) -> anyhow::Result<u8> {
    let park = context.park()?;
    let actor = actor(context);
    let whom = app::enterprises::named(&park, &actor, enterprise)?;
    let word = output.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("docx"));
    let bytes = if word {
        use_case::payment_document(&park, &actor, policy, (whom, year))?.bytes
    } else {
        use_case::sheet::sheet(&park, &actor, policy, year, whom)?.bytes
    };
    super::report::write(output, &bytes)?;
    Ok(DONE)
}

fn assess(
    context: &Context,
    policy: &str,
    asked: (Option<i16>, &use_case::Tried),
    each: bool,
) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::policy(&park, &actor(context), policy, asked)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    if each || context.format != Format::Text {
        enterprises(&found, context.format).print(context.format)?;
    }
    if context.format == Format::Text {
        let document = document(context.format, &found.card.document);
        say(format!("{}（{document}），按 {} 年数据", found.card.title, found.year))?;
        for number in found.numbers.iter().filter(|_| !each) {
            let plain = |value: Option<rust_decimal::Decimal>| {
                value.map_or_else(|| TO_BE_SUPPLIED.to_owned(), |value| value.normalize().to_string())
            };
            let other = number.tried.map(|other| format!(" → {}", other.normalize())).unwrap_or_default();
            say(format!("  {}：{}{other}（{}）", number.title, plain(number.value), number.path))?;
        }
        let yuan = |sum| number(context.format, Some(sum), 2);
        let total = yuan(found.total);
        say(format!("可享受 {} 家，合计 {total} 元；{} 家缺数据，未计入", found.due, found.unknown))?;
        if let Some(own) = &found.by_document {
            say(format!(
                "按文件原来的数值：{} 家，合计 {} 元；{} 家缺数据",
                own.due, own.total, own.unknown
            ))?;
        }
        let left = found.card.budget.map(|budget| budget - found.card.bound);
        if let Some(left) = left {
            say(format!("预算余额 {} 元", yuan(left)))?;
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
