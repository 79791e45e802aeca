//! The demo park: department workbooks made from a specification, the same for the same seed.
//!
//! [`generate()`] reads specification files (`spec.rs` says what they may contain), makes populations
//! of clean data, and lays them out as workbooks with the oddities departments really send. The
//! clean data is handed back as the truth, so that tests can compare what was imported with what a
//! careful clerk would have typed.
//!
//! Deliberately absent: books, figures, headings and names; they are data of the specification.
//! Reading the specification's folder and writing the files are the caller's work.
//!
//! To add a workbook or a population: edit the specification. To add a kind of column: `columns.rs`;
//! a way of writing a cell: `oddity.rs`; a function of formulas: `evaluate.rs`.

mod codes;
mod columns;
mod evaluate;
mod files;
mod formula;
mod generate;
mod ground;
mod maps;
mod oddity;
mod random;
pub mod spec;
mod story;
#[cfg(test)]
mod tests;
mod value;
mod workbook;

use rust_decimal::Decimal;
use thiserror::Error;

use generate::World;
use spec::Spec;

/// The seed `make demo` and the tests use; the specification's story is
/// told for this one, other seeds give other parks of the same kind.
pub const SEED: u64 = 2023;

/// A generated park: its files and the data behind them.
#[derive(Debug, Clone)]
pub struct Park {
    /// Files in the order in which they are to be imported.
    pub files: Vec<DemoFile>,
    /// Map files to try imports with; they are not part of the ledger.
    pub maps: Vec<DemoFile>,
    /// The clean data.
    pub truth: Vec<TruthTable>,
    /// What the specification expects the data to tell.
    pub story: Vec<Told>,
}

/// One thing the data tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is, as the specification says.
    pub title: String,
    /// Its value: a sum or a count, ratios and growths in percent with two places.
    pub value: Decimal,
    /// Whether it lies within the bounds of the specification.
    pub holds: bool,
}

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoFile {
    /// Its name, with ending; unique, without folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The clean data behind workbooks: what a careful clerk would type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthTable {
    /// Name of the population.
    pub name: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Its rows; numbers in plain notation, dates and months in ISO form, blanks empty, a
    /// reference as the key of the row referred to.
    pub rows: Vec<Vec<String>>,
}

/// What is wrong with a specification.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DemoFault {
    /// A file is not of the form of [`Spec`].
    #[error("{path}: {message}")]
    Form {
        /// The specification file.
        path: String,
        /// What the reader says, with line and column.
        message: String,
    },
    /// No file, or more than one, says how generated sheets are marked.
    #[error("exactly one specification file gives `mark`, {found} do")]
    Mark {
        /// How many do.
        found: usize,
    },
    /// More than one file says where ground plans lie.
    #[error("`site` is given twice")]
    Site,
    /// A word list is given twice.
    #[error("the list `{list}` is given twice")]
    List {
        /// Its name.
        list: String,
    },
    /// A population cannot be made.
    #[error("population `{population}`, `{column}`: {message}")]
    Population {
        /// Its id.
        population: String,
        /// The column or clause concerned; empty: the population itself.
        column: String,
        /// What is wrong.
        message: String,
    },
    /// A workbook cannot be made.
    #[error("workbook `{workbook}`: {message}")]
    Workbook {
        /// Its file name as specified.
        workbook: String,
        /// What is wrong.
        message: String,
    },
    /// A map file cannot be made.
    #[error("map `{map}`: {message}")]
    Map {
        /// Its file name as specified.
        map: String,
        /// What is wrong.
        message: String,
    },
    /// Two workbooks have the same file name.
    #[error("two files are called `{name}`")]
    SameName {
        /// The name.
        name: String,
    },
}

/// Makes the park that the specification files describe; the same files and seed give the same
/// bytes. Files are taken in the order of their paths. Bounded by the specification, no IO.
pub fn generate(spec_files: &[(String, String)], seed: u64) -> Result<Park, DemoFault> {
    let spec = read(spec_files)?;
    let mut world = World::new(seed, spec.lists, spec.site);
    for population in &spec.population {
        world.add(population)?;
    }
    let mut files: Vec<DemoFile> = Vec::new();
    for workbook in &spec.workbook {
        let headings = &spec.headings;
        for made in workbook::build(&world, workbook, headings, &spec.mark.clone().unwrap_or_default())? {
            let fault = |message| DemoFault::Workbook { workbook: made.name.clone(), message };
            files.push(files::file(&made, workbook.format).map_err(fault)?);
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some(pair) = files.windows(2).find(|pair| pair[0].name == pair[1].name) {
        return Err(DemoFault::SameName { name: pair[0].name.clone() });
    }
    let maps = spec
        .map
        .iter()
        .map(|map| {
            maps::build(&world, map).map_err(|message| DemoFault::Map { map: map.file.clone(), message })
        })
        .collect::<Result<_, _>>()?;
    let story = story::tell(&world, &spec.expect)?;
    Ok(Park { files, maps, truth: world.truth(), story })
}

/// Reads all specification files into one.
fn read(spec_files: &[(String, String)]) -> Result<Spec, DemoFault> {
    let mut sorted: Vec<&(String, String)> = spec_files.iter().collect();
    sorted.sort();
    let mut whole = Spec::default();
    let mut marks = Vec::new();
    for (path, text) in sorted {
        let form = |e: toml::de::Error| DemoFault::Form { path: path.clone(), message: e.to_string() };
        let part: Spec = toml::from_str(text).map_err(form)?;
        marks.extend(part.mark);
        if part.site.is_some() && whole.site.is_some() {
            return Err(DemoFault::Site);
        }
        whole.site = whole.site.or(part.site);
        for (name, list) in part.lists {
            if whole.lists.insert(name.clone(), list).is_some() {
                return Err(DemoFault::List { list: name });
            }
        }
        for (name, columns) in part.headings {
            if whole.headings.insert(name.clone(), columns).is_some() {
                return Err(DemoFault::List { list: name });
            }
        }
        whole.population.extend(part.population);
        whole.workbook.extend(part.workbook);
        whole.map.extend(part.map);
        whole.expect.extend(part.expect);
    }
    if marks.len() != 1 {
        return Err(DemoFault::Mark { found: marks.len() });
    }
    whole.mark = marks.pop();
    Ok(whole)
}
