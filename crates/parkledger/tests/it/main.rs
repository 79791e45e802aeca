//! The one integration test binary. A module per subject; `tidy` reads the repository itself, `support` is what the others
//! share. Deliberately absent: tests of one crate's inside, which stand in that crate.

mod blanks;
mod demo;
mod figures;
mod hostile;
mod kill;
mod support;
mod tidy;
