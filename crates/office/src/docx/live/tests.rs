//! Tests of edited documents: what a person did stays byte for byte, and only controls change.

use proptest::prelude::*;

use super::super::Limits;
use super::super::tests::{docx, docx_with, rels};
use super::*;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn control(tag: &str, id: u32, content: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"T\"/><w:tag w:val=\"{tag}\"/><w:id w:val=\"{id}\"/><w:text/></w:sdtPr>\
         <w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn text(control: usize, text: &str) -> Change {
    let content = Content::Text { text: text.to_owned(), highlight: None };
    Change::Control { control, tag: None, alias: None, content }
}

fn part(bytes: &[u8], name: &str) -> String {
    Package::read(bytes, &Limits::default()).expect("a zip").text(name).expect("a part")
}

/// The document part after changes.
fn changed(bytes: &[u8], changes: &[Change]) -> String {
    part(&splice(bytes, "pl:", changes, None).expect("a document"), "word/document.xml")
}

fn live(bytes: &[u8]) -> Live {
    read_live(bytes, "pl:").expect("a document")
}

/// Everything outside of the given stretch is as it was.
fn only(before: &[u8], changes: &[Change], old: &str, new: &str) {
    let source = part(before, "word/document.xml");
    assert_eq!(source.matches(old).count(), 1, "`{old}` once in {source}");
    assert_eq!(changed(before, changes), source.replace(old, new));
}

#[test]
fn only_the_text_of_the_control_changes() {
    let body = format!(
        "<!-- kept --><w:p w:rsidR=\"00A1\"  w14:paraId=\"1\"><w:pPr ><w:jc w:val='left'/></w:pPr>{}{}<w:r><w:t>亿元&#x3002;</w:t></w:r></w:p>",
        r("产值"),
        control("pl:1:x", 7, &r("112.28"))
    );
    let bytes = docx(&body);
    let found = live(&bytes);
    assert_eq!(found.controls[0].text, "112.28");
    assert_eq!(found.lines[found.controls[0].line].text, "产值112.28亿元。");
    assert_eq!(found.controls[0].at, "产值".len());
    assert_eq!(found.lines[0].loose, [(0, 6), (12, "产值112.28亿元。".len())]);
    only(&bytes, &[text(0, "113.05")], "<w:t>112.28</w:t>", "<w:t>113.05</w:t>");
}

#[test]
fn nothing_to_change_gives_the_very_same_parts() {
    let bytes = docx(&format!("<w:p>{}</w:p>", control("pl:1:x", 7, &r("1"))));
    let again = splice(&bytes, "pl:", &[text(0, "1")], None).expect("a document");
    let (before, after) =
        (Package::read(&bytes, &Limits::default()), Package::read(&again, &Limits::default()));
    assert_eq!(before.expect("a zip"), after.expect("a zip"));
}

#[test]
fn split_runs_keep_their_marks_and_bold() {
    let content = "<w:r w:rsidR=\"00B2\"><w:t>112</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr>\
                   <w:t>.28</w:t></w:r>";
    let bytes = docx(&format!("<w:p>{}</w:p>", control("pl:1:x", 7, content)));
    assert_eq!(live(&bytes).controls[0].text, "112.28");
    // 112.28 → 112.91: the first run is not touched.
    only(&bytes, &[text(0, "112.91")], "<w:t>.28</w:t>", "<w:t>.91</w:t>");
    // 112.28 → 98.1: the difference spans both; the second keeps what is left of it, nothing.
    let after = changed(&bytes, &[text(0, "98.1")]);
    assert!(after.contains("<w:t>98.1</w:t>") && after.contains("<w:b/></w:rPr><w:t></w:t>"), "{after}");
    assert_eq!(
        live(&splice(&bytes, "pl:", &[text(0, "98.1")], None).expect("a document")).controls[0].text,
        "98.1"
    );
}

#[test]
fn tracked_changes_inside_and_around_survive() {
    // A person typed over the number with changes tracked, and another number stands in an inserted sentence.
    let over = "<w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>112.28</w:delText></w:r></w:del>\
                <w:ins w:id=\"2\" w:author=\"A\"><w:r><w:t>113</w:t></w:r></w:ins>";
    let inserted = format!("<w:ins w:id=\"3\" w:author=\"A\">{}</w:ins>", control("pl:2:x", 8, &r("5")));
    let struck = control("pl:3:x", 9, "<w:del w:id=\"4\"><w:r><w:delText>6</w:delText></w:r></w:del>");
    let bytes = docx(&format!("<w:p>{}{inserted}{struck}</w:p>", control("pl:1:x", 7, over)));
    let found = live(&bytes).controls;
    assert_eq!(found.iter().map(|held| held.text.as_str()).collect::<Vec<_>>(), ["113", "5", ""]);
    assert_eq!(found.iter().map(|held| held.struck).collect::<Vec<_>>(), [false, false, true]);
    only(&bytes, &[text(1, "55")], "<w:t>5</w:t>", "<w:t>55</w:t>");
}

#[test]
fn both_forms_of_a_text_box_change() {
    let inside = |id| format!("<w:txbxContent><w:p>{}</w:p></w:txbxContent>", control("pl:1:x", id, &r("7")));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        inside(5),
        inside(5)
    );
    let bytes = docx(&body);
    let found = live(&bytes);
    assert_eq!(found.controls.iter().map(|held| held.fallback).collect::<Vec<_>>(), [false, true]);
    assert_eq!(found.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 0]);
    let after = changed(&bytes, &[text(0, "8"), text(1, "8")]);
    assert_eq!(after.matches("<w:t>8</w:t>").count(), 2);
    // The older form shares the number of the newer one, as Word writes it.
    assert_eq!(after.matches("<w:id w:val=\"5\"/>").count(), 2);
}

#[test]
fn a_copied_control_gets_a_number_of_its_own() {
    let one = control("pl:1:x", 7, &r("1"));
    let bytes = docx(&format!(
        "<w:p>{one}</w:p><w:p>{one}</w:p><w:p>{}</w:p>",
        control("pl:2:x", 100_000_001, &r("2"))
    ));
    let after = changed(&bytes, &[]);
    assert_eq!(after.matches("<w:id w:val=\"7\"/>").count(), 1);
    assert_eq!(after.matches("<w:id w:val=\"100000002\"/>").count(), 1);
}

#[test]
fn nested_controls_are_controls_of_their_own() {
    let inner = control("pl:1:x", 7, &r("1"));
    let foreign = format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"mine\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    );
    let outer = format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"pl:if:9\"/></w:sdtPr><w:sdtContent>{}{foreign}{}</w:sdtContent></w:sdt>",
        r("同比"),
        r("。")
    );
    let bytes = docx(&format!("<w:p>{outer}</w:p>"));
    let found = live(&bytes).controls;
    assert_eq!((found[0].text.as_str(), found[1].text.as_str(), found[1].within), ("同比1。", "1", Some(0)));
    only(&bytes, &[text(1, "2")], "<w:t>1</w:t>", "<w:t>2</w:t>");
    let pieces = vec![
        Inline::Text("反而".to_owned()),
        Inline::Control(Fill { tag: "pl:5:y".to_owned(), text: "3%".to_owned(), ..Fill::default() }),
    ];
    let change = Change::Control { control: 0, tag: None, alias: None, content: Content::Pieces(pieces) };
    let after = live(&splice(&bytes, "pl:", &[change], None).expect("a document")).controls;
    assert_eq!((after[0].text.as_str(), after[1].text.as_str(), after.len()), ("反而3%", "3%", 2));
}

#[test]
fn a_control_whose_tag_was_lost_gets_one() {
    let body = "<w:p><w:sdt><w:sdtPr><w:id w:val=\"9\"/><w:alias w:val=\"T\"/><w:text/></w:sdtPr><w:sdtContent>\
                <w:r><w:t>1</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtPr></w:sdtPr><w:sdtContent>\
                <w:r><w:t>2</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>\
                <w:r><w:t>3</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let bytes = docx(body);
    let found = live(&bytes).controls;
    assert_eq!(found.iter().map(|held| held.text.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    let mend = |control| Change::Control {
        control,
        tag: Some(format!("pl:{control}")),
        alias: Some("A".to_owned()),
        content: Content::Same,
    };
    let after = changed(&bytes, &[mend(0), mend(1)]);
    assert!(after.contains("<w:alias w:val=\"A\"/><w:tag w:val=\"pl:0\"/><w:text/>"), "{after}");
    assert!(after.contains("<w:sdtPr><w:alias w:val=\"A\"/><w:tag w:val=\"pl:1\"/></w:sdtPr>"), "{after}");
}

#[test]
fn files_of_wps_are_read_too() {
    // WPS binds names of its own, puts the number first, adds a colour, leaves out the title and splits runs by hint.
    let body = "<w:p><w:sdt><w:sdtPr><w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:highlight w:val=\"yellow\"/></w:rPr>\
                <w:id w:val=\"-1523\"/><w15:color w:val=\"DBDBDB\"/><w:tag w:val='pl:1:x'/>\
                <w:placeholder><w:docPart w:val=\"{9f3c}\"/></w:placeholder></w:sdtPr>\
                <w:sdtEndPr><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr></w:sdtEndPr><w:sdtContent>\
                <w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t>下降</w:t></w:r>\
                <w:r><w:rPr><w:rFonts w:hint=\"default\"/></w:rPr><w:t>3.4%</w:t></w:r></w:sdtContent></w:sdt>\
                <wpsCustomData:paraFrame w:val=\"1\"/></w:p>";
    let bytes = docx(body);
    let source = part(&bytes, "word/document.xml");
    let wps = source.replacen(
        "<w:document ",
        "<w:document xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" \
         xmlns:wpsCustomData=\"urn:wps:custom-data\" ",
        1,
    );
    let mut package = Package::read(&bytes, &Limits::default()).expect("a zip");
    package.put("word/document.xml", wps.clone().into_bytes());
    let bytes = package.write();
    assert_eq!(live(&bytes).controls[0].text, "下降3.4%");
    let change = Change::Control {
        control: 0,
        tag: Some("pl:1:new".to_owned()),
        alias: Some("no place for it".to_owned()),
        content: Content::Text { text: "增长0.4%".to_owned(), highlight: None },
    };
    let expected = wps
        .replace("'pl:1:x'", "'pl:1:new'")
        .replace("<w:t>下降</w:t>", "<w:t>增长0</w:t>")
        .replace("<w:t>3.4%</w:t>", "<w:t>.4%</w:t>");
    assert_eq!(changed(&bytes, &[change]), expected);
}

#[test]
fn the_mark_of_something_missing_comes_and_goes() {
    let bytes = docx(&format!(
        "<w:p>{}{}</w:p>",
        control(
            "pl:1:x",
            7,
            "<w:r><w:rPr><w:b/><w:highlight w:val=\"yellow\"/></w:rPr><w:t>〔缺〕</w:t></w:r>"
        ),
        control("pl:2:x", 8, "<w:r><w:rPr><w:b/><w:u w:val=\"single\"/></w:rPr><w:t>5</w:t></w:r>")
    ));
    let set = |control, text: &str, highlight| Change::Control {
        control,
        tag: None,
        alias: None,
        content: Content::Text { text: text.to_owned(), highlight: Some(highlight) },
    };
    let after = changed(&bytes, &[set(0, "3", false), set(1, "〔缺a〕", true)]);
    assert!(after.contains("<w:rPr><w:b/></w:rPr><w:t>3</w:t>"), "{after}");
    // A text of both scripts must not stand in a control for plain text; the mark stands before the underline.
    assert!(after.contains("<w:id w:val=\"8\"/></w:sdtPr>"), "{after}");
    assert!(
        after.contains(
            "<w:b/><w:highlight w:val=\"yellow\"/><w:u w:val=\"single\"/></w:rPr><w:t>〔缺a〕</w:t>"
        )
    );
}

#[test]
fn signs_spaces_entities_and_empty_texts() {
    let content = "<w:r><w:t>a&amp;b</w:t><w:br/><w:t>c</w:t><w:tab/><w:t/></w:r>";
    let bytes = docx(&format!("<w:p>{}</w:p>", control("pl:1:x", 7, content)));
    assert_eq!(live(&bytes).controls[0].text, "a&b\nc\t");
    let after = splice(&bytes, "pl:", &[text(0, "a&d <e>\nf ")], None).expect("a document");
    assert_eq!(live(&after).controls[0].text, "a&d <e>\nf ");
    let empty = docx(&format!("<w:p>{}</w:p>", control("pl:1:x", 7, "")));
    let after = splice(&empty, "pl:", &[text(0, "9")], None).expect("a document");
    assert_eq!(live(&after).controls[0].text, "9");
}

#[test]
fn an_invitation_to_type_is_no_text() {
    let body = "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"pl:1:x\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>\
                <w:r><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let bytes = docx(body);
    let found = live(&bytes).controls;
    assert_eq!((found[0].text.as_str(), found[0].emptied), ("", true));
    let after = live(&splice(&bytes, "pl:", &[text(0, "5")], None).expect("a document")).controls;
    assert_eq!((after[0].text.as_str(), after[0].emptied), ("5", false));
}

#[test]
fn notes_headers_and_comments_are_written_in_too() {
    let wrap = |root: &str, inner: &str| {
        format!("<w:{root} xmlns:w=\"{}\">{inner}</w:{root}>", super::super::xml::WML[0])
    };
    let paragraph = |tag: &str, n: &str| format!("<w:p>{}</w:p>", control(tag, 7, &r(n)));
    let line = |id: &str, kind: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{kind}.xml\"/>")
    };
    let kinds = ["header", "footnotes", "comments"];
    let more = [
        ("word/header.xml", wrap("hdr", &paragraph("pl:2:x", "2"))),
        (
            "word/footnotes.xml",
            wrap("footnotes", &format!("<w:footnote>{}</w:footnote>", paragraph("pl:3:x", "3"))),
        ),
        (
            "word/comments.xml",
            wrap("comments", &format!("<w:comment>{}</w:comment>", paragraph("pl:4:x", "4"))),
        ),
        ("word/_rels/document.xml.rels", rels(&kinds.map(|kind| line(kind, kind)).concat())),
    ];
    let more: Vec<(&str, &str)> = more.iter().map(|(name, content)| (*name, content.as_str())).collect();
    let bytes = docx_with(&paragraph("pl:1:x", "1"), &more);
    let found = live(&bytes);
    assert_eq!(
        found.controls.iter().map(|held| held.text.as_str()).collect::<Vec<_>>(),
        ["1", "2", "3", "4"]
    );
    let after = splice(&bytes, "pl:", &[text(3, "44"), text(1, "22")], Some("<basis/>")).expect("a document");
    let read = live(&after);
    assert_eq!(
        read.controls.iter().map(|held| held.text.as_str()).collect::<Vec<_>>(),
        ["1", "22", "3", "44"]
    );
    assert_eq!(super::super::read_basis(&after).as_deref(), Some("<basis/>"));
}

#[test]
fn prose_changes_in_one_run_and_is_marked() {
    let bytes = docx(&format!(
        "<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>在2023年里</w:t></w:r>{}</w:p>",
        control("pl:1:x", 7, &r("2023年"))
    ));
    let change =
        |from, to, text: &str| Change::Prose { line: 0, from, to, text: text.to_owned(), highlight: true };
    let after =
        splice(&bytes, "pl:", &[change(3, 10, "2024年"), change(13, 20, "x")], None).expect("a document");
    assert_eq!(live(&after).lines[0].text, "在2024年里2023年");
    let source = part(&after, "word/document.xml");
    let marked = "<w:r><w:rPr><w:b/><w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">2024年</w:t></w:r>";
    assert!(
        source.contains(marked)
            && source.contains("<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">里"),
        "{source}"
    );
}

#[test]
fn prose_changes_unmarked_in_its_own_run() {
    let bytes = docx(&p_of("坚决落实"));
    let change = Change::Prose { line: 0, from: 0, to: 6, text: "全面".to_owned(), highlight: false };
    only(&bytes, &[change], "<w:t>坚决落实</w:t>", "<w:t>全面落实</w:t>");
}

fn p_of(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

#[test]
fn sixteen_bit_parts_stay_sixteen_bit() {
    let bytes = docx(&format!("<w:p>{}</w:p>", control("pl:1:x", 7, &r("一"))));
    let mut package = Package::read(&bytes, &Limits::default()).expect("a zip");
    let wide: Vec<u8> = std::iter::once(0xFEFF)
        .chain(part(&bytes, "word/document.xml").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    package.put("word/document.xml", wide);
    let after = splice(&package.write(), "pl:", &[text(0, "二")], None).expect("a document");
    let package = Package::read(&after, &Limits::default()).expect("a zip");
    assert!(package.get("word/document.xml").is_some_and(|content| content.starts_with(&[0xFF, 0xFE])));
    assert_eq!(live(&after).controls[0].text, "二");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A damaged part is refused or changed, and never ends the program.
    #[test]
    fn damaged_parts_give_faults_and_no_panic(at in 0_usize..900, cut in 0_usize..40, byte in any::<u8>()) {
        let inner = control("pl:2:x", 8, &r("二&amp;"));
        let body = format!("<w:p>{}{inner}<w:r><w:t>2023年</w:t></w:r></w:p>", control("pl:1:x", 7, &r("12.5")));
        let bytes = docx(&body);
        let mut package = Package::read(&bytes, &Limits::default()).expect("a zip");
        let mut part = package.get("word/document.xml").expect("a part").to_vec();
        let at = at.min(part.len() - 1);
        part[at] = byte;
        part.drain(at..(at + cut).min(part.len()));
        package.put("word/document.xml", part);
        let damaged = package.write();
        if let Ok(live) = read_live(&damaged, "pl:") {
            let pieces = Content::Pieces(vec![Inline::Text("词".to_owned())]);
            let mut changes: Vec<Change> =
                (0..live.controls.len()).map(|control| text(control, "新 5\n6")).collect();
            changes.push(Change::Control { control: 0, tag: Some("pl:9".to_owned()), alias: None, content: pieces });
            changes.push(Change::Prose { line: 0, from: 0, to: 4, text: "2024".to_owned(), highlight: true });
            let _ = splice(&damaged, "pl:", &changes, Some("<basis/>"));
        }
    }

    /// Whatever the runs and whatever the new text: the control says it, its neighbours say what they said.
    #[test]
    fn any_text_over_any_runs(runs in proptest::collection::vec("[0-9.%&<增降 ]{0,4}", 1..5), new in "[0-9.%&<增降 ]{1,9}") {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let content: String =
            runs.iter().map(|text| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))).collect();
        let neighbour = control("pl:2:x", 8, &r("右"));
        let bytes = docx(&format!("<w:p>{}{}{neighbour}</w:p>", r("左"), control("pl:1:x", 7, &content)));
        prop_assert_eq!(&live(&bytes).controls[0].text, &runs.concat());
        let after = live(&splice(&bytes, "pl:", &[text(0, &new)], None).expect("a document"));
        prop_assert_eq!(&after.controls[0].text, &new);
        prop_assert_eq!(&after.lines[0].text, &format!("左{new}右"));
    }
}
