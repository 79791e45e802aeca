//! Matching (供需匹配): who looks for room, and which rooms stand empty; which need goes where, and why not elsewhere.
//!
//! Hard limits admit no compromise: area, floor load, clear height, power, fire hazard class, ground floor, date, rent. What
//! fits is given out by an exact optimiser (integer programme, `good_lp` with `microlp`): each need goes to one room at most,
//! a room to one need or, if it may be divided, to as many as its floor holds. Deliberately absent: reading books, wishes in
//! prose, and any guess – a limit whose datum is missing is not met until somebody finds out.
//!
//! To add a limit: a variant of [`Limit`], its line in [`limits`], its sentence where sentences are.

mod solve;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// Somebody who looks for room.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Need {
    /// Least floor area, ㎡.
    pub floor: Decimal,
    /// Largest acceptable floor area, ㎡; none when a larger room is as good.
    pub floor_max: Option<Decimal>,
    /// Floor load, kN/㎡.
    pub load: Option<Decimal>,
    /// Clear height, m.
    pub height: Option<Decimal>,
    /// Power, kVA.
    pub power: Option<Decimal>,
    /// Fire hazard class of its production (GB 50016): 1 is 甲, the most dangerous, 5 is 戊.
    pub hazard: Option<u8>,
    /// Whether it must stand on the ground floor.
    pub ground_floor: bool,
    /// The day it wants to move in.
    pub from: Option<Date>,
    /// Highest rent, 元/㎡ a year.
    pub rent_max: Option<Decimal>,
    /// What it would bring a year (tax, 万元); none when nobody says.
    pub worth: Option<Decimal>,
    /// Parcels it wishes for, by the number rooms carry.
    pub wished: Vec<u32>,
}

/// A room that stands empty, or will.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Room {
    /// The number of its parcel.
    pub parcel: u32,
    /// Floor area, ㎡.
    pub floor: Decimal,
    /// Floor load, kN/㎡.
    pub load: Option<Decimal>,
    /// Clear height, m.
    pub height: Option<Decimal>,
    /// Power that is free, kVA.
    pub power: Option<Decimal>,
    /// The most dangerous hazard class it is built for.
    pub hazard: Option<u8>,
    /// Whether it is on the ground floor.
    pub ground_floor: Option<bool>,
    /// The day it is free.
    pub free_from: Option<Date>,
    /// Rent, 元/㎡ a year.
    pub rent: Option<Decimal>,
}

/// A hard limit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Limit {
    /// The room is too small.
    FloorSmall,
    /// The room is larger than acceptable and may not be divided.
    FloorLarge,
    /// The floor bears too little.
    Load,
    /// It is too low.
    Height,
    /// There is too little power.
    Power,
    /// It is not built for so dangerous a production.
    Hazard,
    /// It is not on the ground floor.
    GroundFloor,
    /// It is free too late.
    Date,
    /// It costs too much.
    Rent,
}

/// A number, a class or a day, as a limit compares it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Bound {
    /// A quantity in the unit of its field.
    Number(Decimal),
    /// A hazard class.
    Class(u8),
    /// A day.
    Day(Date),
    /// Yes or no.
    Flag(bool),
}

/// A limit that a room does not meet.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lack {
    /// Which.
    pub limit: Limit,
    /// What is needed.
    pub needed: Bound,
    /// What the room has; none when nobody has recorded it.
    pub has: Option<Bound>,
}

/// How rooms are given out.
#[derive(Clone, PartialEq, Debug)]
pub struct Rules {
    /// Whether a room may be divided among several needs.
    pub divide: bool,
    /// What placing anybody counts, beside what it brings (万元 a year).
    pub placed: Decimal,
    /// The share by which a wish for the parcel raises what a need brings.
    pub wished: Decimal,
    /// What a ㎡ counts that a need takes beyond what it asked for (万元 a year).
    pub waste: Decimal,
}

/// Where everybody goes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Matching {
    /// The pairings, by need.
    pub pairs: Vec<Pair>,
    /// The needs without a room, in their order.
    pub left: Vec<Left>,
    /// The rooms without a need, in their order.
    pub empty: Vec<usize>,
    /// What all pairings count together.
    pub value: Decimal,
}

/// One need in one room.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// The need.
    pub need: usize,
    /// The room.
    pub room: usize,
    /// Floor area it takes, ㎡.
    pub floor: Decimal,
    /// What the pairing counts.
    pub value: Decimal,
    /// Whether the parcel was wished for.
    pub wished: bool,
    /// How many rooms would have done.
    pub choices: usize,
}

/// A need without a room.
#[derive(Clone, PartialEq, Debug)]
pub struct Left {
    /// The need.
    pub need: usize,
    /// Rooms that would do and went to others.
    pub taken: Vec<usize>,
    /// The room that lacks least, with what it lacks; none when there is no room at all.
    pub nearest: Option<(usize, Vec<Lack>)>,
    /// How many rooms each limit keeps out.
    pub kept_out: Vec<(Limit, usize)>,
}

/// The rooms cannot be given out.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MatchFault {
    /// The numbers are beyond what the optimiser takes exactly.
    #[error("the numbers are too large to be given out exactly")]
    TooLarge,
    /// The optimiser gave up.
    #[error("the optimiser found no answer: {0}")]
    Solver(String),
}

/// The limits a room does not meet for a need, in the order of [`Limit`].
pub fn limits(need: &Need, room: &Room, rules: &Rules) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let mut lack = |limit, needed, has| lacks.push(Lack { limit, needed, has });
    if room.floor < need.floor {
        lack(Limit::FloorSmall, Bound::Number(need.floor), Some(Bound::Number(room.floor)));
    }
    if let Some(most) = need.floor_max.filter(|most| !rules.divide && room.floor > *most) {
        lack(Limit::FloorLarge, Bound::Number(most), Some(Bound::Number(room.floor)));
    }
    let at_least = [
        (Limit::Load, need.load, room.load),
        (Limit::Height, need.height, room.height),
        (Limit::Power, need.power, room.power),
    ];
    for (limit, needed, has) in at_least {
        if let Some(needed) = needed.filter(|needed| has.is_none_or(|has| has < *needed)) {
            lack(limit, Bound::Number(needed), has.map(Bound::Number));
        }
    }
    // A building for 丙 (3) takes 丙, 丁 and 戊: the class of the production must not be more dangerous, its number not smaller.
    if let Some(class) = need.hazard.filter(|class| room.hazard.is_none_or(|has| *class < has)) {
        lack(Limit::Hazard, Bound::Class(class), room.hazard.map(Bound::Class));
    }
    if need.ground_floor && room.ground_floor != Some(true) {
        lack(Limit::GroundFloor, Bound::Flag(true), room.ground_floor.map(Bound::Flag));
    }
    if let (Some(from), Some(free)) = (need.from, room.free_from)
        && free > from
    {
        lack(Limit::Date, Bound::Day(from), Some(Bound::Day(free)));
    }
    // An unknown rent is settled by talking; the other data must be known before anybody moves in.
    if let (Some(most), Some(rent)) = (need.rent_max, room.rent)
        && rent > most
    {
        lack(Limit::Rent, Bound::Number(most), Some(Bound::Number(rent)));
    }
    lacks
}

/// What a pairing counts: what the need brings, more where it wished to go there, less for floor it does not need.
pub fn value(need: &Need, room: &Room, rules: &Rules) -> Decimal {
    let worth = need.worth.unwrap_or_default();
    let wish = if need.wished.contains(&room.parcel) { worth * rules.wished } else { Decimal::ZERO };
    rules.placed + worth + wish - rules.waste * (taken(need, room, rules) - need.floor)
}

/// The floor a need takes of a room: all of it, or what it asked for where rooms are divided.
pub fn taken(need: &Need, room: &Room, rules: &Rules) -> Decimal {
    if rules.divide { need.floor.min(room.floor) } else { room.floor }
}

/// Gives the rooms out so that all pairings together count most.
///
/// Of several ways that count the same it takes the one in which earlier needs go to earlier rooms, as far as the optimiser
/// tells; the same input gives the same answer.
///
/// # Errors
/// [`MatchFault`] when numbers are beyond exact arithmetic of the optimiser.
pub fn give_out(needs: &[Need], rooms: &[Room], rules: &Rules) -> Result<Matching, MatchFault> {
    let mut fitting: Vec<(usize, usize)> = Vec::new();
    for (n, need) in needs.iter().enumerate() {
        for (r, room) in rooms.iter().enumerate() {
            if limits(need, room, rules).is_empty() && value(need, room, rules) > Decimal::ZERO {
                fitting.push((n, r));
            }
        }
    }
    let chosen = solve::best(needs, rooms, rules, &fitting)?;
    let mut matching = Matching::default();
    for (n, r) in chosen {
        let (need, room) = (&needs[n], &rooms[r]);
        let value = value(need, room, rules);
        matching.value += value;
        matching.pairs.push(Pair {
            need: n,
            room: r,
            floor: taken(need, room, rules),
            value,
            wished: need.wished.contains(&room.parcel),
            choices: fitting.iter().filter(|(other, _)| *other == n).count(),
        });
    }
    let placed = |n: usize| matching.pairs.iter().any(|pair| pair.need == n);
    let left = (0..needs.len()).filter(|n| !placed(*n));
    matching.left = left.map(|n| left_over(n, &needs[n], rooms, rules)).collect();
    let used = |r: usize| matching.pairs.iter().any(|pair| pair.room == r);
    matching.empty = (0..rooms.len()).filter(|r| !used(*r)).collect();
    Ok(matching)
}

fn left_over(n: usize, need: &Need, rooms: &[Room], rules: &Rules) -> Left {
    let lacking: Vec<Vec<Lack>> = rooms.iter().map(|room| limits(need, room, rules)).collect();
    let taken = (0..rooms.len()).filter(|r| lacking[*r].is_empty()).collect();
    let nearest = lacking.iter().enumerate().filter(|(_, lacks)| !lacks.is_empty());
    let nearest = nearest.min_by_key(|(r, lacks)| (lacks.len(), *r));
    let mut kept_out: Vec<(Limit, usize)> = Vec::new();
    for lack in lacking.iter().flatten() {
        match kept_out.iter_mut().find(|(limit, _)| *limit == lack.limit) {
            Some((_, count)) => *count += 1,
            None => kept_out.push((lack.limit, 1)),
        }
    }
    kept_out.sort_by_key(|(limit, count)| (std::cmp::Reverse(*count), *limit));
    Left { need: n, taken, nearest: nearest.map(|(r, lacks)| (r, lacks.clone())), kept_out }
}
