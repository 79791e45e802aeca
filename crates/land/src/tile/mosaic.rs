//! Ground seen from far: cells of 5⅓ by 5⅓ pixels in place of shapes too small to be told apart.
//!
//! Each cell gathers the ground of the shapes whose middle lies in it, by class. Cells are then walked to and fro: one is
//! painted when half of it is covered by what it gathered and what was left over before, in the class most of that is in, and
//! what is left over goes on to the next. So a tile shows as much ground of each class as there is (error diffusion after
//! Floyd and Steinberg 1976, along one line). Cells of tiles lie edge to edge; nothing is drawn twice.

use geo::Coord;

use super::encode::{Drawing, Kind};
use super::{Attribute, Cells, STEPS, number};

/// Cells across and down a tile: so many that a screen of them is drawn as fast as a map of few parcels by a computer without a
/// graphics card, and so small that the picture is not coarse.
const SIDE: u32 = 96;
/// The same, to count by.
const ACROSS: usize = SIDE as usize;
/// Steps across a cell.
const CELL: f64 = STEPS / 96.0;
/// The ground of a cell, in steps².
const WHOLE: f64 = CELL * CELL;

/// Ground gathered by cell and class.
#[derive(Default)]
pub struct Mosaic<'a> {
    classes: Vec<(&'a str, Vec<f64>)>,
}

/// A stretch of cells of one class: columns from and to, rows from and to, the ends not included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Block {
    class: usize,
    columns: (usize, usize),
    rows: (usize, usize),
}

impl<'a> Mosaic<'a> {
    /// Adds ground, in steps², at a place in steps. What lies beyond the tile is its neighbour's.
    pub fn add(&mut self, place: Coord<f64>, class: &'a str, area: f64) {
        if ![place.x, place.y].iter().all(|at| (0.0..STEPS).contains(at)) {
            return;
        }
        let cell = number(place.y / CELL) as usize * ACROSS + number(place.x / CELL) as usize;
        let at = self.classes.iter().position(|(known, _)| *known == class).unwrap_or_else(|| {
            self.classes.push((class, vec![0.0; ACROSS * ACROSS]));
            self.classes.len() - 1
        });
        self.classes[at].1[cell] += area;
    }

    /// Draws what was gathered as a layer: one shape for each class.
    pub fn finish(self, of: &Cells<'_>, bytes: &mut Vec<u8>) {
        let mut drawing = Drawing::new(of.name, Kind::Polygon, SIDE);
        let mut blocks = blocks(&self.painted());
        blocks.sort_unstable_by_key(|block| (block.class, block.rows.0, block.columns.0));
        let mut steps = Vec::new();
        for (at, (class, _)) in self.classes.iter().enumerate() {
            drawing.begin();
            for Block { columns, rows, .. } in blocks.iter().filter(|block| block.class == at) {
                let side = |cells: usize| i32::try_from(cells).unwrap_or(i32::MAX);
                let (west, east, north, south) =
                    (side(columns.0), side(columns.1), side(rows.0), side(rows.1));
                steps.clear();
                steps.extend([(west, north), (east, north), (east, south), (west, south)]);
                drawing.ring(&mut steps, false);
            }
            if drawing.is_begun() {
                drawing.tags().put(of.key, &Attribute::Text(class));
                drawing.end(None);
            }
        }
        drawing.finish(bytes);
    }

    /// The class each cell is painted in, row by row.
    fn painted(&self) -> Vec<Option<usize>> {
        let mut painted = vec![None; ACROSS * ACROSS];
        let mut left = vec![0.0; self.classes.len()];
        for step in 0..painted.len() {
            let (row, along) = (step / ACROSS, step % ACROSS);
            let column = if row % 2 == 0 { along } else { ACROSS - 1 - along };
            let cell = row * ACROSS + column;
            for (left, (_, ground)) in left.iter_mut().zip(&self.classes) {
                *left += ground[cell];
            }
            if left.iter().sum::<f64>() < WHOLE / 2.0 {
                continue;
            }
            // The first of several with as much.
            let most = (0..left.len()).reduce(|most, at| if left[at] > left[most] { at } else { most });
            if let Some(most) = most {
                left[most] -= WHOLE;
                painted[cell] = Some(most);
            }
        }
        painted
    }
}

/// Cells of one class side by side as one block, and blocks of the same columns one below another as one.
fn blocks(painted: &[Option<usize>]) -> Vec<Block> {
    let mut done: Vec<Block> = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for (row, cells) in painted.chunks(ACROSS).enumerate() {
        let mut next: Vec<Block> = Vec::new();
        let mut column = 0;
        let mut above = open.iter().copied().peekable();
        for run in cells.chunk_by(|a, b| a == b) {
            let columns = (column, column + run.len());
            column = columns.1;
            let Some(class) = run[0] else { continue };
            // Blocks above that end before this one begins are done.
            while let Some(before) = above.next_if(|block| block.columns.0 < columns.0) {
                done.push(before);
            }
            let same = above.next_if(|block| block.class == class && block.columns == columns);
            let rows = (same.map_or(row, |block| block.rows.0), row + 1);
            next.push(Block { class, columns, rows });
        }
        done.extend(above);
        open = next;
    }
    done.extend(open);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(column: usize, row: usize) -> Coord<f64> {
        let middle = |cells: usize| (f64::from(u32::try_from(cells).expect("a cell of a tile")) + 0.5) * CELL;
        Coord { x: middle(column), y: middle(row) }
    }

    /// The cells painted, with the name of their class.
    fn seen<'a>(mosaic: &Mosaic<'a>) -> Vec<(usize, usize, &'a str)> {
        let painted = mosaic.painted().into_iter().enumerate();
        painted
            .filter_map(|(cell, class)| Some((cell % ACROSS, cell / ACROSS, mosaic.classes[class?].0)))
            .collect()
    }

    #[test]
    fn a_cell_is_painted_when_half_of_it_is_covered() {
        let mut mosaic = Mosaic::default();
        mosaic.add(at(3, 0), "A", WHOLE * 0.375); // not half
        mosaic.add(at(4, 0), "A", WHOLE * 0.25); // half and more with what was left; 0.375 is owed
        mosaic.add(at(5, 0), "A", WHOLE * 0.75); // 0.375: not half
        mosaic.add(at(7, 0), "A", WHOLE * 0.25); // 0.625: half and more
        assert_eq!(seen(&mosaic), [(4, 0, "A"), (7, 0, "A")]);
    }

    #[test]
    fn ground_that_is_left_over_at_the_end_of_a_row_goes_on_below_it() {
        let mut mosaic = Mosaic::default();
        mosaic.add(at(95, 0), "A", WHOLE * 0.25);
        mosaic.add(at(95, 1), "A", WHOLE * 0.25);
        assert_eq!(seen(&mosaic), [(95, 1, "A")]);
    }

    #[test]
    fn classes_keep_their_shares() {
        // In each of 80 cells three quarters of A and a quarter of B: of each four cells, three and one.
        let mut mosaic = Mosaic::default();
        for column in 0..80 {
            mosaic.add(at(column, 2), "A", WHOLE * 0.75);
            mosaic.add(at(column, 2), "B", WHOLE * 0.25);
        }
        let seen = seen(&mosaic);
        let of = |class: &str| seen.iter().filter(|(.., of)| *of == class).count();
        assert_eq!((of("A"), of("B")), (60, 20));
        // A ¾, B ¼: A. A ½, B ½: A, the first. A ¼, B ¾: B. A 1, B 0: A. Then again.
        let first: String = seen.iter().take(8).map(|(.., of)| *of).collect();
        assert_eq!(first, "AABAAABA");
    }

    #[test]
    fn ground_beyond_the_tile_is_not_drawn() {
        let mut mosaic = Mosaic::default();
        for (x, y) in [(-0.1, 5.0), (5.0, -0.1), (4096.0, 5.0), (5.0, 4096.0), (f64::NAN, 5.0)] {
            mosaic.add(Coord { x, y }, "A", WHOLE);
        }
        assert_eq!(seen(&mosaic), []);
        mosaic.add(Coord { x: 4095.9, y: 0.0 }, "A", WHOLE);
        assert_eq!(seen(&mosaic), [(95, 0, "A")]);
    }

    #[test]
    fn cells_of_a_class_are_drawn_as_few_blocks() {
        let mut painted = vec![None; ACROSS * ACROSS];
        // AA.BB
        // AA.B.
        // AAAB.
        for (row, line) in ["AA.BB", "AA.B.", "AAAB."].iter().enumerate() {
            for (column, class) in line.chars().enumerate() {
                painted[row * ACROSS + column] = "AB".find(class);
            }
        }
        let block = |class, columns, rows| Block { class, columns, rows };
        let mut found = blocks(&painted);
        found.sort_unstable_by_key(|block| (block.rows.0, block.columns.0));
        let expected = [
            block(0, (0, 2), (0, 2)),
            block(1, (3, 5), (0, 1)),
            block(1, (3, 4), (1, 3)),
            block(0, (0, 3), (2, 3)),
        ];
        assert_eq!(found, expected);
    }
}
