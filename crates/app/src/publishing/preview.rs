//! The preview of a report: blocks that read like the document, each number with the question behind it.

use std::fmt::Write as _;
use std::sync::Arc;

use figures::Request;
use model::finding::Finding;
use model::id::ReportId;
use model::period::Month;
use office::docx::{self, Align, Block, Look, ParagraphBlock};
use serde::Serialize;
use utoipa::ToSchema;

use super::{PreviewKey, Publishing, PublishingFault, may_read};
use crate::access::Actor;
use crate::asof::AsOf;
use crate::explore::Question;
use crate::park::Park;
use crate::report::{self, ClaimRecord, Composed, SlotRecord, SlotSubject};
use crate::reporting::Asked;
use crate::shapes;

/// A report as it reads now.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct Preview {
    /// The report.
    pub report: String,
    /// Its title.
    pub title: String,
    /// Its month.
    pub period: String,
    /// The revision it is made from.
    pub revision: u64,
    /// The digest of the content it is made with.
    pub content_digest: String,
    /// The document from top to bottom.
    pub blocks: Vec<BlockView>,
    /// Everything that was printed from the ledger.
    pub slots: Vec<SlotView>,
    /// The claims it asked.
    pub claims: Vec<ClaimOfReport>,
    /// What a person must look at.
    #[schema(value_type = Vec<shapes::Finding>)]
    pub findings: Vec<Finding>,
    /// How many slots have no value.
    pub unfilled: usize,
}

/// A piece of the document.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Block)]
pub struct BlockView {
    /// `paragraph`, `heading`, `table`, `chart` or `page_break`.
    pub kind: &'static str,
    /// The name of its style.
    pub style: String,
    /// `left`, `center`, `right` or `justify`.
    pub align: &'static str,
    /// First-line indent in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indent: Option<u32>,
    /// Level of a heading, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs: Option<Vec<RunView>>,
    /// The rows of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<RowOfTable>>,
    /// The chart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chart: Option<ChartOfReport>,
}

/// A chart of a report, the same that stands in the Word file.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ChartOfReport {
    /// Its title.
    pub title: String,
    /// What it shows, in words.
    pub words: String,
    /// What stands along the axis.
    pub categories: Vec<String>,
    /// Its series.
    pub series: Vec<SeriesOfReport>,
}

/// A series of a chart.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct SeriesOfReport {
    /// What the legend says.
    pub title: String,
    /// The unit of its axis.
    pub unit: String,
    /// `column`, `bar`, `line` or `pie`.
    pub kind: &'static str,
    /// Whether it has the second axis.
    pub second_axis: bool,
    /// A number as text for every category; none leaves a gap.
    pub points: Vec<Option<String>>,
}

/// A row of a table.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct RowOfTable {
    /// Its cells from the left.
    pub cells: Vec<CellOfTable>,
}

/// A cell of a table.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct CellOfTable {
    /// Its text; paragraphs are separated by line breaks.
    pub runs: Vec<RunView>,
    /// `left`, `center`, `right` or `justify`.
    pub align: &'static str,
    /// How many columns it takes, when more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<u32>,
    /// How many rows it takes, when more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_span: Option<u32>,
}

/// A piece of text of one look.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Run)]
pub struct RunView {
    /// The text.
    pub text: String,
    /// Bold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bold: Option<bool>,
    /// Italic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub italic: Option<bool>,
    /// The type face.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// The size in points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    /// The slot that was printed here, as an index into the slots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<usize>,
}

/// Something printed from the ledger.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = Slot)]
pub struct SlotView {
    /// Its index.
    pub index: usize,
    /// The printed text.
    pub text: String,
    /// The tag of its content control.
    pub tag: String,
    /// The figure.
    pub figure: Option<String>,
    /// What it is called, with the line of a breakdown.
    pub title: String,
    /// The query that traces it.
    pub question: Option<String>,
    /// `value`, `growth`, `rank`, `text`, `count` or `period`.
    pub kind: &'static str,
    /// 口径 in words.
    pub basis: String,
    /// Why it has no value.
    pub finding: Option<String>,
}

/// A claim the report asked.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ClaimOfReport {
    /// Its id.
    pub id: String,
    /// The statement.
    pub title: String,
    /// Whether it holds; none when it cannot be judged.
    pub holds: Option<bool>,
    /// Why it cannot be judged, else by what it was.
    pub words: String,
    /// What it was judged by, each as `name = value`.
    pub slot_texts: Vec<String>,
}

impl Publishing {
    /// A report as it reads at the newest revision, for somebody.
    ///
    /// # Errors
    /// [`PublishingFault`] when the actor may not, there is no such report, or its template cannot be used.
    pub fn preview(
        &self,
        park: &Park,
        actor: &Actor,
        report: &ReportId,
        period: Month,
    ) -> Result<Arc<Preview>, PublishingFault> {
        self.preview_as_of(park, actor, (report, period).into(), None)
    }

    /// A report as it would have read then.
    ///
    /// # Errors
    /// As [`Publishing::preview`]; also when nothing was known then.
    pub fn preview_as_of(
        &self,
        park: &Park,
        actor: &Actor,
        asked: Asked<'_>,
        as_of: Option<AsOf>,
    ) -> Result<Arc<Preview>, PublishingFault> {
        may_read(park, actor, asked.report)?;
        let snapshot = park.snapshot_as_of(as_of)?;
        let reader = actor.reader();
        let key = PreviewKey::of(asked, snapshot.revision(), &park.library, reader);
        if let Some(known) = self.previews.get(&key) {
            return Ok(known);
        }
        let composed = report::compose(&park.report_input(asked, &snapshot, reader)?)?;
        let preview = view(&composed, &composed.blocks()?);
        let newest = key.revision;
        Ok(self.previews.put(key, preview, 1, |old| as_of.is_none() && old.revision != newest))
    }
}

pub(super) fn view(composed: &Composed, blocks: &[Block]) -> Preview {
    let about = &composed.provenance;
    Preview {
        report: about.report.clone(),
        title: about.title.clone(),
        period: about.period.clone(),
        revision: about.revision.0,
        content_digest: about.content.clone(),
        blocks: blocks.iter().map(|one| block(one, composed.charts())).collect(),
        slots: composed.slots.iter().enumerate().map(|(index, record)| slot(index, record)).collect(),
        claims: composed.claims.iter().map(claim).collect(),
        findings: composed.findings.clone(),
        unfilled: composed.slots.iter().filter(|slot| slot.blank.is_some()).count(),
    }
}

fn block(block: &Block, charts: &[docx::Chart]) -> BlockView {
    let plain = |kind| BlockView {
        kind,
        style: String::new(),
        align: "left",
        indent: None,
        level: None,
        runs: None,
        rows: None,
        chart: None,
    };
    match block {
        Block::Chart(index) => BlockView { chart: charts.get(*index).map(chart), ..plain("chart") },
        Block::PageBreak => plain("page_break"),
        Block::Table(rows) => {
            let row = |cells: &Vec<docx::CellBlock>| RowOfTable { cells: cells.iter().map(cell).collect() };
            BlockView { rows: Some(rows.iter().map(row).collect()), ..plain("table") }
        }
        Block::Paragraph(paragraph) => BlockView {
            style: paragraph.style.clone(),
            align: align(&paragraph.look),
            indent: Some(paragraph.look.indent()).filter(|indent| *indent > 0),
            level: paragraph.look.level,
            runs: Some(runs(paragraph)),
            ..plain(if paragraph.look.level.is_some() { "heading" } else { "paragraph" })
        },
    }
}

fn chart(chart: &docx::Chart) -> ChartOfReport {
    let series = |series: &docx::Series| SeriesOfReport {
        title: series.title.clone(),
        unit: series.unit.clone(),
        kind: match series.drawn {
            docx::Drawn::Column => "column",
            docx::Drawn::Bar => "bar",
            docx::Drawn::Line => "line",
            docx::Drawn::Pie => "pie",
        },
        second_axis: series.second_axis,
        points: series.points.clone(),
    };
    ChartOfReport {
        title: chart.title.clone(),
        words: chart.words.clone(),
        categories: chart.categories.clone(),
        series: chart.series.iter().map(series).collect(),
    }
}

fn cell(cell: &docx::CellBlock) -> CellOfTable {
    let mut all: Vec<RunView> = Vec::new();
    for (index, paragraph) in cell.paragraphs.iter().enumerate() {
        let mut own = runs(paragraph);
        if index > 0 {
            // The break belongs to the text before it.
            match all.last_mut() {
                Some(last) => last.text.push('\n'),
                None => own.insert(0, RunView { text: "\n".to_owned(), ..plain_run() }),
            }
        }
        all.append(&mut own);
    }
    CellOfTable {
        runs: all,
        align: cell.paragraphs.first().map_or("left", |paragraph| align(&paragraph.look)),
        span: Some(cell.columns).filter(|columns| *columns > 1),
        row_span: Some(cell.rows).filter(|rows| *rows > 1),
    }
}

fn plain_run() -> RunView {
    RunView { text: String::new(), bold: None, italic: None, font: None, size: None, slot: None }
}

fn runs(paragraph: &ParagraphBlock) -> Vec<RunView> {
    let run = |run: &docx::RunBlock| RunView {
        text: run.text.clone(),
        bold: run.look.bold.filter(|bold| *bold),
        italic: run.look.italic.filter(|italic| *italic),
        font: run.look.font.clone(),
        size: run.look.size.map(|half| f64::from(half) / 2.0),
        slot: run.fill,
    };
    paragraph.runs.iter().map(run).collect()
}

fn align(look: &Look) -> &'static str {
    match look.align {
        Some(Align::Center) => "center",
        Some(Align::Right) => "right",
        Some(Align::Justify) => "justify",
        Some(Align::Left) | None => "left",
    }
}

fn slot(index: usize, record: &SlotRecord) -> SlotView {
    SlotView {
        index,
        text: record.text.clone(),
        tag: record.tag.clone(),
        figure: record.subject.figure().map(ToString::to_string),
        title: record.title.clone(),
        question: question(record),
        kind: kind(record.piece),
        basis: record.basis.clone(),
        finding: record.blank.clone(),
    }
}

/// What kind of thing a part of a figure is.
pub(crate) fn kind(piece: &str) -> &'static str {
    match piece {
        "yoy" | "mom" => "growth",
        "rank" => "rank",
        "count" => "count",
        "names" | "name" => "text",
        "from_month" | "month" | "year" | "quarter" => "period",
        _ => "value",
    }
}

fn claim(claim: &ClaimRecord) -> ClaimOfReport {
    let words = if claim.reason.is_empty() { claim.operands.join("；") } else { claim.reason.clone() };
    ClaimOfReport {
        id: claim.id.to_string(),
        title: claim.title.clone(),
        holds: claim.holds,
        words,
        slot_texts: claim.operands.clone(),
    }
}

/// The query string that asks for what a slot printed; none for what no entry stands behind.
pub(crate) fn question(record: &SlotRecord) -> Option<String> {
    let (request, row) = match &record.subject {
        SlotSubject::Figure { request, row } => (&**request, row),
        // What is made of one question is traced by it; of several, the evidence lists the entries.
        SlotSubject::Fact(known) => match known.fact.requests() {
            [one] => (one, &None),
            _ => return None,
        },
        SlotSubject::Exclusion { .. } | SlotSubject::Report => return None,
    };
    let mut asked = Request { by: None, ..request.clone() };
    asked.only.extend(row.clone());
    Some(query(&Question::of(&asked)))
}

/// A question as the query string of an address.
pub(crate) fn query(question: &Question) -> String {
    let pairs = question.pairs();
    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

/// The request a query string asks of a figure; none when it cannot be asked any more.
pub(crate) fn request_of(park: &Park, figure: &str, query: &str) -> Option<Request> {
    let pairs = pairs_of(query);
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Question::from_pairs(figure, pairs).ok()?.request(park).ok()
}

/// The pairs of a query string made by [`query`].
fn pairs_of(query: &str) -> Vec<(String, String)> {
    query.split('&').filter_map(|pair| pair.split_once('=')).map(|(n, v)| (decoded(n), decoded(v))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code =
            more.get(..2).and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        if let Some(byte) = code.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_addresses_are_encoded() {
        // 电 is E7 94 B5 in UTF-8.
        assert_eq!(encoded("firm.trade/1:电&+"), "firm.trade/1:%E7%94%B5%26%2B");
        assert_eq!(
            pairs_of("only=firm.trade/1:%E7%94%B5%26%2B&x=1%"),
            [("only".to_owned(), "firm.trade/1:电&+".to_owned()), ("x".to_owned(), "1%".to_owned()),]
        );
    }
}
