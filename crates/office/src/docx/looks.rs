//! How paragraphs and runs look, as far as a screen needs it to look like the document: alignment, first-line indent,
//! level, type face, size, weight. Styles inherit; what a paragraph or run says of itself comes last.
//!
//! Deliberately absent: numbering, borders, spacing, colours, theme fonts. To take in another property: a field of [`Look`],
//! its line in [`Look::read`] and in [`Look::over`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::DocxFault;
use super::package::{Package, bad_part, resolve};
use super::xml::{self, Element};

/// Longest chain of styles that inherit from each other.
const CHAIN: usize = 20;
/// Half points of type where a file says nothing, as Word has it.
const PLAIN_SIZE: u32 = 20;

/// Where a paragraph's lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// From margin to margin.
    Justify,
}

/// What is said about the look of something; what is not said is inherited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    /// Alignment.
    pub align: Option<Align>,
    /// First-line indent in hundredths of a character; it wins over the other measure.
    pub indent_letters: Option<i32>,
    /// First-line indent in twentieths of a point.
    pub indent_twips: Option<i32>,
    /// Level as a heading, from 1.
    pub level: Option<u8>,
    /// Bold.
    pub bold: Option<bool>,
    /// Italic.
    pub italic: Option<bool>,
    /// Type face of Chinese text.
    pub font: Option<String>,
    /// Size in half points.
    pub size: Option<u32>,
}

/// The styles of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Looks {
    /// What holds where nothing else is said.
    base: Look,
    /// The style of paragraphs that name none.
    plain: String,
    styles: BTreeMap<String, Style>,
}

/// A style with everything it inherits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Style {
    /// Its name as people see it.
    name: String,
    look: Look,
}

impl Look {
    /// What the properties of a paragraph and of a run say.
    pub(super) fn read(paragraph: Option<&Element>, run: Option<&Element>) -> Self {
        let said = |of: Option<&Element>, name: &str, attr: &str| {
            of.and_then(|of| of.child(name)).and_then(|found| found.attr(attr)).map(str::to_owned)
        };
        let number = |name: &str, attr: &str| said(paragraph, name, attr).and_then(|text| text.parse().ok());
        let flag = |name: &str| {
            let found = run.and_then(|run| run.child(name))?;
            Some(!matches!(found.attr("w:val"), Some("0" | "false" | "off")))
        };
        Self {
            align: said(paragraph, "w:jc", "w:val").and_then(|word| align(&word)),
            indent_letters: number("w:ind", "w:firstLineChars"),
            indent_twips: number("w:ind", "w:firstLine"),
            level: number("w:outlineLvl", "w:val").and_then(heading),
            bold: flag("w:b"),
            italic: flag("w:i"),
            font: said(run, "w:rFonts", "w:eastAsia"),
            size: said(run, "w:sz", "w:val").and_then(|size| size.parse().ok()),
        }
    }

    /// This where it says something, the other where it does not.
    pub(super) fn over(self, base: &Self) -> Self {
        let indent = self.indent_letters.is_some() || self.indent_twips.is_some();
        Self {
            align: self.align.or(base.align),
            indent_letters: if indent { self.indent_letters } else { base.indent_letters },
            indent_twips: if indent { self.indent_twips } else { base.indent_twips },
            level: self.level.or(base.level),
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            font: self.font.or_else(|| base.font.clone()),
            size: self.size.or(base.size),
        }
    }

    /// The first-line indent in whole characters.
    pub fn indent(&self) -> u32 {
        let size = i32::try_from(self.size.unwrap_or(PLAIN_SIZE)).unwrap_or(i32::MAX).max(1);
        // A character is as wide as its size: half points are ten twentieths of a point each.
        let of_twips = || self.indent_twips.map(|twips| twips.saturating_mul(10) / size);
        let hundredths = self.indent_letters.filter(|letters| *letters != 0).or_else(of_twips).unwrap_or(0);
        u32::try_from((hundredths + 50) / 100).unwrap_or(0)
    }
}

impl Looks {
    /// Reads the styles of a file; a file without any is plain.
    pub(super) fn of(package: &Package) -> Result<Self, DocxFault> {
        let document = package.document()?;
        let relations = package.relations(&document)?;
        let part = relations.iter().find(|relation| relation.kind == "styles");
        let Some(part) = part.and_then(|relation| resolve(&document, &relation.target)) else {
            return Ok(Self::default());
        };
        if package.get(&part).is_none() {
            return Ok(Self::default());
        }
        let root = xml::parse_word(&package.text(&part)?).map_err(|what| bad_part(&part, &what))?;
        Ok(Self::read(&root))
    }

    pub(super) fn read(root: &Element) -> Self {
        let defaults = root.child("w:docDefaults");
        let default = |outer: &str, inner: &str| defaults?.child(outer)?.child(inner);
        let base = Look::read(default("w:pPrDefault", "w:pPr"), default("w:rPrDefault", "w:rPr"));
        let found: BTreeMap<&str, &Element> = root
            .elements()
            .filter(|style| style.is("w:style") && style.attr("w:type") == Some("paragraph"))
            .filter_map(|style| Some((style.attr("w:styleId")?, style)))
            .collect();
        let plain = found.iter().find(|(_, style)| matches!(style.attr("w:default"), Some("1" | "true")));
        let plain = plain.map(|(id, _)| (*id).to_owned()).unwrap_or_default();
        let styles = found.iter().map(|(id, style)| {
            let name = style.child("w:name").and_then(|name| name.attr("w:val")).unwrap_or(id);
            ((*id).to_owned(), Style { name: name.to_owned(), look: inherited(style, &found) })
        });
        Self { styles: styles.collect(), base, plain }
    }

    /// The name and the look of a paragraph's style.
    pub(super) fn style(&self, id: Option<&str>) -> (String, Look) {
        match self.styles.get(id.unwrap_or(&self.plain)) {
            Some(style) => (style.name.clone(), style.look.clone().over(&self.base)),
            None => (id.unwrap_or_default().to_owned(), self.base.clone()),
        }
    }
}

fn inherited(style: &Element, all: &BTreeMap<&str, &Element>) -> Look {
    let mut look = Look::default();
    let mut next = Some(style);
    for _ in 0..CHAIN {
        let Some(style) = next else { break };
        look = look.over(&Look::read(style.child("w:pPr"), style.child("w:rPr")));
        let parent = style.child("w:basedOn").and_then(|parent| parent.attr("w:val"));
        next = parent.and_then(|parent| all.get(parent).copied());
    }
    look
}

fn align(word: &str) -> Option<Align> {
    Some(match word {
        "left" | "start" => Align::Left,
        "center" => Align::Center,
        "right" | "end" => Align::Right,
        "both" | "distribute" => Align::Justify,
        _ => return None,
    })
}

/// Levels count from 0 in the file; 9 is body text.
fn heading(level: i32) -> Option<u8> {
    u8::try_from(level).ok().filter(|level| *level < 9).map(|level| level + 1)
}
