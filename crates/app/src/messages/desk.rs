//! Sentences of the desk.

use model::finding::{Finding, Place, Severity};

use crate::desk::DeskFault;

/// The sentence and hint of a fault of the desk; those of others are elsewhere.
pub fn fault(fault: &DeskFault) -> Option<(String, String)> {
    let said = |message: String, hint: &str| Some((message, hint.to_owned()));
    match fault {
        DeskFault::Ledger(_) | DeskFault::Refused(_) | DeskFault::Worker(_) => None,
        DeskFault::Stopped => said("已按要求停止，没有留下任何改动".to_owned(), ""),
        DeskFault::BytesGone { file } => {
            said(format!("“{file}”的文件内容不在了（恢复备份后会这样）"), "请重新选这个文件")
        }
        DeskFault::Moved(moved) => {
            let errors = if moved.new.is_empty() {
                String::new()
            } else {
                format!("，新出现 {} 个问题", moved.new.len())
            };
            said(
                format!(
                    "比对“{}”之后，台账从版本 {} 到了 {}：{} 条的变化与您看到的不同{errors}；没有入账",
                    moved.file, moved.since, moved.now, moved.other
                ),
                "核对现在的变化和问题，再入账一次",
            )
        }
        DeskFault::NotOwn(places) => said(
            format!("有 {} 行不是本企业的，文件没有收下", places.len()),
            "只保留本企业的行，核对统一社会信用代码和企业名称后重新上传",
        ),
        DeskFault::Layout(findings) => said(format!("版式有 {} 处错误", findings.len()), "按提示修改后再试"),
        DeskFault::Taken(path) => said(format!("内容文件 {path} 已经存在"), "在版式第一行换一个文件名"),
        DeskFault::UnknownBook(book) => said(
            format!("台账 {book} 还不在生效的内容里，不能入账"),
            "先把版式和台账定义保存为本园区的内容（由管理员操作）",
        ),
        DeskFault::Unreadable(finding) => Some((finding.message.clone(), finding.hint.clone())),
        DeskFault::Content { path, source } => {
            said(format!("内容文件 {path} 写不了：{source}"), "检查数据文件夹的空间和权限")
        }
    }
}

/// A row an enterprise sent that is not about itself.
pub fn not_own_row(place: &Place) -> Finding {
    Finding {
        code: "not-own-row".to_owned(),
        severity: Severity::Error,
        place: place.clone(),
        message: "这一行认不出是本企业的".to_owned(),
        hint: "核对统一社会信用代码和企业名称；别家的行请删去".to_owned(),
    }
}

/// A file of a mapping whose path is not one for a layout or a book.
pub fn bad_path(path: &str) -> Finding {
    Finding {
        code: "layout".to_owned(),
        severity: Severity::Error,
        place: Place { file: path.to_owned(), ..Place::default() },
        message: format!("“{path}”不是版式或台账定义的文件名"),
        hint: "写成 layouts/名称.toml 或 books/名称.toml，名称用小写字母、数字和下划线".to_owned(),
    }
}
