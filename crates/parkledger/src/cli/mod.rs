//! The command line as users type it. One file per command group; the whole grammar is in this file.
//!
//! To add a command: a variant here with a Chinese and an English sentence, an arm in [`dispatch`], a function in the
//! file of its group.

mod content;
mod demo;
mod enterprise;
mod figure;
mod import;
mod ladder;
mod ledger;
mod out;
mod parcels;
mod parcels_files;
mod parcels_policy;
mod parcels_simulate;
mod parcels_use;
mod policy;
mod pool;
mod promotion;
mod published;
mod refresh;
mod report;
mod returns;
mod serve;
mod token;
mod user;
mod visits;
mod why;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::clock::SystemClock;
use app::library::Library;
use app::parcels::ExportFormat;
use app::park::{Park, Setup};
use app::worker::{LIMITED_COMMAND, WORKER_COMMAND, Worker, become_limited};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

/// Everything went as asked.
const DONE: u8 = 0;
/// Asked-for work was refused because of the data: error findings, nothing accepted.
const REFUSED: u8 = 1;
/// The content folder is wrong.
const CONTENT: u8 = 3;
/// The data folder, a file or the machine is wrong: missing, full, locked, not permitted.
const SETUP: u8 = 4;

const EXIT_CODES: &str = "\
退出码 / Exit codes:
  0  完成 / done
  1  数据有问题，没有入账或未通过 / refused because of the data
  2  命令写法不对 / wrong usage
  3  内容定义有错 / content is wrong
  4  数据文件夹、文件或机器有问题 / data folder, file or machine

手册见 docs/manual / The manual is in docs/manual.";

/// 园区台账：部门表格进，指标和报告出，每个数都能查到出处。
/// Parkledger: department workbooks in, figures and reports out, every number traced to its cell.
#[derive(Parser)]
#[command(name = "parkledger", version, about, after_help = EXIT_CODES, max_term_width = 110)]
struct Cli {
    /// 数据文件夹 / Data folder
    #[arg(long, global = true, env = "PARKLEDGER_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// 内容覆盖文件夹：同名文件整个替换 / Overlay folder: replaces whole content files
    #[arg(long, global = true, env = "PARKLEDGER_CONTENT", value_name = "DIR")]
    content: Option<PathBuf>,
    /// 输出格式 / Output format
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// 操作人，记入台账 / Who is doing this, recorded in the ledger
    #[arg(long, global = true, env = "PARKLEDGER_USER", value_name = "NAME")]
    user: Option<String>,
    #[command(subcommand)]
    command: Command,
}

/// How tables are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 表格（也可写 table）/ Table, also called table
    #[value(alias = "table")]
    Text,
    /// JSON
    Json,
    /// CSV
    Csv,
    /// A file of parcels; only where one is written.
    #[value(skip)]
    File(ExportFormat),
}

#[derive(Subcommand)]
enum Command {
    /// 生成演示园区：部门表格、台账、年度报告、依据底稿 / Generate a demo park with workbooks, ledger and report
    Demo(demo::Demo),
    /// 导入部门表格：先看问题和变化，加 --accept 入账 / Import workbooks: shows findings and changes, --accept writes
    Import(import::Import),
    /// 计算一个指标，可分组、剔除、查出处 / Compute a figure, broken down, with exclusions, traced
    Figure(figure::Figure),
    /// 用在哪里：一条台账或一个单元格用到哪些指标、语句、评价和发布 / Where an entry or a cell is used
    WhereUsed(why::WhereUsed),
    /// 报告 / Reports
    #[command(subcommand)]
    Report(report::Report),
    /// 地块：覆盖、评价、试算、导入界线、导出 / Land parcels
    #[command(subcommand)]
    Parcels(parcels::Parcels),
    /// 企业：查找、一企一档、一企一策、登记证明 / Enterprises: find, file, plan, certificates
    Enterprise(enterprise::Enterprises),
    /// 梯队：谁达到、差什么、缺什么 / Ladders
    Ladder(ladder::Ladders),
    /// 政策：谁可享受、多少钱、草案测算 / Policies
    Policy(policy::Policies),
    /// 储备库：谁接近门槛、预计何时达到、谁负责 / Reserve pools
    Pool(pool::Pools),
    /// 招商：线索和项目、到资认定、土地预计与实际 / Investment promotion
    Promotion(promotion::PromotionArgs),
    /// 走访和诉求：应走访谁、诉求到期、红黄灯、统计 / Visits and demands
    Visits(visits::Visits),
    /// 企业填报：看企业报送的报表，审核入账或退回 / Returns of enterprises: look, accept, send back
    Returns(returns::Returns),
    /// 列出未解决的问题 / List open findings
    Findings(ledger::Findings),
    /// 列出应报未报的单位 / List who has not reported
    Missing(ledger::Missing),
    /// 名录匹配队列：是不是同一家 / Matching queue: same enterprise or not
    Matches(ledger::Matches),
    /// 一条台账的历史 / History of an entry
    History(ledger::History),
    /// 列出版本 / List revisions
    Revisions(ledger::Revisions),
    /// 检查台账是否完整、未被改动 / Check that the ledger is whole and untampered
    Verify(ledger::Verify),
    /// 在线备份成一个文件 / Back up into one file while in use
    Backup(ledger::Backup),
    /// 从备份恢复到空的数据文件夹 / Restore a backup into an empty data folder
    Restore(ledger::Restore),
    /// 内容定义：检查、编目 / Content definitions: check, catalogue
    #[command(subcommand)]
    Content(content::Content),
    /// 启动网页和接口 / Serve the web application
    Serve(serve::Serve),
    /// 网页账户：新开、停用、解锁、重设 / Accounts of the web application
    #[command(subcommand)]
    User(user::User),
    /// 接口令牌：新开、列出、吊销 / Tokens for machines
    #[command(subcommand)]
    Token(token::Token),
    /// 服务设置 / Settings of the server
    #[command(subcommand)]
    Config(serve::ConfigCommand),
    /// 打印接口说明（OpenAPI）/ Print the description of the API
    #[command(hide = true)]
    Openapi,
    /// 生成命令补全脚本 / Print a shell completion script
    Completion {
        /// bash、zsh、fish、powershell、elvish
        shell: clap_complete::Shell,
    },
    #[command(name = WORKER_COMMAND, hide = true)]
    Worker { memory: u64, cpu_seconds: u64 },
    #[command(name = LIMITED_COMMAND, hide = true)]
    Limited { memory: u64, cpu_seconds: u64, program: OsString, arguments: Vec<OsString> },
}

/// What every command is given.
#[derive(Clone)]
struct Context {
    data: Option<PathBuf>,
    overlay: Option<PathBuf>,
    format: Format,
    user: String,
}

/// A message for the user that ends the command with a code.
#[derive(Debug)]
struct Stop {
    code: u8,
    message: String,
    hint: String,
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Stop {}

impl Stop {
    fn error(code: u8, message: impl Into<String>, hint: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Self { code, message: message.into(), hint: hint.into() })
    }
}

/// Runs the command line of this process.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Worker { memory, cpu_seconds } = cli.command {
        let served =
            app::worker::serve(memory, cpu_seconds, &mut std::io::stdin(), &mut std::io::stdout().lock());
        return if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    if let Command::Limited { memory, cpu_seconds, program, arguments } = &cli.command {
        return complain(&become_limited(*memory, *cpu_seconds, program, arguments).into());
    }
    let user = cli.user.or_else(|| std::env::var("USER").ok()).unwrap_or_else(|| "本机用户".to_owned());
    let context = Context { data: cli.data, overlay: cli.content, format: cli.format, user };
    match dispatch(&context, cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => complain(&error),
    }
}

fn dispatch(context: &Context, command: Command) -> anyhow::Result<u8> {
    match command {
        Command::Demo(args) => demo::run(context, &args),
        Command::Import(args) => import::run(context, args),
        Command::Figure(args) => figure::run(context, &args),
        Command::WhereUsed(args) => why::where_used(context, &args),
        Command::Report(args) => report::run(context, args),
        Command::Parcels(args) => parcels::run(context, &args),
        Command::Enterprise(args) => enterprise::run(context, &args),
        Command::Ladder(args) => ladder::run(context, &args),
        Command::Policy(args) => policy::run(context, &args),
        Command::Pool(args) => pool::run(context, &args),
        Command::Promotion(args) => promotion::run(context, &args),
        Command::Visits(args) => visits::run(context, &args),
        Command::Returns(args) => returns::run(context, &args),
        Command::Findings(args) => ledger::findings(context, &args),
        Command::Missing(args) => ledger::missing(context, &args),
        Command::Matches(args) => ledger::matches(context, args),
        Command::History(args) => ledger::history(context, &args),
        Command::Revisions(args) => ledger::revisions(context, &args),
        Command::Verify(args) => ledger::verify(context, &args),
        Command::Backup(args) => ledger::backup(context, &args),
        Command::Restore(args) => ledger::restore(context, &args),
        Command::Content(args) => content::run(context, args),
        Command::Serve(args) => serve::run(context, &args),
        Command::User(args) => user::run(context, args),
        Command::Token(args) => token::run(context, args),
        Command::Config(args) => serve::config(context, args),
        Command::Openapi => serve::openapi(),
        Command::Completion { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "parkledger", &mut script);
            std::io::stdout().write_all(&script)?;
            Ok(DONE)
        }
        Command::Worker { .. } | Command::Limited { .. } => unreachable!("served before anything else"),
    }
}

/// Prints an error with its causes and hint on standard error.
fn complain(error: &anyhow::Error) -> ExitCode {
    let stop = error.downcast_ref::<Stop>();
    let known = app::messages::fault::of(error.as_ref());
    let (code, message, hint) = match (stop, known) {
        (Some(stop), _) => (stop.code, stop.message.clone(), stop.hint.clone()),
        (None, Some((message, hint))) => {
            let asked = error.is::<app::access::AccessFault>();
            (if asked { REFUSED } else { SETUP }, message, hint)
        }
        (None, None) => (SETUP, error.to_string(), String::new()),
    };
    let mut text = format!("错误：{message}\n");
    for cause in error.chain().skip(1).filter(|c| app::messages::fault::of(*c).is_none()) {
        text.push_str(&format!("  原因：{cause}\n"));
    }
    if !hint.is_empty() {
        text.push_str(&format!("  提示：{hint}\n"));
    }
    // Standard error may be closed; the exit code still tells.
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(code)
}

impl Context {
    /// The content in force; wrong definitions end the command.
    fn library(&self) -> anyhow::Result<Library> {
        let overlay = self.overlay.as_deref();
        let library = match &self.data {
            Some(data) => Library::load_for(data, overlay)?,
            None => Library::load(overlay)?,
        };
        if !library.diagnostics.is_empty() {
            content::print_diagnostics(&library)?;
            return Err(Stop::error(
                CONTENT,
                format!("内容定义有 {} 处错误", library.diagnostics.len()),
                "改正后用 parkledger content check 复查",
            ));
        }
        Ok(library)
    }

    /// What a park is opened with.
    fn setup(&self) -> anyhow::Result<Setup> {
        let worker = Worker::this_program()?;
        Ok(Setup {
            library: Arc::new(self.library()?),
            worker,
            clock: Arc::new(SystemClock),
            who: self.user.clone(),
        })
    }

    /// Opens the existing data folder.
    fn park(&self) -> anyhow::Result<Park> {
        let data = self.data()?;
        Park::open(&data, self.setup()?).with_context(|| format!("打不开数据文件夹 {}", data.display()))
    }

    /// Opens the data folder, making a new one where there is none.
    fn park_or_new(&self) -> anyhow::Result<Park> {
        let data = self.data()?;
        Park::open_or_create(&data, self.setup()?, random_key)
            .with_context(|| format!("打不开数据文件夹 {}", data.display()))
    }

    /// The data folder.
    fn data(&self) -> anyhow::Result<PathBuf> {
        self.data.clone().ok_or_else(|| {
            Stop::error(2, "没有指定数据文件夹", "加上 --data 文件夹，或设置环境变量 PARKLEDGER_DATA")
        })
    }
}

/// 32 random bytes for a new ledger's hash chain.
#[expect(clippy::disallowed_methods, reason = "the entry point is where randomness is drawn")]
fn random_key() -> [u8; 32] {
    let mut key = [0; 32];
    getrandom::fill(&mut key).expect("the system's random source is available");
    key
}
