//! `enterprise`: the file of one enterprise and the plan made with it, by any name or code it had.

use std::path::PathBuf;

use app::enterprises as use_case;
use app::enterprises::case_shapes::PlanCase;
use app::enterprises::shapes::{EnterpriseFile, EnterprisePlan};
use app::ladders::{standing_word as stands, verdict_word as verdict};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use model::id::ReportId;

use super::out::{Sheet, json as print_json, number, say, text};
use super::parcels::actor;
use super::{Context, DONE, Format};

/// Rows of a part that are printed.
const ROWS: usize = 5;
/// Moments that are printed.
const MOMENTS: usize = 15;

/// `enterprise`
#[derive(Args)]
pub(super) struct Enterprises {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 查找：名称、曾用名、代码、拼音首字母 / Find by any name, code or pinyin
    Find {
        /// 要找的 / What is looked for
        text: String,
    },
    /// 一企一档 / The file of an enterprise
    Show {
        /// 名称、曾用名或统一社会信用代码 / Any name or code
        enterprise: String,
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
    },
    /// 一企一策 / The plan made with an enterprise
    Plan {
        /// 名称、曾用名或统一社会信用代码 / Any name or code
        enterprise: String,
        /// 哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
        /// 存成 Word 文件 / Save as a Word file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// 登记证明：台账里有什么，抄录成 Word 文件 / What the books hold, certified
    Certificate {
        /// 名称、曾用名或统一社会信用代码 / Any name or code
        enterprise: String,
        /// 哪一种；不写就列出有哪些 / Which one; without it they are listed
        certificate: Option<String>,
        /// 截至哪一天；不写为今天 / The day
        #[arg(long)]
        on: Option<Date>,
        /// 存成 Word 文件 / Save as a Word file
        #[arg(short, long, value_name = "FILE", requires = "certificate")]
        output: Option<PathBuf>,
    },
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Enterprises) -> anyhow::Result<u8> {
    let park = context.park()?;
    let actor = actor(context);
    match &args.what {
        What::Find { text: wanted } => {
            let found = use_case::search(&park, &actor, wanted, usize::MAX)?;
            if context.format == Format::Json {
                print_json(&found)?;
                return Ok(DONE);
            }
            let mut sheet = Sheet::new(&[
                ("entry", "编号", true),
                ("title", "企业", false),
                ("code", "统一社会信用代码", false),
                ("found_by", "按什么找到", false),
            ]);
            for hit in &found.items {
                let by =
                    hit.found_by.as_ref().map_or_else(String::new, |by| format!("{} {}", by.title, by.text));
                sheet.row([hit.entry.to_string(), hit.title.clone(), hit.code.clone(), by]);
            }
            sheet.print(context.format)?;
        }
        What::Show { enterprise, on } => {
            let entry = use_case::named(&park, &actor, enterprise)?;
            let found = use_case::file(&park, &actor, entry, *on)?;
            if context.format == Format::Json {
                print_json(&found)?;
            } else {
                print_file(context, &found)?;
            }
        }
        What::Plan { enterprise, on, output } => {
            let entry = use_case::named(&park, &actor, enterprise)?;
            if let Some(output) = output {
                let made = use_case::plan_document(&park, &actor, entry, *on)?;
                super::report::write(output, &made.bytes)?;
                return Ok(DONE);
            }
            let found = use_case::plan(&park, &actor, entry, *on)?;
            if context.format == Format::Json {
                print_json(&found)?;
            } else {
                print_plan(context, &found)?;
            }
        }
        What::Certificate { enterprise, certificate, on, output } => {
            let entry = use_case::named(&park, &actor, enterprise)?;
            let Some(certificate) = certificate else {
                return print_certificates(context, &use_case::file(&park, &actor, entry, *on)?);
            };
            let made =
                use_case::certificate(&park, &actor, (entry, &ReportId::from(certificate.as_str())), *on)?;
            let output = output.clone().unwrap_or_else(|| PathBuf::from(&made.name));
            super::report::write(&output, &made.bytes)?;
        }
    }
    Ok(DONE)
}

fn print_certificates(context: &Context, found: &EnterpriseFile) -> anyhow::Result<u8> {
    let mut sheet = Sheet::new(&[
        ("id", "编号", false),
        ("title", "登记证明", false),
        ("book", "台账", false),
        ("rows", "条数", true),
        ("newest", "最近", false),
    ]);
    for one in &found.certificates {
        let newest = one.newest.map_or_else(String::new, |day| day.to_string());
        sheet.row([one.id.to_string(), one.title.clone(), one.book.clone(), one.rows.to_string(), newest]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

fn print_file(context: &Context, found: &EnterpriseFile) -> anyhow::Result<()> {
    say(format!("{}　{}", found.enterprise.title, found.on))?;
    for fact in found.facts.iter().filter(|fact| fact.cell.is_some()) {
        let text = fact.cell.as_ref().map_or("", |cell| cell.text.as_str());
        say(format!("  {}：{text}{}", fact.title, fact.unit.as_deref().unwrap_or_default()))?;
    }
    for name in &found.former_names {
        let until =
            name.until_revision.map_or_else(String::new, |revision| format!("（到第 {revision} 版）"));
        say(format!("  曾用名：{}{until}", name.name))?;
    }
    for part in found.sections.iter().filter(|part| part.total > 0) {
        let more = if part.total > ROWS { format!("，列出最近 {ROWS} 条") } else { String::new() };
        say(format!("{}　{} 条{more}", part.title, part.total))?;
        let headings: Vec<String> = part
            .columns
            .iter()
            .map(|column| match &column.unit {
                Some(unit) => format!("{}（{unit}）", column.title),
                None => column.title.clone(),
            })
            .collect();
        let heads: Vec<(&str, &str, bool)> = part
            .columns
            .iter()
            .zip(&headings)
            .map(|(column, heading)| {
                let right = matches!(column.kind.as_str(), "amount" | "integer" | "decimal");
                (column.field.as_str(), heading.as_str(), right)
            })
            .collect();
        let mut sheet = Sheet::new(&heads);
        for row in part.rows.iter().take(ROWS) {
            sheet.row(row.cells.iter().map(|cell| cell.as_ref().map_or("", |cell| cell.text.as_str())));
        }
        sheet.print(context.format)?;
    }
    if !found.timeline.is_empty() {
        say("近来的事")?;
    }
    for moment in found.timeline.iter().take(MOMENTS) {
        say(format!("  {}　{}", moment.on, moment.text))?;
    }
    Ok(())
}

fn print_plan(context: &Context, found: &EnterprisePlan) -> anyhow::Result<()> {
    say(format!("{}　{}", found.enterprise.title, found.on))?;
    let mut sheet = Sheet::new(&[
        ("path", "梯队", false),
        ("holds", "已有", false),
        ("next", "下一级", false),
        ("verdict", "条件", false),
        ("gaps", "差距", false),
        ("missing", "缺的数据", false),
        ("window", "申报窗口", false),
    ]);
    for path in &found.paths {
        let holds = path.holds.iter().map(|held| format!("{}（{}）", held.title, stands(held.standing)));
        let next = path.next.as_ref();
        let row = next.map(|next| &next.view.row);
        let window = next.and_then(|next| next.window.as_ref()).map_or_else(String::new, |window| {
            let opens = window.opens.map_or_else(String::new, |day| format!("{day}—"));
            format!("{opens}{}{}", window.closes, if window.expected { "（推算）" } else { "" })
        });
        sheet.row([
            path.title.clone(),
            holds.collect::<Vec<_>>().join("、"),
            next.map_or_else(String::new, |next| next.view.title.clone()),
            row.map_or_else(String::new, |row| verdict(row.verdict).to_owned()),
            row.map_or_else(String::new, |row| row.gaps.join("；")),
            row.map_or_else(String::new, |row| row.missing.join("；")),
            window,
        ]);
    }
    sheet.print(context.format)?;
    for plan in &found.plans {
        print_case(context, plan)?;
    }
    if found.plans.is_empty() {
        say("还没有制定方案")?;
    }
    for one in &found.money {
        let amount = one
            .amount
            .map_or_else(String::new, |amount| format!("　{} 元", number(context.format, amount, 2)));
        say(format!("  政策　{}{amount}（{}）", one.title, one.state.as_deref().unwrap_or("可申请")))?;
    }
    for one in &found.risks {
        say(format!("  风险　{}{}", one.on.map_or_else(String::new, |on| format!("{on}　")), one.text))?;
    }
    print_steps(context, found)?;
    for reminder in &found.reminders {
        let days = if reminder.days < 0 {
            format!("已过 {} 天", -reminder.days)
        } else {
            format!("还有 {} 天", reminder.days)
        };
        say(format!("  {}　{}（{days}）", reminder.on, reminder.text))?;
    }
    Ok(())
}

/// A plan for one rung: how far it is, who signed, what is in the way, what is done.
fn print_case(context: &Context, plan: &PlanCase) -> anyhow::Result<()> {
    let year = plan.goal_year.as_ref().map_or_else(String::new, |year| format!("　{year} 年"));
    say(format!("方案 {}　{}{year}　{}", plan.number, plan.target, plan.state))?;
    let lines = [
        ("理由", plan.reason.clone()),
        ("企业承诺", plan.commitment.clone()),
        ("企业签字", plan.signatory.clone()),
        ("结果", plan.outcome.clone()),
        ("负责人", plan.handler.clone()),
        ("下次检查", plan.review_on.map(|on| on.to_string())),
    ];
    for (title, text) in lines.into_iter().filter_map(|(title, text)| Some((title, text?))) {
        say(format!("  {title}：{text}"))?;
    }
    let mut sheet = Sheet::new(&[
        ("condition", "条件", false),
        ("gap", "差距", false),
        ("missing", "缺的数据", false),
        ("owner", "责任人", false),
        ("due", "期限", false),
    ]);
    for gap in &plan.gaps {
        sheet.row([
            gap.criterion.title.clone(),
            gap.criterion.gap.clone().unwrap_or_default(),
            gap.criterion.missing.join("；"),
            gap.owner.clone().unwrap_or_default(),
            text(gap.due.as_ref()),
        ]);
    }
    if !plan.gaps.is_empty() {
        sheet.print(context.format)?;
    }
    let mut sheet = Sheet::new(&[
        ("number", "编号", false),
        ("action", "行动", false),
        ("owner", "责任人", false),
        ("due", "期限", false),
        ("state", "状态", false),
    ]);
    for action in &plan.actions {
        sheet.row([
            action.number.clone(),
            action.text.clone(),
            action.owner.clone().unwrap_or_default(),
            text(action.due.as_ref()),
            action.state.clone(),
        ]);
    }
    if !plan.actions.is_empty() {
        sheet.print(context.format)?;
    }
    Ok(())
}

fn print_steps(context: &Context, found: &EnterprisePlan) -> anyhow::Result<()> {
    if found.steps.is_empty() {
        say("还没有商定步骤")?;
    } else {
        let mut sheet = Sheet::new(&[
            ("step", "步骤", false),
            ("goal_year", "目标年度", false),
            ("due", "计划完成", false),
            ("done", "完成", false),
            ("asked", "对企业的要求", false),
            ("offered", "管委会的支持", false),
            ("owner", "负责人", false),
        ]);
        for step in &found.steps {
            sheet.row([
                step.step.clone(),
                step.goal_year.clone().unwrap_or_default(),
                text(step.due.as_ref()),
                text(step.done.as_ref()),
                step.asked.clone().unwrap_or_default(),
                step.offered.clone().unwrap_or_default(),
                step.owner.clone().unwrap_or_default(),
            ]);
        }
        sheet.print(context.format)?;
    }
    Ok(())
}
