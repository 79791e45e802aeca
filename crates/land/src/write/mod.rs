//! Features to map files.
