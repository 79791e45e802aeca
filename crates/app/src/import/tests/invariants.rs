//! What must not matter: the order of columns and rows, notes, blank rows, and how many threads read.

use proptest::prelude::*;

use super::*;

const HEADINGS: [&str; 5] = ["信用代码", "企业名称", "月份", "本月产值", "人数"];

#[derive(Clone, Debug)]
struct Line {
    firm: u32,
    month: u8,
    output: Option<i32>,
    staff: u8,
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = (1u32..=3, 1u8..=12, proptest::option::of(0i32..100_000), 0u8..200);
    let line = line.prop_map(|(firm, month, output, staff)| Line { firm, month, output, staff });
    proptest::collection::vec(line, 1..20).prop_map(|mut lines| {
        lines.sort_by_key(|l| (l.firm, l.month));
        lines.dedup_by_key(|l| (l.firm, l.month));
        lines
    })
}

fn grid(lines: &[Line], columns: &[usize]) -> String {
    let names = ["宁波甲机械厂", "宁波乙电子有限公司", "宁波丙（集团）有限公司"];
    let mut out = "产值（单位：万元）\n".to_owned();
    let row =
        |cells: [String; 5]| columns.iter().map(|c| cells[*c].clone()).collect::<Vec<_>>().join("|") + "\n";
    out += &row(HEADINGS.map(str::to_owned));
    for line in lines {
        out += &row([
            code(line.firm),
            names[line.firm as usize - 1].to_owned(),
            format!("2023年{}月", line.month),
            line.output.map_or("-".to_owned(), |o| format!("{}.{}", o / 10, o % 10)),
            line.staff.to_string(),
        ]);
    }
    out
}

/// Drafts without regard to order and numbers of new entries.
fn outcome(grid: &str) -> Vec<String> {
    let staged = staged(grid);
    let mut lines: Vec<String> = drafts(&staged).lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_columns_does_not_matter(lines in lines(), columns in Just([0usize, 1, 2, 3, 4]).prop_shuffle()) {
        prop_assert_eq!(outcome(&grid(&lines, &columns)), outcome(&grid(&lines, &[0, 1, 2, 3, 4])));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(lines in lines(), seed in any::<u64>()) {
        let mut other = lines.clone();
        other.sort_by_key(|l| (u64::from(l.firm) * 31 + u64::from(l.month)).wrapping_mul(seed | 1));
        prop_assert_eq!(outcome(&grid(&other, &[0, 1, 2, 3, 4])), outcome(&grid(&lines, &[0, 1, 2, 3, 4])));
    }

    #[test]
    fn titles_blank_rows_and_notes_do_not_matter(lines in lines(), blanks in proptest::collection::vec(0usize..24, 0..6)) {
        let plain = grid(&lines, &[0, 1, 2, 3, 4]);
        let mut noisy: Vec<&str> = plain.lines().collect();
        for at in blanks {
            let at = 2 + at.min(noisy.len() - 2);
            noisy.insert(at, "");
        }
        noisy.insert(0, "某某园区");
        noisy.push("合计|||123|456");
        noisy.push("注：本表为快报数");
        noisy.push("其他|说明");
        prop_assert_eq!(outcome(&noisy.join("\n")), outcome(&plain));
    }

    #[test]
    fn no_grid_panics(cells in proptest::collection::vec("[企业名称本月产值信用代码0-9年月#/—合计注：（万元）|]{0,6}", 0..60), width in 1usize..7) {
        let rows: Vec<String> = cells.chunks(width).map(|c| c.join("|").replace('#', "")).collect();
        let _ = staged(&rows.join("\n"));
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let rows: String = (0..9000)
        .map(|n| format!("{}|{}年{}月|{}\n", ["{c1}", "坏码"][n % 2], 1950 + n / 24, 1 + n / 2 % 12, n % 7))
        .collect();
    let book = workbook(vec![sheet("s", &format!("产值（单位：万元）\n信用代码|月份|本月产值\n{rows}"))]);
    let stage_with = |threads| {
        let source = SourceName { name: "a.xlsx", digest: "d" };
        stage(&content(), &ledger(), source, &book, &Options { threads, ..Options::default() })
            .expect("no ledger fault")
    };
    assert_eq!(stage_with(1), stage_with(3));
}
