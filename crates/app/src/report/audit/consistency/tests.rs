use model::unit::{Dimension, Unit, Units};
use office::docx::Paragraph;

use super::*;

fn units() -> Units {
    let unit = |id: &str, dimension: &str, factor: &str| Unit {
        id: id.into(),
        dimension: Dimension::parse(dimension),
        factor: factor.parse().expect("a factor"),
        aliases: vec![],
    };
    let known = [
        unit("亿元", "CNY", "100000000"),
        unit("万元", "CNY", "10000"),
        unit("家", "count", "1"),
        unit("个", "count", "1"),
        unit("%", "ratio", "0.01"),
    ];
    Units::new(known).expect("no unit twice")
}

fn check(lines: &[&str]) -> Vec<(ConflictKind, String)> {
    let paragraphs: Vec<Paragraph> =
        lines.iter().map(|line| Paragraph { text: (*line).to_owned(), ..Paragraph::default() }).collect();
    conflicts(&paragraphs, &[], &units()).into_iter().map(|one| (one.kind, one.message)).collect()
}

/// A line that contradicts itself, and what must be said of it.
#[track_caller]
fn wrong(line: &str, kind: ConflictKind, says: &str) {
    let found = check(&[line]);
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    assert!(found[0].0 == kind && found[0].1.contains(says), "{line}: {found:?}");
}

#[track_caller]
fn right(lines: &[&str]) {
    assert_eq!(check(lines), vec![], "{lines:?}");
}

#[test]
fn parts_add_up_to_their_whole() {
    wrong("入驻企业200家，其中规上企业210家。", ConflictKind::Sum, "210家 大于总数 200家");
    // 80 + 60 + 50 = 190.
    wrong("企业200家，其中甲类80家、乙类60家、其余50家。", ConflictKind::Sum, "相加为 190家，文中写作 200家");
    right(&["企业200家，其中甲类80家、乙类60家。", "企业190家，其中甲类80家、乙类60家、其余50家。"]);
    // 12.3 and 4.5 hold 16.7 to 16.9; 16.9 rounded holds 16.85.
    right(&["工业12.3亿元、服务业4.5亿元，合计16.9亿元。"]);
    wrong("工业12.3亿元、服务业4.5亿元，合计17.0亿元。", ConflictKind::Sum, "相加为 16.8亿元");
    // 1.5亿元 = 15000万元.
    right(&["工业5000万元、服务业10000万元，合计1.5亿元。"]);
    wrong("三类占比分别为60%、30%、20%。", ConflictKind::Sum, "超过 100%");
    right(&[
        "固定资产投资10亿元，其中续建项目计划总投资50亿元。",
        "企业200家，其中规上企业80家，从业人员3000人。",
    ]);
}

#[test]
fn tables_add_up() {
    let table = |rows: &[[&str; 3]]| {
        let mut paragraphs = Vec::new();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                let text = (*text).to_owned();
                paragraphs.push(Paragraph { text, in_table: Some((0, row, column)), ..Paragraph::default() });
            }
        }
        let found = conflicts(&paragraphs, &[], &units());
        found.into_iter().map(|one| one.message).collect::<Vec<_>>()
    };
    // 1.2 + 3.4 = 4.6, 7 + 8 = 15; growth is never added.
    let head = ["单位", "产值（亿元）", "增速（%）"];
    assert_eq!(
        table(&[head, ["甲", "1.2", "3.0"], ["乙", "3.4", "4.0"], ["合计", "4.6", "3.7"]]),
        Vec::<String>::new()
    );
    let found = table(&[head, ["甲", "1.2", "3.0"], ["乙", "3.4", "4.0"], ["合计", "4.9", "3.7"]]);
    assert_eq!(found, ["表中“产值（亿元）”各项相加为 4.6，“合计”写作 4.9"]);
    // The total on top, and a row that is part of another.
    let found = table(&[head, ["合 计", "15", ""], ["甲", "7", ""], ["其中：丙", "2", ""], ["乙", "8", ""]]);
    assert_eq!(found, Vec::<String>::new());
    // A blank may be anything.
    assert_eq!(table(&[head, ["甲", "1.2", ""], ["乙", "—", ""], ["合计", "4.9", ""]]), Vec::<String>::new());
    // Across: 3 + 4 = 7.
    assert_eq!(table(&[["月", "甲", "合计"], ["1", "3", "3"], ["2", "4", "4"]]), Vec::<String>::new());
}

#[test]
fn rates_follow_from_the_values_beside_them() {
    // 112 / 100 = +12 %.
    right(&["产值112亿元，比上年同期的100亿元增长12%。"]);
    wrong(
        "产值112亿元，比上年同期的100亿元增长21%。",
        ConflictKind::Percent,
        "变动应为 12%，文中写作 增长21%",
    );
    wrong("产值88亿元，比上年同期的100亿元增长12%。", ConflictKind::Percent, "变动应为 -12%");
    // 12.3 may be 12.25, 11.1 may be 11.15: 9.9 % to 11.8 %.
    right(&["产值12.3亿元，去年同期11.1亿元，增长11.7%。"]);
    wrong("企业120家，去年同期100家，增加30家。", ConflictKind::Percent, "变动应为 20家");
    // 35.2 − 33.0 = 2.2 points.
    right(&["占比为35.2%，比上年的33.0%提高2.2个百分点。"]);
    wrong("占比为35.2%，比上年的33.0%提高3.2个百分点。", ConflictKind::Percent, "2.2个百分点");
    // 80 / 200 = 40 %.
    right(&["企业200家，其中规上企业80家，占40%。", "企业200家，其中规上企业80家，占全区的21%。"]);
    wrong(
        "企业200家，其中规上企业80家，占45%。",
        ConflictKind::Percent,
        "80家 占 200家 的 40%，文中写作 45%",
    );
    wrong("年度目标100亿元，已到位80亿元，完成率90%。", ConflictKind::Percent, "80%");
    right(&["年度目标100亿元，已到位80亿元，完成率80%。"]);
    // 10.21 / 12 = 85.08 %; last year's target counts for nothing.
    right(&["内资全年任务12亿元（去年11亿元），已到位10.21亿元，为全年任务的85.1%。"]);
    wrong(
        "内资全年任务12亿元（去年11亿元），已到位10.21亿元，为全年任务的58.1%。",
        ConflictKind::Percent,
        "85.1%",
    );
}

#[test]
fn words_of_direction_agree_with_the_numbers() {
    wrong("产值同比增长-3.4%。", ConflictKind::Claim, "增长-3.4%");
    wrong("占比由30.0%提高到28.0%。", ConflictKind::Claim, "提高到");
    right(&["占比由30.0%提高到32.0%。", "产值同比下降3.4%。", "增速由8.0%回落到5.1%。"]);
    wrong("产值增长5.1%，高于6.2%的全省平均水平。", ConflictKind::Claim, "5.1% 并不高于 6.2%");
    right(&["产值增长5.1%，低于6.2%的全省平均水平。", "产值增长5.1%，高于全省1.2个百分点。"]);
    let found = check(&[
        "一、工业生产平稳增长",
        "1—10月，工业总产值112亿元，同比下降3.4%。",
        "二、投资增长",
        "投资12亿元，同比增长2%。",
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("工业生产平稳增长"), "{found:?}");
    right(&["一、工业增速回落", "工业总产值同比增长3.4%。", "工业生产下降。工业总产值同比下降3.4%。"]);
    wrong("工业生产下降。工业总产值同比增长3.4%。", ConflictKind::Claim, "工业生产下降");
}

#[test]
fn an_announced_order_is_one() {
    wrong(
        "产值居前三位的依次为甲公司30亿元、乙公司20亿元、丙公司25亿元。",
        ConflictKind::Order,
        "20亿元 与 25亿元",
    );
    right(&[
        "产值居前三位的依次为甲公司30亿元、乙公司25亿元、丙公司25亿元。",
        "产值从低到高依次为甲公司10亿元、乙公司20亿元。",
    ]);
}

#[test]
fn the_same_figure_is_stated_alike() {
    let found = check(&[
        "2023年1—10月，规上工业总产值112.28亿元。",
        "2023年1—10月，园区规上工业总产值达112.82亿元。",
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].0 == ConflictKind::Twice && found[0].1.contains("112.28亿元"), "{found:?}");
    // Rounded further, another month, another place.
    right(&[
        "2023年1—10月，规上工业总产值112.28亿元。",
        "2023年1—10月，规上工业总产值112.3亿元。",
        "2023年1—9月，规上工业总产值100.00亿元。",
        "2023年1—10月，东片规上工业总产值30.00亿元。",
    ]);
}
