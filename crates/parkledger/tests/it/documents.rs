//! The reports beside the annual review: built from the demo without an empty place, their charts native and whole, a new
//! one made by laying a folder over the content, a faulty template told by its paragraph.
//!
//! Deliberately absent: the annual review (`blanks`, `demo`) and the audit (`audit`).

use std::io::Read as _;
use std::path::Path;

use crate::support::{Ran, demo};

const PERIOD: &str = "2023-10";

/// Builds a report of the demo; its printed account.
fn built(id: &str, more: &[&str], into: &Path) -> Ran {
    let output = into.to_string_lossy().into_owned();
    let mut arguments = vec!["--format", "json", "report", "build", id, "--period", PERIOD, "-o", &output];
    arguments.extend(more);
    demo().run(&arguments).expect_code(0)
}

/// The text of a part of a Word file.
fn part(file: &Path, name: &str) -> String {
    let bytes = std::fs::read(file).expect("the document was written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a Word file is a zip");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("XML is text");
    text
}

#[test]
fn every_report_is_filled_from_the_demo() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let set: &[(&str, &[&str])] = &[
        ("monthly_bulletin", &[]),
        ("leader_page", &[]),
        ("department_briefing", &["--set", "department=企业服务中心"]),
        ("target_dispatch", &["--set", "target=foreign_capital"]),
    ];
    for (id, more) in set {
        let file = folder.path().join(format!("{id}.docx"));
        let said = built(id, more, &file).json();
        let unfilled: Vec<_> = said["findings"]
            .as_array()
            .expect("a list of findings")
            .iter()
            .filter(|finding| finding["code"] == "report-unfilled" || finding["code"] == "report-empty-loop")
            .collect();
        assert!(unfilled.is_empty(), "{id}: {unfilled:?}");
        let again = folder.path().join("again.docx");
        built(id, more, &again);
        let bytes = |file: &Path| std::fs::read(file).expect("written");
        assert!(bytes(&file) == bytes(&again), "{id} is not the same twice");
    }
}

/// Without LibreOffice the document is written all the same, and what to install is said.
#[test]
fn where_there_is_no_office_program_the_command_says_what_to_install() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("page.docx");
    let output = file.to_string_lossy().into_owned();
    let shop = demo().copy();
    let arguments = ["report", "build", "leader_page", "--period", PERIOD, "-o", &output, "--pdf"];
    let ran: Ran =
        shop.command(&arguments).env("PATH", folder.path()).output().expect("the binary starts").into();
    let ran = ran.expect_code(4);
    assert!(ran.err.contains("找不到 LibreOffice") && ran.err.contains("libreoffice-writer"), "{}", ran.err);
    assert!(ran.out.contains(&output), "{}", ran.out);
    assert!(file.is_file() && !file.with_extension("pdf").exists());
}

/// The target is 12 亿元 and 10.21 亿元 arrived (content/demo): 10.21 / 12 = 85.1 %.
#[test]
fn a_letter_says_how_far_a_target_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("letter.docx");
    built("target_dispatch", &[], &file);
    let text = part(&file, "word/document.xml");
    for shown in [">12<", ">10.21<", ">85.1<"] {
        assert!(text.contains(shown), "{shown} is not in the letter");
    }
    let chart = part(&file, "word/charts/ledger1.xml");
    assert!(chart.contains("<c:v>10.21</c:v>"), "the last column is what arrived so far");
    // Every point of the chart is in the basis, with a tag of its own.
    let points = chart.split("<c:val>").nth(1).expect("a series").matches("<c:pt ").count();
    let basis = part(&file, "customXml/item1.xml");
    assert_eq!(basis.matches("slot=\"chart(").count(), points);
}

#[test]
fn a_report_is_a_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let own = folder.path().join("reports/own_note");
    std::fs::create_dir_all(&own).expect("made");
    std::fs::write(own.join("report.toml"), "title = \"短讯\"\ntemplate = \"body.txt\"\n").expect("written");
    let body =
        "# 短讯\n\n截至{{ period.month }}月，大市外内资到位{{ fig(\"domestic_capital\") | yi }}亿元。\n";
    std::fs::write(own.join("body.txt"), body).expect("written");
    let overlay = folder.path().to_string_lossy().into_owned();
    let file = folder.path().join("note.docx");
    built("own_note", &["--content", &overlay], &file);
    assert!(part(&file, "word/document.xml").contains(">10.21<"));
}

#[test]
fn a_faulty_template_is_told_by_paragraph_and_near_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("draft.docx");
    let write = |slot: &str| {
        let body = format!("# 短讯\n\n正文没有数。\n\n到位{{{{ {slot} }}}}亿元。\n");
        let bytes = office::docx::compose(&office::docx::parse_manuscript(&body));
        std::fs::write(&file, bytes).expect("written");
    };
    let path = file.to_string_lossy().into_owned();
    write("fig(\"domestic_capitl\")");
    demo()
        .run(&["report", "check", &path, "--period", PERIOD])
        .says("第3段")
        .says("是不是“domestic_capital”？");
    write("fig(\"domestic_capital\") | yi");
    demo().run(&["report", "check", &path, "--period", PERIOD]).expect_code(0).says("10.21");
}

#[test]
fn a_refreshed_letter_stays_about_its_target() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, fresh) = (folder.path().join("letter.docx"), folder.path().join("fresh.docx"));
    built("target_dispatch", &["--set", "target=foreign_capital"], &file);
    let paths = [&file, &fresh].map(|path| path.to_string_lossy().into_owned());
    demo().run(&["report", "refresh", &paths[0], "--period", PERIOD, "-o", &paths[1]]).expect_code(0);
    // 2,380 万 USD of foreign capital; the default target of the letter is another.
    let text = part(&fresh, "word/document.xml");
    assert!(text.contains(">2380<") && !text.contains(">10.21<"), "the letter speaks of another target");
}

/// A bulletin of September refreshed for October shows in its charts what one built for October shows; a chart whose data a
/// person changed stays as it is.
#[test]
fn native_charts_follow_a_refresh_unless_somebody_typed_in_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [old, fresh, new] = ["old", "fresh", "new"].map(|name| folder.path().join(format!("{name}.docx")));
    let path = |file: &Path| file.to_string_lossy().into_owned();
    demo()
        .run(&["report", "build", "monthly_bulletin", "--period", "2023-09", "-o", &path(&old)])
        .expect_code(0);
    built("monthly_bulletin", &[], &fresh);
    demo().run(&["report", "refresh", &path(&old), "--period", PERIOD, "-o", &path(&new)]).expect_code(0);
    let data = |file: &Path, n: usize| {
        let xml = part(file, &format!("word/charts/ledger{n}.xml"));
        let value = |rest: &str| rest[..rest.find('<').expect("closed")].to_owned();
        let values: Vec<String> = xml.split("<c:v>").skip(1).map(value).collect();
        (values, bytes_of(file, &format!("word/embeddings/ledger{n}.xlsx")))
    };
    for n in 1..=4 {
        assert!(data(&new, n) == data(&fresh, n), "chart {n} shows something else");
    }
    assert_ne!(data(&old, 1).0, data(&fresh, 1).0);
    // Somebody opens the sheet of the first chart and types over a number.
    let (touched, kept) = (folder.path().join("touched.docx"), folder.path().join("kept.docx"));
    let first = data(&old, 1).0.into_iter().find(|text| text.contains('.')).expect("a number");
    let was = format!("<c:v>{first}</c:v>");
    let typed = |xml: &str| xml.replacen(&was, "<c:v>99999</c:v>", 1);
    rewritten(&old, &touched, "word/charts/ledger1.xml", &typed);
    let refresh =
        ["--format", "json", "report", "refresh", &path(&touched), "--period", PERIOD, "-o", &path(&kept)];
    let said = demo().run(&refresh).expect_code(0).json();
    let charts = said["charts"].as_array().expect("charts");
    let states: Vec<&str> = charts.iter().filter_map(|one| one["state"].as_str()).collect();
    assert_eq!(states, ["edited", "updated", "updated", "updated"]);
    assert!(part(&kept, "word/charts/ledger1.xml").contains("99999"));
    assert!(data(&kept, 2) == data(&fresh, 2));
}

/// The bytes of a part.
fn bytes_of(file: &Path, name: &str) -> Vec<u8> {
    let bytes = std::fs::read(file).expect("the document was written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a Word file is a zip");
    let mut content = Vec::new();
    archive.by_name(name).expect("the part is there").read_to_end(&mut content).expect("read");
    content
}

/// A copy of a file with one part changed, as another program would write it.
fn rewritten(from: &Path, to: &Path, name: &str, change: &dyn Fn(&str) -> String) {
    let bytes = std::fs::read(from).expect("written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let own = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("read");
        if own == name {
            content = change(&String::from_utf8(content).expect("XML is text")).into_bytes();
        }
        zip.start_file(own, zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::Write::write_all(&mut zip, &content).expect("written");
    }
    std::fs::write(to, zip.finish().expect("a zip").into_inner()).expect("written");
}
