//! `visits`: who is due to be visited, the demands, the lights, how much was done.

use app::visits as use_case;
use app::visits::shapes::{Demand, DutyState, LightBasis, LightReason, MetricRow};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use model::definition::visits::{DemandStep, LightColour};

use super::out::{Sheet, json as print_json, say, text};
use super::parcels::actor;
use super::{Context, DONE, Format};

/// `visits`
#[derive(Args)]
pub(super) struct Visits {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 应走访的企业：逾期的在前 / Who is due to be visited
    Due {
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
        /// 只看一位联系干部 / One contact officer
        #[arg(long)]
        officer: Option<String>,
        /// 也列出已走访的 / Those visited already, too
        #[arg(long)]
        all: bool,
    },
    /// 企业诉求：办到哪一步、何时到期、该报给谁 / Demands
    Demands {
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
        /// 也列出办结的 / Closed ones, too
        #[arg(long)]
        all: bool,
    },
    /// 红黄灯企业和原因 / Enterprises whose light is not green
    Lights {
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
    },
    /// 走访和诉求的统计，按干部、部门 / How much was done, by officer and department
    Metrics {
        /// 从哪一天；不写为当年1月1日 / The first day
        #[arg(long)]
        from: Option<Date>,
        /// 到哪一天；不写为今天 / The last day
        #[arg(long)]
        to: Option<Date>,
    },
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Visits) -> anyhow::Result<u8> {
    match &args.what {
        What::Due { on, officer, all } => due(context, *on, officer.as_deref(), *all),
        What::Demands { on, all } => demands(context, *on, *all),
        What::Lights { on } => lights(context, *on),
        What::Metrics { from, to } => metrics(context, *from, *to),
    }
}

/// A light as people say it.
fn colour(light: LightColour) -> &'static str {
    match light {
        LightColour::Red => "红",
        LightColour::Yellow => "黄",
        LightColour::Green => "绿",
    }
}

fn due(context: &Context, on: Option<Date>, officer: Option<&str>, all: bool) -> anyhow::Result<u8> {
    let park = context.park()?;
    let mut found = use_case::visits_due(&park, &actor(context), on)?;
    found.items.retain(|item| {
        (all || item.state != DutyState::Done)
            && officer.is_none_or(|officer| item.officer.as_deref() == Some(officer))
    });
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("enterprise", "企业", false),
        ("light", "灯", false),
        ("rule", "规则", false),
        ("officer", "联系干部", false),
        ("department", "联系部门", false),
        ("last", "上次走访", false),
        ("due", "应走访", false),
        ("days", "剩余天数", true),
        ("state", "状态", false),
    ]);
    for item in &found.items {
        let rule = found.rules.iter().find(|rule| rule.rule.id == item.rule);
        let state = match item.state {
            DutyState::Late if item.missed > 0 => format!("逾期，连续{}期未走访", item.missed),
            DutyState::Late => "逾期".to_owned(),
            DutyState::Due => "待走访".to_owned(),
            DutyState::Done => "已走访".to_owned(),
        };
        sheet.row([
            item.enterprise.title.clone(),
            colour(item.light).to_owned(),
            rule.map_or_else(String::new, |rule| rule.rule.title.clone()),
            item.officer.clone().unwrap_or_default(),
            item.department.clone().unwrap_or_default(),
            text(item.last.as_ref()),
            item.due.to_string(),
            item.days.to_string(),
            state,
        ]);
    }
    sheet.print(context.format)?;
    if context.format == Format::Text {
        for rule in &found.rules {
            say(format!(
                "{}：应走访 {}，已走访 {}，逾期 {}",
                rule.rule.title, rule.planned, rule.done, rule.late
            ))?;
        }
    }
    Ok(DONE)
}

/// The next step as people say it.
fn step(demand: &Demand) -> &'static str {
    match demand.step {
        Some(DemandStep::Dispatch) => "交办",
        Some(DemandStep::Answer) => "答复",
        Some(DemandStep::Rate) => "评价",
        None => "",
    }
}

fn demands(context: &Context, on: Option<Date>, all: bool) -> anyhow::Result<u8> {
    let park = context.park()?;
    let mut found = use_case::demand_board(&park, &actor(context), on, None)?;
    found.items.retain(|item| all || !item.acts.is_empty());
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("number", "编号", false),
        ("enterprise", "企业", false),
        ("category", "类别", false),
        ("state", "状态", false),
        ("department", "承办部门", false),
        ("step", "下一步", false),
        ("due", "期限", false),
        ("days", "剩余工作日", true),
        ("light", "灯", false),
        ("goes_up_to", "应上报", false),
        ("rating", "满意度", true),
    ]);
    for item in &found.items {
        sheet.row([
            item.head.number.clone(),
            item.enterprise.as_ref().map_or_else(String::new, |of| of.title.clone()),
            item.head.category.clone().unwrap_or_default(),
            item.head.state_words.clone(),
            item.head.department.clone().unwrap_or_default(),
            step(item).to_owned(),
            text(item.due.as_ref()),
            text(item.days.as_ref()),
            colour(item.light).to_owned(),
            item.goes_up_to.clone().unwrap_or_default(),
            text(item.head.rating.as_ref()),
        ]);
    }
    sheet.print(context.format)?;
    if context.format == Format::Text && found.items.iter().any(|item| item.uncertain) {
        say("注：有的日期所在年份没有节假日通知（content/calendar.toml），按周一至周五计工作日。")?;
    }
    Ok(DONE)
}

/// A reason as people say it, with the entries it comes from.
fn reason(reason: &LightReason) -> String {
    let mut said = reason.rule.title.clone();
    let more = [
        reason.percent.map(|percent| format!("下降{percent}%")),
        reason.missed.map(|missed| format!("{missed}期")),
        reason.day.map(|day| day.to_string()),
    ];
    let entries = reason.entries.iter().map(|entry| entry.title.clone());
    let more: Vec<String> = more.into_iter().flatten().chain(entries).collect();
    if !more.is_empty() {
        said.push_str(&format!("（{}）", more.join("，")));
    }
    said
}

fn lights(context: &Context, on: Option<Date>) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::lights(&park, &actor(context), on)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("enterprise", "企业", false),
        ("light", "灯", false),
        ("why", "原因", false),
        ("officer", "联系干部", false),
    ]);
    for item in &found.items {
        let why: Vec<String> = item.why.iter().map(reason).collect();
        sheet.row([
            item.enterprise.title.clone(),
            colour(item.light).to_owned(),
            why.join("；"),
            item.officer.clone().unwrap_or_default(),
        ]);
    }
    sheet.print(context.format)?;
    if context.format == Format::Text {
        say(format!("红灯 {}，黄灯 {}，绿灯 {}", found.red, found.yellow, found.green))?;
        for rule in found.rules.iter().filter(|rule| rule.basis != LightBasis::Judged) {
            let why = match rule.basis {
                LightBasis::Empty => format!("台账“{}”没有数据", rule.data),
                LightBasis::Unreadable => format!("台账“{}”无权查看", rule.data),
                _ => format!("缺{}", rule.data),
            };
            say(format!("没有判断：{}（{why}，由{}提供）", rule.rule.title, rule.holder))?;
        }
    }
    Ok(DONE)
}

fn metrics(context: &Context, from: Option<Date>, to: Option<Date>) -> anyhow::Result<u8> {
    let park = context.park()?;
    let found = use_case::visit_metrics(&park, &actor(context), from, to)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("group", "分组", false),
        ("name", "名称", false),
        ("planned", "应走访", true),
        ("done", "已走访", true),
        ("late", "逾期", true),
        ("done_percent", "完成率%", true),
        ("never", "从未走访", true),
        ("visits_made", "走访次数", true),
        ("demands_received", "诉求", true),
        ("answered", "已答复", true),
        ("on_time_percent", "按时率%", true),
        ("mean_days", "平均工作日", true),
        ("overdue", "超期未办", true),
        ("satisfaction", "满意度", true),
        ("reopened_percent", "重办率%", true),
        ("transferred", "转办", true),
        ("suspended", "挂起", true),
    ]);
    let mut put = |group: &str, row: &MetricRow| {
        let named = if row.name.is_empty() && group != "合计" { "（未指定）" } else { &row.name };
        sheet.row([
            group.to_owned(),
            named.to_owned(),
            row.planned.to_string(),
            row.done.to_string(),
            row.late.to_string(),
            text(row.done_percent.as_ref()),
            row.never.to_string(),
            row.visits.to_string(),
            row.demands.to_string(),
            row.answered.to_string(),
            text(row.on_time_percent.as_ref()),
            text(row.mean_days.as_ref()),
            row.overdue.to_string(),
            text(row.satisfaction.as_ref()),
            text(row.reopened_percent.as_ref()),
            row.transferred.to_string(),
            row.suspended.to_string(),
        ]);
    };
    put("合计", &found.total);
    for (group, rows) in
        [("联系干部", &found.officers), ("部门", &found.departments), ("诉求类别", &found.categories)]
    {
        rows.iter().for_each(|row| put(group, row));
    }
    sheet.print(context.format)?;
    if context.format == Format::Text {
        let unvisited = found.newcomers.iter().filter(|one| one.visited.is_none()).count();
        let unplanned = found.newcomers.iter().filter(|one| one.planned == Some(false)).count();
        say(format!(
            "{} 至 {}：在园企业 {} 家，从未走访 {} 家；近12个月新落户 {} 家，未走访 {} 家，未做计划 {} 家",
            found.from,
            found.to,
            found.enterprises,
            found.never_visited,
            found.newcomers.len(),
            unvisited,
            unplanned
        ))?;
    }
    Ok(DONE)
}
