//! Reading and writing books, on small parks.

mod grid;
mod returns;
mod writing;
