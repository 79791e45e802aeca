//! One measure over all parcels: sums, what is known of them, and the totals that must agree.

use rust_decimal::Decimal;

use super::days::Year;
use super::groups;
use super::input::{Account, Column};
use super::parts::Prepared;
use super::plan::{Chunk, Place, YEAR};
use super::problem::Doubt;
use super::split::{Reported, Sink, split};
use super::{Bucket, Method, Plan};
use crate::facts::{Reading, Share, State};

/// What the enterprises have in one period and where it went, in steps of the column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// What the enterprises report.
    pub given: i128,
    /// What only their sites account for.
    pub by_accounts: i128,
    /// On parcels of the park.
    pub parcels: i128,
    /// Outside the park.
    pub outside: i128,
    /// On no parcel.
    pub no_parcel: i128,
    /// Undetermined.
    pub undetermined: i128,
}

impl Totals {
    /// Whether all that was there went somewhere, once (I3).
    pub fn agree(&self) -> bool {
        self.given + self.by_accounts == self.parcels + self.outside + self.no_parcel + self.undetermined
    }

    fn add(&mut self, more: &Self) {
        self.given += more.given;
        self.by_accounts += more.by_accounts;
        self.parcels += more.parcels;
        self.outside += more.outside;
        self.no_parcel += more.no_parcel;
        self.undetermined += more.undetermined;
    }

    fn slot(&mut self, bucket: Bucket) -> &mut i128 {
        match bucket {
            Bucket::Outside => &mut self.outside,
            Bucket::NoParcel => &mut self.no_parcel,
            Bucket::Undetermined => &mut self.undetermined,
        }
    }
}

/// One measure over all parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributed {
    /// The sum over the periods, by parcel, in steps of the column; of a mean before it is divided.
    pub sums: Vec<i128>,
    /// How much of each parcel's users it is known for.
    pub known: Vec<Share>,
    /// How well it is known.
    pub states: Vec<State>,
    /// By month; the last is that of values that are only known for the year.
    pub totals: [Totals; 13],
    /// What is doubtful.
    pub doubts: Vec<Doubt>,
    scale: u32,
    divisor: i64,
}

impl Attributed {
    /// The value of a parcel; none where nothing is known.
    pub fn reading(&self, parcel: usize) -> Reading {
        let value = match self.states[parcel] {
            State::Missing => None,
            State::Conflicting if self.known[parcel] == Share::NONE => None,
            _ => self.value(self.sums[parcel]),
        };
        let state = if value.is_none() && self.states[parcel] != State::Conflicting {
            State::Missing
        } else {
            self.states[parcel]
        };
        Reading { value, state, known: self.known[parcel] }
    }

    /// The values of all parcels.
    pub fn readings(&self) -> Vec<Reading> {
        (0..self.sums.len()).map(|parcel| self.reading(parcel)).collect()
    }

    /// The totals of the year.
    pub fn year(&self) -> Totals {
        let mut year = Totals::default();
        self.totals.iter().for_each(|month| year.add(month));
        year
    }

    /// A sum as a value of the measure.
    pub fn value(&self, sum: i128) -> Option<Decimal> {
        let (mut steps, mut scale) = (sum, self.scale);
        if let (1, Ok(mut short)) = (self.divisor, i64::try_from(sum)) {
            while scale > 0 && short % 10 == 0 {
                (short, scale) = (short / 10, scale - 1);
            }
            steps = i128::from(short);
        }
        let value = Decimal::try_from_i128_with_scale(steps, scale).ok()?;
        match self.divisor {
            1 => Some(value),
            divisor => value.checked_div(Decimal::from(divisor)).map(|value| value.normalize()),
        }
    }
}

/// What one chunk gave out.
struct Given<'a> {
    chunk: &'a Chunk,
    year: &'a Year,
    got: Vec<Got>,
    /// What came to each kind of place by month, beside `totals`.
    placed: [Wide; 3],
    whole: Wide,
    totals: [Totals; 13],
    doubts: Vec<Doubt>,
}

/// What one edge got, side by side: parcels look edges up in no order.
#[derive(Clone, Copy, Default)]
struct Got {
    amount: i64,
    /// Land × days of unknown values, used and held.
    unknown: (i64, i64),
    marks: u8,
}

/// Twelve sums of 96 bits, in two halves that are added without carrying: good for 2³¹ amounts each.
#[derive(Clone, Copy, Default)]
struct Wide {
    low: [i64; 12],
    high: [i64; 12],
}

impl Wide {
    #[inline]
    fn add(&mut self, amounts: &[i64; 12]) {
        for ((low, high), amount) in self.low.iter_mut().zip(&mut self.high).zip(amounts) {
            *low = low.wrapping_add(amount & 0xffff_ffff);
            *high = high.wrapping_add(amount >> 32);
        }
    }

    fn sum(&self, month: usize) -> i128 {
        i128::from(self.low[month]) + (i128::from(self.high[month]) << 32)
    }
}

const ESTIMATED: u8 = 1;
const CONFLICTING: u8 = 2;

impl Sink for Given<'_> {
    #[inline]
    fn give(&mut self, edge: usize, period: usize, amount: i64, method: Method) {
        let got = &mut self.got[edge];
        got.amount += amount;
        got.marks |= if method.estimates() { ESTIMATED } else { 0 };
        let totals = &mut self.totals[period];
        *match self.chunk.place[edge] {
            Place::Parcel => &mut totals.parcels,
            Place::Outside => &mut totals.outside,
            Place::Undetermined => &mut totals.undetermined,
        } += i128::from(amount);
    }

    #[inline]
    fn give_months(&mut self, edge: usize, amounts: &[i64; 12], estimated: u16, _: impl Fn(usize) -> Method) {
        let got = &mut self.got[edge];
        got.amount += amounts.iter().fold(0_i64, |sum, amount| sum.wrapping_add(*amount));
        if estimated != 0 && (0..12).any(|month| estimated >> month & 1 == 1 && amounts[month] != 0) {
            got.marks |= ESTIMATED;
        }
        self.placed[self.chunk.place[edge] as usize].add(amounts);
    }

    fn leave(&mut self, bucket: Bucket, period: usize, amount: i64) {
        *self.totals[period].slot(bucket) += i128::from(amount);
    }

    #[inline]
    fn whole(&mut self, period: usize, amount: i64, by_accounts: bool) {
        let totals = &mut self.totals[period];
        *(if by_accounts { &mut totals.by_accounts } else { &mut totals.given }) += i128::from(amount);
    }

    #[inline]
    fn whole_months(&mut self, amounts: &[i64; 12], _: u16) {
        self.whole.add(amounts);
    }

    fn unknown(&mut self, enterprise: usize, edge: usize, mut months: u16) {
        let chunk = self.chunk;
        let shape = chunk.shape(enterprise);
        let first = chunk.edges(enterprise).start;
        while months != 0 {
            let month = months.trailing_zeros() as usize;
            months &= months - 1;
            let base = if shape.steady {
                chunk.used[edge] / i64::from(self.year.days()) * self.year.days_of(month)
            } else {
                chunk.months[shape.varied as usize + edge - first][month]
            };
            let (used, held) = &mut self.got[edge].unknown;
            *(if shape.held >> month & 1 == 1 { held } else { used }) += base;
        }
    }

    fn doubt(&mut self, doubt: Doubt) {
        self.doubts.push(doubt);
    }

    fn conflict(&mut self, edge: usize) {
        self.got[edge].marks |= CONFLICTING;
    }
}

pub(super) fn attribute(plan: &Plan, column: &Column) -> Attributed {
    let Prepared { reported, accounts } = Prepared::of(column);
    let given =
        groups::each(plan.chunks.iter().collect(), |chunk| give(plan, chunk, column, &reported, &accounts));

    let ranges =
        groups::ranges(plan.land.parcels.len(), plan.options.threads, |p| plan.edges.start[p] as usize);
    let gathered =
        groups::each(ranges, |range| range.map(|parcel| gather(plan, &given, parcel)).collect::<Vec<_>>());
    let n = plan.land.parcels.len();
    let mut all = Attributed {
        sums: Vec::with_capacity(n),
        known: Vec::with_capacity(n),
        states: Vec::with_capacity(n),
        totals: [Totals::default(); 13],
        doubts: Vec::new(),
        scale: column.scale,
        divisor: reported.divisor,
    };
    for (sum, known, state) in gathered.into_iter().flatten() {
        all.sums.push(sum);
        all.known.push(known);
        all.states.push(state);
    }
    for part in given {
        all.doubts.extend(part.doubts);
        for (sum, more) in all.totals.iter_mut().zip(&part.totals) {
            sum.add(more);
        }
    }
    all
}

fn give<'a>(
    plan: &'a Plan,
    chunk: &'a Chunk,
    column: &Column,
    reported: &Reported,
    accounts: &[Account],
) -> Given<'a> {
    let mut given = Given {
        chunk,
        year: &plan.year,
        got: vec![Got::default(); chunk.parcel.len()],
        placed: [Wide::default(); 3],
        whole: Wide::default(),
        totals: [Totals::default(); 13],
        doubts: Vec::new(),
    };
    for enterprise in chunk.enterprises.clone() {
        split(chunk, enterprise, column, reported, own(accounts, enterprise), &mut given);
    }
    for (month, totals) in given.totals.iter_mut().take(YEAR).enumerate() {
        totals.given += given.whole.sum(month);
        totals.parcels += given.placed[Place::Parcel as usize].sum(month);
        totals.outside += given.placed[Place::Outside as usize].sum(month);
        totals.undetermined += given.placed[Place::Undetermined as usize].sum(month);
    }
    given
}

/// The accounts of one enterprise, of all in the order of enterprises.
pub(super) fn own(accounts: &[Account], enterprise: usize) -> &[Account] {
    if accounts.is_empty() {
        return accounts;
    }
    let first = accounts.partition_point(|account| (account.enterprise as usize) < enterprise);
    let count =
        accounts[first..].iter().take_while(|account| account.enterprise as usize == enterprise).count();
    &accounts[first..first + count]
}

/// Adds up one parcel.
fn gather(plan: &Plan, given: &[Given], parcel: usize) -> (i128, Share, State) {
    let lot = &plan.tenancy.lots[parcel];
    let (mut sum, mut marks) = (0, 0);
    let (used, held) = plan.weights[parcel];
    let mut unknown = (plan.others[parcel], 0);
    for number in plan.edges.of(parcel) {
        let at = plan.chunks.partition_point(|chunk| chunk.base <= *number) - 1;
        let got = &given[at].got[(*number - plan.chunks[at].base) as usize];
        sum += i128::from(got.amount);
        marks |= got.marks;
        unknown = (unknown.0 + got.unknown.0, unknown.1 + got.unknown.1);
    }
    if !lot.sound {
        return (0, Share::NONE, State::Conflicting);
    }
    // Holders count only where nobody uses anything.
    let (whole, missing) = if used > 0 { (used, unknown.0) } else { (held, unknown.1) };
    let known = match whole {
        0 if lot.recorded || sum != 0 => Share::WHOLE,
        0 => Share::NONE,
        _ if missing == 0 => Share::WHOLE,
        _ => Share::of_counts(i128::from(whole - missing), i128::from(whole)),
    };
    let state = if marks & CONFLICTING != 0 {
        State::Conflicting
    } else if known == Share::NONE {
        State::Missing
    } else if marks & ESTIMATED != 0 {
        State::Estimated
    } else {
        State::Present
    };
    (sum, known, state)
}
