//! What is written is read back the same, by our own reader and by calamine as an independent witness.

use super::*;
use crate::number::number_text;
use crate::read::{Limits, read};
use crate::sheet::{CellValue, Sheet};
use calamine::Reader;
use proptest::prelude::*;
use std::io::Cursor;

fn cells(sheet: &Sheet) -> Vec<(u32, u16, String)> {
    let value = |cell: &crate::sheet::Cell| match cell.value {
        CellValue::Text(_) => format!("t:{}", sheet.text(cell).unwrap()),
        CellValue::Number { value, percent } => {
            format!("n:{}{}", number_text(value), if percent { "%" } else { "" })
        }
        CellValue::DateTime { .. } => {
            let at = cell.value.civil().unwrap();
            format!("d:{}-{}-{}", at.year, at.month, at.day)
        }
        CellValue::Bool(value) => format!("b:{value}"),
        CellValue::Error(kind) => format!("e:{}", kind.text()),
        CellValue::FormulaWithoutValue => "f".to_owned(),
    };
    sheet.cells.iter().map(|cell| (cell.row, cell.col, value(cell))).collect()
}

fn sample() -> BookSpec {
    let title = MergeSpec {
        area: Area { top: 0, left: 0, bottom: 0, right: 3 },
        text: "产值月报（万元）".into(),
        style: Style::Title,
    };
    let first = SheetSpec {
        name: "产值".into(),
        widths: vec![(0, 24.0)],
        rows: vec![
            vec![],
            ["企业", "产值", "增速", "日期"].map(|text| CellSpec::text(text).styled(Style::Header)).to_vec(),
            vec![
                CellSpec::text("=cmd|'/c calc'!A1"),
                CellSpec::decimal("18532.60"),
                CellSpec { value: Input::Percent(0.125), style: Style::Plain },
                CellSpec { value: Input::Date { year: 2023, month: 9, day: 1 }, style: Style::Plain },
            ],
            vec![
                CellSpec { value: Input::Error(ErrorKind::Ref), style: Style::Plain },
                CellSpec { value: Input::Bool(true), style: Style::Plain },
                CellSpec::blank(),
                CellSpec {
                    value: Input::Formula { text: "=B3*2".into(), cached: Some(37065.2) },
                    style: Style::Note,
                },
            ],
        ],
        merges: vec![title],
        hidden_rows: vec![3],
        hidden_cols: vec![2],
        freeze: Some((2, 1)),
        autofilter: Some(Area { top: 1, left: 0, bottom: 3, right: 3 }),
        ..SheetSpec::default()
    };
    let second = SheetSpec {
        name: "隐藏".into(),
        hidden: true,
        rows: vec![vec![CellSpec::number(-0.5)]],
        ..SheetSpec::default()
    };
    BookSpec { sheets: vec![first, second] }
}

fn expected() -> Vec<(u32, u16, String)> {
    [
        (0, 0, "t:产值月报（万元）"),
        (1, 0, "t:企业"),
        (1, 1, "t:产值"),
        (1, 2, "t:增速"),
        (1, 3, "t:日期"),
        (2, 0, "t:=cmd|'/c calc'!A1"),
        (2, 1, "n:18532.6"),
        (2, 2, "n:0.125%"),
        (2, 3, "d:2023-9-1"),
        (3, 0, "e:#REF!"),
        (3, 1, "b:true"),
        (3, 3, "n:37065.2"),
    ]
    .map(|(row, col, value)| (row, col, value.to_owned()))
    .to_vec()
}

fn check_round_trip(bytes: &[u8]) {
    let book = read(bytes, "a", &Limits::default()).unwrap();
    assert_eq!(book.sheets.len(), 2);
    assert_eq!(cells(&book.sheets[0]), expected());
    assert_eq!(book.sheets[0].merges, [Area { top: 0, left: 0, bottom: 0, right: 3 }]);
    assert_eq!((&book.sheets[0].hidden_rows[..], &book.sheets[0].hidden_cols[..]), (&[3][..], &[2][..]));
    assert_eq!((book.sheets[0].hidden, book.sheets[1].hidden), (false, true));
    assert_eq!(cells(&book.sheets[1]), [(0, 0, "n:-0.5".to_owned())]);
    let mut witness = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(witness.sheet_names(), ["产值", "隐藏"]);
    let range = witness.worksheet_range("产值").unwrap();
    assert_eq!(range.get_value((2, 1)), Some(&calamine::Data::Float(18532.6)));
    assert_eq!(range.get_value((1, 0)), Some(&calamine::Data::String("企业".into())));
}

#[test]
fn both_formats_round_trip_and_are_deterministic() {
    for write in [xlsx, xls] {
        let bytes = write(&sample()).unwrap();
        check_round_trip(&bytes);
        assert!(bytes == write(&sample()).unwrap(), "the same description gives the same bytes");
    }
}

#[test]
fn a_sheet_is_as_wide_as_its_page_and_its_head_is_on_each() {
    let part = |bytes: &[u8], name: &str| {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).expect("a zip");
        std::io::read_to_string(archive.by_name(name).expect("a part")).expect("text")
    };
    let mut book = sample();
    let bytes = xlsx(&book).expect("a workbook");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("fitToPage=\"1\"") && sheet.contains("fitToHeight=\"0\""), "{sheet}");
    assert!(sheet.contains("paperSize=\"9\"") && !sheet.contains("landscape"), "{sheet}");
    assert!(part(&bytes, "xl/workbook.xml").contains("$1:$2"), "two rows stay in view");
    // 24 + 67 characters are more than the 90 of an upright page.
    book.sheets[0].widths.push((1, 67.0));
    let sheet = part(&xlsx(&book).expect("a workbook"), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("orientation=\"landscape\""), "{sheet}");
}

#[test]
fn a_formula_can_go_without_a_result() {
    let formula =
        CellSpec { value: Input::Formula { text: "=1+1".into(), cached: None }, style: Style::Plain };
    let sheet = SheetSpec { name: "S".into(), rows: vec![vec![formula]], ..SheetSpec::default() };
    let bytes = xlsx(&BookSpec { sheets: vec![sheet] }).unwrap();
    let book = read(&bytes, "a.xlsx", &Limits::default()).unwrap();
    assert_eq!(cells(&book.sheets[0]), [(0, 0, "f".to_owned())]);
}

#[test]
fn links_keep_the_value_of_their_cell() {
    let link = |cell: CellSpec| cell.styled(Style::Link { sheet: "它's".into(), row: 6, col: 1 });
    let rows = vec![vec![link(CellSpec::text("见明细")), link(CellSpec::number(12.5))]];
    let sheets = vec![
        SheetSpec { name: "S".into(), rows, ..SheetSpec::default() },
        SheetSpec { name: "它's".into(), ..SheetSpec::default() },
    ];
    let book = read(&xlsx(&BookSpec { sheets }).unwrap(), "a.xlsx", &Limits::default()).unwrap();
    assert_eq!(cells(&book.sheets[0]), [(0, 0, "t:见明细".to_owned()), (0, 1, "n:12.5".to_owned())]);
}

#[test]
fn mistakes_of_the_caller_are_named() {
    let book = |cell: CellSpec| BookSpec {
        sheets: vec![SheetSpec { name: "S".into(), rows: vec![vec![cell]], ..SheetSpec::default() }],
    };
    for write in [xlsx, xls] {
        let not_a_number =
            WriteFault::NotANumber { sheet: "S".into(), cell: "A1".into(), text: "1,5".into() };
        assert_eq!(write(&book(CellSpec::decimal("1,5"))), Err(not_a_number));
        let date = Input::Date { year: 2023, month: 2, day: 29 };
        let no_date = WriteFault::NoSuchDate { sheet: "S".into(), cell: "A1".into() };
        assert_eq!(write(&book(CellSpec { value: date, style: Style::Plain })), Err(no_date));
        assert!(write(&book(CellSpec::number(f64::INFINITY))).is_err());
        assert!(
            write(&BookSpec { sheets: vec![SheetSpec { name: "a/b".into(), ..SheetSpec::default() }] })
                .is_err()
        );
        assert!(write(&book(CellSpec::text("x".repeat(40_000)))).is_err());
    }
}

#[test]
fn long_texts_cross_the_borders_of_records() {
    // 8,224 bytes fit one record of .xls; these texts begin and end on every side of that border.
    let rows: Vec<Vec<CellSpec>> =
        (0..60).map(|n| vec![CellSpec::text(format!("{n}{}", "园区台账".repeat(n * 37)))]).collect();
    let sheet = SheetSpec { name: "S".into(), rows: rows.clone(), ..SheetSpec::default() };
    let book = read(&xls(&BookSpec { sheets: vec![sheet] }).unwrap(), "a.xls", &Limits::default()).unwrap();
    let texts: Vec<_> =
        book.sheets[0].cells.iter().map(|cell| CellSpec::text(book.sheets[0].text(cell).unwrap())).collect();
    assert!(texts == rows.concat());
}

#[test]
fn text_files() {
    let rows = vec![
        vec![CellSpec::text("企业,甲"), CellSpec::text("=1+1"), CellSpec::number(-1.5), CellSpec::text("-")],
        vec![],
        vec![
            CellSpec::text("-5"),
            CellSpec::blank(),
            CellSpec::text("a\"b"),
            CellSpec { value: Input::Percent(0.125), style: Style::Plain },
        ],
    ];
    let expect = "\"企业,甲\",'=1+1,-1.5,-\r\n\r\n-5,,\"a\"\"b\",12.5%\r\n";
    assert_eq!(csv(&rows, CsvEncoding::Utf8).unwrap(), expect.as_bytes());
    assert_eq!(csv(&rows, CsvEncoding::Utf8Bom).unwrap(), format!("\u{feff}{expect}").as_bytes());
    let gb = csv(&rows, CsvEncoding::Gb18030).unwrap();
    assert_eq!(gb[..7], [b'"', 0xc6, 0xf3, 0xd2, 0xb5, b',', 0xbc]); // 企业,甲 in GB18030
    let book = read(&gb, "a.csv", &Limits::default()).unwrap();
    assert_eq!(cells(&book.sheets[0])[0], (0, 0, "t:企业,甲".to_owned()));
    assert_eq!(cells(&book.sheets[0]).last(), Some(&(2, 3, "t:12.5%".to_owned())));
}

fn any_cell() -> impl Strategy<Value = CellSpec> {
    prop_oneof![
        "[a-z=+@&<>\"'甲乙_ ]{1,12}".prop_map(CellSpec::text),
        "[a-z]{0,3}_x00[0-9A-F]{2}_[a-z]{0,3}".prop_map(CellSpec::text),
        (-1e9f64..1e9).prop_map(CellSpec::number),
        (-999_999_999i64..999_999_999, 0u32..6)
            .prop_map(|(mantissa, scale)| { CellSpec::decimal(format!("{mantissa}e-{scale}")) }),
        Just(CellSpec::blank()),
        (1990i16..2090, 1u8..=12, 1u8..=28).prop_map(|(year, month, day)| CellSpec {
            value: Input::Date { year, month, day },
            style: Style::Plain
        }),
    ]
}

fn wanted(rows: &[Vec<CellSpec>]) -> Vec<(u32, u16, String)> {
    let mut all = Vec::new();
    for (row, cells) in (0u32..).zip(rows) {
        for (col, cell) in (0u16..).zip(cells) {
            let value = match &cell.value {
                Input::Text(text) => format!("t:{text}"),
                Input::Number(value) => format!("n:{}", number_text(*value)),
                Input::Decimal(text) => format!("n:{}", number_text(text.parse().unwrap())),
                Input::Date { year, month, day } => format!("d:{year}-{month}-{day}"),
                _ => continue,
            };
            all.push((row, col, value));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_round_trips(rows in prop::collection::vec(prop::collection::vec(any_cell(), 0..6), 1..12)) {
        let sheet = SheetSpec { name: "S".into(), rows: rows.clone(), ..SheetSpec::default() };
        let spec = BookSpec { sheets: vec![sheet] };
        for write in [xlsx, xls] {
            let book = read(&write(&spec).unwrap(), "a", &Limits::default()).unwrap();
            prop_assert_eq!(cells(&book.sheets[0]), wanted(&rows));
        }
    }

    #[test]
    fn any_text_round_trips_through_csv(
        rows in prop::collection::vec(prop::collection::vec("[a-z甲乙\",\n ]{1,8}", 1..5), 1..10),
        gb in any::<bool>(),
    ) {
        let mut specs: Vec<Vec<CellSpec>> = rows.iter().map(|row| row.iter().map(CellSpec::text).collect()).collect();
        // A first line with commas only keeps the separator beyond doubt.
        specs.insert(0, ["a", "b", "c", "d"].map(CellSpec::text).to_vec());
        let encoding = if gb { CsvEncoding::Gb18030 } else { CsvEncoding::Utf8 };
        let book = read(&csv(&specs, encoding).unwrap(), "a.csv", &Limits::default()).unwrap();
        let sheet = &book.sheets[0];
        for (row, texts) in (1u32..).zip(&rows) {
            for (col, text) in (0u16..).zip(texts) {
                // A text that begins with a line end is made harmless with a quote mark.
                let text = if text.starts_with('\n') && text.chars().count() > 1 { format!("'{text}") } else { text.clone() };
                prop_assert_eq!(sheet.cell(row, col).and_then(|cell| sheet.text(cell)), Some(text.as_str()));
            }
        }
    }
}
