//! Reports: `reports/ID/report.toml`, its parameters and charts checked against books, figures and units.
//!
//! Deliberately absent: templates, which are Word files (`app::report`). To let a parameter take its values from something
//! else: a variant of [`ParameterValues`] and its keys in `RawParameter`.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;

use super::enterprises::ENTERPRISE;
use super::{At, Loading, raw};
use crate::content::SourceFile;
use crate::definition::{
    Across, Chart, ChartKind, ChartSeries, Class, Copies, Parameter, ParameterValues, Report, Topic,
};
use crate::id::{FieldId, FigureId};
use crate::wording::diagnostic as say;

impl Loading {
    pub(super) fn reports(&mut self, files: &[&SourceFile]) {
        for file in
            files.iter().filter(|f| f.path.starts_with("reports/") && f.path.ends_with("/report.toml"))
        {
            let stem = file.path.trim_start_matches("reports/").trim_end_matches("/report.toml");
            let at = At { file, stem };
            let Some(raw) = self.read::<raw::ReportFile>(at) else { continue };
            let parameters: IndexMap<String, Parameter> =
                raw.parameter.into_iter().filter_map(|one| self.parameter(at, one)).collect();
            for (name, chart) in &raw.charts {
                self.chart(at, name, chart, &parameters);
            }
            let copies = raw.copies.and_then(|raw| self.copies(at, raw));
            if (raw.about == Some(Topic::Certificate)) != copies.is_some() {
                self.report(at, 0..0, say::certificate_copies());
            }
            let report = Report {
                id: stem.into(),
                title: raw.title,
                title_en: raw.title_en,
                about: raw.about,
                copies,
                template: raw.template,
                blanks: raw.blank.into_iter().map(raw::RawBlank::checked).collect(),
                parameters,
                charts: raw.charts,
            };
            self.content.reports.insert(report.id.clone(), report);
        }
    }

    /// The rows of a certificate: of a book that may stand in the file of an enterprise, without fields that are personal.
    fn copies(&mut self, at: At<'_>, raw: raw::RawCopies) -> Option<Copies> {
        let register = self.content.book_with_role(ENTERPRISE).map(|book| book.id.clone())?;
        let book = self.open_book(at, &raw.book)?;
        let by = raw.by.iter().filter_map(|name| self.names_enterprise(at, &book, &register, name)).collect();
        let mut columns = Vec::new();
        for name in &raw.columns {
            let Some(field) = self.page_field(at, &book, name) else { continue };
            if self.content.books[&book].fields[&field].class == Class::Personal {
                self.report(at, name.span(), say::certificate_personal(name.get_ref()));
            }
            columns.push(field);
        }
        let of = self.content.books[&book].clone();
        let from = self.day_field(at, &of, Some(&raw.from))?;
        let until = self.day_field(at, &of, raw.until.as_ref());
        Some(Copies { book, by, columns, from, until })
    }

    fn parameter(&mut self, at: At<'_>, raw: raw::RawParameter) -> Option<(String, Parameter)> {
        let id = raw.id.get_ref().clone();
        self.check_id(at, &id);
        let values = match (&raw.book, raw.figures.is_empty(), raw.choices.is_empty(), raw.day) {
            (Some(book), true, true, false) => self.values_of_book(at, book, raw.field.as_ref())?,
            (None, false, true, false) => ParameterValues::Figures(self.known_figures(at, &raw.figures)),
            (None, true, false, false) => ParameterValues::Choices(raw.choices),
            (None, true, true, true) => ParameterValues::Day,
            _ => {
                self.report(at, raw.id.span(), say::parameter_values());
                return None;
            }
        };
        if let Some(default) = raw.default.as_ref().filter(|text| !values.may_be(text.get_ref())) {
            self.report(at, default.span(), say::parameter_default(default.get_ref()));
        }
        let (title, title_en, default) = (raw.title, raw.title_en, raw.default.map(Spanned::into_inner));
        Some((id.clone(), Parameter { id, title, title_en, values, default }))
    }

    fn values_of_book(
        &mut self,
        at: At<'_>,
        book: &Spanned<String>,
        field: Option<&Spanned<String>>,
    ) -> Option<ParameterValues> {
        let Some(found) = self.content.books.get(book.get_ref().as_str()) else {
            let said = say::unknown_book(book.get_ref(), &self.content.books);
            self.report(at, book.span(), said);
            return None;
        };
        let unknown = field.filter(|field| !found.fields.contains_key(field.get_ref().as_str()));
        if let Some(field) = unknown {
            let said = say::unknown_field(field.get_ref(), found);
            self.report(at, field.span(), said);
            return None;
        }
        let field = field.map(|field| FieldId::from(field.get_ref().as_str()));
        Some(ParameterValues::Field(found.id.clone(), field))
    }

    fn known_figures(&mut self, at: At<'_>, names: &[Spanned<String>]) -> Vec<FigureId> {
        let mut known = Vec::new();
        for name in names {
            if self.content.figures.contains_key(name.get_ref().as_str()) {
                known.push(FigureId::from(name.get_ref().as_str()));
            } else {
                self.report(at, name.span(), say::unknown_figure(name.get_ref()));
            }
        }
        known
    }

    fn chart(&mut self, at: At<'_>, name: &str, chart: &Chart, parameters: &IndexMap<String, Parameter>) {
        let place = |word: &str| place(&at.file.text, name, word);
        let wrong = match chart.across {
            Across::Rows => chart.by.is_none(),
            Across::Figures => chart.figures.is_empty(),
            Across::Months | Across::Years => false,
        };
        let pies = |series: &ChartSeries| series.kind.unwrap_or(chart.kind) == ChartKind::Pie;
        if chart.series.iter().any(pies) && (chart.series.len() > 1 || chart.kind != ChartKind::Pie) {
            self.report(at, place(name), say::pie_stands_alone());
        }
        if wrong || chart.series.is_empty() {
            self.report(at, place(name), say::chart_incomplete());
        }
        let of_series = chart.series.iter().filter_map(|series| series.figure.as_ref());
        for id in of_series.chain(&chart.figures) {
            let set = id.as_str().strip_prefix('$').is_some_and(|name| parameters.contains_key(name));
            if !set && !self.content.figures.contains_key(id) {
                self.report(at, place(id.as_str()), say::unknown_figure(id.as_str()));
            }
        }
        for series in &chart.series {
            if series.figure.is_none() && chart.across != Across::Figures {
                self.report(at, place(&series.title), say::series_without_figure());
            }
            if let Some(unit) = &series.unit
                && self.content.units.get(unit.as_str()).is_none()
            {
                let said = say::unknown_unit(unit.as_str(), &self.content.units);
                self.report(at, place(unit.as_str()), said);
            }
            if let Some(set) = &series.exclude
                && !self.content.exclusions.contains_key(set)
            {
                self.report(at, place(set.as_str()), say::unknown_exclusion(set.as_str()));
            }
            for text in series.only.values() {
                if let Some(wanted) = text.strip_prefix('$')
                    && !parameters.contains_key(wanted)
                {
                    self.report(at, place(text), say::unknown_parameter(wanted, parameters.keys()));
                }
            }
        }
    }
}

/// Where a word stands in the table of a chart, or the table itself.
fn place(text: &str, chart: &str, word: &str) -> Range<usize> {
    let table = text.find(&format!("charts.{chart}")).unwrap_or(0);
    let found = text[table..].find(word).map(|at| table + at);
    found.map_or(table..table, |start| start..start + word.len())
}
