//! Growth, differences, shares and completion, computed again from the values in the same sentence.

use rust_decimal::Decimal;

use super::super::quantity::Spoken;
use super::{
    Conflict, ConflictKind, Sentence, Span, amount, ends_with, holds, messages as words, percent, points,
};

/// The rates of every sentence.
pub(super) fn sentences(text: &super::Text<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for sentence in text.all() {
        found.extend(change(&sentence));
        found.extend(share(&sentence));
        found.extend(completion(&sentence));
    }
    found
}

/// “实现112亿元，比上年同期的100亿元增长12%”; also by how much, and by how many points.
fn change(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let values: Vec<&Spoken> = sentence
        .numbers
        .iter()
        .copied()
        .filter(|n| n.direction.is_none() && (amount(n) || percent(n)))
        .collect();
    let is_before =
        |n: &&&Spoken| ends_with(trimmed(sentence.clause_before(n)).trim_end_matches('的'), words::BEFORE);
    let mut of_before = values.iter().filter(is_before);
    let (before, None) = (*of_before.next()?, of_before.next()) else { return None };
    let mut alike = values.iter().copied().filter(|n| !std::ptr::eq(*n, before) && text.alike(n, before));
    let (now, None) = (alike.next()?, alike.next()) else { return None };
    let mut changes = sentence.numbers.iter().copied().filter(|n| n.direction.is_some());
    let (said, None) = (changes.next()?, changes.next()) else { return None };
    if said.start < before.start.min(now.start) || sentence.said().contains(words::MONTH_ON_MONTH) {
        return None;
    }
    let (a, b, stated) = (text.span(now)?, text.span(before)?, text.signed(said)?);
    let difference = a.minus(b);
    let computed = if percent(said) && !percent(now) {
        difference_percent(a, b)?
    } else if text.alike(said, now) || (points(said) && percent(now)) {
        difference
    } else {
        return None;
    };
    if computed.meets(stated) || (percent(said) && percent(now)) {
        return None;
    }
    let shown = text.print(computed.value, said);
    let said_so = said_with_direction(sentence, said);
    let message = words::growth_is(sentence.shown(now), sentence.shown(before), &shown, said_so);
    Some(sentence.conflict(ConflictKind::Percent, message, &[now, before, said]))
}

/// A hundred times growth: each end from the ends that make it least and most.
fn difference_percent(now: Span, before: Span) -> Option<Span> {
    let all = Decimal::ONE_HUNDRED;
    Some(now.percent_of(before)?.minus(Span { low: all, value: all, high: all }))
}

/// A number with the word of direction before it.
fn said_with_direction<'t>(sentence: &Sentence<'t>, said: &Spoken) -> &'t str {
    let clause = sentence.clause_before(said);
    let word = super::reading::UP.iter().chain(super::reading::DOWN).filter(|word| clause.ends_with(**word));
    let length = word.map(|word| word.len()).max().unwrap_or_default();
    &sentence.whole[said.start - length..said.end]
}

/// Words that may stand between “上年同期” and its value.
fn trimmed(clause: &str) -> &str {
    clause.trim_end_matches(['为', '达', '（', '(', ' '])
}

/// “共200家，其中规上80家，占40%”: of the whole that stands before it.
fn share(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let of = |n: &&&Spoken| percent(n) && n.direction.is_none() && is_share(sentence.clause_before(n));
    let said = *sentence.numbers.iter().find(of)?;
    let earlier = || sentence.numbers.iter().rev().copied().filter(|n| n.start < said.start);
    let part = earlier().find(|n| amount(n))?;
    // Next to its share, and as one of a whole that was announced.
    let near = earlier().next().is_some_and(|n| std::ptr::eq(n, part));
    let lead = &sentence.whole[sentence.range.start..part.start];
    if !near || part.direction.is_some() || !lead.contains(words::OF_WHICH) {
        return None;
    }
    let at = sentence.range.start + lead.rfind(words::OF_WHICH)?;
    let wholes: Vec<&Spoken> =
        earlier().filter(|n| n.start < at && n.direction.is_none() && text.alike(n, part)).collect();
    let stated = text.span(said)?;
    let of_part = text.span(part)?;
    let shares: Vec<Span> = wholes.iter().filter_map(|whole| of_part.percent_of(text.span(whole)?)).collect();
    let whole = *wholes.first()?;
    if shares.len() != wholes.len() || shares.iter().any(|share| share.meets(stated)) {
        return None;
    }
    let computed = text.print(shares.first()?.value, said);
    let message =
        words::share_is(sentence.shown(part), sentence.shown(whole), &computed, sentence.shown(said));
    Some(sentence.conflict(ConflictKind::Percent, message, &[whole, part, said]))
}

/// Whether a clause ends in a word of a share whose whole is the one in the sentence.
fn is_share(clause: &str) -> bool {
    let clause = clause.trim();
    words::SHARE
        .iter()
        .any(|word| clause == *word || (word.len() > '占'.len_utf8() && clause.ends_with(word)))
}

/// “目标100亿元，完成80亿元，完成率80%”.
fn completion(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let completes = |n: &&&Spoken| {
        percent(n) && n.direction.is_none() && ends_with(trimmed(sentence.clause_before(n)), words::DONE)
    };
    let said = *sentence.numbers.iter().find(completes)?;
    // What was the year before is of neither.
    let counts = |n: &&Spoken| {
        let clause = sentence.clause_before(n);
        amount(n) && n.direction.is_none() && n.start < said.start && !holds(clause, words::BEFORE)
    };
    let amounts: Vec<&Spoken> = sentence.numbers.iter().copied().filter(counts).collect();
    let is_target = |n: &&&Spoken| holds(sentence.clause_before(n), words::TARGET);
    let (targets, done): (Vec<&Spoken>, Vec<&Spoken>) = amounts.iter().partition(is_target);
    let ([target], [done]) = (targets.as_slice(), done.as_slice()) else { return None };
    if !text.alike(target, done) {
        return None;
    }
    let computed = text.span(done)?.percent_of(text.span(target)?)?;
    if computed.meets(text.span(said)?) {
        return None;
    }
    let shown = text.print(computed.value, said);
    let message = words::share_is(sentence.shown(done), sentence.shown(target), &shown, sentence.shown(said));
    Some(sentence.conflict(ConflictKind::Percent, message, &[target, done, said]))
}
