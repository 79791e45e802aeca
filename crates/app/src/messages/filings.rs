//! What is said about returns that enterprises file.

use rust_decimal::Decimal;

use crate::filings::FilingsFault;
use crate::filings::shapes::ReturnState;

fn said(message: impl Into<String>, hint: &str) -> (String, String) {
    (message.into(), hint.to_owned())
}

/// How far a return is, in a word.
pub fn word(state: ReturnState) -> &'static str {
    match state {
        ReturnState::SentBack => "已退回",
        ReturnState::Draft => "草稿",
        ReturnState::NotBegun => "未填",
        ReturnState::Submitted => "已报送",
        ReturnState::Accepted => "已入账",
        ReturnState::Recorded => "已有数据",
    }
}

/// The sentence and hint of a fault of returns; none for those of the ledger and the books beneath.
pub fn fault(fault: &FilingsFault) -> Option<(String, String)> {
    Some(match fault {
        FilingsFault::NotNow(state) => not_now(*state),
        FilingsFault::Own => own_return(),
        FilingsFault::Empty => empty(),
        FilingsFault::NoReason => no_reason(),
        FilingsFault::Refused(_) | FilingsFault::Ledger(_) | FilingsFault::Books(_) => return None,
    })
}

/// A step that is not possible at this point.
pub fn not_now(state: ReturnState) -> (String, String) {
    said(format!("报表现在是“{}”，不能这样做", word(state)), "刷新后看它现在到哪一步")
}

/// The one who filed it accepts it.
pub fn own_return() -> (String, String) {
    said("报送人不能审核自己报送的报表", "请另一位有入账权限的人审核")
}

/// Nothing was filled in.
pub fn empty() -> (String, String) {
    said("还没有填任何数", "先填写再报送；确实没有的指标填 0")
}

/// Sent back without a reason.
pub fn no_reason() -> (String, String) {
    said("没有写退回原因", "写明总的意见，或在有问题的指标旁写明原因")
}

/// A number that is far from the period before.
pub fn jump(percent: Decimal, before: &str, against_year: bool) -> (String, String) {
    let (turn, size) = if percent.is_sign_negative() { ("减少", -percent) } else { ("增加", percent) };
    let of = if against_year { "上年同期" } else { "上期" };
    said(format!("比{of}{turn}{}%（{of} {before}）", size.normalize()), "确认无误的，请在旁边写明原因")
}

/// What a return is called as a source of the ledger.
pub fn source(number: u64, title: &str, period: &str) -> String {
    format!("企业填报第{number}号　{title} {period}")
}

/// Who filed and who accepted it.
pub fn people(enterprise: &str, filed: &str, accepted: &str) -> String {
    format!("{enterprise} {filed} 报送，{accepted} 审核")
}

/// Why a revision is written.
pub fn accepted(number: u64, note: &str) -> String {
    if note.is_empty() {
        format!("企业填报第{number}号审核入账")
    } else {
        format!("企业填报第{number}号审核入账：{note}")
    }
}
