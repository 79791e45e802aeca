//! One enterprise's values over its parcels (归集), month by month or for the year.
//!
//! [`split`] is the only place where values are divided: sums over a million parcels and the parts shown for one parcel are two
//! [`Sink`]s of it. Accounts of sites come first, the rest follows the shares of the plan; every period's value is given out to the last
//! step.
//!
//! Deliberately absent: sums by parcel ([`super::Attributed`]).

use super::input::{ABSENT, Account, Column, Over};
use super::plan::{Chunk, ONE, Shape, YEAR};
use super::problem::{About, Doubt};
use super::{Bucket, Method};

/// Takes what is given out.
pub(super) trait Sink {
    /// An edge, by its number in the chunk, gets an amount.
    fn give(&mut self, edge: usize, period: usize, amount: i64, method: Method);
    /// An edge gets an amount in each month; `estimated` are the months, as bits, whose method estimates.
    fn give_months(
        &mut self,
        edge: usize,
        amounts: &[i64; 12],
        _estimated: u16,
        method: impl Fn(usize) -> Method,
    ) {
        for (month, amount) in amounts.iter().enumerate().filter(|(_, amount)| **amount != 0) {
            self.give(edge, month, *amount, method(month));
        }
    }
    /// An amount ends on no parcel.
    fn leave(&mut self, bucket: Bucket, period: usize, amount: i64);
    /// What the enterprise has in the period: as given, or as its sites account for.
    fn whole(&mut self, period: usize, amount: i64, by_accounts: bool);
    /// What the enterprise has in the months of these bits; nothing in the others.
    fn whole_months(&mut self, amounts: &[i64; 12], months: u16) {
        for month in (0..YEAR).filter(|month| months >> month & 1 == 1) {
            self.whole(month, amounts[month], false);
        }
    }
    /// Months, as bits, of which an edge's enterprise has no value.
    fn unknown(&mut self, enterprise: usize, edge: usize, months: u16);
    /// A doubt about the value.
    fn doubt(&mut self, doubt: Doubt);
    /// The value at an edge is contradicted by others.
    fn conflict(&mut self, edge: usize);
}

/// What a column is like as a whole.
pub(super) struct Reported {
    /// Bits of months in which any enterprise has a value.
    months: u16,
    /// Bits of the months that count: all that are reported, or the last.
    pub count: u16,
    /// The months that each reported month speaks for: those before it since the one reported before.
    speaks: [u16; 12],
    /// By how much the sum of months is divided.
    pub divisor: i64,
}

const ALL: u16 = (1 << YEAR) - 1;

impl Reported {
    pub fn of(column: &Column) -> Self {
        let mut months = 0_u16;
        for values in column.monthly.chunks_exact(12) {
            for (month, value) in values.iter().enumerate() {
                months |= u16::from(*value != ABSENT) << month;
            }
            if months == ALL {
                break;
            }
        }
        for account in &column.accounts {
            months |= account.month.map_or(0, |month| 1 << month);
        }
        let last = months.checked_ilog2().map_or(0, |last| 1_u16 << last);
        let (mut speaks, mut before) = ([0; 12], 0_u16);
        for (month, slot) in speaks.iter_mut().enumerate() {
            before |= 1 << month;
            if months >> month & 1 == 1 {
                *slot = if 1 << month == last { before | (ALL & !(last - 1)) } else { before };
                before = 0;
            }
        }
        let count = if column.over == Over::Last { last } else { months };
        let divisor = if column.over == Over::Mean { i64::from(months.count_ones().max(1)) } else { 1 };
        if column.over == Over::Last && last > 0 {
            speaks[last.ilog2() as usize] = ALL;
        }
        Self { months, count, speaks, divisor }
    }
}

/// Values of one enterprise.
struct Values<'a> {
    months: &'a [i64],
    year: i64,
}

impl<'a> Values<'a> {
    fn of(column: &'a Column, enterprise: usize) -> Self {
        let months = column.monthly.get(enterprise * 12..enterprise * 12 + 12).unwrap_or(&[]);
        Self { months, year: column.yearly.get(enterprise).copied().unwrap_or(ABSENT) }
    }

    fn month(&self, month: usize) -> i64 {
        self.months.get(month).copied().unwrap_or(ABSENT)
    }
}

/// Gives out all values of one enterprise; `accounts` are its own, by month.
pub(super) fn split<S: Sink>(
    chunk: &Chunk,
    enterprise: usize,
    column: &Column,
    reported: &Reported,
    accounts: &[Account],
    sink: &mut S,
) {
    let values = Values::of(column, enterprise);
    let shape = chunk.shape(enterprise);
    let one = One { chunk, shape, edges: chunk.edges(enterprise), enterprise, by_meter: column.by_meter };
    let expected = reported.count & shape.exists & ALL;
    let missing = (0..YEAR)
        .filter(|month| expected >> month & 1 == 1 && values.month(*month) == ABSENT)
        .fold(0_u16, |bits, month| bits | 1 << month);
    let by_year = values.year != ABSENT && (missing != 0 || reported.months == 0);
    if accounts.is_empty() && !values.months.is_empty() && !by_year {
        one.months(&values, reported, missing, sink);
        return;
    }
    let of_year = accounts.iter().any(|account| account.month.is_none());
    if by_year || of_year && missing == expected {
        // A mean of months is divided when all months are in: the year's value stands for each of them.
        let times = reported.divisor;
        let value = if values.year == ABSENT { ABSENT } else { values.year * times };
        let accounts = accounts.iter().filter(|account| account.month.is_none());
        one.period(YEAR, value, times, accounts, ALL, sink);
        return;
    }
    for month in (0..YEAR).filter(|month| reported.count >> month & 1 == 1) {
        let accounts = accounts.iter().filter(|account| account.month.map(usize::from) == Some(month));
        let speaks = if shape.exists >> month & 1 == 1 { reported.speaks[month] } else { 0 };
        one.period(month, values.month(month), 1, accounts, speaks, sink);
    }
    if reported.months == 0 {
        one.unknown(ALL, &[], sink);
    }
}

/// One enterprise and how it is divided.
struct One<'a> {
    chunk: &'a Chunk,
    shape: &'a Shape,
    edges: std::ops::Range<usize>,
    enterprise: usize,
    by_meter: bool,
}

impl One<'_> {
    fn unknown<S: Sink>(&self, months: u16, known: &[(usize, i64)], sink: &mut S) {
        for edge in self.edges.clone() {
            if months != 0 && known.iter().all(|(other, _)| *other != edge) {
                sink.unknown(self.enterprise, edge, months);
            }
        }
    }

    /// All months, when no site has an account: what [`One::period`] does, for all of them side by side.
    fn months<S: Sink>(&self, values: &Values, reported: &Reported, missing: u16, sink: &mut S) {
        let (mut amounts, mut before) = ([0; 12], [0; 12]);
        let mut months = 0_u16;
        for (month, amount) in amounts.iter_mut().enumerate() {
            if reported.count >> month & 1 == 1 && values.months[month] != ABSENT {
                *amount = values.months[month];
                months |= 1 << month;
            }
        }
        sink.whole_months(&amounts, months);
        let values = amounts;
        let first = if self.by_meter { self.shape.shares } else { self.shape.plain } as usize;
        let step = if self.shape.steady { 0 } else { self.edges.len() };
        let shares = &self.chunk.shares[first..first + step * (YEAR - 1) + self.edges.len()];
        for (at, edge) in self.edges.clone().enumerate() {
            for month in 0..YEAR {
                let share = shares[month * step + at];
                let running = if share == ONE { values[month] } else { part(values[month], share) };
                amounts[month] = running - before[month];
                before[month] = running;
            }
            sink.give_months(edge, &amounts, self.estimated(edge), |month| self.method(edge, month));
        }
        for month in (0..YEAR).filter(|month| before[*month] != values[*month]) {
            sink.leave(Bucket::NoParcel, month, values[month] - before[month]);
        }
        let unknown = match reported.months {
            0 => ALL,
            _ => (0..YEAR).filter(|m| missing >> m & 1 == 1).fold(0, |bits, m| bits | reported.speaks[m]),
        };
        self.unknown(unknown, &[], sink);
    }

    /// One period; `speaks` are the months of which nothing is known when it has no value.
    fn period<'b, S: Sink>(
        &self,
        period: usize,
        value: i64,
        times: i64,
        accounts: impl Iterator<Item = &'b Account> + Clone,
        speaks: u16,
        sink: &mut S,
    ) {
        if accounts.clone().next().is_some() {
            self.with_accounts(period, value, times, accounts, speaks, sink);
            return;
        }
        if value == ABSENT {
            self.unknown(speaks, &[], sink);
            return;
        }
        sink.whole(period, value, false);
        let row = self.chunk.row(self.shape, self.edges.len(), period, self.by_meter);
        let mut before = 0;
        for (edge, share) in self.edges.clone().zip(row) {
            let running = part(value, *share);
            if running != before {
                sink.give(edge, period, running - before, self.method(edge, period));
            }
            before = running;
        }
        if before != value {
            sink.leave(Bucket::NoParcel, period, value - before);
        }
    }

    fn with_accounts<'b, S: Sink>(
        &self,
        period: usize,
        value: i64,
        times: i64,
        accounts: impl Iterator<Item = &'b Account>,
        speaks: u16,
        sink: &mut S,
    ) {
        let (mut here, mut outside, mut elsewhere) = (Vec::new(), 0, 0);
        let (mut up, mut down) = (true, true);
        for account in accounts {
            let amount = account.value * times;
            (up, down) = (up && amount >= 0, down && amount <= 0);
            match account.parcel.map(|parcel| self.edge_at(parcel)) {
                Some(Some(edge)) => here.push((edge, amount)),
                Some(None) => elsewhere += amount,
                None => outside += amount,
            }
        }
        let sum = here.iter().map(|(_, amount)| amount).sum::<i64>() + outside + elsewhere;
        let rest = if value == ABSENT { 0 } else { value - sum };
        let exceeds = value != ABSENT && (up && value >= 0 && rest < 0 || down && value <= 0 && rest > 0);
        sink.whole(period, if value == ABSENT { sum } else { value }, value == ABSENT);
        if exceeds {
            sink.leave(Bucket::Undetermined, period, value);
            here.iter().for_each(|(edge, _)| sink.conflict(*edge));
            self.unknown(speaks, &[], sink);
            return sink.doubt(self.doubt(period, About::AccountsExceed));
        }
        for (edge, amount) in &here {
            sink.give(*edge, period, *amount, Method::SiteAccount);
        }
        for (bucket, amount) in [(Bucket::Outside, outside), (Bucket::Undetermined, elsewhere)] {
            if amount != 0 {
                sink.leave(bucket, period, amount);
            }
        }
        if elsewhere != 0 {
            sink.doubt(self.doubt(period, About::AccountElsewhere));
        }
        if value == ABSENT {
            sink.doubt(self.doubt(period, About::OnlyAccounts));
            self.unknown(speaks, &here, sink);
        } else if rest != 0 {
            self.rest(period, rest, &here, sink);
        }
    }

    /// Gives out what the sites do not account for, over the edges without an account and the days on none.
    fn rest<S: Sink>(&self, period: usize, rest: i64, here: &[(usize, i64)], sink: &mut S) {
        let row = self.chunk.row(self.shape, self.edges.len(), period, self.by_meter);
        let own = |at: usize| i128::from(row[at]) - if at == 0 { 0 } else { i128::from(row[at - 1]) };
        let first = self.edges.start;
        let free = |edge: &usize| here.iter().all(|(other, _)| other != edge);
        let nowhere = i128::from(ONE) - row.last().map_or(0, |last| i128::from(*last));
        let whole: i128 =
            self.edges.clone().filter(free).map(|edge| own(edge - first)).sum::<i128>() + nowhere;
        if whole == 0 {
            here.iter().for_each(|(edge, _)| sink.conflict(*edge));
            sink.leave(Bucket::Undetermined, period, rest);
            return sink.doubt(self.doubt(period, About::AccountsFallShort));
        }
        let (mut share, mut before) = (0, 0);
        for edge in self.edges.clone().filter(free) {
            share += own(edge - first);
            // Rounded half up: (2·rest·share + whole) ÷ 2·whole; 58 + 62 + 1 bits.
            let running = (2 * i128::from(rest) * share + whole).div_euclid(2 * whole);
            let running = i64::try_from(running).expect("no larger than the rest");
            if running != before {
                sink.give(edge, period, running - before, self.method(edge, period));
            }
            before = running;
        }
        if before != rest {
            sink.leave(Bucket::NoParcel, period, rest - before);
        }
    }

    fn edge_at(&self, parcel: u32) -> Option<usize> {
        let at = self.chunk.parcel[self.edges.clone()].binary_search(&parcel).ok()?;
        Some(self.edges.start + at)
    }

    fn doubt(&self, period: usize, about: About) -> Doubt {
        let month = u8::try_from(period).ok().filter(|month| usize::from(*month) < YEAR);
        Doubt { enterprise: u32::try_from(self.enterprise).expect("numbered by u32"), month, about }
    }

    /// How an edge comes to its share of a period.
    fn method(&self, edge: usize, period: usize) -> Method {
        let bit = |bits: u16| bits >> period & 1 == 1;
        if self.by_meter && !self.shape.steady && bit(self.metered(edge)) {
            Method::Meter
        } else if bit(self.shape.held) {
            Method::Holding
        } else if bit(self.shape.sole) {
            Method::Dated
        } else {
            Method::AreaTime
        }
    }

    /// Bits of months whose method estimates.
    fn estimated(&self, edge: usize) -> u16 {
        let metered = if self.by_meter && !self.shape.steady { self.metered(edge) } else { 0 };
        metered | self.shape.held | !self.shape.sole
    }

    fn metered(&self, edge: usize) -> u16 {
        self.chunk.metered[self.shape.varied as usize + edge - self.edges.start]
    }
}

/// `value × share`, rounded half up; all of it for [`ONE`].
fn part(value: i64, share: u64) -> i64 {
    // 59 bits with sign times 63 bits: nothing can wrap, and nothing needs to be checked a billion times.
    let product = i128::from(value).wrapping_mul(i128::from(share)).wrapping_add(1 << 61) >> 62;
    i64::try_from(product).expect("no larger than the value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_rounded_and_the_whole_is_whole() {
        assert_eq!(part(7, ONE), 7);
        assert_eq!(part(-7, ONE), -7);
        assert_eq!(part(7, ONE / 2), 4);
        // −3.5 rounded half up is −3.
        assert_eq!(part(-7, ONE / 2), -3);
        assert_eq!(part((1 << 58) - 1, ONE), (1 << 58) - 1);
    }

    #[test]
    fn a_reported_month_speaks_for_those_before_it() {
        let mut column = Column::new(1, 0, Over::Sum);
        for month in [2, 5, 8] {
            column.monthly[month] = 1;
        }
        let reported = Reported::of(&column);
        assert_eq!(reported.months, 0b1_0010_0100);
        assert_eq!(reported.speaks[2], 0b111);
        assert_eq!(reported.speaks[5], 0b11_1000);
        assert_eq!(reported.speaks[8], 0b1111_1100_0000);
    }
}
