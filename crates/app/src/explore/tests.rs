//! Answers over a made-up park, each number added up by hand.

use super::*;
use crate::access::Actor;
use crate::books::Page;
use crate::tests::TestPark;

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.sector]\ntitle='行业'\nkind='choice'\nchoices=['制造业/汽车','制造业/纺织','建筑业']";
const RETURNS: &str = "title='月报'\nkind='series'\nkey=['firm','period']\nsubject='firm'\ntime='period'\nevery='month'\n\
    statistics_confidential=true\ndepartment='统计'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.period]\ntitle='期'\nkind='period'\n\
    [fields.out]\ntitle='产值'\nkind='amount'\nunit='万元'";
const FIGURES: &str = "title='工业'\ntitle_en='Industry'\n\
    [figures.output]\ntitle='总产值'\ntitle_en='Output'\nbook='returns'\nmeasure='sum(out)'\ntime='flow'\nwindow='ytd'\n\
    unit='亿元'\ndecimals=2\nbasis='全部企业'\n\
    [figures.firms_count]\ntitle='企业数'\nbook='firms'\nmeasure='count()'\ntime='always'\nunit='家'\n\
    [figures.each]\ntitle='户均产值'\nvalue='output / firms_count'\nunit='亿元/家'\ndecimals=4\nwindow='ytd'";
/// Four firms; output of January and February in 2022 and 2023, in 万元. 丁 opened in 2023.
fn park() -> TestPark {
    let mut park = TestPark::new(
        &[("books/firms.toml", FIRMS), ("books/returns.toml", RETURNS), ("figures/industry.toml", FIGURES)],
        "2023-03-20",
    );
    park.put(
        "firms",
        &[
            "name=甲; sector=制造业/汽车",
            "name=乙; sector=制造业/纺织",
            "name=丙; sector=建筑业",
            "name=丁; sector=建筑业",
        ],
    );
    let rows = [(1, 1000, 1100, 1200, 1300), (2, 2000, 1900, 1800, 1700), (3, 500, 500, 600, 700)];
    for (firm, a, b, c, d) in rows {
        let line = |period: &str, n: i32| format!("firm={firm}; period={period}; out={n}");
        let lines = [line("2022-01", a), line("2022-02", b), line("2023-01", c), line("2023-02", d)];
        park.put("returns", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    }
    park.put("returns", &["firm=4; period=2023-01; out=300", "firm=4; period=2023-02; out=400"]);
    park
}

fn question(figure: &str, pairs: &[(&str, &str)]) -> Question {
    let pairs = [("period", "2023-02")].iter().chain(pairs).copied();
    Question::from_pairs(figure, pairs).expect("a question")
}

#[test]
fn an_answer_says_everything_about_a_number() {
    let park = park();
    let answer = answer(&park.park, &Actor::local("x"), &question("output", &[])).expect("an answer");
    // 2023: 1200+1300 + 1800+1700 + 600+700 + 300+400 = 8000 万元.
    assert_eq!(answer.value.number.as_deref(), Some("0.8"));
    assert_eq!(answer.shown, "0.80亿元");
    assert_eq!(answer.period.text, "2023年1—2月");
    assert_eq!(answer.period.text_en, "Jan–Feb 2023");
    // Without 丁: 7300 against 1000+1100 + 2000+1900 + 500+500 = 7000: +4.29 %.
    assert_eq!(answer.prior.number.as_deref(), Some("0.7"));
    assert_eq!(answer.comparable.number.as_deref(), Some("0.73"));
    assert_eq!((answer.yoy.words.as_str(), answer.yoy.kind), ("增长4.3%", GrowthKind::Up));
    // February against January: 1300+1700+700+400 = 4100 against 3900: +5.13 %.
    assert_eq!(answer.mom.map(|m| m.words).as_deref(), Some("增长5.1%"));
    assert_eq!(answer.basis.comparison, "same_subjects");
    assert_eq!(answer.basis.entries, 8);
    assert_eq!(answer.basis.notes, ["1个对象没有同期数，未计入增速"]);
    assert_eq!(answer.basis.books[0].title, "月报");
}

#[test]
fn the_raw_basis_takes_everything() {
    let park = park();
    let asked = question("output", &[("basis", "raw"), ("by", "行业")]);
    let answer = answer(&park.park, &Actor::local("x"), &asked).expect("an answer");
    // 8000 against 7000: +14.29 %.
    assert_eq!(answer.yoy.words, "增长14.3%");
    assert_eq!(answer.basis.comparison_words, "全部对象，未调整口径");
    let line = |name: &str| answer.groups.iter().find(|g| g.name == name).expect("a group");
    // 建筑业: 600+700+300+400 = 2000 against 1000: doubled, and all of the growth.
    assert_eq!(line("建筑业").yoy.words, "增长1倍");
    assert_eq!(line("建筑业").contribution.as_deref(), Some("100.00"));
    // 2000 − 1000 of 7000.
    assert_eq!(line("建筑业").pull.as_deref(), Some("14.29"));
    // 甲 alone: 2500 of 8000.
    assert_eq!(line("制造业/汽车").share.as_deref(), Some("31.25"));
}

#[test]
fn a_breakdown_and_whom_to_leave_out_are_named_as_people_do() {
    let park = park();
    let ask = |pairs: &[(&str, &str)]| {
        let answer = answer(&park.park, &Actor::local("x"), &question("总产值", pairs)).expect("an answer");
        let groups: Vec<String> = answer
            .groups
            .iter()
            .map(|g| format!("{} {}", g.name, g.value.number.clone().unwrap_or_default()))
            .collect();
        (answer.shown, groups.join("; "))
    };
    assert_eq!(ask(&[("by", "firm.sector/1")]).1, "制造业 0.6; 建筑业 0.2");
    assert_eq!(ask(&[("exclude", "乙,丙")]).0, "0.32亿元"); // 2500 + 700
    assert_eq!(ask(&[("exclude", "top:1")]).0, "0.45亿元"); // without 乙, the largest of 2022
    assert_eq!(ask(&[("only", "firm.sector:建筑业"), ("window", "month")]).0, "0.11亿元"); // 700 + 400
}

#[test]
fn a_series_runs_over_months() {
    let park = park();
    let found = series(&park.park, &Actor::local("x"), &question("output", &[("window", "month")]), 3)
        .expect("a series");
    let shown: Vec<(&str, Option<&str>)> =
        found.items.iter().map(|i| (i.period.as_str(), i.value.number.as_deref())).collect();
    // Nobody sent December: not zero, but blank. January 3900, February 4100.
    assert_eq!(shown, [("2022-12", None), ("2023-01", Some("0.39")), ("2023-02", Some("0.41"))]);
    assert_eq!(found.items[0].value.blank.as_ref().map(|b| b.code.as_str()), Some("not_sent"));
    let years = series(&park.park, &Actor::local("x"), &question("output", &[("window", "quarter")]), 12)
        .expect("a series");
    assert_eq!(years.items.len(), 4);
}

#[test]
fn a_number_leads_back_to_its_entries() {
    let park = park();
    let page = Page { offset: 3, limit: 2 };
    let found = trace(&park.park, &Actor::local("x"), &question("output", &[]), page).expect("a trace");
    // Eight entries of 2023 and six of 2022; each reads one field.
    assert_eq!((found.total, found.items.len()), (14, 2));
    assert_eq!(found.shown, "0.80亿元");
    let all = trace(&park.park, &Actor::local("x"), &question("output", &[]), Page::of(None, None))
        .expect("a trace");
    let current = all.items.iter().filter(|c| c.side == figures::Side::Current);
    let sum: Decimal = current.filter_map(|c| c.adds).sum();
    assert_eq!(sum.normalize().to_string(), "0.8");
    assert_eq!((all.items[0].field_title.as_str(), all.items[0].unit.as_str()), ("产值", "万元"));
    let each = trace(&park.park, &Actor::local("x"), &question("each", &[]), page).expect("a trace");
    assert_eq!(each.formula, "总产值（0.80亿元） / 企业数（4家）");
    assert_eq!(each.shown, "0.2000亿元/家");
}

#[test]
fn readers_without_the_right_see_no_single_respondent() {
    let park = park();
    let reader = park.person(&["reader"], "党办", None);
    let counter = park.person(&["counter"], "统计", None);
    // 建筑业 has two firms: withheld. Then the smallest other line goes too, or the total would tell.
    let asked = question("output", &[("by", "firm.sector/1")]);
    let seen = answer(&park.park, &reader, &asked).expect("an answer");
    assert!(seen.groups.iter().all(|g| g.value.number.is_none()), "{:?}", seen.groups);
    assert!(seen.value.number.is_some());
    assert_eq!(trace(&park.park, &reader, &asked, Page::default()).expect("a trace").total, 0);
    let all = answer(&park.park, &counter, &asked).expect("an answer");
    assert!(all.groups.iter().all(|g| g.value.number.is_some()));
    // The answer of one is not remembered for the other.
    assert_eq!(answer(&park.park, &reader, &asked).expect("an answer"), seen);
    let firm = park.person(&["firm"], "", Some(1));
    assert!(matches!(answer(&park.park, &firm, &asked), Err(ExploreFault::Ask(AskFault::UnknownFigure(_)))));
}

#[test]
fn many_questions_have_one_revision_and_wrong_ones_a_name() {
    let park = park();
    let actor = Actor::local("x");
    let questions = Questions { questions: vec![question("output", &[]), question("firms_count", &[])] };
    let found = answers(&park.park, &actor, &questions).expect("answers");
    let shown: Vec<&str> = found.items.iter().map(|a| a.shown.as_str()).collect();
    assert_eq!(shown, ["0.80亿元", "4家"]);
    let fault = |figure: &str, pairs: &[(&str, &str)]| {
        answer(&park.park, &actor, &question(figure, pairs)).expect_err("refused").to_string()
    };
    assert_eq!(fault("nothing", &[]), "there is no figure `nothing`");
    assert_eq!(fault("output", &[("period", "soon")]), "`soon` is not a month");
    assert_eq!(fault("output", &[("window", "week")]), "`week` is not a window");
    assert_eq!(fault("output", &[("by", "colour")]), "there is no field `colour`");
    assert_eq!(fault("output", &[("exclude", "set:none")]), "there is no exclusion set `none`");
}

#[test]
fn an_address_says_the_question() {
    let park = park();
    let asked = question(
        "output",
        &[("by", "行业"), ("exclude", "top:2,乙"), ("only", "firm.sector:建筑业"), ("exact", "1")],
    );
    let request = asked.request(&park.park).expect("a request");
    let again = Question::of(&request);
    assert_eq!(again.request(&park.park).expect("a request"), request);
    let pairs: Vec<String> = again.pairs().iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(
        pairs.join("&"),
        "period=2023-02&by=firm.sector&exclude=top:2,乙&only=firm.sector:建筑业&exact=1"
    );
}

#[test]
fn a_figure_says_what_it_can_be_broken_down_by() {
    let park = park();
    let found = breakdowns(&park.park, &Actor::local("x"), "output").expect("fields");
    let shown: Vec<String> = found.items.iter().map(|b| format!("{} {}", b.path, b.title)).collect();
    assert_eq!(shown, ["firm 企业", "firm.sector/1 行业（一级）", "firm.sector 行业"]);
}
