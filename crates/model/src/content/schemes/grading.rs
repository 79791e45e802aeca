//! What decides a grade beside the points: lines and quotas, bonuses, corrections, special classes, vetoes, protections.

use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{RawBar, RawClass, RawCorrection, RawExtra, RawGrades, RawLine, Text};
use super::{At, Loading};
use crate::definition::{Bar, Correction, Extra, Grades, Line, Scheme, Setting, SpecialClass, Until};
use crate::id::GradeId;
use crate::wording::{diagnostic as say, scheme as say_scheme};

/// Points that the mark itself states.
const BY_MARK: &str = "mark";

impl Loading {
    pub(super) fn grades(&mut self, at: At<'_>, raw: Spanned<RawGrades>) -> Option<Grades> {
        let span = raw.span();
        let raw = raw.into_inner();
        let mut lines: Vec<Line> = Vec::new();
        for line in raw.line {
            let place = line.span();
            let line = self.line(at, line.into_inner())?;
            if lines.iter().any(|l| l.grade == line.grade) {
                self.report(at, place, say::duplicate_id(line.grade.as_str()));
                return None;
            }
            lines.push(line);
        }
        if !descend(&lines) {
            self.report(at, span, say_scheme::lines_out_of_order());
            return None;
        }
        Some(Grades { base: raw.base, ties: raw.ties, lines })
    }

    fn line(&mut self, at: At<'_>, raw: RawLine) -> Option<Line> {
        let until = match (&raw.to, &raw.score) {
            (Some(share), None) => Until::Share(self.share(at, share)?),
            (None, Some(score)) => Until::Score(self.setting(at, score)?),
            (None, None) => Until::Rest,
            (Some(_), Some(_)) => {
                self.report(at, raw.grade.span(), say_scheme::share_or_score());
                return None;
            }
        };
        Some(Line {
            grade: raw.grade.into_inner().into(),
            title: raw.title,
            until,
            rounding: raw.rounding,
            limit: raw.limit,
        })
    }

    pub(super) fn extras(&mut self, at: At<'_>, raws: Vec<RawExtra>) -> Vec<Extra> {
        let mut extras: Vec<Extra> = Vec::new();
        for raw in raws {
            self.check_id(at, raw.id.get_ref());
            if extras.iter().any(|e| e.id == *raw.id.get_ref()) {
                self.report(at, raw.id.span(), say::duplicate_id(raw.id.get_ref()));
                continue;
            }
            let Some(mark) = self.mark_name(at, &raw.mark) else { continue };
            let Some(written) = &raw.points else {
                self.report(at, raw.id.span(), say_scheme::extra_without_points());
                continue;
            };
            let points = match written.get_ref().as_str() {
                Some(BY_MARK) => None,
                _ => self.at_least_zero(at, written),
            };
            extras.push(Extra {
                id: raw.id.into_inner(),
                title: raw.title,
                mark,
                points,
                max: self.some_setting(at, raw.max.as_ref()),
                years: self.years(at, raw.years.as_ref()),
            });
        }
        extras
    }

    pub(super) fn corrections(
        &mut self,
        at: At<'_>,
        scheme: &Scheme,
        raws: Vec<RawCorrection>,
    ) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for raw in raws {
            self.check_id(at, raw.id.get_ref());
            let groups = raw.groups.iter().filter_map(|g| self.group_name(at, scheme, g)).collect();
            let mark = match &raw.mark {
                Some(name) => match self.mark_name(at, name) {
                    Some(mark) => Some(mark),
                    None => continue,
                },
                None => None,
            };
            let Some(factor) = self.at_least_zero(at, &raw.factor) else { continue };
            corrections.push(Correction {
                id: raw.id.into_inner(),
                title: raw.title,
                groups,
                industries: raw.industries,
                mark,
                factor,
            });
        }
        corrections
    }

    pub(super) fn classes(&mut self, at: At<'_>, scheme: &Scheme, raws: Vec<RawClass>) -> Vec<SpecialClass> {
        let mut classes = Vec::new();
        for raw in raws {
            let marks = raw.marks.iter().filter_map(|m| self.mark_name(at, m)).collect();
            let of = raw.of.iter().filter_map(|g| self.grade_name(at, scheme, g)).collect();
            let like = raw.like.as_ref().and_then(|g| self.grade_name(at, scheme, g));
            classes.push(SpecialClass {
                grade: raw.grade.into_inner().into(),
                title: raw.title,
                marks,
                years: raw.years.as_ref().map(|years| self.years(at, Some(years))),
                younger_than: self.some_setting(at, raw.younger_than.as_ref()),
                of,
                scored: raw.scored,
                like,
            });
        }
        classes
    }

    pub(super) fn bars(&mut self, at: At<'_>, scheme: &Scheme, raws: Vec<RawBar>) -> Vec<Bar> {
        let mut bars = Vec::new();
        for raw in raws {
            let Some(mark) = self.mark_name(at, &raw.mark) else { continue };
            let place = raw.not_in.span();
            let not_in: Vec<GradeId> =
                raw.not_in.get_ref().iter().filter_map(|g| self.grade_name(at, scheme, g)).collect();
            let left = |lines: &[Line]| lines.iter().any(|l| !not_in.contains(&l.grade));
            if !scheme.groups.iter().all(|g| left(&scheme.grades_of(g).lines)) {
                self.report(at, place, say_scheme::bars_from_all());
                continue;
            }
            bars.push(Bar { mark, not_in, years: self.years(at, raw.years.as_ref()) });
        }
        bars
    }

    /// A grade of any group, or a special class.
    pub(super) fn grade_name(&mut self, at: At<'_>, scheme: &Scheme, name: &Text) -> Option<GradeId> {
        let own = scheme.groups.iter().flat_map(|g| &scheme.grades_of(g).lines).map(|l| &l.grade);
        let known: Vec<&GradeId> = own.chain(scheme.classes.iter().map(|c| &c.grade)).collect();
        if let Some(grade) = known.iter().find(|g| g.as_str() == name.get_ref()) {
            return Some((*grade).clone());
        }
        let said = say_scheme::unknown_grade(name.get_ref(), known.iter().map(|g| g.as_str()));
        self.report(at, name.span(), said);
        None
    }
}

/// Whether only the last line takes the rest, shares grow and scores fall.
fn descend(lines: &[Line]) -> bool {
    let Some((last, upper)) = lines.split_last() else { return false };
    let number = |line: &Line| match &line.until {
        Until::Share(Setting::Is(share)) => Some(*share),
        Until::Score(Setting::Is(score)) => Some(-*score),
        Until::Share(_) | Until::Score(_) | Until::Rest => None,
    };
    let same = |a: &Line, b: &Line| matches!(a.until, Until::Score(_)) == matches!(b.until, Until::Score(_));
    let known: Vec<Decimal> = upper.iter().filter_map(number).collect();
    last.until == Until::Rest
        && upper.iter().all(|l| l.until != Until::Rest)
        && upper.windows(2).all(|pair| same(&pair[0], &pair[1]))
        && known.windows(2).all(|pair| pair[0] < pair[1])
}
