//! What is said of targets.

/// How a forecast was made.
pub const LAST_YEAR: &str = "按上年同期占全年的比重推算";
/// How a forecast was made.
pub const LINEAR: &str = "按月均进度推算";
