//! A fresh .docx from a plain manuscript, in the page and type style of GB/T 9704-2012.
//!
//! Deliberately absent: any content of its own, and the measures, which are in `styles`. To set another kind of
//! paragraph: its style there, one line in [`style_of`].

use std::fmt::Write as _;

use super::assemble::{Properties, core_properties};
use super::manuscript::{Manuscript, Para, ParaKind, stretches};
use super::package::{CONTENT_TYPES, OFFICE_RELS, Package, ROOT_RELS};
use super::styles::{self, HEAD, NAMESPACES, Page};
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
    let page = if manuscript.form { &styles::FORM } else { &styles::TEXT };
    let about = Properties { title: manuscript.title.clone(), ..Properties::default() };
    let parts = [
        (CONTENT_TYPES, TYPES.to_owned()),
        (ROOT_RELS, ROOT.to_owned()),
        ("docProps/core.xml", core_properties(&about)),
        ("word/document.xml", document(manuscript, page)),
        ("word/_rels/document.xml.rels", document_rels()),
        ("word/styles.xml", styles::styles(page)),
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

fn document(manuscript: &Manuscript, page: &Page) -> String {
    let mut out = format!("{HEAD}<w:document {NAMESPACES}><w:body>");
    let mut after_table = false;
    for para in &manuscript.paragraphs {
        let is_table = matches!(para.kind, ParaKind::Table(_));
        if is_table && after_table {
            push_paragraph("GwBody", "", "", &mut out);
        }
        push_para(para, page, &mut out);
        after_table = is_table;
    }
    if after_table || manuscript.paragraphs.is_empty() {
        push_paragraph("GwBody", "", "", &mut out);
    }
    out.push_str(page.section);
    out.push_str("</w:body></w:document>");
    out
}

fn push_para(para: &Para, page: &Page, out: &mut String) {
    match &para.kind {
        ParaKind::Table(rows) => push_table(rows, page.width, out),
        kind => push_paragraph(style_of(kind), "", &para.text, out),
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

/// A paragraph of a style, with properties that differ from it.
fn push_paragraph(style: &str, own: &str, text: &str, out: &mut String) {
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    out.push_str(style);
    out.push_str("\"/>");
    out.push_str(own);
    out.push_str("</w:pPr>");
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

/// A column: how wide, in twips, and whether numbers stand in it, at the right.
#[derive(Clone, Copy)]
struct Column {
    width: usize,
    right: bool,
}

/// The columns of a row of dashes, wide as it says.
fn ruled(row: &[String], all: usize) -> Option<Vec<Column>> {
    let dashes: Vec<usize> = row.iter().map(|cell| cell.matches('-').count()).collect();
    let ruled = row.iter().zip(&dashes).all(|(cell, n)| *n > 0 && cell.trim_end_matches(':').len() == *n);
    let sum: usize = dashes.iter().sum();
    let column = |(cell, n): (&String, &usize)| Column { width: all * n / sum, right: cell.ends_with(':') };
    (ruled && !row.is_empty()).then(|| row.iter().zip(&dashes).map(column).collect())
}

fn push_table(rows: &[Vec<String>], all: usize, out: &mut String) {
    let given = rows.iter().find_map(|row| ruled(row, all));
    let rows: Vec<&Vec<String>> = rows.iter().filter(|row| ruled(row, all).is_none()).collect();
    let count = rows.iter().map(|row| row.len()).max().unwrap_or(0).max(1);
    let alike = || vec![Column { width: all / count, right: false }; count];
    let columns = given.filter(|given| given.len() == count).unwrap_or_else(alike);
    out.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"GwTable\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/>");
    out.push_str("<w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for column in &columns {
        let _ = write!(out, "<w:gridCol w:w=\"{}\"/>", column.width);
    }
    out.push_str("</w:tblGrid>");
    let head = rows.iter().position(|row| row.len() == count).filter(|_| rows.len() > 1);
    for (number, row) in rows.iter().enumerate() {
        let is_head = head == Some(number);
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if is_head && number == 0 {
            out.push_str("<w:tblHeader/>");
        }
        out.push_str("</w:trPr>");
        for cell in 0..count.min(row.len().max(1)) {
            // The last cell of a short row takes the rest of the table.
            let last = if cell + 1 >= row.len() { count } else { cell + 1 };
            push_cell(row.get(cell).map_or("", String::as_str), &columns[cell..last], is_head, out);
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

/// A cell over one column or several.
fn push_cell(text: &str, columns: &[Column], is_head: bool, out: &mut String) {
    let width: usize = columns.iter().map(|column| column.width).sum();
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if columns.len() > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", columns.len());
    }
    out.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let style = match text {
        _ if text.starts_with("{%") => "GwControl",
        _ if is_head => "GwCellHead",
        _ => "GwCell",
    };
    let right = style == "GwCell" && matches!(columns, [Column { right: true, .. }]);
    push_paragraph(style, if right { "<w:jc w:val=\"right\"/>" } else { "" }, text, out);
    out.push_str("</w:tc>");
}

#[cfg(test)]
mod tests {
    use super::super::manuscript::parse_manuscript;
    use super::*;

    #[test]
    fn a_row_of_dashes_rules_the_columns() {
        // Three and one dash of 9,864 twips: 7,398 and 2,466; numbers stand at the right, heads do not.
        let text = document(&parse_manuscript("#= 表\n\n|---|-:|\n|数据|数值|\n|税收|5|\n"), &styles::FORM);
        assert!(text.contains("<w:gridCol w:w=\"7398\"/><w:gridCol w:w=\"2466\"/>"), "{text}");
        assert_eq!(text.matches("<w:jc w:val=\"right\"/>").count(), 1, "{text}");
        assert_eq!(text.matches("<w:tr>").count(), 2, "the dashes are no row");
        assert_eq!(ruled(&["–".to_owned()], 100).map(|columns| columns.len()), None);
    }
}
