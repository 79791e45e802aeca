use super::*;
use crate::definition::{LandPart, LandRole};
use expect_test::{Expect, expect};

const UNITS: &str = r#"
[[unit]]
id = "万元"
dimension = "CNY"
factor = "10000"
[[unit]]
id = "亿元"
dimension = "CNY"
factor = "100000000"
[[unit]]
id = "万美元"
dimension = "USD"
factor = "10000"
[[unit]]
id = "%"
dimension = "ratio"
factor = "0.01"
"#;

const FIRMS: &str = r#"
title = "企业"
kind = "register"
key = ["code"]
display = "name"
[fields.code]
title = "代码"
kind = "uscc"
[fields.name]
title = "名称"
kind = "text"
[fields.big]
title = "大"
kind = "boolean"
"#;

const RETURNS: &str = r#"
title = "月报"
kind = "series"
key = ["firm", "period"]
subject = "firm"
time = "period"
every = "month"
reporters = "big"
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.period]
title = "期"
kind = "period"
[fields.output]
title = "产值"
kind = "amount"
unit = "万元"
[fields.capital]
title = "外资"
kind = "amount"
unit = "万美元"
[[check]]
id = "steady"
kind = "previous"
rule = "output >= prev.output"
"#;

/// Loads a tiny content with `figures` as its one topic and prints what is wrong: line, column, message, hint.
fn check(figures: &str, expected: Expect) {
    check_file("figures/t.toml", figures, expected);
}

fn check_file(path: &str, text: &str, expected: Expect) {
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
    let files = [
        file("units.toml", UNITS),
        file("books/firms.toml", FIRMS),
        file("books/returns.toml", RETURNS),
        file(path, text),
    ];
    let (_, diagnostics) = Content::load(&files);
    let mut text = String::new();
    for d in diagnostics {
        let source = files.iter().find(|f| f.path == d.path).expect("a file of ours");
        let before = &source.text[..d.at.start];
        let (line, column) =
            (before.matches('\n').count() + 1, before.chars().rev().take_while(|c| *c != '\n').count() + 1);
        text += &format!("{}:{line}:{column} {} | {}\n", d.path, d.message, d.hint);
    }
    expected.assert_eq(&text);
}

fn figure(lines: &str) -> String {
    format!("[figures.a]\ntitle = \"甲\"\nunit = \"亿元\"\n{lines}")
}

#[test]
fn a_right_figure_says_nothing() {
    check(
        &figure("book = \"returns\"\nmeasure = \"sum(output)\"\nfilter = \"firm.big and output > 0\""),
        expect![""],
    );
}

#[test]
fn an_unknown_key_is_named() {
    check(
        &figure("measur = 1"),
        expect![[r"
        figures/t.toml:4:1 文件读不懂：unknown field `measur`, expected one of `title`, `title_en`, `aliases`, `book`, `measure`, `cumulative`, `prior`, `prior_cumulative`, `value`, `rank`, `own`, `filter`, `time`, `date`, `from`, `to`, `order`, `unit`, `decimals`, `window`, `lag`, `compare`, `better`, `basis`, `source` | 键名拼写有误，或这一节没有这个键；全部的键见 content/README.md
    "]],
    );
}

#[test]
fn an_unknown_field_is_named_with_the_nearest() {
    check(
        &figure("book = \"returns\"\nmeasure = \"sum(outptu)\""),
        expect![[r"
            figures/t.toml:5:16 台账“月报”没有字段“outptu” | 是不是“output”？
        "]],
    );
}

#[test]
fn yuan_and_dollars_do_not_add() {
    check(
        &figure("book = \"returns\"\nmeasure = \"sum(output + capital)\""),
        expect![[r"
            figures/t.toml:5:16 单位的量纲不同：CNY 与 USD | 人民币与美元、面积与金额不能相加或比较；先确认字段单位
        "]],
    );
}

#[test]
fn a_unit_of_another_dimension_is_refused() {
    check(
        &figure("book = \"returns\"\nmeasure = \"sum(capital)\""),
        expect![[r"
            figures/t.toml:5:11 单位的量纲不同：CNY 与 USD | 人民币与美元、面积与金额不能相加或比较；先确认字段单位
        "]],
    );
}

#[test]
fn unknown_unit_function_book_and_type() {
    check(
        "[figures.a]\ntitle = \"甲\"\nunit = \"万圆\"\nbook = \"returns\"\nmeasure = \"sum(output)\"\n\
         [figures.b]\ntitle = \"乙\"\nunit = \"万元\"\nbook = \"returns\"\nmeasure = \"sum(sqrt(output))\"\n\
         [figures.c]\ntitle = \"丙\"\nunit = \"万元\"\nbook = \"retruns\"\nmeasure = \"sum(output)\"\n\
         [figures.d]\ntitle = \"丁\"\nunit = \"万元\"\nbook = \"returns\"\nmeasure = \"sum(output)\"\nfilter = \"output + 1\"\n",
        expect![[r"
            figures/t.toml:3:8 没有单位“万圆” | 是不是“万元”？
            figures/t.toml:10:16 没有函数“sqrt” | 可用的有：abs、round、coalesce、nullif、least、greatest、year、month、day、length、starts_with、level
            figures/t.toml:14:8 没有台账“retruns” | 是不是“returns”？
            figures/t.toml:21:10 这里需要真假，得到数 | 
        "]],
    );
}

#[test]
fn circles_are_found() {
    check(
        "[figures.a]\ntitle = \"甲\"\nunit = \"%\"\nvalue = \"b / 2\"\n[figures.b]\ntitle = \"乙\"\nunit = \"%\"\nvalue = \"a * 2\"\n",
        expect![[r"
            figures/t.toml:2:9 指标循环引用：a → b → a | 断开其中一处引用
            figures/t.toml:6:9 指标循环引用：b → a → b | 断开其中一处引用
        "]],
    );
}

#[test]
fn a_duplicate_id_in_two_topics_is_found() {
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
    let one = figure("book = \"returns\"\nmeasure = \"sum(output)\"");
    let files = [
        file("units.toml", UNITS),
        file("books/firms.toml", FIRMS),
        file("books/returns.toml", RETURNS),
        file("figures/t.toml", &one),
        file("figures/u.toml", &one),
    ];
    let (_, diagnostics) = Content::load(&files);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].message, "“a”已经定义过");
    assert_eq!(diagnostics[0].path, "figures/u.toml");
}

#[test]
fn sixteen_hundred_plus_signs_are_a_diagnostic() {
    let long = vec!["1"; 1601].join("+");
    check(
        &figure(&format!("book = \"returns\"\nmeasure = \"sum({long})\"")),
        expect![[r"
            figures/t.toml:5:12 表达式超过 2000 个字符 | 拆成几个指标再组合
        "]],
    );
    // Within the length, the number of nodes is the limit.
    let many = vec!["1"; 300].join("+");
    check(
        &figure(&format!("book = \"returns\"\nmeasure = \"sum({many})\"")),
        expect![[r"
            figures/t.toml:5:16 表达式超过 200 个节点 | 拆成几个指标再组合
        "]],
    );
}

#[test]
fn deep_nesting_is_a_diagnostic() {
    let deep = format!("{}1{}", "(".repeat(500), ")".repeat(500));
    check(
        &figure(&format!("book = \"returns\"\nmeasure = \"sum({deep})\"")),
        expect![[r"
            figures/t.toml:5:12 表达式嵌套超过 32 层 | 拆成几个指标再组合
        "]],
    );
}

#[test]
fn statements_and_subqueries_are_not_expressions() {
    check(
        &figure("book = \"returns\"\nmeasure = \"sum((select 1))\""),
        expect![[r"
            figures/t.toml:5:17 表达式里不能用“(SELECT 1)” | 可用的运算与函数见 content/README.md
        "]],
    );
}

fn roles(grants: &str) -> String {
    format!(
        "[roles.chief]\ntitle = \"长\"\ngrants = [{{ books = \"*\", rights = [\"administer\"] }}]\n\
         [roles.clerk]\ntitle = \"员\"\n{grants}"
    )
}

#[test]
fn right_roles_say_nothing() {
    let grants =
        "grants = [{ books = [\"firms\"], rights = [\"read\"] }, { department = \"own\", rights = [] }]";
    check_file("access.toml", &roles(grants), expect![""]);
}

#[test]
fn wrong_grants_are_named() {
    let grants = r#"grants = [
  { books = ["frims"], rights = ["raed"] },
  { books = "all", rights = ["read"] },
  { department = "税务局", rights = ["read"] },
  { rights = ["read"] },
  { books = "*", department = "own", rights = ["read"] },
]"#;
    check_file(
        "access.toml",
        &roles(grants),
        expect![[r#"
        access.toml:7:14 没有台账“frims” | 是不是“firms”？
        access.toml:7:34 没有权限“raed” | 是不是“read”？
        access.toml:8:13 books 不能写成“all” | 全部台账写 "*"，若干台账写成列表 ["…", "…"]
        access.toml:9:18 没有哪本台账来自“税务局” | 可用的有：
        access.toml:10:3 授权要写明台账或部门，二者取一 | 写 books = "*"、books = ["台账"]、department = "own" 或 department = "部门名"
        access.toml:11:3 授权要写明台账或部门，二者取一 | 写 books = "*"、books = ["台账"]、department = "own" 或 department = "部门名"
    "#]],
    );
}

#[test]
fn enterprises_see_nothing_confidential_and_somebody_administers() {
    let file = "[roles.firm]\ntitle = \"企业\"\nown_rows = true\n\
        grants = [{ books = \"*\", rights = [\"read\"], confidential = true }]";
    check_file(
        "access.toml",
        file,
        expect![[r#"
        access.toml:1:1 没有角色可以管理用户 | 至少一个角色的 rights 要有 "administer"
        access.toml:4:11 企业用户不能看统计保密台账 | 去掉 confidential，或去掉角色的 own_rows（统计法第二十八条）
    "#]],
    );
}

#[test]
fn pages_name_figures_books_and_fields_that_exist() {
    let overview = "cards = [\"otput\"]\n[[expiring]]\nbook = \"firms\"\ndate = \"ends\"\n";
    let projects = "kind = \"x\"\n";
    check_file(
        "pages/overview.toml",
        overview,
        expect![[r"
        pages/overview.toml:1:10 没有指标“otput” | 用 parkledger content docs 查看全部指标
        pages/overview.toml:4:8 台账“企业”没有字段“ends” | 可用的有：code、name、big
    "]],
    );
    check_file(
        "pages/projects.toml",
        projects,
        expect![[r"
        pages/projects.toml:1:1 没有哪本台账的 role 是“project” | 给相应的台账加上这个 role，或删去这个页面文件
    "]],
    );
}

/// Loads a page of parcels with its two books and prints what is wrong with the page; with it, the page.
fn parcels_page(text: &str) -> (Content, String) {
    let book = |role: &str| {
        format!(
            "title = \"{role}\"\nkind = \"register\"\nrole = \"{role}\"\nkey = [\"no\"]\n[fields.no]\ntitle = \"编号\"\nkind = \"text\"\n\
             [fields.outline]\ntitle = \"界线\"\nkind = \"geometry\"\n\
             [fields.kind]\ntitle = \"类别\"\nkind = \"choice\"\nchoices = [\"园区范围\", \"道路\"]\n"
        )
    };
    let (parcel, boundary) = (book("parcel"), book("boundary"));
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
    let files = [
        file("units.toml", UNITS),
        file("books/parcel.toml", &parcel),
        file("books/boundary.toml", &boundary),
        file("pages/parcels.toml", text),
    ];
    let (content, found) = Content::load(&files);
    let of_page = found.iter().filter(|d| d.path == "pages/parcels.toml");
    let said = of_page.map(|d| format!("{} | {}\n", d.message, d.hint)).collect();
    (content, said)
}

#[test]
fn boundaries_and_headings_of_drawings_are_read() {
    let parcel = "[parcel.fields]\ncode = \"no\"\n";
    let boundary = "[boundary.fields]\nboundary = \"outline\"\nkind = \"kind\"\n[boundary.means.kind]\n\"园区范围\" = \"park\"\n";
    let drawing = "[drawing]\ncode = [\"宗地代码\", \"ZDDM\"]\nholder = [\"权利人\"]\n";
    let (content, said) = parcels_page(&format!("{drawing}{parcel}{boundary}"));
    assert_eq!(said, "");
    let page = content.pages.parcels.expect("read");
    assert_eq!(page.drawing.code, ["宗地代码", "ZDDM"]);
    assert_eq!((page.drawing.area.len(), page.drawing.holder.len()), (0, 1));
    let book = page.book(LandRole::Boundary).expect("a book of boundaries");
    assert_eq!(book.meaning(LandPart::Kind, "园区范围"), Some("park"));
    assert_eq!(book.field(LandPart::Boundary).map(crate::id::FieldId::as_str), Some("outline"));

    let wrong = |text: &str| parcels_page(&format!("{text}\n{parcel}")).1;
    assert!(wrong("[boundary.fields]\nkind = \"kind\"").contains("缺少 boundary"));
    assert!(wrong(&boundary.replace("\"park\"", "\"fence\"")).contains("fence"));
    assert!(wrong(&boundary.replace("\"园区范围\" =", "\"围墙\" =")).contains("围墙"));
    assert!(wrong("[drawing]\ncodes = [\"宗地代码\"]").contains("codes"));
    assert!(!wrong("[drawing]\ncode = \"宗地代码\"").is_empty());
}

/// A rule of land with these lines as its one ground.
fn land_rule(ground: &str) -> String {
    format!("title = \"闲置\"\ndocument = \"文\"\nclass = \"idle\"\n[[ground]]\ntitle = \"甲\"\n{ground}")
}

/// Checks one wrong ground of a rule of land.
fn check_land_rule(ground: &str, expected: Expect) {
    check_file("land_rules/r.toml", &land_rule(ground), expected);
}

#[test]
fn a_right_rule_of_land_says_nothing() {
    check_land_rule(
        "all = [{ overdue = \"begin\", months = 12 }, { promised = \"investment\" }]\n\
         any = [{ of = \"invested\", to = \"total_investment\", below = \"1/4\" }, { flag = \"banned\" }]\n\
         [[ground.step]]\nmonths = 12\ntitle = \"乙\"\nprice_share = \"0.20\"",
        expect![""],
    );
}

#[test]
fn a_test_of_land_is_of_one_kind_with_what_it_needs() {
    check_land_rule(
        "all = [{ months = 12 }]",
        expect![[r"
        land_rules/r.toml:6:8 这里要写一种条件，只能写一种 | 从 overdue / done / below / standing / flag / promised 里选一个
    "]],
    );
    check_land_rule(
        "all = [{ overdue = \"begin\", flag = \"banned\", months = 12 }]",
        expect![[r"
        land_rules/r.toml:6:8 这里要写一种条件，只能写一种 | 从 overdue / done / below / standing / flag / promised 里选一个
    "]],
    );
    check_land_rule(
        "all = [{ overdue = \"begin\" }]",
        expect![[r"
        land_rules/r.toml:6:8 缺少 months | 见 content/README.md 中这一类文件的样例
    "]],
    );
    check_land_rule(
        "all = [{ flag = \"banned\", months = 12 }]",
        expect![[r"
        land_rules/r.toml:6:36 这种条件不用 months | 删掉，或者换成用得到它的条件
    "]],
    );
    check_land_rule(
        "all = [{ flag = \"banned\", of = \"invested\" }]",
        expect![[r"
        land_rules/r.toml:6:32 这种条件不用 of / to | 删掉，或者换成用得到它的条件
    "]],
    );
    check_land_rule(
        "all = [{ overdue = \"begun\", months = 12 }]",
        expect![[r"
        land_rules/r.toml:6:20 文件读不懂：unknown variant `begun`, expected one of `begin`, `complete`, `produce` | 按 content/README.md 的格式修改
    "]],
    );
    check_land_rule(
        "all = [{ of = \"invested\", below = \"0.25\" }]",
        expect![[r"
        land_rules/r.toml:6:8 缺少 of / to | 见 content/README.md 中这一类文件的样例
    "]],
    );
}

#[test]
fn numbers_and_items_of_land_rules_are_checked() {
    check_land_rule(
        "all = [{ standing = \"building\", months = -1 }]",
        expect![[r"
        land_rules/r.toml:6:42 月数不成立 | 写 0 到 840 的整数
    "]],
    );
    check_land_rule(
        "all = [{ of = \"invested\", to = \"total_investment\", below = \"1/0\" }]",
        expect![[r#"
        land_rules/r.toml:6:60 “1/0”不是数 | 只写数字，例如 "0.01"
    "#]],
    );
    check_land_rule(
        "all = [{ of = \"invested\", to = \"total\", below = \"0.25\" }]",
        expect![[r"
        land_rules/r.toml:6:32 这里不能写“total” | 可用的有：due_area、developed_area、total_investment、invested、reached.、promised.
    "]],
    );
    check_land_rule(
        "all = [{ promised = \"tax\" }]",
        expect![[r"
        land_rules/r.toml:6:21 这里不能写“tax” | 可用的有：investment
    "]],
    );
    check_land_rule(
        "all = [{ of = \"reached.tax\", to = \"promised.tax\", below = \"0.5\" }]",
        expect![[r"
        land_rules/r.toml:6:15 这里不能写“tax” | 可用的有：investment
    "]],
    );
    let step = "all = [{ overdue = \"begin\", months = 12 }]\n[[ground.step]]\nmonths = 12\ntitle = \"乙\"\n";
    check_land_rule(
        &format!("{step}price_share = \"20%\""),
        expect![[r#"
        land_rules/r.toml:10:15 “20%”不是比例 | 写大于 0、不超过 1 的数，例如 "0.20"
    "#]],
    );
    check_land_rule(
        &format!("{step}price_share = \"1.2\""),
        expect![[r#"
        land_rules/r.toml:10:15 “1.2”不是比例 | 写大于 0、不超过 1 的数，例如 "0.20"
    "#]],
    );
}

#[test]
fn a_rule_of_land_has_grounds_days_and_neighbours_that_make_sense() {
    check_land_rule(
        "",
        expect![[r"
        land_rules/r.toml:4:1 缺少 all / any | 见 content/README.md 中这一类文件的样例
    "]],
    );
    check_land_rule(
        "all = [{ flag = \"banned\" }]\n[[ground.step]]\nmonths = 12\ntitle = \"乙\"",
        expect![[r"
            land_rules/r.toml:8:10 没有起算日期，不能按月数处置 | all 里要有 overdue、done 或 standing，从它的日期起算
        "]],
    );
    let head = "title = \"闲置\"\ndocument = \"文\"\nclass = \"idle\"\n";
    check_file(
        "land_rules/r.toml",
        head,
        expect![[r"
        land_rules/r.toml:1:1 缺少 [[ground]] | 见 content/README.md 中这一类文件的样例
    "]],
    );
    let ground = "[[ground]]\ntitle = \"甲\"\nall = [{ flag = \"banned\" }]";
    let file = |line: &str| format!("{head}{line}\n{ground}");
    check_file(
        "land_rules/r.toml",
        &file("from = \"2024-01-01\"\nto = \"2023-12-31\""),
        expect![[r"
        land_rules/r.toml:5:6 停止日期早于开始日期 | 核对 from 和 to
    "]],
    );
    check_file(
        "land_rules/r.toml",
        &file("from = \"2024-13-01\""),
        expect![[r"
        land_rules/r.toml:4:8 “2024-13-01”不是日期 | 写成 date '2023-09-30'
    "]],
    );
    check_file(
        "land_rules/r.toml",
        &file("after = [\"q\"]"),
        expect![[r"
        land_rules/r.toml:4:10 这里不能写“q” | 这里现在没有可以写的，删掉这一项
    "]],
    );
    check_file(
        "land_rules/r.toml",
        &file("after = [\"r\"]"),
        expect![[r"
        land_rules/r.toml:4:10 这里不能写“r” | 这里现在没有可以写的，删掉这一项
    "]],
    );
    check_file(
        "land_rules/r.toml",
        &file("clas = \"low\""),
        expect![[r"
        land_rules/r.toml:4:1 文件读不懂：unknown field `clas`, expected one of `title`, `title_en`, `document`, `class`, `from`, `to`, `government_excuses`, `after`, `ground`, `source` | 键名拼写有误，或这一节没有这个键；全部的键见 content/README.md
    "]],
    );
}
