//! Potential (提容潜力): the floor area that may still be built on a parcel, and where building it is worth most.
//!
//! Addable floor = max(0, floor-area ratio allowed × legal land area − floor area counted for the ratio). Priority =
//! efficiency × need: efficiency is the score over the best score, need the floor wanted over the floor addable, one at most.
//! Deliberately absent: costs, and any guess for what is not known – a parcel without a ceiling has no potential that can be
//! told, and one without a score no priority.

use std::cmp::Reverse;

use rust_decimal::Decimal;

/// What is known of a parcel.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plot {
    /// Legal land area, ㎡.
    pub area: Option<Decimal>,
    /// The largest floor-area ratio allowed.
    pub far_max: Option<Decimal>,
    /// Floor area counted for the ratio, ㎡; storeys above 8 m count twice.
    pub counted: Option<Decimal>,
    /// Its score in an evaluation.
    pub score: Option<Decimal>,
    /// Floor area that its holder and occupants look for, ㎡; zero when they look for none.
    pub wanted: Decimal,
}

/// What is missing to tell a potential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lacking {
    /// The legal area.
    Area,
    /// The floor-area ratio allowed.
    Ceiling,
    /// The floor area counted for the ratio.
    Counted,
}

/// What may be added to a parcel.
#[derive(Clone, PartialEq, Debug)]
pub struct Potential {
    /// The number of the plot.
    pub plot: usize,
    /// Floor area that may be added, ㎡.
    pub addable: Decimal,
    /// Floor area by which it exceeds what is allowed, ㎡.
    pub excess: Decimal,
    /// Score ÷ best score, from 0 to 1.
    pub efficiency: Option<Decimal>,
    /// Wanted ÷ addable, from 0 to 1.
    pub need: Decimal,
    /// Efficiency × need.
    pub priority: Option<Decimal>,
}

/// The potential of a parcel, or what is missing to tell it.
///
/// # Errors
/// What is missing, in the order of [`Lacking`].
pub fn addable(plot: &Plot) -> Result<(Decimal, Decimal), Vec<Lacking>> {
    let needed =
        [(plot.area, Lacking::Area), (plot.far_max, Lacking::Ceiling), (plot.counted, Lacking::Counted)];
    let missing: Vec<Lacking> =
        needed.iter().filter(|(value, _)| value.is_none()).map(|(_, lacking)| *lacking).collect();
    let (Some(area), Some(far), Some(counted)) = (plot.area, plot.far_max, plot.counted) else {
        return Err(missing);
    };
    let rest = far.checked_mul(area).ok_or_else(|| vec![Lacking::Ceiling])? - counted;
    Ok((rest.max(Decimal::ZERO), (-rest).max(Decimal::ZERO)))
}

/// Parcels by priority: the highest first; of equal ones that with more to add; those without a priority last.
pub fn ranked(plots: &[Plot]) -> Vec<Potential> {
    let best = plots.iter().filter_map(|plot| plot.score).max().filter(|best| *best > Decimal::ZERO);
    let of = |(number, plot): (usize, &Plot)| {
        let (addable, excess) = addable(plot).ok()?;
        let share = |part: Decimal, whole: Decimal| {
            part.checked_div(whole).map(|s| s.clamp(Decimal::ZERO, Decimal::ONE))
        };
        let efficiency = plot.score.zip(best).and_then(|(score, best)| share(score, best));
        let need = share(plot.wanted, addable).unwrap_or_default();
        let priority = efficiency.map(|efficiency| efficiency * need);
        Some(Potential { plot: number, addable, excess, efficiency, need, priority })
    };
    let mut all: Vec<Potential> = plots.iter().enumerate().filter_map(of).collect();
    all.sort_by_key(|of| (Reverse(of.priority), Reverse(of.addable), of.plot));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(n: i64) -> Decimal {
        Decimal::from(n)
    }

    fn plot(area: i64, far: &str, counted: i64, score: Option<i64>, wanted: i64) -> Plot {
        Plot {
            area: Some(d(area)),
            far_max: far.parse().ok(),
            counted: Some(d(counted)),
            score: score.map(d),
            wanted: d(wanted),
        }
    }

    #[test]
    fn what_may_be_added_is_the_ceiling_less_what_counts() {
        // 1.8 × 10,000 − 12,500 = 5,500.
        assert_eq!(addable(&plot(10_000, "1.8", 12_500, None, 0)), Ok((d(5_500), d(0))));
        // 1.2 × 10,000 − 12,500 = −500: nothing to add, 500 too much.
        assert_eq!(addable(&plot(10_000, "1.2", 12_500, None, 0)), Ok((d(0), d(500))));
        let unknown = Plot { counted: None, far_max: None, ..plot(10_000, "1", 0, None, 0) };
        assert_eq!(addable(&unknown), Err(vec![Lacking::Ceiling, Lacking::Counted]));
    }

    #[test]
    fn efficiency_times_need_comes_first() {
        let plots = [
            plot(10_000, "2", 10_000, Some(50), 10_000), // 10,000 to add: 0.5 × 1 = 0.5
            plot(10_000, "2", 0, Some(100), 4_000),      // 20,000 to add: 1 × 0.2 = 0.2
            plot(10_000, "2", 15_000, Some(80), 6_000),  // 5,000 to add: 0.8 × 1 = 0.8, need is one at most
            plot(10_000, "2", 0, None, 4_000),           // no score
            plot(10_000, "2", 0, Some(90), 0),           // nobody looks for room
        ];
        let ranked = ranked(&plots);
        let order: Vec<usize> = ranked.iter().map(|of| of.plot).collect();
        assert_eq!(order, [2, 0, 1, 4, 3]);
        assert_eq!(ranked[0].priority, Some(Decimal::new(8, 1)));
        assert_eq!(ranked[2].need, Decimal::new(2, 1));
        assert_eq!(ranked[4].priority, None);
    }
}
