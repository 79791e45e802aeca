//! What is done with a result, on a park of six parcels: idle and low-efficiency land, room to build, what grades cost and move.

use std::collections::BTreeMap;

use super::*;

/// The rule as it ships.
const IDLE: &str = include_str!("../../../../../content/land_rules/idle_2012.toml");
const LOW: &str = "title='低效'\ndocument='to be supplied'\nclass='low'\nafter=['idle_2012']\n\
    [[ground]]\ntitle='不足一半'\nall=[{ done='complete', months=24 }, { promised='tax' }, \
    { of='reached.tax', to='promised.tax', below='0.5' }]";
const LAND: &str = "\n[fields.price]\ntitle='价款'\nkind='amount'\nunit='万元'\n[fields.begin_due]\ntitle='约定开工'\nkind='date'\n\
    [fields.begun]\ntitle='开工'\nkind='date'\n[fields.done_due]\ntitle='约定竣工'\nkind='date'\n[fields.done]\ntitle='竣工'\nkind='date'\n\
    [fields.promises]\ntitle='承诺'\nkind='choice'\nchoices=['有','无']\n[fields.far]\ntitle='上限'\nkind='decimal'";
const VISITS: &str = "title='核查'\nkind='event'\nrole='survey'\ndepartment='资规局'\nkey=['parcel','on']\ntime='on'\n\
    [fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.state]\ntitle='现状'\nkind='choice'\nchoices=['未动工','停建','生产']\n\
    [fields.due]\ntitle='应动工面积'\nkind='amount'\nunit='平方米'\n[fields.developed]\ntitle='已动工面积'\nkind='amount'\nunit='平方米'\n\
    [fields.planned]\ntitle='总投资'\nkind='amount'\nunit='万元'\n[fields.invested]\ntitle='已投资'\nkind='amount'\nunit='万元'\n\
    [fields.since]\ntitle='停建日期'\nkind='date'\n[fields.gov]\ntitle='政府原因'\nkind='boolean'";
const PROMISES: &str = "title='承诺'\nkind='register'\nrole='commitment'\nkey=['parcel','item']\n\
    [fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n[fields.item]\ntitle='指标'\nkind='text'\n\
    [fields.value]\ntitle='值'\nkind='decimal'\n[fields.unit]\ntitle='单位'\nkind='unit'\n[fields.from_on]\ntitle='起'\nkind='date'";
const DISPOSALS: &str = "title='处置'\nkind='case'\nrole='disposal'\nkey=['parcel','on']\ntime='on'\nstates=['计划','完成']\n\
    closed=['完成']\nstate='status'\ndeadline='due'\n[fields.parcel]\ntitle='地块'\nkind='reference'\nbook='parcels'\n\
    [fields.on]\ntitle='认定'\nkind='date'\n[fields.due]\ntitle='计划完成'\nkind='date'\n\
    [fields.status]\ntitle='状态'\nkind='choice'\nchoices=['计划','完成']";
const NEEDS: &str = "title='需求'\nkind='register'\nrole='space_need'\nkey=['no']\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.title]\ntitle='名称'\nkind='text'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.floor]\ntitle='面积'\nkind='amount'\nunit='平方米'";
const RATES: &str = "title='标准'\nkind='register'\nrole='effect_rate'\nkey=['policy','grade']\n[fields.policy]\ntitle='政策'\nkind='text'\n\
    [fields.grade]\ntitle='等级'\nkind='text'\n[fields.rate]\ntitle='标准'\nkind='decimal'\n[fields.unit]\ntitle='单位'\nkind='unit'\n\
    [fields.document]\ntitle='文号'\nkind='text'";
const PARTS: &str = "\n[rate_units]\n'减免'='%'\n\
    [survey.fields]\nparcel='parcel'\non='on'\nstate='state'\ndue_area='due'\ndeveloped_area='developed'\ntotal_investment='planned'\n\
    invested='invested'\nstanding_since='since'\ngovernment_cause='gov'\n\
    [survey.means.state]\n'未动工'='unbuilt'\n'停建'='building_stopped'\n'生产'='producing'\n\
    [commitment.fields]\nparcel='parcel'\nitem='item'\nvalue='value'\nvalue_unit='unit'\nfrom='from_on'\n\
    [commitment.means.item]\n'亩均税收'='tax'\n[disposal.fields]\nparcel='parcel'\non='on'\ndue='due'\nstate='status'\n\
    [space_need.fields]\nnumber='no'\nname='title'\nenterprise='firm'\nfloor_area='floor'\n\
    [effect_rate.fields]\nkind='policy'\ngrade='grade'\nvalue='rate'\nvalue_unit='unit'\ndocument='document'\n\
    [effect_rate.means.kind]\n'减免'='tax'\n";

/// Six parcels of 20,000 ㎡ = 30 亩 each.
fn six() -> (TestPark, Vec<u64>) {
    let parcels = format!("{PARCELS}{LAND}");
    let parts = PAGE.replace(
        "boundary='boundary'\n",
        "boundary='boundary'\nprice='price'\nstart_due='begin_due'\nstarted='begun'\ncompletion_due='done_due'\ncompleted='done'\n\
         promises='promises'\nfar_max='far'\n[parcel.means.promises]\n'有'='some'\n'无'='none'\n",
    );
    let page = format!("{parts}{PARTS}");
    let files = [
        ("units.toml", UNITS),
        ("books/firms.toml", FIRMS),
        ("books/parcels.toml", &parcels),
        ("books/buildings.toml", BUILDINGS),
        ("books/uses.toml", USES),
        ("books/taxes.toml", TAXES),
        ("books/visits.toml", VISITS),
        ("books/promises.toml", PROMISES),
        ("books/disposals.toml", DISPOSALS),
        ("books/needs.toml", NEEDS),
        ("books/rates.toml", RATES),
        ("figures/taxes.toml", FIGURES),
        ("measures.toml", MEASURES),
        ("schemes/usual.toml", SCHEME),
        ("land_rules/idle_2012.toml", IDLE),
        ("land_rules/low.toml", LOW),
        ("pages/parcels.toml", &page),
    ];
    let mut park = TestPark::new(&files, "2024-03-01");
    let firms = park.put("firms", &["name=甲", "name=乙"]);
    let (one, two) = (firms[0], firms[1]);
    let parcel =
        |no: u32, more: &str| format!("code=330203002007GB0000{no}; name={no}号; area=20000; {more}");
    let built = "begun=2018-06-01; done=2020-01-01; far=2";
    let rows = [
        parcel(1, &format!("holder={one}; promises=无; {built}")),
        parcel(2, &format!("holder={two}; {built}")),
        parcel(3, "begin_due=2022-06-30; price=2570; promises=无"),
        parcel(4, "begin_due=2020-06-30; begun=2020-06-01; price=900; promises=无"),
        parcel(5, "begin_due=2022-06-30; price=2570; promises=无"),
        parcel(6, ""),
    ];
    let ids = park.put("parcels", &rows.each_ref().map(String::as_str));
    visited(&mut park, &ids);
    used(&mut park, &ids, (one, two));
    (park, ids)
}

/// What visits, contracts and people have to say of them.
fn visited(park: &mut TestPark, ids: &[u64]) {
    let visits = [
        format!("parcel={}; on=2023-11-01; state=生产; gov=否", ids[0]),
        format!("parcel={}; on=2023-11-01; state=生产; gov=否", ids[1]),
        format!("parcel={}; on=2023-11-01; state=未动工; gov=否", ids[2]),
        format!(
            "parcel={}; on=2023-11-01; state=停建; due=20000; developed=5600; planned=8000; invested=2400; since=2021-09-30; gov=否",
            ids[3]
        ),
        format!("parcel={}; on=2023-11-01; state=未动工; gov=是", ids[4]),
    ];
    park.put("visits", &visits.each_ref().map(String::as_str));
    park.put(
        "promises",
        &[&format!("parcel={}; item=亩均税收; value=30; unit=万元/亩; from_on=2022-01-01", ids[1])],
    );
    park.put("disposals", &[&format!("parcel={}; on=2023-05-12; due=2023-11-30; status=计划", ids[2])]);
}

/// What stands on the first two, who uses it, what they pay, want and are let off.
fn used(park: &mut TestPark, ids: &[u64], (one, two): (u64, u64)) {
    park.put(
        "buildings",
        &[&format!("no=1; parcel={}; floor=20000", ids[0]), &format!("no=2; parcel={}; floor=10000", ids[1])],
    );
    park.put(
        "uses",
        &[
            &format!(
                "no=1; parcel={}; landlord={one}; tenant={one}; kind=自用; floor=20000; from_on=2020-01-01",
                ids[0]
            ),
            &format!(
                "no=2; parcel={}; landlord={two}; tenant={two}; kind=自用; floor=10000; from_on=2020-01-01",
                ids[1]
            ),
        ],
    );
    park.put(
        "taxes",
        &[&format!("firm={one}; year=2023; tax=600"), &format!("firm={two}; year=2023; tax=300")],
    );
    park.put("needs", &[&format!("no=1; firm={one}; floor=5000"), &format!("no=2; firm={two}; floor=30000")]);
    park.put("rates", &["policy=减免; grade=A; rate=50; unit=%; document=文1"]);
}

fn run(test: &mut TestPark) {
    let actor = Actor::local("t");
    let asked = EvaluationRequest { scheme: None, year: 2023, note: String::new() };
    let frozen = evaluate(&test.park, &actor, &asked, &unwatched).expect("runs");
    keep(&mut test.park, &actor, &frozen).expect("kept");
}

#[test]
fn land_is_idle_low_excused_or_unknown_by_the_rules_of_its_day() {
    let (test, ids) = six();
    let found = low(&test.park, &Actor::local("t"), (None, Some(2023))).expect("judged");
    assert_eq!((found.on, found.parcels), (date(2023, 12, 31), 6));
    let counts: Vec<(usize, usize)> = found.rules.iter().map(|rule| (rule.met, rule.unknown)).collect();
    assert_eq!(counts, [(2, 1), (1, 1)], "idle: 3 and 4, of 6 nobody knows; low: 2, of 6 nobody knows");
    let of = |at: usize| found.items.iter().find(|of| of.parcel.entry == EntryId(ids[at]));
    assert!(of(0).is_none(), "nothing is to be said of the first");
    // 300 万元 on 30 亩 are 10 a 亩, a third of the 30 promised.
    let low = &of(1).expect("low").verdicts[1];
    assert_eq!((low.held.as_str(), low.grounds[0].criteria[2].value.as_str()), ("met", "33.33%"));
    let idle = of(2).expect("idle");
    let ground = &idle.verdicts[0].grounds[0];
    // A full year after 2022-06-30 has passed: a fifth of 2,570 万元; two years pass on 2024-07-01.
    assert_eq!((ground.held.as_str(), ground.since), ("met", Some(date(2022, 7, 1))));
    assert_eq!((ground.steps[0].due, ground.steps[0].fee), (true, Some(decimal("514"))));
    assert_eq!((ground.steps[1].due, ground.steps[1].on), (false, Some(date(2024, 7, 1))));
    // 31 days past 2023-11-30.
    assert_eq!((idle.disposals[0].late, idle.disposals[0].open, idle.undisposed), (Some(31), true, false));
    let stopped = of(3).expect("idle");
    let ground = &stopped.verdicts[0].grounds[1];
    // 5,600 of 20,000 ㎡ are 28 %, less than a third; stopped for 27 months: both periods are over, and what it pays is to be supplied.
    assert_eq!((ground.held.as_str(), ground.steps.len()), ("met", 2));
    assert_eq!((ground.steps[0].due, ground.steps[0].fee, ground.steps[1].due), (true, None, true));
    assert!(stopped.undisposed);
    let excused = &of(4).expect("told").verdicts[0];
    assert_eq!((excused.held.as_str(), excused.because.as_deref()), ("not_met", Some("excused")));
    let unknown = &of(5).expect("unknown").verdicts[0];
    assert_eq!(unknown.held, "unknown");
    assert!(unknown.missing.iter().any(|of| of.title == "政府原因" && of.department == "资规局"));
    let all =
        low_file(&test.park, &Actor::local("t"), (None, Some(2023)), &LowFilter::default()).expect("a file");
    let some = LowFilter { held: Some("met".to_owned()), undisposed: true, ..LowFilter::default() };
    let some = low_file(&test.park, &Actor::local("t"), (None, Some(2023)), &some).expect("a file");
    // Five parcels by two rules; of those met without a disposal 2 and 4.
    assert_eq!((all.parcels, some.parcels), (10, 2));
}

#[test]
fn room_to_build_stands_by_efficiency_and_need() {
    let (mut test, ids) = six();
    run(&mut test);
    let found = potential(&test.park, &Actor::local("t"), (None, Some(2023), None)).expect("told");
    let rows: Vec<(u64, Decimal, Option<Decimal>)> =
        found.items.iter().map(|of| (of.parcel.entry.0, of.addable, of.priority)).collect();
    // 20,000 × 2 − 10,000 = 30,000, all of it wanted, half the best score: 0.5. 40,000 − 20,000 = 20,000, a quarter wanted: 0.25.
    let expected =
        [(ids[1], decimal("30000"), Some(decimal("0.5"))), (ids[0], decimal("20000"), Some(decimal("0.25")))];
    assert_eq!(rows, expected);
    assert_eq!((found.addable, found.wanted, found.unknown.len()), (decimal("50000"), decimal("35000"), 4));
    assert!(found.unknown[0].missing.iter().any(|of| of.title == "上限"));
    let file = potential_file(&test.park, &Actor::local("t"), (None, Some(2023), None)).expect("a file");
    assert_eq!(file.parcels, 6);
}

#[test]
fn grades_cost_by_the_rates_on_record_or_tried_and_never_by_none() {
    let (mut test, ids) = six();
    run(&mut test);
    let actor = Actor::local("t");
    let told = |tried: &[(&str, &str)]| {
        let tried = tried.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect();
        effects(&test.park, &actor, 1, (None, &tried))
    };
    let found = told(&[]).expect("told");
    assert_eq!(
        (found.grades.join(""), found.policies[0].rule.rate_unit.as_deref()),
        ("AB".to_owned(), Some("%"))
    );
    let cell = |page: &shapes::EffectPage, at: usize| {
        let row = page.items.iter().find(|row| row.entry == ids[at]).expect("judged");
        (row.effects[0].money, row.effects[0].state.clone())
    };
    // Half of 600 万元 is let off; of B there is no rate, which is not nothing.
    assert_eq!(cell(&found, 0), (Some(decimal("-3000000")), "known".to_owned()));
    assert_eq!(cell(&found, 1), (None, "no_rate".to_owned()));
    assert_eq!(
        (found.policies[0].total.money, found.policies[0].total.no_rate),
        (Some(decimal("-3000000")), 1)
    );
    let found = told(&[("rates.减免.B", "20")]).expect("told");
    // A fifth of 300 万元.
    assert_eq!(cell(&found, 1), (Some(decimal("-600000")), "known".to_owned()));
    assert!(found.policies[0].rule.rates.iter().any(|rate| rate.grade == "B" && rate.tried));
    for (path, value) in
        [("rates.减免.B", "101"), ("rates.减免.B", "-1"), ("rates.没有.B", "1"), ("rates", "1")]
    {
        assert!(
            matches!(told(&[(path, value)]), Err(ParcelsFault::Value { field: "rates", .. })),
            "{path}={value}"
        );
    }
}

#[test]
fn a_what_if_moves_money_with_the_grades() {
    let (test, ids) = six();
    let actor = Actor::local("t");
    let tried = |changes: &[(&str, &str)]| {
        let changes: BTreeMap<String, String> =
            changes.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect();
        simulate(&test.park, &actor, &SimulationRequest { scheme: None, year: 2023, changes }).expect("runs")
    };
    // At 10 a 亩 the second parcel scores 100 and gets an A: before nobody knows what it cost.
    let found = tried(&[("per_mu.benchmark", "10")]);
    assert_eq!((found.movers.len(), found.movers[0].entry), (1, ids[1]));
    let money = &found.money[0];
    assert_eq!(
        (money.before.money, money.after.money),
        (Some(decimal("-3000000")), Some(decimal("-4500000")))
    );
    assert_eq!((money.change, money.open), (Some(Decimal::ZERO), 1), "the first does not move");
    assert_eq!((found.movers[0].change, found.movers[0].open), (None, true));
    // With 20 % assumed of B: −600,000 become −1,500,000.
    let found = tried(&[("per_mu.benchmark", "10"), ("rates.减免.B", "20")]);
    assert_eq!((found.money[0].change, found.money[0].open), (Some(decimal("-900000")), 0));
    assert_eq!(found.movers[0].change, Some(decimal("-900000")));
    // Another rate of A in place of the one on record moves money and nobody's grade: 50 % of 600 万元 become 80 %.
    let found = tried(&[("rates.减免.A", "80")]);
    assert_eq!((found.movers.len(), found.money[0].change), (0, Some(decimal("-1800000"))));
}
