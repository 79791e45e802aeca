//! A shape against a park's boundary, and against what paper says of its area.

use std::num::NonZeroUsize;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Tolerances;
use crate::area::{decimal, square_metres};
use crate::feature::Shape;
use crate::overlay::Boundaries;

/// On which side of a boundary a parcel lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Inside, but for what is tolerated.
    Inside,
    /// Outside, but for what is tolerated.
    Outside,
    /// 跨界: on both sides.
    Across,
}

/// How a parcel lies to a boundary. Values are never cut by it: a parcel belongs with all it has, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Straddle {
    /// The area of the parcel in ㎡.
    pub square_metres: f64,
    /// How much of it lies inside, in ㎡.
    pub inside: f64,
    /// The part of the parcel that lies inside.
    pub share: f64,
    /// On which side it lies.
    pub side: Side,
    /// Whether the parcel belongs by the rule: more than `inside_share` of it lies inside. A park that lists the certificate
    /// as its own overrules this.
    pub belongs: bool,
}

/// How each of these parcels lies to the boundary of a park, in their order.
pub fn straddle(
    parcels: &[Shape],
    park: &Shape,
    tolerances: &Tolerances,
    threads: NonZeroUsize,
) -> Vec<Straddle> {
    let boundary = Boundaries::new(std::slice::from_ref(park));
    let mut inside = vec![0.0; parcels.len()];
    for piece in boundary.pieces(parcels, threads) {
        inside[piece.polygon] = piece.share;
    }
    parcels.iter().zip(inside).map(|(parcel, share)| lies(square_metres(parcel), share, tolerances)).collect()
}

/// What area and share mean.
fn lies(square_metres: f64, share: f64, tolerances: &Tolerances) -> Straddle {
    let inside = square_metres * share;
    let passes = (tolerances.overlap_share * square_metres).max(tolerances.overlap_square_metres);
    let side = if square_metres - inside <= passes && inside > 0.0 {
        Side::Inside
    } else if inside <= passes {
        Side::Outside
    } else {
        Side::Across
    };
    Straddle { square_metres, inside, share, side, belongs: share > tolerances.inside_share }
}

/// What comes of comparing a polygon with paper. The paper's area counts in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum PaperVerdict {
    /// They agree within the tolerance.
    Agrees {
        /// Polygon less paper, in ㎡.
        difference: Decimal,
    },
    /// They differ by more: somebody must look at the boundary or at the paper.
    Differs {
        /// Polygon less paper, in ㎡.
        difference: Decimal,
        /// The difference as a part of the paper's area, rounded to four places.
        share: Decimal,
    },
    /// The paper's number was most likely meant in 亩: as ㎡ it is 666.67 times too small.
    LooksLikeMu,
    /// The paper's number was most likely converted to 亩 twice, or the wrong way: it is 666.67 times too large.
    LooksMultiplied,
    /// One of them is not greater than zero.
    Incomparable,
}

/// Compares the area of a polygon with the area that counts by paper, both in ㎡. The projection of a file alone
/// accounts for up to 0.06 %.
pub fn against_paper(polygon: f64, paper: Decimal, tolerances: &Tolerances) -> PaperVerdict {
    /// 1 亩 in ㎡.
    const MU: f64 = 2000.0 / 3.0;
    let stated: f64 = paper.try_into().unwrap_or(f64::NAN);
    let (Some(measured), true) = (decimal(polygon), polygon > 0.0 && stated > 0.0) else {
        return PaperVerdict::Incomparable;
    };
    let difference = measured - paper;
    let share = (polygon - stated) / stated;
    if share.abs() <= tolerances.paper_share {
        return PaperVerdict::Agrees { difference };
    }
    // A slip of the unit leaves the numbers as near to each other as they would have been: 5 % is generous.
    let near = |ratio: f64| (ratio - 1.0).abs() < 0.05;
    if near(polygon / stated / MU) {
        return PaperVerdict::LooksLikeMu;
    }
    if near(stated / polygon / MU) {
        return PaperVerdict::LooksMultiplied;
    }
    let share = Decimal::from_f64_retain(share).unwrap_or(Decimal::MAX).round_dp(4);
    PaperVerdict::Differs { difference, share }
}
