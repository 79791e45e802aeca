//! `parcels export` and `parcels request`: parcels to take away, and what departments are asked for.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::access::Actor;
use app::parcels::{self as use_case, ExportFormat, ExportQuestion};
use clap::Args;
use jiff::civil::Date;

use super::out::{json as print_json, say};
use super::{Context, DONE, Format};

/// `parcels export`
#[derive(Args)]
pub(super) struct Export {
    /// 格式：geojson、gpkg 或 xlsx / Format
    #[arg(long, value_name = "geojson|gpkg|xlsx", value_parser = file_format)]
    format: Format,
    /// 写到哪个文件；不写则写到当前文件夹 / The file to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 哪一天的地块；不写为今天 / The day
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Date>,
    /// 冻结的评价的编号，带上等级和得分 / A frozen evaluation, for its grades
    #[arg(long)]
    run: Option<u64>,
}

/// `parcels request`
#[derive(Args)]
pub(super) struct Request {
    /// 年度 / Year
    #[arg(long)]
    year: Option<i16>,
    /// 只要这个部门的；不写为所有部门 / One department only
    #[arg(long)]
    department: Option<String>,
    /// 写到哪个文件；不写则写到当前文件夹 / The file to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What `--format` means where a file is written.
fn file_format(word: &str) -> Result<Format, String> {
    let known = || ExportFormat::ALL.map(ExportFormat::word).join(" / ");
    ExportFormat::named(word).map(Format::File).map_err(|_| known())
}

/// Writes parcels to a file.
pub(super) fn export(context: &Context, args: &Export) -> anyhow::Result<u8> {
    let park = context.park()?;
    let Format::File(format) = args.format else {
        unreachable!("no other word is read as a format of files")
    };
    let asked = ExportQuestion { format, on: args.on, run: args.run };
    let file = use_case::export(&park, &Actor::local(&context.user), &asked)?;
    let path = written(args.output.as_deref(), &file.name, &file.bytes)?;
    say(format!("{}：{} 宗", path.display(), file.parcels))?;
    if file.undrawn > 0 {
        say(format!("另有 {} 宗没有界线，不在文件里", file.undrawn))?;
    }
    Ok(DONE)
}

/// Writes the request for data to a file.
pub(super) fn request(context: &Context, args: &Request) -> anyhow::Result<u8> {
    let park = context.park()?;
    let year = use_case::year_or_newest(&park, args.year)?;
    let actor = Actor::local(&context.user);
    let file = use_case::request(&park, &actor, year, args.department.as_deref())?;
    let path = written(args.output.as_deref(), &file.name, &file.bytes)?;
    if context.format == Format::Json {
        let (gaps, departments) = (file.gaps, file.departments);
        print_json(&serde_json::json!({ "file": path, "gaps": gaps, "departments": departments }))?;
        return Ok(DONE);
    }
    say(format!("{}：{} 项欠数，{}", path.display(), file.gaps, file.departments.join("、")))?;
    Ok(DONE)
}

fn written(output: Option<&Path>, name: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    let path = output.map_or_else(|| PathBuf::from(name), Path::to_path_buf);
    std::fs::write(&path, bytes).with_context(|| path.display().to_string())?;
    Ok(path)
}
