//! `visits.toml`: where contact persons, visits and demands stand, and the dated rules over them, checked against books.
//!
//! Deliberately absent: judging a day; `app::visits` does.

mod raw;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use self::raw::{
    RawContact, RawDemand, RawEscalation, RawFrequency, RawHead, RawLight, RawLimit, RawPhoto, RawVisit,
    Text, VisitsFile,
};
use super::{At, Loading};
use crate::content::SourceFile;
use crate::definition::visits::{
    ContactBook, DemandBook, DemandPart, DemandState, Escalation, ExpiringTest, Frequency, Group, Light,
    LightColour, LightTest, Limit, PhotoBook, Rhythm, RowTest, RuleHead, VisitBook, VisitRules,
};
use crate::definition::{Book, Every, FieldKind};
use crate::expr::Expr;
use crate::id::{BookId, FieldId};
use crate::wording::{diagnostic as say, visits as say_visits};

/// The role of the register of enterprises.
const ENTERPRISE: &str = "enterprise";

impl Loading {
    pub(super) fn visits(&mut self, files: &[&SourceFile]) {
        let Some(file) = files.iter().find(|f| f.path == "visits.toml") else { return };
        let at = At { file, stem: "visit_rules" };
        let Some(raw) = self.read::<VisitsFile>(at) else { return };
        self.content.visits = self.visit_rules(at, raw);
    }

    fn visit_rules(&mut self, at: At<'_>, raw: VisitsFile) -> Option<VisitRules> {
        let Some(register) = self.content.book_with_role(ENTERPRISE).cloned() else {
            self.report(at, 0..0, say::no_book_with_role(ENTERPRISE));
            return None;
        };
        let present = self.condition(at, &register.id, &raw.enterprise.present, false)?;
        let since = self.day_field(at, &register, raw.enterprise.since.as_ref());
        let contact = raw.contact.and_then(|raw| self.contact_book(at, &raw));
        let visit = self.visit_book(at, &raw.visit)?;
        let photo = raw.photo.and_then(|raw| self.photo_book(at, &visit.book, &raw));
        let plan = raw.plan.and_then(|raw| self.about_enterprises(at, &raw.book)).map(|book| book.id);
        let demand = raw.demand.and_then(|raw| self.demand_book(at, raw));
        let mut frequencies = Vec::new();
        for raw in raw.frequency {
            let span = raw.span();
            let found = self.frequency(at, (&register.id, &visit.book), since.is_some(), &raw, &frequencies);
            self.keep_rule(at, span, found, &mut frequencies, |rule| &rule.head);
        }
        let mut limits = Vec::new();
        for raw in raw.limit {
            let span = raw.head().id.span();
            let found = demand.as_ref().and_then(|demand| self.step_limit(at, &demand.book, &raw));
            self.keep_rule(at, span, found, &mut limits, |rule| &rule.head);
        }
        let mut lights = Vec::new();
        for raw in raw.light {
            let span = raw.span();
            let found = self.light(at, &raw);
            self.keep_rule(at, span, found, &mut lights, |rule| &rule.head);
        }
        lights.sort_by_key(|light: &Light| light.colour);
        let mut escalations = Vec::new();
        for raw in raw.escalation {
            let span = raw.head().id.span();
            let found = Some(self.escalation(at, &raw));
            self.keep_rule(at, span, found, &mut escalations, |rule| &rule.head);
        }
        escalations.sort_by_key(|rule: &Escalation| rule.overdue);
        Some(VisitRules {
            present,
            since,
            contact,
            visit,
            photo,
            plan,
            demand,
            frequencies,
            limits,
            lights,
            escalations,
        })
    }

    /// Keeps a rule whose id is its own.
    fn keep_rule<T>(
        &mut self,
        at: At<'_>,
        span: std::ops::Range<usize>,
        found: Option<T>,
        kept: &mut Vec<T>,
        head: impl Fn(&T) -> &RuleHead,
    ) {
        let Some(rule) = found else { return };
        if kept.iter().any(|other| head(other).id == head(&rule).id) {
            let said = say::duplicate_id(&head(&rule).id);
            self.report(at, span, said);
            return;
        }
        kept.push(rule);
    }

    fn rule_head(&mut self, at: At<'_>, raw: &RawHead) -> RuleHead {
        self.check_id(at, raw.id.get_ref());
        let from = raw.from.as_ref().and_then(|text| self.date(at, text));
        let to = raw.to.as_ref().and_then(|text| self.date(at, text));
        if let (Some(from), Some(to), Some(text)) = (from, to, &raw.to)
            && to < from
        {
            self.report(at, text.span(), say::days_reversed());
        }
        RuleHead {
            id: raw.id.get_ref().clone(),
            title: raw.title.clone(),
            title_en: raw.title_en.clone(),
            document: raw.document.clone(),
            from,
            to,
            source: raw.source.clone(),
        }
    }

    /// A condition, where one is written; what is wrong is reported.
    fn perhaps_condition(
        &mut self,
        at: At<'_>,
        book: &BookId,
        text: Option<&Text>,
    ) -> Result<Option<Expr>, ()> {
        match text {
            Some(text) => self.condition(at, book, text, false).map(Some).ok_or(()),
            None => Ok(None),
        }
    }

    fn contact_book(&mut self, at: At<'_>, raw: &RawContact) -> Option<ContactBook> {
        let book = self.about_enterprises(at, &raw.book)?;
        let officer = self.field_name(at, &book, &raw.officer)?;
        let department = raw.department.as_ref().and_then(|f| self.field_name(at, &book, f));
        let from = self.day_field(at, &book, raw.from.as_ref());
        let to = self.day_field(at, &book, raw.to.as_ref());
        Some(ContactBook { book: book.id, officer, department, from, to })
    }

    /// Fields of a form, in order.
    fn form_fields(&mut self, at: At<'_>, book: &Book, names: &[Text]) -> Vec<FieldId> {
        names.iter().filter_map(|name| self.field_name(at, book, name)).collect()
    }

    fn visit_book(&mut self, at: At<'_>, raw: &RawVisit) -> Option<VisitBook> {
        let book = self.about_enterprises(at, &raw.book)?;
        if book.time.is_none() || book.subject.is_none() {
            self.report(at, raw.book.span(), say::missing_key("subject, time"));
            return None;
        }
        let mut field = |name: &Option<Text>| name.as_ref().and_then(|f| self.field_name(at, &book, f));
        let (officer, department) = (field(&raw.officer), field(&raw.department));
        let demands = field(&raw.demands);
        let form = self.form_fields(at, &book, &raw.form);
        let themes = self.form_fields(at, &book, &raw.themes);
        Some(VisitBook { book: book.id, officer, department, demands, form, themes })
    }

    fn photo_book(&mut self, at: At<'_>, visits: &BookId, raw: &RawPhoto) -> Option<PhotoBook> {
        let book = self.known_book(at, &raw.book)?;
        let visit = self.field_name(at, &book, &raw.visit)?;
        if book.field(&visit).and_then(|field| field.kind.book()) != Some(visits) {
            self.report(at, raw.visit.span(), say_visits::no_visit(&book.title));
            return None;
        }
        Some(PhotoBook {
            visit,
            digest: self.field_name(at, &book, &raw.digest)?,
            format: self.field_name(at, &book, &raw.format)?,
            width: self.field_name(at, &book, &raw.width)?,
            height: self.field_name(at, &book, &raw.height)?,
            size: self.field_name(at, &book, &raw.size)?,
            book: book.id,
            most: raw.most,
            max_mb: raw.max_mb,
        })
    }

    fn demand_book(&mut self, at: At<'_>, raw: RawDemand) -> Option<DemandBook> {
        let book = self.about_enterprises(at, &raw.book)?;
        let Some(case) = book.case.as_ref().filter(|case| case.deadline.is_some() && book.time.is_some())
        else {
            self.report(at, raw.book.span(), say_visits::no_case(&book.title));
            return None;
        };
        if !raw.number.get_ref().contains("{number}") {
            self.report(at, raw.number.span(), say_visits::bad_number_pattern(raw.number.get_ref()));
        }
        let mut states = IndexMap::new();
        for (word, state) in raw.states {
            if !case.states.contains(word.get_ref()) {
                self.report(at, word.span(), say::unknown_choice(word.get_ref(), &case.states));
            }
            states.insert(word.into_inner(), state);
        }
        for word in case.states.iter().filter(|word| !states.contains_key(*word)) {
            self.report(at, raw.book.span(), say_visits::state_unsaid(word));
        }
        use DemandState as S;
        let needed = [(S::Received, "received"), (S::Dispatched, "dispatched"), (S::Answered, "answered")];
        for (state, meaning) in needed.into_iter().chain([(S::Rated, "rated"), (S::Closed, "closed")]) {
            if !states.values().any(|known| *known == state) {
                self.report(at, raw.book.span(), say_visits::no_state(meaning));
            }
        }
        let fields = self.demand_fields(at, &book, &raw.fields);
        let form = self.form_fields(at, &book, &raw.form);
        let mut said = |words: IndexMap<Text, String>| -> IndexMap<FieldId, String> {
            let field = |(name, value)| Some((self.field_name(at, &book, &name)?, value));
            words.into_iter().filter_map(field).collect()
        };
        let (at_visit, by_enterprise) = (said(raw.at_visit), said(raw.by_enterprise));
        let unsolved = self.outcomes(at, &book, fields.get(&DemandPart::Outcome), raw.unsolved);
        Some(DemandBook {
            book: book.id,
            states,
            fields,
            number: raw.number.into_inner(),
            form,
            at_visit,
            by_enterprise,
            departments: raw.departments,
            unsolved,
            poor: raw.poor,
        })
    }

    /// Words among the choices of a field.
    fn outcomes(
        &mut self,
        at: At<'_>,
        book: &Book,
        field: Option<&FieldId>,
        words: Vec<Text>,
    ) -> Vec<String> {
        let choices = match field.and_then(|field| book.field(field)).map(|field| &field.kind) {
            Some(FieldKind::Choice { choices }) => choices.as_slice(),
            _ => &[],
        };
        for word in words.iter().filter(|word| !choices.contains(word.get_ref())) {
            self.report(at, word.span(), say::unknown_choice(word.get_ref(), choices));
        }
        words.into_iter().map(toml::Spanned::into_inner).collect()
    }

    fn demand_fields(
        &mut self,
        at: At<'_>,
        book: &Book,
        raw: &BTreeMap<DemandPart, Text>,
    ) -> IndexMap<DemandPart, FieldId> {
        let mut fields = IndexMap::new();
        for (part, name) in raw {
            use DemandPart as P;
            let day = matches!(part, P::Dispatched | P::Answered | P::Rated | P::Closed | P::EscalatedOn);
            let found =
                if day { self.day_field(at, book, Some(name)) } else { self.field_name(at, book, name) };
            if let Some(found) = found {
                fields.insert(*part, found);
            }
        }
        fields
    }

    fn frequency(
        &mut self,
        at: At<'_>,
        (register, visits): (&BookId, &BookId),
        since: bool,
        raw: &toml::Spanned<RawFrequency>,
        before: &[Frequency],
    ) -> Option<Frequency> {
        let (span, raw) = (raw.span(), raw.get_ref());
        let head = self.rule_head(at, &raw.head());
        let group = self.whom(at, register, raw, before)?;
        let unless = self.rules_before(at, &raw.unless, before);
        let counts = self.perhaps_condition(at, visits, raw.counts.as_ref()).ok()?;
        let rhythm = match (raw.every, raw.within_months) {
            (Some(every), None) => Rhythm::Every(every),
            (None, Some(months)) if since => Rhythm::Within(months),
            (None, Some(_)) => {
                self.report(at, span, say_visits::no_since());
                return None;
            }
            _ => {
                self.report(at, span, say_visits::one_rhythm());
                return None;
            }
        };
        Some(Frequency { head, group, unless, counts, rhythm })
    }

    fn whom(
        &mut self,
        at: At<'_>,
        register: &BookId,
        raw: &RawFrequency,
        before: &[Frequency],
    ) -> Option<Group> {
        if !raw.like.is_empty() {
            return Some(Group::Like(self.rules_before(at, &raw.like, before)));
        }
        let Some(name) = &raw.book else {
            let of = self.perhaps_condition(at, register, raw.of.as_ref()).ok()?;
            return Some(of.map_or(Group::All, Group::Register));
        };
        let book = self.known_book(at, name)?;
        let enterprise = match &raw.enterprise {
            Some(field) => self.field_name(at, &book, field),
            None => book.subject.clone(),
        };
        let names = |field: &FieldId| book.field(field).and_then(|f| f.kind.book()) == Some(register);
        let Some(enterprise) = enterprise.filter(names) else {
            self.report(at, name.span(), say_visits::names_no_enterprise(&book.title));
            return None;
        };
        let of = self.perhaps_condition(at, &book.id, raw.of.as_ref()).ok()?;
        let from = self.day_field(at, &book, raw.since.as_ref());
        let until = self.day_field(at, &book, raw.until.as_ref());
        Some(Group::Rows { book: book.id, enterprise, of, from, until })
    }

    /// Ids of rules that stand before the one that names them.
    fn rules_before(&mut self, at: At<'_>, ids: &[Text], before: &[Frequency]) -> Vec<String> {
        for id in ids.iter().filter(|id| !before.iter().any(|rule| rule.head.id == *id.get_ref())) {
            self.report(at, id.span(), say_visits::no_rule_before(id.get_ref()));
        }
        ids.iter().map(|id| id.get_ref().clone()).collect()
    }

    fn step_limit(&mut self, at: At<'_>, demands: &BookId, raw: &RawLimit) -> Option<Limit> {
        let head = self.rule_head(at, &raw.head());
        let of = self.perhaps_condition(at, demands, raw.of.as_ref()).ok()?;
        Some(Limit { head, step: raw.step, of, days: raw.days, promised: raw.promised })
    }

    fn escalation(&mut self, at: At<'_>, raw: &RawEscalation) -> Escalation {
        let head = self.rule_head(at, &raw.head());
        Escalation { head, overdue: raw.overdue, whom: raw.whom.clone() }
    }

    fn light(&mut self, at: At<'_>, raw: &toml::Spanned<RawLight>) -> Option<Light> {
        let (span, raw) = (raw.span(), raw.get_ref());
        let head = self.rule_head(at, &raw.head());
        if raw.colour == LightColour::Green {
            self.report(at, span, say_visits::never_green());
            return None;
        }
        let book = match &raw.book {
            Some(name) => Some(self.light_book(at, name)?),
            None => None,
        };
        let test = match (&book, &raw.lacks, &raw.expires, &raw.of, raw.fall) {
            (None, None, None, None, None) => match (raw.overdue, raw.due_days, raw.missed) {
                (true, None, None) => Some(LightTest::Overdue),
                (false, Some(days), None) => Some(LightTest::Due(days)),
                (false, None, Some(periods)) => Some(LightTest::Missed(periods)),
                _ => None,
            },
            (None, Some(what), None, None, None) => {
                let holder = raw.holder.clone();
                if holder.is_none() {
                    self.report(at, span, say::missing_key("holder"));
                    return None;
                }
                holder.map(|holder| LightTest::Lacking { what: what.clone(), holder })
            }
            (Some(book), None, Some(until), Some(of), None) => {
                Some(self.expiring(at, span.clone(), book, raw, (until, of))?)
            }
            (Some(book), None, None, Some(of), None) => {
                let row = self.row_test(at, book, raw, of)?;
                Some(LightTest::Row(Box::new(row)))
            }
            (Some(book), None, None, None, Some(percent)) => {
                Some(self.fall(at, span.clone(), book, raw, percent)?)
            }
            _ => None,
        };
        let Some(test) = test else {
            self.report(at, span, say_visits::one_light());
            return None;
        };
        Some(Light { head, colour: raw.colour, test })
    }

    fn row_test(&mut self, at: At<'_>, book: &Book, raw: &RawLight, of: &Text) -> Option<RowTest> {
        Some(RowTest {
            among: self.perhaps_condition(at, &book.id, raw.among.as_ref()).ok()?,
            latest: raw.latest,
            months: raw.months,
            of: self.condition(at, &book.id, of, false)?,
            past: self.day_field(at, book, raw.past.as_ref()),
            until: self.day_field(at, book, raw.until.as_ref()),
            book: book.id.clone(),
        })
    }

    fn expiring(
        &mut self,
        at: At<'_>,
        span: std::ops::Range<usize>,
        book: &Book,
        raw: &RawLight,
        (until, of): (&Text, &Text),
    ) -> Option<LightTest> {
        let (Some(action), Some(months), Some(_)) = (&raw.action, raw.months, &book.time) else {
            self.report(at, span, say::missing_key("action, months, time"));
            return None;
        };
        Some(LightTest::Expiring(Box::new(ExpiringTest {
            until: self.day_field(at, book, Some(until))?,
            by: self.form_fields(at, book, &raw.by),
            of: self.condition(at, &book.id, of, false)?,
            action: self.condition(at, &book.id, action, false)?,
            months,
            book: book.id.clone(),
        })))
    }

    fn fall(
        &mut self,
        at: At<'_>,
        span: std::ops::Range<usize>,
        book: &Book,
        raw: &RawLight,
        percent: rust_decimal::Decimal,
    ) -> Option<LightTest> {
        if book.every != Some(Every::Month) {
            self.report(at, span, say_visits::not_monthly(&book.title));
            return None;
        }
        let (Some(field), Some(months)) = (&raw.field, raw.months) else {
            self.report(at, span, say::missing_key("field, months"));
            return None;
        };
        let field = self.field_name(at, book, field)?;
        Some(LightTest::Fall { book: book.id.clone(), field, months, percent })
    }

    /// A book about enterprises whose single rows may be told: statistics law keeps returns confidential.
    fn light_book(&mut self, at: At<'_>, name: &Text) -> Option<Book> {
        let book = self.about_enterprises(at, name)?;
        if book.statistics_confidential {
            self.report(at, name.span(), say_visits::confidential(&book.title));
            return None;
        }
        Some(book)
    }
}

#[cfg(test)]
mod tests;
