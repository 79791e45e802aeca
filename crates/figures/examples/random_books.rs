//! Writes random books, random figures over them, random requests and this crate's answers, all from one seed, so that
//! another engine can compute the same and compare: see `tests/differential.py`.
//!
//! usage: random_books SEED FOLDER

use std::fmt::Write as _;
use std::path::Path;

use model::content::{Content, SourceFile};
use model::entry::{Entry, EntryState, Origins};
use model::id::{BookId, EntryId, FieldId, Revision};
use model::period::{Month, Period, Window};
use model::value::{Payload, Value};
use parkledger_figures::{Engine, Evaluation, Exclude, Outcome, Reader, Request, Snapshot};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

const UNITS: &str = "[[unit]]\nid = \"万元\"\ndimension = \"CNY\"\nfactor = \"10000\"\n[[unit]]\nid = \"亿元\"\ndimension = \"CNY\"\nfactor = \"100000000\"\n";
const FIRMS: &str = "title = \"企业\"\nkind = \"register\"\nkey = [\"name\"]\ndisplay = \"name\"\n\
    [fields.name]\ntitle = \"名\"\nkind = \"text\"\n[fields.sector]\ntitle = \"业\"\nkind = \"text\"\n[fields.big]\ntitle = \"大\"\nkind = \"boolean\"\n\
    [fields.opened]\ntitle = \"始\"\nkind = \"date\"\n[fields.closed]\ntitle = \"止\"\nkind = \"date\"\n[fields.capital]\ntitle = \"资\"\nkind = \"amount\"\nunit = \"万元\"\n";
const EVENTS: &str = "title = \"事\"\nkind = \"event\"\nkey = [\"no\"]\nsubject = \"firm\"\ntime = \"held_on\"\n\
    [fields.no]\ntitle = \"号\"\nkind = \"text\"\n[fields.firm]\ntitle = \"企\"\nkind = \"reference\"\nbook = \"firms\"\n[fields.held_on]\ntitle = \"日\"\nkind = \"date\"\n\
    [fields.way]\ntitle = \"式\"\nkind = \"text\"\n[fields.amount]\ntitle = \"额\"\nkind = \"amount\"\nunit = \"万元\"\n";
const NUMBERS: [&str; 5] = ["a", "a_ytd", "a_prior", "a_ytd_prior", "b"];
const SECTORS: [&str; 4] = ["制造/车", "制造/布", "建筑", "服务/软件"];
const WAYS: [&str; 3] = ["甲式", "乙式", "丙式"];
const FIRST_YEAR: i16 = 2021;

/// splitmix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        let i = self.below(of.len() as u64);
        of[usize::try_from(i).unwrap_or(0)].clone()
    }

    fn number(&mut self) -> Decimal {
        let places = u32::try_from(self.below(4)).unwrap_or(0);
        let sign = if self.chance(12) { -1 } else { 1 };
        Decimal::new(sign * i64::try_from(self.below(5_000_000)).unwrap_or(0), places)
    }
}

struct World {
    random: Random,
    entries: Vec<Entry>,
    csv: Vec<(&'static str, String)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (seed, folder) = (arguments.next().ok_or("SEED")?, arguments.next().ok_or("FOLDER")?);
    let folder = Path::new(&folder);
    let mut random = Random(seed.parse()?);
    let skips = random.chance(50);
    let (topic, figures) = random_figures(&mut random);
    let content = content(skips, &topic)?;
    let mut world = World { random, entries: vec![], csv: vec![] };
    let firms = world.firms();
    world.returns(firms, skips);
    world.events(firms);
    let mut books: std::collections::BTreeMap<BookId, Vec<Entry>> = std::collections::BTreeMap::new();
    for entry in &world.entries {
        books.entry(entry.book.clone()).or_default().push(entry.clone());
    }
    let snapshot = Snapshot::build(&content, Revision(1), books);
    let engine = Engine::new(&content, &snapshot, Reader::COMMITTEE);
    let requests: Vec<Request> = (0..120).map(|_| world.request(&figures, firms)).collect();
    let answers = engine.evaluate_all(&requests);
    let cases: Vec<Json> = requests.iter().zip(&answers).map(|(r, a)| case(r, a)).collect();
    std::fs::create_dir_all(folder)?;
    for (name, text) in &world.csv {
        std::fs::write(folder.join(format!("{name}.csv")), text)?;
    }
    let whole = json!({ "seed": seed, "skips": skips, "figures": figures, "cases": cases });
    std::fs::write(folder.join("cases.json"), serde_json::to_string_pretty(&whole)?)?;
    Ok(())
}

fn content(skips: bool, topic: &str) -> Result<Content, String> {
    let mut returns = "title = \"报\"\nkind = \"series\"\nkey = [\"firm\", \"period\"]\nsubject = \"firm\"\ntime = \"period\"\nevery = \"month\"\n".to_owned();
    if skips {
        returns += "skips = [1]\n";
    }
    returns += "[fields.firm]\ntitle = \"企\"\nkind = \"reference\"\nbook = \"firms\"\n[fields.period]\ntitle = \"期\"\nkind = \"period\"\n[fields.kind]\ntitle = \"类\"\nkind = \"text\"\n";
    for field in NUMBERS {
        let _ = write!(returns, "[fields.{field}]\ntitle = \"数\"\nkind = \"amount\"\nunit = \"万元\"\n");
    }
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
    let (content, diagnostics) = Content::load(&[
        file("units.toml", UNITS),
        file("books/firms.toml", FIRMS),
        file("books/returns.toml", &returns),
        file("books/events.toml", EVENTS),
        file("figures/t.toml", topic),
    ]);
    if diagnostics.is_empty() { Ok(content) } else { Err(format!("{topic}\n{diagnostics:#?}")) }
}

/// A condition in the syntax that both engines read.
fn condition(random: &mut Random, book: &str, depth: u32) -> String {
    if depth > 0 && random.chance(55) {
        let (a, b) = (condition(random, book, depth - 1), condition(random, book, depth - 1));
        return match random.below(4) {
            0 => format!("({a} and {b})"),
            1 => format!("({a} or {b})"),
            2 => format!("not ({a})"),
            _ => format!("(case when {a} then {b} else firm.big end)"),
        };
    }
    let number = if book == "returns" { random.one(&NUMBERS) } else { "amount" };
    let word = if book == "returns" { "kind" } else { "way" };
    let sector = random.one(&SECTORS);
    let limit = random.below(3000);
    match random.below(11) {
        0 => "firm.big".to_owned(),
        1 => format!("firm.sector = '{sector}'"),
        2 => format!("firm.sector like '{}%'", sector.split('/').next().unwrap_or("")),
        3 => "level(firm.sector, 1) in ('制造', '服务')".to_owned(),
        4 => format!("{number} > {limit}"),
        5 => format!("{number} is not null"),
        6 => format!("{word} <> '{}'", random.one(&WAYS)),
        7 => format!("{word} not in ('甲式', '丙式')"),
        8 => format!("coalesce({number}, 0) between {limit} and {}", limit * 3),
        9 => format!("abs({number}) * 2 >= firm.capital"),
        _ => "firm.sector is null".to_owned(),
    }
}

fn random_figures(random: &mut Random) -> (String, Vec<Json>) {
    let mut text = "title = \"试\"\n".to_owned();
    let mut figures = Vec::new();
    for i in 0..24 {
        let id = format!("f{i}");
        let series = i < 14;
        let mut lines: Vec<(&str, String)> = Vec::new();
        if series {
            lines.push(("book", "returns".into()));
            match random.below(5) {
                0 | 1 => {
                    lines.extend([("measure", "sum(a)".into()), ("cumulative", "sum(a_ytd)".into())]);
                    lines.extend([
                        ("prior", "sum(a_prior)".into()),
                        ("prior_cumulative", "sum(a_ytd_prior)".into()),
                    ]);
                }
                2 => lines.extend([("measure", "sum(a)".into()), ("cumulative", "sum(a_ytd)".into())]),
                3 => lines.push(("measure", "sum(b - coalesce(a, 1) * 3)".into())),
                _ => lines.push((
                    "measure",
                    random.one(&["sum(b)", "sum(a + b)", "count(b)", "count(distinct kind)"]).into(),
                )),
            }
        } else if i < 21 {
            lines.push(("book", "events".into()));
            lines.push((
                "measure",
                (random.one(&[
                    "sum(amount)",
                    "count()",
                    "count(distinct firm)",
                    "max(amount)",
                    "min(amount)",
                ]))
                .into(),
            ));
        } else {
            lines.extend([("book", "firms".into()), ("time", "stock".into())]);
            lines.extend([("from", "opened".into()), ("to", "closed".into()), ("measure", "count()".into())]);
        }
        if i < 21 && random.chance(75) {
            lines.push(("filter", condition(random, if series { "returns" } else { "events" }, 3)));
        }
        let money = !lines.iter().any(|(k, v)| *k == "measure" && v.starts_with("count"));
        if money {
            lines.push(("unit", random.one(&["万元", "亿元"]).into()));
        }
        lines.push(("compare", random.one(&["comparable", "all", "none"]).into()));
        let _ = write!(text, "[figures.{id}]\ntitle = \"{id}\"\n");
        for (key, value) in &lines {
            let _ = writeln!(text, "{key} = \"{value}\"");
        }
        let mut figure: serde_json::Map<String, Json> =
            lines.into_iter().map(|(k, v)| (k.to_owned(), v.into())).collect();
        figure.insert("id".into(), id.into());
        figures.push(Json::Object(figure));
    }
    (text, figures)
}

fn cell(value: Option<&Value>) -> String {
    value.map_or_else(String::new, ToString::to_string).trim_start_matches('#').to_owned()
}

impl World {
    fn add(&mut self, book: &str, fields: Vec<(&str, Option<Value>)>) -> EntryId {
        let id = EntryId(self.entries.len() as u64 + 1);
        let payload: Payload =
            fields.into_iter().filter_map(|(field, value)| Some((FieldId::from(field), value?))).collect();
        self.entries.push(Entry {
            id,
            book: book.into(),
            key: id.to_string(),
            version: 1,
            revision: Revision(1),
            state: EntryState::Active,
            payload,
            origins: Origins::default(),
        });
        id
    }

    fn write(&mut self, book: &'static str, columns: &[&str]) {
        let mut text = format!("id,{}\n", columns.join(","));
        for entry in self.entries.iter().filter(|e| e.book.as_str() == book) {
            let cells: Vec<String> = columns.iter().map(|c| cell(entry.payload.get(*c))).collect();
            let _ = writeln!(text, "{},{}", entry.id, cells.join(","));
        }
        self.csv.push((book, text));
    }

    fn day(&mut self, years: u64) -> Value {
        let year = FIRST_YEAR + i16::try_from(self.random.below(years)).unwrap_or(0);
        let month = i8::try_from(self.random.below(12) + 1).unwrap_or(1);
        let day = i8::try_from(self.random.below(28) + 1).unwrap_or(1);
        Value::Date(jiff::civil::Date::constant(year, month, day))
    }

    fn firms(&mut self) -> u64 {
        let count = 3 + self.random.below(25);
        for i in 0..count {
            let sector = self.random.chance(85).then(|| Value::text(self.random.one(&SECTORS)));
            let big = self.random.chance(80).then(|| Value::Flag(self.random.chance(50)));
            let capital = self.random.chance(80).then(|| Value::Number(self.random.number()));
            let (opened, closed) = (self.random.chance(90), self.random.chance(30));
            let (opened, closed) = (opened.then(|| self.day(2)), closed.then(|| self.day(3)));
            let name = Some(Value::text(format!("企业{i}")));
            self.add(
                "firms",
                vec![
                    ("name", name),
                    ("sector", sector),
                    ("big", big),
                    ("opened", opened),
                    ("closed", closed),
                    ("capital", capital),
                ],
            );
        }
        self.write("firms", &["name", "sector", "big", "opened", "closed", "capital"]);
        count
    }

    fn returns(&mut self, firms: u64, skips: bool) {
        let full = 60 + self.random.below(41);
        for month in 0..33_i32 {
            let month =
                Month::new(FIRST_YEAR, 1).map(|m| m.plus(month)).filter(|m| !(skips && m.month() == 1));
            let Some(month) = month else { continue };
            for firm in 1..=firms {
                if !self.random.chance(92) {
                    continue;
                }
                let mut fields = vec![
                    ("firm", Some(Value::Entry(EntryId(firm)))),
                    ("period", Some(Value::Period(Period::month(month)))),
                    ("kind", self.random.chance(90).then(|| Value::text(self.random.one(&WAYS)))),
                ];
                for field in NUMBERS {
                    fields
                        .push((field, self.random.chance(full).then(|| Value::Number(self.random.number()))));
                }
                self.add("returns", fields);
            }
        }
        self.write("returns", &["firm", "period", "kind", "a", "a_ytd", "a_prior", "a_ytd_prior", "b"]);
    }

    fn events(&mut self, firms: u64) {
        for i in 0..self.random.below(200) {
            let firm = self.random.chance(95).then(|| Value::Entry(EntryId(1 + self.random.below(firms))));
            let way = self.random.chance(90).then(|| Value::text(self.random.one(&WAYS)));
            let amount = self.random.chance(90).then(|| Value::Number(self.random.number()));
            let (no, day) = (Some(Value::text(format!("{i}"))), self.day(3));
            self.add(
                "events",
                vec![("no", no), ("firm", firm), ("held_on", Some(day)), ("way", way), ("amount", amount)],
            );
        }
        self.write("events", &["no", "firm", "held_on", "way", "amount"]);
    }

    fn request(&mut self, figures: &[Json], firms: u64) -> Request {
        let figure = self.random.one(figures);
        let book = figure["book"].as_str().unwrap_or("");
        let year = FIRST_YEAR + i16::try_from(self.random.below(3)).unwrap_or(0);
        let month = i8::try_from(self.random.below(12) + 1).unwrap_or(1);
        let at =
            Month::new(year, month).unwrap_or_else(|| Month::of(jiff::civil::Date::constant(2022, 1, 1)));
        let windows = [Window::Month, Window::Ytd, Window::Quarter, Window::Half, Window::Year];
        let mut request =
            Request::new(figure["id"].as_str().unwrap_or(""), at).window(self.random.one(&windows));
        let path = |text: &str| text.parse().ok();
        if self.random.chance(30) {
            let fields: &[&str] = match book {
                "returns" => &["firm.sector", "kind", "firm.big", "firm", "firm.sector/1"],
                "events" => &["firm.sector", "way", "firm"],
                _ => &["sector", "big"],
            };
            request.by = path(self.random.one(fields));
        }
        if book != "firms" && self.random.chance(20) {
            let names =
                (0..=self.random.below(3)).map(|_| format!("企业{}", self.random.below(firms))).collect();
            request = request.exclude(Exclude::Names(names));
        }
        if book != "firms" && self.random.chance(20) {
            let sector = self.random.one(&["制造", "建筑", "制造/车"]);
            request.only.extend(path("firm.sector").map(|p| (p, sector.to_owned())));
        }
        request
    }
}

fn outcome(outcome: &Outcome) -> Json {
    match outcome {
        Outcome::Number(number) => json!({ "number": number.normalize().to_string() }),
        Outcome::Text(text) => json!({ "text": text }),
        Outcome::List(list) => json!({ "list": list }),
        Outcome::Blank(reason) => json!({ "blank": reason }),
    }
}

fn case(request: &Request, answer: &Evaluation) -> Json {
    let names: Vec<&String> = request
        .exclude
        .iter()
        .flat_map(|whom| match whom {
            Exclude::Names(names) => names.as_slice(),
            _ => &[],
        })
        .collect();
    let groups: Vec<Json> = answer
        .groups
        .iter()
        .map(|g| {
            json!({ "name": g.name, "value": outcome(&g.value), "comparable": outcome(&g.comparable), "prior": outcome(&g.prior) })
        })
        .collect();
    json!({
        "figure": request.figure.as_str(),
        "start": answer.period.start().ordinal(),
        "end": answer.period.end.ordinal(),
        "window": answer.period.window.name(),
        "by": request.by.as_ref().map(ToString::to_string),
        "only": request.only.iter().map(|(path, text)| (path.to_string(), text.clone())).collect::<Vec<_>>(),
        "without": names,
        "value": outcome(&answer.value),
        "comparable": outcome(&answer.comparable),
        "prior": outcome(&answer.prior),
        "used": answer.basis.comparison,
        "groups": groups,
    })
}
