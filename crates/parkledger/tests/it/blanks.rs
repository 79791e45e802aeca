//! The 144 blanks of the annual review: each has a slot in the template, is filled from the ledger, and nothing is typed.
//!
//! `fixtures/blanks.csv` is the list of what a committee's review must say; the report's definition names the slot of each.
//! To change a blank: the row there, the `[[blank]]` of the report, the slot in the template. Run with `--nocapture` to see
//! each blank with the slot that fills it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use app::clock::SystemClock;
use app::library::Library;
use app::park::{Park, Setup};
use app::report::{Built, InProcess, ReportInput, build};
use app::worker::Worker;
use model::definition::{Blank, Report};
use model::id::ReportId;
use model::period::Month;
use office::docx::outline;

use crate::support::{Shop, demo, repository};

const REPORT: &str = "annual-review";

fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| Arc::new(Library::load(None).expect("no overlay, nothing to fail"))))
}

fn report(library: &Library) -> &Report {
    library.content.reports.get(&ReportId::from(REPORT)).expect("the review is part of the content")
}

/// The paragraphs of the template's body as they are typed, tags included; footers hold Word's own page number.
fn typed() -> Vec<String> {
    let library = library();
    let template = library.template(report(&library)).expect("the review has a template").to_vec();
    let body = |p: &office::docx::Paragraph| p.part == "word/document.xml";
    outline(&template).expect("a Word file").into_iter().filter(body).map(|p| p.text).collect()
}

/// Without space and with one kind of quotation mark, because Word sets both as it likes.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '\'' | '“' | '”') { '"' } else { c })
        .collect()
}

/// A piece of a template's text.
#[derive(Debug, PartialEq)]
enum Piece {
    Prose(String),
    Slot(String),
    Tag(String),
}

/// Cuts text at `{{ … }}` and `{% … %}`.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (open, close): (usize, &str) =
            if rest[start..].starts_with("{{") { (2, "}}") } else { (2, "%}") };
        let Some(end) = rest[start..].find(close) else { break };
        found.push(Piece::Prose(rest[..start].to_owned()));
        let inner = rest[start + open..start + end].trim_matches(|c| c == '-' || c == ' ').to_owned();
        found.push(if close == "}}" { Piece::Slot(inner) } else { Piece::Tag(inner) });
        rest = &rest[start + end + 2..];
    }
    found.push(Piece::Prose(rest.to_owned()));
    found
}

/// Every blank that no slot fills, and every number that is typed.
fn faults(paragraphs: &[String], blanks: &[Blank]) -> Vec<String> {
    let mut slots: Vec<(Option<String>, String)> = Vec::new();
    let mut loops: Vec<String> = Vec::new();
    let mut faults = Vec::new();
    for paragraph in paragraphs {
        for piece in pieces(paragraph) {
            match piece {
                Piece::Slot(slot) => slots.push((loops.last().cloned(), bare(&slot))),
                Piece::Tag(tag) if tag.contains("for ") && !tag.contains("endfor") => {
                    let from = tag.find("for ").expect("looked at in the guard");
                    loops.push(bare(&tag[from..]));
                }
                Piece::Tag(tag) if tag.contains("endfor") => {
                    loops.pop();
                }
                Piece::Tag(_) => {}
                Piece::Prose(prose) => {
                    faults.extend(number_in(&prose).map(|n| format!("“{n}” is typed in “{prose}”")));
                }
            }
        }
    }
    for blank in blanks {
        let wanted = (blank.in_loop.as_deref().map(bare), bare(&blank.slot));
        if !slots.contains(&wanted) {
            faults.push(format!("blank {} “{}” has no slot {{{{ {} }}}}", blank.n, blank.name, blank.slot));
        }
    }
    faults
}

/// The first number typed in prose: digits of either width, or Chinese numerals before a unit that only data has.
fn number_in(prose: &str) -> Option<String> {
    let digits: String = prose.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).collect();
    if !digits.is_empty() {
        return Some(digits);
    }
    let letters: Vec<char> = prose.chars().collect();
    let numeral = |c: char| "〇零一二三四五六七八九十百千万亿两几".contains(c);
    let data = |c: char| "家起件份名%".contains(c);
    let hit = |w: &&[char]| numeral(w[0]) && data(w[1]);
    letters.windows(2).find(hit).map(|w| w.iter().collect())
}

fn fixture() -> Vec<(u32, String, String)> {
    let text =
        std::fs::read_to_string(repository().join("fixtures/blanks.csv")).expect("part of the repository");
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 4, "{line}");
        (cells[0].parse().expect("a number"), cells[1].to_owned(), cells[3].to_owned())
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn the_report_declares_exactly_the_144_blanks() {
    let library = library();
    let declared: Vec<(u32, String, String)> =
        report(&library).blanks.iter().map(|b| (b.n, b.name.clone(), b.kind.clone())).collect();
    let wanted = fixture();
    assert_eq!(wanted.len(), 144);
    assert_eq!(declared, wanted);
}

#[test]
fn every_blank_has_a_slot_and_nothing_is_typed() {
    let library = library();
    let found = faults(&typed(), &report(&library).blanks);
    assert!(found.is_empty(), "\n  {}", found.join("\n  "));
}

#[test]
fn the_check_above_sees_each_missing_slot_and_each_typed_number() {
    // Negative control: type a number in place of one slot after the other. The blank must be named, and the number.
    let library = library();
    let typed = typed();
    for blank in &report(&library).blanks {
        let hard_coded: Vec<String> = typed
            .iter()
            .map(|paragraph| {
                let put = |piece| match piece {
                    Piece::Slot(slot) if bare(&slot) == bare(&blank.slot) => "37".to_owned(),
                    Piece::Slot(slot) => format!("{{{{ {slot} }}}}"),
                    Piece::Tag(tag) => format!("{{% {tag} %}}"),
                    Piece::Prose(prose) => prose,
                };
                pieces(paragraph).into_iter().map(put).collect()
            })
            .collect();
        let found = faults(&hard_coded, &report(&library).blanks);
        assert!(
            found.iter().any(|f| f.starts_with(&format!("blank {} ", blank.n))),
            "{}: {found:?}",
            blank.n
        );
        assert!(found.iter().any(|f| f.starts_with("“37” is typed")), "{}: {found:?}", blank.n);
    }
}

#[test]
fn numbers_are_seen_in_every_script() {
    for (prose, number) in [
        ("新增企业12家", Some("12")),
        ("新增企业１２家", Some("１２")),
        ("新增企业十二家", Some("二家")),
        ("立案三起", Some("三起")),
        ("抓好三项重点，一手抓项目", None),
        ("一、工作总结", None),
    ] {
        assert_eq!(number_in(prose).as_deref(), number, "{prose}");
    }
}

/// Builds the report of October 2023 from a ledger, in this process.
fn built(data: &Path) -> Built {
    let library = library();
    let worker = Worker::this_program().expect("this program has a path");
    let setup =
        Setup {
            library: Arc::clone(&library), worker, clock: Arc::new(SystemClock), who: "测试".to_owned()
        };
    let park = Park::open_or_create(data, setup, || [1; 32]).expect("a ledger");
    let snapshot = park.snapshot().expect("readable");
    let revision = snapshot.revision();
    let created = park.store().revision(revision).map_or(jiff::Timestamp::UNIX_EPOCH, |r| r.at);
    let input = ReportInput {
        library: &library,
        report: &ReportId::from(REPORT),
        period: Month::new(2023, 10).expect("a month"),
        settings: None,
        matter: None,
        snapshot: &snapshot,
        reader: app::figures::Reader::COMMITTEE,
        created,
        rendering: &InProcess,
        templates: None,
    };
    build(&input).expect("the template is right")
}

#[test]
fn every_blank_is_filled_and_stands_in_the_document() {
    let library = library();
    let shop = demo().copy();
    let built = built(&shop.data());
    // What the command line wrote for the same revision is the same document.
    let document = std::fs::read(demo().path("annual-review.docx")).expect("the demo wrote it");
    assert_eq!(built.document, document, "the same revision, content and period give the same bytes");
    let mut controls = BTreeMap::new();
    for paragraph in outline(&document).expect("a Word file") {
        controls.extend(paragraph.controls.into_iter().map(|c| (c.tag, c.text)));
    }
    let mut missing = Vec::new();
    for (blank, slot) in built.blanks(report(&library)) {
        let Some(slot) = slot else {
            missing.push(format!("{} {}: not printed: {}", blank.n, blank.name, blank.slot));
            continue;
        };
        println!("{:>3} {}\t{{{{ {} }}}}\t{}\t{}", blank.n, blank.name, blank.slot, slot.tag, slot.text);
        if slot.blank.is_some() || slot.text.trim().is_empty() {
            missing.push(format!("{} {}: {:?}", blank.n, blank.name, slot.blank));
        } else if controls.get(&slot.tag) != Some(&slot.text) {
            missing.push(format!(
                "{} {}: the control holds {:?}",
                blank.n,
                blank.name,
                controls.get(&slot.tag)
            ));
        }
    }
    assert!(missing.is_empty(), "\n  {}", missing.join("\n  "));
}

#[test]
fn without_data_no_blank_is_filled() {
    // Nothing is hard-coded in content either: on an empty ledger only the report's own month and year can be said.
    let library = library();
    let shop = Shop::new();
    let built = built(&shop.data());
    let mut filled = Vec::new();
    for (blank, slot) in built.blanks(report(&library)) {
        let kind = blank.kind.clone();
        let Some(slot) = slot else { continue };
        if slot.blank.is_none() && kind != "month" && kind != "year" {
            filled.push(format!("{} {}: {} = {}", blank.n, blank.name, blank.slot, slot.text));
        }
    }
    assert!(filled.is_empty(), "\n  {}", filled.join("\n  "));
}
