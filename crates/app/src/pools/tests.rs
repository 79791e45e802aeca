//! Pools of a small park, with sums, distances and days of crossing worked out by hand.

use jiff::civil::date;
use model::content::{Content, SourceFile};
use model::definition::Outcome;

use super::shapes::{PoolMonth, PoolRow};
use super::*;
use crate::tests::TestPark;

const UNITS: &str = "[[unit]]\nid='元'\ndimension='CNY'\nfactor='1'\n[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n\
    [[unit]]\nid='人'\ndimension='person'\nfactor='1'";
const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.kind]\ntitle='行业'\nkind='text'\n\
    [fields.rd]\ntitle='研发'\nkind='amount'\nunit='万元'\n[fields.staff]\ntitle='人数'\nkind='integer'\nunit='人'";
const TAX: &str = "title='开票'\nkind='series'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.month]\ntitle='月'\nkind='period'\n\
    [fields.sales]\ntitle='销售'\nkind='amount'\nunit='元'";
const TITLES: &str = "title='资质'\nkind='event'\nkey=['firm','title','on']\nsubject='firm'\ntime='on'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.title]\ntitle='资质'\nkind='text'\n\
    [fields.what]\ntitle='事项'\nkind='choice'\nchoices=['认定']\n[fields.on]\ntitle='日期'\nkind='date'";
const KEPT: &str = "title='储备库'\nkind='register'\nkey=['line','firm']\nsubject='firm'\n\
    [fields.line]\ntitle='条线'\nkind='choice'\nchoices=['规上','科技']\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.in]\ntitle='入库'\nkind='date'\n[fields.out]\ntitle='出库'\nkind='date'\n\
    [fields.owner]\ntitle='负责人'\nkind='text'\n[fields.next]\ntitle='下一步'\nkind='text'";
const DATA: &str = "[recorded]\nbook='titles'\nevent='what'\ncomplete=true\nstates={ '认定'='recognised' }\n\
    [data.rd]\ntitle='研发费用'\ntitle_en='rd'\nkind='number'\nunit='万元'\ndepartment='企业'\nfrom={ book='firms', field='rd' }\n\
    [data.staff]\ntitle='职工'\ntitle_en='staff'\nkind='count'\nunit='人'\ndepartment='企业'\nfrom={ book='firms', field='staff' }\n\
    [data.sector]\ntitle='行业'\ntitle_en='sector'\nkind='choice'\nchoices=['工业','其他']\ndepartment='统计局'\n\
    [data.sector.from]\nbook='firms'\nfield='kind'\nwords={ '制造业'='工业', '教育'='其他' }\n\
    [qualifications.scale]\ntitle='规上'\ntitle_en='scale'\nwhere=\"title = '规上'\"";
const LADDER: &str = "title='科技'\ntitle_en='tech'\n[[rung]]\nid='able'\ntitle='能手'\ntitle_en='able'\n\
    [[rung.rule]]\nid='r'\ndocument='甲〔2020〕1号'\nauthority='x'\nvalid_from='2020-01-01'\napplies_to=['new']\nsource='x'\n\
    all=['rd','staff']\n\
    [[rung.rule.criterion]]\nid='rd'\ntitle='研发100万元以上'\nvalue='rd'\nunit='万元'\nat_least=100\n\
    [[rung.rule.criterion]]\nid='staff'\ntitle='职工10人以上'\nvalue='staff'\nunit='人'\nat_least=10\n\
    [rung.rule.usual]\ndata={ rd=100, staff=10 }\n[[rung.rule.check]]\ntitle='是'\nverdict='met'\n\
    [[rung.rule.check]]\ntitle='否'\nverdict='not_met'\ndata={ rd=99 }\n[[rung.rule.check]]\ntitle='缺'\nverdict='unknown'\nwithout=['rd']";
const POOLS: &str = "[kept]\nbook='kept'\nline='line'\nentered='in'\nleft='out'\nowner='owner'\nnext='next'\n\
    [[line]]\nid='scale'\ntitle='规上'\ntitle_en='scale'\n\
    [[line.screen]]\nid='rise'\ntitle='小升规'\ntitle_en='rise'\ndocument='to be supplied'\nauthority='x'\nvalid_from='2020-01-01'\nsource='x'\n\
    only=[{ says='sector', is=['工业'] }]\nwithout='scale'\nrolling={ book='tax', field='sales', months=3 }\nunit='万元'\nat_least=2000\nfrom=1500\n\
    levels={ '关注'=1500, '准备'=1800 }\ntrend=3\n\
    [[line.screen]]\nid='fall'\ntitle='退库预警'\ntitle_en='fall'\ndocument='to be supplied'\nauthority='x'\nvalid_from='2020-01-01'\nsource='x'\n\
    holding='scale'\nrolling={ book='tax', field='sales', months=3 }\nunit='万元'\nbelow=2000\nfrom=2300\nturn='falling'\n\
    levels={ '预警'=2300, '已低于'=2000 }\ntrend=3\n\
    [[line.screen]]\nid='old'\ntitle='旧规则'\ntitle_en='old'\ndocument='旧'\nauthority='x'\nvalid_from='2020-01-01'\nvalid_to='2022-12-31'\n\
    source='x'\nvalue='rd'\nunit='万元'\nat_least=1\n\
    [[line]]\nid='tech'\ntitle='科技'\ntitle_en='tech'\n\
    [[line.screen]]\nid='able'\ntitle='能手后备'\ntitle_en='able'\ndocument='to be supplied'\nauthority='x'\nvalid_from='2020-01-01'\nsource='x'\n\
    ladder='tech'\nrung='able'\nlacking=1";
const ACCESS: &str = "[roles.reader]\ntitle='读者'\ngrants=[{ books='*', rights=['read','administer'] }]\n\
    [roles.narrow]\ntitle='经办'\ngrants=[{ books=['firms','kept'], rights=['read'] }]\n\
    [roles.none]\ntitle='无'\ngrants=[{ books=['firms'], rights=['read'] }]";
/// In 万元, January to May 2023; a month that is not there was not filed.
const SALES: [(&str, &str, [Option<i64>; 5]); 6] = [
    ("甲", "制造业", [Some(500), Some(550), Some(600), Some(650), Some(700)]),
    ("乙", "制造业", [Some(600), Some(600), None, Some(600), Some(600)]),
    ("丙", "制造业", [Some(800), Some(750), Some(700), Some(650), Some(600)]),
    ("丁", "制造业", [Some(520), Some(520), Some(520), Some(520), Some(520)]),
    ("戊", "教育", [Some(600), Some(650), Some(700), Some(750), Some(800)]),
    ("己", "制造业", [Some(800), Some(780), Some(760), Some(740), Some(720)]),
];

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("access.toml", ACCESS),
        ("units.toml", UNITS),
        ("books/firms.toml", FIRMS),
        ("books/kept.toml", KEPT),
        ("books/tax.toml", TAX),
        ("books/titles.toml", TITLES),
        ("ladders.toml", DATA),
        ("ladders/tech.toml", LADDER),
        ("pools.toml", POOLS),
    ]
}

/// 丙 and 己 are above scale. 甲 is kept since April; 乙 since last year; 丁 was kept from January to May.
fn park() -> TestPark {
    park_of(&files()).0
}

fn park_of(files: &[(&str, &str)]) -> (TestPark, Vec<u64>) {
    let mut park = TestPark::new(files, "2023-06-15");
    let more = |name: &str| match name {
        "甲" => "; rd=100; staff=12",
        "乙" => "; staff=12",
        "丁" => "; rd=90; staff=12",
        "戊" => "; rd=10; staff=1",
        _ => "",
    };
    let lines: Vec<String> =
        SALES.iter().map(|(name, kind, _)| format!("name={name}; kind={kind}{}", more(name))).collect();
    let firms = park.put("firms", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let mut filed = Vec::new();
    for ((_, _, months), firm) in SALES.iter().zip(&firms) {
        for (month, sales) in (1..).zip(months) {
            let Some(sales) = sales else { continue };
            filed.push(format!("firm={firm}; month=2023-0{month}; sales={}", sales * 10_000));
        }
    }
    park.put("tax", &filed.iter().map(String::as_str).collect::<Vec<_>>());
    let titled =
        [firms[2], firms[5]].map(|firm| format!("firm={firm}; title=规上; what=认定; on=2021-01-01"));
    park.put("titles", &[&titled[0], &titled[1]]);
    let (a, b, d) = (firms[0], firms[1], firms[3]);
    park.put(
        "kept",
        &[
            &format!("line=规上; firm={a}; in=2023-04-10; owner=王某; next=上门辅导"),
            &format!("line=规上; firm={b}; in=2022-12-01"),
            &format!("line=规上; firm={d}; in=2023-01-05; out=2023-05-20"),
        ],
    );
    (park, firms)
}

/// Screen, enterprise, level, value and distance.
fn told(row: &PoolRow) -> (&str, &str, Option<&str>, [Option<String>; 2]) {
    let decimal = |number: Option<rust_decimal::Decimal>| number.map(|number| number.to_string());
    (
        row.screen.as_deref().unwrap_or_default(),
        &row.enterprise.title,
        row.level.as_deref(),
        [decimal(row.value), decimal(row.distance)],
    )
}

fn amounts(value: &str, distance: &str) -> [Option<String>; 2] {
    [value, distance].map(|text| Some(text.to_owned()))
}

#[test]
fn a_pool_tells_distance_and_the_estimated_day() {
    let park = park();
    let found = pool(&park.park, &Actor::local("测试"), "规上", None).expect("it can be read");
    // 甲: 650 + 700 + 600 = 1,950 after 1,800 and 1,650: 150 a month, 50 to go: by the end of June.
    assert_eq!(told(&found.items[0]), ("rise", "甲", Some("准备"), amounts("1950", "50")));
    assert_eq!(found.items[0].crossing, Some(date(2023, 6, 30)));
    assert_eq!((found.items[0].observed, found.items[0].state), (Some(date(2023, 5, 31)), PoolState::Kept));
    let kept = found.items[0].kept.as_ref().expect("it is kept");
    assert_eq!((kept.owner.as_deref(), kept.next.as_deref()), (Some("王某"), Some("上门辅导")));
    // 丁 stands still at 1,560: no day. It left in May, so it is proposed again.
    assert_eq!(told(&found.items[1]), ("rise", "丁", Some("关注"), amounts("1560", "440")));
    assert_eq!((found.items[1].crossing, found.items[1].state), (None, PoolState::Proposed));
    // 丙: 2,250, 2,100, 1,950: already below by 50.
    assert_eq!(told(&found.items[2]), ("fall", "丙", Some("已低于"), amounts("1950", "-50")));
    assert_eq!(found.items[2].crossing, None);
    // 己: 2,340, 2,280, 2,220: 60 a month down, 220 left: four months after May.
    assert_eq!(told(&found.items[3]), ("fall", "己", Some("预警"), amounts("2220", "220")));
    assert_eq!(found.items[3].crossing, Some(date(2023, 9, 30)));
    // 乙 is kept, but March is missing: nobody knows. 戊 is no industry.
    assert_eq!(told(&found.items[4]), ("", "乙", None, [None, None]));
    assert_eq!((found.items[4].state, found.items.len()), (PoolState::Unscreened, 5));
    let screens: Vec<_> =
        found.screens.iter().map(|of| (of.id.as_str(), of.candidates, of.unknown)).collect();
    assert_eq!(screens, [("rise", 2, 1), ("fall", 2, 0)], "the old rule has ended");
    let card = &found.pool;
    assert_eq!((card.kept, card.candidates, card.proposed, card.unscreened, card.crossing), (2, 4, 3, 1, 2));
}

#[test]
fn movement_is_told_month_by_month() {
    let park = park();
    let found = pools(&park.park, &Actor::local("测试"), None).expect("it can be read");
    let months = &found.items[0].months;
    let of = |month: &str| months.iter().find(|of| of.month == month).cloned();
    let wanted = |month: &str, [entered, left, kept]: [usize; 3], found: [Option<usize>; 3]| {
        let [found, newly, gone] = found;
        Some(PoolMonth { month: month.to_owned(), entered, left, kept, found, newly, gone })
    };
    assert_eq!((months.len(), months[0].month.as_str()), (12, "2022-07"));
    // The old rule, in force until December, finds 甲, 丁 and 戊.
    assert_eq!(of("2022-12"), wanted("2022-12", [1, 0, 1], [Some(3), Some(0), Some(0)]));
    // No three months yet: nobody can be told of, which is not nobody.
    assert_eq!(of("2023-01"), wanted("2023-01", [1, 0, 2], [None; 3]));
    assert_eq!(of("2023-02"), wanted("2023-02", [0, 0, 2], [None; 3]));
    // 甲 with 1,650 and 丁 with 1,560; of those about to fall two sums make no trend.
    assert_eq!(of("2023-03"), wanted("2023-03", [0, 0, 2], [Some(2), None, None]));
    assert_eq!(of("2023-04"), wanted("2023-04", [1, 0, 3], [Some(2), Some(0), Some(0)]));
    // With May the falling ones are seen: 丙 and 己.
    assert_eq!(of("2023-05"), wanted("2023-05", [0, 1, 2], [Some(4), Some(2), Some(0)]));
    assert_eq!(of("2023-06"), wanted("2023-06", [0, 0, 2], [Some(4), Some(0), Some(0)]));
}

#[test]
fn a_day_before_knows_less() {
    let park = park();
    let on = Some(date(2023, 5, 15));
    let found = pool(&park.park, &Actor::local("测试"), "scale", on).expect("it can be read");
    // May was not over: 1,800 after 1,650, and two values make no trend.
    assert_eq!(told(&found.items[0]), ("rise", "甲", Some("准备"), amounts("1800", "200")));
    assert_eq!((found.items[0].crossing, found.items[0].moving), (None, None));
    assert_eq!(found.items[1].state, PoolState::Kept, "丁 had not left");
    let late = pool(&park.park, &Actor::local("测试"), "scale", Some(date(2023, 9, 1)));
    assert!(late.expect("it can be read").items.iter().all(|row| row.screen.is_none()), "too old to say");
    let old = pool(&park.park, &Actor::local("测试"), "scale", Some(date(2022, 12, 31)));
    assert_eq!(old.expect("it can be read").screens.len(), 3, "three rules were in force");
}

#[test]
fn a_rung_finds_those_that_lack_little() {
    let park = park();
    let found = pool(&park.park, &Actor::local("测试"), "科技", None).expect("it can be read");
    let told: Vec<_> = found
        .items
        .iter()
        .map(|row| (row.enterprise.title.as_str(), row.verdict, row.gaps.join(""), row.missing.join("")))
        .collect();
    assert_eq!(
        told,
        [
            ("甲", Some(Outcome::Met), String::new(), String::new()),
            ("丁", Some(Outcome::NotMet), "研发费用再增 10 万元".to_owned(), String::new()),
            ("乙", Some(Outcome::Unknown), String::new(), "缺研发费用（企业）".to_owned()),
        ],
        "戊 lacks two"
    );
    assert_eq!(found.screens[0].unknown, 2, "of 丙 and 己 nothing is known");
}

/// Screens with conditions, with terms that end, with projected years.
const MORE: &str = "\n[[line.screen]]\nid='either'\ntitle='二者之一'\ntitle_en='either'\ndocument='园区自定参数'\nauthority='x'\n\
    valid_from='2020-01-01'\nsource='x'\nall=[{ any=['rd','staff'] }]\n\
    [[line.screen.criterion]]\nid='rd'\ntitle='研发95万元以上'\nvalue='rd'\nunit='万元'\nat_least=95\n\
    [[line.screen.criterion]]\nid='staff'\ntitle='职工10人以上'\nvalue='staff'\nunit='人'\nat_least=10\n\
    [[line.screen]]\nid='ends'\ntitle='到期'\ntitle_en='ends'\ndocument='园区自定参数'\nauthority='x'\nvalid_from='2020-01-01'\n\
    source='x'\nladder='tech'\nrung='able'\nexpiring=12\n\
    [[line.screen]]\nid='year'\ntitle='推算'\ntitle_en='year'\ndocument='园区自定参数'\nauthority='x'\nvalid_from='2020-01-01'\n\
    source='x'\nonly=[{ says='sector', is=['工业'] }]\nrolling={ book='tax', field='sales', months=12, projected=true }\nunit='万元'\n\
    at_least=8000\nfrom=7000\n\
    [[line.screen]]\nid='few'\ntitle='够得到'\ntitle_en='few'\ndocument='园区自定参数'\nauthority='x'\nvalid_from='2020-01-01'\n\
    source='x'\nladder='tech'\nrung='able'\nlacking=2\nreaching={ criterion='rd', at_least=90 }\nall=['staff']\n\
    [[line.screen.criterion]]\nid='staff'\ntitle='职工10人以上'\nvalue='staff'\nunit='人'\nat_least=10";

#[test]
fn conditions_terms_and_projected_years_screen_too() {
    let pools = format!("{POOLS}{MORE}");
    let ladder = LADDER
        .replace("title_en='able'\n[[rung.rule]]", "title_en='able'\nqualification='able'\n[[rung.rule]]");
    let data = format!(
        "{DATA}\n[qualifications.able]\ntitle='能手'\ntitle_en='able'\nyears=3\nwhere=\"title = '能手'\""
    );
    let changed = files().into_iter().map(|(path, text)| match path {
        "pools.toml" => (path, pools.as_str()),
        "ladders/tech.toml" => (path, ladder.as_str()),
        "ladders.toml" => (path, data.as_str()),
        _ => (path, text),
    });
    let changed: Vec<(&str, &str)> = changed.collect();
    let (mut park, firms) = park_of(&changed);
    let titled = |firm: usize, on: &str| format!("firm={}; title=能手; what=认定; on={on}", firms[firm]);
    park.put("titles", &[&titled(3, "2020-12-01"), &titled(4, "2022-05-01")]);
    let found = pool(&park.park, &Actor::local("测试"), "科技", None).expect("it can be read");
    let of = |screen: &str| {
        let rows = found.items.iter().filter(|row| row.screen.as_deref() == Some(screen));
        rows.map(|row| (row.enterprise.title.clone(), row.clone())).collect::<Vec<_>>()
    };
    // 甲 meets both, 乙 and 丁 have the people; 戊 neither; of 丙 and 己 nothing is known.
    let either = of("either");
    assert_eq!(either.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["甲", "乙", "丁"]);
    assert_eq!(either[0].1.reasons, ["研发95万元以上：100 万元", "职工10人以上：12 人"]);
    assert_eq!(either[1].1.reasons, ["职工10人以上：12 人"]);
    // Recognised on 2020-12-01 for three years; the other one's term has two years to go.
    let ends = of("ends");
    assert_eq!((ends.len(), ends[0].0.as_str(), ends[0].1.until), (1, "丁", Some(date(2023, 12, 1))));
    assert_eq!((ends[0].1.crossing, ends[0].1.gaps.join("")), (None, "研发费用再增 10 万元".to_owned()));
    // Five months of 甲 come to 3,000: 7,200 in twelve; of 丙 3,500: 8,400; of 己 3,800: 9,120. 丁 stays at 6,240; a month of 乙 is missing.
    let year: Vec<_> =
        of("year").into_iter().map(|(name, row)| (name, row.value.map(|n| n.to_string()))).collect();
    let told = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
    assert_eq!(year, [told("丙", "8400"), told("甲", "7200"), told("己", "9120")]);
    // 甲 has 100; 丁 holds the title by now; of 乙 the research is not known, so nobody knows whether it is within reach.
    assert_eq!(of("few").iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["甲"]);
}

#[test]
fn amounts_are_told_to_two_places_so_that_what_is_said_suffices() {
    let (mut park, firms) = park_of(&files());
    // 1,950 becomes 1,949.99996: 0.00004 more than 50 to go.
    park.correct("tax", &[&format!("firm={}; month=2023-05; sales=6999999.6", firms[0])]);
    let found = pool(&park.park, &Actor::local("测试"), "规上", None).expect("it can be read");
    assert_eq!(told(&found.items[0]), ("rise", "甲", Some("准备"), amounts("1950", "50.01")));
    // 丙 falls to 1,949.99996: 50.00004 beyond, told as no more than 50.
    park.correct("tax", &[&format!("firm={}; month=2023-05; sales=5999999.6", firms[2])]);
    let found = pool(&park.park, &Actor::local("测试"), "规上", None).expect("it can be read");
    let below = found.items.iter().find(|row| row.enterprise.title == "丙").expect("it is found");
    assert_eq!(told(below).3, amounts("1950", "-50"));
}

#[test]
fn amounts_are_for_those_who_may_read_them() {
    let park = park();
    let narrow = park.person(&["narrow"], "", None);
    let found = pool(&park.park, &narrow, "规上", None).expect("the pool can be read");
    let first = &found.items[0];
    assert_eq!((first.withheld, first.value, first.distance, first.crossing), (true, None, None, None));
    assert_eq!(first.level.as_deref(), Some("准备"));
    assert!(pool(&park.park, &park.person(&["none"], "", None), "规上", None).is_err());
    let file = pool_file(&park.park, &Actor::local("测试"), "规上", None).expect("a workbook");
    assert_eq!((file.name.as_str(), &file.bytes[..2]), ("规上储备库-2023-06-15.xlsx", b"PK".as_slice()));
}

#[test]
fn a_screen_that_cannot_be_is_told() {
    let cases = [
        (
            "document='to be supplied'\nauthority='x'\nvalid_from='2020-01-01'\nsource='x'\nholding",
            "document=''\nauthority='x'\nvalid_from='2020-01-01'\nsource='x'\nholding",
            "规则没有写文号或发文单位",
        ),
        ("title='科技'", "title='科学'", "没有选项“科学”"),
        ("rung='able'", "rung='abel'", "没有级“abel”"),
        ("ladder='tech'", "ladder='teck'", "没有梯队“teck”"),
        (
            "turn='falling'\nlevels={ '预警'=2300, '已低于'=2000 }\ntrend=3",
            "turn='falling'",
            "趋势的期数不对",
        ),
        ("months=3 }\nunit='万元'\nbelow=2000", "months=3 }\nunit='人'\nbelow=2000", "单位的量纲不同"),
        ("below=2000", "", "缺少界限，或写了多个"),
        ("value='rd'", "", "筛选规则的写法不对"),
        ("lacking=1", "expiring=6", "筛选规则的写法不对"),
        ("lacking=1", "lacking=1\nreaching={ criterion='rb', at_least=9 }", "没有条件“rb”"),
        ("lacking=1", "all=['none']", "没有条件“none”"),
    ];
    let load = |pools: &str, tax: &str| {
        let files = files().into_iter().filter(|(path, _)| *path != "access.toml").map(|(path, text)| {
            let text = match path {
                "pools.toml" => pools,
                "books/tax.toml" => tax,
                _ => text,
            };
            SourceFile { path: path.to_owned(), text: text.to_owned() }
        });
        Content::load(&files.collect::<Vec<_>>()).1
    };
    for (from, to, wanted) in cases {
        let changed = POOLS.replace(from, to);
        assert_ne!(changed, POOLS, "{from}");
        let said = load(&changed, TAX);
        let found = said.iter().any(|of| of.path == "pools.toml" && of.message.contains(wanted));
        assert!(found, "{wanted}: {said:?}");
    }
    let secret = TAX.replace("every='month'", "every='month'\nstatistics_confidential=true");
    let said = load(POOLS, &secret);
    assert!(said.iter().any(|of| of.message.contains("统计调查资料")), "{said:?}");
}
