//! Snippets with the reading a person wrote down beside them.

use model::unit::{Dimension, Unit, Units};

use super::*;

/// `number unit`, then direction, qualifier and kind where they are not the plain ones.
fn shown(spoken: &Spoken) -> String {
    let mut out = spoken.number.normalize().to_string();
    if let Some(upper) = spoken.upper {
        out.push_str(&format!("..{}", upper.normalize()));
    }
    out.push_str(spoken.unit.as_deref().unwrap_or("-"));
    match spoken.direction {
        Some(1) => out.push_str(" up"),
        Some(_) => out.push_str(" down"),
        None => {}
    }
    if spoken.qualifier != Qualifier::Exact {
        out.push_str(&format!(" {:?}", spoken.qualifier));
    }
    if spoken.kind != Kind::Figure {
        out.push_str(&format!(" {:?}", spoken.kind));
    }
    out
}

fn units() -> Units {
    let unit = |(id, dimension, factor, aliases): &(&str, &str, &str, &[&str])| Unit {
        id: (*id).into(),
        dimension: Dimension::parse(dimension),
        factor: factor.parse().expect("a factor"),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
    };
    let known: [(&str, &str, &str, &[&str]); 27] = [
        ("元", "CNY", "1", &[]),
        ("万元", "CNY", "10000", &["万"]),
        ("亿元", "CNY", "100000000", &["亿"]),
        ("万美元", "USD", "10000", &[]),
        ("千瓦时", "energy", "1", &["度"]),
        ("万千瓦时", "energy", "10000", &[]),
        ("亿千瓦时", "energy", "100000000", &[]),
        ("吨标准煤", "coal", "1", &[]),
        ("万吨标准煤", "coal", "10000", &[]),
        ("家", "count", "1", &["户"]),
        ("个", "count", "1", &["项"]),
        ("人", "count", "1", &[]),
        ("万人", "count", "10000", &[]),
        ("人次", "count", "1", &[]),
        ("件", "count", "1", &[]),
        ("起", "count", "1", &[]),
        ("次", "count", "1", &[]),
        ("位", "ratio", "1", &[]),
        ("分", "ratio", "1", &[]),
        ("亩", "area", "2000", &[]),
        ("公顷", "area", "30000", &["ha"]),
        ("平方米", "area", "3", &["㎡", "m2"]),
        ("吨", "mass", "1", &["t"]),
        ("方", "volume", "1", &[]),
        ("千瓦", "power", "1", &["kW"]),
        ("%", "ratio", "0.01", &[]),
        ("‰", "ratio", "0.001", &[]),
    ];
    Units::new(known.iter().map(unit)).expect("no unit twice")
}

/// What stands in a snippet, read by hand; several numbers from left to right.
const READINGS: &[(&str, &[&str])] = &[
    // Digits.
    ("产值112.28亿元", &["112.28亿元"]),
    ("产值１１２．２８亿元", &["112.28亿元"]),
    ("拆除8,990平方米", &["8990平方米"]),
    ("拆除１，２３４平方米", &["1234平方米"]),
    ("投资134 888万元", &["134888万元"]),
    ("投资1\u{a0}134\u{a0}888万元", &["1134888万元"]),
    ("分别为3,112家", &["3112家"]),
    ("分别为31,20家", &["31-", "20家"]),
    ("增长3，112家企业", &["3- up", "112家"]),
    ("产值112.\n28亿元", &["112.28亿元"]),
    ("产值 112.28 亿元", &["112.28亿元"]),
    ("比重 61 %", &["61%"]),
    ("比重61％", &["61%"]),
    ("第2023-10号", &["0- Time"]),
    // Units, compound and scaled.
    ("企业1.2万家", &["12000家"]),
    ("从业1.2万人", &["1.2万人"]),
    ("用电1.35亿千瓦时", &["1.35亿千瓦时"]),
    ("用电13500万千瓦时", &["13500万千瓦时"]),
    ("能耗2.1万吨标准煤", &["2.1万吨标准煤"]),
    ("产值112亿", &["11200000000-"]),
    ("投资3千万元", &["30000000元"]),
    ("投资1.2万亿元", &["1200000000000元"]),
    ("面积120亩、8公顷", &["120亩", "8公顷"]),
    ("面积12000m2", &["12000m2"]),
    ("功率5kW", &["5kW"]),
    ("死亡率3.2‰", &["3.2‰"]),
    ("3千瓦", &["3千瓦"]),
    ("2380万美元", &["2380万美元"]),
    ("12户、3项、5件", &["12户", "3项", "5件"]),
    ("参加3200人次", &["3200人次"]),
    // Direction.
    ("同比增长3.2%", &["3.2% up"]),
    ("同比下降3.4%", &["3.4% down"]),
    ("同比减少3家", &["3家 down"]),
    ("负增长2.1%", &["2.1% down"]),
    ("同比增3.2%、环比降1.1%", &["3.2% up", "1.1% down"]),
    ("增长了近3.2%", &["3.2% up Nearly"]),
    ("下降约3.4%", &["3.4% down About"]),
    ("增速为-3.2%", &["3.2% down"]),
    ("增速3.2%", &["3.2% up"]),
    ("降幅为1.5%", &["1.5% down"]),
    ("同比+3.2%", &["3.2% up"]),
    ("同比为-3.2%", &["3.2% down"]),
    ("利润-3.2亿元", &["3.2亿元 down"]),
    ("亏损3.2亿元", &["3.2亿元 down"]),
    ("新增企业24家，新增24家", &["24家", "24家"]),
    ("提高0.5个百分点", &["0.5个百分点 up"]),
    ("回落2.3百分点", &["2.3百分点 down"]),
    ("提高到61%", &["61%"]),
    ("3.2%的增长", &["3.2% up"]),
    // Qualifiers.
    ("近27家，约3家，超5家", &["27家 Nearly", "3家 About", "5家 MoreThan"]),
    ("逾8000人", &["8000人 MoreThan"]),
    ("不足30家", &["30家 LessThan"]),
    ("不超过5起", &["5起 AtMost"]),
    ("不低于5%", &["5% AtLeast"]),
    ("5%以上", &["5% AtLeast"]),
    ("5%以下", &["5% AtMost"]),
    ("8990多平方米", &["8990平方米 AtLeast"]),
    ("300余家", &["300家 AtLeast"]),
    ("3万多家", &["30000家 AtLeast"]),
    ("5亿多元", &["500000000元 AtLeast"]),
    ("100家左右", &["100家 About"]),
    ("突破100亿元", &["100亿元 MoreThan"]),
    ("附近3家，签约12个", &["3家", "12个"]),
    ("走访31家多次", &["31家"]),
    // Ranges.
    ("增长10–15%", &["10..15% up Between"]),
    ("10%至15%", &["10..15% Between"]),
    ("3至5家", &["3..5家 Between"]),
    ("3～5亿元", &["3..5亿元 Between"]),
    // Shares in words.
    ("占三成", &["30% About"]),
    ("占三成以上", &["30% AtLeast"]),
    ("超七成半", &["75% MoreThan"]),
    ("约占一半", &["50% About"]),
    ("占四分之一", &["25% About"]),
    ("占百分之十二", &["12%"]),
    ("占百分之12.5", &["12.5%"]),
    ("实现翻一番", &["100% up About"]),
    ("三成功案例", &[]),
    // Numerals.
    ("十二家", &["12家"]),
    ("一千二百家", &["1200家"]),
    ("两家", &["2家"]),
    ("二十多家", &["20家 AtLeast"]),
    ("三亿五千万元", &["350000000元"]),
    ("三个百分点", &["3个百分点"]),
    ("七八家，十分重视，一起推动，统一", &[]),
    ("第三季度，一季度", &["3季度 Time", "1季度 Time"]),
    // Ranks.
    ("居全市第二", &["2位 Rank"]),
    ("列全区第3位", &["3位 Rank"]),
    ("进入全省前三", &["3位 AtMost Rank"]),
    ("第二产业", &["2- Label"]),
    // No figures.
    ("2023年1—10月", &["2023年 Time", "1- Time", "10月 Time"]),
    ("2023-10-31", &["0- Time"]),
    ("10、11月", &["10- Time", "11月 Time"]),
    ("近5年，用时3个月", &["5年 Nearly Time", "3个月 Time"]),
    ("二〇二三年", &["0- Time"]),
    ("甬政发〔2023〕12号", &["2023- Label", "12- Label"]),
    ("电话：0574-87654321", &["574- Label", "87654321- Label"]),
    ("1. 工业生产", &["1- Label"]),
    ("（1）工业生产", &["1- Label"]),
    ("2、投资建设", &["2- Label"]),
    ("（一）工业生产", &[]),
    ("见表2、图3", &["2- Label", "3- Label"]),
    ("GB9704，V1.2，GB/T 8170-2008", &[]),
    ("拨打12345热线", &["12345- Label"]),
    ("5G基站", &["5- Label"]),
    ("前10家企业", &["10家 Label"]),
];

#[test]
fn snippets_are_read_as_a_person_reads_them() {
    let units = units();
    let read = |text: &str| numbers(text, &units).iter().map(shown).collect::<Vec<_>>();
    let wrong: Vec<String> = READINGS
        .iter()
        .filter(|(text, expected)| read(text) != *expected)
        .map(|(text, expected)| format!("{text}: read {:?}, not {expected:?}", read(text)))
        .collect();
    assert!(READINGS.len() >= 80);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), READINGS.len(), wrong.join("\n"));
}

#[test]
fn any_text_is_read_without_panic() {
    let units = units();
    let signs: Vec<char> =
        "1２.，, 第前三十百万亿年月%个成分之—-至近超（）[翻一番多元家〔a".chars().collect();
    // A fixed walk through all triples of signs, set between the same neighbours.
    for a in &signs {
        for b in &signs {
            for c in &signs {
                let text: String = [*a, *b, *c, *a, *c].iter().collect();
                for spoken in numbers(&text, &units) {
                    assert!(
                        text.get(spoken.start..spoken.end).is_some_and(|read| !read.is_empty()),
                        "{text}"
                    );
                }
            }
        }
    }
}
