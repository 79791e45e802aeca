//! Verdicts on many enterprises at once, block by block: every criterion a few passes over columns, every tree a few operations on bits.
//!
//! What a criterion says of one enterprise is said in `judge.rs`; here stand only the loops, and a property test holds one
//! against the other. Deliberately absent: explaining.

use std::ops::Range;

use model::definition::{Combine, Edges, Op, Outcome, Standing};

use super::amount::{Line, meets};
use super::columns::{MISSING, cut};
use super::judge::{Bind, Bound, Judge, Node};
use super::numbers::{Numbers, limited, thresholds};
use super::planes::{BLOCK, Bits, EVERY, Planes, bits, many, present, select, zip};
use super::score::{Scored, Share, Way};

/// Below this many enterprises a thread is not worth starting.
const WORTH_IT: usize = 4_096;
/// One in so many of a block.
const FEW: usize = 8;
/// How many kinds of standing there are.
const STANDINGS: usize = Standing::Revoked as usize + 1;

/// The verdicts of rules on everybody, one column per rule; each block is judged by all rules while its columns are in the cache.
pub(super) fn verdicts(judges: &[&Judge<'_>], len: usize, threads: usize) -> Vec<Vec<Outcome>> {
    let threads = threads.clamp(1, len.div_ceil(WORTH_IT).max(1));
    // Threads meet between blocks, so that no word of bits is shared.
    let part = len.div_ceil(threads).next_multiple_of(BLOCK).max(1);
    let mut columns: Vec<Vec<Outcome>> = judges.iter().map(|_| vec![Outcome::Unknown; len]).collect();
    let mut shares: Vec<Vec<&mut [Outcome]>> = (0..threads).map(|_| Vec::new()).collect();
    for column in &mut columns {
        for (share, out) in shares.iter_mut().zip(column.chunks_mut(part)) {
            share.push(out);
        }
    }
    let fill = |from: usize, mut outs: Vec<&mut [Outcome]>| {
        let many = outs.first().map_or(0, |out| out.len());
        for first in (0..many).step_by(BLOCK) {
            let rows = first..many.min(first + BLOCK);
            for (judge, out) in judges.iter().zip(&mut outs) {
                let mut block = Block::new(&judge.bound, from + rows.start..from + rows.end);
                block.tree(&judge.tree, &EVERY).write(&mut out[rows.clone()]);
            }
        }
    };
    if threads == 1 {
        shares.into_iter().for_each(|share| fill(0, share));
    } else {
        let fill = &fill;
        std::thread::scope(|scope| {
            for (n, share) in shares.into_iter().enumerate() {
                scope.spawn(move || fill(n * part, share));
            }
        });
    }
    columns
}

/// A block of enterprises before one rule: what its criteria have come to so far.
struct Block<'a, 'b> {
    bound: &'b Bound<'a>,
    rows: Range<usize>,
    known: Vec<Option<Planes>>,
}

/// Fewest and most points of each of a block, in millionths: two small numbers side by side, so that one addition serves both.
type Points = Vec<[i32; 2]>;

fn with(own: &mut Points, other: &[[i32; 2]], of: impl Fn(i32, i32) -> i32) {
    for (own, other) in own.as_flattened_mut().iter_mut().zip(other.as_flattened()) {
        *own = of(*own, *other);
    }
}

/// Points where no table gives more than 31 bits hold.
fn small(points: i64) -> i32 {
    i32::try_from(points).unwrap_or(if points < 0 { i32::MIN } else { i32::MAX })
}

impl<'a, 'b> Block<'a, 'b> {
    fn new(bound: &'b Bound<'a>, rows: Range<usize>) -> Self {
        Self { bound, rows, known: vec![None; bound.len()] }
    }

    /// What a tree comes to for those of the block that are still asked.
    fn tree(&mut self, tree: &Node, asked: &Bits) -> Planes {
        match tree {
            Node::Criterion(place) => self.criterion(*place, asked),
            Node::All(parts) => parts.iter().fold(Planes::MET, |all, part| {
                let open = zip(asked, &all.failed, |asked, failed| asked & !failed);
                all.and(&self.tree(part, &open))
            }),
            Node::Any(parts) => parts.iter().fold(Planes::FAILED, |any, part| {
                let open = zip(asked, &any.met, |asked, met| asked & !met);
                any.or(&self.tree(part, &open))
            }),
        }
    }

    fn criterion(&mut self, place: usize, asked: &Bits) -> Planes {
        if let Some(known) = self.known[place] {
            return known;
        }
        let planes = match self.bound.test(place) {
            Bind::Amount(amount, line) => limited(amount, line, &self.rows),
            Bind::Says(_, column, codes) => {
                let column = cut(column, &self.rows);
                let met = match codes.as_slice() {
                    [only] => bits(column, |code| code == *only),
                    codes => bits(column, |code| codes.contains(&code)),
                };
                Planes::of(&present(column), &met)
            }
            Bind::Holds(held, states) => {
                let mut wanted = [false; STANDINGS];
                states.iter().for_each(|state| wanted[*state as usize] = true);
                held.iter().fold(Planes::FAILED, |any, (_, column)| {
                    let column = cut(column, &self.rows);
                    any.or(&Planes::of(
                        &bits(column, |of: Option<Standing>| of.is_some()),
                        &bits(column, |of| of.is_some_and(|of| wanted[of as usize])),
                    ))
                })
            }
            // A table has many columns: a few enterprises are sooner asked one by one.
            Bind::Score(scored, line) => {
                if !scored.narrow || many(asked) * FEW < self.rows.len() {
                    let (bound, first) = (self.bound, self.rows.start);
                    return Planes::each(asked, self.rows.len(), |i| bound.outcome(place, first + i));
                }
                self.score(scored, line)
            }
        };
        self.known[place] = Some(planes);
        planes
    }

    fn score(&mut self, scored: &Scored<'_>, line: &Line<'_>) -> Planes {
        let mut points = vec![[0, 0]; self.rows.len()];
        for share in scored.parts() {
            match (share.combine, share.ways.as_slice()) {
                // Its points are no fewer than none and no more than the part's.
                (Combine::Best, [only @ (Way::Bands(..) | Way::Cases(..) | Way::Open)]) => {
                    self.way(
                        only,
                        share.max,
                        |own, way| {
                            (own[0], own[1]) = (own[0].wrapping_add(way[0]), own[1].wrapping_add(way[1]));
                        },
                        &mut points,
                    );
                }
                _ => with(&mut points, &self.share(share), i32::wrapping_add),
            }
        }
        let mut out = Planes::UNKNOWN;
        for (threshold, inside) in thresholds(line, &self.rows) {
            let Some(threshold) = threshold else { continue };
            // Met when both ends meet it, failed when neither does.
            let side = |end: usize| {
                let meets = move |points: [i32; 2]| meets(line.op, i64::from(points[end]).cmp(&threshold));
                Planes::of(&EVERY, &bits(&points, meets))
            };
            let (low, high) = (side(0), side(1));
            let own = Planes {
                met: zip(&low.met, &high.met, |a, b| a & b),
                failed: zip(&low.failed, &high.failed, |a, b| a & b),
            };
            out = out.merged(&own.within(&inside));
        }
        out
    }

    fn share(&mut self, share: &Share<'_>) -> Points {
        let mut all = vec![[0, 0]; self.rows.len()];
        for way in &share.ways {
            match share.combine {
                Combine::Best => self.way(
                    way,
                    share.max,
                    |own, way| {
                        (own[0], own[1]) = (own[0].max(way[0]), own[1].max(way[1]));
                    },
                    &mut all,
                ),
                Combine::Sum => self.way(
                    way,
                    share.max,
                    |own, way| {
                        (own[0], own[1]) = (own[0].wrapping_add(way[0]), own[1].wrapping_add(way[1]));
                    },
                    &mut all,
                ),
            }
        }
        if share.combine == Combine::Sum {
            let most = small(share.max);
            all.as_flattened_mut().iter_mut().for_each(|points| *points = (*points).min(most));
        }
        all
    }

    /// Lets `then` put the points of a way to those there are.
    fn way(
        &mut self,
        way: &Way<'_>,
        max: i64,
        then: impl Fn(&mut [i32; 2], [i32; 2]),
        into: &mut [[i32; 2]],
    ) {
        match way {
            Way::Bands(amount, edges, bands) => {
                let numbers = Numbers::of(amount, &self.rows, Op::AtLeast);
                let op = if *edges == Edges::LeftClosed { Op::AtLeast } else { Op::Above };
                let points: Vec<[i32; 2]> =
                    bands.points.iter().map(|(low, high)| [small(*low), small(*high)]).collect();
                numbers
                    .reached(op, &bands.from, self.rows.len(), |i, count| then(&mut into[i], points[count]));
            }
            Way::Cases(cases) => {
                let mut open = EVERY;
                let mut points = vec![[i32::MAX, 0]; into.len()];
                for (place, fewest, most) in cases {
                    let planes = self.criterion(*place, &EVERY);
                    let may = zip(&planes.failed, &open, |failed, open| open & !failed);
                    let (fewest, most) = (small(*fewest), small(*most));
                    select(&may, &mut points, |[low, high]| [low.min(fewest), high.max(most)]);
                    open = zip(&open, &planes.met, |open, met| open & !met);
                }
                select(&open, &mut points, |[_, high]| [0, high]);
                into.iter_mut().zip(points).for_each(|(own, way)| then(own, way));
            }
            Way::Given(_, column) => {
                let column = cut(column, &self.rows);
                let open = [0, small(max)];
                for (i, own) in into.iter_mut().enumerate() {
                    let known = column.get(i).filter(|n| **n != MISSING);
                    then(own, known.map_or(open, |n| [small((*n).min(max)); 2]));
                }
            }
            Way::Open => into.iter_mut().for_each(|own| then(own, [0, small(max)])),
        }
    }
}
