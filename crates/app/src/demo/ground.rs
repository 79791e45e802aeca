//! Ground plans: plots of land in metres on a local grid, and where on Earth that grid lies.
//!
//! Inside a specification a plot is a text: its corners `x y, x y, …` in metres with millimetres, x along the streets and y
//! across them; parts that do not touch are separated by `;`. [`Site`] turns it into GeoJSON in CGCS2000 degrees.
//!
//! Deliberately absent: floats and angles. A site states its directions and the metres of a degree as numbers, so a plan is
//! the same on every machine; over the few kilometres of a park this is good to a millionth. Also absent: finding out whether
//! plots overlap; that is what the program is tried on. To add a way of making one plot from another: a method of [`Plot`]
//! and an arm in `evaluate.rs`.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::evaluate::round;

/// Decimal places of a degree: about a centimetre.
const DEGREES: u32 = 7;
/// Decimal places of a metre.
const MILLIMETRES: u32 = 3;

/// Where the local grid lies, and how it is turned.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Longitude of the grid's origin, in degrees.
    pub longitude: Decimal,
    /// Latitude of the grid's origin, in degrees.
    pub latitude: Decimal,
    /// Metres of one degree northwards at the origin.
    pub north_metres: Decimal,
    /// Metres of one degree eastwards at the origin.
    pub east_metres: Decimal,
    /// By how much the metres of a degree eastwards shrink per metre northwards.
    pub east_shrink: Decimal,
    /// The direction of x, east and north part; a vector of length one.
    pub along: [Decimal; 2],
}

/// A corner in metres.
type Corner = [Decimal; 2];

/// A piece of land in metres: one ring of corners per part, not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plot {
    rings: Vec<Vec<Corner>>,
}

/// Building land between two streets: parallel edges below and above, sides that may lean.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Its lower edge.
    pub(super) y: Decimal,
    /// From the lower to the upper edge.
    pub(super) depth: Decimal,
    /// Where it begins, on the lower and the upper edge.
    pub(super) left: [Decimal; 2],
    /// Where it ends, on the lower and the upper edge.
    pub(super) right: [Decimal; 2],
}

/// Cuts plots of the given areas from blocks, side by side from the left. A plot that does not fit in what is left of a block
/// goes on in the next one that has room, so that neighbours mostly stay neighbours.
pub(super) fn place(blocks: &[Block], areas: &[Option<Decimal>]) -> Result<Vec<Option<Plot>>, String> {
    let mut free: Vec<[Decimal; 2]> = blocks.iter().map(|block| block.left).collect();
    let mut current = 0;
    areas
        .iter()
        .map(|area| {
            let Some(area) = area else { return Ok(None) };
            let order = (current..blocks.len()).chain(0..current);
            for at in order {
                if let Some(edge) = blocks[at].edge(free[at], *area) {
                    current = at;
                    let left = std::mem::replace(&mut free[at], [edge, edge]);
                    return Ok(Some(blocks[at].plot(left, edge)));
                }
            }
            Err(format!("no block has room for {area} square metres"))
        })
        .collect()
}

impl Block {
    /// Where an upright right edge must stand so that the plot has this area; `None` when that is beyond the block.
    fn edge(&self, left: [Decimal; 2], area: Decimal) -> Option<Decimal> {
        let edge = round(area.checked_div(self.depth)? + (left[0] + left[1]) / Decimal::TWO, MILLIMETRES);
        let begins = left[0].max(left[1]);
        (edge > begins && edge <= self.right[0].min(self.right[1])).then_some(edge)
    }

    fn plot(&self, left: [Decimal; 2], edge: Decimal) -> Plot {
        let top = self.y + self.depth;
        Plot { rings: vec![vec![[left[0], self.y], [edge, self.y], [edge, top], [left[1], top]]] }
    }
}

impl Plot {
    /// Reads corners as written.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let corner = |pair: &str| -> Option<Corner> {
            let (x, y) = pair.trim().split_once(' ')?;
            Some([x.parse().ok()?, y.trim().parse().ok()?])
        };
        let ring = |text: &str| -> Option<Vec<Corner>> {
            let corners: Option<Vec<Corner>> = text.split(',').map(corner).collect();
            corners.filter(|c| c.len() >= 3)
        };
        let rings: Option<Vec<Vec<Corner>>> = text.split(';').map(ring).collect();
        rings
            .map(|rings| Self { rings })
            .ok_or_else(|| format!("`{text}` is not a list of corners `x y, x y, …`"))
    }

    /// The corners as text.
    pub(super) fn text(&self) -> String {
        let corner = |c: &Corner| format!("{} {}", round(c[0], MILLIMETRES), round(c[1], MILLIMETRES));
        let ring = |r: &Vec<Corner>| r.iter().map(corner).collect::<Vec<_>>().join(", ");
        self.rings.iter().map(ring).collect::<Vec<_>>().join("; ")
    }

    /// A part of a four-cornered plot: from share to share of its width, from share to share of its depth.
    pub(super) fn part(&self, width: [Decimal; 2], depth: [Decimal; 2]) -> Result<Self, String> {
        let [ring] = self.rings.as_slice() else { return Err("only one plot can be cut".to_owned()) };
        let [a, b, c, d] = ring.as_slice() else {
            return Err("only four-cornered plots can be cut".to_owned());
        };
        let point =
            |across: Decimal, up: Decimal| between(&between(a, b, across), &between(d, c, across), up);
        let [x0, x1] = width;
        let [y0, y1] = depth;
        Ok(Self { rings: vec![vec![point(x0, y0), point(x1, y0), point(x1, y1), point(x0, y1)]] })
    }

    /// Two plots as one: one ring where the second begins at the right edge of the first, else two parts.
    pub(super) fn join(mut self, mut other: Self) -> Self {
        if let ([one], [two]) = (self.rings.as_slice(), other.rings.as_slice())
            && let ([a, b, c, d], [e, f, g, h]) = (one.as_slice(), two.as_slice())
            && (b, c) == (e, h)
        {
            return Self { rings: vec![vec![*a, *b, *f, *g, *c, *d]] };
        }
        self.rings.append(&mut other.rings);
        self
    }

    /// The plot moved.
    pub(super) fn shift(mut self, by: Corner) -> Self {
        for corner in self.rings.iter_mut().flatten() {
            *corner = [corner[0] + by[0], corner[1] + by[1]];
        }
        self
    }

    /// GeoJSON of the plot: a polygon, or several.
    pub(super) fn geometry(&self, site: &Site) -> String {
        let rings: Vec<String> = self.rings.iter().map(|ring| site.ring(ring)).collect();
        match rings.as_slice() {
            [ring] => format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#),
            rings => {
                let parts: Vec<String> = rings.iter().map(|ring| format!("[{ring}]")).collect();
                format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, parts.join(","))
            }
        }
    }
}

impl Site {
    /// A ring in degrees, closed.
    fn ring(&self, corners: &[Corner]) -> String {
        let points: Vec<String> = corners.iter().chain(corners.first()).map(|c| self.point(c)).collect();
        format!("[{}]", points.join(","))
    }

    fn point(&self, corner: &Corner) -> String {
        let [east_part, north_part] = self.along;
        let east = corner[0] * east_part - corner[1] * north_part;
        let north = corner[0] * north_part + corner[1] * east_part;
        let latitude = self.latitude + north / self.north_metres;
        let longitude = self.longitude + east / (self.east_metres - self.east_shrink * north);
        format!("[{},{}]", round(longitude, DEGREES), round(latitude, DEGREES))
    }
}

fn between(a: &Corner, b: &Corner, share: Decimal) -> Corner {
    let at = |i: usize| round(a[i] + (b[i] - a[i]) * share, MILLIMETRES);
    [at(0), at(1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    fn blocks() -> Vec<Block> {
        // The first leans: its left edge runs from x 0 below to x 20 above.
        vec![
            Block { y: d("0"), depth: d("100"), left: [d("0"), d("20")], right: [d("200"), d("190")] },
            Block { y: d("120"), depth: d("50"), left: [d("0"), d("0")], right: [d("400"), d("400")] },
        ]
    }

    #[test]
    fn plots_lie_side_by_side_and_have_their_areas() {
        let areas = [Some(d("9000")), None, Some(d("8500")), Some(d("10000")), Some(d("500"))];
        let plots = place(&blocks(), &areas).expect("they fit");
        let texts: Vec<Option<String>> = plots.iter().map(|p| p.as_ref().map(Plot::text)).collect();
        // 9000 / 100 = 90 wide in the middle, which begins at 10: the edge stands at 100. 8500 go on to 185.
        // 10000 need 100 more and the block ends at 190: they go to the second block, 10000 / 50 = 200 wide.
        // 500 / 50 = 10 follow there, although the first block has room for 5 more metres only.
        assert_eq!(
            texts,
            [
                Some("0.000 0.000, 100.000 0.000, 100.000 100.000, 20.000 100.000".to_owned()),
                None,
                Some("100.000 0.000, 185.000 0.000, 185.000 100.000, 100.000 100.000".to_owned()),
                Some("0.000 120.000, 200.000 120.000, 200.000 170.000, 0.000 170.000".to_owned()),
                Some("200.000 120.000, 210.000 120.000, 210.000 170.000, 200.000 170.000".to_owned()),
            ]
        );
        assert!(place(&blocks(), &[Some(d("30000"))]).is_err());
    }

    #[test]
    fn a_share_of_the_width_is_that_share_of_the_area() {
        let plot = Plot::parse("0 0, 100 0, 100 100, 20 100").expect("corners");
        let quarter = plot.part([d("0"), d("0.25")], [d("0"), d("1")]).expect("four corners");
        // Below 25 of 100, above 20 + 0.25 · 80 = 40: (25 + 20) / 2 · 100 = 2250 = 9000 / 4.
        assert_eq!(quarter.text(), "0.000 0.000, 25.000 0.000, 40.000 100.000, 20.000 100.000");
        let rest = plot.part([d("0.25"), d("1")], [d("0"), d("1")]).expect("four corners");
        assert_eq!(quarter.clone().join(rest).rings.len(), 1);
        assert_eq!(quarter.clone().join(plot.shift([d("500"), d("0")])).rings.len(), 2);
    }

    #[test]
    fn a_plot_becomes_degrees() {
        let site = Site {
            longitude: d("121.5"),
            latitude: d("30"),
            north_metres: d("100000"),
            east_metres: d("90000"),
            east_shrink: d("0.01"),
            along: [d("0.6"), d("0.8")],
        };
        let plot = Plot::parse("0 0, 1000 0, 0 1000").expect("corners");
        // (1000, 0) is 600 east, 800 north: 600 / (90000 − 8) = 0.0066673; 800 / 100000 = 0.008.
        // (0, 1000) is 800 west, 600 north: −800 / (90000 − 6) = −0.0088895; 0.006.
        assert_eq!(
            plot.geometry(&site),
            r#"{"type":"Polygon","coordinates":[[[121.5000000,30.0000000],[121.5066673,30.0080000],[121.4911105,30.0060000],[121.5000000,30.0000000]]]}"#
        );
        assert!(Plot::parse("0 0, 1 1").is_err());
    }
}
