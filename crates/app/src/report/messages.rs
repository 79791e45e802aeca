//! Every Chinese sentence of report building: faults of templates, reasons of unfilled slots, the evidence workbook.
//!
//! Deliberately absent: reasons of blank figures (`figures::messages`) and numbers in words (`model::wording::number`).

use model::definition::{ClaimFunction, Parameter, ParameterValues};
use model::id::FigureId;
use model::period::Window;
use model::wording::diagnostic::perhaps;

use super::ask::Part;

type Said = (String, String);

fn said(message: impl Into<String>, hint: impl Into<String>) -> Said {
    (message.into(), hint.into())
}

/// A tag and what is wrong with it.
pub(super) fn in_tag(tag: &str, message: &str) -> String {
    format!("“{tag}”：{message}")
}

/// A paragraph of a part of a Word file.
pub(super) fn paragraph(part: &str, number: usize) -> String {
    match part.rsplit('/').next().unwrap_or(part) {
        "document.xml" => format!("第{number}段"),
        other => format!("{other} 第{number}段"),
    }
}

/// A cell of a table as a sentence.
pub(super) fn in_cell(row: &str, column: &str, text: &str) -> String {
    let heads: Vec<&str> = [row, column].into_iter().filter(|head| !head.is_empty()).collect();
    format!("{}：{text}", heads.join(" × "))
}

// Templates.

pub(super) fn unexpected(text: &str) -> Said {
    said(format!("这里不能写“{text}”"), "可用的写法见 content/README.md 的“Reports”一节")
}

pub(super) fn cut_short() -> Said {
    said("没有写完", "检查引号和括号是否成对")
}

pub(super) fn too_deep() -> Said {
    said("括号嵌套太深", "拆成几个条件，或写成论断")
}

pub(super) fn taken_name(name: &str) -> Said {
    said(format!("“{name}”已有含义，不能另作名称"), "换一个名称")
}

pub(super) fn unknown_statement(name: &str) -> Said {
    said(format!("没有语句“{name}”"), "可用：if、elif、else、endif、for、endfor、set")
}

pub(super) fn unknown_function(name: &str, known: &[&str]) -> Said {
    said(format!("没有函数“{name}”"), format!("可用：{}", known.join("、")))
}

pub(super) fn unknown_attribute(name: &str, known: &[&str]) -> Said {
    said(format!("没有“.{name}”"), format!("{}可用：{}", near(name, known.iter().copied()), known.join("、")))
}

pub(super) fn unknown_filter(name: &str, known: &[&str]) -> Said {
    said(
        format!("没有过滤器“{name}”"),
        format!("{}可用：{}", near(name, known.iter().copied()), known.join("、")),
    )
}

pub(super) fn filter_arguments(name: &str, wanted: usize) -> Said {
    said(format!("过滤器“{name}”要写 {wanted} 个参数"), "例如 dp(1)、unit(\"亿元\")、join(\"、\")")
}

pub(super) fn literal_needed(text: &str) -> Said {
    said(format!("括号里不能写“{text}”，只能写固定的文字或整数"), "文字加引号")
}

pub(super) fn missing_argument() -> Said {
    said("少写了参数", "例如 fig(\"指标标识\")")
}

pub(super) fn too_many_arguments(detail: &str) -> Said {
    said(
        format!("多写了参数或参数名有误（{detail}）"),
        "fig 可用的参数：window、at、exclude、where；rows 可用：top",
    )
}

pub(super) fn undefined_name() -> Said {
    said("用到了没有定义的名称", "循环变量只在循环内有效；先用 set 定义再使用")
}

pub(super) fn out_of_fuel() -> Said {
    said("模板展开太大，已停止", "减少嵌套循环，或给 rows 加上 top")
}

pub(super) fn engine_refused(detail: &str) -> Said {
    said(format!("模板无法执行（{detail}）"), "可用的写法见 content/README.md 的“Reports”一节")
}

pub(super) fn unknown_figure<'a>(id: &str, known: impl Iterator<Item = &'a str> + Clone) -> Said {
    let hint = format!("{}用 parkledger content docs 查看全部指标", near(id, known));
    said(format!("没有指标“{id}”"), hint)
}

/// The name that was probably meant, where one is near.
fn near<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let found = perhaps(name, known);
    if found.ends_with('？') { found } else { String::new() }
}

pub(super) fn unknown_parameter<'a>(name: &str, known: impl Iterator<Item = &'a String> + Clone) -> Said {
    said(format!("报告没有参数“{name}”"), perhaps(name, known.map(String::as_str)))
}

pub(super) fn not_set(title: &str, name: &str) -> Said {
    said(format!("没有给出参数“{title}”"), format!("生成时加上 --set {name}=…，或在定义里写 default"))
}

/// The title of a pie that shows the first lines only.
pub(super) fn first_lines(title: &str, count: usize) -> String {
    format!("{title}（前{count}位）")
}

/// The head of a table that is offered to makers of templates.
pub(super) fn offered_table(unit: &str) -> String {
    let unit = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
    format!("|位次|名称|数值{unit}|占比（%）|同比|")
}

/// The title of a chart that is offered.
pub(super) fn offered_chart(title: &str, across: &str, growth: bool) -> String {
    match (across, growth) {
        ("years", _) => format!("历年{title}"),
        ("rows", _) => format!("{title}构成"),
        (_, true) => format!("今年以来{title}同比"),
        _ => format!("今年以来{title}"),
    }
}

/// A day as letters have it.
pub(super) fn day(date: jiff::civil::Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

pub(super) fn no_such_value(parameter: &Parameter, text: &str) -> Said {
    let hint = match &parameter.values {
        ParameterValues::Field(..) => "核对名称，与台账里写的一致".to_owned(),
        ParameterValues::Figures(figures) => {
            let names: Vec<&str> = figures.iter().map(FigureId::as_str).collect();
            format!("可取：{}", names.join("、"))
        }
        ParameterValues::Choices(words) => format!("可取：{}", words.join("、")),
        ParameterValues::Day => "写成 2023-11-15".to_owned(),
    };
    said(format!("参数“{}”没有这个值：{text}", parameter.title), hint)
}

pub(super) fn unknown_chart<'a>(name: &str, known: impl Iterator<Item = &'a String> + Clone) -> Said {
    said(format!("报告没有图“{name}”"), perhaps(name, known.map(String::as_str)))
}

pub(super) fn chart_stands_alone() -> Said {
    said("图只能单独成段", "单独一段写 {{ chart(\"图名\") }}")
}

/// Where a point of a chart stands.
pub(super) fn in_chart(title: &str, category: &str) -> String {
    format!("图“{title}”，{category}：")
}

pub(super) fn year(year: i16) -> String {
    format!("{year}年")
}

/// What a chart shows, for those who cannot see it.
pub(super) fn chart_words(title: &str, categories: &[String], series: &[office::docx::Series]) -> String {
    let line = |series: &office::docx::Series| {
        let points = categories.iter().zip(&series.points);
        let points = points.map(|(name, number)| format!("{name}{}", number.as_deref().unwrap_or("—")));
        format!("{}（{}）：{}", series.title, series.unit, points.collect::<Vec<_>>().join("，"))
    };
    format!("{title}。{}", series.iter().map(line).collect::<Vec<_>>().join("。"))
}

pub(super) fn unknown_claim(id: &str) -> Said {
    said(format!("没有论断“{id}”"), "论断定义在指标文件的 [claims.…] 中")
}

pub(super) fn unknown_exclusion(id: &str) -> Said {
    said(format!("没有剔除名单“{id}”"), "剔除名单定义在指标文件的 [exclusions.…] 中")
}

pub(super) fn unknown_unit(id: &str) -> Said {
    said(format!("没有单位“{id}”"), "全部单位见 content/units.toml")
}

pub(super) fn other_dimension(from: &str, to: &str) -> Said {
    said(format!("“{from}”不能换算成“{to}”"), "单位的量纲不同")
}

pub(super) fn no_such_scale(unit: &str) -> Said {
    said(format!("“{unit}”没有相应的万、亿单位"), "去掉 wan、yi，或用 unit(\"…\") 指明单位")
}

pub(super) fn bad_places(most: u32) -> Said {
    said("小数位数不对", format!("写 0 到 {most} 的整数"))
}

pub(super) fn bad_window(text: &str) -> Said {
    said(format!("没有期间“{text}”"), "可用：month、ytd、quarter、half、year、moment")
}

pub(super) fn bad_at(text: &str) -> Said {
    said(format!("at 不能写“{text}”"), "可用：period、last_year、plan、2023-06、q1 到 q4、h1、h2")
}

pub(super) fn bad_field(text: &str) -> Said {
    said(format!("“{text}”不是字段"), "写成 字段、引用字段.字段，或 字段/层级")
}

pub(super) fn cannot_break_down(title: &str, field: &str) -> Said {
    said(format!("指标“{title}”不能按“{field}”分开"), "字段要在指标所用的台账里")
}

pub(super) fn no_such_part(name: &str) -> Said {
    said(format!("这里没有“.{name}”"), "指标、分组行、剔除名单和期间各有哪些部分，见 content/README.md")
}

pub(super) fn no_such_fact<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Said {
    let names: Vec<&str> = known.collect();
    said(format!("这里没有“{name}”"), format!("可用的有：{}", names.join("、")))
}

pub(super) fn cannot_keep(name: &str) -> Said {
    said(format!("set 和 for 不能用“.{name}”"), "set 只记指标或剔除名单，for 只用 .rows(…)；数值在使用处再取")
}

pub(super) fn condition_needs_claim(name: &str) -> Said {
    said(
        format!("条件里不能直接用“{name}”"),
        "把判断写成论断（claims），在条件里用 claim(\"…\")；数量可用 .count",
    )
}

pub(super) fn claim_only_in_conditions() -> Said {
    said("论断只能用在 if 和 elif 里", "写成 {% if claim(\"…\") %}文字{% endif %}")
}

pub(super) fn rows_only_in_loops() -> Said {
    said(".rows(…) 只能用在 for 里", "写成 {% for 名称 in fig(\"…\").rows(\"字段\") %}")
}

pub(super) fn loops_need_rows() -> Said {
    said("for 后面不是分组", "写成 fig(\"指标\").rows(\"字段\")")
}

pub(super) fn prints_nothing() -> Said {
    said("这里没有可以打印的内容", "写明要打印哪一部分，例如 .value、.names、.year")
}

pub(super) fn filter_does_not_fit(name: &str) -> Said {
    let hint = match name {
        "yi" | "wan" | "unit" => "只用于有单位的数值",
        "words" => "只用于增速、环比和百分数",
        "join" => "只用于名单",
        "cn" => "只用于整数",
        _ => "只用于数值",
    };
    said(format!("过滤器“{name}”不能用在这里"), hint)
}

pub(super) fn blank_without_slot(n: u32, name: &str, slot: &str) -> Said {
    said(format!("第 {n} 空“{name}”没有对应的“{slot}”"), "在模板里补上，或改正 report.toml 中的 slot 和 loop")
}

// Unfilled slots.

/// What an unfilled slot prints.
pub(super) fn missing(reason: &str) -> String {
    format!("【缺：{reason}】")
}

pub(super) fn unfilled(title: &str, part: &str, reason: &str, around: &str) -> String {
    format!("“{title}”的{part}没有填上：{reason}（{around}）")
}

/// What to do about a blank figure.
pub(super) const FILL_HINT: &str = "补报或改正数据后重新生成；在文中保留标记，不要手工填数";

pub(super) fn empty_text() -> Said {
    said("台账中是空白文字", FILL_HINT)
}

pub(super) fn no_names() -> Said {
    said("名单是空的", FILL_HINT)
}

pub(super) fn not_whole() -> Said {
    said("不是整数，不能写成中文数字", "去掉 cn，或加 floor")
}

pub(super) fn too_large() -> Said {
    said("数值超出可精确表示的范围", "换用更大的单位")
}

pub(super) fn growth_has_no_number(turn: &str) -> Said {
    said(format!("基数或本期为负，只能写“{turn}”"), "用 words 过滤器，并去掉后面的 %")
}

pub(super) fn not_a_part(part: Part) -> Said {
    said(format!("该指标没有{}", part_title(part)), "改用别的部分，或改指标定义")
}

pub(super) fn row_without_name() -> String {
    "（未注明）".to_owned()
}

pub(super) fn empty_loop(tag: &str) -> Said {
    said(format!("“{tag}”没有可列的内容，这一段没有展开"), "核对该指标在本期是否有数据")
}

pub(super) fn doubtful(title: &str, period: &str, note: &str) -> String {
    format!("“{title}”（{period}）：{note}")
}

pub(super) const DOUBTFUL_HINT: &str = "在证据表中核对这些条目，必要时补报或改正";

// Claims.

pub(super) fn claim_false(title: &str, operands: &str) -> Said {
    said(format!("论断“{title}”不成立：{operands}"), "文中已改用另一种说法；请核对措辞")
}

pub(super) fn claim_unknown(title: &str, reason: &str, operands: &str) -> Said {
    let operands = if operands.is_empty() { String::new() } else { format!("；{operands}") };
    said(format!("论断“{title}”无法判断：{reason}{operands}"), "补齐数据后重新生成")
}

/// One question of a claim: `规上工业总产值（当月）同比`.
pub(super) fn claim_call(
    function: ClaimFunction,
    figure: &str,
    window: Option<Window>,
    without: Option<&str>,
) -> String {
    let asked = match function {
        ClaimFunction::Value | ClaimFunction::Rank => "",
        ClaimFunction::Yoy | ClaimFunction::YoyExcluding => "同比（%）",
        ClaimFunction::Mom => "环比（%）",
        ClaimFunction::Target => "任务数",
        ClaimFunction::LastTarget => "上年数",
        ClaimFunction::Completion => "完成任务（%）",
        ClaimFunction::Elapsed => "时间进度（%）",
        ClaimFunction::Share => "（%）",
        ClaimFunction::IsRecordHigh => "是历史最高",
    };
    let window = match window {
        None => "",
        Some(Window::Month) => "当月",
        Some(Window::Ytd) => "累计",
        Some(Window::Quarter) => "当季",
        Some(Window::Half) => "当半年",
        Some(Window::Year) => "全年",
        Some(Window::Moment) => "期末",
    };
    let without = without.map(|set| format!("剔除{set}")).unwrap_or_default();
    format!("{figure}{window}{without}{asked}")
}

pub(super) fn operand(name: &str, value: &str) -> String {
    format!("{name} = {value}")
}

/// A claim without enough earlier values to judge it by.
pub(super) const NOT_ENOUGH: &str = "可比的历史数据不足";

/// Who was left out.
pub(super) fn without(names: &str) -> String {
    format!("剔除{names}")
}

/// Between operands.
pub(super) const AND: &str = "；";
pub(super) const HOLDS: &str = "成立";
pub(super) const FAILS: &str = "不成立";
pub(super) const UNKNOWN: &str = "无法判断";

// Names of parts.

/// What a part is called.
pub(super) fn part_title(part: Part) -> &'static str {
    match part {
        Part::Value => "数值",
        Part::Yoy => "同比",
        Part::Mom => "环比",
        Part::Share => "占比",
        Part::Pull => "拉动",
        Part::Rank => "位次",
        Part::Target => "任务数",
        Part::LastTarget => "上年任务数",
        Part::Completion => "完成任务",
        Part::Names => "名单",
        Part::Count => "个数",
        Part::FromMonth => "起始月",
        Part::Month => "月份",
        Part::Year => "年份",
        Part::Quarter => "季度",
        Part::Name => "名称",
        Part::Unit => "单位",
    }
}

pub(super) const REPORT_PERIOD: &str = "报告期";
pub(super) const PLAN_PERIOD: &str = "计划年度";

/// A line of a breakdown.
pub(super) fn row_title(title: &str, row: &str) -> String {
    format!("{title}：{row}")
}

pub(super) fn alias(title: &str, part: &str, period: &str) -> String {
    format!("{title} {part} {period}").trim().to_owned()
}

/// Properties of the document.
pub(super) fn subject(period: &str) -> String {
    format!("统计期：{period}")
}

pub(super) fn description(revision: &str, content: &str) -> String {
    format!(
        "由园区台账生成；账本版次 {revision}；口径版本 {content}。文中每个数字都是内容控件，标记可在证据表中查到出处。"
    )
}

// The evidence workbook.

/// Sheet names.
pub(super) const INDEX: &str = "目录";
pub(super) const ENTRIES: &str = "条目";
pub(super) const SOURCES: &str = "来源文件";
pub(super) const CLAIMS: &str = "论断";
pub(super) const PROBLEMS: &str = "未填与问题";
pub(super) const ABOUT: &str = "说明";

pub(super) const INDEX_NOTE: &str = "按正文顺序，一处一行。点“依据”跳到明细；【】内是正文中的文字。";
pub(super) const INTERNAL: &str =
    "内部资料，含单个企业数据，不得外传。一行是一个单元格；同一口径的多处引用共用一组依据。";
pub(super) const ENTRIES_TITLE: &str = "取数明细";
pub(super) const SOURCES_TITLE: &str = "来源文件";
pub(super) const SOURCES_NOTE: &str = "原件保存在账本中，可按摘要取出。";
pub(super) const CLAIMS_TITLE: &str = "论断及其依据";
pub(super) const CLAIMS_NOTE: &str = "不带数字的说法也有判断规则；不成立时正文改用另一种说法。";
pub(super) const PROBLEMS_TITLE: &str = "未填与问题";
pub(super) const PROBLEMS_NOTE: &str = "发文前逐条处理。";
pub(super) const ABOUT_TITLE: &str = "怎样看这张表";

pub(super) const INDEX_HEAD: [&str; 12] = [
    "序号",
    "所在段落",
    "正文中的文字",
    "指标",
    "部分",
    "统计期",
    "准确值",
    "单位",
    "口径",
    "条目数",
    "依据",
    "控件标记",
];
pub(super) const ENTRIES_HEAD: [&str; 16] = [
    "依据",
    "指标",
    "统计期",
    "用途",
    "台账",
    "条目",
    "字段",
    "数值",
    "单位",
    "计入",
    "来源文件",
    "工作表",
    "单元格",
    "原文",
    "文件摘要",
    "版次",
];
pub(super) const SOURCES_HEAD: [&str; 4] = ["文件", "摘要（SHA-256）", "收到时间", "用到的条目数"];
pub(super) const CLAIMS_HEAD: [&str; 5] = ["论断", "结果", "依据", "原因", "模板中的条件"];
pub(super) const PROBLEMS_HEAD: [&str; 4] = ["程度", "位置", "问题", "处理"];
pub(super) const ABOUT_HEAD: [&str; 2] = ["项目", "内容"];

pub(super) const CURRENT: &str = "本期";
pub(super) const PRIOR: &str = "基期";
pub(super) const ERROR: &str = "错误";
pub(super) const WARNING: &str = "警告";
pub(super) const NOTE: &str = "提示";
pub(super) const BY_HAND: &str = "手工录入";
pub(super) const SHEET_NAME: &str = "工作表名称";
pub(super) const FILE_NAME: &str = "文件名";
pub(super) const LAYOUT: &str = "版式规定";

pub(super) fn row_only(row: u32) -> String {
    format!("第{row}行")
}

/// The name of a list of entries.
pub(super) fn list_name(index: usize) -> String {
    format!("G{}", index + 1)
}

pub(super) fn index_title(report: &str, period: &str) -> String {
    format!("{report} {period} 取数依据")
}

pub(super) fn left_out(entries: usize, sum: &str) -> String {
    format!("其余 {entries} 个条目未列出，合计计入 {sum}")
}

pub(super) fn hidden(entries: usize) -> String {
    format!("另有 {entries} 个条目属统计保密或无权查看，未列出")
}

/// The lines of the last sheet.
pub(super) fn about(built: &super::Built, rows: usize) -> Vec<(&'static str, String)> {
    let about = &built.provenance;
    let unfilled = built.slots.iter().filter(|slot| slot.blank.is_some()).count();
    vec![
        ("报告", format!("{}（{}）", about.title, about.report)),
        ("报告期", about.period.clone()),
        ("账本版次", about.revision.to_string()),
        ("口径版本", about.content.clone()),
        ("文档摘要", built.digest.clone()),
        ("取数", format!("正文 {} 处，其中未填 {unfilled} 处；明细 {rows} 行", built.slots.len())),
        ("怎样查一个数", "在“目录”表中按正文顺序或用筛选找到它，点“依据”列跳到“条目”表中的那一组，再看来源文件、工作表和单元格。".to_owned()),
        ("准确值与正文", "准确值是四舍五入之前的数，单位见同一行；正文按模板规定的单位和位数印出。".to_owned()),
        ("计入", "该条目计入指标的数，单位为指标的单位；累计数相减得出单月数时，前一月以负数列出；名单和比率不列。".to_owned()),
        ("用途", "“本期”计入数值，“基期”用于同比或环比。".to_owned()),
        ("数值与原文", "数值是账本中的值；原文是单元格中的文字，只在两者写法不同时列出。".to_owned()),
        ("保密", "“条目”表含统计调查的单个对象资料，限本单位核对使用（统计法第二十八条）。".to_owned()),
    ]
}

/// What numbers that only say when end with.
pub(super) const TIME_SIGNS: [char; 3] = ['年', '月', '日'];
