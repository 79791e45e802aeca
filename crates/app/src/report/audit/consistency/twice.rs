//! The same figure stated twice.
//!
//! It is the same when the audit found the same figure, part and period for both; else when everything before the number in
//! its sentence is the same, times included.

use std::collections::HashMap;

use super::super::quantity::{Qualifier, Spoken};
use super::{Conflict, ConflictKind, Item, Text, amount, messages as words, percent};

/// Least characters before a number that nobody knows, for it to be known again.
const SUBJECT: usize = 6;

/// Figures that are stated twice and differ.
pub(super) fn stated(text: &Text<'_>, items: &[Item]) -> Vec<Conflict> {
    let mut known: HashMap<(&str, usize, usize), &Item> = HashMap::new();
    for item in items {
        known.insert((&item.part, item.paragraph, item.at), item);
    }
    let mut first: HashMap<String, (usize, &Spoken)> = HashMap::new();
    let mut found = Vec::new();
    for (at, numbers) in text.numbers.iter().enumerate() {
        let paragraph = &text.paragraphs[at];
        for number in numbers.iter().filter(|n| n.qualifier == Qualifier::Exact) {
            if !amount(number) && !percent(number) {
                continue;
            }
            let place = paragraph.text[..number.start].chars().count();
            let item = known.get(&(paragraph.part.as_str(), text.numbered[at], place));
            let key = match item.filter(|item| item.figure.is_some()) {
                Some(item) => [
                    item.figure.as_deref().unwrap_or_default(),
                    &item.piece,
                    &item.period,
                    &item.options,
                    &item.title,
                ]
                .join("\u{1}"),
                None if paragraph.in_table.is_none() => match subject(text, at, number) {
                    Some(subject) => subject,
                    None => continue,
                },
                None => continue,
            };
            let Some((before, earlier)) = first.get(&key).copied() else {
                first.insert(key, (at, number));
                continue;
            };
            found.extend(differ(text, (before, earlier), (at, number), item.map_or("", |item| &item.title)));
        }
    }
    found
}

fn differ(
    text: &Text<'_>,
    (a, first): (usize, &Spoken),
    (b, second): (usize, &Spoken),
    title: &str,
) -> Option<Conflict> {
    let comparable = text.alike(first, second) && (first.direction.is_some() == second.direction.is_some());
    if !comparable || text.signed(first)?.meets(text.signed(second)?) {
        return None;
    }
    let at = vec![text.spot(a, first.start..first.end), text.spot(b, second.start..second.end)];
    let subject = if title.is_empty() {
        at[1].sentence.split(['，', '。']).next().unwrap_or_default()
    } else {
        title
    };
    let message = words::twice(subject, &at[0].text, &at[1].text);
    Some(Conflict { kind: ConflictKind::Twice, message, at })
}

/// What stands before a number in its sentence, without words that change nothing.
fn subject(text: &Text<'_>, at: usize, number: &Spoken) -> Option<String> {
    let sentence = text.sentences(at).into_iter().find(|sentence| sentence.range.contains(&number.start))?;
    // A number further behind may be of anything; the first of its kind is of what the sentence is about.
    let earlier = sentence.numbers.iter().any(|n| n.start < number.start && amount(n));
    if earlier || percent(number) {
        return None;
    }
    let mut subject = sentence.whole[sentence.range.start..number.start].to_owned();
    for word in words::EMPTY {
        subject = subject.replace(word, "");
    }
    let letters = subject.chars().filter(|c| !c.is_ascii()).count();
    (letters >= SUBJECT).then_some(subject)
}
