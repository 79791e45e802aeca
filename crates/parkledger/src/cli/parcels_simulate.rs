//! `parcels simulate`: other weights, benchmarks, quotas and rates on the command line, with the money that moves.

use std::collections::BTreeMap;

use app::parcels as use_case;
use app::parcels::shapes::{SchemeIndicator, Simulated, SimulationMover, SimulationRequest};
use clap::Args;

use super::out::{Sheet, number, shown, text};
use super::parcels::{actor, group_title};
use super::{Context, Format, Stop};

/// `parcels simulate`
#[derive(Args)]
pub(super) struct Simulate {
    /// 评价办法的标识；不写用默认办法 / Scheme; the usual one when absent
    #[arg(long, value_name = "ID")]
    scheme: Option<String>,
    /// 评价年度；不写用有数据的最近一年 / Year; the newest with data when absent
    #[arg(long)]
    year: Option<i16>,
    /// 改动，例如 tax_per_mu.weight=40、grades.A=0.25、rates.差别化电价.D=0.3；可写多次 / Changes as PATH=VALUE
    #[arg(long = "set", value_name = "PATH=VALUE")]
    set: Vec<String>,
}

/// Changes as written, each a path and its value.
pub(super) fn changes(set: &[String]) -> anyhow::Result<BTreeMap<String, String>> {
    let pair = |text: &String| {
        let (path, value) = text.split_once('=').ok_or_else(|| {
            Stop::error(2, format!("“{text}”缺少等号"), "写成 路径=值，例如 tax_per_mu.weight=40")
        })?;
        Ok((path.trim().to_owned(), value.trim().to_owned()))
    };
    set.iter().map(pair).collect()
}

/// What other rules or rates would give.
pub(super) fn simulate(context: &Context, args: &Simulate) -> anyhow::Result<u8> {
    let park = context.park()?;
    let changes = changes(&args.set)?;
    let year = use_case::year_or_newest(&park, args.year)?;
    let asked = SimulationRequest { scheme: args.scheme.clone(), year, changes };
    let found = use_case::simulate(&park, &actor(context), &asked)?;
    let scheme = use_case::scheme(&park, &actor(context), &found.scheme)?;
    let counted = if scheme.summary.subject == "parcel" { "宗" } else { "家" };
    let format = context.format;
    shown(format, &found, || {
        let sheets =
            vec![grades(&found, &scheme.indicators), movers(format, &found.movers), money(format, &found)];
        (sheets, vec![format!("{} {counted}变等级；试算结果不保存", found.movers.len())])
    })
}

fn grades(found: &Simulated, indicators: &[SchemeIndicator]) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("group", "分组", false),
        ("grade", "等级", false),
        ("before", "现行", true),
        ("after", "试算", true),
    ]);
    for of in &found.grades {
        let group = group_title(indicators, &of.group);
        sheet.row([group, &of.grade, &of.before.to_string(), &of.after.to_string()]);
    }
    sheet
}

fn movers(format: Format, movers: &[SimulationMover]) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("name", "名称", false),
        ("before", "现行", false),
        ("after", "试算", false),
        ("score_before", "现行得分", true),
        ("score_after", "试算得分", true),
        ("change", "金额变化（元/年）", true),
    ]);
    for of in movers {
        let scores = [number(format, of.score_before, 2), number(format, of.score_after, 2)];
        let change = match (of.change, of.open) {
            (Some(change), true) => format!("{}，另有待提供", number(format, change, 2)),
            (None, true) => "待提供".to_owned(),
            (change, false) => number(format, change, 2),
        };
        let words = [of.name.clone(), text(of.before.as_ref()), text(of.after.as_ref())];
        sheet.row(words.into_iter().chain(scores).chain([change]));
    }
    sheet
}

fn money(format: Format, found: &Simulated) -> Sheet {
    let mut sheet = Sheet::new(&[
        ("policy", "政策", false),
        ("before", "现行（元/年）", true),
        ("after", "试算（元/年）", true),
        ("change", "变化（元/年）", true),
        ("words", "说明", false),
    ]);
    for of in &found.money {
        let sums = [of.before.money, of.after.money, of.change].map(|sum| number(format, sum, 2));
        sheet.row([of.rule.title.clone()].into_iter().chain(sums).chain([of.words.clone()]));
    }
    sheet
}
