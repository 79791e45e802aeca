//! A fresh .docx from a plain manuscript, in the page and type style of GB/T 9704-2012.
//!
//! Deliberately absent: any content of its own, and the measures, which are in `styles`. To set another kind of
//! paragraph: its style there, one line in [`style_of`].

use std::fmt::Write as _;

use super::assemble::{Properties, core_properties};
use super::manuscript::{Manuscript, Para, ParaKind, stretches};
use super::package::{CONTENT_TYPES, OFFICE_RELS, Package, ROOT_RELS};
use super::styles::{self, HEAD, NAMESPACES, SECTION, TEXT_WIDTH};
use super::xml::{self, Braces};

const TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/fontTable.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer2.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/docProps/core.xml\" ",
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    "</Types>"
);

const ROOT: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" ",
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" ",
    "Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" ",
    "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" ",
    "Target=\"docProps/core.xml\"/></Relationships>"
);

/// Composes a .docx; the same manuscript gives the same bytes.
pub fn compose(manuscript: &Manuscript) -> Vec<u8> {
    let about = Properties { title: manuscript.title.clone(), ..Properties::default() };
    let parts = [
        (CONTENT_TYPES, TYPES.to_owned()),
        (ROOT_RELS, ROOT.to_owned()),
        ("docProps/core.xml", core_properties(&about)),
        ("word/document.xml", document(manuscript)),
        ("word/_rels/document.xml.rels", document_rels()),
        ("word/styles.xml", styles::styles()),
        ("word/settings.xml", styles::SETTINGS.to_owned()),
        ("word/fontTable.xml", styles::fonts()),
        ("word/footer1.xml", styles::footer("GwPageOdd")),
        ("word/footer2.xml", styles::footer("GwPageEven")),
    ];
    let entries = parts.into_iter().map(|(name, content)| (name.to_owned(), content.into_bytes())).collect();
    Package { entries }.write()
}

fn document_rels() -> String {
    const PARTS: [(&str, &str); 5] = [
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footer", "footer1"),
        ("footer", "footer2"),
    ];
    let mut lines = String::new();
    for (index, (kind, file)) in PARTS.iter().enumerate() {
        let id = index + 1;
        let _ = write!(
            lines,
            "<Relationship Id=\"rId{id}\" Type=\"{OFFICE_RELS}/{kind}\" Target=\"{file}.xml\"/>"
        );
    }
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{lines}\
         </Relationships>"
    )
}

fn document(manuscript: &Manuscript) -> String {
    let mut out = format!("{HEAD}<w:document {NAMESPACES}><w:body>");
    let mut after_table = false;
    for para in &manuscript.paragraphs {
        let is_table = matches!(para.kind, ParaKind::Table(_));
        if is_table && after_table {
            push_paragraph("GwBody", "", &mut out);
        }
        push_para(para, &mut out);
        after_table = is_table;
    }
    if after_table || manuscript.paragraphs.is_empty() {
        push_paragraph("GwBody", "", &mut out);
    }
    out.push_str(SECTION);
    out.push_str("</w:body></w:document>");
    out
}

fn push_para(para: &Para, out: &mut String) {
    match &para.kind {
        ParaKind::Table(rows) => push_table(rows, out),
        kind => push_paragraph(style_of(kind), &para.text, out),
    }
}

fn style_of(kind: &ParaKind) -> &'static str {
    match kind {
        ParaKind::Title => "GwTitle",
        ParaKind::Heading1 => "GwHeading1",
        ParaKind::Heading2 => "GwHeading2",
        ParaKind::Heading3 => "GwHeading3",
        ParaKind::Body => "GwBody",
        ParaKind::Signature => "GwSignature",
        ParaKind::Date => "GwDate",
        ParaKind::Note => "GwNote",
        ParaKind::Control => "GwControl",
        ParaKind::Table(_) => "GwCell",
    }
}

fn push_paragraph(style: &str, text: &str, out: &mut String) {
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    out.push_str(style);
    out.push_str("\"/></w:pPr>");
    for (stretch, bold) in stretches(text) {
        // The hint sets quotation marks and dashes in the Chinese face, full width.
        out.push_str("<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/>");
        if bold {
            out.push_str("<w:b/><w:bCs/>");
        }
        out.push_str("</w:rPr><w:t xml:space=\"preserve\">");
        xml::escape(&stretch, Braces::Plain, out);
        out.push_str("</w:t></w:r>");
    }
    out.push_str("</w:p>");
}

fn push_table(rows: &[Vec<String>], out: &mut String) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let width = TEXT_WIDTH / columns;
    let grid = format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"GwTable\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>");
    out.push_str("<w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    out.push_str(&grid);
    out.push_str("</w:tblGrid>");
    let head = rows.iter().position(|row| row.len() == columns).filter(|_| rows.len() > 1);
    for (number, row) in rows.iter().enumerate() {
        let is_head = head == Some(number);
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if is_head && number == 0 {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        for cell in 0..columns.min(row.len().max(1)) {
            let spans = if cell + 1 == row.len() { columns - cell } else { 1 };
            push_cell(row.get(cell).map_or("", String::as_str), &Cell { width, spans, is_head }, out);
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// How a cell stands in its table.
struct Cell {
    width: usize,
    spans: usize,
    is_head: bool,
}

fn push_cell(text: &str, cell: &Cell, out: &mut String) {
    let width = cell.width * cell.spans;
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if cell.spans > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", cell.spans);
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let style = match text {
        _ if text.starts_with("{%") => "GwControl",
        _ if cell.is_head => "GwCellHead",
        _ => "GwCell",
    };
    push_paragraph(style, text, out);
    out.push_str("</w:tc>");
}
