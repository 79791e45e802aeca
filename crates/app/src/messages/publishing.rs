//! Sentences of publishing and of care.

use crate::asof::AsOfFault;
use crate::books::Origin;
use crate::care::CareFault;
use crate::publishing::{Cause, PdfFault};
use crate::report::ReportFault;

/// The title of a job that makes a backup.
pub const BACKUP: &str = "备份台账";
/// The title of a job that verifies the ledger.
pub const VERIFY: &str = "核对台账";

/// The name of the sheet of a revision table.
pub const TABLE_NAME: &str = "修订表";
/// The headings of a revision table.
pub const TABLE_HEAD: [&str; 17] = [
    "指标",
    "时期",
    "刊印为",
    "现为",
    "刊印时精确值",
    "现精确值",
    "差额",
    "变动%",
    "条目",
    "字段",
    "原值",
    "新值",
    "版本",
    "更正人",
    "更正时间",
    "来源",
    "所在语句",
];

/// The title and file name of a revision table.
pub fn revision_table(report: &str, period: &str, publication: u64) -> String {
    format!("{report} {period} 第{publication}次发布 修订表")
}

/// What a revision table says of itself.
pub fn table_remark(then: u64, now: u64, values: usize, changed: usize, seal: &str) -> String {
    format!("按第{then}版发布，与第{now}版比较：{values}处数据中{changed}处将改变。封存摘要 {seal}")
}

/// What moved a value.
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Entries => "台账更正",
        Cause::Content => "口径或模板改变",
        Cause::Both => "台账更正，口径或模板也变",
    }
}

/// Where a value came from, in one line.
pub fn place(place: &Origin) -> String {
    let parts = [place.file.as_str(), place.sheet.as_str(), place.cell.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ▸ ")
}

/// The sentence and hint of a day on which nothing was known.
pub fn as_of(fault: &AsOfFault) -> (String, String) {
    match fault {
        AsOfFault::NotADay(text) => {
            (format!("“{text}”不是日期，也不是版本号"), "写成 2023-11-20，或版本号 12".to_owned())
        }
        AsOfFault::TooEarly(day) => {
            (format!("{day} 台账里还什么都没有"), "选第一次入账之后的日期".to_owned())
        }
        AsOfFault::Ledger(fault) => super::fault::store_fault(fault),
    }
}

/// The sentence and hint of a document that was not made here.
pub fn nothing_of_ours() -> (String, String) {
    (
        "文件里没有本系统写入的数".to_owned(),
        "请用由本系统生成、改过文字的 .docx；别的文档请用“核对”".to_owned(),
    )
}

/// The sentence and hint of a report whose id is taken.
pub fn taken(id: &str) -> (String, String) {
    (format!("已有报告 {id}"), "换一个标识；改自己存过的报告，请勾选“替换”".to_owned())
}

/// The sentence and hint of an id that is none.
pub fn bad_id(id: &str) -> (String, String) {
    (format!("“{id}”不能做报告的标识"), "用小写字母开头，只用小写字母、数字和下划线，不超过 64 个".to_owned())
}

/// The sentence and hint of a paragraph nothing can be put at.
pub fn no_place(paragraph: usize) -> (String, String) {
    (format!("第{paragraph}段放不进去"), "表格不能放进单元格里；换一段再试".to_owned())
}

/// The sentence and hint of content that could not be written.
pub fn unwritten(path: &str) -> (String, String) {
    (format!("写不进 {path}"), "检查磁盘空间和权限".to_owned())
}

/// The sentence and hint of a PDF that could not be made.
pub fn pdf(fault: &PdfFault) -> (String, String) {
    match fault {
        PdfFault::Absent => (
            "本机找不到 LibreOffice，生成不了 PDF".to_owned(),
            "请管理员安装 libreoffice-writer（或在设置里写 pdf.soffice 的位置）；也可以在浏览器里打开预览，打印为 PDF"
                .to_owned(),
        ),
        PdfFault::Process(_) => (
            "启动不了 LibreOffice".to_owned(),
            "核对设置 pdf.soffice；也可以在浏览器里打开预览，打印为 PDF".to_owned(),
        ),
        PdfFault::Failed(_) => (
            "LibreOffice 没有转出 PDF".to_owned(),
            "先下载 Word 文档，用 Word 或 WPS 另存为 PDF；反复如此请管理员看日志".to_owned(),
        ),
    }
}

/// The sentence and hint of a report that could not be made.
pub fn report(fault: &ReportFault) -> (String, String) {
    match fault {
        ReportFault::NoReport(id) => (format!("没有报告 {id}"), "核对报告的标识".to_owned()),
        ReportFault::NoTemplate(path) => {
            (format!("报告的模板 {path} 不在"), "把模板放回内容文件夹".to_owned())
        }
        ReportFault::Template(findings) => {
            (format!("报告的模板有 {} 处写错", findings.len()), "按提示修改模板".to_owned())
        }
        ReportFault::Settings(faults) => match faults.as_slice() {
            [one] => (one.message.clone(), one.hint.clone()),
            many => (format!("报告有 {} 个参数没有给对", many.len()), "按提示填写参数".to_owned()),
        },
        ReportFault::NoSubject(title) => (
            format!("“{title}”所说的地块或企业找不到，或者您无权查看"),
            "单页在地块或企业的页面上生成；更新和核对时，请用有权查看它的账号".to_owned(),
        ),
        ReportFault::Document(_) => {
            ("报告的模板不能用".to_owned(), "用 Word 或 WPS 打开模板另存为 .docx 再试".to_owned())
        }
        ReportFault::Workbook(_) => ("依据底稿写不出来".to_owned(), "缩小范围后再试".to_owned()),
        ReportFault::Worker(_) => {
            ("生成报告的子进程没有完成".to_owned(), "稍后再试；反复如此请管理员看日志".to_owned())
        }
        ReportFault::Origins(_) => {
            ("读不出条目的来源".to_owned(), "用 parkledger verify 核对台账".to_owned())
        }
    }
}

/// The sentence and hint of a fault of care; those of others are elsewhere.
pub fn care(fault: &CareFault) -> Option<(String, String)> {
    match fault {
        CareFault::File { path, .. } => {
            Some((format!("读写 {} 时出错", path.display()), "检查磁盘空间和权限".to_owned()))
        }
        CareFault::Ledger(_) | CareFault::Refused(_) => None,
    }
}
