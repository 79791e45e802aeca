//! Parts and their whole: “其中…”, lists with a total, tables with totals of rows and columns.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::quantity::Spoken;
use super::{
    Conflict, ConflictKind, Sentence, Span, Text, amount, ends_with, holds, messages as words, percent,
};

/// Most bytes between two members of a list: a name of some words.
const NAME: usize = 60;

/// Parts and wholes of every sentence.
pub(super) fn sentences(text: &Text<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for sentence in text.all() {
        found.extend(of_which(&sentence));
        found.extend(together(&sentence));
        found.extend(shares(&sentence));
    }
    found
}

/// “共200家，其中甲类80家、乙类60家”: no part above the whole, nor all together; with “其余” they are the whole.
fn of_which(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let at = sentence.range.start + sentence.said().find(words::OF_WHICH)?;
    let own = |n: &&&Spoken| amount(n) && n.direction.is_none();
    let (before, behind): (Vec<&Spoken>, Vec<&Spoken>) =
        sentence.numbers.iter().filter(own).copied().partition(|n| n.start < at);
    let whole = *before.last()?;
    // What a semicolon parts may be of something else.
    if sentence.whole.get(whole.end..at)?.contains(['；', ';']) {
        return None;
    }
    let alike: Vec<&Spoken> = behind.into_iter().filter(|n| text.alike(n, whole)).collect();
    let first = alike.first()?;
    let lead = &sentence.whole[at..first.start];
    if lead.len() > NAME
        || holds(lead, words::OTHER_SUBJECT)
        || holds(sentence.clause_before(whole), words::OTHER_SUBJECT)
    {
        return None;
    }
    let parts = list(sentence, &alike);
    let span = text.span(whole)?;
    for part in &parts {
        if text.span(part).is_some_and(|part| part.low > span.high) {
            let message = words::part_above_whole(sentence.shown(part), sentence.shown(whole));
            return Some(sentence.conflict(ConflictKind::Sum, message, &[whole, part]));
        }
    }
    let sum = add(text, &parts)?;
    let complete = parts.last().is_some_and(|last| holds(sentence.clause_before(last), words::THE_REST));
    let wrong = sum.low > span.high || (complete && !sum.meets(span));
    (parts.len() > 1 && wrong).then(|| added(sentence, &parts, sum, whole))
}

/// “甲80家、乙60家，合计140家”.
fn together(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let at = sentence
        .numbers
        .iter()
        .position(|n| amount(n) && ends_with(sentence.clause_before(n), words::TOGETHER))?;
    let whole = sentence.numbers[at];
    let alike: Vec<&Spoken> =
        sentence.numbers[..at].iter().copied().filter(|n| text.alike(n, whole)).collect();
    let parts = list(sentence, &alike);
    let last = parts.last()?;
    // Everything of the list and nothing else is what is added up.
    if parts.len() < 2
        || parts.len() != alike.len()
        || parts.len() != at
        || sentence.between(last, whole).len() > NAME
    {
        return None;
    }
    let (sum, span) = (add(text, &parts)?, text.span(whole)?);
    (!sum.meets(span)).then(|| added(sentence, &parts, sum, whole))
}

/// Shares of one list do not exceed the whole.
fn shares(sentence: &Sentence<'_>) -> Option<Conflict> {
    let text = sentence.text;
    let at = words::SHARES.iter().filter_map(|word| sentence.said().find(word)).min()? + sentence.range.start;
    let rates: Vec<&Spoken> = sentence
        .numbers
        .iter()
        .copied()
        .filter(|n| n.start > at && percent(n) && n.direction.is_none())
        .collect();
    let parts = list(sentence, &rates);
    let sum = add(text, &parts)?;
    let wrong = parts.len() > 1 && sum.low > Decimal::ONE_HUNDRED;
    let shown: Vec<&str> = parts.iter().map(|part| sentence.shown(part)).collect();
    wrong.then(|| sentence.conflict(ConflictKind::Sum, words::shares_above_all(&shown), &parts))
}

/// The numbers from the first that make one list: short names and nothing numeric between them.
fn list<'s>(sentence: &Sentence<'_>, numbers: &[&'s Spoken]) -> Vec<&'s Spoken> {
    let Some(first) = numbers.first() else { return Vec::new() };
    let mut parts = vec![*first];
    for pair in numbers.windows(2) {
        let between = sentence.between(pair[0], pair[1]);
        let joined = words::JOINS.iter().any(|word| between.starts_with(word));
        let numeric = between.chars().any(|c| c.is_ascii_digit());
        if !joined || numeric || between.len() > NAME || holds(between, words::OTHER_SUBJECT) {
            break;
        }
        parts.push(pair[1]);
    }
    parts
}

fn add(text: &Text<'_>, parts: &[&Spoken]) -> Option<Span> {
    let zero = Span { low: Decimal::ZERO, value: Decimal::ZERO, high: Decimal::ZERO };
    parts.iter().try_fold(zero, |sum, part| Some(sum.plus(text.span(part)?)))
}

fn added(sentence: &Sentence<'_>, parts: &[&Spoken], sum: Span, whole: &Spoken) -> Conflict {
    let shown: Vec<&str> = parts.iter().map(|part| sentence.shown(part)).collect();
    let message = words::sum_is(&shown, &sentence.text.print(sum.value, whole), sentence.shown(whole));
    let mut all = parts.to_vec();
    all.push(whole);
    sentence.conflict(ConflictKind::Sum, message, &all)
}

/// A table as rows of cells; a cell is its paragraph.
type Grid = BTreeMap<usize, BTreeMap<usize, usize>>;

/// Totals of rows and columns of every table.
pub(super) fn tables(text: &Text<'_>) -> Vec<Conflict> {
    let mut grids: BTreeMap<(&str, usize), Grid> = BTreeMap::new();
    for (at, paragraph) in text.paragraphs.iter().enumerate() {
        if let Some((table, row, cell)) = paragraph.in_table {
            let rows = grids.entry((&paragraph.part, table)).or_default();
            // A cell of several paragraphs is none that can be added up.
            rows.entry(row).or_default().entry(cell).and_modify(|kept| *kept = usize::MAX).or_insert(at);
        }
    }
    grids
        .values()
        .filter(|grid| is_even(grid))
        .flat_map(|grid| [columns(text, grid), rows(text, grid)].concat())
        .collect()
}

/// Whether every row has as many cells, so that a cell's number is its column.
fn is_even(grid: &Grid) -> bool {
    let mut widths = grid.values().map(BTreeMap::len);
    let first = widths.next();
    grid.len() > 2 && widths.all(|width| Some(width) == first)
}

fn cell<'t>(text: &'t Text<'_>, grid: &Grid, row: usize, column: usize) -> &'t str {
    let at = grid.get(&row).and_then(|cells| cells.get(&column)).copied();
    at.and_then(|at| text.paragraphs.get(at)).map_or("", |paragraph| paragraph.text.trim())
}

fn plain(head: &str) -> String {
    head.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The only number of a cell.
fn value<'t>(text: &'t Text<'_>, grid: &Grid, row: usize, column: usize) -> Option<(usize, &'t Spoken)> {
    let at = grid.get(&row)?.get(&column).copied()?;
    let numbers = text.numbers.get(at)?;
    let [only] = numbers.as_slice() else { return None };
    let rest = text.paragraphs[at].text.trim();
    let alone = rest.len() == only.end - only.start && only.direction.is_none();
    (alone && !percent(only)).then_some((at, only))
}

/// One row or column of cells that are added up to one of them.
fn check(
    text: &Text<'_>,
    parts: &[Option<(usize, &Spoken)>],
    total: (usize, &Spoken),
    (head, of): (&str, &str),
) -> Option<Conflict> {
    // What is blank may be anything.
    let parts: Vec<(usize, &Spoken)> = parts.iter().copied().collect::<Option<_>>()?;
    if parts.len() < 2 {
        return None;
    }
    let numbers: Vec<&Spoken> = parts.iter().map(|(_, number)| *number).collect();
    let (sum, span) = (add(text, &numbers)?, text.span(total.1)?);
    let shown = &text.paragraphs[total.0].text[total.1.start..total.1.end];
    (!sum.meets(span)).then(|| Conflict {
        kind: ConflictKind::Sum,
        message: words::row_sum(head, of, &text.print(sum.value, total.1), shown),
        at: vec![text.spot(total.0, total.1.start..total.1.end)],
    })
}

/// Rows named total against the rows they are of.
fn columns(text: &Text<'_>, grid: &Grid) -> Vec<Conflict> {
    let Some((top, cells)) = grid.first_key_value() else { return Vec::new() };
    let names: BTreeMap<usize, String> =
        grid.keys().map(|row| (*row, plain(cell(text, grid, *row, 0)))).collect();
    let named = |row: &usize, known: &[&str]| known.iter().any(|word| names[row].starts_with(word));
    let totals: Vec<usize> = grid.keys().copied().filter(|row| named(row, words::TOTALS)).collect();
    let [total] = totals.as_slice() else { return Vec::new() };
    let body: Vec<usize> = grid.keys().copied().filter(|row| row > top && row != total).collect();
    let skipped =
        |row: &usize| names[row].starts_with(words::OF_WHICH) || holds(&names[row], words::NOT_ADDED);
    let subtotals: Vec<usize> = body.iter().copied().filter(|row| named(row, words::SUBTOTALS)).collect();
    // Rows of several levels count some things twice.
    let levelled = |row: &&usize| {
        names[*row].starts_with(|c| words::NUMERALS.contains(c) || words::NUMBERING.contains(&c))
    };
    if (1..body.len()).contains(&body.iter().filter(levelled).count()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for column in cells.keys().copied().filter(|column| *column > 0) {
        let head = plain(cell(text, grid, *top, column));
        if holds(&head, words::NOT_ADDED) {
            continue;
        }
        let Some(whole) = value(text, grid, *total, column) else { continue };
        // Where there are subtotals, they alone make the total.
        let of: Vec<usize> = if subtotals.is_empty() {
            body.iter().copied().filter(|row| !skipped(row)).collect()
        } else {
            subtotals.clone()
        };
        let parts: Vec<_> = of.iter().map(|row| value(text, grid, *row, column)).collect();
        found.extend(check(text, &parts, whole, (&names[total], &head)));
    }
    found
}

/// Columns named total against the columns beside them.
fn rows(text: &Text<'_>, grid: &Grid) -> Vec<Conflict> {
    let Some((top, cells)) = grid.first_key_value() else { return Vec::new() };
    let heads: BTreeMap<usize, String> =
        cells.keys().map(|column| (*column, plain(cell(text, grid, *top, *column)))).collect();
    let totals: Vec<usize> = heads
        .iter()
        .filter(|(_, head)| words::TOTALS.iter().any(|word| head.starts_with(word)))
        .map(|(at, _)| *at)
        .collect();
    let [total] = totals.as_slice() else { return Vec::new() };
    let others: Vec<usize> = heads.keys().copied().filter(|at| *at > 0 && at != total).collect();
    // Columns with units of their own are not of one kind.
    let unlike = |at: &usize| holds(&heads[at], words::NOT_ADDED) || heads[at].contains(['（', '(']);
    if others.iter().any(unlike) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for row in grid.keys().copied().filter(|row| row > top) {
        let Some(whole) = value(text, grid, row, *total) else { continue };
        if holds(&plain(cell(text, grid, row, 0)), words::NOT_ADDED) {
            continue;
        }
        let parts: Vec<_> = others.iter().map(|column| value(text, grid, row, *column)).collect();
        found.extend(check(text, &parts, whole, (&heads[total], cell(text, grid, row, 0))));
    }
    found
}
