//! One file that is wrong in one way, one diagnostic that says so.

use crate::content::{Content, SourceFile};

const UNITS: &str = "[[unit]]\nid='元'\ndimension='CNY'\nfactor='1'\n[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'\n\
    [[unit]]\nid='%'\ndimension='ratio'\nfactor='0.01'\n[[unit]]\nid='千瓦时'\ndimension='energy'\nfactor='1'\n\
    [[unit]]\nid='万千瓦时'\ndimension='energy'\nfactor='10000'\n[[unit]]\nid='元/千瓦时'\ndimension='CNY/energy'\nfactor='1'";
const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n[fields.name]\ntitle='名称'\nkind='text'";
const LOANS: &str = "title='贷款'\nkind='register'\nkey=['no']\ndisplay='no'\nsubject='firm'\n[fields.no]\ntitle='合同号'\nkind='text'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.money]\ntitle='本金'\nkind='amount'\nunit='万元'\n\
    [fields.rate]\ntitle='利率'\nkind='decimal'\nunit='%'\n[fields.made]\ntitle='放款'\nkind='date'\n\
    [fields.plain]\ntitle='无单位'\nkind='decimal'";
const PARTS: &str = "title='还本'\nkind='event'\nkey=['loan','on']\ntime='on'\n[fields.loan]\ntitle='贷款'\nkind='reference'\nbook='loans'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.on]\ntitle='日期'\nkind='date'\n\
    [fields.money]\ntitle='金额'\nkind='amount'\nunit='万元'";
const POWER: &str = "title='用电'\nkind='series'\nkey=['firm','month']\nsubject='firm'\ntime='month'\nevery='month'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.month]\ntitle='月份'\nkind='period'\n\
    [fields.power]\ntitle='电量'\nkind='amount'\nunit='万千瓦时'";
const GRADES: &str = "title='等级'\nkind='register'\nkey=['firm','year']\nsubject='firm'\ntime='year'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n[fields.year]\ntitle='年度'\nkind='year'\n\
    [fields.grade]\ntitle='等级'\nkind='text'\n[fields.price]\ntitle='加价'\nkind='amount'\nunit='元/千瓦时'";
const CASES: &str = "title='办理'\nkind='case'\nkey=['no']\ndisplay='no'\nsubject='firm'\ntime='opened'\nstates=['拟','报','付','追']\n\
    closed=['付','追']\nstate='state'\n[fields.no]\ntitle='编号'\nkind='text'\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.state]\ntitle='状态'\nkind='choice'\nchoices=['拟','报','付','追']\n[fields.policy]\ntitle='政策'\nkind='text'\n\
    [fields.name]\ntitle='政策名称'\nkind='text'\n[fields.year]\ntitle='年'\nkind='year'\n[fields.item]\ntitle='事项'\nkind='text'\n\
    [fields.opened]\ntitle='提出'\nkind='date'\n[fields.sum]\ntitle='金额'\nkind='amount'\nunit='元'\n\
    [fields.large]\ntitle='万元金额'\nkind='amount'\nunit='万元'\n[fields.basis]\ntitle='依据'\nkind='text'\n\
    [fields.remark]\ntitle='意见'\nkind='text'\n[fields.paid]\ntitle='兑付日期'\nkind='date'";
const PAID: &str = "title='兑现'\nkind='event'\nkey=['firm','on']\nsubject='firm'\ntime='on'\n[fields.firm]\ntitle='企业'\nkind='reference'\n\
    book='firms'\n[fields.case]\ntitle='办理'\nkind='reference'\nbook='cases'\n[fields.clause]\ntitle='条款'\nkind='reference'\nbook='loans'\n\
    [fields.on]\ntitle='日期'\nkind='date'\n[fields.sum]\ntitle='金额'\nkind='amount'\nunit='万元'";
const BOOKS: &str = "[cases]\nbook='cases'\nnumber='no'\npolicy='policy'\ntitle='name'\nyear='year'\nitem='item'\namount='sum'\nbasis='basis'\n\
    remark='remark'\ndays={ paid='paid' }\nstages={ '拟'='proposed', '报'='applied', '付'='paid', '追'='clawed_back' }\n\
    [payments]\nbook='paid'\nclause='clause'\ncase='case'\namount='sum'\ndated='paid'\n";
const HEAD: &str = "title='贴息'\ntitle_en='x'\ndocument='x'\nauthority='x'\nsource='x'\nmode='applied'\nvalid_from='2023-01-01'\n";
const LOAN: &str = "formula={ kind='interest', of='loan', share=35 }\n[data]\nbook='loans'\n\
    fields={ principal='money', rate='rate', made='made' }\n";
const PRICE: &str = "formula={ kind='price', unit='千瓦时', surcharges={ D='0.3' } }\n[data]\nbook='grades'\nfields={ word='grade', price='price' }\n\
    [data.sums]\nvalue={ book='power', field='power', later=1 }\n";
const CHECKS: &str = "\n[[check]]\ntitle='a'\ngiven=[{ principal=1 }]\namount=1\n[[check]]\ntitle='b'\ngiven=[{ principal=0 }]\namount=0\n\
    [[check]]\ntitle='c'\ngiven=[{ principal=1 }]\nunknown=true\n";

/// What is said of the two files; of a policy its head stands before and three checks behind.
fn said(books: &str, policy: &str, checks: &str) -> Vec<String> {
    let policy = format!("{HEAD}{policy}{checks}");
    let files = [
        ("units.toml", UNITS),
        ("books/firms.toml", FIRMS),
        ("books/loans.toml", LOANS),
        ("books/parts.toml", PARTS),
        ("books/power.toml", POWER),
        ("books/grades.toml", GRADES),
        ("books/cases.toml", CASES),
        ("books/paid.toml", PAID),
        ("policies.toml", books),
        ("policies/a.toml", &policy),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text: text.to_owned() });
    let (_, found) = Content::load(&files);
    found.into_iter().filter(|said| said.path.starts_with("polic")).map(|said| said.message).collect()
}

#[test]
fn what_is_right_is_taken() {
    for policy in [
        LOAN.to_owned(),
        format!("{LOAN}[data.repayments]\nbook='parts'\nloan='loan'\nday='on'\namount='money'\n"),
        PRICE.to_owned(),
        "formula={ kind='pool', parties={ A=60, B=40 }, capital=1, leverage=10 }\n[pool]\nentries='paid'\ndrawn='sum'\n\
         losses='paid'\nloss='sum'\n"
            .to_owned(),
    ] {
        assert_eq!(said(BOOKS, &policy, CHECKS), Vec::<String>::new(), "{policy}");
    }
}

#[test]
fn each_fault_of_a_policy_is_told() {
    let loan = |from: &str, to: &str| LOAN.replace(from, to);
    let price = |from: &str, to: &str| PRICE.replace(from, to);
    let repaid = |from: &str, to: &str| {
        let text =
            "[data.repayments]\nbook='parts'\nloan='loan'\nday='on'\namount='money'\n".replace(from, to);
        format!("{LOAN}{text}")
    };
    let pool = "formula={ kind='pool', parties={ A=60, B=40 }, capital=1, leverage=10 }\n";
    let steps = "formula={ kind='steps', steps=[{ at=2, sum=1 }, { at=1, sum=2 }] }\n";
    let cases = [
        (loan("share=35", "share='a third'"), "不是数"),
        (loan("book='loans'", "book='nobody'"), "nobody"),
        (loan("principal='money'", "principal='plain'"), "“无单位”不能用在这里"),
        (loan("rate='rate'", "rate='made'"), "“放款”不能用在这里"),
        (loan("made='made'", "made='rate'"), "“利率”不能用在这里"),
        (loan("made='made'", "repayments='money'"), "“本金”不能用在这里"),
        (price("unit='千瓦时', ", ""), "“加价”不能用在这里"),
        (price("field='power'", "field='month'"), "“月份”不能用在这里"),
        (repaid("loan='loan'", "loan='firm'"), "“企业”不能用在这里"),
        (repaid("loan='loan'", "loan='money'"), "“金额”不能用在这里"),
        (repaid("book='parts'", "book='none'"), "none"),
        (steps.to_owned(), "分档写法不对"),
        (pool.replace("B=40", "B=30"), "各方分担比例合计不是 100%"),
        (format!("{pool}[pool]\nentries='firms'\ndrawn='sum'\nlosses='paid'\nloss='sum'\n"), "time"),
        (loan("[data]", "valid_to='2023-02-30'\n[data]"), "2023-02-30"),
        (loan("[data]", "valid_to='2022-01-01'\n[data]"), "早于"),
        (loan("[data]", "[terms]\nwhom=['x']\n[data]"), "whom"),
        (loan("[data]", "not_with=['b']\n[data]"), "b"),
        (format!("{LOAN}[[who]]\ntitle='x'\n"), "rule / holds"),
        (format!("{LOAN}[[who]]\ntitle='x'\nholds=['y']\n"), "y"),
    ];
    for (policy, wanted) in cases {
        let told = said(BOOKS, &policy, CHECKS);
        assert!(told.iter().any(|said| said.contains(wanted)), "{wanted}: {told:?}\n{policy}");
    }
}

#[test]
fn a_policy_says_by_which_document_of_whom_and_since_when() {
    let head = |from: &str, to: &str| {
        let text = format!("{HEAD}{LOAN}{CHECKS}").replace(from, to);
        let books = [("units.toml", UNITS), ("books/firms.toml", FIRMS), ("books/loans.toml", LOANS)];
        let files = books.into_iter().chain([("policies/a.toml", text.as_str())]);
        let file = |(path, text): (&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
        let (_, found) = Content::load(&files.map(file).collect::<Vec<_>>());
        found.into_iter().map(|said| said.message).collect::<Vec<_>>()
    };
    for (from, to, wanted) in [
        ("document='x'", "document=''", "document"),
        ("document='x'\n", "", "document"),
        ("authority='x'", "authority=' '", "authority"),
        ("authority='x'\n", "", "authority"),
        ("valid_from='2023-01-01'\n", "", "没有执行起始日期"),
    ] {
        let told = head(from, to);
        assert!(told.iter().any(|said| said.contains(wanted)), "{wanted}: {told:?}");
    }
    assert_eq!(head("'2023-01-01'", "'to be supplied'"), Vec::<String>::new());
}

#[test]
fn each_fault_of_a_check_is_told() {
    let check = |text: &str| said(BOOKS, LOAN, &format!("{CHECKS}[[check]]\ntitle='d'\n{text}\n"));
    for (text, wanted) in [
        ("given=[{ principal=1 }]", "amount / unknown"),
        ("given=[{ principal=1 }]\nunknown=true\namount=1", "amount / unknown"),
        ("given=[{ principal='one' }]\nunknown=true", "one"),
        ("given=[{ made='yesterday' }]\nunknown=true", "yesterday"),
        ("given=[{ principal=1 }]\nto='never'\nunknown=true", "never"),
        ("given=[{ repayments=[{ on='2023-01-01' }] }]\nunknown=true", "分期还本写法不对"),
    ] {
        let told = check(text);
        assert!(told.iter().any(|said| said.contains(wanted)), "{wanted}: {told:?}");
    }
    let told = |checks: &str| said(BOOKS, LOAN, checks).iter().any(|said| said == "算例不足");
    assert!(told(""));
    // None is met, none is just missed, none is not known.
    for kind in ["amount=1", "amount=0", "unknown=true"] {
        let other = if kind == "amount=1" { "amount=0" } else { "amount=1" };
        assert!(told(&CHECKS.replace(kind, other)), "{kind}");
    }
    let open = LOAN.replace("share=35", "share='to be supplied'");
    let unknown = CHECKS.replace("amount=1", "unknown=true").replace("amount=0", "unknown=true");
    assert_eq!(
        said(BOOKS, &open, &unknown),
        Vec::<String>::new(),
        "a number of the document is to be supplied"
    );
    let parts = "given=[{ principal=1, repayments=[{ on='2023-06-01', amount='0.5' }] }]\nunknown=true";
    assert_eq!(check(parts), Vec::<String>::new());
}

#[test]
fn each_fault_of_the_books_is_told() {
    for (from, to, wanted) in [
        ("book='cases'", "book='loans'", "不是办理类台账"),
        ("'付'='paid', ", "", "办理状态不全"),
        ("'付'='paid'", "'给'='paid'", "给"),
        ("amount='sum'\nbasis", "amount='large'\nbasis", "单位不是元"),
        ("number='no'", "number='none'", "none"),
        ("days={ paid='paid' }", "days={ paid='sum' }", "金额"),
        ("dated='paid'", "dated='approved'", "兑付台账的日期无从取得"),
        ("case='case'", "case='clause'", "“条款”不能用在这里"),
        ("clause='clause'", "clause='sum'", "“金额”不能用在这里"),
        ("book='paid'", "book='parts'", "还本"),
    ] {
        assert!(BOOKS.contains(from), "{from}");
        let told = said(&BOOKS.replace(from, to), LOAN, CHECKS);
        assert!(told.iter().any(|said| said.contains(wanted)), "{wanted}: {told:?}");
    }
    let budgets = "[budgets]\nbook='none'\npolicy='a'\nyear='b'\namount='c'\n";
    assert!(said(&format!("{BOOKS}{budgets}"), LOAN, CHECKS).iter().any(|said| said.contains("none")));
}

#[test]
fn returns_of_the_statistics_system_decide_about_nobodys_money() {
    let files = [
        ("units.toml", UNITS.to_owned()),
        ("books/firms.toml", FIRMS.to_owned()),
        ("books/loans.toml", format!("statistics_confidential=true\n{LOANS}")),
        ("policies/a.toml", format!("{HEAD}{LOAN}{CHECKS}")),
    ];
    let files = files.map(|(path, text)| SourceFile { path: path.to_owned(), text });
    let (content, found) = Content::load(&files);
    assert!(found.iter().any(|said| said.message.contains("是统计报表")), "{found:?}");
    assert!(content.policies.is_empty());
}
