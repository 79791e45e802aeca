//! Reading and writing books, on small parks.

mod grid;
mod returns;
mod speed;
mod writing;
