//! Cells as they are shown: the text people read beside the value a program reads.

use model::value::Value;
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

/// One value of an entry.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Cell {
    /// As people read it: references by the title of their entry.
    pub text: String,
    /// As a program reads it: a decimal as text, a date or period in ISO form, true or false, an entry's number or numbers.
    #[schema(value_type = Object)]
    pub value: Json,
    /// The value is personal data that is not shown; both forms above are its mask.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
    /// The entry referred to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}

impl Cell {
    /// A text without anything behind it.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { value: Json::String(text.clone()), text, masked: false, entry: None }
    }
}

/// A value in the form programs read.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::String(text.to_string()),
        Value::Number(number) => Json::String(number.normalize().to_string()),
        Value::Date(date) => Json::String(date.to_string()),
        Value::Period(period) => Json::String(period.to_string()),
        Value::Flag(flag) => Json::Bool(*flag),
        Value::Entry(entry) => Json::from(entry.0),
        Value::Entries(entries) => Json::from(entries.iter().map(|e| e.0).collect::<Vec<_>>()),
    }
}
