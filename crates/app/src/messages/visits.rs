//! What is said about visits and demands.

use jiff::civil::Date;
use office::picture::PictureFault;

use crate::visits::shapes::Act;

/// Why a visit is written.
pub const VISIT: &str = "登记走访";

/// Why a demand is written that an enterprise raised itself.
pub const RAISED: &str = "企业提出诉求";

/// A demand without a text.
pub fn demand_missing() -> String {
    "写明诉求内容".to_owned()
}

fn word(act: Act) -> &'static str {
    match act {
        Act::Accept => "受理",
        Act::Dispatch => "交办",
        Act::Suspend => "挂起",
        Act::Resume => "恢复办理",
        Act::Answer => "答复",
        Act::Rate => "评价",
        Act::Reopen => "重办",
        Act::Close => "办结",
        Act::Escalate => "上报",
        Act::Return => "退回",
    }
}

/// Why a demand is changed.
pub fn why(act: Act, text: Option<&str>) -> String {
    let said = text.map(str::trim).filter(|text| !text.is_empty() && act != Act::Answer);
    said.map_or_else(|| format!("诉求{}", word(act)), |text| format!("诉求{}：{text}", word(act)))
}

/// An act that is not possible at this point.
pub fn not_now(act: Act, state: &str) -> String {
    format!("诉求现在是“{state}”，不能{}", word(act))
}

/// What to do then.
pub const NOT_NOW: &str = "刷新后看它现在到哪一步";

/// An answer without a text.
pub fn answer_missing() -> String {
    "写上答复内容".to_owned()
}

/// A rating without a number.
pub fn rating_missing() -> String {
    "选择满意度".to_owned()
}

/// Nobody to go up to.
pub fn whom_missing() -> String {
    "还没有超期，写上报给谁".to_owned()
}

/// Something sent back without a reason.
pub fn reason_missing() -> String {
    "写上退回的原因".to_owned()
}

/// A suspension that waits for nothing.
pub fn waits_for_missing() -> String {
    "写上在等什么".to_owned()
}

/// An answer that solves nothing and does not say why.
pub fn unsolved_reason_missing() -> String {
    "暂不能解决的，写上原因".to_owned()
}

/// No department to dispatch to.
pub fn department_missing() -> String {
    "选择承办部门".to_owned()
}

/// A demand whose day must be promised.
pub fn promise_missing(last: Date) -> String {
    format!("复杂事项须承诺答复日期，不晚于 {last}")
}

/// A day beyond the limit, or one that has passed.
pub fn due_beyond(last: Date) -> String {
    format!("办理期限应在今天到 {last} 之间")
}

/// Why a photo is written.
pub const PHOTO: &str = "添加走访照片";

/// Why a photo is taken out.
pub const PHOTO_OUT: &str = "移除走访照片";

/// What a photo is called: the name the phone gave is not kept.
pub fn photo_name(visit: &str, number: usize, ending: &str) -> String {
    format!("{visit} 走访照片{number}.{ending}")
}

/// A file that is no photo to keep, and what to do.
pub fn no_photo(fault: PictureFault) -> (String, String) {
    let (said, hint) = match fault {
        PictureFault::Unknown => {
            ("这个文件不是 JPEG 或 PNG 照片", "按内容判断，改文件名不起作用；请选手机拍的照片")
        }
        PictureFault::Heic => {
            ("这是 HEIC 照片，多数电脑打不开", "手机“设置－相机－格式”选“兼容性最佳”后重拍，或另存为 JPEG")
        }
        PictureFault::Damaged(_) => ("照片不完整", "可能没有传完，请再选一次"),
        PictureFault::Size(..) => ("照片的像素数不对或过多", "请换一张普通照片"),
    };
    (said.to_owned(), hint.to_owned())
}

/// A photo that is too large.
pub fn photo_too_large(max_mb: u16) -> (String, String) {
    (format!("照片超过 {max_mb} MB"), "在手机上选较小的尺寸，或裁剪后再传".to_owned())
}

/// One photo more than a visit may have.
pub fn too_many_photos(most: u16) -> (String, String) {
    (format!("一次走访最多 {most} 张照片"), "先移除不要的，再添加".to_owned())
}
