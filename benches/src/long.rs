//! A long report: the pages and figures of an ordinary one repeated, as a yearly document of sixty pages would have them.
//!
//! Paragraphs with figures are copied until there are enough – a figure that is said again is a control that was pasted –,
//! paragraphs without any are copied until there are pages enough. The tests of the binary use this file too.
//!
//! Deliberately absent: pictures and tables; they cost a refresh nothing.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Letters on a page of GB/T 9704: 22 lines of 28.
const LETTERS_OF_PAGE: usize = 22 * 28;
const DOCUMENT: &str = "word/document.xml";

/// Makes a document of at least so many pages and figures from one that a report was built into.
///
/// # Errors
/// The bytes are no such document.
pub fn long(
    built: &[u8],
    pages: usize,
    figures: usize,
) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut archive = ZipArchive::new(Cursor::new(built))?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let name = file.name()?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        if name == DOCUMENT {
            content = lengthened(&String::from_utf8(content)?, pages, figures).into_bytes();
        }
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&content)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn lengthened(xml: &str, pages: usize, figures: usize) -> String {
    let end = xml.rfind("<w:sectPr").unwrap_or(xml.len());
    let lines = paragraphs(&xml[..end]);
    let tagged = |line: &str| line.matches("<w:tag w:val=\"pl:").count() - line.matches("\"pl:if:").count();
    let (mut found, mut letters) = (tagged(xml), letters(xml));
    let mut more = String::new();
    for line in lines.iter().filter(|line| tagged(line) > 0).cycle() {
        if found >= figures {
            break;
        }
        found += tagged(line);
        letters += self::letters(line);
        more.push_str(line);
    }
    let plain: Vec<&&str> =
        lines.iter().filter(|line| tagged(line) == 0 && self::letters(line) > 60).collect();
    for line in plain.iter().cycle().take(if plain.is_empty() { 0 } else { 100_000 }) {
        if letters >= pages * LETTERS_OF_PAGE {
            break;
        }
        letters += self::letters(line);
        more.push_str(line);
    }
    format!("{}{more}{}", &xml[..end], &xml[end..])
}

/// The paragraphs that stand in no table.
fn paragraphs(body: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(start) = rest.find("<w:p>") {
        if let Some(table) = rest[..start].find("<w:tbl>") {
            let Some(end) = rest[table..].find("</w:tbl>") else { break };
            rest = &rest[table + end..];
            continue;
        }
        let Some(end) = rest[start..].find("</w:p>") else { break };
        let end = start + end + "</w:p>".len();
        found.push(&rest[start..end]);
        rest = &rest[end..];
    }
    found
}

/// Letters a reader sees, nearly: everything outside of tags.
fn letters(xml: &str) -> usize {
    xml.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.chars().count()).sum()
}
