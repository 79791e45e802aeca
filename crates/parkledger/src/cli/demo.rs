//! `demo`: a generated park, from department workbooks to the finished report.

use std::path::PathBuf;

use app::park::Park;
use app::showcase::{self, Rehearsed, Showcase};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use model::finding::Severity;
use serde_json::json;

use super::ledger::severity;
use super::out::{Sheet, json as print_json, say};
use super::{Context, DONE, Format, random_key};

/// `demo`
#[derive(Args)]
pub(super) struct Demo {
    /// 放到这个文件夹（须为空）/ Into this folder, which must be empty
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// 随机种子：同一个种子生成同样的文件 / Seed: the same seed gives the same files
    #[arg(long, default_value_t = 2023)]
    seed: u64,
    /// 生成后启动网页，打印地址和演示账户 / Then serve it and print the address and the demo accounts
    #[arg(long)]
    serve: bool,
    /// 网页和接口的地址 / Address of pages and API [127.0.0.1:8420]
    #[arg(long, value_name = "ADDRESS", requires = "serve")]
    listen: Option<String>,
}

/// Makes the demo.
pub(super) fn run(context: &Context, args: &Demo) -> anyhow::Result<u8> {
    let setup = context.setup()?;
    let bar = if context.format == Format::Text { ProgressBar::new(0) } else { ProgressBar::hidden() };
    bar.set_style(ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").expect("a fixed template"));
    // The demo's ledger is generated data, so its key need not be secret; a fixed one keeps it reproducible.
    let made = showcase::make(&args.into, &setup, args.seed, [7; 32], &mut |step| {
        bar.set_length(step.of as u64);
        bar.set_position(step.n as u64);
        bar.set_message(step.file.to_owned());
    });
    bar.finish_and_clear();
    let made = made?;
    if context.format == Format::Text {
        text(&made)?;
    } else {
        as_json(&made)?;
    }
    if args.serve {
        return serve(context, &made, args.listen.clone());
    }
    Ok(DONE)
}

/// Serves the demo with accounts whose passwords are drawn now.
fn serve(context: &Context, made: &Showcase, listen: Option<String>) -> anyhow::Result<u8> {
    let setup = context.setup()?;
    let mut park = Park::open(&made.ledger, setup.clone())?;
    let accounts = showcase::accounts(&mut park, &setup, &random_key)?;
    drop(park);
    let mut sheet = Sheet::new(&[
        ("name", "用户名", false),
        ("password", "密码", false),
        ("role", "角色", false),
        ("department", "部门或企业", false),
        ("display", "姓名", false),
    ]);
    for one in accounts {
        sheet.row([one.name, one.password, one.role, one.department, one.display]);
    }
    say("\n演示账户（密码每次生成时随机抽取）：")?;
    sheet.print(context.format)?;
    let context = Context { data: Some(made.ledger.clone()), ..context.clone() };
    super::serve::run(&context, &super::serve::Serve::at(listen))
}

fn text(made: &Showcase) -> anyhow::Result<()> {
    let (errors, warnings, notes) = made.findings;
    say("演示园区已生成（全部数据为系统生成，不涉及真实企业和个人）")?;
    say(format!("  部门表格　{}（{} 个文件）", made.workbooks.display(), made.files))?;
    for map in &made.maps {
        say(format!("  地图文件　{}（未导入，可用来试）", map.display()))?;
    }
    say(format!("  台账　　　{}（版本 {}）", made.ledger.display(), made.revision))?;
    say(format!("  年度报告　{}（{} 处数据，每处可查）", made.document.display(), made.slots))?;
    say(format!("  依据底稿　{}", made.evidence.display()))?;
    say(format!("  待处理　　错误 {errors}、存疑 {warnings}、提示 {notes}（parkledger findings 查看）"))?;
    for file in &made.refused {
        say(format!("  未入账　　{file}"))?;
    }
    for f in made.report_findings.iter().filter(|f| f.severity != Severity::Note) {
        say(format!("  报告[{}]　{}", severity(f.severity), f.message))?;
    }
    if let Some(played) = &made.rehearsal {
        rehearsal(played)?;
    }
    say("")?;
    say("接下来可以试：")?;
    let ledger = made.ledger.display();
    let period = made.period;
    say(format!(
        "  parkledger --data {ledger} figure 规上工业总产值 --period {period} --window ytd --trace"
    ))?;
    say(format!("  parkledger --data {ledger} missing --period {period}"))?;
    say(format!("  parkledger --data {ledger} findings"))?;
    say(format!("  parkledger --data {ledger} returns list --all"))?;
    Ok(())
}

/// The last act: what was moved, found and published.
fn rehearsal(played: &Rehearsed) -> anyhow::Result<()> {
    let (done, folder) = (&played.refreshed, played.folder.display());
    say(format!("  定稿演练　{folder}（台账副本上进行）"))?;
    say(format!(
        "    改稿　　改写文字 {} 处；更正一户的报表，更新后 {} 处数变动：",
        played.rewritten,
        done.moved.len()
    ))?;
    for one in done.moved.iter().take(3) {
        say(format!(
            "      {}　{}：{} → {}　{}",
            one.place.words, one.title, one.old, one.new, one.why.words
        ))?;
    }
    say(format!("    核对　　{} 个数，不符 {}", played.audited.items.len(), played.contradicted()))?;
    let published = &played.publication;
    say(format!(
        "    发布　　第 {} 次，按第 {} 版，校验码 {}",
        published.id, published.revision, &published.seal
    ))?;
    say(format!("    再更正一户，发布稿里 {} 处数有变：", played.revisions.len()))?;
    for one in played.revisions.iter().take(3) {
        say(format!("      {}：{} → {}", one.title, one.then, one.now))?;
    }
    Ok(())
}

fn as_json(made: &Showcase) -> anyhow::Result<()> {
    print_json(&json!({
        "workbooks": made.workbooks, "files": made.files, "maps": made.maps, "ledger": made.ledger, "revision": made.revision,
        "document": made.document, "evidence": made.evidence, "slots": made.slots, "refused": made.refused,
        "errors": made.findings.0, "warnings": made.findings.1, "notes": made.findings.2,
        "report_findings": made.report_findings,
        "rehearsal": made.rehearsal.as_ref().map(|played| json!({
            "folder": played.folder, "rewritten": played.rewritten, "refreshed": played.refreshed,
            "numbers": played.audited.items.len(), "contradicted": played.contradicted(),
            "publication": played.publication, "revisions": played.revisions,
        })),
    }))
}
