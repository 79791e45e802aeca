//! Keys of entries, written many at a time: the values of the key fields as they print, joined.
//!
//! The same text as `model::entry::key_text` gives, without going through the printing of each value anew. Deliberately
//! absent: which fields make a key (the books say).

use std::fmt::Write as _;

use model::period::Period;
use model::value::Value;

/// Stands between the values of a key.
const SEPARATOR: char = '\u{1f}';

/// Writes keys one after the other.
#[derive(Default)]
pub(super) struct KeyWriter {
    /// How the last period reads: row after row has the same.
    period: Option<(Period, String)>,
}

impl KeyWriter {
    /// Adds the next value to a key.
    pub fn push(&mut self, key: &mut String, first: bool, value: &Value) {
        if !first {
            key.push(SEPARATOR);
        }
        match value {
            Value::Text(text) => key.push_str(text),
            Value::Entry(entry) => {
                key.push('#');
                push_digits(key, entry.0);
            }
            Value::Period(period) => {
                if self.period.as_ref().is_none_or(|(known, _)| known != period) {
                    self.period = Some((*period, period.to_string()));
                }
                key.extend(self.period.as_ref().map(|(_, text)| text.as_str()));
            }
            // Writing to a text does not fail.
            other => drop(write!(key, "{other}")),
        }
    }
}

fn push_digits(text: &mut String, mut number: u64) {
    let (mut digits, mut at) = ([b'0'; 20], 20);
    loop {
        at -= 1;
        digits[at] += u8::try_from(number % 10).expect("a digit");
        number /= 10;
        if number == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::id::{EntryId, FieldId};
    use model::period::Month;

    #[test]
    fn keys_are_those_of_the_model() {
        let month = |m| Value::Period(Period::month(Month::new(2023, m).expect("a month")));
        let mut keys = KeyWriter::default();
        for values in [
            vec![Value::Entry(EntryId(0)), month(9)],
            vec![Value::Entry(EntryId(u64::MAX)), month(9)],
            vec![Value::Entry(EntryId(1_234_567_890)), month(10)],
            vec![month(1), Value::text("甲 · 乙"), Value::Number("12.50".parse().expect("a number"))],
            vec![Value::Flag(true), Value::Entries(vec![EntryId(3), EntryId(14)])],
        ] {
            let fields: Vec<FieldId> = (0..values.len()).map(|i| FieldId::from(format!("f{i}"))).collect();
            let mut key = String::new();
            for (i, value) in values.iter().enumerate() {
                keys.push(&mut key, i == 0, value);
            }
            let payload = fields.iter().cloned().zip(values).collect();
            assert_eq!(Some(key), model::entry::key_text(&payload, &fields));
        }
    }
}
