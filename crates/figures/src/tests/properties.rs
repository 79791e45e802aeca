//! What must hold for every park: a delta equals a rebuild, order does not matter, groups add up to the total, excluding nobody
//! changes nothing, and the columnar engine equals a slow reference that evaluates every row with `model::expr::eval`.

use model::entry::{Entry, EntryState};
use model::expr::eval::{self, Row};
use model::expr::{Expr, Node};
use model::id::{BookId, EntryId, FieldId, Revision};
use model::period::Period;
use model::value::Value;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::park::{Park, line, request};
use crate::column::Column;
use crate::naming::Naming;
use crate::{Engine, Reader, Snapshot};

const NAMES: [&str; 6] = ["甲", "乙", "丙", "丁", "戊", "己"];
const SECTORS: [&str; 4] = ["制造业/汽车", "制造业/纺织", "建筑业", "–"];

/// A cell: mostly a number of few places, sometimes missing, sometimes awkward.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (-50_000_i64..900_000, 0_u32..4).prop_map(|(n, places)| Decimal::new(n, places).to_string()),
        2 => Just("–".to_owned()),
        1 => Just("9223372036854775807".to_owned()),
        1 => Just("0.000001".to_owned()),
    ]
}

/// The lines of a park's returns, with one line per firm and month at most.
fn returns() -> impl Strategy<Value = Vec<String>> {
    // Mostly the nine months that are asked for, so that each is likely to have been sent.
    let month = prop_oneof![3 => 12_i32..21, 1 => 0_i32..26];
    let one = (0_usize..6, month, cell(), cell(), cell(), cell(), cell());
    prop::collection::vec(one, 0..90).prop_map(|all| {
        let mut seen = std::collections::BTreeSet::new();
        all.into_iter()
            .filter(|(firm, month, ..)| seen.insert((*firm, *month)))
            .map(|(firm, month, a, b, c, d, e)| {
                let (year, month) = (2021 + month / 12, month % 12 + 1);
                let (name, period) = (NAMES[firm], format!("{year}-{month:02}"));
                format!("firm={name} period={period} out={a} out_ytd={b} out_prior={c} out_ytd_prior={d} power={e}")
            })
            .collect()
    })
}

fn park(lines: &[String]) -> Park {
    let mut park = Park::with(&RETURNS.replace("SKIPS", ""), FIGURES);
    for (i, name) in NAMES.iter().enumerate() {
        let hitech = ["yes", "no", "–"][i % 3];
        park.put(
            "firms",
            &format!("name={name} hitech={hitech} sector={} opened=2010-01-01", SECTORS[i % 4]),
        );
    }
    for line in lines {
        park.put("returns", line);
    }
    park
}

const RETURNS: &str = r#"
title = "月报"
kind = "series"
key = ["firm", "period"]
subject = "firm"
time = "period"
every = "month"
SKIPS
[fields.firm]
title = "企业"
kind = "reference"
book = "firms"
[fields.period]
title = "期"
kind = "period"
[fields.out]
title = "产值"
kind = "amount"
unit = "万元"
[fields.out_ytd]
title = "累计"
kind = "amount"
unit = "万元"
[fields.out_prior]
title = "同月"
kind = "amount"
unit = "万元"
[fields.out_ytd_prior]
title = "同期"
kind = "amount"
unit = "万元"
[fields.power]
title = "电"
kind = "decimal"
"#;

const FIGURES: &str = r#"
title = "试"
[figures.power]
title = "电"
book = "returns"
measure = "sum(power)"
compare = "all"
[figures.mixed]
title = "混"
book = "returns"
measure = "sum(out + out_prior * 2)"
unit = "万元"
filter = "firm.hitech or (out > 100 and not firm.sector like '建筑%') or power is null"
compare = "all"
[figures.levels]
title = "级"
book = "returns"
measure = "sum(coalesce(out, 0) - out_prior)"
unit = "万元"
filter = "level(firm.sector, 1) in ('制造业', '农业') and month(period) between 2 and 9 and out < 50 or firm = '丙'"
compare = "all"
[figures.count]
title = "数"
book = "returns"
measure = "count(power)"
filter = "case when firm.hitech is null then power > 0 else abs(power) >= 1 end"
compare = "all"
[figures.rows]
title = "行"
book = "returns"
measure = "count()"
filter = "not (firm.hitech and firm.sector is not null)"
compare = "all"
[figures.output]
title = "产值"
book = "returns"
measure = "sum(out)"
cumulative = "sum(out_ytd)"
prior = "sum(out_prior)"
prior_cumulative = "sum(out_ytd_prior)"
unit = "万元"
[figures.same]
title = "同"
book = "returns"
measure = "sum(out)"
unit = "万元"
"#;

const ASKED: [&str; 8] =
    ["power", "mixed", "levels", "count", "rows", "output", "output.month", "same.quarter"];

fn answers(park: &Park, snapshot: &Snapshot, tail: &str) -> Vec<String> {
    let engine = Engine::new(&park.content, snapshot, Reader::COMMITTEE);
    ASKED.iter().map(|what| line(&engine.evaluate(&request(&format!("{what} @ 2022-09{tail}"))))).collect()
}

/// One entry over the park's entries, evaluated the slow way.
struct Slow<'p> {
    park: &'p Park,
    entry: &'p Entry,
}

impl Row for Slow<'_> {
    fn field(&self, field: &FieldId) -> Option<Value> {
        self.entry.payload.get(field).cloned()
    }

    fn through(&self, reference: &FieldId, book: &BookId, field: &FieldId) -> Option<Value> {
        let id = self.field(reference)?.as_entry()?;
        self.park.entries[book].iter().find(|e| e.id == id)?.payload.get(field).cloned()
    }

    fn entry_name(&self, entry: EntryId) -> Option<String> {
        let firm = self.park.entries["firms"].iter().find(|e| e.id == entry)?;
        firm.payload.get("name").map(ToString::to_string)
    }
}

fn argument(expr: &Expr) -> Option<&Expr> {
    match &expr.node {
        Node::Aggregate(_, argument) => argument.as_deref(),
        _ => None,
    }
}

/// January to September 2022 of a figure without cumulative column, row by row: sum or count, and how many rows.
fn slow(park: &Park, figure: &str) -> (Decimal, usize, usize) {
    let model::definition::FigureRule::Measure { measure, filter, .. } = &park.content.figures[figure].rule
    else {
        panic!("a measure")
    };
    let (mut sum, mut rows, mut present) = (Decimal::ZERO, 0, 0);
    for entry in park.entries.get("returns").into_iter().flatten() {
        let row = Slow { park, entry };
        let period = entry.payload["period"].as_period().expect("a period");
        let inside = period.end.year() == 2022 && period.end.month() <= 9;
        if !inside || filter.as_ref().is_some_and(|f| eval::truth(f, &row) != Some(true)) {
            continue;
        }
        rows += 1;
        if let Some(number) = argument(measure).map_or(Some(Decimal::ONE), |a| eval::number(a, &row)) {
            sum += if figure == "count" { Decimal::ONE } else { number };
            present += 1;
        }
    }
    (sum, rows, present)
}

/// Whether anybody has sent each month from January to September 2022.
fn sent(park: &Park) -> bool {
    let of = |month: i8| Value::Period(Period::month(super::park::month(&format!("2022-{month:02}"))));
    let returns: Vec<&Value> =
        park.entries.get("returns").into_iter().flatten().map(|e| &e.payload["period"]).collect();
    (1..=9).all(|month| returns.contains(&&of(month)))
}

/// Whether the rows that name a firm, and the first row of a name, are those that a scan of the whole table finds.
fn naming_equals_a_scan(snapshot: &Snapshot) -> bool {
    let (firms, returns) = (snapshot.table(&"firms".into()), snapshot.table(&"returns".into()));
    let (firms, returns) = firms.zip(returns).expect("both books");
    let (firm, name) = (FieldId::from("firm"), FieldId::from("name"));
    let text = |row: u32| firms.value(row, &name)?.as_text().map(str::to_owned);
    let named = firms.ids().iter().chain(&[EntryId(9_999_999)]).all(|id| {
        let names = |row: &u32| returns.value(*row, &firm).and_then(|value| value.as_entry()) == Some(*id);
        returns.naming(&firm, *id) == returns.rows().filter(names).collect::<Vec<_>>()
    });
    named
        && NAMES.iter().chain(&["无"]).all(|wanted| {
            let found = firms.rows().find(|row| text(*row).as_deref() == Some(wanted));
            firms.row_of_text(&name, wanted) == found
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_equals_a_row_by_row_reference(lines in returns()) {
        let park = park(&lines);
        let snapshot = park.snapshot();
        let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
        for figure in ["power", "mixed", "levels", "count", "rows"] {
            let value = engine.evaluate(&request(&format!("{figure} @ 2022-09"))).value;
            let (sum, rows, present) = slow(&park, figure);
            let counts = figure == "count" || figure == "rows";
            // A month that nobody has sent makes the sum of months blank.
            let expected = (sent(&park) && (counts || (rows > 0 && present > 0))).then_some(sum);
            prop_assert_eq!(value.number(), expected, "{}: {} rows, {} present", figure, rows, present);
        }
    }

    #[test]
    fn sums_do_not_depend_on_order(lines in returns(), seed in any::<u64>()) {
        let park = park(&lines);
        let mut turned = park.entries.clone();
        for entries in turned.values_mut() {
            entries.sort_by_key(|e| e.id.0.wrapping_mul(seed | 1));
        }
        let other = Snapshot::build(&park.content, Revision(1), turned);
        prop_assert_eq!(answers(&park, &park.snapshot(), ""), answers(&park, &other, ""));
    }

    #[test]
    fn groups_add_up_to_the_total(lines in returns()) {
        let park = park(&lines);
        let snapshot = park.snapshot();
        let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
        for what in ["mixed", "rows", "output", "output.month", "same.quarter"] {
            for by in ["firm", "firm.sector", "firm.sector/1", "firm.hitech", "period"] {
                let e = engine.evaluate(&request(&format!("{what} @ 2022-09 by {by}")));
                let Some(total) = e.value.number() else { continue };
                let sum: Decimal = e.groups.iter().filter_map(|g| g.value.number()).sum();
                prop_assert_eq!(sum, total, "{} by {}", what, by);
            }
        }
    }

    #[test]
    fn excluding_nobody_changes_nothing(lines in returns()) {
        let park = park(&lines);
        let snapshot = park.snapshot();
        prop_assert_eq!(answers(&park, &snapshot, ""), answers(&park, &snapshot, " without top:0"));
    }

    #[test]
    fn fusing_changes_no_answer(lines in returns()) {
        let park = park(&lines);
        let snapshot = park.snapshot();
        let requests: Vec<_> = ASKED.iter().map(|what| request(&format!("{what} @ 2022-09"))).collect();
        let fused = Engine::new(&park.content, &snapshot, Reader::COMMITTEE).evaluate_all(&requests);
        let single: Vec<String> = answers(&park, &snapshot, "");
        prop_assert_eq!(fused.iter().map(line).collect::<Vec<_>>(), single);
    }

    #[test]
    fn a_delta_equals_a_rebuild(lines in returns(), changes in prop::collection::vec((any::<prop::sample::Index>(), returns(), 0_u8..4), 1..4)) {
        let mut park = park(&lines);
        let mut snapshot = park.snapshot();
        // Asked before and after each change, so that an index that outlives its table would be seen.
        prop_assert!(naming_equals_a_scan(&snapshot));
        for (at, new, what) in changes {
            let mut changed: Vec<Entry> = Vec::new();
            let before = park.entries.get("returns").map_or(0, Vec::len);
            if before > 0 && what < 3 {
                let entries = park.entries.get_mut("returns").expect("some returns");
                let old = at.get(entries).clone();
                let text = new.first().cloned().unwrap_or_else(|| "firm=乙 period=2022-09 out=5".into());
                let mut next = park.entry(old.id, "returns", &text);
                if what == 0 {
                    next.state = EntryState::Withdrawn;
                }
                if what == 1 {
                    next.payload.insert("period".into(), old.payload["period"].clone());
                }
                let entries = park.entries.get_mut("returns").expect("some returns");
                let place = entries.iter().position(|e| e.id == old.id).expect("it was taken from there");
                entries[place] = next.clone();
                changed.push(next);
            } else {
                for text in &new {
                    let id = park.put("returns", text);
                    changed.extend(park.entries["returns"].iter().find(|e| e.id == id).cloned());
                }
            }
            snapshot.apply(Revision(2), &changed);
            let rebuilt = park.snapshot();
            for tail in ["", " by firm", " by firm.sector", " only firm.sector=制造业"] {
                prop_assert_eq!(answers(&park, &snapshot, tail), answers(&park, &rebuilt, tail));
            }
            let (new, old) = (snapshot.table(&"returns".into()), rebuilt.table(&"returns".into()));
            prop_assert_eq!(new.map(crate::Table::ids), old.map(crate::Table::ids));
            prop_assert!(naming_equals_a_scan(&snapshot));
        }
    }

    #[test]
    fn rows_named_in_lists_equal_a_scan(rows in prop::collection::vec(prop::option::of(prop::collection::vec(0_u64..6, 0..4)), 0..40)) {
        let lists = rows.iter().map(|row| row.as_ref().map(|all| all.iter().copied().map(EntryId).collect()));
        let naming = Naming::of(&Column::Entries(lists.collect()));
        for entry in 0..7 {
            let named = |row: &Option<Vec<u64>>| row.as_ref().is_some_and(|all| all.contains(&entry));
            let scanned: Vec<u32> = (0_u32..).zip(&rows).filter(|(_, row)| named(row)).map(|(at, _)| at).collect();
            prop_assert_eq!(naming.rows(EntryId(entry)).collect::<Vec<_>>(), scanned);
        }
    }
}
