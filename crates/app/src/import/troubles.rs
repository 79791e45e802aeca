//! Trouble with cells, gathered by column and kind: what repeats is told a few times and counted, a column of errors once.

use model::field::Trouble;
use office::sheet::{a1, column_letters};
use rustc_hash::FxHashMap;

use super::draft::Spot;
use super::plan::{Numbers, Plan};
use crate::messages::import as say;

/// Findings of one kind in one column that are told cell by cell.
const TOLD: usize = 10;

/// Trouble by column and kind, so that a column of `#REF!` is one finding.
#[derive(Default)]
pub(super) struct Troubles {
    by_kind: FxHashMap<(u16, &'static str), Repeated>,
}

struct Repeated {
    told: Vec<(u32, Trouble)>,
    count: usize,
    last: u32,
}

impl Troubles {
    /// Adds trouble with a cell of a column (by its index in the plan).
    pub fn add(&mut self, column: u16, row: u32, trouble: Trouble) {
        let entry = self.by_kind.entry((column, trouble.code));
        let repeated = entry.or_insert_with(|| Repeated { told: Vec::new(), count: 0, last: row });
        repeated.count += 1;
        repeated.last = row;
        if repeated.told.len() <= TOLD {
            repeated.told.push((row, trouble));
        }
    }

    /// Adds what another thread met in later rows.
    pub fn join(&mut self, other: Self) {
        for (key, more) in other.by_kind {
            match self.by_kind.get_mut(&key) {
                Some(mine) => {
                    mine.count += more.count;
                    mine.last = mine.last.max(more.last);
                    mine.told.extend(more.told);
                    mine.told.sort_by_key(|(row, _)| *row);
                    mine.told.truncate(TOLD + 1);
                }
                None => {
                    self.by_kind.insert(key, more);
                }
            }
        }
    }

    /// Turns everything into findings; `rows` is how many rows were read.
    pub fn tell(self, plan: &Plan<'_>, rows: usize, spots: &mut Vec<Spot>) {
        for ((index, code), repeated) in self.by_kind {
            let column = &plan.columns[usize::from(index)];
            let about = |spot: Spot| spot.about(&plan.known.book.id, Some(column.field));
            // Told once at the heading when the table was planned.
            if matches!(code, "unit-missing" | "unit-mismatch") && column.numbers == Numbers::ByCell {
                continue;
            }
            let (first, trouble) = &repeated.told[0];
            let whole = code == "cell-error" && repeated.count >= 3 && repeated.count * 10 >= rows * 9;
            if whole {
                let said =
                    say::column_of_errors(&column_letters(column.col), repeated.count, &trouble.message);
                let mut spot = Spot::cell(*first, column.col, "column-of-errors", trouble.severity, said);
                spot.cell = format!("{}:{}", a1(*first, column.col), a1(repeated.last, column.col));
                spots.push(about(spot));
                continue;
            }
            let severity = trouble.severity;
            for (row, trouble) in repeated.told.into_iter().take(TOLD) {
                let said = (trouble.message, trouble.hint);
                spots.push(about(Spot::cell(row, column.col, code, trouble.severity, said)));
            }
            if repeated.count > TOLD {
                let said = say::and_more(repeated.count - TOLD, &column_letters(column.col));
                spots.push(about(Spot::cell(repeated.last, column.col, code, severity, said)));
            }
        }
    }
}
