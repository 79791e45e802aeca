//! The binary: the command line and the web server over the use cases of `app`.
//!
//! Deliberately absent: any rule of the domain. A command parses its arguments, calls one use case and prints.

mod cli;
mod http;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
