//! The command line as users type it: help in two languages, formats, exit codes, completion, content check and docs.
//!
//! Deliberately absent: what each command computes, which the other modules test. To add a fault of content: a row in
//! `every_kind_of_fault_in_content_is_located`.

use std::process::Command;

use app::library::Library;

use crate::support::{BINARY, Ran, Shop, demo, register, returns};

/// Runs the binary without a data folder.
fn bare(arguments: &[&str]) -> Ran {
    let mut command = Command::new(BINARY);
    command.args(arguments).env_remove("PARKLEDGER_DATA").env_remove("PARKLEDGER_CONTENT");
    command.output().expect("the binary starts").into()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn is_english(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count() > 0
}

/// The names under “Commands:” of a help text, but for `help` itself.
fn subcommands(help: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let names = listed.take_while(|line| !line.trim().is_empty()).filter_map(|line| {
        let name = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?;
        name.split_whitespace().next()
    });
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_speaks_both_languages() {
    let top = bare(&["--help"]).expect_code(0).out;
    let commands = subcommands(&top);
    let wanted = [
        "demo",
        "import",
        "figure",
        "report",
        "findings",
        "missing",
        "matches",
        "history",
        "revisions",
        "verify",
        "backup",
        "restore",
        "content",
        "completion",
    ];
    for name in wanted {
        assert!(commands.iter().any(|c| c == name), "{name} in {commands:?}");
    }
    let mut paths: Vec<Vec<String>> = commands.into_iter().map(|c| vec![c]).collect();
    let mut seen = 0;
    while let Some(path) = paths.pop() {
        let mut arguments: Vec<&str> = path.iter().map(String::as_str).collect();
        arguments.push("--help");
        let help = bare(&arguments).expect_code(0).out;
        let about = help.split("\n\nUsage").next().unwrap_or_default().to_owned();
        assert!(is_chinese(&about) && is_english(&about), "{path:?}: {about}");
        paths.extend(subcommands(&help).into_iter().map(|name| [path.clone(), vec![name]].concat()));
        seen += 1;
    }
    assert!(seen >= wanted.len() + 6, "{seen} commands with those below import, report, matches and content");
}

#[test]
fn exit_codes_are_documented_and_kept() {
    let help = bare(&["--help"]).out;
    for line in [
        "0  完成 / done",
        "1  数据有问题",
        "2  命令写法不对",
        "3  内容定义有错",
        "4  数据文件夹、文件或机器有问题",
    ] {
        assert!(help.contains(line), "{line}");
    }
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(3)));
    let bad = shop.file("坏.csv", "颜色,形状\n红,圆\n").to_string_lossy().into_owned();
    let overlay = overlay("title = \"x\"\n[figures.x]\ntitel = \"x\"\n");
    let overlay = overlay.path("content").to_string_lossy().into_owned();
    let cases: [(&[&str], i32); 14] = [
        (&["verify"], 0),
        (&["import", &bad], 1),
        (&["import", "--accept", &bad], 1),
        (&["figure", "规上工业总产值", "--period", "2023-09"], 1),
        (&["history", "999999"], 1),
        (&["frobnicate"], 2),
        (&["figure", "没有的指标", "--period", "2023-09"], 2),
        (&["figure", "规上工业总产值", "--period", "九月"], 2),
        (&["figure", "规上工业总产值", "--period", "2023-09", "--window", "week"], 2),
        (&["figure", "规上工业总产值", "--period", "2023-09", "--by", "没有的字段"], 2),
        (&["report", "build", "nothing", "--period", "2023-09", "-o", "x.docx"], 2),
        (&["--content", &overlay, "content", "check"], 3),
        (&["--content", &overlay, "figure", "规上工业总产值", "--period", "2023-09"], 3),
        (&["import", "没有这个文件.xlsx"], 4),
    ];
    for (arguments, code) in cases {
        let ran = shop.run(arguments).expect_code(code);
        // Whoever is refused is told what to do. (Wrong usage is told by the usage line.)
        let told = format!("{}{}", ran.out, ran.err);
        let advice = ["提示", "Usage", "For more information", "Help:", "—（"];
        assert!(
            code == 0 || advice.iter().any(|a| told.contains(a)) || told.contains("hint"),
            "{arguments:?}: {told}"
        );
    }
    assert_eq!(bare(&["findings"]).code, 2, "no data folder is named");
    let nowhere = shop.path("nowhere");
    let ran: Ran = shop.command_on(&nowhere, &["findings"]).output().expect("it starts").into();
    ran.expect_code(4).says("没有台账").says("提示：");
    assert!(!nowhere.exists(), "asking makes no ledger");
}

#[test]
fn a_report_that_cannot_be_written_says_so() {
    let out = demo().path("no such folder/x.docx").to_string_lossy().into_owned();
    let ran =
        demo().run(&["report", "build", "annual-review", "--period", "2023-10", "-o", &out]).expect_code(4);
    ran.says("写不进").says("提示：");
}

#[test]
fn every_table_has_three_formats() {
    let demo = demo();
    let tables: [(&[&str], &str); 10] = [
        (&["findings"], "号"),
        (&["missing", "--period", "2023-09"], "台账"),
        (&["matches"], "号"),
        (&["revisions"], "版本"),
        (&["history", "1"], "版"),
        (&["figure", "--list"], "标识"),
        (&["figure", "规上工业总产值", "--period", "2023-10"], "标识"),
        (&["figure", "规上工业总产值", "--period", "2023-10", "--by", "行业门类和大类"], "位次"),
        (&["figure", "规上工业总产值", "--period", "2023-10", "--trace"], "期"),
        (&["report", "list"], "标识"),
    ];
    for (arguments, head) in tables {
        let of = |format: &str| {
            let mut all = vec!["--format", format];
            all.extend_from_slice(arguments);
            demo.run(&all).expect_code(0)
        };
        let json = of("json").json();
        assert!(json.is_array() || json.is_object(), "{arguments:?}");
        let text = of("csv").out;
        let mut reader = csv_rows(&text);
        let first = reader.next().unwrap_or_else(|| panic!("{arguments:?} prints nothing"));
        assert_eq!(first[0], head, "{arguments:?}");
        for row in reader {
            assert_eq!(row.len(), first.len(), "{arguments:?}: {row:?}");
        }
        if let Some(list) = json.as_array() {
            assert_eq!(
                list.len() + 1,
                csv_rows(&text).count(),
                "{arguments:?}: as many rows in JSON as in CSV"
            );
        }
        assert!(of("text").out.contains(|c: char| !c.is_ascii()), "{arguments:?}");
    }
}

/// Rows of a CSV text with quoted fields.
fn csv_rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for c in text.trim_end().chars() {
        let row = rows.last_mut().expect("begun with one");
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' if !quoted => {}
            c => row.last_mut().expect("begun with one").push(c),
        }
    }
    rows.into_iter()
}

#[test]
fn completion_is_there_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = bare(&["completion", shell]).expect_code(0).out;
        for word in ["parkledger", "figure", "restore", "--period"] {
            let bare_word = word.trim_start_matches('-');
            assert!(script.contains(bare_word), "{word} for {shell}");
        }
    }
}

/// A shop with an overlay folder `content/` that holds one more file of figures.
fn overlay(figures: &str) -> Shop {
    let shop = Shop::new();
    std::fs::create_dir_all(shop.path("content/figures")).expect("ours");
    std::fs::write(shop.path("content/figures/trial.toml"), figures).expect("ours");
    shop
}

/// A file of figures without fault; `trial_a` stands in line 4, its measure in line 8, its unit in line 11.
const GOOD: &str = r#"title = "试验"
title_en = "Trial"

[figures.trial_a]
title = "试验甲"
title_en = "Trial A"
book = "capital_claims"
measure = "sum(amount)"
time = "flow"
window = "ytd"
unit = "万元"
basis = "试验"
source = "试验"
"#;

/// A composite figure, its heading in line 15 and its value in line 18 when it follows [`GOOD`].
fn composite(id: &str, value: &str) -> String {
    format!(
        "\n[figures.{id}]\ntitle = \"{id}\"\ntitle_en = \"{id}\"\nvalue = \"{value}\"\nunit = \"万元\"\nbasis = \"试验\"\nsource = \"试验\"\n"
    )
}

#[test]
fn every_kind_of_fault_in_content_is_located() {
    let with = |old: &str, new: &str| {
        assert!(GOOD.contains(old), "{old}");
        GOOD.replace(old, new)
    };
    let and = |more: String| format!("{GOOD}{more}");
    let cycle = and(composite("trial_b", "trial_c + 1") + &composite("trial_c", "trial_b + 1"));
    // What is wrong, the text, line and column (from 1, by hand), a part of the message, a part of the hint.
    let cases = [
        ("unknown field", with("sum(amount)", "sum(amuont)"), (8, 16), "没有字段“amuont”", "amount"),
        ("unknown key", with("measure", "meazure"), (8, 1), "meazure", "键名拼写有误"),
        ("unknown unit", with("万元", "万圆"), (11, 8), "没有单位“万圆”", "万元"),
        (
            "unit mismatch",
            and(composite("trial_b", "trial_a + foreign_capital")),
            (18, 10),
            "量纲不同",
            "不能相加",
        ),
        ("unknown function", with("sum(amount)", "summe(amount)"), (8, 12), "没有函数“summe”", "可用的有"),
        ("wrong type", with("sum(amount)", "sum(programme)"), (8, 12), "需要数", "数值字段"),
        ("cyclic composite", cycle, (16, 9), "循环引用", "断开"),
        ("duplicate id", with("trial_a", "industry_output"), (5, 9), "已经定义过", "换一个标识"),
        ("dead reference", with("capital_claims", "capital_claim"), (7, 8), "没有台账", "capital_claims"),
        (
            "dead figure",
            and(composite("trial_b", "trial_z + 1")),
            (18, 10),
            "没有指标“trial_z”",
            "content docs",
        ),
        (
            "1,600 plus signs",
            and(composite("trial_b", &["trial_a"; 1601].join("+"))),
            (18, 10),
            "超过",
            "拆成",
        ),
        ("broken TOML", with("time = ", "time "), (9, 6), "", ""),
    ];
    for (kind, text, (line, column), message, hint) in cases {
        let shop = overlay(&text);
        let folder = shop.path("content").to_string_lossy().into_owned();
        let printed =
            bare(&["--content", &folder, "--format", "json", "content", "check"]).expect_code(3).json();
        let found = &printed[0];
        let place = (&found["file"], &found["line"], &found["column"]);
        assert_eq!(
            place,
            (&"figures/trial.toml".into(), &line.into(), &column.into()),
            "{kind}: {printed:#}"
        );
        assert!(found["message"].as_str().is_some_and(|m| m.contains(message)), "{kind}: {printed:#}");
        assert!(
            found["hint"].as_str().is_some_and(|h| !h.is_empty() && h.contains(hint)),
            "{kind}: {printed:#}"
        );
        // A person sees the line itself, without colours in a pipe.
        let shown = bare(&["--content", &folder, "content", "check"]).expect_code(3);
        assert!(shown.err.contains(&format!("figures/trial.toml:{line}:{column}")), "{kind}: {}", shown.err);
        assert!(!shown.err.contains('\u{1b}'), "{kind}: escapes in a pipe: {:?}", shown.err);
    }
}

#[test]
fn sound_content_is_counted_and_catalogued() {
    let check = bare(&["content", "check"]).expect_code(0).says("没有发现错误");
    let library = Library::load(None).expect("no overlay");
    assert!(check.out.contains(&format!("{} 个台账", library.content.books.len())), "{}", check.out);
    assert_eq!(bare(&["--format", "json", "content", "check"]).expect_code(0).json(), serde_json::json!([]));
    let docs = bare(&["content", "docs"]).expect_code(0).out;
    for book in library.content.books.values() {
        assert!(
            docs.contains(&format!("### {}", book.title)) && docs.contains(book.id.as_str()),
            "{}",
            book.title
        );
    }
    for figure in library.content.figures.values() {
        assert!(docs.contains(&figure.title) && docs.contains(figure.id.as_str()), "{}", figure.title);
    }
}

#[test]
fn an_overlay_adds_figures_and_replaces_whole_files() {
    let shop = overlay(GOOD);
    let folder = shop.path("content").to_string_lossy().into_owned();
    bare(&["--content", &folder, "content", "check"]).expect_code(0);
    assert!(bare(&["--content", &folder, "content", "docs"]).out.contains("试验甲"));
    // The environment names the folder as well as the option does.
    let by_environment: Ran = Command::new(BINARY)
        .args(["content", "docs"])
        .env("PARKLEDGER_CONTENT", &folder)
        .output()
        .expect("it starts")
        .into();
    assert!(by_environment.out.contains("试验甲"));
    // The same file under its own name takes the place of the shipped one: its other figures are gone, and that is told.
    std::fs::write(shop.path("content/figures/park.toml"), GOOD.replace("trial_a", "trial_d")).expect("ours");
    let printed = bare(&["--content", &folder, "--format", "json", "content", "check"]).expect_code(3).json();
    assert!(printed.as_array().is_some_and(|d| !d.is_empty()), "{printed:#}");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let demo = demo();
    let script = format!("\"{BINARY}\" --data \"{}\" figure --list | head -1", demo.path("ledger").display());
    let output = Command::new("sh").args(["-c", &script]).output().expect("a shell");
    let ran: Ran = output.into();
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn the_text_of_a_figure_tells_its_basis() {
    let shop = Shop::new();
    shop.accept(&shop.file("企业名录.csv", register(3)));
    shop.accept(&shop.file("快报.csv", returns(3, "2023年3月", 100)));
    // 100 + 101 + 102 = 303 万元 = 0.0303 亿元, printed with two places.
    let ran = shop.run(&["figure", "规上工业总产值", "--period", "2023-03", "--trace"]).expect_code(0);
    for part in ["0.03亿元", "精确值　0.0303", "口径", "算法", "依据", "条目　　3 条", "快报.csv", "D3", "D5"]
    {
        assert!(ran.out.contains(part), "{part} not in:\n{}", ran.out);
    }
}
