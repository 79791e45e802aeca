//! A small park of one parcel, one landlord and three tenants: from its books to values, grades, documents.

use jiff::civil::date;
use model::id::EntryId;
use rust_decimal::Decimal;

use super::shapes::{
    EvaluationRequest, ParcelCoverage, ParcelPage, ParcelView, PublishStage, Reevaluation, Simulated,
    SimulationRequest,
};
use super::*;
use crate::access::Actor;
use crate::progress::unwatched;
use crate::tests::TestPark;

mod policy;

const UNITS: &str = "[[unit]]\nid='元'\ndimension='CNY'\nfactor='1'\n[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n\
    [[unit]]\nid='平方米'\ndimension='area'\nfactor='3'\naliases=['㎡']\n[[unit]]\nid='亩'\ndimension='area'\nfactor='2000'\n\
    [[unit]]\nid='万元/亩'\ndimension='CNY/area'\nfactor='5'\n[[unit]]\nid='%'\ndimension='ratio'\nfactor='0.01'";
const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.since]\ntitle='成立'\nkind='date'\n\
    [fields.elsewhere]\ntitle='税收汇缴外地'\nkind='boolean'";
const PARCELS: &str = "title='地块'\nkind='register'\nrole='parcel'\nkey=['code']\ndisplay='name'\n\
    [fields.code]\ntitle='代码'\nkind='parcel_code'\n[fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.holder]\ntitle='权利人'\nkind='reference'\nbook='firms'\n\
    [fields.area]\ntitle='面积'\nkind='amount'\nunit='平方米'\n\
    [fields.fence]\ntitle='用地单元'\nkind='text'\n\
    [fields.surveyed]\ntitle='实测面积'\nkind='amount'\nunit='平方米'\n\
    [fields.boundary]\ntitle='界线'\nkind='geometry'";
const BUILDINGS: &str = "title='建筑'\nkind='register'\nrole='building'\nkey=['no']\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n\
    [fields.floor]\ntitle='建筑面积'\nkind='amount'\nunit='平方米'";
const USES: &str = "title='占用'\nkind='register'\nrole='occupancy'\nkey=['no']\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n\
    [fields.landlord]\ntitle='出租'\nkind='reference'\nbook='firms'\n\
    [fields.tenant]\ntitle='承租'\nkind='reference'\nbook='firms'\n\
    [fields.kind]\ntitle='方式'\nkind='choice'\nchoices=['自用','出租','空置']\n\
    [fields.floor]\ntitle='面积'\nkind='amount'\nunit='平方米'\n\
    [fields.from_on]\ntitle='起'\nkind='date'\n[fields.to_on]\ntitle='止'\nkind='date'";
const TAXES: &str = "title='税收'\nkind='series'\nkey=['firm','year']\nsubject='firm'\ntime='year'\nevery='year'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.year]\ntitle='年'\nkind='period'\n\
    [fields.tax]\ntitle='税收'\nkind='amount'\nunit='万元'";
const FIGURES: &str = "title='税收'\n[figures.paid]\ntitle='税收'\nbook='taxes'\nmeasure='sum(tax)'\ntime='flow'\nwindow='year'\nunit='万元'";
const MEASURES: &str =
    "[measures.tax]\ntitle='税收'\nfigure='paid'\nunit='万元'\ndomain='tax'\ndepartment='税务局'";
const SCHEME: &str = "title='办法'\ndocument='to be supplied'\nauthority='x'\nfrom_year=2000\njudges='parcel'\nusual=true\nsource='x'\n\
    [[group]]\nid='all'\ntitle='全部'\n[[group.indicator]]\nid='per_mu'\ntitle='亩均税收'\nnumerator='tax'\ndenominator='land'\n\
    unit='万元/亩'\nweight=100\nbenchmark='20'\ncap='1.5'\nfloor=0\nmissing='not_evaluable'\n\
    [grades]\nline=[{ grade='A', title='好', score=90 }, { grade='B', title='差' }]\n\
    [publication]\narea_days=7\nresult_days=7";
const PAGE: &str = "[parcel.fields]\ncode='code'\nname='name'\nholder='holder'\narea='area'\narea_surveyed='surveyed'\nunit='fence'\nboundary='boundary'\n\
    [building.fields]\nparcel='parcel'\nnumber='no'\nfloor_area='floor'\n\
    [occupancy.fields]\nparcel='parcel'\nlandlord='landlord'\ntenant='tenant'\nkind='kind'\nfloor_area='floor'\nfrom='from_on'\nto='to_on'\n\
    [occupancy.means.kind]\n'自用'='self'\n'出租'='lease'\n'空置'='vacant'\n[enterprise.fields]\nname='name'\nfrom='since'\ntax_elsewhere='elsewhere'";
const OBJECTIONS: &str = "title='异议'\nkind='event'\nrole='objection'\nkey=['no']\ntime='on'\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.run]\ntitle='批次'\nkind='text'\n[fields.year]\ntitle='年度'\nkind='year'\n\
    [fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.kind]\ntitle='类型'\nkind='choice'\nchoices=['土地','税务']\n[fields.claim]\ntitle='内容'\nkind='text'\n\
    [fields.proof]\ntitle='证据'\nkind='text'\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.status]\ntitle='状态'\nkind='choice'\nchoices=['未处理','已修改','已驳回']\n\
    [fields.decided]\ntitle='办结'\nkind='date'\n[fields.opinion]\ntitle='意见'\nkind='text'";
const OBJECTION_PARTS: &str = "\n[objection.fields]\nnumber='no'\nrun='run'\nyear='year'\nparcel='parcel'\nenterprise='firm'\nkind='kind'\n\
    text='claim'\nevidence='proof'\non='on'\nstate='status'\ndecided='decided'\ndecision='opinion'\n\
    [objection.means.state]\n'未处理'='received'\n'已修改'='upheld'\n'已驳回'='rejected'";
const SHEET: &str = "# 一地一表\n\n{{ of.row.name }}得分{{ of.score }}，等级{{ of.grade }}。\n";
const SHEET_OF: &str = "title='一地一表'\nabout='parcel'\ntemplate='body.txt'";

/// The worked example of attribution: P = 13,333.33 ㎡ with 20,000 ㎡ of floor in 2023.
fn park() -> (TestPark, Vec<u64>, u64) {
    park_with(TAXES)
}

/// The content with a book of taxes and a scheme; nothing in it yet.
fn empty(taxes: &str, scheme: &str) -> TestPark {
    let page = format!("{PAGE}{OBJECTION_PARTS}");
    let files = [
        ("units.toml", UNITS),
        ("books/firms.toml", FIRMS),
        ("books/parcels.toml", PARCELS),
        ("books/buildings.toml", BUILDINGS),
        ("books/uses.toml", USES),
        ("books/taxes.toml", taxes),
        ("books/objections.toml", OBJECTIONS),
        ("figures/taxes.toml", FIGURES),
        ("measures.toml", MEASURES),
        ("schemes/usual.toml", scheme),
        ("pages/parcels.toml", &page),
        ("reports/lot/report.toml", SHEET_OF),
        ("reports/lot/body.txt", SHEET),
    ];
    TestPark::new(&files, "2024-03-01")
}

/// The same with another book of taxes.
fn park_with(taxes: &str) -> (TestPark, Vec<u64>, u64) {
    let mut park = empty(taxes, SCHEME);
    let firms = park.put("firms", &["name=甲", "name=乙", "name=丙", "name=丁; since=2023-07-01"]);
    let (l, t1, t2, t3) = (firms[0], firms[1], firms[2], firms[3]);
    let parcel = format!("code=330203002007GB00001; name=一号; holder={l}; area=13333.33");
    let parcel = park.put("parcels", &[&parcel])[0];
    park.put("buildings", &[&format!("no=1; parcel={parcel}; floor=20000")]);
    let uses = [
        format!("no=1; parcel={parcel}; landlord={l}; tenant={l}; kind=自用; floor=2000; from_on=2020-01-01"),
        format!(
            "no=2; parcel={parcel}; landlord={l}; tenant={t1}; kind=出租; floor=8000; from_on=2020-01-01"
        ),
        format!(
            "no=3; parcel={parcel}; landlord={l}; tenant={t2}; kind=出租; floor=6000; from_on=2020-01-01; to_on=2023-06-30"
        ),
        format!(
            "no=4; parcel={parcel}; landlord={l}; tenant={t3}; kind=出租; floor=6000; from_on=2023-07-01"
        ),
        format!("no=5; parcel={parcel}; landlord={l}; kind=空置; floor=4000; from_on=2020-01-01"),
    ];
    park.put("uses", &uses.each_ref().map(String::as_str));
    let taxes = [(l, 60), (t1, 240), (t2, 120), (t3, 30)];
    let taxes = taxes.map(|(firm, tax)| format!("firm={firm}; year=2023; tax={tax}"));
    park.put("taxes", &taxes.each_ref().map(String::as_str));
    (park, firms, parcel)
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

#[test]
fn the_worked_example_comes_through_the_books_to_the_digit() {
    let (test, firms, parcel) = park();
    let actor = Actor::local("t");
    let view = super::parcel(&test.park, &actor, EntryId(parcel), (None, Some(2023))).expect("there");
    // 13,333.33 × 0.0015 = 19.999995 亩.
    assert_eq!(view.row.mu, Some(decimal("19.999995")));
    assert_eq!(view.far, Some(decimal("1.5")), "20,000 ÷ 13,333.33");
    let tax = &view.attribution[0];
    // 60 + 240 + 120 × 181/365 + 30 = 389.506849…
    let value = tax.value.expect("known");
    assert_eq!(value.round_dp(4), decimal("389.5068"));
    assert_eq!(tax.per_mu.map(|per| per.round_dp(2)), Some(decimal("19.48")));
    let of = |firm: u64| {
        tax.parts.iter().find(|part| part.enterprise.entry == EntryId(firm)).expect("a part").clone()
    };
    assert_eq!(of(firms[2]).value.map(|v| v.round_dp(4)), Some(decimal("59.5068")));
    assert_eq!((of(firms[1]).value, of(firms[1]).method.as_str()), (Some(decimal("240")), "occupancy"));
    let asked = of(firms[1]).question.expect("whose cells these are");
    assert!(asked.starts_with("period=2023-12&window=year&exact=1&only=firm:%E4%B9%99"), "{asked}");
    assert_eq!(view.occupancies.len(), 5);
}

#[test]
fn an_evaluation_is_frozen_published_and_made_again() {
    let (mut test, _, parcel) = park();
    let actor = Actor::local("t");
    let asked = EvaluationRequest { scheme: None, year: 2023, note: "试".to_owned() };
    let frozen = evaluate(&test.park, &actor, &asked, &unwatched).expect("runs");
    let run = keep(&mut test.park, &actor, &frozen).expect("kept");
    assert_eq!((run.id, run.version, run.graded, run.stage.as_str()), (1, 1, 1, "draft"));
    let rows = results(
        &test.park,
        &actor,
        1,
        &ResultQuestion { page: crate::books::Page::of(None, None), ..ResultQuestion::default() },
    );
    let row = rows.expect("there").items.remove(0);
    // 19.4753… ÷ 20 × 100 = 97.38.
    assert_eq!((row.score, row.grade.as_deref()), (Some(decimal("97.38")), Some("A")));

    let result = PublishStage { stage: "result".to_owned(), until: None, note: String::new() };
    let early = publish(&mut test.park, &actor, 1, &result);
    assert!(matches!(early, Err(ParcelsFault::AreaFirst)), "areas come first");
    let area = PublishStage { stage: "area".to_owned(), ..result.clone() };
    let view = publish(&mut test.park, &actor, 1, &area).expect("published");
    // Seven days from 1 March 2024.
    assert_eq!(view.publications[0].until, Some(date(2024, 3, 8)));
    let public = ResultQuestion { public: true, ..ResultQuestion::default() };
    let listed = |test: &TestPark| {
        results(
            &test.park,
            &actor,
            1,
            &ResultQuestion { page: crate::books::Page::of(None, None), ..public.clone() },
        )
    };
    let shown = listed(&test).expect("there").items.remove(0);
    assert_eq!((shown.grade, shown.score, shown.rank), (None, None, None), "only areas yet");
    publish(&mut test.park, &actor, 1, &result).expect("published");
    let shown = listed(&test).expect("there").items.remove(0);
    assert_eq!((shown.grade.as_deref(), shown.score), (Some("A"), None), "no score, no rank");

    // A correction: the parcel is twice as large; half the tax per mu.
    assert!(!evaluation(&test.park, &actor, 1).expect("there").outdated);
    correct_area(&mut test, parcel, "26666.66");
    assert!(evaluation(&test.park, &actor, 1).expect("there").outdated);
    let again = Reevaluation { note: "异议成立".to_owned(), keep_others: true };
    let frozen = reevaluate(&test.park, &actor, 1, &again, &unwatched).expect("runs");
    let second = keep(&mut test.park, &actor, &frozen).expect("kept");
    assert_eq!((second.version, second.replaces), (2, Some(1)));
    let compared = compare(&test.park, &actor, 1, 2).expect("both there");
    assert_eq!(compared.items.len(), 1);
    let item = &compared.items[0];
    assert_eq!(item.after.as_ref().and_then(|side| side.grade.clone()), Some("B".to_owned()));
    assert!(item.changes.iter().any(|text| text.contains("97.38")), "{:?}", item.changes);
}

fn correct_area(test: &mut TestPark, parcel: u64, area: &str) {
    correct(test, parcel, ("area", area));
}

fn correct(test: &mut TestPark, entry: u64, (field, value): (&str, &str)) {
    let edit = crate::books::Edit {
        values: [(field.to_owned(), serde_json::json!(value))].into(),
        why: "更正".to_owned(),
    };
    crate::books::edit(&mut test.park, &Actor::local("t"), EntryId(entry), 1, &edit, None)
        .expect("corrected");
}

#[test]
fn s44_an_upheld_objection_changes_its_own_grade_and_the_others_keep_theirs() {
    let of_five = "base='graded'\nline=[{ grade='A', title='好', to='0.40' }, { grade='B', title='差' }]";
    let by_score = "line=[{ grade='A', title='好', score=90 }, { grade='B', title='差' }]";
    let mut test = empty(TAXES, &SCHEME.replace(by_score, of_five));
    let firms = test.put("firms", &["name=甲", "name=乙", "name=丙", "name=丁", "name=戊"]);
    // Five parcels of 2,000 ㎡ = 3 亩 and 60, 54, 48, 42, 36 万元: 20 a mu are 100 points. Two of five are A.
    let each = firms.iter().enumerate();
    let lines = each.map(|(at, firm)| {
        let tax = 60 - 6 * at;
        let parcel = format!("code=330203002007GB0000{at}; name={at}; holder={firm}; area=2000");
        (parcel, format!("firm={firm}; year=2023; tax={tax}"))
    });
    let (land, taxes): (Vec<String>, Vec<String>) = lines.unzip();
    test.put("parcels", &land.iter().map(String::as_str).collect::<Vec<_>>());
    let taxes = test.put("taxes", &taxes.iter().map(String::as_str).collect::<Vec<_>>());
    let actor = Actor::local("t");
    let asked = EvaluationRequest { scheme: None, year: 2023, note: String::new() };
    let frozen = evaluate(&test.park, &actor, &asked, &unwatched).expect("runs");
    keep(&mut test.park, &actor, &frozen).expect("kept");
    let grades = |test: &TestPark, run: u64| {
        let question =
            ResultQuestion { page: crate::books::Page::of(None, None), ..ResultQuestion::default() };
        let rows = results(&test.park, &actor, run, &question).expect("there").items;
        let all = rows.iter().map(|row| row.grade.clone().expect("graded"));
        all.collect::<String>()
    };
    assert_eq!(grades(&test, 1), "AABBB");
    // The fourth had 57, not 42: 95 points, the second best.
    correct(&mut test, taxes[3], ("tax", "57"));
    for (keep_others, expected) in [(false, "ABBAB"), (true, "AABAB")] {
        let again = Reevaluation { note: "异议成立".to_owned(), keep_others };
        let frozen = reevaluate(&test.park, &actor, 1, &again, &unwatched).expect("runs");
        let next = keep(&mut test.park, &actor, &frozen).expect("kept");
        assert_eq!(grades(&test, next.id), expected, "keep_others = {keep_others}");
    }
    // What was kept as it was is no change of the version; whose grade moved stands in the log of both.
    let moved = |run: u64| {
        let compared = compare(&test.park, &actor, 1, run).expect("both there");
        compared.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!((moved(2), moved(3)), (vec!["1".to_owned(), "3".to_owned()], vec!["3".to_owned()]));
}

#[test]
fn s20_two_certificates_within_one_fence_are_judged_as_one_and_their_rows_say_so() {
    let mut test = empty(TAXES, &SCHEME.replace("judges='parcel'", "judges='parcel'\nmerge='unit'"));
    let firms = test.put("firms", &["name=甲", "name=乙"]);
    let parcel = |no: u32, firm: u64, area: u32, fence: &str| {
        format!("code=330203002007GB0000{no}; name={no}号; holder={firm}; area={area}{fence}")
    };
    // 甲 has 6 亩 and 2 亩 within one fence, with 160 万元 from both; 乙 has 4 亩 and 60.
    let ([a, b], fence) = ([firms[0], firms[1]], "; fence=甲厂区");
    let land = [parcel(1, a, 4000, fence), parcel(2, b, 2667, ""), parcel(3, a, 1333, fence)];
    let parcels = test.put("parcels", &land.each_ref().map(String::as_str));
    test.put("taxes", &[&format!("firm={a}; year=2023; tax=160"), &format!("firm={b}; year=2023; tax=60")]);
    let actor = Actor::local("t");
    let asked = EvaluationRequest { scheme: None, year: 2023, note: String::new() };
    let frozen = evaluate(&test.park, &actor, &asked, &unwatched).expect("runs");
    keep(&mut test.park, &actor, &frozen).expect("kept");
    let question = ResultQuestion { page: crate::books::Page::of(None, None), ..ResultQuestion::default() };
    let rows = results(&test.park, &actor, 1, &question).expect("there").items;
    // 160 ÷ 7.9995 亩 = 20.00 of 20: the same at both parcels, one place for both.
    let of = |at: usize| (rows[at].score, rows[at].rank, rows[at].together.clone());
    let both = vec![parcels[0], parcels[2]];
    assert_eq!(of(0), (Some(decimal("100.01")), Some(1), both.clone()));
    assert_eq!(of(2), (Some(decimal("100.01")), Some(1), both));
    // 60 ÷ 4.0005 亩 = 14.998.
    assert_eq!(of(1), (Some(decimal("74.99")), Some(2), Vec::new()));
    let said = &rows[0].marks[0];
    assert!(said.starts_with("与3号合并评价（甲厂区）；单独评价得 100"), "{said}");
    let run = evaluation(&test.park, &actor, 1).expect("there");
    let shares: Vec<_> = run.grades.iter().map(|of| (of.grade.as_str(), of.count, of.share)).collect();
    // Two parcels of one unit are one of the two that are graded.
    assert_eq!(shares, [("A", 2, Some(decimal("50"))), ("B", 1, Some(decimal("50")))]);
    let told = explain(&test.park, &actor, EntryId(parcels[2]), (Some(1), None)).expect("there");
    assert!(told.words.starts_with("与1号合并评价"), "{}", told.words);
    // The area is public first, and no score with it.
    let list = ResultQuestion { public: true, ..question };
    let public = results(&test.park, &actor, 1, &list).expect("there").items;
    assert!(public.iter().all(|row| row.marks.is_empty() && row.score.is_none()));
}

/// What is paid here is counted as it is; that the rest is paid elsewhere is said at the parcel, of those who are there.
#[test]
fn s07_a_tenant_whose_tax_is_consolidated_elsewhere_is_told_and_nothing_is_imputed() {
    let (mut test, firms, parcel) = park();
    let actor = Actor::local("t");
    let see = |test: &TestPark| parcel_view(test, &actor, parcel);
    let tax = |view: &ParcelView| view.attribution[0].value;
    let before = tax(&see(&test));
    assert!(see(&test).row.flags.iter().all(|flag| flag.code != "tax_elsewhere"));
    // 乙 is there all year; 丙 left at the end of June.
    for firm in [firms[1], firms[2]] {
        correct(&mut test, firm, ("elsewhere", "是"));
    }
    let view = see(&test);
    let told = view.row.flags.iter().filter(|flag| flag.code == "tax_elsewhere");
    assert_eq!(told.map(|flag| flag.text.as_str()).collect::<Vec<_>>(), ["乙税收汇缴外地，本地入库不是全部"]);
    assert_eq!(tax(&view), before);
}

fn parcel_view(test: &TestPark, actor: &Actor, parcel: u64) -> ParcelView {
    super::parcel(&test.park, actor, EntryId(parcel), (None, Some(2023))).expect("there")
}

#[test]
fn a_what_if_moves_grades_and_keeps_nothing() {
    let (test, _, parcel) = park();
    let actor = Actor::local("t");
    let changes = [("per_mu.benchmark".to_owned(), "40".to_owned())].into();
    let asked = SimulationRequest { scheme: None, year: 2023, changes };
    let found = simulate(&test.park, &actor, &asked).expect("runs");
    // 19.4753 ÷ 40 × 100 = 48.69: below 90.
    assert_eq!(found.movers.len(), 1);
    assert_eq!(found.movers[0].score_after, Some(decimal("48.69")));
    assert_eq!(found.colors.get(&parcel).map(String::as_str), Some("B"));
    assert!(evaluations(&test.park, &actor).expect("readable").items.is_empty());
    let wrong =
        SimulationRequest { changes: [("nothing.weight".to_owned(), "1".to_owned())].into(), ..asked };
    assert!(matches!(simulate(&test.park, &actor, &wrong), Err(ParcelsFault::Change(_))));
}

#[test]
fn a_score_is_explained_and_readers_see_what_they_may() {
    let (test, _, parcel) = park();
    let local = Actor::local("t");
    let found = explain(&test.park, &local, EntryId(parcel), (None, Some(2023))).expect("explained");
    assert_eq!((found.score, found.waterfall.len()), (Some(decimal("97.38")), 1));
    assert_eq!(found.waterfall[0].points, decimal("97.38"));
    let firm = test.person(&["firm"], "", None);
    assert!(matches!(parcels(&test.park, &firm, &ListQuestion::default()), Err(ParcelsFault::Refused(_))));
}

#[test]
fn coverage_counts_parcels_and_says_what_is_owed() {
    let (mut test, _, _) = park();
    test.put("parcels", &["code=330203002007GB00002; name=二号; area=6666.67"]);
    let found =
        coverage(&test.park, &Actor::local("t"), &CoverageQuestion::all(Some(2023))).expect("counted");
    // One of two is judged; 13,333.33 of 20,000 ㎡.
    assert_eq!((found.totals.scored, found.totals.no_data), (1, 1));
    assert_eq!(found.totals.by_count, Some(decimal("50")));
    assert_eq!(found.totals.by_area, Some(decimal("66.67")));
    let states: Vec<&str> = found.rows[1].cells.iter().map(|cell| cell.state.as_str()).collect();
    assert_eq!(states, ["estimated", "missing", "missing"], "land, tenancy, tax");
    assert!(found.gaps.iter().any(|list| list.department == "税务局"));
    // A page of it: what is counted stays.
    let all = CoverageQuestion::all(Some(2023));
    let named = |asked: CoverageQuestion| {
        let page = coverage(&test.park, &Actor::local("t"), &asked).expect("counted");
        let gaps: Vec<(usize, usize)> = page.gaps.iter().map(|list| (list.count, list.gaps.len())).collect();
        // Tenancy and tax of the second.
        assert_eq!((page.totals, gaps.iter().map(|(count, _)| count).sum()), (found.totals.clone(), 2));
        let names: Vec<String> = page.rows.into_iter().map(|row| row.name).collect();
        (names.join(" "), page.total, gaps.iter().map(|(_, listed)| listed).sum::<usize>())
    };
    let page = crate::books::Page { offset: 1, limit: 1 };
    assert_eq!(named(CoverageQuestion { page, gaps: 0, ..all.clone() }), ("二号".to_owned(), 2, 0));
    let of = |text: &str| Some(text.to_owned());
    assert_eq!(named(CoverageQuestion { department: of("税务局"), ..all.clone() }).0, "二号");
    assert_eq!(named(CoverageQuestion { state: of("missing"), domain: of("tax"), ..all.clone() }).0, "二号");
    assert_eq!(named(CoverageQuestion { state: of("missing"), domain: of("land"), ..all.clone() }).1, 0);
    assert_eq!(named(CoverageQuestion { status: of("scored"), ..all.clone() }).0, "一号");
    assert_eq!(named(CoverageQuestion { search: "gb00002".to_owned(), ..all }).0, "二号");
}

#[test]
fn confidential_values_show_no_single_enterprise() {
    let secret = TAXES.replace("every='year'", "every='year'\nstatistics_confidential=true");
    let (mut test, firms, parcel) = park_with(&secret);
    let reader = test.person(&["reader"], "", None);
    let counter = test.person(&["counter"], "", None);
    let tax = |test: &TestPark, actor: &Actor| {
        let view = super::parcel(&test.park, actor, EntryId(parcel), (None, Some(2023))).expect("there");
        view.attribution.into_iter().next().expect("tax")
    };
    let seen = tax(&test, &counter);
    assert_eq!((seen.withheld_parts, seen.parts[0].value.is_some()), (0, true));
    let seen = tax(&test, &reader);
    // Four give something, the largest 240 of 389.5: the sum shows nobody, the parts would.
    assert_eq!(seen.value.map(|v| v.round_dp(4)), Some(decimal("389.5068")));
    assert_eq!(seen.withheld_parts, 4);
    let bare = |part: &shapes::PartView| {
        part.value.is_none() && part.whole.is_none() && part.weight.is_none() && part.question.is_none()
    };
    assert!(seen.parts.iter().all(bare), "{:?}", seen.parts);
    // A neighbour that one enterprise has alone: its sum is that enterprise's.
    let row = format!("code=330203002007GB00003; name=三号; holder={}; area=1000", firms[1]);
    let other = test.put("parcels", &[&row])[0];
    let (firm, line) = (firms[3], "kind=自用; from_on=2023-07-01");
    test.put("uses", &[&format!("no=9; parcel={other}; tenant={firm}; {line}")]);
    let list = ListQuestion {
        year: Some(2023),
        measures: vec!["tax".to_owned()],
        page: crate::books::Page::of(None, None),
        ..ListQuestion::default()
    };
    let state = |actor: &Actor| {
        let page = parcels(&test.park, actor, &list).expect("listed");
        let row = page.items.into_iter().find(|row| row.entry == other).expect("there");
        (row.values[0].state.clone(), row.values[0].value.is_some())
    };
    assert_eq!(state(&counter), ("estimated".to_owned(), true));
    assert_eq!(state(&reader), ("withheld".to_owned(), false));
    let asked = EvaluationRequest { scheme: None, year: 2023, note: String::new() };
    let local = Actor::local("t");
    let frozen = evaluate(&test.park, &local, &asked, &unwatched).expect("runs");
    keep(&mut test.park, &local, &frozen).expect("kept");
    let question = ResultQuestion { page: crate::books::Page::of(None, None), ..ResultQuestion::default() };
    let rows = results(&test.park, &reader, 1, &question).expect("there").items;
    let cell = |entry: u64| {
        let row = rows.iter().find(|row| row.entry == entry).expect("judged");
        (
            row.indicators[0].withheld,
            row.indicators[0].numerator.is_some(),
            row.indicators[0].points.is_some(),
        )
    };
    assert_eq!(cell(parcel), (false, true, true));
    assert_eq!(cell(other), (true, false, false));
    let told = explain(&test.park, &reader, EntryId(other), (Some(1), None)).expect("explained");
    assert!(told.waterfall.is_empty() && told.indicators[0].withheld);
}

#[test]
fn an_objection_is_brought_decided_and_late_ones_are_marked() {
    let (mut test, firms, parcel) = park();
    let actor = Actor::local("t");
    let asked = EvaluationRequest { scheme: None, year: 2023, note: String::new() };
    let frozen = evaluate(&test.park, &actor, &asked, &unwatched).expect("runs");
    keep(&mut test.park, &actor, &frozen).expect("kept");
    let area = PublishStage { stage: "area".to_owned(), until: Some(date(2024, 3, 8)), note: String::new() };
    publish(&mut test.park, &actor, 1, &area).expect("published");
    let new = shapes::NewObjection {
        parcel: Some(parcel),
        enterprise: None,
        kind: "土地".to_owned(),
        text: "面积应为 13,000".to_owned(),
        evidence: "不动产权证".to_owned(),
    };
    let list = object(&mut test.park, &actor, 1, &new).expect("brought");
    let first = &list.items[0];
    assert_eq!((first.state.as_str(), first.late), ("received", false));
    assert_eq!(first.enterprise.as_ref().map(|e| e.entry), Some(EntryId(firms[0])), "the holder");
    assert_eq!(evaluation(&test.park, &actor, 1).expect("there").open_objections, 1);
    let answer =
        shapes::ObjectionAnswer { state: "upheld".to_owned(), decision: "已更正面积".to_owned() };
    let entry = EntryId(first.entry);
    let list = decide(&mut test.park, &actor, (1, entry), &answer).expect("decided");
    assert_eq!((list.items[0].state.as_str(), list.items[0].decided), ("upheld", Some(date(2024, 3, 1))));
    assert_eq!(evaluation(&test.park, &actor, 1).expect("there").open_objections, 0);
    let strange = shapes::ObjectionAnswer { state: "maybe".to_owned(), ..answer };
    assert!(matches!(
        decide(&mut test.park, &actor, (1, entry), &strange),
        Err(ParcelsFault::Value { field: "state", .. })
    ));
    test.on("2024-03-09");
    let list = object(&mut test.park, &actor, 1, &new).expect("brought");
    assert_eq!((list.items.len(), list.items[0].late), (2, true), "逾期");
}

/// What every page of land says of the year, whoever answered before.
fn said(
    test: &TestPark,
    parcel: u64,
    list: &ListQuestion,
) -> (ParcelPage, ParcelCoverage, ParcelView, Simulated) {
    let actor = Actor::local("t");
    let asked = SimulationRequest { scheme: None, year: 2023, changes: [].into() };
    (
        parcels(&test.park, &actor, list).expect("listed"),
        coverage(&test.park, &actor, &CoverageQuestion::all(Some(2023))).expect("counted"),
        super::parcel(&test.park, &actor, EntryId(parcel), (None, Some(2023))).expect("there"),
        Simulated { took_ms: 0, ..simulate(&test.park, &actor, &asked).expect("runs") },
    )
}

#[test]
fn no_page_ever_answers_from_before_a_write() {
    let (mut test, _, parcel) = park();
    let list = ListQuestion {
        year: Some(2023),
        measures: vec!["tax".to_owned()],
        page: crate::books::Page::of(None, None),
        ..ListQuestion::default()
    };
    let before = said(&test, parcel, &list);
    assert_eq!(before.0.items[0].values[0].per_mu, Some(decimal("19.4753")));
    // Half the tax per mu on twice the land: every page says so at once.
    correct_area(&mut test, parcel, "26666.66");
    let after = said(&test, parcel, &list);
    assert_eq!(after.0.items[0].values[0].per_mu, Some(decimal("9.7377")));
    assert_eq!(after.0.totals.area, decimal("26666.66"));
    assert_eq!((after.2.row.area, after.2.far), (Some(decimal("26666.66")), Some(decimal("0.75"))));
    assert_eq!((before.3.colors[&parcel].as_str(), after.3.colors[&parcel].as_str()), ("A", "B"));
    // Another parcel, another building, another return.
    let other = test.put("parcels", &["code=330203002007GB00000; name=零号; area=100"])[0];
    test.put("buildings", &[&format!("no=2; parcel={parcel}; floor=6666.66")]);
    let row = format!("firm={}; year=2023; tax=10", test.put("firms", &["name=戊"])[0]);
    test.put("taxes", &[&row]);
    assert_eq!(find(&test.park, &Actor::local("t"), "零号").ok(), Some(EntryId(other)));
    let last = said(&test, parcel, &list);
    assert_eq!((last.0.total, last.0.items[0].entry, last.1.rows.len()), (2, other, 2));
    assert_eq!(last.2.far, Some(decimal("1")), "26,666.66 of floor on 26,666.66");
    // A park that never answered anything says the same.
    let library = test.park.shared_library();
    test.park.set_library(library).expect("what was known is dropped");
    assert_eq!(said(&test, parcel, &list), last);
}

#[test]
fn a_list_is_selected_and_ordered_by_what_it_shows() {
    let (mut test, firms, _) = park();
    let rows = [
        format!("code=330203002007GB00002; name=二号; holder={}; area=500", firms[1]),
        "code=330203002007GX00003; name=三号; area=9000".to_owned(),
        "code=330203002007GB00004; name=四号".to_owned(),
    ];
    test.put("parcels", &rows.each_ref().map(String::as_str));
    let names = |filters: &[&str], sort: &str, search: &str| {
        let filters: Vec<String> = filters.iter().map(|text| (*text).to_owned()).collect();
        let query = crate::books::Query::read(&filters, sort, search).expect("conditions");
        let page = crate::books::Page::of(None, None);
        let asked = ListQuestion {
            year: Some(2023),
            measures: vec!["tax".to_owned()],
            query,
            page,
            ..ListQuestion::default()
        };
        let found = parcels(&test.park, &Actor::local("t"), &asked).expect("listed");
        let names: Vec<&str> = found.items.iter().map(|row| row.name.as_str()).collect();
        (names.join(" "), found.totals.area)
    };
    // By code; the area below the ground is that of the surface.
    assert_eq!(names(&[], "", ""), ("一号 二号 四号 三号".to_owned(), decimal("13833.33")));
    assert_eq!(names(&[], "-area", "").0, "一号 三号 二号 四号");
    assert_eq!(names(&["area:ge:9000"], "name", "").0, "一号 三号");
    assert_eq!(names(&["layer:eq:below"], "", "").0, "三号");
    assert_eq!(names(&["flags:contains:no_area"], "", "").0, "四号");
    assert_eq!(names(&["tax:filled"], "", "").0, "一号");
    assert_eq!(names(&[], "-tax", "GB0000").0, "一号 二号 四号");
    assert_eq!(names(&[], "", "乙").0, "二号", "its holder");
}

#[test]
fn slips_of_units_are_said_and_asked_for() {
    let mut test = empty(TAXES, SCHEME);
    // Taxes of 3 万元 on 1,000 ㎡ each; the fifth was returned in 元. The sixth has 20 亩 as its survey beside 13,333.33 ㎡.
    for n in 1..=6 {
        let firm = test.put("firms", &[&format!("name={n}")])[0];
        let area = if n == 6 { "surveyed=20; area=13333.33" } else { "surveyed=1000; area=1001" };
        test.put("parcels", &[&format!("code=330203002007GB0000{n}; name={n}; holder={firm}; {area}")]);
        let tax = if n == 5 { 30_000 } else { 3 };
        test.put("taxes", &[&format!("firm={firm}; year=2023; tax={tax}")]);
    }
    let actor = Actor::local("t");
    let page = crate::books::Page::of(None, None);
    let list = ListQuestion { year: Some(2023), page, ..ListQuestion::default() };
    let rows = parcels(&test.park, &actor, &list).expect("listed").items;
    let flags = |row: &shapes::ParcelRow| {
        let codes = row.flags.iter().map(|flag| flag.code.clone());
        codes
            .filter(|code| code.starts_with("far_above") || code == "area_slip")
            .collect::<Vec<_>>()
            .join(" ")
    };
    let said: Vec<String> = rows.iter().map(flags).collect();
    // 3 ÷ 20 is 50 times 3 ÷ 1,000: both are far above.
    assert_eq!(said, ["", "", "", "", "far_above:tax", "area_slip far_above:tax"]);
    let found = coverage(&test.park, &actor, &CoverageQuestion::all(Some(2023))).expect("counted");
    let tax = found.domains.iter().find(|domain| domain.id == "tax").expect("it occurs");
    // What only holders give is an estimate.
    assert_eq!((tax.coverage.conflicting, tax.coverage.estimated), (2, 4));
    let owed = found.gaps.iter().find(|list| list.department == "税务局").expect("asked again");
    assert_eq!(owed.gaps.iter().map(|gap| gap.name.as_str()).collect::<Vec<_>>(), ["5", "6"]);
}
