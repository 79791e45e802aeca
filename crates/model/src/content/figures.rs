//! Figures, exclusions and claims: expressions typed, units checked, cycles found.

use std::collections::HashMap;

use indexmap::IndexMap;
use toml::Spanned;

use super::raw::{FigureFile, RawExclusion, RawFigure, RawTime};
use super::{At, Loading, in_folder};
use crate::content::SourceFile;
use crate::definition::{Book, BookKind, Claim, Exclusion, ExclusionRule, Figure, FigureRule, FigureTime};
use crate::expr::{BookScope, ClaimScope, Expr, FigureScope, Type, parse};
use crate::id::{BookId, FigureId};
use crate::period::Window;
use crate::wording::diagnostic as say;

/// The types of all figures by their declared units, known before any expression is.
struct Declared(HashMap<String, Type>);

impl Loading {
    pub(super) fn figures(&mut self, files: &[&SourceFile]) {
        let mut raws: Vec<(At<'_>, FigureFile)> = Vec::new();
        for at in in_folder(files, "figures") {
            if let Some(raw) = self.read::<FigureFile>(at) {
                self.content.topics.insert(at.stem.to_owned(), (raw.title.clone(), raw.title_en.clone()));
                raws.push((at, raw));
            }
        }
        let declared = self.declared(&raws);
        for (at, raw) in &raws {
            for (id, figure) in &raw.figures {
                self.check_id(*at, id);
                if self.content.figures.contains_key(id.as_str()) {
                    self.report(*at, figure.title.span(), say::duplicate_id(id));
                } else if let Some(figure) = self.figure(*at, id, figure, &declared) {
                    self.content.figures.insert(figure.id.clone(), figure);
                }
            }
        }
        self.cycles(&raws);
        for (at, raw) in &raws {
            for (id, exclusion) in &raw.exclusions {
                if let Some(exclusion) = self.exclusion(*at, id, exclusion) {
                    self.content.exclusions.insert(exclusion.id.clone(), exclusion);
                }
            }
        }
        for (at, raw) in &raws {
            for (id, claim) in &raw.claims {
                let Some(rule) = self.claim_rule(*at, &claim.rule) else { continue };
                let claim = Claim { id: id.as_str().into(), title: claim.title.clone(), rule };
                self.content.claims.insert(claim.id.clone(), claim);
            }
        }
    }

    fn declared(&self, raws: &[(At<'_>, FigureFile)]) -> Declared {
        let mut types = HashMap::new();
        for (_, raw) in raws {
            for (id, figure) in &raw.figures {
                let unit = figure.unit.as_ref().map(|u| u.get_ref().as_str());
                types.insert(id.clone(), crate::expr::figure_type_of(unit, &self.content.units));
            }
        }
        Declared(types)
    }

    fn figure(&mut self, at: At<'_>, id: &str, raw: &RawFigure, declared: &Declared) -> Option<Figure> {
        let unit = match &raw.unit {
            Some(unit) => Some(self.unit_name(at, unit)?),
            None => None,
        };
        let rule = if let Some(value) = &raw.value {
            let expr = self.composite(at, value, declared)?;
            self.check_unit(at, value, &expr, raw);
            FigureRule::Composite(expr)
        } else {
            self.book_rule(at, id, raw, declared)?
        };
        let window = raw.window.unwrap_or(match &rule {
            FigureRule::Measure { time: FigureTime::Stock { .. } | FigureTime::Always, .. } => Window::Moment,
            _ => Window::Ytd,
        });
        Some(Figure {
            id: id.into(),
            topic: at.stem.to_owned(),
            title: raw.title.get_ref().clone(),
            title_en: raw.title_en.clone(),
            aliases: raw.aliases.clone(),
            rule,
            unit,
            decimals: raw.decimals,
            window,
            lag: raw.lag,
            compare: raw.compare,
            better: raw.better,
            basis: raw.basis.clone(),
            source: raw.source.clone(),
        })
    }

    fn composite(&mut self, at: At<'_>, text: &Spanned<String>, declared: &Declared) -> Option<Expr> {
        let find = |name: &str| declared.0.get(name).cloned();
        match parse(text.get_ref(), &FigureScope { figures: &find }) {
            Ok(expr) => Some(expr),
            Err(fault) => {
                self.report_expr(at, text, fault);
                None
            }
        }
    }

    fn book_rule(
        &mut self,
        at: At<'_>,
        id: &str,
        raw: &RawFigure,
        declared: &Declared,
    ) -> Option<FigureRule> {
        let Some(name) = &raw.book else {
            self.report(at, raw.title.span(), say::figure_without_rule(id));
            return None;
        };
        let Some(book) = self.content.books.get(name.get_ref().as_str()).cloned() else {
            let said = say::unknown_book(name.get_ref(), &self.content.books);
            self.report(at, name.span(), said);
            return None;
        };
        let filter = match &raw.filter {
            Some(text) => {
                let expr = self.over_book(at, &book.id, text, declared, false)?;
                if !matches!(expr.kind, Type::Flag | Type::Any) {
                    self.report(at, text.span(), say::wrong_type(&expr.kind, &Type::Flag));
                    return None;
                }
                Some(expr)
            }
            None => None,
        };
        let time = self.time(at, raw, &book)?;
        if let Some(rank) = &raw.rank {
            let value = self.over_book(at, &book.id, rank, declared, false)?;
            let Some(own) = &raw.own else {
                self.report(at, rank.span(), say::missing_key("own"));
                return None;
            };
            let own = self.over_book(at, &book.id, own, declared, false)?;
            return Some(FigureRule::Rank { book: book.id, value, own, filter, time });
        }
        let Some(measure) = &raw.measure else {
            self.report(at, raw.title.span(), say::figure_without_rule(id));
            return None;
        };
        let checked = self.over_book(at, &book.id, measure, declared, true)?;
        self.check_unit(at, measure, &checked, raw);
        let other = |this: &mut Self, text: &Option<Spanned<String>>| {
            let text = text.as_ref()?;
            let expr = this.over_book(at, &book.id, text, declared, true)?;
            this.check_unit(at, text, &expr, raw);
            Some(expr)
        };
        let cumulative = other(self, &raw.cumulative);
        let prior = other(self, &raw.prior);
        let prior_cumulative = other(self, &raw.prior_cumulative);
        let order = raw.order.as_ref().and_then(|f| self.field_name(at, &book, f));
        Some(FigureRule::Measure {
            book: book.id,
            measure: checked,
            cumulative,
            prior,
            prior_cumulative,
            filter,
            time,
            order,
        })
    }

    fn time(&mut self, at: At<'_>, raw: &RawFigure, book: &Book) -> Option<FigureTime> {
        let field = |this: &mut Self, name: &Option<Spanned<String>>| match name {
            Some(name) => this.field_name(at, book, name).map(Some),
            None => Some(None),
        };
        let date = field(self, &raw.date)?;
        let from = field(self, &raw.from)?;
        let to = field(self, &raw.to)?;
        let placed = book.time.is_some() || date.is_some();
        Some(match raw.time {
            Some(RawTime::Always) => FigureTime::Always,
            Some(RawTime::Stock) => FigureTime::Stock { from: from.or(date), to },
            None if from.is_some() || to.is_some() => FigureTime::Stock { from, to },
            None if !placed || (book.kind == BookKind::Register && date.is_none()) => FigureTime::Always,
            Some(RawTime::Flow | RawTime::Count) if !placed => {
                self.report(at, raw.title.span(), say::not_placed_in_time(&book.title));
                return None;
            }
            _ => FigureTime::Flow { date },
        })
    }

    fn over_book(
        &mut self,
        at: At<'_>,
        book: &BookId,
        text: &Spanned<String>,
        declared: &Declared,
        aggregates: bool,
    ) -> Option<Expr> {
        let find = |name: &str| declared.0.get(name).cloned();
        let scope = BookScope {
            book: &self.content.books[book],
            books: &self.content.books,
            units: &self.content.units,
            figures: Some(&find),
            previous: false,
            aggregates,
        };
        match parse(text.get_ref(), &scope) {
            Ok(expr) => Some(expr),
            Err(fault) => {
                self.report_expr(at, text, fault);
                None
            }
        }
    }

    /// The expression's dimension must be the figure's unit's.
    fn check_unit(&mut self, at: At<'_>, text: &Spanned<String>, expr: &Expr, raw: &RawFigure) {
        match (&expr.kind, &raw.unit) {
            (Type::Number { literal: true, .. } | Type::Any, _) => {}
            (Type::Number { dimension, .. }, Some(unit)) => {
                let Some(unit) = self.content.units.get(unit.get_ref()) else { return };
                let counts = |d: &crate::unit::Dimension| d.is_plain() || d.0.keys().eq(["count"]);
                if *dimension != unit.dimension && !(counts(dimension) && counts(&unit.dimension)) {
                    let said = say::unit_mismatch(&unit.dimension.clone(), dimension);
                    self.report(at, text.span(), said);
                }
            }
            (Type::Number { dimension, .. }, None) if !dimension.is_plain() => {
                self.report(at, text.span(), say::missing_key("unit"));
            }
            (kind, Some(_)) if !kind.is_number() => {
                self.report(at, text.span(), say::wrong_type(kind, &Type::plain()));
            }
            _ => {}
        }
    }

    fn cycles(&mut self, raws: &[(At<'_>, FigureFile)]) {
        let depends: IndexMap<FigureId, Vec<FigureId>> =
            self.content.figures.iter().map(|(id, f)| (id.clone(), dependencies(f))).collect();
        for (at, raw) in raws {
            for (id, figure) in &raw.figures {
                if let Some(path) = cycle(&depends, &FigureId::from(id.as_str())) {
                    self.report(*at, figure.title.span(), say::cyclic_figures(&path));
                    self.content.figures.shift_remove(id.as_str());
                }
            }
        }
    }

    fn exclusion(&mut self, at: At<'_>, id: &str, raw: &RawExclusion) -> Option<Exclusion> {
        let rule = match (&raw.figure, raw.top, &raw.book, &raw.member) {
            (Some(figure), Some(top), None, None) => {
                if !self.content.figures.contains_key(figure.get_ref().as_str()) {
                    self.report(at, figure.span(), say::unknown_figure(figure.get_ref()));
                    return None;
                }
                ExclusionRule::Top { figure: figure.get_ref().as_str().into(), top, by: raw.by }
            }
            (None, None, Some(book), Some(member)) => {
                let Some(found) = self.content.books.get(book.get_ref().as_str()).cloned() else {
                    let said = say::unknown_book(book.get_ref(), &self.content.books);
                    self.report(at, book.span(), said);
                    return None;
                };
                let member = self.field_name(at, &found, member)?;
                let filter = match &raw.filter {
                    Some(text) => Some(self.condition(at, &found.id, text, false)?),
                    None => None,
                };
                ExclusionRule::Named { book: found.id, member, filter }
            }
            _ => {
                self.report(at, raw.title.span(), say::missing_key("figure + top / book + member"));
                return None;
            }
        };
        Some(Exclusion {
            id: id.into(),
            title: raw.title.get_ref().clone(),
            rule,
            reason: raw.reason.clone(),
        })
    }

    fn claim_rule(&mut self, at: At<'_>, text: &Spanned<String>) -> Option<Expr> {
        let exclusions = |id: &str| self.content.exclusions.contains_key(id);
        let scope =
            ClaimScope { figures: &self.content.figures, exclusion: &exclusions, units: &self.content.units };
        match parse(text.get_ref(), &scope) {
            Ok(expr) if expr.kind == Type::Flag => Some(expr),
            Ok(expr) => {
                self.report(at, text.span(), say::wrong_type(&expr.kind, &Type::Flag));
                None
            }
            Err(fault) => {
                self.report_expr(at, text, fault);
                None
            }
        }
    }
}

/// The figures a figure is computed from: its composite expression and `param`s.
fn dependencies(figure: &Figure) -> Vec<FigureId> {
    let mut found = Vec::new();
    let mut add = |e: &Option<Expr>| found.extend(e.iter().flat_map(Expr::figures));
    match &figure.rule {
        FigureRule::Composite(expr) => add(&Some(expr.clone())),
        FigureRule::Measure { measure, filter, cumulative, .. } => {
            add(&Some(measure.clone()));
            add(filter);
            add(cumulative);
        }
        FigureRule::Rank { value, own, filter, .. } => {
            add(&Some(value.clone()));
            add(&Some(own.clone()));
            add(filter);
        }
    }
    found
}

/// The cycle through `start`, if there is one, as the path that leads back to it.
fn cycle(depends: &IndexMap<FigureId, Vec<FigureId>>, start: &FigureId) -> Option<Vec<FigureId>> {
    let mut stack = vec![vec![start.clone()]];
    let mut seen = std::collections::HashSet::new();
    while let Some(path) = stack.pop() {
        let last = path.last().expect("a path starts with its first figure");
        for next in depends.get(last).into_iter().flatten() {
            if next == start {
                return Some(path);
            }
            if seen.insert(next.clone()) {
                let mut longer = path.clone();
                longer.push(next.clone());
                stack.push(longer);
            }
        }
    }
    None
}
