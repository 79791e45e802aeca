//! Tests of the desk on a small made-up park. Files are read in this process and put where the desk keeps unpacked files,
//! so no worker is needed.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use model::id::EntryId;
use store::StagedId;

use super::*;
use crate::access::{Actor, Grants, PersonId, Refusal};
use crate::clock::FrozenClock;
use crate::library::Library;
use crate::park::{Park, Setup};
use crate::progress::unwatched;
use crate::worker::{Worker, WorkerLimits};

const FILES: [(&str, &str); 7] = [
    (
        "units.toml",
        "[[unit]]\nid = \"元\"\ndimension = \"CNY\"\nfactor = \"1\"\n[[unit]]\nid = \"万元\"\ndimension = \"CNY\"\nfactor = \"10000\"\n",
    ),
    (
        "intake.toml",
        "totals = [\"合计\"]\nnotes = [\"注:\"]\ncounters = [\"序号\"]\nyes = [\"是\"]\nno = [\"否\"]\nblanks = [\"-\"]\n",
    ),
    (
        "access.toml",
        "[roles.clerk]\ntitle = \"经办\"\ntitle_en = \"Clerk\"\ngrants = [{ department = \"own\", rights = [\"read\", \"record\"] }, { books = [\"firms\"], rights = [\"read\"] }]\n\
         [roles.head]\ntitle = \"负责人\"\ntitle_en = \"Head\"\ngrants = [{ department = \"own\", rights = [\"read\", \"record\", \"accept\"] }, { books = [\"firms\"], rights = [\"read\"] }]\n\
         [roles.firm]\ntitle = \"企业\"\ntitle_en = \"Enterprise\"\nown_rows = true\ngrants = [{ books = [\"firms\", \"returns\"], rights = [\"read\", \"record\"] }]\n\
         [roles.admin]\ntitle = \"管理员\"\ntitle_en = \"Admin\"\ngrants = [{ books = \"*\", rights = [\"administer\"] }]\n",
    ),
    (
        "books/firms.toml",
        "title = \"企业\"\ntitle_en = \"Firms\"\nkind = \"register\"\nrole = \"enterprise\"\ndepartment = \"招商\"\nkey = [\"no\"]\ndisplay = \"name\"\n[fields]\n\
         no = { title = \"编号\", title_en = \"Number\", kind = \"text\", required = true }\n\
         name = { title = \"企业名称\", title_en = \"Name\", kind = \"text\", required = true }\n\
         trade = { title = \"行业\", title_en = \"Trade\", kind = \"choice\", choices = [\"电子\", \"化工\"] }\n\
         phone = { title = \"联系电话\", title_en = \"Phone\", kind = \"phone\", class = \"personal\", purpose = \"联系\", keep_years = 3 }\n",
    ),
    (
        "books/returns.toml",
        "title = \"产值月报\"\ntitle_en = \"Returns\"\nkind = \"series\"\ndepartment = \"统计\"\nkey = [\"firm\", \"period\"]\nsubject = \"firm\"\ntime = \"period\"\nevery = \"month\"\n[fields]\n\
         firm = { title = \"企业\", title_en = \"Firm\", kind = \"reference\", book = \"firms\", required = true }\n\
         period = { title = \"期\", title_en = \"Period\", kind = \"period\", required = true }\n\
         output = { title = \"产值\", title_en = \"Output\", kind = \"amount\", unit = \"万元\" }\n",
    ),
    (
        "layouts/firms.toml",
        "title = \"企业名单\"\nbook = \"firms\"\n[[column]]\nfield = \"no\"\nheading = [\"编号\"]\nrequired = true\n[[column]]\nfield = \"name\"\nheading = [\"企业名称\"]\nrequired = true\n\
         [[column]]\nfield = \"trade\"\nheading = [\"行业\"]\n[[column]]\nfield = \"phone\"\nheading = [\"电话\"]\n",
    ),
    (
        "layouts/returns.toml",
        "title = \"月报表\"\nbook = \"returns\"\nperiod = [\"title\"]\n[[column]]\nfield = \"firm\"\nby = \"code\"\nheading = [\"编号\"]\n[[column]]\nfield = \"firm\"\nby = \"name\"\nheading = [\"企业名称\"]\n\
         [[column]]\nfield = \"output\"\nheading = [\"本月产值\"]\nrequired = true\n",
    ),
];

const FIRMS: &str =
    "编号,企业名称,行业,电话\nF1,甬江电子有限公司,电子,13812345678\nF2,东海化工有限公司,化工,13987654321\n";

/// A return of two firms.
fn monthly(first: &str, second: &str) -> String {
    format!(
        "2023年9月产值月报,,\n编号,企业名称,本月产值（万元）\nF1,甬江电子有限公司,{first}\nF2,东海化工有限公司,{second}\n"
    )
}

struct Bench {
    folder: tempfile::TempDir,
    park: Park,
    desk: Arc<Desk>,
}

fn setup() -> Setup {
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let library = Library::of(files);
    assert!(library.diagnostics.is_empty(), "{:?}", library.diagnostics);
    let limits = WorkerLimits::default();
    // No file is read by a worker here; one that would be says so.
    let worker = Worker { program: "no such program".into(), arguments: vec![], limits };
    let at = Timestamp::from_second(1_696_000_000).expect("a time");
    Setup { library: Arc::new(library), worker, clock: Arc::new(FrozenClock(at)), who: "test".to_owned() }
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let park = open(folder.path());
        let mut bench = Self { folder, park, desk: Desk::new() };
        let id = bench.stage(&local(), "企业.csv", FIRMS).expect("staged").0;
        assert_eq!(bench.accept(&local(), id, None).expect("accepted").entries, 2);
        bench
    }

    /// Puts a text where the desk keeps files that were read.
    fn read(&self, name: &str, text: &str) {
        let workbook = office::read(text.as_bytes(), name, &office::Limits::default()).expect("a CSV");
        let key = format!("{} {name}", store::digest_hex(text.as_bytes()));
        self.desk.workbooks.put(key, workbook, 1, |_| false);
    }

    fn stage(
        &mut self,
        actor: &Actor,
        name: &str,
        text: &str,
    ) -> Result<(StagedId, StagedSummary), DeskFault> {
        self.read(name, text);
        let bytes = text.as_bytes().to_vec();
        let pending = self.desk.stage(&self.park, actor, name, bytes, None, &unwatched)?;
        let summary = self.desk.keep(&mut self.park, actor, &pending)?;
        Ok((StagedId(summary.id), summary))
    }

    fn accept(&mut self, actor: &Actor, id: StagedId, seen: Option<&str>) -> Result<AcceptedView, DeskFault> {
        self.desk.accept(&mut self.park, actor, id, "", seen, &unwatched)
    }

    fn changes(&self, id: StagedId) -> Vec<String> {
        let found = self.desk.changes(&self.park, &local(), id, None, (0, 100)).expect("changes");
        let line = |change: &ChangeView| {
            let fields =
                change.fields.iter().map(|f| format!("{} {}→{} @{}", f.title, f.before, f.after, f.cell));
            format!("{} {}: {}", change.kind, change.title, fields.collect::<Vec<_>>().join("; "))
        };
        found.items.iter().map(line).collect()
    }
}

fn open(folder: &Path) -> Park {
    Park::open_or_create(&folder.join("ledger"), setup(), || [7; 32]).expect("a park")
}

fn local() -> Actor {
    Actor::local("clerk")
}

fn person(role: &str, department: &str, enterprise: Option<u64>) -> Actor {
    let library = setup().library;
    let roles = [role.to_owned()];
    let grants = Grants::resolve(&library.content, &roles, department, enterprise.map(EntryId));
    Actor::person(PersonId(1), role, role, "test", Arc::new(grants))
}

#[test]
fn a_staged_file_survives_a_restart() {
    let mut bench = Bench::new();
    let id = bench.stage(&local(), "月报.csv", &monthly("100", "200")).expect("staged").0;
    let Bench { folder, park, desk } = bench;
    drop((park, desk));
    let bench = Bench { park: open(folder.path()), folder, desk: Desk::new() };
    let bytes = bench.park.store().staged_bytes(id).expect("readable").expect("kept");
    bench.read("月报.csv", std::str::from_utf8(&bytes).expect("the text that was sent"));
    let view = bench.desk.view(&bench.park, &local(), id).expect("a view");
    assert_eq!((view.counts.new, view.counts.held, view.moved), (2, 0, false));
    assert_eq!(view.tables[0].area, "A2:C4");
    assert_eq!(view.tables[0].period.as_deref(), Some("2023-09"));
    let columns: Vec<(&str, Option<&str>)> =
        view.tables[0].columns.iter().map(|c| (c.column.as_str(), c.field.as_deref())).collect();
    assert_eq!(columns, [("A", Some("firm")), ("B", Some("firm")), ("C", Some("output"))]);
    assert_eq!(
        bench.changes(id),
        [
            "new 甬江电子有限公司 · 2023-09: 企业 →甬江电子有限公司 @A3; 产值 →100 @C3; 期 →2023-09 @A1",
            "new 东海化工有限公司 · 2023-09: 企业 →东海化工有限公司 @A4; 产值 →200 @C4; 期 →2023-09 @A1",
        ]
    );
}

#[test]
fn nothing_is_accepted_that_nobody_saw() {
    let mut bench = Bench::new();
    let first = bench.stage(&local(), "月报.csv", &monthly("100", "200")).expect("staged").0;
    let other = bench.stage(&local(), "月报二.csv", &monthly("150", "200")).expect("staged").0;
    bench.accept(&local(), other, None).expect("nothing happened in between");
    // The first was shown as two new entries; now it would change one of them and leave the other as it is.
    let refused = bench.accept(&local(), first, None);
    let Err(DeskFault::Moved(moved)) = refused else { panic!("{refused:?}") };
    assert_eq!((moved.since.0, moved.now.0, moved.other), (1, 2, 2));
    assert_eq!(bench.park.store().latest_revision().expect("a revision").0, 2);
    assert_eq!(bench.changes(first), ["changed 甬江电子有限公司 · 2023-09: 产值 150→100 @C3"]);
    // What was shown since then is accepted.
    let done = bench.accept(&local(), first, None).expect("seen now");
    assert_eq!((done.revision, done.entries), (Some(3), 1));
    assert!(matches!(
        bench.desk.view(&bench.park, &local(), first),
        Err(DeskFault::Refused(Refusal::NotFound))
    ));
}

#[test]
fn a_person_names_what_they_saw() {
    let mut bench = Bench::new();
    let first = bench.stage(&local(), "月报.csv", &monthly("100", "200")).expect("staged").0;
    let other = bench.stage(&local(), "月报二.csv", &monthly("150", "200")).expect("staged").0;
    let old = bench.desk.view(&bench.park, &local(), first).expect("a view").plan;
    bench.accept(&local(), other, None).expect("nothing happened in between");
    let view = bench.desk.view(&bench.park, &local(), first).expect("a view");
    assert!(view.moved && view.plan != old);
    assert!(matches!(bench.accept(&local(), first, Some(&old)), Err(DeskFault::Moved(_))));
    assert_eq!(bench.accept(&local(), first, Some(&view.plan)).expect("that was seen").revision, Some(3));
}

#[test]
fn a_corrected_file_takes_the_place() {
    let mut bench = Bench::new();
    let (id, summary) = bench.stage(&local(), "月报.csv", &monthly("约一百", "200")).expect("staged");
    // The row with the wrong cell is held, the other is not.
    assert_eq!((summary.findings.error, summary.counts.new, summary.counts.held), (1, 1, 1));
    let view = bench.desk.view(&bench.park, &local(), id).expect("a view");
    assert_eq!(view.all_findings[0].place.cell, "C3");
    let fixed = monthly("100", "200");
    bench.read("月报.csv", &fixed);
    let pending = bench
        .desk
        .stage_again(&bench.park, &local(), id, "月报.csv", fixed.into_bytes(), &unwatched)
        .expect("read");
    let (summary, difference) =
        bench.desk.replace(&mut bench.park, &local(), id, &pending).expect("replaced");
    assert_eq!((summary.id, summary.findings.error), (id.0, 0));
    let gone: Vec<&str> = difference.gone.iter().map(|f| f.place.cell.as_str()).collect();
    assert_eq!((gone, difference.new.len()), (vec!["C3"], 0));
    assert_eq!(bench.desk.staged(&bench.park, &local()).expect("a list").items.len(), 1);
    assert_eq!(bench.accept(&local(), id, None).expect("accepted").entries, 2);
}

#[test]
fn findings_stand_on_the_sheet() {
    let mut bench = Bench::new();
    let id = bench.stage(&local(), "月报.csv", &monthly("约一百", "200")).expect("staged").0;
    let source = SheetSource::Staged(id);
    let sheets = bench.desk.sheets(&bench.park, &local(), &source).expect("sheets");
    assert_eq!((sheets[0].rows, sheets[0].columns), (4, 3));
    let view = bench.desk.sheet(&bench.park, &local(), &source, 0, (3, 1)).expect("a window");
    let cells: Vec<(u32, u16, &str)> = view.cells.iter().map(|c| (c.r, c.c, c.t.as_str())).collect();
    assert_eq!(cells, [(3, 0, "F1"), (3, 1, "甬江电子有限公司"), (3, 2, "约一百")]);
    assert_eq!(view.marks.iter().map(|m| m.cell.as_str()).collect::<Vec<_>>(), ["C3"]);
    assert!(bench.desk.sheet(&bench.park, &local(), &source, 1, (1, 10)).is_err());
}

#[test]
fn rights_decide_who_stages_and_accepts() {
    let mut bench = Bench::new();
    let (clerk, head) = (person("clerk", "统计", None), person("head", "统计", None));
    let id = bench.stage(&clerk, "月报.csv", &monthly("100", "200")).expect("the clerk's own book").0;
    let refused = bench.accept(&clerk, id, None);
    assert!(matches!(refused, Err(DeskFault::Refused(Refusal::NotAllowed { .. }))), "{refused:?}");
    // The register is another department's: read, not recorded.
    let refused = bench.stage(&clerk, "企业.csv", FIRMS);
    assert!(matches!(refused, Err(DeskFault::Refused(Refusal::NotAllowed { .. }))));
    let mut stranger = person("clerk", "招商", None);
    stranger.name = "stranger".to_owned();
    assert!(matches!(
        bench.desk.view(&bench.park, &stranger, id),
        Err(DeskFault::Refused(Refusal::NotFound))
    ));
    assert!(bench.desk.view(&bench.park, &head, id).expect("seen").can_accept);
    assert_eq!(bench.accept(&head, id, None).expect("accepted").entries, 2);
    let revision = bench.park.store().revision(model::id::Revision(2)).expect("written");
    assert_eq!(revision.who, "head");
}

#[test]
fn an_enterprise_sends_rows_about_itself_only() {
    let mut bench = Bench::new();
    let firm = person("firm", "", Some(1));
    let refused = bench.stage(&firm, "月报.csv", &monthly("100", "200"));
    let Err(DeskFault::NotOwn(places)) = refused else { panic!("{refused:?}") };
    assert_eq!(places.iter().map(|p| p.cell.as_str()).collect::<Vec<_>>(), ["A4"]);
    let own = "2023年9月产值月报,,\n编号,企业名称,本月产值（万元）\nF1,甬江电子有限公司,100\n";
    let id = bench.stage(&firm, "本企业.csv", own).expect("its own row").0;
    assert!(!bench.desk.view(&bench.park, &firm, id).expect("its own file").can_accept);
    let mut other = person("firm", "", Some(2));
    other.name = "other".to_owned();
    assert!(matches!(bench.desk.view(&bench.park, &other, id), Err(DeskFault::Refused(Refusal::NotFound))));
    assert!(bench.desk.sources(&bench.park, &firm, (0, 10)).is_err());
}

#[test]
fn a_kept_file_masks_personal_columns() {
    let bench = Bench::new();
    let digest = store::digest_hex(FIRMS.as_bytes());
    let source = SheetSource::Kept(digest.clone());
    let clerk = person("clerk", "招商", None);
    let view = bench.desk.sheet(&bench.park, &clerk, &source, 0, (1, 10)).expect("a window");
    let column: Vec<(&str, bool)> =
        view.cells.iter().filter(|c| c.c == 3).map(|c| (c.t.as_str(), c.m)).collect();
    assert_eq!(column, [("电话", false), ("138****5678", true), ("139****4321", true)]);
    let Bench { mut park, desk, folder } = bench;
    // The bytes show what is masked: only for those who may unmask.
    assert!(matches!(
        desk.original(&mut park, &clerk, &digest),
        Err(DeskFault::Refused(Refusal::NotAllowed { .. }))
    ));
    assert_eq!(desk.original(&mut park, &local(), &digest).expect("the file").1, FIRMS.as_bytes());
    drop(folder);
}

#[test]
fn near_names_are_decided_with_evidence() {
    let mut bench = Bench::new();
    let text = "2023年9月产值月报,,,\n企业名称,行业,电话,本月产值（万元）\n甬江电子科技有限公司,电子,13812345678,100\n";
    let id = bench.stage(&local(), "月报.csv", text).expect("staged").0;
    let view = bench.desk.view(&bench.park, &local(), id).expect("a view");
    assert_eq!((view.queue, view.counts.new), (1, 0), "{:?}", view.all_findings);
    // Nothing can be written before somebody decides; the file goes on waiting.
    let done = bench.accept(&local(), id, None).expect("nothing to write");
    assert_eq!((done.revision, done.queue), (None, 1));
    let list = bench.desk.matches(&bench.park, &local(), (0, 10)).expect("a list");
    let candidate = &list.items[0].candidates[0];
    assert_eq!(
        (list.items[0].written.as_str(), candidate.title.as_str()),
        ("甬江电子科技有限公司", "甬江电子有限公司")
    );
    let evidence: Vec<(&str, &str, &str, Option<bool>)> = list.items[0].candidates[0]
        .evidence
        .iter()
        .map(|e| (e.label.as_str(), e.theirs.as_str(), e.ours.as_str(), e.same))
        .collect();
    assert_eq!(
        evidence,
        [
            ("企业名称", "甬江电子科技有限公司", "甬江电子有限公司", Some(false)),
            ("联系电话", "13812345678", "13812345678", Some(true)),
            ("行业", "电子", "电子", Some(true)),
            ("编号", "", "F1", None),
        ]
    );
    let decision = DecideRequest {
        book: "firms".to_owned(),
        written: "甬江电子科技有限公司".to_owned(),
        verdict: "same".to_owned(),
        entry: Some(1),
        reason: "电话相同".to_owned(),
    };
    bench.desk.decide(&mut bench.park, &local(), &decision).expect("decided");
    // No revision was written, and yet the file now means something else.
    let view = bench.desk.view(&bench.park, &local(), id).expect("a view");
    assert_eq!((view.queue, view.counts.new), (0, 1));
    assert_eq!(bench.accept(&local(), id, Some(&view.plan)).expect("decided").entries, 1);
}

#[test]
fn an_unknown_sheet_is_mapped_and_kept() {
    let mut bench = Bench::new();
    let text = "2023年9月完成情况,,\n企业编号,名称,九月产出（万元）\nF1,甬江电子有限公司,100\nF2,东海化工有限公司,200\n";
    let (id, summary) = bench.stage(&local(), "情况.csv", text).expect("staged");
    assert_eq!((summary.counts.new, summary.findings.error), (0, 1));
    let list = bench.desk.propose(&bench.park, &local(), id).expect("proposals");
    assert_eq!(list.proposals.len(), 1);
    let layout = |field: &str| {
        format!(
            "# file: layouts/own_returns.toml\ntitle = \"完成情况\"\nbook = \"returns\"\nperiod = [\"title\"]\n\
             [[column]]\nfield = \"firm\"\nby = \"code\"\nheading = [\"企业编号\"]\nrequired = true\n\
             [[column]]\nfield = \"{field}\"\nheading = [\"九月产出\"]\nrequired = true\n"
        )
    };
    let wrong = MappingRequest { toml: layout("outputs"), keep: false };
    let refused = bench.desk.map(&bench.park, &local(), id, &wrong, &unwatched);
    let Err(DeskFault::Layout(findings)) = refused.map(|_| ()) else { panic!("accepted a wrong layout") };
    // The tenth line of that file names the field.
    assert_eq!(
        (findings[0].place.file.as_str(), findings[0].place.cell.as_str()),
        ("layouts/own_returns.toml", "10")
    );
    let right = MappingRequest { toml: layout("output"), keep: true };
    let pending = bench.desk.map(&bench.park, &local(), id, &right, &unwatched).expect("read");
    let (summary, _) = bench.desk.replace(&mut bench.park, &local(), id, &pending).expect("replaced");
    assert_eq!((summary.counts.new, summary.findings.error), (2, 0));
    bench.desk.keep_mapping(&mut bench.park, &local(), id, &right).expect("kept");
    let kept = bench.park.dir().join("content/layouts/own_returns.toml");
    assert!(std::fs::read_to_string(kept).expect("the file").starts_with("title = \"完成情况\""));
    let clerk = person("clerk", "统计", None);
    let refused = bench.desk.map(&bench.park, &clerk, id, &right, &unwatched);
    assert!(matches!(
        refused.map(|_| ()),
        Err(DeskFault::Refused(Refusal::NotFound | Refusal::NotAllowed { .. }))
    ));
}

#[test]
fn revisions_tell_what_they_changed_and_are_undone() {
    let mut bench = Bench::new();
    for (first, name) in [("100", "九月.csv"), ("150", "更正.csv")] {
        let id = bench.stage(&local(), name, &monthly(first, "200")).expect("staged").0;
        bench.accept(&local(), id, None).expect("accepted");
    }
    let detail = bench.desk.revision(&bench.park, &local(), 3, (0, 10)).expect("a revision");
    let change = &detail.changes[0];
    let field = &change.fields[0];
    assert_eq!(
        (detail.total, change.kind, change.title.as_str()),
        (1, "changed", "甬江电子有限公司 · 2023-09")
    );
    assert_eq!((field.before.as_str(), field.after.as_str(), field.cell.as_str()), ("100", "150", "C3"));
    assert_eq!(detail.revision.source.as_ref().map(|s| s.name.as_str()), Some("更正.csv"));
    let undone = bench.desk.undo(&mut bench.park, &local(), 3, "更正有误").expect("undone");
    assert_eq!((undone.seq, undone.undoes), (4, Some(3)));
    // Who may not read the register sees that it was written, not what.
    let statistics = person("clerk", "统计", None);
    let list = bench.desk.revisions(&bench.park, &statistics, (0, 10)).expect("a list");
    assert_eq!((list.total, list.items[0].seq), (4, 4));
    let none =
        bench.desk.revision(&bench.park, &person("clerk", "无", None), 2, (0, 10)).expect("a revision");
    assert_eq!((none.total, none.changes.len(), none.can_undo), (0, 0, false));
}
