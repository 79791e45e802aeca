//! Coordinate systems: which one a file is in, and the way to CGCS2000 longitude and latitude and back.
//!
//! Deliberately absent: datum shifts with parameters that are not public (Xi'an 1980, Beijing 1954), grids, heights.
//!
//! To add a system: a variant of [`Crs`] with its name in `system`, its way in `project`, what speaks for it in
//! `detect`.

pub mod detect;
mod project;
pub mod shift;
mod stated;
mod system;
mod text;
mod wkt;

pub use detect::{Detection, Neighbourhood, Question, detect, frame_for};
pub use project::{CHINA, Projector, place};
pub use stated::Stated;
pub use system::{Crs, Frame, Mercator, UnknownCrs, Width, Zone};
