//! `token`: tokens by which machines use the API.

use app::access::{Actor, NewToken, Right, Secret, TokenId};
use app::clock::{Clock as _, SystemClock};
use clap::{Args, Subcommand};
use jiff::SignedDuration;
use serde_json::json;

use super::out::{Sheet, json as print_json, say, when};
use super::user::named;
use super::{Context, DONE, Format, Stop, random_key};

/// `token`
#[derive(Subcommand)]
pub(super) enum Token {
    /// 新开令牌，只显示一次 / Add a token; it is shown once
    Add(Add),
    /// 列出令牌 / List tokens
    List,
    /// 吊销令牌 / Revoke a token
    Revoke {
        /// 令牌号 / Number
        id: u64,
    },
}

/// `token add`
#[derive(Args)]
pub(super) struct Add {
    /// 用途 / What it is for
    title: String,
    /// 以谁的名义：登录名 / In whose name
    #[arg(long, value_name = "NAME")]
    user: String,
    /// 权限，可多个：read、record、accept、publish、administer、unmask、audit、file / Right, repeatable
    #[arg(long = "scope", value_name = "RIGHT", required = true)]
    scopes: Vec<String>,
    /// 只限这本台账，可多个 / This book only, repeatable
    #[arg(long = "book", value_name = "BOOK")]
    books: Vec<String>,
    /// 几天后失效 / Days until it expires
    #[arg(long, value_name = "DAYS")]
    days: Option<u32>,
}

/// Runs `token …`.
pub(super) fn run(context: &Context, command: Token) -> anyhow::Result<u8> {
    match command {
        Token::Add(args) => add(context, &args),
        Token::List => list(context),
        Token::Revoke { id } => {
            let mut park = context.park()?;
            park.remove_token(&Actor::local(&context.user), TokenId(id))?;
            say(format!("第 {id} 号令牌已吊销"))?;
            Ok(DONE)
        }
    }
}

fn add(context: &Context, args: &Add) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let mut scopes = Vec::new();
    for word in &args.scopes {
        let right = Right::parse(word);
        scopes.push(right.ok_or_else(|| {
            let all: Vec<&str> = Right::ALL.into_iter().map(Right::word).collect();
            Stop::error(2, format!("没有权限“{word}”"), format!("可用的有：{}", all.join("、")))
        })?);
    }
    if let Some(unknown) = args.books.iter().find(|b| !park.library().content.books.contains_key(b.as_str()))
    {
        let hint = "台账见 parkledger content docs";
        return Err(Stop::error(2, format!("没有台账“{unknown}”"), hint));
    }
    let life = |days: u32| SignedDuration::from_hours(24 * i64::from(days));
    let new = NewToken {
        person: named(&park, &args.user)?,
        title: args.title.clone(),
        scopes,
        books: (!args.books.is_empty()).then(|| args.books.iter().map(|b| b.as_str().into()).collect()),
        expires: args.days.map(|days| SystemClock.now() + life(days)),
    };
    let (token, text) = park.add_token(&Actor::local(&context.user), &new, &Secret::new(random_key()))?;
    if context.format == Format::Json {
        print_json(&json!({ "id": token.id.0, "token": text, "expires": token.expires }))?;
        return Ok(DONE);
    }
    say(format!("第 {} 号令牌（只显示这一次，请妥善保存）：\n{text}", token.id.0))?;
    Ok(DONE)
}

fn list(context: &Context) -> anyhow::Result<u8> {
    let park = context.park()?;
    let mut sheet = Sheet::new(&[
        ("id", "号", true),
        ("title", "用途", false),
        ("person", "以谁的名义", false),
        ("scopes", "权限", false),
        ("books", "台账", false),
        ("expires", "失效", false),
        ("last_used", "最近使用", false),
    ]);
    for token in park.token_views()? {
        let scopes: Vec<&str> = token.scopes.iter().map(|r| r.word()).collect();
        sheet.row([
            token.id.to_string(),
            token.title,
            token.person,
            scopes.join("、"),
            token.books.map_or_else(|| "全部".to_owned(), |books| books.join("、")),
            token.expires.map(when).unwrap_or_default(),
            token.last_used.map(when).unwrap_or_default(),
        ]);
    }
    if sheet.len() == 0 && context.format == Format::Text {
        say("还没有令牌")?;
        return Ok(DONE);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}
