//! Whole files: what comes page by page is what the Parquet library reads.

use std::fs::File;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, DataType, DoubleType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::{Scratch, each};
use crate::columns::{Columns, Data};
use crate::{Dice, Fault};

const NAMES: [&str; 4] = ["month", "flag", "amount", "maybe"];
const SCHEMA: &str = "message rows { required int32 month; required boolean flag; required double amount; \
                      optional double maybe; }";

/// How a file is written.
#[derive(Clone, Copy, Debug)]
struct Kind {
    packed: bool,
    /// Whether there are dictionaries, and how large they may become before plain pages follow.
    dictionary: Option<usize>,
    page_rows: usize,
    /// How many different amounts there are at most.
    different: usize,
}

#[test]
fn pages_hold_what_the_library_reads() {
    let mut dice = Dice::new(41);
    for packed in [true, false] {
        for dictionary in [None, Some(1 << 20), Some(3000)] {
            for different in [1, 40, 30_000] {
                let kind = Kind { packed, dictionary, page_rows: 500 + dice.below(9000), different };
                compare(kind, &mut dice).unwrap_or_else(|fault| panic!("{kind:?}: {fault}"));
            }
        }
    }
}

fn compare(kind: Kind, dice: &mut Dice) -> Result<(), Fault> {
    let path = tempfile::NamedTempFile::new()?.into_temp_path();
    let groups = [40_000 + dice.below(9), 1, 9_000];
    write(File::create(&path)?, kind, &groups, dice)?;
    let (file, bytes) = (Columns::open(&path)?, File::open(&path)?);
    let mut scratches = [Scratch::new()?, Scratch::new()?];
    for (group, rows) in groups.into_iter().enumerate() {
        let whole = file.read(&NAMES, &[group])?;
        let mut pieces = vec![];
        for (name, whole) in NAMES.iter().zip(&whole) {
            pieces.push((name, whole, 0..rows));
            for _ in 0..6 {
                let start = dice.below(rows + 1);
                pieces.push((name, whole, start..start + dice.below(rows - start + 1)));
            }
        }
        each(&mut scratches, &pieces, |scratch, (name, whole, wanted)| {
            let mut found = vec![];
            scratch
                .visit(&bytes, &file.chunk(name, group)?, wanted, |block| found.extend_from_slice(block))?;
            let same = found == numbers(whole)[wanted.clone()];
            if same { Ok(()) } else { Err(format!("{name}, rows {wanted:?} of group {group}").into()) }
        })?;
    }
    Ok(())
}

fn numbers(data: &Data) -> Vec<i64> {
    match data {
        Data::Int(all) => all.iter().map(|n| i64::from(*n)).collect(),
        Data::Flag(all) => all.iter().map(|n| i64::from(*n)).collect(),
        Data::Cents(all) => all.clone(),
    }
}

/// Months come in long runs, flags and amounts by chance.
fn write(file: File, kind: Kind, groups: &[usize], dice: &mut Dice) -> Result<(), Fault> {
    let packing =
        if kind.packed { Compression::ZSTD(ZstdLevel::try_new(1)?) } else { Compression::UNCOMPRESSED };
    let properties = WriterProperties::builder()
        .set_compression(packing)
        .set_dictionary_enabled(kind.dictionary.is_some())
        .set_dictionary_page_size_limit(kind.dictionary.unwrap_or(1))
        .set_data_page_row_count_limit(kind.page_rows)
        .set_write_batch_size(100)
        .build();
    let mut writer =
        SerializedFileWriter::new(file, Arc::new(parse_message_type(SCHEMA)?), Arc::new(properties))?;
    for rows in groups {
        let mut group = writer.next_row_group()?;
        let mut amounts =
            || -> Vec<f64> { (0..*rows).map(|_| dice.below(kind.different) as f64 / 100.0 - 90.0).collect() };
        let (amount, maybe) = (amounts(), amounts());
        let months: Vec<i32> = (0..*rows).map(|row| 1 + i32::try_from(row / 1700).expect("small")).collect();
        let flags: Vec<bool> = (0..*rows).map(|_| dice.below(3) == 0).collect();
        column::<Int32Type>(&mut group, &months, None)?;
        column::<BoolType>(&mut group, &flags, None)?;
        column::<DoubleType>(&mut group, &amount, None)?;
        column::<DoubleType>(&mut group, &maybe, Some(&vec![1; *rows]))?;
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), Fault> {
    let mut column = group.next_column()?.ok_or("there is no further column")?;
    column.typed::<T>().write_batch(values, levels, None)?;
    Ok(column.close()?)
}
