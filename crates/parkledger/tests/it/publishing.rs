//! Reports on the screen and in the archive, on the demo: the preview says what the document says, and a publication tells
//! what changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::access::{Actor, Grants, PersonId};
use app::clock::FrozenClock;
use app::library::Library;
use app::park::{Park, Setup};
use app::publishing::{Format, PdfFault, PdfTool, Preview, Publishing, PublishingFault, SlotView};
use app::report::{ReportFault, Settings};
use app::reporting::Asked;
use app::worker::{WORKER_COMMAND, Worker, WorkerLimits};
use jiff::Timestamp;
use model::definition::{BookKind, FigureRule, ParameterValues};
use model::entry::{Entry, EntryState, EntryWrite, Origins};
use model::id::ReportId;
use model::period::Month;
use model::value::Value;

use super::support::{BINARY, Shop, demo};

pub(crate) fn open(shop: &Shop) -> Park {
    let setup = Setup {
        library: Arc::new(Library::load(None).expect("the embedded content")),
        worker: Worker {
            program: BINARY.into(),
            arguments: vec![WORKER_COMMAND.to_owned()],
            limits: WorkerLimits::default(),
        },
        clock: Arc::new(FrozenClock(Timestamp::from_second(1_700_000_000).expect("a time"))),
        who: "tester".to_owned(),
    };
    Park::open(&shop.data(), setup).expect("the demo's ledger")
}

pub(crate) fn first_report(park: &Park) -> ReportId {
    park.library().content.reports.keys().next().expect("a report comes with the product").clone()
}

pub(crate) fn october() -> Month {
    "2023-10".parse().expect("a month")
}

/// The text of a preview, a line per paragraph.
fn lines(preview: &Preview) -> Vec<String> {
    let mut lines = Vec::new();
    let text =
        |runs: &[app::publishing::RunView]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    for block in &preview.blocks {
        if let Some(runs) = &block.runs {
            lines.push(text(runs));
        }
        for row in block.rows.iter().flatten() {
            lines.extend(
                row.cells
                    .iter()
                    .flat_map(|cell| text(&cell.runs).split('\n').map(str::to_owned).collect::<Vec<_>>()),
            );
        }
    }
    lines
}

#[test]
fn a_preview_says_what_the_document_says() {
    let shop = demo().copy();
    let park = open(&shop);
    let (report, actor, publishing) = (first_report(&park), Actor::local("tester"), Publishing::new());
    let preview = publishing.preview(&park, &actor, &report, october()).expect("a preview");
    let none = PdfTool::default();
    let file =
        publishing.document(&park, &actor, (&report, october()), Format::Docx, &none).expect("a document");
    let outline = office::docx::outline(&file.bytes).expect("a Word file");
    let document: Vec<String> = outline
        .iter()
        .filter(|paragraph| paragraph.part == "word/document.xml")
        .map(|paragraph| paragraph.text.clone())
        .collect();
    let shown = lines(&preview);
    assert!(shown.len() > 30, "{}", shown.len());
    assert_eq!(shown, document);
    // Every slot stands in the text once, with its own words, and every figure leads to a trace.
    let mut seen = BTreeSet::new();
    let runs = preview.blocks.iter().flat_map(|block| {
        let cells = block.rows.iter().flatten().flat_map(|row| &row.cells).flat_map(|cell| &cell.runs);
        block.runs.iter().flatten().chain(cells)
    });
    for run in runs {
        let Some(index) = run.slot else { continue };
        assert_eq!(run.text.trim_end_matches('\n'), preview.slots[index].text);
        assert!(seen.insert(index));
    }
    assert_eq!(seen.len(), preview.slots.len());
    assert!(preview.slots.iter().filter(|slot| slot.question.is_some()).count() >= 100);
    assert_eq!(preview.unfilled, 0);
}

#[test]
fn a_preview_is_quick() {
    let shop = demo().copy();
    let park = open(&shop);
    let (report, actor) = (first_report(&park), Actor::local("tester"));
    park.snapshot().expect("readable");
    // The template is read once; after that another reader's preview is made anew.
    Publishing::new().preview(&park, &actor, &report, october()).expect("a preview");
    let started = Instant::now();
    Publishing::new().preview(&park, &actor, &report, october()).expect("a preview");
    // 100 ms in a release build; this build is some ten times slower, beside other tests.
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

/// Writes one number of an entry anew.
pub(crate) fn correct(ledger: &mut store::Store, entry: &Entry, field: &str, value: Value) {
    let at = Timestamp::from_second(1_700_000_100).expect("a time");
    let mut request = store::WriteRequest::new(at, "tester", "更正", store::RevisionKind::Record);
    let mut payload = entry.payload.clone();
    payload.insert(field.into(), value);
    request.writes.push(EntryWrite {
        book: entry.book.clone(),
        key: entry.key.clone(),
        entry: Some(entry.id),
        based_on: entry.version,
        state: EntryState::Active,
        payload,
        origins: Origins::default(),
    });
    ledger.write(&request).expect("written");
}

#[test]
fn a_publication_tells_the_one_figure_one_cell_changed() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let (report, actor, publishing) = (first_report(&park), Actor::local("tester"), Publishing::new());
    let published =
        publishing.publish(&mut park, &actor, (&report, october()).into(), "首次").expect("published");
    let none = publishing.changes(&park, &actor, published.id).expect("an answer");
    assert_eq!((none.items.len(), none.content_changed), (0, false));
    // One cell that exactly one printed value was computed from.
    let preview = publishing.preview(&park, &actor, &report, october()).expect("a preview");
    let (entry, field, old) = only_reader(&park, &preview);
    // More than any rounding hides.
    let (is, new) = (old, old * rust_decimal::Decimal::TWO + rust_decimal::Decimal::from(7));
    correct(park.store_mut(), &entry, field.as_str(), Value::Number(new));
    let changes = publishing.changes(&park, &actor, published.id).expect("an answer");
    assert_eq!(changes.items.len(), 1, "{:?}", changes.items);
    let item = &changes.items[0];
    assert_ne!(item.then, item.now);
    assert_eq!(item.entries.len(), 1, "{item:?}");
    let moved = &item.entries[0];
    assert_eq!((moved.entry, moved.who.as_str()), (entry.id.0, "tester"));
    assert_eq!(
        (moved.before.as_str(), moved.after.as_str()),
        (is.normalize().to_string().as_str(), new.normalize().to_string().as_str())
    );
    assert_eq!(changes.revision_now, changes.revision_then + 1);
    // The difference is that of the exact values, in percent of what was published.
    let exact = |text: &Option<String>| -> rust_decimal::Decimal {
        text.as_deref().expect("a number").parse().expect("a number")
    };
    let by = exact(&item.exact_now) - exact(&item.exact_then);
    assert!(!by.is_zero());
    assert_eq!(exact(&item.difference), by);
    let percent = by / exact(&item.exact_then).abs() * rust_decimal::Decimal::ONE_HUNDRED;
    let percent = percent.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    assert_eq!(exact(&item.relative), percent);
    assert_eq!((item.cause, moved.why.as_str()), (app::publishing::Cause::Entries, "更正"));
    assert!(item.sentence.contains(&item.then), "{item:?}");
    let state = publishing.state(&park, &actor, published.id).expect("a state");
    assert_eq!((state.changed, state.values), (1, changes.values));
    // What was frozen still gives the very bytes.
    assert_eq!(publishing.reproduces(&park, &actor, published.id).expect("made again"), Some(true));
    // What was published stays what it was.
    let kept = publishing
        .published_document(&park, &actor, published.id, Format::Docx, &PdfTool::default())
        .expect("kept");
    assert_eq!(app::digest_hex(&kept.bytes), published.digest);
    assert_eq!(publishing.publications(&park, &actor, &report).expect("a list").items.len(), 1);
}

/// A return's cell with a number that exactly one printed value reads. (Parameters are read by conditions too.)
pub(crate) fn only_reader(
    park: &Park,
    preview: &Preview,
) -> (Entry, model::id::FieldId, rust_decimal::Decimal) {
    let content = &park.library().content;
    let mut readers: BTreeMap<(u64, model::id::FieldId), BTreeSet<usize>> = BTreeMap::new();
    let snapshot = park.snapshot().expect("readable");
    let engine = app::figures::Engine::new(content, &snapshot, app::figures::Reader::COMMITTEE);
    for slot in &preview.slots {
        let (Some(figure), Some(question)) = (&slot.figure, &slot.question) else { continue };
        let pairs: Vec<(String, String)> = pairs_of(question);
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let asked = app::explore::Question::from_pairs(figure, pairs).expect("a question");
        let request = asked.request(park).expect("a request");
        for part in engine.trace(&request) {
            for field in part.fields {
                readers.entry((part.entry.0, field)).or_default().insert(slot.index);
            }
        }
    }
    let single = readers.into_iter().filter(|(_, slots)| slots.len() == 1);
    for ((entry, field), slots) in single {
        let entry = park.store().entry(model::id::EntryId(entry)).expect("readable").expect("there");
        let slot = *slots.first().expect("one");
        let plain = preview.slots[slot].kind == "value";
        if let Some(number) = entry.payload.get(&field).and_then(Value::as_number)
            && plain
            && content.books[&entry.book].kind == BookKind::Series
        {
            return (entry, field, number);
        }
    }
    panic!("the report reads no cell for one value only");
}

#[test]
fn a_threshold_that_moved_is_told_and_evidence_shows_what_one_may_see() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let (report, actor, publishing) = (first_report(&park), Actor::local("tester"), Publishing::new());
    // A reader of everything but single returns sees no row of such a book; one of few books is told how many are left out.
    let content = &park.library().content;
    let grants = Grants::resolve(content, &["leader".to_owned()], "", None);
    let leader = Actor::person(PersonId(1), "leader", "leader", "test", Arc::new(grants));
    let secret: Vec<&str> =
        content.books.values().filter(|b| b.statistics_confidential).map(|b| b.title.as_str()).collect();
    assert!(!secret.is_empty());
    let rows = |actor: &Actor| {
        let none = PdfTool::default();
        let at = (&report, october());
        let file = publishing.document(&park, actor, at, Format::Evidence, &none).expect("a workbook");
        let workbook = office::read(&file.bytes, "e.xlsx", &office::Limits::default()).expect("a workbook");
        let entries = &workbook.sheets[1];
        let texts: Vec<String> = entries
            .cells
            .iter()
            .filter(|c| c.col == 4)
            .filter_map(|c| entries.text(c))
            .map(str::to_owned)
            .collect();
        let hidden = entries.cells.iter().filter_map(|c| entries.text(c)).any(|t| t.contains("统计保密"));
        (texts.iter().filter(|t| secret.contains(&t.as_str())).count(), texts.len(), hidden)
    };
    let (of_secret, all, hidden) = rows(&actor);
    assert!(of_secret > 0 && !hidden);
    let (none, fewer, _) = rows(&leader);
    assert!(none == 0 && fewer < all, "{none} {fewer} {all}");
    let grants = Grants::resolve(content, &["clerk".to_owned()], "", None);
    let clerk = Actor::person(PersonId(2), "clerk", "clerk", "test", Arc::new(grants));
    let (none, fewest, told) = rows(&clerk);
    assert!(none == 0 && told && fewest < fewer, "{none} {fewest} {fewer} {told}");

    // A figure bounded by a parameter: when the parameter moves, its entry is told.
    let preview = publishing.preview(&park, &actor, &report, october()).expect("a preview");
    let bounds = |slot: &SlotView| {
        let figure = content.figures.get(slot.figure.as_deref()?)?;
        let FigureRule::Measure { filter: Some(filter), .. } = &figure.rule else { return None };
        filter.figures().into_iter().next()
    };
    let (slot, parameter) =
        preview.slots.iter().find_map(|slot| Some((slot.clone(), bounds(slot)?))).expect("a bounded figure");
    let snapshot = park.snapshot().expect("readable");
    let part = app::figures::Engine::new(content, &snapshot, app::figures::Reader::COMMITTEE)
        .trace(&app::figures::Request::new(parameter, october()))
        .remove(0);
    let entry = park.store().entry(part.entry).expect("readable").expect("there");
    let old = entry.payload[&part.fields[0]].as_number().expect("a number");
    let published =
        publishing.publish(&mut park, &actor, (&report, october()).into(), "").expect("published");
    let new = Value::Number(old * rust_decimal::Decimal::TWO);
    correct(park.store_mut(), &entry, part.fields[0].as_str(), new);
    let changes = publishing.changes(&park, &actor, published.id).expect("an answer");
    let moved = changes.items.iter().find(|item| item.figure == slot.figure).expect("it moved");
    assert_eq!(moved.entries.iter().map(|e| e.entry).collect::<Vec<_>>(), [entry.id.0]);
}

/// The pairs of a query.
fn pairs_of(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next().expect("two digits"), rest.next().expect("two digits")];
                let digits = std::str::from_utf8(&digits).expect("ASCII");
                bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    };
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (decoded(name), decoded(value)));
    query.split('&').filter_map(pair).collect()
}

#[test]
fn a_pdf_needs_an_office_program_and_a_hanging_one_is_stopped() {
    let shop = Shop::new();
    let none = PdfTool::find(BINARY.into(), None, &[]);
    assert!(!none.is_there());
    assert!(matches!(none.convert(b"x"), Err(PdfFault::Absent)));
    // A setting that names none is no reason to look for another.
    assert!(!PdfTool::find(BINARY.into(), Some(&shop.path("soffice")), &[]).is_there());
    let fault = PublishingFault::Pdf(PdfFault::Absent);
    let (_, hint) = app::messages::fault::of(&fault).expect("a sentence");
    assert!(hint.contains("libreoffice-writer"), "{hint}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let script = |name: &str, text: &str| {
            let path = shop.file(name, text);
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("set");
            path
        };
        // A stand-in that answers as LibreOffice does: the first start in a new home only sets it up and asks to be started
        // again by status 81; then a PDF of the input's name in the folder after --outdir.
        let office = script(
            "soffice",
            "#!/bin/sh\n[ -e \"$HOME/set\" ] || { : > \"$HOME/set\"; exit 81; }\nwhile [ \"$1\" != --outdir ]; do shift; done\nprintf '%%PDF-1.7 ' > \"$2/report.pdf\"\ncat \"$3\" >> \"$2/report.pdf\"\n",
        );
        let folder = office.parent().expect("a folder").to_owned();
        let found = PdfTool::find(BINARY.into(), None, &[folder]);
        assert_eq!(found.convert(b"document").expect("a PDF"), b"%PDF-1.7 document");
        let hanging = script("hanging", "#!/bin/sh\nexec sleep 600\n");
        let tool = PdfTool::find(BINARY.into(), Some(&hanging), &[]).within(Duration::from_millis(300));
        let started = Instant::now();
        assert!(matches!(tool.convert(b"x"), Err(PdfFault::Failed(_))));
        assert!(started.elapsed() < Duration::from_mins(1));
    }
}

/// Foreign capital has a target of 2,800 万美元 and 2,380 arrived (content/demo): 2,380 / 2,800 = 85.0 %.
#[test]
fn a_publication_keeps_what_its_report_was_about() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let (actor, publishing) = (Actor::local("tester"), Publishing::new());
    let reports = park.library().content.reports.values();
    let letter = reports.clone().find(|report| {
        report
            .parameters
            .values()
            .any(|one| matches!(&one.values, ParameterValues::Figures(all) if all.len() > 2))
    });
    let letter = letter.expect("a letter about one of several figures").clone();
    let of_figures =
        |known: &&model::definition::Parameter| matches!(known.values, ParameterValues::Figures(_));
    let parameter = letter.parameters.values().find(of_figures).expect("it has one");
    let ParameterValues::Figures(all) = &parameter.values else { panic!("figures") };
    let last = all.last().expect("the foreign capital").to_string();
    let settings = Settings::from([(parameter.id.clone(), last.clone())]);
    let id = &letter.id;
    let published =
        publishing.publish(&mut park, &actor, (id, october(), &settings).into(), "").expect("published");
    assert_eq!(published.settings[&parameter.id], last);
    let title = park.library().content.figures[last.as_str()].title.clone();
    assert!(published.about.iter().any(|one| one.text == title), "{:?}", published.about);
    // It reads as it did, and is made again byte by byte, which it would not be about another figure.
    let changes = publishing.changes(&park, &actor, published.id).expect("a table");
    assert_eq!((changes.items.len(), changes.unseen), (0, 0));
    assert!(changes.values > 5);
    assert_eq!(publishing.reproduces(&park, &actor, published.id).expect("made again"), Some(true));
    let preview =
        |settings: Settings| publishing.preview_as_of(&park, &actor, (id, october(), &settings).into(), None);
    let shown = preview(settings).expect("a preview").slots.iter().any(|slot| slot.text == "85.0");
    assert!(shown, "the letter speaks of foreign capital");
    // What does not fit is told by name.
    let said = |name: &str, value: &str| match preview(Settings::from([(name.to_owned(), value.to_owned())]))
    {
        Err(PublishingFault::Report(ReportFault::Settings(faults))) => faults[0].name.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(&parameter.id, "nobody"), parameter.id);
    assert_eq!(said("stranger", &last), "stranger");
}

#[test]
fn values_of_a_parameter_come_from_its_book_and_are_asked_for() {
    let shop = demo().copy();
    let park = open(&shop);
    let actor = Actor::local("tester");
    let needs =
        |report: &&model::definition::Report| report.parameters.values().any(|one| one.default.is_none());
    let report = park
        .library()
        .content
        .reports
        .values()
        .find(needs)
        .expect("a report that needs something set")
        .clone();
    let name = report.parameters.keys().next().expect("a parameter").clone();
    let all = park.choices(&actor, (&report.id, &name), "", 5).expect("values");
    assert!(all.items.len() == 5 && all.total > 5);
    let some = park.choices(&actor, (&report.id, &name), &all.items[0], 5).expect("values");
    assert_eq!(some.items[0], all.items[0]);
    // Nothing set: it says what is missing.
    let publishing = Publishing::new();
    let missing = publishing.preview(&park, &actor, &report.id, october());
    assert!(
        matches!(missing, Err(PublishingFault::Report(ReportFault::Settings(faults))) if faults[0].name == name)
    );
    let settings = Settings::from([(name.clone(), all.items[0].clone())]);
    let asked = Asked { report: &report.id, period: october(), settings: &settings };
    let preview = publishing.preview_as_of(&park, &actor, asked, None).expect("a page");
    assert!(lines(&preview).iter().any(|line| line.contains(&all.items[0])));
}
