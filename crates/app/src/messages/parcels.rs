//! What people are told about land parcels.

use crate::parcels::ParcelsFault;

/// A flag of a parcel.
pub const NO_CODE: &str = "宗地代码缺失或不合 GB/T 37346";
/// A flag of a parcel.
pub const NO_AREA: &str = "证载、实测、合同面积都没有";
/// A flag of a parcel.
pub const NO_BOUNDARY: &str = "没有界线，地图上看不到";
/// A flag of a parcel.
pub const UNREGISTERED: &str = "没有不动产权证号";
/// A legend.
pub const WITHOUT: &str = "无";

/// The sentence and hint of a fault of this part; none for those of the ledger beneath it.
pub fn fault(fault: &ParcelsFault) -> Option<(String, String)> {
    let said = |message: String, hint: &str| Some((message, hint.to_owned()));
    match fault {
        ParcelsFault::Missing(what) => said(format!("内容里没有“{what}”"), "请管理员核对 content 目录"),
        ParcelsFault::Refused(_) | ParcelsFault::Query(_) | ParcelsFault::Ledger(_) => None,
    }
}
