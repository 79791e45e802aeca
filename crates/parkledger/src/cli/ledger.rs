//! Commands on the ledger itself: findings, missing reporters, matching queue, history, verify, backup, restore.

use std::path::PathBuf;

use app::clock::{Clock as _, SystemClock};
use app::ledger::Verdict;
use clap::{Args, Subcommand};
use model::finding::Severity;
use model::period::{Month, Period};

use super::out::{Sheet, say, when};
use super::{Context, DONE, REFUSED, SETUP, Stop};

/// `findings`
#[derive(Args)]
pub(super) struct Findings {
    /// 连同已解决的一起列出 / Resolved ones too
    #[arg(long)]
    all: bool,
    /// 把第 N 号问题标为已解决 / Mark finding N as resolved
    #[arg(long, value_name = "N", requires = "why")]
    resolve: Option<u64>,
    /// 怎样解决的 / How it was resolved
    #[arg(long)]
    why: Option<String>,
}

/// The Chinese word of a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "存疑",
        Severity::Note => "提示",
    }
}

/// Lists findings.
pub(super) fn findings(context: &Context, args: &Findings) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    if let (Some(n), Some(why)) = (args.resolve, &args.why) {
        let now = SystemClock.now();
        park.store_mut().resolve_finding(now, &context.user, why, app::ledger::FindingId(n))?;
        say(format!("第 {n} 号问题已标为解决"))?;
        return Ok(DONE);
    }
    let records = if args.all { park.store().findings()? } else { park.store().open_findings()? };
    let mut sheet = Sheet::new(&[
        ("id", "号", true),
        ("severity", "程度", false),
        ("place", "位置", false),
        ("message", "问题", false),
        ("hint", "提示", false),
        ("revision", "版本", true),
    ]);
    for record in &records {
        let f = &record.finding;
        sheet.row([
            record.id.0.to_string(),
            severity(f.severity).to_owned(),
            f.place.to_string(),
            f.message.clone(),
            f.hint.clone(),
            record.revision.to_string(),
        ]);
    }
    if sheet.len() == 0 && context.format == super::Format::Text {
        say("没有未解决的问题")?;
        return Ok(DONE);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// `missing`
#[derive(Args)]
pub(super) struct Missing {
    /// 报告期，例如 2023-09 / Period, such as 2023-09
    #[arg(long, value_name = "PERIOD")]
    period: String,
}

/// Lists who has not reported.
pub(super) fn missing(context: &Context, args: &Missing) -> anyhow::Result<u8> {
    let month = month(&args.period)?;
    let park = context.park()?;
    let mut sheet = Sheet::new(&[
        ("book", "台账", false),
        ("period", "期", false),
        ("subject", "单位", false),
        ("due", "应报日", false),
    ]);
    for row in park.missing(month)? {
        sheet.row([
            row.book_title,
            row.period.to_string(),
            row.subject,
            row.due.map_or(String::new(), |d| d.to_string()),
        ]);
    }
    if sheet.len() == 0 && context.format == super::Format::Text {
        say(format!("{month} 应报的都已报齐"))?;
        return Ok(DONE);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// Reads a month or any period's last month from the command line.
pub(super) fn month(text: &str) -> anyhow::Result<Month> {
    let period: Option<Period> = model::text::parse_period(text);
    period
        .map(|p| p.end)
        .ok_or_else(|| Stop::error(2, format!("“{text}”不是期间"), "写成 2023-09、2023Q3、2023H1 或 2023"))
}

/// `matches`
#[derive(Args)]
pub(super) struct Matches {
    #[command(subcommand)]
    decide: Option<Decide>,
}

/// Decisions of a person.
#[derive(Subcommand)]
enum Decide {
    /// 是同一家：以后这样写就是它 / Same: from now on this spelling means that entry
    Same {
        /// 队列中的号 / Number in the queue
        n: usize,
        /// 依据 / Reason
        #[arg(long)]
        why: String,
    },
    /// 不是同一家 / Different
    Different {
        /// 队列中的号 / Number in the queue
        n: usize,
        /// 依据 / Reason
        #[arg(long)]
        why: String,
    },
}

/// Lists or decides the matching queue.
pub(super) fn matches(context: &Context, args: Matches) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let queue = park.store().match_queue()?;
    let (n, why, same) = match args.decide {
        None => return list_queue(context, &park, &queue),
        Some(Decide::Same { n, why }) => (n, why, true),
        Some(Decide::Different { n, why }) => (n, why, false),
    };
    let candidate = n
        .checked_sub(1)
        .and_then(|i| queue.get(i))
        .ok_or_else(|| Stop::error(2, format!("队列里没有第 {n} 号"), "先用 parkledger matches 查看"))?
        .clone();
    let verdict = if same { Verdict::Same(candidate.candidate) } else { Verdict::Different };
    park.decide_match(&candidate, verdict, &why)?;
    say(format!(
        "已记住：“{}”{}。重新导入该文件即生效",
        candidate.written,
        if same { "就是这一家" } else { "不是这一家" }
    ))?;
    Ok(DONE)
}

fn list_queue(
    context: &Context,
    park: &app::park::Park,
    queue: &[app::ledger::MatchCandidate],
) -> anyhow::Result<u8> {
    let mut sheet = Sheet::new(&[
        ("n", "号", true),
        ("written", "表中写法", false),
        ("candidate", "可能是", false),
        ("score", "相似度", true),
        ("reason", "依据", false),
        ("place", "位置", false),
    ]);
    for (i, c) in queue.iter().enumerate() {
        sheet.row([
            (i + 1).to_string(),
            c.written.clone(),
            park.entry_title(c.candidate)?,
            format!("{}.{}%", c.permille / 10, c.permille % 10),
            c.reason.clone(),
            c.place.to_string(),
        ]);
    }
    if sheet.len() == 0 && context.format == super::Format::Text {
        say("匹配队列是空的")?;
        return Ok(DONE);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// `history`
#[derive(Args)]
pub(super) struct History {
    /// 条目号 / Entry number
    entry: u64,
}

/// Prints all versions of an entry with what changed.
pub(super) fn history(context: &Context, args: &History) -> anyhow::Result<u8> {
    let park = context.park()?;
    let mut sheet = Sheet::new(&[
        ("version", "版", true),
        ("revision", "版本", true),
        ("at", "时间", false),
        ("who", "谁", false),
        ("why", "缘由", false),
        ("field", "字段", false),
        ("before", "原值", true),
        ("after", "现值", true),
        ("place", "出处", false),
    ]);
    for change in park.history(model::id::EntryId(args.entry))? {
        sheet.row([
            change.version.to_string(),
            change.revision.to_string(),
            when(change.at),
            change.who,
            change.why,
            change.field,
            change.before,
            change.after,
            change.place,
        ]);
    }
    if sheet.len() == 0 {
        return Err(Stop::error(
            REFUSED,
            format!("没有 {} 号条目", args.entry),
            "条目号见 figure --trace 的输出",
        ));
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// `revisions`
#[derive(Args)]
pub(super) struct Revisions {
    /// 只列最近 N 个 / Only the newest N
    #[arg(long, default_value_t = 20)]
    last: usize,
}

/// Lists revisions, newest first.
pub(super) fn revisions(context: &Context, args: &Revisions) -> anyhow::Result<u8> {
    let park = context.park()?;
    let mut sheet = Sheet::new(&[
        ("revision", "版本", true),
        ("at", "时间", false),
        ("who", "谁", false),
        ("kind", "类别", false),
        ("why", "缘由", false),
        ("entries", "条目", true),
        ("undone_by", "已撤销于", true),
    ]);
    for r in park.store().revisions()?.iter().rev().take(args.last) {
        sheet.row([
            r.revision.to_string(),
            when(r.at),
            r.who.clone(),
            kind_word(r.kind.word()).to_owned(),
            r.why.clone(),
            r.entries.to_string(),
            r.undone_by.map_or(String::new(), |u| u.to_string()),
        ]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// The Chinese word of a revision's kind.
fn kind_word(kind: &str) -> &str {
    match kind {
        "import" => "导入",
        "record" => "记录",
        "undo" => "撤销",
        other => other,
    }
}

/// `verify`
#[derive(Args)]
pub(super) struct Verify {}

/// Checks chains, originals and heads.
pub(super) fn verify(context: &Context, _args: &Verify) -> anyhow::Result<u8> {
    let park = context.park()?;
    let report = park.store().verify(&mut |_| {})?;
    let sound = report.damage.is_empty();
    if context.format == super::Format::Json {
        super::out::json(&serde_json::json!({
            "sound": sound,
            "damage": report.damage.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "revision": report.revision,
            "hash": report.hash,
            "versions": report.versions,
            "originals": report.originals,
        }))?;
    } else if sound {
        say(format!(
            "完好：到版本 {}，{} 条条目记录、{} 份原件，哈希链全部相符\n链尾 {}",
            report.revision, report.versions, report.originals, report.hash
        ))?;
    } else {
        for damage in &report.damage {
            say(format!("不完好：{}", app::messages::fault::damage(damage)))?;
        }
        say("提示：停止写入，用最近一次备份恢复到新文件夹后比对")?;
    }
    Ok(if sound { DONE } else { SETUP })
}

/// `backup`
#[derive(Args)]
pub(super) struct Backup {
    /// 备份文件 / Backup file
    file: PathBuf,
}

/// Backs up into one file.
pub(super) fn backup(context: &Context, args: &Backup) -> anyhow::Result<u8> {
    let park = context.park()?;
    let report = park.store().backup(&args.file)?;
    say(format!("已备份到 {}：版本 {}，{} 字节，已复核", args.file.display(), report.revision, report.size))?;
    Ok(DONE)
}

/// `restore`
#[derive(Args)]
pub(super) struct Restore {
    /// 备份文件 / Backup file
    file: PathBuf,
}

/// Restores a backup into an empty data folder.
pub(super) fn restore(context: &Context, args: &Restore) -> anyhow::Result<u8> {
    let data = context.data()?;
    let report = app::ledger::Store::restore(&args.file, &data, &mut |_| {})?;
    say(format!("已恢复到 {}：版本 {}，已复核", data.display(), report.revision))?;
    Ok(DONE)
}
