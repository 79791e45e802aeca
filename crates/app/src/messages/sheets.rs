//! The names of the facts of sheets, with what people call them.

use model::definition::Topic;

use crate::reporting::ReportingFault;
use crate::sheets::SheetFault;

/// What stands between the name of a list and that of a fact in its lines.
pub const IN_LINES: &str = "[].";
/// What stands where nothing was registered.
pub const UNREGISTERED: &str = "未登记";
/// What stands in a cell where there is no number.
pub const NO_NUMBER: &str = "—";

/// The unit of areas.
pub const SQUARE_METRES: &str = "平方米";
/// The other unit of land.
pub const MU: &str = "亩";

/// Name, title, whether it is a number.
type Names = [(&'static str, &'static str, bool)];

const PARCEL: &Names = &[
    ("row.code", "宗地代码", false),
    ("row.name", "地块", false),
    ("row.holder", "权利人", false),
    ("row.location", "坐落", false),
    ("row.land_use", "土地用途", false),
    ("row.state", "利用状态", false),
    ("row.area", "用地面积", true),
    ("row.mu", "用地面积（亩）", true),
    ("floor_area", "建筑面积", true),
    ("far", "容积率", true),
    ("year", "评价年度", false),
    ("scheme", "评价办法", false),
    ("status", "参评状态", false),
    ("words", "参评说明", false),
    ("score", "得分", true),
    ("grade", "等级", false),
    ("next", "距上一等级", false),
    ("indicators[].title", "指标", false),
    ("indicators[].value", "数值", true),
    ("indicators[].unit", "单位", false),
    ("indicators[].benchmark", "基准值", true),
    ("indicators[].points", "得分", true),
    ("indicators[].reason", "说明", false),
    ("measures[].title", "数据", false),
    ("measures[].value", "地块合计", true),
    ("measures[].unit", "单位", false),
    ("measures[].per_mu", "亩均", true),
    ("measures[].state", "状态", false),
    ("occupancies[].tenant", "使用单位", false),
    ("occupancies[].kind", "方式", false),
    ("occupancies[].floor_area", "建筑面积", true),
    ("occupancies[].span", "起止日期", false),
    ("promises[].title", "约定", false),
    ("promises[].op", "要求", false),
    ("promises[].value", "约定数", true),
    ("promises[].unit", "单位", false),
    ("promises[].actual", "实际", true),
    ("promises[].fulfilment", "履约率", true),
    ("promises[].words", "结论", false),
    ("revision", "数据版本", false),
    ("made", "制表日期", false),
];

const ENTERPRISE: &Names = &[
    ("enterprise.code", "企业代码", false),
    ("enterprise.name", "企业", false),
    ("year", "评价年度", false),
    ("parcels[].code", "宗地代码", false),
    ("parcels[].name", "地块", false),
    ("parcels[].land", "折算用地", true),
    ("parcels[].used", "其中使用", true),
    ("land", "合计折算用地", true),
    ("mu", "合计折算用地（亩）", true),
    ("measures[].title", "数据", false),
    ("measures[].value", "数值", true),
    ("measures[].unit", "单位", false),
    ("measures[].department", "提供部门", false),
    ("measures[].state", "状态", false),
    ("scheme", "评价办法", false),
    ("score", "得分", true),
    ("grade", "等级", false),
    ("revision", "数据版本", false),
];

const PLAN: &Names = &[
    ("enterprise.name", "企业", false),
    ("enterprise.code", "企业代码", false),
    ("on", "日期", false),
    ("paths[].title", "梯队", false),
    ("paths[].holds", "已有", false),
    ("paths[].next", "下一级", false),
    ("paths[].gaps", "差距", false),
    ("paths[].missing", "缺的数据", false),
    ("paths[].window", "申报窗口", false),
    ("lost", "失去的资质", false),
    ("visited", "最近走访", false),
    ("plans[].target", "目标", false),
    ("plans[].when", "目标年度、批次", false),
    ("plans[].reason", "理由", false),
    ("plans[].state", "状态", false),
    ("plans[].days", "经过", false),
    ("plans[].commitment", "企业承诺事项", false),
    ("plans[].signed", "企业签字", false),
    ("plans[].progress", "进度", false),
    ("plans[].handler", "负责人", false),
    ("plans[].review", "下次检查", false),
    ("gaps[].target", "目标", false),
    ("gaps[].condition", "条件", false),
    ("gaps[].required", "标准", false),
    ("gaps[].actual", "现值", false),
    ("gaps[].gap", "差距", false),
    ("gaps[].missing", "缺的数据", false),
    ("gaps[].whose", "责任", false),
    ("gaps[].due", "期限", false),
    ("asked[].target", "目标", false),
    ("asked[].text", "对企业的要求", false),
    ("asked[].owner", "责任人", false),
    ("asked[].due", "期限", false),
    ("asked[].state", "状态", false),
    ("offered[].target", "目标", false),
    ("offered[].text", "园区和部门做什么", false),
    ("offered[].owner", "责任人", false),
    ("offered[].due", "期限", false),
    ("offered[].state", "状态", false),
    ("money[].title", "政策", false),
    ("money[].amount", "金额（元）", true),
    ("money[].state", "状态", false),
    ("risks[].on", "日期", false),
    ("risks[].text", "风险", false),
    ("steps[].step", "步骤", false),
    ("steps[].due", "期限", false),
    ("steps[].done", "完成", false),
    ("steps[].asked", "对企业的要求", false),
    ("steps[].offered", "管委会的支持", false),
    ("steps[].owner", "负责人", false),
    ("reminders[].on", "提醒日期", false),
    ("reminders[].text", "提醒", false),
    ("revision", "数据版本", false),
];

const CERTIFICATE: &Names = &[
    ("enterprise.name", "企业", false),
    ("enterprise.code", "统一社会信用代码", false),
    ("on", "截至日期", false),
    ("book", "台账", false),
    ("department", "报送部门", false),
    ("count", "条数", true),
    ("rows[].entry", "条目号", false),
    ("rows[].origin", "登记来源", false),
    ("revision", "数据版本", false),
];

/// The list of the rows a certificate copies: beside what stands above, the columns its report names.
pub const ROWS: &str = "rows";

const PAYMENT: &Names = &[
    ("enterprise.name", "企业", false),
    ("enterprise.code", "企业代码", false),
    ("year", "年度", false),
    ("policy.title", "政策", false),
    ("policy.document", "文号", false),
    ("policy.authority", "发文单位", false),
    ("policy.source", "依据说明", false),
    ("lines[].item", "事项", false),
    ("lines[].base", "本金或基数", true),
    ("lines[].rate", "贴息率或标准", true),
    ("lines[].from", "起算日", false),
    ("lines[].until", "止日（不计）", false),
    ("lines[].days", "天数", true),
    ("lines[].basis", "年天数", true),
    ("lines[].full", "应兑现", true),
    ("lines[].amount", "核定", true),
    ("lines[].note", "说明", false),
    ("parts[].item", "事项", false),
    ("parts[].base", "余额", true),
    ("parts[].from", "起算日", false),
    ("parts[].until", "止日（不计）", false),
    ("parts[].days", "天数", true),
    ("given[].item", "事项", false),
    ("given[].title", "数据", false),
    ("given[].value", "数值", false),
    ("given[].book", "台账", false),
    ("rules[].title", "条款数值", false),
    ("rules[].value", "数", true),
    ("sum", "合计", true),
    ("cap", "单户上限", true),
    ("amount", "兑现金额", true),
    ("missing", "缺的数据", false),
    ("conflicts", "不能兑现的原因", false),
    ("revision", "数据版本", false),
    ("made", "制表日期", false),
];

/// The facts of a topic.
pub fn of(topic: Topic) -> &'static Names {
    match topic {
        Topic::Parcel => PARCEL,
        Topic::Enterprise => ENTERPRISE,
        Topic::Plan => PLAN,
        Topic::Certificate => CERTIFICATE,
        Topic::Payment => PAYMENT,
    }
}

/// What a fact is called.
pub fn title(topic: Topic, name: &str) -> Option<&'static str> {
    of(topic).iter().find(|(known, ..)| *known == name).map(|(_, title, _)| *title)
}

/// Whether a fact is a number.
pub fn is_number(name: &str) -> bool {
    [PARCEL, ENTERPRISE, PLAN, CERTIFICATE, PAYMENT]
        .into_iter()
        .flatten()
        .any(|(known, _, number)| *known == name && *number)
}

/// What a fact of a line is called.
pub fn of_line(line: &str, title: &str) -> String {
    if line.is_empty() { title.to_owned() } else { format!("{line} {title}") }
}

/// A sheet with what it is about.
pub fn of_whom(sheet: &str, whom: &str) -> String {
    format!("{sheet}（{whom}）")
}

/// The sentence and hint of a sheet that cannot be made; none for those of the ledger beneath it.
pub fn fault(fault: &SheetFault) -> Option<(String, String)> {
    match fault {
        SheetFault::Missing(topic) => {
            Some((format!("内容里没有{}", no_sheet(*topic)), "请管理员核对 content/reports".to_owned()))
        }
        SheetFault::Report(ReportingFault::Report(fault)) => {
            let (said, hint) = super::publishing::report(fault);
            let first = fault.findings().into_iter().next();
            Some(first.map_or((said, hint), |first| (first.message, first.hint)))
        }
        SheetFault::Report(ReportingFault::Ledger(_)) => None,
    }
}

/// A sheet the content lacks.
fn no_sheet(topic: Topic) -> &'static str {
    match topic {
        Topic::Parcel => "一地一表（about = \"parcel\" 的报告）",
        Topic::Enterprise => "一企一单（about = \"enterprise\" 的报告）",
        Topic::Plan => "一企一策（about = \"plan\" 的报告）",
        Topic::Certificate => "登记证明（about = \"certificate\" 的报告）",
        Topic::Payment => "政策计算表（about = \"payment\" 的报告）",
    }
}
