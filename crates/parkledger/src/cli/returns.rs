//! `returns`: what enterprises handed in, one of them with its changes, accepting it and sending it back.
//!
//! Deliberately absent: filing; an enterprise does that itself, signed in.

use std::collections::BTreeMap;

use app::filings as use_case;
use app::filings::shapes::{ReturnAct, ReturnAnswer, ReturnForm, ReturnHead, ReturnRound, ReturnState};
use app::messages::filings as words;
use app::park::Park;
use clap::{Args, Subcommand};
use model::definition::Field;
use model::id::FieldId;

use super::out::{Sheet, json as print_json, say, text, when};
use super::parcels::actor;
use super::{Context, DONE, Format, REFUSED, Stop};

/// `returns`
#[derive(Args)]
pub(super) struct Returns {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 列出企业报送的报表：待审核的在前 / What enterprises handed in
    List {
        /// 也列出审核过、退回的 / Those answered already, too
        #[arg(long)]
        all: bool,
    },
    /// 看一份：本次、上期、上年同期、变动、说明、办理过程 / One return
    Show {
        /// 编号 / Its number
        id: u64,
    },
    /// 审核通过，数据入账 / Accept it into the ledger
    Accept {
        /// 编号 / Its number
        id: u64,
        /// 审核意见 / What is said
        #[arg(long, default_value = "")]
        note: String,
    },
    /// 退回企业 / Send it back
    SendBack {
        /// 编号 / Its number
        id: u64,
        /// 总的意见 / On the whole
        #[arg(long, default_value = "")]
        note: String,
        /// 某个指标的退回原因，可以写几个：指标=原因 / Why, by item
        #[arg(long = "field", value_name = "FIELD=REASON", value_parser = pair)]
        fields: Vec<(String, String)>,
    },
}

/// `指标=原因`
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, reason) = text.split_once('=').ok_or("写成 指标=原因")?;
    Ok((name.trim().to_owned(), reason.trim().to_owned()))
}

/// Runs it.
pub(super) fn run(context: &Context, args: &Returns) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let actor = actor(context);
    let form = match &args.what {
        What::List { all } => return list(context, &park, *all),
        What::Show { id } => use_case::review(&park, &actor, *id).map_err(stopped)?,
        What::Accept { id, note } => {
            let answer = answer(context, &park, *id, note)?;
            use_case::approve(&mut park, &actor, *id, &answer).map_err(stopped)?
        }
        What::SendBack { id, note, fields } => {
            let answer = answer(context, &park, *id, note)?;
            let fields = reasons(&park, *id, context, fields)?;
            use_case::send_back(&mut park, &actor, *id, &ReturnAnswer { fields, ..answer })
                .map_err(stopped)?
        }
    };
    if context.format == Format::Json {
        print_json(&form)?;
        return Ok(DONE);
    }
    if matches!(args.what, What::Show { .. }) {
        show(context, &park, &form)?;
    } else {
        done(&form)?;
    }
    Ok(DONE)
}

/// What keeps a return from being moved on, with what helps.
fn stopped(fault: use_case::FilingsFault) -> anyhow::Error {
    match (words::fault(&fault), &fault) {
        (Some((message, hint)), _) => Stop::error(REFUSED, message, hint),
        (None, use_case::FilingsFault::Refused(_)) => Stop::error(
            REFUSED,
            "没有这个编号的企业报表",
            "parkledger returns list --all 列出全部；草稿只有企业自己看得到",
        ),
        (None, _) => fault.into(),
    }
}

/// An answer to a return as it is now.
fn answer(context: &Context, park: &Park, id: u64, note: &str) -> anyhow::Result<ReturnAnswer> {
    let seen = use_case::review(park, &actor(context), id).map_err(stopped)?;
    Ok(ReturnAnswer { version: seen.version, note: note.to_owned(), fields: BTreeMap::new() })
}

/// Reasons by field: items are known by their title or their id.
fn reasons(
    park: &Park,
    id: u64,
    context: &Context,
    said: &[(String, String)],
) -> anyhow::Result<BTreeMap<FieldId, String>> {
    let seen = use_case::review(park, &actor(context), id).map_err(stopped)?;
    let mut found = BTreeMap::new();
    for (name, reason) in said {
        let fields = seen.fields.iter().filter_map(|one| field(park, &seen, &one.field));
        let known = fields.clone().find(|field: &&Field| field.title == *name || field.id.as_str() == name);
        let Some(known) = known else {
            let titles: Vec<&str> = fields.map(|field| field.title.as_str()).collect();
            let message = format!("报表里没有指标“{name}”");
            return Err(Stop::error(REFUSED, message, format!("有：{}", titles.join("、"))));
        };
        found.insert(known.id.clone(), reason.clone());
    }
    Ok(found)
}

fn field<'p>(park: &'p Park, form: &ReturnForm, id: &FieldId) -> Option<&'p Field> {
    park.library().content.books.get(&form.head.book)?.field(id)
}

fn list(context: &Context, park: &Park, all: bool) -> anyhow::Result<u8> {
    let only = (!all).then_some(ReturnState::Submitted);
    let found = use_case::handed_in(park, &actor(context), only)?;
    if context.format == Format::Json {
        print_json(&found)?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("id", "编号", true),
        ("enterprise", "企业", false),
        ("book", "报表", false),
        ("period", "报告期", false),
        ("state", "状态", false),
        ("department", "审核部门", false),
        ("at", "最近办理", false),
        ("note", "退回意见", false),
    ]);
    for one in &found.items {
        sheet.row([
            text(one.id.as_ref()),
            one.enterprise.title.clone(),
            one.title.clone(),
            one.period_words.clone(),
            words::word(one.state).to_owned(),
            one.department.clone(),
            one.at.map_or_else(String::new, when),
            one.note.clone().unwrap_or_default(),
        ]);
    }
    sheet.print(context.format)?;
    if context.format == Format::Text {
        say(format!("等待审核 {} 份", found.waiting))?;
    }
    Ok(DONE)
}

/// What a return is called.
fn called(head: &ReturnHead) -> String {
    format!(
        "第 {} 号　{}　{} {}",
        text(head.id.as_ref()),
        head.enterprise.title,
        head.title,
        head.period_words
    )
}

fn show(context: &Context, park: &Park, form: &ReturnForm) -> anyhow::Result<()> {
    if context.format == Format::Text {
        say(format!("{}　{}", called(&form.head), words::word(form.head.state)))?;
    }
    let (before, year_before) = (form.before.as_deref(), form.year_before.as_deref());
    let heading =
        |word: &str, of: Option<&str>| of.map_or_else(|| word.to_owned(), |of| format!("{word} {of}"));
    let (before, year_before) = (heading("上期", before), heading("上年同期", year_before));
    let mut sheet = Sheet::new(&[
        ("field", "指标", false),
        ("value", "本次报送", true),
        ("before", &before, true),
        ("year_before", &year_before, true),
        ("change", "变动", true),
        ("reason", "企业说明", false),
        ("last_time", "上次报送", true),
        ("sent_back", "退回原因", false),
    ]);
    for one in &form.fields {
        let known = field(park, form, &one.field);
        let title = known.map_or(one.field.as_str(), |field| field.title.as_str());
        let unit = known.and_then(|field| field.kind.unit());
        let cell = |cell: &Option<app::books::Cell>| {
            cell.as_ref().map_or_else(String::new, |cell| cell.text.clone())
        };
        sheet.row([
            unit.map_or_else(|| title.to_owned(), |unit| format!("{title}（{unit}）")),
            cell(&one.cell),
            cell(&one.before),
            cell(&one.year_before),
            one.change.as_ref().map_or_else(String::new, |change| format!("{change}%")),
            one.reason.clone(),
            cell(&one.last_time),
            one.sent_back.clone().unwrap_or_default(),
        ]);
    }
    sheet.print(context.format)?;
    if context.format != Format::Text {
        return Ok(());
    }
    for finding in &form.findings {
        let whose =
            finding.place.field.as_ref().and_then(|id| field(park, form, &FieldId::from(id.as_str())));
        let whose = whose.map_or_else(String::new, |field| format!("{}：", field.title));
        let hint = if finding.hint.is_empty() { String::new() } else { format!("（{}）", finding.hint) };
        say(format!("  {whose}{}{hint}", finding.message))?;
    }
    for round in &form.rounds {
        say(format!("  {}", told(round)))?;
    }
    Ok(())
}

/// A step in a line.
fn told(round: &ReturnRound) -> String {
    let act = match round.act {
        ReturnAct::Submit => "报送",
        ReturnAct::Withdraw => "撤回",
        ReturnAct::SendBack => "退回",
        ReturnAct::Accept => "审核入账",
    };
    let note = if round.note.is_empty() { String::new() } else { format!("：{}", round.note) };
    let revision = round.revision.map_or_else(String::new, |revision| format!("，第 {revision} 版"));
    format!("{}　{} {act}{revision}{note}", when(round.at), round.who)
}

/// What became of it.
fn done(form: &ReturnForm) -> anyhow::Result<()> {
    let last = form.rounds.last().map_or_else(String::new, told);
    say(format!("{}　{}", called(&form.head), words::word(form.head.state)))?;
    say(format!("  {last}"))?;
    if let Some(entry) = form.entry {
        say(format!("  台账条目 {entry}：parkledger history {entry} 看每个数的来历"))?;
    }
    Ok(())
}
