//! Land parcels (地块): the register with its map, what enterprises give on them, coverage, frozen evaluations with their
//! publication and objections, what-ifs, boundaries from files, documents and exports.
//!
//! Which books and fields speak of land is content (`pages/parcels.toml`): [`ground`] is the one place that reads them, by
//! role and part. Geometry is computed by `land`, judgements by `assess`; here they are fed, frozen and shown. Deliberately
//! absent: HTTP, formulas, coordinate systems, and every book or field by name.

mod coverage;
mod fault;
pub(crate) mod gather;
mod ground;
mod list;
mod map;
mod measured;
mod select;
pub mod shapes;
mod view;

pub use coverage::coverage;
pub use fault::{ParcelsFault, Result};
pub use list::{ListQuestion, parcels};
pub use map::{MapQuestion, map};
pub use view::parcel;
