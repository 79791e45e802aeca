//! `content check` and `content docs`.

use std::io::Write as _;
use std::sync::Arc;

use anyhow::Context as _;
use app::library::Library;
use app::report::check_template;
use app::worker::Worker;
use ariadne::{Color, Config, IndexType, Label, Report, ReportKind, Source};
use clap::Subcommand;
use model::finding::Finding;

use super::out::{json, say};
use super::{CONTENT, Context, DONE, Format};

/// Commands on content.
#[derive(Subcommand)]
pub(super) enum Content {
    /// 检查全部定义，指出文件、行、错误和改法 / Check all definitions: file, line, what is wrong, hint
    Check,
    /// 打印全部台账和指标的目录（Markdown） / Print the catalogue of books and figures (Markdown)
    Docs,
}

/// Runs a content command.
pub(super) fn run(context: &Context, command: Content) -> anyhow::Result<u8> {
    let mut library = Library::load(context.overlay.as_deref())?;
    match command {
        Content::Check => {
            library.prove();
            let wrong = check(context, &library)?;
            if wrong != DONE {
                return Ok(wrong);
            }
            let findings = templates(library)?;
            for found in &findings {
                let line = format!("{}　{}　{}\n", found.place, found.message, found.hint);
                std::io::stderr().write_all(line.as_bytes())?;
            }
            Ok(if findings.is_empty() { DONE } else { CONTENT })
        }
        Content::Docs => say(app::catalogue::markdown(&library.content)).map(|()| DONE),
    }
}

/// What is wrong with the templates of reports, each with its paragraph.
fn templates(library: Library) -> anyhow::Result<Vec<Finding>> {
    let (library, worker) = (Arc::new(library), Worker::this_program()?);
    let mut all = Vec::new();
    for report in library.content.reports.keys() {
        all.extend(check_template(&library, report, &worker)?);
    }
    Ok(all)
}

fn check(context: &Context, library: &Library) -> anyhow::Result<u8> {
    let c = &library.content;
    if context.format == Format::Json {
        let all: Vec<_> = library.diagnostics.iter().map(|d| located(library, d)).collect();
        json(&all)?;
    } else {
        print_diagnostics(library)?;
        say(format!(
            "{} 个台账、{} 个版式、{} 个指标、{} 条论断、{} 份报告、{} 个评价办法；{}",
            c.books.len(),
            c.layouts.len(),
            c.figures.len(),
            c.claims.len(),
            c.reports.len(),
            c.schemes.len(),
            if library.diagnostics.is_empty() {
                "没有发现错误".to_owned()
            } else {
                format!("{} 处错误", library.diagnostics.len())
            }
        ))?;
    }
    Ok(if library.diagnostics.is_empty() { DONE } else { CONTENT })
}

#[derive(serde::Serialize)]
struct Located<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    hint: &'a str,
}

fn located<'a>(library: &Library, d: &'a model::content::Diagnostic) -> Located<'a> {
    let text = library.text(&d.path);
    let before = text.get(..d.at.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Located { file: &d.path, line, column, message: &d.message, hint: &d.hint }
}

/// Prints each diagnostic with the lines of the file it is about.
pub(super) fn print_diagnostics(library: &Library) -> anyhow::Result<()> {
    let mut out = Vec::new();
    for d in &library.diagnostics {
        let text = library.text(&d.path);
        let end = d.at.end.max((d.at.start + 1).min(text.len()));
        let place = (d.path.clone(), d.at.start..end);
        let config = Config::default().with_index_type(IndexType::Byte).with_color(false);
        let mut report = Report::build(ReportKind::Custom("错误", Color::Red), place.clone())
            .with_config(config)
            .with_message(&d.message)
            .with_label(Label::new(place).with_message(&d.message));
        if !d.hint.is_empty() {
            report = report.with_help(&d.hint);
        }
        report.finish().write((d.path.clone(), Source::from(text)), &mut out).context("diagnostics")?;
    }
    std::io::stderr().write_all(plain(&String::from_utf8_lossy(&out)).as_bytes())?;
    Ok(())
}

/// Without colours: the library colours the word of a custom kind whatever its configuration says.
fn plain(text: &str) -> String {
    let mut pieces = text.split('\u{1b}');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        plain.push_str(piece.split_once('m').map_or(piece, |(_, rest)| rest));
    }
    plain
}
