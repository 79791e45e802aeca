//! The vocabulary of Parkledger: books, entries, amounts with units, periods, expressions, definitions, findings,
//! wording. What a clerk would recognise on the whiteboard, and nothing else.
//!
//! Deliberately absent: input and output, async, the clock, randomness, and every book, figure or report by name –
//! those are data under `content/`.

pub mod calendar;
pub mod content;
pub mod definition;
pub mod entry;
pub mod expr;
pub mod field;
pub mod finding;
pub mod id;
pub mod identity;
pub mod period;
pub mod text;
pub mod unit;
pub mod value;
pub mod wording;
