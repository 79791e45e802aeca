//! What is said about where plans of enterprises stand.

use super::diagnostic::{Said, said};

/// A book that is no case book, or lacks what such a book needs here.
pub fn no_case(title: &str) -> Said {
    said(
        format!("台账“{title}”不是办理台账"),
        "用 kind = \"case\" 的台账，并写 subject、state、deadline、handler",
    )
}

/// A state of the book that nothing says the meaning of.
pub fn state_unsaid(word: &str) -> Said {
    said(format!("没有说明状态“{word}”的含义"), "写在 [plan.case.stages] 里")
}

/// A stage no state means.
pub fn no_state(stage: &str) -> Said {
    said(format!("没有状态表示 {stage}"), "在 [plan.case.stages] 里给它一个状态")
}

/// A part no field is named for.
pub fn no_field(part: &str) -> Said {
    said(format!("没有说明 {part} 是哪个字段"), "写在 fields 里")
}

/// A part that the file of an enterprise does not have.
pub fn no_such_part(id: &str) -> Said {
    said(format!("没有“{id}”这一部分"), "写 [[section]] 里的 id")
}
