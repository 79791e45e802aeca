//! What a document says of its own controls: the basis kept inside it, and the tags, which say enough when it is gone.
//!
//! A program may lose the tags: LibreOffice 7.4 keeps the titles of plain controls and nothing of others. Such controls are
//! found again by title, text and order (see [`Basis::lost`]).
//!
//! Deliberately absent: today's values. To keep another thing in the file: an attribute in `records::basis_xml`, a field here.

use std::collections::HashMap;

use model::content::Content;
use model::id::{ReportId, Revision};
use model::period::Month;

use super::super::records::{self, TAGS};
use super::super::settings::{self, Settings};
use crate::worker::Basis as Attributes;

/// The basis of a document.
#[derive(Default)]
pub(super) struct Basis {
    pub report: String,
    /// What the report's parameters were set to.
    pub settings: Settings,
    pub period: Option<Month>,
    pub revision: Option<Revision>,
    pub content: String,
    /// Everything it says of a control, by tag.
    pub said: HashMap<String, Said>,
    /// The figures it says something of, in the order in which they were printed: tag, title of the control, text.
    order: Vec<(String, String, String)>,
    /// What was printed at the points of each chart, in order; none for a point without a value.
    charts: HashMap<String, Vec<Option<String>>>,
    /// What people have typed over figures and why, by the tag of the figure.
    pub kept: HashMap<String, Reason>,
}

/// What the basis says of a control.
#[derive(Clone, Default)]
pub(super) struct Said {
    /// Where in the template it stands, as tags have it.
    pub stand: String,
    /// What was printed.
    pub text: String,
    pub title: String,
    pub definition: String,
    pub blank: bool,
    /// The case of the claim that printed its words.
    pub condition: String,
}

/// A text a person typed over a figure, and why.
#[derive(Clone)]
pub(super) struct Reason {
    pub theirs: String,
    pub reason: String,
}

/// What a control is: of which report and month, where in its template, what was printed in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Told {
    pub report: ReportId,
    pub period: Month,
    pub stand: String,
    /// Its number in the document it was made for.
    pub n: usize,
    /// Whether it holds the words of a claim.
    pub words: bool,
    /// The digest of what was printed.
    pub digest: Option<String>,
}

impl Basis {
    /// Reads the attributes of a stored basis.
    pub fn read(attributes: &Attributes) -> Self {
        let mut basis = Self::default();
        let mut lines = attributes.iter().map(|line| Line(line));
        let Some(whole) = lines.next() else { return basis };
        basis.report = whole.text("report");
        basis.settings = settings::told(whole.get("settings"));
        basis.period = whole.get("period").parse().ok();
        basis.revision = whole.get("revision").trim_start_matches('r').parse().ok().map(Revision);
        basis.content = whole.text("content");
        for line in lines {
            let tag = line.text("tag");
            if !line.get("theirs").is_empty() || !line.get("reason").is_empty() {
                let reason = Reason { theirs: line.text("theirs"), reason: line.text("reason") };
                basis.kept.insert(tag, reason);
                continue;
            }
            let chart = line.get("slot").strip_prefix("chart(");
            if let Some(name) = chart.and_then(|rest| rest.split(['"', '\'']).nth(1)) {
                let point = Some(line.text("text")).filter(|_| line.get("blank").is_empty());
                basis.charts.entry(name.to_owned()).or_default().push(point);
            }
            let pass = line.get("pass").parse().unwrap_or(1);
            let words = line.get("slot").is_empty();
            if !words {
                let period = line.get("period").parse().ok();
                let alias = records::alias(line.get("title"), line.get("piece"), period);
                basis.order.push((tag.clone(), alias, line.text("text")));
            }
            basis.said.insert(
                tag,
                Said {
                    stand: if words {
                        String::new()
                    } else {
                        records::stand(line.get("slot"), line.get("loop"), pass)
                    },
                    text: line.text("text"),
                    title: line.text("title"),
                    definition: line.text("definition"),
                    blank: !line.get("blank").is_empty(),
                    condition: line.text("condition"),
                },
            );
        }
        basis
    }

    /// What a control is, by its tag, else by the basis; none when neither says so.
    pub fn told(&self, tag: &str, content: &Content) -> Option<Told> {
        let pieces: Vec<&str> = tag.strip_prefix(TAGS)?.split(':').collect();
        if let [n, report, period, stand, digest] = pieces[..] {
            let known = content.reports.keys().find(|id| records::in_tag(id.as_str()) == report);
            return Some(Told {
                report: known.cloned().unwrap_or_else(|| report.into()),
                period: period.parse().ok()?,
                stand: stand.to_owned(),
                n: n.parse().unwrap_or(0),
                words: n == "if",
                digest: Some(digest.to_owned()),
            });
        }
        // Documents of the first form: `pl:<n>:<digest>`.
        let said = self.said.get(tag)?;
        Some(Told {
            report: self.report.as_str().into(),
            period: self.period?,
            stand: said.stand.clone(),
            n: pieces.first().and_then(|n| n.parse().ok()).unwrap_or(0),
            words: false,
            digest: None,
        })
    }

    /// The tags of controls that lost theirs, given their titles and texts in the order of the document.
    ///
    /// The longest chain of likenesses in order decides, title and text before title before text alone; words of claims,
    /// which stand among the figures anywhere, by their text when no others have the same.
    pub fn lost(&self, controls: &[(&str, &str)], present: &dyn Fn(&str) -> bool) -> Vec<Option<String>> {
        let known: Vec<&(String, String, String)> =
            self.order.iter().filter(|(tag, ..)| !present(tag)).collect();
        let mut found = vec![None; controls.len()];
        if known.len().saturating_mul(controls.len()) <= MOST_PAIRS {
            let like = |(_, alias, text): &(String, String, String), (title, said): (&str, &str)| match title
            {
                "" => u32::from(text == said && !said.is_empty()),
                title if title == alias => 2 + u32::from(text == said),
                _ => 0,
            };
            for (at, of) in chain(known.len(), controls.len(), |a, b| like(known[a], controls[b])) {
                found[of] = Some(known[at].0.clone());
            }
        }
        for (slot, (_, text)) in found.iter_mut().zip(controls).filter(|(slot, _)| slot.is_none()) {
            let mut same =
                self.said.iter().filter(|(_, said)| !said.condition.is_empty() && said.text == *text);
            if let (Some((tag, _)), None) = (same.next(), same.next()) {
                *slot = Some(tag.clone());
            }
        }
        found
    }

    /// What was printed at the points of the `nth` chart of a name, if that many were; none when the basis does not say.
    pub fn points(&self, name: &str, nth: usize, count: usize) -> Option<Vec<Option<String>>> {
        let all = self.charts.get(name)?;
        Some(all.get(nth * count..).unwrap_or_default().iter().take(count).cloned().collect())
    }

    /// What was printed in a control, where the basis still says so.
    pub fn printed(&self, tag: &str) -> Option<&str> {
        self.said.get(tag).map(|said| said.text.as_str())
    }
}

/// Most pairs of figures and controls that are compared.
const MOST_PAIRS: usize = 4_000_000;

/// The heaviest chain of pairs that keeps the order of both sides; pairs that weigh nothing are not in it.
fn chain(left: usize, right: usize, weight: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let width = right + 1;
    let mut best = vec![0_u32; (left + 1) * width];
    for a in (0..left).rev() {
        for b in (0..right).rev() {
            let own = weight(a, b);
            let with = if own > 0 { own + best[(a + 1) * width + b + 1] } else { 0 };
            best[a * width + b] = with.max(best[(a + 1) * width + b]).max(best[a * width + b + 1]);
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < left && b < right {
        let here = best[a * width + b];
        let own = weight(a, b);
        if own > 0 && here == own + best[(a + 1) * width + b + 1] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if here == best[(a + 1) * width + b] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// The attributes of one element.
struct Line<'a>(&'a [(String, String)]);

impl Line<'_> {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    fn text(&self, name: &str) -> String {
        self.get(name).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_says_what_it_is_and_an_old_one_asks_the_basis() {
        let line = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
        };
        let basis = Basis::read(&vec![
            line(&[("report", "r"), ("period", "2023-09"), ("revision", "7")]),
            line(&[("tag", "pl:1:abcdefabcdef"), ("slot", "fig(\"a\")"), ("pass", "1"), ("text", "12")]),
            line(&[("tag", "pl:2:r:2023-09:00000000:11111111"), ("theirs", "13"), ("reason", "x")]),
        ]);
        let content = Content::default();
        let told = basis.told("pl:2:r:2023-09:00000000:11111111", &content).expect("a tag");
        assert_eq!((told.stand.as_str(), told.digest.as_deref()), ("00000000", Some("11111111")));
        let old = basis.told("pl:1:abcdefabcdef", &content).expect("by the basis");
        assert_eq!(old.stand, records::stand("fig(\"a\")", "", 1));
        assert_eq!((old.period.to_string().as_str(), basis.revision), ("2023-09", Some(Revision(7))));
        assert_eq!(basis.told("pl:9:ffffffffffff", &content), None);
        assert_eq!(basis.told("pl:x", &content), None);
        let lost = basis.lost(&[("", "12"), ("", "99")], &|_| false);
        assert_eq!(lost, [Some("pl:1:abcdefabcdef".to_owned()), None]);
        assert_eq!(basis.lost(&[("", "12")], &|_| true), [None]);
        assert_eq!(basis.kept["pl:2:r:2023-09:00000000:11111111"].theirs, "13");
    }
}
