//! Why a file could not be read at all: a sentence and a hint for each fault of `office`.

use office::ReadFault;
use office::fault::{LooksLike, Unsupported};

/// The sentence and the hint of a fault.
pub fn read_fault(fault: &ReadFault) -> (String, String) {
    let said = |message: String, hint: &str| (message, hint.to_owned());
    const RESAVE: &str = "用 Excel 或 WPS 打开后另存为 .xlsx 再导入；打不开就请发送单位重发";
    match fault {
        ReadFault::NotAWorkbook { looks_like } => said(
            format!("这不是表格文件，内容像是{}", looks(*looks_like)),
            "核对是否选错了文件；网页导出的“表格”请另存为 .xlsx",
        ),
        ReadFault::UnsupportedFormat { format } => {
            said(format!("暂不支持{}", unsupported(*format)), "另存为 .xlsx 再导入")
        }
        ReadFault::TooLarge { bytes, limit } => said(
            format!("文件有 {} MB，超过 {} MB 的上限", bytes >> 20, limit >> 20),
            "删去图片和空白区域，或按月、按表拆成几个文件",
        ),
        ReadFault::Encrypted => said(
            "表格设了打开密码，读不了".to_owned(),
            "在 Excel 或 WPS 中输入密码打开，去掉密码保护后再导入",
        ),
        ReadFault::TruncatedZip => said("文件不完整，可能没有下载完".to_owned(), "重新下载或请发送单位重发"),
        ReadFault::BrokenZip { .. } | ReadFault::BrokenPart { .. } | ReadFault::BrokenBinary { .. } => {
            said("文件已损坏".to_owned(), RESAVE)
        }
        ReadFault::ZipBomb { part, .. } => {
            said(format!("文件展开后异常巨大（{part}），已拒绝"), "这不像正常的报表；请向发送单位核实")
        }
        ReadFault::UnsafePartName { name } => {
            said(format!("文件内部名称异常：{name}"), "这不像正常的报表；请向发送单位核实")
        }
        ReadFault::DuplicatePart { name } => said(format!("文件内部有两份同名内容：{name}"), RESAVE),
        ReadFault::MissingPart { part } => said(format!("文件缺少内容：{part}"), RESAVE),
        ReadFault::Doctype { part } | ReadFault::Entity { part, .. } => {
            said(format!("文件里有不允许的外部定义（{part}），已拒绝"), "这不像正常的报表；请向发送单位核实")
        }
        ReadFault::TooManySheets { limit } => said(format!("工作表超过 {limit} 个"), "拆成几个文件"),
        ReadFault::TooManyCells { sheet, limit } => {
            said(format!("工作表“{sheet}”的单元格超过 {limit} 个"), "删去空白行列，或拆成几个文件")
        }
        ReadFault::TooManyStrings { limit } => said(format!("文件里的文字超过 {limit} 条"), "拆成几个文件"),
        ReadFault::TooMuchText { limit } => {
            said(format!("文件里的文字超过 {} MB", limit >> 20), "拆成几个文件")
        }
        ReadFault::CellTooLong { sheet, cell, limit } => {
            said(format!("{sheet}!{cell} 的文字超过 {limit} 个字"), "删短该单元格的文字")
        }
        ReadFault::StringTooLong { limit, .. } => {
            said(format!("有一个单元格的文字超过 {limit} 个字"), "删短该单元格的文字")
        }
        ReadFault::TooManyMerges { sheet, limit } => {
            said(format!("工作表“{sheet}”的合并区域超过 {limit} 个"), RESAVE)
        }
        ReadFault::BadReference { sheet, reference, .. } => {
            said(format!("工作表“{sheet}”里的单元格位置“{reference}”不合规"), RESAVE)
        }
        ReadFault::DanglingString { sheet, cell, .. } => said(format!("{sheet}!{cell} 的文字丢失"), RESAVE),
        ReadFault::BadEncoding => {
            said("文字编码不是 UTF-8、UTF-16 或 GB18030".to_owned(), "另存为 UTF-8 编码的 CSV，或 .xlsx")
        }
    }
}

fn looks(like: LooksLike) -> &'static str {
    match like {
        LooksLike::Empty => "空文件",
        LooksLike::Html => "网页",
        LooksLike::WebArchive => "网页存档",
        LooksLike::Pdf => "PDF 文档",
        LooksLike::Executable => "程序",
        LooksLike::Image => "图片",
        LooksLike::WordDocument => "Word 文档",
        LooksLike::Presentation => "演示文稿",
        LooksLike::RichText => "RTF 文档",
        LooksLike::ZipArchive => "ZIP 压缩包",
        LooksLike::OtherArchive => "压缩包",
        LooksLike::OtherCompound => "别种旧式 Office 文件",
        LooksLike::OtherXml => "别种 XML",
        LooksLike::Binary => "二进制数据",
    }
}

fn unsupported(format: Unsupported) -> &'static str {
    match format {
        Unsupported::Ods => " OpenDocument 表格（.ods）",
        Unsupported::Xlsb => "二进制表格（.xlsb）",
        Unsupported::OldExcel => " Excel 4 或更早的表格",
        Unsupported::SpreadsheetXml => " Excel 2003 XML 表格",
    }
}

/// A worker that ended without an answer.
pub fn worker_killed() -> (String, String) {
    (
        "文件过大或已损坏，读取时超出限制，已停止".to_owned(),
        "另存为新的 .xlsx 再试；仍不行请拆成几个文件".to_owned(),
    )
}
