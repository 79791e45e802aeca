//! `serve`, `config show`: the web server and its settings.

use std::path::PathBuf;
use std::sync::Arc;

use app::access::Secret;
use app::clock::SystemClock;
use clap::{Args, Subcommand};
use serde_json::json;

use super::out::{Sheet, json as print_json, say};
use super::{Context, DONE, Format, SETUP, Stop, random_key};
use crate::http::config::{Config, ConfigFault, Given, Origin};
use crate::http::{ServeFault, logs, open, openapi as description, serve};

/// `serve`
#[derive(Args)]
pub(super) struct Serve {
    /// 网页和接口的地址 / Address of pages and API [127.0.0.1:8420]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// 监控指标的地址，off 为关闭 / Address of metrics, off for none [127.0.0.1:9464]
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<String>,
    /// 网页文件夹，代替自带的网页 / Folder of the client instead of the embedded one
    #[arg(long, value_name = "DIR")]
    web: Option<String>,
    /// 设置文件 / Settings file [DIR/parkledger.toml]
    #[arg(long, value_name = "FILE", env = "PARKLEDGER_CONFIG")]
    config: Option<PathBuf>,
}

impl Serve {
    /// At an address, everything else as the settings say.
    pub(super) fn at(listen: Option<String>) -> Self {
        Self { listen, metrics: None, web: None, config: None }
    }
}

/// `config`
#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// 列出生效的设置和来源 / Show the settings in force and where they came from
    Show {
        /// 设置文件 / Settings file [DIR/parkledger.toml]
        #[arg(long, value_name = "FILE", env = "PARKLEDGER_CONFIG")]
        config: Option<PathBuf>,
    },
}

fn settings(context: &Context, file: Option<&PathBuf>, given: &Given) -> anyhow::Result<Config> {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Config::load(&context.data()?, file.map(PathBuf::as_path), given, &read).map_err(|fault| {
        let ConfigFault { place, key, message, hint } = fault;
        let place = if place.is_empty() { String::new() } else { format!("{place}：") };
        Stop::error(2, format!("{place}设置 {key}：{message}"), hint)
    })
}

/// The address people use, as far as the settings tell.
pub(super) fn address(context: &Context) -> anyhow::Result<String> {
    let config = settings(context, None, &Given::new())?;
    Ok(if config.public_url.is_empty() { format!("http://{}", config.listen) } else { config.public_url })
}

/// Serves until told to stop.
pub(super) fn run(context: &Context, args: &Serve) -> anyhow::Result<u8> {
    let given = [("listen", &args.listen), ("metrics", &args.metrics), ("web_dir", &args.web)];
    let given = given.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))).collect();
    let config = settings(context, args.config.as_ref(), &given)?;
    logs::begin(&config);
    let mut park = context.park_or_new()?;
    let first = park.first_setup(&Secret::new(random_key()))?;
    let public = config.public_url.clone();
    let app = open(park, config, Arc::new(SystemClock), random_key)?;
    let told = serve(&app, |address| {
        // Standard output may be closed when this runs as a service.
        let _ = say(format!("园区台账已启动：http://{address}/　（Ctrl+C 停止）"));
        if let Some(link) = &first {
            let address = if public.is_empty() { format!("http://{address}") } else { public.clone() };
            let _ = say(format!("还没有管理员。用浏览器打开这个一次性链接设置：\n{}", link.link(&address)));
        }
    });
    match told {
        Ok(()) => Ok(DONE),
        Err(ServeFault::Listen { address, key, source }) => {
            let taken = source.kind() == std::io::ErrorKind::AddrInUse;
            let message = if taken {
                format!("{address} 已被别的程序占用")
            } else {
                format!("不能在 {address} 上监听（{source}）")
            };
            Err(Stop::error(SETUP, message, format!("换一个端口：--{key} 地址:端口，或先停掉占用它的程序")))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Shows the settings in force.
pub(super) fn config(context: &Context, command: ConfigCommand) -> anyhow::Result<u8> {
    let ConfigCommand::Show { config } = command;
    let config = settings(context, config.as_ref(), &Given::new())?;
    if context.format == Format::Json {
        let providers: Vec<_> =
            config.oidc.iter().map(|p| json!({ "id": p.id, "issuer": p.issuer })).collect();
        print_json(&json!({ "settings": config.in_force, "oidc": providers }))?;
        return Ok(DONE);
    }
    let mut sheet = Sheet::new(&[
        ("key", "设置", false),
        ("value", "值", false),
        ("from", "来源", false),
        ("doc", "说明", false),
    ]);
    for one in &config.in_force {
        let from = match one.from {
            Origin::Default => "默认",
            Origin::File => "设置文件",
            Origin::Environment => "环境变量",
            Origin::CommandLine => "命令行",
        };
        sheet.row([one.key.clone(), one.value.clone(), from.to_owned(), one.doc.clone()]);
    }
    for provider in &config.oidc {
        sheet.row(["oidc".to_owned(), provider.id.clone(), "设置文件".to_owned(), provider.issuer.clone()]);
    }
    sheet.print(context.format)?;
    Ok(DONE)
}

/// Prints the description of the API.
pub(super) fn openapi() -> anyhow::Result<u8> {
    say(description().to_pretty_json()?)?;
    Ok(DONE)
}
