//! A rendered document as blocks for a screen: the same text as the finished file, with its look and its controls.
//!
//! It is made from the very tree that [`super::assemble()`] writes, so the two cannot differ in words. Deliberately absent:
//! headers, footers and notes; pictures; list numbers. To show another kind of block: a variant of [`Block`].

use std::collections::HashMap;

use super::assemble::{Fill, Ids, check_fills, settle};
use super::chart::chart_of;
use super::looks::{Look, Looks};
use super::outline::{choice, content, is_gone};
use super::xml::{self, Element, Node};
use super::{DocxFault, guard};

/// A piece of the document from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, headings too.
    Paragraph(ParagraphBlock),
    /// A table by rows.
    Table(Vec<Vec<CellBlock>>),
    /// A chart, as an index into those of the document.
    Chart(usize),
    /// Here a page begins.
    PageBreak,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParagraphBlock {
    /// The name of its style as people see it.
    pub style: String,
    /// Its look.
    pub look: Look,
    /// Its text in pieces.
    pub runs: Vec<RunBlock>,
}

/// A piece of text of one look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunBlock {
    /// Its text; line breaks are `\n`, tabs `\t`.
    pub text: String,
    /// Its look, with everything it inherits.
    pub look: Look,
    /// The fill that was put here, as an index.
    pub fill: Option<usize>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellBlock {
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphBlock>,
    /// How many columns it takes.
    pub columns: u32,
    /// How many rows it takes.
    pub rows: u32,
}

impl ParagraphBlock {
    /// Its text.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Shows a rendered part (its name and XML) with its tokens filled.
///
/// # Errors
/// As [`super::assemble()`] for that part.
pub fn preview(name: &str, source: &str, fills: &[Fill], looks: &Looks) -> Result<Vec<Block>, DocxFault> {
    let root = finished(name, source, fills)?;
    let index = fills.iter().enumerate().map(|(index, fill)| (fill.tag.as_str(), index)).collect();
    let mut reader = Reader { looks, fills: index, blocks: Vec::new() };
    reader.walk(&root.children);
    Ok(reader.blocks)
}

/// One rendered part as it stands in the finished file.
fn finished(name: &str, source: &str, fills: &[Fill]) -> Result<Element, DocxFault> {
    check_fills(fills)?;
    guard::check_elements(name, source)?;
    let bad = |what| DocxFault::BadRendered { part: name.to_owned(), what };
    let mut root = xml::parse_word(source).map_err(bad)?;
    let mut ids = Ids::of(std::iter::once(&root));
    settle(name, &mut root, (fills, None), &mut ids).map(|()| root)
}

struct Reader<'a> {
    looks: &'a Looks,
    fills: HashMap<&'a str, usize>,
    blocks: Vec<Block>,
}

/// A paragraph being read.
struct Line<'a, 'e> {
    reader: &'a Reader<'a>,
    look: Look,
    runs: Vec<RunBlock>,
    boxes: Vec<&'e Element>,
    breaks: bool,
}

impl Reader<'_> {
    fn walk(&mut self, nodes: &[Node]) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:p" => self.paragraph(element),
                "w:tbl" => {
                    let rows = self.table(element);
                    self.blocks.push(Block::Table(rows));
                }
                "w:sdt" => self.walk(content(element)),
                "mc:AlternateContent" => self.walk(choice(element)),
                name if is_gone(name) => {}
                _ => self.walk(&element.children),
            }
        }
    }

    fn paragraph(&mut self, element: &Element) {
        let about = element.child("w:pPr");
        let on = |name: &str| about.is_some_and(|about| about.child(name).is_some());
        if on("w:pageBreakBefore") {
            self.page_break();
        }
        let (block, boxes, breaks) = self.line(element);
        self.blocks.push(match chart_of(&block.text()) {
            Some(index) => Block::Chart(index),
            None => Block::Paragraph(block),
        });
        if breaks || on("w:sectPr") {
            self.page_break();
        }
        for text_box in boxes {
            self.walk(&text_box.children);
        }
    }

    fn page_break(&mut self) {
        if !matches!(self.blocks.last(), Some(Block::PageBreak) | None) {
            self.blocks.push(Block::PageBreak);
        }
    }

    fn line<'e>(&self, element: &'e Element) -> (ParagraphBlock, Vec<&'e Element>, bool) {
        let about = element.child("w:pPr");
        let id = about.and_then(|about| about.child("w:pStyle")).and_then(|style| style.attr("w:val"));
        let (style, inherited) = self.looks.style(id);
        let look = Look::read(about, None).over(&inherited);
        let mut line =
            Line { reader: self, look: look.clone(), runs: Vec::new(), boxes: Vec::new(), breaks: false };
        line.inline(&element.children, None);
        let block = ParagraphBlock { style, look, runs: line.runs };
        (block, line.boxes, line.breaks)
    }

    fn table(&self, element: &Element) -> Vec<Vec<CellBlock>> {
        let mut rows: Vec<Vec<CellBlock>> = Vec::new();
        // Per column of the grid: the row and cell of the joined cell that may go on below.
        let mut open: HashMap<u32, (usize, usize)> = HashMap::new();
        for row in inside(element, "w:tr") {
            let mut cells = Vec::new();
            let mut column = 0;
            for cell in inside(row, "w:tc") {
                let about = cell.child("w:tcPr");
                let span = about.and_then(|about| about.child("w:gridSpan")).and_then(|s| s.attr("w:val"));
                let columns = span.and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 1000);
                let joined = about.and_then(|about| about.child("w:vMerge"));
                let goes_on = joined.is_some_and(|joined| joined.attr("w:val") != Some("restart"));
                let above = open.get(&column).copied().filter(|_| goes_on);
                if let Some(above) = above.and_then(|(r, c)| rows.get_mut(r)?.get_mut(c)) {
                    above.rows += 1;
                } else {
                    open.remove(&column);
                    if joined.is_some() {
                        open.insert(column, (rows.len(), cells.len()));
                    }
                    let paragraphs = self.cell(&cell.children);
                    cells.push(CellBlock { paragraphs, columns, rows: 1 });
                }
                column += columns;
            }
            rows.push(cells);
        }
        rows
    }

    /// The paragraphs of a cell; those of a table inside it follow each other.
    fn cell(&self, nodes: &[Node]) -> Vec<ParagraphBlock> {
        let mut inner = Reader { looks: self.looks, fills: self.fills.clone(), blocks: Vec::new() };
        inner.walk(nodes);
        let flat = |block: Block| match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Table(rows) => rows.into_iter().flatten().flat_map(|cell| cell.paragraphs).collect(),
            Block::PageBreak | Block::Chart(_) => Vec::new(),
        };
        inner.blocks.into_iter().flat_map(flat).collect()
    }
}

/// The elements of that name in a table or row, also inside controls and other wrappers.
fn inside<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    let nodes = if element.is("w:sdt") { content(element) } else { element.children.as_slice() };
    for child in nodes.iter().filter_map(Node::element) {
        if child.is(name) {
            let gone = child.child("w:trPr").is_some_and(|about| about.child("w:del").is_some());
            found.extend((!gone).then_some(child));
        } else if !is_gone(&child.name) {
            found.extend(inside(child, name));
        }
    }
    found
}

impl<'e> Line<'_, 'e> {
    fn inline(&mut self, nodes: &'e [Node], fill: Option<usize>) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:r" => self.run(element, fill),
                "w:sdt" => {
                    let tag = element.child("w:sdtPr").and_then(|about| about.child("w:tag"));
                    let own = tag.and_then(|tag| self.reader.fills.get(tag.attr("w:val")?).copied());
                    self.inline(content(element), own.or(fill));
                }
                "w:pPr" => {}
                "m:t" => self.push(&element.text(), self.look.clone(), fill),
                "mc:AlternateContent" => self.inline(choice(element), fill),
                name if is_gone(name) => {}
                _ => self.inline(&element.children, fill),
            }
        }
    }

    fn run(&mut self, run: &'e Element, fill: Option<usize>) {
        let look = Look::read(None, run.child("w:rPr")).over(&self.look);
        self.signs(&run.children, &look, fill);
    }

    fn signs(&mut self, nodes: &'e [Node], look: &Look, fill: Option<usize>) {
        for element in nodes.iter().filter_map(Node::element) {
            match element.name.as_str() {
                "w:t" => self.push(&element.text(), look.clone(), fill),
                "w:tab" | "w:ptab" => self.push("\t", look.clone(), fill),
                "w:br" if element.attr("w:type") == Some("page") => self.breaks = true,
                "w:br" | "w:cr" => self.push("\n", look.clone(), fill),
                "w:noBreakHyphen" => self.push("-", look.clone(), fill),
                "w:sym" => {
                    let code = element.attr("w:char").and_then(|code| u32::from_str_radix(code, 16).ok());
                    let letter = code.and_then(char::from_u32).unwrap_or('\u{FFFD}');
                    self.push(letter.encode_utf8(&mut [0; 4]), look.clone(), fill);
                }
                "w:ruby" => {
                    let base = element.child("w:rubyBase").map_or(&[][..], |base| base.children.as_slice());
                    self.inline(base, fill);
                }
                "w:drawing" | "w:pict" | "w:object" => self.boxes_in(element),
                "mc:AlternateContent" => self.signs(choice(element), look, fill),
                _ => {}
            }
        }
    }

    /// Adds text to the last piece when it looks the same and is of the same fill.
    fn push(&mut self, text: &str, look: Look, fill: Option<usize>) {
        match self.runs.last_mut() {
            Some(last) if last.fill == fill && last.look == look => last.text.push_str(text),
            _ => self.runs.push(RunBlock { text: text.to_owned(), look, fill }),
        }
    }

    fn boxes_in(&mut self, element: &'e Element) {
        for inner in element.elements() {
            if inner.is("w:txbxContent") {
                self.boxes.push(inner);
            } else {
                self.boxes_in(inner);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::assemble::token;
    use super::super::looks::Align;
    use super::super::xml::parse_word;
    use super::*;

    const HEAD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    fn looks(styles: &str) -> Looks {
        let root = parse_word(&format!("<w:styles {HEAD}>{styles}</w:styles>")).expect("styles");
        Looks::read(&root)
    }

    fn shown(body: &str, fills: &[&str], styles: &str) -> Vec<Block> {
        let fill = |(index, text): (usize, &&str)| Fill {
            tag: format!("t{index}"),
            alias: String::new(),
            text: (*text).to_owned(),
            highlight: false,
        };
        let fills: Vec<Fill> = fills.iter().enumerate().map(fill).collect();
        let source = format!("<w:document {HEAD}><w:body>{body}</w:body></w:document>");
        preview("word/document.xml", &source, &fills, &looks(styles)).expect("a document")
    }

    fn paragraphs(blocks: &[Block]) -> Vec<&ParagraphBlock> {
        blocks
            .iter()
            .filter_map(|block| if let Block::Paragraph(found) = block { Some(found) } else { None })
            .collect()
    }

    #[test]
    fn a_filled_slot_is_a_run_of_its_own() {
        let body = format!(
            "<w:p><w:r><w:t>产值{}亿元，同比</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>",
            token(0),
            token(1)
        );
        let blocks = shown(&body, &["112.28", "下降3.4%"], "");
        let found = paragraphs(&blocks);
        let runs: Vec<(&str, Option<usize>, Option<bool>)> =
            found[0].runs.iter().map(|run| (run.text.as_str(), run.fill, run.look.bold)).collect();
        let expected = [
            ("产值", None, None),
            ("112.28", Some(0), None),
            ("亿元，同比", None, None),
            ("下降3.4%", Some(1), Some(true)),
        ];
        assert_eq!(runs, expected);
    }

    #[test]
    fn styles_inherit_and_paragraphs_have_the_last_word() {
        let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia=\"仿宋\"/><w:sz w:val=\"32\"/>\
                      </w:rPr></w:rPrDefault></w:docDefaults>\
                      <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/>\
                      <w:pPr><w:jc w:val=\"both\"/></w:pPr></w:style>\
                      <w:style w:type=\"paragraph\" w:styleId=\"h\"><w:name w:val=\"一级\"/><w:basedOn w:val=\"a\"/>\
                      <w:pPr><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"0\"/></w:pPr>\
                      <w:rPr><w:rFonts w:eastAsia=\"黑体\"/></w:rPr></w:style>";
        let body = "<w:p><w:pPr><w:pStyle w:val=\"h\"/></w:pPr><w:r><w:t>一、工业</w:t></w:r></w:p>\
                    <w:p><w:pPr><w:jc w:val=\"right\"/><w:ind w:firstLine=\"640\"/></w:pPr><w:r><w:t>落款</w:t></w:r></w:p>";
        let blocks = shown(body, &[], styles);
        let found = paragraphs(&blocks);
        let look = |at: usize| {
            let look = &found[at].look;
            (look.align, look.indent(), look.level, look.font.as_deref(), look.size)
        };
        assert_eq!(look(0), (Some(Align::Justify), 2, Some(1), Some("黑体"), Some(32)));
        // 640 twentieths of a point are two characters of 16 points.
        assert_eq!(look(1), (Some(Align::Right), 2, None, Some("仿宋"), Some(32)));
        assert_eq!((found[0].style.as_str(), found[1].style.as_str()), ("一级", "Normal"));
    }

    #[test]
    fn tables_join_cells_and_pages_break() {
        let cell = |about: &str, text: &str| {
            format!("<w:tc><w:tcPr>{about}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let body = format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>\
             <w:p><w:r><w:t>前</w:t><w:br w:type=\"page\"/></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>",
            cell("<w:vMerge w:val=\"restart\"/>", "甲"),
            cell("<w:gridSpan w:val=\"2\"/>", "乙"),
            cell("<w:vMerge/>", ""),
            cell("", "丙"),
            cell("", "丁"),
        );
        let blocks = shown(&body, &[], "");
        let Block::Table(rows) = &blocks[0] else { panic!("{blocks:?}") };
        let cells: Vec<Vec<(String, u32, u32)>> = rows
            .iter()
            .map(|row| row.iter().map(|c| (c.paragraphs[0].text(), c.columns, c.rows)).collect())
            .collect();
        let cell = |text: &str, columns, rows| (text.to_owned(), columns, rows);
        assert_eq!(
            cells,
            [vec![cell("甲", 1, 2), cell("乙", 2, 1)], vec![cell("丙", 1, 1), cell("丁", 1, 1)]]
        );
        assert_eq!(blocks[2], Block::PageBreak);
        assert_eq!(blocks.len(), 4);
    }
}
