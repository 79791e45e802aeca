//! Files and plans of enterprises on small parks.

use jiff::civil::{Date, date};
use model::id::EntryId;

use super::{EnterprisesFault, due, file, named, of_certificate, plan, search};
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
    [plan]\nbook='steps'\nby='firm'\nstep='step'\ndue='due'\ndone='done'\nasked='ask'\n[plan.rungs]\n'上规'='up.big'";
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
