//! The one integration test binary. A module per subject; `tidy` reads the repository itself, `support` is what the others
//! share. Deliberately absent: tests of one crate's inside, which stand in that crate.

#![allow(
    clippy::allow_attributes,
    clippy::large_stack_arrays,
    clippy::print_stdout,
    clippy::ptr_arg,
    clippy::too_many_lines,
    reason = "tests list what they saw, and tell one story from beginning to end"
)]

mod accounts;
mod audit;
mod blanks;
mod boundaries;
mod commands;
mod demo;
mod documents;
mod figures;
mod foreign;
mod history;
mod hostile;
mod intake;
mod kill;
mod ledger;
#[path = "../../../../benches/src/long.rs"]
mod long;
mod matching;
mod parcels;
mod publishing;
mod refresh;
mod returns;
mod sheets;
mod support;
mod tidy;
mod trace;
mod workshop;
