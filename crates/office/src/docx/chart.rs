//! Native Word charts: a DrawingML chart part with cached data and the workbook behind it (ECMA-376 part 1, 21.2).
//!
//! Word shows the cache, opens the workbook on “Edit Data”, and lets a clerk restyle the chart; LibreOffice and WPS draw
//! the same part. Same input, same bytes. Deliberately absent: what a number means, 3-D. To draw a series in
//! another way: a variant of [`Drawn`], its arm in [`plot`].

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::DocxFault;
use super::messages::font;
use super::package::{OFFICE_RELS, Package, bad_part};
use super::styles::HEAD;
use super::xml::{self, Braces, Element, Node};
use crate::write::{BookSpec, CellSpec, Input, SheetSpec, xlsx};

/// First character of the token of a chart.
const CHART_OPEN: char = '\u{E002}';
/// Last character of the token of a chart.
const CHART_CLOSE: char = '\u{E003}';
const CHART_TYPE: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CHART_NAMESPACE: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const MAIN_NAMESPACE: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// The web client's palette (`ChartBox.vue`), so that both show a series in one colour.
const COLOURS: [&str; 8] = ["1F5A96", "8A5300", "16703C", "7B4FA3", "B3261E", "4A5563", "0F7C86", "A33F72"];
/// Colour of letters.
const LETTERS: &str = "1C242D";
const LATIN: &str = "Times New Roman";
/// English metric units of a millimetre.
const MILLIMETRE: u32 = 36_000;
/// Width of a chart: the type area of GB/T 9704 is 156 mm.
const WIDTH: u32 = 154 * MILLIMETRE;
/// Height of a chart with an upright axis.
const HEIGHT: u32 = 74 * MILLIMETRE;
/// Height of a bar, of the frame around all, and the most a chart of bars may take.
const BAR: u32 = 9 * MILLIMETRE;
const FRAME: u32 = 24 * MILLIMETRE;
const TALLEST: u32 = 170 * MILLIMETRE;
/// Ids of the axes.
const AXES: [(u32, u32); 2] = [(111_000_001, 111_000_002), (111_000_003, 111_000_004)];

/// A chart to be put into a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// Its name in the document.
    pub name: String,
    /// The title above it.
    pub title: String,
    /// What it shows, in words, for those who cannot see it.
    pub words: String,
    /// What stands along the axis.
    pub categories: Vec<String>,
    /// The series in order.
    pub series: Vec<Series>,
}

/// A series of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What the legend says.
    pub title: String,
    /// The unit of its axis; empty where there is none.
    pub unit: String,
    /// How it is drawn.
    pub drawn: Drawn,
    /// Whether it has the second axis.
    pub second_axis: bool,
    /// Places of its numbers.
    pub places: u32,
    /// A number as decimal text for every category; `None` leaves a gap.
    pub points: Vec<Option<String>>,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drawn {
    /// Upright columns.
    Column,
    /// Lying bars.
    Bar,
    /// A line.
    Line,
    /// A pie of the one series there is.
    Pie,
}

/// The token that a template function returns for the chart with this index.
pub fn chart_token(index: usize) -> String {
    format!("{CHART_OPEN}{index}{CHART_CLOSE}")
}

/// The chart a text is the token of, if it is one and nothing else.
pub(super) fn chart_of(text: &str) -> Option<usize> {
    text.trim().strip_prefix(CHART_OPEN)?.strip_suffix(CHART_CLOSE)?.parse().ok()
}

/// Whether a run holds the drawing of a chart.
pub(super) fn holds_chart(run: &Element) -> bool {
    run.is("w:r") && run.child("w:drawing").is_some_and(|drawing| drawing.any(&|inner| inner.is("c:chart")))
}

/// Frees a paragraph from the fixed lines and the indent of its style, which would cut a picture off.
pub(super) fn free(paragraph: &mut Element) {
    let style = paragraph.child("w:pPr").and_then(|about| about.child("w:pStyle")).cloned();
    let value = |name: &str, value: &str| Node::Element(Element::new(name).with("w:val", value));
    let spacing = Element::new("w:spacing")
        .with("w:before", "120")
        .with("w:after", "120")
        .with("w:line", "240")
        .with("w:lineRule", "auto");
    let indent = Element::new("w:ind").with("w:firstLineChars", "0").with("w:firstLine", "0");
    let own =
        [value("w:snapToGrid", "0"), Node::Element(spacing), Node::Element(indent), value("w:jc", "center")];
    let about = Element::new("w:pPr").holding(style.map(Node::Element).into_iter().chain(own).collect());
    paragraph.children.retain(|node| !node.is("w:pPr"));
    paragraph.children.insert(0, Node::Element(about));
}

/// Whether the token of a chart stands among other text.
pub(super) fn stray(text: &str) -> bool {
    text.contains(CHART_OPEN) && chart_of(text).is_none()
}

/// The part of a chart in the file.
pub fn chart_part(index: usize) -> String {
    format!("word/charts/ledger{}.xml", index + 1)
}

/// The run's drawing for a chart; `relation` is what [`store`] will call it.
pub(super) fn drawing(index: usize, chart: &Chart) -> Result<Element, DocxFault> {
    let height = height(chart);
    let (number, name, words) = (index + 1, escaped(&chart.name), escaped(&chart.words));
    let source = format!(
        "<w:drawing xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"{MAIN_NAMESPACE}\" xmlns:c=\"{CHART_NAMESPACE}\" xmlns:r=\"{OFFICE_RELS}\">\
         <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{WIDTH}\" cy=\"{height}\"/>\
         <wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
         <wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{words}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"{CHART_NAMESPACE}\"><c:chart r:id=\"{}\"/></a:graphicData></a:graphic>\
         </wp:inline></w:drawing>",
        relation(index)
    );
    xml::parse(&source).map_err(|what| bad_part(&chart_part(index), &what))
}

fn relation(index: usize) -> String {
    format!("rIdLedgerChart{}", index + 1)
}

/// Adds a chart with its workbook to the file and ties it to the document.
pub(super) fn store(package: &mut Package, index: usize, chart: &Chart) -> Result<(), DocxFault> {
    let part = chart_part(index);
    let book = format!("word/embeddings/ledger{}.xlsx", index + 1);
    package.put(&book, workbook(chart, &book)?);
    package.declare(&book, XLSX_TYPE)?;
    package.put(&part, chart_xml(chart).into_bytes());
    package.declare(&part, CHART_TYPE)?;
    let up = format!("../embeddings/ledger{}.xlsx", index + 1);
    package.relate_as(&part, "rId1", &format!("{OFFICE_RELS}/package"), &up)?;
    let document = package.document()?;
    // The name of the document's part may be another than `word/document.xml`.
    let back = "../".repeat(document.matches('/').count());
    package.relate_as(&document, &relation(index), &format!("{OFFICE_RELS}/chart"), &format!("{back}{part}"))
}

/// The bytes of the workbook behind a chart, for a part of that name.
pub(super) fn workbook(chart: &Chart, part: &str) -> Result<Vec<u8>, DocxFault> {
    xlsx(&sheet(chart)).map_err(|fault| bad_part(part, &fault.to_string()))
}

/// The workbook behind a chart: categories down, series across.
fn sheet(chart: &Chart) -> BookSpec {
    let text = |text: &str| CellSpec { value: Input::Text(text.to_owned()), ..CellSpec::default() };
    let head = std::iter::once(text("")).chain(chart.series.iter().map(|series| text(&series.title)));
    let mut rows = vec![head.collect()];
    for (row, category) in chart.categories.iter().enumerate() {
        let point = |series: &Series| {
            let value = series.points.get(row).cloned().flatten().map_or(Input::Blank, Input::Decimal);
            CellSpec { value, ..CellSpec::default() }
        };
        rows.push(std::iter::once(text(category)).chain(chart.series.iter().map(point)).collect());
    }
    let first = SheetSpec { name: "Sheet1".to_owned(), rows, ..SheetSpec::default() };
    BookSpec { sheets: vec![first] }
}

fn height(chart: &Chart) -> u32 {
    let bars = chart.series.iter().any(|series| series.drawn == Drawn::Bar);
    let lines = u32::try_from(chart.categories.len().max(1)).unwrap_or(u32::MAX);
    if bars { FRAME.saturating_add(BAR.saturating_mul(lines)).min(TALLEST) } else { HEIGHT }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    xml::escape_attribute(text, Braces::Plain, &mut out);
    out
}

/// Text properties: size in hundredths of a point, the type face of the document's tables.
fn letters(size: u32, colour: &str) -> String {
    format!(
        "<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"{size}\" b=\"0\"><a:solidFill><a:srgbClr val=\"{colour}\"/>\
         </a:solidFill><a:latin typeface=\"{LATIN}\"/><a:ea typeface=\"{}\"/></a:defRPr></a:pPr>",
        font::FANG
    )
}

fn rich(text: &str, size: u32) -> String {
    format!(
        "<c:tx><c:rich>{}<a:r><a:rPr lang=\"zh-CN\" sz=\"{size}\" b=\"0\"><a:latin typeface=\"{LATIN}\"/>\
         <a:ea typeface=\"{}\"/></a:rPr><a:t>{}</a:t></a:r></a:p></c:rich></c:tx>",
        letters(size, LETTERS),
        font::HEI,
        escaped(text)
    )
}

/// The chart part.
fn chart_xml(chart: &Chart) -> String {
    let mut out = format!(
        "{HEAD}<c:chartSpace xmlns:c=\"{CHART_NAMESPACE}\" xmlns:a=\"{MAIN_NAMESPACE}\" xmlns:r=\"{OFFICE_RELS}\">\
         <c:roundedCorners val=\"0\"/><c:chart><c:title>{}<c:overlay val=\"0\"/></c:title>\
         <c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>",
        rich(&chart.title, 1200)
    );
    let lying = chart.series.iter().any(|series| series.drawn == Drawn::Bar);
    let pie = chart.series.iter().find(|series| series.drawn == Drawn::Pie);
    if let Some(series) = pie {
        out.push_str("<c:pieChart><c:varyColors val=\"1\"/>");
        push_series(chart, 0, series, &mut out);
        out.push_str("<c:firstSliceAng val=\"0\"/></c:pieChart>");
    }
    let axes: &[_] = if pie.is_some() { &[] } else { &[(false, AXES[0]), (true, AXES[1])] };
    for (second, axes) in axes.iter().copied() {
        for drawn in [Drawn::Column, Drawn::Bar, Drawn::Line] {
            plot(chart, (drawn, second), axes, &mut out);
        }
    }
    for (second, axes) in axes.iter().copied() {
        let own = chart.series.iter().find(|series| series.second_axis == second);
        if let Some(series) = own {
            let scale = (series.unit.as_str(), from_zero(chart, second), few_wholes(chart, second));
            push_axes(scale, (second, lying), axes, &mut out);
        }
    }
    out.push_str("</c:plotArea>");
    if chart.series.len() > 1 {
        let _ = write!(
            out,
            "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/><c:txPr>{}<a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr></c:legend>",
            letters(1000, LETTERS)
        );
    }
    out.push_str("<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>");
    out.push_str(
        "<c:spPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>",
    );
    out.push_str("<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>");
    out
}

/// The series of one kind on one axis, if there are any.
fn plot(chart: &Chart, (drawn, second): (Drawn, bool), axes: (u32, u32), out: &mut String) {
    let own: Vec<(usize, &Series)> = chart
        .series
        .iter()
        .enumerate()
        .filter(|(_, series)| series.drawn == drawn && series.second_axis == second)
        .collect();
    if own.is_empty() {
        return;
    }
    let (open, close) = match drawn {
        Drawn::Column => {
            ("<c:barChart><c:barDir val=\"col\"/><c:grouping val=\"clustered\"/>", "</c:barChart>")
        }
        Drawn::Bar => ("<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/>", "</c:barChart>"),
        Drawn::Line => ("<c:lineChart><c:grouping val=\"standard\"/>", "</c:lineChart>"),
        // It has no axes.
        Drawn::Pie => return,
    };
    out.push_str(open);
    out.push_str("<c:varyColors val=\"0\"/>");
    for (index, series) in &own {
        push_series(chart, *index, series, out);
    }
    out.push_str(if drawn == Drawn::Line { "<c:marker val=\"1\"/>" } else { "<c:gapWidth val=\"70\"/>" });
    let _ = write!(out, "<c:axId val=\"{}\"/><c:axId val=\"{}\"/>{close}", axes.0, axes.1);
}

/// The categories and the values of a series as elements of their own.
pub(super) fn data_xml(chart: &Chart, index: usize) -> (String, String) {
    let (series, column) = (&chart.series[index], column(index + 1));
    let last = chart.categories.len() + 1;
    let mut categories = format!(
        "<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f><c:strCache><c:ptCount val=\"{}\"/>",
        last - 1
    );
    for (row, category) in chart.categories.iter().enumerate() {
        let _ = write!(categories, "<c:pt idx=\"{row}\"><c:v>{}</c:v></c:pt>", escaped(category));
    }
    categories.push_str("</c:strCache></c:strRef></c:cat>");
    let mut values = format!(
        "<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>\
         <c:numCache><c:formatCode>{}</c:formatCode><c:ptCount val=\"{}\"/>",
        format_code(series.places),
        last - 1
    );
    for (row, point) in series.points.iter().enumerate() {
        if let Some(number) = point {
            let _ = write!(values, "<c:pt idx=\"{row}\"><c:v>{}</c:v></c:pt>", escaped(number));
        }
    }
    values.push_str("</c:numCache></c:numRef></c:val>");
    (categories, values)
}

/// The colour of a slice; the last one does not begin again beside the first.
fn slice(point: usize, count: usize) -> &'static str {
    let again = point > 0 && point + 1 == count && point.is_multiple_of(COLOURS.len());
    COLOURS[if again { COLOURS.len() / 2 } else { point % COLOURS.len() }]
}

fn push_series(chart: &Chart, index: usize, series: &Series, out: &mut String) {
    let (colour, column) = (COLOURS[index % COLOURS.len()], column(index + 1));
    let _ = write!(
        out,
        "<c:ser><c:idx val=\"{index}\"/><c:order val=\"{index}\"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>\
         <c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{}</c:v></c:pt></c:strCache></c:strRef></c:tx>",
        escaped(&series.title)
    );
    if series.drawn == Drawn::Line {
        let _ = write!(
            out,
            "<c:spPr><a:ln w=\"25400\"><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></a:ln></c:spPr>\
             <c:marker><c:symbol val=\"circle\"/><c:size val=\"5\"/><c:spPr><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill>\
             <a:ln><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></a:ln></c:spPr></c:marker>"
        );
    } else if series.drawn == Drawn::Pie {
        for point in 0..chart.categories.len() {
            let _ = write!(
                out,
                "<c:dPt><c:idx val=\"{point}\"/><c:bubble3D val=\"0\"/><c:spPr><a:solidFill><a:srgbClr val=\"{}\"/>\
                 </a:solidFill><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill></a:ln></c:spPr></c:dPt>",
                slice(point, chart.categories.len())
            );
        }
    } else {
        let _ = write!(
            out,
            "<c:spPr><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></c:spPr><c:invertIfNegative val=\"0\"/>"
        );
    }
    let below = chart.series[..index].iter().any(|other| other.drawn == Drawn::Line);
    push_labels(series, (chart.series.iter().any(|other| other.second_axis), below), out);
    let (categories, values) = data_xml(chart, index);
    out.push_str(&categories);
    out.push_str(&values);
    if series.drawn == Drawn::Line {
        out.push_str("<c:smooth val=\"0\"/>");
    }
    out.push_str("</c:ser>");
}

/// The numbers beside columns, bars and points: what a printed picture cannot be asked for.
fn push_labels(series: &Series, (beside_line, below): (bool, bool), out: &mut String) {
    // Under a line on the second axis the numbers of columns stand at their feet.
    let ground = if beside_line && series.drawn == Drawn::Line {
        "<a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill>"
    } else {
        "<a:noFill/>"
    };
    let (place, colour) = match (series.drawn, beside_line) {
        // Of two lines that run together one has its numbers above, the other below.
        (Drawn::Line, _) => (if below { "b" } else { "t" }, LETTERS),
        (Drawn::Pie, _) => ("outEnd", LETTERS),
        (_, true) => ("inBase", "FFFFFF"),
        (_, false) => ("outEnd", LETTERS),
    };
    let _ = write!(
        out,
        "<c:dLbls><c:numFmt formatCode=\"{}\" sourceLinked=\"0\"/><c:spPr>{ground}<a:ln><a:noFill/></a:ln></c:spPr>\
         <c:txPr>{}<a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr><c:dLblPos val=\"{place}\"/><c:showLegendKey val=\"0\"/>\
         <c:showVal val=\"1\"/><c:showCatName val=\"{}\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/>\
         <c:showBubbleSize val=\"0\"/></c:dLbls>",
        format_code(series.places),
        letters(800, colour),
        // Slices are named where they lie: a legend beside them is looked up in vain on paper without colour.
        u8::from(series.drawn == Drawn::Pie)
    );
}

/// Whether an axis begins at zero: columns and bars lie about their lengths otherwise.
fn from_zero(chart: &Chart, second: bool) -> bool {
    let mut own = chart.series.iter().filter(|series| series.second_axis == second);
    let below = |series: &Series| series.points.iter().flatten().any(|point| point.starts_with('-'));
    own.all(|series| series.drawn != Drawn::Line && !below(series))
}

/// Whether an axis counts a few things: it is numbered one by one then, never by halves.
fn few_wholes(chart: &Chart, second: bool) -> bool {
    let own = || chart.series.iter().filter(|series| series.second_axis == second);
    let points = || own().flat_map(|series| series.points.iter().flatten());
    let few = |point: &String| point.parse::<u8>().is_ok_and(|number| number <= 10);
    own().all(|series| series.places == 0) && points().all(few) && points().count() > 0
}

fn push_axes(
    (unit, from_zero, wholes): (&str, bool, bool),
    (second, lying): (bool, bool),
    axes: (u32, u32),
    out: &mut String,
) {
    let least = if from_zero { "<c:min val=\"0\"/>" } else { "" };
    let (category, value) = match (lying, second) {
        (true, _) => ("l", "b"),
        (false, false) => ("b", "l"),
        (false, true) => ("b", "r"),
    };
    let text = format!("<c:txPr>{}<a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>", letters(900, LETTERS));
    // Bars read from the top.
    let order = if lying { "maxMin" } else { "minMax" };
    let _ = write!(
        out,
        "<c:catAx><c:axId val=\"{}\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling><c:delete val=\"{}\"/>\
         <c:axPos val=\"{category}\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
         <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>\
         <c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"C3CBD5\"/></a:solidFill></a:ln></c:spPr>{text}\
         <c:crossAx val=\"{}\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/>\
         <c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"1\"/></c:catAx>",
        axes.0,
        u8::from(second),
        axes.1
    );
    let grid = if second {
        ""
    } else {
        "<c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"DFE4EA\"/></a:solidFill></a:ln></c:spPr>\
         </c:majorGridlines>"
    };
    let title = if unit.is_empty() {
        String::new()
    } else {
        format!("<c:title>{}<c:overlay val=\"0\"/></c:title>", rich(unit, 900))
    };
    let crosses = if second || lying { "max" } else { "autoZero" };
    let _ = write!(
        out,
        "<c:valAx><c:axId val=\"{}\"/><c:scaling><c:orientation val=\"minMax\"/>{least}</c:scaling><c:delete val=\"0\"/>\
         <c:axPos val=\"{value}\"/>{grid}{title}<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>\
         <c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>\
         <c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{text}<c:crossAx val=\"{}\"/><c:crosses val=\"{crosses}\"/>\
         <c:crossBetween val=\"between\"/>{}</c:valAx>",
        axes.1,
        axes.0,
        if wholes { "<c:majorUnit val=\"1\"/>" } else { "" }
    );
}

/// The letters of a column, from 0.
fn column(mut index: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(index % 26).unwrap_or(0)));
        if index < 26 {
            break;
        }
        index = index / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// `0.00` for two places.
fn format_code(places: u32) -> String {
    if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places as usize)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_slice_is_not_coloured_as_the_first() {
        let of = |count: usize| (0..count).map(|point| slice(point, count)).collect::<Vec<_>>();
        assert_eq!(of(8).last(), COLOURS.last());
        // Eight colours: the ninth slice would begin again beside the first.
        assert_ne!(of(9)[8], of(9)[0]);
        assert_ne!(of(9)[8], of(9)[7]);
        assert_eq!(of(10)[8], of(10)[0], "the ninth of ten lies away from the first");
        assert_eq!(of(1), [COLOURS[0]]);
    }
}
