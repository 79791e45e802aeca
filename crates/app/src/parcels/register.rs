//! The register (地块台账): what every reader's question about the book of parcels starts with, worked out once for a revision.
//!
//! When a parcel is in force, how large it is by law, in which layer of space it lies: facts of the books that do not depend on
//! who reads. Deliberately absent: texts and values – those are asked of the book, where they may be masked.

use figures::Snapshot;
use jiff::civil::Date;
use model::content::Content;
use model::definition::{LandPart, LandRole, ParcelsPage};
use model::id::{EntryId, Revision};
use model::identity::parcel;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::ground::{AREAS, Shelf};

/// Revisions that are kept.
const KEPT: usize = 2;

/// Registers that were read already, by revision.
pub(crate) type KnownRegisters = crate::lru::Lru<Revision, Register>;

/// An empty store of registers.
pub(crate) fn known_registers() -> KnownRegisters {
    KnownRegisters::new(KEPT, usize::MAX)
}

/// The book of parcels.
#[derive(Debug, Default)]
pub(crate) struct Register {
    /// By row.
    pub parcels: Vec<Registered>,
    /// Rows in the order of their codes, those without one first.
    pub by_code: Vec<u32>,
}

/// A row of the book of parcels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Registered {
    /// The first day, when it came of others.
    pub born: Option<Date>,
    /// The day it was retired.
    pub retired: Option<Date>,
    /// The legal area in ㎡ with where it is from: of certificate, survey and contract the first that is known.
    pub area: Option<(Decimal, &'static str)>,
    /// The layer of space.
    pub layer: &'static str,
    /// Whether its boundary is known.
    pub drawn: bool,
}

impl Registered {
    /// Whether it is in force on a day: not yet retired, and made already.
    pub fn in_force(&self, on: Date) -> bool {
        self.born.is_none_or(|born| born <= on) && self.retired.is_none_or(|retired| on < retired)
    }
}

impl Register {
    /// Reads the books of a revision.
    pub fn read(content: &Content, page: &ParcelsPage, snapshot: &Snapshot) -> Self {
        let shelf = |role| {
            let land = page.book(role)?;
            let book = content.books.get(&land.book)?;
            Some(Shelf { book, land, table: snapshot.table(&book.id)? })
        };
        let Some(parcels) = shelf(LandRole::Parcel) else { return Self::default() };
        let born = shelf(LandRole::Lineage).map(births).unwrap_or_default();
        let one = |row: u32| Registered {
            born: born.get(&parcels.id(row)).copied(),
            retired: parcels.date(row, LandPart::Retired),
            area: AREAS.iter().find_map(|(part, word)| Some((parcels.area(content, row, *part)?, *word))),
            layer: parcels.said(row, LandPart::Code).as_deref().map_or("surface", layer_of),
            drawn: parcels.said(row, LandPart::Boundary).is_some(),
        };
        let mut by_code: Vec<(Option<std::sync::Arc<str>>, u32)> =
            parcels.rows().map(|row| (parcels.said(row, LandPart::Code), row)).collect();
        by_code.sort_unstable();
        Self {
            parcels: parcels.rows().map(one).collect(),
            by_code: by_code.into_iter().map(|(_, row)| row).collect(),
        }
    }
}

/// The first day of what came of others.
fn births(lineage: Shelf<'_>) -> FxHashMap<EntryId, Date> {
    let mut born = FxHashMap::default();
    for row in lineage.rows() {
        let Some(on) = lineage.date(row, LandPart::On) else { continue };
        for child in lineage.entries(row, LandPart::Child) {
            let first = born.entry(child).or_insert(on);
            *first = on.min(*first);
        }
    }
    born
}

/// The layer of space of a parcel code: surface, above, below (GB/T 37346 feature letters).
pub(crate) fn layer_of(code: &str) -> &'static str {
    match parcel::parse(code).map(|code| code.feature().to_owned()).as_deref() {
        Some(feature) if feature.ends_with('S') => "above",
        Some(feature) if feature.ends_with('X') => "below",
        _ => "surface",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_told_by_the_feature_letters() {
        assert_eq!(layer_of("340123002004GB00011"), "surface");
        assert_eq!(layer_of("340123 002004 GS00019"), "above");
        assert_eq!(layer_of("340123002004GX00020"), "below");
        assert_eq!(layer_of("2023GC07007"), "surface");
    }
}
