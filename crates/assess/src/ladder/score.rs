//! Score tables: the fewest and the most points an enterprise can have, given what is known.

use std::cmp::Ordering;

use model::definition::{Combine, Edges, Op, Outcome, Part, Route, Rule, Table};
use model::id::{DatumId, PartId};

use super::amount::{Amount, Lack};
use super::columns::{Enterprises, MISSING, millionths};
use super::judge::Bound;

/// Fewest and most points, in millionths.
pub(super) type Range = (i64, i64);

/// Parts of a table bound to columns.
pub(super) struct Scored<'a> {
    parts: Vec<Share<'a>>,
    /// Whether no sum of points is beyond 31 bits.
    pub narrow: bool,
}

/// A part: the most it gives, its ways, and what they come to.
pub(super) struct Share<'a> {
    pub max: i64,
    /// The most any way says, before it is capped.
    most: i64,
    pub combine: Combine,
    pub ways: Vec<Way<'a>>,
}

/// Bands of an amount.
pub(super) struct Bands {
    /// Where they begin, the highest first.
    pub from: Vec<i64>,
    /// By how many of them are reached: the points; last, of an amount that is not known.
    pub points: Vec<Range>,
}

impl Bands {
    /// The highest band is the most this way can give, whatever the part gives.
    pub fn most(&self) -> i64 {
        self.points.last().map_or(0, |(_, high)| *high)
    }
}

/// A way to points.
pub(super) enum Way<'a> {
    Bands(Amount<'a>, Edges, Bands),
    /// Places of criteria in the rule, with fewest and most points.
    Cases(Vec<(usize, i64, i64)>),
    Given(DatumId, &'a [i64]),
    Open,
}

impl<'a> Scored<'a> {
    pub fn bind(rule: &Rule, table: &Table, only: &[PartId], all: &'a Enterprises) -> Self {
        let wanted = |part: &&Part| only.is_empty() || only.contains(&part.id);
        let parts = table.parts.iter().filter(wanted).map(|part| {
            let ways: Vec<Way<'_>> =
                part.routes.iter().map(|route| way(rule, table.edges, route, all)).collect();
            let max = millionths(part.max).unwrap_or(0);
            let given = ways.iter().map(|way| match way {
                Way::Given(datum, _) => i64::try_from(all.widest(datum, 0)).unwrap_or(i64::MAX),
                // The loader has seen to it that no band and no case gives more than the part.
                Way::Bands(..) | Way::Cases(..) | Way::Open => 0,
            });
            let most = given.fold(max, i64::max);
            Share { max, most, combine: part.combine, ways }
        });
        let parts: Vec<Share<'a>> = parts.collect();
        // What is added before it is capped counts too.
        let most = parts
            .iter()
            .map(|part| part.most.saturating_mul(i64::try_from(part.ways.len().max(1)).unwrap_or(i64::MAX)));
        let narrow = most.fold(0, i64::saturating_add) <= i64::from(i32::MAX);
        Self { parts, narrow }
    }

    /// The parts that count.
    pub fn parts(&self) -> &[Share<'a>] {
        &self.parts
    }

    /// The points of enterprise `i`.
    pub fn points(&self, bound: &Bound<'_>, i: usize) -> Range {
        self.parts.iter().map(|part| part.points(bound, i)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    }

    /// Data the points are made of.
    pub fn asked(&self, bound: &Bound<'_>) -> Vec<(DatumId, u8)> {
        let ways = self.parts.iter().flat_map(|part| &part.ways);
        let each = ways.map(|way| match way {
            Way::Bands(amount, ..) => amount.names.clone(),
            Way::Given(datum, _) => vec![(datum.clone(), 0)],
            Way::Open => Vec::new(),
            Way::Cases(cases) => cases.iter().flat_map(|(place, ..)| bound.asked(*place)).collect(),
        });
        each.flatten().collect()
    }

    /// Data without which points are a range.
    pub fn missing(&self, bound: &Bound<'_>, i: usize) -> Vec<(DatumId, u8)> {
        let mut missing = Vec::new();
        for part in &self.parts {
            // A part that has all its points needs nothing more.
            if part.points(bound, i).0 >= part.max {
                continue;
            }
            for way in &part.ways {
                match way {
                    Way::Bands(amount, ..) => missing.extend(amount.missing(i)),
                    Way::Given(datum, column) if known(column, i).is_none() => {
                        missing.push((datum.clone(), 0));
                    }
                    Way::Given(..) | Way::Open => {}
                    Way::Cases(cases) => {
                        // Only cases before the first that is met decide.
                        for (place, ..) in cases {
                            match bound.outcome(*place, i) {
                                Outcome::Met => break,
                                Outcome::NotMet => {}
                                Outcome::Unknown => missing.extend(bound.missing(*place, i).data),
                            }
                        }
                    }
                }
            }
        }
        missing
    }
}

impl Share<'_> {
    fn points(&self, bound: &Bound<'_>, i: usize) -> Range {
        let each = self.ways.iter().map(|way| way.points(bound, self.max, i));
        match self.combine {
            Combine::Best => each.fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1))),
            Combine::Sum => {
                let (low, high) = each.fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
                (low.min(self.max), high.min(self.max))
            }
        }
    }
}

fn known(column: &[i64], i: usize) -> Option<i64> {
    column.get(i).copied().filter(|n| *n != MISSING)
}

fn way<'a>(rule: &Rule, edges: Edges, route: &Route, all: &'a Enterprises) -> Way<'a> {
    let points = |n| millionths(n).unwrap_or(0);
    match route {
        Route::Bands { value, unit, bands } => Way::Bands(
            Amount::bind(value, unit.as_ref(), all),
            edges,
            Bands {
                from: bands.iter().map(|b| points(b.from)).collect(),
                points: std::iter::once((0, 0))
                    .chain(bands.iter().rev().map(|b| (points(b.low), points(b.high))))
                    .chain(bands.first().map(|b| (0, points(b.high))))
                    .collect(),
            },
        ),
        Route::Cases(cases) => Way::Cases(
            cases
                .iter()
                .map(|case| {
                    let place = rule.criteria.get_index_of(&case.criterion);
                    (place.expect("loading checked the name"), points(case.low), points(case.high))
                })
                .collect(),
        ),
        Route::Given(datum) => Way::Given(datum.clone(), all.column(datum, 0)),
        Route::Open => Way::Open,
    }
}

impl Way<'_> {
    fn points(&self, bound: &Bound<'_>, max: i64, i: usize) -> Range {
        match self {
            Self::Bands(amount, edges, bands) => match amount.of(i, Op::AtLeast) {
                Ok(value) => {
                    let inside = |from: i64| match value.against(from) {
                        Some(Ordering::Greater) => true,
                        Some(Ordering::Equal) => *edges == Edges::LeftClosed,
                        _ => false,
                    };
                    bands.points[bands.from.iter().filter(|from| inside(**from)).count()]
                }
                Err(Lack::Data | Lack::Denominator | Lack::TooLarge) => (0, bands.most()),
            },
            Self::Cases(cases) => {
                let (mut low, mut high) = (i64::MAX, 0);
                for (place, fewest, most) in cases {
                    match bound.outcome(*place, i) {
                        Outcome::NotMet => {}
                        Outcome::Unknown => {
                            low = low.min(*fewest);
                            high = high.max(*most);
                        }
                        Outcome::Met => return (low.min(*fewest), high.max(*most)),
                    }
                }
                (0, high)
            }
            Self::Given(_, column) => known(column, i).map_or((0, max), |n| (n.min(max), n.min(max))),
            Self::Open => (0, max),
        }
    }
}
