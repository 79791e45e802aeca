//! A small made-up park for tests: content as text, entries as short lines, answers as one line.

use std::collections::BTreeMap;
use std::fmt::Write;

use model::content::{Content, SourceFile};
use model::definition::FieldKind;
use model::entry::{Entry, EntryState, Origins, key_text};
use model::id::{BookId, EntryId, FieldId, Revision};
use model::period::{Month, Window};
use model::value::{Payload, Value};

use crate::{Engine, Evaluation, Exclude, Growth, Outcome, Reader, Request, Snapshot, messages};

const UNITS: &str = r#"
[[unit]]
id = "万元"
dimension = "CNY"
factor = "10000"
[[unit]]
id = "亿元"
dimension = "CNY"
factor = "100000000"
[[unit]]
id = "家"
dimension = "count"
factor = "1"
[[unit]]
id = "位"
dimension = "count"
factor = "1"
[[unit]]
id = "%"
dimension = "ratio"
factor = "0.01"
"#;

const FIRMS: &str = r#"
title = "企业"
kind = "register"
role = "enterprise"
key = ["name"]
display = "name"
[fields.name]
title = "名称"
kind = "text"
[fields.short]
title = "简称"
kind = "text"
[fields.hitech]
title = "高新"
kind = "boolean"
[fields.sector]
title = "行业"
kind = "choice"
choices = ["制造业/汽车", "制造业/纺织", "建筑业"]
[fields.opened]
title = "成立"
kind = "date"
[fields.closed]
title = "注销"
kind = "date"
"#;

pub const RETURNS: &str = r#"
title = "月报"
kind = "series"
key = ["firm", "period"]
subject = "firm"
time = "period"
every = "month"
due_day = 15
statistics_confidential = true
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.period]
title = "期"
kind = "period"
[fields.out]
title = "产值"
kind = "amount"
unit = "万元"
[fields.out_ytd]
title = "累计"
kind = "amount"
unit = "万元"
[fields.out_prior]
title = "同月"
kind = "amount"
unit = "万元"
[fields.out_ytd_prior]
title = "同期"
kind = "amount"
unit = "万元"
[fields.power]
title = "电"
kind = "decimal"
"#;

const QUARTERS: &str = r#"
title = "季报"
kind = "series"
key = ["firm", "period"]
subject = "firm"
time = "period"
every = "quarter"
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.period]
title = "期"
kind = "period"
[fields.revenue]
title = "收入"
kind = "amount"
unit = "万元"
[fields.revenue_prior]
title = "同季"
kind = "amount"
unit = "万元"
"#;

const EVENTS: &str = r#"
title = "到资"
kind = "event"
key = ["no"]
subject = "firm"
time = "on"
[fields.no]
title = "号"
kind = "text"
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.on]
title = "日期"
kind = "date"
[fields.checked]
title = "核实"
kind = "date"
[fields.kind]
title = "口径"
kind = "choice"
choices = ["内资", "外资", "回归"]
[fields.amount]
title = "金额"
kind = "amount"
unit = "万元"
"#;

const BULLETINS: &str = r#"
title = "通报"
kind = "register"
role = "ranking"
key = ["item", "period", "unit_name"]
time = "period"
[fields.item]
title = "指标"
kind = "text"
[fields.period]
title = "期"
kind = "period"
[fields.unit_name]
title = "单位"
kind = "text"
[fields.growth]
title = "增速"
kind = "decimal"
unit = "%"
[fields.sub_row]
title = "其中"
kind = "boolean"
[fields.own]
title = "本园"
kind = "boolean"
"#;

const TARGETS: &str = r#"
title = "任务"
kind = "register"
role = "target"
key = ["figure", "year", "setter", "kind"]
time = "year"
[fields.figure]
title = "指标"
kind = "figure"
[fields.year]
title = "年"
kind = "year"
[fields.setter]
title = "下达"
kind = "choice"
choices = ["省", "市", "区"]
[fields.kind]
title = "类型"
kind = "choice"
choices = ["amount", "growth", "count", "share"]
[fields.value]
title = "任务数"
kind = "decimal"
[fields.unit]
title = "单位"
kind = "unit"
[fields.at_least]
title = "以上"
kind = "boolean"
[fields.last_year_value]
title = "去年"
kind = "decimal"
[fields.last_year_is]
title = "口径"
kind = "choice"
choices = ["任务数", "完成数"]
"#;

const LISTS: &str = r#"
title = "名单"
kind = "register"
key = ["purpose", "firm"]
time = "since"
[fields.purpose]
title = "用途"
kind = "text"
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.since]
title = "起"
kind = "month"
"#;

/// The figures most tests use.
pub const FIGURES: &str = r#"
title = "试"
[figures.output]
title = "产值"
book = "returns"
measure = "sum(out)"
cumulative = "sum(out_ytd)"
prior = "sum(out_prior)"
prior_cumulative = "sum(out_ytd_prior)"
time = "flow"
unit = "万元"
decimals = 2
[figures.output_yi]
title = "产值亿"
book = "returns"
measure = "sum(out)"
cumulative = "sum(out_ytd)"
prior_cumulative = "sum(out_ytd_prior)"
time = "flow"
unit = "亿元"
[figures.hitech_output]
title = "高新产值"
book = "returns"
measure = "sum(out)"
cumulative = "sum(out_ytd)"
prior = "sum(out_prior)"
prior_cumulative = "sum(out_ytd_prior)"
filter = "firm.hitech"
time = "flow"
unit = "万元"
[figures.hitech_share]
title = "高新占比"
value = "hitech_output / output"
unit = "%"
[figures.power]
title = "用电"
book = "returns"
measure = "sum(power)"
time = "flow"
[figures.power_raw]
title = "用电（未调整）"
book = "returns"
measure = "sum(power)"
time = "flow"
compare = "all"
[figures.late]
title = "晚一月"
book = "returns"
measure = "sum(power)"
time = "flow"
lag = 1
[figures.revenue]
title = "季收入"
book = "quarters"
measure = "sum(revenue)"
prior = "sum(revenue_prior)"
time = "flow"
window = "quarter"
unit = "万元"
[figures.capital]
title = "到资"
book = "events"
measure = "sum(amount)"
filter = "kind = '内资'"
time = "flow"
unit = "亿元"
compare = "all"
[figures.arrivals]
title = "笔数"
book = "events"
measure = "count()"
time = "count"
unit = "家"
compare = "all"
[figures.checked]
title = "核实"
book = "events"
measure = "count()"
time = "count"
date = "checked"
unit = "家"
compare = "all"
[figures.payers]
title = "企业数"
book = "events"
measure = "count(distinct firm)"
time = "count"
unit = "家"
compare = "all"
[figures.firms_open]
title = "在册"
book = "firms"
measure = "count()"
time = "stock"
from = "opened"
to = "closed"
unit = "家"
[figures.firm_names]
title = "名单"
book = "firms"
measure = "list(name)"
time = "always"
order = "opened"
[figures.district_rank]
title = "位次"
book = "bulletins"
rank = "growth"
own = "own"
filter = "item = '增加值' and not coalesce(sub_row, false)"
time = "flow"
unit = "位"
compare = "none"
[figures.issued_growth]
title = "核定增速"
book = "bulletins"
measure = "only(growth)"
filter = "item = '增加值' and own"
time = "flow"
unit = "%"
compare = "none"
[exclusions.big_one]
title = "最大一家"
figure = "output"
top = 1
[exclusions.odd]
title = "非正常"
book = "lists"
member = "firm"
filter = "purpose = '产值'"
[claims.up]
title = "增长"
rule = "yoy('output') > 0"
[claims.up_without]
title = "剔除后增长"
rule = "yoy_excluding('output@month', 'big_one') > 0"
[claims.record]
title = "新高"
rule = "is_record_high('output')"
[claims.first]
title = "第一"
rule = "rank('district_rank') = 1"
[claims.on_schedule]
title = "序时"
rule = "completion('output') >= elapsed()"
"#;

pub struct Park {
    pub content: Content,
    pub entries: BTreeMap<BookId, Vec<Entry>>,
    next: u64,
}

impl Park {
    pub fn new() -> Self {
        Self::with(RETURNS, FIGURES)
    }

    /// A park whose monthly return is not collected for January.
    pub fn skipping_january() -> Self {
        Self::with(&RETURNS.replace("due_day = 15", "due_day = 15\nskips = [1]"), FIGURES)
    }

    pub fn with(returns: &str, figures: &str) -> Self {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let (content, diagnostics) = Content::load(&[
            file("units.toml", UNITS),
            file("books/firms.toml", FIRMS),
            file("books/returns.toml", returns),
            file("books/quarters.toml", QUARTERS),
            file("books/events.toml", EVENTS),
            file("books/bulletins.toml", BULLETINS),
            file("books/targets.toml", TARGETS),
            file("books/lists.toml", LISTS),
            file("figures/t.toml", figures),
        ]);
        assert_eq!(diagnostics, vec![], "the content is right");
        Self { content, entries: BTreeMap::new(), next: 1 }
    }

    /// Adds an entry: `add("returns", "firm=甲 period=2023-09 out=18")`; references by name, `–` for missing.
    pub fn add(mut self, book: &str, line: &str) -> Self {
        self.put(book, line);
        self
    }

    pub fn put(&mut self, book: &str, line: &str) -> EntryId {
        let id = EntryId(self.next);
        self.next += 1;
        let entry = self.entry(id, book, line);
        self.entries.entry(book.into()).or_default().push(entry);
        id
    }

    pub fn entry(&self, id: EntryId, book: &str, line: &str) -> Entry {
        let definition = &self.content.books[book];
        let mut payload = Payload::new();
        for (field, text) in line.split_whitespace().map(|part| part.split_once('=').expect("field=value")) {
            let kind = &definition.fields[field].kind;
            if text != "–" {
                payload.insert(field.into(), self.value(kind, text));
            }
        }
        let key = key_text(&payload, &definition.key).unwrap_or_default();
        Entry {
            id,
            book: book.into(),
            key,
            version: 1,
            revision: Revision(1),
            state: EntryState::Active,
            payload,
            origins: Origins::default(),
        }
    }

    fn value(&self, kind: &FieldKind, text: &str) -> Value {
        match kind {
            k if k.is_number() => Value::Number(text.parse().expect("a number")),
            FieldKind::Date => Value::Date(text.parse().expect("a date")),
            FieldKind::Month | FieldKind::Period | FieldKind::Year => {
                Value::Period(text.parse().expect("a period"))
            }
            FieldKind::Boolean => Value::Flag(text == "yes"),
            FieldKind::Reference { book } => Value::Entry(self.find(book, text)),
            _ => Value::text(text),
        }
    }

    fn find(&self, book: &BookId, name: &str) -> EntryId {
        let field = FieldId::from("name");
        let named = |e: &&Entry| e.payload.get(&field) == Some(&Value::text(name));
        self.entries[book].iter().find(named).expect("a firm of that name").id
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot::build(&self.content, Revision(1), self.entries.clone())
    }
}

/// Reads `output.month @ 2023-09 without 甲,乙 by sector only sector=建筑业`.
pub fn request(text: &str) -> Request {
    let (what, rest) = text.split_once(" @ ").expect("figure @ month");
    let (figure, window) = what.split_once('.').map_or((what, None), |(f, w)| (f, Window::named(w)));
    let mut words = rest.split(' ');
    let at: Month = words.next().expect("a month").parse().expect("a month");
    let mut request = Request { window, ..Request::new(figure, at) };
    while let Some(word) = words.next() {
        let argument = words.next().expect("an argument");
        request = match word {
            "by" => request.by(argument.parse().expect("a field")),
            "only" => {
                let (path, value) = argument.split_once('=').expect("field=value");
                request.only(path.parse().expect("a field"), value)
            }
            "without" => request.exclude(match argument.split_once(':') {
                Some(("top", k)) => Exclude::Top(k.parse().expect("a number")),
                Some(("set", id)) => Exclude::Named(id.into()),
                _ => Exclude::Names(argument.split(',').map(str::to_owned).collect()),
            }),
            other => panic!("what is {other}?"),
        };
    }
    request
}

pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Number(n) => n.normalize().to_string(),
        Outcome::Text(text) => text.clone(),
        Outcome::List(list) => list.join("、"),
        Outcome::Blank(reason) => format!("{reason:?}"),
    }
}

pub fn growth(growth: Result<Growth, crate::BlankReason>) -> String {
    match growth {
        Ok(Growth::Percent(n)) => format!("{}%", n.round_dp(4).normalize()),
        Ok(Growth::Points(n)) => format!("{}pp", n.round_dp(4).normalize()),
        Ok(Growth::Turn(turn)) => format!("{turn:?}"),
        Err(reason) => format!("{reason:?}"),
    }
}

/// One line: `2023-09/ytd 92 | 92 after 100 = -8% | OwnPrior | notes`.
pub fn line(evaluation: &Evaluation) -> String {
    let e = evaluation;
    let notes: Vec<String> = e.basis.notes.iter().map(messages::note).collect();
    let mut text = format!("{} {}", e.period, outcome(&e.value));
    let _ = write!(text, " | {} after {} = {}", outcome(&e.comparable), outcome(&e.prior), growth(e.yoy));
    let _ = write!(text, " | {:?}", e.basis.comparison);
    if !notes.is_empty() {
        let _ = write!(text, " | {}", notes.join("；"));
    }
    text
}

/// The answer of a committee's reader, as one line.
#[track_caller]
pub fn check(park: &Park, asked: &str, expected: &str) {
    check_for(park, Reader::COMMITTEE, asked, expected);
}

#[track_caller]
pub fn check_for(park: &Park, reader: Reader, asked: &str, expected: &str) {
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, reader);
    let request = request(asked);
    assert_eq!(line(&engine.evaluate(&request)), expected, "{asked}");
    let all = engine.evaluate_all(&[request.clone(), request.clone()]);
    assert_eq!(line(&all[1]), expected, "{asked}, fused");
}

/// A breakdown, one line per group: `甲 18 share 19.5652 pull -2 contribution … rank 1`.
pub fn groups(park: &Park, reader: Reader, asked: &str) -> String {
    let snapshot = park.snapshot();
    let evaluation = Engine::new(&park.content, &snapshot, reader).evaluate(&request(asked));
    let short =
        |o: &Outcome| o.number().map_or_else(|| outcome(o), |n| n.round_dp(2).normalize().to_string());
    let mut text = String::new();
    for g in &evaluation.groups {
        let _ = writeln!(
            text,
            "{} {} after {} share {} pull {} contribution {} rank {}",
            g.name,
            outcome(&g.value),
            outcome(&g.prior),
            short(&g.share),
            short(&g.pull),
            short(&g.contribution),
            g.rank.map_or_else(|| "–".to_owned(), |r| r.to_string())
        );
    }
    text
}

pub fn month(text: &str) -> Month {
    text.parse().expect("a month")
}
