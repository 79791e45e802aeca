//! `import`: stage, show, accept; `import undo`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use app::import::{Change, Counts, Desk, Options, Staged};
use app::intake::Taken;
use app::park::Park;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use model::finding::{Finding, Severity};
use model::id::Revision;
use serde_json::{Value, json};

use super::ledger::severity;
use super::out::{Sheet, json as print_json, say};
use super::{Context, DONE, Format, REFUSED, Stop};

/// Findings and changes shown in full; the rest is counted.
const SHOWN: usize = 40;

/// Said when a file had nothing that could be written.
const NOTHING: &str = "  没有可以入账的内容，台账未变";

/// `import`
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Import {
    /// 表格文件：.xlsx .xls .et .csv / Workbooks
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 入账 / Write what was staged
    #[arg(long)]
    accept: bool,
    /// 为认不出的表格起草版式，打印出来供修改 / Propose a layout for an unknown workbook
    #[arg(long, conflicts_with = "accept")]
    propose: bool,
    /// 只按这个台账的版式认 / Only layouts of this book
    #[arg(long, value_name = "ID")]
    book: Option<String>,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// 撤销一个版本（以新版本恢复原状）/ Take a revision back by a new one
    Undo {
        /// 版本号，例如 12 / Revision number
        revision: String,
        /// 缘由 / Reason
        #[arg(long, default_value = "撤销导入")]
        why: String,
    },
}

/// Runs an import.
pub(super) fn run(context: &Context, args: Import) -> anyhow::Result<u8> {
    if let Some(Action::Undo { revision, why }) = args.action {
        return undo(context, &revision, &why);
    }
    let book = match &args.book {
        Some(id) => Some(known_book(context, id)?),
        None => None,
    };
    let options = Options { book, ..Options::default() };
    let mut park = context.park_or_new()?;
    if args.propose {
        return propose(context, &park, &args.files);
    }
    let mut code = DONE;
    let mut reports = Vec::new();
    // One desk for all files: headings and registers are prepared once.
    let library = park.shared_library();
    let mut desk = Desk::new(&library.content);
    for file in &args.files {
        let spinner = spinner(context, file);
        let taken = park.stage_path(&mut desk, file, &options)?;
        spinner.finish_and_clear();
        let (report, refused) = one(context, &mut park, taken, args.accept)?;
        reports.push(report);
        if refused {
            code = REFUSED;
        }
    }
    if context.format != Format::Text {
        print_json(&reports)?;
    }
    Ok(code)
}

fn known_book(context: &Context, id: &str) -> anyhow::Result<model::id::BookId> {
    let library = context.library()?;
    let books = &library.content.books;
    let found = books.get(id).or_else(|| books.values().find(|b| b.title == id));
    found
        .map(|b| b.id.clone())
        .ok_or_else(|| Stop::error(2, format!("没有台账“{id}”"), "台账见 parkledger content docs"))
}

/// Shows a staged file and accepts it if asked. Gives its JSON and whether nothing could be accepted.
fn one(context: &Context, park: &mut Park, taken: Taken, accept: bool) -> anyhow::Result<(Value, bool)> {
    let counts = taken.staged.counts();
    let mut report = as_json(&taken.staged);
    if context.format == Format::Text {
        show(park, &taken.staged, counts)?;
    }
    let nothing = counts.new + counts.changed + counts.unchanged == 0;
    let refused = nothing && taken.staged.has_errors();
    if !accept {
        if context.format == Format::Text {
            say(if refused { NOTHING } else { "  尚未入账；确认后加 --accept" })?;
        }
        report["accepted"] = Value::Null;
        return Ok((report, refused));
    }
    let waiting = taken.staged.queue.len();
    let revision = park.accept(taken)?;
    report["accepted"] = revision.map_or(Value::Null, |r| json!(r));
    if context.format == Format::Text {
        say(match revision {
            Some(revision) => format!("  已入账，版本 {revision}"),
            None if refused => NOTHING.to_owned(),
            None => "  与台账一致，没有新版本".to_owned(),
        })?;
        if waiting > 0 {
            say(format!("  {waiting} 处名称待确认：parkledger matches"))?;
        }
    }
    Ok((report, refused))
}

fn spinner(context: &Context, file: &Path) -> ProgressBar {
    if context.format != Format::Text {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("a fixed template"));
    bar.set_message(format!("读取 {}", file.display()));
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn show(park: &Park, staged: &Staged, counts: Counts) -> anyhow::Result<()> {
    say(&staged.file)?;
    let content = &park.library().content;
    for read in &staged.read {
        let title = content.layouts.get(&read.layout).map_or("", |l| l.title.as_str());
        let book = content.books.get(&read.book).map_or("", |b| b.title.as_str());
        let period = read.period.as_ref().map_or(String::new(), |p| format!("，{p}"));
        say(format!("  {}!{}　按“{title}”读作《{book}》，{} 行{period}", read.sheet, read.area, read.rows))?;
    }
    if !staged.ignored.is_empty() {
        say(format!("  未读取的工作表：{}", staged.ignored.join("、")))?;
    }
    say(format!(
        "  新增 {}，变更 {}，不变 {}，暂缓 {}，待认 {}",
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.held,
        staged.queue.len()
    ))?;
    findings(&staged.findings)?;
    changes(park, staged)
}

fn findings(findings: &[Finding]) -> anyhow::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| std::cmp::Reverse(f.severity));
    for f in sorted.iter().take(SHOWN) {
        let place = f.place.to_string();
        say(format!("  [{}] {place}　{}", severity(f.severity), f.message))?;
        if !f.hint.is_empty() && f.severity != Severity::Note {
            say(format!("         提示：{}", f.hint))?;
        }
    }
    if findings.len() > SHOWN {
        say(format!(
            "  …… 另有 {} 条，用 parkledger findings 或 --format json 查看",
            findings.len() - SHOWN
        ))?;
    }
    Ok(())
}

/// What would change in entries that exist: old and new value of each field.
fn changes(park: &Park, staged: &Staged) -> anyhow::Result<()> {
    let changed = staged.drafts.iter().filter_map(|d| match &d.change {
        Change::Changed(fields) => Some((d, fields)),
        _ => None,
    });
    let mut sheet = Sheet::new(&[
        ("entry", "条目", false),
        ("field", "字段", false),
        ("old", "台账原值", true),
        ("new", "表中新值", true),
    ]);
    let mut more = 0;
    for (draft, fields) in changed {
        for change in fields {
            if sheet.len() >= SHOWN {
                more += 1;
                continue;
            }
            let book = &park.library().content.books[&draft.book];
            let field = book.field(&change.field).map_or("", |f| f.title.as_str());
            sheet.row([
                park.entry_title(draft.entry)?,
                field.to_owned(),
                park.shown(change.old.as_ref())?,
                park.shown(change.new.as_ref())?,
            ]);
        }
    }
    if sheet.len() > 0 {
        sheet.print(Format::Text)?;
    }
    if more > 0 {
        say(format!("  …… 另有 {more} 处变更"))?;
    }
    Ok(())
}

fn as_json(staged: &Staged) -> Value {
    let counts = staged.counts();
    let changes: Vec<Value> = staged
        .drafts
        .iter()
        .flat_map(|d| match &d.change {
            Change::Changed(fields) => fields.as_slice(),
            _ => &[],
        }
        .iter()
        .map(move |c| {
            let text = |v: &Option<model::value::Value>| v.as_ref().map(ToString::to_string);
            json!({ "book": d.book, "entry": d.entry, "field": c.field, "old": text(&c.old), "new": text(&c.new) })
        }))
        .collect();
    json!({
        "file": staged.file, "digest": staged.digest, "known": staged.known,
        "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged, "held": counts.held,
        "waiting": staged.queue.len(), "ignored_sheets": staged.ignored,
        "tables": staged.read.iter().map(|t| json!({
            "sheet": t.sheet, "area": t.area, "layout": t.layout, "book": t.book, "rows": t.rows, "period": t.period,
        })).collect::<Vec<_>>(),
        "findings": staged.findings, "changes": changes,
    })
}

fn propose(context: &Context, park: &Park, files: &[PathBuf]) -> anyhow::Result<u8> {
    let mut code = DONE;
    for file in files {
        let proposed = match park.propose(file)? {
            Ok(proposed) => proposed,
            Err(finding) => {
                findings(&[finding])?;
                code = REFUSED;
                continue;
            }
        };
        if context.format != Format::Text {
            let all: Vec<Value> =
                proposed.iter().map(|f| json!({ "path": f.path, "text": f.text })).collect();
            print_json(&all)?;
            continue;
        }
        if proposed.is_empty() {
            say(format!("# {}：没有找到像表格的内容", file.display()))?;
            code = REFUSED;
        }
        for f in &proposed {
            say(format!("# ==== 存为覆盖文件夹里的 {}，再用 --content 文件夹 导入 ====", f.path))?;
            say(&f.text)?;
        }
    }
    Ok(code)
}

fn undo(context: &Context, revision: &str, why: &str) -> anyhow::Result<u8> {
    let number = revision.trim_start_matches('r').parse().map_err(|_| {
        Stop::error(2, format!("“{revision}”不是版本号"), "版本号见 parkledger revisions，例如 12")
    })?;
    let mut park = context.park()?;
    let outcome = park.undo(Revision(number), why)?;
    say(format!("已撤销版本 r{number}：{} 条恢复原状，新版本 {}", outcome.entries.len(), outcome.revision))?;
    Ok(DONE)
}
