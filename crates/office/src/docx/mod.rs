//! Word files: templates in, filled documents with content controls out, and their outline back.
//!
//! A template is a .docx that a clerk edits in Word or WPS; its text holds slots `{{ … }}` and tags `{% … %}`.
//! [`template()`] turns it into template *source* per part, somebody else renders that source, and [`assemble()`] turns
//! the rendered parts back into a .docx in which every token (see [`token`]) has become a content control.
//! A [`Chart`] becomes a native Word chart with its workbook. [`preview()`] shows the same rendered part as blocks for a screen.
//! [`outline()`] reads the text and the controls of any .docx, [`insert()`] puts text into it at a paragraph, [`annotate()`] puts comments beside its paragraphs, [`read_basis`] the basis stored beside them,
//! [`read_live`] and [`splice()`] find and change the controls of a document that people have gone on writing in, and
//! [`compose()`] makes a fresh template in the page and type style of GB/T 9704-2012.
//!
//! Deliberately absent: figures, the template engine and what a slot means. Old .doc files, macros, embedded objects
//! and linked content are refused, never converted.
//!
//! To accept another block tag: one line in `tags::KEYWORDS` and its balance in `template::balance`.

mod annotate;
mod assemble;
mod chart;
mod compose;
mod guard;
mod insert;
mod live;
mod looks;
mod manuscript;
mod mend;
mod messages;
mod outline;
mod package;
mod preview;
mod styles;
mod tags;
mod template;
#[cfg(test)]
mod tests;
mod xml;

pub use annotate::{Author, Note, annotate};
pub use assemble::{Fill, Properties, TOKEN_CLOSE, TOKEN_OPEN, assemble, read_basis, token};
pub use chart::{Chart, Drawn, Series, chart_part, chart_token};
pub use compose::compose;
pub use insert::{Put, insert};
pub use live::{Change, Content, Held, HeldChart, HeldSeries, Inline, Line, Live, read_live, splice};
pub use looks::{Align, Look, Looks};
pub use manuscript::{Manuscript, Para, ParaKind, parse_manuscript};
pub use outline::{Control, Finished, Paragraph, basis_attributes, outline, read_finished};
pub use preview::{Block, CellBlock, ParagraphBlock, RunBlock, preview};
pub use template::{SlotPlace, Template, TemplatePart, template};

/// What a .docx may cost before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most entries in the zip.
    pub parts: usize,
    /// Most bytes of one part, unpacked.
    pub part_bytes: u64,
    /// Most bytes of all parts together, unpacked.
    pub total_bytes: u64,
    /// Most unpacked bytes per packed byte of a part larger than 1 MiB.
    pub ratio: u64,
    /// Most slots and tags in the whole template.
    pub slots: usize,
}

impl Default for Limits {
    /// Generous for a report of several hundred pages with pictures: 2,000 parts, 64 MiB a part, 256 MiB together,
    /// 200 to 1, 20,000 slots.
    fn default() -> Self {
        Self { parts: 2_000, part_bytes: 64 << 20, total_bytes: 256 << 20, ratio: 200, slots: 20_000 }
    }
}

/// Why a Word file or a rendered part was refused. `Display` gives the sentence, [`DocxFault::hint`] what to do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum DocxFault {
    /// The bytes are no Word file.
    NotDocx(NotDocx),
    /// A part carries something that acts on its own or loads from elsewhere.
    Unsafe {
        /// Name of the part in the zip.
        part: String,
        /// What was found.
        danger: Danger,
        /// The name, address or field code that was found.
        detail: String,
    },
    /// The file is larger than [`Limits`] allow.
    TooLarge {
        /// Name of the part, empty for the whole file.
        part: String,
        /// What was measured.
        measure: Measure,
        /// The limit that was passed.
        limit: u64,
    },
    /// A part is not the XML it must be.
    BadPart {
        /// Name of the part in the zip.
        part: String,
        /// The technical reason.
        what: String,
    },
    /// A slot or tag of the template is wrong.
    BadTag {
        /// Name of the part in the zip.
        part: String,
        /// Number of the paragraph in its part, counted from 1 and including those in tables.
        paragraph: usize,
        /// The tag or the text around it.
        text: String,
        /// What is wrong with it.
        what: TagFault,
    },
    /// A rendered part cannot become a part of a Word file.
    BadRendered {
        /// Name of the part in the zip.
        part: String,
        /// The technical reason.
        what: String,
    },
    /// A fill or the basis cannot be stored.
    BadFill {
        /// Index of the fill; `None` for the basis.
        index: Option<usize>,
        /// The technical reason.
        what: String,
    },
}

/// Why bytes are no Word file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NotDocx {
    /// Something else altogether.
    OtherFormat,
    /// An old .doc or a password-protected .docx: both are OLE files.
    OldOrEncrypted,
    /// The zip is cut off or damaged.
    Damaged,
    /// A zip without a Word document in it.
    NoDocument,
}

/// What a safe Word file must not carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Danger {
    /// A name that leaves its folder, or two parts with one name.
    PartName,
    /// A document type declaration.
    Doctype,
    /// VBA or macro sheets.
    Macro,
    /// OLE or ActiveX objects.
    Object,
    /// A zip or OLE file inside the file.
    Nested,
    /// Foreign content merged on opening.
    AltChunk,
    /// A field that runs or loads something.
    Field,
    /// A relationship to something outside that is no hyperlink.
    External,
}

/// Something in a finished document that was taken out before it was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SetAside {
    /// Name of the part in the zip.
    pub part: String,
    /// What it is.
    pub danger: Danger,
    /// The address that was found.
    pub detail: String,
}

/// What [`Limits`] measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Measure {
    /// Entries in the zip.
    Parts,
    /// Unpacked bytes.
    Bytes,
    /// Unpacked bytes per packed byte.
    Ratio,
    /// Slots and tags.
    Slots,
}

/// What is wrong with a slot or tag.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TagFault {
    /// `{{` or `{%` without its end in the same paragraph.
    Unclosed,
    /// `}}` or `%}` without a beginning.
    StrayEnd,
    /// Nothing between the braces.
    Empty,
    /// Longer than [`TAG_LETTERS`].
    TooLong,
    /// A brace inside.
    Brace,
    /// A quotation mark without its partner.
    Quote,
    /// A parenthesis without its partner.
    Parenthesis,
    /// A block tag that the grammar does not know.
    Keyword(String),
    /// A known block tag whose rest is missing or superfluous.
    Shape(String),
    /// A block that is opened and not closed among its neighbours.
    NotEnded(String),
    /// A closing or middle tag without its opening one among its neighbours.
    NotOpened(String),
    /// A control paragraph that also ends a section.
    SectionBreak,
}

/// Longest slot or tag, in characters.
pub const TAG_LETTERS: usize = 2_000;
