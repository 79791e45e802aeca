//! Ranks, targets, claims, record highs, month on month, traces.

use model::id::{ClaimId, FieldId};

use super::park::{Park, check, growth, month, outcome, request};
use crate::{Engine, Reader, Side, Snapshot};

/// Ningbo, November 2018: growth of value added January to November by district, Fenghua proper as a sub-row.
const DISTRICTS: [(&str, &str); 10] = [
    ("海曙", "7.1"),
    ("江北", "10.7"),
    ("镇海", "4.1"),
    ("北仑", "4.9"),
    ("鄞州", "1.6"),
    ("奉化区", "3.7"),
    ("余姚", "10.7"),
    ("慈溪", "10.6"),
    ("宁海", "8.6"),
    ("象山", "7.2"),
];

fn bulletin(own: &str) -> Park {
    let mut park = Park::new();
    for (name, growth) in DISTRICTS {
        let ours = if name == own { "yes" } else { "no" };
        park.put(
            "bulletins",
            &format!("item=增加值 period=2018-11/ytd unit_name={name} growth={growth} own={ours}"),
        );
    }
    park.add("bulletins", "item=增加值 period=2018-11/ytd unit_name=奉化区属 growth=8.2 sub_row=yes own=no")
        .add("bulletins", &format!("item=增加值 period=2018-11 unit_name={own} growth=3.9 own=yes"))
        .add("bulletins", "item=产值 period=2018-11/ytd unit_name=镇海 growth=99 own=no")
}

#[test]
fn ranks_share_ties_and_leave_sub_rows_out() {
    let rank = |own: &str| {
        let park = bulletin(own);
        let snapshot = park.snapshot();
        let e = Engine::new(&park.content, &snapshot, Reader::COMMITTEE)
            .evaluate(&request("district_rank @ 2018-11"));
        (outcome(&e.value), e.of)
    };
    assert_eq!(rank("江北"), ("1".to_owned(), Some(10)));
    assert_eq!(rank("余姚"), ("1".to_owned(), Some(10)));
    assert_eq!(rank("慈溪"), ("3".to_owned(), Some(10)));
    assert_eq!(rank("海曙"), ("6".to_owned(), Some(10)));
    assert_eq!(rank("鄞州"), ("10".to_owned(), Some(10)));
    // The cumulative table and the month's stand side by side; the window decides.
    let park = bulletin("海曙");
    check(
        &park,
        "issued_growth @ 2018-11",
        "2018-11/ytd 7.1 | 7.1 after NotComparable = NotComparable | None",
    );
    check(
        &park,
        "issued_growth.month @ 2018-11",
        "2018-11 3.9 | 3.9 after NotComparable = NotComparable | None",
    );
}

fn park_with_targets() -> Park {
    Park::new()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2023-10 out=30 out_ytd=300 out_ytd_prior=250")
        .add("targets", "figure=output year=2023 setter=区 kind=amount value=400 unit=万元 last_year_value=320 last_year_is=任务数")
        .add("targets", "figure=产值 year=2023 setter=市 kind=amount value=0.05 unit=亿元")
        .add("targets", "figure=output year=2023 setter=区 kind=growth value=15 unit=% at_least=yes")
        .add("targets", "figure=output year=2024 setter=区 kind=growth value=8 unit=%")
}

#[test]
fn several_setters_are_kept_apart() {
    let park = park_with_targets();
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
    let lines: Vec<String> = engine
        .targets(&request("output.month @ 2023-10"))
        .iter()
        .map(|t| {
            let round = |o: &crate::Outcome| {
                o.number().map_or_else(|| outcome(o), |n| n.round_dp(2).normalize().to_string())
            };
            format!(
                "{} {:?} {} done {} = {} gap {} pace {} last {} {}",
                t.setter,
                t.kind,
                outcome(&t.target),
                round(&t.done),
                round(&t.completion),
                round(&t.gap),
                round(&t.pace_needed),
                outcome(&t.last_year),
                t.last_year_is
            )
        })
        .collect();
    // In the order of the setters. 0.05 亿元 = 500 万元: 300 / 500 = 60 %, 10 months gone = 83.33 %, gap −23.33 points,
    // (500 − 300) / 2 = 100 a month. 300 / 400 = 75 %, gap −8.33, pace 50. Growth 20 % against 15 %: 5 points ahead.
    assert_eq!(
        lines,
        [
            "市 Level 500 done 300 = 60 gap -23.33 pace 100 last NoTarget ",
            "区 Level 400 done 300 = 75 gap -8.33 pace 50 last 320 任务数",
            "区 Growth 15 done 20 = NotApplicable gap 5 pace NotApplicable last NoTarget ",
        ]
    );
    // Next year's target stands although its value is not due.
    let next = engine.targets(&request("output @ 2024-10"));
    assert_eq!(
        (next.len(), outcome(&next[0].target), outcome(&next[0].done)),
        (1, "8".into(), "NotDue".into())
    );
}

fn claim(park: &Park, id: &str, at: &str) -> String {
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
    let found = engine.evaluate_claim(&ClaimId::from(id), month(at)).expect("a claim of that id");
    let operands: Vec<String> = found
        .operands
        .iter()
        .map(|(name, o)| {
            format!(
                "{name} = {}",
                o.number().map_or_else(|| outcome(o), |n| n.round_dp(2).normalize().to_string())
            )
        })
        .collect();
    format!("{:?}: {}", found.holds, operands.join(", "))
}

#[test]
fn claims_are_checked_by_their_rule() {
    let park = park_with_targets();
    assert_eq!(claim(&park, "up", "2023-10"), "Some(true): yoy('output') = 20");
    assert_eq!(claim(&park, "up", "2023-09"), "None: yoy('output') = NotSent");
    // The first target in the order of setters is the city's: 60 % after 83.33 % of the year.
    assert_eq!(
        claim(&park, "on_schedule", "2023-10"),
        "Some(false): completion('output') = 60, elapsed() = 83.33"
    );
    assert_eq!(claim(&bulletin("江北"), "first", "2018-11"), "Some(true): rank('district_rank') = 1");
    let park = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("returns", "firm=甲 period=2023-09 out=18 out_prior=30")
        .add("returns", "firm=乙 period=2023-09 out=29 out_prior=20");
    // Without 甲 (30, the largest base): 29 after 20.
    assert_eq!(
        claim(&park, "up_without", "2023-09"),
        "Some(true): yoy_excluding('output@month', 'big_one') = 45"
    );
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
    assert!(engine.evaluate_claim(&ClaimId::from("nothing"), month("2023-09")).is_none());
}

#[test]
fn a_record_is_strictly_above_every_earlier_value_of_its_window() {
    let park = |now: &str| {
        Park::new()
            .add("firms", "name=甲")
            .add("returns", "firm=甲 period=2021-09 out_ytd=90")
            .add("returns", "firm=甲 period=2022-08 out_ytd=500")
            .add("returns", "firm=甲 period=2022-09 out_ytd=100")
            .add("returns", &format!("firm=甲 period=2023-09 out_ytd={now}"))
    };
    assert_eq!(claim(&park("101"), "record", "2023-09"), "Some(true): is_record_high('output') = 是");
    assert_eq!(claim(&park("100"), "record", "2023-09"), "Some(false): is_record_high('output') = 否");
    // One earlier September is not a history.
    assert_eq!(claim(&park("101"), "record", "2022-09"), "None: is_record_high('output') = NotComparable");
}

#[test]
fn month_on_month_of_a_cumulative_figure_is_of_its_last_month() {
    let park = Park::new()
        .add("firms", "name=甲")
        .add("firms", "name=乙")
        .add("returns", "firm=甲 period=2023-08 out=10 out_ytd=80")
        .add("returns", "firm=甲 period=2023-09 out=11 out_ytd=91")
        .add("returns", "firm=乙 period=2023-09 out=5 out_ytd=5");
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
    let change = engine.month_on_month(&request("output @ 2023-09"));
    // 甲 alone is in both months: 11 after 10.
    assert_eq!(
        (change.before.to_string(), outcome(&change.value), growth(change.growth)),
        ("2023-08".into(), "11".into(), "10%".into())
    );
    let park = Park::skipping_january()
        .add("firms", "name=甲")
        .add("returns", "firm=甲 period=2023-02 out_ytd=20")
        .add("returns", "firm=甲 period=2023-03 out=12 out_ytd=32");
    let snapshot = park.snapshot();
    let engine = Engine::new(&park.content, &snapshot, Reader::COMMITTEE);
    assert_eq!(growth(engine.month_on_month(&request("output @ 2023-03")).growth), "NotCollected");
}

fn trace(park: &Park, snapshot: &Snapshot, reader: Reader, asked: &str) -> Vec<String> {
    let engine = Engine::new(&park.content, snapshot, reader);
    engine
        .trace(&request(asked))
        .iter()
        .map(|c| {
            let fields: Vec<&str> = c.fields.iter().map(FieldId::as_str).collect();
            let number = c.number.map_or_else(|| "–".to_owned(), |n| n.normalize().to_string());
            let side = if c.side == Side::Current { "now" } else { "base" };
            format!("{} {side} #{} {} {number}", c.figure, c.entry, fields.join("+"))
        })
        .collect()
}

#[test]
fn a_trace_names_the_cells_and_adds_up() {
    let park = Park::new()
        .add("firms", "name=甲 hitech=yes")
        .add("firms", "name=乙 hitech=no")
        .add("returns", "firm=甲 period=2023-08 out=1 out_ytd=10")
        .add("returns", "firm=甲 period=2023-09 out_ytd=18 out_prior=7")
        .add("returns", "firm=乙 period=2023-09 out=5 out_ytd=50 out_prior=6")
        .add("events", "no=1 firm=甲 on=2023-09-30 kind=内资 amount=5");
    let snapshot = park.snapshot();
    // 甲's month is 18 − 10; both cells are named.
    assert_eq!(
        trace(&park, &snapshot, Reader::COMMITTEE, "output.month @ 2023-09"),
        [
            "output now #4 out_ytd 18",
            "output now #3 out_ytd -10",
            "output now #5 out 5",
            "output base #4 out_prior 7",
            "output base #5 out_prior 6",
        ]
    );
    assert_eq!(
        trace(&park, &snapshot, Reader::COMMITTEE, "hitech_share @ 2023-09"),
        ["hitech_output now #4 out_ytd 18", "output now #4 out_ytd 18", "output now #5 out_ytd 50"]
    );
    // In the figure's unit: 5 万元 = 0.0005 亿元. A count names what decided it.
    assert_eq!(
        trace(&park, &snapshot, Reader::COMMITTEE, "capital @ 2023-09"),
        ["capital now #6 amount 0.0005"]
    );
    assert_eq!(trace(&park, &snapshot, Reader::COMMITTEE, "arrivals @ 2023-09"), ["arrivals now #6 on 1"]);
    assert_eq!(trace(&park, &snapshot, Reader::PUBLIC, "output.month @ 2023-09"), Vec::<String>::new());
}
