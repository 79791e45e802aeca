//! Score tables: parts, ways to points, bands.

use std::ops::Range;

use toml::Spanned;

use super::raw::{Number, RawPart, RawRoute, RawTable};
use super::{At, Loading};
use crate::definition::{Band, Case, Part, Route, Table};
use crate::wording::ladder as say_ladder;

impl Loading {
    pub(super) fn table(&mut self, at: At<'_>, raw: RawTable) -> Option<Table> {
        let mut parts: Vec<Part> = Vec::new();
        for part in raw.part {
            let span = part.id.span();
            let part = self.part(at, part)?;
            if parts.iter().any(|p| p.id == part.id) {
                self.report(at, span, crate::wording::diagnostic::duplicate_id(part.id.as_str()));
            }
            parts.push(part);
        }
        Some(Table { id: raw.id.into_inner().into(), title: raw.title, edges: raw.edges, parts })
    }

    fn part(&mut self, at: At<'_>, raw: RawPart) -> Option<Part> {
        let max = self.ladder_number(at, &raw.max)?;
        let mut routes = Vec::new();
        for route in raw.route {
            let place = route.span();
            let route = self.route(at, route)?;
            let most = match &route {
                Route::Bands { bands, .. } => bands.first().map(|b| b.high),
                Route::Cases(cases) => cases.iter().map(|c| c.high).max(),
                Route::Given(_) | Route::Open => None,
            };
            if most.is_some_and(|most| most > max) {
                self.report(at, place, say_ladder::bad_bands());
            }
            routes.push(route);
        }
        Some(Part { id: raw.id.into_inner().into(), title: raw.title, max, routes, combine: raw.combine })
    }

    fn route(&mut self, at: At<'_>, raw: Spanned<RawRoute>) -> Option<Route> {
        let place = raw.span();
        let raw = raw.into_inner();
        match (&raw.value, raw.cases.is_empty(), &raw.given, &raw.open) {
            (Some(value), true, None, None) => {
                let unit = self.some_unit(at, raw.unit.as_ref())?;
                let made = self.value(at, value)?;
                self.check_value_unit(at, value, &made, unit.as_ref())?;
                let bands: Option<Vec<Band>> = raw.bands.iter().map(|b| self.band(at, b)).collect();
                let bands = bands?;
                let falling =
                    bands.windows(2).all(|two| two[0].from > two[1].from && two[0].low >= two[1].high);
                if bands.is_empty() || !falling || bands.iter().any(|b| b.low > b.high) {
                    self.report(at, place, say_ladder::bad_bands());
                    return None;
                }
                Some(Route::Bands { value: made, unit, bands })
            }
            (None, false, None, None) => {
                let cases: Option<Vec<Case>> = raw.cases.iter().map(|c| self.case(at, &place, c)).collect();
                Some(Route::Cases(cases?))
            }
            (None, true, Some(name), None) => {
                Some(Route::Given(self.ladder_datum(at, name.get_ref(), name.span())?.id))
            }
            (None, true, None, Some(_)) => Some(Route::Open),
            _ => {
                self.report(at, place, say_ladder::one_test());
                None
            }
        }
    }

    fn case(&mut self, at: At<'_>, place: &Range<usize>, written: &[Number]) -> Option<Case> {
        if let Some((name, points)) = written.split_first()
            && let Some(name) = name.get_ref().as_str()
        {
            let read: Option<Vec<_>> = points.iter().map(|n| self.ladder_number(at, n)).collect();
            let criterion = name.into();
            match *read? {
                [points] => return Some(Case { criterion, low: points, high: points }),
                [low, high] if low <= high => return Some(Case { criterion, low, high }),
                _ => {}
            }
        }
        self.report(at, place.clone(), say_ladder::bad_cases());
        None
    }

    fn band(&mut self, at: At<'_>, numbers: &[Number]) -> Option<Band> {
        let read: Option<Vec<_>> = numbers.iter().map(|n| self.ladder_number(at, n)).collect();
        match *read? {
            [from, points] => Some(Band { from, low: points, high: points }),
            [from, low, high] => Some(Band { from, low, high }),
            _ => {
                let place = numbers.first().map_or(0..0, Spanned::span);
                self.report(at, place, say_ladder::bad_bands());
                None
            }
        }
    }
}
