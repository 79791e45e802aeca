//! What makers of templates need: every slot of a template with what it says today, the forms a figure can be printed in,
//! and tags written for them.
//!
//! Samples come from the same machinery as reports – a manuscript with one slot a paragraph is checked, what fits is filled –
//! so a slot that is offered always works. Deliberately absent: files and folders (`publishing::workshop`). To offer another
//! form: a line in [`forms`] and its title in the web client's messages.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use model::definition::{Chart, Report};
use office::docx::{self, compose, parse_manuscript};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::grammar::Shape;
use super::script::{Script, Tag};
use super::settings::Setup;
use super::{Composed, ReportFault, ReportInput, check, filled, messages};

/// Texts of a slot that are shown: a loop may print many.
const SAMPLES: usize = 5;
/// Lines of a table or a list that is offered.
const TOP: usize = 5;

/// A slot of a template and what it says today.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct TemplateSlot {
    /// Number of its paragraph in the template, from 1.
    pub paragraph: usize,
    /// Where that is, as findings say it.
    pub place: String,
    /// The slot without its braces.
    pub slot: String,
    /// The loop around it.
    pub in_loop: Option<String>,
    /// What it is called; empty when nothing was printed.
    pub title: String,
    /// The figure.
    pub figure: Option<String>,
    /// `value`, `growth`, `rank`, `text`, `count`, `period` or `chart`.
    pub kind: String,
    /// Its unit.
    pub unit: Option<String>,
    /// What it prints; several in a loop, none in a branch that is not taken.
    pub samples: Vec<String>,
    /// How many more it prints.
    pub more: usize,
    /// 口径 in words.
    pub basis: String,
    /// Why it has no value.
    pub finding: Option<String>,
}

/// What a slot is to say.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SlotWish {
    /// The figure.
    pub figure: String,
    /// Which period, as `at` of slots has it; the report's own when empty.
    pub at: String,
    /// How far back; the figure's own window when empty.
    pub window: String,
    /// The exclusion set; nobody when empty.
    pub exclude: String,
    /// The field it is broken down by, for lists, tables and charts of lines; none when empty.
    pub by: String,
    /// Only one line of that breakdown; all when empty.
    pub only: String,
}

/// A ready slot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct SlotOffer {
    /// What it says of the figure: `value`, `yi`, `growth`, `rate`, `rank`, `table`, `chart`, …
    pub form: String,
    /// The text to paste; a table has a line a row.
    pub text: String,
    /// Whether it is a paragraph or a table of its own.
    pub alone: bool,
    /// What it prints today.
    pub sample: String,
    /// What must stand in the report's definition beside it: the chart.
    pub definition: Option<String>,
}

impl Composed {
    /// The slots of the template in the order of the document, each with what it prints today.
    pub fn template_slots(&self) -> Vec<TemplateSlot> {
        let mut printed: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
        for (index, record) in self.slots.iter().enumerate() {
            printed.entry((record.slot.as_str(), record.in_loop.as_deref())).or_default().push(index);
        }
        // The same slot may stand several times: each prints its own share.
        let mut same: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        let slots = || self.script.tags.iter().filter(|tag| matches!(tag.shape, Some(Shape::Slot { .. })));
        for tag in slots() {
            *same.entry((tag.inner(), self.around(tag))).or_default() += 1;
        }
        let mut seen: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
        let mut found = Vec::new();
        for tag in slots() {
            let key = (tag.inner(), self.around(tag));
            let all = printed.get(&key).map_or(&[][..], Vec::as_slice);
            let turn = seen.entry(key).or_default();
            let each = (all.len() / same[&key]).max(1);
            let own = all.get(*turn * each..all.len().min((*turn + 1) * each)).unwrap_or_default();
            *turn += 1;
            found.push(self.template_slot(tag, key.1, own));
        }
        found
    }

    /// The loop around a tag.
    fn around(&self, tag: &Tag) -> Option<&str> {
        Some(self.script.tags.get(tag.within?)?.inner())
    }

    fn template_slot(&self, tag: &Tag, in_loop: Option<&str>, printed: &[usize]) -> TemplateSlot {
        let records = || printed.iter().filter_map(|at| self.slots.get(*at));
        let first = records().next();
        let chart = first.is_some_and(|record| record.part.starts_with("word/charts/"));
        TemplateSlot {
            paragraph: tag.paragraph,
            place: messages::paragraph(&tag.part, tag.paragraph),
            slot: tag.inner().to_owned(),
            in_loop: in_loop.map(str::to_owned),
            title: first.map(|record| record.title.clone()).unwrap_or_default(),
            figure: first.and_then(|record| record.subject.figure()).map(ToString::to_string),
            kind: match first {
                _ if chart => "chart",
                Some(record) => crate::publishing::kind(record.piece),
                None => "",
            }
            .to_owned(),
            unit: first.and_then(|record| record.unit.as_ref()).map(ToString::to_string),
            samples: records().take(SAMPLES).map(|record| record.text.clone()).collect(),
            more: printed.len().saturating_sub(SAMPLES),
            basis: first.map(|record| record.basis.clone()).unwrap_or_default(),
            finding: records().find_map(|record| record.blank.clone()),
        }
    }
}

/// The slots a figure can be printed by, each with what it says today; forms that do not fit the figure are left out.
///
/// # Errors
/// [`ReportFault`] when the worker gives no answer.
pub fn offers(input: &ReportInput<'_>, wish: &SlotWish) -> Result<Vec<SlotOffer>, ReportFault> {
    let Some(figure) = input.library.content.figures.get(wish.figure.as_str()) else { return Ok(Vec::new()) };
    let mut offers = Vec::new();
    for (form, text, alone) in forms(wish, figure.unit.as_ref().map(ToString::to_string).as_deref()) {
        if let Some(sample) = sample(input, &text, None)? {
            offers.push(SlotOffer { form: form.to_owned(), text, alone, sample, definition: None });
        }
    }
    for kind in CHARTS {
        let (name, definition) = chart(wish, &figure.title, kind);
        let text = format!("{{{{ chart(\"{name}\") }}}}");
        let read: Option<ChartFile> = toml::from_str(&definition).ok();
        let Some(known) = read.map(|file| file.charts) else { continue };
        if let Some(sample) = sample(input, &text, Some(known))? {
            offers.push(SlotOffer {
                form: kind.0.to_owned(),
                text,
                alone: true,
                sample,
                definition: Some(definition),
            });
        }
    }
    Ok(offers)
}

#[derive(Deserialize)]
struct ChartFile {
    charts: IndexMap<String, Chart>,
}

/// Charts that are offered: form, kind, and what stands along the axis.
const CHARTS: [(&str, &str, &str); 6] = [
    ("chart_months", "column", "months"),
    ("chart_line", "line", "months"),
    ("chart_years", "column", "years"),
    ("chart_rows", "bar", "rows"),
    ("chart_pie", "pie", "rows"),
    ("chart_growth", "line", "months"),
];

/// What a manuscript with this text prints; none when a tag of it does not fit.
fn sample(
    input: &ReportInput<'_>,
    text: &str,
    charts: Option<IndexMap<String, Chart>>,
) -> Result<Option<String>, ReportFault> {
    let of_chart = charts.is_some();
    let report = Report {
        id: input.report.clone(),
        title: String::new(),
        title_en: String::new(),
        about: None,
        copies: None,
        template: String::new(),
        blanks: Vec::new(),
        parameters: IndexMap::new(),
        charts: charts.unwrap_or_default(),
    };
    let setup = Arc::new(Setup::new(&report, None));
    let bytes = compose(&parse_manuscript(text));
    // Composed here, so it needs no worker of its own.
    let Ok(template) = docx::template(&bytes, &docx::Limits::default()) else { return Ok(None) };
    let script = Arc::new(Script::read(&template));
    if !check::collect(&script, input.library, (&setup, input.period)).faults.is_empty() {
        return Ok(None);
    }
    let composed = match filled(input, &setup, (bytes, script), "") {
        Ok(composed) => composed,
        Err(ReportFault::Template(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    if of_chart {
        let told = composed.charts.first().filter(|chart| !chart.categories.is_empty());
        return Ok(told.map(|chart| chart.words.clone()));
    }
    // A form that says nothing today is not offered.
    if composed.slots.iter().all(|slot| slot.blank.is_some()) {
        return Ok(None);
    }
    let mut lines: Vec<&str> = Vec::new();
    for record in &composed.slots {
        if lines.last() != Some(&&*record.paragraph_text) {
            lines.push(&record.paragraph_text);
        }
    }
    Ok(Some(lines.join(" ")).filter(|text| !text.is_empty()))
}

/// The call of a figure with its options.
fn call(wish: &SlotWish, only: bool) -> String {
    let quoted = |text: &str| text.replace(['"', '\\'], "");
    let mut call = format!("fig(\"{}\"", quoted(&wish.figure));
    for (name, value) in [("at", &wish.at), ("window", &wish.window), ("exclude", &wish.exclude)] {
        if !value.is_empty() {
            call.push_str(&format!(", {name}=\"{}\"", quoted(value)));
        }
    }
    if only && !wish.by.is_empty() && !wish.only.is_empty() {
        call.push_str(&format!(", where=dict({}=\"{}\")", wish.by, quoted(&wish.only)));
    }
    call + ")"
}

/// Form, text, and whether it stands alone.
fn forms(wish: &SlotWish, unit: Option<&str>) -> Vec<(&'static str, String, bool)> {
    let fig = call(wish, true);
    let whole = call(wish, false);
    let mut forms: Vec<(&'static str, String, bool)> = [
        ("value", String::new()),
        ("yi", " | yi".to_owned()),
        ("wan", " | wan".to_owned()),
        ("growth", ".yoy | words".to_owned()),
        ("rate", ".yoy".to_owned()),
        ("mom", ".mom | words".to_owned()),
        ("share", ".share".to_owned()),
        ("rank", ".rank".to_owned()),
        ("target", ".target".to_owned()),
        ("completion", ".completion".to_owned()),
        ("names", ".names | join(\"、\")".to_owned()),
        ("count", ".count".to_owned()),
        ("month", ".month".to_owned()),
    ]
    .into_iter()
    .map(|(form, rest)| (form, format!("{{{{ {fig}{rest} }}}}"), false))
    .collect();
    // Shares and ranks are of one line among the others; the count of everything says nothing of a figure's own value.
    let one_line = !wish.by.is_empty() && !wish.only.is_empty();
    forms.retain(|(form, ..)| one_line || !["share", "rank"].contains(form));
    if !wish.by.is_empty() {
        let rows = format!("{{% for row in {whole}.rows(\"{}\", top={TOP}) %}}", wish.by);
        let unit = unit.unwrap_or_default();
        let list = format!(
            "{rows}{{{{ row.name }}}}{{{{ row.value }}}}{unit}{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}"
        );
        forms.push(("list", list, false));
        let table = messages::offered_table(unit);
        let cells = "|{{ row.rank }}|{{ row.name }}|{{ row.value }}|{{ row.share }}|{{ row.yoy | words }}|";
        forms.push(("table", format!("{table}\n|{rows}|\n{cells}\n|{{% endfor %}}|"), true));
    }
    forms
}

/// A chart's name and its definition.
fn chart(wish: &SlotWish, title: &str, (form, kind, across): (&str, &str, &str)) -> (String, String) {
    let quoted = crate::import::quote;
    let name = format!("{}_{}", wish.figure, form.trim_start_matches("chart_"));
    let growth = form == "chart_growth";
    let said = messages::offered_chart(title, across, growth);
    let mut text =
        format!("[charts.{name}]\ntitle = {}\nkind = \"{kind}\"\nacross = \"{across}\"\n", quoted(&said));
    if across == "rows" {
        text.push_str(&format!("by = {}\ncount = {}\n", quoted(&wish.by), TOP + 3));
    }
    text.push_str(&format!(
        "\n[[charts.{name}.series]]\ntitle = {}\nfigure = \"{}\"\n",
        quoted(title),
        wish.figure
    ));
    if growth {
        text.push_str("part = \"yoy\"\n");
    }
    for (key, value) in [("window", &wish.window), ("exclude", &wish.exclude)] {
        if !value.is_empty() {
            text.push_str(&format!("{key} = {}\n", quoted(value)));
        }
    }
    if across != "rows" && !wish.by.is_empty() && !wish.only.is_empty() {
        text.push_str(&format!("where = {{ {} = {} }}\n", wish.by, quoted(&wish.only)));
    }
    (name, text)
}
