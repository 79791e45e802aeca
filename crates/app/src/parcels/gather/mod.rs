//! Gathering (数据归集): the books of land and the figures of a year as what `assess` judges.
//!
//! Parcels and enterprises get dense numbers in the order of their books. Values of enterprises come through figures asked
//! by enterprise and month, so that each leads to its cells. What was gathered holds for everybody; who may see what of it
//! is asked where it is shown.
//!
//! Deliberately absent: judging, permissions.

mod facts;
mod plan;
mod screened;
mod values;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use assess::attribution::{Attributed, Column, Ledger, Plan, Prepared};
use assess::coverage::Coverage;
use assess::facts::{State, Status};
use indexmap::IndexMap;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{Domain, Measure};
use model::id::{EntryId, MeasureId, Revision};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::coverage;
use super::ground::Ground;
use crate::access::Actor;
use crate::park::Park;

pub(crate) use facts::{Judged, year_of};
pub(crate) use screened::Doubted;
pub(crate) use values::{books_of, question};

/// Years that are kept gathered.
const KEPT: usize = 6;

/// Entries with dense numbers.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// By number.
    pub entries: Vec<EntryId>,
    numbers: FxHashMap<EntryId, u32>,
}

impl Numbers {
    /// The number of an entry.
    pub fn of(&self, entry: EntryId) -> Option<u32> {
        self.numbers.get(&entry).copied()
    }

    /// Gives an entry the next number.
    fn add(&mut self, entry: EntryId) -> u32 {
        let next = u32::try_from(self.entries.len()).expect("entries of one book are numbered in 32 bits");
        self.entries.push(entry);
        self.numbers.insert(entry, next);
        next
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

/// A year of a park.
pub(crate) struct Gathered {
    /// The year.
    pub year: i16,
    /// The day it is looked at: its last, or today while it runs.
    pub on: Date,
    /// The ledger revision.
    pub revision: Revision,
    /// Parcels with a legal area; the others cannot be computed.
    pub parcels: Numbers,
    /// All enterprises.
    pub enterprises: Numbers,
    /// Who has how much of what, when.
    pub plan: Plan,
    /// Measures that a figure gives.
    pub gauges: IndexMap<MeasureId, Gauge>,
    /// Parcels as subjects.
    pub parcel: Judged,
    /// Enterprises as subjects.
    pub enterprise: Judged,
    /// What looks wrong about parcels, by subject.
    pub doubts: BTreeMap<usize, Vec<Doubted>>,
    /// What is known of the parcels.
    pub coverage: Coverage,
}

impl Gathered {
    /// A parcel as a subject, by its row in the book; none when it is not judged in this year.
    pub fn judged(&self, row: u32) -> Option<usize> {
        self.parcel.rows.binary_search(&row).ok()
    }

    /// How a parcel stands with the evaluation.
    pub fn standing(&self, row: u32) -> Option<&Status> {
        Some(&self.parcel.facts.subjects[self.judged(row)?].status)
    }

    /// What looks wrong about a parcel.
    pub fn doubts(&self, row: u32) -> &[Doubted] {
        let doubts = self.judged(row).and_then(|at| self.doubts.get(&at));
        doubts.map_or(&[], Vec::as_slice)
    }

    /// Whether a parcel is judged in this year and not exempt.
    pub fn counts(&self, row: u32) -> bool {
        self.standing(row).is_some_and(|status| !matches!(status, Status::Exempt { .. }))
    }

    /// Enterprises on a parcel without a full value for the year, by measure of a domain.
    pub fn owing<'a>(
        &'a self,
        content: &'a Content,
        domain: Domain,
        parcel: EntryId,
    ) -> impl Iterator<Item = (&'a Measure, EntryId)> {
        let stakes =
            self.parcels.of(parcel).map_or_else(Vec::new, |number| self.plan.stakes(number as usize));
        let users = stakes.into_iter().filter(|stake| stake.used > 0).filter_map(|stake| stake.enterprise);
        let users: Vec<u32> = users.collect();
        let measures = content.measures.values().filter(move |measure| measure.domain == domain);
        let delivered = measures.filter_map(|measure| Some((measure, self.gauges.get(&measure.id)?)));
        delivered.flat_map(move |(measure, gauge)| {
            let lacking: Vec<u32> =
                users.iter().copied().filter(|user| gauge.lacking[*user as usize]).collect();
            lacking.into_iter().map(move |user| (measure, self.enterprises.entries[user as usize]))
        })
    }

    /// How many domains of a parcel's data are known, as a share.
    pub fn known(&self, row: u32) -> Option<Decimal> {
        let at = self.judged(row)?;
        let known = self.coverage.cells.iter().filter(|cells| cells[at].state != State::Missing).count();
        Decimal::from(known).checked_div(Decimal::from(self.coverage.cells.len()))
    }
}

/// A measure of the year.
pub(crate) struct Gauge {
    /// By enterprise.
    pub column: Column,
    /// By parcel.
    pub attributed: Attributed,
    /// Which enterprises have no full value for the year.
    pub lacking: Vec<bool>,
    prepared: Arc<Prepared>,
}

impl Gauge {
    /// Ready to be asked what single parcels have of whom.
    pub fn ledger<'a>(&'a self, plan: &'a Plan) -> Ledger<'a> {
        plan.prepared(&self.column, Arc::clone(&self.prepared))
    }
}

/// What was gathered already, shared by all who read a park: by revision, year and the day it was gathered on.
pub(crate) type KnownYears = crate::lru::Lru<(Revision, i16, Date), Gathered>;

/// An empty store of years.
pub(crate) fn known_years() -> KnownYears {
    KnownYears::new(KEPT, usize::MAX)
}

/// A year of the park at the revision somebody looks at; gathered once for all who ask.
pub(crate) fn gather(park: &Park, ground: &Ground<'_>, year: i16) -> Arc<Gathered> {
    let (revision, today) = (Revision(ground.revision()), park.today());
    let make = || {
        let everybody = Actor::local("gather");
        Ok::<_, Infallible>((gathered(&ground.seen_by(&everybody), facts::day_of(year, today), today), 1))
    };
    let known = park.years().get_or_make((revision, year, today), |(of, ..)| *of < revision, make);
    known.unwrap_or_else(|never| match never {})
}

fn gathered(ground: &Ground<'_>, on: Date, today: Date) -> Gathered {
    let year = on.year();
    let numbered = plan::numbered(ground, year);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let plan = Plan::new(numbered.land, assess::attribution::Options { threads });
    let columns = values::columns(ground, year, today, (&numbered.parcels, &numbered.enterprises));
    let gauges = columns.into_iter().map(|(measure, column)| {
        let attributed = plan.attribute(&column);
        let prepared = Arc::new(Prepared::of(&column));
        let enterprises = 0..u32::try_from(numbered.enterprises.len()).unwrap_or(u32::MAX);
        let lacking = enterprises.map(|one| year_of(&column, one).state != State::Present).collect();
        (measure, Gauge { column, attributed, lacking, prepared })
    });
    let mut gathered = Gathered {
        year,
        on,
        revision: Revision(ground.revision()),
        gauges: gauges.collect(),
        plan,
        parcels: numbered.parcels,
        enterprises: numbered.enterprises,
        parcel: Judged::default(),
        enterprise: Judged::default(),
        doubts: BTreeMap::new(),
        coverage: Coverage::default(),
    };
    gathered.parcel = facts::parcel_facts(ground, &gathered);
    gathered.enterprise = facts::enterprise_facts(ground, &gathered);
    gathered.doubts = screened::screened(ground, &gathered.parcel);
    gathered.coverage = coverage::counted(ground, &gathered);
    gathered
}
