//! Parcels as a file to take away: GeoJSON or GeoPackage for a map program, a workbook for everybody else. Each with the
//! grades of a frozen evaluation where one is named.
//!
//! A file says what the list says to the same person: what is masked or withheld on the screen is so in the file. A map file
//! holds parcels with a boundary only; how many have none is told. Deliberately absent: formats (`land`, `office`), other
//! coordinate systems than CGCS2000.
//!
//! To add a format: a variant of [`ExportFormat`], its word, and an arm in [`export`].

use jiff::civil::Date;
use land::{Attribute, Crs, Feature, Place, Trouble, Value as Shown, What, write};
use model::definition::LandPart;
use model::id::EntryId;
use office::write::{BookSpec, CellSpec, SheetSpec, Style, xlsx};

use super::boundary;
use super::drawing::told;
use super::fault::{ParcelsFault, Result};
use super::gather::gather;
use super::ground::Ground;
use super::list::{ListQuestion, parcels};
use super::measured::Measured;
use super::shapes::{MeasureHead, ParcelPage, ParcelRow};
use crate::access::Actor;
use crate::books::{BooksFault, Page};
use crate::messages::parcels as say;
use crate::park::Park;

/// Decimals of measures.
const PLACES: u32 = 4;

/// What a file of parcels may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportFormat {
    /// GeoJSON with its coordinate system named.
    GeoJson,
    /// An OGC GeoPackage.
    GeoPackage,
    /// A workbook without boundaries.
    Workbook,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::GeoJson, Self::GeoPackage, Self::Workbook];

    /// Its word, which is the ending of its files too.
    pub fn word(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::Workbook => "xlsx",
        }
    }

    /// The format of a word.
    ///
    /// # Errors
    /// [`ParcelsFault::Value`] when there is none.
    pub fn named(word: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|format| format.word() == word);
        found.ok_or_else(|| ParcelsFault::Value { field: "format", value: word.to_owned() })
    }
}

/// Which parcels to take away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExportQuestion {
    /// As what.
    pub format: ExportFormat,
    /// Those in force on this day; today when absent.
    pub on: Option<Date>,
    /// The frozen evaluation of grades.
    pub run: Option<u64>,
}

/// A file to save.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many parcels are in it.
    pub parcels: usize,
    /// How many are not, having no boundary.
    pub undrawn: usize,
}

/// Parcels in force on a day as a file.
///
/// # Errors
/// [`ParcelsFault`] when they are not for this person, or there is no such evaluation.
pub fn export(park: &Park, actor: &Actor, asked: &ExportQuestion) -> Result<ExportedFile> {
    let year = asked.run.map(|run| park.store().evaluation(run).map(|record| record.year)).transpose()?;
    let year = super::year_or_newest(park, year)?;
    let ground = Ground::new(park, actor)?;
    let measured = Measured { ground: &ground, gathered: gather(park, &ground, year) };
    let measures = measured.divided().map(|(measure, _)| measure.id.to_string()).collect();
    let page = Page { offset: 0, limit: usize::MAX };
    let (on, run) = (asked.on, asked.run);
    let list = ListQuestion { on, year: Some(year), run, measures, page, ..ListQuestion::default() };
    let found = parcels(park, actor, &list)?;
    let name = format!("{}-{}.{}", ground.parcels().book.title, found.on, asked.format.word());
    let headings = Headings::new(&ground, &found);
    if asked.format == ExportFormat::Workbook {
        let bytes = xlsx(&workbook(&ground, &headings, &found)).map_err(BooksFault::Export)?;
        return Ok(ExportedFile { name, bytes, parcels: found.items.len(), undrawn: 0 });
    }
    let features = features(&ground, &headings, &found);
    let bytes = match asked.format {
        ExportFormat::GeoPackage => {
            // The file says the day it speaks of, not when it was made: the same question gives the same bytes.
            let changed = format!("{}T00:00:00.000Z", found.on);
            write::gpkg(&features, Crs::Cgcs2000, &ground.parcels().book.title, &changed)
        }
        _ => write::geojson(&features, Crs::Cgcs2000),
    };
    let unwritten =
        |what: What| ParcelsFault::Drawing(Box::new(told(&Trouble::refused(Place::default(), what), &name)));
    let bytes = bytes.map_err(unwritten)?;
    let undrawn = found.items.len() - features.len();
    Ok(ExportedFile { name, bytes, parcels: features.len(), undrawn })
}

/// What is said of each parcel, with the titles of the book.
struct Headings {
    titles: Vec<String>,
    graded: bool,
}

impl Headings {
    fn new(ground: &Ground<'_>, found: &ParcelPage) -> Self {
        let graded = found.run.is_some();
        let title = |part| ground.parcels().title(part).to_owned();
        let mut titles = vec![title(LandPart::Code), title(LandPart::Name), title(LandPart::Holder)];
        titles.extend([say::LEGAL_AREA, say::LEGAL_AREA_MU].map(str::to_owned));
        titles.extend([title(LandPart::LandUse), title(LandPart::Location), title(LandPart::State)]);
        titles.push(say::STATUS.to_owned());
        if graded {
            titles.extend([say::GRADE, say::SCORE].map(str::to_owned));
        }
        titles.extend(found.measures.iter().map(|measure| measured(measure, found.year)));
        Self { titles, graded }
    }

    /// What is said of one parcel, in the order of the titles.
    fn values(&self, row: &ParcelRow) -> Vec<Shown> {
        let text = |text: Option<&str>| {
            text.filter(|text| !text.is_empty()).map_or(Shown::Missing, |text| Shown::Text(text.to_owned()))
        };
        let number = |number: Option<rust_decimal::Decimal>| {
            number.map_or(Shown::Missing, |number| Shown::Number(number.normalize().to_string()))
        };
        let holder = row.holder.as_ref().map(|holder| holder.title.as_str());
        let mut values = vec![text(Some(&row.code)), text(Some(&row.name)), text(holder)];
        values.extend([number(row.area), number(row.mu)]);
        values.extend([text(row.land_use.as_deref()), text(row.location.as_deref())]);
        values.push(text(row.state.as_deref()));
        values.push(text(row.status.as_deref().map(say::standing)));
        if self.graded {
            values.extend([text(row.grade.as_deref()), number(row.score)]);
        }
        values.extend(row.values.iter().map(|cell| number(cell.value.map(|value| value.round_dp(PLACES)))));
        values
    }
}

/// The heading of a measure: its title, year and unit.
fn measured(measure: &MeasureHead, year: i16) -> String {
    say::measure_of_year(&measure.title, year, &measure.unit)
}

/// Parcels with a boundary, as `land` writes them.
fn features(ground: &Ground<'_>, headings: &Headings, found: &ParcelPage) -> Vec<Feature> {
    let parcels = ground.parcels();
    let names: Vec<std::sync::Arc<str>> = headings.titles.iter().map(|title| title.as_str().into()).collect();
    let feature = |row: &ParcelRow| {
        let at = parcels.table.row(EntryId(row.entry))?;
        let shape = boundary::shape(&parcels.text(at, LandPart::Boundary)?)?;
        let values = names.iter().zip(headings.values(row));
        let attributes = values.map(|(name, value)| Attribute { name: name.clone(), value }).collect();
        Some(Feature { shape, attributes, place: Place::default() })
    };
    found.items.iter().filter_map(feature).collect()
}

fn workbook(ground: &Ground<'_>, headings: &Headings, found: &ParcelPage) -> BookSpec {
    let cell = |value: Shown| match value {
        Shown::Missing => CellSpec::blank(),
        Shown::Number(digits) => CellSpec::decimal(digits),
        other => CellSpec::text(other.text().unwrap_or_default()),
    };
    let head = headings.titles.iter().map(|title| CellSpec::text(title.clone()).styled(Style::Header));
    let head: Vec<CellSpec> = head.collect();
    let widths = (0u16..).zip(&headings.titles).map(|(at, title)| {
        let wide = (title.chars().count() * 2 + 2).clamp(10, 40);
        (at, f64::from(u8::try_from(wide).unwrap_or(40)))
    });
    let rows = found.items.iter().map(|row| headings.values(row).into_iter().map(cell).collect());
    let sheet = SheetSpec {
        name: ground.parcels().book.title.clone(),
        widths: widths.collect(),
        rows: std::iter::once(head).chain(rows).collect(),
        freeze: Some((1, 2)),
        ..SheetSpec::default()
    };
    BookSpec { sheets: vec![sheet] }
}
