//! What one parcel's value is made of: who gave what, by which method, and why by no better one.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::input::{ABSENT, Account, Column};
use super::plan::{Chunk, YEAR};
use super::problem::Doubt;
use super::split::{Reported, Sink, split};
use super::sums::own;
use super::{Bucket, Evidence, Method, Plan};

/// What one enterprise gave to one parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Who; none for persons and others whose values nobody has.
    pub enterprise: Option<u32>,
    /// What the parcel got of it in the year; none where nothing is known.
    pub amount: Option<Decimal>,
    /// By period.
    pub pieces: Vec<Piece>,
    /// Months, 0..12, of which nothing is known.
    pub unknown: Vec<u8>,
    /// Why the least good of the methods was not a better one.
    pub reasons: Vec<Reason>,
}

/// What one enterprise gave to one parcel in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The month, 0..12; none for the year.
    pub month: Option<u8>,
    /// What the parcel got.
    pub amount: Decimal,
    /// Of what the enterprise had.
    pub of: Decimal,
    /// How it came there.
    pub method: Method,
}

/// Why a better method did not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The site has no account of its own.
    NoAccount,
    /// The enterprise has no meter there.
    NoMeter,
    /// Its meter supplies others too.
    SharedMeter,
    /// Its meters do not cover the whole period.
    MeterGap,
    /// The measure is not divided by meters.
    NotMetered,
    /// It was at several places in the period.
    SeveralPlaces,
    /// It was at no known place on some days of the period.
    DaysNowhere,
    /// Only the value of the year is known.
    YearOnly,
    /// It used nothing in the period.
    NothingUsed,
}

impl Part {
    /// The least good method.
    pub fn method(&self) -> Option<Method> {
        self.pieces.iter().map(|piece| piece.method).max()
    }

    /// The least good evidence.
    pub fn evidence(&self) -> Option<Evidence> {
        self.method().map(Method::evidence)
    }
}

/// Collects what one edge gets.
struct OfEdge {
    edge: usize,
    /// Period, amount, method.
    got: Vec<(usize, i64, Method)>,
    wholes: [i64; YEAR + 1],
    unknown: u16,
}

impl OfEdge {
    fn new(edge: usize) -> Self {
        Self { edge, got: Vec::new(), wholes: [ABSENT; YEAR + 1], unknown: 0 }
    }
}

impl Sink for OfEdge {
    fn give(&mut self, edge: usize, period: usize, amount: i64, method: Method) {
        if edge == self.edge {
            self.got.push((period, amount, method));
        }
    }

    fn leave(&mut self, _: Bucket, _: usize, _: i64) {}

    fn whole(&mut self, period: usize, amount: i64, _: bool) {
        self.wholes[period] = amount;
    }

    fn unknown(&mut self, _: usize, edge: usize, months: u16) {
        if edge == self.edge {
            self.unknown |= months;
        }
    }

    fn doubt(&mut self, _: Doubt) {}

    fn conflict(&mut self, _: usize) {}
}

/// What all questions about single parcels of one measure begin with; made once of a whole column.
pub struct Prepared {
    pub(super) reported: Reported,
    /// In the order of enterprises, months and parcels.
    pub(super) accounts: Vec<Account>,
}

impl Prepared {
    /// Reads a column once.
    pub fn of(column: &Column) -> Self {
        let mut accounts = column.accounts.clone();
        accounts.sort_by_key(|account| (account.enterprise, account.month, account.parcel));
        Self { reported: Reported::of(column), accounts }
    }
}

/// A column that is ready to be asked about parcels.
pub struct Ledger<'a> {
    plan: &'a Plan,
    column: &'a Column,
    prepared: Arc<Prepared>,
}

impl Plan {
    /// Readies a measure for questions about single parcels.
    pub fn ledger<'a>(&'a self, column: &'a Column) -> Ledger<'a> {
        self.prepared(column, Arc::new(Prepared::of(column)))
    }

    /// The same of a column that was read already.
    pub fn prepared<'a>(&'a self, column: &'a Column, prepared: Arc<Prepared>) -> Ledger<'a> {
        Ledger { plan: self, column, prepared }
    }
}

impl Ledger<'_> {
    /// What a parcel's value is made of: everybody who uses it or, where nobody does, holds it.
    pub fn parts(&self, parcel: usize) -> Vec<Part> {
        let plan = self.plan;
        let mut parts: Vec<Part> = plan.edges.of(parcel).iter().filter_map(|n| self.part(*n)).collect();
        if plan.others[parcel] > 0 {
            let unknown = (0..12).collect();
            parts.push(Part {
                enterprise: None,
                amount: None,
                pieces: Vec::new(),
                unknown,
                reasons: Vec::new(),
            });
        }
        parts
    }

    /// What each enterprise gives to a parcel, in steps of the column; of a mean before it is divided. Those that give nothing are
    /// left out.
    pub fn amounts(&self, parcel: usize) -> impl Iterator<Item = i64> + use<'_> {
        let of_edge = |number: &u32| {
            let (chunk, edge) = self.plan.edge(*number);
            let enterprise = chunk.enterprise_of(edge);
            let mut sink = OfEdge::new(edge);
            let accounts = own(&self.prepared.accounts, enterprise);
            split(chunk, enterprise, self.column, &self.prepared.reported, accounts, &mut sink);
            sink.got.iter().map(|(_, amount, _)| amount).sum::<i64>()
        };
        self.plan.edges.of(parcel).iter().map(of_edge).filter(|amount| *amount != 0)
    }

    /// Enterprises that use or hold land and of which the measure has no value at all (有企业无数据).
    pub fn without_data(&self) -> Vec<u32> {
        let has = |enterprise: usize| {
            let months = self.column.monthly.get(enterprise * 12..enterprise * 12 + 12).unwrap_or(&[]);
            let year = self.column.yearly.get(enterprise).copied().unwrap_or(ABSENT);
            year != ABSENT || months.iter().any(|value| *value != ABSENT)
        };
        let chunks = self.plan.chunks.iter();
        let enterprises = chunks.flat_map(|chunk| chunk.enterprises.clone().map(move |at| (chunk, at)));
        enterprises
            .filter(|(chunk, at)| {
                !chunk.edges(*at).is_empty() && !has(*at) && own(&self.prepared.accounts, *at).is_empty()
            })
            .filter_map(|(_, at)| u32::try_from(at).ok())
            .collect()
    }

    fn part(&self, number: u32) -> Option<Part> {
        let (chunk, edge) = self.plan.edge(number);
        let enterprise = chunk.enterprise_of(edge);
        let mut sink = OfEdge::new(edge);
        let accounts = own(&self.prepared.accounts, enterprise);
        split(chunk, enterprise, self.column, &self.prepared.reported, accounts, &mut sink);
        let matters = chunk.used[edge] > 0 || chunk.held[edge] > 0 || !sink.got.is_empty();
        matters.then(|| self.told(chunk, enterprise, &sink))
    }

    fn told(&self, chunk: &Chunk, enterprise: usize, sink: &OfEdge) -> Part {
        let divisor = Decimal::from(self.prepared.reported.divisor);
        let value = |steps: i64| {
            let value = self.column.value(i128::from(steps))?;
            value.checked_div(divisor).map(|value| value.normalize())
        };
        let pieces: Vec<Piece> = sink
            .got
            .iter()
            .filter_map(|(period, amount, method)| {
                let month = u8::try_from(*period).ok().filter(|month| usize::from(*month) < YEAR);
                let of = value(sink.wholes[*period])?;
                Some(Piece { month, amount: value(*amount)?, of, method: *method })
            })
            .collect();
        let known = sink.wholes.iter().any(|whole| *whole != ABSENT) && sink.unknown != ALL;
        let sum = sink.got.iter().map(|(_, amount, _)| amount).sum();
        let unknown = (0..12).filter(|month| sink.unknown >> month & 1 == 1).collect();
        let worst = sink.got.iter().max_by_key(|(period, _, method)| (*method, *period));
        Part {
            enterprise: u32::try_from(enterprise).ok(),
            amount: if known { value(sum) } else { None },
            reasons: worst.map_or(Vec::new(), |(period, _, m)| self.reasons(chunk, enterprise, *period, *m)),
            pieces,
            unknown,
        }
    }

    fn reasons(&self, chunk: &Chunk, enterprise: usize, period: usize, method: Method) -> Vec<Reason> {
        let mut found = Vec::new();
        if method > Method::SiteAccount {
            found.push(Reason::NoAccount);
        }
        if method > Method::Meter {
            let mut meters =
                self.plan.land.meters.iter().filter(|meter| meter.enterprise as usize == enterprise);
            found.push(match meters.next() {
                None => Reason::NoMeter,
                Some(_) if !self.column.by_meter => Reason::NotMetered,
                Some(first) if first.shared || meters.any(|meter| meter.shared) => Reason::SharedMeter,
                Some(_) => Reason::MeterGap,
            });
        }
        if method == Method::Holding {
            found.push(Reason::NothingUsed);
        }
        if method == Method::AreaTime {
            let edges = chunk.edges(enterprise);
            let row = chunk.row(chunk.shape(enterprise), edges.len(), period, self.column.by_meter);
            if row.last().is_some_and(|last| *last < super::plan::ONE) {
                found.push(Reason::DaysNowhere);
            }
            if row.iter().zip(std::iter::once(&0).chain(row)).filter(|(now, before)| now > before).count() > 1
            {
                found.push(Reason::SeveralPlaces);
            }
            if period == YEAR {
                found.push(Reason::YearOnly);
            }
        }
        found
    }
}

const ALL: u16 = (1 << YEAR) - 1;
