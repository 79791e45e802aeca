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
    let mut park = TestPark::new(
        &[
            ("units.toml", UNITS),
            ("books/firms.toml", FIRMS),
            ("books/returns.toml", RETURNS),
            ("books/rights.toml", RIGHTS),
            ("books/titles.toml", TITLES),
            ("ladders.toml", DATA),
            ("ladders/tech.toml", LADDER),
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
