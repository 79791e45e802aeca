//! The shapes of what `model` serializes, for the description of the API. Nothing is made of these types.
//!
//! To add one: the fields as `model` writes them; a test beside it compares the two.

use serde::Serialize;
use utoipa::ToSchema;

/// Something wrong or doubtful, with a place, a sentence and a hint.
#[derive(Serialize, ToSchema)]
pub struct Finding {
    /// A stable name of the kind of finding.
    pub code: String,
    /// `note`, `warning` or `error`.
    pub severity: String,
    /// Where it is.
    pub place: Place,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it.
    #[schema(required = false)]
    pub hint: String,
}

/// Where something is.
#[derive(Serialize, ToSchema)]
pub struct Place {
    /// The file's name.
    #[schema(required = false)]
    pub file: String,
    /// The sheet.
    #[schema(required = false)]
    pub sheet: String,
    /// The cell in A1 form, or a range.
    #[schema(required = false)]
    pub cell: String,
    /// The book.
    #[schema(required = false)]
    pub book: String,
    /// The entry.
    #[schema(required = false)]
    pub entry: u64,
    /// The field.
    #[schema(required = false)]
    pub field: String,
}

#[cfg(test)]
mod tests {
    use model::finding as real;

    #[test]
    fn shapes_are_as_model_writes_them() {
        let place = real::Place {
            file: "f".into(),
            sheet: "s".into(),
            cell: "A1".into(),
            book: Some("b".into()),
            entry: Some(model::id::EntryId(7)),
            field: Some("x".into()),
        };
        let (message, hint) = ("m".to_owned(), "h".to_owned());
        let severity = real::Severity::Warning;
        let real = real::Finding { code: "c".into(), severity, place, message, hint };
        let place = super::Place {
            file: "f".into(),
            sheet: "s".into(),
            cell: "A1".into(),
            book: "b".into(),
            entry: 7,
            field: "x".into(),
        };
        let shape = super::Finding {
            code: "c".into(),
            severity: "warning".into(),
            place,
            message: "m".into(),
            hint: "h".into(),
        };
        let json = |value: Result<serde_json::Value, _>| value.expect("plain JSON");
        assert_eq!(json(serde_json::to_value(real)), json(serde_json::to_value(shape)));
    }
}
