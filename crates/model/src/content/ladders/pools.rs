//! Reserve pools: `pools.toml`, checked against books, ladders and their data.
//!
//! Deliberately absent: reckoning; `app` does.

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::raw::{Number, RawCriterion, RawTree, Text};
use super::{At, Loading};
use crate::definition::{
    Application, DatumKind, Distance, FieldKind, Goal, Measured, Nearness, Op, Pool, PoolBook, Rule, Rung,
    Screen, Tree, Turn,
};
use crate::id::{PoolId, QualificationId};
use crate::wording::{diagnostic as say, ladder as say_ladder};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolsFile {
    kept: RawKept,
    #[serde(default)]
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKept {
    book: Text,
    line: Text,
    entered: Text,
    left: Text,
    owner: Text,
    next: Text,
    goal: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    id: Text,
    title: Text,
    title_en: String,
    screen: Vec<RawScreen>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScreen {
    id: Text,
    title: String,
    title_en: String,
    document: String,
    authority: String,
    valid_from: Text,
    valid_to: Option<Text>,
    source: String,
    #[serde(default)]
    only: Vec<RawOnly>,
    holding: Option<Text>,
    without: Option<Text>,
    all: Option<Spanned<Vec<RawTree>>>,
    #[serde(default)]
    criterion: Vec<RawCriterion>,
    ladder: Option<Text>,
    rung: Option<Text>,
    lacking: Option<usize>,
    reaching: Option<RawReaching>,
    /// Months before the end of a term.
    expiring: Option<u8>,
    value: Option<Text>,
    rolling: Option<RawRolling>,
    unit: Option<Text>,
    at_least: Option<Number>,
    below: Option<Number>,
    from: Option<Number>,
    upto: Option<Number>,
    turn: Option<Turn>,
    #[serde(default)]
    levels: IndexMap<String, Number>,
    trend: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOnly {
    says: Text,
    is: Vec<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRolling {
    book: Text,
    field: Text,
    months: u8,
    #[serde(default)]
    projected: bool,
}

/// A score that must be within reach.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReaching {
    criterion: Text,
    at_least: Number,
}

/// The fewest values a trend is read from.
const FEWEST: u8 = 3;
/// The most months of a sum, and the most values of a trend.
const MOST: u8 = 36;

impl Loading {
    pub(super) fn pools_file(&mut self, at: At<'_>) {
        let Some(raw) = self.read::<PoolsFile>(at) else { return };
        let Some(kept) = self.kept(at, &raw.kept) else { return };
        let words = match &self.content.books[&kept.book].fields[&kept.line].kind {
            FieldKind::Choice { choices } => Some(choices.clone()),
            _ => None,
        };
        for raw in raw.line {
            self.check_id(at, raw.id.get_ref());
            if let Some(words) = &words
                && !words.contains(raw.title.get_ref())
            {
                let known = words.iter().map(String::as_str);
                let said = say_ladder::unknown(say_ladder::CHOICE, raw.title.get_ref(), known);
                self.report(at, raw.title.span(), said);
                continue;
            }
            let mut screens: Vec<Screen> = Vec::new();
            for raw in raw.screen {
                self.check_id(at, raw.id.get_ref());
                if screens.iter().any(|of| of.id.as_str() == raw.id.get_ref()) {
                    self.report(at, raw.id.span(), say::duplicate_id(raw.id.get_ref()));
                    continue;
                }
                screens.extend(self.screen(at, raw));
            }
            let id = PoolId::from(raw.id.get_ref().as_str());
            let pool =
                Pool { id: id.clone(), title: raw.title.into_inner(), title_en: raw.title_en, screens };
            if self.content.pools.insert(id, pool).is_some() {
                self.report(at, raw.id.span(), say::duplicate_id(raw.id.get_ref()));
            }
        }
        self.content.pool_book = Some(kept);
    }

    fn kept(&mut self, at: At<'_>, raw: &RawKept) -> Option<PoolBook> {
        let book = self.about_enterprises(at, &raw.book)?;
        let line = self.field_name(at, &book, &raw.line)?;
        let entered = self.day_field(at, &book, Some(&raw.entered))?;
        let left = self.day_field(at, &book, Some(&raw.left))?;
        let owner = self.field_name(at, &book, &raw.owner)?;
        let next = self.field_name(at, &book, &raw.next)?;
        let goal = match &raw.goal {
            Some(name) => Some(self.field_name(at, &book, name)?),
            None => None,
        };
        Some(PoolBook { book: book.id, line, entered, left, owner, next, goal })
    }

    fn screen(&mut self, at: At<'_>, mut raw: RawScreen) -> Option<Screen> {
        let valid_from = self.ladder_date(at, &raw.valid_from)?;
        let valid_to = match &raw.valid_to {
            Some(text) => Some(self.ladder_date(at, text)?),
            None => None,
        };
        if valid_to.is_some_and(|last| last < valid_from) {
            self.report(at, raw.id.span(), say_ladder::ends_before_it_begins());
            return None;
        }
        if raw.document.trim().is_empty() || raw.authority.trim().is_empty() {
            self.report(at, raw.id.span(), say_ladder::undocumented());
            return None;
        }
        let mut only = Vec::new();
        for of in &raw.only {
            let datum = self.ladder_datum(at, of.says.get_ref(), of.says.span())?;
            let places: Option<Vec<usize>> =
                of.is.iter().map(|word| self.said_place(at, &datum, word)).collect();
            only.push((datum.id, places?));
        }
        let held = self.held(at, raw.holding.as_ref(), raw.without.as_ref())?;
        let conditions = match raw.all.take() {
            Some(all) => Some(Box::new(self.conditions(at, &mut raw, all, valid_from)?)),
            None => None,
        };
        let measures = raw.value.is_some() || raw.rolling.is_some();
        let by = match (&raw.ladder, &raw.rung) {
            (Some(ladder), Some(rung)) => self.by_rung(at, &raw, ladder, rung, conditions.is_some())?,
            _ if conditions.is_some() && !measures => Nearness::Conditions,
            _ => Nearness::Amount(self.distance(at, &raw)?),
        };
        Some(Screen {
            conditions,
            id: raw.id.into_inner().into(),
            title: raw.title,
            title_en: raw.title_en,
            document: raw.document,
            authority: raw.authority,
            valid_from,
            valid_to,
            source: raw.source,
            only,
            held,
            by,
        })
    }

    /// Whom a screen is for by what they hold; outer none: there is no such qualification.
    #[expect(clippy::option_option, reason = "the outer one is whether it could be read")]
    fn held(
        &mut self,
        at: At<'_>,
        holding: Option<&Text>,
        without: Option<&Text>,
    ) -> Option<Option<(QualificationId, bool)>> {
        match (holding, without) {
            (Some(name), _) => Some(Some((self.qualification_name(at, name)?, true))),
            (None, Some(name)) => Some(Some((self.qualification_name(at, name)?, false))),
            (None, None) => Some(None),
        }
    }

    /// The conditions of a screen as a rule.
    fn conditions(
        &mut self,
        at: At<'_>,
        raw: &mut RawScreen,
        all: Spanned<Vec<RawTree>>,
        valid_from: jiff::civil::Date,
    ) -> Option<Rule> {
        let (mut criteria, mut places) = (IndexMap::new(), Vec::new());
        for raw in std::mem::take(&mut raw.criterion) {
            let span = raw.id.span();
            let criterion = self.criterion(at, &[], raw)?;
            places.push((criterion.id.clone(), span.clone()));
            let id = criterion.id.clone();
            if criteria.insert(id.clone(), criterion).is_some() {
                self.report(at, span, say::duplicate_id(id.as_str()));
            }
        }
        let place = all.span();
        let parts: Option<Vec<Tree>> =
            all.into_inner().into_iter().map(|of| self.tree(at, &place, &criteria, of)).collect();
        let rule = Rule {
            id: raw.id.get_ref().as_str().into(),
            document: raw.document.clone(),
            authority: raw.authority.clone(),
            region: String::new(),
            valid_from,
            valid_to: None,
            applies_to: vec![Application::New, Application::Review],
            source: raw.source.clone(),
            criteria,
            tables: Vec::new(),
            tree: Tree::All(parts?),
            checks: Vec::new(),
            at: place,
        };
        self.uses(at, &rule, &places)?;
        Some(rule)
    }

    fn by_rung(
        &mut self,
        at: At<'_>,
        raw: &RawScreen,
        ladder: &Text,
        rung: &Text,
        narrowed: bool,
    ) -> Option<Nearness> {
        let Some(found) = self.content.ladders.get(ladder.get_ref().as_str()) else {
            let known: Vec<String> = self.content.ladders.keys().map(ToString::to_string).collect();
            let known = known.iter().map(String::as_str);
            let said = say_ladder::unknown(say_ladder::LADDER, ladder.get_ref(), known);
            self.report(at, ladder.span(), said);
            return None;
        };
        let found = found.clone();
        let Some(goal) = found.rungs.iter().find(|of| of.id.as_str() == rung.get_ref()) else {
            let known = found.rungs.iter().map(|of| of.id.as_str());
            let said = say_ladder::unknown(say_ladder::RUNG, rung.get_ref(), known);
            self.report(at, rung.span(), said);
            return None;
        };
        let (ladder, rung) = (found.id.clone(), goal.id.clone());
        if let Some(months) = raw.expiring {
            if goal.qualification.is_none() || months == 0 {
                self.report(at, raw.id.span(), say_ladder::bad_screen());
                return None;
            }
            return Some(Nearness::Expiring { ladder, rung, months });
        }
        let reaching = match &raw.reaching {
            Some(reaching) => Some(self.reaching(at, goal, reaching)?),
            None => None,
        };
        // Conditions of its own narrow a screen enough; without them a rung that is not met would take in everybody.
        let lacking = raw.lacking.or((!narrowed).then_some(0));
        Some(Nearness::Rung(Goal { ladder, rung, lacking, reaching }))
    }

    fn reaching(
        &mut self,
        at: At<'_>,
        goal: &Rung,
        raw: &RawReaching,
    ) -> Option<(crate::id::CriterionId, rust_decimal::Decimal)> {
        let criteria = || goal.rules.iter().flat_map(|rule| rule.criteria.keys());
        let Some(id) = criteria().find(|id| id.as_str() == raw.criterion.get_ref()).cloned() else {
            let known = criteria().map(crate::id::CriterionId::as_str).collect::<Vec<_>>().into_iter();
            let said = say_ladder::unknown(say_ladder::CRITERION, raw.criterion.get_ref(), known);
            self.report(at, raw.criterion.span(), said);
            return None;
        };
        Some((id, self.ladder_number(at, &raw.at_least)?))
    }

    fn distance(&mut self, at: At<'_>, raw: &RawScreen) -> Option<Distance> {
        let Some(unit) = &raw.unit else {
            self.report(at, raw.id.span(), say_ladder::bad_screen());
            return None;
        };
        let unit = self.unit_name(at, unit)?;
        let of = match (&raw.value, &raw.rolling) {
            (Some(name), None) => {
                let datum = self.ladder_datum(at, name.get_ref(), name.span())?;
                if !matches!(datum.kind, DatumKind::Number | DatumKind::Count)
                    || datum.unit.as_ref() != Some(&unit)
                {
                    self.report(at, name.span(), say_ladder::wrong_kind(&datum.title));
                    return None;
                }
                Measured::Datum(datum.id)
            }
            (None, Some(rolling)) => self.rolling(at, rolling, &unit)?,
            _ => {
                self.report(at, raw.id.span(), say_ladder::bad_screen());
                return None;
            }
        };
        let (op, threshold) = match (&raw.at_least, &raw.below) {
            (Some(number), None) => (Op::AtLeast, self.ladder_setting(at, number)?),
            (None, Some(number)) => (Op::Below, self.ladder_setting(at, number)?),
            _ => {
                self.report(at, raw.id.span(), say_ladder::one_limit());
                return None;
            }
        };
        if raw.trend.is_some_and(|many| !(FEWEST..=MOST).contains(&many))
            || (raw.turn.is_some() && raw.trend.is_none())
        {
            self.report(at, raw.id.span(), say_ladder::bad_trend());
            return None;
        }
        let from = match &raw.from {
            Some(number) => Some(self.ladder_setting(at, number)?),
            None => None,
        };
        let upto = match &raw.upto {
            Some(number) => Some(self.ladder_number(at, number)?),
            None => None,
        };
        let mut levels = Vec::new();
        for (title, number) in &raw.levels {
            levels.push((title.clone(), self.ladder_number(at, number)?));
        }
        let (turn, trend) = (raw.turn, raw.trend);
        Some(Distance { of, unit, op, threshold, from, upto, turn, levels, trend })
    }

    fn rolling(&mut self, at: At<'_>, raw: &RawRolling, unit: &crate::id::UnitId) -> Option<Measured> {
        let book = self.about_enterprises(at, &raw.book)?;
        if book.statistics_confidential {
            self.report(at, raw.book.span(), say_ladder::confidential(&book.title));
            return None;
        }
        let field = self.field_name(at, &book, &raw.field)?;
        let monthly = book
            .time
            .as_ref()
            .is_some_and(|time| matches!(book.fields[time].kind, FieldKind::Period | FieldKind::Month));
        if !monthly || !(1..=MOST).contains(&raw.months) {
            self.report(at, raw.book.span(), say_ladder::timeless(&book.title));
            return None;
        }
        let Some(kept) = book.fields[&field].kind.unit().cloned() else {
            self.report(at, raw.field.span(), say_ladder::wrong_kind(&book.fields[&field].title));
            return None;
        };
        let dimension =
            |id: &crate::id::UnitId| self.content.units.get(id.as_str()).map(|of| of.dimension.clone());
        if let (Some(a), Some(b)) = (dimension(&kept), dimension(unit))
            && a != b
        {
            self.report(at, raw.field.span(), say::unit_mismatch(&a, &b));
            return None;
        }
        Some(Measured::Rolling {
            book: book.id,
            field,
            unit: kept,
            months: raw.months,
            projected: raw.projected,
        })
    }
}
