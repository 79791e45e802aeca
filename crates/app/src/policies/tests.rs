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
const PARTS: &str = "title='还本'\nkind='event'\nkey=['loan','on']\ntime='on'\n[fields.loan]\ntitle='贷款'\nkind='reference'\nbook='loans'\n\
    [fields.on]\ntitle='还本日期'\nkind='date'\n[fields.money]\ntitle='还本金额'\nkind='amount'\nunit='万元'";
const CLAUSES: &str = "title='政策条款'\nkind='register'\nkey=['code']\ndisplay='name'\n[fields.code]\ntitle='编号'\nkind='text'\n\
    [fields.name]\ntitle='条款'\nkind='text'";
const PAID: &str = "title='兑现'\nkind='event'\nkey=['firm','clause','on']\nsubject='firm'\ntime='on'\n[fields.firm]\ntitle='企业'\nkind='reference'\n\
    book='firms'\n[fields.clause]\ntitle='条款'\nkind='reference'\nbook='clauses'\n[fields.case]\ntitle='办理'\nkind='reference'\nbook='cases'\n\
    [fields.on]\ntitle='日期'\nkind='date'\n[fields.sum]\ntitle='金额'\nkind='amount'\nunit='万元'\n[fields.year]\ntitle='年'\nkind='year'\n\
    [fields.document]\ntitle='文件'\nkind='text'\n[fields.returned]\ntitle='退回'\nkind='boolean'\n\
    [[check]]\nid='as_the_case'\nkind='row'\nseverity='error'\nrule='case is null or sum = case.sum'\nmessage='金额不同'\nhint='x'";
const POOL: &str = "title='代偿分担'\ntitle_en='x'\ndocument='x'\nauthority='x'\nsource='x'\nmode='applied'\nvalid_from='2020-01-01'\n\
    [formula]\nkind='pool'\ncapital=10000000\nleverage=10\nparties={ '市'=40, '区'=40, '银行'=20 }\n\
    [pool]\nentries='entries'\ndrawn='drawn'\nleft='left'\nlosses='losses'\nloss='loss'\nrecovered='back'\n\
    [[check]]\ntitle='a'\ngiven=[{ value=100, principal=1, word='市' }]\namount=40\n[[check]]\ntitle='b'\ngiven=[{ value=100, principal=1, word='省' }]\namount=0\n\
    [[check]]\ntitle='c'\ngiven=[{ value=100 }]\nunknown=true";
const ENTRIES: &str = "title='入库'\nkind='event'\nkey=['firm','on']\nsubject='firm'\ntime='on'\n[fields.firm]\ntitle='企业'\nkind='reference'\n\
    book='firms'\n[fields.on]\ntitle='入库日期'\nkind='date'\n[fields.left]\ntitle='出库日期'\nkind='date'\n\
    [fields.drawn]\ntitle='放款'\nkind='amount'\nunit='万元'";
const LOSSES: &str = "title='代偿'\nkind='event'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='on'\n[fields.no]\ntitle='编号'\nkind='text'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='代偿日期'\nkind='date'\n\
    [fields.loss]\ntitle='代偿金额'\nkind='amount'\nunit='万元'\n[fields.back]\ntitle='追回'\nkind='amount'\nunit='万元'";
const STATES: &str = "['匹配','拟兑现','申报','审核通过','公示','下达','已兑付','不予兑现','撤回','追回']";
const POLICY: &str = "title='贴息'\ntitle_en='x'\ndocument='园〔2023〕1号'\nauthority='x'\nsource='x'\nmode='applied'\nvalid_from='2020-01-01'\npublic_days=5\n\
    clause='T1'\nhandler='财政局'\nnot_with=['b']\n[limits]\ncap=50000\n[formula]\nkind='interest'\nof='loan'\nshare=35\nwithin_interest=true\n\
    [data]\nbook='loans'\n[data.fields]\nprincipal='money'\nrate='rate'\nmade='made'\ndue='due'\ninterest='paid'\nother='other'\n\
    [data.repayments]\nbook='parts'\nloan='loan'\nday='on'\namount='money'\n[[who]]\ntitle='重点企业'\nrule='firm.key_firm'\n\
    [[check]]\ntitle='a'\ngiven=[{ principal=100 }]\namount=1\n[[check]]\ntitle='b'\ngiven=[{ principal=0 }]\namount=0\n\
    [[check]]\ntitle='c'\ngiven=[{ principal=100 }]\nunknown=true";

/// 甲: 800 万元 at 3.45 %, 146 days of 2023. 乙: not a key enterprise. 丙: a rate that nobody sent. 丁: not known whether key.
fn park() -> (TestPark, Vec<u64>) {
    let cases = format!(
        "title='办理'\nkind='case'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='opened'\nstates={STATES}\n\
        closed=['已兑付','不予兑现','撤回','追回']\nstate='state'\ndeadline='by'\nhandler='who'\n[fields.no]\ntitle='编号'\nkind='text'\n\
        [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.state]\ntitle='状态'\nkind='choice'\nchoices={STATES}\n\
        [fields.policy]\ntitle='政策'\nkind='text'\n[fields.name]\ntitle='政策名称'\nkind='text'\n[fields.year]\ntitle='年'\nkind='year'\n\
        [fields.item]\ntitle='事项'\nkind='text'\n[fields.opened]\ntitle='提出'\nkind='date'\n\
        [fields.sum]\ntitle='金额'\nkind='amount'\nunit='元'\n[fields.basis]\ntitle='依据'\nkind='text'\n\
        [fields.remark]\ntitle='意见'\nkind='text'\n[fields.public]\ntitle='公示日期'\nkind='date'\n[fields.paid]\ntitle='兑付日期'\nkind='date'\n\
        [fields.approved]\ntitle='下达日期'\nkind='date'\n[fields.decision]\ntitle='下达文件'\nkind='text'\n\
        [fields.by]\ntitle='确认期限'\nkind='date'\n[fields.who]\ntitle='经办'\nkind='text'"
    );
    let books = "[cases]\nbook='cases'\nnumber='no'\npolicy='policy'\ntitle='name'\nyear='year'\nitem='item'\namount='sum'\n\
        basis='basis'\nremark='remark'\ndecision='decision'\nconfirm_within=5\ndays={ publicised='public', approved='approved', paid='paid' }\n\
        stages={ '匹配'='matched', '拟兑现'='proposed', '申报'='applied', '审核通过'='reviewed', '公示'='publicised', '下达'='approved', \
        '已兑付'='paid', '不予兑现'='rejected', '撤回'='withdrawn', '追回'='clawed_back' }\n\
        [payments]\nbook='paid'\nclause='clause'\ncase='case'\namount='sum'\ndated='approved'\nyear='year'\ndocument='document'\n\
        returned='returned'";
    let other = POLICY.replace("'贴息'", "'另一贴息'").replace("not_with=['b']\n", "");
    let free = POLICY.replace("'贴息'", "'免申即享'").replace("mode='applied'", "mode='proposed'");
    let free = free.replace("not_with=['b']\n", "").replace("share=35", "share=10");
    let mut park = TestPark::new(
        &[
            ("units.toml", UNITS),
            ("books/firms.toml", FIRMS),
            ("books/loans.toml", LOANS),
            ("books/cases.toml", &cases),
            ("books/parts.toml", PARTS),
            ("books/clauses.toml", CLAUSES),
            ("books/paid.toml", PAID),
            ("books/entries.toml", ENTRIES),
            ("books/losses.toml", LOSSES),
            ("policies.toml", books),
            ("policies/a.toml", POLICY),
            ("policies/b.toml", &other),
            ("policies/c.toml", &free),
            ("policies/pool.toml", POOL),
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
    park.put("clauses", &["code=T1; name=贷款贴息"]);
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
fn what_the_demo_park_is_given_leaves_nothing_open() {
    let shipped = Library::load(None).expect("embedded content");
    let texts = shipped.texts_under("demo/own").into_iter();
    let own: Vec<(String, String)> =
        texts.map(|(path, text)| (path.trim_start_matches("demo/own/").to_owned(), text)).collect();
    assert!(own.len() >= 3);
    let mut library = shipped.with(&own);
    library.prove();
    assert_eq!(library.diagnostics, shipped.diagnostics);
    for (path, _) in &own {
        let id = path.trim_start_matches("policies/").trim_end_matches(".toml");
        let policy = &library.content.policies[id];
        assert!(!policy.is_open() && policy.in_force(2023) && policy.document.starts_with("演示"), "{id}");
        assert_eq!(policy.data, shipped.content.policies[id].data, "{id} reads the same books");
    }
}

#[test]
fn who_is_due_what_and_why_others_are_not() {
    let (park, _) = park();
    let found = policy(&park.park, &me(), "a", (Some(2023), &Tried::new())).expect("it can be read");
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
    let other = policy(&park.park, &me(), "b", (Some(2023), &Tried::new())).expect("it can be read");
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
    // 38,640 元 are 3.864 万元, booked under the clause on the day of the decision, by its document.
    let of =
        enterprise::of_enterprise(&park.park, &me(), EntryId(firms[0]), Some(2023)).expect("its policies");
    let line = &of.received[0];
    assert_eq!(
        (line.title.as_str(), line.on, line.case),
        ("贷款贴息", Some(date(2024, 3, 9)), Some(case.id))
    );
    assert_eq!(
        (line.amount, line.document.as_deref()),
        (Some(Decimal::from(38_640)), Some("园财〔2024〕2号"))
    );
    assert_eq!((of.received_total, of.open.len(), line.returned), (Decimal::from(38_640), 0, false));
    let card = policies(&park.park, &me(), Some(2023)).expect("it can be read").items[0].clone();
    assert_eq!((card.bound, card.paid, card.cases), (Decimal::from(38_640), Decimal::from(38_640), 1));
    let asked = Advance { stage: PolicyStage::ClawedBack, on: None, remark: "贷款改作他用".to_owned() };
    advance(&mut park.park, &me(), EntryId(case.id), &asked, None).expect("with a reason");
    let card = policies(&park.park, &me(), Some(2023)).expect("it can be read").items[0].clone();
    assert_eq!((card.bound, card.paid), (Decimal::ZERO, Decimal::ZERO));
    let of =
        enterprise::of_enterprise(&park.park, &me(), EntryId(firms[0]), Some(2023)).expect("its policies");
    assert_eq!((of.received.len(), of.received[0].returned, of.received_total), (1, true, Decimal::ZERO));
}

#[test]
fn a_policy_without_its_clause_is_paid_by_nobody() {
    let (mut park, firms) = park();
    let clause = park.park.store().by_key(&"clauses".into(), "T1").expect("a ledger").expect("the clause");
    crate::books::withdraw(&mut park.park, &me(), clause.id, clause.version, "测试", None)
        .expect("taken back");
    let asked = Confirmation { year: 2023, enterprise: firms[0], amount: Decimal::from(38_640) };
    let refused = confirm(&mut park.park, &me(), "a", &asked, None).expect_err("nothing to book it under");
    assert!(refused.to_string().contains("政策条款"), "{refused}");
}

#[test]
fn the_night_finds_who_is_due_once_and_follows_the_data() {
    let (mut park, firms) = park();
    let run =
        |park: &mut TestPark| matching::run(&mut park.park, &me(), date(2024, 3, 1)).expect("a matching");
    let first = run(&mut park);
    assert_eq!((first.new, first.changed, first.gone), (1, 0, 0));
    // A tenth of 3.45 %: 800 万元 × 0.345 % × 146 ÷ 365 = 11,040 元; five working days after 1 March 2024 is the 8th.
    let case = &first.waiting[0];
    assert_eq!((case.enterprise.title.as_str(), case.amount), ("甲", Some(Decimal::from(11_040))));
    assert_eq!((case.handler.as_deref(), case.confirm_by), (Some("财政局"), Some(date(2024, 3, 8))));
    assert_eq!(policies(&park.park, &me(), Some(2023)).expect("a list").items[2].bound, Decimal::ZERO);
    let second = run(&mut park);
    assert_eq!((second.new, second.changed, second.gone, second.revision), (0, 0, 0, first.revision));
    // 300 万元 repaid on 1 August, 92 of the 146 days in: (800 × 92 + 500 × 54) 万元 × 0.345 % ÷ 365 = 9,508.77 元.
    let loan = park.park.store().by_key(&"loans".into(), "1").expect("a ledger").expect("the loan").id;
    park.put("parts", &[&format!("loan={loan}; on=2023-08-01; money=300")]);
    let third = run(&mut park);
    assert_eq!((third.new, third.changed, third.waiting[0].amount), (0, 1, Some(Decimal::new(950_877, 2))));
    let asked = Confirmation { year: 2023, enterprise: firms[0], amount: Decimal::new(950_877, 2) };
    let confirmed = confirm(&mut park.park, &me(), "c", &asked, None).expect("due");
    assert_eq!(confirmed.id, case.entry, "the same case goes on");
    let fourth = run(&mut park);
    assert_eq!((fourth.new, fourth.waiting.len()), (0, 0));
}

#[test]
fn other_numbers_are_tried_and_nothing_is_paid_by_them() {
    let (park, _) = park();
    let tried = |of: &[(&str, &str)]| {
        let tried: Tried = of.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect();
        policy(&park.park, &me(), "a", (Some(2023), &tried))
    };
    let as_is = tried(&[]).expect("it can be read");
    // 8,000,000 × 35 % of 3.45 % × 146 ÷ 365 = 38,640 元; by 50 % 55,200, with a cap of 40,000 元 that.
    assert_eq!((as_is.total, as_is.by_document.is_none()), (Decimal::from(38_640), true));
    let other = tried(&[("formula.share", "50"), ("limits.cap", "40000")]).expect("it can be tried");
    assert_eq!((other.due, other.total), (1, Decimal::from(40_000)));
    assert_eq!(other.by_document.expect("the document's own").total, Decimal::from(38_640));
    assert!(!other.card.in_force, "nothing is paid by numbers that were tried");
    let told: Vec<_> = other.numbers.iter().map(|of| (of.path.as_str(), of.value, of.tried)).collect();
    let some = |number: i64| Some(Decimal::from(number));
    assert_eq!(told, [("limits.cap", some(50_000), some(40_000)), ("formula.share", some(35), some(50))]);
    for (path, value, wanted) in [
        ("formula.share", "a lot", "比例"),
        ("formula.shares", "1", "formula.share、"),
        ("limits.cap", "-1", "单户上限"),
    ] {
        let refused = tried(&[(path, value)]).expect_err("no such number").to_string();
        assert!(refused.contains(wanted) || refused.ends_with("formula.share"), "{refused}");
    }
}

#[test]
fn the_word_file_says_the_same_as_the_workbook_with_its_cells() {
    let (mut park, firms) = park();
    let loan = park.park.store().by_key(&"loans".into(), "1").expect("a ledger").expect("the loan").id;
    park.put("parts", &[&format!("loan={loan}; on=2023-08-01; money=300")]);
    let of = (EntryId(firms[0]), Some(2023));
    let (matter, name) = document::of_payment(&park.park, &me(), "a", of).expect("a matter");
    assert!(name.ends_with("计算表.docx"), "{name}");
    let said = matter.all_said();
    let told = |name: &str| -> Vec<String> {
        said.iter().filter(|(known, ..)| *known == name).map(|(_, text, _)| text.clone()).collect()
    };
    // (8,000,000 × 92 + 5,000,000 × 54) × 1.2075 % ÷ 365 = 33,280.68 元, as the workbook says.
    assert_eq!(told("amount"), ["33280.68"]);
    assert_eq!(
        (told("lines[].base"), told("lines[].rate"), told("lines[].days")),
        (vec!["8000000".to_owned()], vec!["1.2075".to_owned()], vec!["146".to_owned()])
    );
    assert_eq!(told("parts[].days"), ["92", "54"]);
    assert_eq!(told("rules[].value"), ["35"]);
    // The amount hangs on every cell of the loan that is used, and on the repayment.
    let cells = said.iter().find(|(name, ..)| *name == "amount").map_or(0, |(.., cells)| *cells);
    assert_eq!(cells, 6 + 2, "principal, rate, made, due, interest, other; day and amount repaid");
    let nothing = document::of_payment(&park.park, &me(), "a", (EntryId(firms[1]), Some(2023)));
    assert!(matches!(nothing, Err(PoliciesFault::Refused(Refusal::NotFound))), "乙 has nothing to reckon");
}

#[test]
fn what_a_person_refused_is_not_found_again() {
    let (mut park, _) = park();
    let first = matching::run(&mut park.park, &me(), date(2024, 3, 1)).expect("a matching");
    let asked = Advance { stage: PolicyStage::Rejected, on: None, remark: "已停产".to_owned() };
    advance(&mut park.park, &me(), EntryId(first.waiting[0].entry), &asked, None).expect("refused");
    let second = matching::run(&mut park.park, &me(), date(2024, 3, 2)).expect("a matching");
    assert_eq!((second.new, second.waiting.len()), (0, 0));
}

#[test]
fn a_pool_says_what_is_left_and_who_bore_the_losses() {
    let (mut park, firms) = park();
    let entry = |firm: usize, rest: &str| format!("firm={}; on=2023-02-01; drawn=300{rest}", firms[firm]);
    let entries = [entry(0, ""), entry(1, "; left=2023-09-01"), entry(2, "")];
    park.put("entries", &entries.each_ref().map(String::as_str));
    let loss = [
        format!("no=1; firm={}; on=2023-06-20; loss=150; back=30", firms[1]),
        format!("no=2; firm={}; on=2024-01-10; loss=10", firms[1]),
    ];
    park.put("losses", &loss.each_ref().map(String::as_str));
    let found = policy(&park.park, &me(), "pool", (Some(2023), &Tried::new()))
        .expect("it can be read")
        .pool
        .expect("a pool");
    // 1,000 万元 less 150 and 30 back: 880 万元, which stand for 8,800. Of the 120 lost the city and the district bear 48 each, the bank 24.
    let wan = |n: i64| Decimal::from(n * 10_000);
    assert_eq!((found.balance, found.most_credit), (Some(wan(880)), Some(wan(8_800))));
    assert_eq!((found.enterprises, found.entered, found.drawn, found.losses.len()), (2, 3, wan(600), 1));
    let borne: Vec<_> = found.parties.iter().map(|of| of.borne).collect();
    assert_eq!(borne, [Some(wan(48)), Some(wan(48)), Some(wan(24))]);
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
    let document: Vec<_> =
        (1..20).filter(|row| cell(1, *row, 2).as_deref() == Some("园〔2023〕1号")).collect();
    let told = |row: u32| (cell(1, row, 0), cell(1, row, 3), cell(1, row, 4));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(told(document[0]), (some("C5"), some("比例（%）"), some("35")), "the share is the document's");
    assert_eq!(told(document[1]), (some("K7"), some("单户上限"), some("50000")));
}

#[test]
fn a_loan_repaid_in_parts_has_a_row_for_each_and_one_that_adds_them_up() {
    let (mut park, firms) = park();
    let loan = park.park.store().by_key(&"loans".into(), "1").expect("a ledger").expect("the loan").id;
    park.put("parts", &[&format!("loan={loan}; on=2023-08-01; money=300")]);
    let file = sheet::sheet(&park.park, &me(), "a", Some(2023), EntryId(firms[0])).expect("a workbook");
    let book =
        office::read::read(&file.bytes, "a.xlsx", &office::read::Limits::default()).expect("it can be read");
    let cell = |sheet: usize, row: u32, col: u16| {
        let sheet = &book.sheets[sheet];
        let cell = sheet.cell(row, col)?;
        match cell.value {
            office::sheet::CellValue::Number { value, .. } => Some(value.to_string()),
            _ => sheet.text(cell).map(str::to_owned),
        }
    };
    let column = |col: u16| (4..7).map(|row| cell(0, row, col).unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(column(1), ["8000000", "5000000", "8000000"]);
    assert_eq!(column(5), ["92", "54", "146"]);
    // (8,000,000 × 92 + 5,000,000 × 54) × 1.2075 % ÷ 365 = 33,280.6849… 元.
    assert_eq!(cell(0, 6, 10).as_deref(), Some("33280.68"));
    let told: Vec<_> = (1..20).filter(|row| cell(1, *row, 1).as_deref() == Some("还本")).collect();
    assert_eq!(cell(1, told[0], 0).as_deref(), Some("B6"), "what the second part is less");
}
