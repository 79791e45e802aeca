//! What people are told about files of boundaries: coordinate systems, troubles of reading, mends, flaws, overlaps.

use land::check::{Flaw, Mend, PaperVerdict};
use land::crs::detect::{Question, Reason};
use land::crs::{Crs, Width};
use land::read::Format;
use land::{Place, What};
use rust_decimal::Decimal;

/// Why a system was taken.
pub const BY_PERSON: &str = "由人指定";

fn said(message: impl Into<String>, hint: &str) -> (String, String) {
    (message.into(), hint.to_owned())
}

/// The word of a file from which nothing can be read.
pub const UNREADABLE: &str = "unreadable";

/// A feature's place: its number, or the cell in which it begins.
pub fn feature(number: usize, row: Option<u32>) -> String {
    row.map_or_else(|| format!("#{number}"), |row| format!("A{row}"))
}

/// A place in a file of boundaries.
pub fn place(place: &Place) -> String {
    if let (None, Some(row)) = (place.feature, place.row) {
        return format!("A{row}");
    }
    let mut text = place.feature.map_or_else(String::new, |n| format!("#{n}"));
    for (what, number) in [("行", place.row), ("环", place.ring), ("点", place.point)] {
        if let Some(number) = number {
            text.push_str(&format!("{}{what}{number}", if text.is_empty() { "" } else { " " }));
        }
    }
    text
}

/// The word of a format.
pub fn format(format: Format) -> &'static str {
    match format {
        Format::GeoJson => "geojson",
        Format::Shapefile => "shapefile",
        Format::GeoPackage => "geopackage",
        Format::Points => "points",
        Format::Plots => "plots",
    }
}

/// What a coordinate system is called.
pub fn system(crs: Crs) -> String {
    match crs {
        Crs::Cgcs2000 => "CGCS2000 经纬度".to_owned(),
        Crs::Wgs84 => "WGS-84 经纬度".to_owned(),
        Crs::Gcj02 => "GCJ-02（高德、腾讯地图）".to_owned(),
        Crs::Bd09 => "BD-09（百度地图）".to_owned(),
        Crs::Zone(zone) => {
            let width = if zone.width == Width::Three { 3 } else { 6 };
            let prefix = if zone.prefixed { "带号" } else { "无带号" };
            format!("CGCS2000 {width} 度带第 {} 带（中央经线 {}°，{prefix}）", zone.number, zone.meridian())
        }
        Crs::Local(m) => {
            format!("地方坐标系（中央经线 {}°，东加 {} 米，北加 {} 米）", m.meridian, m.easting, m.northing)
        }
    }
}

/// What speaks for or against a coordinate system.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Stated => "文件注明".to_owned(),
        Reason::ByFormat => "该格式的约定".to_owned(),
        Reason::Size => "数值大小相符".to_owned(),
        Reason::Prefix { zone } => format!("横坐标带号 {zone}"),
        Reason::Zones { zones } => format!("各图形带号不同（{}），各按自己的带号换算", of_zones(zones)),
        Reason::NearPark => "落在园区附近".to_owned(),
        Reason::FarFromPark { km } => format!("离园区约 {km} 公里"),
        Reason::KnownParcels { count, metres } => format!("{count} 宗已知地块吻合（平均差 {metres} 米）"),
        Reason::ParcelsMoved { count, metres } => format!("{count} 宗已知地块会移动约 {metres} 米"),
        Reason::OutsideStrip => "超出该带的范围".to_owned(),
        Reason::OldDatum { datum } => format!("注明的是旧基准 {datum}"),
        Reason::NorthFirst => "先写北坐标（纬度）".to_owned(),
        Reason::SomeElsewhere { percent } => format!("{percent}% 的图形落在国外"),
    }
}

/// How many features lie in which zone.
fn of_zones(zones: &[(u8, u32)]) -> String {
    zones.iter().map(|(zone, count)| format!("第 {zone} 带 {count} 个")).collect::<Vec<_>>().join("、")
}

/// What a person is asked about a coordinate system.
pub fn question(question: &Question) -> String {
    match question {
        Question::WhichZone => "坐标没有带号，是哪条中央经线？".to_owned(),
        Question::WhichShift => "经纬度没有注明来源：是测绘成果，还是高德、百度地图上的坐标？".to_owned(),
        Question::NumbersContradict { stated } => {
            format!("文件注明 {stated}，但数值不像，到底是哪个坐标系？")
        }
        Question::FarFromPark { stated, km } => {
            format!("按 {stated} 会落在离园区约 {km} 公里处，坐标系对吗？")
        }
        Question::ParcelsMoved { stated, metres } => {
            format!("按 {stated} 已知地块会移动约 {metres} 米，坐标系对吗？")
        }
        Question::OldDatum { datum } => format!("文件是旧基准 {datum}，不能精确换算；坐标是否已经转换过？"),
        Question::UnknownSystem { name } => format!("文件注明的坐标系“{name}”不认识，是哪一个？"),
        Question::SeveralZones { zones } => {
            format!("图形分属不同的带（{}），各按自己的带号换算，对吗？", of_zones(zones))
        }
        Question::Nowhere => "数值在任何已知坐标系里都不在国内，请核对文件".to_owned(),
    }
}

/// A trouble of reading or placing, with what to do.
pub fn trouble(what: &What) -> (String, String) {
    match what {
        What::UnknownFormat => {
            said("不是认识的地图格式", "用 GeoJSON、压缩的 Shapefile、GeoPackage 或界址点表")
        }
        What::Damaged { part } => said(format!("文件损坏，读不了 {part}"), "请提供方重新导出"),
        What::TooLarge { of, limit } => said(format!("{of} 超过上限 {limit}"), "分成几个文件"),
        What::PartMissing { part } => {
            said(format!("压缩包里缺 {part}"), "把 .shp、.shx、.dbf、.prj 一起压缩")
        }
        What::Empty => said("没有面状图形", "确认导出的是宗地面"),
        What::NoGeometry => said("没有图形", "补画或删去这一条"),
        What::NotAnArea { kind } => said(format!("{kind} 不是面"), "只收面状图形"),
        What::TooFewPoints { count } => said(format!("只有 {count} 个不同的点，围不成面"), "补全界址点"),
        What::NotANumber { text } => said(format!("坐标“{text}”不是数"), "改正后重新提供"),
        What::NotClosed => said("界线没有闭合，已闭合", "核对首尾界址点"),
        What::LostHole => said("有一个洞不在任何外环内，按外环处理", "核对环的方向"),
        What::Garbled { encoding, attribute } => {
            said(format!("属性 {attribute} 按 {encoding} 读出乱码"), "附上 .cpg 文件或另存为 UTF-8")
        }
        What::CountsDiffer { shapes, rows } => {
            said(format!("图形 {shapes} 个，属性 {rows} 行，对不上"), "请提供方重新导出")
        }
        What::ColumnMissing { column } => said(format!("找不到 {column} 列"), "界址点表要有宗地、X、Y 三列"),
        What::Scattered { parcel } => said(format!("{parcel} 的界址点不连续"), "同一宗地的点要排在一起"),
        What::PointsDiffer { .. } => said("界址点个数和注明的不一致", "核对界址点是否缺漏"),
        What::NotForFormat { system } => said(format!("{system} 不能写进这种格式"), "换一个坐标系"),
        What::SeveralZones { zones } => said(
            format!("图形分属不同的带（{}），已各按自己的带号换算", of_zones(zones)),
            "跨带的园区是正常的；不跨带的，核对横坐标的带号",
        ),
        What::MixedZones { zones } => {
            let zones: Vec<String> = zones.iter().map(u8::to_string).collect();
            said(
                format!("同一条界线里混有第 {} 带的坐标", zones.join("、")),
                "一宗地只用一个带的坐标：请测绘单位换算到同一带后重新提供",
            )
        }
        What::OutOfReach { system } => said(format!("按 {system} 落在国外"), "核对坐标系和坐标顺序"),
    }
}

/// What was mended.
pub fn mend(mend: &Mend) -> (String, String) {
    let done = match mend {
        Mend::Closed { .. } => "界线没有闭合，已闭合",
        Mend::Duplicate { .. } => "有重复的界址点，已去掉",
        Mend::Spike { .. } => "有来回重叠的尖刺，已去掉",
        Mend::Turned { .. } => "环的方向相反，已调转",
        Mend::EmptyHole { .. } => "有没有面积的洞，已去掉",
        Mend::Cut { .. } => "界线自己碰到自己，已在该点断开",
    };
    said(done, "一般不用处理")
}

/// What is wrong with a boundary.
pub fn flaw(flaw: &Flaw) -> (String, String) {
    let wrong = match flaw {
        Flaw::Empty => "没有图形".to_owned(),
        Flaw::NotDegrees { .. } => "坐标不是经纬度".to_owned(),
        Flaw::NoArea { .. } => "围不出面积".to_owned(),
        Flaw::SelfCrossing { spot, .. } => format!("界线自交，在 {:.6}, {:.6} 附近", spot.at.x, spot.at.y),
        Flaw::RingsCross { .. } => "两个环相交".to_owned(),
        Flaw::RingsShareEdge { .. } => "两个环共边".to_owned(),
        Flaw::HoleOutside { .. } => "洞在外环之外".to_owned(),
        Flaw::HoleInHole { .. } => "洞里有洞".to_owned(),
        Flaw::PartsOverlap { .. } => "同一宗地的两部分重叠".to_owned(),
        Flaw::Thin { width, square_metres, .. } => {
            format!("有一条平均宽 {width:.2} 米、{square_metres:.1} 平方米的碎屑")
        }
    };
    said(wrong, "请测绘单位改正界址点后重新提供")
}

/// A feature that is no parcel of the ledger.
pub fn unknown(code: &str) -> (String, String) {
    if code.is_empty() {
        return said("没有宗地代码，不知道是哪一宗", "补上宗地代码，或先登记地块");
    }
    said(format!("台账里没有地块“{code}”，不写入"), "先登记地块，再导入界线")
}

/// A parcel that a file draws twice.
pub fn twice(code: &str) -> (String, String) {
    said(format!("地块“{code}”在文件里出现两次，后一次不写入"), "合成一个多部分图形，或删去多余的")
}

/// A boundary that does not agree with the legal area.
pub fn paper(verdict: &PaperVerdict, drawn: Option<Decimal>, legal: Decimal) -> (String, String) {
    let drawn = drawn.map_or_else(|| "—".to_owned(), |area| area.normalize().to_string());
    let legal = legal.normalize();
    match verdict {
        PaperVerdict::LooksLikeMu => {
            said(format!("图形 {drawn} 平方米，登记面积 {legal} 像是亩"), "核对登记面积的单位")
        }
        PaperVerdict::LooksMultiplied => {
            said(format!("图形 {drawn} 平方米，登记面积 {legal} 像是多乘了 666.67"), "核对登记面积的单位")
        }
        PaperVerdict::Incomparable => said("图形面积和登记面积无法比较", "核对两个面积"),
        PaperVerdict::Agrees { .. } | PaperVerdict::Differs { .. } => said(
            format!("图形 {drawn} 平方米，登记 {legal} 平方米，相差超过 2%；面积以登记为准"),
            "请自然资源部门核对界线",
        ),
    }
}

/// Two parcels that claim the same ground.
pub fn overlap(other: &str, square_metres: Option<Decimal>, duplicate: bool) -> (String, String) {
    let area = square_metres.map_or_else(|| "—".to_owned(), |area| area.normalize().to_string());
    if duplicate {
        return said(format!("与“{other}”是同一条界线"), "一宗地只能有一个代码，请核对");
    }
    said(format!("与“{other}”重叠 {area} 平方米"), "请自然资源部门核对界线；面积以登记为准")
}

/// A parcel across the park's boundary. `belongs` by the rule of the greater part, `listed` by the register.
pub fn across(all: Decimal, inside: Decimal, belongs: bool, listed: Option<bool>) -> (String, String) {
    let whole = |area: Decimal| area.round_dp(0).normalize();
    let outside = whole(all - inside);
    let rule =
        if belongs { "过半在园内，按规则计入" } else { "过半在园外，按规则不计入" };
    let hint = match listed {
        Some(listed) if listed != belongs => "台账登记的与此相反：以登记为准，请核对“是否园区内”",
        Some(_) => "与台账登记的一致；整宗计入或不计入，不切分",
        None => "在台账登记“是否园区内”；整宗计入或不计入，不切分",
    };
    said(format!("跨园区边界：园内 {} 平方米，园外 {outside} 平方米；{rule}", whole(inside)), hint)
}

/// A parcel outside the park that the register calls inside.
pub fn outside() -> (String, String) {
    said("全部在园区边界之外，台账却登记为园区内", "核对界线、坐标系，或“是否园区内”")
}

/// Ground of the park that no parcel claims.
pub fn gap(
    beside: &[String],
    square_metres: Option<Decimal>,
    at: (f64, f64),
    sliver: bool,
) -> (String, String) {
    let area = square_metres.map_or_else(|| "—".to_owned(), |area| area.normalize().to_string());
    let more = if beside.len() > 3 { format!("等 {} 宗", beside.len()) } else { String::new() };
    let beside = match beside {
        [] => "旁边".to_owned(),
        names => format!("与“{}”{more}之间", names[..names.len().min(3)].join("”“")),
    };
    let what = if sliver { "缝隙" } else { "空地" };
    let message = format!("{beside}有 {area} 平方米{what}没有宗地，在 {:.6}, {:.6} 附近", at.0, at.1);
    said(
        message,
        if sliver {
            "多半是描图误差，请测绘单位核对界址点"
        } else {
            "是道路、绿地的，补画图层；是宗地的，补登记"
        },
    )
}

/// An area by paper that the ledger has otherwise.
pub fn area_said(said_area: &Decimal, legal: &Decimal) -> (String, String) {
    let (file, ledger) = (said_area.normalize(), legal.normalize());
    said(format!("文件写面积 {file} 平方米，台账登记 {ledger} 平方米"), "只提示，不改面积；请核对不动产权证")
}

/// A holder whom the ledger has otherwise.
pub fn holder_said(file: &str, ledger: &str) -> (String, String) {
    said(format!("文件写权利人“{file}”，台账登记“{ledger}”"), "只提示，不改权利人；请核对不动产权证")
}

/// What to do where several attributes could say which parcel a feature is.
pub const NAME_COLUMN: &str = "在核对页指定其中一列（命令行用 --column），或删去多余的列后重新提供";

/// What a person is asked when several attributes could say which parcel a feature is.
pub fn which_column(names: &[&str]) -> String {
    format!("“{}”都像宗地代码，却指不同的地块：哪一列是？", names.join("”“"))
}
