//! The headings of coordinate lists as surveyors write them, and the numbers below them.
//!
//! These are words that are read, not said. To add a spelling: a word in one of the lists.

/// What a column of a coordinate list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The code or name of the parcel.
    Parcel,
    /// The number of the ring in its parcel.
    Ring,
    /// The name of the point, such as J1.
    Point,
    /// X of surveyors (north), or whatever the list calls X.
    X,
    /// Y of surveyors (east), or whatever the list calls Y.
    Y,
    /// Longitude.
    Longitude,
    /// Latitude.
    Latitude,
}

const WORDS: &[(Column, &[&str])] = &[
    (
        Column::Parcel,
        &[
            "宗地代码",
            "宗地编码",
            "宗地编号",
            "宗地号",
            "地块编号",
            "地块代码",
            "地块号",
            "地块名称",
            "宗地名称",
            "不动产单元号",
            "地块",
            "宗地",
            "parcel",
        ],
    ),
    (Column::Ring, &["圈号", "环号", "地块圈号", "ring"]),
    (Column::Point, &["点号", "界址点号", "界址点编号", "界址点", "点名", "拐点", "拐点号", "point"]),
    (Column::X, &["x", "x坐标", "纵坐标", "纵坐标x", "x纵坐标", "北坐标", "x北", "北x"]),
    (Column::Y, &["y", "y坐标", "横坐标", "横坐标y", "y横坐标", "东坐标", "y东", "东y"]),
    (Column::Longitude, &["经度", "东经", "lon", "lng", "long", "longitude"]),
    (Column::Latitude, &["纬度", "北纬", "lat", "latitude"]),
];

/// What a heading says, whatever blanks, units and brackets it carries; nothing when it is another.
pub fn column(heading: &str) -> Option<Column> {
    let plain = plain(heading);
    WORDS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(column, _)| *column)
}

/// The parcel in a line such as `宗地代码：330203…`; with the heading alone, nothing after it.
pub fn titled(cell: &str) -> Option<&str> {
    let (head, tail) = cell.split_once(['：', ':']).unwrap_or((cell, ""));
    (column(head) == Some(Column::Parcel)).then(|| tail.trim())
}

fn plain(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => plain.extend(half_width(c).to_lowercase()),
            _ => {}
        }
    }
    plain
}

/// The sections of an exchange file of plots.
pub const DESCRIPTION: &str = "属性描述";
/// The section with the points.
pub const PLOTS: &str = "地块坐标";
/// Names of the attributes before the points of a plot, in their order; the first counts its points.
pub const PLOT_FIELDS: [&str; 8] =
    ["界址点数", "地块面积", "地块编号", "地块名称", "记录图形属性", "图幅号", "地块用途", "地类编码"];

/// What a line of the description is about.
pub enum Description {
    /// The datum's name.
    Datum,
    /// How many degrees a zone has.
    Width,
    /// The zone's number.
    Zone,
}

/// What the key of a description means; nothing for what does not matter here.
pub fn description(key: &str) -> Option<Description> {
    match key.trim() {
        "坐标系" => Some(Description::Datum),
        "几度分带" => Some(Description::Width),
        "带号" => Some(Description::Zone),
        _ => None,
    }
}

/// Full-width letters, digits and signs as the usual ones.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A coordinate: a number with or without thousands, or degrees, minutes and seconds.
pub fn number(cell: &str) -> Option<f64> {
    let plain: String = cell.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != ',').collect();
    let parts: Vec<&str> = plain
        .trim_matches(|c: char| "NSEWnsew".contains(c) || ['东', '北', '经', '纬'].contains(&c))
        .split(['°', '度', '′', '\'', '分', '’', '″', '"', '秒', '”'])
        .filter(|part| !part.is_empty())
        .collect();
    let value = |part: &&str| part.parse::<f64>().ok().filter(|value| value.is_finite());
    match parts.as_slice() {
        [only] if *only == plain => value(only),
        [degrees, rest @ ..] if rest.len() <= 2 => {
            let minutes = rest.first().map_or(Some(0.0), value)?;
            let seconds = rest.get(1).map_or(Some(0.0), value)?;
            let sound = (0.0..60.0).contains(&minutes) && (0.0..60.0).contains(&seconds);
            sound.then_some(value(degrees)? + minutes / 60.0 + seconds / 3600.0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_read_with_their_units() {
        assert_eq!(column(" X 坐标（m）"), Some(Column::X));
        assert_eq!(column("Ｙ(米)"), Some(Column::Y));
        assert_eq!(column("界址点号"), Some(Column::Point));
        assert_eq!(column("宗地代码"), Some(Column::Parcel));
        assert_eq!(column("边长"), None);
        assert_eq!(titled("宗地代码：330203001001GB00001"), Some("330203001001GB00001"));
        assert_eq!(titled("备注：无"), None);
    }

    #[test]
    fn numbers_are_read_in_degrees_minutes_and_seconds_too() {
        // 121° + 27/60 + 36/3600 = 121.46°
        let near = |cell: &str, expected: f64| {
            let read = number(cell);
            assert!(read.is_some_and(|read| (read - expected).abs() < 1e-9), "{cell}: {read:?}");
        };
        near("121°27′36.0″", 121.46);
        near("东经121度27分36秒", 121.46);
        near("3,307,706.62", 3_307_706.62);
        near("４０６４１０４６", 40_641_046.0);
        assert_eq!(number("121°77′"), None);
        assert_eq!(number("J1"), None);
        assert_eq!(number("inf"), None);
        assert_eq!(number(""), None);
    }
}
