//! The one integration test binary. A module per subject; `tidy` reads the repository itself.

mod tidy;
