//! Documents that people go on writing in, on the demo: figures follow the ledger, everything else stays theirs.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::process::Command;

use app::access::Actor;
use app::publishing::Publishing;
use app::report::NOTHING_SET;
use app::report::refresh::{LeftReason, RefreshFault, RefreshRequest, Refreshed, Turn};
use app::report::rehearse::Outcome;
use model::period::Month;
use model::value::Value;
use office::docx::{outline, read_live};
use rust_decimal::Decimal;

use super::publishing::{correct, first_report, october, only_reader, open};
use super::support::{demo, repository};

const DOCUMENT: &str = "word/document.xml";

/// The parts of a Word file.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let read = |index| {
        let mut file = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("readable");
        (file.name().expect("a name").into_owned(), content)
    };
    (0..zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip").len()).map(read).collect()
}

/// The file with some parts changed or left out.
fn packed(parts: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(&content).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn document(bytes: &[u8]) -> String {
    let part = parts(bytes).into_iter().find(|(name, _)| name == DOCUMENT).expect("a document");
    String::from_utf8(part.1).expect("text")
}

/// The file as a person would have edited its text.
fn edited(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let parts = parts(bytes).into_iter().map(|(name, content)| {
        let new = if name == DOCUMENT {
            change(String::from_utf8(content).expect("text")).into_bytes()
        } else {
            content
        };
        (name, new)
    });
    packed(parts.collect())
}

/// The control with a tag, from its first to its last byte.
fn control<'x>(xml: &'x str, tag: &str) -> &'x str {
    let at = xml.find(tag).expect("the tag is in the document");
    let start = xml[..at].rfind("<w:sdt>").expect("a control");
    let end = at + xml[at..].find("</w:sdt>").expect("its end") + "</w:sdt>".len();
    &xml[start..end]
}

/// The text of the first control with a tag, typed over.
fn typed_over(xml: String, tag: &str, old: &str, new: &str) -> String {
    let own = control(&xml, tag).to_owned();
    let over = own.replacen(&format!(">{old}</w:t>"), &format!(">{new}</w:t>"), 1);
    assert_ne!(own, over, "`{old}` is in {own}");
    xml.replacen(&own, &over, 1)
}

/// A document with the texts of its controls, their tags, titles and numbers taken out.
fn skeleton(xml: &str) -> String {
    let mut out = String::new();
    for (n, piece) in xml.split("<w:sdt>").enumerate() {
        let rest = match piece.split_once("</w:sdt>") {
            Some((_, rest)) if n > 0 => rest,
            _ => piece,
        };
        out.push_str(rest);
    }
    out
}

fn refresh(park: &app::park::Park, bytes: &[u8], request: &RefreshRequest) -> Refreshed {
    park.refresh(bytes, request, &Actor::local("tester")).expect("refreshed")
}

fn for_month(year: i16, month: i8) -> RefreshRequest {
    RefreshRequest { period: Month::new(year, month), ..RefreshRequest::default() }
}

#[test]
fn what_a_person_wrote_stays_and_one_correction_moves_one_figure() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let (report, actor, publishing) = (first_report(&park), Actor::local("tester"), Publishing::new());
    let built = park.document(&report, october()).expect("a report");
    let preview = publishing.preview(&park, &actor, &report, october()).expect("a preview");
    let (entry, field, old) = only_reader(&park, &preview);
    let corrected = old * Decimal::TWO + Decimal::from(7);
    let plain =
        |slot: &&app::report::SlotRecord| slot.piece == "value" && slot.text.parse::<Decimal>().is_ok();
    let (over, pasted) = {
        let mut found = built.slots.iter().filter(plain);
        (found.next().expect("a number"), found.next_back().expect("another number"))
    };
    let mine = edited(&built.document, |xml| {
        let xml = typed_over(xml, &over.tag, &over.text, "987654");
        let copy = format!("<w:p><w:r><w:t>又及：</w:t></w:r>{}</w:p>", control(&xml, &pasted.tag));
        let end = xml.rfind("<w:sectPr").expect("the last section");
        format!("{}{copy}<!-- mine -->{}", &xml[..end], &xml[end..]).replacen("坚决落实", "坚决贯彻", 1)
    });
    let before = refresh(&park, &mine, &RefreshRequest::default());
    assert_eq!(
        (before.moved.len(), before.overtyped.len(), before.unanswered()),
        (0, 1, 1),
        "{:?}",
        before.moved
    );
    correct(park.store_mut(), &entry, field.as_str(), Value::Number(corrected));
    let done = refresh(&park, &mine, &RefreshRequest::default());
    // One figure moved, because of one corrected cell.
    assert_eq!(done.moved.len(), 1, "{:?}", done.moved);
    let moved = &done.moved[0];
    assert_ne!(moved.old, moved.new);
    assert_eq!(
        (moved.why.corrections.len(), moved.why.corrections[0].entry),
        (1, entry.id.0),
        "{:?}",
        moved.why
    );
    assert_eq!(moved.why.corrections[0].after, corrected.normalize().to_string());
    assert!(moved.place.around.contains(&format!("【{}】", moved.old)), "{:?}", moved.place);
    assert_eq!(done.revision, done.revision_before.expect("the basis says so") + 1);
    // The text of the new document says so; prose, comments and the typed-over figure are theirs.
    let text: Vec<String> =
        outline(&done.document).expect("a Word file").into_iter().map(|paragraph| paragraph.text).collect();
    assert!(
        text.iter().any(|line| line.contains("坚决贯彻")) && text.iter().any(|line| line.contains("987654"))
    );
    assert_eq!(skeleton(&document(&mine)), skeleton(&document(&done.document)));
    assert_eq!(
        text.iter().rfind(|line| line.starts_with("又及")).map(String::as_str),
        Some(format!("又及：{}", pasted.text).as_str())
    );
    // The pasted control has a number of its own.
    let xml = document(&done.document);
    let ids: Vec<&str> =
        xml.split("<w:id w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or("")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    // Other parts but the basis are the very same.
    for ((name, was), (same, is)) in parts(&mine).into_iter().zip(parts(&done.document)) {
        assert_eq!(name, same);
        assert!(was == is || name == DOCUMENT || name.starts_with("customXml/"), "{name} changed");
    }
    // A second refresh finds nothing to do.
    let again = refresh(&park, &done.document, &RefreshRequest::default());
    assert_eq!((again.moved.len(), again.overtyped.len()), (0, 1));
    assert_eq!(document(&again.document), xml);
}

#[test]
fn a_reason_is_kept_and_the_ledgers_value_comes_back_when_asked() {
    let park = open(&demo().copy());
    let built = park.document(&first_report(&park), october()).expect("a report");
    let over = built.slots.iter().find(|slot| slot.text.parse::<Decimal>().is_ok()).expect("a number");
    let mine = edited(&built.document, |xml| typed_over(xml, &over.tag, &over.text, "987654"));
    let mut request = RefreshRequest::default();
    request.reasons.insert(over.tag.clone(), "按审计口径".to_owned());
    let done = refresh(&park, &mine, &request);
    assert_eq!((done.unanswered(), done.overtyped[0].reason.as_deref()), (0, Some("按审计口径")));
    assert_eq!(
        (done.overtyped[0].machine.as_str(), done.overtyped[0].theirs.as_str()),
        (over.text.as_str(), "987654")
    );
    assert_eq!(done.overtyped[0].printed.as_deref(), Some(over.text.as_str()));
    // The next refresh knows the reason; another number asks for another one.
    let again = refresh(&park, &done.document, &RefreshRequest::default());
    assert_eq!(again.overtyped[0].reason.as_deref(), Some("按审计口径"));
    let other = edited(&done.document, |xml| xml.replacen("987654", "987655", 1));
    assert_eq!(refresh(&park, &other, &RefreshRequest::default()).unanswered(), 1);
    // Asked for by its number alone, the value of the ledger comes back.
    let mut request = RefreshRequest::default();
    request.restore.insert(over.n.to_string());
    let back = refresh(&park, &done.document, &request);
    assert_eq!((back.overtyped.len(), back.moved.len()), (0, 1));
    assert_eq!(document(&back.document), document(&built.document));
}

#[test]
fn another_month_moves_everything_and_the_audit_agrees() {
    let park = open(&demo().copy());
    let built = park.document(&first_report(&park), october()).expect("a report");
    let done = refresh(&park, &built.document, &for_month(2023, 9));
    assert!(done.moved.len() > 50 && done.overtyped.is_empty(), "{}", done.moved.len());
    assert!(done.moved.iter().all(|moved| moved.why.period));
    let read = park.read_document(&done.document).expect("a document");
    let audited = park.audit(&read, None, &Actor::local("t")).expect("audited");
    assert_eq!(audited.period, Month::new(2023, 9).expect("a month"));
    let wrong = audited.items.iter().filter(|item| item.verdict == app::report::audit::Verdict::Contradicted);
    assert_eq!(wrong.count(), 0);
    // It reads as a report built for that month, but where the template prints more or less than it did.
    let fresh = park.document(&first_report(&park), Month::new(2023, 9).expect("a month")).expect("a report");
    let texts =
        |bytes: &[u8]| outline(bytes).expect("a file").into_iter().map(|p| p.text).collect::<Vec<_>>();
    let (now, built_anew) = (texts(&done.document), texts(&fresh.document));
    let other = now.iter().filter(|line| !built_anew.contains(line)).count();
    let told = done.left.len() + done.words.iter().filter(|words| words.turn == Turn::Possible).count();
    assert!(other <= told, "{other} paragraphs differ, {told} places are told");
    // And back again.
    let back = refresh(&park, &done.document, &for_month(2023, 10));
    let first = texts(&built.document);
    assert!(texts(&back.document).iter().filter(|line| !first.contains(line)).count() <= told);
}

#[test]
fn a_figure_in_a_document_without_a_basis_knows_itself() {
    let shop = demo().copy();
    let mut park = open(&shop);
    let (report, actor, publishing) = (first_report(&park), Actor::local("tester"), Publishing::new());
    let built = park.document(&report, october()).expect("a report");
    let preview = publishing.preview(&park, &actor, &report, october()).expect("a preview");
    let (entry, field, old) = only_reader(&park, &preview);
    let bare = packed(
        parts(&built.document)
            .into_iter()
            .filter(|(name, _)| !name.starts_with("customXml/"))
            .map(|(name, content)| {
                let text = String::from_utf8_lossy(&content);
                // The basis goes with everything that leads to it.
                let without = |text: &str, mark: &str, begin: &str| match text.find(mark) {
                    Some(at) => {
                        let start = text[..at].rfind(begin).expect("an element");
                        let end = at + text[at..].find("/>").expect("its end") + 2;
                        format!("{}{}", &text[..start], &text[end..])
                    }
                    None => text.to_owned(),
                };
                let new = match name.as_str() {
                    "[Content_Types].xml" => without(&text, "itemProps", "<Override"),
                    "word/_rels/document.xml.rels" => without(&text, "customXml/item", "<Relationship"),
                    _ => return (name, content),
                };
                (name, new.into_bytes())
            })
            .collect(),
    );
    let over = built.slots.iter().find(|slot| slot.text.parse::<Decimal>().is_ok()).expect("a number");
    let bare = edited(&bare, |xml| typed_over(xml, &over.tag, &over.text, "987654"));
    correct(park.store_mut(), &entry, field.as_str(), Value::Number(old * Decimal::TWO + Decimal::from(7)));
    let done = refresh(&park, &bare, &RefreshRequest::default());
    assert_eq!((done.moved.len(), done.overtyped.len(), done.revision_before), (1, 1, None));
    assert_eq!(done.overtyped[0].printed, None);
    // It has a basis again.
    assert_eq!(
        refresh(&park, &done.document, &RefreshRequest::default()).revision_before,
        Some(done.revision)
    );
}

#[test]
fn files_of_word_libreoffice_and_wps_are_refreshed() {
    let park = open(&demo().copy());
    let built = park.document(&first_report(&park), october()).expect("a report");
    // Word splits runs and marks spelling; WPS moves the properties about and leaves out titles.
    let word = edited(&built.document, |xml| {
        xml.replace(
            "<w:sdtContent><w:r>",
            "<w:sdtContent><w:proofErr w:type=\"spellStart\"/><w:r w:rsidRPr=\"00AB12CD\">",
        )
    });
    let wps = edited(&built.document, |xml| {
        let mut out = String::new();
        for (n, piece) in xml.split("<w:sdtPr>").enumerate() {
            if n == 0 {
                out.push_str(piece);
                continue;
            }
            let (about, rest) = piece.split_once("</w:sdtPr>").expect("properties end");
            let mut elements: Vec<String> = about.split_inclusive("/>").map(str::to_owned).collect();
            elements.retain(|element| !element.starts_with("<w:alias"));
            elements.reverse();
            elements.insert(0, "<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>".to_owned());
            out.push_str(&format!("<w:sdtPr>{}</w:sdtPr><w:sdtEndPr/>{rest}", elements.concat()));
        }
        out
    });
    let expected = refresh(&park, &built.document, &for_month(2023, 9));
    for (who, bytes) in [("Word", &word), ("WPS", &wps)] {
        let done = refresh(&park, bytes, &for_month(2023, 9));
        assert_eq!((done.moved.len(), done.overtyped.len()), (expected.moved.len(), 0), "{who}");
        assert_eq!(outline(&done.document).map(|p| p.len()), outline(bytes).map(|p| p.len()));
    }
    // LibreOffice 7.4 saved this file; it loses tags, and titles of controls with Chinese letters.
    let saved =
        std::fs::read(repository().join("crates/parkledger/tests/fixtures/saved-by-libreoffice.docx"));
    libreoffice(&park, &saved.expect("the fixture"), &expected);
    if let Some(fresh) = through_libreoffice(&built.document) {
        libreoffice(&park, &fresh, &expected);
    }
}

/// A file saved by LibreOffice takes the figures of another month.
fn libreoffice(park: &app::park::Park, bytes: &[u8], expected: &Refreshed) {
    let done = refresh(park, bytes, &for_month(2023, 9));
    let share = done.moved.len() * 100 / expected.moved.len();
    assert!(
        share >= 95 && done.overtyped.is_empty(),
        "{share}% of {}, {:?}",
        expected.moved.len(),
        done.overtyped
    );
    // Its controls have tags again.
    let live = read_live(&done.document, "pl:").expect("a document");
    let tagged = live.controls.iter().filter(|held| !held.tag.is_empty()).count();
    assert!(tagged * 100 >= live.controls.len() * 95, "{tagged} of {}", live.controls.len());
    let back = refresh(park, &done.document, &for_month(2023, 10));
    assert!(back.moved.len() >= done.moved.len() * 99 / 100 && back.overtyped.is_empty());
}

/// The file as LibreOffice saves it, where there is one.
fn through_libreoffice(bytes: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("in.docx");
    std::fs::write(&path, bytes).expect("written");
    let out = folder.path().join("out");
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", "docx", "--outdir"])
        .args([&out, &path])
        .output();
    done.ok().filter(|done| done.status.success())?;
    std::fs::read(out.join("in.docx")).ok()
}

#[test]
fn last_years_report_starts_this_years() {
    let park = open(&demo().copy());
    let built = park.document(&first_report(&park), october()).expect("a report");
    let mine = edited(&built.document, |xml| {
        let end = xml.rfind("<w:sectPr").expect("the last section");
        let line = "<w:p><w:r><w:t>2023年1—10月，园区获2023年先进。</w:t></w:r></w:p>";
        format!("{}{line}{}", &xml[..end], &xml[end..])
    });
    let request = RefreshRequest { roll: true, ..for_month(2024, 10) };
    let done = refresh(&park, &mine, &request);
    let said: Vec<(&str, &str, bool)> =
        done.times.iter().map(|t| (t.old.as_str(), t.new.as_str(), t.changed)).collect();
    assert!(said.contains(&("2023年1—10月", "2024年1—10月", true)), "{said:?}");
    assert!(said.contains(&("2023年", "2024年", false)), "{said:?}");
    let text =
        outline(&done.document).expect("a file").into_iter().map(|p| p.text).collect::<Vec<_>>().join("\n");
    assert!(text.contains("2024年1—10月，园区获2023年先进"), "{text}");
    let live = read_live(&done.document, "pl:").expect("a document");
    let moved = live.controls.iter().filter(|held| held.tag.contains(":2024-10:")).count();
    // Those the template does not print without data too: the next refresh asks for them again.
    assert_eq!(moved, live.controls.iter().filter(|held| !held.tag.is_empty()).count());
    assert!(done.left.iter().all(|left| left.reason == LeftReason::NotPrinted));
}

#[test]
fn a_rehearsal_scores_figure_by_figure() {
    let park = open(&demo().copy());
    let report = first_report(&park);
    let built = park.document(&report, october()).expect("a report");
    let over =
        built.slots.iter().find(|slot| slot.text.contains('.') && slot.text.parse::<Decimal>().is_ok());
    let over = over.expect("a number with places");
    let printed: String = outline(&built.document)
        .expect("a file")
        .into_iter()
        .map(|paragraph| format!("{}\n", paragraph.text))
        .collect();
    let actor = Actor::local("tester");
    let score = |bytes: &[u8]| {
        let read = park.read_document(bytes).expect("a document");
        park.rehearse(&read, None, (october(), &NOTHING_SET), &actor).expect("a rehearsal")
    };
    let good = score(&built.document);
    assert_eq!((good.report.as_str(), good.differs), (report.as_str(), 0), "{:?}", good.figures.first());
    assert!(good.score.parse::<Decimal>().expect("a number") > Decimal::from(85), "{}", good.score);
    // Two tenths too much, wherever it is said.
    let number: Decimal = over.text.parse().expect("a number");
    let wrong = (number + Decimal::new(2, 1)).to_string();
    let bad = score(printed.replace(&over.text, &wrong).as_bytes());
    let found = bad.figures.iter().find(|one| one.title == over.title && one.outcome == Outcome::Differs);
    assert_eq!(found.and_then(|one| one.difference.as_deref()), Some("0.2"), "{found:?}");
    // Without tags the cells of tables are nobody's.
    assert!(bad.agrees < good.agrees && bad.agrees * 2 > good.agrees, "{} of {}", bad.agrees, good.agrees);
}

#[test]
fn sixty_pages_with_six_hundred_figures_are_refreshed_at_once() {
    let park = open(&demo().copy());
    let september = Month::new(2023, 9).expect("a month");
    let built = park.document(&first_report(&park), september).expect("a report");
    let document = super::long::long(&built.document, 60, 600).expect("a long document");
    refresh(&park, &document, &for_month(2023, 10));
    let begun = std::time::Instant::now();
    let done = refresh(&park, &document, &for_month(2023, 10));
    println!("refreshed {} figures of {} bytes in {:?}", done.figures, document.len(), begun.elapsed());
    assert!(done.figures >= 600 && done.overtyped.is_empty(), "{}", done.figures);
    // One second is for a release build on a quiet machine; this one is neither.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn the_demo_ends_with_a_rehearsal() {
    let played = &demo().printed["rehearsal"];
    let count = |list: &serde_json::Value| list.as_array().map_or(0, Vec::len);
    assert_eq!(played["rewritten"], 3, "every rewritten phrase stands in the report");
    let moved = &played["refreshed"]["moved"];
    assert!(count(moved) > 0 && moved[0]["why"]["corrections"][0]["before"].is_string(), "{moved}");
    assert!(count(&played["refreshed"]["overtyped"]) == 0 && count(&played["refreshed"]["left"]) == 0);
    assert!(played["numbers"].as_u64() > Some(100) && played["contradicted"] == 0, "{}", played["numbers"]);
    assert!(count(&played["revisions"]) > 0 && played["publication"]["seal"].is_string());
    // The refreshed document says what the corrected ledger says, in the words of the person.
    let folder = demo().path("rehearsal");
    let text = |name: &str| -> String {
        let bytes = std::fs::read(folder.join(name)).expect("the demo wrote it");
        outline(&bytes).expect("a Word file").into_iter().map(|paragraph| paragraph.text).collect()
    };
    let (edited, refreshed) = (text("2-edited.docx"), text("3-refreshed.docx"));
    assert_ne!(text("1-built.docx"), edited);
    let new = moved[0]["new"].as_str().expect("a text");
    assert!(refreshed.contains(new) && !edited.contains(new));
    // The demo's own ledger says what its workbooks say.
    assert_eq!(demo().printed["revision"].as_u64().map(|r| r + 1), played["refreshed"]["revision"].as_u64());
}

#[test]
fn a_document_that_was_not_made_here_is_named() {
    let park = open(&demo().copy());
    let foreign = office::docx::compose(&office::docx::parse_manuscript("# 题目\n\n第一段，3家。\n"));
    let fault = park.refresh(&foreign, &RefreshRequest::default(), &Actor::local("tester"));
    assert!(matches!(fault, Err(RefreshFault::NothingOfOurs)), "{fault:?}");
}

#[test]
fn the_commands_say_what_moved_and_ask() {
    let demo = demo();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let built =
        std::fs::read(demo.path(demo.printed["document"].as_str().expect("a path"))).expect("the report");
    let live = read_live(&built, "pl:").expect("a document");
    let over =
        live.controls.iter().find(|held| held.text.contains('.') && held.text.parse::<Decimal>().is_ok());
    let over = over.expect("a number");
    let mine = edited(&built, |xml| typed_over(xml, &over.tag, &over.text, "987654"));
    std::fs::write(path("in.docx"), mine).expect("written");
    let (input, output) = (path("in.docx"), path("out.docx"));
    let arguments = ["report", "refresh", &input, "-o", &output];
    demo.run(&arguments).expect_code(1).says("人工改数").says("987654").says(&over.tag);
    let reason = format!("{}=按审计口径", over.tag);
    let with = [&arguments[..], &["--reason", &reason]].concat();
    demo.run(&with).expect_code(0).says("理由：按审计口径");
    let json = demo.run(&[&["--format", "json"], &with[..]].concat()).expect_code(0).json();
    assert_eq!(json["overtyped"][0]["theirs"], "987654");
    demo.run(&["report", "roll", &input, "--to", "2024-10", "-o", &output]).says("2023-10 → 2024-10");
    demo.run(&["report", "rehearse", &output, "--period", "2023-10"]).expect_code(0).says("得分");
    std::fs::write(path("plain.docx"), b"no file").expect("written");
    demo.run(&["report", "refresh", &path("plain.docx"), "-o", &output])
        .expect_code(1)
        .says("这不是Word文档");
}
