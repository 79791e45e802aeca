//! Documents that people have gone on writing in: the content controls still in them, and new text put into those controls
//! and nowhere else.
//!
//! A part is read as a stream of events that remember where in the file they stood ([`scan`]); a change becomes a splice of
//! those bytes ([`splice()`]). What is not spliced is not written again: parts nobody touched are copied still packed, and a
//! touched part keeps every other byte – runs split by spelling marks and revision numbers, tracked changes, comments, both
//! forms of a text box, elements of programs nobody here has heard of.
//!
//! Deliberately absent: what a tag means, and whether a text ought to change. Text a person has struck out stays struck
//! out; a control nested in another is a control of its own. To read another inline sign: one arm in `Scanner::sign`.

mod charts;
mod scan;
mod splice;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::looks::Looks;
use super::package::{Package, bad_part};
use super::{Chart, DocxFault, Fill, SetAside, guard};
use scan::Scan;

pub use charts::{HeldChart, HeldSeries};
pub use splice::splice;

/// What a document that somebody has edited holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Live {
    /// The controls whose tag begins as asked and those without a tag, part by part, in the order in which they begin.
    pub controls: Vec<Held>,
    /// The paragraphs, part by part.
    pub lines: Vec<Line>,
    /// The native charts in the order of the document.
    pub charts: Vec<HeldChart>,
    /// What was taken out of the file before, and is not in a changed one.
    pub set_aside: Vec<SetAside>,
}

/// A content control in a document that somebody has edited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Held {
    /// Its tag; empty for none.
    pub tag: String,
    /// Its title; empty for none.
    pub alias: String,
    /// Its text as a reader sees it, that of controls inside it too.
    pub text: String,
    /// Index of the paragraph it begins in, among [`Live::lines`].
    pub line: usize,
    /// Where in that paragraph its text begins, in bytes.
    pub at: usize,
    /// Whether it stands in the older of the two forms in which a file keeps a text box; a reader sees the other one.
    pub fallback: bool,
    /// Index of the control around it.
    pub within: Option<usize>,
    /// Whether a person has struck out everything in it while changes were tracked.
    pub struck: bool,
    /// Whether it shows nothing but Word's invitation to type.
    pub emptied: bool,
}

/// A paragraph of a document that somebody has edited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line {
    /// Name of the part in the zip.
    pub part: String,
    /// Its number in the part, from 1; 0 in the older form of a text box.
    pub number: usize,
    /// Its text as a reader sees it.
    pub text: String,
    /// Its level as a heading, from 1.
    pub level: Option<u8>,
    /// The stretches of its text that stand in no control, in bytes.
    pub loose: Vec<(usize, usize)>,
}

/// A change of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Of a control.
    Control {
        /// Its index among [`Live::controls`].
        control: usize,
        /// Its new tag; put in where it has none.
        tag: Option<String>,
        /// Its new title; put in with a tag that was not there.
        alias: Option<String>,
        /// What it holds now.
        content: Content,
    },
    /// Of a native chart: new data; what it looks like stays.
    Chart {
        /// Its index among [`Live::charts`].
        chart: usize,
        /// What it shows now; series are known by their titles.
        data: Chart,
    },
    /// Of the prose.
    Prose {
        /// Index of the paragraph.
        line: usize,
        /// From where, in bytes of its text.
        from: usize,
        /// To where.
        to: usize,
        /// What stands there now.
        text: String,
        /// Whether it is marked yellow.
        highlight: bool,
    },
}

/// What becomes of a control's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// It stays.
    Same,
    /// This text instead.
    Text {
        /// The text.
        text: String,
        /// Whether the mark that something is missing is set or taken away; it stays as it is without.
        highlight: Option<bool>,
    },
    /// Text and controls instead.
    Pieces(Vec<Inline>),
}

/// A piece of a control's new content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Text.
    Text(String),
    /// A control of its own.
    Control(Fill),
}

/// Reads the controls whose tag begins with `prefix`, and those without a tag: LibreOffice 7.4 loses tags.
///
/// # Errors
/// The file is no .docx, too large, damaged or unsafe.
pub fn read_live(bytes: &[u8], prefix: &str) -> Result<Live, DocxFault> {
    let (package, set_aside) = guard::admit(bytes)?;
    let looks = Looks::of(&package)?;
    let mut live = Live { set_aside, ..Live::default() };
    for name in parts(&package)? {
        let text = package.text(&name)?;
        let scan = Scan::read(&text, prefix).map_err(|what| bad_part(&name, &what))?;
        scan.describe(&name, &looks, &mut live);
    }
    live.charts = charts::held(&package)?.into_iter().map(|(_, chart)| chart).collect();
    Ok(live)
}

/// The parts a person writes in: the document, headers, footers, notes, comments.
fn parts(package: &Package) -> Result<Vec<String>, DocxFault> {
    let mut parts = package.text_parts()?;
    parts.extend(package.comments()?);
    Ok(parts)
}
