//! Bytes as a finished Word document: read, and annotated when it can be read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::docx::{self, Author, Note};

fuzz_target!(|data: &[u8]| {
    let Ok(read) = docx::read_finished(data) else { return };
    drop(docx::read_basis(data));
    let note = |(n, paragraph): (usize, &docx::Paragraph)| Note {
        part: paragraph.part.clone(),
        paragraph: n,
        text: paragraph.text.clone(),
    };
    let notes: Vec<Note> = read.paragraphs.iter().enumerate().take(3).map(note).collect();
    let author = Author { name: String::new(), at: String::new() };
    if let Ok((bytes, _)) = docx::annotate(data, &notes, &author) {
        docx::read_finished(&bytes).expect("what was written can be read");
    }
});
