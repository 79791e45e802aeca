//! The worked example and the fifty situations of land parcels, one test each, with the answer written beside it.

mod invariants;
#[expect(dead_code, reason = "a builder offers what situations may need")]
mod park;
mod worked;
