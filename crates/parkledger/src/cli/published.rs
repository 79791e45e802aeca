//! `report publish`, `report revisions`, `report as-of`: what was published, and what of it would read otherwise now.

use std::path::Path;

use app::access::Actor;
use app::asof::AsOf;
use app::messages::publishing as words;
use app::publishing::{
    ChangeOfSlot, ChangedEntry, PublicationChanges, PublicationState, Publishing, PublishingFault,
};
use app::report::{About, Settings};
use model::id::ReportId;
use serde_json::json;

use super::ledger::month;
use super::out::{Sheet, json as print_json, say, when};
use super::report::{refused, unknown, write};
use super::{Context, DONE, Format, REFUSED};

/// Digits of a digest that are shown in a table.
const SHORT: usize = 16;
/// Columns of a revision table in text.
const COLUMNS: usize = 11;

/// Publishes a report as it reads now.
pub(super) fn publish(
    context: &Context,
    (id, period): (&str, &str),
    settings: &Settings,
    note: &str,
) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let report: ReportId = id.into();
    if !park.library().content.reports.contains_key(&report) {
        return Err(unknown(id));
    }
    let actor = Actor::local(&context.user);
    let made = Publishing::new().publish(&mut park, &actor, (&report, month(period)?, settings).into(), note);
    let made = match made {
        Err(PublishingFault::Report(fault)) if !fault.findings().is_empty() => {
            return refused(context, &fault);
        }
        other => other?,
    };
    if context.format == Format::Text {
        say(format!("第 {} 次发布　{id} {}，按第 {} 版", made.id, made.period, made.revision))?;
        say(format!("  文档摘要　{}", made.digest))?;
        say(format!("  封存摘要　{}", made.seal))?;
    } else {
        print_json(&made)?;
    }
    Ok(DONE)
}

/// Lists publications, each with how it stands now.
pub(super) fn list(context: &Context) -> anyhow::Result<u8> {
    let park = context.park()?;
    let (publishing, actor) = (Publishing::new(), Actor::local(&context.user));
    let all = publishing.all_publications(&park, &actor)?;
    let mut states = Vec::new();
    for item in &all.items {
        // A report that can no longer be made still has its publications.
        states.push(publishing.state(&park, &actor, item.id).ok());
    }
    if context.format == Format::Json {
        let items: Vec<_> = all
            .items
            .iter()
            .zip(&states)
            .map(|(item, state)| json!({ "publication": item, "state": state }))
            .collect();
        print_json(&items)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("id", "号", true),
        ("report", "报告", false),
        ("about", "关于", false),
        ("period", "报告期", false),
        ("revision", "版本", true),
        ("at", "发布时间", false),
        ("who", "发布人", false),
        ("state", "现状", false),
        ("seal", "封存摘要", false),
        ("note", "说明", false),
    ]);
    for (item, state) in all.items.iter().zip(&states) {
        sheet.row([
            item.id.to_string(),
            item.report.clone(),
            about(&item.about),
            item.period.clone(),
            item.revision.to_string(),
            when(item.at),
            item.who.clone(),
            stands(state.as_ref()),
            item.seal.chars().take(SHORT).collect(),
            item.note.clone().unwrap_or_default(),
        ]);
    }
    if sheet.len() == 0 && context.format == Format::Text {
        say("还没有发布过报告")?;
        return Ok(DONE);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// What a publication is about, in one cell.
fn about(about: &[About]) -> String {
    about.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("，")
}

fn stands(state: Option<&PublicationState>) -> String {
    match state {
        None => "报告已不能生成".to_owned(),
        Some(state) if state.changed == 0 => "未变".to_owned(),
        Some(state) => format!("{} 处将改变", state.changed),
    }
}

/// The revision table of one publication.
pub(super) fn revisions(
    context: &Context,
    id: u64,
    output: Option<&Path>,
    prove: bool,
) -> anyhow::Result<u8> {
    let park = context.park()?;
    let (publishing, actor) = (Publishing::new(), Actor::local(&context.user));
    if prove {
        let same = publishing.reproduces(&park, &actor, id)?;
        say(match same {
            Some(true) => "按封存的版本和内容重做，与发布的文档逐字节相同",
            Some(false) => "按封存的版本和内容重做，与发布的文档不同（程序版本可能不同）",
            None => "这次发布没有封存内容定义，不能重做",
        })?;
        return Ok(if same == Some(false) { REFUSED } else { DONE });
    }
    let changes = publishing.changes(&park, &actor, id)?;
    if let Some(output) = output {
        write(output, &publishing.changes_workbook(&park, &actor, id)?.bytes)?;
        say(format!("修订表　{}", output.display()))?;
    }
    match context.format {
        Format::Json => print_json(&changes)?,
        Format::Text | Format::File(_) => text(&changes)?,
        Format::Csv => table(&changes).print(context.format)?,
    }
    Ok(DONE)
}

fn text(changes: &PublicationChanges) -> anyhow::Result<()> {
    let about = &changes.publication;
    say(format!(
        "第 {} 次发布　{} {}，{} {}",
        about.id,
        about.report,
        about.period,
        about.who,
        when(about.at)
    ))?;
    say(words::table_remark(
        changes.revision_then,
        changes.revision_now,
        changes.values,
        changes.items.len(),
        &about.seal,
    ))?;
    if changes.content_changed {
        say("发布之后口径定义或模板改过")?;
    }
    if changes.unseen > 0 {
        say(format!("另有 {} 处数值变动小于刊印的位数", changes.unseen))?;
    }
    if changes.items.is_empty() {
        return say("已发布的数都没有变");
    }
    table(changes).print(Format::Text)
}

fn table(changes: &PublicationChanges) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("title", "指标", false),
        ("period", "时期", false),
        ("then", "刊印为", true),
        ("now", "现为", true),
        ("difference", "差额", true),
        ("relative", "变动%", true),
        ("entry", "条目", false),
        ("field", "字段", false),
        ("change", "原值 → 新值", false),
        ("who", "更正", false),
        ("place", "来源", false),
    ]);
    for item in &changes.items {
        if item.entries.is_empty() {
            sheet.row(line(item, None));
        }
        for (i, entry) in item.entries.iter().enumerate() {
            let mut cells = line(item, Some(entry));
            if i > 0 {
                cells.iter_mut().take(6).for_each(String::clear);
            }
            sheet.row(cells);
        }
    }
    sheet
}

fn line(item: &ChangeOfSlot, entry: Option<&ChangedEntry>) -> Vec<String> {
    let mut cells = vec![
        item.title.clone(),
        item.period.clone(),
        item.then.clone(),
        item.now.clone(),
        item.difference.clone().unwrap_or_default(),
        item.relative.clone().unwrap_or_default(),
    ];
    if let Some(entry) = entry {
        cells.extend([
            format!("{}（{}）", entry.title, entry.entry),
            entry.field.clone(),
            format!("{} → {}", shown(&entry.before), shown(&entry.after)),
            format!("{} {} 第{}版", entry.who, when(entry.at), entry.revision),
            words::place(&entry.place),
        ]);
    } else {
        cells.push(words::cause(item.cause).to_owned());
        cells.resize(COLUMNS, String::new());
    }
    cells
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "（无）" } else { text }
}

/// What was known on a day.
pub(super) fn as_of(context: &Context, date: &str) -> anyhow::Result<u8> {
    let park = context.park()?;
    let as_of: AsOf = date.parse()?;
    let known = park.known_on(as_of)?;
    let all = Publishing::new().all_publications(&park, &Actor::local(&context.user))?;
    // Published from what was known then, and by then.
    let published: Vec<_> = all
        .items
        .iter()
        .filter(|item| item.revision <= known.revision && item.at <= end(as_of, known.at))
        .collect();
    if context.format == Format::Json {
        print_json(&json!({ "known": known, "publications": published }))?;
        return Ok(DONE);
    }
    say(format!(
        "{date}　第 {} 版（{} {}），现为第 {} 版",
        known.revision,
        when(known.at),
        known.who,
        known.newest
    ))?;
    say("  指标　　parkledger figure ID --period PERIOD --as-of DATE")?;
    say("  报告　　parkledger report build ID --period PERIOD --as-of DATE -o FILE")?;
    for item in published {
        say(format!("  已发布　第 {} 次 {} {}（{}）", item.id, item.report, item.period, when(item.at)))?;
    }
    Ok(DONE)
}

/// The end of a day, or the moment of a revision.
fn end(as_of: AsOf, written: jiff::Timestamp) -> jiff::Timestamp {
    match as_of {
        AsOf::Revision(_) => written,
        AsOf::Day(day) => {
            let next = day.saturating_add(jiff::Span::new().days(1)).at(0, 0, 0, 0);
            jiff::tz::Offset::constant(8).to_timestamp(next).unwrap_or(jiff::Timestamp::MAX)
        }
    }
}
