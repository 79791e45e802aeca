//! Who names whom: for every entry that a reference field names, the rows that name it.
//!
//! Built when somebody first asks a column of a table and kept with it; a table whose rows or column change forgets it.

use model::id::EntryId;

use crate::column::{Column, index};

/// The rows of each entry that a column names.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    /// Named entry and row, in that order, each pair once.
    pairs: Vec<(EntryId, u32)>,
}

impl Naming {
    /// Reads a column once; a column that refers to nothing names nobody.
    pub fn of(column: &Column) -> Self {
        let mut pairs: Vec<(EntryId, u32)> = match column {
            Column::Entry(coded) => {
                let rows = (0..index(coded.codes().len())).filter_map(|row| Some((*coded.at(row)?, row)));
                rows.collect()
            }
            Column::Entries(all) => {
                let rows = (0_u32..).zip(all).filter_map(|(row, named)| Some((row, named.as_ref()?)));
                rows.flat_map(|(row, named)| named.iter().map(move |entry| (*entry, row))).collect()
            }
            _ => Vec::new(),
        };
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// The rows that name an entry, ascending.
    pub fn rows(&self, entry: EntryId) -> impl Iterator<Item = u32> + use<'_> {
        let start = self.pairs.partition_point(|(named, _)| *named < entry);
        self.pairs[start..].iter().take_while(move |(named, _)| *named == entry).map(|(_, row)| *row)
    }
}
