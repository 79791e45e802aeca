//! What users are told when a use case cannot go on: a sentence and a hint for each fault. The faults' own texts are
//! English, for logs and developers.

use std::error::Error;

use store::{Damage, StoreError};

use crate::access::{AccessFault, Refusal};
use crate::asof::AsOfFault;
use crate::care::CareFault;
use crate::desk::DeskFault;
use crate::enterprises::EnterprisesFault;
use crate::explore::ExploreFault;
use crate::intake::IntakeFault;
use crate::policies::PoliciesFault;
use crate::publishing::{PdfFault, PublishingFault};
use crate::reporting::ReportingFault;
use crate::sheets::SheetFault;
use crate::showcase::ShowcaseFault;
use crate::uses::UsesFault;

/// The sentence and hint of the first fault in an error's chain that has one.
pub fn of(error: &(dyn Error + 'static)) -> Option<(String, String)> {
    let mut next = Some(error);
    while let Some(fault) = next {
        if let Some(said) = one(fault) {
            return Some(said);
        }
        next = fault.source();
    }
    None
}

/// Of questions about figures, and of what numbers are used for.
fn explored(fault: &(dyn Error + 'static)) -> Option<(String, String)> {
    match fault.downcast_ref::<ExploreFault>() {
        Some(ExploreFault::Refused(refused)) => return Some(super::access::refusal(refused)),
        Some(ExploreFault::Ask(fault)) => return Some(super::explore::ask_fault(fault)),
        Some(ExploreFault::AsOf(fault)) => return Some(super::publishing::as_of(fault)),
        Some(ExploreFault::Ledger(fault)) => return Some(store_fault(fault)),
        None => {}
    }
    match fault.downcast_ref::<UsesFault>() {
        Some(UsesFault::Refused(refused)) => return Some(super::access::refusal(refused)),
        Some(UsesFault::Ledger(fault)) => return Some(store_fault(fault)),
        Some(UsesFault::Explore(fault)) => return one(fault),
        Some(UsesFault::Publishing(fault)) => return one(fault),
        Some(UsesFault::Parcels(fault)) => return one(fault),
        Some(UsesFault::UnknownFile(name)) => {
            let hint = "写收到时的文件名，连同 .xlsx 等后缀";
            return Some((format!("没有收过文件“{name}”"), hint.to_owned()));
        }
        None => {}
    }
    None
}

/// The fault of a sheet, by itself or in that of what it is about.
fn sheet<'f>(fault: &'f (dyn Error + 'static)) -> Option<&'f SheetFault> {
    match (fault.downcast_ref(), fault.downcast_ref()) {
        (Some(EnterprisesFault::Sheet(fault)), _) | (_, Some(PoliciesFault::Sheet(fault))) => Some(fault),
        _ => fault.downcast_ref(),
    }
}

fn one(fault: &(dyn Error + 'static)) -> Option<(String, String)> {
    if let Some(fault) = fault.downcast_ref::<StoreError>() {
        return Some(store_fault(fault));
    }
    if let Some(EnterprisesFault::Unknown { name, near }) = fault.downcast_ref() {
        return Some(super::enterprises::unknown(name, near));
    }
    if let Some(said) = sheet(fault).and_then(super::sheets::fault) {
        return Some(said);
    }
    if let Some(fault) = fault.downcast_ref::<AccessFault>() {
        return Some(super::access::fault(fault));
    }
    if let Some(refused) = fault.downcast_ref::<Refusal>() {
        return Some(super::access::refusal(refused));
    }
    match fault.downcast_ref::<IntakeFault>() {
        Some(IntakeFault::File { path, .. }) => {
            return Some((format!("读不到文件 {path}"), "核对文件名和位置，以及是否有权限读取".to_owned()));
        }
        Some(IntakeFault::Ledger(fault)) => return Some(store_fault(fault)),
        Some(IntakeFault::Worker(_)) => {
            return Some((
                "启动不了读取文件的子进程".to_owned(),
                "检查程序文件是否完整、系统是否限制了进程数".to_owned(),
            ));
        }
        None => {}
    }
    if let Some(said) = fault.downcast_ref::<DeskFault>().and_then(super::desk::fault) {
        return Some(said);
    }
    if let Some(fault) = fault.downcast_ref::<AsOfFault>() {
        return Some(super::publishing::as_of(fault));
    }
    if let Some(said) = explored(fault) {
        return Some(said);
    }
    if let Some(fault) = fault.downcast_ref::<PdfFault>() {
        return Some(super::publishing::pdf(fault));
    }
    if let Some(fault) = fault.downcast_ref::<PublishingFault>() {
        return Some(published(fault));
    }
    if let Some(said) = fault.downcast_ref::<CareFault>().and_then(super::publishing::care) {
        return Some(said);
    }
    match fault.downcast_ref::<ReportingFault>() {
        Some(ReportingFault::Ledger(fault)) => return Some(store_fault(fault)),
        Some(ReportingFault::Report(fault)) => return Some(super::publishing::report(fault)),
        None => {}
    }
    match fault.downcast_ref::<ShowcaseFault>()? {
        ShowcaseFault::NotEmpty(folder) => {
            Some((format!("文件夹 {} 已经有内容", folder.display()), "换一个空文件夹，或先删除它".to_owned()))
        }
        ShowcaseFault::Write { path, .. } => {
            Some((format!("写不进 {}", path.display()), "检查磁盘空间和权限".to_owned()))
        }
        ShowcaseFault::Demo(fault) => {
            Some((format!("演示数据的定义有错：{fault}"), "改正 content/demo 下的文件".to_owned()))
        }
        ShowcaseFault::Show(why) => {
            Some((format!("演示数据的定义有错：{why}"), "改正 content/demo/show.toml".to_owned()))
        }
        _ => None,
    }
}

/// Of reports, their templates and publications.
fn published(fault: &PublishingFault) -> (String, String) {
    match fault {
        PublishingFault::Report(fault) | PublishingFault::Document(fault) => super::publishing::report(fault),
        PublishingFault::NothingOfOurs => super::publishing::nothing_of_ours(),
        PublishingFault::Pdf(fault) => super::publishing::pdf(fault),
        PublishingFault::Taken(id) => super::publishing::taken(id),
        PublishingFault::BadId(id) => super::publishing::bad_id(id),
        PublishingFault::NoPlace(at) => super::publishing::no_place(*at),
        PublishingFault::Content { path, .. } => super::publishing::unwritten(path),
        PublishingFault::Ledger(fault) => store_fault(fault),
        PublishingFault::AsOf(fault) => super::publishing::as_of(fault),
        PublishingFault::Refused(refused) => super::access::refusal(refused),
    }
}

/// The sentence and hint of a fault of the ledger.
pub fn store_fault(fault: &StoreError) -> (String, String) {
    let said = |message: String, hint: &str| (message, hint.to_owned());
    match fault {
        StoreError::NotALedger(dir) => {
            said(format!("文件夹 {} 里没有台账", dir.display()), "核对 --data；第一次导入会自动新建台账")
        }
        StoreError::AlreadyThere(path) => {
            said(format!("{} 已经存在，没有覆盖", path.display()), "换一个位置或文件名")
        }
        StoreError::Setup { setting, found, wanted, fix } => {
            said(format!("数据库设置 {setting} 是 {found}，应为 {wanted}"), fix)
        }
        StoreError::Newer { found, known } => {
            said(format!("台账由更新的程序写成（格式 {found}，本程序到 {known}）"), "换用新版程序")
        }
        StoreError::ReadOnly => said("台账只能读，不能写".to_owned(), "检查数据文件夹的写权限"),
        StoreError::DiskFull => said("磁盘已满，没有写入".to_owned(), "腾出空间后重做一次；已入账的内容都在"),
        StoreError::Busy => said("另一个程序正在写台账".to_owned(), "稍等片刻再试"),
        StoreError::Failed | StoreError::Device(_) => {
            said("磁盘出错，已停止写入".to_owned(), "检查磁盘；重新打开后用 parkledger verify 核对")
        }
        StoreError::Stale { .. } | StoreError::NumberTaken(_) => {
            said("台账刚被别人改过，这次没有写入".to_owned(), "重新导入一次，核对变化后再入账")
        }
        StoreError::KeyTaken { key, .. } | StoreError::WrittenTwice { key, .. } => {
            said(format!("同一条目出现两次：{}", key.replace('\u{1f}', " · ")), "删去重复的一行")
        }
        StoreError::UnknownStaged(n) => {
            said(format!("没有待入账的第 {n} 号文件"), "它可能刚被入账或退回；请重新选文件")
        }
        StoreError::UnknownPerson(n) => said(format!("没有第 {n} 号用户"), "用户见 parkledger user list"),
        StoreError::NameTaken(name) => said(format!("已有名为“{name}”的用户"), "换一个登录名"),
        StoreError::UnknownLink => said("链接已经用过、被替换或过期".to_owned(), "请管理员重新生成一个"),
        StoreError::UnknownSession(_) => said("这次登录已经结束".to_owned(), ""),
        StoreError::UnknownToken(n) => said(format!("没有第 {n} 号令牌"), "令牌见 parkledger token list"),
        StoreError::UnknownJob(n) => said(format!("第 {n} 号任务不存在或已经结束"), ""),
        StoreError::UnknownFiling(n) => said(format!("没有第 {n} 号企业填报"), "从列表重新进入"),
        StoreError::StaleFiling { .. } => {
            said("报表刚在别处改过或已办理，这次没有保存".to_owned(), "重新打开，看它现在的样子")
        }
        StoreError::UnknownView(n) => said(format!("没有第 {n} 号视图"), "它可能刚被删除"),
        StoreError::Cancelled => said("已按要求停止，没有留下半成品".to_owned(), ""),
        StoreError::UnknownRevision(revision) => {
            said(format!("没有版本 {revision}"), "版本号见 parkledger revisions")
        }
        StoreError::UnknownFinding(n) => {
            said(format!("没有未解决的第 {n} 号问题"), "号见 parkledger findings")
        }
        StoreError::UndoBlocked { revision, changed } => said(
            format!("版本 {revision} 不能撤销：其中 {} 条后来又改过", changed.len()),
            "先撤销后来的版本，或直接导入更正后的表格",
        ),
        StoreError::AlreadyUndone { revision, by } => said(format!("版本 {revision} 已由 {by} 撤销"), ""),
        StoreError::Corrupt(what) => said(format!("台账文件损坏：{what}"), "停止写入，用最近一次备份恢复"),
        StoreError::BadBackup(what) => said(format!("备份文件不可用：{what}"), "换一份备份"),
        StoreError::WrongDigest { .. } => {
            said("原件与登记的摘要不符".to_owned(), "原件可能被改动；用备份恢复")
        }
        StoreError::Io { path, .. } => said(format!("读写 {} 时出错", path.display()), "检查磁盘空间和权限"),
        other => said(format!("台账操作没有完成（{other}）"), "用 parkledger verify 核对台账"),
    }
}

/// What `verify` found, as a sentence.
pub fn damage(damage: &Damage) -> String {
    match damage {
        Damage::Entry { revision, entry, version, .. } => {
            format!("条目 #{entry} 第 {version} 版（版本 {revision}）与写入时不符")
        }
        Damage::Revision(revision) => format!("版本 {revision} 的记录与写入时不符"),
        Damage::MissingRevision(revision) => format!("版本 {revision} 不见了"),
        Damage::Head(entry) => format!("条目 #{entry} 的现值不是它的最新一版"),
        Damage::Stray { table, row } => format!("多出一行不属于任何版本的记录（{table} {row}）"),
        Damage::Audit(n) => format!("第 {n} 条操作记录与写入时不符"),
        Damage::MissingAudit(n) => format!("第 {n} 条操作记录不见了"),
        Damage::Seal => "链尾与封存的不符：最近的记录被删去或添加过".to_owned(),
        Damage::Sealed(row) => format!("记录 {row} 与封存的不符"),
        Damage::MissingOriginal(digest) => format!("原件 {} 不见了", short(digest)),
        Damage::AlteredOriginal(digest) => format!("原件 {} 被改动过", short(digest)),
        Damage::Structure(what) => format!("数据库文件结构损坏：{what}"),
        other => format!("{other}"),
    }
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}
