//! Words of direction and order against the numbers they are about.

use office::docx::Paragraph;

use super::super::quantity::Spoken;
use super::{
    Conflict, ConflictKind, Sentence, Text, ends_with, holds, messages as words, percent, reading, turned,
};

/// Most characters of a heading or of a sentence that only claims.
const CLAIM: usize = 36;

/// A claim of a heading, or of a paragraph's first sentence, and what it is about.
struct Claim {
    direction: i8,
    subject: String,
}

/// Headings and first sentences that say “more” where the first growth below them is less, or the other way round.
pub(super) fn headings(text: &Text<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    let prose: Vec<usize> =
        (0..text.paragraphs.len()).filter(|at| text.paragraphs[*at].in_table.is_none()).collect();
    for (n, at) in prose.iter().enumerate() {
        let whole = text.paragraphs[*at].text.trim();
        if is_heading(&text.paragraphs[*at]) {
            let Some(claim) = claim(whole) else { continue };
            let section = prose[n + 1..].iter().take_while(|at| !is_heading(&text.paragraphs[**at]));
            let below: Vec<Sentence<'_>> = section.flat_map(|at| text.sentences(*at)).collect();
            found.extend(against(text, (*at, whole), &claim, &below));
            continue;
        }
        let sentences = text.sentences(*at);
        let Some((first, rest)) = sentences.split_first() else { continue };
        if first.numbers.is_empty()
            && let Some(claim) = claim(first.said().trim())
        {
            found.extend(against(text, (*at, first.said().trim()), &claim, rest));
        }
    }
    found
}

fn is_heading(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.trim();
    let short =
        text.chars().count() <= CLAIM && !text.is_empty() && !text.ends_with(['。', '；', '，', '：']);
    let style =
        paragraph.style.as_deref().is_some_and(|style| style.to_ascii_lowercase().contains("heading"));
    style || (short && text.starts_with(|c| words::NUMERALS.contains(c) || matches!(c, '（' | '(')))
}

/// What a short line without numbers claims; nothing when it says both, or neither.
fn claim(line: &str) -> Option<Claim> {
    let line = line
        .trim_end_matches('。')
        .trim_start_matches(|c| words::NUMERALS.contains(c) || words::NUMBERING.contains(&c));
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || words::NUMBERING.contains(&c));
    if line.chars().count() > CLAIM || line.contains(['，', '、', '；']) || holds(line, words::NO_CLAIM) {
        return None;
    }
    let first = |known: &[&str]| known.iter().filter_map(|word| line.find(word)).min();
    let (at, direction) = match (first(words::CLAIMS_UP), first(words::CLAIMS_DOWN)) {
        (Some(at), None) => (at, 1),
        (None | Some(_), Some(at))
            if first(words::CLAIMS_UP).is_none_or(|up| line[at..].starts_with('负') && up > at) =>
        {
            (at, -1)
        }
        _ => return None,
    };
    let mut subject = line[..at].to_owned();
    for word in words::HOW.iter().chain(words::OWN) {
        subject = subject.replace(word, "");
    }
    (subject.chars().count() >= 2).then_some(Claim { direction, subject })
}

/// The first growth about a claim's subject, when its direction is the other.
fn against(
    text: &Text<'_>,
    (at, line): (usize, &str),
    claim: &Claim,
    below: &[Sentence<'_>],
) -> Option<Conflict> {
    let about = |key: &str| {
        below.iter().find_map(|sentence| {
            let before = |n: &Spoken| &sentence.whole[sentence.range.start..n.start];
            let growth = sentence.numbers.iter().copied().find(|n| {
                percent(n)
                    && n.direction.is_some()
                    && before(n).contains(key)
                    && holds(before(n), words::YEAR_ON_YEAR)
            })?;
            Some((sentence, growth))
        })
    };
    let short: String = claim.subject.chars().take(2).collect();
    let (sentence, growth) = about(&claim.subject).or_else(|| about(&short))?;
    if growth.direction == Some(claim.direction) || growth.number.is_zero() {
        return None;
    }
    let said = format!("{}{}", sentence.clause_before(growth), sentence.shown(growth));
    let mut conflict = sentence.conflict(ConflictKind::Claim, words::heading_against(line, &said), &[growth]);
    let begin = text.paragraphs[at].text.find(line)?;
    conflict.at.insert(0, text.spot(at, begin..begin + line.len()));
    Some(conflict)
}

/// Directions and orders within sentences.
pub(super) fn sentences(text: &Text<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for sentence in text.all() {
        for number in &sentence.numbers {
            found.extend(signed_twice(&sentence, number));
        }
        for pair in sentence.numbers.windows(2) {
            found.extend(moved(&sentence, pair[0], pair[1]));
            found.extend(beside(&sentence, pair[0], pair[1]));
        }
        found.extend(order(&sentence));
    }
    found
}

/// “增长-3.4%”, “下降-3.4%”.
fn signed_twice(sentence: &Sentence<'_>, number: &Spoken) -> Option<Conflict> {
    let before = sentence.clause_before(number).strip_suffix(['-', '−'])?;
    let word = reading::UP
        .iter()
        .chain(reading::DOWN)
        .filter(|word| before.ends_with(**word))
        .max_by_key(|w| w.len())?;
    let from = sentence.whole[..number.start].rfind(word)?;
    let shown = &sentence.whole[from..number.end];
    Some(sentence.conflict(ConflictKind::Claim, words::signed_twice(shown), &[number]))
}

/// “由30%提高到28%”.
fn moved(sentence: &Sentence<'_>, from: &Spoken, to: &Spoken) -> Option<Conflict> {
    let text = sentence.text;
    let clause = sentence.clause_before(from);
    let named = words::FROM.iter().any(|word| clause.contains(word));
    if !named || !text.alike(from, to) {
        return None;
    }
    let between = sentence.between(from, to);
    let ending = |known: &[&'static str]| {
        known.iter().copied().filter(|word| between.ends_with(word)).max_by_key(|w| w.len())
    };
    let (word, rises) = ending(words::RISE_TO)
        .map(|word| (word, true))
        .or_else(|| ending(words::FALL_TO).map(|word| (word, false)))?;
    let (a, b) = (text.span(from)?, text.span(to)?);
    let wrong = if rises { b.high < a.low } else { b.low > a.high };
    wrong.then(|| {
        let message = words::no_rise(sentence.shown(from), word, sentence.shown(to));
        sentence.conflict(ConflictKind::Claim, message, &[from, to])
    })
}

/// “增长5.1%，高于全省6.2%的平均水平”.
fn beside(sentence: &Sentence<'_>, own: &Spoken, other: &Spoken) -> Option<Conflict> {
    let text = sentence.text;
    if !percent(own) || !percent(other) {
        return None;
    }
    let between = sentence.between(own, other);
    let last = |known: &[&'static str]| {
        known.iter().copied().filter(|word| between.contains(word)).max_by_key(|w| between.rfind(w))
    };
    let (word, above) = match (last(words::ABOVE), last(words::BELOW)) {
        (Some(word), None) => (word, true),
        (None, Some(word)) => (word, false),
        _ => return None,
    };
    // A whole clause may have come between; then it is another's number that is compared.
    let lead = between.split(word).next().unwrap_or_default();
    if lead.trim_matches(['，', ',', ' ']).chars().count() > 2 {
        return None;
    }
    // The word of the comparison qualifies the other number too.
    let (a, b) = (text.signed(own)?, turned(text.around(other)?, other));
    let wrong = if above { a.high < b.low } else { a.low > b.high };
    wrong.then(|| {
        let message = words::not_above(sentence.shown(own), word, sentence.shown(other));
        sentence.conflict(ConflictKind::Claim, message, &[own, other])
    })
}

/// “前三位依次为甲30亿元、乙20亿元、丙25亿元”.
fn order(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let said = sentence.said();
    let (at, falls) = ordered(said)?;
    let from = at + words::RESPECTIVELY.iter().filter_map(|word| said[at..].find(word)).min()?;
    let from = sentence.range.start + from;
    let listed: Vec<&Spoken> = sentence
        .numbers
        .iter()
        .copied()
        .filter(|n| n.start > from && n.qualifier == super::Qualifier::Exact)
        .collect();
    let first = *listed.first()?;
    let alike: Vec<&Spoken> = listed.into_iter().filter(|n| text.alike(n, first)).collect();
    for pair in alike.windows(2) {
        let between = sentence.between(pair[0], pair[1]);
        if !between.starts_with('、')
            && !between.starts_with('，')
            && !between.starts_with("；")
            && !between.starts_with('）')
        {
            return None;
        }
        let (a, b) = (text.signed(pair[0])?, text.signed(pair[1])?);
        if (falls && a.high < b.low) || (!falls && a.low > b.high) {
            let message = words::out_of_order(sentence.shown(pair[0]), sentence.shown(pair[1]));
            return Some(sentence.conflict(ConflictKind::Order, message, pair));
        }
    }
    None
}

/// Where an order is announced, and whether it falls.
fn ordered(said: &str) -> Option<(usize, bool)> {
    let first = |known: &[&str]| known.iter().filter_map(|word| said.find(word)).min();
    if let Some(at) = first(words::RISING) {
        return Some((at, false));
    }
    if let Some(at) = first(words::FALLING) {
        return Some((at, true));
    }
    let at = said.char_indices().filter(|(_, c)| *c == words::FIRST).find(|(at, _)| {
        let behind = said[at + words::FIRST.len_utf8()..].trim_start();
        let rest = behind.trim_start_matches(|c: char| words::NUMERALS.contains(c) || c.is_ascii_digit());
        rest.len() < behind.len() && rest.starts_with(words::PLACES)
    });
    // Two announced orders: nobody knows which numbers are of which.
    let (at, _) = at?;
    let again = words::RESPECTIVELY.iter().take(2).map(|word| said.matches(word).count()).sum::<usize>();
    (again <= 1 && !ends_with(said, &["的"])).then_some((at, true))
}
