//! What a caller of the web API is told when something goes wrong, by the stable word of the problem: title, sentence, hint.

/// Title, sentence and hint of a kind of problem.
pub fn of(code: &str) -> (&'static str, &'static str, &'static str) {
    KINDS.iter().find(|(known, ..)| *known == code).map_or(
        ("出错了", "没有完成这项操作", "请重试；仍不行就告诉管理员"),
        |(_, title, detail, hint)| (*title, *detail, *hint),
    )
}

const KINDS: &[(&str, &str, &str, &str)] = &[
    ("not-signed-in", "没有登录", "登录已过期或尚未登录", "重新登录后再试"),
    ("wrong-credentials", "登录不成功", "用户名或密码不对", "核对后再试；连续输错会暂时锁定"),
    ("second-factor-needed", "需要第二步验证", "这个账户启用了动态验证码", "输入验证器上的六位数字"),
    ("locked", "账户已锁定", "账户因多次输错或由管理员锁定", "过一会儿再试，或请管理员解锁"),
    ("not-allowed", "没有权限", "您的角色不能做这件事", "需要的话请管理员在“管理—人员”里授权"),
    ("csrf", "请求来源不明", "请求没有带本页的校验码", "刷新页面后再试"),
    ("not-found", "找不到", "没有这个地址或内容，或您看不到它", "核对链接，或从列表重新进入"),
    ("stale", "别人先改了", "这条内容在您打开之后已被修改", "对照两个版本后再保存"),
    (
        "precondition-required",
        "没有说明改的是哪个版本",
        "修改要带上所依据的版本",
        "请求头 If-Match 写成 \"v版本号\"",
    ),
    ("invalid", "填写有误", "有的内容不符合要求", "按提示改正后再提交"),
    ("too-large", "文件太大", "文件超过了上传上限", "拆成几个文件，或请管理员调高 upload.max_mb"),
    ("too-many", "太频繁", "短时间内请求太多", "过一会儿再试"),
    ("busy", "暂时不能写入", "台账正被占用，或磁盘已满", "稍后再试；反复出现请检查磁盘空间"),
    ("key-reused", "幂等键重复", "同一个 Idempotency-Key 用在了不同的请求上", "每个新请求用新的键"),
    ("cancelled", "已取消", "任务被取消，没有写入任何内容", ""),
    ("interrupted", "任务中断", "程序在任务完成前停止了，没有写入任何内容", "重新提交一次"),
    ("not-now", "现在不能这样做", "条件还不具备", "按说明处理后再试"),
    ("no-program", "本机做不了", "缺少要用的程序", "请管理员安装"),
    ("unavailable", "暂时不可用", "程序正在停止或启动", "稍后再试"),
];
