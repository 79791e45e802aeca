//! Which attribute of a file of boundaries says which parcel a feature is, what its area is by paper and who holds it.
//!
//! First the headings: `content/pages/parcels.toml` has those that offices write. Then the values: an attribute whose values are
//! codes, numbers or names of the ledger. Where several could be meant and would name different parcels, a person is asked.
//! Deliberately absent: reading the values (`placed.rs`), a list of headings.

use std::collections::HashSet;

use land::Feature;
use model::definition::DrawingWords;
use model::id::EntryId;
use model::identity::parcel;
use model::text::squeeze;

/// The attributes that were found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Columns {
    /// Says which parcel.
    pub code: Option<String>,
    /// Says its area by paper.
    pub area: Option<String>,
    /// Says who holds it.
    pub holder: Option<String>,
    /// Attributes that could say which parcel; more than one only when a person is or was asked.
    pub candidates: Vec<Candidate>,
}

/// An attribute that could say which parcel a feature is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Candidate {
    /// Its heading.
    pub name: String,
    /// How many of its values are parcels of the ledger.
    pub known: usize,
    /// How many have a value.
    pub filled: usize,
    /// Its first value.
    pub sample: String,
    /// How early its heading stands among those of the content.
    word: Option<usize>,
    /// The parcels its values name, feature by feature.
    named: Vec<Named>,
    /// How many have the form of a code.
    codes: usize,
}

/// The parcel that a value names.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Named {
    /// One of the ledger.
    Known(EntryId),
    /// One that the ledger has not, by its code.
    Code(String),
    /// None.
    Nothing,
}

impl Named {
    /// Whether two values cannot be the same parcel.
    fn conflicts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) => one != other,
            (Self::Code(one), Self::Code(other)) => one != other,
            _ => false,
        }
    }
}

impl Columns {
    /// Looks through the attributes; `named` is the one a person named.
    pub fn find(
        features: &[Feature],
        words: &DrawingWords,
        named: Option<&str>,
        known: &dyn Fn(&str) -> Option<EntryId>,
    ) -> Self {
        let names = names(features);
        let first = |words: &[String]| {
            let at = |name: &&String| words.iter().position(|word| is_heading(name, word));
            names.iter().filter(|name| at(name).is_some()).min_by_key(at).cloned()
        };
        let mut found = Self { area: first(&words.area), holder: first(&words.holder), ..Self::default() };
        let all: Vec<Candidate> = names
            .iter()
            .filter(|name| Some(*name) != found.area.as_ref() && Some(*name) != found.holder.as_ref())
            .map(|name| Candidate::of(name, features, words, known))
            .filter(|candidate| candidate.filled > 0)
            .collect();
        let (mut fit, values): (Vec<Candidate>, Vec<Candidate>) =
            all.into_iter().partition(|candidate| candidate.word.is_some());
        if fit.is_empty() {
            fit = by_values(values);
        }
        fit.sort_by_key(|candidate| (candidate.word, std::cmp::Reverse(candidate.known)));
        fit = without_doubt(fit);
        let named = named.filter(|named| names.iter().any(|name| name == named));
        found.code = match (named, fit.as_slice()) {
            (Some(named), _) => Some(named.to_owned()),
            (None, [only]) => Some(only.name.clone()),
            _ => None,
        };
        found.candidates = fit;
        found
    }

    /// Whether a person must say which attribute it is.
    pub fn open(&self) -> bool {
        self.code.is_none() && self.candidates.len() > 1
    }
}

impl Candidate {
    fn of(
        name: &str,
        features: &[Feature],
        words: &DrawingWords,
        known: &dyn Fn(&str) -> Option<EntryId>,
    ) -> Self {
        let values: Vec<&str> =
            features.iter().map(|feature| feature.attribute(name).unwrap_or_default()).collect();
        let named: Vec<Named> = values
            .iter()
            .map(|text| match (known(text), parcel::parse(text)) {
                (Some(id), _) => Named::Known(id),
                (None, Some(code)) => Named::Code(code.parcel),
                (None, None) => Named::Nothing,
            })
            .collect();
        let filled: Vec<&str> = values.into_iter().filter(|text| !text.trim().is_empty()).collect();
        Self {
            name: name.to_owned(),
            known: named.iter().filter(|named| matches!(named, Named::Known(_))).count(),
            filled: filled.len(),
            sample: filled.first().copied().unwrap_or_default().to_owned(),
            word: words.code.iter().position(|word| is_heading(name, word)),
            codes: filled.iter().filter(|text| parcel::parse(text).is_some()).count(),
            named,
        }
    }

    /// Whether the other names another parcel for one of the features.
    fn conflicts(&self, other: &Self) -> bool {
        self.named.iter().zip(&other.named).any(|(one, other)| one.conflicts(other))
    }
}

/// Attributes whose values say it: most of them name parcels of the ledger, or have the form of a code; else the one with
/// the most that do.
fn by_values(all: Vec<Candidate>) -> Vec<Candidate> {
    let most = |of: &Candidate| of.known * 2 > of.filled || of.codes * 2 > of.filled;
    if all.iter().any(most) {
        return all.into_iter().filter(most).collect();
    }
    let best = all.into_iter().filter(|of| of.known + of.codes > 0);
    best.max_by_key(|of| (of.known + of.codes, of.known)).into_iter().collect()
}

/// Of several attributes those that are left in doubt: one that names parcels of the ledger goes before those that name
/// none; attributes that name the same parcels are one.
fn without_doubt(mut fit: Vec<Candidate>) -> Vec<Candidate> {
    if fit.iter().any(|candidate| candidate.known > 0) {
        fit.retain(|candidate| candidate.known > 0);
    }
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in fit {
        if kept.is_empty() || kept.iter().all(|other| other.conflicts(&candidate)) {
            kept.push(candidate);
        }
    }
    kept
}

/// The headings of all features, in the order they come.
fn names(features: &[Feature]) -> Vec<String> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut names = Vec::new();
    for attribute in features.iter().flat_map(|feature| &feature.attributes) {
        if seen.insert(&attribute.name) {
            names.push(attribute.name.to_string());
        }
    }
    names
}

/// Whether a heading is this word, whatever unit stands behind it and however it is written.
fn is_heading(name: &str, word: &str) -> bool {
    let plain = |text: &str| {
        let text: String = squeeze(text).to_uppercase().chars().filter(|c| *c != '_').collect();
        text.split(['(', '（', '/']).next().unwrap_or_default().to_owned()
    };
    plain(name) == plain(word)
}

/// How names and codes are compared: a unit code (28 characters) names its parcel (19).
pub(super) fn key(text: &str) -> String {
    parcel::parse(text).map_or_else(|| squeeze(text), |code| code.parcel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use land::{Attribute, Place, Shape, Value};

    const ONE: &str = "330203002004GB00001";
    const TWO: &str = "330203002004GB00002";

    fn features(rows: &[&[(&str, &str)]]) -> Vec<Feature> {
        let attribute = |(name, text): &(&str, &str)| Attribute {
            name: (*name).into(),
            value: Value::Text((*text).to_owned()),
        };
        let feature = |row: &&[(&str, &str)]| Feature {
            shape: Shape::new(Vec::new()),
            attributes: row.iter().map(attribute).collect(),
            place: Place::default(),
        };
        rows.iter().map(feature).collect()
    }

    fn words() -> DrawingWords {
        let all = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        DrawingWords {
            code: all(&["宗地代码", "ZDDM", "BDCDYH"]),
            area: all(&["宗地面积", "MJ"]),
            holder: all(&["权利人"]),
        }
    }

    fn known(text: &str) -> Option<EntryId> {
        let all = [(ONE, 1), (TWO, 2), ("一号", 1), ("二号", 2)];
        all.iter().find(|(name, _)| *name == key(text)).map(|(_, id)| EntryId(*id))
    }

    fn find(rows: &[&[(&str, &str)]], named: Option<&str>) -> (Option<String>, Vec<String>) {
        let found = Columns::find(&features(rows), &words(), named, &known);
        (found.code, found.candidates.into_iter().map(|c| c.name).collect())
    }

    #[test]
    fn a_heading_goes_before_values() {
        // The neighbour's code has the form of a code too; the heading says which is meant.
        let rows: &[&[(&str, &str)]] = &[&[("邻宗", TWO), ("zddm", ONE)], &[("邻宗", ONE), ("zddm", TWO)]];
        assert_eq!(find(rows, None).0.as_deref(), Some("zddm"));
    }

    #[test]
    fn values_say_it_where_no_heading_does() {
        let rows: &[&[(&str, &str)]] = &[&[("F1", "甲"), ("F2", ONE)], &[("F1", "乙"), ("F2", TWO)]];
        assert_eq!(find(rows, None).0.as_deref(), Some("F2"));
    }

    #[test]
    fn a_unit_code_beside_the_code_of_its_parcel_is_no_question() {
        let unit = format!("{ONE}W00000000");
        let rows: &[&[(&str, &str)]] = &[&[("BDCDYH", unit.as_str()), ("宗地代码", ONE)]];
        assert_eq!(find(rows, None).0.as_deref(), Some("宗地代码"));
    }

    #[test]
    fn two_attributes_that_name_different_parcels_are_a_question() {
        let rows: &[&[(&str, &str)]] = &[&[("原", ONE), ("新", TWO)], &[("原", TWO), ("新", ONE)]];
        assert_eq!(find(rows, None), (None, vec!["原".to_owned(), "新".to_owned()]));
        // A name says the same parcel in other characters.
        let same: &[&[(&str, &str)]] = &[&[("名", "一号"), ("码", ONE)], &[("名", "x"), ("码", TWO)]];
        assert_eq!(find(same, None).0.as_deref(), Some("码"), "the one that names more");
        // Two headings of the content may contradict each other too.
        let both: &[&[(&str, &str)]] = &[&[("ZDDM", ONE), ("BDCDYH", TWO)]];
        assert_eq!(find(both, None), (None, vec!["ZDDM".to_owned(), "BDCDYH".to_owned()]));
        let (code, others) = find(rows, Some("新"));
        assert_eq!(code.as_deref(), Some("新"), "a person said so");
        assert_eq!(others, ["原", "新"], "and may say otherwise");
        assert_eq!(find(rows, Some("旧")).0, None, "no such attribute");
    }

    #[test]
    fn units_and_lines_behind_a_heading_do_not_matter() {
        assert!(
            is_heading("宗地面积（平方米）", "宗地面积")
                && is_heading("zd_dm", "ZDDM")
                && is_heading(" 宗地 代码 ", "宗地代码")
        );
        assert!(!is_heading("宗地面积差", "宗地面积"));
        let found = Columns::find(
            &features(&[&[("宗地面积(亩)", "1"), ("权利人", "甲")]]),
            &words(),
            None,
            &|_| None,
        );
        assert_eq!((found.area.as_deref(), found.holder.as_deref()), (Some("宗地面积(亩)"), Some("权利人")));
    }
}
