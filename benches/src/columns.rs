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
        let columns: Vec<usize> = names.iter().map(|n| self.number(n)).collect::<Result<_, _>>()?;
        let next = AtomicUsize::new(0);
        let work = || -> Result<Vec<(usize, Data)>, Fault> {
            // Copies of one open file share their position, so each thread opens its own.
            let own = Self::open(&self.path)?;
            let mut done = Vec::new();
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                let Some(column) = columns.get(i) else { return Ok(done) };
                done.push((i, own.column(*column, groups)?));
            }
        };
        let (mine, other) = std::thread::scope(|scope| {
            let other = scope.spawn(work);
            (work(), other.join().expect("reading does not panic"))
        });
        let mut all: Vec<(usize, Data)> = mine?.into_iter().chain(other?).collect();
        all.sort_by_key(|(i, _)| *i);
        Ok(all.into_iter().map(|(_, data)| data).collect())
    }

    fn number(&self, name: &str) -> Result<usize, Fault> {
        let schema = self.file.metadata().file_metadata().schema_descr();
        let found = (0..schema.num_columns()).find(|i| schema.column(*i).name() == name);
        found.ok_or_else(|| format!("there is no column {name}").into())
    }

    fn column(&self, column: usize, groups: &[usize]) -> Result<Data, Fault> {
        let (mut ints, mut flags, mut cents) = (vec![], vec![], vec![]);
        for group in groups {
            let rows = usize::try_from(self.file.metadata().row_group(*group).num_rows())?;
            match self.file.get_row_group(*group)?.get_column_reader(column)? {
                ColumnReader::Int32ColumnReader(reader) => ints.extend(values(reader, rows)?),
                ColumnReader::BoolColumnReader(reader) => {
                    flags.extend(values(reader, rows)?.into_iter().map(u8::from));
                }
                ColumnReader::DoubleColumnReader(reader) => {
                    cents.extend(values(reader, rows)?.into_iter().map(hundredths));
                }
                _ => return Err("a column of another type".into()),
            }
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

fn values<T: DataType>(mut reader: ColumnReaderImpl<T>, rows: usize) -> Result<Vec<T::T>, Fault> {
    let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    while values.len() < rows {
        let (_, read, _) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
        if read == 0 {
            return Err("a value is missing".into());
        }
    }
    Ok(values)
}

/// The files hold numbers of two decimals as the nearest double.
#[expect(clippy::cast_possible_truncation, reason = "the generators stay far below 2⁵³ hundredths")]
fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}
