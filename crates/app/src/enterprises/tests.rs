//! Files and plans of enterprises on small parks.

use jiff::civil::{Date, date};
use model::definition::{PlanSide, PlanStage};
use model::id::EntryId;

use super::case_shapes::{ActionDone, NewAction, NewPlan, PlanCase, PlanMove};
use super::{
    EnterprisesFault, due, file, finish_action, make_plan, move_plan, named, of_certificate, plan, search,
};
use crate::access::Actor;
use crate::books::{self, Edit};
use crate::tests::TestPark;

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['code']\ndisplay='name'\n\
    [fields.code]\ntitle='代码'\nkind='text'\n[fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.former_names]\ntitle='曾用名'\nkind='text'\n[fields.boss]\ntitle='法定代表人'\nkind='person'";
const VISITS: &str = "title='走访'\nkind='event'\nkey=['firm','on']\nsubject='firm'\ntime='on'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.by]\ntitle='走访人'\nkind='text'\n[fields.spent]\ntitle='金额'\nkind='amount'\nunit='万元'";
const STEPS: &str = "title='计划'\nkind='register'\nkey=['firm','step']\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.step]\ntitle='步骤'\nkind='text'\n\
    [fields.due]\ntitle='期限'\nkind='date'\n[fields.done]\ntitle='完成'\nkind='date'\n[fields.ask]\ntitle='要求'\nkind='text'";
const PAGE: &str = "names=['name','former_names']\ncodes=['code']\nfacts=['code','boss']\n\
    [[section]]\nid='visits'\ntitle='走访'\nbook='visits'\nby=['firm']\ncolumns=['on','by','spent']\n\
    event=[{ date='on', text='{by}走访，{spent}' }]\n\
    [plan]\nbook='steps'\nby='firm'\nstep='step'\ndue='due'\ndone='done'\nasked='ask'\n[plan.rungs]\n'上规'='up.big'\n\
    [plan.case]\nbook='plans'\n[plan.case.stages]\n'起草'='draft'\n'商定'='agreed'\n'执行'='running'\n'申报'='applied'\n\
    '公示'='publicised'\n'认定'='recognised'\n'未通过'='failed'\n'续订'='renewed'\n\
    [plan.case.fields]\nnumber='no'\ntarget='target'\nrung='rung'\nyear='year'\nbatch='batch'\nreason='reason'\n\
    commitment='promise'\nsignatory='signed_by'\noutcome='outcome'\n\
    [plan.case.days]\nagreed='agreed'\nrecognised='decided'\nfailed='decided'\n\
    [plan.action]\nbook='acts'\nopen='待办'\ndone='完成'\n[plan.action.fields]\nplan='plan'\nnumber='no'\ntext='text'\n\
    criterion='criterion'\nside='side'\ndone_on='done_on'\n[plan.action.sides]\n'企业'='enterprise'\n'园区'='park'\n'部门'='department'";
const PLANS: &str = "title='方案'\nkind='case'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='on'\n\
    states=['起草','商定','执行','申报','公示','认定','未通过','续订']\nclosed=['认定','未通过']\nstate='state'\ndeadline='review'\nhandler='by'\n\
    [fields.no]\ntitle='编号'\nkind='text'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.target]\ntitle='目标'\nkind='text'\n[fields.rung]\ntitle='标识'\nkind='text'\n[fields.year]\ntitle='年度'\nkind='year'\n\
    [fields.batch]\ntitle='批次'\nkind='text'\n[fields.reason]\ntitle='理由'\nkind='text'\n[fields.promise]\ntitle='承诺'\nkind='text'\n\
    [fields.signed_by]\ntitle='签字人'\nkind='text'\n[fields.outcome]\ntitle='结果'\nkind='text'\n[fields.on]\ntitle='起草'\nkind='date'\n\
    [fields.agreed]\ntitle='商定'\nkind='date'\n[fields.decided]\ntitle='结果日'\nkind='date'\n[fields.review]\ntitle='检查'\nkind='date'\n\
    [fields.by]\ntitle='负责人'\nkind='text'\n[fields.state]\ntitle='状态'\nkind='choice'\n\
    choices=['起草','商定','执行','申报','公示','认定','未通过','续订']";
const ACTS: &str = "title='行动'\nkind='case'\nkey=['no']\nsubject='firm'\nstates=['待办','完成']\nclosed=['完成']\nstate='state'\n\
    deadline='due'\nhandler='owner'\n[fields.plan]\ntitle='方案'\nkind='reference'\nbook='plans'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.text]\ntitle='内容'\nkind='text'\n[fields.criterion]\ntitle='条件'\nkind='text'\n\
    [fields.side]\ntitle='责任方'\nkind='choice'\nchoices=['企业','园区','部门']\n[fields.owner]\ntitle='责任人'\nkind='text'\n\
    [fields.due]\ntitle='期限'\nkind='date'\n[fields.done_on]\ntitle='完成'\nkind='date'\n\
    [fields.state]\ntitle='状态'\nkind='choice'\nchoices=['待办','完成']";
const DATA: &str = "[data.staff]\ntitle='职工'\ntitle_en='staff'\nkind='count'\nunit='家'\ndepartment='企业'";
const LADDER: &str = "title='规模'\ntitle_en='size'\n[[rung]]\nid='big'\ntitle='上规'\ntitle_en='big'\n\
    [[rung.rule]]\nid='big_2020'\ndocument='文'\nauthority='局'\nvalid_from='2020-01-01'\napplies_to=['new']\nsource='文'\nall=['staff']\n\
    [[rung.rule.criterion]]\nid='staff'\ntitle='职工不少于10人'\nvalue='staff'\nat_least=10\nunit='家'\n\
    [rung.rule.usual]\ndata={ staff=10 }\n[[rung.rule.check]]\ntitle='是'\nverdict='met'\n\
    [[rung.rule.check]]\ntitle='否'\nverdict='not_met'\ndata={ staff=9 }\n[[rung.rule.check]]\ntitle='缺'\nverdict='unknown'\nwithout=['staff']";
const WINDOWS: &str = "[[window]]\nrung='up.big'\ntitle='申报'\nopens='2022-12-01'\ncloses='2022-12-20'\ndocument='2022年通知'\n\
    [[lead]]\nrung='up.big'\nmonths=[1, 2]\nsource='估计'";

const COPY: &str = "title='走访证明'\nabout='certificate'\ntemplate='body.txt'\n\
    [copies]\nbook='visits'\nby=['firm']\ncolumns=['by','spent']\nfrom='on'";

/// 甲子机械 (formerly 老甲厂), visited in October; a visit on the 25th of November lies ahead of the clock. 乙丑 without anything.
fn park() -> TestPark {
    let files = [
        ("books/firms.toml", FIRMS),
        ("books/visits.toml", VISITS),
        ("books/steps.toml", STEPS),
        ("books/plans.toml", PLANS),
        ("books/acts.toml", ACTS),
        ("pages/enterprises.toml", PAGE),
        ("ladders.toml", DATA),
        ("ladders/up.toml", LADDER),
        ("windows.toml", WINDOWS),
        ("reports/copy/report.toml", COPY),
    ];
    let mut park = TestPark::new(&files, "2023-11-20");
    park.put(
        "firms",
        &["code=A123456; name=甲子机械; former_names=老甲厂、甲作坊; boss=张三", "code=B2; name=乙丑电子"],
    );
    park.put("visits", &["firm=1; on=2023-10-08; by=科室; spent=1.5", "firm=1; on=2023-11-25; by=领导"]);
    park.put(
        "steps",
        &[
            "firm=1; step=上规; due=2023-11-10; ask=按月报产值",
            "firm=1; step=技改; due=2024-06-01",
            "firm=1; step=专利; due=2023-12-31; done=2023-11-01",
        ],
    );
    park
}

fn committee() -> Actor {
    Actor::local("zhang")
}

#[test]
fn an_enterprise_is_found_by_former_names_codes_and_pinyin() {
    let park = park();
    let found = |text: &str| {
        let list = search(&park.park, &committee(), text, 10).expect("a list");
        list.items
            .into_iter()
            .map(|hit| {
                format!("{} {}", hit.title, hit.found_by.map_or(String::new(), |by| by.title + &by.text))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(found("老甲"), ["甲子机械 曾用名老甲厂"]);
    assert_eq!(found("甲作坊"), ["甲子机械 曾用名甲作坊"]);
    assert_eq!(found("a1234"), ["甲子机械 代码A123456"]);
    assert_eq!(found("yc"), ["乙丑电子 "]); // yi chou
    assert_eq!(found("").len(), 2);
    assert!(found("丙").is_empty());
    let only = |text: &str| named(&park.park, &committee(), text);
    assert_eq!(only("老甲厂").expect("one"), EntryId(1));
    let Err(EnterprisesFault::Unknown { near, .. }) = only("甲子机器") else {
        panic!("none is called that")
    };
    assert_eq!(near, ["甲子机械"]);
}

#[test]
fn a_file_holds_what_had_happened_by_the_day() {
    let park = park();
    let seen = file(&park.park, &committee(), EntryId(1), None).expect("a file");
    let part = &seen.sections[0];
    assert_eq!(
        (part.total, part.columns[2].unit.as_deref()),
        (1, Some("万元")),
        "the visit ahead is not in it"
    );
    assert_eq!(part.rows[0].cells[1].as_ref().expect("by whom").text, "科室");
    let told: Vec<_> = seen.timeline.iter().map(|moment| (moment.on, moment.text.as_str())).collect();
    assert_eq!(told, [(date(2023, 10, 8), "科室走访，1.5万元")]);
    let before = file(&park.park, &committee(), EntryId(1), Some(date(2023, 10, 7))).expect("a file");
    assert_eq!((before.sections[0].total, before.timeline.len()), (0, 0));
    assert!(file(&park.park, &committee(), EntryId(3), None).is_err(), "a visit is no enterprise");
}

#[test]
fn names_given_up_in_the_ledger_stand_before_those_handed_in() {
    let mut park = park();
    let values = serde_json::from_value(serde_json::json!({ "name": "甲子智造" })).expect("values");
    let change = Edit { values, why: "更名".to_owned() };
    books::edit(&mut park.park, &committee(), EntryId(1), 1, &change, None).expect("edited");
    let seen = file(&park.park, &committee(), EntryId(1), None).expect("a file");
    let names: Vec<_> = seen.former_names.iter().map(|of| (of.name.as_str(), of.until_revision)).collect();
    assert_eq!(names, [("甲子机械", Some(4)), ("老甲厂", None), ("甲作坊", None)]);
    assert_eq!(seen.enterprise.title, "甲子智造");
}

#[test]
fn an_enterprise_sees_its_own_file_and_no_other() {
    let park = park();
    let own = park.person(&["firm"], "", Some(2));
    assert_eq!(file(&park.park, &own, EntryId(2), None).expect("its own").enterprise.title, "乙丑电子");
    assert!(file(&park.park, &own, EntryId(1), None).is_err());
    assert_eq!(search(&park.park, &own, "", 10).expect("a list").total, 1);
}

#[test]
fn a_plan_tells_the_next_rung_its_window_and_what_is_late() {
    let park = park();
    let made = plan(&park.park, &committee(), EntryId(1), None).expect("a plan");
    let next = made.paths[0].next.as_ref().expect("a rung above");
    let window = next.window.as_ref().expect("a window");
    // The notice of 2022 expects the same days of 2023.
    assert_eq!((window.opens, window.closes), (Some(date(2023, 12, 1)), date(2023, 12, 20)));
    assert!(window.expected);
    let lead = next.lead.as_ref().expect("a lead time");
    assert_eq!(lead.begin_by, Some(date(2023, 10, 20)), "two months before it closes");
    let steps: Vec<_> = made.steps.iter().map(|step| (step.step.as_str(), step.late_days)).collect();
    assert_eq!(steps, [("上规", Some(10)), ("技改", None), ("专利", None)], "those done come last");
    assert_eq!(made.steps[0].rung.as_deref(), Some("上规"));
    let told: Vec<_> = made.reminders.iter().map(|one| (one.kind, one.days)).collect();
    assert_eq!(told, [("step", -10), ("opens", 11)], "the step of next June is too far off");
}

#[test]
fn what_falls_due_is_gathered_over_all_plans() {
    let park = park();
    let found = due(&park.park, &committee(), None).expect("reminders");
    assert_eq!(found.without_plan, 1);
    let told: Vec<_> = found.items.iter().map(|one| (one.enterprise.title.as_str(), one.days)).collect();
    assert_eq!(told, [("甲子机械", -10)]);
    let later = due(&park.park, &committee(), Some(date(2024, 5, 2))).expect("reminders");
    let told: Vec<_> = later.items.iter().map(|one| (one.text.as_str(), one.days)).collect();
    assert_eq!(told, [("计划步骤：上规", -174), ("计划步骤：技改", 30)]);
}

#[test]
fn a_certificate_copies_every_row_that_had_begun_with_its_cells() {
    let park = park();
    let report = &park.park.library().content.reports["copy"];
    let rows = |actor: &Actor, of: u64, on: Date| {
        let matter = of_certificate(&park.park, actor, report, EntryId(of), on)?;
        Ok::<_, EnterprisesFault>((matter.said("count"), matter.lines_said("rows")))
    };
    let (count, told) = rows(&committee(), 1, date(2023, 11, 20)).expect("a certificate");
    assert_eq!(count, "1", "the visit of the 25th lies ahead");
    // Entry 3 is the first visit: two enterprises stand before it. It was written without a file.
    assert_eq!(told, [[("by", "科室"), ("entry", "3"), ("origin", ""), ("spent", "1.5")].map(owned)]);
    let (count, told) = rows(&committee(), 1, date(2023, 11, 25)).expect("a certificate");
    assert_eq!((count.as_str(), told[0][0].1.as_str()), ("2", "领导"), "the newest first");
    assert_eq!(rows(&committee(), 2, date(2023, 11, 20)).expect("an empty one").0, "0");
    // Its own, and nobody else's.
    let own = park.person(&["firm"], "", Some(2));
    assert!(rows(&own, 2, date(2023, 11, 20)).is_ok());
    assert!(rows(&own, 1, date(2023, 11, 20)).is_err());
    let listed = |of: u64| file(&park.park, &committee(), EntryId(of), None).expect("a file").certificates;
    assert_eq!((listed(1)[0].rows, listed(1)[0].newest), (1, Some(date(2023, 10, 8))));
    assert_eq!((listed(2)[0].rows, listed(2)[0].newest), (0, None));
}

fn owned((name, text): (&str, &str)) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

/// A plan for the rung of the ladder, with an action for its one condition and one of the park.
fn new_plan() -> NewPlan {
    let action = |text: &str, criterion: &str, side, due| NewAction {
        text: text.to_owned(),
        criterion: criterion.to_owned(),
        side,
        owner: "王工".to_owned(),
        due: Some(due),
    };
    NewPlan {
        rung: "up.big".to_owned(),
        goal_year: Some(2024),
        batch: "第一批".to_owned(),
        reason: "订单足".to_owned(),
        handler: "zhang".to_owned(),
        review_on: Some(date(2024, 1, 15)),
        actions: vec![
            action("报职工人数", "staff", PlanSide::Enterprise, date(2023, 11, 15)),
            action("讲一次报表", "", PlanSide::Park, date(2024, 6, 1)),
        ],
    }
}

fn made(park: &TestPark) -> PlanCase {
    let seen = plan(&park.park, &committee(), EntryId(1), None).expect("a plan");
    seen.plans.into_iter().next().expect("the plan that was made")
}

fn moving(version: u32, stage: PlanStage) -> PlanMove {
    PlanMove {
        version,
        stage,
        on: None,
        commitment: String::new(),
        signatory: String::new(),
        outcome: String::new(),
        review_on: None,
    }
}

#[test]
fn a_plan_is_drafted_with_its_actions_and_says_who_closes_each_gap() {
    let mut park = park();
    make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None).expect("made");
    let seen = plan(&park.park, &committee(), EntryId(1), None).expect("a plan");
    let case = &seen.plans[0];
    assert_eq!((case.target.as_str(), case.state.as_str(), case.stage), ("上规", "起草", PlanStage::Draft));
    assert_eq!(case.goal_year.as_deref(), Some("2024"));
    // Nobody told the staff: the one condition is unknown, and the enterprise's action is meant for it.
    let gap = &case.gaps[0];
    assert_eq!((gap.criterion.id.as_str(), gap.side), ("staff", Some(PlanSide::Enterprise)));
    assert_eq!((gap.owner.as_deref(), gap.due), (Some("王工"), Some(date(2023, 11, 15))));
    let actions: Vec<_> = case.actions.iter().map(|of| (of.text.as_str(), of.late_days)).collect();
    assert_eq!(actions, [("报职工人数", Some(5)), ("讲一次报表", None)], "the 15th to the 20th");
    // Ninety days from the 20th of November reach to the 18th of February: the park's action is too far off.
    let told: Vec<_> = seen.reminders.iter().map(|one| (one.kind, one.days)).collect();
    assert_eq!(told, [("step", -10), ("action", -5), ("opens", 11), ("review", 56)]);
    assert_eq!(
        due(&park.park, &committee(), None).expect("reminders").items.len(),
        3,
        "windows are not among them"
    );
    let before = plan(&park.park, &committee(), EntryId(1), Some(date(2023, 11, 19))).expect("a plan");
    assert!(before.plans.is_empty(), "it was drafted on the 20th");
}

#[test]
fn a_second_plan_for_a_rung_waits_until_the_first_has_ended() {
    let mut park = park();
    make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None).expect("made");
    let again = make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None);
    assert!(matches!(again, Err(EnterprisesFault::Wrong { field: "rung", .. })));
    let unknown = NewPlan { rung: "up.none".to_owned(), ..new_plan() };
    let unknown = make_plan(&mut park.park, &committee(), EntryId(2), &unknown, None);
    assert!(matches!(unknown, Err(EnterprisesFault::Wrong { field: "rung", .. })));
    let entry = EntryId(made(&park).entry);
    let ended = PlanMove { outcome: "停产".to_owned(), ..moving(1, PlanStage::Failed) };
    move_plan(&mut park.park, &committee(), entry, &ended, None).expect("ended");
    make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None).expect("another one");
    let seen = plan(&park.park, &committee(), EntryId(1), None).expect("a plan");
    let states: Vec<_> = seen.plans.iter().map(|of| (of.number.as_str(), of.state.as_str())).collect();
    assert_eq!(states, [("big-1-2", "起草"), ("big-1-1", "未通过")]);
}

#[test]
fn agreeing_needs_a_signatory_and_items_and_no_stage_is_jumped() {
    let mut park = park();
    make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None).expect("made");
    let entry = EntryId(made(&park).entry);
    let field = |found: super::Result<_>| match found {
        Err(EnterprisesFault::Wrong { field, .. }) => field,
        Err(EnterprisesFault::NotNow(_)) => "not now",
        _ => "done",
    };
    let mut go = |asked: PlanMove| {
        let version = made(&park).version;
        field(move_plan(&mut park.park, &committee(), entry, &PlanMove { version, ..asked }, None))
    };
    assert_eq!(go(moving(0, PlanStage::Running)), "not now", "nothing was agreed");
    assert_eq!(go(moving(0, PlanStage::Agreed)), "signatory");
    let signed = PlanMove { signatory: "张三".to_owned(), ..moving(0, PlanStage::Agreed) };
    assert_eq!(go(signed.clone()), "commitment");
    let agreed = PlanMove { commitment: "每月报职工人数".to_owned(), ..signed };
    assert_eq!(go(PlanMove { on: Some(date(2023, 11, 21)), ..agreed.clone() }), "on", "tomorrow");
    assert_eq!(go(PlanMove { on: Some(date(2023, 11, 18)), ..agreed }), "done");
    for stage in [PlanStage::Running, PlanStage::Applied] {
        assert_eq!(go(moving(0, stage)), "done");
    }
    assert_eq!(go(moving(0, PlanStage::Failed)), "outcome");
    assert_eq!(go(moving(0, PlanStage::Recognised)), "done", "not every authority publicises");
    let case = made(&park);
    assert_eq!(
        (case.signatory.as_deref(), case.commitment.as_deref()),
        (Some("张三"), Some("每月报职工人数"))
    );
    let days: Vec<_> = case.days.iter().map(|day| (day.title.as_str(), day.on)).collect();
    assert_eq!(days, [("商定", date(2023, 11, 18)), ("认定", date(2023, 11, 20))]);
    assert!(case.gaps.is_empty(), "what has ended has no gaps to close");
}

#[test]
fn a_plan_taken_up_again_is_agreed_anew_and_keeps_its_history() {
    let mut park = park();
    make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None).expect("made");
    let entry = EntryId(made(&park).entry);
    let steps = [
        PlanMove {
            signatory: "张三".to_owned(),
            commitment: "报数".to_owned(),
            ..moving(1, PlanStage::Agreed)
        },
        PlanMove { outcome: "材料不齐".to_owned(), ..moving(2, PlanStage::Failed) },
        moving(3, PlanStage::Renewed),
    ];
    for step in &steps {
        move_plan(&mut park.park, &committee(), entry, step, None).expect("moved");
    }
    let case = made(&park);
    assert_eq!((case.state.as_str(), case.signatory, case.outcome), ("续订", None, None));
    assert!(case.days.is_empty());
    let history = park.park.store().history(entry).expect("a history");
    assert_eq!(history.len(), 4);
    let stale = move_plan(&mut park.park, &committee(), entry, &moving(3, PlanStage::Failed), None);
    assert!(stale.is_err(), "somebody moved it meanwhile");
}

#[test]
fn an_action_is_done_once() {
    let mut park = park();
    make_plan(&mut park.park, &committee(), EntryId(1), &new_plan(), None).expect("made");
    let action = EntryId(made(&park).actions[0].entry);
    let done = |version| ActionDone { version, on: Some(date(2023, 11, 16)) };
    finish_action(&mut park.park, &committee(), action, &done(1), None).expect("done");
    let case = made(&park);
    assert_eq!((case.done, case.actions[0].state.as_str(), case.actions[0].late_days), (1, "完成", None));
    let again = finish_action(&mut park.park, &committee(), action, &done(2), None);
    assert!(matches!(again, Err(EnterprisesFault::NotNow(_))));
}
