//! Who is meant: codes and names in cells to entries of a register.
//!
//! In this order, and only where exactly one entry fits: the code; a former code, a registration number of 15 digits, the
//! organisation code inside the code; the name; a former or short name; the name after normalisation; what a person
//! decided about this very text before. Anything else is a question: near matches are offered with a score and a reason
//! and never taken. A code that fails both its checks keeps its row out, whatever the name says.
//!
//! A register says which of its fields these are by their kinds – `uscc`, `orgcode`, `parcel_code` – by its key (the code),
//! by `display` (the name), and by the conventional field ids in [`roles`].

use std::collections::BTreeMap;

use model::content::Content;
use model::definition::{Book, BookKind, FieldKind};
use model::finding::Severity;
use model::id::{BookId, EntryId, FieldId};
use model::identity::uscc::{self, CodeVerdict};
use model::identity::{orgcode, parcel};
use model::text::{name_key, squeeze, tidy};
use model::value::{Payload, Value};
use model::wording::finding as say_cell;
use rustc_hash::FxHashMap;
use store::Verdict;

use crate::matching::NameIndex;
use crate::messages::import as say;
use crate::messages::import::Said;

/// Field ids by which a register says more about names and numbers than kinds can say.
pub mod roles {
    /// Former names, separated by `、`.
    pub const FORMER_NAMES: &str = "former_names";
    /// The name people use.
    pub const SHORT_NAME: &str = "short_name";
    /// The registration number of before October 2015.
    pub const REGISTRATION_NO: &str = "registration_no";
}

/// What divides several former names in one field.
pub(crate) const FORMER_DIVIDERS: [char; 4] = ['、', ';', '；', '|'];

/// Below this many thousandths a name is not worth asking about.
const WORTH_ASKING: u16 = 720;
/// How many candidates a person is shown.
const CANDIDATES: usize = 3;

/// What a row says about whom it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ask {
    pub code: Option<String>,
    pub name: Option<String>,
    pub fields: Vec<(FieldId, String)>,
}

impl Ask {
    /// What a person would call it.
    pub fn written(&self) -> &str {
        let field = || self.fields.first().map(|(_, text)| text.as_str());
        self.name.as_deref().or(self.code.as_deref()).or_else(field).unwrap_or_default()
    }
}

/// By which of its cells somebody was recognised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    Code,
    Name,
    Field,
}

/// Something to say about an identity.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remark {
    pub code: &'static str,
    pub severity: Severity,
    pub said: Said,
    /// Which cell it is about.
    pub about: Told,
}

/// A candidate for a person to decide on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub entry: EntryId,
    pub permille: u16,
    pub reason: String,
}

/// Who is meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answer {
    /// The entry, and by which cell it was recognised.
    pub entry: Option<(EntryId, Told)>,
    pub remarks: Vec<Remark>,
    pub candidates: Vec<Candidate>,
}

/// The entries of one referenced book, by everything that names them.
pub(super) struct Register {
    book: Book,
    code: Option<(FieldId, FieldKind)>,
    names: Vec<(FieldId, NameKind)>,
    old_codes: Vec<FieldId>,
    /// What persons decided about texts.
    pub decisions: BTreeMap<String, Verdict>,
    /// It holds entries that only the file at hand brings.
    pub introduced: bool,
    /// Entries whose names and former codes nobody has asked for yet.
    unindexed: Vec<EntryId>,
    by_code: FxHashMap<String, Coded>,
    by_old_code: FxHashMap<String, Vec<EntryId>>,
    by_org: FxHashMap<String, Vec<EntryId>>,
    by_name: FxHashMap<String, Vec<EntryId>>,
    by_old_name: FxHashMap<String, Vec<EntryId>>,
    by_key: FxHashMap<String, Vec<EntryId>>,
    by_field: FxHashMap<FieldId, FxHashMap<String, Vec<EntryId>>>,
    near: NameIndex,
    near_entries: Vec<EntryId>,
    waiting: Vec<(String, EntryId)>,
    pub entries: FxHashMap<EntryId, Payload>,
}

/// The entry a code belongs to, and whether that code, written exactly so, leaves nothing to be said.
#[derive(Clone, Copy)]
struct Coded {
    entry: EntryId,
    /// Not judged before somebody asks.
    plain: Option<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NameKind {
    Present,
    Former,
    Short,
}

impl Register {
    /// An empty index over a book.
    pub fn new(book: &Book) -> Self {
        let code = match book.key.as_slice() {
            [key] => book
                .fields
                .get(key)
                .filter(|f| f.kind.book().is_none())
                .map(|f| (f.id.clone(), f.kind.clone())),
            _ => None,
        };
        let is_code = |id: &FieldId| code.as_ref().is_some_and(|(c, _)| c == id);
        let old = |f: &model::definition::Field| {
            let by_kind = matches!(f.kind, FieldKind::Uscc | FieldKind::OrgCode | FieldKind::ParcelCode);
            (by_kind || f.id.as_str() == roles::REGISTRATION_NO) && !is_code(&f.id)
        };
        let names = [(roles::FORMER_NAMES, NameKind::Former), (roles::SHORT_NAME, NameKind::Short)];
        let others = names.into_iter().filter_map(|(id, kind)| Some((book.fields.get(id)?.id.clone(), kind)));
        Self {
            names: book.display.iter().map(|d| (d.clone(), NameKind::Present)).chain(others).collect(),
            old_codes: book.fields.values().filter(|f| old(f)).map(|f| f.id.clone()).collect(),
            book: book.clone(),
            code,
            decisions: BTreeMap::new(),
            introduced: false,
            unindexed: Vec::new(),
            by_code: FxHashMap::default(),
            by_old_code: FxHashMap::default(),
            by_org: FxHashMap::default(),
            by_name: FxHashMap::default(),
            by_old_name: FxHashMap::default(),
            by_key: FxHashMap::default(),
            by_field: FxHashMap::default(),
            near: NameIndex::new(),
            near_entries: Vec::new(),
            waiting: Vec::new(),
            entries: FxHashMap::default(),
        }
    }

    /// Adds an entry, or what a file newly says about one (what it was called before still names it).
    pub fn add(&mut self, entry: EntryId, payload: Payload) {
        if self.entries.contains_key(&entry) {
            self.index();
        }
        let code = self.code.as_ref().and_then(|(field, _)| payload.get(field)?.as_text());
        if let Some(code) = code {
            self.by_code.insert(plain_code(code), Coded { entry, plain: None });
        }
        for (field, known) in &mut self.by_field {
            if let Some(value) = payload.get(field) {
                push(known, squeeze(&value.to_string()), entry);
            }
        }
        self.entries.insert(entry, payload);
        self.unindexed.push(entry);
    }

    /// Brings names and former codes up to date; most files name everybody by code and never need them.
    fn index(&mut self) {
        for entry in std::mem::take(&mut self.unindexed) {
            let Some(payload) = self.entries.get(&entry) else { continue };
            let text = |field: &FieldId| payload.get(field).and_then(Value::as_text);
            if let Some(code) = self.code.as_ref().and_then(|(field, _)| text(field))
                && code.is_ascii()
                && code.len() == 18
            {
                push(&mut self.by_org, code[8..17].to_owned(), entry);
            }
            for code in self.old_codes.iter().filter_map(&text) {
                push(&mut self.by_old_code, plain_code(code), entry);
                if orgcode::is_valid(code) {
                    push(&mut self.by_org, code.to_owned(), entry);
                }
            }
            for (field, kind) in &self.names {
                let separators: &[char] = if *kind == NameKind::Former { &FORMER_DIVIDERS } else { &[] };
                for name in text(field).into_iter().flat_map(|t| t.split(separators)).map(tidy) {
                    if name.is_empty() {
                        continue;
                    }
                    let key = name_key(&name);
                    self.waiting.push((key.clone(), entry));
                    push(&mut self.by_key, key, entry);
                    let present = *kind == NameKind::Present;
                    push(if present { &mut self.by_name } else { &mut self.by_old_name }, name, entry);
                }
            }
        }
    }

    /// The entry's name, else its code, for sentences.
    pub fn label(&self, entry: EntryId) -> String {
        let payload = self.entries.get(&entry);
        let fields = self.book.display.iter().chain(self.code.as_ref().map(|(f, _)| f));
        let text = payload.and_then(|p| fields.into_iter().find_map(|f| p.get(f).map(ToString::to_string)));
        text.unwrap_or_else(|| format!("#{entry}"))
    }

    /// Whether a text is exactly the entry's own code or name, so that nothing is lost by storing the entry.
    pub fn is_own_text(&self, entry: EntryId, text: &str) -> bool {
        let fields = self.book.display.iter().chain(self.code.as_ref().map(|(f, _)| f));
        let payload = self.entries.get(&entry);
        payload.is_some_and(|p| fields.into_iter().any(|f| p.get(f).and_then(Value::as_text) == Some(text)))
    }

    fn code_of(&self, entry: EntryId) -> String {
        let payload = self.entries.get(&entry);
        let field = self.code.as_ref().map(|(f, _)| f);
        payload.zip(field).and_then(|(p, f)| p.get(f)).map(ToString::to_string).unwrap_or_default()
    }

    /// The entry a code in a row of the register itself means, when it is not the code the entry goes by.
    pub fn by_former_code(&mut self, code: &str) -> Option<EntryId> {
        let plain = plain_code(code);
        if self.by_code.contains_key(&plain) {
            return None;
        }
        self.index();
        let old = only(self.by_old_code.get(&plain));
        old.or_else(|| only(self.by_org.get(&plain).filter(|_| plain.len() == 9)))
    }

    /// Who is meant by a code and a name that leave nothing to be said: the code is the entry's own as it stands and passes
    /// its check, the name is the entry's own as well or not there. [`Register::resolve`] says the same of them, at more
    /// expense; `None` says nothing.
    pub fn plainly(&mut self, code: &str, name: Option<&str>) -> Option<EntryId> {
        let (field, kind) = self.code.as_ref()?;
        let known = self.by_code.get_mut(code)?;
        let entry = known.entry;
        let payload = self.entries.get(&entry)?;
        let own = |field: &FieldId| payload.get(field).and_then(Value::as_text);
        let plain = *known.plain.get_or_insert_with(|| {
            let judged = match uscc::verdict(code) {
                CodeVerdict::Valid(read) | CodeVerdict::Old15(read) | CodeVerdict::OrgCode(read) => {
                    read == code
                }
                _ => false,
            };
            judged || *kind != FieldKind::Uscc
        });
        let plain = plain && own(field) == Some(code);
        let named = name.is_none_or(|name| self.book.display.as_ref().and_then(own) == Some(name));
        (plain && named).then_some(entry)
    }

    /// Who is meant.
    pub fn resolve(&mut self, ask: &Ask) -> Answer {
        let mut answer = Answer::default();
        for (field, text) in &ask.fields {
            match self.by_field(field, text) {
                Some(entry) => {
                    answer.entry = Some((entry, Told::Field));
                    return answer;
                }
                None => answer.remarks.push(self.unknown(Told::Field, text)),
            }
        }
        let mut unknown_code = None;
        if let Some(code) = &ask.code {
            match self.by_code(code) {
                Ok((Some(entry), remark)) => {
                    answer.remarks = remark.into_iter().collect();
                    answer.entry = Some((entry, Told::Code));
                    self.compare_name(entry, ask, &mut answer);
                    return answer;
                }
                Ok((None, remark)) => {
                    answer.remarks.extend(remark);
                    unknown_code = Some(code.clone());
                }
                Err(remark) => {
                    answer.remarks = vec![remark];
                    return answer;
                }
            }
        }
        match &ask.name {
            Some(name) => self.by_name_or_ask(name, unknown_code.as_deref(), &mut answer),
            None => {
                if let Some(code) = unknown_code {
                    match self.decided(&code) {
                        Some(entry) => answer.entry = Some((entry, Told::Code)),
                        None => answer.remarks.push(self.unknown(Told::Code, &code)),
                    }
                }
            }
        }
        answer
    }

    fn unknown(&self, about: Told, text: &str) -> Remark {
        let said = say::unknown_entry(text, &self.book.title);
        Remark { code: "unknown-entry", severity: Severity::Error, said, about }
    }

    fn decided(&self, written: &str) -> Option<EntryId> {
        match self.decisions.get(&tidy(written)) {
            Some(Verdict::Same(entry)) => Some(*entry),
            _ => None,
        }
    }

    /// By a code: the entry if there is one, or why the row must wait.
    fn by_code(&mut self, text: &str) -> Result<(Option<EntryId>, Option<Remark>), Remark> {
        let uscc = matches!(self.code, Some((_, FieldKind::Uscc)));
        if !uscc {
            let plain = plain_code(text);
            let present = self.by_code.get(&plain).map(|known| known.entry);
            if present.is_none() {
                self.index();
            }
            return Ok((present.or_else(|| only(self.by_old_code.get(&plain))), None));
        }
        let hold = |code, said| Remark { code, severity: Severity::Error, said, about: Told::Code };
        let (code, remark) = match uscc::verdict(text) {
            CodeVerdict::Valid(code) | CodeVerdict::Old15(code) | CodeVerdict::OrgCode(code) => (code, None),
            CodeVerdict::OuterFails(code) => {
                let said = say_cell::code_outer_fails(&code);
                (
                    code,
                    Some(Remark {
                        code: "code-outer-check",
                        severity: Severity::Warning,
                        said,
                        about: Told::Code,
                    }),
                )
            }
            CodeVerdict::BothFail(code) => {
                return Err(hold("code-quarantine", say_cell::code_both_fail(&code)));
            }
            CodeVerdict::Personal => return Err(hold("code-personal", say_cell::code_is_personal())),
            CodeVerdict::Malformed { suggestion } => {
                return Err(hold("code-malformed", say_cell::code_malformed(text, suggestion.as_deref())));
            }
        };
        if let Some(known) = self.by_code.get(&code) {
            return Ok((Some(known.entry), remark));
        }
        self.index();
        let inner = if code.len() == 18 { &code[8..17] } else { code.as_str() };
        let old = only(self.by_old_code.get(&code)).or_else(|| only(self.by_org.get(inner)));
        let note = old.map(|entry| Remark {
            code: "former-code",
            severity: Severity::Note,
            said: say::former_code(&code, &self.label(entry), &self.code_of(entry)),
            about: Told::Code,
        });
        Ok((old, note.or(remark)))
    }

    fn by_field(&mut self, field: &FieldId, text: &str) -> Option<EntryId> {
        if !self.by_field.contains_key(field) {
            let mut known: FxHashMap<String, Vec<EntryId>> = FxHashMap::default();
            for (entry, payload) in &self.entries {
                if let Some(value) = payload.get(field) {
                    push(&mut known, squeeze(&value.to_string()), *entry);
                }
            }
            self.by_field.insert(field.clone(), known);
        }
        let found = self.by_field.get(field).and_then(|known| only(known.get(&squeeze(text))));
        found.or_else(|| self.decided(text))
    }

    /// The code said who it is; a differing name is told, a name that is somebody else's keeps the row out.
    fn compare_name(&mut self, entry: EntryId, ask: &Ask, answer: &mut Answer) {
        let Some(name) = &ask.name else { return };
        if self.is_own_text(entry, name) {
            return;
        }
        self.index();
        let key = name_key(name);
        let same = self.by_key.get(&key).is_some_and(|e| e.contains(&entry));
        if same || self.decided(name) == Some(entry) {
            return;
        }
        let code = self.code_of(entry);
        let other = only(self.by_name.get(&tidy(name)));
        let (kind, severity, said) = match other {
            Some(other) => {
                let said = say::code_and_name_differ(&code, &self.label(entry), name, &self.code_of(other));
                ("code-name-conflict", Severity::Error, said)
            }
            None => ("name-differs", Severity::Warning, say::name_differs(&code, name, &self.label(entry))),
        };
        if severity == Severity::Error {
            answer.entry = None;
        }
        answer.remarks.push(Remark { code: kind, severity, said, about: Told::Name });
    }

    fn by_name_or_ask(&mut self, name: &str, unknown_code: Option<&str>, answer: &mut Answer) {
        self.index();
        let tidied = tidy(name);
        let key = name_key(name);
        let decided = self.decided(name);
        let exact = self.by_name.get(&tidied);
        let several = exact.filter(|e| e.len() > 1);
        let found = only(exact).or_else(|| {
            let unless = |list: Option<&Vec<EntryId>>| if several.is_some() { None } else { only(list) };
            unless(self.by_old_name.get(&tidied)).or_else(|| unless(self.by_key.get(&key)))
        });
        if let Some(entry) = decided.or(found.filter(|_| unknown_code.is_none())) {
            answer.entry = Some((entry, Told::Name));
            return;
        }
        let different = self.decisions.get(&tidied) == Some(&Verdict::Different);
        if !different {
            self.candidates(name, &key, unknown_code, answer);
        }
        let remark = match answer.candidates.first() {
            Some(best) => {
                let said = say::near_match(name, &self.book.title, &self.label(best.entry), best.permille);
                Remark { code: "near-match", severity: Severity::Error, said, about: Told::Name }
            }
            None => self.unknown(Told::Name, unknown_code.unwrap_or(name)),
        };
        answer.remarks.push(remark);
    }

    fn candidates(&mut self, name: &str, key: &str, unknown_code: Option<&str>, answer: &mut Answer) {
        let equal = self.by_key.get(key).cloned().unwrap_or_default();
        for entry in equal.iter().take(CANDIDATES) {
            let code = self.code_of(*entry);
            let reason = match unknown_code {
                Some(written) => say::same_name_other_code(written, &code),
                None => say::same_name_several(&code),
            };
            answer.candidates.push(Candidate { entry: *entry, permille: 1000, reason });
        }
        if !equal.is_empty() {
            return;
        }
        for (waiting, entry) in self.waiting.drain(..) {
            self.near.push(&waiting);
            self.near_entries.push(entry);
        }
        for near in self.near.near(name, CANDIDATES * 2, WORTH_ASKING) {
            let entry = self.near_entries[near.name];
            if answer.candidates.len() < CANDIDATES && !answer.candidates.iter().any(|c| c.entry == entry) {
                let reason = say::like(&self.label(entry), &self.code_of(entry), near.other_form);
                answer.candidates.push(Candidate { entry, permille: near.permille, reason });
            }
        }
    }
}

/// The one entry of a list.
fn only(list: Option<&Vec<EntryId>>) -> Option<EntryId> {
    match list.map(Vec::as_slice) {
        Some([entry]) => Some(*entry),
        _ => None,
    }
}

fn push(map: &mut FxHashMap<String, Vec<EntryId>>, key: String, entry: EntryId) {
    let list = map.entry(key).or_default();
    if !list.contains(&entry) {
        list.push(entry);
    }
}

/// A code without spaces, hyphens and letter case; of a real-estate unit only its parcel.
fn plain_code(text: &str) -> String {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    if plain && text.len() < 19 {
        return text.to_owned();
    }
    match parcel::parse(text) {
        Some(code) => code.parcel,
        None => uscc::normalise(text),
    }
}

/// The registers among these books, and the books that their references lead to.
pub(super) fn referenced<'c>(content: &'c Content, books: &[BookId]) -> Vec<&'c Book> {
    let mut found: Vec<&Book> = Vec::new();
    for book in books.iter().filter_map(|b| content.books.get(b)) {
        // A register's own rows may go by former codes.
        let itself = (book.kind == BookKind::Register).then_some(book);
        found.extend(itself.filter(|b| !found.iter().any(|f| f.id == b.id)));
        for target in book.fields.values().filter_map(|f| f.kind.book()).filter_map(|b| content.books.get(b))
        {
            if !found.iter().any(|b| b.id == target.id) {
                found.push(target);
            }
        }
    }
    found
}
