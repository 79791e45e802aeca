//! Native charts of a document that people have gone on writing in: which there are, what they show, and new numbers in them.
//!
//! A chart is known by the name of its drawing, which Word, WPS and LibreOffice keep; its part and its workbook may have got
//! other names. Only data changes: categories, values, the workbook behind them; what a person made of the look stays.
//!
//! Deliberately absent: series that a person took out, which stay out, and those added, which stay as they are.

use serde::{Deserialize, Serialize};

use super::super::DocxFault;
use super::super::chart::{Chart, data_xml, workbook};
use super::super::package::{Package, bad_part, resolve};
use super::super::xml::{self, Braces, Element, Node};

/// A native chart as it stands in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldChart {
    /// The name of its drawing.
    pub name: String,
    /// Its series.
    pub series: Vec<HeldSeries>,
}

/// A series of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldSeries {
    /// What the legend says.
    pub title: String,
    /// What it shows at each category.
    pub points: Vec<Option<String>>,
}

/// The charts of the document in its order, each with its part.
pub(super) fn held(package: &Package) -> Result<Vec<(String, HeldChart)>, DocxFault> {
    let document = package.document()?;
    let text = package.text(&document)?;
    if !text.contains("drawingml/2006/chart") {
        return Ok(Vec::new());
    }
    let root = xml::parse_word(&text).map_err(|what| bad_part(&document, &what))?;
    let relations = package.relations(&document)?;
    let mut drawn: Vec<(String, String)> = Vec::new();
    root.each(&mut |element| {
        if !element.is("w:drawing") {
            return;
        }
        let (mut name, mut id) = (None, None);
        element.each(&mut |inner| match inner.name.as_str() {
            "wp:docPr" => name = inner.attr("name").map(str::to_owned),
            "c:chart" => id = inner.attr("r:id").map(str::to_owned),
            _ => {}
        });
        drawn.extend(name.zip(id));
    });
    let mut charts = Vec::new();
    for (name, id) in drawn {
        let relation = relations.iter().find(|one| one.id == id && !one.external);
        let Some(part) = relation.and_then(|one| resolve(&document, &one.target)) else { continue };
        if package.get(&part).is_none() {
            continue;
        }
        let root = xml::parse(&package.text(&part)?).map_err(|what| bad_part(&part, &what))?;
        let mut chart = HeldChart { name, series: Vec::new() };
        root.each(&mut |element| {
            if element.is("c:ser") {
                chart.series.push(series(element));
            }
        });
        charts.push((part, chart));
    }
    Ok(charts)
}

fn series(element: &Element) -> HeldSeries {
    let mut title = String::new();
    if let Some(said) = element.child("c:tx") {
        said.each(&mut |inner| {
            if inner.is("c:v") {
                title.push_str(&inner.text());
            }
        });
    }
    let mut points = Vec::new();
    if let Some(values) = element.child("c:val") {
        values.each(&mut |inner| match inner.name.as_str() {
            "c:ptCount" => {
                let count = inner.attr("val").and_then(|text| text.parse().ok()).unwrap_or(0_usize);
                points.resize(count.min(MOST), None);
            }
            "c:pt" => {
                let at = inner.attr("idx").and_then(|text| text.parse::<usize>().ok());
                let value = inner.child("c:v").map(Element::text);
                if let Some(place) = at.and_then(|at| points.get_mut(at)) {
                    *place = value;
                }
            }
            _ => {}
        });
    }
    HeldSeries { title, points }
}

/// Points of a series that are looked at.
const MOST: usize = 10_000;

/// Puts new data into charts, counted as [`held`] counts them.
pub(super) fn renew(package: &mut Package, charts: &[(usize, &Chart)]) -> Result<(), DocxFault> {
    if charts.is_empty() {
        return Ok(());
    }
    let known = held(package)?;
    for (at, chart) in charts {
        let Some((part, _)) = known.get(*at) else { continue };
        let bad = |what: String| bad_part(part, &what);
        let mut root = xml::parse(&package.text(part)?).map_err(bad)?;
        let mut wrong = None;
        fill(&mut root, chart, &mut wrong);
        if let Some(what) = wrong {
            return Err(bad_part(part, &what));
        }
        let books: Vec<String> = package
            .relations(part)?
            .into_iter()
            .filter(|one| one.kind == "package" && !one.external)
            .filter_map(|one| resolve(part, &one.target))
            .filter(|name| package.get(name).is_some())
            .collect();
        package.put(part, xml::write(&root, Braces::Plain).into_bytes());
        for book in books {
            package.put(&book, workbook(chart, &book)?);
        }
    }
    Ok(())
}

fn fill(element: &mut Element, chart: &Chart, wrong: &mut Option<String>) {
    if element.is("c:ser") {
        let title = series(element).title;
        let Some(at) = chart.series.iter().position(|one| one.title == title) else { return };
        let (categories, values) = data_xml(chart, at);
        for (name, source) in [("c:cat", categories), ("c:val", values)] {
            let new = match xml::parse(&source) {
                Ok(new) => new,
                Err(what) => {
                    *wrong = Some(what);
                    return;
                }
            };
            if let Some(place) = element.children.iter_mut().find(|node| node.is(name)) {
                *place = Node::Element(new);
            }
        }
        return;
    }
    for node in &mut element.children {
        if let Node::Element(inner) = node {
            fill(inner, chart, wrong);
        }
    }
}
