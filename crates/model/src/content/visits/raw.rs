//! `visits.toml` as written.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use crate::definition::Every;
use crate::definition::visits::{DemandPart, DemandState, DemandStep, LightColour};

pub(super) type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitsFile {
    pub enterprise: RawEnterprise,
    pub contact: Option<RawContact>,
    pub visit: RawVisit,
    pub photo: Option<RawPhoto>,
    pub plan: Option<RawPlan>,
    pub demand: Option<RawDemand>,
    #[serde(default)]
    pub frequency: Vec<Spanned<RawFrequency>>,
    #[serde(default)]
    pub limit: Vec<RawLimit>,
    #[serde(default)]
    pub light: Vec<Spanned<RawLight>>,
    #[serde(default)]
    pub escalation: Vec<RawEscalation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEnterprise {
    pub present: Text,
    pub since: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawContact {
    pub book: Text,
    pub officer: Text,
    pub department: Option<Text>,
    pub from: Option<Text>,
    pub to: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawVisit {
    pub book: Text,
    pub officer: Option<Text>,
    pub department: Option<Text>,
    pub demands: Option<Text>,
    #[serde(default)]
    pub form: Vec<Text>,
    #[serde(default)]
    pub themes: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPhoto {
    pub book: Text,
    pub visit: Text,
    pub digest: Text,
    pub format: Text,
    pub width: Text,
    pub height: Text,
    pub size: Text,
    pub most: u16,
    pub max_mb: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPlan {
    pub book: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDemand {
    pub book: Text,
    pub number: Text,
    #[serde(default)]
    pub form: Vec<Text>,
    #[serde(default)]
    pub at_visit: IndexMap<Text, String>,
    #[serde(default)]
    pub by_enterprise: IndexMap<Text, String>,
    #[serde(default)]
    pub departments: Vec<String>,
    pub poor: Option<Decimal>,
    #[serde(default)]
    pub unsolved: Vec<Text>,
    #[serde(default)]
    pub fields: BTreeMap<DemandPart, Text>,
    #[serde(default)]
    pub states: IndexMap<Text, DemandState>,
}

/// What every rule says of itself.
pub(super) struct RawHead {
    pub id: Text,
    pub title: String,
    pub title_en: String,
    pub document: String,
    pub from: Option<Text>,
    pub to: Option<Text>,
    pub source: Option<String>,
}

/// Rules with a head: flattening one in would lose the places of its texts.
macro_rules! rule {
    ($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            id: Text,
            title: String,
            #[serde(default)]
            title_en: String,
            document: String,
            from: Option<Text>,
            to: Option<Text>,
            source: Option<String>,
            $($(#[$attribute])* pub $field: $kind,)*
        }

        impl $name {
            /// What it says of itself.
            pub(super) fn head(&self) -> RawHead {
                RawHead {
                    id: self.id.clone(),
                    title: self.title.clone(),
                    title_en: self.title_en.clone(),
                    document: self.document.clone(),
                    from: self.from.clone(),
                    to: self.to.clone(),
                    source: self.source.clone(),
                }
            }
        }
    };
}

rule! {
    /// How often somebody must be visited.
    RawFrequency {
        book: Option<Text>,
        enterprise: Option<Text>,
        #[serde(rename = "where")]
        of: Option<Text>,
        since: Option<Text>,
        until: Option<Text>,
        #[serde(default)]
        like: Vec<Text>,
        #[serde(default)]
        unless: Vec<Text>,
        counts: Option<Text>,
        every: Option<Every>,
        within_months: Option<u16>,
    }
}

rule! {
    /// By when a step must be taken.
    RawLimit {
        step: DemandStep,
        #[serde(rename = "where")]
        of: Option<Text>,
        days: u16,
        #[serde(default)]
        promised: bool,
    }
}

rule! {
    /// What turns a light.
    RawLight {
        colour: LightColour,
        #[serde(default)]
        overdue: bool,
        due_days: Option<u16>,
        missed: Option<u16>,
        book: Option<Text>,
        #[serde(rename = "where")]
        of: Option<Text>,
        among: Option<Text>,
        #[serde(default)]
        latest: bool,
        past: Option<Text>,
        until: Option<Text>,
        fall: Option<Decimal>,
        field: Option<Text>,
        months: Option<u16>,
        expires: Option<Text>,
        #[serde(default)]
        by: Vec<Text>,
        action: Option<Text>,
        lacks: Option<String>,
        holder: Option<String>,
    }
}

rule! {
    /// Whom an overdue demand goes up to.
    RawEscalation {
        overdue: u16,
        whom: String,
    }
}
