//! `parcels`: land on the command line – coverage, evaluation, what-ifs, one parcel.

use app::access::Actor;
use app::books::Page;
use app::parcels::shapes::{CrsAnswer, EvaluationRequest, GeometryStage, ResultPage, SchemeIndicator};
use app::parcels::{self as use_case, ParcelsFault, ResultQuestion};
use app::progress::unwatched;
use clap::{Args, Subcommand};

use super::out::{Sheet, json as print_json, number, say, shown, text};
use super::{Context, DONE, Format, REFUSED, Stop, parcels_files};

/// Rows printed at most.
const ROWS: usize = 1_000_000;

/// `parcels`
#[derive(Subcommand)]
pub(super) enum Parcels {
    /// 地块 × 数据领域的覆盖情况和各部门欠数 / Coverage of parcels by domain of data, and what is owed
    Coverage(Coverage),
    /// 评价一年并冻结结果 / Evaluate a year and freeze the result
    Evaluate(Evaluate),
    /// 评价等级带来的加收和减免 / What the grades of an evaluation cost and save
    Effects(super::parcels_policy::Effects),
    /// 一宗地的得分怎么来的、离上一档还差多少 / How a parcel's score comes about
    Explain(Explain),
    /// 导出地块：地图文件或表格，可带评价等级 / Export parcels as a map file or a workbook
    Export(parcels_files::Export),
    /// 导入界线文件：先看坐标系、问题和变化，加 --accept 入账 / Import boundaries: --accept writes
    Import(Import),
    /// 空置厂房和用房需求的匹配，说明理由 / Who goes into which empty room, with reasons
    Match(super::parcels_use::Match),
    /// 生成催报表：各部门欠哪些数，填好可直接导入 / A workbook of what is missing, to send out and import back
    Request(parcels_files::Request),
    /// 一地一表、一企一单（Word）/ The sheet of a parcel, or the confirmation of an enterprise, as a Word file
    Sheet(Sheets),
    /// 闲置和低效用地：依据、缺数和处置 / Idle and low-efficiency land
    Low(super::parcels_policy::Low),
    /// 还能增加多少建筑面积，按效益和需求排序 / Floor area that may still be built
    Potential(super::parcels_policy::Potential),
    /// 换权重、基准值、比例试算，不保存 / Try other weights, benchmarks and quotas; nothing is kept
    Simulate(super::parcels_simulate::Simulate),
}

/// `parcels coverage`
#[derive(Args)]
pub(super) struct Coverage {
    /// 年度 / Year
    #[arg(long)]
    year: Option<i16>,
    /// 列出各部门欠数 / List what each department owes
    #[arg(long)]
    gaps: bool,
}

/// `parcels evaluate`
#[derive(Args)]
pub(super) struct Evaluate {
    /// 评价办法的标识；不写用默认办法 / Scheme; the usual one when absent
    #[arg(long, value_name = "ID")]
    scheme: Option<String>,
    /// 评价年度 / Year
    #[arg(long)]
    year: i16,
    /// 说明，记入结果 / A note kept with the result
    #[arg(long, default_value = "")]
    note: String,
}

/// `parcels explain`
#[derive(Args)]
pub(super) struct Explain {
    /// 宗地代码、地块名称，或企业的名称、代码 / Parcel or enterprise, by code or name
    parcel: String,
    /// 年度 / Year
    #[arg(long)]
    year: Option<i16>,
    /// 冻结的评价的编号；不写按现行办法和数据 / A frozen evaluation
    #[arg(long)]
    run: Option<u64>,
}

/// `parcels sheet`
#[derive(Args)]
pub(super) struct Sheets {
    /// 宗地代码、地块名称，或企业的名称、代码 / Parcel or enterprise, by code or name
    of: String,
    /// 年度 / Year
    #[arg(long)]
    year: Option<i16>,
    /// 冻结的评价的编号 / A frozen evaluation
    #[arg(long)]
    run: Option<u64>,
    /// 存到这里 / Where to save it
    #[arg(short, long, value_name = "FILE")]
    output: Option<std::path::PathBuf>,
}

/// `parcels import`
#[derive(Args)]
pub(super) struct Import {
    /// GeoJSON、压缩的 Shapefile、GeoPackage 或界址点表 / The file
    #[arg(value_name = "FILE")]
    file: std::path::PathBuf,
    /// 坐标系的 EPSG 编号；GCJ-02 写 100002，BD-09 写 100009，文件自带参数的写 100000 / Coordinate system
    #[arg(long, value_name = "EPSG")]
    crs: Option<u32>,
    /// 哪一列是宗地代码；不写则自己找 / The attribute that says which parcel
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// 坐标先写北（X）后写东（Y）/ Northing is written before easting
    #[arg(long)]
    swap_axes: bool,
    /// 入账 / Write it into the ledger
    #[arg(long)]
    accept: bool,
}

/// Runs a command of this group.
pub(super) fn run(context: &Context, command: &Parcels) -> anyhow::Result<u8> {
    let done = match command {
        Parcels::Coverage(args) => coverage(context, args),
        Parcels::Evaluate(args) => evaluate(context, args),
        Parcels::Explain(args) => explain(context, args),
        Parcels::Export(args) => parcels_files::export(context, args),
        Parcels::Import(args) => import(context, args),
        Parcels::Effects(args) => super::parcels_policy::effects(context, args),
        Parcels::Low(args) => super::parcels_policy::low(context, args),
        Parcels::Potential(args) => super::parcels_policy::potential(context, args),
        Parcels::Match(args) => super::parcels_use::match_rooms(context, args),
        Parcels::Request(args) => parcels_files::request(context, args),
        Parcels::Sheet(args) => document(context, args),
        Parcels::Simulate(args) => super::parcels_simulate::simulate(context, args),
    };
    done.or_else(told)
}

/// A fault in words; others go on.
fn told(error: anyhow::Error) -> anyhow::Result<u8> {
    let said = error.downcast_ref::<ParcelsFault>().and_then(app::messages::parcels::fault);
    match said {
        Some((message, hint)) => Err(Stop::error(REFUSED, message, hint)),
        None => Err(error),
    }
}

pub(super) fn actor(context: &Context) -> Actor {
    Actor::local(&context.user)
}

fn coverage(context: &Context, args: &Coverage) -> anyhow::Result<u8> {
    let park = context.park()?;
    let asked = use_case::CoverageQuestion::all(args.year);
    let found = use_case::coverage(&park, &actor(context), &asked)?;
    let format = context.format;
    let percent = |share| number(format, share, 2);
    shown(format, &found, || {
        let mut sheets = vec![Sheet::new(&[
            ("domain", "数据领域", false),
            ("present", "有", true),
            ("estimated", "推算", true),
            ("conflicting", "矛盾", true),
            ("missing", "缺", true),
            ("by_count", "按宗数%", true),
            ("by_area", "按面积%", true),
        ])];
        for domain in &found.domains {
            let of = &domain.coverage;
            let counts = [of.present, of.estimated, of.conflicting, of.missing].map(|n| n.to_string());
            let shares = [percent(of.by_count), percent(of.by_area)];
            sheets[0].row([domain.title.clone()].into_iter().chain(counts).chain(shares));
        }
        if args.gaps {
            let mut gaps = Sheet::new(&[
                ("department", "部门", false),
                ("code", "宗地代码", false),
                ("name", "地块", false),
                ("gap", "欠数", false),
            ]);
            for (list, gap) in found.gaps.iter().flat_map(|list| list.gaps.iter().map(move |gap| (list, gap)))
            {
                gaps.row([&list.department, &gap.code, &gap.name, &gap.text]);
            }
            sheets.push(gaps);
        }
        let t = &found.totals;
        let said = format!(
            "{} 年：地块 {} 宗，参评 {}、未到期 {}、豁免 {}、缺数据 {}；覆盖率按宗数 {}%，按面积 {}%",
            found.year,
            t.all,
            t.scored,
            t.not_due,
            t.exempt,
            t.no_data,
            percent(t.by_count),
            percent(t.by_area)
        );
        (sheets, vec![said])
    })
}

fn evaluate(context: &Context, args: &Evaluate) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let actor = actor(context);
    let asked = EvaluationRequest { scheme: args.scheme.clone(), year: args.year, note: args.note.clone() };
    let frozen = use_case::evaluate(&park, &actor, &asked, &unwatched)?;
    let run = use_case::keep(&mut park, &actor, &frozen)?;
    let question = ResultQuestion { page: Page { offset: 0, limit: ROWS }, ..ResultQuestion::default() };
    let results: ResultPage = use_case::results(&park, &actor, run.id, &question)?;
    shown(context.format, &serde_json::json!({ "run": run, "results": results }), || {
        let said = format!(
            "已冻结为第 {} 号评价（{}，{} 年，第 {} 版，数据版本 r{}）：列入 {}，定级 {}",
            run.id, run.scheme_title, run.year, run.version, run.revision, run.subjects, run.graded
        );
        (vec![rows(context.format, &results)], vec![said])
    })
}

fn explain(context: &Context, args: &Explain) -> anyhow::Result<u8> {
    let park = context.park()?;
    let actor = actor(context);
    let entry = use_case::find(&park, &actor, &args.parcel)?;
    let found = use_case::explain(&park, &actor, entry, (args.run, args.year))?;
    let format = context.format;
    if format == Format::Text {
        let grade = found.grade.as_deref().unwrap_or("—");
        say(format!(
            "{} {}　{} 年　{}　得分 {}　等级 {grade}　{}",
            found.code,
            found.name,
            found.year,
            found.scheme_title,
            number(format, found.score, 2),
            found.words
        ))?;
    }
    shown(format, &found, || {
        let mut sheet = Sheet::new(&[
            ("title", "步骤", false),
            ("points", "得分", true),
            ("total", "累计", true),
            ("words", "说明", false),
        ]);
        for step in &found.waterfall {
            let points = [step.points, step.total].map(|points| number(format, points, 2));
            let [points, total] = points;
            sheet.row([step.title.clone(), points, total, step.words.clone()]);
        }
        let next = found.next.iter().flat_map(|next| {
            let steps = next.steps.iter().map(|step| format!("  {}：{}", step.title, step.words));
            std::iter::once(next.words.clone()).chain(steps)
        });
        (vec![sheet], next.collect())
    })
}

fn document(context: &Context, args: &Sheets) -> anyhow::Result<u8> {
    let park = context.park()?;
    let actor = actor(context);
    let entry = use_case::find(&park, &actor, &args.of)?;
    let when = (args.run, args.year);
    let made = if use_case::is_parcel(&park, &actor, entry)? {
        use_case::parcel_sheet(&park, &actor, entry, when)?
    } else {
        use_case::confirmation(&park, &actor, entry, when)?
    };
    let path = args.output.clone().unwrap_or_else(|| made.name.clone().into());
    std::fs::write(&path, made.bytes)?;
    say(path.display().to_string())?;
    Ok(DONE)
}

fn import(context: &Context, args: &Import) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let actor = actor(context);
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = std::fs::read(&args.file)?;
    let arrived = use_case::stage_drawing(&park, &actor, &name, bytes, &unwatched)?;
    let mut stage = use_case::keep_drawing(&mut park, &actor, &arrived)?;
    if args.crs.is_some() || args.swap_axes || args.column.is_some() {
        let swap_axes = args.swap_axes.then_some(true);
        let answer = CrsAnswer { crs: args.crs, swap_axes, column: args.column.clone() };
        stage = match use_case::answer_drawing(&mut park, &actor, stage.id, &answer) {
            Ok(stage) => stage,
            Err(fault) => {
                use_case::drop_drawing(&mut park, &actor, stage.id)?;
                return Err(fault.into());
            }
        };
    }
    let open = stage.crs.chosen.is_none() || stage.columns.question.is_some();
    let accepted = if args.accept && !open {
        Some(use_case::accept_drawing(&mut park, &actor, stage.id, "", &unwatched)?)
    } else {
        use_case::drop_drawing(&mut park, &actor, stage.id)?;
        None
    };
    match context.format {
        Format::Json => print_json(&serde_json::json!({ "stage": stage, "accepted": accepted }))?,
        _ => print_stage(context, &stage, accepted.as_ref())?,
    }
    Ok(if open || (args.accept && accepted.is_none()) { REFUSED } else { DONE })
}

fn print_stage(
    context: &Context,
    stage: &GeometryStage,
    accepted: Option<&app::desk::AcceptedView>,
) -> anyhow::Result<()> {
    let mut candidates =
        Sheet::new(&[("epsg", "EPSG", true), ("title", "坐标系", false), ("why", "依据", false)]);
    for candidate in &stage.crs.candidates {
        candidates.row([candidate.epsg.to_string(), candidate.title.clone(), candidate.why.clone()]);
    }
    if let Some(question) = &stage.crs.question {
        say(question)?;
        candidates.print(context.format)?;
        say("用 --crs EPSG 指定坐标系后再导入")?;
        return Ok(());
    }
    if let Some(question) = &stage.columns.question {
        say(question)?;
        let mut columns =
            Sheet::new(&[("name", "列", false), ("known", "台账里有", true), ("sample", "例", false)]);
        for of in &stage.columns.candidates {
            columns.row([of.name.clone(), format!("{}/{}", of.known, of.filled), of.sample.clone()]);
        }
        columns.print(context.format)?;
        return say("用 --column 列名 指定后再导入");
    }
    let mut findings =
        Sheet::new(&[("place", "位置", false), ("message", "问题", false), ("hint", "办法", false)]);
    for finding in &stage.findings {
        let cell = finding.place.cell.clone();
        findings.row([cell, finding.message.clone(), finding.hint.clone()]);
    }
    findings.print(context.format)?;
    let c = &stage.changes;
    say(format!(
        "{} 个图形：新界线 {}，变化 {}，不变 {}，台账没有的 {}，有错不写的 {}",
        stage.features, c.new, c.changed, c.unchanged, c.unknown, c.held
    ))?;
    match accepted.map(|done| done.revision) {
        Some(Some(revision)) => say(format!("已入账，版本 r{revision}")),
        Some(None) => say("没有变化，不入账"),
        None => say("未入账；加 --accept 入账"),
    }
}

/// The rows of an evaluation, with words for the ids of groups and states.
fn rows(format: Format, results: &ResultPage) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("code", "代码", false),
        ("name", "名称", false),
        ("group", "分组", false),
        ("status", "状态", false),
        ("score", "得分", true),
        ("first", "初评", false),
        ("grade", "等级", false),
        ("words", "说明", false),
    ]);
    for row in &results.items {
        let said: Vec<&str> = std::iter::once(&row.words)
            .chain(&row.marks)
            .map(String::as_str)
            .filter(|said| !said.is_empty())
            .collect();
        sheet.row([
            row.code.clone(),
            row.name.clone(),
            group_title(&results.indicators, &row.group).to_owned(),
            app::messages::parcels::standing(&row.status).to_owned(),
            number(format, row.score, 2),
            text(row.first_grade.as_ref()),
            text(row.grade.as_ref()),
            said.join("；"),
        ]);
    }
    sheet
}

/// What a group of a scheme is called.
pub(super) fn group_title<'a>(indicators: &'a [SchemeIndicator], group: &'a str) -> &'a str {
    indicators.iter().find(|of| of.group == group).map_or(group, |of| &of.group_title)
}
