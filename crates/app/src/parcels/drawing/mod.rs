//! Files of boundaries: read by a worker, placed on the map, checked, compared with the ledger, accepted as one revision.
//!
//! A file waits in the staging area with what a person said of it (its coordinate system); everything else is worked out
//! when it is looked at, so that it is always compared with the ledger as it is. A boundary's origin is the file and the
//! number of its feature. Deliberately absent: formats, coordinate systems and checks (`land`), making parcels – a feature
//! that is no parcel of the ledger is told and not written.

mod accept;
mod beside;
mod columns;
mod placed;
mod stage;
mod view;

use serde::{Deserialize, Serialize};

pub use accept::accept_drawing;
pub use stage::{Arrived, answer_drawing, drawings, drop_drawing, keep_drawing, stage_drawing};
pub use view::drawing;

pub(crate) use placed::told;
pub(crate) use stage::{KnownReadings, known_readings};

/// What is kept of a file beside its bytes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawingNote {
    /// What marks the note as one of this kind.
    drawing: Mark,
    /// The coordinate system a person named, as `land` prints it.
    crs: Option<String>,
    /// Whether north is written first, where a person said so.
    north_first: Option<bool>,
    /// The attribute a person named that says which parcel a feature is.
    #[serde(default)]
    column: Option<String>,
}

/// Says that a staged file is one of boundaries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mark {
    /// It is.
    #[default]
    Boundaries,
}

impl DrawingNote {
    /// The note of a staged file; nothing when it is a workbook's.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    fn write(&self) -> String {
        serde_json::to_string(self).expect("a note is texts and flags, always JSON")
    }
}
