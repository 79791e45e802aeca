//! Tests of the whole crate over a made-up park; expectations are computed by hand in comments.

mod park;
mod periods;
