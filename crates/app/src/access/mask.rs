//! What is shown instead of personal data: enough to recognise one's own, not enough to learn another's.
//!
//! Deliberately absent: who may see the value itself (that is [`super::Actor::masks`]).

use model::definition::FieldKind;

/// What stands for what is not shown.
const STAR: char = '*';

/// The masked form of a value as people read it.
///
/// A person's name keeps its first character (张三 → 张*, 张三丰 → 张*), a number its first three and last four digits
/// (13812345678 → 138****5678, a landline its last four at most), everything else its first character.
pub fn mask(kind: &FieldKind, text: &str) -> String {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let numeric = digits >= 7 && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-() ".contains(c));
    match kind {
        _ if text.is_empty() => String::new(),
        FieldKind::Phone => number(text),
        _ if numeric => number(text),
        _ => text.chars().take(1).chain([STAR]).collect(),
    }
}

/// Keeps at most three characters before and four after, and hides at least as many as it shows of a short one.
fn number(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let (before, after) = match chars.len() {
        0..=4 => (0, 0),
        5..=7 => (0, 2),
        8..=10 => (2, 2),
        _ => (3, 4),
    };
    let hidden = chars.len() - before - after;
    let mut shown: String = chars[..before].iter().collect();
    shown.extend(std::iter::repeat_n(STAR, hidden.max(1)));
    shown.extend(&chars[chars.len() - after..]);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: &FieldKind, text: &str, expected: &str) {
        assert_eq!(mask(kind, text), expected, "{text}");
    }

    #[test]
    fn names_keep_their_first_character() {
        check(&FieldKind::Person, "张三", "张*");
        check(&FieldKind::Person, "张三丰", "张*");
        check(&FieldKind::Person, " 李四 ", "李*");
        check(&FieldKind::Person, "Ada Lovelace", "A*");
        check(&FieldKind::Person, "", "");
        check(&FieldKind::Text, "腰椎间盘突出", "腰*");
    }

    #[test]
    fn numbers_keep_both_ends() {
        check(&FieldKind::Phone, "13812345678", "138****5678");
        check(&FieldKind::Phone, "138 1234 5678", "138****5678");
        // 0574-87654321 has twelve digits: five are hidden.
        check(&FieldKind::Phone, "0574-87654321", "057*****4321");
        check(&FieldKind::Phone, "87654321", "87****21");
        check(&FieldKind::Phone, "110", "***");
        // An identity number in a text field: eighteen characters, eleven hidden.
        check(&FieldKind::Text, "33020319900101123X", "330***********123X");
        check(&FieldKind::Person, "13812345678", "138****5678");
    }
}
