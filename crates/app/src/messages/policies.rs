//! What is said about policies.

use assess::policy::{Held, Lack, Line, Out};
use jiff::civil::Date;
use model::definition::Input;
use rust_decimal::Decimal;

/// A policy, enterprise or case that is not there.
pub fn unknown(name: &str, known: &[String]) -> String {
    format!("没有“{name}”；可用：{}", known.join("、"))
}

/// A policy no book feeds.
pub fn not_fed(title: &str) -> String {
    format!("“{title}”只有算法，没有对应的台账，不能测算")
}

/// The books of cases are not named.
pub fn no_books() -> String {
    "没有兑现办理台账：content/policies.toml 缺少或有误".to_owned()
}

/// A policy that is not in force, or a draft.
pub fn not_in_force(title: &str, year: i16) -> String {
    format!("“{title}”在 {year} 年不执行，只能测算，不能兑现")
}

/// The document is not there.
pub fn no_document(title: &str) -> String {
    format!("“{title}”没有文号，先按文件补齐再兑现")
}

/// Nothing to confirm.
pub fn nothing_due(reasons: &[String]) -> String {
    if reasons.is_empty() { "没有可兑现的金额".to_owned() } else { reasons.join("；") }
}

/// What the person saw is not what it is.
pub fn amount_changed(now: Decimal) -> String {
    format!("数据已变，现在算出 {now} 元；重新核对后再确认")
}

/// A case that may not go there.
pub fn no_way(from: &str, to: &str) -> String {
    format!("“{from}”之后不能直接到“{to}”")
}

/// A stage without a word in the book.
pub const NO_WORD: &str = "台账里没有的状态";

/// Publicity is not over.
pub fn still_public(days: u16) -> String {
    format!("公示未满 {days} 天")
}

/// More than the money set aside.
pub fn over_budget(left: Decimal) -> String {
    format!("预算只剩 {left} 元")
}

/// Taken back, refused, withdrawn: without a reason.
pub fn say_why() -> String {
    "不予兑现、撤回、追回要写明原因".to_owned()
}

/// A payment without its clause.
pub fn no_clause(title: &str, register: &str) -> String {
    format!("“{title}”在“{register}”里没有对应的条款：先登记条款，把条款编号写进政策文件的 clause")
}

/// Why the program wrote cases.
pub fn matched(on: Date) -> String {
    format!("自动匹配 {on}：符合免申即享条件，待人工确认")
}

/// Why a case nobody looked at was taken back.
pub const NOT_DUE_ANY_MORE: &str = "数据已变，不再符合条件";

/// Who the program is when it matches.
pub const MATCHER: &str = "自动匹配";

/// What the work of matching is called.
pub const MATCHING: &str = "政策自动匹配";

/// No book of grades and prices.
pub fn no_grades_book() -> String {
    "没有等级和加价的台账：content/policies.toml 缺少 [grades]".to_owned()
}

/// Grades of parcels price nobody.
pub fn not_of_enterprises(scheme: &str) -> String {
    format!("“{scheme}”评价的是地块：差别化价格按企业自己的等级，请选企业评价的结果")
}

/// Measures follow the published result.
pub fn not_public(year: i16) -> String {
    format!("{year} 年的评价结果还没有公布，不能据以加价")
}

/// Why grades were written.
pub fn grades_taken(run: u64) -> String {
    format!("按已公布的评价结果（第 {run} 号）登记等级")
}

/// There is a case already.
pub fn has_case(number: &str) -> String {
    format!("已在办理：{number}")
}

/// Another policy excludes this one.
pub fn not_together(title: &str) -> String {
    format!("与“{title}”不得重复享受")
}

/// The same loan under another policy.
pub fn same_item(item: &str, title: &str) -> String {
    format!("“{item}”已按“{title}”申领")
}

/// Once only.
pub fn only_once(year: &str) -> String {
    format!("只享受一次，{year} 年度已办理")
}

/// A condition that is not met, or not known.
pub fn condition(title: &str, known: bool) -> String {
    if known { format!("不符合：{title}") } else { format!("缺数据：{title}") }
}

/// What is not known.
pub fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Parameter(name) => format!("文件的数值待提供：{}", number_title(name)),
        Lack::Input(input) => format!("缺{}", self::input(*input)),
    }
}

/// What a formula asks.
pub const fn input(input: Input) -> &'static str {
    match input {
        Input::Principal => "本金",
        Input::Rate => "利率",
        Input::Lpr => "放款日LPR",
        Input::Base => "基准利率",
        Input::Made => "放款日期",
        Input::From => "起算日期",
        Input::Due => "到期日期",
        Input::Repaid => "还清日期",
        Input::Interest => "已付利息",
        Input::Other => "其他补贴",
        Input::Value => "本年数",
        Input::Before => "上年数",
        Input::Earlier => "前年数",
        Input::Received => "以前得过的金额",
        Input::Word => "称号或等级",
        Input::Price => "加价标准",
        Input::Repayments => "分期还本",
    }
}

/// Why a line has nothing.
pub const fn out(out: Out) -> &'static str {
    match out {
        Out::MadeOutside => "放款不在文件规定的期间",
        Out::TermTooLong => "期限超过规定",
        Out::TermTooShort => "期限不足",
        Out::PrincipalTooLarge => "单笔金额超过规定",
        Out::OtherSubsidy => "已有其他贴息",
        Out::NotRepaid => "没有还清",
        Out::RepaidOutside => "还清日期不在文件规定的期间",
        Out::UsedLate => "资金付给供应商晚于文件规定的日期",
        Out::NoDays => "本年度没有计息天数",
        Out::NotListed => "不在文件列出的称号、等级中",
        Out::TooLittleGrowth => "没有达到规定的水平或增幅",
        Out::TooLittleInterest => "利息不足规定的起点",
        Out::BeyondLeverage => "贷款余额超过资金池的放大倍数",
    }
}

/// What held an amount down.
pub const fn held(held: Held) -> &'static str {
    match held {
        Held::Rate => "按贴息率上限",
        Held::Loan => "按单笔上限",
        Held::Interest => "不超过已付利息减其他补贴",
        Held::Enterprise => "按单户上限",
        Held::Received => "减去以前得过的金额",
    }
}

/// A reckoning in words.
pub fn reckoning(line: &Line) -> String {
    let (Some(base), Some(rate)) = (line.base, line.rate) else {
        return line.full.map_or_else(String::new, |full| format!("{full} 元"));
    };
    let (base, rate) = (base.normalize(), rate.normalize());
    match (line.days, line.basis, line.from, line.until) {
        (Some(_), Some(basis), ..) if !line.parts.is_empty() => {
            let part =
                |part: &assess::policy::Part| format!("{} 元 × {} 天", part.base.normalize(), part.days);
            let parts: Vec<String> = line.parts.iter().map(part).collect();
            format!("（{}）× {rate}% ÷ {basis}，分期还本", parts.join(" + "))
        }
        (Some(days), Some(basis), Some(from), Some(until)) => {
            format!("{base} 元 × {rate}% × {days} 天 ÷ {basis}（{from} 起，{until} 止，止日不计）")
        }
        _ => format!("{base} × {rate}"),
    }
}

/// What a number of a document is, by its path in the file.
pub fn number_title(path: &str) -> String {
    let known = match path {
        "limits.cap" => "单户上限（元）",
        "formula.share" => SHARE,
        "formula.rate_cap" => RATE_CAP,
        "formula.loan_cap" => LOAN_CAP,
        "formula.principal_at_most" => "单笔本金上限（元）",
        "formula.interest_at_least" => "利息起点（元）",
        "formula.unit" => UNIT,
        "formula.each" => EACH,
        "formula.growth" => "增幅起点（%）",
        "formula.capital" => "资金池（元）",
        "formula.leverage" => "放大倍数",
        "formula.amounts" => "定额、系数或加价标准",
        "formula.steps.at" => "各档起点",
        "formula.steps.sum" => "各档累计（元）",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let mut parts = path.split('.').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("amounts"), Some(word), _) => format!("{word}（元）"),
        (Some("factors"), Some(word), _) => format!("{word} 系数"),
        (Some("surcharges"), Some(word), _) => format!("{word} 加价（元）"),
        (Some("parties"), Some(word), _) => format!("{word} 分担（%）"),
        (Some("steps"), Some(step), Some("at")) => format!("第 {step} 档起点"),
        (Some("steps"), Some(step), _) => format!("第 {step} 档累计（元）"),
        _ => path.to_owned(),
    }
}

/// A number that is tried and is none.
pub fn no_number(path: &str, text: &str) -> String {
    format!("“{text}”不能用作“{}”：写不小于零的数", number_title(path))
}

/// A number a policy does not have.
pub fn no_such_number(path: &str, known: &[&str]) -> String {
    format!("这项政策没有“{path}”；可以改的：{}", known.join("、"))
}

/// The name of a calculation sheet.
pub fn sheet_name(title: &str, enterprise: &str, year: i16) -> String {
    format!("{title}-{enterprise}-{year}-计算表.xlsx")
}

/// The tab with the reckoning, and the one that says where numbers come from.
pub const TABS: [&str; 2] = ["计算", "来源"];
/// Headings of the reckoning.
pub const HEADINGS: [&str; 11] = [
    "事项",
    "本金或基数",
    "贴息率（%）或标准",
    "起算日",
    "止日（不计）",
    "天数",
    "年天数",
    "应兑现（元）",
    "已付利息（元）",
    "其他补贴（元）",
    "核定（元）",
];
/// The second heading where what is multiplied is money.
pub const BASE_IN_YUAN: &str = "本金或基数（元）";
/// Headings of where numbers come from.
pub const SOURCES: [&str; 5] = ["计算表单元格", "台账或政策", "记录编号或文号", "字段或条款数值", "值"];
/// Numbers of a document.
pub const SHARE: &str = "比例（%）";
/// The most a rate is subsidised by.
pub const RATE_CAP: &str = "贴息率上限（%）";
/// The most of one loan.
pub const LOAN_CAP: &str = "单笔上限（元）";
/// The sum of a title.
pub const SUM_OF_TITLE: &str = "定额（元）";
/// The sum of a step.
pub const SUM_OF_STEP: &str = "分档累计（元）";
/// The size of a unit.
pub const UNIT: &str = "计奖单位";
/// Money per unit.
pub const EACH: &str = "每单位标准（元）";

/// A rate of a day.
pub fn of_day(text: &str, day: Date) -> String {
    format!("{text}（{day}）")
}

/// The name of a calculation sheet as a Word file.
pub fn document_name(title: &str, enterprise: &str, year: i16) -> String {
    format!("{title}-{enterprise}-{year}-计算表.docx")
}

/// A document number that is not there.
pub const TO_BE_SUPPLIED: &str = "文号待提供";

/// A part of a loan between two repayments.
pub fn part(number: usize) -> String {
    format!("　第 {number} 段余额")
}

/// Rows of a year added up.
pub fn year_sum(year: i16) -> String {
    format!("{year} 年合计")
}
/// The sum's row.
pub const SUM: &str = "合计";
/// The enterprise's cap.
pub const CAP: &str = "单户上限";
/// What is paid.
pub const PAID: &str = "兑现金额";

/// The lines under the title of a sheet.
pub fn sheet_head(enterprise: &str, year: i16, document: &str, authority: &str) -> [String; 2] {
    [format!("{enterprise}　{year} 年度"), format!("依据：{document}（{authority}）")]
}

/// Why a case was opened.
pub fn opened(document: &str) -> String {
    format!("按 {document} 核对数据后确认")
}

/// Why a case was moved on.
pub fn moved(word: &str, remark: &str) -> String {
    if remark.is_empty() { word.to_owned() } else { format!("{word}：{remark}") }
}
