//! Standing of a small park, with numbers worked out by hand.

use jiff::civil::date;
use model::definition::{Outcome, Standing};
use model::id::EntryId;

use super::*;
use crate::access::Actor;
use crate::tests::TestPark;

const UNITS: &str = "[[unit]]\nid='元'\ndimension='CNY'\nfactor='1'\n[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n\
    [[unit]]\nid='%'\ndimension='ratio'\nfactor='0.01'\n[[unit]]\nid='件'\ndimension='pieces'\nfactor='1'";
const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.kind]\ntitle='行业'\nkind='text'";
const RETURNS: &str = "title='年报'\nkind='series'\nkey=['firm','year']\nsubject='firm'\ntime='year'\nevery='year'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.year]\ntitle='年'\nkind='period'\n\
    [fields.rd]\ntitle='研发'\nkind='amount'\nunit='元'\n[fields.income]\ntitle='收入'\nkind='amount'\nunit='万元'";
const RIGHTS: &str = "title='专利'\nkind='register'\nkey=['no']\nsubject='firm'\ntime='granted'\n[fields.no]\ntitle='号'\nkind='text'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.granted]\ntitle='授权'\nkind='date'\n\
    [fields.ends]\ntitle='失效'\nkind='date'";
const TITLES: &str = "title='资质'\nkind='event'\nkey=['firm','title','on']\nsubject='firm'\ntime='on'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.title]\ntitle='资质'\nkind='text'\n\
    [fields.what]\ntitle='事项'\nkind='choice'\nchoices=['申报','认定','撤销']\n[fields.on]\ntitle='日期'\nkind='date'";
const DATA: &str = "[recorded]\nbook='titles'\nevent='what'\ncomplete=true\nstates={ '申报'='applied', '认定'='recognised', '撤销'='revoked' }\n\
    [data.rd]\ntitle='研发费用'\ntitle_en='rd'\nkind='number'\nunit='万元'\nyearly=true\ndepartment='企业'\n\
    from={ book='returns', field='rd' }\n\
    [data.income]\ntitle='收入'\ntitle_en='income'\nkind='number'\nunit='万元'\nyearly=true\ndepartment='企业'\n\
    from={ book='returns', field='income' }\n\
    [data.patents]\ntitle='专利'\ntitle_en='patents'\nkind='count'\nunit='件'\ndepartment='市场监管局'\n\
    from={ book='rights', count=true, since='granted', until='ends' }\n\
    [data.sector]\ntitle='行业'\ntitle_en='sector'\nkind='choice'\nchoices=['工业','其他']\ndepartment='统计局'\n\
    [data.sector.from]\nbook='firms'\nfield='kind'\nwords={ '制造业/'='工业', '教育'='其他' }\n\
    [qualifications.high]\ntitle='高企'\ntitle_en='high'\nyears=3\nwhere=\"title = '高企'\"";
const LADDER: &str = "title='梯队'\ntitle_en='ladder'\n[[rung]]\nid='high'\ntitle='高企'\ntitle_en='high'\nqualification='high'\n\
    [[rung.rule]]\nid='old'\ndocument='旧〔2016〕1号'\nauthority='x'\nvalid_from='2016-01-01'\nvalid_to='2023-06-30'\n\
    applies_to=['new','review']\nsource='x'\nall=['share']\n\
    [[rung.rule.criterion]]\nid='share'\ntitle='研发占比3%以上'\nvalue={ of='rd', per='income' }\nunit='%'\nat_least=3\n\
    [rung.rule.usual]\ndata={ rd=3, income=100 }\n[[rung.rule.check]]\ntitle='是'\nverdict='met'\n\
    [[rung.rule.check]]\ntitle='否'\nverdict='not_met'\ndata={ rd=2 }\n[[rung.rule.check]]\ntitle='缺'\nverdict='unknown'\nwithout=['rd']\n\
    [[rung.rule]]\nid='new'\ndocument='新〔2023〕2号'\nauthority='x'\nvalid_from='2023-07-01'\napplies_to=['new','review']\nsource='x'\n\
    all=['share', { any=['patent', 'sector'] }]\n\
    [[rung.rule.criterion]]\nid='share'\ntitle='研发占比5%以上'\nvalue={ of='rd', per='income' }\nunit='%'\nat_least=5\n\
    [[rung.rule.criterion]]\nid='patent'\ntitle='专利2件以上'\nvalue='patents'\nunit='件'\nat_least=2\n\
    [[rung.rule.criterion]]\nid='sector'\ntitle='其他行业'\nsays='sector'\nis=['其他']\n\
    [rung.rule.usual]\ndata={ rd=5, income=100, patents=2, sector='工业' }\n[[rung.rule.check]]\ntitle='是'\nverdict='met'\n\
    [[rung.rule.check]]\ntitle='否'\nverdict='not_met'\ndata={ rd=4 }\n[[rung.rule.check]]\ntitle='缺'\nverdict='unknown'\nwithout=['rd']";

/// 甲: 40 万元 of 1,000 万元 in 2022, two patents of which one ended, held the title 2020–2023. 乙: everything met. 丙: nothing sent.
fn park() -> (TestPark, Vec<u64>) {
    park_with(LADDER)
}

fn park_with(ladder: &str) -> (TestPark, Vec<u64>) {
    let mut park = TestPark::new(
        &[
            ("units.toml", UNITS),
            ("books/firms.toml", FIRMS),
            ("books/returns.toml", RETURNS),
            ("books/rights.toml", RIGHTS),
            ("books/titles.toml", TITLES),
            ("ladders.toml", DATA),
            ("ladders/tech.toml", ladder),
        ],
        "2023-12-15",
    );
    let firms =
        park.put("firms", &["name=甲; kind=制造业/化工", "name=乙; kind=教育", "name=丙; kind=制造业/纺织"]);
    let (a, b) = (firms[0], firms[1]);
    park.put(
        "returns",
        &[
            &format!("firm={a}; year=2021; rd=100000; income=900"),
            &format!("firm={a}; year=2022; rd=400000; income=1000"),
            &format!("firm={b}; year=2022; rd=500000; income=1000"),
        ],
    );
    park.put(
        "rights",
        &[
            &format!("no=1; firm={a}; granted=2020-01-01; ends=2023-08-01"),
            &format!("no=2; firm={a}; granted=2022-01-01"),
            &format!("no=3; firm={a}; granted=2023-12-16"),
        ],
    );
    park.put(
        "titles",
        &[
            &format!("firm={a}; title=高企; what=认定; on=2020-12-01"),
            &format!("firm={b}; title=别的; what=认定; on=2023-01-01"),
        ],
    );
    (park, firms)
}

fn standing_on(park: &TestPark, on: Option<Date>) -> LadderStanding {
    ladder_standing(&park.park, &Actor::local("测试"), &"tech".into(), None, on).expect("it can be read")
}

#[test]
fn everybody_stands_somewhere_the_nearest_first() {
    let (park, _) = park();
    let found = standing_on(&park, None);
    let told: Vec<_> = found
        .items
        .iter()
        .map(|row| {
            (row.enterprise.title.as_str(), row.standing, row.verdict, row.gaps.clone(), row.missing.clone())
        })
        .collect();
    let none: Vec<String> = Vec::new();
    assert_eq!(told[0], ("乙", Some(Standing::None), Outcome::Met, none.clone(), none.clone()));
    // 丙 sent nothing, yet a book of rights that is kept says it has no patent: it fails whatever its numbers are.
    assert_eq!(told[1].0, "丙");
    assert_eq!(told[1].2, Outcome::NotMet);
    assert_eq!(told[1].3, ["专利再增 2 件"]);
    assert_eq!(told[1].4, ["缺研发费用（企业）", "缺收入（企业）"]);
    // 甲: 4 % against 5 %: 10 万元 of research more; one patent in force against two. Its title ended on 2023-12-01.
    let gaps = vec!["研发费用再增 10 万元".to_owned(), "专利再增 1 件".to_owned()];
    assert_eq!(told[2], ("甲", Some(Standing::Expired), Outcome::NotMet, gaps, none));
    assert_eq!(found.items[2].until, Some(date(2023, 12, 1)));
    let rung = &found.rungs[0];
    assert_eq!((rung.holding, rung.ready, rung.not_met, rung.unknown), (0, 1, 2, 0));
    // Two conditions are in the way of 甲, one and data of the other in that of 丙: nobody is one condition away.
    assert_eq!((rung.near, found.items[2].near), (0, false));
}

#[test]
fn a_day_has_its_own_rules_and_its_own_data() {
    let (park, _) = park();
    // On 2023-06-30 the old rule held (3 %), the title was held, and both patents were in force.
    let then = standing_on(&park, Some(date(2023, 6, 30)));
    let a = then.items.iter().find(|row| row.enterprise.title == "甲").expect("it is there");
    assert_eq!((a.standing, a.verdict), (Some(Standing::Recognised), Outcome::Met));
    assert_eq!(then.rungs[0].rule.as_ref().map(|rule| rule.document.as_str()), Some("旧〔2016〕1号"));
    assert_eq!(then.rungs[0].holding, 1);
    // A year before that, the last complete year is 2021: 10 of 900, 17 万元 short of 3 %.
    let before = standing_on(&park, Some(date(2022, 6, 30)));
    let a = before.items.iter().find(|row| row.enterprise.title == "甲").expect("it is there");
    assert_eq!(
        (a.verdict, a.gaps.as_slice()),
        (Outcome::NotMet, ["研发费用再增 17 万元".to_owned()].as_slice())
    );
}

#[test]
fn who_is_in_another_line_is_not_one_condition_away() {
    let ladder = LADDER.replace(
        "all=['share', { any=['patent', 'sector'] }]",
        "all=['sector', { any=['patent', 'share'] }]",
    );
    assert_ne!(ladder, LADDER);
    let (park, _) = park_with(&ladder);
    // In July 2023 two patents of 甲 are in force: only its line, 制造业, is another than 其他.
    let found = standing_on(&park, Some(date(2023, 7, 15)));
    let a = found.items.iter().find(|row| row.enterprise.title == "甲").expect("it is there");
    assert_eq!((a.verdict, a.gaps.len(), a.near), (Outcome::NotMet, 1, false));
}

#[test]
fn what_was_learnt_later_does_not_leak_into_what_was_known_then() {
    let (mut park, firms) = park();
    park.on("2024-01-10");
    // The return of 2022 is corrected from 40 to 20 of 1,000: 2 % instead of 4 %.
    park.correct("returns", &[&format!("firm={}; year=2022; rd=200000; income=1000", firms[0])]);
    let told = |as_of: Option<&str>| {
        let as_of = as_of.map(|text| text.parse().expect("a day"));
        let when = When { on: Some(date(2023, 6, 30)), as_of };
        let found = ladder_standing(&park.park, &Actor::local("测试"), &"tech".into(), None, when);
        let found = found.expect("it can be read");
        let row = found.items.iter().find(|row| row.enterprise.title == "甲").expect("it is there").clone();
        let document = found.rungs[0].rule.as_ref().map(|rule| rule.document.clone()).unwrap_or_default();
        (row.verdict, row.gaps, document)
    };
    // The rule of the day is the old one in both readings, though the new one is in force when it is asked.
    let old = || "旧〔2016〕1号".to_owned();
    assert_eq!(told(None), (Outcome::NotMet, vec!["研发费用再增 10 万元".to_owned()], old()));
    assert_eq!(told(Some("2023-12-31")), (Outcome::Met, Vec::new(), old()));
    assert_eq!(told(Some("2024-01-10")).0, Outcome::NotMet);
    // Without a day of its own the day of knowledge is asked: then the new rule holds, 4 % against 5 %.
    let when = When { on: None, as_of: Some("2023-12-31".parse().expect("a day")) };
    let then = of_enterprise(&park.park, &Actor::local("测试"), EntryId(firms[0]), when).expect("known");
    assert_eq!((then.on, then.rungs[0].rule.document.as_str()), (date(2023, 12, 31), "新〔2023〕2号"));
    assert_eq!(then.rungs[0].criteria[0].value.map(|value| value.to_string()).as_deref(), Some("4"));
    let early = When { on: None, as_of: Some("2023-01-01".parse().expect("a day")) };
    let wrong = ladders(&park.park, &Actor::local("测试"), early);
    assert!(matches!(wrong, Err(LaddersFault::AsOf(_))), "nothing was known then");
}

#[test]
fn years_before_the_founding_count_as_zero_and_lists_say_who_holds() {
    let firms = format!(
        "{FIRMS}\n[fields.since]\ntitle='成立'\nkind='date'\n[fields.big]\ntitle='规上'\nkind='boolean'\n\
         [fields.from]\ntitle='入库'\nkind='date'\n[fields.to]\ntitle='退库'\nkind='date'"
    );
    let data = format!(
        "founded='since'\n{DATA}\n[qualifications.scale]\ntitle='规上'\ntitle_en='scale'\nlisted='big'\nwhere=\"title = '规上'\"\n\
         [qualifications.yearly]\ntitle='科小'\ntitle_en='sme'\nyears=1\ncalendar=true\nwhere=\"title = '科小'\"\n\
         [data.since]\ntitle='成立日期'\ntitle_en='since'\nkind='date'\ndepartment='x'\nfrom={{ book='firms', field='since' }}\n\
         [data.big]\ntitle='在名录'\ntitle_en='big'\nkind='yes_no'\ndepartment='x'\n\
         from={{ book='firms', field='big', since='from', until='to' }}"
    );
    let rung = |id: &str, of: &str| {
        LADDER
            .replace("id='high'", &format!("id='{id}'"))
            .replace("qualification='high'", &format!("qualification='{of}'"))
            .replace("per='income' }", "per='income', years=3 }")
            .replace("rd=3, income=100", "rd=[3, 0, 0], income=[100, 0, 0]")
            .replace("rd=5, income=100", "rd=[5, 0, 0], income=[100, 0, 0]")
            .replace("data={ rd=2 }", "data={ rd=[2, 0, 0] }")
            .replace("data={ rd=4 }", "data={ rd=[4, 0, 0] }")
    };
    let (scale, yearly) = (rung("scale", "scale"), rung("yearly", "yearly"));
    let mut park = TestPark::new(
        &[
            ("units.toml", UNITS),
            ("books/firms.toml", &firms),
            ("books/returns.toml", RETURNS),
            ("books/rights.toml", RIGHTS),
            ("books/titles.toml", TITLES),
            ("ladders.toml", &data),
            ("ladders/scale.toml", &scale),
            ("ladders/yearly.toml", &yearly),
        ],
        "2023-06-15",
    );
    let firms = park.put(
        "firms",
        &[
            "name=甲; kind=制造业/化工; since=2021-05-01; big=是; from=2023-02-01",
            "name=乙; kind=制造业/化工; since=2010-05-01; big=是; from=2015-01-01; to=2022-12-31",
            "name=丙; kind=制造业/化工; since=2010-05-01; big=否",
        ],
    );
    let sent = |firm: u64, year: i16, rd: u32| format!("firm={firm}; year={year}; rd={rd}; income=1000");
    let mut rows = Vec::new();
    for firm in &firms[..2] {
        rows.extend([sent(*firm, 2022, 400_000), sent(*firm, 2021, 100_000)]);
    }
    park.put("returns", &rows.iter().map(String::as_str).collect::<Vec<_>>());
    park.put("titles", &[&format!("firm={}; title=科小; what=认定; on=2022-07-10", firms[0])]);
    let of = |ladder: &str, firm: usize, on: Date| {
        let found = of_enterprise(&park.park, &Actor::local("测试"), EntryId(firms[firm]), Some(on));
        let found = found.expect("it can be read");
        found.rungs.into_iter().find(|rung| rung.ladder_id == ladder).expect("the rung is there")
    };
    // 甲 was founded in 2021: (40 + 10 + 0) of (1,000 + 1,000 + 0) is 2.5 %. Of 乙, older, the year 2020 is missing.
    let day = date(2023, 6, 15);
    assert_eq!(of("scale", 0, day).criteria[0].value.map(|value| value.to_string()).as_deref(), Some("2.5"));
    assert_eq!(of("scale", 1, day).criteria[0].verdict, Outcome::Unknown);
    // On the list since February 2023; off it since the end of 2022; never on it.
    assert_eq!(of("scale", 0, day).row.standing, Some(Standing::Recognised));
    assert_eq!(of("scale", 0, date(2023, 1, 31)).row.standing, Some(Standing::None));
    assert_eq!(of("scale", 1, day).row.standing, Some(Standing::None));
    assert_eq!(of("scale", 1, date(2022, 6, 30)).row.standing, Some(Standing::Recognised));
    assert_eq!(of("scale", 2, day).row.standing, Some(Standing::None));
    // Recognised in July 2022 for a calendar year: until its last day.
    assert_eq!(of("yearly", 0, date(2022, 12, 31)).row.standing, Some(Standing::Recognised));
    let after = of("yearly", 0, date(2023, 1, 1)).row;
    assert_eq!((after.standing, after.until), (Some(Standing::Expired), Some(date(2022, 12, 31))));
}

#[test]
fn a_ladder_is_taken_away_as_a_workbook() {
    let (park, _) = park();
    let file = standing_file(&park.park, &Actor::local("测试"), &"tech".into(), Some("high"), None);
    let file = file.expect("a workbook");
    assert_eq!((file.name.as_str(), &file.bytes[..2]), ("梯队-2023-12-15.xlsx", b"PK".as_slice()));
}

#[test]
fn a_criterion_leads_to_the_entries_it_was_read_from() {
    let (park, firms) = park();
    let found =
        of_enterprise(&park.park, &Actor::local("测试"), EntryId(firms[0]), None).expect("it can be read");
    let share = &found.rungs[0].criteria[0];
    assert_eq!(
        (share.value.map(|v| v.to_string()), share.side.as_deref()),
        (Some("4".to_owned()), Some("at_least"))
    );
    let read: Vec<_> = share.read.iter().map(|of| (of.title.as_str(), of.year)).collect();
    assert_eq!(read, [("研发费用", Some(2022)), ("收入", Some(2022))]);
    let patents = &found.rungs[0].criteria[1];
    assert_eq!((patents.read.len(), patents.value.map(|v| v.to_string())), (1, Some("1".to_owned())));
}

#[test]
fn an_unknown_ladder_names_those_that_are_there() {
    let (park, _) = park();
    let wrong = ladder_standing(&park.park, &Actor::local("测试"), &"tehc".into(), None, None);
    assert_eq!(wrong.expect_err("there is none").to_string(), "没有“tehc”；可用：tech");
    let wrong = ladder_standing(&park.park, &Actor::local("测试"), &"tech".into(), Some("x"), None);
    assert!(matches!(wrong, Err(LaddersFault::Unknown(_, known)) if known == ["high"]));
}

#[test]
fn a_source_that_cannot_be_is_told_with_its_place() {
    let confidential = RETURNS.replace("every='year'", "every='year'\nstatistics_confidential=true");
    let cases = [
        (DATA.to_owned(), confidential, "“年报”是统计调查资料，不能用来判定企业资质"),
        (DATA.replace("field='rd'", "field='rb'"), RETURNS.to_owned(), "台账“年报”没有字段“rb”"),
        (
            DATA.replace("book='returns', field='rd'", "book='return', field='rd'"),
            RETURNS.to_owned(),
            "没有台账“return”",
        ),
        (DATA.replace("field='rd'", "field='year'"), RETURNS.to_owned(), "字段“年”填不了“研发费用”"),
        (DATA.replace("count=true", "count=false"), RETURNS.to_owned(), "数据来源的取法不对"),
        (DATA.replace("until='ends'", "until='no'"), RETURNS.to_owned(), "字段“号”不是日期"),
        (DATA.replace("'制造业/'='工业'", "'制造业/'='公业'"), RETURNS.to_owned(), "没有选项“公业”"),
        (DATA.replace("'认定'='recognised', ", ""), RETURNS.to_owned(), "没有哪个事项表示“认定”"),
    ];
    for (data, returns, wanted) in cases {
        let files = [
            ("units.toml", UNITS),
            ("books/firms.toml", FIRMS),
            ("books/returns.toml", &returns),
            ("books/rights.toml", RIGHTS),
            ("books/titles.toml", TITLES),
            ("ladders.toml", &data),
        ];
        let files = files
            .map(|(path, text)| model::content::SourceFile { path: path.to_owned(), text: text.to_owned() });
        let (_, told) = Content::load(&files);
        let found = told.iter().find(|of| of.path == "ladders.toml");
        assert!(found.is_some_and(|of| of.message == wanted), "{wanted}: {told:?}");
    }
}

fn loaded(ladder: &str) -> (Content, Vec<String>) {
    let files = [
        ("units.toml", UNITS),
        ("books/firms.toml", FIRMS),
        ("books/returns.toml", RETURNS),
        ("books/rights.toml", RIGHTS),
        ("books/titles.toml", TITLES),
        ("ladders.toml", DATA),
        ("ladders/tech.toml", ladder),
    ];
    let files =
        files.map(|(path, text)| model::content::SourceFile { path: path.to_owned(), text: text.to_owned() });
    let (content, told) = Content::load(&files);
    let told = told.into_iter().filter(|of| of.path == "ladders/tech.toml").map(|of| of.message);
    (content, told.collect())
}

#[test]
fn a_rule_that_does_not_prove_itself_is_refused() {
    assert_eq!(loaded(LADDER).1, Vec::<String>::new());
    let met = "[[rung.rule.check]]\ntitle='是'\nverdict='met'\n";
    let missed = "[[rung.rule.check]]\ntitle='否'\nverdict='not_met'\ndata={ rd=2 }\n";
    let unknown = "[[rung.rule.check]]\ntitle='缺'\nverdict='unknown'\nwithout=['rd']\n";
    for check in [met, missed, unknown] {
        let without = LADDER.replacen(check, "", 1);
        assert_ne!(without, LADDER, "{check}");
        assert_eq!(loaded(&without).1, ["规则缺少核验样例"], "{check}");
    }
    let undocumented = LADDER.replacen("document='旧〔2016〕1号'", "document=''", 1);
    assert_eq!(loaded(&undocumented).1, ["规则没有写文号或发文单位"]);
    // A check that does not come out is found by the engine that judges the park.
    let wrong = LADDER.replacen("data={ rd=2 }", "data={ rd=3 }", 1);
    let (content, told) = loaded(&wrong);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(assess::ladder::check(&content.data, &content.ladders["tech"]).len(), 1);
}

#[test]
fn a_version_says_only_what_it_changes() {
    let repeated = format!(
        "{LADDER}\n[[rung.rule]]\nid='later'\nlike='new'\nwithout=['sector']\ndocument='新〔2024〕3号'\nauthority='x'\n\
         valid_from='2024-01-01'\napplies_to=['new']\nsource='x'\nall=['share', 'patent']\n\
         [[rung.rule.criterion]]\nid='share'\ntitle='研发占比6%以上'\nvalue={{ of='rd', per='income' }}\nunit='%'\nat_least=6\n\
         [rung.rule.usual]\ndata={{ rd=6, income=100, patents=2 }}"
    );
    let (content, told) = loaded(&repeated);
    assert_eq!(told, Vec::<String>::new());
    let rule = &content.ladders["tech"].rungs[0].rules[2];
    let criteria: Vec<&str> = rule.criteria.values().map(|of| of.title.as_str()).collect();
    assert_eq!(criteria, ["研发占比6%以上", "专利2件以上"]);
    assert_eq!(rule.checks.len(), 3, "the checks are taken over and run with what this version says");
    assert_eq!(assess::ladder::check(&content.data, &content.ladders["tech"]), []);
    let unknown = repeated.replace("like='new'", "like='nwe'");
    assert_eq!(loaded(&unknown).1, ["没有规则版本“nwe”"]);
    let unknown = repeated.replace("without=['sector']", "without=['sectro']");
    assert_eq!(loaded(&unknown).1, ["没有条件“sectro”"]);
}
