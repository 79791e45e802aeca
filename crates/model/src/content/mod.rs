//! Loading content: files in, checked definitions and diagnostics out. Everything that is wrong is reported with file,
//! line, column, a sentence and a hint; what is right is usable all the same.
//!
//! Deliberately absent: reading folders (that is `app`), and merging – an overlay replaces whole files.
//!
//! To add a kind of content: a raw form in `raw.rs`, a checked form in `definition/`, a `load_…` module here.

mod access;
mod books;
mod calendar;
mod enterprises;
mod figures;
mod ladders;
mod land;
mod land_rules;
mod layouts;
mod measures;
mod pages;
mod plans;
mod policies;
mod promotion;
mod raw;
mod reports;
mod schemes;
mod visits;
mod windows;

use std::ops::Range;

use indexmap::IndexMap;

use crate::calendar::WorkCalendar;
use crate::definition::visits::VisitRules;
use crate::definition::{
    Access, Book, Claim, Datum, Exclusion, Figure, Intake, Ladder, LadderCalendar, LandRule, Layout,
    MarkKind, Measure, Pages, Policy, PolicyBooks, Pool, PoolBook, Qualification, QualificationBook, Report,
    Scheme,
};
use crate::expr::ExprFault;
use crate::id::{
    BookId, ClaimId, DatumId, ExclusionId, FigureId, LadderId, LandRuleId, LayoutId, MarkId, MeasureId,
    PolicyId, PoolId, QualificationId, ReportId, SchemeId,
};
use crate::unit::{Dimension, Unit, Units};
use crate::wording::diagnostic as say;

/// One content file: its path under the content folder and its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// Such as `books/enterprises.toml`, with `/`.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Something wrong in a content file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The file's path.
    pub path: String,
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// All definitions of one content folder.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Content {
    /// Units.
    pub units: Units,
    /// Words that matter in any sheet.
    pub intake: Intake,
    /// Books by id, in path order.
    pub books: IndexMap<BookId, Book>,
    /// Layouts by id.
    pub layouts: IndexMap<LayoutId, Layout>,
    /// Figures by id, in file order.
    pub figures: IndexMap<FigureId, Figure>,
    /// Topic file stem to its titles (Chinese, English).
    pub topics: IndexMap<String, (String, String)>,
    /// Exclusion sets by id.
    pub exclusions: IndexMap<ExclusionId, Exclusion>,
    /// Claims by id.
    pub claims: IndexMap<ClaimId, Claim>,
    /// Reports by id.
    pub reports: IndexMap<ReportId, Report>,
    /// Measures by id, in the order of the file.
    pub measures: IndexMap<MeasureId, Measure>,
    /// Kinds of marks by id, in the order of the file.
    pub marks: IndexMap<MarkId, MarkKind>,
    /// Schemes by id, in path order.
    pub schemes: IndexMap<SchemeId, Scheme>,
    /// Rules of idle and low-efficiency land by id, in path order.
    pub land_rules: IndexMap<LandRuleId, LandRule>,
    /// What criteria of ladders ask about an enterprise, in the order of the file.
    pub data: IndexMap<DatumId, Datum>,
    /// Qualifications that criteria ask for, in the order of the file.
    pub qualifications: IndexMap<QualificationId, Qualification>,
    /// Regions (省、市、区) whose rules of ladders apply to this park; rules without a region apply everywhere.
    pub ladder_regions: Vec<String>,
    /// The datum that says since when an enterprise exists: in years before, it had nothing.
    pub ladder_founded: Option<DatumId>,
    /// Where it is recorded how enterprises stand to them.
    pub qualification_book: Option<QualificationBook>,
    /// Ladders by id, in path order.
    pub ladders: IndexMap<LadderId, Ladder>,
    /// Where candidates of reserve pools are kept.
    pub pool_book: Option<PoolBook>,
    /// Reserve pools by id, in the order of the file.
    pub pools: IndexMap<PoolId, Pool>,
    /// Which days are worked.
    pub calendar: WorkCalendar,
    /// Visits to enterprises and their demands.
    pub visits: Option<VisitRules>,
    /// When applications for rungs of ladders are taken, and how long preparing takes.
    pub windows: LadderCalendar,
    /// Where cases of policies are kept, and money for them.
    pub policy_books: Option<PolicyBooks>,
    /// Policies by id, in path order.
    pub policies: IndexMap<PolicyId, Policy>,
    /// Roles and what they may do.
    pub access: Access,
    /// What the pages of the web client show.
    pub pages: Pages,
}

impl Content {
    /// Reads all files (TOML ones; others are ignored) and checks them against each other.
    pub fn load(files: &[SourceFile]) -> (Self, Vec<Diagnostic>) {
        let mut sorted: Vec<&SourceFile> = files.iter().filter(|f| f.path.ends_with(".toml")).collect();
        sorted.sort_by(|a, b| a.path.cmp(&b.path));
        let mut loading = Loading::default();
        loading.units(&sorted);
        loading.books(&sorted);
        loading.layouts(&sorted);
        loading.figures(&sorted);
        loading.reports(&sorted);
        loading.measures(&sorted);
        loading.schemes(&sorted);
        loading.land_rules(&sorted);
        loading.ladders(&sorted);
        loading.calendar(&sorted);
        loading.visits(&sorted);
        loading.policies(&sorted);
        loading.access(&sorted);
        loading.windows(&sorted);
        loading.pages(&sorted);
        loading.enterprises(&sorted);
        loading.promotion(&sorted);
        loading.parcels(&sorted);
        loading.diagnostics.sort_by(|a, b| (&a.path, a.at.start).cmp(&(&b.path, b.at.start)));
        (loading.content, loading.diagnostics)
    }

    /// The departments that send books, sorted.
    pub fn departments(&self) -> Vec<&str> {
        let names = self.books.values().map(|b| b.department.as_str()).filter(|d| !d.is_empty());
        names.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// The first book that declares a role.
    pub fn book_with_role(&self, role: &str) -> Option<&Book> {
        self.books.values().find(|b| b.role.as_deref() == Some(role))
    }
}

/// The state of one load.
#[derive(Default)]
struct Loading {
    content: Content,
    diagnostics: Vec<Diagnostic>,
}

/// A file being loaded, to report against.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a SourceFile,
    stem: &'a str,
}

/// The files directly in `folder`, with their stems.
fn in_folder<'a>(files: &[&'a SourceFile], folder: &str) -> Vec<At<'a>> {
    files
        .iter()
        .filter_map(|file| {
            let stem = file.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml")?;
            (!stem.contains('/')).then_some(At { file, stem })
        })
        .collect()
}

impl Loading {
    fn report(&mut self, at: At<'_>, range: Range<usize>, (message, hint): (String, String)) {
        let end = at.file.text.len();
        let at_range = range.start.min(end)..range.end.min(end);
        self.diagnostics.push(Diagnostic { path: at.file.path.clone(), at: at_range, message, hint });
    }

    /// A fault inside a quoted TOML string: moved from the text to the file.
    fn report_expr(&mut self, at: At<'_>, text: &toml::Spanned<String>, fault: ExprFault) {
        let span = text.span();
        let raw = at.file.text.get(span.clone()).unwrap_or_default();
        let quote = raw.len() - raw.trim_start_matches(['"', '\'']).len();
        // With escapes inside, positions shift; then the whole string is named.
        let plain = raw.get(quote..quote + text.get_ref().len()) == Some(text.get_ref().as_str());
        let range =
            if plain { span.start + quote + fault.at.start..span.start + quote + fault.at.end } else { span };
        self.report(at, range, (fault.message, fault.hint));
    }

    /// Reads one file into its raw form; a syntax or structure fault is a diagnostic.
    fn read<T: serde::de::DeserializeOwned>(&mut self, at: At<'_>) -> Option<T> {
        match toml::from_str(&at.file.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                self.report(at, range, say::toml_fault(error.message()));
                None
            }
        }
    }

    fn units(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == "units.toml") else { return };
        let at = At { file, stem: "units" };
        let Some(raw) = self.read::<raw::UnitsFile>(at) else { return };
        let mut units: Vec<Unit> = Vec::new();
        for unit in raw.unit {
            let span = unit.id.span();
            let Ok(factor) = unit.factor.get_ref().parse() else {
                self.report(at, unit.factor.span(), say::bad_number(unit.factor.get_ref()));
                continue;
            };
            let id = unit.id.into_inner();
            if units.iter().any(|u| u.id.as_str() == id) {
                self.report(at, span, say::duplicate_id(&id));
                continue;
            }
            let dimension = Dimension::parse(&unit.dimension);
            units.push(Unit { id: id.into(), dimension, factor, aliases: unit.aliases });
        }
        self.content.units = Units::new(units).expect("repeated ids were left out above");
        if let Some(file) = files.iter().find(|f| f.path == "intake.toml") {
            self.content.intake = self.read(At { file, stem: "intake" }).unwrap_or_default();
        }
    }

    /// Whether `id` is made of lower-case letters, digits and `_`.
    fn check_id(&mut self, at: At<'_>, id: &str) {
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
            let start = at.file.text.find(id).unwrap_or(0);
            self.report(at, start..start + id.len(), say::bad_id(id));
        }
    }
}

#[cfg(test)]
mod tests;
