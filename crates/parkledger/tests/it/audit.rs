//! Audit, measured: the demo's report as plain text with two hundred errors of ten kinds set into it, each kind in a copy of
//! its own. What was set and is not found lowers recall; what is called wrong and was not touched is a false alarm.

use std::collections::{BTreeMap, BTreeSet};

use app::access::Actor;
use app::report::audit::{Audited, Item, Qualifier, Verdict};
use office::docx::outline;

use super::publishing::{first_report, october, open};
use super::support::{Shop, demo};

/// One way to make a true number false: the new line, or nothing where it does not apply.
type Kind = (&'static str, fn(&str, &Item, &[Item]) -> Option<String>);

const KINDS: [Kind; 10] = [
    ("last digit", |line, item, _| number(line, item, |n| digits(n, n.len() - 1, |d| (d + 1) % 10))),
    ("first digit", |line, item, _| number(line, item, |n| digits(n, 0, |d| d % 9 + 1))),
    ("swapped digits", |line, item, _| number(line, item, swapped)),
    ("moved point", |line, item, _| {
        number(line, item, |n| n.contains('.').then(|| format!("{}0", n.replace('.', ""))))
    }),
    ("other scale", |line, item, _| {
        swap_behind(line, item, "亿元", "万元").or_else(|| swap_behind(line, item, "万美元", "亿美元"))
    }),
    ("other direction", |line, item, _| swap_before(line, item, "增长", "下降")),
    ("points for percent", |line, item, _| swap_behind(line, item, "%", "个百分点")),
    ("other comparison", |line, item, _| {
        let from = item.at.saturating_sub(12);
        let head: String = line.chars().skip(from).take(item.at - from).collect();
        let applies = matches!(item.piece.as_str(), "yoy" | "mom");
        let other = if head.contains("同比") {
            head.replace("同比", "环比")
        } else {
            head.replace("环比", "同比")
        };
        (applies && other != head).then(|| splice(line, from, item.at, &other))
    }),
    ("other month", |line, item, _| {
        let next = |n: &str| n.parse::<u32>().ok().map(|month| (month % 12 + 1).to_string());
        (item.piece == "month").then(|| number(line, item, next)).flatten()
    }),
    ("another's value", |line, item, all| {
        let own = plain(&item.text);
        let other = all.iter().map(|other| plain(&other.text)).find(|n| n.len() == own.len() && *n != own)?;
        number(line, item, |_| Some(other.clone()))
    }),
];

fn plain(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect()
}

fn splice(line: &str, from: usize, to: usize, new: &str) -> String {
    line.chars().take(from).chain(new.chars()).chain(line.chars().skip(to)).collect()
}

fn number(line: &str, item: &Item, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    let old = Some(plain(&item.text)).filter(|old| !old.is_empty())?;
    let new = change(&old).filter(|new| *new != old)?;
    Some(splice(line, item.at, item.at + old.len(), &new))
}

fn digits(number: &str, at: usize, change: impl Fn(u32) -> u32) -> Option<String> {
    let digit = number.chars().nth(at)?.to_digit(10)?;
    let new = char::from_digit(change(digit), 10)?;
    Some(splice(number, at, at + 1, &new.to_string()))
}

fn swapped(number: &str) -> Option<String> {
    let letters: Vec<char> = number.chars().collect();
    let at =
        letters.windows(2).position(|w| w[0] != w[1] && w[0].is_ascii_digit() && w[1].is_ascii_digit())?;
    let mut letters = letters;
    letters.swap(at, at + 1);
    Some(letters.into_iter().collect())
}

fn swap_behind(line: &str, item: &Item, a: &str, b: &str) -> Option<String> {
    let (text, from) = (&item.text, item.at);
    let new = if text.ends_with(a) {
        format!("{}{b}", text.strip_suffix(a)?)
    } else {
        format!("{}{a}", text.strip_suffix(b)?)
    };
    Some(splice(line, from, from + text.chars().count(), &new))
}

fn swap_before(line: &str, item: &Item, a: &str, b: &str) -> Option<String> {
    let from = item.at.checked_sub(2)?;
    let before: String = line.chars().skip(from).take(2).collect();
    let new = if before == a { b } else { (before == b).then_some(a)? };
    Some(splice(line, from, item.at, new))
}

#[test]
fn errors_set_into_the_report_are_found_and_nothing_else_is() {
    let shop: Shop = demo().copy();
    let park = open(&shop);
    let report = park.document(&first_report(&park), october()).expect("a report");
    let lines: Vec<String> = outline(&report.document)
        .expect("a Word file")
        .into_iter()
        .filter(|paragraph| paragraph.in_table.is_none())
        .map(|paragraph| paragraph.text.replace('\n', " "))
        .collect();
    let audit = |lines: &[String]| -> Audited {
        let read = park.read_document(lines.join("\n").as_bytes()).expect("a text");
        park.audit(&read, Some(october()), &Actor::local("t")).expect("audited")
    };
    let clean = audit(&lines);
    let wrong: Vec<&Item> = clean.items.iter().filter(|i| i.verdict == Verdict::Contradicted).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(clean.conflicts, [], "the report agrees with itself");
    let known: Vec<Item> = clean.items.iter().filter(|i| i.verdict == Verdict::Supported).cloned().collect();
    println!("{} numbers, {} supported", clean.items.len(), known.len());
    let (mut set, mut found, mut alarms, mut untouched) = (0, 0, 0, 0);
    for (round, (name, change)) in KINDS.iter().chain(&KINDS).enumerate() {
        // The second round fills up to two hundred at other places, in the order of the document.
        let wanted = if round < KINDS.len() { 20 } else { 200_usize.saturating_sub(set).min(20) };
        let mut copy = lines.clone();
        let mut touched = BTreeSet::new();
        let able: Vec<&Item> = clean
            .items
            .iter()
            .rev()
            .filter(|i| i.qualifier == Qualifier::Exact && i.figure.is_some())
            .collect();
        for item in able.iter().skip(round / KINDS.len() * 7) {
            if touched.len() == wanted {
                break;
            }
            let Some(new) = change(&copy[item.paragraph - 1], item, &known) else { continue };
            // One error to a paragraph and kind keeps the places of the others right from the end of the line.
            if touched.iter().all(|(paragraph, _): &(usize, usize)| *paragraph != item.paragraph)
                || new.chars().count() == copy[item.paragraph - 1].chars().count()
            {
                copy[item.paragraph - 1] = new;
                touched.insert((item.paragraph, item.at));
            }
        }
        if touched.is_empty() {
            continue;
        }
        let audited = audit(&copy);
        let mut missed = Vec::new();
        let verdicts: BTreeMap<(usize, usize), &Item> =
            audited.items.iter().map(|item| ((item.paragraph, item.at), item)).collect();
        for before in &clean.items {
            // Behind a changed number the rest of its line stands that much further.
            let length = |lines: &[String]| lines[before.paragraph - 1].chars().count();
            let behind = touched.iter().any(|(line, at)| *line == before.paragraph && *at < before.at);
            let at = if behind { before.at + length(&copy) - length(&lines) } else { before.at };
            let item = verdicts.get(&(before.paragraph, at)).copied();
            let contradicted = item.is_some_and(|item| item.verdict == Verdict::Contradicted);
            if touched.contains(&(before.paragraph, before.at)) {
                set += 1;
                found += usize::from(contradicted);
                if !contradicted {
                    missed.push(format!("{} {} {item:?}", before.paragraph, before.text));
                }
            } else {
                untouched += 1;
                alarms += usize::from(contradicted);
                if let Some(item) = item.filter(|_| contradicted) {
                    println!("  alarm: {} {} {} {}", item.paragraph, item.text, item.title, item.note);
                }
            }
        }
        println!("{name}: {} set, {} missed {missed:?}", touched.len(), missed.len());
    }
    println!("{set} set, {found} found; {untouched} untouched, {alarms} false alarms");
    assert!(set >= 200, "{set}");
    assert!(found * 100 >= set * 95, "recall {found} of {set}");
    assert!(alarms * 100 <= untouched * 2, "{alarms} false alarms of {untouched}");
}

/// Lines as a PDF gives them: 56 columns to a line, 22 lines to a page, page numbers and blanks in numbers between.
fn printed(lines: &[String]) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        let mut row = "\u{3000}\u{3000}".to_owned();
        for letter in line.replace('.', " .").chars() {
            let width: usize = row.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            if width > 54 {
                out.push(std::mem::take(&mut row));
            }
            row.push(letter);
        }
        out.push(row);
    }
    let page =
        |(n, rows): (usize, &[String])| format!("\u{c}内部资料\n{}\n\n— {} —\n", rows.join("\n"), n + 1);
    out.chunks(22).enumerate().map(page).collect()
}

#[test]
fn text_out_of_a_printed_file_is_read_as_it_was_written() {
    let shop: Shop = demo().copy();
    let park = open(&shop);
    let report = park.document(&first_report(&park), october()).expect("a report");
    let lines: Vec<String> = outline(&report.document)
        .expect("a Word file")
        .into_iter()
        .filter(|paragraph| paragraph.in_table.is_none() && !paragraph.text.contains('\n'))
        .map(|paragraph| paragraph.text)
        .collect();
    let audit = |text: &str| -> Audited {
        let read = park.read_document(text.as_bytes()).expect("a text");
        park.audit(&read, Some(october()), &Actor::local("t")).expect("audited")
    };
    let (whole, broken) = (audit(&lines.join("\n")), audit(&printed(&lines)));
    let wrong: Vec<&Item> = broken.items.iter().filter(|i| i.verdict == Verdict::Contradicted).collect();
    assert!(wrong.is_empty() && broken.conflicts.is_empty(), "{wrong:#?} {:#?}", broken.conflicts);
    let (all, kept) = (whole.count(Verdict::Supported), broken.count(Verdict::Supported));
    println!("{kept} of {all} supported");
    assert!(all > 100 && kept * 100 >= all * 95, "{kept} of {all}");
}

#[test]
fn an_audited_word_file_gets_comments_and_names_the_figure() {
    let shop: Shop = demo().copy();
    let park = open(&shop);
    let report = park.document(&first_report(&park), october()).expect("a report");
    let input = shop.file("in.docx", &report.document);
    let (input, output) = (input.to_string_lossy().into_owned(), shop.path("out.docx"));
    let ran = shop
        .run(&["--format", "json", "report", "audit", &input, "-o", &output.to_string_lossy()])
        .expect_code(0);
    let seen = ran.json();
    let items = seen["items"].as_array().expect("a list");
    assert!(items.iter().all(|item| item["verdict"] != "contradicted"), "{seen:#}");
    assert!(items.iter().filter(|item| item["way"] == "tag" && item["verdict"] == "supported").count() > 150);
    assert_eq!(seen["period"], "2023-10");
    assert_eq!(seen["conflicts"], serde_json::json!([]));
    assert_eq!(
        outline(&std::fs::read(output).expect("written")).expect("a Word file"),
        outline(&report.document).expect("a Word file")
    );
}

#[test]
fn a_hostile_document_is_refused_by_name_and_nothing_is_fetched() {
    use std::net::TcpListener;
    let shop: Shop = demo().copy();
    let park = open(&shop);
    let report = park.document(&first_report(&park), october()).expect("a report");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("a socket");
    let address = format!("http://{}/x", listener.local_addr().expect("bound"));
    // Each puts a piece of XML into one part of an honest report.
    for (name, part, before, piece, code) in [
        ("picture", "word/_rels/document.xml.rels", "</Relationships>", relation("image", &address), 1),
        (
            "template",
            "word/_rels/settings.xml.rels",
            "</Relationships>",
            relation("attachedTemplate", &address),
            0,
        ),
        ("chunk", "word/document.xml", "</w:body>", "<w:altChunk/>".to_owned(), 1),
        (
            "field",
            "word/document.xml",
            "</w:body>",
            format!("<w:p><w:fldSimple w:instr=\"INCLUDETEXT {address}\"/></w:p>"),
            1,
        ),
    ] {
        let bytes = with(&report.document, part, before, &piece);
        let input = shop.file(&format!("{name}.docx"), &bytes).to_string_lossy().into_owned();
        let output = shop.path(&format!("{name}-out.docx"));
        let ran = shop.run(&["report", "audit", &input, "-o", &output.to_string_lossy()]);
        if code == 0 {
            ran.expect_code(0).says("已移除指向外部的链接资源");
            let text =
                String::from_utf8_lossy(&unzipped(&std::fs::read(output).expect("written"))).into_owned();
            assert!(!text.contains("attachedTemplate") && !text.contains(&address), "{name}");
        } else {
            ran.expect_code(1).says("文件含有不允许的内容").says("提示");
            assert!(!output.exists(), "{name}");
        }
    }
    let fetched = listener.accept();
    assert!(fetched.is_err(), "somebody asked for {fetched:?}");
}

fn relation(kind: &str, target: &str) -> String {
    format!(
        "<Relationship Id=\"rId999\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" \
         Target=\"{target}\" TargetMode=\"External\"/>"
    )
}

/// A copy of a zip with a piece put before the last occurrence of a text in one part, which is made if need be.
fn with(bytes: &[u8], part: &str, before: &str, piece: &str) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut found = false;
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("an entry");
        let name = file.name().expect("a name").into_owned();
        let mut content = String::new();
        file.read_to_string(&mut content).expect("text");
        if name == part {
            found = true;
            let at = content.rfind(before).expect("the place is there");
            content.insert_str(at, piece);
        }
        out.start_file(name, options).expect("started");
        out.write_all(content.as_bytes()).expect("written");
    }
    if !found {
        let head = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        out.start_file(part, options).expect("started");
        out.write_all(format!("{head}{piece}</Relationships>").as_bytes()).expect("written");
    }
    out.finish().expect("finished").into_inner()
}

/// All parts of a zip, one after the other.
fn unzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut all = Vec::new();
    for at in 0..archive.len() {
        archive.by_index(at).expect("an entry").read_to_end(&mut all).expect("unpacked");
    }
    all
}
