//! Tests of the whole crate over a made-up park; expectations are computed by hand in comments.

mod comparisons;
mod kernels;
mod park;
mod periods;
mod properties;
mod questions;
mod why;
