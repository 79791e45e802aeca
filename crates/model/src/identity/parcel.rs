//! Parcel codes (宗地代码, 19 characters) and real-estate unit codes (不动产单元号, 28), GB/T 37346-2019. No check digit.

use crate::text::squeeze;

/// A code taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParcelCode {
    /// County, cadastral area and sub-area, feature code, number: 19 characters.
    pub parcel: String,
    /// The fixture's nine characters, when the code is that of a real-estate unit.
    pub fixture: Option<String>,
}

impl ParcelCode {
    /// The two letters that say whose land and which layer: `GB` state-owned surface, `GX` below ground …
    pub fn feature(&self) -> &str {
        &self.parcel[12..14]
    }
}

/// Reads a code, spaces and letter case aside; `None` when it has not the form.
pub fn parse(text: &str) -> Option<ParcelCode> {
    let code = squeeze(text).to_uppercase();
    if !code.is_ascii() || (code.len() != 19 && code.len() != 28) {
        return None;
    }
    let digits = |range: std::ops::Range<usize>| code.as_bytes()[range].iter().all(u8::is_ascii_digit);
    let feature = b"GJZ".contains(&code.as_bytes()[12]) && b"ABSXCDEFHGWYLN".contains(&code.as_bytes()[13]);
    if !digits(0..12) || !feature || !digits(14..19) {
        return None;
    }
    if code.len() == 28 && !(b"FLQW".contains(&code.as_bytes()[19]) && digits(20..28)) {
        return None;
    }
    let fixture = (code.len() == 28).then(|| code[19..].to_owned());
    Some(ParcelCode { parcel: code[..19].to_owned(), fixture })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_printed() {
        let code = parse("340123 002004 GB00011 W00000000").expect("a unit code");
        assert_eq!(
            (code.parcel.as_str(), code.fixture.as_deref()),
            ("340123002004GB00011", Some("W00000000"))
        );
        assert_eq!(code.feature(), "GB");
        assert!(parse("340123002004gb00011").is_some());
        assert!(parse("340123002004KB00011").is_none());
        assert!(parse("2023GC07007").is_none());
    }
}
