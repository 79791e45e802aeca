//! Names: 2,000 spellings against 20,000 names.
//!
//! `matching nearest FOLDER REPEATS`: the nearest name of each spelling, building the index included.
//! `matching merge FOLDER 1`: the spellings as a workbook without codes, staged against a register of these names: which
//! rows were given to an enterprise without asking anybody, and whether rightly. The peer is `peers/matching.py`.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use app::import::{self, MemoryLedger, Options, SourceName};
use app::matching::NameIndex;
use model::entry::{Entry, EntryState, Origins};
use model::id::{BookId, EntryId, FieldId, Revision};
use model::text::name_key;
use model::value::Value;
use office::{Cell, CellValue, FileKind, Sheet, Workbook};
use parkledger_benches::park::setup;
use parkledger_benches::{Fault, arguments, print, repeated, timed};
use serde_json::json;

fn main() -> Result<(), Fault> {
    let arguments = arguments();
    let [what, folder, repeats] = arguments.as_slice() else {
        return Err("matching nearest|merge FOLDER REPEATS".into());
    };
    let folder = Path::new(folder);
    let names = std::fs::read_to_string(folder.join("names.txt"))?;
    let names: Vec<&str> = names.lines().collect();
    let spellings = std::fs::read_to_string(folder.join("spellings.txt"))?;
    let mut asked: Vec<(&str, usize)> = Vec::new();
    for line in spellings.lines() {
        let (spelling, name) = line.split_once('\t').ok_or("a line has two cells")?;
        asked.push((spelling, name.parse()?));
    }
    match what.as_str() {
        "nearest" => nearest(&names, &asked, repeats.parse()?),
        _ => merge(&names, &asked)?,
    }
    Ok(())
}

fn nearest(names: &[&str], asked: &[(&str, usize)], repeats: usize) {
    let (found, ms) = repeated(repeats, || {
        let mut index = NameIndex::new();
        for name in names {
            index.push(name);
        }
        asked
            .iter()
            .map(|(spelling, _)| index.near(spelling, 1, 0).first().map(|n| n.name))
            .collect::<Vec<_>>()
    });
    let right =
        found.iter().zip(asked).filter(|(f, (_, meant))| f.is_some_and(|f| names[f] == names[*meant]));
    print("parkledger", &ms, &json!({ "asked": asked.len(), "right": right.count() }));
}

fn merge(names: &[&str], asked: &[(&str, usize)]) -> Result<(), Fault> {
    let setup = setup()?;
    let ledger = MemoryLedger {
        entries: (0..).zip(names).map(|(n, name)| firm(n, name)).collect(),
        ..MemoryLedger::default()
    };
    let book = workbook(asked);
    let source = SourceName { name: "names.xlsx", digest: "" };
    let content = &setup.library.content;
    let (staged, ms) = timed(|| import::stage(content, &ledger, source, &book, &Options::default()));
    let staged = staged?;
    let enterprise = FieldId::from("enterprise");
    let (mut merged, mut wrong, mut namesakes) = (0, 0, 0);
    let known: HashSet<String> = names.iter().map(|n| name_key(n)).collect();
    for draft in &staged.drafts {
        let Some(entry) = draft.payload.get(&enterprise).and_then(Value::as_entry) else { continue };
        let (spelling, meant) = asked[draft.place.1 as usize - 1];
        merged += 1;
        if names[usize::try_from(entry.0)? - 1] != names[meant] {
            // A spelling that is letter for letter another enterprise's name is that name.
            if known.contains(&name_key(spelling)) { namesakes += 1 } else { wrong += 1 }
        }
    }
    let asks = staged.held.len();
    let computed = json!({
        "asked": asked.len(), "merged": merged, "wrong": wrong, "namesakes": namesakes, "held": asks,
    });
    print("parkledger-merge", &[ms], &computed);
    Ok(())
}

fn firm(number: u64, name: &str) -> Entry {
    Entry {
        id: EntryId(number + 1),
        book: BookId::from("bench_firms"),
        key: number.to_string(),
        version: 1,
        revision: Revision(1),
        state: EntryState::Active,
        payload: [(FieldId::from("name"), Value::text(name))].into(),
        origins: Origins::default(),
    }
}

/// A sheet of names, months and amounts.
fn workbook(asked: &[(&str, usize)]) -> Workbook {
    let mut sheet = Sheet { name: "名单".to_owned(), ..Sheet::default() };
    let mut seen: HashMap<String, u32> = HashMap::new();
    let headings = ["企业名称", "期次", "数额"].map(str::to_owned).to_vec();
    let rows = asked.iter().enumerate().map(|(i, (spelling, _))| {
        vec![(*spelling).to_owned(), format!("{}-{:02}", 2000 + i / 12 % 20, i % 12 + 1), "1".to_owned()]
    });
    for (row, cells) in (0..).zip([headings].into_iter().chain(rows)) {
        for (col, text) in (0..).zip(cells) {
            let next = u32::try_from(sheet.strings.len()).expect("a few thousand texts");
            let at = *seen.entry(text.clone()).or_insert(next);
            if at == next {
                sheet.strings.push(text);
            }
            sheet.cells.push(Cell { row, col, value: CellValue::Text(at) });
        }
    }
    Workbook { kind: FileKind::Xlsx, sheets: vec![sheet], has_macros: false }
}
