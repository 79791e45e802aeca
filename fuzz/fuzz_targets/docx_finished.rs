//! Bytes as a finished Word document: read, annotated and changed when it can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::docx::{self, Author, Change, Content, Note};

fuzz_target!(|data: &[u8]| {
    let Ok(read) = docx::read_finished(data) else { return };
    drop(docx::read_basis(data));
    let note = |(n, paragraph): (usize, &docx::Paragraph)| Note {
        part: paragraph.part.clone(),
        paragraph: n,
        range: Some((n, paragraph.text.chars().count().saturating_sub(n))),
        text: paragraph.text.clone(),
    };
    let notes: Vec<Note> = read.paragraphs.iter().enumerate().take(3).map(note).collect();
    let author = Author { name: String::new(), at: String::new() };
    if let Ok((bytes, _)) = docx::annotate(data, &notes, &author) {
        docx::read_finished(&bytes).expect("what was written can be read");
    }
    let Ok(live) = docx::read_live(data, "pl:") else { return };
    let change = |control| Change::Control {
        control,
        tag: None,
        alias: None,
        content: Content::Text { text: "1".to_owned(), highlight: None },
    };
    let changes: Vec<Change> = (0..live.controls.len()).map(change).collect();
    if let Ok(bytes) = docx::splice(data, "pl:", &changes, None) {
        docx::read_live(&bytes, "pl:").expect("what was written can be read");
    }
});
