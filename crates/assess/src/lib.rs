//! Judgement (评价): facts about parcels or enterprises and a scheme in; scores, grades and their explanation out.
//!
//! [`facts`] is the seam: whoever gathers data fills it, whoever judges reads it, and neither knows the other. The same
//! engine judges parcels and enterprises, so that both views stand side by side.
//!
//! Deliberately absent: input and output, the clock, floats, geometry, and every book, figure, measure or scheme by name –
//! schemes are data under `content/schemes`, measures under `content/measures.toml`.
//!
//! To add a rule of schemes: a form in `model::definition`, its reading in `model::content`, its effect in one module here.

pub mod attribution;
pub mod commitment;
pub mod coverage;
pub mod effects;
pub mod explain;
pub mod facts;
pub mod idle;
pub mod ladder;
pub mod matching;
pub mod merge;
pub mod messages;
pub mod points;
pub mod policy;
pub mod potential;
pub mod run;
pub mod scheme;
pub mod screen;
pub mod simulate;
pub mod status;
pub mod trend;
pub mod vectors;
