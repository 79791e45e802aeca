//! The use cases of Parkledger: import, compute, report, back up, demonstrate. It owns transactions, the clock and the
//! worker processes, and says what every command line, page and test may ask for.
//!
//! Deliberately absent: HTTP, the terminal, SQL (that is `store`), formulas (that is `figures`), and every book, figure or
//! report by name.

pub mod access;
pub mod asof;
pub mod books;
pub mod care;
pub mod catalogue;
pub mod clock;
pub mod compute;
pub mod definitions;
pub mod demo;
pub mod desk;
pub mod enterprises;
pub mod explore;
pub mod filings;
pub mod import;
pub mod intake;
pub mod jobs;
pub mod ladders;
pub mod ledger;
pub mod library;
mod lru;
pub mod matching;
pub mod messages;
pub mod naming;
pub mod overview;
pub mod parcels;
pub mod park;
pub mod parks;
pub mod policies;
pub mod pools;
pub mod portal;
pub mod progress;
pub mod projects;
pub mod promotion;
pub mod publishing;
pub mod report;
pub mod reporting;
pub mod shapes;
pub mod sheets;
pub mod showcase;
pub mod table_file;
pub mod tasks;
#[cfg(test)]
mod tests;
pub mod uses;
pub mod visits;
pub mod worker;

pub use figures;
pub use store::digest_hex;
