//! A subsidy from the data to the payment, with amounts worked out by hand.

use jiff::civil::date;
use model::definition::PolicyStage;
use model::id::EntryId;
use rust_decimal::Decimal;

use super::cases::{advance, confirm};
use super::shapes::{Advance, Confirmation, Due};
use super::*;
use crate::access::Actor;
use crate::library::Library;
use crate::tests::TestPark;

const UNITS: &str = "[[unit]]\nid='元'\ndimension='CNY'\nfactor='1'\n[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n\
    [[unit]]\nid='%'\ndimension='ratio'\nfactor='0.01'";
const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n[fields.key_firm]\ntitle='重点'\nkind='boolean'";
const LOANS: &str = "title='贷款'\nkind='register'\nkey=['no']\ndisplay='no'\nsubject='firm'\n[fields.no]\ntitle='合同号'\nkind='text'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.money]\ntitle='本金'\nkind='amount'\nunit='万元'\n\
    [fields.rate]\ntitle='利率'\nkind='decimal'\nunit='%'\n[fields.made]\ntitle='放款'\nkind='date'\n[fields.due]\ntitle='到期'\nkind='date'\n\
    [fields.paid]\ntitle='利息'\nkind='amount'\nunit='元'\n[fields.other]\ntitle='其他'\nkind='amount'\nunit='元'";
const STATES: &str = "['拟兑现','申报','审核通过','公示','下达','已兑付','不予兑现','追回']";
const POLICY: &str = "title='贴息'\ntitle_en='x'\ndocument='园〔2023〕1号'\nauthority='x'\nsource='x'\nmode='applied'\npublic_days=5\n\
    not_with=['b']\n[limits]\ncap=50000\n[formula]\nkind='interest'\nof='loan'\nshare=35\nwithin_interest=true\n\
    [data]\nbook='loans'\n[data.fields]\nprincipal='money'\nrate='rate'\nmade='made'\ndue='due'\ninterest='paid'\nother='other'\n\
    [[who]]\ntitle='重点企业'\nrule='firm.key_firm'\n\
    [[check]]\ntitle='a'\ngiven=[{ principal=100 }]\nunknown=true\n[[check]]\ntitle='b'\ngiven=[{ principal=100 }]\nunknown=true\n\
    [[check]]\ntitle='c'\ngiven=[{ principal=100 }]\nunknown=true";

/// 甲: 800 万元 at 3.45 %, 146 days of 2023. 乙: not a key enterprise. 丙: a rate that nobody sent. 丁: not known whether key.
fn park() -> (TestPark, Vec<u64>) {
    let cases = format!(
        "title='办理'\nkind='case'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='opened'\nstates={STATES}\n\
        closed=['已兑付','不予兑现','追回']\nstate='state'\n[fields.no]\ntitle='编号'\nkind='text'\n\
        [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.state]\ntitle='状态'\nkind='choice'\nchoices={STATES}\n\
        [fields.policy]\ntitle='政策'\nkind='text'\n[fields.name]\ntitle='政策名称'\nkind='text'\n[fields.year]\ntitle='年'\nkind='year'\n\
        [fields.item]\ntitle='事项'\nkind='text'\n[fields.opened]\ntitle='提出'\nkind='date'\n\
        [fields.sum]\ntitle='金额'\nkind='amount'\nunit='元'\n[fields.basis]\ntitle='依据'\nkind='text'\n\
        [fields.remark]\ntitle='意见'\nkind='text'\n[fields.public]\ntitle='公示日期'\nkind='date'\n[fields.paid]\ntitle='兑付日期'\nkind='date'"
    );
    let books = "[cases]\nbook='cases'\nnumber='no'\npolicy='policy'\ntitle='name'\nyear='year'\nitem='item'\namount='sum'\n\
        basis='basis'\nremark='remark'\ndays={ publicised='public', paid='paid' }\n\
        stages={ '拟兑现'='proposed', '申报'='applied', '审核通过'='reviewed', '公示'='publicised', '下达'='approved', \
        '已兑付'='paid', '不予兑现'='rejected', '追回'='clawed_back' }";
    let other = POLICY.replace("'贴息'", "'另一贴息'").replace("not_with=['b']\n", "");
    let mut park = TestPark::new(
        &[
            ("units.toml", UNITS),
            ("books/firms.toml", FIRMS),
            ("books/loans.toml", LOANS),
            ("books/cases.toml", &cases),
            ("policies.toml", books),
            ("policies/a.toml", POLICY),
            ("policies/b.toml", &other),
        ],
        "2024-03-01",
    );
    let firms = park
        .put("firms", &["name=甲; key_firm=是", "name=乙; key_firm=否", "name=丙; key_firm=是", "name=丁"]);
    let loan = |no: u8, firm: usize, rest: &str| {
        format!(
            "no={no}; firm={}; money=800; made=2023-05-01; due=2023-09-24; paid=110400; other=0{rest}",
            firms[firm]
        )
    };
    let lines =
        [loan(1, 0, "; rate=3.45"), loan(2, 1, "; rate=3.45"), loan(3, 2, ""), loan(4, 3, "; rate=3.45")];
    park.put("loans", &lines.each_ref().map(String::as_str));
    (park, firms)
}

fn me() -> Actor {
    Actor::local("测试")
}

#[test]
fn the_content_in_force_has_no_faults_and_its_policies_come_out_to_the_cent() {
    let mut library = Library::load(None).expect("embedded content");
    library.prove();
    let about: Vec<_> = library.diagnostics.iter().filter(|d| d.path.contains("polic")).collect();
    assert!(about.is_empty(), "{about:#?}");
    assert!(library.content.policies.len() >= 15);
}

#[test]
fn who_is_due_what_and_why_others_are_not() {
    let (park, _) = park();
    let found = policy(&park.park, &me(), "a", Some(2023)).expect("it can be read");
    let told: Vec<_> = found
        .items
        .iter()
        .map(|item| (item.enterprise.title.as_str(), item.state, item.amount, item.reasons.clone()))
        .collect();
    assert_eq!(told[0], ("甲", Due::Due, Some(Decimal::from(38_640)), Vec::new()));
    assert_eq!(told[1], ("丁", Due::Unknown, None, vec!["缺数据：重点企业".to_owned()]));
    assert_eq!(told[2], ("丙", Due::Unknown, None, vec!["缺利率".to_owned()]));
    assert_eq!(told[3], ("乙", Due::LeftOut, None, vec!["不符合：重点企业".to_owned()]));
    assert_eq!((found.due, found.unknown, found.total), (1, 2, Decimal::from(38_640)));
}

#[test]
fn a_case_goes_to_the_payment_in_turn_and_back() {
    let (mut park, firms) = park();
    let ask = |amount: i64| Confirmation { year: 2023, enterprise: firms[0], amount: Decimal::from(amount) };
    let wrong = confirm(&mut park.park, &me(), "a", &ask(1), None).expect_err("not what is due");
    assert!(wrong.to_string().contains("38640"), "{wrong}");
    let case = confirm(&mut park.park, &me(), "a", &ask(38_640), None).expect("due");
    confirm(&mut park.park, &me(), "a", &ask(38_640), None).expect_err("open already");
    let other = policy(&park.park, &me(), "b", Some(2023)).expect("it can be read");
    assert_eq!(other.items[0].conflicts, ["“1”已按“贴息”申领"]);
    let mut go = |stage: PolicyStage, on: Date, remark: &str| {
        let asked = Advance { stage, on: Some(on), remark: remark.to_owned() };
        advance(&mut park.park, &me(), EntryId(case.id), &asked, None)
    };
    go(PolicyStage::Paid, date(2024, 3, 1), "").expect_err("out of turn");
    go(PolicyStage::Reviewed, date(2024, 3, 1), "同意").expect("in turn");
    go(PolicyStage::Publicised, date(2024, 3, 4), "").expect("in turn");
    go(PolicyStage::Approved, date(2024, 3, 8), "").expect_err("four days of five");
    go(PolicyStage::Approved, date(2024, 3, 9), "园财〔2024〕2号").expect("five days");
    go(PolicyStage::Paid, date(2024, 3, 12), "凭证1").expect("in turn");
    go(PolicyStage::ClawedBack, date(2024, 6, 1), " ").expect_err("without a reason");
    let card = policies(&park.park, &me(), Some(2023)).expect("it can be read").items[0].clone();
    assert_eq!((card.bound, card.paid, card.cases), (Decimal::from(38_640), Decimal::from(38_640), 1));
    let asked = Advance { stage: PolicyStage::ClawedBack, on: None, remark: "贷款改作他用".to_owned() };
    advance(&mut park.park, &me(), EntryId(case.id), &asked, None).expect("with a reason");
    let card = policies(&park.park, &me(), Some(2023)).expect("it can be read").items[0].clone();
    assert_eq!((card.bound, card.paid), (Decimal::ZERO, Decimal::ZERO));
}

#[test]
fn the_calculation_sheet_reckons_by_itself_and_says_where_numbers_stand() {
    let (park, firms) = park();
    let file = sheet::sheet(&park.park, &me(), "a", Some(2023), EntryId(firms[0])).expect("a workbook");
    let limits = office::read::Limits::default();
    let book = office::read::read(&file.bytes, "a.xlsx", &limits).expect("it can be read");
    let cell = |sheet: usize, row: u32, col: u16| {
        let sheet = &book.sheets[sheet];
        sheet.cell(row, col).and_then(|cell| sheet.text(cell)).map(str::to_owned)
    };
    assert_eq!(cell(0, 4, 0).as_deref(), Some("1"));
    assert_eq!(cell(1, 1, 0).as_deref(), Some("B5"), "principal first");
    assert_eq!(cell(1, 1, 1).as_deref(), Some("贷款"));
}
