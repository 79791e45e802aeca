//! What is refused of a template, and what the fault names.

use super::*;

#[test]
fn wrong_tags_name_their_paragraph() {
    let before = p(&["前"]);
    let fault =
        |text: &str, expected: Expect| check_fault(&docx(&format!("{before}{}", p(&[text]))), expected);
    fault("值{{ fig(\"a\")", expect![[r#"word/document.xml第2段“{{ fig("a")”：填写项或标签没有结束"#]]);
    fault("值 }}亿", expect!["word/document.xml第2段“值 }}”：有结束括号而没有开始括号"]);
    fault("{{ }}", expect!["word/document.xml第2段“{{ }}”：括号里没有内容"]);
    fault("{{ a {{ b }}", expect!["word/document.xml第2段“{{ a {{ b }}”：填写项或标签里面又出现了大括号"]);
    fault("{{ fig(“a) }}", expect!["word/document.xml第2段“{{ fig(“a) }}”：引号不成对"]);
    fault("{{ fig(\"a\" }}", expect![[r#"word/document.xml第2段“{{ fig("a" }}”：小括号或方括号不成对"#]]);
    fault("{% include 'x' %}", expect!["word/document.xml第2段“{% include 'x' %}”：不认识的标签“include”"]);
    fault("{% for x %}", expect!["word/document.xml第2段“{% for x %}”：标签“for”写法不完整或有多余内容"]);
    fault("{% if a %}", expect!["word/document.xml第2段“{% if a %}”：“if”在同一层次内没有对应的“endif”"]);
    fault(
        "x{% endfor %}",
        expect!["word/document.xml第2段“{% endfor %}”：“endfor”在同一层次内没有对应的开始标签"],
    );
    fault(
        "{% for x in y %}{% endif %}",
        expect!["word/document.xml第2段“{% endif %}”：“endif”在同一层次内没有对应的开始标签"],
    );
    // Opened in one paragraph's text and closed in a control paragraph: not neighbours.
    check_fault(
        &docx(&format!("{}{}", p(&["x{% if a %}"]), p(&["{% endif %}"]))),
        expect!["word/document.xml第1段“{% if a %}”：“if”在同一层次内没有对应的“endif”"],
    );
    let section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{% if a %}</w:t></w:r></w:p>";
    check_fault(&docx(section), expect!["word/document.xml第1段“{% if a %}”：控制行同时是分节符所在段落"]);
}

#[test]
fn active_and_linked_content_is_refused() {
    let with_rel = |kind: &str, target: &str, mode: &str| {
        let lines = rels(&format!(
            "<Relationship Id=\"rId9\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\" TargetMode=\"{mode}\"/>"
        ));
        docx_with(&p(&["x"]), &[("word/_rels/document.xml.rels", &lines)])
    };
    check_fault(
        &with_rel("image", "http://x.example/a.png", "External"),
        expect![
            "文件含有不允许的内容（word/_rels/document.xml.rels）：指向外部的链接资源“http://x.example/a.png”"
        ],
    );
    check_fault(
        &with_rel("aFChunk", "chunk.htm", "Internal"),
        expect!["文件含有不允许的内容（word/_rels/document.xml.rels）：外来合并内容“chunk.htm”"],
    );
    check_fault(
        &with_rel("oleObject", "embeddings/o.bin", "Internal"),
        expect!["文件含有不允许的内容（word/_rels/document.xml.rels）：嵌入对象或控件“embeddings/o.bin”"],
    );
    assert!(template(&with_rel("hyperlink", "https://x.example/", "External"), &Limits::default()).is_ok());
    check_fault(
        &docx("<w:altChunk/>"),
        expect!["文件含有不允许的内容（word/document.xml）：外来合并内容“altChunk”"],
    );
    check_fault(
        &docx_with("", &[("word/vbaProject.bin", "x")]),
        expect!["文件含有不允许的内容（word/vbaProject.bin）：宏“word/vbaProject.bin”"],
    );
    check_fault(
        &docx_with("", &[("word/media/image1.png", "PK\u{3}\u{4}nested")]),
        expect!["文件含有不允许的内容（word/media/image1.png）：嵌套的压缩包或文件“word/media/image1.png”"],
    );
    check_fault(
        &docx_with("", &[("word/styles.xml", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>")]),
        expect!["文件含有不允许的内容（word/styles.xml）：文档类型声明“DOCTYPE”"],
    );
    check_fault(
        &docx_with("", &[("word/../evil.xml", "<a/>")]),
        expect!["文件含有不允许的内容（word/../evil.xml）：部件名称不合规“word/../evil.xml”"],
    );
}

#[test]
fn fields_that_run_something_are_refused_however_they_are_split() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let field = |inner: &str| docx(&format!("<w:p>{}{inner}{}</w:p>", mark("begin"), mark("end")));
    for bad in [
        field(&code(" DDEAUTO c:\\\\windows\\\\cmd.exe")),
        field(&(code(" D") + &code("DE ") + &code("x"))),
        field(&(code("d&#100;e x") + &mark("separate") + &code("y"))),
        field(&(mark("begin") + &code("QUOTE 68") + &mark("end"))),
        docx("<w:p><w:fldSimple w:instr=\" IncludePicture x\"/></w:p>"),
    ] {
        let fault = template(&bad, &Limits::default()).unwrap_err();
        assert!(matches!(fault, DocxFault::Unsafe { danger: Danger::Field, .. }), "{fault}");
    }
    assert!(template(&field(&code(" PAGE ")), &Limits::default()).is_ok());
}

#[test]
fn what_is_no_word_file_is_named() {
    check_fault(b"hello", expect!["这不是Word文档（.docx）"]);
    check_fault(&[0xD0, 0xCF, 0x11, 0xE0, 0, 0], expect!["这是旧版Word文档（.doc）或加密的文档，无法读取"]);
    check_fault(
        &Package { entries: vec![("a.txt".into(), vec![])] }.write(),
        expect!["压缩包中没有Word正文"],
    );
    let whole = docx(&p(&["x"]));
    for length in 0..whole.len() {
        assert!(template(&whole[..length], &Limits::default()).is_err());
        assert!(outline(&whole[..length]).is_err());
    }
    check_fault(
        &docx("<w:p>"),
        expect![
            "文件部件word/document.xml已损坏：ill-formed document: expected `</w:p>`, but `</w:body>` was found"
        ],
    );
    let deep = "<w:sdt>".repeat(300) + &"</w:sdt>".repeat(300);
    check_fault(&docx(&deep), expect!["文件部件word/document.xml已损坏：nested deeper than 200"]);
    check_fault(
        &docx(&format!("<x:p xmlns:x=\"{WML}\"/>")),
        expect!["文件部件word/document.xml已损坏：WordprocessingML is not bound to the prefix w"],
    );
}

#[test]
fn limits_hold() {
    let many = docx(&p(&["{{x}}".repeat(1_000_000).as_str()]));
    let limits = Limits { ratio: 100_000, ..Limits::default() };
    let fault = template(&many, &limits).unwrap_err();
    assert!(matches!(fault, DocxFault::TooLarge { measure: Measure::Slots, limit: 20_000, .. }), "{fault}");
    let fault = template(&many, &Limits::default()).unwrap_err();
    assert!(matches!(fault, DocxFault::TooLarge { measure: Measure::Ratio, limit: 200, .. }), "{fault}");
    let fault = template(&many, &Limits { part_bytes: 1_000, ..limits }).unwrap_err();
    assert!(matches!(fault, DocxFault::TooLarge { measure: Measure::Bytes, .. }), "{fault}");
    let fault = template(&many, &Limits { parts: 2, ..limits }).unwrap_err();
    assert!(matches!(fault, DocxFault::TooLarge { measure: Measure::Parts, .. }), "{fault}");
}

#[test]
fn what_cannot_be_written_back_is_named() {
    let bytes = docx(&p(&["x"]));
    let part = |text: &str| vec![("word/document.xml".to_owned(), text.to_owned())];
    let body =
        |inner: &str| part(&format!("<w:document xmlns:w=\"{WML}\"><w:body>{inner}</w:body></w:document>"));
    let fault = |rendered: &[(String, String)], fills: &[Fill], basis: Option<&str>| {
        assemble(&bytes, rendered, fills, &[], basis, &Properties::default()).unwrap_err()
    };
    assert!(matches!(fault(&[], &[], None), DocxFault::BadRendered { .. }));
    assert!(matches!(
        fault(&part("<w:document>"), &[], None),
        DocxFault::BadPart { .. } | DocxFault::BadRendered { .. }
    ));
    assert!(matches!(fault(&body(&p(&[&token(0)])), &[], None), DocxFault::BadRendered { .. }));
    assert!(matches!(fault(&body(&token(0)), &[fill("a", "1")], None), DocxFault::BadRendered { .. }));
    assert!(matches!(fault(&body("<w:altChunk/>"), &[], None), DocxFault::Unsafe { .. }));
    let long = "长".repeat(65);
    assert!(matches!(fault(&body(""), &[fill(&long, "1")], None), DocxFault::BadFill { index: Some(0), .. }));
    assert!(matches!(fault(&body(""), &[], Some("<a>")), DocxFault::BadFill { index: None, .. }));
}
