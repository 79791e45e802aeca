//! Audit of texts that are not the program's own: written by hand in other styles (`fixtures/audit`), with every number that
//! has a truth filled from the demo ledger. Measured: how many true numbers are known, how many false ones are found, and how
//! many true or unknowable ones are called wrong.

use std::collections::BTreeMap;

use app::access::Actor;
use app::figures::{Engine, FieldPath, Growth, Reader, Request};
use app::park::Park;
use app::report::audit::{Audited, PeriodFrom, Verdict};
use app::worker::Outlined;
use model::id::{FigureId, UnitId};
use model::period::{Month, Window};
use office::docx::Paragraph;
use rust_decimal::{Decimal, RoundingStrategy};

use super::publishing::open;
use super::support::{Shop, demo};

/// The texts, and where the month they are about comes from: the speech names no year.
const TEXTS: [(&str, &str, PeriodFrom); 3] = [
    ("bulletin", include_str!("../fixtures/audit/bulletin.txt"), PeriodFrom::Text),
    ("speech", include_str!("../fixtures/audit/speech.txt"), PeriodFrom::Newest),
    ("dispatch", include_str!("../fixtures/audit/dispatch.txt"), PeriodFrom::Text),
];

/// A slot as the ledger fills it: the word of direction or sign before, the number, the unit behind.
struct Filled {
    before: String,
    number: String,
    behind: String,
    /// The word for the other direction.
    other: String,
}

/// Where a slot's number came to stand: paragraph and character, both from 0.
type Place = (usize, usize);

#[test]
fn foreign_texts_are_audited_with_few_misses_and_no_false_alarm() {
    let shop: Shop = demo().copy();
    let park = open(&shop);
    let mut totals = [0_usize; 6];
    let mut report = Vec::new();
    for (name, text, from) in TEXTS {
        let slots = fill(&park, text);
        assert!(slots.len() >= 40, "{name} has {} slots", slots.len());
        let (document, places) = written(text, &slots, &|_| false);
        let clean = park.audit(&document, None, &Actor::local("t")).expect("audited");
        assert_eq!(clean.period_from, from, "{name}");
        let verdicts = verdicts(&clean);
        let supported =
            places.iter().filter(|place| verdicts.get(place) == Some(&Verdict::Supported)).count();
        for place in &places {
            if verdicts.get(place) != Some(&Verdict::Supported) {
                report.push(format!(
                    "{name}: not known: {} {:?}",
                    shown(&document, *place),
                    verdicts.get(place)
                ));
            }
        }
        let strangers = clean.items.iter().filter(|item| !places.contains(&(item.paragraph - 1, item.at)));
        for item in strangers.filter(|item| item.verdict == Verdict::Supported && item.figure.is_some()) {
            report.push(format!("{name}: known by chance: {} as {}", item.text, item.title));
            totals[5] += 1;
        }
        for item in clean.items.iter().filter(|item| item.verdict == Verdict::Contradicted) {
            report.push(format!("{name}: ALARM {} {} {}", item.text, item.title, item.note));
        }
        totals[0] += places.len();
        totals[1] += supported;
        totals[4] += clean.count(Verdict::Contradicted);
        for round in 0..5 {
            let chosen = |slot: usize| slot % 5 == round;
            let (document, places) = written(text, &slots, &chosen);
            let audited = park.audit(&document, None, &Actor::local("t")).expect("audited");
            for item in audited.items.iter().filter(|item| item.verdict == Verdict::Contradicted) {
                let slot = places.iter().position(|place| *place == (item.paragraph - 1, item.at));
                if slot.is_some_and(chosen) {
                    totals[3] += 1;
                } else {
                    totals[4] += 1;
                    report.push(format!("{name}: ALARM {} {} {}", item.text, item.title, item.note));
                }
            }
            totals[2] += (0..places.len()).filter(|slot| chosen(*slot)).count();
        }
    }
    let [slots, supported, set, found, alarms, chance] = totals;
    println!("{}", report.join("\n"));
    println!(
        "{slots} numbers, {supported} known; {set} errors set, {found} found; {alarms} false alarms; {chance} by chance"
    );
    assert!(alarms == 0, "{alarms} false alarms");
    assert!(supported * 100 >= slots * 90, "{supported} of {slots} known");
    assert!(found * 100 >= set * 75, "{found} of {set} found");
}

fn shown(document: &Outlined, (paragraph, at): Place) -> String {
    let text: Vec<char> = document.paragraphs[paragraph].text.chars().collect();
    text[at.saturating_sub(14)..(at + 8).min(text.len())].iter().collect()
}

fn verdicts(audited: &Audited) -> BTreeMap<Place, Verdict> {
    audited.items.iter().map(|item| ((item.paragraph - 1, item.at), item.verdict)).collect()
}

/// Every slot of a text, in its order.
fn fill(park: &Park, text: &str) -> Vec<Filled> {
    let snapshot = park.snapshot().expect("a snapshot");
    let content = &park.library().content;
    let engine = Engine::new(content, &snapshot, Reader::COMMITTEE);
    let slots = text.split("{{").skip(1).map(|rest| rest.split_once("}}").expect("closed").0);
    slots.map(|slot| filled(&engine, park, slot)).collect()
}

fn filled(engine: &Engine<'_>, park: &Park, slot: &str) -> Filled {
    let fields: Vec<&str> = slot.split('|').collect();
    let [figure, month, window, part, unit, places] = fields[..] else { panic!("{slot}") };
    let content = &park.library().content;
    let id = FigureId::from(figure);
    let own = content.figures[&id].unit.clone().expect("a number");
    let at: Month = month.parse().expect("a month");
    let mut request = Request::new(id, at).exact().window(Window::named(window).expect("a window"));
    if let Some((path, name)) = part.strip_prefix("line:").and_then(|line| line.split_once('=')) {
        request = request.only(path.parse::<FieldPath>().expect("a path"), name);
    }
    let places: u32 = places.parse().expect("places");
    let found = engine.evaluate(&request);
    let to = |number: Decimal| {
        let unit = unit.trim_start_matches('-');
        let unit = if unit.is_empty() { own.clone() } else { UnitId::from(unit) };
        content.units.convert(number, &own, &unit).expect("of one dimension")
    };
    let plain = |number: Decimal| Filled {
        before: if number.is_sign_negative() { "-".to_owned() } else { String::new() },
        number: say(number.abs(), places),
        behind: if unit.starts_with('-') { String::new() } else { unit.to_owned() },
        other: String::new(),
    };
    let target = || engine.targets(&request).into_iter().next().expect("a target");
    let percent = |number: Decimal| Filled { behind: "%".to_owned(), ..plain(number) };
    match part {
        "prior" => plain(to(found.prior.number().expect(slot))),
        "target" => plain(to(target().target.number().expect(slot))),
        "completion" => percent(target().completion.number().expect(slot)),
        "since" => {
            let turn = Month::new(request.at.year() - 1, 12).expect("a month");
            let then = engine.evaluate(&Request { at: turn, ..request.clone() });
            plain(to(found.value.number().expect(slot) - then.value.number().expect(slot)))
        }
        "yoy" => grown(found.yoy.expect(slot), unit, places),
        "mom" => grown(engine.month_on_month(&request).growth.expect(slot), unit, places),
        _ if part.starts_with("share:") => {
            let whole = Request { figure: part["share:".len()..].into(), ..request.clone() };
            let whole = engine.evaluate(&whole).value.number().expect(slot);
            percent(found.value.number().expect(slot) * Decimal::ONE_HUNDRED / whole)
        }
        _ => plain(to(found.value.number().expect(slot))),
    }
}

fn say(number: Decimal, places: u32) -> String {
    let mut rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    rounded.to_string()
}

fn grown(growth: Growth, words: &str, places: u32) -> Filled {
    let number = growth.number().expect("a number");
    let (before, other) = match words.split_once(',') {
        Some((up, down)) if number.is_sign_negative() => (down, up),
        Some((up, down)) => (up, down),
        None if number.is_sign_negative() => ("-", ""),
        None => ("", "-"),
    };
    let behind = match (growth, words) {
        (_, "-") => "",
        (Growth::Points(_), _) => "个百分点",
        _ => "%",
    };
    Filled {
        before: before.to_owned(),
        number: say(number.abs(), places),
        behind: behind.to_owned(),
        other: other.to_owned(),
    }
}

/// The text with its slots filled, some of them falsely, and where their numbers stand.
fn written(text: &str, slots: &[Filled], wrong: &dyn Fn(usize) -> bool) -> (Outlined, Vec<Place>) {
    let mut next = 0;
    let mut places = Vec::new();
    let (mut paragraphs, mut table, mut row) = (Vec::new(), 0, None);
    for line in text.lines() {
        row = line.starts_with('|').then(|| row.map_or(0, |row: usize| row + 1));
        table += usize::from(row == Some(0));
        let cells: Vec<&str> = if row.is_some() { cells(line) } else { vec![line] };
        for (column, cell) in cells.into_iter().enumerate() {
            let mut said = String::new();
            let mut rest = cell;
            while let Some((before, slot)) = rest.split_once("{{") {
                said.push_str(before);
                let filled = &slots[next];
                let lie = wrong(next);
                let turned = lie && next % 2 == 1 && !filled.other.is_empty();
                said.push_str(if turned { &filled.other } else { &filled.before });
                places.push((paragraphs.len(), said.chars().count()));
                said.push_str(&if lie && !turned {
                    changed(&filled.number, next)
                } else {
                    filled.number.clone()
                });
                said.push_str(&filled.behind);
                next += 1;
                rest = slot.split_once("}}").expect("closed").1;
            }
            said.push_str(rest);
            let in_table = row.map(|row| (table, row, column));
            paragraphs.push(Paragraph { text: said, in_table, ..Paragraph::default() });
        }
    }
    (Outlined { paragraphs, basis: Vec::new(), set_aside: Vec::new() }, places)
}

/// The cells of a row; the bars inside slots part nothing.
fn cells(line: &str) -> Vec<&str> {
    let (mut cells, mut from, mut inside) = (Vec::new(), 1, false);
    for (at, letter) in line.char_indices().skip(1) {
        inside = match letter {
            '{' => true,
            '}' => false,
            _ => inside,
        };
        if letter == '|' && !inside {
            cells.push(&line[from..at]);
            from = at + 1;
        }
    }
    cells.push(&line[from..]);
    cells
}

/// Another number of the same form: the first or the last digit is another one.
fn changed(number: &str, slot: usize) -> String {
    let mut letters: Vec<char> = number.chars().collect();
    let at = if slot.is_multiple_of(4) { 0 } else { letters.len() - 1 };
    let digit = letters[at].to_digit(10).expect("a digit");
    letters[at] = char::from_digit(digit % 9 + 1, 10).expect("a digit");
    letters.into_iter().collect()
}
