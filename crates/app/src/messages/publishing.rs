//! Sentences of publishing and of care.

use crate::care::CareFault;
use crate::publishing::PdfFault;
use crate::report::ReportFault;

/// The title of a job that makes a backup.
pub const BACKUP: &str = "备份台账";
/// The title of a job that verifies the ledger.
pub const VERIFY: &str = "核对台账";

/// The sentence and hint of a PDF that could not be made.
pub fn pdf(fault: &PdfFault) -> (String, String) {
    match fault {
        PdfFault::Absent => (
            "本机没有装 LibreOffice，生成不了 PDF".to_owned(),
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
