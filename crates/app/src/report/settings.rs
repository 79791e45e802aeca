//! What the parameters of a report are set to: a department, an enterprise, a figure.
//!
//! Deliberately absent: which values there are in the books (`app::parameters`).

use std::collections::BTreeMap;

use model::content::Content;
use model::definition::{ParameterValues, Report};

/// What parameters are set to, by name.
pub type Settings = BTreeMap<String, String>;

/// A report with what its parameters are set to.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Setup {
    /// The report.
    pub report: Report,
    settings: Settings,
}

impl Setup {
    /// The report with these settings, and its own defaults for the others.
    pub fn new(report: &Report, settings: Option<&Settings>) -> Self {
        let set = |name: &String| settings.and_then(|all| all.get(name)).filter(|text| !text.is_empty());
        let of = |(name, known): (&String, &model::definition::Parameter)| {
            Some((name.clone(), set(name).or(known.default.as_ref())?.clone()))
        };
        Self { report: report.clone(), settings: report.parameters.iter().filter_map(of).collect() }
    }

    /// The report as far as it can be judged without anybody having set anything: what has no default stands for itself.
    pub fn sample(report: &Report) -> Self {
        let of = |(name, known): (&String, &model::definition::Parameter)| {
            let first = match &known.values {
                ParameterValues::Figures(figures) => figures.first().map(ToString::to_string),
                ParameterValues::Field(..) => None,
            };
            (name.clone(), first.unwrap_or_else(|| known.title.clone()))
        };
        let settings: Settings = report.parameters.iter().map(of).collect();
        Self::new(report, Some(&settings))
    }

    /// What a parameter is set to.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// What it is called in the text, and the parameter's own title.
    pub fn shown(&self, name: &str, content: &Content) -> Option<(String, String)> {
        let (known, value) = (self.report.parameters.get(name)?, self.value(name)?);
        let figure = match &known.values {
            ParameterValues::Figures(_) => content.figures.get(value).map(|figure| figure.title.clone()),
            ParameterValues::Field(..) => None,
        };
        Some((figure.unwrap_or_else(|| value.to_owned()), known.title.clone()))
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
                template: String::new(),
                blanks: vec![],
                parameters: indexmap::IndexMap::new(),
                charts: indexmap::IndexMap::new(),
            },
            settings: all.clone(),
        };
        assert_eq!(told(&setup.words()), all);
    }
}
