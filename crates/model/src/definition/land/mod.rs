//! Land parcels: which books hold them, and which field of each book says what.
//!
//! Code asks for a [`LandRole`] and a [`LandPart`]; `content/pages/parcels.toml` says which field of the book with that role
//! it is, and what the choices of a field mean. Deliberately absent: judging anything, geometry. To add a part: a line in
//! `parts.rs` and its place in [`LandRole::parts`] (`roles.rs`).

mod parts;
mod roles;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::id::{BookId, FieldId, MeasureId};

pub use parts::LandPart;
pub use roles::{COMMITMENT_OPS, LandRole};

/// An enum whose members are words of the content.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the content.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one of a word.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

use words;

/// What parcels are read from: books by role.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParcelsPage {
    /// Each role the content has a book for.
    pub books: BTreeMap<LandRole, LandBook>,
    /// The scheme evaluations use when nobody names one.
    pub scheme: Option<String>,
    /// How empty rooms are given out; none when the content does not say.
    pub matching: Option<MatchingRule>,
    /// The unit a rate of a policy is told in, by the policy: what is asked for where none is on record.
    pub rate_units: BTreeMap<String, String>,
    /// By which words attributes of a file of boundaries are found.
    pub drawing: DrawingWords,
}

/// Headings of the attributes beside boundaries, as offices write them. A heading is one of these, whatever unit or number
/// stands behind it; the first that a file has counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DrawingWords {
    /// Which parcel it is: code, unit code or number.
    pub code: Vec<String>,
    /// Its area by paper.
    pub area: Vec<String>,
    /// Who holds it.
    pub holder: Vec<String>,
}

/// How empty rooms are given to who looks for room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MatchingRule {
    /// Whether a room may be divided among several.
    pub divide: bool,
    /// What placing anybody counts, beside what it brings (万元 a year).
    pub placed: Decimal,
    /// The share by which a wish for the parcel raises what a need brings.
    pub wished: Decimal,
    /// What a ㎡ counts that is taken beyond what was asked for (万元 a year).
    pub waste: Decimal,
}

impl ParcelsPage {
    /// The book of a role.
    pub fn book(&self, role: LandRole) -> Option<&LandBook> {
        self.books.get(&role)
    }
}

/// A book of a role: which of its fields says what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LandBook {
    /// The book.
    pub book: BookId,
    /// Its fields by what they say.
    pub fields: BTreeMap<LandPart, FieldId>,
    /// What the texts of a field mean, by part: the text of the content to a word of the program.
    pub means: BTreeMap<LandPart, BTreeMap<String, String>>,
    /// Fields that hold the value of a measure each, by the measure's id.
    pub measures: BTreeMap<MeasureId, FieldId>,
}

impl LandBook {
    /// The field that says something.
    pub fn field(&self, part: LandPart) -> Option<&FieldId> {
        self.fields.get(&part)
    }

    /// What a text of a part means.
    pub fn meaning(&self, part: LandPart, text: &str) -> Option<&str> {
        self.means.get(&part)?.get(text).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_names_each_of_its_parts_once() {
        for role in LandRole::ALL {
            let (required, parts) = role.parts();
            let mut once = parts.to_vec();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), parts.len(), "{role:?}");
            assert!(required <= parts.len(), "{role:?}");
        }
    }

    #[test]
    fn words_lead_back() {
        for part in LandPart::ALL {
            assert_eq!(LandPart::named(part.word()), Some(*part));
        }
        assert_eq!(LandRole::named("occupancy"), Some(LandRole::Occupancy));
        assert_eq!(LandPart::named("nonsense"), None);
    }
}
