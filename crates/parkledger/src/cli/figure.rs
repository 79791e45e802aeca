//! `figure`: a value with its basis, comparison, breakdown and the cells it came from.

use app::asof::AsOf;
use app::compute::TracedCell;
use app::explore::Question;
use app::figures::messages;
use app::figures::{BlankReason, Evaluation, Exclude, Growth, Outcome, Request, Side};
use app::park::Park;
use clap::Args;
use model::definition::Figure as Definition;
use model::period::Window;
use model::wording::number::{say as say_number, say_growth, say_period_of_year};
use serde_json::{Value, json};

use super::ledger::month;
use super::out::{Sheet, json as print_json, say};
use super::{Context, DONE, Format, REFUSED, Stop};

/// `figure`
#[derive(Args)]
pub(super) struct Figure {
    /// 指标的标识或名称；不写则列出全部 / Id or title; without it all figures are listed
    pub(super) id: Option<String>,
    /// 报告期，例如 2023-09、2023Q3、2023H1、2023 / Period
    #[arg(long, value_name = "PERIOD", required_unless_present_any = ["list", "why"])]
    pub(super) period: Option<String>,
    /// 期间：month 当月、ytd 累计、quarter 季、half 半年、year 年、moment 时点 / Window
    #[arg(long, value_name = "WINDOW")]
    window: Option<String>,
    /// 按字段分组，可写“引用.字段”和“字段/层” / Break down by a field
    #[arg(long, value_name = "FIELD")]
    by: Option<String>,
    /// 只算某些条目：字段=值 / Only entries where FIELD=VALUE
    #[arg(long = "only", value_name = "FIELD=VALUE")]
    only: Vec<String>,
    /// 两期都剔除：名称（逗号分开）、剔除名单的标识，或 top:K / Leave out of both periods: names, a set, or top:K
    #[arg(long, value_name = "NAME,…|top:K", value_delimiter = ',')]
    exclude: Vec<String>,
    /// 列出所用的每个单元格 / List every cell it came from
    #[arg(long)]
    trace: bool,
    /// 按某日所知计算：日期（2023-11-20）或版本号 / As it was known on a day, or at a revision
    #[arg(long, value_name = "DATE|REVISION")]
    as_of: Option<String>,
    /// 为什么变：前期..后期，各部分之和恰好等于差额 / Why it moved, in parts that add up exactly
    #[arg(long, value_name = "PERIOD..PERIOD")]
    pub(super) why: Option<String>,
    /// 两个版本或日期之间 / Between two revisions or days
    #[arg(long, value_name = "A..B", requires = "period", conflicts_with = "why")]
    pub(super) why_revision: Option<String>,
    /// 与某次发布时相比（版本和当时的口径）/ Against what a publication was made with
    #[arg(long, value_name = "N", requires = "period", conflicts_with_all = ["why", "why_revision"])]
    pub(super) why_publication: Option<u64>,
    /// 前一端剔除谁（写 none 为不剔除）；后一端用 --exclude / Whom the first end leaves out
    #[arg(long, value_name = "NAME,…|none")]
    pub(super) why_exclude: Option<String>,
    /// 解释同比增速的变化，而不是数值 / Explain growth, not the value
    #[arg(long)]
    pub(super) why_growth: bool,
    /// 假如这些单位没有变化 / What would be, had these not changed
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(super) flat: Vec<String>,
    /// 按历次发布和版本列出：行是时期，列是当时所知 / As known at several times: rows are periods
    #[arg(long, value_name = "MONTHS", num_args = 0..=1, default_missing_value = "12")]
    pub(super) vintages: Option<usize>,
    /// 列出全部指标 / List all figures
    #[arg(long, conflicts_with = "id")]
    list: bool,
}

/// Computes and prints a figure.
pub(super) fn run(context: &Context, args: &Figure) -> anyhow::Result<u8> {
    if let Some(id) = args.id.as_deref().filter(|_| args.asks_why() || args.vintages.is_some()) {
        return super::why::run(context, args, id);
    }
    let (Some(id), Some(period)) = (&args.id, &args.period) else { return list(context) };
    let park = context.park()?;
    let request = request(&park, args, id, period)?;
    let definition = park.find_figure(id).expect("the request found it").clone();
    let snapshot = park.snapshot_as_of(as_of(args.as_of.as_deref())?)?;
    let evaluation = park.figure_on(&snapshot, &request);
    let cells = if args.trace { park.trace_on(&snapshot, &request)? } else { Vec::new() };
    match context.format {
        Format::Json => print_json(&as_json(&definition, &evaluation, &cells))?,
        Format::Csv => print_csv(&definition, &evaluation, &cells, context.format)?,
        Format::Text | Format::File(_) => print_text(&definition, &evaluation, &cells, args.trace)?,
    }
    Ok(if evaluation.value.blank().is_some() { REFUSED } else { DONE })
}

impl Figure {
    /// Whether a difference is asked for.
    fn asks_why(&self) -> bool {
        self.why.is_some()
            || self.why_revision.is_some()
            || self.why_publication.is_some()
            || self.why_exclude.is_some()
    }

    /// The question as pages ask it.
    pub(super) fn question(&self, id: &str, period: &str) -> Question {
        let excluded: Vec<&str> = self.exclude.iter().map(String::as_str).collect();
        Question {
            figure: id.to_owned(),
            period: period.to_owned(),
            window: self.window.clone(),
            exclude: Some(excluded.join(",")).filter(|text| !text.is_empty()),
            only: self.only.iter().map(|only| only.replacen('=', ":", 1)).collect(),
            exact: true,
            as_of: self.as_of.clone(),
            ..Question::default()
        }
    }
}

/// Which state of the ledger is asked for.
pub(super) fn as_of(text: Option<&str>) -> anyhow::Result<Option<AsOf>> {
    Ok(text.map(str::parse).transpose()?)
}

fn list(context: &Context) -> anyhow::Result<u8> {
    let library = context.library()?;
    let mut sheet = Sheet::new(&[
        ("id", "标识", false),
        ("title", "指标", false),
        ("unit", "单位", false),
        ("basis", "口径", false),
    ]);
    for f in library.content.figures.values() {
        let unit = f.unit.as_ref().map_or(String::new(), ToString::to_string);
        sheet.row([f.id.to_string(), f.title.clone(), unit, f.basis.clone()]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

fn request(park: &Park, args: &Figure, id: &str, period: &str) -> anyhow::Result<Request> {
    let figure = park.find_figure(id).ok_or_else(|| {
        Stop::error(2, format!("没有指标“{id}”"), "用 parkledger figure --list 查看全部指标")
    })?;
    let parsed = model::text::parse_period(period);
    let mut request = Request::new(figure.id.clone(), month(period)?).exact();
    // 2023Q3, 2023H1 and 2023 say the window themselves.
    request.window = parsed.map(|p| p.window).filter(|w| *w != Window::Month);
    if let Some(name) = &args.window {
        let window = Window::named(name).ok_or_else(|| {
            Stop::error(2, format!("没有期间“{name}”"), "可用：month、ytd、quarter、half、year、moment")
        })?;
        request.window = Some(window);
    }
    let path = |text: &str| {
        park.find_field(&figure.id, text).ok_or_else(|| {
            let fields = park.breakdowns(&figure.id).join("、");
            Stop::error(2, format!("这个指标的台账没有唯一的字段“{text}”"), format!("可以用：{fields}"))
        })
    };
    if let Some(by) = &args.by {
        request.by = Some(path(by)?);
    }
    for only in &args.only {
        let (field, value) = only
            .split_once('=')
            .ok_or_else(|| Stop::error(2, format!("“{only}”缺少等号"), "写成 字段=值"))?;
        request = request.only(path(field)?, value);
    }
    for whom in &args.exclude {
        request = request.exclude(exclude(park, whom)?);
    }
    Ok(request)
}

fn exclude(park: &Park, whom: &str) -> anyhow::Result<Exclude> {
    if let Some(k) = whom.strip_prefix("top:") {
        let k = k.parse().map_err(|_| Stop::error(2, format!("“{whom}”不对"), "写成 top:3"))?;
        return Ok(Exclude::Top(k));
    }
    let content = &park.library().content;
    Ok(match content.exclusions.get(whom) {
        Some(set) => Exclude::Named(set.id.clone()),
        None => Exclude::Names(vec![whom.to_owned()]),
    })
}

/// A value as printed: places of the definition and unit.
fn shown(definition: &Definition, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Number(n) => {
            let unit = definition.unit.as_ref().map_or("", |u| u.as_str());
            format!("{}{unit}", say_number(*n, definition.decimals))
        }
        Outcome::Text(text) => text.clone(),
        Outcome::List(items) => items.join("、"),
        Outcome::Blank(reason) => format!("—（{}）", messages::blank(*reason)),
    }
}

fn growth(yoy: &Result<Growth, BlankReason>) -> String {
    match yoy {
        Ok(growth) => say_growth(*growth, 1),
        Err(reason) => format!("—（{}）", messages::blank(*reason)),
    }
}

fn print_text(
    definition: &Definition,
    e: &Evaluation,
    cells: &[TracedCell],
    trace: bool,
) -> anyhow::Result<()> {
    say(format!("{}　{}　{}", definition.title, say_period_of_year(e.period), shown(definition, &e.value)))?;
    if let Outcome::Number(n) = &e.value {
        say(format!("  精确值　{}", n.normalize()))?;
        say(format!(
            "  同比　　{}（同期 {}；{}）",
            growth(&e.yoy),
            shown(definition, &e.prior),
            messages::comparison(e.basis.comparison)
        ))?;
    }
    say(format!("  口径　　{}", e.basis.words))?;
    say(format!("  算法　　{}", e.basis.definition))?;
    if !e.basis.filter.is_empty() {
        say(format!("  条件　　{}", e.basis.filter))?;
    }
    if !e.basis.excluded.is_empty() {
        let names: Vec<&str> = e.basis.excluded.iter().map(|m| m.name.as_str()).collect();
        say(format!("  剔除　　{}（两期均剔除）", names.join("、")))?;
    }
    if !e.basis.source.is_empty() {
        say(format!("  依据　　{}", e.basis.source))?;
    }
    say(format!("  条目　　{} 条，版本 {}", e.basis.entries, e.basis.revision))?;
    for note in &e.basis.notes {
        say(format!("  说明　　{}", messages::note(note)))?;
    }
    if !e.groups.is_empty() {
        say("")?;
        groups(definition, e).print(Format::Text)?;
    }
    if trace {
        say("")?;
        trace_sheet(cells).print(Format::Text)?;
    }
    Ok(())
}

fn groups(definition: &Definition, e: &Evaluation) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("rank", "位次", true),
        ("name", "名称", false),
        ("value", "数值", true),
        ("prior", "同期", true),
        ("yoy", "同比", true),
        ("share", "比重%", true),
        ("pull", "拉动(百分点)", true),
        ("entries", "条目", true),
    ]);
    let one = |o: &Outcome| o.number().map_or_else(|| "—".to_owned(), |n| say_number(n, 1));
    for g in &e.groups {
        let name = if g.name.is_empty() { "（未填）".to_owned() } else { g.name.clone() };
        sheet.row([
            g.rank.map_or(String::new(), |r| r.to_string()),
            name,
            shown(definition, &g.value),
            shown(definition, &g.prior),
            growth(&g.yoy),
            one(&g.share),
            g.pull.number().map_or_else(|| "—".to_owned(), |n| say_number(n, 2)),
            g.entries.to_string(),
        ]);
    }
    sheet
}

fn trace_sheet(cells: &[TracedCell]) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("side", "期", false),
        ("title", "条目", false),
        ("entry", "号", true),
        ("field", "字段", false),
        ("value", "数值", true),
        ("unit", "单位", false),
        ("original", "原文", true),
        ("file", "文件", false),
        ("sheet", "工作表", false),
        ("cell", "单元格", false),
    ]);
    for c in cells {
        sheet.row([
            if c.side == Side::Current { "本期" } else { "同期" }.to_owned(),
            c.title.clone(),
            c.entry.to_string(),
            c.field.clone(),
            c.value.clone(),
            c.unit.clone(),
            c.original.clone(),
            c.place.file.clone(),
            c.place.sheet.clone(),
            c.place.cell.clone(),
        ]);
    }
    sheet
}

fn outcome_json(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Number(n) => json!(n.normalize().to_string()),
        Outcome::Text(text) => json!(text),
        Outcome::List(items) => json!(items),
        Outcome::Blank(_) => Value::Null,
    }
}

fn growth_json(yoy: &Result<Growth, BlankReason>) -> Value {
    match yoy {
        Ok(growth) => {
            json!({ "number": growth.number().map(|n| n.normalize().to_string()), "words": say_growth(*growth, 1) })
        }
        Err(reason) => json!({ "blank": reason }),
    }
}

fn as_json(definition: &Definition, e: &Evaluation, cells: &[TracedCell]) -> Value {
    let groups: Vec<Value> = e
        .groups
        .iter()
        .map(|g| {
            json!({
                "name": g.name, "value": outcome_json(&g.value), "prior": outcome_json(&g.prior), "yoy": growth_json(&g.yoy),
                "share": outcome_json(&g.share), "contribution": outcome_json(&g.contribution), "pull": outcome_json(&g.pull),
                "rank": g.rank, "entries": g.entries,
            })
        })
        .collect();
    json!({
        "figure": e.figure, "title": definition.title, "period": e.period, "unit": e.unit,
        "value": outcome_json(&e.value), "blank": e.value.blank(), "printed": shown(definition, &e.value),
        "prior": outcome_json(&e.prior), "yoy": growth_json(&e.yoy), "of": e.of,
        "basis": {
            "definition": e.basis.definition, "words": e.basis.words, "source": e.basis.source, "filter": e.basis.filter,
            "comparison": e.basis.comparison, "revision": e.basis.revision, "entries": e.basis.entries,
            "excluded": e.basis.excluded.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(),
            "notes": e.basis.notes.iter().map(messages::note).collect::<Vec<_>>(),
        },
        "groups": groups,
        "trace": trace_sheet(cells).json(),
    })
}

fn print_csv(
    definition: &Definition,
    e: &Evaluation,
    cells: &[TracedCell],
    format: Format,
) -> anyhow::Result<()> {
    if !cells.is_empty() {
        return trace_sheet(cells).print(format);
    }
    if !e.groups.is_empty() {
        return groups(definition, e).print(format);
    }
    let mut sheet = Sheet::new(&[
        ("figure", "标识", false),
        ("title", "指标", false),
        ("period", "期", false),
        ("value", "数值", true),
        ("unit", "单位", false),
        ("prior", "同期", true),
        ("yoy", "同比", true),
    ]);
    let exact = |o: &Outcome| o.number().map_or_else(|| shown(definition, o), |n| n.normalize().to_string());
    sheet.row([
        e.figure.to_string(),
        definition.title.clone(),
        e.period.to_string(),
        exact(&e.value),
        e.unit.as_ref().map_or(String::new(), ToString::to_string),
        exact(&e.prior),
        growth(&e.yoy),
    ]);
    sheet.print(format)
}
