//! Templates and reports from a manuscript in plain text.

use super::*;

pub(super) const MANUSCRIPT: &str = r#"
# 年度总结

“一核”实现产值{{ fig("a") }}亿元，
同比{{ fig("b") }}。

## 一、指标
### （一）工业
#### 1.总量
**要点。**正文 2**3。
% {% for r in rows %}
{{ r.name }}完成{{ fig("c") }}。
% {% endfor %}

|区|值|注|
|{% for r in rows %}|
|{{ r.name }}|{{ fig("a") | upper }}||
|{% endfor %}|
> 注：略
\# 不是标题

@ 某园区
@@ 2023年10月8日
"#;

#[test]
fn a_manuscript_becomes_a_template_and_a_report() {
    let manuscript = parse_manuscript(MANUSCRIPT);
    assert_eq!(manuscript.title, "年度总结");
    let bytes = compose(&manuscript);
    assert_eq!(bytes, compose(&manuscript));
    expect![[r#"
        年度总结
        “一核”实现产值[a=12.3]亿元，同比[b=3<4 & "5"]。
        一、指标
        （一）工业
        1.总量
        要点。正文 2**3。
        东区完成[c=【未报】]。
        西区完成[c=【未报】]。
        0.0.0 区
        0.0.1 值
        0.0.2 注
        0.1.0 东区
        0.1.1 [a=12.3]
        0.1.2 
        0.2.0 西区
        0.2.1 [a=12.3]
        0.2.2 
        注：略
        # 不是标题
        某园区
        2023年10月8日
        — 1 —
        — 1 —
    "#]]
    .assert_eq(&show(&build(&bytes)));
    let styles: Vec<_> = outline(&bytes).unwrap().into_iter().take(5).filter_map(|para| para.style).collect();
    assert_eq!(styles, ["GwTitle", "GwBody", "GwHeading1", "GwHeading2", "GwHeading3"]);
}
