//! The page and type style of GB/T 9704-2012 (党政机关公文格式) as parts of a Word file.
//!
//! Measures from clause 5.2: A4, head margin 37 mm, left margin 28 mm, text area 156 mm × 225 mm, 22 lines of 28
//! characters in 三号 type (16 pt); clause 7.5 the page number. Type faces that need a licence carry a stand-in in the
//! font table, so the file looks right where they are missing.
//!
//! Deliberately absent: letterhead, issue number and seal of a formal document. To add a style: one line in [`STYLES`],
//! its name in `messages`.

use std::fmt::Write as _;

use super::messages::{font, style_name};

/// A page and how type stands on it.
pub(super) struct Page {
    /// Text width in twips (1 mm = 56.69).
    pub width: usize,
    /// The section's properties.
    pub section: &'static str,
    /// Type is so many parts in a hundred of the standard's, lines are as much closer.
    part: u32,
}

/// Running text as the standard says: 22 lines in 225 mm are 28.95 pt each.
pub(super) const TEXT: Page = Page {
    width: 8_844,
    section: concat!(
        "<w:sectPr>",
        "<w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>",
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" ",
        "w:header=\"851\" w:footer=\"1446\" w:gutter=\"0\"/>",
        "<w:pgNumType w:start=\"1\"/><w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>",
        "</w:sectPr>"
    ),
    part: 100,
};

/// A form: a text area of 174 mm × 265 mm, body type of 五号 (10.5 pt) in lines 19 pt apart, so that a whole sheet fits on a page.
pub(super) const FORM: Page = Page {
    width: 9_864,
    section: concat!(
        "<w:sectPr>",
        "<w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>",
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        "<w:pgMar w:top=\"850\" w:right=\"1021\" w:bottom=\"964\" w:left=\"1021\" ",
        "w:header=\"425\" w:footer=\"454\" w:gutter=\"0\"/>",
        "<w:pgNumType w:start=\"1\"/>",
        "</w:sectPr>"
    ),
    part: 66,
};

impl Page {
    /// Half points of type of this size on the page; never below 8 pt, which is the least that is printed legibly.
    fn size(&self, half_points: u32) -> u32 {
        let least = half_points.min(16);
        (half_points * self.part / 100).max(least)
    }

    /// Paragraph properties with lines, spaces and indents as they are on the page.
    fn spaced(&self, paragraph: &str) -> String {
        if self.part == 100 {
            return paragraph.to_owned();
        }
        let mut out = String::new();
        let mut rest = paragraph;
        // Sizes are numbers in quotation marks; shares of a line or a character and levels stay as they are.
        while let Some(at) = rest.find("=\"") {
            let (name, value) = (&rest[..at], &rest[at + 2..]);
            let end = value.find('"').unwrap_or(value.len());
            let sized = ["before", "after", "line", "firstLine", "right", "left"]
                .iter()
                .any(|attribute| name.rsplit(':').next() == Some(attribute));
            let number = value[..end].parse::<u32>().ok().filter(|_| sized);
            let shown = number.map_or_else(|| value[..end].to_owned(), |n| (n * self.part / 100).to_string());
            let _ = write!(out, "{name}=\"{shown}");
            rest = &value[end..];
        }
        out + rest
    }
}

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    /// East Asian type face and whether it also sets Latin letters.
    font: (&'static str, bool),
    bold: bool,
    /// Half points.
    size: u32,
    /// Text colour, `None` for the default.
    colour: Option<&'static str>,
    /// Paragraph properties after `widowControl`, in the schema's order.
    paragraph: &'static str,
    /// Style of the next paragraph.
    next: &'static str,
}

/// 28 characters in 156 mm are 15.79 pt each, so 三号 type (16 pt) is set 0.25 pt (5 twips) tighter. A grid of characters
/// would say the same to Word, but LibreOffice gives a character wider than its cell two cells.
const TIGHT: &str = "<w:spacing w:val=\"-5\"/>";
/// Half points of 三号 type.
const BODY_SIZE: u32 = 32;

const EXACT: &str =
    "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";
const HEAD_1: &str = "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>\
<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"0\"/>";
const HEAD_2: &str = "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>\
<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"1\"/>";
const HEAD_3: &str = "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>\
<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"2\"/>";
const CELL: &str =
    "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"40\" w:after=\"40\"/><w:jc w:val=\"center\"/>";

/// The paragraph styles, in the order in which Word lists them.
const STYLES: [Style; 13] = [
    Style {
        id: "GwTitle",
        name: style_name::TITLE,
        font: (font::TITLE, true),
        bold: false,
        size: 44,
        colour: None,
        paragraph: "<w:spacing w:afterLines=\"100\" w:after=\"579\" w:line=\"700\" w:lineRule=\"exact\"/>\
                    <w:jc w:val=\"center\"/>",
        next: "GwBody",
    },
    plain("GwBody", style_name::BODY, font::FANG, EXACT),
    Style { font: (font::HEI, true), ..plain("GwHeading1", style_name::HEADING_1, font::HEI, HEAD_1) },
    Style { font: (font::KAI, true), ..plain("GwHeading2", style_name::HEADING_2, font::KAI, HEAD_2) },
    Style { bold: true, ..plain("GwHeading3", style_name::HEADING_3, font::FANG, HEAD_3) },
    plain(
        "GwSignature",
        style_name::SIGNATURE,
        font::FANG,
        "<w:spacing w:beforeLines=\"100\" w:before=\"579\" w:line=\"579\" w:lineRule=\"exact\"/>\
         <w:ind w:rightChars=\"200\" w:right=\"640\"/><w:jc w:val=\"right\"/>",
    ),
    plain(
        "GwDate",
        style_name::DATE,
        font::FANG,
        "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/><w:ind w:rightChars=\"400\" w:right=\"1280\"/>\
         <w:jc w:val=\"right\"/>",
    ),
    Style {
        size: 24,
        ..plain(
            "GwNote",
            style_name::NOTE,
            font::KAI,
            "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"60\" w:after=\"60\"/>",
        )
    },
    Style {
        size: 21,
        colour: Some("7F7F7F"),
        ..plain("GwControl", style_name::CONTROL, font::FANG, "<w:snapToGrid w:val=\"0\"/>")
    },
    Style { size: 24, next: "GwCell", ..plain("GwCell", style_name::CELL, font::FANG, CELL) },
    Style { size: 24, next: "GwCell", ..plain("GwCellHead", style_name::CELL_HEAD, font::HEI, CELL) },
    Style {
        size: 28,
        font: (font::SONG, true),
        ..plain(
            "GwPageOdd",
            style_name::PAGE_ODD,
            font::SONG,
            "<w:snapToGrid w:val=\"0\"/><w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>",
        )
    },
    Style {
        size: 28,
        font: (font::SONG, true),
        ..plain(
            "GwPageEven",
            style_name::PAGE_EVEN,
            font::SONG,
            "<w:snapToGrid w:val=\"0\"/><w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>",
        )
    },
];

const fn plain(id: &'static str, name: &'static str, face: &'static str, paragraph: &'static str) -> Style {
    Style {
        id,
        name,
        font: (face, false),
        bold: false,
        size: BODY_SIZE,
        colour: None,
        paragraph,
        next: "GwBody",
    }
}

/// The styles part.
pub(super) fn styles(page: &Page) -> String {
    let mut out = format!(
        "{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:kern w:val=\"2\"/>\
         <w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:widowControl w:val=\"0\"/><w:jc w:val=\"both\"/></w:pPr></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"a0\"><w:name w:val=\"Default Paragraph Font\"/>\
         <w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"a1\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        faces((font::FANG, false)),
    );
    for style in &STYLES {
        push_style(style, page, &mut out);
    }
    push_table_style(&mut out);
    out.push_str("</w:styles>");
    out
}

/// The font table: every type face with its stand-in.
pub(super) fn fonts() -> String {
    let faces = [
        (font::TITLE, Some(font::SONG)),
        (font::FANG, Some(font::FANG_STAND_IN)),
        (font::KAI, Some(font::KAI_STAND_IN)),
        (font::HEI, Some("SimHei")),
        (font::SONG, Some("SimSun")),
        ("Times New Roman", None),
    ];
    let mut out = format!("{HEAD}<w:fonts {NAMESPACES}>");
    for (name, stand_in) in faces {
        out.push_str("<w:font w:name=\"");
        out.push_str(name);
        out.push_str("\">");
        if let Some(stand_in) = stand_in {
            let _ = write!(out, "<w:altName w:val=\"{stand_in}\"/><w:charset w:val=\"86\"/>");
        }
        out.push_str("</w:font>");
    }
    out.push_str("</w:fonts>");
    out
}

/// A footer: “— 1 —”, at the right of odd pages and at the left of even ones.
pub(super) fn footer(style: &str) -> String {
    let run = |inner: &str| format!("<w:r>{inner}</w:r>");
    let text = |text: &str| format!("<w:t xml:space=\"preserve\">{text}</w:t>");
    let number = [
        text("\u{2014} "),
        "<w:fldChar w:fldCharType=\"begin\"/>".to_owned(),
        "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>".to_owned(),
        "<w:fldChar w:fldCharType=\"separate\"/>".to_owned(),
        text("1"),
        "<w:fldChar w:fldCharType=\"end\"/>".to_owned(),
        text(" \u{2014}"),
    ];
    let runs: String = number.iter().map(|inner| run(inner)).collect();
    format!("{HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p></w:ftr>")
}

/// The settings: odd and even footers differ, no squeezing of punctuation, present-day layout rules.
pub(super) const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:zoom w:percent=\"100\"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>",
    "<w:defaultTabStop w:val=\"640\"/><w:evenAndOddHeaders/>",
    "<w:drawingGridHorizontalSpacing w:val=\"158\"/><w:drawingGridVerticalSpacing w:val=\"579\"/>",
    "<w:characterSpacingControl w:val=\"doNotCompress\"/>",
    "<w:compat><w:useFELayout/>",
    "<w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>",
    "</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
);

/// The XML declaration.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The namespaces of every part composed here.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

fn faces((face, latin_too): (&str, bool)) -> String {
    let latin = if latin_too { face } else { "Times New Roman" };
    format!(
        "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{face}\" w:cs=\"Times New Roman\"/>"
    )
}

fn push_style(style: &Style, page: &Page, out: &mut String) {
    let Style { id, name, size, paragraph, next, .. } = style;
    let (paragraph, half) = (page.spaced(paragraph), page.size(*size));
    let bold = if style.bold { "<w:b/><w:bCs/>" } else { "" };
    let colour = style.colour.map(|colour| format!("<w:color w:val=\"{colour}\"/>")).unwrap_or_default();
    let tight = if half == BODY_SIZE { TIGHT } else { "" };
    let keep = if paragraph.contains("outlineLvl") { "<w:keepNext/>" } else { "" };
    let _ = write!(
        out,
        "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"a\"/><w:next w:val=\"{next}\"/><w:qFormat/><w:pPr>{keep}{paragraph}</w:pPr>\
         <w:rPr>{}{bold}{colour}{tight}<w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/></w:rPr></w:style>",
        faces(style.font),
    );
}

fn push_table_style(out: &mut String) {
    let mut borders = String::new();
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(borders, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    }
    let _ = write!(
        out,
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"GwTable\"><w:name w:val=\"{}\"/>\
         <w:basedOn w:val=\"a1\"/><w:qFormat/><w:rPr><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>\
         <w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>",
        style_name::TABLE,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_set_smaller_and_closer_than_text() {
        // 66 hundredths of 32 half points are 21 (五号); of 24 they would be 15, and 16 is the least.
        assert_eq!((FORM.size(32), FORM.size(24), TEXT.size(32)), (21, 16, 32));
        // 66 hundredths of 579 are 382, of 640 are 422; two characters stay two characters.
        let spaced = "<w:spacing w:line=\"382\" w:lineRule=\"exact\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"422\"/>";
        assert_eq!((FORM.spaced(EXACT).as_str(), TEXT.spaced(EXACT).as_str()), (spaced, EXACT));
    }
}
