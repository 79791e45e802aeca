//! Duties, demands, lights and counts of a small park, worked out by hand.

use jiff::civil::date;
use model::definition::visits::{DemandState, DemandStep, LightColour};
use model::id::EntryId;
use rust_decimal::Decimal;
use serde_json::json;

use super::shapes::*;
use super::*;
use crate::access::Actor;
use crate::tests::TestPark;

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.big]\ntitle='规上'\nkind='boolean'\n\
    [fields.status]\ntitle='状态'\nkind='text'\n[fields.since]\ntitle='成立'\nkind='date'";
const CONTACTS: &str = "title='联系人'\nkind='register'\nkey=['firm','from']\nsubject='firm'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.who]\ntitle='干部'\nkind='text'\n\
    [fields.office]\ntitle='部门'\nkind='text'\n[fields.from]\ntitle='起'\nkind='date'\n[fields.to]\ntitle='止'\nkind='date'";
const VISITS: &str = "title='走访'\nkind='event'\nkey=['firm','on']\nsubject='firm'\ntime='on'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.about]\ntitle='目的'\nkind='text'\n[fields.asked]\ntitle='诉求数'\nkind='integer'";
const PLANS: &str = "title='计划'\nkind='register'\nkey=['firm']\nsubject='firm'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'";
const METERS: &str = "title='用电'\nkind='series'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.month]\ntitle='月'\nkind='period'\n\
    [fields.kwh]\ntitle='电量'\nkind='decimal'";
const DEMANDS: &str = "title='诉求'\nkind='case'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='came'\n\
    states=['收到','受理','交办','挂起','答复','评价','办结','退回']\nclosed=['办结','退回']\nstate='state'\ndeadline='due'\n\
    [fields.no]\ntitle='编号'\nkind='text'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.came]\ntitle='收到'\nkind='date'\n[fields.topic]\ntitle='类别'\nkind='text'\n\
    [fields.text]\ntitle='内容'\nkind='text'\n[fields.hard]\ntitle='难易'\nkind='choice'\nchoices=['咨询','一般','复杂']\n\
    [fields.visit]\ntitle='走访'\nkind='reference'\nbook='visits'\n\
    [fields.state]\ntitle='状态'\nkind='choice'\nchoices=['收到','受理','交办','挂起','答复','评价','办结','退回']\n\
    [fields.office]\ntitle='承办'\nkind='text'\n[fields.due]\ntitle='期限'\nkind='date'\n\
    [fields.given]\ntitle='交办日'\nkind='date'\n[fields.replied]\ntitle='答复日'\nkind='date'\n\
    [fields.reply]\ntitle='答复'\nkind='text'\n[fields.score]\ntitle='满意度'\nkind='integer'\nmin=1\nmax=5\n\
    [fields.scored]\ntitle='评价日'\nkind='date'\n[fields.done]\ntitle='办结日'\nkind='date'\n\
    [fields.up]\ntitle='上报'\nkind='text'\n[fields.up_on]\ntitle='上报日'\nkind='date'\n\
    [fields.again]\ntitle='重办'\nkind='integer'\n[fields.taken]\ntitle='受理日'\nkind='date'\n\
    [fields.moves]\ntitle='转办'\nkind='integer'\n[fields.moved]\ntitle='转自'\nkind='text'\n\
    [fields.paused]\ntitle='挂起日'\nkind='date'\n[fields.waits]\ntitle='等待'\nkind='text'\n\
    [fields.waited]\ntitle='挂起天数'\nkind='integer'\n[fields.basis]\ntitle='依据'\nkind='text'\n\
    [fields.why]\ntitle='原因'\nkind='text'\n[fields.result]\ntitle='结果'\nkind='choice'\nchoices=['解决','不能']\n\
    [fields.changed]\ntitle='政策'\nkind='text'";
/// 30 September to 6 October 2023 off, Saturday 7 and Sunday 8 worked, as the notice of that year has it.
const CALENDAR: &str = "[[notice]]\nyear=2023\ndocument='国办发明电〔2022〕16号'\nrest=['2023-09-29/2023-10-06']\n\
    work=['2023-10-07','2023-10-08']";
const RULES: &str = "[enterprise]\npresent=\"coalesce(status, '在营') = '在营'\"\nsince='since'\n\
    [contact]\nbook='contacts'\nofficer='who'\ndepartment='office'\nfrom='from'\nto='to'\n\
    [visit]\nbook='visits'\ndemands='asked'\nform=['on','about']\n[plan]\nbook='plans'\n\
    [demand]\nbook='demands'\nnumber='SQ{year}-{number}'\nform=['topic','text','hard']\ndepartments=['甲局','乙局']\npoor=2\nunsolved=['不能']\n\
    [demand.fields]\nnumber='no'\ncategory='topic'\ntext='text'\nvisit='visit'\ndepartment='office'\ndispatched='given'\n\
    answered='replied'\nanswer='reply'\nrated='scored'\nrating='score'\nclosed='done'\nescalated='up'\nescalated_on='up_on'\n\
    reopened='again'\naccepted='taken'\ntransfers='moves'\ntransferred_from='moved'\nsuspended='paused'\n\
    waits_for='waits'\nsuspended_days='waited'\nevidence='basis'\nreason='why'\noutcome='result'\npolicy_change='changed'\n\
    [demand.states]\n'收到'='received'\n'受理'='accepted'\n'挂起'='suspended'\n'交办'='dispatched'\n'答复'='answered'\n'评价'='rated'\n\
    '办结'='closed'\n'退回'='returned'\n\
    [[frequency]]\nid='big'\ntitle='规上每季度'\ndocument='x'\nwhere='big'\nevery='quarter'\n\
    [[frequency]]\nid='energy'\ntitle='能源每年'\ndocument='x'\nwhere='big'\ncounts=\"about = '能源'\"\nevery='year'\n\
    [[frequency]]\nid='new'\ntitle='一个月内'\ndocument='x'\nwithin_months=1\n\
    [[frequency]]\nid='old'\ntitle='旧办法'\ndocument='x'\nto='2022-12-31'\nevery='month'\n\
    [[limit]]\nid='give'\ntitle='交办'\ndocument='x'\nstep='dispatch'\ndays=2\n\
    [[limit]]\nid='hard'\ntitle='复杂'\ndocument='x'\nstep='answer'\nwhere=\"hard = '复杂'\"\ndays=25\npromised=true\n\
    [[limit]]\nid='reply'\ntitle='答复'\ndocument='x'\nstep='answer'\ndays=5\n\
    [[limit]]\nid='score'\ntitle='评价'\ndocument='x'\nstep='rate'\ndays=3\n\
    [[light]]\nid='soon'\ntitle='快到期'\ndocument='x'\ncolour='yellow'\ndue_days=2\n\
    [[light]]\nid='late'\ntitle='超期'\ndocument='x'\ncolour='red'\noverdue=true\n\
    [[light]]\nid='missed'\ntitle='两期未访'\ndocument='x'\ncolour='yellow'\nmissed=2\n\
    [[light]]\nid='power'\ntitle='用电下降'\ndocument='x'\ncolour='yellow'\nbook='meters'\nfield='kwh'\nmonths=3\nfall=20\n\
    [[escalation]]\nid='boss'\ntitle='五日'\ndocument='x'\noverdue=5\nwhom='分管领导'\n\
    [[escalation]]\nid='head'\ntitle='一日'\ndocument='x'\noverdue=1\nwhom='部门负责人'";

const PLOTS: &str = "title='地块'\nkind='register'\nkey=['no']\n[fields.no]\ntitle='号'\nkind='text'\n\
    [fields.holder]\ntitle='权利人'\nkind='reference'\nbook='firms'\n[fields.state]\ntitle='状态'\nkind='text'\n\
    [fields.begun]\ntitle='开工'\nkind='date'\n[fields.done]\ntitle='竣工'\nkind='date'";
const TITLES: &str = "title='资质'\nkind='event'\nkey=['firm','title','on']\nsubject='firm'\ntime='on'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.title]\ntitle='名称'\nkind='text'\n\
    [fields.event]\ntitle='事项'\nkind='text'\n[fields.on]\ntitle='日期'\nkind='date'\n[fields.until]\ntitle='到期'\nkind='date'";
const LOANS: &str = "title='贷款'\nkind='register'\nkey=['no']\nsubject='firm'\n[fields.no]\ntitle='号'\nkind='text'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.due]\ntitle='到期'\nkind='date'\n\
    [fields.paid]\ntitle='还清'\nkind='date'";
const MORE_RULES: &str = "\n[[frequency]]\nid='plots'\ntitle='在建'\ndocument='x'\nbook='plots'\nenterprise='holder'\n\
    where=\"state = '在建'\"\nsince='begun'\nuntil='done'\nunless=['big']\nevery='quarter'\n\
    [[frequency]]\nid='boss'\ntitle='领导'\ndocument='x'\nlike=['big','plots']\ncounts=\"about = '领导'\"\nevery='half'\n\
    [[frequency]]\nid='rest'\ntitle='其他'\ndocument='x'\nfrom='2023-01-01'\nunless=['big','plots']\nevery='year'\n\
    [[light]]\nid='ends'\ntitle='到期'\ndocument='x'\ncolour='yellow'\nbook='titles'\nexpires='until'\nby=['title']\n\
    where=\"event = '认定'\"\naction=\"event in ('申报','撤销')\"\nmonths=6\n\
    [[light]]\nid='loan'\ntitle='未还'\ndocument='x'\ncolour='red'\nbook='loans'\nwhere='true'\npast='due'\nuntil='paid'\n\
    [[light]]\nid='going'\ntitle='迁出'\ndocument='x'\ncolour='red'\nbook='visits'\nlatest=true\nwhere=\"about = '迁出'\"\n\
    [[light]]\nid='list'\ntitle='失信'\ndocument='x'\ncolour='red'\nlacks='名单'\nholder='丙局'";

/// 甲 and 乙 are big, 丙 is not and came on 2 October 2023, 丁 has left.
fn park() -> (TestPark, Vec<u64>) {
    park_with("")
}

fn park_with(more: &str) -> (TestPark, Vec<u64>) {
    let rules = format!("{RULES}{more}");
    let files = [
        ("books/firms.toml", FIRMS),
        ("books/contacts.toml", CONTACTS),
        ("books/visits.toml", VISITS),
        ("books/plans.toml", PLANS),
        ("books/meters.toml", METERS),
        ("books/demands.toml", DEMANDS),
        ("books/plots.toml", PLOTS),
        ("books/titles.toml", TITLES),
        ("books/loans.toml", LOANS),
        ("calendar.toml", CALENDAR),
        ("visits.toml", &rules),
    ];
    let mut park = TestPark::new(&files, "2023-10-31");
    let firms = park.put(
        "firms",
        &[
            "name=甲; big=是; since=2010-05-01",
            "name=乙; big=是",
            "name=丙; since=2023-10-02",
            "name=丁; big=是; status=迁出",
        ],
    );
    let (a, b, c) = (firms[0], firms[1], firms[2]);
    park.put(
        "contacts",
        &[
            &format!("firm={a}; who=旧人; office=甲局; from=2020-01-01; to=2023-06-30"),
            &format!("firm={a}; who=张三; office=甲局; from=2023-07-01"),
            &format!("firm={b}; who=李四; office=乙局; from=2020-01-01"),
        ],
    );
    park.put(
        "visits",
        &[
            &format!("firm={a}; on=2022-11-08; about=能源"),
            &format!("firm={a}; on=2023-08-10; about=能源"),
            &format!("firm={a}; on=2023-10-12; about=常规"),
            &format!("firm={b}; on=2023-02-14; about=常规"),
            &format!("firm={c}; on=2023-11-01; about=落户"),
        ],
    );
    (park, firms)
}

fn due(park: &TestPark, on: &str) -> VisitsDue {
    visits_due(&park.park, &Actor::local("x"), Some(on.parse().expect("a day"))).expect("visits due")
}

/// (enterprise, rule, state, due, periods missed)
fn brief(due: &VisitsDue) -> Vec<(&str, &str, DutyState, String, u16)> {
    let items = due.items.iter();
    items
        .map(|i| (i.enterprise.title.as_str(), i.rule.as_str(), i.state, i.due.to_string(), i.missed))
        .collect()
}

#[test]
fn visits_are_due_by_period_and_to_newcomers_within_a_month() {
    let (park, _) = park();
    use DutyState::{Done, Due, Late};
    // 31 October: the fourth quarter runs. 甲 was visited in it. 乙 was last visited in the first quarter: the second and third
    // passed without, so 30 June was the first day missed; the energy visit of 2022 counts from 2023 on, for 2022 began before
    // the first visit in the ledger (8 November 2022). 丙 came on 2 October: by 2 November. The rule of 2022 is over.
    assert_eq!(
        brief(&due(&park, "2023-10-31")),
        [
            ("乙", "big", Late, "2023-06-30".to_owned(), 2),
            ("丙", "new", Due, "2023-11-02".to_owned(), 0),
            ("乙", "energy", Due, "2023-12-31".to_owned(), 0),
            ("甲", "big", Done, "2023-12-31".to_owned(), 0),
            ("甲", "energy", Done, "2023-12-31".to_owned(), 0),
        ]
    );
    let seen = due(&park, "2023-10-31");
    let counts: Vec<_> = seen.rules.iter().map(|r| (r.rule.id.as_str(), r.planned, r.done, r.late)).collect();
    assert_eq!(counts, [("big", 2, 1, 1), ("energy", 2, 1, 0), ("new", 1, 0, 0)]);
    assert_eq!(seen.items[0].officer.as_deref(), Some("李四"));
    assert_eq!((seen.items[0].days, seen.items[0].last), (-123, Some(date(2023, 2, 14))));
}

#[test]
fn another_day_has_the_visits_contacts_and_rules_of_that_day() {
    let (park, _) = park();
    // On 30 June the second quarter ends: nobody was visited in it, both in the first or before. 甲 was not visited in the first
    // quarter either, which is the first full one of the ledger; 丙 had not come.
    let seen = due(&park, "2023-06-30");
    let late: Vec<_> = brief(&seen).into_iter().filter(|item| item.1 == "big").collect();
    assert_eq!(
        late,
        [
            ("甲", "big", DutyState::Late, "2023-03-31".to_owned(), 1),
            ("乙", "big", DutyState::Due, "2023-06-30".to_owned(), 0)
        ]
    );
    assert_eq!(seen.items[0].officer.as_deref(), Some("旧人"));
    // 3 November: 丙 was visited on the 1st.
    let seen = due(&park, "2023-11-03");
    let new: Vec<_> = seen.items.iter().filter(|i| i.rule == "new").map(|i| i.state).collect();
    assert_eq!(new, [DutyState::Done]);
}

/// Five demands of 甲 and 乙; see the test that reads them.
fn demanding() -> (TestPark, Vec<u64>) {
    let (mut park, firms) = park();
    let (a, b) = (firms[0], firms[1]);
    park.put(
        "demands",
        &[
            &format!("no=SQ2023-001; firm={a}; came=2023-09-28; topic=用工; state=收到"),
            &format!("no=SQ2023-002; firm={b}; came=2023-10-20; topic=用能; state=交办; office=甲局; given=2023-10-23"),
            &format!(
                "no=SQ2023-003; firm={b}; came=2023-09-20; topic=用能; state=办结; office=甲局; given=2023-09-21; \
                 due=2023-09-28; replied=2023-09-28; score=5; scored=2023-10-09; done=2023-10-10"
            ),
            &format!("no=SQ2023-004; firm={a}; came=2023-10-25; topic=用工; state=答复; office=乙局; given=2023-10-25; replied=2023-11-02"),
            &format!("no=SQ2022-009; firm={a}; came=2022-05-05; topic=其他; state=退回"),
        ],
    );
    (park, firms)
}

fn board(park: &TestPark, on: &str) -> DemandBoard {
    let on = on.parse().expect("a day");
    demand_board(&park.park, &Actor::local("x"), Some(on), None).expect("a board")
}

fn demand<'b>(board: &'b DemandBoard, number: &str) -> &'b Demand {
    board.items.iter().find(|item| item.head.number == number).expect("the demand")
}

#[test]
fn a_demand_is_due_by_working_days_of_the_calendar() {
    let (park, _) = demanding();
    // Thursday 28 September + 2 working days: Saturday 7 and Sunday 8 October are worked.
    let seen = board(&park, "2023-10-08");
    let first = demand(&seen, "SQ2023-001");
    assert_eq!((first.step, first.due), (Some(DemandStep::Dispatch), Some(date(2023, 10, 8))));
    assert_eq!((first.days, first.light, first.goes_up_to.as_deref()), (Some(0), LightColour::Yellow, None));
    // Monday the 9th is one working day late.
    let seen = board(&park, "2023-10-09");
    let first = demand(&seen, "SQ2023-001");
    assert_eq!((first.days, first.light), (Some(-1), LightColour::Red));
    assert_eq!(first.goes_up_to.as_deref(), Some("部门负责人"));
    // 9 to 13 October are five working days past the 8th.
    let seen = board(&park, "2023-10-13");
    assert_eq!(demand(&seen, "SQ2023-001").goes_up_to.as_deref(), Some("分管领导"));
    // Monday 23 October + 5 is Monday the 30th.
    let seen = board(&park, "2023-10-27");
    let second = demand(&seen, "SQ2023-002");
    assert_eq!((second.due, second.days), (Some(date(2023, 10, 30)), Some(1)));
    assert_eq!(second.limit.as_ref().map(|rule| rule.id.as_str()), Some("reply"));
    // Open ones by their day; 004 was dispatched on the 25th and answered later: 25 October + 5 is 1 November.
    let order: Vec<_> = seen.items.iter().map(|item| item.head.number.as_str()).collect();
    assert_eq!(order, ["SQ2023-001", "SQ2023-002", "SQ2023-004", "SQ2023-003", "SQ2022-009"]);
    assert!(!second.uncertain && demand(&seen, "SQ2022-009").uncertain);
}

#[test]
fn a_day_before_sees_what_had_been_done_by_then() {
    let (park, _) = demanding();
    let state = |on: &str| demand(&board(&park, on), "SQ2023-003").head.state;
    assert_eq!(state("2023-09-20"), DemandState::Received);
    assert_eq!(state("2023-09-21"), DemandState::Dispatched);
    assert_eq!(state("2023-09-28"), DemandState::Answered);
    assert_eq!(state("2023-10-09"), DemandState::Rated);
    assert_eq!(state("2023-10-10"), DemandState::Closed);
    assert!(board(&park, "2023-09-19").items.iter().all(|item| item.head.number != "SQ2023-003"));
}

#[test]
fn lights_turn_by_demands_missed_visits_and_electricity() {
    let (mut park, firms) = demanding();
    let c = firms[2];
    // 丙: 100 a month in July to September 2022; 80, 80, 80 a year later is a fall of exactly 20 %.
    let mut lines: Vec<String> = (7..=9).map(|m| format!("firm={c}; month=2022-{m:02}; kwh=100")).collect();
    lines.extend((7..=9).map(|m| format!("firm={c}; month=2023-{m:02}; kwh=80")));
    park.put("meters", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = lights(&park.park, &Actor::local("x"), Some(date(2023, 10, 26))).expect("lights");
    let told: Vec<_> = seen
        .items
        .iter()
        .map(|i| {
            let why: Vec<_> = i.why.iter().map(|reason| reason.rule.id.as_str()).collect();
            (i.enterprise.title.as_str(), i.light, why)
        })
        .collect();
    // 甲: 001 is late, not yet dispatched. 乙: 002 is due on the 30th, two working days away; two quarters missed.
    assert_eq!(
        told,
        [
            ("甲", LightColour::Red, vec!["late"]),
            ("丙", LightColour::Yellow, vec!["power"]),
            ("乙", LightColour::Yellow, vec!["soon", "missed"]),
        ]
    );
    assert_eq!((seen.red, seen.yellow, seen.green), (1, 2, 0));
}

#[test]
fn counts_are_by_officer_and_department() {
    let (park, _) = demanding();
    let actor = Actor::local("x");
    let seen = visit_metrics(&park.park, &actor, None, Some(date(2023, 10, 31))).expect("metrics");
    let number = |text: &str| Some(text.parse::<Decimal>().expect("a number"));
    // Four demands came in 2023; only 003 is answered by 31 October: on its day, after 6 working days (21, 22, 25–28 September).
    assert_eq!((seen.total.demands, seen.total.answered, seen.total.on_time), (4, 1, 1));
    assert_eq!((seen.total.on_time_percent, seen.total.mean_days), (number("100"), number("6")));
    assert_eq!((seen.total.satisfaction, seen.total.closed), (number("5"), 1));
    // 001 (due 8 October) and 002 (30 October) are late; 004 is due on 1 November.
    assert_eq!(seen.total.overdue, 2);
    // Visits of 2023: 甲 twice, 乙 once.
    assert_eq!((seen.total.visits, seen.total.enterprises), (3, 2));
    let of = |rows: &[MetricRow], name: &str| rows.iter().find(|r| r.name == name).cloned().expect("a row");
    assert_eq!((of(&seen.officers, "张三").visits, of(&seen.officers, "李四").late), (2, 1));
    assert_eq!((of(&seen.departments, "甲局").demands, of(&seen.departments, "乙局").demands), (2, 1));
    assert_eq!(of(&seen.categories, "用工").demands, 2);
    // 丙 was never visited by then and has no plan.
    assert_eq!((seen.enterprises, seen.never_visited), (3, 1));
    assert_eq!(seen.newcomers.len(), 1);
    assert_eq!((seen.newcomers[0].visited, seen.newcomers[0].planned), (None, Some(false)));
}

#[test]
fn a_visit_with_demands_is_one_revision_and_goes_its_way() {
    let (mut park, firms) = demanding();
    let actor = Actor::local("李四");
    let demand_of = |topic: &str, hard: &str| {
        [("topic", topic), ("text", "希望协调"), ("hard", hard)]
            .map(|(field, value)| (field.to_owned(), json!(value)))
            .into_iter()
            .collect()
    };
    let new = NewVisit {
        enterprise: firms[1],
        values: [("on".to_owned(), json!("2023-10-31")), ("about".to_owned(), json!("常规"))].into(),
        demands: vec![demand_of("用工", "一般"), demand_of("融资", "复杂")],
    };
    let made = record_visit(&mut park.park, &actor, &new, Some("k1")).expect("written");
    assert_eq!(made.demands.len(), 2);
    // Sent again it is answered, not done again.
    assert_eq!(record_visit(&mut park.park, &actor, &new, Some("k1")).expect("answered"), made);
    let seen = board(&park, "2023-10-31");
    let first = demand(&seen, "SQ2023-005");
    assert_eq!(
        (first.head.entry, first.visit, first.head.state),
        (made.demands[0], Some(made.visit), DemandState::Received)
    );
    assert_eq!(demand(&seen, "SQ2023-006").head.category.as_deref(), Some("融资"));

    let step = |park: &mut TestPark, demand: &Demand, change: &dyn Fn(&mut DemandAct)| {
        let mut what = DemandAct::of(Act::Dispatch, demand.head.version);
        change(&mut what);
        act(&mut park.park, &Actor::local("李四"), EntryId(demand.head.entry), &what, None)
    };
    let first = first.clone();
    let refused = step(&mut park, &first, &|what| what.act = Act::Answer).expect_err("not dispatched yet");
    assert!(matches!(refused, VisitsFault::NotNow(Act::Answer, _)), "{refused}");
    let refused = step(&mut park, &first, &|_| {}).expect_err("no department");
    assert!(matches!(refused, VisitsFault::Wrong { field: "department", .. }), "{refused}");
    let given =
        step(&mut park, &first, &|what| what.department = Some("甲局".to_owned())).expect("dispatched");
    // Tuesday 31 October + 5 working days is Tuesday 7 November.
    assert_eq!((given.head.state, given.due), (DemandState::Dispatched, Some(date(2023, 11, 7))));
    let replied =
        step(&mut park, &given, &|what| (what.act, what.text) = (Act::Answer, Some("已对接".to_owned())));
    let replied = replied.expect("answered");
    assert_eq!((replied.head.state, replied.head.answer.as_deref()), (DemandState::Answered, Some("已对接")));
    let rated = step(&mut park, &replied, &|what| (what.act, what.rating) = (Act::Rate, Some(Decimal::TWO)));
    let rated = rated.expect("rated");
    assert_eq!((rated.head.state, rated.head.rating), (DemandState::Rated, Some(Decimal::TWO)));
    let again = step(&mut park, &rated, &|what| what.act = Act::Reopen).expect("taken up again");
    assert_eq!((again.head.state, again.reopened, again.head.rating), (DemandState::Dispatched, 1, None));
    let up =
        step(&mut park, &again, &|what| what.act = Act::Escalate).expect_err("not late, so nobody is named");
    assert!(matches!(up, VisitsFault::Wrong { field: "whom", .. }), "{up}");

    let second = demand(&board(&park, "2023-10-31"), "SQ2023-006").clone();
    let no_day = step(&mut park, &second, &|what| what.department = Some("乙局".to_owned()));
    assert!(matches!(no_day, Err(VisitsFault::Wrong { field: "due", .. })));
    // 25 working days from 31 October end on 5 December.
    let beyond = step(&mut park, &second, &|what| {
        (what.department, what.due) = (Some("乙局".to_owned()), Some(date(2023, 12, 6)));
    });
    assert!(matches!(beyond, Err(VisitsFault::Wrong { field: "due", .. })));
    let given = step(&mut park, &second, &|what| {
        (what.department, what.due) = (Some("乙局".to_owned()), Some(date(2023, 12, 5)));
    });
    assert_eq!(given.expect("dispatched").due, Some(date(2023, 12, 5)));
}

#[test]
fn a_visit_that_cannot_be_written_writes_no_demand_either() {
    let (mut park, firms) = demanding();
    let new = NewVisit {
        enterprise: firms[1],
        values: [("on".to_owned(), json!("2023-10-31"))].into(),
        demands: vec![[("hard".to_owned(), json!("很难"))].into()],
    };
    let refused = record_visit(&mut park.park, &Actor::local("x"), &new, None).expect_err("no such choice");
    assert!(matches!(refused, VisitsFault::Books(BooksFault::Invalid(_))), "{refused:?}");
    let seen = due(&park, "2023-10-31");
    let last = seen.items.iter().find(|i| i.rule == "big" && i.enterprise.title == "乙").and_then(|i| i.last);
    assert_eq!(last, Some(date(2023, 2, 14)));
}

#[test]
fn an_enterprise_does_not_see_the_visits_of_the_park() {
    let (park, firms) = park();
    let firm = park.person(&["enterprise"], "", Some(firms[0]));
    assert!(matches!(visits_due(&park.park, &firm, None), Err(VisitsFault::Refused(Refusal::NotFound))));
    assert!(matches!(demand_board(&park.park, &firm, None, None), Err(VisitsFault::Refused(_))));
}

/// The park with 戊, who builds since February 2023, and 己, who does nothing of the kind.
fn wider() -> (TestPark, Vec<u64>) {
    let (mut park, mut firms) = park_with(MORE_RULES);
    firms.extend(park.put("firms", &["name=戊; since=2015-01-01", "name=己; since=2016-01-01"]));
    let (a, b, e, f) = (firms[0], firms[1], firms[4], firms[5]);
    park.put(
        "plots",
        &[
            &format!("no=1; holder={a}; state=在建; begun=2023-02-01"),
            &format!("no=2; holder={e}; state=在建; begun=2023-02-01; done=2023-12-01"),
            &format!("no=3; holder={f}; state=已建成"),
        ],
    );
    park.put(
        "titles",
        &[
            &format!("firm={a}; title=高企; event=认定; on=2020-12-01; until=2023-12-01"),
            &format!("firm={b}; title=高企; event=认定; on=2020-12-01; until=2023-12-01"),
            &format!("firm={b}; title=高企; event=申报; on=2023-09-01"),
            &format!("firm={f}; title=高企; event=认定; on=2021-06-01; until=2024-06-01"),
        ],
    );
    park.put(
        "loans",
        &[
            &format!("no=1; firm={a}; due=2023-09-30; paid=2023-10-15"),
            &format!("no=2; firm={b}; due=2023-09-30"),
            &format!("no=3; firm={f}; due=2023-12-31"),
        ],
    );
    park.put(
        "visits",
        &[&format!("firm={f}; on=2023-05-01; about=迁出"), &format!("firm={f}; on=2023-09-01; about=常规")],
    );
    (park, firms)
}

#[test]
fn groups_are_by_plots_by_other_rules_and_by_what_is_left() {
    let (park, _) = wider();
    let seen = due(&park, "2023-10-31");
    let told: Vec<_> =
        brief(&seen).into_iter().filter(|one| ["plots", "boss", "rest"].contains(&one.1)).collect();
    use DutyState::{Done, Due, Late};
    // 戊 builds since 1 February: the first full quarter that asks is the second, the first full half year the second. 甲 is big, so
    // its plot asks nothing more; a half year before the first visit in the ledger (8 November 2022) asks nobody. 丙 came in October.
    assert_eq!(
        told,
        [
            ("乙", "boss", Late, "2023-06-30".to_owned(), 1),
            ("戊", "plots", Late, "2023-06-30".to_owned(), 2),
            ("甲", "boss", Late, "2023-06-30".to_owned(), 1),
            ("戊", "boss", Due, "2023-12-31".to_owned(), 0),
            ("己", "rest", Done, "2023-12-31".to_owned(), 0),
        ]
    );
    // From 1 December 戊 builds no more and is one of the others.
    let told = due(&park, "2023-12-01");
    assert!(
        told.items.iter().any(|item| (item.enterprise.title.as_str(), item.rule.as_str()) == ("戊", "rest"))
    );
}

/// (enterprise, rule, titles of entries, day)
fn reasons(park: &TestPark, on: &str) -> Vec<(String, String, usize, Option<Date>)> {
    let seen = lights(&park.park, &Actor::local("x"), Some(on.parse().expect("a day"))).expect("lights");
    let told = seen.items.iter().flat_map(|item| {
        item.why
            .iter()
            .map(|why| (item.enterprise.title.clone(), why.rule.id.clone(), why.entries.len(), why.day))
    });
    told.filter(|one| ["ends", "loan", "going"].contains(&one.1.as_str())).collect()
}

#[test]
fn lights_say_from_which_entries_they_are() {
    let (park, _) = wider();
    let told = |name: &str, rule: &str, day: Option<Date>| (name.to_owned(), rule.to_owned(), 1, day);
    let (september, december) = (Some(date(2023, 9, 30)), Some(date(2023, 12, 1)));
    // 甲's title ends within six months and nothing was done; 乙 applied again; 己's ends in seven. 甲 repaid on 15 October.
    assert_eq!(reasons(&park, "2023-10-31"), [told("乙", "loan", september), told("甲", "ends", december)]);
    // A month before 甲 owed, too. In June 己 had said last that it would move.
    assert_eq!(
        reasons(&park, "2023-10-01"),
        [told("乙", "loan", september), told("甲", "loan", september), told("甲", "ends", december)]
    );
    assert_eq!(
        reasons(&park, "2023-06-01"),
        [told("己", "going", None), told("乙", "ends", december), told("甲", "ends", december)]
    );
    let seen = lights(&park.park, &Actor::local("x"), Some(date(2023, 10, 31))).expect("lights");
    let basis =
        |id: &str| seen.rules.iter().find(|rule| rule.rule.id == id).map(|rule| (rule.basis, rule.turned));
    assert_eq!(basis("list"), Some((LightBasis::Lacking, 0)));
    assert_eq!(basis("power"), Some((LightBasis::Empty, 0)));
    assert_eq!(basis("loan"), Some((LightBasis::Judged, 1)));
    let lacking = seen.rules.iter().find(|rule| rule.basis == LightBasis::Lacking).expect("one");
    assert_eq!((lacking.data.as_str(), lacking.holder.as_str()), ("名单", "丙局"));
}

#[test]
fn a_demand_is_accepted_passed_on_suspended_and_answered_with_a_reason() {
    let (mut park, firms) = park();
    let a = firms[0];
    park.put(
        "demands",
        &[
            &format!("no=SQ2023-001; firm={a}; came=2023-10-30; topic=用工; state=收到"),
            &format!(
                "no=SQ2023-002; firm={a}; came=2023-10-20; topic=用能; state=挂起; office=甲局; given=2023-10-23; \
                 due=2023-10-30; paused=2023-10-25; waits=上级批复"
            ),
        ],
    );
    let step = |park: &mut TestPark, number: &str, change: &dyn Fn(&mut DemandAct)| {
        let demand = demand(&board(park, "2023-10-31"), number).clone();
        let mut what = DemandAct::of(Act::Dispatch, demand.head.version);
        change(&mut what);
        act(&mut park.park, &Actor::local("李四"), EntryId(demand.head.entry), &what, None)
    };
    let taken = step(&mut park, "SQ2023-001", &|what| what.act = Act::Accept).expect("accepted");
    assert_eq!((taken.head.state, taken.accepted), (DemandState::Accepted, Some(date(2023, 10, 31))));
    // Monday the 30th and two working days, accepted or not.
    assert_eq!((taken.step, taken.due), (Some(DemandStep::Dispatch), Some(date(2023, 11, 1))));
    let to = |office: &'static str| move |what: &mut DemandAct| what.department = Some(office.to_owned());
    step(&mut park, "SQ2023-001", &to("甲局")).expect("dispatched");
    let moved = step(&mut park, "SQ2023-001", &to("乙局")).expect("passed on");
    assert_eq!((moved.transfers, moved.transferred_from.as_deref()), (1, Some("甲局")));
    let moved = step(&mut park, "SQ2023-001", &to("乙局")).expect("the same again");
    assert_eq!(moved.transfers, 1);

    // Suspended on Wednesday the 25th: nothing is due, so nobody is late.
    let paused = demand(&board(&park, "2023-10-31"), "SQ2023-002").clone();
    assert_eq!(
        (paused.head.state, paused.due, paused.light),
        (DemandState::Suspended, None, LightColour::Green)
    );
    assert_eq!(paused.head.waits_for.as_deref(), Some("上级批复"));
    assert_eq!(demand(&board(&park, "2023-10-24"), "SQ2023-002").head.state, DemandState::Dispatched);
    let on = step(&mut park, "SQ2023-002", &|what| what.act = Act::Resume).expect("goes on");
    // 26, 27, 30 and 31 October are four working days: Monday the 30th becomes Friday 3 November.
    assert_eq!(
        (on.head.state, on.due, on.suspended),
        (DemandState::Dispatched, Some(date(2023, 11, 3)), None)
    );
    let nothing =
        step(&mut park, "SQ2023-002", &|what| what.act = Act::Suspend).expect_err("waits for what?");
    assert!(matches!(nothing, VisitsFault::Wrong { field: "text", .. }), "{nothing}");

    let answer = |reason: Option<&'static str>| {
        move |what: &mut DemandAct| {
            (what.act, what.text) = (Act::Answer, Some("目前没有指标".to_owned()));
            (what.outcome, what.reason) = (Some("不能".to_owned()), reason.map(str::to_owned));
            what.evidence = Some("会议纪要".to_owned());
        }
    };
    let silent = step(&mut park, "SQ2023-002", &answer(None)).expect_err("it says why");
    assert!(matches!(silent, VisitsFault::Wrong { field: "reason", .. }), "{silent}");
    let answered = step(&mut park, "SQ2023-002", &answer(Some("年度指标用完"))).expect("answered");
    assert_eq!(answered.head.reason.as_deref(), Some("年度指标用完"));
    assert_eq!(answered.head.evidence.as_deref(), Some("会议纪要"));
    let closed = step(&mut park, "SQ2023-002", &|what| {
        (what.act, what.policy_change) = (Act::Close, Some("调整用能指标分配办法".to_owned()));
    });
    assert_eq!(closed.expect("closed").policy_change.as_deref(), Some("调整用能指标分配办法"));
    let seen =
        visit_metrics(&park.park, &Actor::local("x"), None, Some(date(2023, 10, 31))).expect("metrics");
    assert_eq!((seen.total.transferred, seen.total.suspended, seen.total.policy_changes), (1, 0, 1));
    // 丙 came on 2 October and was not visited by the 31st: 29 days. 丁 has left.
    assert_eq!((seen.newcomers[0].days, seen.total.never, seen.never_visited), (29, 1, 1));
}
