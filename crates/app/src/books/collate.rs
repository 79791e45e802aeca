//! The order of texts: Chinese by pinyin, Latin letters without regard to case, digits as numbers stand – and before
//! letters, letters before characters. Characters without a known reading follow by their code.

use std::sync::{Arc, OnceLock};

use pinyin::ToPinyin as _;

/// The first place of characters: after everything that is not one.
const CHARACTERS: u32 = 0x11_0000;
/// The blocks of unified ideographs that have readings: the basic one and extension A.
const IDEOGRAPHS: std::ops::RangeInclusive<u32> = 0x3400..=0x9fff;

/// The place of each ideograph among all of them, by reading and then by code.
fn places() -> &'static [u32] {
    static PLACES: OnceLock<Vec<u32>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let character = |code: u32| char::from_u32(code).expect("ideographs are characters");
        let mut all: Vec<(Option<&'static str>, u32)> =
            IDEOGRAPHS.map(|code| (character(code).to_pinyin().map(pinyin::Pinyin::plain), code)).collect();
        // No reading sorts last.
        all.sort_by_key(|(reading, code)| (reading.is_none(), *reading, *code));
        let mut places = vec![0; all.len()];
        for (place, (_, code)) in (0u32..).zip(&all) {
            places[(code - IDEOGRAPHS.start()) as usize] = place;
        }
        places
    })
}

/// What a text is sorted by.
pub(crate) fn key(text: &str) -> Vec<u32> {
    let places = places();
    text.chars()
        .map(|c| {
            let code = u32::from(c);
            if IDEOGRAPHS.contains(&code) {
                return CHARACTERS + places[(code - IDEOGRAPHS.start()) as usize];
            }
            u32::from(c.to_ascii_lowercase())
        })
        .collect()
}

/// The place of each text in their order; equal texts do not occur.
pub(super) fn ranks<T: AsRef<str>>(texts: &[T]) -> Arc<[u32]> {
    let mut keyed: Vec<(Vec<u32>, u32)> =
        (0u32..).zip(texts).map(|(i, text)| (key(text.as_ref()), i)).collect();
    keyed.sort_unstable();
    let mut ranks = vec![0; texts.len()];
    for (rank, (_, index)) in (0u32..).zip(&keyed) {
        ranks[*index as usize] = rank;
    }
    Arc::from(ranks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_in_the_order_of_a_dictionary() {
        let mut names = ["鑫源", "长城", "阿里", "abc", "Zeta", "10号", "宝钢", "北仑"];
        names.sort_by_key(|n| key(n));
        // a: 阿; bao 宝, bei 北; chang or zhang 长; xin 鑫.
        assert_eq!(names[..5], ["10号", "abc", "Zeta", "阿里", "宝钢"]);
        assert_eq!(names[5], "北仑");
        assert_eq!(*ranks(&["乙", "甲", "丙"]), [2, 1, 0]); // bing 丙, jia 甲, yi 乙
    }
}
