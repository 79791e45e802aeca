//! Why a figure moved: two values, the parts between them that add up exactly, who made each part, and the cells behind it.
//!
//! The two ends may differ in period, in what was known (revision or day), in who is left out, and in content (a publication
//! that kept its own). The arithmetic is `figures::why`; here ends are found and names, cells and permissions are added.
//!
//! Deliberately absent: breakdowns, and who moves a figure without saying by how much.

use std::sync::Arc;

use figures::why::{Kind, Mover, State, Step, Why};
use figures::{Contribution, Engine, Quantity, Request, Side, Snapshot, compare};
use model::content::Content;
use model::definition::Figure;
use model::id::{EntryId, FieldId, Revision};
use model::wording::number as say_number;
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

use super::trace::Cells;
use super::{AskFault, Asking, Question, Result, Span, TraceCell, asked, period, shown};
use crate::access::{Actor, Refusal, Right};
use crate::books::{Places, Sight};
use crate::library::Library;
use crate::messages::explore as say;
use crate::park::Park;

/// Movers shown of each part, upwards and downwards.
const SHOWN: usize = 10;
/// Cells shown of each mover and end.
const CELLS: usize = 12;
/// Places percentages are told with.
const PERCENT_PLACES: u32 = 2;

/// Between which two values.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WhyQuestion {
    /// The value after.
    pub to: Question,
    /// The period before; that of after when absent.
    pub from: Option<String>,
    /// What was known before: a day or a revision; as after when absent.
    pub from_as_of: Option<String>,
    /// Who is left out before, as a question says it; as after when absent.
    pub from_exclude: Option<String>,
    /// Before is what a publication was made with: its revision and its content.
    pub publication: Option<u64>,
    /// Growth is explained, not the value.
    pub growth: bool,
    /// Names of whom is to be taken as unchanged.
    pub flat: Vec<String>,
}

/// A difference explained.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Why)]
pub struct WhyView {
    /// The figure.
    pub figure: String,
    /// Its Chinese title.
    pub title: String,
    /// Its English title.
    pub title_en: String,
    /// `value` or `growth`.
    pub quantity: &'static str,
    /// The unit of all numbers here.
    pub unit: String,
    /// Places they are printed with.
    pub decimals: u32,
    /// Before.
    pub from: End,
    /// After.
    pub to: End,
    /// After less before, exact.
    pub difference: String,
    /// The difference in percent of before.
    pub relative: Option<String>,
    /// The parts in the order they are walked; they add up to the difference exactly.
    pub parts: Vec<WhyPart>,
    /// Whether single movers are told: they are where the value is made of sums and this person may see the rows.
    pub by_mover: bool,
    /// What would be, had those asked for not changed.
    pub flat: Option<Flat>,
}

/// One end of a difference.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = WhyEnd)]
pub struct End {
    /// Its period.
    pub period: Span,
    /// Its revision.
    pub revision: u64,
    /// The publication it is of.
    pub publication: Option<u64>,
    /// The exact value.
    pub value: String,
    /// As printed.
    pub shown: String,
}

/// One part of a difference.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct WhyPart {
    /// `correction`, `definition`, `basis`, `entry`, `exit` or `growth`.
    #[schema(value_type = String)]
    pub kind: Kind,
    /// In Chinese.
    pub title: String,
    /// How much of the difference it is, exact.
    pub amount: String,
    /// Its share of the difference in percent, where there is one.
    pub share: Option<String>,
    /// How many made it.
    pub movers: usize,
    /// Those who moved it up most.
    pub up: Vec<MoverView>,
    /// Those who moved it down most.
    pub down: Vec<MoverView>,
}

/// What one subject moved.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = WhyMover)]
pub struct MoverView {
    /// Its entry.
    pub subject: u64,
    /// What it is called.
    pub title: String,
    /// How much it moved, exact.
    pub effect: String,
    /// What it added to each sum before, in the unit of the returns.
    pub before: Vec<Option<String>>,
    /// What it adds after.
    pub after: Vec<Option<String>>,
    /// The value after, had it not changed.
    pub if_flat: Option<String>,
    /// The change from before to that, in words.
    pub if_flat_change: Option<String>,
    /// The cells behind it.
    pub cells: Vec<WhyCell>,
}

/// A cell behind a mover.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct WhyCell {
    /// Whether it is of the value after.
    pub after: bool,
    /// The cell.
    pub cell: TraceCell,
}

/// What would be, had somebody not changed.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = WhyFlat)]
pub struct Flat {
    /// Who.
    pub names: Vec<String>,
    /// The value after then, exact.
    pub value: String,
    /// As printed.
    pub shown: String,
    /// The change from before to that, in words.
    pub change: String,
}

/// One end as it is asked.
struct Asked {
    library: Arc<Library>,
    snapshot: Arc<Snapshot>,
    request: Request,
    publication: Option<u64>,
}

/// Explains a difference.
///
/// # Errors
/// [`super::ExploreFault`] when the question is none or not for this person; [`AskFault::NoDifference`] when one of the two ends
/// has no number.
pub fn why(park: &Park, actor: &Actor, question: &WhyQuestion) -> Result<WhyView> {
    let (from, to) = ends(park, actor, question)?;
    let figure = park.library().content.figures.get(&to.request.figure).ok_or(Refusal::NotFound)?;
    let quantity = if question.growth { Quantity::Growth } else { Quantity::Value };
    let reader = actor.reader();
    let old_content = &from.library.content;
    let old = Engine::new(old_content, &from.snapshot, reader);
    let new = Engine::new(&to.library.content, &to.snapshot, reader);
    // Today's entries by the content of then; needed where content differs.
    let differs = from.library.digest != to.library.digest;
    let between = if differs {
        Arc::new(park.snapshot_by(&from.library, to.snapshot.revision())?)
    } else {
        Arc::clone(&to.snapshot)
    };
    let middle = Engine::new(old_content, &between, reader);
    let excluded = Request { exclude: to.request.exclude.clone(), ..from.request.clone() };
    let mut states = vec![State { engine: &old, request: &from.request, step: Step::Revision }];
    if from.snapshot.revision() != to.snapshot.revision() {
        states.push(State { engine: &middle, request: &from.request, step: Step::Revision });
    }
    if differs {
        states.push(State { engine: &new, request: &from.request, step: Step::Content });
    }
    if from.request.exclude != to.request.exclude {
        states.push(State { engine: &new, request: &excluded, step: Step::Exclusion });
    }
    if from.request.at != to.request.at {
        states.push(State { engine: &new, request: &to.request, step: Step::Period });
    }
    if states.len() == 1 {
        states.push(State { engine: &new, request: &to.request, step: Step::Revision });
    }
    let found = figures::why::why(&states, quantity).map_err(AskFault::NoDifference)?;
    let telling =
        Telling { park, actor, figure, quantity, found: &found, ends: (&from, &to), engines: (&old, &new) };
    telling.view(question)
}

/// The two ends of a question.
fn ends(park: &Park, actor: &Actor, question: &WhyQuestion) -> Result<(Asked, Asked)> {
    let (request, _) = asked(park, actor, &question.to)?;
    let request = Request { by: None, ..request };
    let after = Asking::of(park, actor, question.to.state()?)?;
    let mut before =
        Question { as_of: question.from_as_of.clone().or(question.to.as_of.clone()), ..question.to.clone() };
    before.period = question.from.clone().unwrap_or(before.period);
    if let Some(exclude) = &question.from_exclude {
        before.exclude = Some(exclude.clone()).filter(|text| !text.is_empty());
    }
    let (at, excluded) = (period(&before.period)?.end, before.excluded(park)?);
    let mut from = Asked {
        library: park.shared_library(),
        snapshot: Asking::of(park, actor, before.state()?)?.snapshot,
        request: Request { at, exclude: excluded, ..request.clone() },
        publication: question.publication,
    };
    if let Some(id) = question.publication {
        let published = park.store().published()?.into_iter().find(|record| record.id == id);
        let published = published.ok_or(Refusal::NotFound)?;
        if published.content != from.library.digest
            && let Some(digest) = &published.definitions
            && let Some(library) = Library::unpacked(&park.store().original(digest)?)
        {
            from.library = Arc::new(library);
        }
        from.snapshot = at_revision(park, &from.library, published.revision)?;
    }
    let to = Asked { library: park.shared_library(), snapshot: after.snapshot, request, publication: None };
    Ok((from, to))
}

fn at_revision(park: &Park, library: &Library, revision: Revision) -> Result<Arc<Snapshot>> {
    if library.digest == park.library().digest {
        return Ok(park.snapshot_of(revision)?);
    }
    Ok(Arc::new(park.snapshot_by(library, revision)?))
}

/// What is needed to tell a difference.
struct Telling<'t> {
    park: &'t Park,
    actor: &'t Actor,
    figure: &'t Figure,
    quantity: Quantity,
    found: &'t Why,
    ends: (&'t Asked, &'t Asked),
    engines: (&'t Engine<'t>, &'t Engine<'t>),
}

/// Cells of one end by entry.
type Read<'t> = FxHashMap<EntryId, Vec<Contribution>>;

impl Telling<'_> {
    fn view(&self, question: &WhyQuestion) -> Result<WhyView> {
        let content = &self.park.library().content;
        let (old, new) = (self.read(self.engines.0, self.ends.0), self.read(self.engines.1, self.ends.1));
        // Aggregates may be for everybody where rows are not.
        let books = old.values().chain(new.values()).flatten().map(|c| &c.book);
        let open = books
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .all(|book| content.books.get(book).is_some_and(|book| self.actor.may(Right::Read, book)));
        let told = open && self.found.parts.iter().any(|part| !part.movers.is_empty());
        let sights =
            [self.ends.0, self.ends.1].map(|end| Sight::new(content, Arc::clone(&end.snapshot), self.actor));
        let mut parts = Vec::new();
        for part in &self.found.parts {
            let movers: &[Mover] = if open { &part.movers } else { &[] };
            let (mut up, mut down) = (Vec::new(), Vec::new());
            for mover in movers.iter().filter(|m| !m.effect.is_zero()) {
                let list = if mover.effect.is_sign_negative() { &mut down } else { &mut up };
                if list.len() < SHOWN {
                    list.push(self.mover(mover, part.kind, (&old, &new), &sights)?);
                }
            }
            parts.push(WhyPart {
                kind: part.kind,
                title: say::part(part.kind).to_owned(),
                amount: plain(part.amount),
                share: percent(part.amount, self.found.difference()),
                movers: movers.iter().filter(|mover| !mover.effect.is_zero()).count(),
                up,
                down,
            });
        }
        let difference = self.found.difference();
        Ok(WhyView {
            figure: self.figure.id.to_string(),
            title: self.figure.title.clone(),
            title_en: self.figure.title_en.clone(),
            quantity: if self.quantity == Quantity::Growth { "growth" } else { "value" },
            unit: self.unit(),
            decimals: if self.quantity == Quantity::Growth { 1 } else { self.figure.decimals },
            from: self.end(self.ends.0, self.engines.0, self.found.from),
            to: self.end(self.ends.1, self.engines.1, self.found.to),
            difference: plain(difference),
            relative: percent(difference, self.found.from.abs()),
            parts,
            by_mover: told,
            flat: self.flat(question, told, &sights[1])?,
        })
    }

    fn unit(&self) -> String {
        match self.quantity {
            Quantity::Value => self.figure.unit.as_ref().map_or_else(String::new, ToString::to_string),
            Quantity::Growth => say::GROWTH_UNIT.to_owned(),
        }
    }

    fn printed(&self, number: Decimal) -> String {
        match self.quantity {
            Quantity::Value => shown(self.figure, &figures::Outcome::Number(number)),
            Quantity::Growth => say_number::say(number, 1) + say::GROWTH_UNIT,
        }
    }

    fn end(&self, end: &Asked, engine: &Engine<'_>, value: Decimal) -> End {
        End {
            period: Span::of(engine.evaluate(&end.request).period),
            revision: end.snapshot.revision().0,
            publication: end.publication,
            value: plain(value),
            shown: self.printed(value),
        }
    }

    /// The cells a value was read from, by entry.
    fn read(&self, engine: &Engine<'_>, end: &Asked) -> Read<'_> {
        let mut by: Read<'_> = FxHashMap::default();
        for cell in engine.trace(&end.request) {
            if cell.side == Side::Current || self.quantity == Quantity::Growth {
                by.entry(cell.entry).or_default().push(cell);
            }
        }
        by
    }

    fn mover(
        &self,
        mover: &Mover,
        kind: Kind,
        read: (&Read<'_>, &Read<'_>),
        sights: &[Sight<'_>; 2],
    ) -> Result<MoverView> {
        let texts = |numbers: &[Option<Decimal>]| numbers.iter().map(|n| n.map(plain)).collect::<Vec<_>>();
        let flat = Some(kind).filter(|kind| matches!(kind, Kind::Growth | Kind::Entry | Kind::Exit));
        let flat = flat.and_then(|_| self.found.had_been_flat(&[mover.subject]));
        let mut cells = self.cells(&mover.entries_before, read.0, &sights[0], self.ends.0, false)?;
        cells.extend(self.cells(&mover.entries_after, read.1, &sights[1], self.ends.1, true)?);
        let title = sights[1].title(mover.subject, None);
        let title = if title.starts_with('#') { sights[0].title(mover.subject, None) } else { title };
        Ok(MoverView {
            subject: mover.subject.0,
            title,
            effect: plain(mover.effect),
            before: texts(&mover.before),
            after: texts(&mover.after),
            if_flat: flat.map(plain),
            if_flat_change: flat.map(|value| self.change(value)),
            cells,
        })
    }

    fn cells(
        &self,
        entries: &[EntryId],
        read: &Read<'_>,
        sight: &Sight<'_>,
        end: &Asked,
        after: bool,
    ) -> Result<Vec<WhyCell>> {
        let shown = &entries[..entries.len().min(CELLS)];
        let origins = self.park.store().origins(shown, end.snapshot.revision())?;
        let mut reader = Cells { sight, places: Places::new(self.park) };
        let content: &Content = &self.park.library().content;
        let mut cells = Vec::new();
        for (entry, origins) in shown.iter().zip(&origins) {
            let Some(origins) = origins else { continue };
            for contribution in read.get(entry).into_iter().flatten() {
                let fields: &[FieldId] = &contribution.fields;
                for field in fields {
                    cells.push(WhyCell { after, cell: reader.cell(content, contribution, origins, field)? });
                }
            }
        }
        Ok(cells)
    }

    /// The change from the value before to another, in words.
    fn change(&self, value: Decimal) -> String {
        let unit = self.figure.unit.as_ref().map_or("", |unit| unit.as_str());
        let points = self.quantity == Quantity::Growth || unit == say::GROWTH_UNIT;
        let growth = if points {
            compare::points(Some(self.found.from), Some(value))
        } else {
            compare::growth(Some(self.found.from), Some(value))
        };
        growth.map_or_else(|_| self.printed(value), |growth| say_number::say_growth(growth, 1))
    }

    fn flat(&self, question: &WhyQuestion, told: bool, sight: &Sight<'_>) -> Result<Option<Flat>> {
        if question.flat.is_empty() || !told {
            return Ok(None);
        }
        let movers = self.found.parts.iter().flat_map(|part| &part.movers);
        let named: FxHashMap<String, EntryId> =
            movers.map(|mover| (sight.title(mover.subject, None), mover.subject)).collect();
        let mut subjects = Vec::new();
        for name in &question.flat {
            let found = named.get(name).copied();
            let only = || {
                let mut with = named.iter().filter(|(title, _)| title.contains(name.as_str()));
                with.next().filter(|_| with.next().is_none()).map(|(_, subject)| *subject)
            };
            let bad = || AskFault::BadValue { argument: "flat", value: name.clone() };
            subjects.push(found.or_else(only).ok_or_else(bad)?);
        }
        subjects.sort_unstable();
        subjects.dedup();
        Ok(self.found.had_been_flat(&subjects).map(|value| Flat {
            names: subjects.iter().map(|subject| sight.title(*subject, None)).collect(),
            value: plain(value),
            shown: self.printed(value),
            change: self.change(value),
        }))
    }
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

fn percent(part: Decimal, whole: Decimal) -> Option<String> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(plain(percent.round_dp_with_strategy(PERCENT_PLACES, RoundingStrategy::MidpointAwayFromZero)))
}
