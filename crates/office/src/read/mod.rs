//! Reading workbooks: detection by content, limits, one file per format.
//!
//! Every reader here works on a byte slice, counts while it unpacks and stops at the first limit, so that memory is
//! bounded by [`Limits`] and not by what a file claims. No reader ever allocates by a declared dimension.
//!
//! Which library reads what, and why:
//! * `.xlsx` is read by our own event reader over quick-xml and zip. calamine builds a dense grid (a 1,443-byte file
//!   with cells A1 and XFD1048576 aborts the process), wraps `B4294967298` to B2 in its streaming reader, and tells
//!   neither hidden rows nor percent formats.
//! * `.xls` and `.et` are read by our own record reader over the cfb crate. calamine's reader reserves memory by the
//!   declared dimension, builds the same dense grid, and tells neither hidden rows, percent formats nor formulas
//!   without a value. It stays as the independent witness in tests.
//! * `.csv` is split by our own scanner, because the csv crate skips empty lines and then a value's row would not be
//!   the row a person sees.
//!
//! Deliberately absent: `.ods`, `.xlsb`, formula texts, macros, and any trust in file names: a name decides only
//! whether a workbook is called `.et` and what a text file's sheet is called.

mod biff;
mod csv;
mod formats;
mod package;
mod pool;
mod precheck;
mod worksheet;
mod xls;
mod xlsx;
mod xml;

use crate::fault::{LooksLike, ReadFault, Unsupported};
use crate::sheet::Workbook;

/// What a file may cost. The defaults are wide enough for any honest department file.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Size of the file itself in bytes; 200 MB. Callers with a stricter rule lower it.
    pub max_bytes: u64,
    /// All parts of a zip container unpacked, in bytes; 1 GiB.
    pub max_unzipped: u64,
    /// Unpacked bytes per packed byte of one part; 300. Parts below 16 MiB are not asked.
    pub max_ratio: u64,
    /// Parts in a zip container; 4,000.
    pub max_parts: usize,
    /// Filled cells over all sheets; 6,000,000.
    pub max_cells: usize,
    /// Characters in one cell; 32,767, which is Excel's own limit.
    pub max_cell_chars: usize,
    /// Sheets; 1,000.
    pub max_sheets: usize,
    /// Distinct strings over all sheets; 4,000,000.
    pub max_strings: usize,
    /// Bytes of all strings together; 256 MiB.
    pub max_text_bytes: u64,
    /// Merged areas in one sheet; 200,000.
    pub max_merges: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 200_000_000,
            max_unzipped: 1 << 30,
            max_ratio: 300,
            max_parts: 4_000,
            max_cells: 6_000_000,
            max_cell_chars: 32_767,
            max_sheets: 1_000,
            max_strings: 4_000_000,
            max_text_bytes: 256 << 20,
            max_merges: 200_000,
        }
    }
}

/// How far a reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Progress {
    /// Bytes of content behind us (unpacked).
    pub done: u64,
    /// Bytes of content in all.
    pub total: u64,
    /// Cells found so far.
    pub cells: usize,
}

/// Reads a workbook of any supported format.
///
/// `file_name` only names things (see the module); the format is found by content.
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Workbook, ReadFault> {
    read_with_progress(bytes, file_name, limits, &mut |_| {})
}

/// Like [`read`], and calls `progress` every quarter megabyte or so of content.
pub fn read_with_progress(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Workbook, ReadFault> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ReadFault::TooLarge { bytes: bytes.len() as u64, limit: limits.max_bytes });
    }
    match detect(bytes)? {
        Format::Zip => xlsx::read(bytes, file_name, limits, progress),
        Format::Compound => xls::read_compound(bytes, file_name, limits, progress),
        Format::RawBiff => xls::read_stream(bytes, file_name, limits, progress),
        Format::Text => csv::read(bytes, file_name, limits, progress),
    }
}

/// Containers that are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Zip,
    Compound,
    RawBiff,
    Text,
}

/// First bytes of formats that are refused with their name.
const FOREIGN: [(&[u8], LooksLike); 16] = [
    (b"%PDF", LooksLike::Pdf),
    (b"MZ", LooksLike::Executable),
    (b"\x7fELF", LooksLike::Executable),
    (b"\x89PNG", LooksLike::Image),
    (b"\xff\xd8\xff", LooksLike::Image),
    (b"GIF8", LooksLike::Image),
    (b"BM", LooksLike::Image),
    (b"II*\0", LooksLike::Image),
    (b"MM\0*", LooksLike::Image),
    (b"RIFF", LooksLike::Image),
    (b"Rar!", LooksLike::OtherArchive),
    (b"7z\xbc\xaf", LooksLike::OtherArchive),
    (b"\x1f\x8b", LooksLike::OtherArchive),
    (b"{\\rtf", LooksLike::RichText),
    (b"SQLite format 3\0", LooksLike::Binary),
    (b"\xca\xfe\xba\xbe", LooksLike::Executable),
];

fn detect(bytes: &[u8]) -> Result<Format, ReadFault> {
    let foreign = |looks_like| Err(ReadFault::NotAWorkbook { looks_like });
    if bytes.is_empty() {
        return foreign(LooksLike::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Format::Zip);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Ok(Format::Compound);
    }
    match bytes {
        [0x09, 0x08, _, _, 0x00, 0x05 | 0x06, ..] => return Ok(Format::RawBiff),
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] => {
            return Err(ReadFault::UnsupportedFormat { format: Unsupported::OldExcel });
        }
        _ => {}
    }
    // A text may begin with the letters BM or MZ; those formats have NUL bytes soon after.
    let binary = !is_utf16(bytes) && bytes.iter().take(4096).any(|byte| *byte == 0);
    for (magic, looks_like) in FOREIGN {
        if bytes.starts_with(magic) && (binary || magic.len() > 2 || !magic.is_ascii()) {
            return foreign(looks_like);
        }
    }
    if binary {
        return foreign(LooksLike::Binary);
    }
    detect_markup(bytes)
}

/// Web pages and XML files pass for text; a spreadsheet program saves neither as `.csv`.
fn detect_markup(bytes: &[u8]) -> Result<Format, ReadFault> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let looks_like = if head.starts_with("mime-version:") {
        LooksLike::WebArchive
    } else if ["<html", "<!doctype html", "<table", "<meta", "<head", "<style"]
        .iter()
        .any(|tag| head.starts_with(tag))
    {
        LooksLike::Html
    } else if head.starts_with("<?xml") || head.starts_with("<workbook") {
        if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            return Err(ReadFault::UnsupportedFormat { format: Unsupported::SpreadsheetXml });
        }
        if head.contains("<html") { LooksLike::Html } else { LooksLike::OtherXml }
    } else {
        return Ok(Format::Text);
    };
    Err(ReadFault::NotAWorkbook { looks_like })
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// The extension of a file name in small letters.
fn extension(file_name: &str) -> String {
    file_name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: LooksLike) {
        let fault = read(bytes, "renamed.xlsx", &Limits::default()).unwrap_err();
        assert_eq!(fault, ReadFault::NotAWorkbook { looks_like: expect });
    }

    #[test]
    fn other_files_are_named() {
        check(b"", LooksLike::Empty);
        check(b"%PDF-1.7\n", LooksLike::Pdf);
        check(b"MZ\x90\0\x03\0\0\0", LooksLike::Executable);
        check(b"\x89PNG\r\n\x1a\n\0\0", LooksLike::Image);
        check(b"Rar!\x1a\x07\0", LooksLike::OtherArchive);
        check(b"{\\rtf1\\ansi", LooksLike::RichText);
        check(b"\xef\xbb\xbf\r\n<HTML><body><table>", LooksLike::Html);
        check(b"<?xml version=\"1.0\"?><svg/>", LooksLike::OtherXml);
        check(b"MIME-Version: 1.0\nX: y", LooksLike::WebArchive);
        check(b"\x01\x02\0\0\0\0", LooksLike::Binary);
    }

    #[test]
    fn other_spreadsheets_are_named() {
        let xml = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        let fault = read(xml, "a.xls", &Limits::default()).unwrap_err();
        assert_eq!(fault, ReadFault::UnsupportedFormat { format: Unsupported::SpreadsheetXml });
        let fault = read(b"\x09\x04\x06\0\0\0\x10\0\0\0", "a.xls", &Limits::default()).unwrap_err();
        assert_eq!(fault, ReadFault::UnsupportedFormat { format: Unsupported::OldExcel });
    }

    #[test]
    fn a_text_that_begins_like_a_picture_is_a_text() {
        assert!(read("BM,1\nMZ,2\n".as_bytes(), "a.csv", &Limits::default()).is_ok());
    }

    #[test]
    fn the_size_is_checked_first() {
        let limits = Limits { max_bytes: 3, ..Limits::default() };
        let fault = read(b"a,b\n", "a.csv", &limits).unwrap_err();
        assert_eq!(fault, ReadFault::TooLarge { bytes: 4, limit: 3 });
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod hostile;
