//! Schemes over facts: formulas, missing values, populations, quotas, explanations, simulations.

mod changes;
mod explaining;
mod formulas;
mod grading;
mod properties;
mod speed;

use assess::facts::{Facts, Mark, Reading, Status, Subject};
use assess::run::{Options, Run, run};
use indexmap::IndexMap;
use jiff::civil::date;
use model::content::{Content, SourceFile};
use model::definition::Scheme;
use model::id::{EntryId, MeasureId};
use rust_decimal::Decimal;

/// Units and measures that the schemes of these tests speak of.
const COMMON: &str = r#"
[[unit]]
id = "万元"
dimension = "CNY"
factor = "10000"
[[unit]]
id = "平方米"
dimension = "area"
factor = "3"
aliases = ["㎡"]
[[unit]]
id = "万元/亩"
dimension = "CNY/area"
factor = "5"
[[unit]]
id = "吨标准煤"
dimension = "coal"
factor = "1"
[[unit]]
id = "万元/吨标准煤"
dimension = "CNY/coal"
factor = "10000"
"#;

const MEASURES: &str = r#"
[measures.tax]
title = "税"
unit = "万元"
domain = "tax"
[measures.output]
title = "产值"
unit = "万元"
domain = "output"
[measures.energy]
title = "能耗"
unit = "吨标准煤"
domain = "energy"
[marks.accident]
title = "事故"
[marks.patent]
title = "专利"
[marks.promoted]
title = "小升规"
[marks.utility]
title = "公用"
"#;

/// Grades A 20 % (a limit), B to 60 %, C to 95 % (a limit), D.
pub const GRADES: &str = r#"
[grades]
line = [
    { grade = "A", to = "0.20", limit = true },
    { grade = "B", to = "0.60" },
    { grade = "C", to = "0.95", limit = true },
    { grade = "D" },
]
"#;

/// Reads one scheme; its head is added.
pub fn scheme(body: &str) -> Scheme {
    let (content, said) = read(body);
    assert!(said.is_empty(), "{}", said.join("\n"));
    content.schemes.into_values().next().expect("one scheme")
}

/// Reads one scheme, and what is wrong with it as “line: message”.
pub fn read(body: &str) -> (Content, Vec<String>) {
    let head = "title = \"试\"\ndocument = \"\"\nauthority = \"\"\nfrom_year = 2020\njudges = \"parcel\"\nsource = \"\"\n";
    let text = format!("{head}{body}");
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let files =
        [file("units.toml", COMMON), file("measures.toml", MEASURES), file("schemes/trial.toml", &text)];
    let (content, diagnostics) = Content::load(&files);
    let line = |path: &str, at: usize| {
        let text = &files.iter().find(|f| f.path == path).expect("its file").text;
        text[..at].matches('\n').count() + 1
            - if path.starts_with("schemes/") { head.matches('\n').count() } else { 0 }
    };
    let said = diagnostics
        .iter()
        .map(|d| format!("{}: {} {}", line(&d.path, d.at.start), d.message, d.hint))
        .collect();
    (content, said)
}

/// An indicator of tax by land in 万元/亩 with further keys.
pub fn tax_per_mu(weight: u32, more: &str) -> String {
    format!(
        "[[group.indicator]]\nid = \"tax_per_mu\"\ntitle = \"亩均税收\"\nnumerator = \"tax\"\ndenominator = \"land\"\nunit = \"万元/亩\"\nweight = {weight}\n{more}\n"
    )
}

/// An indicator of output by energy with further keys.
pub fn output_per_energy(weight: u32, more: &str) -> String {
    format!(
        "[[group.indicator]]\nid = \"output_per_energy\"\ntitle = \"单位能耗产值\"\nnumerator = \"output\"\ndenominator = \"energy\"\nunit = \"万元/吨标准煤\"\nweight = {weight}\n{more}\n"
    )
}

/// A decimal.
pub fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

/// A subject with so much land in 亩.
pub fn subject(key: u64, mu: &str) -> Subject {
    // 1 亩 is 2000 ÷ 3 ㎡; tests use multiples of 3 亩 or state ㎡ themselves.
    let land = (number(mu) * Decimal::from(2000)).checked_div(Decimal::from(3)).expect("not by zero");
    Subject {
        key: EntryId(key),
        name: format!("第{key}").into(),
        class: "".into(),
        class_before: None,
        unit: None,
        industry: "".into(),
        land: Some(land),
        floor: None,
        since: None,
        status: Status::Scored,
    }
}

/// Facts of 2023 with subjects of 3 亩 and columns; an empty text is missing.
pub fn facts(columns: &[(&str, &[&str])]) -> Facts {
    let len = columns.iter().map(|(_, column)| column.len()).max().unwrap_or(0);
    let mut measures = IndexMap::new();
    for (id, column) in columns {
        let reading =
            |text: &&str| if text.is_empty() { Reading::MISSING } else { Reading::present(number(text)) };
        measures.insert(MeasureId::from(*id), column.iter().map(reading).collect());
    }
    let subjects = (1..=len as u64).map(|key| subject(key, "3")).collect();
    Facts { year: 2023, subjects, measures, marks: Vec::new() }
}

/// A mark of the evaluated year.
pub fn mark(subject: u32, kind: &str) -> Mark {
    Mark {
        subject,
        kind: kind.into(),
        on: Some(date(2023, 5, 1)),
        until: None,
        points: None,
        reason: "见文件".into(),
        source: None,
    }
}

/// Runs with usual options.
#[track_caller]
pub fn ran<'f>(scheme: &Scheme, facts: &'f Facts) -> Run<'f> {
    run(scheme, facts, &Options::default()).expect("a scheme that can be run")
}

/// Scores as printed, `-` for none.
pub fn scores(run: &Run<'_>, len: usize) -> Vec<String> {
    (0..len).map(|s| run.score(s).map_or("-".to_owned(), |score| score.normalize().to_string())).collect()
}

/// Grades in order, `-` for none.
pub fn grades(run: &Run<'_>, len: usize) -> String {
    (0..len).map(|s| run.grade(s).map_or("-", |grade| grade.as_str())).collect::<Vec<_>>().join(" ")
}
