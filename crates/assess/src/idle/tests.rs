use jiff::civil::date;
use model::definition::{LandClass, LandShare, LandStep};

use super::*;

fn d(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn step(months: i32, price_share: Option<&str>) -> LandStep {
    LandStep { months, title: String::new(), title_en: String::new(), price_share: price_share.map(d) }
}

fn on_ground(all: Vec<LandTest>, any: Vec<LandTest>, steps: Vec<LandStep>) -> LandGround {
    LandGround { title: String::new(), title_en: String::new(), all, any, steps }
}

fn below(of: LandFact, to: LandFact, share: &str) -> LandTest {
    LandTest::Below { of, to, share: LandShare::parse(share).expect("a share") }
}

fn rule(class: LandClass, government_excuses: bool, grounds: Vec<LandGround>) -> LandRule {
    LandRule {
        id: "rule".into(),
        title: String::new(),
        title_en: String::new(),
        document: String::new(),
        class,
        from: None,
        to: None,
        government_excuses,
        after: Vec::new(),
        grounds,
    }
}

/// 国土资源部令第53号.
fn idle() -> LandRule {
    let never = on_ground(
        vec![LandTest::Overdue { duty: LandDuty::Begin, months: 12 }],
        vec![],
        vec![step(12, Some("0.20")), step(24, None)],
    );
    let stopped = on_ground(
        vec![LandTest::Standing { work: LandWork::Building, months: 12 }],
        vec![
            below(LandFact::DevelopedArea, LandFact::DueArea, "1/3"),
            below(LandFact::Invested, LandFact::TotalInvestment, "0.25"),
        ],
        vec![],
    );
    rule(LandClass::Idle, true, vec![never, stopped])
}

fn unbegun(due: Date) -> Case {
    let mut case = Case { government: Some(false), price: Some(d("2570")), ..Case::default() };
    case.duties.insert(LandDuty::Begin, (Some(due), Done::Not));
    case.still.insert(LandWork::Building, Still::No);
    case
}

/// Begun, stopped since a day, with what is developed and invested.
fn stopped(since: Date, numbers: [(LandFact, &str); 4]) -> Case {
    let mut case = unbegun(date(2020, 6, 30));
    case.duties.insert(LandDuty::Begin, (Some(date(2020, 6, 30)), Done::On(date(2020, 6, 1))));
    case.still.insert(LandWork::Building, Still::Since(since));
    case.numbers = numbers.into_iter().map(|(fact, n)| (fact, d(n))).collect();
    case
}

fn numbers(developed: &'static str, invested: &'static str) -> [(LandFact, &'static str); 4] {
    [
        (LandFact::DevelopedArea, developed),
        (LandFact::DueArea, "30000"),
        (LandFact::Invested, invested),
        (LandFact::TotalInvestment, "8000"),
    ]
}

#[test]
fn a_year_is_full_the_day_after_a_year() {
    let held = |on| judge(&idle(), &unbegun(date(2022, 6, 30)), on, false).held;
    assert_eq!(held(date(2023, 6, 30)), Held::NotMet);
    assert_eq!(held(date(2023, 7, 1)), Held::Met);
}

#[test]
fn the_fee_is_a_fifth_of_the_price_and_then_it_is_taken_back() {
    let case = unbegun(date(2022, 6, 30));
    let one = judge(&idle(), &case, date(2023, 12, 31), false);
    // 2,570 万元 × 20 % = 514 万元; two full years pass with 2024-06-30.
    assert_eq!(one.grounds[0].steps, [(0, Some(d("514.00")))]);
    assert_eq!(one.grounds[0].next, Some((1, date(2024, 7, 1))));
    let criterion = &one.grounds[0].criteria[0];
    // From 2022-07-01 to 2023-12-31: 17 full months.
    assert_eq!(criterion.value, Some(Measured::Months(17)));
    let two = judge(&idle(), &case, date(2024, 7, 1), false);
    assert_eq!(two.grounds[0].steps, [(0, Some(d("514.00"))), (1, None)]);
    let without_price = Case { price: None, ..case };
    let found = judge(&idle(), &without_price, date(2023, 12, 31), false);
    assert_eq!(found.grounds[0].steps, [(0, None)], "not known is not zero");
}

/// Begun and stopped: the fee and the taking back count from the day building stopped, not from the contracted day.
#[test]
fn land_begun_and_stopped_is_counted_from_the_day_it_stopped() {
    let mut rule = idle();
    rule.grounds[1].steps = vec![step(12, Some("0.20")), step(24, None)];
    // 9,000 of 30,000 ㎡ are less than a third, 2,400 of 8,000 more than a quarter: one of the two is enough.
    let case = stopped(date(2021, 9, 30), numbers("9000", "2400"));
    let of = |on| judge(&rule, &case, on, false).grounds[1].clone();
    assert_eq!(of(date(2022, 9, 29)).held, Held::NotMet, "a day short of a year");
    let one = of(date(2022, 9, 30));
    // 2,570 万元 × 20 % = 514 万元, as for land never begun.
    assert_eq!((one.held, one.since), (Held::Met, Some(date(2021, 9, 30))));
    assert_eq!((one.steps, one.next), (vec![(0, Some(d("514.00")))], Some((1, date(2023, 9, 30)))));
    let two = of(date(2023, 9, 30));
    assert_eq!((two.steps.len(), two.next), (2, None));
    // A half developed and a half invested: it stands still, but it is not idle.
    let half = stopped(date(2021, 9, 30), numbers("15000", "4000"));
    let found = judge(&rule, &half, date(2023, 9, 30), false);
    assert_eq!((found.held, found.grounds[1].steps.len()), (Held::NotMet, 0));
}

/// Land of which the contract promises nothing of the kind is not below its promise, whatever is missing besides.
#[test]
fn what_was_never_promised_is_not_fallen_short_of() {
    let (reached, promised) = (LandFact::Reached("output".into()), LandFact::Promised("output".into()));
    let tests = vec![LandTest::Promised("output".into()), below(reached.clone(), promised.clone(), "0.5")];
    let low = rule(LandClass::Low, false, vec![on_ground(tests, vec![], vec![])]);
    let on = date(2023, 12, 31);
    let held = |case: &Case| judge(&low, case, on, false).held;
    let mut case = Case::default();
    let nothing = judge(&low, &case, on, false);
    assert_eq!(nothing.held, Held::Unknown, "nobody knows what the contract says");
    assert!(nothing.missing.contains(&Datum::Promise("output".into())));
    case.promises_known = true;
    let found = judge(&low, &case, on, false);
    assert_eq!((found.held, found.missing.len()), (Held::NotMet, 0));
    assert_eq!(found.grounds[0].criteria[0].value, Some(Measured::NotPromised));
    case.promised.insert("output".into(), false);
    assert_eq!(held(&case), Held::NotMet, "promised, not due");
    case.promised.insert("output".into(), true);
    assert_eq!(held(&case), Held::Unknown, "promised and due, nobody knows what was reached");
    case.numbers = [(reached.clone(), d("349")), (promised, d("700"))].into();
    // 349 of 700 is less than half, 350 is not.
    assert_eq!(held(&case), Held::Met);
    case.numbers.insert(reached, d("350"));
    assert_eq!(held(&case), Held::NotMet);
}

#[test]
fn the_government_excuses_and_who_does_not_know_must_ask() {
    let mut case = unbegun(date(2022, 6, 30));
    case.government = Some(true);
    let found = judge(&idle(), &case, date(2023, 12, 31), false);
    assert_eq!((found.held, found.excused), (Held::NotMet, true));
    case.government = None;
    let found = judge(&idle(), &case, date(2023, 12, 31), false);
    assert_eq!((found.held, found.missing), (Held::Unknown, vec![Datum::Government]));
}

#[test]
fn a_third_and_a_quarter_exactly_are_enough() {
    let on = date(2023, 12, 31);
    let held = |developed, invested| {
        judge(&idle(), &stopped(date(2022, 12, 31), numbers(developed, invested)), on, false).held
    };
    // 10,000 of 30,000 is a third, 2,000 of 8,000 a quarter: neither is less.
    assert_eq!(held("10000", "2000"), Held::NotMet);
    assert_eq!(held("9999.99", "2000"), Held::Met);
    assert_eq!(held("10000", "1999.99"), Held::Met);
    // Stopped one day short of a year.
    let young = stopped(date(2023, 1, 1), numbers("0", "0"));
    assert_eq!(judge(&idle(), &young, on, false).held, Held::NotMet);
}

#[test]
fn what_is_not_known_is_neither_and_is_named() {
    let on = date(2023, 12, 31);
    let mut case = stopped(date(2021, 1, 1), numbers("20000", "1000"));
    case.numbers.remove(&LandFact::DevelopedArea);
    // Investment of an eighth alone is enough.
    assert_eq!(judge(&idle(), &case, on, false).held, Held::Met);
    case.numbers.insert(LandFact::Invested, d("7000"));
    let found = judge(&idle(), &case, on, false);
    assert_eq!(found.held, Held::Unknown);
    assert_eq!(found.missing, [Datum::Number(LandFact::DevelopedArea)]);
    let nothing = judge(&idle(), &Case::default(), on, false);
    assert_eq!(nothing.held, Held::Unknown);
    assert!(nothing.missing.contains(&Datum::Due(LandDuty::Begin)));
    assert!(nothing.missing.contains(&Datum::Still(LandWork::Building)));
}

#[test]
fn what_is_idle_is_not_low_as_well() {
    let never = on_ground(vec![LandTest::Flag(LandFlag::Banned)], vec![], vec![]);
    let low = rule(LandClass::Low, false, vec![never]);
    let mut case = Case::default();
    case.flags.insert(LandFlag::Banned, true);
    assert_eq!(judge(&low, &case, date(2023, 1, 1), false).held, Held::Met);
    let behind = judge(&low, &case, date(2023, 1, 1), true);
    assert_eq!((behind.held, behind.behind), (Held::NotMet, true));
}

/// Situations 6 and 46: the contracted day has passed and production was never declared – the contract's day counts.
#[test]
fn s06_s46_past_the_contracted_day_without_production() {
    let late = on_ground(vec![LandTest::Overdue { duty: LandDuty::Produce, months: 0 }], vec![], vec![]);
    let late = rule(LandClass::Low, false, vec![late]);
    let mut case = Case::default();
    case.duties.insert(LandDuty::Produce, (Some(date(2023, 3, 31)), Done::Not));
    assert_eq!(judge(&late, &case, date(2023, 3, 31), false).held, Held::NotMet);
    let found = judge(&late, &case, date(2023, 12, 31), false);
    // From 2023-04-01 to 2023-12-31: eight full months.
    assert_eq!((found.held, found.grounds[0].criteria[0].value), (Held::Met, Some(Measured::Months(8))));
    case.duties.insert(LandDuty::Produce, (Some(date(2023, 3, 31)), Done::Unknown));
    let found = judge(&late, &case, date(2023, 12, 31), false);
    assert_eq!(found.missing, [Datum::Done(LandDuty::Produce)]);
}

/// Situation 48: production stopped all year is low efficiency from a full year on.
#[test]
fn s48_stopped_for_a_full_year() {
    let stopped = LandTest::Standing { work: LandWork::Production, months: 12 };
    let low = rule(LandClass::Low, false, vec![on_ground(vec![stopped], vec![], vec![])]);
    let held = |since| {
        let mut case = Case::default();
        case.still.insert(LandWork::Production, Still::Since(since));
        judge(&low, &case, date(2023, 12, 31), false).held
    };
    assert_eq!(held(date(2022, 12, 31)), Held::Met);
    assert_eq!(held(date(2023, 1, 1)), Held::NotMet);
}

#[test]
fn disposals_are_late_while_they_are_open() {
    let (from, due) = (Some(date(2023, 1, 1)), Some(date(2023, 4, 11)));
    // 100 days in all; after 50 half has passed.
    let half = progress(from, due, None, date(2023, 2, 20));
    assert_eq!(half, Progress { late: None, passed: Some(50) });
    let late = progress(from, due, None, date(2023, 4, 21));
    assert_eq!(late, Progress { late: Some(10), passed: Some(100) });
    let done = progress(from, due, Some(date(2023, 5, 1)), date(2023, 6, 1));
    assert_eq!(done, Progress { late: None, passed: Some(100) });
    assert_eq!(progress(None, None, None, date(2023, 6, 1)), Progress { late: None, passed: None });
}
