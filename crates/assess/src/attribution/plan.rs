//! Which share of an enterprise's values belongs to which parcel (归集权重), for every month and for the year.
//!
//! An *edge* joins an enterprise to a parcel it uses or holds. In each period the days on which the enterprise is somewhere are
//! divided over its edges in proportion to land × days; where it uses nothing, in proportion to what it holds; the days on which it
//! is nowhere stay without a parcel. Meters that cover an edge's days of the period come first. Shares are kept as running sums in
//! units of 2⁻⁶², so that amounts are differences of rounded running sums and always add up.
//!
//! Deliberately absent: values. The plan of a year serves every measure.

use std::ops::Range;

use super::Options;
use super::days::{Days, Year};
use super::groups::{self, Groups};
use super::input::{Land, Meter};
use super::problem::{About, Doubt};
use super::tenancy::{OnParcels, Tenancy};

/// The number of the period that is the whole year; months are 0..12.
pub(super) const YEAR: usize = 12;
/// One, as a running sum of shares.
pub(super) const ONE: u64 = 1 << 62;

/// Where an amount ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Place {
    Parcel,
    Outside,
    Undetermined,
}

/// How the values of one enterprise are divided.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Where its running sums begin: one row for all periods when `steady`, else thirteen.
    pub shares: u32,
    /// The same without meters.
    pub plain: u32,
    /// Where its edges begin in `months` and `metered`, unless `steady`.
    pub varied: u32,
    pub steady: bool,
    /// Bits of periods in which it exists.
    pub exists: u16,
    /// Bits of periods in which one edge has everything.
    pub sole: u16,
    /// Bits of periods in which it uses nothing and what it holds counts.
    pub held: u16,
}

/// Enterprises of consecutive numbers, planned by one thread.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub enterprises: Range<usize>,
    /// Edges of all chunks before.
    pub base: u32,
    /// The first edge of each enterprise, and the end.
    pub start: Vec<u32>,
    pub shapes: Vec<Shape>,
    /// The parcel of each edge.
    pub parcel: Vec<u32>,
    pub place: Vec<Place>,
    /// Land × days in the year of each edge: used, or held where nothing is used.
    pub used: Vec<i64>,
    pub held: Vec<i64>,
    /// The same by month, of edges that are not steady; `Shape::held` says which months are held.
    pub months: Vec<[i64; 12]>,
    /// Bits of periods in which an edge that is not steady is metered.
    pub metered: Vec<u16>,
    pub shares: Vec<u64>,
    pub doubts: Vec<Doubt>,
}

impl Chunk {
    /// The edges of an enterprise of this chunk.
    pub fn edges(&self, enterprise: usize) -> Range<usize> {
        let at = enterprise - self.enterprises.start;
        self.start[at] as usize..self.start[at + 1] as usize
    }

    /// Whose edge it is.
    pub fn enterprise_of(&self, edge: usize) -> usize {
        self.enterprises.start + self.start.partition_point(|first| *first as usize <= edge) - 1
    }

    pub fn shape(&self, enterprise: usize) -> &Shape {
        &self.shapes[enterprise - self.enterprises.start]
    }

    /// The running sums of an enterprise's edges in a period.
    pub fn row(&self, shape: &Shape, edges: usize, period: usize, by_meter: bool) -> &[u64] {
        let first = if by_meter { shape.shares } else { shape.plain } as usize;
        let from = if shape.steady { first } else { first + period * edges };
        &self.shares[from..from + edges]
    }
}

/// One edge while its enterprise is planned.
#[derive(Clone, Copy)]
struct Edge {
    parcel: u32,
    used: [i64; 12],
    held: [i64; 12],
    metered: u16,
}

/// Plans all enterprises on so many threads.
pub(super) fn plan(
    land: &Land,
    year: &Year,
    on: &OnParcels,
    tenancy: &Tenancy,
    options: Options,
) -> Vec<Chunk> {
    let n = land.enterprises.len();
    let users = Groups::by_some(n, on.occupancies.order.iter().map(|at| land.occupancies[*at as usize].user));
    let holders = Groups::by_some(n, on.rights.order.iter().map(|at| land.rights[*at as usize].holder));
    let meters = Groups::by(n, land.meters.iter().map(|meter| meter.enterprise));
    let ranges = groups::ranges(n, options.threads, |e| users.start[e] as usize);
    let mut chunks = groups::each(ranges, |range| {
        let planner = Planner { land, year, on, tenancy, users: &users, holders: &holders, meters: &meters };
        planner.chunk(range)
    });
    let mut base = 0;
    for chunk in &mut chunks {
        chunk.base = base;
        base += u32::try_from(chunk.parcel.len()).expect("fewer edges than u32 holds");
    }
    chunks
}

struct Planner<'a> {
    land: &'a Land,
    year: &'a Year,
    on: &'a OnParcels,
    tenancy: &'a Tenancy,
    users: &'a Groups,
    holders: &'a Groups,
    meters: &'a Groups,
}

impl Planner<'_> {
    fn chunk(&self, range: Range<usize>) -> Chunk {
        let mut chunk = Chunk { enterprises: range.clone(), start: vec![0], ..Chunk::default() };
        let uses = (self.users.start[range.end] - self.users.start[range.start]) as usize;
        chunk.parcel.reserve(uses);
        chunk.place.reserve(uses);
        chunk.used.reserve(uses);
        chunk.held.reserve(uses);
        chunk.shares.reserve(uses);
        chunk.start.reserve(range.len());
        chunk.shapes.reserve(range.len());
        let mut edges = Vec::new();
        for enterprise in range {
            let shape = match self.steadily(enterprise, &mut chunk) {
                Some(shape) => shape,
                None => self.by_period(enterprise, &mut edges, &mut chunk),
            };
            chunk.shapes.push(shape);
            chunk.start.push(offset(chunk.parcel.len()));
        }
        chunk
    }

    fn push(&self, chunk: &mut Chunk, parcel: u32, used: i64, held: i64) {
        let place = match (self.land.parcels[parcel as usize].in_park, &self.tenancy.lots[parcel as usize]) {
            (false, _) => Place::Outside,
            (true, lot) if lot.sound => Place::Parcel,
            _ => Place::Undetermined,
        };
        chunk.parcel.push(parcel);
        chunk.place.push(place);
        chunk.used.push(used);
        chunk.held.push(held);
    }

    /// The usual enterprise: it exists all year, uses the same land on every day, and has no meters.
    fn steadily(&self, enterprise: usize, chunk: &mut Chunk) -> Option<Shape> {
        let life = self.year.clip(self.land.enterprises[enterprise].life);
        if life != Some(self.year.whole())
            || !self.meters.of(enterprise).is_empty()
            || !self.holders.of(enterprise).is_empty() && !self.holds_what_it_uses(enterprise)
        {
            return None;
        }
        let first = chunk.parcel.len();
        let mut sum = 0;
        for place in self.users.of(enterprise) {
            let one = &self.land.occupancies[self.on.occupancies.order[*place as usize] as usize];
            let area = self.tenancy.uses[*place as usize].all_year(self.year);
            let (true, Some(area)) = (one.kind.uses(), area) else {
                truncate(chunk, first);
                return None;
            };
            let used = area * i64::from(self.year.days());
            match chunk.parcel[first..].last() {
                Some(last) if *last == one.parcel => *chunk.used.last_mut().expect("as long") += used,
                _ => self.push(chunk, one.parcel, used, 0),
            }
            sum += used;
        }
        if sum == 0 {
            truncate(chunk, first);
            return None;
        }
        let shares = offset(chunk.shares.len());
        let (mut running, mut sole) = (0, 0);
        for used in &chunk.used[first..] {
            running += used;
            if *used == sum {
                sole = u16::MAX;
            }
            chunk.shares.push(fraction(running, 1, sum, 1));
        }
        let (exists, varied) = (u16::MAX, 0);
        Some(Shape { shares, plain: shares, varied, steady: true, exists, sole, held: 0 })
    }

    fn holds_what_it_uses(&self, enterprise: usize) -> bool {
        self.holders.of(enterprise).iter().all(|place| {
            let parcel = self.land.rights[self.on.rights.order[*place as usize] as usize].parcel;
            let mut used =
                self.users.of(enterprise).iter().map(|place| self.on.occupancies.order[*place as usize]);
            used.any(|at| self.land.occupancies[at as usize].parcel == parcel)
        })
    }

    fn by_period(&self, enterprise: usize, edges: &mut Vec<Edge>, chunk: &mut Chunk) -> Shape {
        edges.clear();
        let mut there = [0_u32; 12];
        self.collect(enterprise, edges, &mut there);
        let life = self.year.clip(self.land.enterprises[enterprise].life);
        let exists = life.map_or([0; 12], |days| self.year.bits(days));
        let days = exists.map(|bits| i64::from(bits.count_ones()));
        let covered: [i64; 12] =
            std::array::from_fn(|month| i64::from((exists[month] & there[month]).count_ones()));

        let mut shape = Shape {
            shares: 0,
            plain: offset(chunk.shares.len()),
            varied: offset(chunk.months.len()),
            steady: false,
            exists: 0,
            sole: 0,
            held: 0,
        };
        for period in 0..=YEAR {
            let bit = 1_u16 << period;
            let before = period.checked_sub(1).filter(|before| {
                let whole =
                    |month: usize| days[month] == self.year.days_of(month) && covered[month] == days[month];
                period < YEAR && whole(*before) && whole(period) && self.goes_on(edges, *before, period)
            });
            if let Some(before) = before {
                let same = |bits: u16| (bits >> before & 1) << period;
                shape.exists |= same(shape.exists);
                shape.held |= same(shape.held);
                shape.sole |= same(shape.sole);
                chunk.shares.extend_from_within(chunk.shares.len() - edges.len()..);
                continue;
            }
            let (days, covered) = (over(&days, period), over(&covered, period));
            shape.exists |= if days > 0 { bit } else { 0 };
            let held = edges.iter().all(|edge| over(&edge.used, period) == 0);
            let weight = |edge: &Edge| over(if held { &edge.held } else { &edge.used }, period);
            let sum: i64 = edges.iter().map(weight).sum();
            shape.held |= if held && sum > 0 { bit } else { 0 };
            let mut running = 0;
            for edge in edges.iter() {
                running += weight(edge);
                if weight(edge) == sum && sum > 0 && covered == days {
                    shape.sole |= bit;
                }
                chunk.shares.push(if sum == 0 { 0 } else { fraction(running, covered, sum, days) });
            }
        }
        shape.shares = shape.plain;
        if self.meters.of(enterprise).iter().any(|at| !self.land.meters[*at as usize].shared) {
            shape.shares = offset(chunk.shares.len());
            self.meter(enterprise, &shape, edges, life, chunk);
        }
        for edge in edges.iter() {
            let base: [i64; 12] = std::array::from_fn(|month| {
                if shape.held >> month & 1 == 1 { edge.held[month] } else { edge.used[month] }
            });
            let held = (0..12).filter(|month| shape.held >> month & 1 == 1).map(|month| base[month]).sum();
            self.push(chunk, edge.parcel, base.iter().sum::<i64>() - held, held);
            chunk.months.push(base);
            chunk.metered.push(edge.metered);
        }
        shape
    }

    /// Whether a month is like the one before: every edge has as much land a day.
    fn goes_on(&self, edges: &[Edge], before: usize, month: usize) -> bool {
        let (then, now) = (self.year.days_of(before), self.year.days_of(month));
        let same = |months: &[i64; 12]| months[before] * now == months[month] * then;
        edges.iter().all(|edge| same(&edge.used) && same(&edge.held))
    }

    /// What an enterprise uses and holds, parcel by parcel, and the days on which it is anywhere.
    fn collect(&self, enterprise: usize, edges: &mut Vec<Edge>, there: &mut [u32; 12]) {
        let mut be_there = |days: Option<Days>| {
            for (all, bits) in there.iter_mut().zip(days.map_or([0; 12], |days| self.year.bits(days))) {
                *all |= bits;
            }
        };
        for place in self.users.of(enterprise) {
            let one = &self.land.occupancies[self.on.occupancies.order[*place as usize] as usize];
            let land = self.tenancy.by_month(self.year, *place);
            let days = self.tenancy.uses[*place as usize].days();
            let edge = at(edges, one.parcel);
            if !one.kind.uses() {
                add(&mut edge.held, land);
            } else if land == [0; 12] {
                add(&mut edge.held, self.whole_parcel(one.parcel, days));
            } else {
                add(&mut edge.used, land);
            }
            be_there(days);
        }
        let mut before = None;
        for place in self.holders.of(enterprise) {
            let right = &self.land.rights[self.on.rights.order[*place as usize] as usize];
            let life = self.year.clip(self.land.parcels[right.parcel as usize].life);
            let days = self.year.clip(right.span).and_then(|days| days.meet(life?));
            let edge = at(edges, right.parcel);
            // Who holds the parcel holds what is vacant on it: that is not counted again.
            if before.replace(right.parcel) != Some(right.parcel) {
                edge.held = [0; 12];
            }
            add(&mut edge.held, self.whole_parcel(right.parcel, days));
            be_there(days);
        }
        edges.sort_unstable_by_key(|edge| edge.parcel);
    }

    fn whole_parcel(&self, parcel: u32, days: Option<Days>) -> [i64; 12] {
        let area = self.land.parcels[parcel as usize].area.0;
        days.map_or([0; 12], |days| self.year.by_month(days).map(|n| n * area))
    }

    /// Thirteen rows of shares in which meters come first.
    fn meter(
        &self,
        enterprise: usize,
        shape: &Shape,
        edges: &mut [Edge],
        life: Option<Days>,
        chunk: &mut Chunk,
    ) {
        for period in 0..=YEAR {
            let days = if period == YEAR { self.year.whole() } else { self.year.month(period) };
            let days = life.and_then(|life| life.meet(days));
            let metered: Vec<Option<u32>> =
                edges.iter().map(|edge| self.metered(enterprise, edge, days)).collect();
            let sum: u64 = metered.iter().flatten().map(|share| u64::from(*share)).sum();
            let row = chunk.row(shape, edges.len(), period, false).to_vec();
            if sum == 0 || sum > MILLION {
                if sum > MILLION {
                    let month = u8::try_from(period).ok().filter(|month| usize::from(*month) < YEAR);
                    let enterprise = u32::try_from(enterprise).expect("numbered by u32");
                    chunk.doubts.push(Doubt { enterprise, month, about: About::MetersExceed });
                }
                chunk.shares.extend(row);
                continue;
            }
            // What is not metered is divided as before, among the edges without a meter.
            let own = |at: usize| row[at] - if at == 0 { 0 } else { row[at - 1] };
            let free: u64 = (0..row.len()).filter(|at| metered[*at].is_none()).map(own).sum();
            let rest = u128::from(MILLION - sum);
            let (mut by_meter, mut by_area) = (0, 0);
            for (at, edge) in edges.iter_mut().enumerate() {
                match metered[at] {
                    Some(share) => {
                        by_meter += u128::from(share);
                        edge.metered |= 1 << period;
                    }
                    None => by_area += u128::from(own(at)),
                }
                let of_rest = if free == 0 { 0 } else { (by_area << 62) / u128::from(free) };
                chunk.shares.push(narrow(((by_meter << 62) + rest * of_rest) / u128::from(MILLION)));
            }
        }
    }

    /// The share that unshared meters have at an edge in a period, if they cover all days on which the edge counts.
    fn metered(&self, enterprise: usize, edge: &Edge, days: Option<Days>) -> Option<u32> {
        let days = days?;
        let covers = |meter: &&Meter| {
            let span = self.year.clip(meter.span);
            !meter.shared && meter.parcel == edge.parcel && span.is_some_and(|span| days.within(span))
        };
        let meters =
            self.meters.of(enterprise).iter().map(|at| &self.land.meters[*at as usize]).filter(covers);
        meters.map(|meter| meter.millionths).reduce(u32::saturating_add)
    }
}

const MILLION: u64 = 1_000_000;

fn offset(len: usize) -> u32 {
    u32::try_from(len).expect("fewer shares than u32 holds")
}

fn narrow(share: u128) -> u64 {
    u64::try_from(share).unwrap_or(ONE).min(ONE)
}

/// `part × covered ÷ (sum × days)` in units of 2⁻⁶², cut.
fn fraction(part: i64, covered: i64, sum: i64, days: i64) -> u64 {
    if part == sum && covered == days && sum > 0 && days > 0 {
        return ONE;
    }
    let wide = |n: i64| u128::try_from(n).unwrap_or(0);
    let (above, below) = (wide(part) * wide(covered), wide(sum) * wide(days));
    (above << 62).checked_div(below).map_or(0, narrow)
}

fn over(months: &[i64; 12], period: usize) -> i64 {
    if period == YEAR { months.iter().sum() } else { months[period] }
}

fn add(to: &mut [i64; 12], more: [i64; 12]) {
    for (sum, one) in to.iter_mut().zip(more) {
        *sum += one;
    }
}

fn at(edges: &mut Vec<Edge>, parcel: u32) -> &mut Edge {
    let found = edges.iter().rposition(|edge| edge.parcel == parcel).unwrap_or_else(|| {
        edges.push(Edge { parcel, used: [0; 12], held: [0; 12], metered: 0 });
        edges.len() - 1
    });
    &mut edges[found]
}

fn truncate(chunk: &mut Chunk, edges: usize) {
    chunk.parcel.truncate(edges);
    chunk.place.truncate(edges);
    chunk.used.truncate(edges);
    chunk.held.truncate(edges);
}
