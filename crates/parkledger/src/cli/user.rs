//! `user`: accounts of the web application – who may sign in, with which roles.

use app::access::{AccountChange, Actor, Invitation, NewAccount, PersonId, Secret, proper_name};
use app::park::Park;
use clap::{Args, Subcommand};
use model::id::EntryId;
use serde_json::json;

use super::out::{Sheet, json as print_json, say, when};
use super::{Context, DONE, Format, REFUSED, Stop, random_key, serve};

/// `user`
#[derive(Subcommand)]
pub(super) enum User {
    /// 新开账户，打印一次性设密码链接 / Add an account and print the one-time link to choose a password
    Add(Add),
    /// 列出账户 / List accounts
    List,
    /// 停用账户，立即退出登录 / Lock an account; its sessions end at once
    Lock {
        /// 登录名 / Name
        name: String,
    },
    /// 解锁账户 / Unlock an account
    Unlock {
        /// 登录名 / Name
        name: String,
    },
    /// 重设：取消动态验证码，打印一次性设密码链接 / Remove the second factor and print a link for a new password
    Reset {
        /// 登录名 / Name
        name: String,
    },
}

/// `user add`
#[derive(Args)]
pub(super) struct Add {
    /// 登录名 / Name to sign in with
    name: String,
    /// 角色，可多个，见 content/access.toml / Role, repeatable
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// 姓名 / Name people read
    #[arg(long, value_name = "TEXT", default_value = "")]
    display: String,
    /// 科室，与台账的来源部门一致 / Department, as books name it
    #[arg(long, value_name = "TEXT", default_value = "")]
    department: String,
    /// 企业：名录中的主键或条目号 / Enterprise: its key in the register or its entry number
    #[arg(long, value_name = "KEY")]
    enterprise: Option<String>,
    /// 要求启用动态验证码 / Require a second factor
    #[arg(long)]
    second_factor: bool,
}

/// Runs `user …`.
pub(super) fn run(context: &Context, command: User) -> anyhow::Result<u8> {
    match command {
        User::Add(args) => add(context, args),
        User::List => list(context),
        User::Lock { name } => lock(context, &name, true),
        User::Unlock { name } => lock(context, &name, false),
        User::Reset { name } => reset(context, &name),
    }
}

fn add(context: &Context, args: Add) -> anyhow::Result<u8> {
    let mut park = context.park_or_new()?;
    let enterprise = args.enterprise.map(|text| enterprise(&park, &text)).transpose()?;
    let new = NewAccount {
        name: args.name,
        display: args.display,
        department: args.department,
        roles: args.roles,
        enterprise,
        second_factor: args.second_factor,
    };
    let actor = Actor::local(&context.user);
    let link = park.invite(&actor, &new, &Secret::new(random_key()))?;
    print_link(context, &proper_name(&new.name)?, &link)
}

fn print_link(context: &Context, name: &str, link: &Invitation) -> anyhow::Result<u8> {
    let address = link.link(&serve::address(context)?);
    if context.format == Format::Json {
        let person = link.person.map(|p| p.0);
        print_json(&json!({ "name": name, "person": person, "link": address, "expires": link.expires }))?;
        return Ok(DONE);
    }
    say(format!("账户“{name}”的设密码链接（只能用一次，{} 前有效）：\n{address}", when(link.expires)))?;
    Ok(DONE)
}

fn list(context: &Context) -> anyhow::Result<u8> {
    let park = context.park()?;
    let mut sheet = Sheet::new(&[
        ("id", "号", true),
        ("name", "登录名", false),
        ("display", "姓名", false),
        ("department", "科室", false),
        ("roles", "角色", false),
        ("enterprise", "企业", false),
        ("locked", "停用", false),
        ("second_factor", "动态验证码", false),
        ("last_seen", "最近登录", false),
    ]);
    let tick = |flag: bool| if flag { "✓" } else { "" }.to_owned();
    for one in park.people()? {
        sheet.row([
            one.person.id.to_string(),
            one.person.name,
            one.person.display,
            one.person.department,
            one.person.roles.join("、"),
            one.person.enterprise.map(|e| e.title).unwrap_or_default(),
            tick(one.locked),
            tick(one.person.second_factor),
            one.last_seen.map(when).unwrap_or_default(),
        ]);
    }
    if sheet.len() == 0 && context.format == Format::Text {
        say("还没有账户；parkledger serve 启动时会打印第一位管理员的设密码链接")?;
        return Ok(DONE);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

fn lock(context: &Context, name: &str, locked: bool) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let (id, actor) = (named(&park, name)?, Actor::local(&context.user));
    if locked {
        let change = AccountChange { locked: Some(true), ..AccountChange::default() };
        park.change_account(&actor, id, change)?;
        say(format!("账户“{name}”已停用，并已退出登录"))?;
    } else {
        park.unlock(&actor, id)?;
        say(format!("账户“{name}”已解锁"))?;
    }
    Ok(DONE)
}

fn reset(context: &Context, name: &str) -> anyhow::Result<u8> {
    let mut park = context.park()?;
    let id = named(&park, name)?;
    let link = park.reset_account(&Actor::local(&context.user), id, &Secret::new(random_key()))?;
    print_link(context, name, &link)
}

/// The person of a name.
pub(super) fn named(park: &Park, name: &str) -> anyhow::Result<PersonId> {
    let proper = proper_name(name)?;
    let person = park.store().person_named(&proper)?;
    person
        .map(|p| p.id)
        .ok_or_else(|| Stop::error(REFUSED, format!("没有账户“{name}”"), "账户见 parkledger user list"))
}

/// An enterprise by its key in the register, or by its entry number.
fn enterprise(park: &Park, text: &str) -> anyhow::Result<EntryId> {
    if let Some(entry) = park.enterprise(text)? {
        return Ok(entry);
    }
    Err(Stop::error(REFUSED, format!("名录里没有“{text}”"), "写统一社会信用代码，或台账里的条目号"))
}
