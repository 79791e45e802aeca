//! One thousand hostile or mutated Word files: none may crash a reader, none may leave one with anything that acts or
//! loads, and every refusal has a name and a hint.
//!
//! The oracle is independent of the guard: what a writer hands out is unpacked and searched for the bytes of danger.
//! To add a kind: a line in [`KINDS`] with a function from a seed to a file and what must become of it.

use super::super::package::Package;
use super::super::*;

const WML: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE_RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What must become of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    /// Every reader refuses it.
    Refused,
    /// A finished document is read, with something set aside; a template is refused.
    SetAside,
    /// Every reader reads it.
    Read,
    /// Any of them.
    Either,
}

/// A sequence of numbers from a seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end as u64)).expect("below a usize")
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

type Make = fn(&mut Chance) -> Vec<u8>;

const KINDS: [(&str, Fate, Make); 25] = [
    ("external relationship", Fate::Refused, external),
    ("remote template", Fate::SetAside, remote_template),
    ("altChunk element", Fate::Refused, |c| body(c, "<w:altChunk r:id=\"rId7\"/>")),
    ("altChunk relationship", Fate::Refused, |c| related(c, "aFChunk", "chunk.htm", "")),
    ("field that runs or loads", Fate::Refused, field),
    ("simple field", Fate::Refused, |c| {
        let code = spelled(c);
        body(c, &format!("<w:p><w:fldSimple w:instr=\" {code} x\"/></w:p>"))
    }),
    ("macros", Fate::Refused, macros),
    ("OLE or ActiveX", Fate::Refused, objects),
    ("nested archive", Fate::Refused, nested),
    ("document type", Fate::Refused, entities),
    ("sub-document", Fate::Refused, |c| body(c, "<w:subDoc r:id=\"rId7\"/>")),
    ("linked picture", Fate::Refused, |c| {
        let address = far(c);
        body(
            c,
            &format!(
                "<w:p><w:r><w:pict><v:shape><v:imagedata src=\"{address}\"/></v:shape></w:pict></w:r></w:p>"
            ),
        )
    }),
    ("deep nesting", Fate::Refused, |c| {
        let (tag, depth) = (c.of(&["w:sdt", "w:tbl", "w:ins", "w:r"]), 200 + c.below(20_000));
        body(c, &(format!("<{tag}>").repeat(depth) + &format!("</{tag}>").repeat(depth)))
    }),
    ("zip bomb", Fate::Refused, bomb),
    ("many parts", Fate::Refused, |c| {
        let mut package = base(c, "");
        for n in 0..2_000 + c.below(500) {
            package.put(&format!("word/media/n{n}.txt"), Vec::new());
        }
        package.write()
    }),
    ("part names", Fate::Refused, |c| {
        let name = c.of(&[
            "../evil.xml",
            "/etc/x.xml",
            "word\\x.xml",
            "C:/x.xml",
            "word//x.xml",
            "WORD/DOCUMENT.XML",
        ]);
        let mut package = base(c, "");
        package.put(name, b"<a/>".to_vec());
        package.write()
    }),
    ("overlapping or doubled entries", Fate::Refused, overlapping),
    ("cut off", Fate::Refused, |c| {
        let bytes = base(c, "").write();
        let length = c.below(bytes.len());
        bytes[..length].to_vec()
    }),
    ("wrong content types", Fate::Either, |c| {
        let mut package = base(c, "");
        let text = package.text("[Content_Types].xml").expect("a part");
        let wrong = c.of(&["image/png", "text/html", "application/octet-stream", "", "application/xml; x"]);
        let types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        package.put("[Content_Types].xml", text.replace(types, wrong).into_bytes());
        package.write()
    }),
    ("relationship that leads nowhere", Fate::Refused, |c| {
        let kind = c.of(&["header", "footer", "footnotes", "endnotes"]);
        related(c, kind, "../../missing.xml", "")
    }),
    ("broken XML", Fate::Either, |c| {
        let mut package = base(c, "");
        let mut text = package.text("word/document.xml").expect("a part").into_bytes();
        for _ in 0..=c.below(4) {
            let at = c.below(text.len());
            text[at] = *c.of(&["<", ">", "&", "\"", "\0", "/", "w", "]"]).as_bytes().first().expect("a byte");
        }
        package.put("word/document.xml", text);
        package.write()
    }),
    ("flipped bytes", Fate::Either, |c| {
        let mut bytes = base(c, "").write();
        for _ in 0..=c.below(12) {
            let at = c.below(bytes.len());
            bytes[at] ^= 1 << c.below(8);
        }
        bytes
    }),
    ("parts swapped", Fate::Either, |c| {
        let mut package = base(c, "");
        let (a, b) = (c.below(package.entries.len()), c.below(package.entries.len()));
        let kept = package.entries[a].1.clone();
        package.entries[a].1 = package.entries[b].1.clone();
        package.entries[b].1 = kept;
        package.write()
    }),
    ("chart with its workbook", Fate::Read, |c| chart(c, "")),
    ("chart with an active workbook", Fate::Refused, |c| {
        let what = c.of(&["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/o.bin"]);
        chart(c, what)
    }),
];

/// An honest document: text, table, header, notes, comment, settings, a harmless field and a hyperlink; `extra` in its body.
fn base(chance: &mut Chance, extra: &str) -> Package {
    let mut package = Package { entries: Vec::new() };
    let number = chance.below(100_000);
    let root = |name: &str, inner: &str| {
        format!(
            "<?xml version=\"1.0\"?><w:{name} xmlns:w=\"{WML}\" xmlns:r=\"{OFFICE}\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
             xmlns:o=\"urn:schemas-microsoft-com:office:office\">{inner}</w:{name}>"
        )
    };
    let text = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
    let page = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>\
                <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let table = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", text("格"));
    let body =
        format!("<w:body>{}{table}{extra}{page}<w:sectPr/></w:body>", text(&format!("产值{number}亿元")));
    let relation = |n: u32, kind: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let rels = |lines: String| format!("<Relationships xmlns=\"{PACKAGE_RELS}\">{lines}</Relationships>");
    let related = [
        relation(1, "header", "header1.xml", ""),
        relation(2, "footnotes", "footnotes.xml", ""),
        relation(3, "comments", "comments.xml", ""),
        relation(4, "settings", "settings.xml", ""),
        relation(5, "hyperlink", "https://x.example/", " TargetMode=\"External\""),
    ];
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    for (name, content) in [
        ("[Content_Types].xml", types.to_owned()),
        ("_rels/.rels", rels(relation(1, "officeDocument", "word/document.xml", ""))),
        ("word/document.xml", root("document", &body)),
        ("word/_rels/document.xml.rels", rels(related.concat())),
        ("word/header1.xml", root("hdr", &text("页眉"))),
        (
            "word/footnotes.xml",
            root("footnotes", &format!("<w:footnote w:id=\"1\">{}</w:footnote>", text("脚注"))),
        ),
        (
            "word/comments.xml",
            root("comments", &format!("<w:comment w:id=\"1\">{}</w:comment>", text("批注"))),
        ),
        ("word/settings.xml", root("settings", "<w:zoom w:percent=\"100\"/>")),
    ] {
        package.put(name, content.into_bytes());
    }
    package
}

fn body(chance: &mut Chance, extra: &str) -> Vec<u8> {
    base(chance, extra).write()
}

/// The document with one more relationship.
fn related(chance: &mut Chance, kind: &str, target: &str, mode: &str) -> Vec<u8> {
    let mut package = base(chance, "");
    relate(&mut package, "word/_rels/document.xml.rels", kind, (target, mode));
    package.write()
}

fn relate(package: &mut Package, rels: &str, kind: &str, (target, mode): (&str, &str)) {
    let text = package
        .text(rels)
        .unwrap_or_else(|_| format!("<Relationships xmlns=\"{PACKAGE_RELS}\"></Relationships>"));
    let mode = if mode.is_empty() { String::new() } else { format!(" TargetMode=\"{mode}\"") };
    let line = format!("<Relationship Id=\"rId77\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{mode}/>");
    package.put(rels, text.replace("</Relationships>", &(line + "</Relationships>")).into_bytes());
}

/// An address that a program could be made to open.
fn far(chance: &mut Chance) -> String {
    let host = chance.below(250);
    let address = chance.of(&[
        "http://H/a.png",
        "https://H/x.dotm",
        "\\\\H\\s\\x.dotm",
        "file:////H/x",
        "//H/x",
        "ftp://H/x",
    ]);
    address.replace('H', &format!("h{host}.example"))
}

fn external(chance: &mut Chance) -> Vec<u8> {
    let kind = chance.of(&[
        "image",
        "oleObject",
        "frame",
        "subDocument",
        "mailMergeSource",
        "video",
        "styles",
        "font",
    ]);
    let part = chance.of(&["document", "header1", "settings", "footnotes"]);
    let (address, mode) = (far(chance), chance.of(&["External", "EXTERNAL", "external"]));
    let mut package = base(chance, "");
    relate(&mut package, &format!("word/_rels/{part}.xml.rels"), kind, (&address, mode));
    package.write()
}

fn remote_template(chance: &mut Chance) -> Vec<u8> {
    let address = far(chance);
    let mut package = base(chance, "");
    relate(&mut package, "word/_rels/settings.xml.rels", "attachedTemplate", (&address, "External"));
    let settings = package.text("word/settings.xml").expect("a part");
    let linked = settings.replace("<w:zoom", "<w:attachedTemplate r:id=\"rId77\"/><w:zoom");
    package.put("word/settings.xml", linked.into_bytes());
    package.write()
}

/// A field's name in some spelling.
fn spelled(chance: &mut Chance) -> String {
    let name = chance.of(&[
        "DDE",
        "DDEAUTO",
        "LINK",
        "EMBED",
        "IMPORT",
        "INCLUDE",
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "DATABASE",
        "MACROBUTTON",
        "RD",
    ]);
    match chance.below(3) {
        0 => name.to_owned(),
        1 => name.to_lowercase(),
        _ => name.chars().map(|letter| format!("&#{};", u32::from(letter))).collect(),
    }
}

/// A dangerous field, its code split over runs or hidden inside another field.
fn field(chance: &mut Chance) -> Vec<u8> {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let plain = chance.of(&[
        "DDEAUTO c:\\\\windows\\\\cmd.exe",
        "INCLUDETEXT \"x\"",
        "DDE a b",
        "LINK Excel.Sheet x",
    ]);
    let spelled = spelled(chance);
    let cut = 1 + chance.below(3);
    let inner = match chance.below(4) {
        0 => code(&plain[..cut]) + &code(&plain[cut..]),
        1 => code(" ") + &code(&spelled) + &code(" x"),
        2 => code("IF 1=1 ") + &mark("begin") + &code(&spelled) + &mark("end"),
        _ => mark("begin") + &code("QUOTE 68 68 69") + &mark("end"),
    };
    let end = if chance.below(2) == 0 { mark("separate") + &mark("end") } else { mark("end") };
    body(chance, &format!("<w:p>{}{inner}{end}</w:p>", mark("begin")))
}

fn macros(chance: &mut Chance) -> Vec<u8> {
    let mut package = base(chance, "");
    match chance.below(3) {
        0 => package
            .put(chance.of(&["word/vbaProject.bin", "word/VBAProject.BIN", "x/vbaData.xml"]), vec![1, 2, 3]),
        1 => {
            let types = package.text("[Content_Types].xml").expect("a part");
            let text = types.replace(
                "openxmlformats-officedocument.wordprocessingml.document.main",
                "ms-word.document.macroEnabled.main",
            );
            package.put("[Content_Types].xml", text.into_bytes());
        }
        _ => relate(&mut package, "word/_rels/document.xml.rels", "vbaProject", ("innocent.bin", "")),
    }
    package.write()
}

fn objects(chance: &mut Chance) -> Vec<u8> {
    match chance.below(4) {
        0 => related(chance, "oleObject", "embeddings/o.bin", ""),
        1 => {
            let element =
                chance.of(&["w:object", "o:OLEObject", "w:control", "w:objectEmbed", "w:objectLink"]);
            body(chance, &format!("<w:p><w:r><{element}/></w:r></w:p>"))
        }
        2 => {
            let mut package = base(chance, "");
            package.put("word/activeX/activeX1.bin", vec![0]);
            package.write()
        }
        _ => related(chance, "package", "embeddings/book.xlsx", ""),
    }
}

fn nested(chance: &mut Chance) -> Vec<u8> {
    let mut package = base(chance, "");
    let inner =
        if chance.below(2) == 0 { base(chance, "").write() } else { vec![0xD0, 0xCF, 0x11, 0xE0, 1, 2] };
    package.put(chance.of(&["word/media/image1.png", "customXml/item1.xml", "word/x.bin"]), inner);
    package.write()
}

fn entities(chance: &mut Chance) -> Vec<u8> {
    let mut package = base(chance, "");
    let part = chance.of(&[
        "word/document.xml",
        "word/settings.xml",
        "word/header1.xml",
        "[Content_Types].xml",
        "_rels/.rels",
    ]);
    let text = package.text(part).expect("a part").replace("<?xml version=\"1.0\"?>", "");
    let kind = chance.of(&[
        "<!DOCTYPE a [<!ENTITY x \"y\">]>",
        "<!DOCTYPE a SYSTEM \"http://h.example/x.dtd\">",
        "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>",
        "<!doctype a [<!entity x SYSTEM \"file:///etc/passwd\">]>",
    ]);
    let whole = format!("{kind}{text}");
    let wide = chance.below(4) == 0;
    let bytes = if wide {
        [0xFF, 0xFE].into_iter().chain(whole.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    } else {
        whole.into_bytes()
    };
    package.put(part, bytes);
    package.write()
}

/// A part that unpacks to two hundred times its size and more.
fn bomb(chance: &mut Chance) -> Vec<u8> {
    let mut package = base(chance, "");
    let size = (1 << 20) + chance.below(1 << 20);
    let (part, fill) =
        (chance.of(&["word/media/image1.bmp", "word/document.xml", "word/styles.xml"]), chance.below(256));
    package.put(part, vec![u8::try_from(fill).expect("a byte"); size]);
    package.write()
}

/// Two entries of the central directory with one name, or at one place in the file.
fn overlapping(chance: &mut Chance) -> Vec<u8> {
    let mut package = base(chance, "");
    package.put("word/aaaaaaaaaa.xml", b"<a/>".to_vec());
    package.put("word/bbbbbbbbbb.xml", b"<b/>".to_vec());
    let mut bytes = package.write();
    let places: Vec<usize> =
        (0..bytes.len() - 46).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    let (one, other) = (places[places.len() - 1], places[chance.below(places.len() - 1)]);
    if chance.below(2) == 0 {
        // The same offset of the local header.
        let offset: Vec<u8> = bytes[other + 42..other + 46].to_vec();
        bytes[one + 42..one + 46].copy_from_slice(&offset);
    } else {
        let twin = places[places.len() - 2];
        let name: Vec<u8> = bytes[twin + 46..twin + 46 + 19].to_vec();
        bytes[one + 46..one + 46 + 19].copy_from_slice(&name);
    }
    bytes
}

/// A native chart with a workbook behind it, `extra` inside the workbook.
fn chart(chance: &mut Chance, extra: &str) -> Vec<u8> {
    let mut inner = Package { entries: vec![("[Content_Types].xml".to_owned(), b"<Types/>".to_vec())] };
    inner.put("xl/workbook.xml", b"<workbook/>".to_vec());
    if !extra.is_empty() {
        inner.put(extra, b"<x/>".to_vec());
    }
    let mut package = base(chance, "");
    package.put("word/embeddings/Microsoft_Excel_Sheet1.xlsx", inner.write());
    package.put("word/charts/chart1.xml", b"<c:chartSpace xmlns:c=\"c\"/>".to_vec());
    let target = ("../embeddings/Microsoft_Excel_Sheet1.xlsx", "");
    relate(&mut package, "word/charts/_rels/chart1.xml.rels", "package", target);
    relate(&mut package, "word/_rels/document.xml.rels", "chart", ("charts/chart1.xml", ""));
    package.write()
}

/// What may never stand in a file that a writer hands out.
fn dangers(bytes: &[u8]) -> Vec<String> {
    let package = Package::read(bytes, &Limits::default()).expect("we wrote it");
    let mut found = Vec::new();
    for (name, content) in &package.entries {
        let text = String::from_utf8_lossy(content).to_lowercase();
        for line in text.split("<relationship ").filter(|line| line.contains("targetmode=\"external\"")) {
            if !line.contains("/hyperlink\"") {
                found.push(format!("{name}: {line}"));
            }
        }
        for word in [
            "<w:altchunk",
            "ddeauto",
            "<!doctype",
            "<!entity",
            "oleobject",
            "macroenabled",
            "attachedtemplate",
        ] {
            if text.contains(word) {
                found.push(format!("{name}: {word}"));
            }
        }
        if name.to_lowercase().contains("vba") {
            found.push(name.clone());
        }
    }
    found
}

#[track_caller]
fn named(fault: &DocxFault, kind: &str) {
    assert!(!fault.to_string().is_empty() && !fault.hint().is_empty(), "{kind}: {fault:?}");
}

/// Reads a file as one that somebody has gone on writing in, and changes its first control and its first words.
fn refresh(bytes: &[u8], label: &str) -> Result<Vec<u8>, DocxFault> {
    let live = read_live(bytes, "pl:")?;
    let control = live.controls.first().map(|_| Change::Control {
        control: 0,
        tag: Some("pl:1:x".into()),
        alias: None,
        content: Content::Text { text: "112.28".into(), highlight: Some(true) },
    });
    let loose = live.lines.iter().enumerate().find_map(|(line, of)| Some((line, *of.loose.first()?)));
    let prose = loose.map(|(line, (from, to))| Change::Prose {
        line,
        from,
        to,
        text: "2024年".into(),
        highlight: true,
    });
    let changes: Vec<Change> = control.into_iter().chain(prose).collect();
    let written = splice(bytes, "pl:", &changes, None)?;
    read_live(&written, "pl:")
        .unwrap_or_else(|fault| panic!("{label}: what was written cannot be read: {fault}"));
    Ok(written)
}

#[test]
fn a_thousand_hostile_files_are_refused_by_name_or_read_without_danger() {
    let author = Author { name: "甲".into(), at: "2024-01-31T08:00:00Z".into() };
    for (at, (kind, fate, make)) in KINDS.into_iter().enumerate() {
        for seed in 0..40_u64 {
            let bytes = make(&mut Chance(seed * 1_000 + at as u64));
            let label = format!("{kind} {seed}");
            let read = read_finished(&bytes);
            let annotated = read.as_ref().ok().and_then(|read| read.paragraphs.first()).map(|first| {
                let note =
                    Note {
                        part: first.part.clone(), paragraph: 0, range: Some((0, 1)), text: "核对".into()
                    };
                annotate(&bytes, &[note], &author)
            });
            let refreshed = refresh(&bytes, &label);
            let template = template(&bytes, &Limits::default());
            for fault in read.as_ref().err().into_iter().chain(template.as_ref().err()) {
                named(fault, &label);
            }
            let annotated = annotated.and_then(Result::ok).map(|(written, _)| written);
            for written in annotated.iter().chain(refreshed.as_ref().ok()) {
                assert_eq!(dangers(written), Vec::<String>::new(), "{label}");
            }
            if let Err(fault) = &refreshed {
                named(fault, &label);
            }
            drop(read_basis(&bytes));
            let aside = read.as_ref().map(|read| read.set_aside.len());
            match fate {
                Fate::Refused => {
                    assert!(read.is_err() && template.is_err() && refreshed.is_err(), "{label}: {read:?}");
                }
                Fate::SetAside => assert!(aside == Ok(1) && template.is_err(), "{label}: {aside:?}"),
                Fate::Read => {
                    assert!(
                        aside == Ok(0) && template.is_ok(),
                        "{label}: {:?} {:?}",
                        read.err(),
                        template.err()
                    );
                }
                Fate::Either => {}
            }
        }
    }
}

#[test]
fn the_honest_document_is_read_with_its_comment() {
    let read = read_finished(&body(&mut Chance(1), "")).expect("nothing is wrong with it");
    let texts: Vec<&str> = read.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    assert!(texts[0].starts_with("产值"), "{texts:?}");
    assert_eq!(texts[1..], ["格", "", "页眉", "脚注", "批注"]);
}
