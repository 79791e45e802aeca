//! Bytes as a Word template.
#![no_main]

use libfuzzer_sys::fuzz_target;
use office::docx;

fuzz_target!(|data: &[u8]| {
    drop(docx::template(data, &docx::Limits::default()));
});
