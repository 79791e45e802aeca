//! Ladders: `ladders.toml` (data and qualifications) and `ladders/ID.toml` (rungs, rules, worked checks), checked against
//! each other and against units. A number a document states without our having it is written `to be supplied`.
//!
//! Deliberately absent: running the checks; `assess` does, and `content check` asks it.

mod checks;
mod criteria;
mod pools;
mod raw;
mod sources;
mod tables;

use indexmap::IndexMap;

use self::raw::{DataFile, LadderFile, RawDatum, RawKind, RawRule, RawRung, RawTree, Text};
use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{
    Case, Datum, DatumKind, Ladder, Outcome, Prerequisite, Qualification, Route, Rule, Rung, Test, Tree,
};
use crate::id::CriterionId;
use crate::wording::{diagnostic as say, ladder as say_ladder};

impl Loading {
    pub(super) fn ladders(&mut self, files: &[&SourceFile]) {
        if let Some(file) = files.iter().find(|f| f.path == "ladders.toml") {
            self.ladder_data(At { file, stem: "ladders" });
        }
        let mut places: IndexMap<crate::id::LadderId, u16> = IndexMap::new();
        for at in in_folder(files, "ladders") {
            self.check_id(at, at.stem);
            let Some(raw) = self.read::<LadderFile>(at) else { continue };
            let mut rungs: Vec<Rung> = Vec::new();
            for raw in raw.rung {
                let span = raw.id.span();
                let Some(rung) = self.rung(at, raw) else { continue };
                if rungs.iter().any(|r| r.id == rung.id) {
                    self.report(at, span, say::duplicate_id(rung.id.as_str()));
                    continue;
                }
                rungs.push(rung);
            }
            let ladder = Ladder { id: at.stem.into(), title: raw.title, title_en: raw.title_en, rungs };
            places.insert(ladder.id.clone(), raw.order.unwrap_or(u16::MAX));
            self.content.ladders.insert(ladder.id.clone(), ladder);
        }
        // Stable: ladders of one place stay in the order of their ids.
        self.content.ladders.sort_by(|a, _, b, _| places[a].cmp(&places[b]).then_with(|| a.cmp(b)));
        if let Some(file) = files.iter().find(|f| f.path == "pools.toml") {
            self.pools_file(At { file, stem: "pools" });
        }
    }

    fn ladder_data(&mut self, at: At<'_>) {
        let Some(raw) = self.read::<DataFile>(at) else { return };
        for (id, raw) in raw.data {
            self.check_id(at, &id);
            if let Some(datum) = self.datum(at, &id, raw) {
                self.content.data.insert(datum.id.clone(), datum);
            }
        }
        self.content.ladder_regions = raw.regions;
        self.content.qualification_book = raw.recorded.and_then(|raw| self.qualification_book(at, &raw));
        let book = self.content.qualification_book.as_ref().map(|of| of.book.clone());
        for (id, raw) in raw.qualifications {
            self.check_id(at, &id);
            let id = crate::id::QualificationId::from(id);
            let keep = raw.keep.as_ref().zip(book.as_ref());
            let keep = keep.and_then(|(text, book)| self.condition(at, book, text, false));
            let (title, title_en) = (raw.title, raw.title_en);
            let (years, calendar) = (raw.years, raw.calendar);
            let listed = raw.listed.as_ref().and_then(|name| self.yes_or_no(at, name));
            self.content
                .qualifications
                .insert(id.clone(), Qualification { id, title, title_en, years, calendar, listed, keep });
        }
        if let Some(name) = &raw.founded
            && let Some(datum) = self.ladder_datum(at, name.get_ref(), name.span())
        {
            if datum.kind == DatumKind::Date {
                self.content.ladder_founded = Some(datum.id);
            } else {
                self.report(at, name.span(), say_ladder::wrong_kind(&datum.title));
            }
        }
    }

    /// A datum that says yes or no.
    fn yes_or_no(&mut self, at: At<'_>, name: &Text) -> Option<crate::id::DatumId> {
        let datum = self.ladder_datum(at, name.get_ref(), name.span())?;
        if datum.kind != DatumKind::YesNo {
            self.report(at, name.span(), say_ladder::wrong_kind(&datum.title));
            return None;
        }
        Some(datum.id)
    }

    fn datum(&mut self, at: At<'_>, id: &str, raw: RawDatum) -> Option<Datum> {
        let unit = match &raw.unit {
            Some(unit) => Some(self.unit_name(at, unit)?),
            None => None,
        };
        let kind = match raw.kind {
            RawKind::Number => DatumKind::Number,
            RawKind::Count => DatumKind::Count,
            RawKind::YesNo => DatumKind::YesNo,
            RawKind::Choice => DatumKind::Choice(raw.choices),
            RawKind::Date => DatumKind::Date,
        };
        let (title, title_en, department) = (raw.title, raw.title_en, raw.department);
        let id = id.into();
        let mut datum = Datum { id, title, title_en, kind, unit, department, yearly: raw.yearly, from: None };
        datum.from = raw.from.and_then(|raw| self.source(at, &datum, &raw));
        Some(datum)
    }

    fn rung(&mut self, at: At<'_>, raw: RawRung) -> Option<Rung> {
        self.check_id(at, raw.id.get_ref());
        let qualification = match &raw.qualification {
            Some(name) => Some(self.qualification_name(at, name)?),
            None => None,
        };
        let mut rules: Vec<Rule> = Vec::new();
        // As written, for later versions that say what they change only.
        let mut written: Vec<RawRule> = Vec::new();
        for raw in raw.rule {
            let span = raw.span();
            let id = raw.get_ref().id.clone();
            if rules.iter().any(|r| r.id.as_str() == id.get_ref()) {
                self.report(at, id.span(), say::duplicate_id(id.get_ref()));
                continue;
            }
            let Some(raw) = self.whole(at, raw.into_inner(), &written) else { continue };
            written.push(raw.clone());
            rules.extend(self.rule(at, raw, span));
        }
        let (title, title_en) = (raw.title, raw.title_en);
        Some(Rung { id: raw.id.into_inner().into(), title, title_en, qualification, rules })
    }

    /// A version with what it takes from the earlier one it is like.
    fn whole(&mut self, at: At<'_>, raw: RawRule, written: &[RawRule]) -> Option<RawRule> {
        let Some(name) = &raw.like else { return Some(raw) };
        let known = written.iter().map(|of| of.id.get_ref().as_str());
        let Some(earlier) = written.iter().find(|of| of.id.get_ref() == name.get_ref()) else {
            self.report(at, name.span(), say_ladder::unknown(say_ladder::VERSION, name.get_ref(), known));
            return None;
        };
        let unknown = |name: &&Text| !earlier.criterion.iter().any(|of| of.id.get_ref() == name.get_ref());
        if let Some(name) = raw.without.iter().find(unknown) {
            let known = earlier.criterion.iter().map(|of| of.id.get_ref().as_str());
            self.report(at, name.span(), say_ladder::unknown(say_ladder::CRITERION, name.get_ref(), known));
            return None;
        }
        Some(raw.over(earlier))
    }

    fn rule(&mut self, at: At<'_>, raw: RawRule, span: std::ops::Range<usize>) -> Option<Rule> {
        let valid_from = self.ladder_date(at, &raw.valid_from)?;
        let valid_to = match &raw.valid_to {
            Some(text) => Some(self.ladder_date(at, text)?),
            None => None,
        };
        if valid_to.is_some_and(|last| last < valid_from) {
            self.report(at, raw.valid_from.span(), say_ladder::ends_before_it_begins());
        }
        if raw.document.trim().is_empty() || raw.authority.trim().is_empty() {
            self.report(at, raw.id.span(), say_ladder::undocumented());
        }
        let mut tables = Vec::new();
        for table in raw.table {
            tables.push(self.table(at, table)?);
        }
        let mut criteria = IndexMap::new();
        let mut places = Vec::new();
        for raw in raw.criterion {
            let id = raw.id.clone();
            let criterion = self.criterion(at, &tables, raw)?;
            places.push((criterion.id.clone(), id.span()));
            if criteria.insert(criterion.id.clone(), criterion).is_some() {
                self.report(at, id.span(), say::duplicate_id(id.get_ref()));
            }
        }
        let Some(all) = raw.all else {
            self.report(at, raw.id.span(), say_ladder::bad_tree());
            return None;
        };
        let place = all.span();
        let parts: Option<Vec<Tree>> =
            all.into_inner().into_iter().map(|t| self.tree(at, &place, &criteria, t)).collect();
        let mut rule = Rule {
            id: raw.id.get_ref().as_str().into(),
            document: raw.document,
            authority: raw.authority,
            region: raw.region,
            valid_from,
            valid_to,
            applies_to: raw.applies_to,
            source: raw.source,
            criteria,
            tables,
            tree: Tree::All(parts?),
            checks: Vec::new(),
            at: raw.id.span(),
        };
        self.uses(at, &rule, &places)?;
        rule.checks = self.checks(at, &rule, &raw.usual.unwrap_or_default(), raw.check);
        let proves = |outcome: Outcome| rule.checks.iter().any(|c| c.verdict == outcome);
        if ![Outcome::Met, Outcome::NotMet, Outcome::Unknown].into_iter().all(proves) {
            self.report(at, span.start..span.start + 1, say_ladder::too_few_checks());
        }
        Some(rule)
    }

    fn tree(
        &mut self,
        at: At<'_>,
        place: &std::ops::Range<usize>,
        criteria: &IndexMap<CriterionId, crate::definition::Criterion>,
        raw: RawTree,
    ) -> Option<Tree> {
        let inner = |this: &mut Self, raws: Vec<RawTree>| -> Option<Vec<Tree>> {
            if raws.is_empty() {
                this.report(at, place.clone(), say_ladder::bad_tree());
                return None;
            }
            raws.into_iter().map(|t| this.tree(at, place, criteria, t)).collect()
        };
        match raw {
            RawTree::Any { any } => Some(Tree::Any(inner(self, any)?)),
            RawTree::All { all } => Some(Tree::All(inner(self, all)?)),
            RawTree::Criterion(name) => {
                let Some(found) = criteria.get(name.as_str()) else {
                    let known = criteria.keys().map(CriterionId::as_str);
                    let said = say_ladder::unknown(say_ladder::CRITERION, &name, known);
                    self.report(at, place.clone(), said);
                    return None;
                };
                Some(Tree::Criterion(found.id.clone()))
            }
        }
    }

    /// Every criterion is in the tree, in a table, or practice; cases of tables name criteria that are no scores.
    fn uses(
        &mut self,
        at: At<'_>,
        rule: &Rule,
        places: &[(CriterionId, std::ops::Range<usize>)],
    ) -> Option<()> {
        let mut used = rule.tree.criteria();
        for route in rule.tables.iter().flat_map(|t| &t.parts).flat_map(|p| &p.routes) {
            let Route::Cases(cases) = route else { continue };
            for Case { criterion: id, .. } in cases {
                let Some(found) = rule.criteria.get(id) else {
                    let known = rule.criteria.keys().map(CriterionId::as_str);
                    let said = say_ladder::unknown(say_ladder::CRITERION, id.as_str(), known);
                    self.report(at, rule.at.clone(), said);
                    return None;
                };
                if matches!(found.test, Test::Score(..)) {
                    self.report(at, rule.at.clone(), say_ladder::score_in_score());
                    return None;
                }
                used.push(id);
            }
        }
        for (id, place) in places {
            let practice = rule.criteria[id].prerequisite == Some(Prerequisite::Practice);
            if !practice && !used.contains(&id) {
                self.report(at, place.clone(), say_ladder::unused_criterion(id.as_str()));
            }
        }
        Some(())
    }

    fn ladder_date(&mut self, at: At<'_>, text: &Text) -> Option<jiff::civil::Date> {
        let date = text.get_ref().parse().ok();
        if date.is_none() {
            self.report(at, text.span(), say::bad_date(text.get_ref()));
        }
        date
    }
}
