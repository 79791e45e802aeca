//! The Chinese sentences of the server itself: its settings, and what is shown without a client.

/// Shown where there is no client.
pub(crate) const ABSENT: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>Parkledger</title>\
<p>这个程序没有带网页。编译网页：<code>make web</code>，再用 <code>make release</code> 编译程序；或用 <code>--web web/dist</code> 指定网页文件夹。</p>\
<p>This program was built without the web client: <code>make web</code>, then <code>make release</code>, or <code>--web web/dist</code>.</p>\
<p><a href=\"/api/docs\">API</a></p>";

/// One setting.
pub(crate) struct Setting {
    /// Its key.
    pub key: &'static str,
    /// Its value when nobody sets it.
    pub default: &'static str,
    /// What it is, in Chinese.
    pub doc: &'static str,
    /// What it is, in English.
    pub doc_en: &'static str,
}

const fn setting(
    key: &'static str,
    default: &'static str,
    doc: &'static str,
    doc_en: &'static str,
) -> Setting {
    Setting { key, default, doc, doc_en }
}

/// Every setting there is.
pub(crate) const SETTINGS: &[Setting] = &[
    setting("listen", "127.0.0.1:8420", "网页和接口的监听地址", "address of pages and API"),
    setting(
        "metrics",
        "127.0.0.1:9464",
        "监控指标的监听地址，off 为关闭",
        "address of metrics; off for none",
    ),
    setting("public_url", "", "用户访问的地址，如 https://台账.example", "address people use"),
    setting("park.title", "", "园区名称，显示在页面左上角", "name of the park shown on every page"),
    setting("trusted_proxies", "", "可信反向代理的地址，逗号分隔", "addresses of trusted reverse proxies"),
    setting(
        "session.idle_minutes",
        "30",
        "无操作多久后退出登录",
        "minutes without a request until a session ends",
    ),
    setting("session.absolute_hours", "12", "登录最长保持多久", "hours until a session ends in any case"),
    setting(
        "sign_in.per_minute",
        "10",
        "每个地址每分钟最多登录次数",
        "sign-in attempts per address and minute",
    ),
    setting(
        "second_factor.required",
        "false",
        "是否要求所有人启用动态验证码",
        "whether everybody needs a second factor",
    ),
    setting("upload.max_mb", "200", "上传文件的上限（兆字节）", "largest upload in MB"),
    setting("log.level", "info", "日志级别：error、warn、info、debug", "level of the log"),
    setting("log.format", "text", "日志格式：text 或 json", "format of the log: text or json"),
    setting(
        "pdf.soffice",
        "",
        "LibreOffice 程序位置，留空自动查找",
        "LibreOffice; found by itself when empty",
    ),
    setting(
        "map.tiles",
        "",
        "地图底图的瓦片地址，含 {z} {x} {y}，多个用逗号分隔；留空则没有底图，不访问外网",
        "addresses of a base map's pictures with {z} {x} {y}; none when empty",
    ),
    setting(
        "map.labels",
        "",
        "底图注记的瓦片地址，写法相同",
        "addresses of pictures with the base map's names",
    ),
    setting("map.attribution", "", "底图来源，显示在地图一角", "who made the base map"),
    setting("map.max_zoom", "18", "底图最大级数", "deepest zoom of the base map's pictures"),
    setting(
        "map.system",
        "cgcs2000",
        "底图坐标系：cgcs2000 或 wgs84",
        "system of the base map's pictures: cgcs2000 or wgs84",
    ),
    setting(
        "nightly.at",
        "02:30",
        "每天几点自动匹配免申即享政策，off 为关闭",
        "hour of the day at which policies are matched; off for never",
    ),
    setting("backup.keep", "14", "保留几份备份", "how many backups are kept"),
    setting(
        "web_dir",
        "",
        "网页文件夹，代替程序自带的网页（开发用）",
        "folder of the client instead of the embedded one",
    ),
    setting("shutdown_seconds", "10", "停止时最多等请求多久", "seconds to wait for requests when stopping"),
];

/// Hint.
pub(crate) const HOUR: &str = "写成 02:30 这样的时刻，或 off";
/// Hint.
pub(crate) const ADDRESSES: &str = "写成 IP 地址，多个用逗号分隔";
/// Hint.
pub(crate) const FLAG: &str = "写成 true 或 false";
/// Hint.
pub(crate) const LEVEL: &str = "写成 error、warn、info 或 debug";
/// Hint.
pub(crate) const FORMAT: &str = "写成 text 或 json";
/// Hint.
pub(crate) const ADDRESS: &str = "写成 地址:端口，例如 127.0.0.1:8420";
/// Hint.
pub(crate) const NUMBER: &str = "写成 1 以上的整数";
/// Hint.
pub(crate) const UNREADABLE_HINT: &str = "核对位置和读取权限";
/// Hint.
pub(crate) const CORRECT: &str = "改正后再启动";
/// Hint.
pub(crate) const PROVIDERS: &str = "每个提供方写成一节 [[oidc]]";
/// Hint.
pub(crate) const TEMPLATE: &str = "写成 https:// 开头、含 {z} {x} {y}（或 {bbox-epsg-3857}）的瓦片地址，多个用逗号分隔；地址里不能有空格、引号和分号";
/// Hint.
pub(crate) const LABELS_ALONE: &str = "注记叠在底图上面，请同时设置 map.tiles";
/// Hint.
pub(crate) const ZOOM: &str = "写成 1 到 24 之间的整数";
/// Hint.
pub(crate) const SYSTEM: &str = "写成 cgcs2000 或 wgs84";
/// Hint.
pub(crate) const SHIFTED: &str = "GCJ-02、BD-09 的底图（高德、腾讯、百度等）与宗地界址相差约 500 米，不能叠加；请改用天地图等 CGCS2000 底图";
/// A setting nobody knows.
pub(crate) const UNKNOWN: &str = "没有这个设置";
/// Hint.
pub(crate) const ALL: &str = "全部设置见 parkledger config show";

/// A value that cannot be read.
pub(crate) fn wrong(value: &str) -> String {
    format!("“{value}”写法不对")
}

/// A file that cannot be read.
pub(crate) fn unreadable(error: &std::io::Error) -> String {
    format!("读不到设置文件（{error}）")
}

/// Hint with the setting that was probably meant.
pub(crate) fn near(key: &str) -> String {
    format!("是不是 {key}？全部设置见 parkledger config show")
}

/// An issuer that may not be asked.
pub(crate) const ISSUER: &str = "写成 https:// 开头的地址；只有本机的提供方可以用 http://";

/// What administrators are told.
pub(crate) mod access {
    use jiff::Timestamp;
    use jiff::tz::Offset;

    /// The head of an export of the audit.
    pub(crate) const AUDIT_COLUMNS: [&str; 7] =
        ["序号", "时间（UTC）", "操作人", "来源地址", "动作", "对象", "内容"];
    /// A wrong time.
    pub(crate) const DAY_OR_INSTANT: &str = "写成 2023-09-30 或 2023-09-30T08:00:00Z";
    /// A token nobody owns.
    pub(crate) const WHOSE_TOKEN: &str = "写明以谁的名义（人员号）";

    /// A book that does not exist.
    pub(crate) fn no_book(id: &str) -> String {
        format!("没有台账“{id}”")
    }

    /// The name of an export of the audit.
    pub(crate) fn audit_file(now: Timestamp) -> String {
        let day = Offset::constant(8).to_datetime(now).date();
        format!("审计记录 {day}.csv")
    }
}
