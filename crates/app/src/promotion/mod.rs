//! Investment promotion (招商): leads and projects by stage, capital that arrived and the targets it is claimed under, land with what
//! was promised against what came, new companies, agreements, talent.
//!
//! What stands on the page is content (`pages/promotion.toml`). Figures are those of the engine, so that each leads back to its cells.
//! The board is that of a day: what is known now, dated up to it. Deliberately absent: adding targets together, or yuan to dollars;
//! parts of books this person may not read whole; writing – the books are written where books are written.
//!
//! To add a part: a `[[section]]` or a `[[pipeline]]` of that file.

mod capital;
mod day;
mod land;
pub mod shapes;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use figures::Table;
use jiff::civil::Date;
use model::definition::{Book, FieldKind, Pipeline, PromotionSection, Right};
use model::id::{BookId, EntryId, FieldId, FigureId};
use model::period::{Month, Window};
use rust_decimal::Decimal;

use self::shapes::{PipelineItem, PipelineStage, PipelineView, Promotion, PromotionPart};
use crate::access::{Actor, Refusal, Scope};
use crate::books::Sight;
use crate::enterprises::shapes::{FileColumn, FileRow};
use crate::explore::{self, Answer, Asking, Question};
use crate::overview::newest;
use crate::park::Park;
use crate::projects::LinkedEntry;

/// Rows of a book that are sent; the book shows all.
const ROWS: usize = 100;

/// The page as one person sees it.
pub(crate) struct Stand<'a> {
    pub park: &'a Park,
    pub actor: &'a Actor,
    pub sight: Sight<'a>,
    pub asking: Asking<'a>,
    pub at: Month,
    pub on: Date,
}

impl<'a> Stand<'a> {
    /// A book and its rows, where this person may read all of them.
    pub fn shelf(&self, id: &BookId) -> Option<(&'a Book, &Table)> {
        let book = self.sight.book(id).ok()?;
        let all = self.actor.may(Right::Read, book) && self.actor.scope(book) == Scope::All;
        all.then(|| (book, self.sight.table(book)))
    }

    pub fn question(&self, figure: &FigureId) -> Question {
        Question { figure: figure.to_string(), period: self.at.to_string(), ..Question::default() }
    }

    /// The answer to a question about a figure this person may see, dated up to the day.
    pub fn ask(&self, question: &Question) -> Option<Answer> {
        let asked = explore::asked(self.park, self.actor, question).ok()?;
        self.asking.answers(&[asked], true).first().map(|answer| (**answer).clone())
    }

    /// The answer of a figure this person may see.
    pub fn answer(&self, figure: &FigureId) -> Option<Answer> {
        self.ask(&self.question(figure))
    }

    pub fn answers(&self, figures: &[FigureId]) -> Vec<Answer> {
        figures.iter().filter_map(|figure| self.answer(figure)).collect()
    }

    /// The same since January, whatever window figures have of their own: beside rows of the year.
    pub fn answers_of_year(&self, figures: &[FigureId]) -> Vec<Answer> {
        let asked = |figure| {
            let window = Some(Window::Ytd.name().to_owned());
            self.ask(&Question { window, ..self.question(figure) })
        };
        figures.iter().filter_map(asked).collect()
    }

    /// January's first day, and the last day of the month, or the day before that.
    pub fn days(&self) -> (Date, Date) {
        let last = self.at.last_day();
        (Date::new(last.year(), 1, 1).unwrap_or(last), last.min(self.on))
    }

    pub fn link(&self, entry: EntryId, book: Option<&BookId>) -> LinkedEntry {
        self.sight.link(entry, book)
    }

    /// The factor of a field's unit, or of a figure's.
    pub fn factor(&self, unit: Option<&str>) -> Option<Decimal> {
        Some(self.sight.content.units.get(unit?)?.factor)
    }

    pub fn columns(book: &Book, fields: &[FieldId]) -> Vec<FileColumn> {
        let column = |id: &FieldId| {
            let field = book.field(id)?;
            Some(FileColumn {
                field: field.id.clone(),
                title: field.title.clone(),
                title_en: field.title_en.clone(),
                kind: field.kind.name().to_owned(),
                unit: field.kind.unit().map(ToString::to_string),
            })
        };
        fields.iter().filter_map(column).collect()
    }

    pub fn row(&self, book: &Book, table: &Table, row: u32, fields: &[FieldId]) -> FileRow {
        let cell = |id: &FieldId| {
            let field = book.field(id)?;
            Some(table.value(row, id).map(|value| self.sight.cell(field, &value)))
        };
        FileRow { entry: table.ids()[row as usize].0, cells: fields.iter().filter_map(cell).collect() }
    }

    /// The rows of the year up to the month, the newest first.
    pub fn rows_of_year(&self, book: &Book, table: &Table) -> Vec<u32> {
        let (from, to) = self.days();
        let day = |row: u32| crate::enterprises::day_of(&table.value(row, book.time.as_ref()?)?);
        let mut rows: Vec<(Date, u32)> = table.rows().filter_map(|row| Some((day(row)?, row))).collect();
        rows.retain(|(day, _)| (from..=to).contains(day));
        rows.sort_unstable_by(|a, b| b.cmp(a));
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// Investment promotion as of a day: as it is known now, dated up to it; figures are of the month asked for, else of the newest one with a
/// return that had begun. Without a day it is that of the month's end, at most today.
///
/// # Errors
/// [`explore::ExploreFault`] when the content says nothing about it, or the ledger cannot be read.
pub fn promotion(
    park: &Park,
    actor: &Actor,
    (at, on): (Option<Month>, Option<Date>),
) -> explore::Result<Promotion> {
    let content = &park.library().content;
    let page = content.pages.promotion.as_ref().ok_or(Refusal::NotFound)?;
    let today = park.today();
    let on = on.unwrap_or_else(|| at.map_or(today, |at| at.last_day().min(today)));
    let at = match at {
        Some(at) => at.min(Month::of(on)),
        None => newest(park, actor)?.min(Month::of(on)),
    };
    let asking = day::asking(park, actor, page, on)?;
    let sight = Sight::new(content, Arc::clone(&asking.snapshot), actor);
    let stand = Stand { park, actor, sight, asking, at, on };
    Ok(Promotion {
        period: at.to_string(),
        on,
        pipelines: page.pipelines.iter().filter_map(|rule| pipeline(&stand, rule)).collect(),
        capital: page.capital.as_ref().and_then(|rule| capital::view(&stand, rule)),
        land: page.land.as_ref().and_then(|rule| land::view(&stand, rule)),
        sections: page.sections.iter().filter_map(|rule| section(&stand, rule)).collect(),
        revision: stand.sight.snapshot.revision().0,
    })
}

/// The rows of a pipeline by stage.
fn pipeline(stand: &Stand<'_>, rule: &Pipeline) -> Option<PipelineView> {
    let (book, table) = stand.shelf(&rule.book)?;
    let FieldKind::Choice { choices } = &book.field(&rule.stage)?.kind else { return None };
    let mut items: Vec<PipelineItem> = table
        .rows()
        .filter_map(|row| {
            let stage = table.value(row, &rule.stage)?.as_text()?.to_owned();
            let amount = rule.amount.as_ref().and_then(|field| table.value(row, field)?.as_number());
            let entry = stand.link(table.ids()[row as usize], Some(&book.id));
            Some(PipelineItem { entry, stage, amount, row: stand.row(book, table, row, &rule.columns) })
        })
        .collect();
    items.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.entry.title.cmp(&b.entry.title)));
    let stage = |word: &String| {
        let at: Vec<&PipelineItem> = items.iter().filter(|item| item.stage == *word).collect();
        PipelineStage {
            word: word.clone(),
            closed: rule.closed.contains(word),
            count: at.len(),
            sum: at.iter().filter_map(|item| item.amount).sum(),
            without: at.iter().filter(|item| item.amount.is_none()).count(),
        }
    };
    let unit = rule.amount.as_ref().and_then(|field| book.field(field)?.kind.unit());
    Some(PipelineView {
        id: rule.id.clone(),
        title: rule.title.clone(),
        title_en: rule.title_en.clone(),
        book: book.id.to_string(),
        unit: unit.map(ToString::to_string),
        answers: stand.answers(&rule.figures),
        stages: choices.iter().map(stage).collect(),
        columns: Stand::columns(book, &rule.columns),
        items,
    })
}

/// Figures, a whole with its parts, rows of a book; none where nothing of it is for this person.
fn section(stand: &Stand<'_>, rule: &PromotionSection) -> Option<PromotionPart> {
    let shelf = rule.book.as_ref().and_then(|id| stand.shelf(id));
    let (whole, parts) = (rule.whole.as_ref().and_then(|id| stand.answer(id)), stand.answers(&rule.parts));
    let answers = stand.answers(&rule.figures);
    if shelf.is_none() && whole.is_none() && parts.is_empty() && answers.is_empty() {
        return None;
    }
    let number = |answer: &Answer| answer.value.number.as_ref()?.parse::<Decimal>().ok();
    let sum: Option<Decimal> = parts.iter().map(number).sum();
    let adds_up = whole.as_ref().and_then(number).zip(sum).map(|(whole, sum)| whole == sum);
    let rows = shelf.map_or_else(Vec::new, |(book, table)| {
        let rows = stand.rows_of_year(book, table).into_iter().take(ROWS);
        rows.map(|row| stand.row(book, table, row, &rule.columns)).collect()
    });
    Some(PromotionPart {
        id: rule.id.clone(),
        title: rule.title.clone(),
        title_en: rule.title_en.clone(),
        adds_up: adds_up.filter(|_| !parts.is_empty()),
        whole,
        parts,
        answers,
        book: shelf.map(|(book, _)| book.id.to_string()),
        columns: shelf.map_or_else(Vec::new, |(book, _)| Stand::columns(book, &rule.columns)),
        rows,
    })
}
