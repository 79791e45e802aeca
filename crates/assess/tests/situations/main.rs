//! The worked example and the fifty situations of land parcels, one test each, with the answer written beside it.

mod graded;
mod invariants;
mod judge;
mod parcels;
mod park;
#[path = "../shared/mod.rs"]
mod shared;
mod table;
mod tenants;
mod worked;
