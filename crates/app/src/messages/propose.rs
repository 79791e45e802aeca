//! What a proposed layout says to the person who edits it.

/// The field that places an entry in time.
pub const PERIOD: &str = "报告期";

/// The comment at the top of a layout.
pub fn layout_head(file: &str, sheet: &str, at: &str, titles: &[String]) -> String {
    let line =
        |t: &str| t.chars().map(|c| if c.is_control() { ' ' } else { c }).take(100).collect::<String>();
    let mut text = format!("# 版式草稿，由 {} 的工作表“{}”（表头在 {at}）推测。\n", line(file), line(sheet));
    for title in titles.iter().take(4) {
        text.push_str(&format!("# 标题：{}\n", line(title)));
    }
    text.push_str(
        "# 请逐栏核对 field；不要的栏目整节删去；改好后放进内容文件夹（--content）的 layouts/ 下。\n",
    );
    text.push_str("# 各键的含义见 content/README.md。\n\n");
    text
}

/// The comment at the top of a book.
pub fn book_head() -> String {
    "# 台账草稿：没有与这张表相近的台账。请改文件名、标题和字段标识，并核对主键（key）和字段类型。\n"
        .to_owned()
}

/// The title of a layout.
pub fn layout_title(sheet: &str) -> String {
    format!("{sheet}（草稿）")
}

/// Above a column nothing is known about.
pub fn unknown_column(heading: &str, book: &str, sample: &[String]) -> String {
    format!("“{heading}”在台账“{book}”中没有相应的字段，例：{}", sample.join("；"))
}
