//! Claims on arrivals, land against figures: numbers worked out by hand.

use model::period::Month;
use rust_decimal::Decimal;

use super::shapes::Promotion;
use super::*;
use crate::access::Actor;
use crate::library::Library;
use crate::tests::TestPark;

const UNITS: &str = "[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n[[unit]]\nid='亿元'\ndimension='CNY'\nfactor='100000000'\n\
    [[unit]]\nid='万美元'\ndimension='USD'\nfactor='10000'";
const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n[fields.name]\ntitle='名称'\nkind='text'";
const ARRIVALS: &str = "title='到资'\nkind='event'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='on'\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.sum]\ntitle='金额'\nkind='amount'\nunit='万元'\n[fields.usd]\ntitle='美元'\nkind='amount'\nunit='万美元'";
const CLAIMS: &str = "title='认定'\nkind='event'\nkey=['arrival','target']\ntime='on'\n[fields.arrival]\ntitle='到资'\nkind='reference'\n\
    book='arrivals'\n[fields.target]\ntitle='任务'\nkind='choice'\nchoices=['内资','回归','外资']\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.sum]\ntitle='金额'\nkind='amount'\nunit='万元'\n[fields.usd]\ntitle='美元'\nkind='amount'\nunit='万美元'";
const LAND: &str = "title='出让'\nkind='event'\nkey=['plot']\ndisplay='plot'\nsubject='firm'\ntime='on'\n[fields.plot]\ntitle='地块'\nkind='text'\n\
    [fields.firm]\ntitle='竞得人'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='成交'\nkind='date'\n\
    [fields.tax]\ntitle='预计税收'\nkind='amount'\nunit='万元'";
const TAX: &str = "title='税收'\nkind='series'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.month]\ntitle='月份'\nkind='period'\n\
    [fields.tax]\ntitle='税收'\nkind='amount'\nunit='万元'";
const LEADS: &str = "title='线索'\nkind='case'\nkey=['name']\ndisplay='name'\ntime='found'\nstates=['线索','签约','终止']\nclosed=['终止']\nstate='stage'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.stage]\ntitle='阶段'\nkind='choice'\nchoices=['线索','签约','终止']\n\
    [fields.found]\ntitle='登记'\nkind='date'\n[fields.signed]\ntitle='签约日期'\nkind='date'\n[fields.sum]\ntitle='总投资'\nkind='amount'\nunit='万元'";
const FIGURES: &str = "title='招商'\n[figures.domestic]\ntitle='内资'\nbook='claims'\nmeasure='sum(sum)'\nfilter=\"target = '内资'\"\ntime='flow'\n\
    window='ytd'\nunit='亿元'\ncompare='none'\nbasis='认定'\n[figures.all]\ntitle='到资'\nbook='arrivals'\nmeasure='sum(sum)'\ntime='flow'\n\
    window='ytd'\nunit='亿元'\ncompare='none'\nbasis='到位'\n[figures.signed]\ntitle='签约投资'\nbook='leads'\nmeasure='sum(sum)'\n\
    filter=\"stage = '签约'\"\ntime='always'\nwindow='moment'\nunit='亿元'\ndecimals=4\ncompare='none'\nbasis='线索'\n[figures.tax]\ntitle='税收'\nbook='tax'\nmeasure='sum(tax)'\ntime='flow'\nwindow='ytd'\n\
    unit='亿元'\ndecimals=4\ncompare='none'\nbasis='税收'";
const PAGE: &str = "[[pipeline]]\nid='leads'\ntitle='线索'\nbook='leads'\nstage='stage'\nclosed=['终止']\namount='sum'\nreached={ '签约'='signed' }\nfigures=['signed']\n\
    [capital]\narrivals='arrivals'\namount='sum'\nforeign='usd'\nwhole='all'\nclaims='claims'\narrival='arrival'\nprogramme='target'\n\
    claimed='sum'\nclaimed_foreign='usd'\nprogrammes={ '内资'='domestic' }\n[land]\nbook='land'\n[[land.target]]\nid='tax'\ntitle='税收'\n\
    expected='tax'\nfigure='tax'\nby='firm'\nfrom='firm'\n";

fn park() -> (TestPark, Vec<u64>) {
    let mut park = TestPark::new(
        &[
            ("units.toml", UNITS),
            ("books/firms.toml", FIRMS),
            ("books/arrivals.toml", ARRIVALS),
            ("books/claims.toml", CLAIMS),
            ("books/land.toml", LAND),
            ("books/tax.toml", TAX),
            ("books/leads.toml", LEADS),
            ("figures/a.toml", FIGURES),
            ("pages/promotion.toml", PAGE),
        ],
        "2023-11-05",
    );
    let firms = park.put("firms", &["name=甲", "name=乙"]);
    let arrival = |no: u8, on: &str, rest: &str| format!("no=D{no}; firm={}; on={on}; {rest}", firms[0]);
    let lines = [
        arrival(1, "2023-03-01", "sum=5000"),
        arrival(2, "2023-04-01", "sum=7000; usd=1000"),
        arrival(3, "2023-05-01", "sum=1600"),
        arrival(4, "2022-12-31", "sum=9999"),
    ];
    let arrivals = park.put("arrivals", &lines.each_ref().map(String::as_str));
    let claim = |at: usize, target: &str, rest: &str| {
        format!("arrival={}; target={target}; on=2023-04-01; {rest}", arrivals[at])
    };
    let lines = [
        claim(0, "内资", "sum=5000"),
        claim(0, "回归", "sum=5000"),
        claim(1, "内资", "sum=7000"),
        claim(1, "回归", "sum=7000"),
        claim(1, "外资", "usd=1000"),
    ];
    park.put("claims", &lines.each_ref().map(String::as_str));
    (park, firms)
}

fn october(park: &TestPark) -> Promotion {
    let at: Month = "2023-10".parse().expect("a month");
    promotion(&park.park, &Actor::local("测试"), (Some(at), None)).expect("a page")
}

#[test]
fn money_claimed_under_three_targets_is_money_once() {
    let (park, _) = park();
    let capital = october(&park).capital.expect("arrivals");
    let sets: Vec<_> = capital
        .sets
        .iter()
        .map(|set| (set.programmes.join("+"), set.arrivals, set.amount, set.foreign))
        .collect();
    let wan = Decimal::from;
    // The one claimed under a target that has no figure stands in its set all the same; the one of last year in none.
    let three = |text: &str| text.matches('+').count() == 2;
    assert!(three(&sets[0].0), "{sets:?}");
    assert_eq!((sets[0].1, sets[0].2, sets[0].3), (1, wan(7_000), wan(1_000)));
    assert_eq!((sets[1].1, sets[1].2), (1, wan(5_000)));
    assert_eq!((sets[2].0.as_str(), sets[2].1, sets[2].2), ("", 1, wan(1_600)));
    // 5,000 + 7,000 + 1,600 is what arrived; the targets count 24,000 of the 12,000 that are claimed.
    assert_eq!((capital.amount, capital.foreign, capital.repeated), (wan(13_600), wan(1_000), wan(12_000)));
    assert_eq!(capital.whole[0].value.number.as_deref(), Some("1.36"));
    assert_eq!(capital.programmes[0].answer.as_ref().and_then(|a| a.value.number.as_deref()), Some("1.2"));
    assert!(capital.once, "{:?}", capital.faults);
}

#[test]
fn a_claim_for_more_than_arrived_is_told() {
    let (mut park, firms) = park();
    let arrival = park.put("arrivals", &[&format!("no=D9; firm={}; on=2023-06-01; sum=100", firms[0])]);
    park.put("claims", &[&format!("arrival={}; target=内资; on=2023-06-01; sum=101", arrival[0])]);
    let capital = october(&park).capital.expect("arrivals");
    assert_eq!(capital.faults, ["“内资”认定的金额大于到资“D9”的到位金额"]);
    assert!(!capital.once);
}

#[test]
fn what_came_of_land_is_a_figure_of_its_winner() {
    let (mut park, firms) = park();
    let plots = [
        format!("plot=G1; firm={}; on=2023-02-01; tax=200", firms[0]),
        format!("plot=G2; firm={}; on=2023-03-01; tax=300", firms[1]),
        format!("plot=G0; firm={}; on=2021-03-01; tax=900", firms[1]),
    ];
    park.put("land", &plots.each_ref().map(String::as_str));
    // 5 万元 each month from January to October, and 99 in November, which is not over.
    let month = |month: i8| {
        format!("firm={}; month=2023-{month:02}; tax={}", firms[0], if month == 11 { 99 } else { 5 })
    };
    let months: Vec<String> = (1..=11).map(month).collect();
    park.put("tax", &months.iter().map(String::as_str).collect::<Vec<_>>());
    let land = october(&park).land.expect("land");
    let told: Vec<_> =
        land.items.iter().map(|row| (row.entry.title.as_str(), row.targets[0].clone())).collect();
    assert_eq!(told.iter().map(|(plot, _)| *plot).collect::<Vec<_>>(), ["G2", "G1"], "those of the year");
    assert_eq!((told[0].1.expected, told[0].1.actual), (Some(Decimal::from(300)), None));
    // Ten times 5 of 200 万元.
    assert_eq!((told[1].1.actual, told[1].1.percent), (Some(Decimal::from(50)), Some(Decimal::from(25))));
    assert_eq!(told[1].1.only.as_deref(), Some("firm:甲"));
    let target = &land.targets[0];
    assert_eq!((target.expected, target.actual, target.unknown), (Decimal::from(500), Decimal::from(50), 1));
    let asked = Question {
        only: vec!["firm:甲".to_owned()],
        period: "2023-10".to_owned(),
        figure: "tax".to_owned(),
        ..Question::default()
    };
    let trace = explore::trace(&park.park, &Actor::local("测试"), &asked, crate::books::Page::of(None, None))
        .expect("the cells");
    assert_eq!(trace.total, 10, "January to October");
}

#[test]
fn the_board_of_a_day_is_what_is_known_now_dated_up_to_it() {
    let (mut park, firms) = park();
    park.put(
        "leads",
        &[
            "name=a; stage=签约; found=2023-01-10; signed=2023-04-02; sum=100",
            "name=b; stage=签约; found=2023-02-10; signed=2023-04-20; sum=30",
            "name=c; stage=线索; found=2023-05-01; sum=7",
        ],
    );
    let tax: Vec<String> =
        (3..=4).map(|month| format!("firm={}; month=2023-{month:02}; tax=5", firms[0])).collect();
    park.put("tax", &tax.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = |on: Option<Date>| {
        let found = promotion(&park.park, &Actor::local("测试"), (None, on)).expect("a page");
        let stages = &found.pipelines[0].stages;
        let counts: Vec<(usize, Decimal)> = stages.iter().map(|of| (of.count, of.sum)).collect();
        let signed = found.pipelines[0].answers[0].value.number.clone().unwrap_or_default();
        let capital = found.capital.expect("arrivals");
        assert!(capital.once, "{:?}", capital.faults);
        (counts, signed, capital.amount, found.on, found.period)
    };
    let wan = Decimal::from;
    // 3 April: a is signed for 100 万元, b is still a lead, c was not found yet; 5,000 arrived in March and 7,000 on 1 April.
    let (counts, signed, arrived, on, period) = seen(Some(jiff::civil::date(2023, 4, 3)));
    assert_eq!(counts, [(1, wan(30)), (1, wan(100)), (0, wan(0))]);
    assert_eq!((signed.as_str(), arrived, period.as_str()), ("0.01", wan(12_000), "2023-04"));
    assert_eq!(on, jiff::civil::date(2023, 4, 3));
    // A day earlier in the month than the second arrival: the month's figures stop there too.
    let (_, _, arrived, ..) = seen(Some(jiff::civil::date(2023, 3, 31)));
    assert_eq!(arrived, wan(5_000));
    // Without a day it is today: both are signed, c is a lead; figures are of the newest month with a return.
    let (counts, signed, _, on, _) = seen(None);
    assert_eq!(counts, [(1, wan(7)), (2, wan(130)), (0, wan(0))]);
    assert_eq!((signed.as_str(), on), ("0.013", jiff::civil::date(2023, 11, 5)));
}

#[test]
fn a_pipeline_adds_up_by_stage() {
    let (mut park, _) = park();
    park.put("leads", &["name=a; stage=签约; sum=100", "name=b; stage=签约", "name=c; stage=终止; sum=7"]);
    let found = &october(&park).pipelines[0];
    let told: Vec<_> =
        found.stages.iter().map(|of| (of.word.as_str(), of.count, of.sum, of.without, of.closed)).collect();
    let none = Decimal::ZERO;
    let hundred = Decimal::ONE_HUNDRED;
    assert_eq!(
        told,
        [("线索", 0, none, 0, false), ("签约", 2, hundred, 1, false), ("终止", 1, Decimal::from(7), 0, true)]
    );
    assert_eq!(found.items[0].entry.title, "a", "the largest first");
}

#[test]
fn the_content_in_force_says_what_stands_on_the_page() {
    let library = Library::load(None).expect("embedded content");
    let page = library.content.pages.promotion.as_ref().expect("the page");
    assert!(page.pipelines.len() >= 2 && page.capital.is_some() && page.land.is_some());
    assert!(page.sections.len() >= 3);
}
