//! `report refresh`, `report roll`, `report rehearse`: documents that people have gone on writing in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use app::access::Actor;
use app::messages::publishing::nothing_of_ours;
use app::report::audit::refusal;
use app::report::refresh::{ChartState, RefreshFault, RefreshRequest, Refreshed};
use app::report::rehearse::{Outcome, Rehearsal};
use app::reporting::ReportingFault;
use clap::Args;
use model::period::Month;

use super::ledger::month;
use super::out::{Sheet, json as print_json, say};
use super::report::{setting, unknown, write};
use super::{Context, DONE, Format, REFUSED, Stop};

/// Arguments of a refresh.
#[derive(Args)]
pub(super) struct Refresh {
    /// 改过文字的报告（.docx）/ The edited document
    input: PathBuf,
    /// 更新到这个报告期；不写则沿用文件自己的 / Period; the document's own when absent
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// 写到这个文件 / Output file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// 人工改数的理由，标记=文字，可写多次 / Why a figure was typed over, TAG=TEXT
    #[arg(long, value_name = "TAG=TEXT")]
    reason: Vec<String>,
    /// 理由文件，每行一条 标记=文字 / A file of reasons, one TAG=TEXT per line
    #[arg(long, value_name = "FILE")]
    reasons: Option<PathBuf>,
    /// 给报告的参数另赋值，可写多次 / Set a parameter of the report otherwise
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// 把人工改过的数恢复为台账数 / Give a figure back the ledger's value
    #[arg(long, value_name = "TAG")]
    restore: Vec<String>,
}

/// Arguments of a roll.
#[derive(Args)]
pub(super) struct Roll {
    /// 去年改定的报告（.docx）/ Last year's edited document
    input: PathBuf,
    /// 结转到这个报告期 / Period to roll to
    #[arg(long, value_name = "PERIOD")]
    to: String,
    /// 写到这个文件 / Output file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Arguments of a rehearsal.
#[derive(Args)]
pub(super) struct Rehearse {
    /// 印发的文档（.docx 或纯文本）/ The printed document, a Word file or plain text
    input: PathBuf,
    /// 按这个报告期用台账重做 / Period to build again
    #[arg(long, value_name = "PERIOD")]
    period: String,
    /// 与哪份报告比；不写则取最像的 / Which report; the likest when absent
    #[arg(long, value_name = "REPORT")]
    report: Option<String>,
    /// 给报告的参数赋值，可写多次 / Set a parameter of the report
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
}

/// Refreshes a document.
pub(super) fn refresh(context: &Context, command: &Refresh) -> anyhow::Result<u8> {
    let mut reasons = BTreeMap::new();
    let file = match &command.reasons {
        Some(path) => String::from_utf8(read(path)?)
            .map_err(|_| Stop::error(2, format!("{} 不是文本文件", path.display()), "另存为 UTF-8 文本"))?,
        None => String::new(),
    };
    let lines = file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines.chain(command.reason.iter().map(String::as_str)) {
        let (tag, text) = line.split_once('=').ok_or_else(|| {
            Stop::error(2, format!("“{line}”不是 标记=文字"), "例如 --reason pl:5=按审计口径调整")
        })?;
        reasons.insert(tag.trim().to_owned(), text.trim().to_owned());
    }
    let request = RefreshRequest {
        period: command.period.as_deref().map(month).transpose()?,
        reasons,
        restore: command.restore.iter().cloned().collect::<BTreeSet<_>>(),
        roll: false,
        settings: command.settings.iter().cloned().collect(),
    };
    run(context, &command.input, &command.output, &request)
}

/// Rolls a document forward to another year.
pub(super) fn roll(context: &Context, command: &Roll) -> anyhow::Result<u8> {
    let request =
        RefreshRequest { period: Some(month(&command.to)?), roll: true, ..RefreshRequest::default() };
    run(context, &command.input, &command.output, &request)
}

pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let refused = |fault| Stop::error(2, format!("读不了 {}：{fault}", path.display()), "核对文件名和权限");
    std::fs::read(path).map_err(refused)
}

/// What to say when a document that was handed in cannot be worked on.
pub(super) fn refused(fault: ReportingFault) -> anyhow::Error {
    let ReportingFault::Report(report) = &fault else { return fault.into() };
    match refusal(report) {
        Some((message, hint)) => Stop::error(REFUSED, message, hint),
        None => fault.into(),
    }
}

fn run(context: &Context, input: &Path, output: &Path, request: &RefreshRequest) -> anyhow::Result<u8> {
    let bytes = read(input)?;
    let park = context.park()?;
    let done = match park.refresh(&bytes, request, &Actor::local(&context.user)) {
        Err(RefreshFault::NothingOfOurs) => {
            let (message, hint) = nothing_of_ours();
            return Err(Stop::error(REFUSED, message, hint));
        }
        Err(RefreshFault::Reporting(fault)) => return Err(refused(fault)),
        Ok(done) => done,
    };
    write(output, &done.document)?;
    if context.format == Format::Text {
        print(context, &done, output)?;
    } else {
        print_json(&done)?;
    }
    Ok(if done.unanswered() > 0 { REFUSED } else { DONE })
}

fn print(context: &Context, done: &Refreshed, output: &Path) -> anyhow::Result<()> {
    if !done.moved.is_empty() {
        let mut sheet = Sheet::new(&[
            ("place", "位置", false),
            ("section", "章节", false),
            ("title", "指标", false),
            ("old", "原", true),
            ("new", "现", true),
            ("why", "原因", false),
        ]);
        for one in &done.moved {
            sheet.row([&one.place.words, &one.place.section, &one.title, &one.old, &one.new, &one.why.words]);
        }
        sheet.print(context.format)?;
    }
    for one in &done.words {
        say(format!("  论断　{}　“{}” → “{}”　{}", one.place.words, one.old, one.new, one.note))?;
    }
    for one in &done.overtyped {
        let printed = one.printed.as_deref().unwrap_or("不详");
        say(format!(
            "  人工改数　{}　{}：文中“{}”，上次台账“{printed}”，现在台账“{}”",
            one.place.words, one.title, one.theirs, one.machine
        ))?;
        if let Some(reason) = &one.reason {
            say(format!("           理由：{reason}"))?;
        } else {
            let (asks, tag) = (&one.asks, &one.tag);
            say(format!("           {asks}：--reason '{tag}=…' 或 --restore '{tag}'"))?;
        }
    }
    for one in &done.left {
        say(format!("  未动　{}　{}“{}”：{}", one.place.words, one.title, one.text, one.note))?;
    }
    for one in &done.charts {
        let what = match one.state {
            ChartState::Same => continue,
            ChartState::Updated => format!("已更新，{} 个点变动", one.moved),
            ChartState::Edited => "图里的数被人改过，未动".to_owned(),
        };
        say(format!("  图　{}（{what}）", one.title))?;
    }
    for one in &done.times {
        let what = if one.changed { "已改并标黄" } else { "请自行核对" };
        say(format!(
            "  时间　{}　“{}” → “{}”（{what}）　{}",
            one.place.words, one.old, one.new, one.place.around
        ))?;
    }
    done.set_aside.iter().try_for_each(say)?;
    let periods = if done.period_before == done.period {
        done.period.to_string()
    } else {
        format!("{} → {}", done.period_before, done.period)
    };
    let before =
        done.revision_before.map_or_else(|| "版本不详".to_owned(), |revision| format!("第 {revision} 版"));
    say(format!(
        "{}　{periods}，{before} → 第 {} 版：{} 处数，变动 {}，未变 {}，人工改数 {}（缺理由 {}）",
        done.title,
        done.revision,
        done.figures,
        done.moved.len(),
        done.same,
        done.overtyped.len(),
        done.unanswered()
    ))?;
    say(format!("已写到 {}", output.display()))?;
    Ok(())
}

/// Builds an earlier report again and scores it against what was printed.
pub(super) fn rehearse(context: &Context, command: &Rehearse) -> anyhow::Result<u8> {
    let bytes = read(&command.input)?;
    let park = context.park()?;
    let period: Month = month(&command.period)?;
    let report = command.report.as_deref().map(model::id::ReportId::from);
    if let Some(id) = report.as_ref().filter(|id| !park.library().content.reports.contains_key(*id)) {
        return Err(unknown(id.as_str()));
    }
    let document = park.read_document(&bytes).map_err(refused)?;
    let settings = command.settings.iter().cloned().collect();
    let actor = Actor::local(&context.user);
    let scored = park.rehearse(&document, report.as_ref(), (period, &settings), &actor)?;
    if context.format != Format::Text {
        print_json(&scored)?;
        return Ok(DONE);
    }
    table(context, &scored)?;
    Ok(DONE)
}

fn table(context: &Context, scored: &Rehearsal) -> anyhow::Result<()> {
    let mut sheet = Sheet::new(&[
        ("outcome", "结论", false),
        ("title", "指标", false),
        ("place", "位置", false),
        ("theirs", "印发", true),
        ("ours", "台账", true),
        ("difference", "差", true),
        ("relative", "差（%）", true),
        ("note", "说明", false),
    ]);
    for one in scored.figures.iter().filter(|one| one.outcome != Outcome::Agrees) {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        sheet.row([
            outcome(one.outcome),
            &one.title,
            &one.place,
            &one.theirs,
            &one.ours,
            &said(&one.difference),
            &said(&one.relative),
            &one.note,
        ]);
    }
    if sheet.len() > 0 {
        sheet.print(context.format)?;
    }
    say(format!(
        "{}　{} 期，第 {} 版：得分 {}%（相符 {}，不符 {}，台账没有 {}，印发稿没有 {}）",
        scored.title,
        scored.period,
        scored.revision,
        scored.score,
        scored.agrees,
        scored.differs,
        scored.missing_ours,
        scored.missing_theirs
    ))?;
    Ok(())
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Agrees => "相符",
        Outcome::Differs => "不符",
        Outcome::MissingOurs => "台账没有",
        Outcome::MissingTheirs => "印发稿没有",
    }
}
