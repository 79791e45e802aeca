//! The readable catalogue of all books, figures, measures and schemes, as Markdown.

mod schemes;

use std::fmt::Write as _;

use model::content::Content;
use model::definition::{Book, BookKind, Class, Figure, FigureRule};

use crate::messages::catalogue as say;

/// Prints every book with its fields and checks, every figure with its basis, and every scheme with its indicators.
pub fn markdown(content: &Content) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n\n## {}\n", say::TITLE, say::BOOKS);
    for book in content.books.values() {
        one_book(&mut out, content, book);
    }
    let _ = writeln!(out, "## {}\n", say::FIGURES);
    for (topic, (title, title_en)) in &content.topics {
        let mut figures = content.figures.values().filter(|f| f.topic == *topic).peekable();
        if figures.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "### {title} {title_en}\n\n{}", say::FIGURE_HEAD);
        for figure in figures {
            one_figure(&mut out, content, figure);
        }
        out.push('\n');
    }
    let _ = writeln!(out, "## {}\n", say::CLAIMS);
    for claim in content.claims.values() {
        let _ = writeln!(out, "- `{}` {}", claim.id, claim.title);
    }
    out.push('\n');
    schemes::markdown(&mut out, content);
    out
}

fn one_book(out: &mut String, content: &Content, book: &Book) {
    let kind = match book.kind {
        BookKind::Register => say::REGISTER,
        BookKind::Series => say::SERIES,
        BookKind::Event => say::EVENT,
        BookKind::Case => say::CASE,
    };
    let _ = writeln!(out, "### {} {}\n", book.title, book.title_en);
    let key: Vec<&str> = book.key.iter().map(|k| book.fields[k].title.as_str()).collect();
    let _ = writeln!(
        out,
        "{}\n",
        say::book_line(book.id.as_str(), kind, &book.department, &key, book.statistics_confidential)
    );
    let _ = writeln!(out, "{}", say::FIELD_HEAD);
    for field in book.fields.values() {
        let class = match field.class {
            Class::Public => say::PUBLIC,
            Class::Internal => say::INTERNAL,
            Class::Enterprise => say::ENTERPRISE,
            Class::Personal => say::PERSONAL,
        };
        let target = field
            .kind
            .book()
            .and_then(|b| content.books.get(b))
            .map_or(String::new(), |b| format!("→ {}", b.title));
        let unit = field.kind.unit().map_or(target, ToString::to_string);
        let must = if field.required { "✓" } else { "" };
        let _ = writeln!(
            out,
            "| {} | `{}` | {} | {unit} | {must} | {class} |",
            field.title,
            field.id,
            field.kind.name()
        );
    }
    out.push('\n');
}

fn one_figure(out: &mut String, content: &Content, figure: &Figure) {
    let from = match &figure.rule {
        FigureRule::Measure { book, .. } | FigureRule::Rank { book, .. } => content.books[book].title.clone(),
        FigureRule::Composite(expr) => expr
            .figures()
            .iter()
            .filter_map(|id| content.figures.get(id))
            .map(|f| f.title.as_str())
            .collect::<Vec<_>>()
            .join("、"),
    };
    let unit = figure.unit.as_ref().map_or("", |u| u.as_str());
    let _ = writeln!(
        out,
        "| {} | `{}` | {unit} | {from} | {} | {} |",
        figure.title, figure.id, figure.basis, figure.source
    );
}
