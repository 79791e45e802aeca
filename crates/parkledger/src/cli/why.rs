//! `figure --why`, `figure --vintages`, `where-used`: why a number moved, what was known of it, and what it is used for.

use app::access::Actor;
use app::explore::{self, Question, WhyPart, WhyQuestion, WhyView};
use app::publishing::Publishing;
use app::uses::{Target, Uses, where_used as uses_of};
use clap::Args;
use model::id::EntryId;

use super::figure::Figure;
use super::out::{Sheet, json as print_json, say, when};
use super::{Context, DONE, Format, Stop};

/// Movers printed of each part, each way.
const SHOWN: usize = 5;
/// Lines printed of each kind of use.
const LINES: usize = 40;

/// `where-used`
#[derive(Args)]
pub(super) struct WhereUsed {
    /// 条目的号，或 文件!工作表!单元格 / An entry's number, or FILE!SHEET!CELL
    #[arg(value_name = "ENTRY|FILE!SHEET!CELL")]
    target: String,
}

/// Explains a difference, or lists vintages.
pub(super) fn run(context: &Context, args: &Figure, id: &str) -> anyhow::Result<u8> {
    let park = context.park()?;
    let actor = Actor::local(&context.user);
    let (from, to) = match &args.why {
        Some(text) => {
            let (from, to) = ends(text)?;
            (Some(from.to_owned()), to.to_owned())
        }
        None => (None, args.period.clone().unwrap_or_default()),
    };
    let question = args.question(id, &to);
    if let Some(months) = args.vintages {
        return vintages(context, &explore::vintages(&park, &actor, &question, months, &[])?);
    }
    let (known, as_of) = match &args.why_revision {
        Some(text) => {
            let (from, to) = ends(text)?;
            (Some(from.to_owned()), Some(to.to_owned()))
        }
        None => (None, question.as_of.clone()),
    };
    let asked = WhyQuestion {
        to: Question { as_of, ..question },
        from,
        from_as_of: known,
        from_exclude: args.why_exclude.clone().map(|text| if text == "none" { String::new() } else { text }),
        publication: args.why_publication,
        growth: args.why_growth,
        flat: args.flat.clone(),
    };
    let found = explore::why(&park, &actor, &asked)?;
    match context.format {
        Format::Json => print_json(&found)?,
        Format::Csv => movers(&found, usize::MAX).print(context.format)?,
        Format::Text | Format::File(_) => text(&found)?,
    }
    Ok(DONE)
}

fn ends(text: &str) -> anyhow::Result<(&str, &str)> {
    text.split_once("..")
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .ok_or_else(|| Stop::error(2, format!("“{text}”缺少两端"), "写成 前..后，例如 2022-10..2023-10"))
}

fn text(found: &WhyView) -> anyhow::Result<()> {
    let of = if found.quantity == "growth" { "同比" } else { "" };
    say(format!("{}{of}", found.title))?;
    for (word, end) in [("前", &found.from), ("后", &found.to)] {
        say(format!("  {word}　{}　第 {} 版　{}", end.period.text, end.revision, end.shown))?;
    }
    let relative = found.relative.as_ref().map_or(String::new(), |r| format!("（{r}%）"));
    say(format!("  差　{}{}{relative}", found.difference, found.unit))?;
    let mut sheet = Sheet::new(&[
        ("title", "部分", false),
        ("amount", "数额", true),
        ("share", "占差额%", true),
        ("movers", "单位数", true),
    ]);
    for part in &found.parts {
        let movers = if found.by_mover { part.movers.to_string() } else { String::new() };
        sheet.row([part.title.clone(), part.amount.clone(), part.share.clone().unwrap_or_default(), movers]);
    }
    sheet.row(["合计".to_owned(), found.difference.clone(), String::new(), String::new()]);
    sheet.print(Format::Text)?;
    if found.by_mover {
        say("")?;
        movers(found, SHOWN).print(Format::Text)?;
    } else {
        say("这个数不是逐户加总得到的，或逐户数据不公开，只列各部分")?;
    }
    if let Some(flat) = &found.flat {
        say(format!("假如{}没有变化：{}，{}", flat.names.join("、"), flat.shown, flat.change))?;
    }
    Ok(())
}

fn movers(found: &WhyView, most: usize) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("part", "部分", false),
        ("title", "单位", false),
        ("effect", "影响", true),
        ("before", "前", true),
        ("after", "后", true),
        ("if_flat", "若持平", true),
        ("if_flat_change", "则", false),
        ("cells", "单元格", false),
    ]);
    let numbers = |all: &[Option<String>]| {
        all.iter().map(|n| n.as_deref().unwrap_or("—")).collect::<Vec<_>>().join(" / ")
    };
    let of = |part: &WhyPart| [part.up.clone(), part.down.clone()];
    for part in &found.parts {
        for mover in of(part).iter().flat_map(|list| list.iter().take(most)) {
            let place = mover.cells.iter().rev().map(|c| &c.cell.place).find(|p| !p.cell.is_empty());
            sheet.row([
                part.title.clone(),
                mover.title.clone(),
                mover.effect.clone(),
                numbers(&mover.before),
                numbers(&mover.after),
                mover.if_flat.clone().unwrap_or_default(),
                mover.if_flat_change.clone().unwrap_or_default(),
                place.map_or_else(String::new, app::messages::publishing::place),
            ]);
        }
    }
    sheet
}

fn vintages(context: &Context, found: &explore::Vintages) -> anyhow::Result<u8> {
    if context.format == Format::Json {
        print_json(found)?;
        return Ok(DONE);
    }
    say(format!("{}（{}）", found.title, found.unit))?;
    let mut sheet = Sheet::new(&[
        ("period", "时期", false),
        ("revision", "版本", true),
        ("at", "入账时间", false),
        ("publications", "发布", false),
        ("value", "数值", true),
        ("changed", "变动", false),
    ]);
    for row in &found.rows {
        for (column, cell) in found.columns.iter().zip(&row.cells) {
            let published: Vec<String> = column.publications.iter().map(|n| format!("第{n}次")).collect();
            let blank = || cell.value.blank.as_ref().map_or_else(String::new, |b| format!("—（{}）", b.text));
            sheet.row([
                row.text.clone(),
                column.revision.to_string(),
                when(column.at),
                published.join("、"),
                cell.value.number.clone().unwrap_or_else(blank),
                if cell.changed { "改" } else { "" }.to_owned(),
            ]);
        }
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// Lists what an entry or a cell is used for.
pub(super) fn where_used(context: &Context, args: &WhereUsed) -> anyhow::Result<u8> {
    let park = context.park()?;
    let parts: Vec<&str> = args.target.split(['!', '！']).collect();
    let target = match parts.as_slice() {
        [number] => Target::Entry(EntryId(number.trim_start_matches('#').parse().map_err(|_| {
            Stop::error(2, format!("“{number}”不是条目的号"), "写条目的号，或 文件!工作表!单元格")
        })?)),
        [file, sheet, cell] => {
            Target::Cell { file: (*file).to_owned(), sheet: (*sheet).to_owned(), cell: (*cell).to_owned() }
        }
        _ => {
            let hint = "写条目的号，或 文件!工作表!单元格";
            return Err(Stop::error(2, format!("“{}”看不懂", args.target), hint));
        }
    };
    let found = uses_of(&park, &Publishing::new(), &Actor::local(&context.user), &target)?;
    if context.format == Format::Json {
        print_json(&found)?;
    } else {
        print_uses(&found)?;
    }
    Ok(DONE)
}

fn print_uses(found: &Uses) -> anyhow::Result<()> {
    if found.items.is_empty() {
        say("台账没有从这一格读过数：它是表头、说明，或没有读的一列")?;
    }
    for item in &found.items {
        let field = item.field_title.as_ref().map_or(String::new(), |f| format!("　{f}"));
        say(format!("{}（{} #{}）{field}", item.title, item.book, item.entry))?;
        let mut sheet = Sheet::new(&[
            ("title", "指标", false),
            ("period", "时期", false),
            ("role", "用处", false),
            ("shown", "数值", true),
            ("without", "若没有它", true),
        ]);
        for figure in &item.figures {
            let role = match figure.role {
                "base" => "同期",
                "subject" => "有关单位",
                _ => "本期",
            };
            let without = figure.without.clone().unwrap_or_default();
            sheet.row([&figure.title, &figure.period.text, role, &figure.shown, &without]);
        }
        say(format!("指标 {} 个", item.figures.len()))?;
        if sheet.len() > 0 {
            sheet.print(Format::Text)?;
        }
        say(format!("报告语句 {} 处", item.sentences.len()))?;
        for one in item.sentences.iter().take(LINES) {
            say(format!("  {} {} 第{}段　{}", one.report_title, one.period, one.paragraph, one.sentence))?;
        }
        say(format!("评价 {} 次", item.grades.len()))?;
        for one in item.grades.iter().take(LINES) {
            let grade = one.grade.as_deref().unwrap_or("—");
            say(format!("  {} {}　{}　{grade}", one.title, one.year, one.subject_title))?;
        }
        say(format!("已发布 {} 处", item.published.len()))?;
        for one in item.published.iter().take(LINES) {
            let about = format!("第{}次 {} {}", one.publication, one.report, one.period);
            say(format!("  {about}　{} {}　{}", one.title, one.text, one.sentence))?;
        }
    }
    Ok(())
}
