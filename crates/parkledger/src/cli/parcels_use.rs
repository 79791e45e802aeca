//! `parcels match`: what is done with the result on the command line.

use app::parcels as use_case;
use app::parcels::shapes::MatchRequest;
use clap::Args;
use jiff::civil::Date;

use super::out::{Sheet, number, shown, text};
use super::parcels::actor;
use super::{Context, Format};

/// `parcels match`
#[derive(Args)]
pub(super) struct Match {
    /// 哪一天的空置厂房；不写用今天 / The day
    #[arg(long)]
    on: Option<Date>,
    /// 冻结的评价的编号；不写用最近一次 / A frozen evaluation
    #[arg(long)]
    run: Option<u64>,
    /// 这些等级的地块上的厂房也算可用；可写多次 / Buildings of parcels with this grade count too
    #[arg(long = "grade", value_name = "GRADE")]
    grades: Vec<String>,
    /// 厂房整层整栋使用，不分割 / Rooms are not divided
    #[arg(long)]
    whole: bool,
}

/// Who goes where.
pub(super) fn match_rooms(context: &Context, args: &Match) -> anyhow::Result<u8> {
    let park = context.park()?;
    let asked = MatchRequest {
        on: args.on,
        run: args.run,
        grades: args.grades.clone(),
        divide: args.whole.then_some(false),
    };
    let found = use_case::match_rooms(&park, &actor(context), &asked)?;
    let format = context.format;
    shown(format, &found, || {
        let mut pairs = Sheet::new(&[
            ("need", "需求", false),
            ("floor", "面积㎡", true),
            ("tax", "预计税收万元", true),
            ("parcel", "地块", false),
            ("building", "厂房", false),
            ("words", "理由", false),
        ]);
        for pair in &found.pairs {
            pairs.row([
                pair.need.need.title.clone(),
                number(format, pair.floor, 2),
                number(format, pair.need.tax, 2),
                pair.room.parcel.title.clone(),
                text(pair.room.building.as_ref().map(|building| &building.title)),
                pair.words.clone(),
            ]);
        }
        let mut left = Sheet::new(&[
            ("need", "未落位的需求", false),
            ("floor", "面积㎡", true),
            ("words", "原因", false),
            ("nearest", "最接近的一处", false),
            ("lacks", "差什么", false),
        ]);
        for of in &found.left {
            left.row([
                of.need.need.title.clone(),
                number(format, of.need.floor, 2),
                of.words.clone(),
                text(of.nearest.as_ref().map(|room| &room.parcel.title)),
                of.lacks.join("；"),
            ]);
        }
        let said = format!(
            "{}：落位 {} 项、{} ㎡，预计年税收 {} 万元；未落位 {} 项；仍空置 {} 处",
            found.on,
            found.pairs.len(),
            number(Format::Text, found.floor, 0),
            number(Format::Text, found.tax, 2),
            found.left.len(),
            found.empty.len()
        );
        (vec![pairs, left], vec![said])
    })
}
