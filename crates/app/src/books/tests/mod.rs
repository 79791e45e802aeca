//! Reading and writing books, on small parks.

mod grid;
mod known;
mod returns;
mod speed;
mod writing;
