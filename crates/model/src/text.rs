//! Text as departments write it: full-width digits, stray spaces, brackets of every kind, periods in many spellings.
//!
//! Everything here works on one piece of text and knows no sheet. Originals are kept by the caller.

use std::borrow::Cow;

use jiff::civil::Date;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::period::{Month, Period, Window};

/// Unicode NFKC: full-width letters and digits become plain ones, NBSP a space.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    // Nearly all text is plain letters, digits and Chinese characters, which need no tables.
    let plain = |c: char| c.is_ascii() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    if text.is_ascii() || text.chars().all(plain) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().collect())
}

/// Whether a character is space of any kind or invisible.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

/// NFKC without any white space or invisible character.
pub fn squeeze(text: &str) -> String {
    let mut normal = nfkc(text).into_owned();
    loop {
        if !normal.contains(is_blank) {
            return normal;
        }
        let dense: String = normal.chars().filter(|c| !is_blank(*c)).collect();
        // What a removed character kept apart may compose now.
        normal = nfkc(&dense).into_owned();
    }
}

/// Text for people to read: full-width letters and digits plain, punctuation as typed, runs of white space one space, none
/// at the ends or between Chinese characters, brackets beside Chinese characters full-width.
pub fn tidy(text: &str) -> String {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().map(plain_alphanumeric) {
        if is_blank(c) {
            gap = true;
            continue;
        }
        let between_chinese = is_chinese(c) && chars.last().is_some_and(|last| is_chinese(*last));
        if gap && !chars.is_empty() && !between_chinese {
            chars.push(' ');
        }
        gap = false;
        chars.push(c);
    }
    let beside = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| chars.get(i));
        [before, chars.get(i + 1)].into_iter().flatten().any(|c| is_chinese(*c))
    };
    let widen = |(i, c): (usize, &char)| match c {
        '(' if beside(i) => '（',
        ')' if beside(i) => '）',
        other => *other,
    };
    chars.iter().enumerate().map(widen).collect()
}

/// Full-width letters and digits as plain ones, other characters as they are.
fn plain_alphanumeric(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        other => other,
    }
}

/// Whether a character is a Chinese one or a full-width bracket.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '\u{f900}'..='\u{faff}' | '（' | '）' | '〇')
}

/// A heading taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HeadingKey {
    /// The heading without spaces and unit bracket, brackets of all kinds as `()`.
    pub key: String,
    /// The text of the bracket, if it may be a unit: `万元` of `产值（万元）`.
    pub unit: Option<String>,
}

/// Takes a heading apart; `is_unit` says whether a bracket's text names a unit.
pub fn heading_key(text: &str, is_unit: &dyn Fn(&str) -> bool) -> HeadingKey {
    let text = brackets(&squeeze(text));
    let text = text.trim_end_matches([':', '*', '#']);
    if let (Some(open), true) = (text.rfind('('), text.ends_with(')')) {
        let inner = &text[open + 1..text.len() - 1];
        let unit = inner.strip_prefix("单位:").unwrap_or(inner);
        if is_unit(unit) {
            return HeadingKey { key: text[..open].to_owned(), unit: Some(unit.to_owned()) };
        }
    }
    if let Some((before, after)) = text.rsplit_once([',', '/', '_'])
        && !before.is_empty()
        && is_unit(after)
    {
        return HeadingKey { key: before.to_owned(), unit: Some(after.to_owned()) };
    }
    HeadingKey { key: text.to_owned(), unit: None }
}

/// Brackets of every kind as `(` and `)`.
pub fn brackets(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '(' | '（' | '[' | '【' | '〔' | '［' | '{' | '〖' | '「' => '(',
            ')' | '）' | ']' | '】' | '〕' | '］' | '}' | '〗' | '」' => ')',
            other => other,
        })
        .collect()
}

/// The key two spellings of one company name share: NFKC, no spaces, one kind of bracket, no middle dots, upper case.
pub fn name_key(text: &str) -> String {
    brackets(&squeeze(text))
        .chars()
        .filter(|c| !matches!(c, '·' | '・' | '•' | '‧' | '.' | '。' | '*' | '＊' | '-' | '—'))
        .flat_map(char::to_uppercase)
        .collect()
}

/// The day of an Excel serial number (1900 system, with its false 29 February 1900), 1900–2199.
pub fn excel_serial_date(serial: f64) -> Option<Date> {
    if !(1.0..110_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked above")]
    let days = serial.floor() as i64;
    let days = if days >= 60 { days - 1 } else { days };
    Date::constant(1899, 12, 31).checked_add(jiff::Span::new().days(days)).ok()
}

/// A date in any of the usual spellings: `2023-09-05`, `2023/9/5`, `2023.9.5`, `2023年9月5日`, `20230905`.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = squeeze(text);
    let text = text.split(['T', 't']).next()?;
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?).ok();
    }
    let numbers = digits(text)?;
    let [year, month, day] = numbers.as_slice() else { return None };
    (*year >= 1900).then(|| Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok())?
}

/// The runs of digits of a text that holds nothing else but date separators.
fn digits(text: &str) -> Option<Vec<i16>> {
    let mut numbers = Vec::new();
    for part in text.split(['-', '/', '.', '年', '月', '日', '号']).filter(|p| !p.is_empty()) {
        if part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        numbers.push(part.parse().ok()?);
    }
    Some(numbers)
}

/// A period written alone in a cell: `2023年9月`, `202309`, `2023-09`, `2023.9`, `2023年1-9月`, `2023年三季度`, `2023Q3`, `2023年上半年`, `2023年`.
pub fn parse_period(text: &str) -> Option<Period> {
    let text = squeeze(text);
    if let Ok(period) = text.parse() {
        return Some(period);
    }
    if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Month::new(text[..4].parse().ok()?, text[4..].parse().ok()?).map(Period::month);
    }
    let (period, start, end) = period_in(&text)?;
    let rest = format!("{}{}", &text[..start], &text[end..]);
    matches!(rest.as_str(), "" | "份" | "度" | "累计" | "止" | "末").then_some(period)
}

/// The first period a title or file name speaks of.
pub fn find_period(text: &str) -> Option<Period> {
    let text = squeeze(text);
    if let Some((period, _, _)) = period_in(&text) {
        return Some(period);
    }
    // A bare 202309 or 2023-09 among other text, not part of a longer number.
    let bytes = text.as_bytes();
    (0..bytes.len()).find_map(|i| {
        if !bytes[i].is_ascii_digit() || (i > 0 && bytes[i - 1].is_ascii_digit()) {
            return None;
        }
        let run = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        let month = |at: usize, width: usize| {
            let month = text.get(at..at + width)?.parse().ok()?;
            Month::new(text.get(i..i + 4)?.parse().ok()?, month).map(Period::month)
        };
        match run {
            6 => month(i + 4, 2),
            4 if matches!(bytes.get(i + 4), Some(b'-' | b'.' | b'_')) => {
                let width = bytes[i + 5..].iter().take_while(|b| b.is_ascii_digit()).count();
                if width == 1 || width == 2 { month(i + 5, width) } else { None }
            }
            _ => None,
        }
    })
}

/// The first year a title or file name speaks of.
pub fn find_year(text: &str) -> Option<i16> {
    let text = squeeze(text);
    let bytes = text.as_bytes();
    (0..bytes.len()).find_map(|i| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if !digit(i) || (i > 0 && digit(i - 1)) {
            return None;
        }
        let run = bytes[i..].iter().take_while(|b| b.is_ascii_digit()).count();
        if run != 4 && run != 6 && run != 8 {
            return None;
        }
        text.get(i..i + 4)?.parse().ok().filter(|y| (1990..2100).contains(y))
    })
}

/// `YYYY年…` at its first place in squeezed text: the period and its byte range.
fn period_in(text: &str) -> Option<(Period, usize, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find('年') {
        let at = from + found;
        let start = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let begin = at - start;
        from = at + '年'.len_utf8();
        if start != 4 {
            continue;
        }
        let Ok(year) = text[begin..at].parse::<i16>() else { continue };
        let (window, month, length) = after_year(&text[from..]);
        let Some(month) = Month::new(year, month) else { continue };
        return Some((Period { end: month, window }, begin, from + length));
    }
    None
}

/// What follows the year: window, last month and how many bytes it took.
fn after_year(rest: &str) -> (Window, i8, usize) {
    let rest_trimmed = rest.strip_prefix('度').unwrap_or(rest);
    let skipped = rest.len() - rest_trimmed.len();
    const QUARTERS: [(&str, i8); 12] = [
        ("一季度", 3),
        ("二季度", 6),
        ("三季度", 9),
        ("四季度", 12),
        ("1季度", 3),
        ("2季度", 6),
        ("3季度", 9),
        ("4季度", 12),
        ("Q1", 3),
        ("Q2", 6),
        ("Q3", 9),
        ("Q4", 12),
    ];
    let plain = rest_trimmed.strip_prefix('第').unwrap_or(rest_trimmed);
    let prefix = rest_trimmed.len() - plain.len();
    for (name, month) in QUARTERS {
        if plain.starts_with(name) {
            return (Window::Quarter, month, skipped + prefix + name.len());
        }
    }
    for (name, month) in [("上半年", 6), ("下半年", 12)] {
        if rest_trimmed.starts_with(name) {
            return (Window::Half, month, skipped + name.len());
        }
    }
    if let Some(found) = months(rest_trimmed) {
        return (found.0, found.1, skipped + found.2);
    }
    (Window::Year, 12, skipped)
}

/// `9月`, `09月份`, `1-9月`, `1—9月`, `1至9月累计`, `九月`.
fn months(rest: &str) -> Option<(Window, i8, usize)> {
    let number = |text: &str| -> Option<(i8, usize)> {
        const NAMES: [&str; 12] =
            ["十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一"];
        for (i, name) in NAMES.iter().enumerate() {
            if text.starts_with(name) {
                return Some((12 - i8::try_from(i).ok()?, name.len()));
            }
        }
        let width = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&width).then(|| Some((text[..width].parse().ok()?, width)))?
    };
    let (first, width) = number(rest)?;
    let after = &rest[width..];
    if let Some(tail) = after.strip_prefix('月')
        && !tail.starts_with(['-', '—', '–', '~', '至', '到'])
    {
        return (1..=12).contains(&first).then(|| (Window::Month, first, width + '月'.len_utf8()));
    }
    let after = after.strip_prefix('月').unwrap_or(after);
    let dash = after.strip_prefix(['-', '—', '–', '~', '至', '到', '－'])?;
    let dash = dash.trim_start_matches(['-', '—']);
    let (last, last_width) = number(dash)?;
    let tail = dash[last_width..].strip_prefix('月')?;
    let length = rest.len() - tail.len();
    (first == 1 && (1..=12).contains(&last)).then_some((Window::Ytd, last, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check_period(text: &str, expected: Option<&str>) {
        assert_eq!(parse_period(text).map(|p| p.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn periods_as_departments_write_them() {
        check_period("2023年9月", Some("2023-09"));
        check_period("２０２３年０９月份", Some("2023-09"));
        check_period("202309", Some("2023-09"));
        check_period("2023-09", Some("2023-09"));
        check_period("2023年1-9月", Some("2023-09/ytd"));
        check_period("2023年1—9月累计", Some("2023-09/ytd"));
        check_period("2023年三季度", Some("2023Q3"));
        check_period("2023年第3季度", Some("2023Q3"));
        check_period("2023年上半年", Some("2023H1"));
        check_period("2023年度", Some("2023"));
        check_period("2023年 九月", Some("2023-09"));
        check_period("2023年13月", None);
        check_period("9月", None);
        check_period("关于2023年9月的说明", None);
    }

    #[test]
    fn periods_in_titles_and_file_names() {
        let find = |t: &str| find_period(t).map(|p| p.to_string());
        assert_eq!(
            find("望春园区2023年1-9月规上工业产值情况表（单位：万元）").as_deref(),
            Some("2023-09/ytd")
        );
        assert_eq!(find("产值表202309.xlsx").as_deref(), Some("2023-09"));
        assert_eq!(find("2023-9 产值").as_deref(), Some("2023-09"));
        assert_eq!(find("编号20230905001"), None);
        assert_eq!(find_year("2022年投资完成情况"), Some(2022));
    }

    #[test]
    fn dates() {
        let date = |t: &str| parse_date(t).map(|d| d.to_string());
        for text in ["2023-09-05", "2023/9/5", "2023.09.05", "2023年9月5日", "20230905", "２０２３．９．５"]
        {
            assert_eq!(date(text).as_deref(), Some("2023-09-05"), "{text}");
        }
        assert_eq!(date("2023-02-30"), None);
        // Excel: 45174 is 2023-09-05; 60 is the false 29 February 1900, read as 28 February.
        assert_eq!(excel_serial_date(45_174.0).map(|d| d.to_string()).as_deref(), Some("2023-09-05"));
        assert_eq!(excel_serial_date(0.5), None);
    }

    #[test]
    fn headings_lose_their_unit_bracket() {
        let is_unit = |u: &str| ["万元", "%"].contains(&u);
        let key = |t: &str| heading_key(t, &is_unit);
        assert_eq!(
            key("工业总产值\n（ 万元 ）"),
            HeadingKey { key: "工业总产值".into(), unit: Some("万元".into()) }
        );
        assert_eq!(key("占比(%)").unit.as_deref(), Some("%"));
        assert_eq!(key("产值（本月）"), HeadingKey { key: "产值(本月)".into(), unit: None });
        assert_eq!(key("产值（单位：万元）").unit.as_deref(), Some("万元"));
    }

    #[test]
    fn text_is_tidied_for_reading() {
        let check = |text: &str, expected: &str| assert_eq!(tidy(text), expected);
        check("宁波丁卯新 能源　有限公司", "宁波丁卯新能源有限公司");
        check(" 壬申(宁波)模塑\u{a0}科技 ", "壬申（宁波）模塑科技");
        check("Ｂ２０４－１ 表：产值，单位（万元）", "B204－1 表：产值，单位（万元）");
        check("two  words (x)", "two words (x)");
        check("\u{3000}", "");
    }

    #[test]
    fn company_names_share_a_key() {
        for name in ["宁波（甲）有限公司", "宁波(甲)有限公司", "宁波【甲】有限公司", " 宁波（ 甲 ） 有限公司"]
        {
            assert_eq!(name_key(name), "宁波(甲)有限公司");
        }
    }

    proptest! {
        #[test]
        fn squeezing_twice_is_squeezing_once(text in "\\PC{0,20}") {
            let once = squeeze(&text);
            prop_assert_eq!(squeeze(&once), once);
        }

        #[test]
        fn nothing_here_panics(text in "[0-9年月日季度上下半第一二三\\-—./Q]{0,14}") {
            let _ = (parse_period(&text), find_period(&text), parse_date(&text), find_year(&text));
        }

        #[test]
        fn every_month_reads_back(year in 1990i16..2100, month in 1i8..=12) {
            let period = Month::new(year, month).map(Period::month);
            let compact = format!("{year}{month:02}");
            let words = format!("{year}年{month}月");
            prop_assert_eq!(parse_period(&compact), period);
            prop_assert_eq!(parse_period(&words), period);
        }
    }
}
