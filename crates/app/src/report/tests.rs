//! Reports over a made-up park of three firms.
//!
//! Firm 甲 makes 3 000 万元 a month (3 600 in September), 乙 2 000, 丙 1 000; a year before 甲 and 乙 made 2 500 each and
//! 丙 1 000. So January to September: 27 600 + 18 000 + 9 000 = 54 600 万元 against 9 × 6 000 = 54 000, +1.11 %;
//! September: 6 600 against 6 000 in August, +10 %; without 甲: 3 000 against 3 500, −14.29 %.

use std::collections::BTreeMap;
use std::sync::Arc;

use expect_test::{Expect, expect};
use figures::{Reader, Snapshot};
use jiff::Timestamp;
use model::entry::{CellPlace, Entry, EntryState, OriginTable, OriginTableId, Origins};
use model::finding::Finding;
use model::id::{BookId, EntryId, FieldId, ReportId, Revision};
use model::period::{Month, Period};
use model::value::{Payload, Value};
use office::docx::{compose, outline, parse_manuscript, read_basis};
use office::{CellValue, Workbook};

use super::evidence::{SourceFault, SourceNote};
use super::*;
use crate::library::Library;

const UNITS: &str = r#"
[[unit]]
id = "元"
dimension = "CNY"
factor = "1"
[[unit]]
id = "万元"
dimension = "CNY"
factor = "10000"
[[unit]]
id = "亿元"
dimension = "CNY"
factor = "100000000"
[[unit]]
id = "%"
dimension = "ratio"
factor = "0.01"
[[unit]]
id = "家"
dimension = "count"
factor = "1"
"#;

const FIRMS: &str = r#"
title = "厂家"
kind = "register"
key = ["name"]
display = "name"
[fields.name]
title = "厂名"
kind = "text"
required = true
"#;

const MONTHLY: &str = r#"
title = "月报"
kind = "series"
every = "month"
key = ["firm", "period"]
subject = "firm"
time = "period"
[fields.firm]
title = "厂家"
kind = "reference"
book = "firms"
required = true
[fields.period]
title = "期"
kind = "month"
required = true
[fields.made]
title = "产值"
kind = "amount"
unit = "万元"
[fields.made_prior]
title = "去年同期产值"
kind = "amount"
unit = "万元"
"#;

const GOALS: &str = r#"
title = "任务"
kind = "register"
role = "target"
key = ["figure", "year", "setter", "kind"]
[fields.figure]
title = "指标"
kind = "figure"
[fields.year]
title = "年度"
kind = "year"
[fields.setter]
title = "下达"
kind = "choice"
choices = ["区", "园区"]
[fields.kind]
title = "类型"
kind = "choice"
choices = ["amount", "growth"]
[fields.value]
title = "任务数"
kind = "decimal"
[fields.unit]
title = "单位"
kind = "unit"
[fields.last_year_value]
title = "去年数"
kind = "decimal"
"#;

const FIGURES: &str = r#"
title = "产"
[figures.output]
title = "产值"
book = "monthly"
measure = "sum(made)"
prior = "sum(made_prior)"
time = "flow"
window = "ytd"
unit = "亿元"
decimals = 2
basis = "全部厂家"
[figures.firm_names]
title = "厂名"
book = "firms"
measure = "list(name)"
order = "name"
[figures.nothing]
title = "空指标"
book = "monthly"
measure = "sum(made)"
filter = "made > 999999"
time = "flow"
unit = "万元"
[figures.threshold]
title = "门槛"
book = "goals"
measure = "only(value)"
filter = "setter = '园区'"
time = "always"
[exclusions.largest]
title = "最大厂家"
figure = "output"
top = 1
reason = "停产检修"
[claims.output_up]
title = "产值增长"
rule = "yoy('output') > 0"
[claims.output_doubled]
title = "产值翻番"
rule = "yoy('output') > 100"
[claims.nothing_up]
title = "空指标增长"
rule = "yoy('nothing') > 0"
"#;

/// A park: its content, its ledger, its snapshot.
struct TestPark {
    library: Arc<Library>,
    snapshot: Snapshot,
    entries: Vec<Entry>,
}

impl TestPark {
    fn new(manuscript: &str) -> Self {
        Self::with_template(&compose(&parse_manuscript(manuscript)), "")
    }

    fn with_template(template: &[u8], blanks: &str) -> Self {
        let report = format!("title = \"总结\"\ntemplate = \"t.docx\"\n{blanks}");
        let files = [
            ("units.toml", UNITS.as_bytes()),
            ("books/firms.toml", FIRMS.as_bytes()),
            ("books/monthly.toml", MONTHLY.as_bytes()),
            ("books/goals.toml", GOALS.as_bytes()),
            ("figures/make.toml", FIGURES.as_bytes()),
            ("reports/r/report.toml", report.as_bytes()),
            ("reports/r/t.docx", template),
        ];
        let files: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        let library = Arc::new(Library::of(files));
        assert_eq!(library.diagnostics, vec![]);
        let entries = entries();
        let by_book = |id: &BookId| (id.clone(), entries.iter().filter(|e| e.book == *id).cloned().collect());
        let books: Vec<(BookId, Vec<Entry>)> = library.content.books.keys().map(by_book).collect();
        let snapshot = Snapshot::build(&library.content, Revision(7), books);
        Self { library, snapshot, entries }
    }

    fn input<'a>(&'a self, report: &'a ReportId) -> ReportInput<'a> {
        ReportInput {
            library: &self.library,
            report,
            period: Month::new(2023, 9).expect("a month"),
            settings: None,
            matter: None,
            snapshot: &self.snapshot,
            reader: Reader::COMMITTEE,
            created: "2023-10-08T01:00:00Z".parse::<Timestamp>().expect("a time"),
            rendering: &InProcess,
            templates: None,
        }
    }

    fn build(&self) -> Result<Built, ReportFault> {
        build(&self.input(&"r".into()))
    }

    fn evidence(&self, built: &Built) -> Workbook {
        let bytes = evidence(&self.input(&"r".into()), built, self).expect("an evidence workbook");
        office::read(&bytes, "evidence.xlsx", &office::Limits::default()).expect("a readable workbook")
    }
}

impl EvidenceSource for TestPark {
    fn entries(&self, ids: &[EntryId], _: Revision) -> Result<Vec<Entry>, SourceFault> {
        Ok(self.entries.iter().filter(|entry| ids.contains(&entry.id)).cloned().collect())
    }

    fn tables(&self, ids: &[OriginTableId]) -> Result<Vec<(OriginTableId, OriginTable)>, SourceFault> {
        let places = [("firm", "A"), ("made", "C"), ("made_prior", "D")];
        let mut fields: BTreeMap<FieldId, CellPlace> =
            places.map(|(field, column)| (field.into(), CellPlace::Column(column.to_owned()))).into();
        fields.insert("period".into(), CellPlace::Cell("A1".to_owned()));
        let source = "ab12".repeat(16);
        let table =
            OriginTable { source, file: "产值.xlsx".to_owned(), sheet: "表一".to_owned(), fields };
        Ok(ids.iter().filter(|id| id.0 == 1).map(|id| (*id, table.clone())).collect())
    }

    fn sources(&self, digests: &[String]) -> Result<Vec<SourceNote>, SourceFault> {
        let note = |digest: &String| SourceNote {
            digest: digest.clone(),
            name: "产值.xlsx".to_owned(),
            received: "2023-10-08".to_owned(),
        };
        Ok(digests.iter().map(note).collect())
    }
}

fn entry(id: u64, book: &str, row: Option<u32>, fields: &[(&str, Value)]) -> Entry {
    let payload: Payload = fields.iter().map(|(field, value)| ((*field).into(), value.clone())).collect();
    let places = row.map(|row| (OriginTableId(1), row, vec![])).into_iter().collect();
    let raw = [("made".into(), "３６００".to_owned())].into();
    let fullwidth = payload.get(&FieldId::from("made")) == Some(&Value::Number(3600.into()));
    Entry {
        id: EntryId(id),
        book: book.into(),
        key: id.to_string(),
        version: 1,
        revision: Revision(3),
        state: EntryState::Active,
        payload,
        origins: Origins { places, raw: if fullwidth { raw } else { BTreeMap::new() } },
    }
}

fn entries() -> Vec<Entry> {
    let firms = [("甲厂", 3000, 2500), ("乙厂", 2000, 2500), ("丙<&\"厂", 1000, 1000)];
    let mut found = Vec::new();
    for (id, (name, made, prior)) in (1..).zip(firms) {
        found.push(entry(id, "firms", None, &[("name", Value::text(name))]));
        for month in 1..=9_i8 {
            let made = if id == 1 && month == 9 { 3600 } else { made };
            let number = id * 100 + u64::from(month.unsigned_abs());
            let period = Period::month(Month::new(2023, month).expect("a month"));
            let fields = [
                ("firm", Value::Entry(EntryId(id))),
                ("period", Value::Period(period)),
                ("made", Value::Number(made.into())),
                ("made_prior", Value::Number(prior.into())),
            ];
            found.push(entry(number, "monthly", Some(u32::try_from(number).expect("small")), &fields));
        }
    }
    let goal = |id, setter: &str, value: i64| {
        let year = Period::containing(Month::new(2023, 1).expect("a month"), model::period::Window::Year);
        let fields = [
            ("figure", Value::text("output")),
            ("year", Value::Period(year)),
            ("setter", Value::text(setter)),
            ("kind", Value::text("amount")),
            ("value", Value::Number(value.into())),
            ("unit", Value::text("亿元")),
        ];
        entry(id, "goals", None, &fields)
    };
    found.extend([goal(901, "园区", 8), goal(902, "区", 7)]);
    found
}

/// The text of the report that a manuscript gives, paragraph by paragraph.
fn text(manuscript: &str) -> String {
    match TestPark::new(manuscript).build() {
        Ok(built) => lines(&built),
        Err(fault) => refusal(&fault),
    }
}

fn lines(built: &Built) -> String {
    let paragraphs = outline(&built.document).expect("a Word file");
    let body = paragraphs.iter().filter(|p| p.part == "word/document.xml" && !p.text.is_empty());
    body.map(|p| p.text.clone()).collect::<Vec<_>>().join("\n")
}

fn refusal(fault: &ReportFault) -> String {
    let said = |finding: &Finding| format!("{} {}", finding.place.cell, finding.message);
    fault.findings().iter().map(said).collect::<Vec<_>>().join("\n")
}

fn check(manuscript: &str, expect: &Expect) {
    expect.assert_eq(&text(manuscript));
}

#[test]
fn figures_are_printed_as_the_slot_says() {
    check(
        r#"{{ period.year }}年{{ fig("output").from_month }}—{{ fig("output").month }}月产值{{ fig("output").value | yi }}亿元（{{ fig("output") | wan }}万元），同比{{ fig("output").yoy | words }}，{{ fig("output", window="month").month }}月环比{{ fig("output", window="month").mom | words }}（{{ fig("output", window="month").mom | signed }}%）；剔除{{ exclusion("largest").names | join("、") }}等{{ exclusion("largest").count | cn }}家后，当月同比{{ fig("output", window="month", exclude="largest").yoy | words }}。第{{ fig("output", at="q3").quarter | cn }}季度{{ fig("output", at="q3") | wan | floor }}万元，{{ plan.year }}年再看。"#,
        // Third quarter: 6 000 + 6 000 + 6 600 = 18 600.
        &expect![[
            r"2023年1—9月产值5.46亿元（54600万元），同比增长1.1%，9月环比增长10.0%（+10.0%）；剔除甲厂等一家后，当月同比下降14.3%。第三季度18600万元，2024年再看。"
        ]],
    );
}

#[test]
fn targets_names_and_parameters() {
    // 5.46 of 7 = 78 %.
    check(
        r#"任务{{ fig("output").target | yi }}亿元，完成{{ fig("output").completion | dp(1) }}%；{{ fig("firm_names").names | join("》《") }}共{{ fig("firm_names").count }}家；门槛{{ fig("threshold") }}。"#,
        &expect![[r#"任务7亿元，完成78.0%；丙<&"厂》《乙厂》《甲厂共3家；门槛8。"#]],
    );
}

#[test]
fn loops_run_over_breakdowns() {
    // Shares: 27 600 / 54 600 = 50.5 %, 18 000 / 54 600 = 33.0 %; 甲 against 22 500: +22.7 %.
    check(
        r#"{% for f in fig("output").rows("firm", top=2) %}{{ loop.index }}.{{ f.name }}{{ f.value | wan }}万元，占{{ f.share }}%，同比{{ f.yoy | words }}，第{{ f.rank | cn }}位{% if not loop.last %}；{% endif %}{% endfor %}。{% set o = fig("output", where=dict(firm="乙厂")) %}乙厂{{ o | wan }}万元。

% {% for f in fig("output").rows("firm", top=2) %}

{{ f.name }}：{{ f | wan }}

% {% endfor %}"#,
        &expect![[r"
            1.甲厂27600万元，占50.5%，同比增长22.7%，第一位；2.乙厂18000万元，占33.0%，同比下降20.0%，第二位。乙厂18000万元。
            甲厂：27600
            乙厂：18000"]],
    );
}

#[test]
fn conditions_ask_claims_and_counts() {
    check(
        r#"{% if claim("output_doubled") %}翻番{% elif claim("output_up") and exclusion("largest").count == 1 %}增长{% else %}其他{% endif %}{% if fig("output").month > 9 %}晚{% else %}早{% endif %}{% if claim("nothing_up") %}升{% else %}未知{% endif %}"#,
        &expect!["增长早未知"],
    );
}

#[test]
fn what_is_missing_is_said_and_found() {
    let park = TestPark::new(
        r#"空：{{ fig("nothing") }}，{{ fig("nothing").yoy | words }}。{% if claim("output_doubled") %}a{% endif %}{% if claim("nothing_up") %}b{% endif %}{% for f in fig("nothing").rows("firm") %}{{ f.name }}{% endfor %}"#,
    );
    let built = park.build().expect("a report");
    expect!["空：【缺：没有符合条件的条目】，【缺：没有符合条件的条目】。"].assert_eq(&lines(&built));
    let said: Vec<String> =
        built.findings.iter().map(|f| format!("{} {} {}", f.code, f.place, f.message)).collect();
    expect![[r#"
        report-unfilled 第1段 “空指标”的数值没有填上：没有符合条件的条目（空：【【缺：没有符合条件的条目】】，【缺：没有符合条件的条…）
        report-unfilled 第1段 “空指标”的同比没有填上：没有符合条件的条目（空：【缺：没有符合条件的条目】，【【缺：没有符合条件的条目】】。）
        report-claim-false reports/r/t.docx!第1段 论断“产值翻番”不成立：产值同比（%） = 1.1111
        report-claim-unknown reports/r/t.docx!第1段 论断“空指标增长”无法判断：没有符合条件的条目；空指标同比（%） = 【缺：没有符合条件的条目】
        report-empty-loop reports/r/t.docx!第1段 “{% for f in fig("nothing").rows("firm") %}”没有可列的内容，这一段没有展开"#]]
    .assert_eq(&said.join("\n"));
    assert!(built.slots.iter().all(|slot| slot.blank.is_some() && slot.value.is_none()));
}

#[test]
fn hostile_templates_are_refused_with_their_paragraph() {
    check(
        r#"{{ 1/0 }}

{{ nofunction("x") }}{{ fig("nothing_of_the_kind") }}

{{ fig("output").yoy | yi }}{{ fig("output").names | dp(1) }}{{ fig("output", windw="month") }}{{ fig("output", at="soon") }}

{% if fig("output").value > 3 %}a{% endif %}{% set v = fig("output").value %}{{ claim("output_up") }}

{{ fig("output", where=dict(owner="x")) }}{{ exclusion("largest") }}{{ period }}{{ unknown.value }}{{ loop.index }}"#,
        &expect![[r#"
            第1段 “{{ 1/0 }}”：这里不能写“/”
            第2段 “{{ nofunction("x") }}”：没有函数“nofunction”
            第2段 “{{ fig("nothing_of_the_kind") }}”：没有指标“nothing_of_the_kind”
            第3段 “{{ fig("output").yoy | yi }}”：过滤器“yi”不能用在这里
            第3段 “{{ fig("output").names | dp(1) }}”：过滤器“dp”不能用在这里
            第3段 “{{ fig("output", windw="month") }}”：多写了参数或参数名有误（unknown keyword argument 'windw'）
            第3段 “{{ fig("output", at="soon") }}”：at 不能写“soon”
            第4段 “{% if fig("output").value > 3 %}”：条件里不能直接用“value”
            第4段 “{% set v = fig("output").value %}”：set 和 for 不能用“.value”
            第4段 “{{ claim("output_up") }}”：论断只能用在 if 和 elif 里
            第5段 “{{ fig("output", where=dict(owner="x")) }}”：指标“产值”不能按“owner”分开
            第5段 “{{ exclusion("largest") }}”：这里没有可以打印的内容
            第5段 “{{ period }}”：这里没有可以打印的内容
            第5段 “{{ unknown.value }}”：用到了没有定义的名称
            第5段 “{{ loop.index }}”：用到了没有定义的名称"#]],
    );
}

#[test]
fn nested_loops_run_out_of_fuel() {
    // 3¹³ are 1.6 million turns.
    let depth = 13;
    let names: Vec<String> =
        (0..depth).map(|n| format!("{{% for a{n} in fig(\"output\").rows(\"firm\") %}}")).collect();
    let opening = names.concat();
    let found = text(&format!("{opening}{{{{ a0.name }}}}{}", "{% endfor %}".repeat(depth)));
    assert!(found.contains("模板展开太大"), "{found}");
}

#[test]
fn deep_nesting_is_refused() {
    for depth in [200, 5_000] {
        let opening = "{% if claim(\"output_up\") %}".repeat(depth);
        let found = text(&format!("{opening}x{}", "{% endif %}".repeat(depth)));
        assert!(found.contains("模板无法执行"), "{depth}: {found}");
    }
}

#[test]
fn includes_never_reach_the_engine() {
    for tag in ["{% include \"x\" %}", "{% import \"x\" as y %}", "{% macro m() %}"] {
        let fault = TestPark::new(tag).build().expect_err("refused");
        assert!(matches!(fault, ReportFault::Document(_)), "{tag}: {fault:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let manuscript = r#"产值{{ fig("output") }}，{{ fig("firm_names").names }}"#;
    let (a, b) = (TestPark::new(manuscript), TestPark::new(manuscript));
    let (one, two) = (a.build().expect("a report"), b.build().expect("a report"));
    assert_eq!(one, two);
    let input =
        |park: &TestPark, built: &Built| evidence(&park.input(&"r".into()), built, park).expect("a workbook");
    assert_eq!(input(&a, &one), input(&b, &two));
    let cache = TemplateCache::default();
    let id = ReportId::from("r");
    let cached = ReportInput { templates: Some(&cache), ..a.input(&id) };
    assert_eq!(build(&cached).expect("a report"), one);
    assert_eq!(build(&cached).expect("a report"), one);
}

#[test]
fn tags_lead_to_the_basis_inside_the_document() {
    let built =
        TestPark::new(r#"产值{{ fig("output", window="month").value | yi }}亿元，{{ period.year }}年"#)
            .build()
            .expect("a report");
    let controls: Vec<_> =
        outline(&built.document).expect("a Word file").into_iter().flat_map(|p| p.controls).collect();
    assert_eq!(controls.len(), 2);
    assert_eq!(controls[0].tag, built.slots[0].tag);
    assert_eq!(controls[0].text, "0.66");
    assert_eq!(controls[0].alias, "产值 数值 2023年9月");
    let basis = read_basis(&built.document).expect("a basis");
    assert!(basis.contains(&built.slots[0].tag), "{basis}");
    assert!(basis.contains("figure=\"output\" title=\"产值\" piece=\"value\" period=\"2023-09\" options=\"window=month\" value=\"0.66\" unit=\"亿元\" text=\"0.66\""), "{basis}");
    let pieces: Vec<&str> = built.slots[0].tag.split(':').collect();
    assert_eq!((pieces[0], pieces[1], pieces[3]), ("pl", "1", "2023-09"), "{pieces:?}");
    assert_eq!((pieces[4].len(), pieces[5].len(), pieces.len()), (8, 8, 6));
}

fn cells(book: &Workbook, sheet: &str) -> Vec<String> {
    let sheet = book.sheets.iter().find(|s| s.name == sheet).expect("the sheet");
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for cell in &sheet.cells {
        let text = match cell.value {
            CellValue::Text(index) => sheet.strings[index as usize].clone(),
            CellValue::Number { value, .. } => value.to_string(),
            _ => "?".to_owned(),
        };
        rows.entry(cell.row).or_default().push(text);
    }
    rows.into_values().skip(3).map(|row| row.join("|")).collect()
}

#[test]
fn evidence_leads_to_the_right_cells() {
    let park = TestPark::new(
        r#"当月{{ fig("output", window="month", where=dict(firm="甲厂")).value | wan }}万元，{{ period.month }}月；任务{{ fig("output").target }}，剔除{{ exclusion("largest").names }}。{% if claim("output_up") %}升{% endif %}"#,
    );
    let built = park.build().expect("a report");
    let book = park.evidence(&built);
    expect![[r"
        1|当月【3600】万元，9月；任务7，剔除…|3600|产值|数值|2023年9月|3600|万元|全部厂家|1|G1|pl:1:r:2023-09:db35ed43:c9e6141c
        2|当月3600万元，【9】月；任务7，剔除甲厂。升|9|报告期|月份|2023年9月|9|0|pl:2:r:2023-09:8c3ac9ad:cdcc2c9a
        3|当月3600万元，9月；任务【7】，剔除甲厂。升|7|产值|任务数|2023年1—9月|7|亿元|全部厂家|27|G2|pl:3:r:2023-09:f6b58580:81954e29
        4|…3600万元，9月；任务7，剔除【甲厂】。升|甲厂|最大厂家|名单|2023年1—9月|甲厂|停产检修|1|G3|pl:4:r:2023-09:7c9737fc:da1a1418"]].assert_eq(&cells(&book, "目录").join("\n"));
    expect![[r#"
        G1|产值|2023年9月|本期|月报|甲厂 2023-09|产值|3600|万元|0.36|产值.xlsx|表一|C109|３６００|ab12ab12ab12|r3
        G1|产值|2023年9月|基期|月报|甲厂 2023-09|去年同期产值|2500|万元|0.25|产值.xlsx|表一|D109|ab12ab12ab12|r3
        G2|产值|2023年1—9月|本期|任务|output 2023 区 amount|任务数|7|7|手工录入|r3
        G2|产值|2023年1—9月|本期|月报|甲厂 2023-01|产值|3000|万元|0.3|产值.xlsx|表一|C101|ab12ab12ab12|r3
        G2|产值|2023年1—9月|本期|月报|乙厂 2023-01|产值|2000|万元|0.2|产值.xlsx|表一|C201|ab12ab12ab12|r3
        G2|产值|2023年1—9月|本期|月报|丙<&"厂 2023-01|产值|1000|万元|0.1|产值.xlsx|表一|C301|ab12ab12ab12|r3
        G2|产值|2023年1—9月|本期|月报|甲厂 2023-02|产值|3000|万元|0.3|产值.xlsx|表一|C102|ab12ab12ab12|r3
        G2|产值|2023年1—9月|本期|月报|乙厂 2023-02|产值|2000|万元|0.2|产值.xlsx|表一|C202|ab12ab12ab12|r3"#]].assert_eq(&cells(&book, "条目").into_iter().take(8).collect::<Vec<_>>().join("\n"));
    expect!["产值.xlsx|ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12|2023-10-08|27"]
        .assert_eq(&cells(&book, "来源文件").join("\n"));
    expect![[r#"产值增长|成立|产值同比（%） = 1.1111|if claim("output_up")"#]]
        .assert_eq(&cells(&book, "论断").join("\n"));
}

#[test]
fn blanks_find_their_slots() {
    let blanks = r#"
[[blank]]
n = 1
name = "产值"
slot = 'fig("output").value|yi'
[[blank]]
n = 2
name = "第二家"
slot = "f.name"
loop = 'for f in fig("output").rows("firm")'
nth = 2
[[blank]]
n = 3
name = "没有"
slot = 'fig("output").mom'
"#;
    let template = compose(&parse_manuscript(
        r#"{{ fig("output").value | yi }}{% for f in fig("output").rows("firm") %}{{ f.name }}{% endfor %}"#,
    ));
    let park = TestPark::with_template(&template, blanks);
    let built = park.build().expect("a report");
    let report = &park.library.content.reports["r"];
    let filled: Vec<Option<&str>> =
        built.blanks(report).into_iter().map(|(_, slot)| slot.map(|s| s.text.as_str())).collect();
    assert_eq!(filled, [Some("5.46"), Some("乙厂"), None]);
    let findings = check_template(&park.library, &"r".into(), &InProcess).expect("a report");
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.contains("没有"), "{findings:?}");
}

#[test]
fn no_template_and_no_report_are_errors() {
    let park = TestPark::with_template(b"not a Word file", "");
    assert!(matches!(park.build(), Err(ReportFault::Document(_))));
    assert!(matches!(build(&park.input(&"x".into())), Err(ReportFault::NoReport(_))));
    assert_eq!(check_template(&park.library, &"r".into(), &InProcess).expect("a report").len(), 1);
}

/// Every report that comes with the product: its template is sound and has a slot for each blank.
#[test]
fn the_reports_of_the_content_are_sound() {
    let library = Arc::new(Library::load(None).expect("the embedded content"));
    let reports: Vec<ReportId> = library.content.reports.keys().cloned().collect();
    assert!(!reports.is_empty());
    for report in &reports {
        let findings = check_template(&library, report, &InProcess).expect("a report");
        assert_eq!(findings, vec![], "{report}");
    }
}
