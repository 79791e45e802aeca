//! What the parameters of a report are set to: a department, an enterprise, a figure, a word, a day – checked against what
//! they may be.
//!
//! Deliberately absent: asking for them; the command line has `--set`, the web client a form made from the definitions.

use std::collections::BTreeMap;

use figures::{Engine, FieldPath};
use model::content::Content;
use model::definition::{Parameter, ParameterValues, Report, Topic};
use model::id::{BookId, ReportId};
use model::period::{Month, Period};
use serde::Serialize;
use utoipa::ToSchema;

use super::matter::Matter;
use super::messages;
use crate::library::Library;

/// What parameters are set to, by name.
pub type Settings = BTreeMap<String, String>;

/// Nothing is set.
pub static NOTHING_SET: Settings = Settings::new();

/// A parameter that is not set as it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettingFault {
    /// The name of the parameter.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// A report with what its parameters are set to.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Setup {
    /// The report.
    pub report: Report,
    settings: Settings,
}

/// The book and field a parameter's values stand in, if they do in a book.
pub fn source(parameter: &Parameter, content: &Content) -> Option<(BookId, FieldPath)> {
    let ParameterValues::Field(book, field) = &parameter.values else { return None };
    let known = content.books.get(book)?;
    let field = field.as_ref().or(known.display.as_ref()).or(known.key.first())?;
    Some((book.clone(), FieldPath { field: field.clone(), of: None, level: None }))
}

/// Everything about settings that does not fit the parameters of a report: names it does not have, values that are not
/// there, parameters without one.
pub fn misfits(
    report: &Report,
    settings: &Settings,
    engine: &Engine<'_>,
    content: &Content,
) -> Vec<SettingFault> {
    let fault =
        |name: &str, (message, hint): (String, String)| SettingFault { name: name.to_owned(), message, hint };
    let known = report.parameters.keys();
    let of_thing = |name: &str| report.about.is_some_and(|topic| topic.settings().contains(&name));
    let strangers = settings.keys().filter(|name| !report.parameters.contains_key(*name) && !of_thing(name));
    let mut faults: Vec<SettingFault> =
        strangers.map(|name| fault(name, messages::unknown_parameter(name, known.clone()))).collect();
    for (name, parameter) in &report.parameters {
        let set = settings.get(name).filter(|text| !text.is_empty()).or(parameter.default.as_ref());
        let Some(text) = set else {
            faults.push(fault(name, messages::not_set(&parameter.title, name)));
            continue;
        };
        let there = match source(parameter, content) {
            None => parameter.values.may_be(text),
            Some((book, path)) => {
                let below = format!("{text}/");
                engine.names(&book, &path).iter().any(|name| name == text || name.starts_with(&below))
            }
        };
        if !there {
            faults.push(fault(name, messages::no_such_value(parameter, text)));
        }
    }
    faults
}

/// What a report is about, for people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct About {
    /// The parameter.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is set to, in words.
    pub text: String,
}

/// What a report is about: every parameter in words, defaults included.
pub fn about(library: &Library, report: &ReportId, settings: &Settings) -> Vec<About> {
    let Some(known) = library.content.reports.get(report) else { return Vec::new() };
    let setup = Setup::new(known, Some(settings));
    let one = |name: &String| {
        let (text, title) = setup.shown(name, &library.content)?;
        Some(About { name: name.clone(), title, text })
    };
    known.parameters.keys().filter_map(one).collect()
}

impl Setup {
    /// The report with these settings, and its own defaults for the others.
    pub fn new(report: &Report, settings: Option<&Settings>) -> Self {
        let set = |name: &String| settings.and_then(|all| all.get(name)).filter(|text| !text.is_empty());
        let of = |(name, known): (&String, &Parameter)| {
            Some((name.clone(), set(name).or(known.default.as_ref())?.clone()))
        };
        // Which thing a sheet is about is set as parameters are.
        let of_thing = report.about.into_iter().flat_map(Topic::settings).map(str::to_owned);
        let of_thing = of_thing.filter_map(|name| Some((name.clone(), set(&name)?.clone())));
        let own = report.parameters.iter().filter_map(of);
        Self { report: report.clone(), settings: of_thing.chain(own).collect() }
    }

    /// The report as far as it can be judged without anybody having set anything: what has no default stands for itself.
    pub fn sample(report: &Report) -> Self {
        let of = |(name, known): (&String, &Parameter)| {
            let first = match &known.values {
                ParameterValues::Figures(figures) => figures.first().map(ToString::to_string),
                ParameterValues::Choices(words) => words.first().cloned(),
                ParameterValues::Field(..) | ParameterValues::Day => None,
            };
            (name.clone(), first.unwrap_or_else(|| known.title.clone()))
        };
        let settings: Settings = report.parameters.iter().map(of).collect();
        Self::new(report, Some(&settings))
    }

    /// One fact of each name the report may say of what it is about.
    pub fn sample_matter(&self, period: Month) -> Option<Matter> {
        Some(Matter::sample(self.report.about?, self.report.copies.as_ref(), Period::month(period)))
    }

    /// What a parameter is set to.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// What it is called in the text, and the parameter's own title.
    pub fn shown(&self, name: &str, content: &Content) -> Option<(String, String)> {
        let (known, value) = (self.report.parameters.get(name)?, self.value(name)?);
        let said = match &known.values {
            ParameterValues::Figures(_) => content.figures.get(value).map(|figure| figure.title.clone()),
            ParameterValues::Day => value.parse().ok().map(messages::day),
            ParameterValues::Field(..) | ParameterValues::Choices(_) => None,
        };
        Some((said.unwrap_or_else(|| value.to_owned()), known.title.clone()))
    }

    /// Everything that is set, defaults included, as JSON.
    pub fn json(&self) -> String {
        if self.settings.is_empty() {
            return String::new();
        }
        serde_json::to_string(&self.settings).expect("names and texts are always JSON")
    }

    /// `department=…` of everything that is set, a line each, for the document's own account of itself.
    pub fn words(&self) -> String {
        let words = self.settings.iter().map(|(name, value)| format!("{name}={value}"));
        words.collect::<Vec<_>>().join("\n")
    }
}

/// What a document says its parameters were set to: [`Setup::words`] read again.
pub(super) fn told(words: &str) -> Settings {
    let lines = words.lines().filter_map(|line| line.split_once('='));
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let all =
            Settings::from([("a".to_owned(), "甲 乙=丙".to_owned()), ("b".to_owned(), "丁".to_owned())]);
        let setup = Setup {
            report: Report {
                id: "r".into(),
                title: String::new(),
                title_en: String::new(),
                about: None,
                copies: None,
                template: String::new(),
                blanks: vec![],
                parameters: indexmap::IndexMap::new(),
                charts: indexmap::IndexMap::new(),
            },
            settings: all.clone(),
        };
        assert_eq!(told(&setup.words()), all);
    }

    #[test]
    fn a_value_is_one_of_those_content_lists() {
        let words = ParameterValues::Choices(vec!["甲".to_owned()]);
        assert!(words.may_be("甲") && !words.may_be("乙"));
        assert!(ParameterValues::Day.may_be("2023-11-15") && !ParameterValues::Day.may_be("2023-11-31"));
        assert!(!ParameterValues::Figures(vec!["a".into()]).may_be("b"));
    }
}
