//! Organisation codes, GB 11714-1997: eight characters and a check character, as inside every unified social credit code.

/// Weights of GB 11714-1997.
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The check character of the first eight characters (digits and capital letters), or `None` when they are not such.
pub fn check_character(body: &str) -> Option<char> {
    if body.len() != 8 {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().zip(WEIGHTS) {
        let value = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            'A'..='Z' => u32::from(c) - u32::from('A') + 10,
            _ => return None,
        };
        sum += value * weight;
    }
    Some(match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        n => char::from_digit(n, 10)?,
    })
}

/// Whether nine characters (without hyphen, upper case) carry the right check character.
pub fn is_valid(code: &str) -> bool {
    code.is_ascii() && code.len() == 9 && check_character(&code[..8]) == code.chars().nth(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_s_own_example() {
        // D2143569: 13·3+2·7+1·9+4·10+3·5+5·8+6·4+9·2 = 199; 199 mod 11 = 1; 11−1 = 10 → X
        assert_eq!(check_character("D2143569"), Some('X'));
        assert!(is_valid("D2143569X"));
        assert!(!is_valid("D21435690"));
        assert!(!is_valid("D2143569"));
    }
}
