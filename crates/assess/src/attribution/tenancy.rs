//! Who has how much of each parcel on each day (占用): checks, and land in proportion.
//!
//! Every parcel is swept over the days on which something changes. On each stretch of days the land of an occupancy is what it
//! claims – land as leased, floor as 宗地面积 × 建筑面积 ÷ 宗地总建筑面积, cut at the ten-thousandth of a square metre – less what it
//! sublets; what nobody claims, the cut remainders with it, is vacant and stays with the holder. So the shares of a parcel add up to
//! its area on every day by construction.
//!
//! Deliberately absent: values, enterprises, and any mending of claims that do not fit: such a parcel gets a [`Problem`].

use super::days::{Days, Span, Year};
use super::groups::Groups;
use super::input::{Area, Claim, Land, Occupancy};
use super::problem::Problem;

/// No index.
pub(super) const NONE: u32 = u32::MAX;

/// The land of one occupancy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    first: u16,
    last: u16,
    /// Index of the months in `varied`, or [`NONE`] where `area` holds on every day.
    varied: u32,
    area: i64,
}

impl Use {
    const NEVER: Self = Self { first: 1, last: 0, varied: NONE, area: 0 };

    fn steady(days: Days, area: i64) -> Self {
        Self { first: days.first, last: days.last, varied: NONE, area }
    }

    /// The days of the year; none where it has none.
    pub fn days(self) -> Option<Days> {
        (self.first <= self.last).then_some(Days { first: self.first, last: self.last })
    }

    /// The area, where it is the same on all days of the year.
    pub fn all_year(self, year: &Year) -> Option<i64> {
        (self.varied == NONE && self.days() == Some(year.whole())).then_some(self.area)
    }
}

/// What a parcel came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lot {
    /// Days of the year on which it exists.
    pub days: u16,
    /// Whether it is computed.
    pub sound: bool,
    /// Whether anybody recorded who uses it.
    pub recorded: bool,
    /// Land times days that nobody uses and no single holder has.
    pub vacant: i64,
}

/// All parcels; occupancies and rights in the order of their parcels.
#[derive(Debug, Default)]
pub(super) struct Tenancy {
    pub uses: Vec<Use>,
    varied: Vec<[i64; 12]>,
    /// Vacant land times days that each right has.
    pub kept: Vec<i64>,
    pub lots: Vec<Lot>,
    pub problems: Vec<Problem>,
}

impl Tenancy {
    /// Land times days of one occupancy by month.
    pub fn by_month(&self, year: &Year, place: u32) -> [i64; 12] {
        let one = self.uses[place as usize];
        if one.varied != NONE {
            return self.varied[one.varied as usize];
        }
        one.days().map_or([0; 12], |days| year.by_month(days).map(|n| n * one.area))
    }

    /// Land times days of one occupancy in the year.
    pub fn in_year(&self, place: u32) -> i64 {
        let one = self.uses[place as usize];
        if one.varied != NONE {
            return self.varied[one.varied as usize].iter().sum();
        }
        one.days().map_or(0, |days| days.count() * one.area)
    }

    fn append(&mut self, mut more: Self) {
        let base = u32::try_from(self.varied.len()).expect("fewer occupancies than u32 holds");
        for one in more.uses.iter_mut().filter(|one| one.varied != NONE) {
            one.varied += base;
        }
        self.uses.append(&mut more.uses);
        self.varied.append(&mut more.varied);
        self.kept.append(&mut more.kept);
        self.lots.append(&mut more.lots);
        self.problems.append(&mut more.problems);
    }
}

/// What lies on each parcel.
pub(super) struct OnParcels {
    pub occupancies: Groups,
    pub floors: Groups,
    pub rights: Groups,
    /// The place of each occupancy in `occupancies.order`.
    places: Vec<u32>,
}

impl OnParcels {
    pub fn new(land: &Land) -> Self {
        let n = land.parcels.len();
        let occupancies = Groups::by(n, land.occupancies.iter().map(|o| o.parcel));
        let places = occupancies.inverse();
        let floors = Groups::by(n, land.floors.iter().map(|f| f.parcel));
        let rights = Groups::by(n, land.rights.iter().map(|r| r.parcel));
        Self { occupancies, floors, rights, places }
    }
}

/// Sweeps all parcels on so many threads.
pub(super) fn sweep(land: &Land, year: &Year, on: &OnParcels, threads: usize) -> Tenancy {
    let ranges = super::groups::ranges(land.parcels.len(), threads, |p| on.occupancies.start[p] as usize);
    let parts = super::groups::each(ranges, |range| {
        let mut sweep = Sweep { land, year, on, found: Tenancy::default(), now: Scratch::default() };
        for parcel in range {
            sweep.parcel(parcel);
        }
        sweep.found
    });
    let mut all = Tenancy::default();
    for part in parts {
        all.append(part);
    }
    all
}

/// One occupancy while its parcel is swept.
#[derive(Clone, Copy)]
struct Piece {
    index: u32,
    /// Local number of the lease it is sublet from, or the root.
    parent: usize,
    days: Option<Days>,
    /// What it claims today as land; none for the rest.
    claim: Option<i64>,
    /// What its children claim today.
    sublet: i64,
    /// The child that has the rest today.
    rest: usize,
    /// Its land today and whether that was the same on all days so far.
    area: i64,
    steady: Option<i64>,
    varies: bool,
    months: [i64; 12],
}

/// Buffers that are used again for every parcel.
#[derive(Default)]
struct Scratch {
    pieces: Vec<Piece>,
    /// Local numbers, leases before what is sublet of them.
    order: Vec<usize>,
    cuts: Vec<u16>,
    floors: Vec<(Days, i64)>,
    rights: Vec<(Days, usize)>,
    problem: Option<Problem>,
}

struct Sweep<'a> {
    land: &'a Land,
    year: &'a Year,
    on: &'a OnParcels,
    found: Tenancy,
    now: Scratch,
}

impl Sweep<'_> {
    fn parcel(&mut self, parcel: usize) {
        let life = self.year.clip(self.land.parcels[parcel].life);
        let (uses, kept) = (self.found.uses.len(), self.found.kept.len());
        self.found.kept.resize(kept + self.on.rights.of(parcel).len(), 0);
        let mut lot = Lot {
            days: life.map_or(0, |days| days.last - days.first + 1),
            sound: true,
            recorded: !self.on.occupancies.of(parcel).is_empty(),
            vacant: 0,
        };
        if !self.plainly(parcel, life, &mut lot) {
            self.found.uses.truncate(uses);
            self.found.kept[kept..].fill(0);
            self.gather(parcel, life);
            if self.now.problem.is_none() {
                self.by_stretches(parcel, life, kept, &mut lot);
            }
            self.keep(parcel, life, kept, &mut lot);
        }
        self.found.lots.push(lot);
    }

    /// The usual parcel: nothing sublet, no rests, claims that fit even if they all stood at the same time, one holder.
    fn plainly(&mut self, parcel: usize, life: Option<Days>, lot: &mut Lot) -> bool {
        let (Some(life), area) = (life, self.land.parcels[parcel].area.0) else { return false };
        let holder = match *self.on.rights.of(parcel) {
            [] => false,
            [right] if self.covers(self.land.rights[right as usize].span, life) => true,
            _ => return false,
        };
        let mut floor = 0;
        for built in self.on.floors.of(parcel) {
            let built = &self.land.floors[*built as usize];
            if !self.covers(built.life, life) {
                return false;
            }
            floor += built.area.0;
        }
        let (mut floors, mut lands, mut left) = (0, 0, area * life.count());
        for index in self.on.occupancies.of(parcel) {
            let one = &self.land.occupancies[*index as usize];
            let (share, of_floor) = match one.claim {
                Claim::Land(land) => (land.0, 0),
                Claim::Floor(part) if floor > 0 => (in_proportion(area, part.0, floor), part.0),
                _ => return false,
            };
            let Some(days) = self.days(one, Some(life)).filter(|days| days.within(life)) else {
                return false;
            };
            lands += share;
            floors += of_floor;
            if one.parent.is_some() || one.span.backwards() || lands > area || floors > floor {
                return false;
            }
            if one.kind.uses() || one.user.is_some() {
                left -= share * days.count();
            }
            self.found.uses.push(Use::steady(days, share));
        }
        match self.found.kept.last_mut() {
            Some(kept) if holder => *kept = left,
            _ => lot.vacant = left,
        }
        true
    }

    fn covers(&self, span: Span, life: Days) -> bool {
        self.year.clip(span).is_some_and(|days| life.within(days))
    }

    /// The days of an occupancy: open ends are those of what it lies within.
    fn days(&self, one: &Occupancy, within: Option<Days>) -> Option<Days> {
        let mut days = self.year.clip(one.span)?;
        if one.span.from == Span::ALWAYS.from {
            days.first = days.first.max(within?.first);
        }
        if one.span.to == Span::ALWAYS.to {
            days.last = days.last.min(within?.last);
        }
        (days.first <= days.last).then_some(days)
    }

    /// Fills the buffers; the first thing that makes the parcel impossible becomes its problem.
    fn gather(&mut self, parcel: usize, life: Option<Days>) {
        let number = u32::try_from(parcel).expect("parcels are numbered by u32");
        let on = self.on;
        let first = on.occupancies.start[parcel];
        let count = on.occupancies.of(parcel).len();
        self.now.problem = None;
        self.now.pieces.clear();
        for index in on.occupancies.of(parcel) {
            let one = &self.land.occupancies[*index as usize];
            let parent = one.parent.map_or(count, |p| on.places[p as usize].wrapping_sub(first) as usize);
            if one.parent.is_some() && parent >= count {
                let problem = Problem::SubletElsewhere { parcel: number, occupancy: *index };
                self.now.problem.get_or_insert(problem);
            }
            if one.span.backwards() {
                self.now.problem.get_or_insert(Problem::Backwards { parcel: number, occupancy: *index });
            }
            self.now.pieces.push(Piece {
                index: *index,
                parent,
                days: None,
                claim: None,
                sublet: 0,
                rest: usize::MAX,
                area: 0,
                steady: None,
                varies: false,
                months: [0; 12],
            });
        }
        if self.now.problem.is_none()
            && let Some(circle) = self.now.put_in_order()
        {
            self.now.problem = Some(Problem::SubletCycle { parcel: number, occupancies: circle });
        }
        if self.now.problem.is_none() {
            self.date(number, life);
        }
        let clip = |span| self.year.clip(span);
        self.now.floors.clear();
        self.now.floors.extend(on.floors.of(parcel).iter().filter_map(|at| {
            let floor = &self.land.floors[*at as usize];
            clip(floor.life).map(|days| (days, floor.area.0))
        }));
        self.now.rights.clear();
        self.now.rights.extend(
            on.rights.of(parcel).iter().enumerate().filter_map(|(local, at)| {
                clip(self.land.rights[*at as usize].span).map(|days| (days, local))
            }),
        );
    }

    /// Gives every piece its days, within those of its lease or of the parcel.
    fn date(&mut self, parcel: u32, life: Option<Days>) {
        for at in 0..self.now.order.len() {
            let local = self.now.order[at];
            let Piece { index, parent, .. } = self.now.pieces[local];
            let one = &self.land.occupancies[index as usize];
            let within = self.now.pieces.get(parent).map_or(life, |lease| lease.days);
            let days = self.days(one, within);
            if days.is_some_and(|days| within.is_none_or(|within| !days.within(within))) {
                self.now.problem.get_or_insert(match one.parent {
                    Some(_) => Problem::SubletOutlives { parcel, occupancy: index },
                    None => Problem::BeyondLife { parcel, occupancy: index },
                });
            }
            self.now.pieces[local].days = days;
        }
    }

    fn by_stretches(&mut self, parcel: usize, life: Option<Days>, kept: usize, lot: &mut Lot) {
        let Some(life) = life else { return };
        self.now.cut(life);
        for at in 1..self.now.cuts.len() {
            let stretch = Days { first: self.now.cuts[at - 1], last: self.now.cuts[at] - 1 };
            if let Err(problem) = self.stretch(parcel, stretch) {
                self.now.problem = Some(problem);
                return;
            }
            let mut left = self.land.parcels[parcel].area.0;
            let months = self.year.by_month(stretch);
            for piece in self.now.pieces.iter_mut().filter(|piece| piece.on(stretch)) {
                let one = &self.land.occupancies[piece.index as usize];
                if one.kind.uses() || one.user.is_some() {
                    left -= piece.area;
                }
                piece.varies |= piece.steady.is_some_and(|before| before != piece.area);
                piece.steady = Some(piece.area);
                for (sum, days) in piece.months.iter_mut().zip(months) {
                    *sum += piece.area * days;
                }
            }
            let mut holders = self.now.rights.iter().filter(|(days, _)| stretch.within(*days));
            match (holders.next(), holders.next()) {
                (Some((_, right)), None) => self.found.kept[kept + right] += left * stretch.count(),
                _ => lot.vacant += left * stretch.count(),
            }
        }
    }

    /// The land of every piece on a stretch of days without change.
    fn stretch(&mut self, parcel: usize, days: Days) -> Result<(), Problem> {
        let number = u32::try_from(parcel).expect("parcels are numbered by u32");
        let on = self.year.date(days.first);
        let area = self.land.parcels[parcel].area.0;
        let now = &mut self.now;
        let floor: i64 =
            now.floors.iter().filter(|(life, _)| days.within(*life)).map(|(_, floor)| floor).sum();
        let root = now.pieces.len();
        let (mut claimed, mut floors, mut rest) = (0, 0, usize::MAX);
        for piece in &mut now.pieces {
            (piece.sublet, piece.rest) = (0, usize::MAX);
        }
        for local in 0..root {
            let Piece { index, parent, .. } = now.pieces[local];
            if !now.pieces[local].on(days) {
                continue;
            }
            let claim = match self.land.occupancies[index as usize].claim {
                Claim::Land(land) => Some(land.0),
                Claim::Floor(_) if floor == 0 => {
                    return Err(Problem::NoFloor { parcel: number, on, occupancy: index });
                }
                Claim::Floor(part) => {
                    floors += if parent == root { part.0 } else { 0 };
                    Some(in_proportion(area, part.0, floor))
                }
                Claim::Rest => None,
            };
            now.pieces[local].claim = claim;
            let (sum, slot) = match now.pieces.get_mut(parent) {
                Some(lease) => (&mut lease.sublet, &mut lease.rest),
                None => (&mut claimed, &mut rest),
            };
            *sum += claim.unwrap_or(0);
            let other = if claim.is_none() { std::mem::replace(slot, local) } else { usize::MAX };
            if let Some(other) = now.pieces.get(other) {
                return Err(Problem::TwoRests { parcel: number, on, occupancies: [other.index, index] });
            }
        }
        if floors > floor {
            let (claimed, floor) = (Area(floors), Area(floor));
            return Err(Problem::FloorOverrun { parcel: number, on, claimed, floor });
        }
        if claimed > area {
            return Err(Problem::LandOverrun {
                parcel: number,
                on,
                claimed: Area(claimed),
                area: Area(area),
            });
        }
        now.settle(number, on, days, area - claimed)
    }

    /// Writes down what was found; of a parcel with a problem what is claimed, for want of better.
    fn keep(&mut self, parcel: usize, life: Option<Days>, kept: usize, lot: &mut Lot) {
        let whole = self.land.parcels[parcel].area.0;
        if let Some(problem) = self.now.problem.take() {
            self.found.problems.push(problem);
            self.found.kept[kept..].fill(0);
            (lot.sound, lot.vacant) = (false, 0);
            let floor: i64 = self.now.floors.iter().map(|(_, area)| area).sum();
            for piece in &self.now.pieces {
                let one = &self.land.occupancies[piece.index as usize];
                let area = match one.claim {
                    Claim::Land(land) => land.0,
                    Claim::Floor(part) if floor > 0 => in_proportion(whole, part.0, floor),
                    Claim::Floor(part) => part.0,
                    Claim::Rest => whole,
                };
                let days = self.days(one, Some(life.unwrap_or(self.year.whole())));
                self.found.uses.push(days.map_or(Use::NEVER, |days| Use::steady(days, area)));
            }
            return;
        }
        for piece in &self.now.pieces {
            let mut one = piece.days.map_or(Use::NEVER, |days| Use::steady(days, piece.steady.unwrap_or(0)));
            if piece.varies {
                one.varied = u32::try_from(self.found.varied.len()).expect("fewer than u32 holds");
                self.found.varied.push(piece.months);
            }
            self.found.uses.push(one);
        }
    }
}

impl Piece {
    fn on(&self, stretch: Days) -> bool {
        self.days.is_some_and(|days| stretch.within(days))
    }
}

impl Scratch {
    /// Leases before what is sublet of them; the circle, if there is one.
    fn put_in_order(&mut self) -> Option<Vec<u32>> {
        let root = self.pieces.len();
        let (mut done, mut path) = (vec![false; root], Vec::new());
        self.order.clear();
        for start in 0..root {
            let mut at = start;
            path.clear();
            while at < root && !done[at] {
                if path.len() > root {
                    let from = path.iter().position(|p| *p == at).unwrap_or(0);
                    let mut circle: Vec<usize> = path[from..].to_vec();
                    circle.sort_unstable();
                    circle.dedup();
                    return Some(circle.into_iter().map(|p| self.pieces[p].index).collect());
                }
                path.push(at);
                at = self.pieces[at].parent;
            }
            for at in path.drain(..).rev() {
                done[at] = true;
                self.order.push(at);
            }
        }
        None
    }

    /// The days on which something begins, and the day after the last.
    fn cut(&mut self, life: Days) {
        self.cuts.clear();
        self.cuts.extend([life.first, life.last + 1]);
        let pieces = self.pieces.iter().filter_map(|piece| piece.days);
        let others = self.floors.iter().map(|f| f.0).chain(self.rights.iter().map(|r| r.0));
        for days in pieces.chain(others) {
            self.cuts.extend([days.first, days.last + 1]);
        }
        self.cuts.retain(|day| (life.first..=life.last + 1).contains(day));
        self.cuts.sort_unstable();
        self.cuts.dedup();
    }

    /// Gives rests their land and takes from each lease what is sublet of it.
    fn settle(&mut self, parcel: u32, on: jiff::civil::Date, days: Days, left: i64) -> Result<(), Problem> {
        for at in 0..self.order.len() {
            let local = self.order[at];
            let piece = self.pieces[local];
            if !piece.on(days) {
                continue;
            }
            // The area of a lease was already reduced to what is not sublet: that is what a rest of it gets.
            let has = match piece.claim {
                Some(area) => area,
                None => self.pieces.get(piece.parent).map_or(left, |lease| lease.area),
            };
            if piece.claim.is_none()
                && let Some(lease) = self.pieces.get_mut(piece.parent)
            {
                lease.area = 0;
            }
            if piece.sublet > has {
                let (sublet, leased) = (Area(piece.sublet), Area(has));
                return Err(Problem::SubletOverrun { parcel, on, lease: piece.index, sublet, leased });
            }
            self.pieces[local].area = has - piece.sublet;
        }
        Ok(())
    }
}

/// `area × part ÷ whole`, cut.
fn in_proportion(area: i64, part: i64, whole: i64) -> i64 {
    i64::try_from(i128::from(area) * i128::from(part) / i128::from(whole)).unwrap_or(i64::MAX)
}
