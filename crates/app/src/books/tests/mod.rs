//! Reading and writing books, on small parks.

mod grid;
mod writing;
