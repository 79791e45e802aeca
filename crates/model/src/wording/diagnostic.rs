//! What `content check` says: a message and a hint for each fault.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::definition::{Book, Right};
use crate::expr::Type;
use crate::id::{BookId, FigureId};
use crate::unit::{Dimension, Units};

pub(super) type Said = (String, String);

pub(super) fn said(message: String, hint: impl Into<String>) -> Said {
    (message, hint.into())
}

/// The nearest of some names, for “是不是……”.
fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|n| (distance(name, n), n))
        .filter(|(d, n)| *d <= 2.max(n.chars().count() / 3))
        .min_by_key(|(d, _)| *d)
        .map(|(_, n)| n)
}

/// Levenshtein distance; names are short.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (corner + usize::from(x != *y)).min(above + 1).min(row[j] + 1);
            corner = above;
        }
    }
    row[b.len()]
}

/// “是不是……” with the nearest of some names, else the first of them.
pub fn perhaps<'a>(name: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, names.clone()) {
        Some(near) => format!("是不是“{near}”？"),
        None if names.clone().next().is_none() => "这里现在没有可以写的，删掉这一项".to_owned(),
        None => format!("可用的有：{}", names.take(12).collect::<Vec<_>>().join("、")),
    }
}

/// TOML syntax or structure.
pub fn toml_fault(message: &str) -> Said {
    let hint = if message.contains("unknown field") {
        "键名拼写有误，或这一节没有这个键；全部的键见 content/README.md"
    } else if message.contains("duplicate key") {
        "同一节里一个键只能写一次"
    } else {
        "按 content/README.md 的格式修改"
    };
    said(format!("文件读不懂：{message}"), hint)
}

/// An id with other characters than lower-case letters, digits and `_`.
pub fn bad_id(id: &str) -> Said {
    said(format!("“{id}”不能作标识"), "只用小写字母、数字和下划线")
}

/// An id used twice.
pub fn duplicate_id(id: &str) -> Said {
    said(format!("“{id}”已经定义过"), "换一个标识，或删去重复的一处")
}

/// A key that must be there.
pub fn missing_key(key: &str) -> Said {
    said(format!("缺少 {key}"), "见 content/README.md 中这一类文件的样例")
}

/// A book that enterprises cannot file.
pub fn cannot_be_filed() -> Said {
    said("本台账不能由企业填报".to_owned(), "[filed] 只用于主键为企业和期间的报表，且不是统计涉密台账")
}

/// A required field that is not on the form of a return.
pub fn required_not_filed(title: &str) -> Said {
    said(format!("“{title}”必填，但不在企业填报的字段中"), "写进 [filed] 的 fields，或去掉 required")
}

/// A field the book does not have.
pub fn unknown_field(name: &str, book: &Book) -> Said {
    said(
        format!("台账“{}”没有字段“{name}”", book.title),
        perhaps(name, book.fields.keys().map(crate::id::FieldId::as_str)),
    )
}

/// A path through something that is not a reference.
pub fn not_a_reference(name: &str) -> Said {
    said(
        format!("“{name}”不是引用字段，不能再用点号取值"),
        "只有 kind = \"reference\" 的字段才能写成 字段.字段",
    )
}

/// A path of more than two parts.
pub fn path_too_long(path: &str) -> Said {
    said(format!("“{path}”的层数太多"), "最多经过一个引用：字段.字段")
}

/// A book that does not exist.
pub fn unknown_book(name: &str, books: &IndexMap<BookId, Book>) -> Said {
    said(format!("没有台账“{name}”"), perhaps(name, books.keys().map(BookId::as_str)))
}

/// A book that does not exist, while books are being read.
pub fn unknown_book_id(name: &str, books: &[BookId]) -> Said {
    said(format!("没有台账“{name}”"), perhaps(name, books.iter().map(BookId::as_str)))
}

/// A right that does not exist.
pub fn unknown_right(name: &str) -> Said {
    said(format!("没有权限“{name}”"), perhaps(name, Right::ALL.into_iter().map(Right::word)))
}

/// A department that sends no book.
pub fn unknown_department(name: &str, departments: &BTreeSet<&str>) -> Said {
    said(format!("没有哪本台账来自“{name}”"), perhaps(name, departments.iter().copied()))
}

/// A grant must say what it is over, once.
pub fn books_or_department() -> Said {
    said(
        "授权要写明台账或部门，二者取一".to_owned(),
        "写 books = \"*\"、books = [\"台账\"]、department = \"own\" 或 department = \"部门名\"",
    )
}

/// A word where a list of books or `*` should stand.
pub fn books_are_a_list(word: &str) -> Said {
    said(format!("books 不能写成“{word}”"), "全部台账写 \"*\"，若干台账写成列表 [\"…\", \"…\"]")
}

/// Statistics law: what one enterprise returned is shown on no enterprise's page.
pub fn confidential_for_enterprises() -> Said {
    said(
        "企业用户不能看统计保密台账".to_owned(),
        "去掉 confidential，或去掉角色的 own_rows（统计法第二十八条）",
    )
}

/// No role may manage people.
pub fn nobody_administers() -> Said {
    said("没有角色可以管理用户".to_owned(), "至少一个角色的 rights 要有 \"administer\"")
}

/// A letter names a blank that nothing fills.
pub fn unknown_blank(name: &str, known: &[&str]) -> Said {
    let all = known.iter().map(|b| format!("{{{b}}}")).collect::<Vec<_>>().join("、");
    said(format!("“{{{name}}}”没有可填的内容"), format!("可用的有：{all}"))
}

/// A page needs a book that no book is.
pub fn no_book_with_role(role: &str) -> Said {
    said(format!("没有哪本台账的 role 是“{role}”"), "给相应的台账加上这个 role，或删去这个页面文件")
}

/// A series speaks of something else.
pub fn subject_is_not(book: &BookId, of: &BookId) -> Said {
    said(format!("台账“{book}”的 subject 不是“{of}”"), "换成按项目填报的台账")
}

/// A unit that does not exist.
pub fn unknown_unit(name: &str, units: &Units) -> Said {
    said(
        format!("没有单位“{name}”"),
        perhaps(name, units.iter().map(|u| u.id.as_str()).collect::<Vec<_>>().into_iter()),
    )
}

/// A field kind that does not exist.
pub fn unknown_field_kind(name: &str) -> Said {
    let kinds = [
        "text",
        "integer",
        "decimal",
        "amount",
        "date",
        "month",
        "period",
        "year",
        "choice",
        "reference",
        "references",
        "uscc",
        "orgcode",
        "parcel_code",
        "phone",
        "person",
        "geometry",
        "file",
        "boolean",
        "figure",
        "unit",
    ];
    said(format!("没有字段类型“{name}”"), perhaps(name, kinds.into_iter()))
}

/// A check kind that does not exist.
pub fn unknown_check_kind(name: &str) -> Said {
    said(
        format!("没有检查类型“{name}”"),
        perhaps(name, ["row", "previous", "slip", "outlier", "duplicate"].into_iter()),
    )
}

/// A choice outside of the list.
pub fn unknown_choice(name: &str, choices: &[String]) -> Said {
    said(format!("“{name}”不在选项之内"), perhaps(name, choices.iter().map(String::as_str)))
}

/// A word that is none of those known here.
pub fn unknown_word(name: &str, known: &[&str]) -> Said {
    said(format!("这里不能写“{name}”"), perhaps(name, known.iter().copied()))
}

/// `by` of a layout column that is nothing known.
pub fn bad_by(name: &str) -> Said {
    said(format!("by = \"{name}\" 不成立"), "只能是 code、name，或 field:字段（被引用台账的字段）")
}

/// Personal data without purpose or keeping time.
pub fn personal_needs_purpose(field: &str) -> Said {
    said(
        format!("个人信息字段“{field}”缺少用途或保存年限"),
        "写明 purpose 和 keep_years（个人信息保护法第六条、第十九条）",
    )
}

/// A figure that does not exist.
pub fn unknown_figure(name: &str) -> Said {
    said(format!("没有指标“{name}”"), "用 parkledger content docs 查看全部指标")
}

/// A parameter of a report that says neither or both where its values come from.
pub fn parameter_values() -> Said {
    said("参数要写明取值来源".to_owned(), "写 book（可加 field）、figures、choices、day = true 中的一个")
}

/// A certificate without the rows it copies, or rows of a report that is none.
pub fn certificate_copies() -> Said {
    said(
        "about = \"certificate\" 和 [copies] 要一起写".to_owned(),
        "写 [copies]：book、by、columns、from（可加 until）；不是登记证明的报告不写",
    )
}

/// A personal field in a certificate.
pub fn certificate_personal(field: &str) -> Said {
    said(format!("字段“{field}”是个人信息，不写进登记证明"), "从 columns 里去掉")
}

/// A default that is none of a parameter's values.
pub fn parameter_default(text: &str) -> Said {
    said(format!("默认值“{text}”不在可取的值里"), "写取值中的一个；日期写成 2023-11-15")
}

/// A pie with more than one series, or beside other kinds.
pub fn pie_stands_alone() -> Said {
    said("饼图只能有一个系列，也不能和别的图画在一起".to_owned(), "整张图写 kind = \"pie\"，只留一个系列")
}

/// A parameter that the report does not declare.
pub fn unknown_parameter<'a>(name: &str, known: impl Iterator<Item = &'a String> + Clone) -> Said {
    said(format!("报告没有参数“{name}”"), perhaps(name, known.map(String::as_str)))
}

/// A chart that does not say what stands along its axis, or draws nothing.
pub fn chart_incomplete() -> Said {
    said(
        "图没有写全".to_owned(),
        "至少一个 series；across = \"rows\" 要写 by，across = \"figures\" 要写 figures",
    )
}

/// A series of a chart without its figure.
pub fn series_without_figure() -> Said {
    said("数据系列没有写 figure".to_owned(), "写 figure = \"指标标识\"")
}

/// An exclusion set that does not exist.
pub fn unknown_exclusion(name: &str) -> Said {
    said(format!("没有剔除名单“{name}”"), "剔除名单定义在指标文件的 [exclusions.…] 中")
}

/// A window that does not exist.
pub fn unknown_window(name: &str) -> Said {
    said(format!("没有期间“{name}”"), "可用：month、ytd、quarter、half、year、moment")
}

/// A figure with neither book and measure nor value.
pub fn figure_without_rule(id: &str) -> Said {
    said(format!("指标“{id}”没有算法"), "写 book + measure，或 book + rank + own，或 value")
}

/// A flow over a book without time.
pub fn not_placed_in_time(book: &str) -> Said {
    said(
        format!("台账“{book}”没有时间字段，不能按期间累计"),
        "在指标里写 date = \"字段\"，或改用 time = \"stock\"",
    )
}

/// Figures that depend on each other in a circle.
pub fn cyclic_figures(path: &[FigureId]) -> Said {
    let names: Vec<&str> = path.iter().map(FigureId::as_str).collect();
    said(
        format!("指标循环引用：{} → {}", names.join(" → "), names.first().unwrap_or(&"")),
        "断开其中一处引用",
    )
}

/// A bare name in a claim.
pub fn name_in_claim(name: &str) -> Said {
    said(format!("论断里不能直接写“{name}”"), "写成 value('指标')、yoy('指标') 等")
}

/// An expression longer than allowed.
pub fn expression_too_long(limit: usize) -> Said {
    said(format!("表达式超过 {limit} 个字符"), "拆成几个指标再组合")
}

/// An expression with more nodes than allowed.
pub fn expression_too_large(limit: usize) -> Said {
    said(format!("表达式超过 {limit} 个节点"), "拆成几个指标再组合")
}

/// An expression nested deeper than allowed.
pub fn expression_too_deep(limit: usize) -> Said {
    said(format!("表达式嵌套超过 {limit} 层"), "拆成几个指标再组合")
}

/// A syntax fault.
pub fn expression_syntax(message: &str) -> Said {
    said(format!("表达式读不懂：{message}"), "表达式用 SQL 的写法，文字用单引号")
}

/// Text after the end of the expression.
pub fn expression_rest(rest: &str) -> Said {
    said(format!("表达式到“{rest}”之前已经结束"), "删去多余部分，或补上运算符")
}

/// Something SQL has but expressions have not.
pub fn expression_not_allowed(what: &str) -> Said {
    said(format!("表达式里不能用“{what}”"), "可用的运算与函数见 content/README.md")
}

/// A function that does not exist.
pub fn unknown_function(name: &str) -> Said {
    let names = crate::expr::Function::ALL.iter().map(|(_, n, _)| *n);
    said(format!("没有函数“{name}”"), perhaps(name, names))
}

/// The wrong number of arguments.
pub fn wrong_argument_count(name: &str, wanted: usize, found: usize) -> Said {
    said(format!("函数{name}需要 {wanted} 个参数，写了 {found} 个"), "")
}

/// An aggregate where none may stand.
pub fn aggregate_not_here() -> Said {
    said("这里不能用汇总函数".to_owned(), "sum、count 等只用于指标的 measure，且不能嵌套")
}

/// Something that must be a literal.
pub fn literal_needed() -> Said {
    said("这里只能写常量".to_owned(), "文字加单引号，例如 'A'")
}

/// Text that is no number.
pub fn bad_number(text: &str) -> Said {
    said(format!("“{text}”不是数"), "只写数字，例如 \"0.01\"")
}

/// Text that is no share of a price.
pub fn bad_share(text: &str) -> Said {
    said(format!("“{text}”不是比例"), "写大于 0、不超过 1 的数，例如 \"0.20\"")
}

/// Months that are none.
pub fn bad_months(most: i32) -> Said {
    said("月数不成立".to_owned(), format!("写 0 到 {most} 的整数"))
}

/// Not exactly one of several keys.
pub fn one_of(keys: &[&str]) -> Said {
    said("这里要写一种条件，只能写一种".to_owned(), format!("从 {} 里选一个", keys.join(" / ")))
}

/// A key that belongs to another kind of test.
pub fn not_of_this_test(key: &str) -> Said {
    said(format!("这种条件不用 {key}"), "删掉，或者换成用得到它的条件")
}

/// A consequence after some months of a ground that does not count from a day.
pub fn step_without_period() -> Said {
    said("没有起算日期，不能按月数处置".to_owned(), "all 里要有 overdue、done 或 standing，从它的日期起算")
}

/// The last day is before the first.
pub fn days_reversed() -> Said {
    said("停止日期早于开始日期".to_owned(), "核对 from 和 to")
}

/// Text that is no date.
pub fn bad_date(text: &str) -> Said {
    said(format!("“{text}”不是日期"), "写成 date '2023-09-30'")
}

/// A number is needed.
pub fn not_a_number() -> Said {
    said("这里需要数".to_owned(), "加减乘除和求和只能用于数值字段")
}

/// Two dimensions that never meet.
pub fn unit_mismatch(a: &Dimension, b: &Dimension) -> Said {
    said(format!("单位的量纲不同：{a} 与 {b}"), "人民币与美元、面积与金额不能相加或比较；先确认字段单位")
}

/// The wrong type.
pub fn wrong_type(found: &Type, wanted: &Type) -> Said {
    said(format!("这里需要{}，得到{}", type_name(wanted), type_name(found)), "")
}

fn type_name(kind: &Type) -> &'static str {
    match kind {
        Type::Number { .. } => "数",
        Type::Text => "文字",
        Type::Date => "日期",
        Type::Period => "期间",
        Type::Flag => "真假",
        Type::Entry(_) => "引用",
        Type::Entries(_) => "多个引用",
        Type::List => "名单",
        Type::Any => "任意值",
    }
}

/// A guard that is no yes-or-no field.
pub fn guard_is_no_flag(field: &str) -> Said {
    said(format!("“{field}”不是是否字段"), "guard 的 when 写 kind = \"boolean\" 的字段")
}
