//! What people are told about their accounts.

use crate::access::password::{LONGEST, PasswordFault, SHORTEST};
use crate::access::{AccessFault, Refusal};
use model::definition::Right;

use super::fault::store_fault;

fn said(message: impl Into<String>, hint: &str) -> (String, String) {
    (message.into(), hint.to_owned())
}

/// The name of a right.
pub fn right(right: Right) -> &'static str {
    match right {
        Right::Read => "查看",
        Right::Record => "录入",
        Right::Accept => "入账",
        Right::Publish => "发布",
        Right::Administer => "管理",
        Right::Unmask => "查看隐藏内容",
        Right::Audit => "查看审计",
        Right::File => "填报",
    }
}

/// Why somebody was refused.
pub fn refusal(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::NotSignedIn => said("没有登录", "请先登录"),
        Refusal::NotAllowed { right: needed, book: None } => {
            said(format!("没有“{}”权限", right(*needed)), "需要的话请管理员在“管理—人员”里授权")
        }
        Refusal::NotAllowed { right: needed, book: Some(book) } => {
            said(format!("对台账 {book} 没有“{}”权限", right(*needed)), "需要的话请管理员在“管理—人员”里授权")
        }
        Refusal::NotFound => said("没有这个地址或内容，或您看不到它", "核对链接，或从列表重新进入"),
        Refusal::CommitteeOnly => said("企业用户不能做这件事", "只有管委会工作人员可以"),
        Refusal::MustEnrol => said("请先启用动态验证码", "在“我的账户”里用验证器扫码"),
    }
}

/// Why something about an account was not done.
pub fn fault(fault: &AccessFault) -> (String, String) {
    match fault {
        AccessFault::Refused(refused) => refusal(refused),
        AccessFault::Ledger(fault) => store_fault(fault),
        AccessFault::WrongCredentials => said("用户名或密码不对", "核对后再试；连续输错 5 次会暂时锁定"),
        AccessFault::WrongCode => {
            said("动态验证码不对或已经用过", "等验证器换出下一个数字再试；检查手机时间")
        }
        AccessFault::SecondFactorNeeded => said("这个账户启用了动态验证码", "输入验证器上的六位数字"),
        AccessFault::Locked(Some(until)) => {
            let until = until.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
            said(
                format!("连续输错，账户锁定到 {}（北京时间）", until.strftime("%m-%d %H:%M")),
                "到时再试，或请管理员解锁",
            )
        }
        AccessFault::Locked(None) => said("账户已由管理员停用", "请联系管理员"),
        AccessFault::Password(fault) => password(*fault),
        AccessFault::BadName(name) => {
            said(format!("“{name}”不能作登录名"), "用文字、数字和 . _ - @，最多 40 个字，不留空格")
        }
        AccessFault::UnknownRole(role) => {
            said(format!("没有角色“{role}”"), "角色见“管理—角色”或 content/access.toml")
        }
        AccessFault::MixedRoles => said("管委会角色和企业角色不能给同一个人", "另开一个账户"),
        AccessFault::BadEnterprise => said("企业与角色不符", "企业角色要选名录里的一家企业，其他角色不选"),
        AccessFault::LastAdministrator => said("不能停用最后一位管理员", "先让另一个人成为管理员"),
        AccessFault::AlreadyEnrolled => said("动态验证码已经启用", "要换手机，先停用再启用"),
        AccessFault::NotEnrolling => said("还没有开始启用动态验证码", "先扫码，再输入六位数字"),
        AccessFault::EmptyToken => said("这样的令牌什么也做不了", "所选权限和台账要在账户自己的权限之内"),
        AccessFault::AlreadySetUp => said("已经有管理员了", "请向管理员要一个账户"),
        AccessFault::UnknownIdentity => {
            said("统一登录已确认您的身份，但这里没有对应的账户", "请管理员开户，登录名与统一登录一致")
        }
    }
}

/// Why a password is refused.
pub fn password(fault: PasswordFault) -> (String, String) {
    match fault {
        PasswordFault::TooShort => {
            said(format!("密码太短，至少 {SHORTEST} 个字符"), "用几个不相干的词连起来，又长又好记")
        }
        PasswordFault::TooLong => said(format!("密码太长，最多 {LONGEST} 个字符"), "缩短一些"),
        PasswordFault::Name => said("密码里不能有自己的名字", "换一个与自己无关的密码"),
        PasswordFault::Common => {
            said("这个密码太常见，容易被猜中", "不要用纯数字、生日、手机号、键盘顺序或常用词")
        }
    }
}
