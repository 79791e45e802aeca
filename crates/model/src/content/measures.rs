//! Measures and kinds of marks: `measures.toml`, checked against figures, units and books.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{Domain, FieldKind, MarkKind, MarkSource, Measure, Over, Split};
use crate::id::FieldId;
use crate::wording::diagnostic as say;

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuresFile {
    #[serde(default)]
    measures: IndexMap<String, RawMeasure>,
    #[serde(default)]
    marks: IndexMap<String, RawMark>,
    marks_from: Option<RawFrom>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    title: Text,
    #[serde(default)]
    title_en: String,
    figure: Option<Text>,
    #[serde(default)]
    over: Over,
    unit: Text,
    domain: Domain,
    #[serde(default)]
    department: String,
    #[serde(default)]
    split: Split,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMark {
    title: Text,
    #[serde(default)]
    title_en: String,
    from: Option<RawFrom>,
    filter: Option<Text>,
    /// Documents and remarks; not used by code.
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

/// The book that records marks and what its fields mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrom {
    book: Text,
    enterprise: Option<Text>,
    parcel: Option<Text>,
    on: Option<Text>,
    until: Option<Text>,
    points: Option<Text>,
    reason: Option<Text>,
}

impl Loading {
    pub(super) fn measures(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == "measures.toml") else { return };
        let at = At { file, stem: "measures" };
        let Some(raw) = self.read::<MeasuresFile>(at) else { return };
        for (id, raw) in raw.measures {
            self.check_id(at, &id);
            if let Some(measure) = self.measure(at, &id, raw) {
                self.content.measures.insert(measure.id.clone(), measure);
            }
        }
        let usual = raw.marks_from.as_ref().and_then(|from| self.marks_from(at, from));
        for (id, raw) in raw.marks {
            self.check_id(at, &id);
            if let Some(mark) = self.mark(at, &id, raw, usual.as_ref()) {
                self.content.marks.insert(mark.id.clone(), mark);
            }
        }
    }

    fn measure(&mut self, at: At<'_>, id: &str, raw: RawMeasure) -> Option<Measure> {
        let unit = self.unit_name(at, &raw.unit)?;
        if let Some(figure) = &raw.figure {
            self.check_figure(at, figure, &raw.unit)?;
        }
        Some(Measure {
            id: id.into(),
            title: raw.title.into_inner(),
            title_en: raw.title_en,
            figure: raw.figure.map(|f| f.into_inner().into()),
            over: raw.over,
            unit,
            domain: raw.domain,
            department: raw.department,
            split: raw.split,
        })
    }

    /// The figure exists and can be given in the measure's unit.
    fn check_figure(&mut self, at: At<'_>, name: &Text, unit: &Text) -> Option<()> {
        let Some(figure) = self.content.figures.get(name.get_ref().as_str()) else {
            self.report(at, name.span(), say::unknown_figure(name.get_ref()));
            return None;
        };
        let dimension =
            |id: &str| self.content.units.get(id).map(|u| u.dimension.clone()).unwrap_or_default();
        let theirs = figure.unit.as_ref().map(|u| dimension(u.as_str())).unwrap_or_default();
        let ours = dimension(unit.get_ref());
        if theirs != ours {
            self.report(at, unit.span(), say::unit_mismatch(&ours, &theirs));
            return None;
        }
        Some(())
    }

    /// A kind with neither a book of its own nor a filter over the usual one is recorded by nobody.
    fn mark(&mut self, at: At<'_>, id: &str, raw: RawMark, usual: Option<&MarkSource>) -> Option<MarkKind> {
        let place = match &raw.from {
            Some(from) => Some(self.marks_from(at, from)?),
            None if raw.filter.is_some() => usual.cloned(),
            None => None,
        };
        let source = match (place, &raw.filter) {
            (Some(place), Some(text)) => {
                let filter = Some(self.condition(at, &place.book, text, false)?);
                Some(MarkSource { filter, ..place })
            }
            (place, None) => place,
            (None, Some(text)) => {
                self.report(at, text.span(), say::missing_key("marks_from"));
                return None;
            }
        };
        Some(MarkKind { id: id.into(), title: raw.title.into_inner(), title_en: raw.title_en, source })
    }

    fn marks_from(&mut self, at: At<'_>, raw: &RawFrom) -> Option<MarkSource> {
        let Some(book) = self.content.books.get(raw.book.get_ref().as_str()).cloned() else {
            let said = say::unknown_book(raw.book.get_ref(), &self.content.books);
            self.report(at, raw.book.span(), said);
            return None;
        };
        if raw.enterprise.is_none() && raw.parcel.is_none() {
            self.report(at, raw.book.span(), say::missing_key("enterprise / parcel"));
            return None;
        }
        for subject in [&raw.enterprise, &raw.parcel].into_iter().flatten() {
            let field = self.field_name(at, &book, subject)?;
            if !matches!(book.fields[&field].kind, FieldKind::Reference { .. }) {
                self.report(at, subject.span(), say::not_a_reference(subject.get_ref()));
                return None;
            }
        }
        let mut field = |name: &Option<Text>| -> Option<Option<FieldId>> {
            name.as_ref().map_or(Some(None), |name| self.field_name(at, &book, name).map(Some))
        };
        Some(MarkSource {
            enterprise: field(&raw.enterprise)?,
            parcel: field(&raw.parcel)?,
            on: field(&raw.on)?,
            until: field(&raw.until)?,
            points: field(&raw.points)?,
            reason: field(&raw.reason)?,
            filter: None,
            book: book.id.clone(),
        })
    }
}
