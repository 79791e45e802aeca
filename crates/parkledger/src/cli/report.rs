//! `report build`, `report audit`, `report check`, `report list`; publications are in `published`, documents that people
//! go on writing in are in `refresh`.

use std::path::{Path, PathBuf};

use app::access::Actor;
use app::figures::Reader;
use app::publishing::PdfTool;
use app::report::audit::{Audited, Item, PeriodFrom, Verdict};
use app::report::{ReportFault, Settings, check_template};
use app::reporting::ReportingFault;
use clap::Subcommand;
use model::finding::{Finding, Severity};
use model::id::ReportId;
use serde_json::json;

use super::ledger::{month, severity};
use super::out::{Sheet, json as print_json, say};
use super::refresh::{self, Refresh, Rehearse, Roll};
use super::{CONTENT, Context, DONE, Format, SETUP, Stop, published};

/// Commands on reports.
#[derive(Subcommand)]
pub(super) enum Report {
    /// 生成报告（.docx）和依据底稿（.xlsx）/ Build a report and its evidence workbook
    Build {
        /// 报告标识 / Report id
        id: String,
        /// 报告期 / Period
        #[arg(long, value_name = "PERIOD")]
        period: String,
        /// 写到这个文件；依据底稿写在旁边 / Output file; the evidence goes beside it
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// 按某日所知生成：日期（2023-11-20）或版本号 / As it was known on a day, or at a revision
        #[arg(long, value_name = "DATE|REVISION")]
        as_of: Option<String>,
        /// 给报告的参数赋值，可写多次 / Set a parameter of the report
        #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
        settings: Vec<(String, String)>,
        /// 另存 PDF（要有 LibreOffice）/ Also a PDF, where there is LibreOffice
        #[arg(long)]
        pdf: bool,
    },
    /// 发布：文档、底稿、每个数及口径、内容定义一并封存 / Publish: everything is frozen under one digest
    Publish {
        /// 报告标识 / Report id
        id: String,
        /// 报告期 / Period
        #[arg(long, value_name = "PERIOD")]
        period: String,
        /// 发布说明 / What to say of it
        #[arg(long, default_value = "")]
        note: String,
        /// 给报告的参数赋值，可写多次 / Set a parameter of the report
        #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
        settings: Vec<(String, String)>,
    },
    /// 修订表：已发布的数哪些变了、变多少、因谁更正；不写号则列出各次发布 / Revision table of a publication
    Revisions {
        /// 发布的号 / Number of the publication
        publication: Option<u64>,
        /// 另存为工作簿（.xlsx）/ Write it as a workbook
        #[arg(short, long, value_name = "FILE", requires = "publication")]
        output: Option<PathBuf>,
        /// 用封存的内容和版本重做一遍，核对是否逐字节相同 / Make it again from what was frozen and compare
        #[arg(long, requires = "publication")]
        prove: bool,
    },
    /// 某日所知：当时的版本和有效的发布 / What was known on a day: the revision and what was published
    AsOf {
        /// 日期（2023-11-20）或版本号 / Day or revision
        #[arg(value_name = "DATE|REVISION")]
        date: String,
    },
    /// 逐个核对任意文档里的数字 / Audit every number of any document
    Audit {
        /// 文档（.docx 或纯文本）/ A Word file or plain text
        input: PathBuf,
        /// 按这个报告期核对；不写则取文档自己的 / Period; the document's own when absent
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        /// 另存带批注的副本 / Write an annotated copy
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// 更新改过文字的报告里的数 / Put today's numbers into an edited document
    Refresh(Refresh),
    /// 把去年的报告结转到今年 / Roll last year's document forward
    Roll(Roll),
    /// 用台账重做一期报告，与印发稿逐项评分 / Score a printed report figure by figure
    Rehearse(Rehearse),
    /// 检查报告模板：报告标识，或一个 .docx 文件 / Check the template of a report, or a .docx file
    Check {
        /// 报告标识，或模板文件 / Report id, or a template file
        id: String,
        /// 用这一期的数试填模板文件 / Fill the file with the numbers of this period
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        /// 给报告的参数赋值，可写多次 / Set a parameter of the report
        #[arg(long = "set", value_name = "NAME=VALUE", value_parser = setting)]
        settings: Vec<(String, String)>,
    },
    /// 列出报告 / List reports
    List,
}

/// Runs a report command.
pub(super) fn run(context: &Context, command: Report) -> anyhow::Result<u8> {
    match command {
        Report::Build { id, period, output, as_of, settings, pdf } => {
            let what = (id.as_str(), period.as_str(), as_of.as_deref());
            build(context, what, &settings.into_iter().collect(), (&output, pdf))
        }
        Report::Publish { id, period, note, settings } => {
            published::publish(context, (&id, &period), &settings.into_iter().collect(), &note)
        }
        Report::Revisions { publication: None, .. } => published::list(context),
        Report::Revisions { publication: Some(id), output, prove } => {
            published::revisions(context, id, output.as_deref(), prove)
        }
        Report::AsOf { date } => published::as_of(context, &date),
        Report::Audit { input, period, output } => {
            audit(context, &input, period.as_deref(), output.as_deref())
        }
        Report::Refresh(command) => refresh::refresh(context, &command),
        Report::Roll(command) => refresh::roll(context, &command),
        Report::Rehearse(command) => refresh::rehearse(context, &command),
        Report::Check { id, period, settings }
            if Path::new(&id).extension().is_some_and(|end| end == "docx") =>
        {
            try_file(context, Path::new(&id), period.as_deref(), &settings.into_iter().collect())
        }
        Report::Check { id, .. } => check(context, &id),
        Report::List => list(context),
    }
}

pub(super) fn unknown(id: &str) -> anyhow::Error {
    Stop::error(2, format!("没有报告“{id}”"), "用 parkledger report list 查看")
}

/// `department=经济发展局`.
pub(super) fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| "写成 参数=值".to_owned())?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn build(
    context: &Context,
    (id, period, as_of): (&str, &str, Option<&str>),
    settings: &Settings,
    (output, pdf): (&Path, bool),
) -> anyhow::Result<u8> {
    let park = context.park()?;
    let report: ReportId = id.into();
    if !park.library().content.reports.contains_key(&report) {
        return Err(unknown(id));
    }
    let snapshot = park.snapshot_as_of(super::figure::as_of(as_of)?)?;
    let asked = (&report, month(period)?, settings).into();
    let finished = match park.report_on(&snapshot, asked, Reader::COMMITTEE, &|_| true) {
        Err(ReportingFault::Report(fault)) if !fault.findings().is_empty() => {
            return refused(context, &fault);
        }
        other => other?,
    };
    let evidence = evidence_path(output);
    write(output, &finished.built.document)?;
    write(&evidence, &finished.evidence)?;
    // The document is there even where no PDF can be made of it.
    let (printed, without) = match pdf.then(|| as_pdf(output, &finished.built.document)).transpose() {
        Ok(printed) => (printed, None),
        Err(fault) => (None, Some(fault)),
    };
    let done = || without.map_or(Ok(DONE), Err);
    if context.format != Format::Text {
        print_json(&json!({
            "document": output, "evidence": evidence, "pdf": printed, "digest": finished.built.digest,
            "slots": finished.built.slots.len(), "findings": finished.built.findings,
        }))?;
        return done();
    }
    say(format!("报告　　{}（{} 处数据）", output.display(), finished.built.slots.len()))?;
    say(format!("依据底稿　{}", evidence.display()))?;
    printed.iter().try_for_each(|path| say(format!("PDF　　{}", path.display())))?;
    if as_of.is_some() {
        say(format!("版本　　第 {} 版（当时所知）", snapshot.revision()))?;
    }
    print(&finished.built.findings)?;
    done()
}

/// Converts the document beside itself; says so where there is no LibreOffice.
fn as_pdf(output: &Path, document: &[u8]) -> anyhow::Result<PathBuf> {
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|all| std::env::split_paths(&all).collect()).unwrap_or_default();
    let tool = PdfTool::find(std::env::current_exe()?, None, &folders);
    let bytes = tool.convert(document).map_err(|fault| {
        let (message, hint) = app::messages::publishing::pdf(&fault);
        Stop::error(SETUP, message, hint)
    })?;
    let path = output.with_extension("pdf");
    write(&path, &bytes)?;
    Ok(path)
}

fn audit(context: &Context, input: &Path, period: Option<&str>, output: Option<&Path>) -> anyhow::Result<u8> {
    let bytes = refresh::read(input)?;
    if output.is_some() && !bytes.starts_with(b"PK") {
        return Err(Stop::error(2, "带批注的副本只能由 .docx 生成", "去掉 -o，或先另存为 .docx"));
    }
    let park = context.park()?;
    let document = park.read_document(&bytes).map_err(refresh::refused)?;
    let audited = park.audit(&document, period.map(month).transpose()?, &Actor::local(&context.user))?;
    if let Some(output) = output {
        write(output, &park.annotated(&bytes, &audited)?)?;
    }
    if context.format != Format::Text {
        print_json(&audited)?;
        return Ok(DONE);
    }
    print_audit(context, &audited)?;
    Ok(DONE)
}

/// What a person should look at: numbers that are not supported, then where the document contradicts itself.
fn print_audit(context: &Context, audited: &Audited) -> anyhow::Result<()> {
    let mut sheet = Sheet::new(&[
        ("paragraph", "段", true),
        ("text", "文中", false),
        ("verdict", "结论", false),
        ("title", "指标", false),
        ("note", "说明", false),
    ]);
    for kind in [Verdict::Contradicted, Verdict::Incomparable, Verdict::Unknown] {
        for item in audited.items.iter().filter(|item| item.verdict == kind) {
            let paragraph = item.paragraph.to_string();
            let about = if item.title.is_empty() { before(item) } else { item.title.clone() };
            sheet.row([&paragraph, &item.text, verdict(item.verdict), &about, &item.note]);
        }
    }
    if sheet.len() > 0 {
        sheet.print(context.format)?;
    }
    let mut torn =
        Sheet::new(&[("paragraph", "段", true), ("text", "文中", false), ("conflict", "前后不一", false)]);
    for conflict in &audited.conflicts {
        let Some(last) = conflict.at.last() else { continue };
        torn.row([last.paragraph.to_string(), last.text.clone(), conflict.message.clone()]);
    }
    if torn.len() > 0 {
        torn.print(context.format)?;
    }
    audited.set_aside.iter().try_for_each(say)?;
    let counts = [Verdict::Supported, Verdict::Contradicted, Verdict::Unknown, Verdict::Incomparable]
        .map(|kind| format!("{} {}", verdict(kind), audited.count(kind)));
    say(format!(
        "{} 期（{}），第 {} 版，{} 个数：{}；前后不一 {}",
        audited.period,
        why(audited.period_from),
        audited.revision,
        audited.items.len(),
        counts.join("，"),
        audited.conflicts.len()
    ))?;
    Ok(())
}

/// What stands before a number nobody knows, to find it again.
fn before(item: &Item) -> String {
    const SHOWN: usize = 10;
    let end = item.sentence.find(&item.text).unwrap_or_default();
    let letters: Vec<char> = item.sentence[..end].chars().collect();
    let from = letters.len().saturating_sub(SHOWN);
    let cut = if from > 0 { "…" } else { "" };
    format!("{cut}{}", letters[from..].iter().collect::<String>())
}

fn why(from: PeriodFrom) -> &'static str {
    match from {
        PeriodFrom::Given => "指定的报告期",
        PeriodFrom::Document => "文件自带的报告期",
        PeriodFrom::Text => "文中写明的时间",
        PeriodFrom::Newest => "文中没有年份，按台账最新一期",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "相符",
        Verdict::Contradicted => "不符",
        Verdict::Unknown => "未知",
        Verdict::Incomparable => "无法比",
    }
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let refused = |fault: std::io::Error| {
        let message = format!("写不进 {}：{fault}", path.display());
        Stop::error(SETUP, message, "核对文件夹是否存在、文件是否正打开着，以及磁盘空间和权限")
    };
    std::fs::write(path, bytes).map_err(refused)
}

/// `out.docx` → `out-evidence.xlsx`.
fn evidence_path(output: &Path) -> PathBuf {
    let stem = output.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!("{stem}-evidence.xlsx"))
}

pub(super) fn refused(context: &Context, fault: &ReportFault) -> anyhow::Result<u8> {
    if context.format == Format::Text {
        print(&fault.findings())?;
    } else {
        print_json(&fault.findings())?;
    }
    Ok(CONTENT)
}

fn print(findings: &[Finding]) -> anyhow::Result<()> {
    for f in findings {
        say(format!("  [{}] {}　{}", severity(f.severity), f.place, f.message))?;
        if !f.hint.is_empty() && f.severity != Severity::Note {
            say(format!("         提示：{}", f.hint))?;
        }
    }
    Ok(())
}

/// Lists every slot of a template file with what it says, or what is wrong with it.
fn try_file(context: &Context, path: &Path, period: Option<&str>, settings: &Settings) -> anyhow::Result<u8> {
    let bytes = std::fs::read(path)
        .map_err(|fault| Stop::error(2, format!("读不了 {}：{fault}", path.display()), "核对文件名和权限"))?;
    let period =
        period.ok_or_else(|| Stop::error(2, "没有写试填哪一期", "加上 --period，例如 --period 2023-10"))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let park = context.park()?;
    let of: ReportId =
        path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default().into();
    let composed =
        match park.try_template((bytes, &name), (&of, month(period)?, settings).into(), Reader::COMMITTEE) {
            Err(ReportingFault::Report(fault)) if !fault.findings().is_empty() => {
                return refused(context, &fault);
            }
            other => other?,
        };
    let mut sheet = Sheet::new(&[
        ("paragraph", "段", true),
        ("slot", "填写处", false),
        ("title", "指标", false),
        ("unit", "单位", false),
        ("sample", "试填", false),
    ]);
    for slot in &composed.slots {
        let unit = slot.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        sheet.row([
            slot.paragraph.to_string(),
            slot.slot.clone(),
            slot.title.clone(),
            unit,
            slot.text.clone(),
        ]);
    }
    sheet.print(context.format)?;
    print(&composed.findings)?;
    Ok(DONE)
}

fn check(context: &Context, id: &str) -> anyhow::Result<u8> {
    let setup = context.setup()?;
    let report: ReportId = id.into();
    if !setup.library.content.reports.contains_key(&report) {
        return Err(unknown(id));
    }
    let findings = check_template(&setup.library, &report, &setup.worker)?;
    if context.format == Format::Text {
        print(&findings)?;
        say(if findings.is_empty() {
            "模板没有发现问题".to_owned()
        } else {
            format!("{} 处问题", findings.len())
        })?;
    } else {
        print_json(&findings)?;
    }
    Ok(if findings.iter().any(|f| f.severity == Severity::Error) { CONTENT } else { DONE })
}

fn list(context: &Context) -> anyhow::Result<u8> {
    let library = context.library()?;
    let mut sheet = Sheet::new(&[("id", "标识", false), ("title", "报告", false), ("blanks", "应填", true)]);
    // Sheets are made of a parcel or an enterprise, by the commands of those.
    for report in library.content.reports.values().filter(|report| report.about.is_none()) {
        sheet.row([report.id.to_string(), report.title.clone(), report.blanks.len().to_string()]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}
