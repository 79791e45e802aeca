//! What can be wrong with a file as a whole, as data.
//!
//! A fault means that nothing of the file was read; doubtful single cells are values (`CellValue::Error`,
//! `CellValue::FormulaWithoutValue`, odd text), never faults. The English text is for logs and developers; the
//! sentence a clerk sees is made from the variant elsewhere, so every variant carries what such a sentence needs.
//!
//! Deliberately absent: foreign error types (kept as text in `detail`, so that a fault can cross a process boundary).
//! To add one: a variant here, a test in the module that raises it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file could not be read as a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ReadFault {
    /// The bytes are some other kind of file, whatever its name says.
    #[error("not a workbook: the content looks like {looks_like}")]
    NotAWorkbook {
        /// What the content looks like.
        looks_like: LooksLike,
    },
    /// A spreadsheet, but in a format that is not read.
    #[error("spreadsheet format {format} is not supported; save it as .xlsx")]
    UnsupportedFormat {
        /// The format that was recognised.
        format: Unsupported,
    },
    /// The file is larger than the caller allows.
    #[error("the file has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Size of the file in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The workbook is protected by a password.
    #[error("the workbook is protected by a password")]
    Encrypted,
    /// The zip container ends before its directory.
    #[error("the file is cut off: its zip directory is missing")]
    TruncatedZip,
    /// The zip container contradicts itself.
    #[error("the zip container is damaged: {detail}")]
    BrokenZip {
        /// What the zip reader said.
        detail: String,
    },
    /// The container would unpack to something far larger than it should.
    #[error("zip bomb: {kind} in {part:?} ({found} where at most {limit} is allowed)")]
    ZipBomb {
        /// Which of the guards tripped.
        kind: BombKind,
        /// The part, or nothing when it concerns the whole container.
        part: String,
        /// The number found.
        found: u64,
        /// The number allowed.
        limit: u64,
    },
    /// A part's name leads out of the container (absolute or with `..`).
    #[error("unsafe name of a part: {name:?}")]
    UnsafePartName {
        /// The name as written in the container.
        name: String,
    },
    /// Two parts have the same name, so readers could disagree about the content.
    #[error("the part {name:?} occurs twice")]
    DuplicatePart {
        /// The name, normalised.
        name: String,
    },
    /// A part that another part refers to does not exist.
    #[error("the part {part:?} is missing")]
    MissingPart {
        /// The missing part.
        part: String,
    },
    /// A part cannot be unpacked or is not well-formed.
    #[error("the part {part:?} is damaged: {detail}")]
    BrokenPart {
        /// The part.
        part: String,
        /// What is wrong.
        detail: String,
    },
    /// A part declares a document type; office files never do, attacks do.
    #[error("the part {part:?} declares a document type")]
    Doctype {
        /// The part.
        part: String,
    },
    /// A part uses an entity that XML itself does not define.
    #[error("the part {part:?} uses the entity &{name};")]
    Entity {
        /// The part.
        part: String,
        /// The entity's name.
        name: String,
    },
    /// More sheets than allowed.
    #[error("more than {limit} sheets")]
    TooManySheets {
        /// The limit.
        limit: usize,
    },
    /// More filled cells in the file than allowed.
    #[error("more than {limit} cells, reached in sheet {sheet:?}")]
    TooManyCells {
        /// The sheet in which the limit was reached.
        sheet: String,
        /// The limit, over all sheets.
        limit: usize,
    },
    /// More distinct strings than allowed.
    #[error("more than {limit} strings")]
    TooManyStrings {
        /// The limit.
        limit: usize,
    },
    /// All texts together are longer than allowed.
    #[error("more than {limit} bytes of text")]
    TooMuchText {
        /// The limit in bytes.
        limit: u64,
    },
    /// One cell holds more text than allowed.
    #[error("the text of {sheet:?}!{cell} is longer than {limit} characters")]
    CellTooLong {
        /// The sheet.
        sheet: String,
        /// The cell, such as `B7`.
        cell: String,
        /// The limit in characters.
        limit: usize,
    },
    /// One shared string is longer than a cell may be.
    #[error("shared string {index} is longer than {limit} characters")]
    StringTooLong {
        /// The string's number, from 0.
        index: usize,
        /// The limit in characters.
        limit: usize,
    },
    /// More merged areas in a sheet than allowed.
    #[error("more than {limit} merged areas in sheet {sheet:?}")]
    TooManyMerges {
        /// The sheet.
        sheet: String,
        /// The limit.
        limit: usize,
    },
    /// A cell or area reference that no sheet can have.
    #[error("bad reference {reference:?} in sheet {sheet:?}: {why}")]
    BadReference {
        /// The sheet.
        sheet: String,
        /// The reference as written, cut to 40 characters.
        reference: String,
        /// What is wrong with it.
        why: ReferenceFault,
    },
    /// A cell points to a shared string that does not exist.
    #[error("{sheet:?}!{cell} refers to shared string {index}, which does not exist")]
    DanglingString {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
        /// The string's number as written.
        index: u32,
    },
    /// Text that is neither UTF-8, UTF-16 nor GB18030.
    #[error("the text is neither UTF-8, UTF-16 nor GB18030")]
    BadEncoding,
    /// An old binary workbook contradicts itself.
    #[error("the binary workbook is damaged near byte {offset}: {detail}")]
    BrokenBinary {
        /// Offset in the workbook stream.
        offset: u64,
        /// What is wrong.
        detail: String,
    },
}

/// What a file that is not a workbook looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LooksLike {
    /// No bytes at all.
    Empty,
    /// A web page, often saved by an old system under the name `.xls`.
    Html,
    /// A web archive (`MIME-Version:`).
    WebArchive,
    /// A PDF document.
    Pdf,
    /// A program.
    Executable,
    /// A picture.
    Image,
    /// A Word document, old or new.
    WordDocument,
    /// A presentation, old or new.
    Presentation,
    /// Rich text.
    RichText,
    /// A zip that is no office file.
    ZipArchive,
    /// Another kind of archive (rar, 7z, gzip).
    OtherArchive,
    /// A compound file without a workbook in it.
    OtherCompound,
    /// XML of some other kind.
    OtherXml,
    /// Bytes that are no text.
    Binary,
}

impl std::fmt::Display for LooksLike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty file",
            Self::Html => "a web page",
            Self::WebArchive => "a web archive",
            Self::Pdf => "a PDF document",
            Self::Executable => "a program",
            Self::Image => "a picture",
            Self::WordDocument => "a Word document",
            Self::Presentation => "a presentation",
            Self::RichText => "rich text",
            Self::ZipArchive => "a zip archive",
            Self::OtherArchive => "an archive",
            Self::OtherCompound => "a compound file without a workbook",
            Self::OtherXml => "XML of another kind",
            Self::Binary => "binary data",
        })
    }
}

/// Spreadsheet formats that are recognised and refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unsupported {
    /// OpenDocument spreadsheet.
    Ods,
    /// Binary workbook of Excel 2007 and later.
    Xlsb,
    /// Excel 4 and older.
    OldExcel,
    /// The single-file XML of Excel 2003.
    SpreadsheetXml,
}

impl std::fmt::Display for Unsupported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ods => "OpenDocument (.ods)",
            Self::Xlsb => "binary workbook (.xlsb)",
            Self::OldExcel => "Excel 4 or older",
            Self::SpreadsheetXml => "Excel 2003 XML",
        })
    }
}

/// Which guard against zip bombs tripped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BombKind {
    /// Too many parts; `found` and `limit` count parts.
    Parts,
    /// The declared sizes add up to too much; bytes.
    Size,
    /// A part is packed too tightly; `found` and `limit` are unpacked bytes per packed byte.
    Ratio,
    /// A part unpacks to more than it declares; bytes.
    LyingSize,
}

impl std::fmt::Display for BombKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Parts => "too many parts",
            Self::Size => "too large when unpacked",
            Self::Ratio => "packed too tightly",
            Self::LyingSize => "larger than declared",
        })
    }
}

/// What is wrong with a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceFault {
    /// Not of the form `B7`.
    NotAReference,
    /// Beyond row 1,048,576 or column XFD.
    OutsideSheet,
    /// The same cell or row came before.
    Repeated,
    /// A cell or row that comes before its predecessor.
    Backwards,
    /// A cell that names another row than the one it stands in.
    OtherRow,
}

impl std::fmt::Display for ReferenceFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotAReference => "not a cell reference",
            Self::OutsideSheet => "outside of any sheet",
            Self::Repeated => "occurs twice",
            Self::Backwards => "runs backwards",
            Self::OtherRow => "stands in another row",
        })
    }
}

/// Why a workbook could not be written: always a mistake of the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum WriteFault {
    /// The xlsx writer refused something (sheet name, overlapping merges, size).
    #[error("cannot write sheet {sheet:?}: {detail}")]
    Refused {
        /// The sheet.
        sheet: String,
        /// What the writer said.
        detail: String,
    },
    /// A number given as text is not a number.
    #[error("{sheet:?}!{cell}: {text:?} is not a number")]
    NotANumber {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
        /// The text.
        text: String,
    },
    /// A date that the calendar of spreadsheets does not have.
    #[error("{sheet:?}!{cell}: no such date")]
    NoSuchDate {
        /// The sheet.
        sheet: String,
        /// The cell.
        cell: String,
    },
    /// Beyond what the format can hold.
    #[error("sheet {sheet:?}: {what} is beyond what the format holds")]
    OutsideFormat {
        /// The sheet.
        sheet: String,
        /// What is too large.
        what: String,
    },
    /// A character that the encoding does not have.
    #[error("row {row}: the text cannot be written in the encoding")]
    NotEncodable {
        /// The row, from 1.
        row: usize,
    },
}
