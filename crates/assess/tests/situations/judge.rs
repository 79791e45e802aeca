//! A scheme of the repository with a few subjects, for situations that are about scores and grades.

use std::sync::OnceLock;

use assess::facts::{Facts, Mark, Reading, Status, Subject};
use assess::merge::judged;
use assess::run::{Frozen, Options, Row};
use assess::scheme::changed;
use indexmap::IndexMap;
use jiff::civil::date;
use model::content::Content;
use model::definition::{ClassOn, Denominator, Judged, Scheme};
use model::id::{EntryId, MarkId};

use crate::park::{YEAR, n};
use crate::shared;

pub fn content() -> &'static Content {
    static CONTENT: OnceLock<Content> = OnceLock::new();
    CONTENT.get_or_init(shared::content)
}

/// The scheme taken when nobody names one.
pub fn usual(judges: Judged) -> Scheme {
    let found = content().schemes.values().find(|scheme| scheme.usual && scheme.judges == judges);
    found.expect("there is one of each kind").clone()
}

/// 规上 and 规下, as the usual scheme for enterprises names them.
pub fn classes(scheme: &Scheme) -> [String; 2] {
    [0, 1].map(|group| scheme.groups[group].population.classes[0].clone())
}

/// Subjects being put together.
pub struct Judge {
    pub scheme: Scheme,
    pub facts: Facts,
}

impl Judge {
    pub fn new(scheme: Scheme) -> Self {
        let mut measures = IndexMap::new();
        for indicator in scheme.groups.iter().flat_map(|group| &group.indicators) {
            measures.insert(indicator.numerator.clone(), Vec::new());
            if let Denominator::Measure(measure) = &indicator.denominator {
                measures.insert(measure.clone(), Vec::new());
            }
        }
        Self { scheme, facts: Facts { year: YEAR, subjects: Vec::new(), measures, marks: Vec::new() } }
    }

    /// Only the first indicator of each group counts, 100 points at this benchmark.
    pub fn first_alone(mut self, benchmark: &str) -> Self {
        let first = self.scheme.groups[0].indicators[0].id.to_string();
        let (weight, at) = (format!("{first}.weight"), format!("{first}.benchmark"));
        let changes = [("*.weight", "0"), (weight.as_str(), "100"), (at.as_str(), benchmark)];
        self.scheme = changed(&self.scheme, changes).expect("paths of every scheme");
        self
    }

    pub fn with(mut self, path: &str, value: &str) -> Self {
        self.scheme = changed(&self.scheme, [(path, value)]).expect("a path of the scheme");
        self
    }

    pub fn class_on_first_day(mut self) -> Self {
        self.scheme.groups.iter_mut().for_each(|group| group.population.class_on = ClassOn::Beginning);
        self
    }

    /// A subject of so many 亩.
    pub fn subject(&mut self, class: &str, mu: &str) -> usize {
        let number = self.facts.subjects.len();
        self.facts.subjects.push(Subject {
            key: EntryId(number as u64 + 1),
            name: format!("subject {number}").into(),
            class: class.into(),
            class_before: None,
            unit: None,
            industry: "".into(),
            land: Some(n(mu) / n("0.0015")),
            floor: None,
            since: Some(date(2000, 1, 1)),
            status: Status::Scored,
        });
        self.facts.measures.values_mut().for_each(|column| column.push(Reading::MISSING));
        number
    }

    /// What is divided in an indicator of the first group.
    pub fn numerator(&mut self, subject: usize, indicator: usize, reading: Reading) {
        let measure = self.scheme.groups[0].indicators[indicator].numerator.clone();
        self.facts.measures[&measure][subject] = reading;
    }

    /// By what it is divided.
    pub fn denominator(&mut self, subject: usize, indicator: usize, reading: Reading) {
        let Denominator::Measure(measure) = self.scheme.groups[0].indicators[indicator].denominator.clone()
        else {
            panic!("divided by land");
        };
        self.facts.measures[&measure][subject] = reading;
    }

    /// A subject with so much of the first measure per 亩, on ten of them.
    pub fn per_mu(&mut self, class: &str, value: &str) -> usize {
        let subject = self.subject(class, "10");
        self.numerator(subject, 0, Reading::present(n(value) * n("10")));
        subject
    }

    /// A subject on so many ㎡ with so much of the first measure of its group.
    pub fn per_land(&mut self, class: &str, square_metres: &str, value: &str) -> usize {
        let subject = self.subject(class, "1");
        self.facts.subjects[subject].land = Some(n(square_metres));
        self.numerator(subject, 0, Reading::present(n(value)));
        subject
    }

    pub fn mark(&mut self, subject: usize, kind: &MarkId) {
        self.facts.marks.push(Mark {
            subject: u32::try_from(subject).expect("few"),
            kind: kind.clone(),
            on: Some(date(YEAR, 6, 1)),
            until: None,
            points: None,
            reason: "as the annex says".into(),
            source: None,
        });
    }

    /// Subjects of one unit.
    pub fn unit(&mut self, name: &str, members: &[usize]) {
        members.iter().for_each(|member| self.facts.subjects[*member].unit = Some(name.into()));
    }

    pub fn freeze(&self) -> Frozen {
        judged(&self.scheme, &self.facts, &Options::default()).expect("it can be run")
    }

    pub fn rows(&self) -> Vec<Row> {
        self.freeze().rows
    }
}

/// The grade of a row, as printed.
pub fn grade(row: &Row) -> &str {
    row.grade.as_ref().map_or("none", |grade| grade.as_str())
}
