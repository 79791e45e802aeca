//! What people are told about who goes into which empty room.

use assess::matching::{Bound, Lack, Left, Limit, Pair};
use rust_decimal::Decimal;

/// A limit as a word and in words.
pub fn limit(limit: Limit) -> (&'static str, &'static str) {
    match limit {
        Limit::FloorSmall => ("floor_small", "面积不够"),
        Limit::FloorLarge => ("floor_large", "面积超过可接受的上限"),
        Limit::Load => ("load", "楼地面荷载不够"),
        Limit::Height => ("height", "净高不够"),
        Limit::Power => ("power", "电力容量不够"),
        Limit::Hazard => ("hazard", "火灾危险性类别不符"),
        Limit::GroundFloor => ("ground_floor", "不在一层"),
        Limit::Date => ("date", "腾空太晚"),
        Limit::Rent => ("rent", "租金超过承受能力"),
    }
}

fn unit(limit: Limit) -> &'static str {
    match limit {
        Limit::FloorSmall | Limit::FloorLarge => "平方米",
        Limit::Load => "千牛/平方米",
        Limit::Height => "米",
        Limit::Power => "千伏安",
        Limit::Rent => "元/平方米",
        Limit::Hazard | Limit::GroundFloor | Limit::Date => "",
    }
}

fn bound(bound: Bound, unit: &str) -> String {
    match bound {
        Bound::Number(number) => super::parcels::quantity(number, unit),
        Bound::Class(class) => match class {
            1 => "甲类".to_owned(),
            2 => "乙类".to_owned(),
            3 => "丙类".to_owned(),
            4 => "丁类".to_owned(),
            _ => "戊类".to_owned(),
        },
        Bound::Day(day) => day.to_string(),
        Bound::Flag(true) => "是".to_owned(),
        Bound::Flag(false) => "否".to_owned(),
    }
}

/// What a room lacks.
pub fn lack(lack: &Lack) -> String {
    let (_, title) = limit(lack.limit);
    let unit = unit(lack.limit);
    let needed = bound(lack.needed, unit);
    match lack.has {
        None if lack.limit == Limit::GroundFloor => "没有登记楼层，先补登记".to_owned(),
        None => format!("需要 {needed}，厂房没有登记这一项，先补登记"),
        Some(_) if lack.limit == Limit::GroundFloor => title.to_owned(),
        Some(has) => format!("{title}：需要 {needed}，现有 {}", bound(has, unit)),
    }
}

/// Why somebody goes where they go.
pub fn pair(pair: &Pair, worth: Option<Decimal>) -> String {
    let mut said = match pair.choices {
        1 => "只有这一处合适".to_owned(),
        many => format!("{many} 处合适，这样安排总体最好"),
    };
    if pair.wished {
        said += "；是意向地块";
    }
    match worth {
        Some(worth) => said + &format!("；预计年税收 {}", super::parcels::quantity(worth, "万元")),
        None => said + "；没有填预计税收，按零计",
    }
}

/// Why somebody finds no room.
pub fn left(left: &Left) -> String {
    match (left.taken.len(), &left.nearest) {
        (0, None) => "现在没有空置厂房".to_owned(),
        (0, Some((_, lacks))) => format!("没有一处全部合适；最接近的一处差 {} 项", lacks.len()),
        (taken, _) => format!("合适的 {taken} 处安排给了产出更高的需求"),
    }
}
