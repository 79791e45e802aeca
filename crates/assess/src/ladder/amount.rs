//! Amounts: data of one or several years to one exact quotient.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use model::definition::{Edges, Limit, Op, OverYears, Value};
use model::id::{DatumId, UnitId};
use rust_decimal::{Decimal, RoundingStrategy};

use super::columns::{Enterprises, MISSING, STEPS, cut, day, millionths};
use super::planes::{Bits, EVERY, bits_of_two, zip};

/// The unit of hundredths.
const PERCENT: &str = "%";
/// Steps of a root: ten decimals.
const ROOT: i128 = 10_000_000_000;

/// An exact number: `num / den`, `den` positive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotient {
    pub num: i128,
    pub den: i128,
}

/// Numerators of some rows in millionths, and what they are divided by.
pub(super) type Year<'a> = (Cow<'a, [i64]>, Option<Cow<'a, [i64]>>);

/// Why there is no amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lack {
    /// Data are missing.
    Data,
    /// The denominator is zero or negative.
    Denominator,
    /// Too large for exact arithmetic: a slip of units.
    TooLarge,
}

impl Quotient {
    /// Compares with a number in millionths.
    pub fn against(self, threshold: i64) -> Option<Ordering> {
        let left = self.num.checked_mul(i128::from(STEPS))?;
        Some(left.cmp(&i128::from(threshold).checked_mul(self.den)?))
    }

    /// As a decimal, rounded half-up to ten places.
    pub fn shown(self) -> Option<Decimal> {
        let num = Decimal::try_from_i128_with_scale(self.num, 0).ok()?;
        let den = Decimal::try_from_i128_with_scale(self.den, 0).ok()?;
        let value = num.checked_div(den)?;
        Some(value.round_dp_with_strategy(10, RoundingStrategy::MidpointAwayFromZero).normalize())
    }
}

/// A value bound to columns.
pub(super) struct Amount<'a> {
    pub of: Vec<&'a [i64]>,
    pub per: Vec<&'a [i64]>,
    pub names: Vec<(DatumId, u8)>,
    over: OverYears,
    years: usize,
    pub times: i128,
    today: i64,
    /// The largest numerator and denominator there can be; none where 64 bits may not hold them.
    widest: Option<(i64, i64)>,
    /// Of whom each column of the numerator is known, and each of the denominator above zero.
    marks: Vec<&'a [u64]>,
}

fn read(column: &[i64], i: usize) -> Result<i128, Lack> {
    match column.get(i) {
        None | Some(&MISSING) => Err(Lack::Data),
        Some(n) => Ok(i128::from(*n)),
    }
}

impl<'a> Amount<'a> {
    pub fn bind(value: &Value, unit: Option<&UnitId>, all: &'a Enterprises) -> Self {
        let growth = growing(value);
        let years = usize::from(value.years);
        let looked = looked(value);
        let columns = |id: &DatumId| (0..looked).map(|back| all.column(id, back)).collect::<Vec<_>>();
        let quotient = growth || value.per.is_some();
        let times = if quotient && unit.is_some_and(|u| u.as_str() == PERCENT) { 100 } else { 1 };
        let data = std::iter::once(&value.of).chain(&value.per);
        let back = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        Self {
            of: columns(&value.of),
            per: value.per.as_ref().map(columns).unwrap_or_default(),
            names: data.flat_map(|id| (0..looked).map(move |n| (id.clone(), back(n)))).collect(),
            over: value.over,
            years,
            times,
            today: day(all.on),
            widest: widest(value, all),
            marks: (0..looked)
                .map(|back| all.marks(&value.of, back, false))
                .chain(value.per.iter().flat_map(|id| (0..looked).map(|back| all.marks(id, back, true))))
                .collect(),
        }
    }

    /// The amount of enterprise `i`; of every year by itself, the worst for a limit of that side.
    pub fn of(&self, i: usize, op: Op) -> Result<Quotient, Lack> {
        match self.over {
            OverYears::Sum => {
                let num = sum(&self.of, i)?;
                if self.per.is_empty() {
                    return Ok(Quotient { num, den: i128::from(STEPS) });
                }
                self.quotient(num, sum(&self.per, i)?)
            }
            OverYears::Each => self.worst(i, op),
            OverYears::Days => {
                let since = i128::from(self.today) - read(self.of[0], i)?;
                Ok(Quotient { num: since, den: i128::from(STEPS) })
            }
            OverYears::MeanGrowth => self.mean_growth(i),
            OverYears::ActualGrowth => {
                let [last, middle, first] = [0, 1, 2].map(|back| read(self.of[back], i));
                let (num, den) = actual_growth(last?, middle?, first?).ok_or(Lack::Denominator)?;
                self.quotient(num.ok_or(Lack::TooLarge)?, den.ok_or(Lack::TooLarge)?)
            }
            OverYears::Compound => {
                let (last, first) = (read(self.of[0], i)?, read(self.of[2], i)?);
                if first <= 0 || last < 0 {
                    return Err(Lack::Denominator);
                }
                let square = last.checked_mul(ROOT * ROOT).ok_or(Lack::TooLarge)? / first;
                Ok(Quotient { num: (square.isqrt() - ROOT) * self.times, den: ROOT })
            }
        }
    }

    fn quotient(&self, num: i128, den: i128) -> Result<Quotient, Lack> {
        if den <= 0 {
            return Err(Lack::Denominator);
        }
        Ok(Quotient { num: num.checked_mul(self.times).ok_or(Lack::TooLarge)?, den })
    }

    fn worst(&self, i: usize, op: Op) -> Result<Quotient, Lack> {
        let mut worst: Option<Quotient> = None;
        for back in 0..self.years {
            let num = read(self.of[back], i)?;
            let own = match self.per.get(back) {
                Some(per) => self.quotient(num, read(per, i)?)?,
                None => Quotient { num, den: i128::from(STEPS) },
            };
            let Some(kept) = worst else {
                worst = Some(own);
                continue;
            };
            let left = own.num.checked_mul(kept.den).ok_or(Lack::TooLarge)?;
            let right = kept.num.checked_mul(own.den).ok_or(Lack::TooLarge)?;
            let worse = if matches!(op, Op::AtLeast | Op::Above) { left < right } else { left > right };
            worst = Some(if worse { own } else { kept });
        }
        worst.ok_or(Lack::Data)
    }

    /// Mean of Y2/Y1 − 1 and Y3/Y2 − 1 over one denominator.
    fn mean_growth(&self, i: usize) -> Result<Quotient, Lack> {
        let (mut num, mut den) = (0_i128, 1_i128);
        for back in 0..self.years {
            let (now, before) = (read(self.of[back], i)?, read(self.of[back + 1], i)?);
            if before <= 0 {
                return Err(Lack::Denominator);
            }
            let own = (now - before).checked_mul(den).ok_or(Lack::TooLarge)?;
            num = num.checked_mul(before).and_then(|n| n.checked_add(own)).ok_or(Lack::TooLarge)?;
            den = den.checked_mul(before).ok_or(Lack::TooLarge)?;
        }
        let years = i128::try_from(self.years).unwrap_or(1);
        self.quotient(num, den.checked_mul(years).ok_or(Lack::TooLarge)?)
    }

    /// The numerator and denominator in millionths, where the amount is one quotient of sums.
    pub fn plain(&self, i: usize) -> Option<(i128, Option<i128>)> {
        if !matches!(self.over, OverYears::Sum) {
            return None;
        }
        let per = if self.per.is_empty() { None } else { Some(sum(&self.per, i).ok()?) };
        Some((sum(&self.of, i).ok()?, per))
    }

    /// The numerators and denominators of some rows in millionths, year by year where every year counts by itself, with the largest
    /// there can be of each; none where the amount is more than a quotient, or no 64 bits hold it.
    pub fn years(&self, rows: &Range<usize>) -> Option<(Vec<Year<'a>>, (i64, i64))> {
        let widest = self.widest?;
        let own = |column: &&'a [i64]| Cow::Borrowed(cut(column, rows));
        let years = match self.over {
            OverYears::Sum => {
                let per = (!self.per.is_empty()).then(|| summed(&self.per, rows));
                vec![(summed(&self.of, rows), per)]
            }
            OverYears::Each => {
                let per = self.per.iter().map(|per| Some(own(per))).chain(std::iter::repeat(None));
                self.of.iter().map(own).zip(per).collect()
            }
            OverYears::Days => {
                let since = |n: &i64| if *n == MISSING { MISSING } else { self.today - n };
                vec![(cut(self.of[0], rows).iter().map(since).collect::<Vec<_>>().into(), None)]
            }
            OverYears::MeanGrowth | OverYears::ActualGrowth | OverYears::Compound => return None,
        };
        Some((years, widest))
    }

    /// Of whom there is a quotient in [`Amount::years`].
    pub fn known(&self, rows: &Range<usize>, years: &[Year<'a>]) -> Bits {
        // Years that are summed may be above zero together and not each.
        if let [(num, Some(den))] = years
            && self.per.len() > 1
        {
            return bits_of_two(num, den, |num, den| num != MISSING && den > 0);
        }
        let first = rows.start / 64;
        self.marks.iter().fold(EVERY, |known, marks| {
            let mut own = Bits::default();
            for (own, mark) in own.iter_mut().zip(marks.iter().skip(first)) {
                *own = *mark;
            }
            zip(&known, &own, |a, b| a & b)
        })
    }

    /// The mean growth of some rows as numerators, not yet times a hundred, and denominators, 0 where there is none; none where it is
    /// something else, or where a number could be larger than `bound`.
    pub fn growth(&self, rows: &Range<usize>, bound: i128) -> Option<(Vec<i128>, Vec<i128>)> {
        let growth = matches!(self.over, OverYears::MeanGrowth | OverYears::ActualGrowth);
        let (widest, _) = self.widest.filter(|_| growth)?;
        let years = i128::try_from(self.years).ok()?;
        // Of each year (now − before) × the others: twice the widest to the power of the years, as often as there are years.
        let power = i128::from(widest.max(1)).checked_pow(u32::try_from(self.years).ok()?)?;
        power.checked_mul(2 * years).filter(|most| *most <= bound)?;
        if self.over == OverYears::ActualGrowth {
            return Some(self.actual(rows));
        }
        let (mut num, mut den) = (vec![0_i128; rows.len()], vec![1_i128; rows.len()]);
        for pair in self.of.windows(2).take(self.years) {
            let columns = cut(pair[0], rows).iter().zip(cut(pair[1], rows));
            let mut missing = 0;
            for ((now, before), (num, den)) in columns.zip(num.iter_mut().zip(&mut den)) {
                missing += 1;
                if *now == MISSING || *before <= 0 {
                    *den = 0;
                    continue;
                }
                let (now, before) = (i128::from(*now), i128::from(*before));
                *num = num.wrapping_mul(before).wrapping_add((now - before).wrapping_mul(*den));
                *den = den.wrapping_mul(before);
            }
            den[missing..].fill(0);
        }
        den.iter_mut().for_each(|den| *den = den.wrapping_mul(years));
        Some((num, den))
    }

    /// The growth of some rows by the years they have worked; see [`actual_growth`].
    fn actual(&self, rows: &Range<usize>) -> (Vec<i128>, Vec<i128>) {
        let [last, middle, first] = [0, 1, 2].map(|back| cut(self.of[back], rows));
        let mut of = (vec![0_i128; rows.len()], vec![0_i128; rows.len()]);
        let years = last.iter().zip(middle).zip(first);
        for (((last, middle), first), (num, den)) in years.zip(of.0.iter_mut().zip(&mut of.1)) {
            if [last, middle, first].contains(&&MISSING) {
                continue;
            }
            let own = actual_growth(i128::from(*last), i128::from(*middle), i128::from(*first));
            // What could be too large was asked for before.
            if let Some((Some(top), Some(bottom))) = own {
                (*num, *den) = (top, bottom);
            }
        }
        of
    }

    /// Whether every one of several years counts by itself.
    pub fn many_years(&self) -> bool {
        matches!(self.over, OverYears::Each) && self.years > 1
    }

    /// Data that are missing, with the years back.
    pub fn missing(&self, i: usize) -> Vec<(DatumId, u8)> {
        let columns = self.of.iter().chain(&self.per);
        let lacking = self.names.iter().zip(columns).filter(|(_, column)| read(column, i).is_err());
        lacking.map(|(name, _)| name.clone()).collect()
    }
}

/// Growth by the years an enterprise has worked, as numerator and denominator, each none where it is too large: ½ (Y2/Y1 + Y3/Y2) − 1;
/// of the last two years where the first is zero; zero where the second is. None where a year is below zero.
fn actual_growth(last: i128, middle: i128, first: i128) -> Option<(Option<i128>, Option<i128>)> {
    match (middle, first) {
        (0, 0..) => Some((Some(0), Some(1))),
        (1.., 0) => Some((Some(last - middle), Some(middle))),
        (1.., 1..) => {
            let later = (last - middle).checked_mul(first);
            let earlier = (middle - first).checked_mul(middle);
            let num = later.zip(earlier).and_then(|(later, earlier)| later.checked_add(earlier));
            Some((num, middle.checked_mul(first).and_then(|den| den.checked_mul(2))))
        }
        _ => None,
    }
}

fn growing(value: &Value) -> bool {
    matches!(value.over, OverYears::MeanGrowth | OverYears::ActualGrowth | OverYears::Compound)
}

/// Columns of a datum that are looked at: growth looks a year further back.
fn looked(value: &Value) -> usize {
    usize::from(value.years) + usize::from(growing(value))
}

/// The largest numerator and denominator there can be; none beyond a bound within which nothing overflows.
fn widest(value: &Value, all: &Enterprises) -> Option<(i64, i64)> {
    // Two years by themselves compare as products of numerator × 100 and denominator in 128 bits.
    const BOUND: u64 = 1 << 59;
    let of = |id: &DatumId| {
        let each = (0..looked(value)).map(|back| all.widest(id, back));
        let most = match value.over {
            OverYears::Sum => each.fold(0, u64::saturating_add),
            _ => each.max().unwrap_or(0),
        };
        i64::try_from(most).ok().filter(|_| most <= BOUND)
    };
    Some((of(&value.of)?, value.per.as_ref().map_or(Some(1), of)?))
}

/// Sums over years of some rows; missing where one is.
fn summed<'a>(columns: &[&'a [i64]], rows: &Range<usize>) -> Cow<'a, [i64]> {
    let Some((first, more)) = columns.split_first() else { return Cow::Borrowed(&[]) };
    if more.is_empty() {
        return Cow::Borrowed(cut(first, rows));
    }
    let mut sums = cut(first, rows).to_vec();
    for column in more {
        let column = cut(column, rows);
        sums.truncate(column.len());
        for (sum, n) in sums.iter_mut().zip(column) {
            let both = *sum != MISSING && *n != MISSING;
            *sum = if both { sum.wrapping_add(*n) } else { MISSING };
        }
    }
    Cow::Owned(sums)
}

fn sum(columns: &[&[i64]], i: usize) -> Result<i128, Lack> {
    columns.iter().try_fold(0, |sum, column| Ok(sum + read(column, i)?))
}

/// A limit bound to columns; thresholds in millionths, none to be supplied.
pub(super) struct Line<'a> {
    pub op: Op,
    pub by: Option<Amount<'a>>,
    pub edges: Edges,
    /// Where a band ends, and the threshold in it.
    pub steps: Vec<(Option<i64>, Option<i64>)>,
}

impl<'a> Line<'a> {
    pub fn bind(limit: &Limit, all: &'a Enterprises) -> Self {
        Self {
            op: limit.op,
            by: limit.by.as_ref().map(|by| Amount::bind(by, None, all)),
            edges: limit.edges,
            steps: limit
                .steps
                .iter()
                .map(|s| (s.upto.and_then(millionths), s.is.known().and_then(millionths)))
                .collect(),
        }
    }

    /// The threshold of enterprise `i`; none is to be supplied.
    pub fn threshold(&self, i: usize) -> Result<Option<i64>, Lack> {
        let Some(by) = &self.by else { return Ok(self.steps[0].1) };
        let amount = by.of(i, self.op)?;
        for (upto, is) in &self.steps {
            let Some(upto) = upto else { return Ok(*is) };
            let order = amount.against(*upto).ok_or(Lack::TooLarge)?;
            if order == Ordering::Less || (order == Ordering::Equal && self.edges == Edges::RightClosed) {
                return Ok(*is);
            }
        }
        Err(Lack::Data)
    }

    /// Data the band needs.
    pub fn asked(&self) -> &[(DatumId, u8)] {
        self.by.as_ref().map_or(&[], |by| &by.names)
    }

    /// Data the band needs and that are missing.
    pub fn missing(&self, i: usize) -> Vec<(DatumId, u8)> {
        self.by.as_ref().map(|by| by.missing(i)).unwrap_or_default()
    }
}

/// Whether a number that compares so meets the limit.
pub(super) fn meets(op: Op, order: Ordering) -> bool {
    match op {
        Op::AtLeast => order != Ordering::Less,
        Op::Above => order == Ordering::Greater,
        Op::AtMost => order != Ordering::Greater,
        Op::Below => order == Ordering::Less,
    }
}

#[cfg(test)]
mod tests {
    use super::actual_growth;

    #[test]
    fn growth_counts_the_years_that_were_worked() {
        // ½ (1500/1200 + 1200/1000) − 1 = 22.5 %, over 2 × 1200 × 1000.
        assert_eq!(actual_growth(1500, 1200, 1000), Some((Some(540_000), Some(2_400_000))));
        // Begun a year later: 1500/1200 − 1 = 25 %.
        assert_eq!(actual_growth(1500, 1200, 0), Some((Some(300), Some(1200))));
        assert_eq!(actual_growth(1500, 0, 1000), Some((Some(0), Some(1))), "the second year is zero");
        assert_eq!(actual_growth(1500, -1, 1000), None);
        assert_eq!(actual_growth(1500, 1200, -1), None);
        assert_eq!(actual_growth(1, i128::MAX / 2, 4), Some((None, None)), "too large");
    }
}
