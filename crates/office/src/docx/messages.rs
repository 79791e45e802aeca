//! Every Chinese sentence and name that the Word side of this crate shows to a person.
//!
//! Deliberately absent: sentences about figures, and any decision. To add one: a new fault variant, its sentence in
//! `fmt` and what to do about it in [`DocxFault::hint`].

use std::fmt;

use super::{Danger, DocxFault, Measure, NotDocx, SetAside, TagFault};

/// Names of the paragraph and table styles as a clerk sees them in Word.
pub(super) mod style_name {
    pub const TITLE: &str = "公文标题";
    pub const BODY: &str = "公文正文";
    pub const HEADING_1: &str = "公文一级标题";
    pub const HEADING_2: &str = "公文二级标题";
    pub const HEADING_3: &str = "公文三级标题";
    pub const SIGNATURE: &str = "公文署名";
    pub const DATE: &str = "公文成文日期";
    pub const NOTE: &str = "公文注释";
    pub const CONTROL: &str = "公文控制行";
    pub const CELL: &str = "公文表格文字";
    pub const CELL_HEAD: &str = "公文表头文字";
    pub const TABLE: &str = "公文表格";
    pub const PAGE_ODD: &str = "公文页码单页";
    pub const PAGE_EVEN: &str = "公文页码双页";
}

/// Names of the type faces of GB/T 9704-2012 and what stands in where they are not installed.
pub(super) mod font {
    pub const TITLE: &str = "方正小标宋简体";
    pub const FANG: &str = "仿宋_GB2312";
    pub const FANG_STAND_IN: &str = "仿宋";
    pub const KAI: &str = "楷体_GB2312";
    pub const KAI_STAND_IN: &str = "楷体";
    pub const HEI: &str = "黑体";
    pub const SONG: &str = "宋体";
}

/// The initials of who made a comment, which tell our own from other people's.
pub(super) const INITIALS: &str = "核对";

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "已移除{}“{}”（{}）", danger_name(self.danger), self.detail, self.part)
    }
}

impl fmt::Display for DocxFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotDocx(why) => f.write_str(not_docx(*why)),
            Self::Unsafe { part, danger, detail } => {
                write!(f, "文件含有不允许的内容（{part}）：{}“{detail}”", danger_name(*danger))
            }
            Self::TooLarge { part, measure, limit } => {
                let place = if part.is_empty() { "文件" } else { part };
                write!(f, "{place}过大：{}超过{limit}", measure_name(*measure))
            }
            Self::BadPart { part, what } => write!(f, "文件部件{part}已损坏：{what}"),
            Self::BadTag { part, paragraph, text, what } => {
                write!(f, "{part}第{paragraph}段“{text}”：{}", tag_sentence(what))
            }
            Self::BadRendered { part, what } => write!(f, "部件{part}填写后无法写回文件：{what}"),
            Self::BadFill { index: Some(index), what } => write!(f, "第{index}项填写内容无法写入：{what}"),
            Self::BadFill { index: None, what } => write!(f, "取数依据无法写入：{what}"),
        }
    }
}

impl std::error::Error for DocxFault {}

impl DocxFault {
    /// What the person who made the file can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotDocx(NotDocx::OldOrEncrypted) => "请取消文件密码，并在Word或WPS中另存为“.docx”格式",
            Self::NotDocx(_) | Self::BadPart { .. } => "请在Word或WPS中打开该文件，另存为“.docx”格式后再用",
            Self::Unsafe { danger, .. } => danger_hint(*danger),
            Self::TooLarge { measure: Measure::Slots, .. } => {
                "请把模板拆成几个文件，或用循环代替重复的填写项"
            }
            Self::TooLarge { .. } => "请压缩或删除文件中的图片后重新保存",
            Self::BadTag { what, .. } => tag_hint(what),
            Self::BadRendered { .. } => "请检查该部件的循环、条件标签是否各自成段，填写值是否经过转义",
            Self::BadFill { .. } => "请检查该填写项的标记与名称是否超过64个字符、依据是否为合格的XML",
        }
    }
}

fn not_docx(why: NotDocx) -> &'static str {
    match why {
        NotDocx::OtherFormat => "这不是Word文档（.docx）",
        NotDocx::OldOrEncrypted => "这是旧版Word文档（.doc）或加密的文档，无法读取",
        NotDocx::Damaged => "文件已损坏或不完整",
        NotDocx::NoDocument => "压缩包中没有Word正文",
    }
}

fn danger_name(danger: Danger) -> &'static str {
    match danger {
        Danger::PartName => "部件名称不合规",
        Danger::Doctype => "文档类型声明",
        Danger::Macro => "宏",
        Danger::Object => "嵌入对象或控件",
        Danger::Nested => "嵌套的压缩包或文件",
        Danger::AltChunk => "外来合并内容",
        Danger::Field => "会执行或加载外部内容的域代码",
        Danger::External => "指向外部的链接资源",
    }
}

fn danger_hint(danger: Danger) -> &'static str {
    match danger {
        Danger::Macro => "请另存为不含宏的“.docx”格式",
        Danger::Object | Danger::Nested => "请删除嵌入的对象，或把它粘贴为图片",
        Danger::Field => "请选中该域，按Ctrl+Shift+F9把它转为普通文字",
        Danger::External => "请把链接的图片或模板改为嵌入，超链接可以保留",
        Danger::PartName | Danger::Doctype | Danger::AltChunk => {
            "请在Word或WPS中打开该文件，另存为“.docx”格式后再用"
        }
    }
}

fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Parts => "部件个数",
        Measure::Bytes => "解压后字节数",
        Measure::Ratio => "压缩比",
        Measure::Slots => "填写项个数",
    }
}

fn tag_sentence(what: &TagFault) -> String {
    match what {
        TagFault::Unclosed => "填写项或标签没有结束".to_owned(),
        TagFault::StrayEnd => "有结束括号而没有开始括号".to_owned(),
        TagFault::Empty => "括号里没有内容".to_owned(),
        TagFault::TooLong => format!("填写项或标签超过{}个字符", super::TAG_LETTERS),
        TagFault::Brace => "填写项或标签里面又出现了大括号".to_owned(),
        TagFault::Quote => "引号不成对".to_owned(),
        TagFault::Parenthesis => "小括号或方括号不成对".to_owned(),
        TagFault::Keyword(word) => format!("不认识的标签“{word}”"),
        TagFault::Shape(word) => format!("标签“{word}”写法不完整或有多余内容"),
        TagFault::NotEnded(word) => format!("“{word}”在同一层次内没有对应的“end{word}”"),
        TagFault::NotOpened(word) => format!("“{word}”在同一层次内没有对应的开始标签"),
        TagFault::SectionBreak => "控制行同时是分节符所在段落".to_owned(),
    }
}

fn tag_hint(what: &TagFault) -> &'static str {
    match what {
        TagFault::Unclosed | TagFault::StrayEnd => {
            "填写项写作{{ … }}，标签写作{% … %}，开始与结束须在同一段内"
        }
        TagFault::Empty | TagFault::TooLong | TagFault::Brace => "一对括号里只写一个表达式，不要嵌套大括号",
        TagFault::Quote => "请把文字用一对引号括起来，例如\"甲乡\"",
        TagFault::Parenthesis => "请补上缺少的括号",
        TagFault::Keyword(_) => "可用的标签有：for、endfor、if、elif、else、endif、set",
        TagFault::Shape(_) => "例如：{% for 行 in 各行 %}、{% if 条件 %}、{% set 名称 = 值 %}",
        TagFault::NotEnded(_) | TagFault::NotOpened(_) => {
            "开始与结束标签须成对：要么各自独占一段（表格中各自独占一行），要么都在同一段内"
        }
        TagFault::SectionBreak => "请在控制行之后另起一段再插入分节符",
    }
}
