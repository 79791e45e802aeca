//! `pages/promotion.toml`: investment promotion on one page, checked against books and figures.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{
    CapitalClaims, FieldKind, LandOutlook, LandTarget, Pipeline, PromotionPage, PromotionSection,
};
use crate::id::{BookId, FieldId, FigureId};
use crate::wording::{diagnostic as say, page as say_page};

/// The page's path.
const PATH: &str = "pages/promotion.toml";

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PromotionFile {
    #[serde(default)]
    pipeline: Vec<RawPipeline>,
    capital: Option<RawCapital>,
    land: Option<RawLand>,
    #[serde(default)]
    section: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPipeline {
    id: Text,
    title: String,
    #[serde(default)]
    title_en: String,
    book: Text,
    stage: Text,
    #[serde(default)]
    closed: Vec<Text>,
    #[serde(default)]
    reached: IndexMap<Text, Text>,
    amount: Option<Text>,
    #[serde(default)]
    columns: Vec<Text>,
    #[serde(default)]
    figures: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCapital {
    arrivals: Text,
    amount: Text,
    foreign: Option<Text>,
    whole: Text,
    whole_foreign: Option<Text>,
    claims: Text,
    arrival: Text,
    programme: Text,
    claimed: Text,
    claimed_foreign: Option<Text>,
    programmes: IndexMap<Text, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLand {
    book: Text,
    #[serde(default)]
    columns: Vec<Text>,
    #[serde(default)]
    figures: Vec<Text>,
    #[serde(default)]
    target: Vec<RawTarget>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTarget {
    id: Text,
    title: String,
    #[serde(default)]
    title_en: String,
    expected: Text,
    figure: Text,
    by: String,
    from: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    id: Text,
    title: String,
    #[serde(default)]
    title_en: String,
    whole: Option<Text>,
    #[serde(default)]
    parts: Vec<Text>,
    #[serde(default)]
    figures: Vec<Text>,
    book: Option<Text>,
    #[serde(default)]
    columns: Vec<Text>,
}

impl Loading {
    pub(super) fn promotion(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|file| file.path == PATH) else { return };
        let at = At { file, stem: "page" };
        let Some(raw) = self.read::<PromotionFile>(at) else { return };
        let pipelines = raw.pipeline.into_iter().filter_map(|raw| self.pipeline(at, raw)).collect();
        let capital = raw.capital.and_then(|raw| self.capital_claims(at, &raw));
        let land = raw.land.and_then(|raw| self.land_outlook(at, raw));
        let sections = raw.section.into_iter().filter_map(|raw| self.promotion_section(at, raw)).collect();
        self.content.pages.promotion = Some(PromotionPage { pipelines, capital, land, sections });
    }

    fn page_figure(&mut self, at: At<'_>, name: &Text) -> Option<FigureId> {
        if self.content.figures.contains_key(name.get_ref().as_str()) {
            return Some(name.get_ref().as_str().into());
        }
        let said = say::unknown_figure(name.get_ref());
        self.report(at, name.span(), said);
        None
    }

    fn page_figures(&mut self, at: At<'_>, names: &[Text]) -> Vec<FigureId> {
        names.iter().filter_map(|name| self.page_figure(at, name)).collect()
    }

    fn page_fields(&mut self, at: At<'_>, book: &BookId, names: &[Text]) -> Vec<FieldId> {
        names.iter().filter_map(|name| self.page_field(at, book, name)).collect()
    }

    /// A field that may be left out.
    #[expect(clippy::option_option, reason = "left out and wrong are two things")]
    fn perhaps_field(&mut self, at: At<'_>, book: &BookId, name: Option<&Text>) -> Option<Option<FieldId>> {
        match name {
            Some(name) => self.page_field(at, book, name).map(Some),
            None => Some(None),
        }
    }

    fn pipeline(&mut self, at: At<'_>, raw: RawPipeline) -> Option<Pipeline> {
        self.check_id(at, raw.id.get_ref());
        let book = self.page_book(at, &raw.book)?;
        let stage = self.page_field(at, &book, &raw.stage)?;
        let FieldKind::Choice { choices } = &self.content.books[&book].fields[&stage].kind else {
            self.report(at, raw.stage.span(), say_page::not_a_stage(raw.stage.get_ref()));
            return None;
        };
        let choices = choices.clone();
        for word in &raw.closed {
            if !choices.contains(word.get_ref()) {
                self.report(at, word.span(), say::unknown_choice(word.get_ref(), &choices));
            }
        }
        let mut reached = IndexMap::new();
        for (word, name) in &raw.reached {
            if !choices.contains(word.get_ref()) {
                self.report(at, word.span(), say::unknown_choice(word.get_ref(), &choices));
            }
            let of = self.content.books[&book].clone();
            if let Some(field) = self.day_field(at, &of, Some(name)) {
                reached.insert(word.get_ref().clone(), field);
            }
        }
        Some(Pipeline {
            reached,
            id: raw.id.into_inner(),
            title: raw.title,
            title_en: raw.title_en,
            amount: self.perhaps_field(at, &book, raw.amount.as_ref())?,
            columns: self.page_fields(at, &book, &raw.columns),
            figures: self.page_figures(at, &raw.figures),
            closed: raw.closed.into_iter().map(Spanned::into_inner).collect(),
            book,
            stage,
        })
    }

    fn capital_claims(&mut self, at: At<'_>, raw: &RawCapital) -> Option<CapitalClaims> {
        let (arrivals, claims) = (self.page_book(at, &raw.arrivals)?, self.page_book(at, &raw.claims)?);
        if self.content.books[&arrivals].time.is_none() {
            self.report(at, raw.arrivals.span(), say::missing_key("time"));
            return None;
        }
        let arrival = self.page_field(at, &claims, &raw.arrival)?;
        if self.content.books[&claims].fields[&arrival].kind.book() != Some(&arrivals) {
            self.report(at, raw.arrival.span(), say_page::other_register(raw.arrival.get_ref()));
            return None;
        }
        let mut programmes = IndexMap::new();
        for (word, figure) in &raw.programmes {
            programmes.insert(word.get_ref().clone(), self.page_figure(at, figure)?);
        }
        let whole_foreign = match &raw.whole_foreign {
            Some(name) => Some(self.page_figure(at, name)?),
            None => None,
        };
        Some(CapitalClaims {
            amount: self.page_field(at, &arrivals, &raw.amount)?,
            foreign: self.perhaps_field(at, &arrivals, raw.foreign.as_ref())?,
            whole: self.page_figure(at, &raw.whole)?,
            whole_foreign,
            programme: self.page_field(at, &claims, &raw.programme)?,
            claimed: self.page_field(at, &claims, &raw.claimed)?,
            claimed_foreign: self.perhaps_field(at, &claims, raw.claimed_foreign.as_ref())?,
            programmes,
            arrivals,
            claims,
            arrival,
        })
    }

    fn land_outlook(&mut self, at: At<'_>, raw: RawLand) -> Option<LandOutlook> {
        let book = self.page_book(at, &raw.book)?;
        if self.content.books[&book].time.is_none() {
            self.report(at, raw.book.span(), say::missing_key("time"));
            return None;
        }
        let columns = self.page_fields(at, &book, &raw.columns);
        let figures = self.page_figures(at, &raw.figures);
        let mut targets = Vec::new();
        for raw in raw.target {
            self.check_id(at, raw.id.get_ref());
            targets.push(LandTarget {
                expected: self.page_field(at, &book, &raw.expected)?,
                figure: self.page_figure(at, &raw.figure)?,
                from: self.page_field(at, &book, &raw.from)?,
                id: raw.id.into_inner(),
                title: raw.title,
                title_en: raw.title_en,
                by: raw.by,
            });
        }
        Some(LandOutlook { book, columns, figures, targets })
    }

    fn promotion_section(&mut self, at: At<'_>, raw: RawSection) -> Option<PromotionSection> {
        self.check_id(at, raw.id.get_ref());
        let book = match &raw.book {
            Some(name) => Some(self.page_book(at, name)?),
            None => None,
        };
        let whole = match &raw.whole {
            Some(name) => Some(self.page_figure(at, name)?),
            None => None,
        };
        let columns = book.as_ref().map_or_else(Vec::new, |book| self.page_fields(at, book, &raw.columns));
        Some(PromotionSection {
            parts: self.page_figures(at, &raw.parts),
            figures: self.page_figures(at, &raw.figures),
            id: raw.id.into_inner(),
            title: raw.title,
            title_en: raw.title_en,
            whole,
            book,
            columns,
        })
    }
}
