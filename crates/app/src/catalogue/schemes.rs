//! Measures, marks and schemes in the catalogue.

use std::fmt::Write as _;

use model::content::Content;
use model::definition::{Group, Line, Merge, Scheme};

use crate::messages::scheme as say;

/// Prints measures, marks, and every scheme with its indicators and lines.
pub(super) fn markdown(out: &mut String, content: &Content) {
    if !content.measures.is_empty() {
        let _ = writeln!(out, "## {}\n\n{}", say::MEASURES, say::MEASURE_HEAD);
    }
    for one in content.measures.values() {
        let figure =
            one.figure.as_ref().and_then(|f| content.figures.get(f)).map_or("—", |f| f.title.as_str());
        let _ = writeln!(
            out,
            "| {} | `{}` | {} | {figure} | {} | {} | {} |",
            one.title,
            one.id,
            one.unit,
            say::over(one.over),
            one.domain.word(),
            one.department
        );
    }
    if !content.marks.is_empty() {
        let _ = writeln!(out, "\n## {}\n\n{}", say::MARKS, say::MARK_HEAD);
    }
    for one in content.marks.values() {
        let book =
            one.source.as_ref().and_then(|s| content.books.get(&s.book)).map_or("—", |b| b.title.as_str());
        let _ = writeln!(out, "| {} | `{}` | {book} |", one.title, one.id);
    }
    if !content.schemes.is_empty() {
        let _ = writeln!(out, "\n## {}\n", say::SCHEMES);
    }
    for scheme in content.schemes.values() {
        one_scheme(out, scheme);
    }
}

fn one_scheme(out: &mut String, scheme: &Scheme) {
    let years = (scheme.from_year, scheme.to_year);
    let head =
        say::scheme_line(scheme.id.as_str(), scheme.judges, &scheme.document, &scheme.authority, years);
    let merged = if scheme.merge == Merge::Unit { say::MERGED } else { "" };
    let _ =
        writeln!(out, "### {} {}\n\n{head}{merged}\n\n{}\n", scheme.title, scheme.title_en, scheme.source);
    for group in &scheme.groups {
        one_group(out, scheme, group);
    }
    let needed = assess::run::needs(scheme).len();
    if needed > 0 {
        let _ = writeln!(out, "{}\n", say::needed(needed));
    }
}

fn one_group(out: &mut String, scheme: &Scheme, group: &Group) {
    let _ = writeln!(out, "#### {} {}\n\n{}", group.title, group.title_en, say::INDICATOR_HEAD);
    for one in &group.indicators {
        let unit = one.unit.as_ref().map_or("", |u| u.as_str());
        let _ = writeln!(
            out,
            "| {} | `{}` | {unit}{} | {} | {} | {} | {} | {} | {} |",
            one.title,
            one.id,
            say::conversion(one.conversion),
            say::setting(&one.weight),
            say::method(one),
            say::benchmark(&one.benchmark),
            say::optional(one.cap.as_ref()),
            say::optional(one.floor.as_ref()),
            say::missing(one.missing)
        );
    }
    let line = |line: &Line| format!("{} {}", line.grade, say::until(&line.until));
    let lines: Vec<String> = scheme.grades_of(group).lines.iter().map(line).collect();
    let _ = writeln!(out, "\n{}\n", say::grades(&lines.join("，")));
}
