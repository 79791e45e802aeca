//! What findings about single cells say: a message and a hint.

type Said = (String, String);

fn said(message: String, hint: &str) -> Said {
    (message, hint.to_owned())
}

/// A cell's text, cut so that a finding stays one line.
pub fn shown(text: &str) -> String {
    let mut chars = text.chars().filter(|c| !c.is_control());
    let head: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { format!("{head}…") } else { head }
}

/// `#REF!`, `#DIV/0!`, or a formula that was never calculated.
pub fn cell_error(error: &str) -> Said {
    if error.starts_with('#') {
        return said(format!("单元格是错误值 {error}"), "在表中改正公式，或填写数值后重新导入");
    }
    said("公式没有计算结果".to_owned(), "用 Excel 或 WPS 打开文件，重新计算并保存后再导入")
}

/// Text where a number belongs.
pub fn not_a_number(text: &str) -> Said {
    said(format!("“{}”不是数", shown(text)), "只写数字，不写“约、多、近”等字；单位写在表头")
}

/// A fraction where a whole number belongs.
pub fn not_whole(text: &str) -> Said {
    said(format!("“{}”应为整数", shown(text)), "核对是否填错栏目或单位")
}

/// A percentage below 1 without a percent format.
pub fn looks_like_fraction(text: &str) -> Said {
    said(
        format!("“{}”可能是小数形式的百分比", shown(text)),
        "13.2% 应写 13.2；若整列都是小数，在版式里写 percent = \"fraction\"",
    )
}

/// A number whose unit nothing states.
pub fn unit_missing(unit: &str) -> Said {
    said("没有写明单位".to_owned(), &format!("在表头写上单位，例如（{unit}），或在版式里写 unit"))
}

/// A unit of another dimension.
pub fn unit_mismatch(from: &str, to: &str) -> Said {
    said(format!("单位“{from}”不能换算成“{to}”"), "核对表头的单位是否写错")
}

/// A unit nobody knows.
pub fn unknown_unit(unit: &str) -> Said {
    said(format!("不认识单位“{}”", shown(unit)), "可用的单位见 content/units.toml")
}

/// A figure nobody knows.
pub fn unknown_figure(text: &str) -> Said {
    said(format!("没有名为“{}”的指标", shown(text)), "写指标的全称或标识；全部指标见 parkledger content docs")
}

/// Text where a date belongs.
pub fn not_a_date(text: &str) -> Said {
    said(format!("“{}”不是日期", shown(text)), "写成 2023-09-05 或 2023年9月5日")
}

/// Text where a period belongs.
pub fn not_a_period(text: &str) -> Said {
    said(
        format!("“{}”不是月份或期间", shown(text)),
        "写成 2023-09、2023年9月、2023年三季度；月份在 1 至 12 之间",
    )
}

/// A choice outside of the list.
pub fn unknown_choice(text: &str, choices: &[String]) -> Said {
    let list = choices.iter().take(10).map(String::as_str).collect::<Vec<_>>().join("、");
    said(format!("“{}”不在选项之内", shown(text)), &format!("可选：{list}；别的写法可在版式的 map 里对应"))
}

/// Neither yes nor no.
pub fn not_yes_or_no(text: &str) -> Said {
    said(format!("“{}”既不是“是”也不是“否”", shown(text)), "填 是 或 否")
}

/// A code that fails the outer check only.
pub fn code_outer_fails(code: &str) -> Said {
    said(
        format!("统一社会信用代码 {code} 的校验位不符（GB 32100），但其中的组织机构代码正确"),
        "个别早年发放的代码如此；请核对营业执照",
    )
}

/// A code that fails both checks.
pub fn code_both_fail(code: &str) -> Said {
    said(format!("统一社会信用代码 {code} 两处校验都不符"), "本行暂不入账；对照营业执照改正后重新导入")
}

/// A person's identity number.
pub fn code_is_personal() -> Said {
    said(
        "这里填的是居民身份证号码，不是统一社会信用代码".to_owned(),
        "删去身份证号，填写单位的统一社会信用代码",
    )
}

/// A code of the wrong length or alphabet.
pub fn code_malformed(text: &str, suggestion: Option<&str>) -> Said {
    let message = format!("“{}”不是统一社会信用代码", shown(text));
    match suggestion {
        Some(code) => said(message, &format!("字母 O、I 可能应为数字 0、1：{code}？")),
        None => said(message, "代码为 18 位数字和大写字母（不含 I、O、S、V、Z）"),
    }
}

/// An organisation code with a wrong check character.
pub fn org_code_doubtful(text: &str) -> Said {
    said(format!("“{}”不是有效的组织机构代码或 15 位注册号", shown(text)), "原样保留；请核对")
}

/// Not a parcel code.
pub fn not_a_parcel_code(text: &str) -> Said {
    said(
        format!("“{}”不是宗地代码", shown(text)),
        "宗地代码 19 位，不动产单元号 28 位（GB/T 37346），出让公告的地块编号请填在别的栏",
    )
}

/// Not a telephone number. The number itself is not repeated: it is personal data.
pub fn not_a_phone() -> Said {
    said("电话号码的位数不对".to_owned(), "只写一个号码，固定电话带区号")
}
