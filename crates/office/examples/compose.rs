//! Makes a template file from a plain manuscript: `compose IN.txt OUT.docx`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else {
        return fail("usage: compose IN.txt OUT.docx");
    };
    let text = match std::fs::read_to_string(from) {
        Ok(text) => text,
        Err(error) => return fail(&format!("{from}: {error}")),
    };
    let bytes = parkledger_office::docx::compose(&parkledger_office::docx::parse_manuscript(&text));
    // A template with a wrong tag is found here and not by the first clerk who uses it.
    if let Err(fault) = parkledger_office::docx::template(&bytes, &parkledger_office::docx::Limits::default())
    {
        return fail(&format!("{fault}\n{}", fault.hint()));
    }
    match std::fs::write(to, bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{to}: {error}")),
    }
}

#[expect(clippy::print_stderr, reason = "a command line program speaks on the terminal")]
fn fail(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::FAILURE
}
