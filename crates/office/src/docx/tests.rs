//! Tests of the Word side: templates in, documents out, outline back.

mod hostile;
mod manuscripts;
mod refused;

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::package::Package;
use super::*;

const WML: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A small .docx with this body, and with these parts beside it.
pub(super) fn docx_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let rels = format!(
        "<Relationships xmlns=\"{RELS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
         Target=\"word/document.xml\"/></Relationships>"
    );
    let document = format!(
        "<w:document xmlns:w=\"{WML}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><w:body>{body}<w:sectPr/>\
         </w:body></w:document>"
    );
    let mut package = Package { entries: Vec::new() };
    for (name, content) in
        [("[Content_Types].xml", types), ("_rels/.rels", &rels), ("word/document.xml", &document)]
    {
        package.put(name, content.as_bytes().to_vec());
    }
    for (name, content) in more {
        package.put(name, content.as_bytes().to_vec());
    }
    package.write()
}

pub(super) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

pub(super) fn rels(lines: &str) -> String {
    format!("<Relationships xmlns=\"{RELS}\">{lines}</Relationships>")
}

/// A paragraph of plain runs.
fn p(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|text| run("", text)).collect();
    format!("<w:p>{runs}</w:p>")
}

fn run(properties: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// Renders with an engine: `fig("x")` is the token of the fill tagged x, rows are two districts.
fn render(template: &Template, fills: &[Fill]) -> Vec<(String, String)> {
    let tags: Vec<String> = fills.iter().map(|fill| fill.tag.clone()).collect();
    let mut engine = minijinja::Environment::new();
    engine.add_function("fig", move |tag: &str| {
        tags.iter().position(|known| known == tag).map_or_else(|| format!("?{tag}?"), token)
    });
    let parts = template.parts.iter().map(|part| {
        let text = engine
            .render_str(
                &part.source,
                minijinja::context! {
                    yes => true, no => false, empty => Vec::<i32>::new(), word => "甲&lt;乙",
                    rows => [minijinja::context! { name => "东区" }, minijinja::context! { name => "西区" }],
                },
            )
            .unwrap_or_else(|error| panic!("{error:#}\n{}", part.source));
        (part.name.clone(), text)
    });
    parts.collect()
}

fn fill(tag: &str, text: &str) -> Fill {
    Fill { tag: tag.to_owned(), alias: format!("{tag} 指标"), text: text.to_owned(), highlight: false }
}

fn fills() -> Vec<Fill> {
    vec![fill("a", "12.3"), fill("b", "3<4 & \"5\""), Fill { highlight: true, ..fill("c", "【未报】") }]
}

fn build(bytes: &[u8]) -> Vec<u8> {
    let fills = fills();
    let source = template(bytes, &Limits::default()).unwrap();
    assemble(bytes, &render(&source, &fills), &fills, &[], None, &Properties::default()).unwrap()
}

/// One line per paragraph: its place, its text with `[tag=text]` for controls.
fn show(bytes: &[u8]) -> String {
    let mut out = String::new();
    for paragraph in outline(bytes).unwrap() {
        if let Some((table, row, cell)) = paragraph.in_table {
            let _ = write!(out, "{table}.{row}.{cell} ");
        }
        let letters: Vec<char> = paragraph.text.chars().collect();
        let mut at = 0;
        for control in &paragraph.controls {
            if control.start < at || control.text.contains('\n') {
                let text = control.text.replace('\n', "/");
                let _ = write!(out, "({}={text}@{})", control.tag, control.start);
                continue;
            }
            out.extend(&letters[at..control.start]);
            let _ = write!(out, "[{}={}]", control.tag, control.text);
            at = control.start + control.text.chars().count();
        }
        out.extend(&letters[at..]);
        out.push('\n');
    }
    out
}

#[expect(clippy::needless_pass_by_value, reason = "expectations are written in the call")]
fn check(body: &str, expected: Expect) {
    expected.assert_eq(&show(&build(&docx(body))));
}

#[expect(clippy::needless_pass_by_value, reason = "expectations are written in the call")]
fn check_slots(body: &str, expected: Expect) {
    let template = template(&docx(body), &Limits::default()).unwrap();
    let part = &template.parts[0];
    let lines =
        part.slots.iter().chain(&part.blocks).map(|slot| format!("{} {}\n", slot.paragraph, slot.text));
    expected.assert_eq(&lines.collect::<String>());
}

#[expect(clippy::needless_pass_by_value, reason = "expectations are written in the call")]
fn check_fault(bytes: &[u8], expected: Expect) {
    let fault = template(bytes, &Limits::default()).unwrap_err();
    assert!(!fault.hint().is_empty());
    expected.assert_eq(&fault.to_string());
}

#[test]
fn a_slot_in_one_run_becomes_a_control() {
    check(
        &p(&["产值{{ fig(\"a\") }}亿元，{{ fig(\"b\") }}{{fig('c')}}。"]),
        expect![[r#"
            产值[a=12.3]亿元，[b=3<4 & "5"][c=【未报】]。
        "#]],
    );
}

#[test]
fn a_slot_split_over_runs_keeps_the_formatting_of_its_first_run() {
    let body = format!(
        "<w:p>{}<w:proofErr w:type=\"spellStart\"/>{}<w:bookmarkStart w:id=\"0\" w:name=\"_GoBack\"/>{}{}</w:p>",
        run("", "产值{"),
        run("<w:b/>", "{ fi"),
        run("<w:i/>", "g(\"a\")"),
        run("<w:i/>", " }}亿元"),
    );
    check(
        &body,
        expect![[r"
            产值[a=12.3]亿元
        "]],
    );
    let bytes =
        docx(&body.replace("产值{", "{").replacen("<w:r>", "<w:r><w:rPr><w:u w:val=\"single\"/></w:rPr>", 1));
    let source = &template(&bytes, &Limits::default()).unwrap().parts[0].source;
    let start = source.find("<w:p>").unwrap();
    let end = source.find("</w:p>").unwrap();
    expect![[r#"<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">{{ fig("a") }}</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">亿元</w:t></w:r>"#]]
        .assert_eq(&source[start..end]);
}

#[test]
fn smart_quotes_and_full_width_signs_become_plain_inside_tags_only() {
    check_slots(
        &p(&[
            "“引文”{{ fig（“a”，‘b’） ｜ yi }}与{{ fig(\"“原样”，\") }}{{ fig(\"a”) }}{{ x\u{A0}>\u{200B} 1 }}",
        ]),
        expect![[r#"
            1 {{ fig("a",'b') | yi }}
            1 {{ fig("“原样”，") }}
            1 {{ fig("a") }}
            1 {{ x > 1 }}
        "#]],
    );
    check(
        &p(&["“引文”（一）｛x｝{％ if yes ％}是{％ endif ％}"]),
        expect![[r"
            “引文”（一）｛x｝是
        "]],
    );
}

#[test]
fn entities_are_unescaped_inside_tags() {
    check_slots(
        &p(&["{% if a < 3 and b > \"&\" %}x{% endif %}"]),
        expect![[r#"
            1 {% if a < 3 and b > "&" %}
            1 {% endif %}
        "#]],
    );
}

#[test]
fn tabs_breaks_and_hyphens_inside_a_tag_are_text() {
    check_slots(
        "<w:p><w:r><w:t>{{ x</w:t><w:noBreakHyphen/><w:t>1</w:t><w:br/><w:tab/><w:t>}}</w:t></w:r></w:p>",
        expect![[r"
            1 {{ x-1 }}
        "]],
    );
}

#[test]
fn control_paragraphs_repeat_and_leave_out_paragraphs() {
    let body = [
        p(&["{% for r in rows %}"]),
        p(&["{{ r.name }}：{{ fig(\"a\") }}"]),
        p(&["{% if loop.last %}", " {% else %}"]),
        p(&["未完"]),
        p(&["{% endif %}{% endfor %}"]),
        p(&["{% if no %}"]),
        p(&["不见"]),
        p(&["{% endif %}"]),
        p(&["完"]),
    ];
    check(
        &body.concat(),
        expect![[r"
            东区：[a=12.3]
            未完
            西区：[a=12.3]
            完
        "]],
    );
}

#[test]
fn inline_blocks_work_across_runs() {
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        run("", "共3家{% if n"),
        run("<w:b/>", "o %}，新增1家{% else %}，无"),
        run("<w:i/>", "新增{% endif %}。{% for r in rows %}{{ r.name }}{{ fig(\"a\") }}；{% endfor %}"),
    );
    check(
        &body,
        expect![[r"
            共3家，无新增。东区[a=12.3]；西区[a=12.3]；
        "]],
    );
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", p(&[text]))).collect();
    let cells = cells.concat();
    format!("<w:tr>{cells}</w:tr>")
}

#[test]
fn control_rows_repeat_rows() {
    let rows = [
        row(&["区", "值"]),
        row(&["{% for r in rows %}", ""]),
        row(&["{{ r.name }}", "{{ fig(\"a\") }}"]),
        row(&["{% endfor %}", ""]),
    ];
    check(
        &format!("<w:tbl>{}</w:tbl>{}", rows.concat(), p(&["后"])),
        expect![[r"
            0.0.0 区
            0.0.1 值
            0.1.0 东区
            0.1.1 [a=12.3]
            0.2.0 西区
            0.2.1 [a=12.3]
            后
        "]],
    );
}

#[test]
fn what_leaving_out_breaks_is_mended() {
    let table = [row(&["{% for r in empty %}"]), row(&["{{ r.name }}"]), row(&["{% endfor %}"])].concat();
    let cell = [p(&["{% if no %}"]), p(&["x"]), p(&["{% endif %}"])].concat();
    let body = format!("<w:tbl>{table}</w:tbl><w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>{}", p(&["后"]));
    // The first table vanishes, the cell of the second keeps an empty paragraph.
    check(&body, expect![["0.0.0 \n后\n"]]);
}

#[test]
fn repeated_ids_and_bookmarks_stay_unique() {
    let repeated = "<w:p w14:paraId=\"0A\"><w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:r><w:t>{{ fig(\"a\") }}</w:t>\
                    <w:drawing><wp:docPr id=\"1\"/></w:drawing></w:r><w:bookmarkEnd w:id=\"1\"/></w:p>";
    let taken =
        "<w:sdt><w:sdtPr><w:id w:val=\"100000001\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>";
    let body = [&p(&["{% for r in rows %}"]), repeated, &p(&["{% endfor %}"]), taken].concat();
    let built = build(&docx(&body));
    let text = Package::read(&built, &Limits::default()).unwrap().text("word/document.xml").unwrap();
    for once in [
        "w14:paraId",
        "<w:bookmarkStart",
        "<w:bookmarkEnd",
        "\"100000001\"",
        "\"100000002\"",
        "\"100000003\"",
    ] {
        assert_eq!(text.matches(once).count(), 1, "{once} in {text}");
    }
    assert!(text.contains("docPr id=\"1\"") && text.contains("docPr id=\"2\""));
}

#[test]
fn tracked_changes_count_as_accepted_and_comments_are_dropped() {
    let body = "<w:p><w:commentRangeStart w:id=\"0\"/><w:del w:id=\"1\"><w:r><w:delText>{{ old</w:delText></w:r></w:del>\
                <w:ins w:id=\"2\"><w:r><w:t>{{ fig(</w:t></w:r></w:ins><w:r><w:t>\"a\") }}</w:t></w:r>\
                <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>";
    let relations =
        rels(&format!("<Relationship Id=\"rId1\" Type=\"{OFFICE}/comments\" Target=\"comments.xml\"/>"));
    let comments = format!("<w:comments xmlns:w=\"{WML}\"/>");
    let bytes =
        docx_with(body, &[("word/_rels/document.xml.rels", &relations), ("word/comments.xml", &comments)]);
    let built = build(&bytes);
    assert_eq!(show(&built), "[a=12.3]\n");
    let package = Package::read(&built, &Limits::default()).unwrap();
    assert!(package.get("word/comments.xml").is_none());
    assert!(package.relations("word/document.xml").unwrap().is_empty());
}

#[test]
fn headers_footers_and_notes_are_parts_too() {
    let part = |tag: &str| format!("<w:{tag} xmlns:w=\"{WML}\">{}</w:{tag}>", p(&["页{{ fig(\"a\") }}"]));
    let relations = rels(&format!(
        "<Relationship Id=\"rId2\" Type=\"{OFFICE}/footer\" Target=\"/word/f.xml\"/>\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/header\" Target=\"h.xml\"/>"
    ));
    let bytes = docx_with(
        &p(&["正文"]),
        &[
            ("word/_rels/document.xml.rels", &relations),
            ("word/f.xml", &part("ftr")),
            ("word/h.xml", &part("hdr")),
        ],
    );
    let names: Vec<String> =
        template(&bytes, &Limits::default()).unwrap().parts.into_iter().map(|part| part.name).collect();
    assert_eq!(names, ["word/document.xml", "word/h.xml", "word/f.xml"]);
    assert_eq!(show(&build(&bytes)), "正文\n页[a=12.3]\n页[a=12.3]\n");
}

#[test]
fn text_boxes_are_counted_once() {
    let inner = p(&["框{{ fig(\"a\") }}"]);
    let body = format!(
        "<w:p><w:r><w:t>外</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>\
         {inner}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent>\
         </w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    check(&body, expect![["外\n框[a=12.3]\n"]]);
    assert_eq!(outline(&docx(&body)).unwrap().len(), 2);
}

#[test]
fn a_highlight_stands_in_its_place_of_the_schema() {
    let body = format!(
        "<w:p>{}</w:p>",
        run("<w:b/><w:sz w:val=\"32\"/><w:u w:val=\"single\"/>", "{{ fig(\"c\") }}")
    );
    let text =
        Package::read(&build(&docx(&body)), &Limits::default()).unwrap().text("word/document.xml").unwrap();
    let (start, end) = (text.find("<w:sdt>").unwrap(), text.find("</w:sdt>").unwrap());
    expect![[r#"<w:sdt><w:sdtPr><w:alias w:val="c 指标"/><w:tag w:val="c"/><w:id w:val="100000001"/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:b/><w:sz w:val="32"/><w:highlight w:val="yellow"/><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">【未报】</w:t></w:r></w:sdtContent>"#]]
        .assert_eq(&text[start..end]);
}

#[test]
fn a_plain_control_around_a_slot_gives_way() {
    let body = "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"old\"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>值{{ fig(\"a\") }}\
                </w:t></w:r></w:sdtContent></w:sdt></w:p>";
    check(body, expect![["值[a=12.3]\n"]]);
}

#[test]
fn outline_reads_controls_of_every_level() {
    let sdt = |tag: &str, inner: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )
    };
    let cell = sdt("cell", &format!("<w:tc>{}</w:tc>", p(&["格"])));
    let inline = format!(
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/></w:r>{}</w:p>",
        sdt("outer", &sdt("in", &run("", "1")))
    );
    let body = [
        sdt("block", &(p(&["一"]) + &p(&["二"]))),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc>{cell}</w:tr>{}</w:tbl>", p(&["左"]), sdt("row", &row(&["行"]))),
        inline,
        "<w:p><w:del><w:r><w:t>删</w:t></w:r></w:del><w:ins><w:r><w:t>增</w:t><w:noBreakHyphen/></w:r></w:ins></w:p>".into(),
    ];
    expect![[r"
        (block=一/二@0)一
        二
        0.0.0 左
        0.0.1 [cell=格]
        0.1.0 [row=行]
        a	b
        [outer=1](in=1@4)
        增-
    "]]
    .assert_eq(&show(&docx(&body.concat())));
}

#[test]
fn a_multi_line_fill_keeps_its_lines() {
    let fills = vec![fill("a", "1\n2")];
    let bytes = docx(&p(&["{{ fig(\"a\") }}"]));
    let source = template(&bytes, &Limits::default()).unwrap();
    let built =
        assemble(&bytes, &render(&source, &fills), &fills, &[], None, &Properties::default()).unwrap();
    assert_eq!(outline(&built).unwrap()[0].text, "1\n2");
    let text = Package::read(&built, &Limits::default()).unwrap().text("word/document.xml").unwrap();
    assert!(text.contains("<w:text w:multiLine=\"1\"/>"), "{text}");
}

#[test]
fn other_braces_are_never_tags() {
    check(
        &p(&["集合{a}、{# 注 #}、{ {x} }、a}b", "{"]),
        expect![[r"
            集合{a}、{# 注 #}、{ {x} }、a}b{
        "]],
    );
    let body = format!(
        "<w:p w:x=\"{{{{ 1 }}}}\"><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>{{{{ 2 }}}}</w:instrText>\
         <w:fldChar w:fldCharType=\"end\"/></w:r>{}</w:p>",
        run("", "x")
    );
    let text =
        Package::read(&build(&docx(&body)), &Limits::default()).unwrap().text("word/document.xml").unwrap();
    assert!(text.contains("w:x=\"{{ 1 }}\"") && text.contains("<w:instrText>{{ 2 }}<"));
}

#[test]
fn private_characters_that_are_no_token_stay() {
    check(
        &p(&["\u{E000}姓\u{E001}{{ fig(\"a\") }}\u{E000}12"]),
        expect![["\u{E000}姓\u{E001}[a=12.3]\u{E000}12\n"]],
    );
}

#[test]
fn the_basis_and_the_properties_are_stored_and_replaced() {
    let bytes = docx(&p(&["{{ fig(\"a\") }}"]));
    let source = template(&bytes, &Limits::default()).unwrap();
    let rendered = render(&source, &fills());
    let properties = Properties {
        title: "总结<一>".into(),
        keywords: "台账".into(),
        created: "2023-10-08T09:00:00Z".into(),
        ..Properties::default()
    };
    assert_eq!(read_basis(&bytes), None);
    let first = assemble(&bytes, &rendered, &fills(), &[], Some("<basis a=\"1\"/>"), &properties).unwrap();
    assert_eq!(read_basis(&first).as_deref(), Some("<basis a=\"1\"/>"));
    let core = Package::read(&first, &Limits::default()).unwrap().text("docProps/core.xml").unwrap();
    assert!(core.contains("<dc:title>总结&lt;一&gt;</dc:title><cp:keywords>台账</cp:keywords><dcterms:created xsi:type=\"dcterms:W3CDTF\">2023-10-08T09:00:00Z<"), "{core}");
    // The report of one year may be the template of the next.
    let again = template(&first, &Limits::default()).unwrap();
    let second =
        assemble(&first, &render(&again, &fills()), &fills(), &[], Some("<basis a=\"2\"/>"), &properties)
            .unwrap();
    assert_eq!(read_basis(&second).as_deref(), Some("<basis a=\"2\"/>"));
    let names = |bytes: &[u8]| Package::read(bytes, &Limits::default()).unwrap().entries.len();
    assert_eq!(names(&first), names(&second));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let bytes = compose(&parse_manuscript(manuscripts::MANUSCRIPT));
    let built = build(&bytes);
    assert_eq!(built, build(&bytes));
    let package = Package::read(&built, &Limits::default()).unwrap();
    assert_eq!(package.entries[0].0, "[Content_Types].xml");
    assert_eq!(package.entries[1].0, "_rels/.rels");
    // A filled report is a template of itself without slots, and building it again changes no text.
    assert_eq!(show(&build(&built)), show(&built));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_without_braces_survives(texts in proptest::collection::vec("[^\\{\\}｛｝\\r\\n\\t\\p{Cc}]{0,40}", 1..6)) {
        let body: String = texts.iter().map(|text| p(&[text.as_str()])).collect();
        let bytes = docx(&body);
        let expected: Vec<String> = texts.iter().map(|text| text.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")).collect();
        let found: Vec<String> = outline(&build(&bytes)).unwrap().into_iter().map(|para| para.text).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_slot_cut_anywhere_is_found(cuts in proptest::collection::vec(0_usize..30, 0..6)) {
        let letters: Vec<char> = "产值{{ fig(\"a\") }}亿元{{fig('b')}}".chars().collect();
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(letters.len())).chain([0, letters.len()]).collect();
        cuts.sort_unstable();
        let runs: Vec<String> = cuts.windows(2).map(|pair| letters[pair[0]..pair[1]].iter().collect()).collect();
        let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
        prop_assert_eq!(show(&build(&docx(&p(&runs)))), "产值[a=12.3]亿元[b=3<4 & \"5\"]\n");
    }

    #[test]
    fn damaged_files_give_faults_and_no_panic(at in 0_usize..4_000, byte in any::<u8>()) {
        let mut bytes = docx(&p(&["{{ fig(\"a\") }}", "{% if yes %}x{% endif %}"]));
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = template(&bytes, &Limits::default());
        let _ = outline(&bytes);
        let _ = read_basis(&bytes);
    }

    #[test]
    fn any_text_is_a_manuscript(text in "(\\PC|[#|%@>* \\n]){0,200}") {
        let bytes = compose(&parse_manuscript(&text));
        prop_assert!(outline(&bytes).is_ok());
    }
}
