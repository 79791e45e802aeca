//! Columns of a Parquet file, read on two threads.
//!
//! Only what the benches need: flat columns of 32-bit integers, truths and doubles, all of whose values are there.
//! Doubles become whole hundredths, as the ledger's snapshots hold them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use crate::Fault;

/// Values decoded at a time; a batch stays in the processor's cache.
const BATCH: usize = 8192;

/// An open file.
pub struct Columns {
    path: PathBuf,
    file: SerializedFileReader<File>,
}

/// One column over the row groups read.
#[derive(Clone, Debug)]
pub enum Data {
    /// Integers.
    Int(Vec<i32>),
    /// Truths as 0 and 1.
    Flag(Vec<u8>),
    /// Hundredths.
    Cents(Vec<i64>),
}

impl Columns {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        Ok(Self { path: path.to_owned(), file: SerializedFileReader::new(File::open(path)?)? })
    }

    /// All row groups.
    pub fn groups(&self) -> Vec<usize> {
        (0..self.file.num_row_groups()).collect()
    }

    /// The row groups in which an integer column may lie between two values, by the file's own statistics.
    pub fn groups_between(&self, name: &str, least: i32, most: i32) -> Result<Vec<usize>, Fault> {
        let column = self.number(name)?;
        let may = |group: &usize| match self.file.metadata().row_group(*group).column(column).statistics() {
            Some(Statistics::Int32(s)) => {
                s.max_opt().is_none_or(|m| *m >= least) && s.min_opt().is_none_or(|m| *m <= most)
            }
            _ => true,
        };
        Ok(self.groups().into_iter().filter(may).collect())
    }

    /// These columns over these row groups.
    pub fn read(&self, names: &[&str], groups: &[usize]) -> Result<Vec<Data>, Fault> {
        self.each(names, |file, column| file.column(column, groups))
    }

    /// Does something with each of these columns, on two threads.
    pub fn each<T: Send>(
        &self,
        names: &[&str],
        work: impl Fn(&Self, usize) -> Result<T, Fault> + Sync,
    ) -> Result<Vec<T>, Fault> {
        let columns: Vec<usize> = names.iter().map(|n| self.number(n)).collect::<Result<_, _>>()?;
        let next = AtomicUsize::new(0);
        let part = || -> Result<Vec<(usize, T)>, Fault> {
            let mut done = Vec::new();
            // Copies of one open file share their position, so each thread opens its own.
            let own = Self::open(&self.path)?;
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                let Some(column) = columns.get(i) else { return Ok(done) };
                done.push((i, work(&own, *column)?));
            }
        };
        let (mine, other) = std::thread::scope(|scope| {
            let other = scope.spawn(part);
            (part(), other.join().expect("reading does not panic"))
        });
        let mut all: Vec<(usize, T)> = mine?.into_iter().chain(other?).collect();
        all.sort_by_key(|(i, _)| *i);
        Ok(all.into_iter().map(|(_, made)| made).collect())
    }

    /// The hundredths of a column of doubles, block by block.
    pub fn blocks(
        &self,
        column: usize,
        groups: &[usize],
        mut visit: impl FnMut(&[i64]),
    ) -> Result<(), Fault> {
        let (mut levels, mut doubles) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
        let mut cents = Vec::with_capacity(BATCH);
        for group in groups {
            let ColumnReader::DoubleColumnReader(mut reader) =
                self.file.get_row_group(*group)?.get_column_reader(column)?
            else {
                return Err("a column of another type".into());
            };
            while batch(&mut reader, &mut levels, &mut doubles)? {
                cents.clear();
                cents.extend(doubles.drain(..).map(hundredths));
                visit(&cents);
            }
        }
        Ok(())
    }

    fn number(&self, name: &str) -> Result<usize, Fault> {
        let schema = self.file.metadata().file_metadata().schema_descr();
        let found = (0..schema.num_columns()).find(|i| schema.column(*i).name() == name);
        found.ok_or_else(|| format!("there is no column {name}").into())
    }

    fn column(&self, column: usize, groups: &[usize]) -> Result<Data, Fault> {
        let rows: i64 = groups.iter().map(|g| self.file.metadata().row_group(*g).num_rows()).sum();
        let rows = usize::try_from(rows)?;
        let (mut ints, mut flags, mut cents) = (vec![], vec![], vec![]);
        let mut levels = Vec::with_capacity(BATCH);
        let mut truths = Vec::with_capacity(BATCH);
        for group in groups {
            match self.file.get_row_group(*group)?.get_column_reader(column)? {
                ColumnReader::Int32ColumnReader(mut reader) => {
                    ints.reserve_exact(rows - ints.len());
                    while batch(&mut reader, &mut levels, &mut ints)? {}
                }
                ColumnReader::BoolColumnReader(mut reader) => {
                    flags.reserve_exact(rows - flags.len());
                    while batch(&mut reader, &mut levels, &mut truths)? {
                        flags.extend(truths.drain(..).map(u8::from));
                    }
                }
                ColumnReader::DoubleColumnReader(_) => {
                    cents.reserve_exact(rows - cents.len());
                    self.blocks(column, &[*group], |block| cents.extend_from_slice(block))?;
                }
                _ => return Err("a column of another type".into()),
            }
        }
        if ints.len() + flags.len() + cents.len() != rows {
            return Err("a value is missing".into());
        }
        Ok(match (ints.is_empty(), flags.is_empty()) {
            (false, _) => Data::Int(ints),
            (_, false) => Data::Flag(flags),
            _ => Data::Cents(cents),
        })
    }
}

impl Data {
    /// The integers.
    pub fn ints(&self) -> &[i32] {
        if let Self::Int(data) = self { data } else { &[] }
    }

    /// The truths.
    pub fn flags(&self) -> &[u8] {
        if let Self::Flag(data) = self { data } else { &[] }
    }

    /// The hundredths, taken out.
    pub fn into_cents(self) -> Vec<i64> {
        if let Self::Cents(data) = self { data } else { vec![] }
    }
}

/// Adds the next values; whether there were any.
fn batch<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<bool, Fault> {
    levels.clear();
    let (rows, _, _) = reader.read_records(BATCH, Some(levels), None, values)?;
    Ok(rows > 0)
}

/// The files hold numbers of two decimals as the nearest double.
#[expect(clippy::cast_possible_truncation, reason = "the generators stay far below 2⁵³ hundredths")]
fn hundredths(value: f64) -> i64 {
    let scaled = value * 100.0;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}
