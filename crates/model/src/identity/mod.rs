//! Identity: codes that say who an enterprise or a parcel is, and how far they can be trusted.
//!
//! Deliberately absent: looking anybody up. These are pure functions of the code's own characters.

pub mod orgcode;
pub mod parcel;
pub mod uscc;
