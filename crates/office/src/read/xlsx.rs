//! `.xlsx`, `.xlsm` and the newer `.et`: the workbook part, its relations, styles, shared strings and sheets.
//!
//! The shared strings are read by a second thread while the sheets are read. What a container holds beside these
//! parts (pictures, macros, links, printer settings) is never unpacked.

use super::formats::{NumberClass, builtin, custom};
use super::package::Package;
use super::pool::{TextBudget, share_out};
use super::precheck::Part;
use super::worksheet::{Shared, SheetReader};
use super::xml::{Handler, attribute, attributes, flag, unescape_office};
use super::{Limits, Progress, extension};
use crate::fault::{LooksLike, ReadFault, Unsupported};
use crate::sheet::{FileKind, Sheet, Workbook};
use std::collections::HashMap;

/// Shared strings of at least this size are read by a thread of their own: 256 KiB.
const BESIDE_FROM: u64 = 256 << 10;

/// Reads a zip container.
pub(super) fn read(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Workbook, ReadFault> {
    let package = Package::open(bytes, limits)?;
    let workbook_part = workbook_part(&package)?;
    let mut book = BookParts::default();
    package.scan(&workbook_part, &mut book, &mut |_, _| {})?;
    if book.sheets.is_empty() {
        return Err(ReadFault::BrokenPart {
            part: workbook_part.name,
            detail: "no sheet is listed".to_owned(),
        });
    }
    if book.sheets.len() > limits.max_sheets {
        return Err(ReadFault::TooManySheets { limit: limits.max_sheets });
    }
    let relations = relations(&package, &workbook_part.name)?;
    let styles = match relations.of_kind("/styles").and_then(|target| package.find(target)) {
        Some(part) => {
            let mut styles = Styles::default();
            package.scan(part, &mut styles, &mut |_, _| {})?;
            styles.classes()
        }
        None => Vec::new(),
    };
    let macros = package.any(|name| name.ends_with("vbaproject.bin"))
        || relations.all.values().any(|(kind, _)| kind.ends_with("acrosheet"));
    let shared = Shared { styles: &styles, since_1904: book.since_1904, limits };
    // Some programs relate to a table of strings that they do not write. A cell that needs it is then a fault.
    let strings_part = relations.of_kind("/sharedStrings").and_then(|target| package.find(target));
    let sheets = read_parts(&package, &book, &relations, strings_part, &shared, progress)?;
    let kind = match (extension(file_name).as_str(), macros) {
        ("et" | "ett", _) => FileKind::Et,
        (_, true) => FileKind::Xlsm,
        (_, false) => FileKind::Xlsx,
    };
    Ok(Workbook { kind, sheets, has_macros: macros })
}

/// Reads the shared strings beside the sheets and puts both together.
fn read_parts(
    package: &Package<'_>,
    book: &BookParts,
    relations: &Relations,
    strings_part: Option<&Part>,
    shared: &Shared<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Sheet>, ReadFault> {
    let read_strings = || match strings_part {
        Some(part) => {
            let mut strings = SharedStrings::new(shared.limits);
            package.scan(part, &mut strings, &mut |_, _| {}).map(|()| strings.strings)
        }
        None => Ok(Vec::new()),
    };
    if strings_part.is_none_or(|part| part.size < BESIDE_FROM) {
        let mut sheets = read_sheets(package, book, relations, shared, progress)?;
        share_out(read_strings()?, &mut sheets)?;
        return Ok(sheets);
    }
    std::thread::scope(|scope| {
        let beside = std::thread::Builder::new().name("strings".into()).spawn_scoped(scope, read_strings);
        let sheets = read_sheets(package, book, relations, shared, progress);
        let strings = match beside {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => read_strings(),
        };
        let mut sheets = sheets?;
        share_out(strings?, &mut sheets)?;
        Ok(sheets)
    })
}

fn read_sheets(
    package: &Package<'_>,
    book: &BookParts,
    relations: &Relations,
    shared: &Shared<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Sheet>, ReadFault> {
    let mut plan = Vec::with_capacity(book.sheets.len());
    for entry in &book.sheets {
        let relation = relations.all.get(&entry.relation);
        let part = match relation.filter(|(kind, _)| kind.ends_with("/worksheet")) {
            Some((_, target)) => Some(package.find(target).ok_or_else(|| missing(target))?),
            None if relation.is_none() => return Err(missing(&entry.name)),
            None => None, // A chart, dialog or macro sheet has no cells.
        };
        plan.push((entry, part));
    }
    let total = plan.iter().filter_map(|(_, part)| part.map(|part| part.size)).sum();
    let (mut behind, mut cells) = (0u64, 0usize);
    let mut budget = TextBudget::default();
    let mut sheets = Vec::with_capacity(plan.len());
    for (entry, part) in plan {
        let mut reader = SheetReader::new(entry.name.clone(), entry.hidden, cells, shared, &mut budget);
        if let Some(part) = part {
            package.scan(part, &mut reader, &mut |reader, done| {
                progress(Progress { done: behind + done, total, cells: reader.cells() });
            })?;
            behind += part.size;
        }
        cells = reader.cells();
        progress(Progress { done: behind, total, cells });
        sheets.push(reader.finish());
    }
    Ok(sheets)
}

/// Finds the workbook part, or says what the container is instead.
fn workbook_part(package: &Package<'_>) -> Result<Part, ReadFault> {
    if let Some(mimetype) = package.find("mimetype") {
        let content = package.content(mimetype, 200)?;
        if content.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            return Err(ReadFault::UnsupportedFormat { format: Unsupported::Ods });
        }
    }
    for (folder, looks_like) in [("word/", LooksLike::WordDocument), ("ppt/", LooksLike::Presentation)] {
        if package.any(|name| name.starts_with(folder)) && !package.any(|name| name.starts_with("xl/")) {
            return Err(ReadFault::NotAWorkbook { looks_like });
        }
    }
    let target = match relations(package, "") {
        Ok(relations) => relations.of_kind("/officeDocument").map(str::to_owned),
        Err(ReadFault::MissingPart { .. }) => None,
        Err(fault) => return Err(fault),
    };
    let target = target.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    if target.to_lowercase().ends_with(".bin") {
        return Err(ReadFault::UnsupportedFormat { format: Unsupported::Xlsb });
    }
    match package.find(&target) {
        Some(part) => Ok(part.clone()),
        None if package.any(|name| name.starts_with("xl/")) => Err(missing(&target)),
        None => Err(ReadFault::NotAWorkbook { looks_like: LooksLike::ZipArchive }),
    }
}

fn missing(part: &str) -> ReadFault {
    ReadFault::MissingPart { part: part.to_owned() }
}

/// What the workbook part says.
#[derive(Debug, Default)]
struct BookParts {
    sheets: Vec<SheetEntry>,
    since_1904: bool,
}

#[derive(Debug)]
struct SheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

impl Handler for BookParts {
    fn open(&mut self, name: &[u8], raw: &str) -> Result<(), ReadFault> {
        match name {
            b"sheet" => {
                let state = attribute(raw, "state");
                self.sheets.push(SheetEntry {
                    name: attribute(raw, "name").unwrap_or_default(),
                    hidden: matches!(state.as_deref(), Some("hidden" | "veryHidden")),
                    relation: attribute(raw, "id").unwrap_or_default(),
                });
            }
            b"workbookPr" => self.since_1904 = flag(raw, "date1904"),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, _: &[u8]) -> Result<(), ReadFault> {
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadFault> {
        Ok(())
    }
}

/// The relations of a part: id to kind and target. Targets are paths from the root of the container.
#[derive(Debug, Default)]
struct Relations {
    folder: String,
    all: HashMap<String, (String, String)>,
}

impl Relations {
    fn of_kind(&self, ending: &str) -> Option<&str> {
        self.all.values().find(|(kind, _)| kind.ends_with(ending)).map(|(_, target)| target.as_str())
    }
}

/// The relations of a part; the empty name stands for the container.
fn relations(package: &Package<'_>, part: &str) -> Result<Relations, ReadFault> {
    let part = part.replace('\\', "/");
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
    let path =
        if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut relations = Relations { folder: folder.to_owned(), ..Relations::default() };
    let part = package.find(&path).ok_or_else(|| missing(&path))?;
    package.scan(part, &mut relations, &mut |_, _| {})?;
    Ok(relations)
}

impl Handler for Relations {
    fn open(&mut self, name: &[u8], raw: &str) -> Result<(), ReadFault> {
        if name == b"Relationship" && attribute(raw, "TargetMode").as_deref() != Some("External") {
            let target = attribute(raw, "Target").unwrap_or_default();
            let kind = attribute(raw, "Type").unwrap_or_default();
            self.all.insert(attribute(raw, "Id").unwrap_or_default(), (kind, resolve(&self.folder, &target)));
        }
        Ok(())
    }

    fn close(&mut self, _: &[u8]) -> Result<(), ReadFault> {
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadFault> {
        Ok(())
    }
}

/// A target relative to a folder as a path from the root.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(folder.split('/'));
    }
    for step in target.split('/') {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.retain(|step| !step.is_empty() && *step != ".");
    steps.join("/")
}

/// The number formats of the cell styles.
#[derive(Debug, Default)]
struct Styles {
    formats: HashMap<u32, NumberClass>,
    in_cells: bool,
    cell_numbers: Vec<u32>,
}

impl Styles {
    fn classes(&self) -> Vec<NumberClass> {
        let class = |id: &u32| self.formats.get(id).copied().unwrap_or_else(|| builtin(*id));
        self.cell_numbers.iter().map(class).collect()
    }
}

impl Handler for Styles {
    fn open(&mut self, name: &[u8], raw: &str) -> Result<(), ReadFault> {
        let id = || attributes(raw).find(|(key, _)| *key == "numFmtId").and_then(|(_, id)| id.parse().ok());
        match name {
            b"numFmt" => {
                if let (Some(id), Some(code)) = (id(), attribute(raw, "formatCode")) {
                    self.formats.insert(id, custom(&code));
                }
            }
            b"cellXfs" => self.in_cells = true,
            b"xf" if self.in_cells => self.cell_numbers.push(id().unwrap_or(0)),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), ReadFault> {
        if name == b"cellXfs" {
            self.in_cells = false;
        }
        Ok(())
    }

    fn text(&mut self, _: &str) -> Result<(), ReadFault> {
        Ok(())
    }
}

/// The shared strings; runs of rich text are joined, phonetic guides are left out.
struct SharedStrings<'l> {
    limits: &'l Limits,
    budget: TextBudget,
    strings: Vec<String>,
    current: String,
    phonetic: u32,
    in_text: bool,
}

impl<'l> SharedStrings<'l> {
    fn new(limits: &'l Limits) -> Self {
        let budget = TextBudget::default();
        Self { limits, budget, strings: Vec::new(), current: String::new(), phonetic: 0, in_text: false }
    }

    fn too_long(&self) -> ReadFault {
        ReadFault::StringTooLong { index: self.strings.len(), limit: self.limits.max_cell_chars }
    }
}

impl Handler for SharedStrings<'_> {
    fn open(&mut self, name: &[u8], _: &str) -> Result<(), ReadFault> {
        match name {
            b"t" => self.in_text = self.phonetic == 0,
            b"rPh" => self.phonetic += 1,
            b"si" => self.current.clear(),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), ReadFault> {
        match name {
            b"t" => self.in_text = false,
            b"rPh" => self.phonetic = self.phonetic.saturating_sub(1),
            b"si" => {
                let text = unescape_office(&self.current);
                if text.len() > self.limits.max_cell_chars
                    && text.chars().count() > self.limits.max_cell_chars
                {
                    return Err(self.too_long());
                }
                self.budget.add(&text, self.limits)?;
                self.strings.push(text.into_owned());
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadFault> {
        if self.in_text {
            self.current.push_str(text);
            if self.current.len() > self.limits.max_cell_chars.saturating_mul(8) {
                return Err(self.too_long());
            }
        }
        Ok(())
    }

    fn huge_text(&self) -> Option<ReadFault> {
        self.in_text.then(|| self.too_long())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_paths_from_the_root() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "..\\media\\a.png"), "xl/media/a.png");
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolve("xl", "../../../etc/passwd"), "etc/passwd");
    }
}
