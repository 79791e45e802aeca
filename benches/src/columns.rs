//! A Parquet file: which row groups and where their columns lie, and whole columns laid out in memory.
//!
//! Only what the benches need: flat columns of 32-bit integers, truths and doubles, all of whose values are there.
//! Doubles become whole hundredths, as the ledger's snapshots hold them. Laying out is not timed; what is goes by
//! [`crate::pages`].

use std::fs::File;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use parquet::basic::{Compression, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::statistics::Statistics;

use crate::Fault;
use crate::pages::{Chunk, Stored, hundredths};

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
        let mut found = self.groups();
        for group in self.groups() {
            if self.bounds(name, group)?.is_some_and(|b| *b.end() < least || *b.start() > most) {
                found.retain(|other| *other != group);
            }
        }
        Ok(found)
    }

    /// Between which values an integer column lies in a row group, by the file's own statistics; `None` when they do not
    /// tell, or do not tell that all its values are there.
    pub fn bounds(&self, name: &str, group: usize) -> Result<Option<RangeInclusive<i32>>, Fault> {
        let meta = self.file.metadata().row_group(group).column(self.number(name)?);
        let Some(Statistics::Int32(found)) = meta.statistics() else { return Ok(None) };
        let whole = meta.column_descr().max_def_level() == 0 || found.null_count_opt() == Some(0);
        let bounds = found.min_opt().zip(found.max_opt()).filter(|_| whole);
        Ok(bounds.map(|(least, most)| *least..=*most))
    }

    /// How many rows a row group has.
    pub fn rows(&self, group: usize) -> Result<usize, Fault> {
        Ok(usize::try_from(self.file.metadata().row_group(group).num_rows())?)
    }

    /// One column in one row group, for [`crate::pages`].
    pub fn chunk(&self, name: &str, group: usize) -> Result<Chunk, Fault> {
        let meta = self.file.metadata().row_group(group).column(self.number(name)?);
        let (start, length) = meta.byte_range();
        let packed = match meta.compression() {
            Compression::UNCOMPRESSED => false,
            Compression::ZSTD(_) => true,
            other => return Err(format!("a column packed by {other}").into()),
        };
        let stored = match meta.column_type() {
            Type::INT32 => Stored::Int,
            Type::BOOLEAN => Stored::Flag,
            Type::DOUBLE => Stored::Cents,
            other => return Err(format!("a column of {other}").into()),
        };
        let optional = meta.column_descr().max_def_level() > 0;
        Ok(Chunk { bytes: start..start + length, packed, optional, stored })
    }

    /// These columns over these row groups, laid out.
    pub fn read(&self, names: &[&str], groups: &[usize]) -> Result<Vec<Data>, Fault> {
        let (left, right) = names.split_at(names.len() / 2);
        let part = |names: &[&str]| -> Result<Vec<Data>, Fault> {
            // Copies of one open file share their position, so each thread opens its own.
            let own = Self::open(&self.path)?;
            names.iter().map(|name| own.column(own.number(name)?, groups)).collect()
        };
        let (mut left, right) = std::thread::scope(|scope| -> Result<_, Fault> {
            let right = scope.spawn(|| part(right));
            Ok((part(left)?, right.join().expect("reading does not panic")?))
        })?;
        left.extend(right);
        Ok(left)
    }

    fn number(&self, name: &str) -> Result<usize, Fault> {
        let schema = self.file.metadata().file_metadata().schema_descr();
        let found = (0..schema.num_columns()).find(|i| schema.column(*i).name() == name);
        found.ok_or_else(|| format!("there is no column {name}").into())
    }

    fn column(&self, column: usize, groups: &[usize]) -> Result<Data, Fault> {
        let rows: i64 = groups.iter().map(|g| self.file.metadata().row_group(*g).num_rows()).sum();
        let rows = usize::try_from(rows)?;
        let (mut ints, mut flags, mut doubles, mut cents) = (vec![], vec![], vec![], vec![]);
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
                ColumnReader::DoubleColumnReader(mut reader) => {
                    cents.reserve_exact(rows - cents.len());
                    while batch(&mut reader, &mut levels, &mut doubles)? {
                        cents.extend(doubles.drain(..).map(hundredths));
                    }
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
