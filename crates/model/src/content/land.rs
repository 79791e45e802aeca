//! `pages/parcels.toml`: which fields of the books of land say what, checked against the books.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::{
    Book, DrawingWords, FieldKind, LandBook, LandPart, LandRole, MatchingRule, ParcelsPage,
};
use crate::id::{FieldId, MeasureId};
use crate::wording::diagnostic as say;

/// The page's path.
const PATH: &str = "pages/parcels.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParcelsFile {
    scheme: Option<String>,
    matching: Option<RawMatching>,
    #[serde(default)]
    rate_units: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    drawing: RawDrawing,
    parcel: Option<RawLand>,
    right: Option<RawLand>,
    building: Option<RawLand>,
    occupancy: Option<RawLand>,
    lineage: Option<RawLand>,
    commitment: Option<RawLand>,
    meter: Option<RawLand>,
    site_account: Option<RawLand>,
    objection: Option<RawLand>,
    disposal: Option<RawLand>,
    space_need: Option<RawLand>,
    mark: Option<RawLand>,
    survey: Option<RawLand>,
    effect_rate: Option<RawLand>,
    boundary: Option<RawLand>,
    enterprise: Option<RawLand>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatching {
    divide: bool,
    placed: Decimal,
    wished: Decimal,
    waste: Decimal,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawDrawing {
    code: Vec<String>,
    area: Vec<String>,
    holder: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLand {
    #[serde(default)]
    fields: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    means: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>,
    #[serde(default)]
    measures: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl ParcelsFile {
    fn roles(self) -> impl Iterator<Item = (LandRole, RawLand)> {
        use LandRole as R;
        let roles = [
            (R::Parcel, self.parcel),
            (R::Right, self.right),
            (R::Building, self.building),
            (R::Occupancy, self.occupancy),
            (R::Lineage, self.lineage),
            (R::Commitment, self.commitment),
            (R::Meter, self.meter),
            (R::SiteAccount, self.site_account),
            (R::Objection, self.objection),
            (R::Disposal, self.disposal),
            (R::SpaceNeed, self.space_need),
            (R::Mark, self.mark),
            (R::Survey, self.survey),
            (R::EffectRate, self.effect_rate),
            (R::Boundary, self.boundary),
            (R::Enterprise, self.enterprise),
        ];
        roles.into_iter().filter_map(|(role, raw)| Some((role, raw?)))
    }
}

impl Loading {
    pub(super) fn parcels(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == PATH) else { return };
        let at = At { file, stem: "parcels" };
        let Some(mut raw) = self.read::<ParcelsFile>(at) else { return };
        let mut page = ParcelsPage { scheme: raw.scheme.take(), ..ParcelsPage::default() };
        page.matching = raw.matching.take().map(|raw| MatchingRule {
            divide: raw.divide,
            placed: raw.placed,
            wished: raw.wished,
            waste: raw.waste,
        });
        for (policy, unit) in std::mem::take(&mut raw.rate_units) {
            if self.content.units.get(unit.get_ref()).is_none() {
                let said = say::unknown_unit(unit.get_ref(), &self.content.units);
                self.report(at, unit.span(), said);
            }
            page.rate_units.insert(policy.into_inner(), unit.into_inner());
        }
        let words = std::mem::take(&mut raw.drawing);
        page.drawing = DrawingWords { code: words.code, area: words.area, holder: words.holder };
        for (role, raw) in raw.roles() {
            if let Some(book) = self.land_book(at, role, raw) {
                page.books.insert(role, book);
            }
        }
        if page.book(LandRole::Parcel).is_none() {
            self.report(at, 0..0, say::missing_key(LandRole::Parcel.word()));
            return;
        }
        self.content.pages.parcels = Some(page);
    }

    fn land_book(&mut self, at: At<'_>, role: LandRole, raw: RawLand) -> Option<LandBook> {
        let Some(book) = self.content.book_with_role(role.word()).cloned() else {
            let start = at.file.text.find(&format!("[{}", role.word())).unwrap_or(0);
            self.report(at, start..start, say::no_book_with_role(role.word()));
            return None;
        };
        let mut fields = BTreeMap::new();
        for (part, name) in raw.fields {
            let field = self.land_field(at, &book, &name);
            if let (Some(part), Some(field)) = (self.land_part(at, role, &part), field) {
                fields.insert(part, field);
            }
        }
        let (required, parts) = role.parts();
        for part in parts.iter().take(required).filter(|p| !fields.contains_key(*p)) {
            let start = at.file.text.find(&format!("[{}", role.word())).unwrap_or(0);
            self.report(at, start..start, say::missing_key(part.word()));
        }
        let mut means = BTreeMap::new();
        for (part, texts) in raw.means {
            let Some(known) = self.land_part(at, role, &part) else { continue };
            let Some(field) = fields.get(&known).and_then(|f| book.field(f)) else {
                self.report(at, part.span(), say::missing_key(&format!("fields.{}", known.word())));
                continue;
            };
            let meanings = self.land_meanings(at, role.meanings(known), &field.kind, texts);
            means.insert(known, meanings);
        }
        let mut measures = BTreeMap::new();
        for (id, name) in raw.measures {
            if !self.content.measures.contains_key(id.get_ref().as_str()) {
                let known: Vec<&str> = self.content.measures.keys().map(MeasureId::as_str).collect();
                let said = say::unknown_word(id.get_ref(), &known);
                self.report(at, id.span(), said);
            }
            if let Some(field) = self.land_field(at, &book, &name) {
                measures.insert(id.into_inner().into(), field);
            }
        }
        Some(LandBook { book: book.id, fields, means, measures })
    }

    fn land_part(&mut self, at: At<'_>, role: LandRole, part: &Spanned<String>) -> Option<LandPart> {
        let parts = role.parts().1;
        let known = LandPart::named(part.get_ref()).filter(|p| parts.contains(p));
        if known.is_none() {
            let words: Vec<&str> = parts.iter().map(|p| p.word()).collect();
            self.report(at, part.span(), say::unknown_word(part.get_ref(), &words));
        }
        known
    }

    fn land_field(&mut self, at: At<'_>, book: &Book, name: &Spanned<String>) -> Option<FieldId> {
        if book.fields.contains_key(name.get_ref().as_str()) {
            return Some(name.get_ref().as_str().into());
        }
        self.report(at, name.span(), say::unknown_field(name.get_ref(), book));
        None
    }

    /// What texts mean: each text a choice of the field if it has choices, each meaning a word of the program.
    fn land_meanings(
        &mut self,
        at: At<'_>,
        words: &[&str],
        kind: &FieldKind,
        texts: BTreeMap<Spanned<String>, Spanned<String>>,
    ) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (text, meaning) in texts {
            if let FieldKind::Choice { choices } = kind
                && !choices.contains(text.get_ref())
            {
                self.report(at, text.span(), say::unknown_choice(text.get_ref(), choices));
            }
            if !words.is_empty() && !words.contains(&meaning.get_ref().as_str()) {
                self.report(at, meaning.span(), say::unknown_word(meaning.get_ref(), words));
            }
            found.insert(text.into_inner(), meaning.into_inner());
        }
        found
    }
}
