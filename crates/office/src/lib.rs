//! Office files as plain data: workbook bytes to sheets of cells and back, document bytes to paragraphs and back.
//!
//! Everything that comes from outside the house enters through this crate: `.xlsx`, `.xlsm`, `.xls`, WPS `.et`,
//! `.csv` and `.docx`. What comes out is small, typed and bounded: a [`sheet::Workbook`] holds the cells that exist
//! and nothing else, so a file can never make the reader allocate more than its content.
//!
//! Deliberately absent: books, layouts, headings, units, findings (this crate has never heard of them); input and
//! output (callers pass bytes); the clock; formulas as living things (a cell has a value, the formula's text is not
//! read); macros (their presence is noted, they are never kept); Chinese sentences (faults are data with an English
//! text, their wording for users lives elsewhere).
//!
//! To add a format: one file in `read/` that yields a [`sheet::Workbook`], one arm in [`read::read`]'s detection, a
//! test of every fault it can meet.

pub mod docx;
pub mod fault;
pub mod number;
pub mod picture;
pub mod read;
pub mod sheet;
pub mod write;

pub use fault::{ReadFault, WriteFault};
pub use read::{Limits, Progress, read, read_with_progress};
pub use sheet::{Area, Cell, CellValue, ErrorKind, FileKind, Sheet, Workbook};
