//! What the intake says: for each finding a message and a hint.

use model::id::{Revision, UnitId};
use model::period::Period;
use model::wording::finding::shown;
use rust_decimal::Decimal;

/// A message and a hint.
pub type Said = (String, String);

fn said(message: impl Into<String>, hint: impl Into<String>) -> Said {
    (message.into(), hint.into())
}

/// The first few of many names.
fn some(names: &[String], most: usize) -> String {
    let head: Vec<String> = names.iter().take(most).map(|n| shown(n)).collect();
    let more = if names.len() > most { format!(" 等 {} 个", names.len()) } else { String::new() };
    head.join("、") + &more
}

/// No layout fits a sheet or heading row.
pub fn no_layout(headings: &[String], nearest: Option<(&str, &[String])>) -> Said {
    let seen = if headings.is_empty() {
        "没有找到表头".to_owned()
    } else {
        format!("看到的表头：{}", some(headings, 12))
    };
    match nearest {
        Some((title, missing)) if !missing.is_empty() => said(
            format!("没有版式能读这张表；最接近的是“{title}”，缺少：{}。{seen}", some(missing, 6)),
            "补上缺少的栏目，或用 import --propose 生成版式草稿后修改",
        ),
        Some((title, _)) => said(
            format!("没有版式能读这张表；最接近的是“{title}”，但多数栏目不认识。{seen}"),
            "核对是否选错了工作表；确认无误可用 --book 指定台账，或用 --propose 生成版式草稿",
        ),
        None => said(
            format!("没有版式能读这张表。{seen}"),
            "核对是否选错了文件；新的表样可用 import --propose 生成版式草稿",
        ),
    }
}

/// Several layouts fit equally well.
pub fn layouts_equal(titles: &[String]) -> Said {
    said(
        format!("有几个版式都能读这张表：{}", titles.join("、")),
        "用 --book 指定台账，或在版式里写 files、sheets 加以区别",
    )
}

/// The file has no table at all.
pub fn no_tables() -> Said {
    said("文件里没有可读的表", "核对文件是否为空，或数据是否在图片、文本框里")
}

/// A hidden sheet holds a table.
pub fn hidden_sheet(name: &str) -> Said {
    said(format!("隐藏的工作表“{name}”没有读取"), "如需导入，请在表格软件中取消隐藏后重新导入")
}

/// A merged heading reaches over two tables.
pub fn header_across_tables() -> Said {
    said(
        "合并的表头横跨两张并排的表，无法判断它属于哪一张，两张表都没有读取",
        "把合并单元格拆开，让每张表有自己的表头",
    )
}

/// Columns that no rule reads.
pub fn columns_unread(names: &[String], layout: &str) -> Said {
    said(
        format!("版式“{layout}”不读这些栏目：{}", some(names, 10)),
        "如需入账，在版式里为它们各写一个 [[column]]",
    )
}

/// A heading stands twice in one table.
pub fn heading_twice(heading: &str) -> Said {
    said(format!("表头“{}”重复，只读取前一栏", shown(heading)), "删去多余的一栏，或把两栏的名称区别开")
}

/// Hidden columns were read.
pub fn hidden_columns_read(columns: &[String]) -> Said {
    said(format!("隐藏列也已读取：{}", columns.join("、")), "如果隐藏列是作废的数据，请删除后重新导入")
}

/// Hidden rows were read.
pub fn hidden_rows_read(rows: &[u32]) -> Said {
    let list: Vec<String> = rows.iter().map(ToString::to_string).collect();
    said(format!("隐藏行也已读取：第 {} 行", some(&list, 12)), "如果隐藏行是作废的数据，请删除后重新导入")
}

/// Rows that hold nothing but a label.
pub fn labels_skipped(cells: &[String]) -> Said {
    said(format!("跳过只有标题的行：{}", some(cells, 12)), "")
}

/// A wide table without a year.
pub fn year_missing() -> Said {
    said("表头只有月份，没有写年份", "在标题、工作表名或文件名里写明年份，例如 2023年")
}

/// A series without a period.
pub fn period_missing() -> Said {
    said("没有写明报告期", "在标题、工作表名或文件名里写明，例如 2023年9月，或加一栏“月份”")
}

/// A monthly table titled by quarter or half year.
pub fn period_coarse(text: &str, period: Period) -> Said {
    said(format!("标题写的是“{}”，按 {} 月报读入", shown(text), period.end), "核对是否为当月的月报")
}

/// A year where a month belongs.
pub fn period_too_coarse(text: &str) -> Said {
    said(format!("“{}”没有说明是哪个月", shown(text)), "写成 2023-09 或 2023年9月")
}

/// Year and month apart do not make a period.
pub fn not_a_period(text: &str) -> Said {
    model::wording::finding::not_a_period(text)
}

/// A number outside of the field's bounds.
pub fn out_of_bounds(
    title: &str,
    number: Decimal,
    low: Option<Decimal>,
    high: Option<Decimal>,
    unit: Option<&UnitId>,
) -> Said {
    let unit = unit.map_or("", UnitId::as_str);
    let bound = match (low, high) {
        (Some(low), _) => format!("不能小于 {low}"),
        (_, Some(high)) => format!("不能大于 {high}"),
        _ => String::new(),
    };
    said(format!("{title} {number}{unit} {bound}"), "核对正负号、小数点和单位")
}

/// A number in a cell joined downwards.
pub fn joined_number(cell: &str) -> Said {
    said(format!("合并单元格 {cell} 的数值只记在它的第一行"), "如果每行各有数值，请拆开合并单元格分别填写")
}

/// A whole column of error values.
pub fn column_of_errors(column: &str, count: usize, message: &str) -> Said {
    said(
        format!("{column} 列 {count} 个单元格都不能用：{message}"),
        "公式引用的表或单元格已不存在；恢复引用，或粘贴为数值后重新导入",
    )
}

/// More of the same in this column.
pub fn and_more(count: usize, column: &str) -> Said {
    said(format!("{column} 列还有 {count} 处同样的问题"), "")
}

/// Appended to a message that concerns several rows.
pub fn in_rows(count: usize) -> String {
    format!("（共 {count} 行）")
}

/// Appended to a message that concerns these runs of rows.
pub fn in_these_rows(count: usize, runs: &[(u32, u32)]) -> String {
    let run = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}—{last}") }
    };
    let runs: Vec<String> = runs.iter().map(run).collect();
    format!("（共 {count} 行：第 {} 行）", runs.join("、"))
}

/// A name or code no entry has.
pub fn unknown_entry(text: &str, book: &str) -> Said {
    said(format!("“{}”不在“{book}”中", shown(text)), format!("先把它录入“{book}”，或改正写法后重新导入"))
}

/// A name that is like one of the register.
pub fn near_match(name: &str, book: &str, best: &str, permille: u16) -> Said {
    said(
        format!("“{}”不在“{book}”中，最像“{}”（{}）", shown(name), shown(best), percent(permille)),
        "已列入待确认名单；确认是同一家后重新导入，系统会记住",
    )
}

fn percent(permille: u16) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

/// Why a name is offered: it is like the entry's.
pub fn like(label: &str, code: &str, other_form: bool) -> String {
    let form = if other_form { "，企业类型不同" } else { "" };
    format!("与“{label}”（{code}）名称相近{form}")
}

/// Why a name is offered: the same name under another code.
pub fn same_name_other_code(written: &str, code: &str) -> String {
    format!("名称相同，但文件中的代码是 {}，台账中是 {code}", shown(written))
}

/// Why a name is offered: several entries have it.
pub fn same_name_several(code: &str) -> String {
    format!("几个条目同名，这一个的代码是 {code}")
}

/// A code the entry had before.
pub fn former_code(code: &str, name: &str, present: &str) -> Said {
    said(format!("{code} 是“{name}”以前的代码，按现代码 {present} 入账"), "请提醒报送单位改用现代码")
}

/// The code is one enterprise's, the name another's.
pub fn code_and_name_differ(code: &str, owner: &str, name: &str, own: &str) -> Said {
    said(
        format!("代码 {code} 属于“{owner}”，而“{}”的代码是 {own}", shown(name)),
        "本行暂不入账；核对代码和名称哪一个填错了",
    )
}

/// The same code with another name.
pub fn name_differs(code: &str, name: &str, known: &str) -> Said {
    said(
        format!("代码 {code} 的名称写作“{}”，名录中是“{known}”", shown(name)),
        "如已更名，请在名录中更新名称并把旧名填入曾用名；如写错，请通知报送单位",
    )
}

/// A required value is missing.
pub fn required_missing(title: &str) -> Said {
    said(format!("缺少必填的“{title}”"), "补填后重新导入")
}

/// A required value has no column.
pub fn required_without_column(title: &str) -> Said {
    said(format!("缺少必填的“{title}”，表中也没有这一栏"), "在表中加上这一栏，或先从别的表导入它")
}

/// Two rows of one key say different things.
pub fn conflict(title: &str, there: &str, one: &str, other: &str) -> Said {
    said(
        format!("与 {there} 是同一条目，但“{title}”一处是 {}，一处是 {}", shown(one), shown(other)),
        "两行都暂不入账；删去错的一行，或改正代码后重新导入",
    )
}

/// A row repeats another.
pub fn row_repeated(there: &str) -> Said {
    said(format!("与 {there} 的一行重复，只记一次"), "")
}

/// Rows repeat others, one by one.
pub fn rows_repeated(there: &str, count: usize) -> Said {
    said(format!("这 {count} 行与 {there} 逐行重复，只记一次"), "")
}

/// Empty cells where the ledger has a value.
pub fn blank_keeps_value(title: &str, rows: usize) -> Said {
    said(format!("“{title}”有 {rows} 行为空，台账中原有的数值保留"), "如果原数值应当作废，请在台账中撤销")
}

/// A reference to a row of this file that is held back.
pub fn refers_to_held_row() -> Said {
    said("所引用的条目在本文件中，但那一行暂不入账", "先解决那一行的问题")
}

/// A check of a book failed.
pub fn check_failed(message: &str, hint: &str, values: &str) -> Said {
    let values = if values.is_empty() { String::new() } else { format!("（{values}）") };
    said(format!("{message}{values}"), hint)
}

/// More rows of a table fail a check; `last` is the last one's message.
pub fn check_fails_more(last: &str, count: usize) -> Said {
    said(
        format!("还有 {count} 行同样的问题，最后一处：{last}"),
        "问题较多时多半是整列有误：先核对单位和栏目，再逐行看",
    )
}

/// A value against the subject's history.
pub fn against_history(value: &str, median: Decimal) -> String {
    format!("{value}，历史中位数 {}", median.normalize())
}

/// Values that another entry has too.
pub fn same_as(values: &str, other: &str) -> String {
    format!("{values}，与 {other} 相同")
}

/// The very same bytes were imported before.
pub fn already_taken_in(revision: Revision, adds: bool) -> Said {
    let rest = if adds { "只补入当时未能入账的内容" } else { "没有需要改动的内容" };
    said(format!("这个文件已在 {revision} 收录过，{rest}"), "")
}

/// Macros in the file.
pub fn macros_not_kept() -> Said {
    said("文件带有宏；宏没有运行，也没有读取", "建议另存为不带宏的 .xlsx 后报送")
}
