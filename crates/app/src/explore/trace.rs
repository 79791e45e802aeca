//! The way back from a number: the entries it was computed from, and the cell each value came from.

use figures::{Contribution, Side, describe};
use model::content::Content;
use model::definition::{Figure, FigureRule};
use model::entry::Origins;
use model::id::{EntryId, FieldId};
use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Asking, Basis, Question, Result, Val, asked, shown};
use crate::access::{Actor, Right};
use crate::books::{Origin, Page, Places, Sight};
use crate::ledger::StoreError;
use crate::park::Park;

/// The cells behind a number.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct FigureTrace {
    /// How many cells there are.
    pub total: usize,
    /// Some of them: those of the value first, then those of its base.
    pub items: Vec<TraceCell>,
    /// How the value is made, with the titles and values of the parts.
    pub formula: String,
    /// How it was counted.
    pub basis: Basis,
    /// The value.
    pub value: Val,
    /// The value as it is printed.
    pub shown: String,
    /// The ledger revision.
    pub revision: u64,
}

/// One cell a value was computed from.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct TraceCell {
    /// The title of the figure that read it.
    pub figure: String,
    /// `current` for the value, `prior` for its base.
    #[schema(value_type = String)]
    pub side: Side,
    /// The entry.
    pub entry: u64,
    /// What the entry is called.
    pub title: String,
    /// The field.
    #[schema(value_type = String)]
    pub field: FieldId,
    /// The field's title.
    pub field_title: String,
    /// The value as people read it.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// The text of the cell where it is not exactly the stored value.
    pub original: String,
    /// Where it stands.
    pub place: Origin,
    /// What the entry adds, in the figure's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub adds: Option<Decimal>,
}

/// The cells of a value and its base, a part at a time.
///
/// # Errors
/// [`super::ExploreFault`] when the question is none or not for this person.
pub fn trace(park: &Park, actor: &Actor, question: &Question, page: Page) -> Result<FigureTrace> {
    let (request, _) = asked(park, actor, question)?;
    let asking = Asking::of(park, actor, question.state()?)?;
    let content = asking.content;
    let figure = content.figures.get(&request.figure).ok_or(crate::access::Refusal::NotFound)?;
    let engine = asking.engine();
    let evaluation = engine.evaluate(&request);
    let mut found = engine.trace(&request);
    // Aggregates may be for everybody where rows are not.
    found.retain(|c| content.books.get(&c.book).is_some_and(|b| actor.may(Right::Read, b)));
    found.sort_by_key(|c| c.side);
    let total = found.iter().map(|c| c.fields.len()).sum();
    let sight = Sight::new(content, asking.snapshot.clone(), actor);
    let mut reader = Cells { sight: &sight, places: Places::new(park) };
    let cells = found.iter().flat_map(|c| c.fields.iter().map(move |f| (c, f)));
    let cells: Vec<(&Contribution, &FieldId)> = cells.skip(page.offset).take(page.limit).collect();
    let mut entries: Vec<EntryId> = cells.iter().map(|(c, _)| c.entry).collect();
    entries.sort_unstable();
    entries.dedup();
    let origins = park.store().origins(&entries, asking.snapshot.revision())?;
    let mut items = Vec::new();
    for (contribution, field) in cells {
        let at = entries.binary_search(&contribution.entry).unwrap_or(0);
        if let Some(Some(origins)) = origins.get(at) {
            items.push(reader.cell(content, contribution, origins, field)?);
        }
    }
    Ok(FigureTrace {
        total,
        items,
        formula: formula(&asking, figure, &request),
        basis: Basis::of(content, &evaluation.basis),
        value: Val::of(&evaluation.value),
        shown: shown(figure, &evaluation.value),
        revision: asking.snapshot.revision().0,
    })
}

/// The definition; of a composite with the titles of its parts, and what each part is.
fn formula(asking: &Asking<'_>, figure: &Figure, request: &figures::Request) -> String {
    let FigureRule::Composite(value) = &figure.rule else { return describe::figure(figure) };
    let mut text = describe::expression(value);
    let mut parts: Vec<&Figure> =
        value.figures().into_iter().filter_map(|id| asking.content.figures.get(&id)).collect();
    // The longer id first: one may be the beginning of another.
    parts.sort_by_key(|p| std::cmp::Reverse(p.id.as_str().len()));
    parts.dedup_by(|a, b| a.id == b.id);
    let engine = asking.engine();
    let own = engine.evaluate(request).period;
    for part in parts {
        let asked = figures::Request {
            figure: part.id.clone(),
            at: own.end,
            exact: true,
            window: Some(own.window),
            by: None,
            ..request.clone()
        };
        let value = shown(part, &engine.evaluate(&asked).value);
        text = replaced(&text, part.id.as_str(), &format!("{}（{value}）", part.title));
    }
    text
}

/// Replaces whole words only.
fn replaced(text: &str, word: &str, by: &str) -> String {
    let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        let whole = !before.ends_with(part_of_word) && !after.starts_with(part_of_word);
        out.push_str(before);
        out.push_str(if whole { by } else { word });
        rest = after;
    }
    out + rest
}

/// Reads cells, each table of origins once.
pub(super) struct Cells<'a> {
    pub sight: &'a Sight<'a>,
    pub places: Places<'a>,
}

impl Cells<'_> {
    pub fn cell(
        &mut self,
        content: &Content,
        contribution: &Contribution,
        origins: &Origins,
        field: &FieldId,
    ) -> std::result::Result<TraceCell, StoreError> {
        let (book, entry) = (&contribution.book, contribution.entry);
        let definition = content.books.get(book).and_then(|b| b.field(field));
        let table = self.sight.snapshot.table(book);
        let value = table.and_then(|t| t.value(t.row(entry)?, field)).zip(definition);
        let masked = definition.is_some_and(|d| self.sight.actor.masks(d));
        let original = origins.raw.get(field).filter(|_| !masked);
        Ok(TraceCell {
            figure: content.figures.get(&contribution.figure).map_or_else(String::new, |f| f.title.clone()),
            side: contribution.side,
            entry: entry.0,
            title: self.sight.title(entry, Some(book)),
            field: field.clone(),
            field_title: definition.map_or_else(|| field.to_string(), |d| d.title.clone()),
            value: value.map_or_else(String::new, |(v, d)| self.sight.text(d, &v)),
            unit: definition.and_then(|d| d.kind.unit()).map_or_else(String::new, ToString::to_string),
            original: original.cloned().unwrap_or_default(),
            place: self.places.of((book, entry), origins, field)?,
            adds: contribution.number,
        })
    }
}
