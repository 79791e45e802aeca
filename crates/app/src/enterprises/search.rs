//! Enterprises by any name they have or had, any code, the first letters of their pinyin, or the whole pinyin.

use model::id::{EntryId, FieldId, Revision};
use model::text::name_key;
use pinyin::ToPinyin as _;

use super::shapes::{EnterpriseHit, EnterpriseList, FoundBy};
use super::{EnterprisesFault, Register, Result};
use crate::access::Actor;
use crate::import::FORMER_DIVIDERS;
use crate::lru::Lru;
use crate::matching::NameIndex;
use crate::park::Park;

/// Near names told when none fits.
const NEAR: usize = 5;
/// How alike a name must be to be told, in thousandths.
const ALIKE: u16 = 450;

/// Revisions of which names are kept.
const KEPT: usize = 2;

/// Names and codes of enterprises in the forms they are looked for in, by revision.
pub(crate) struct KnownSpellings(Lru<Revision, Vec<Spelled>>);

impl Default for KnownSpellings {
    fn default() -> Self {
        Self(Lru::new(KEPT, usize::MAX))
    }
}

/// The names and codes of one row.
struct Spelled {
    /// Each with the place of its field among those of names.
    names: Vec<(usize, Name)>,
    /// Each with its field.
    codes: Vec<(FieldId, String)>,
}

/// A name as it stands and as it is looked for.
struct Name {
    text: String,
    /// As names are compared.
    key: String,
    initials: String,
    pinyin: String,
}

impl Name {
    fn of(text: &str) -> Self {
        let (initials, pinyin) = readings(text);
        Self { text: text.to_owned(), key: name_key(text), initials, pinyin }
    }
}

/// How well a text fits; the less the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Fit {
    Whole,
    Begins,
    Initials,
    Within,
    Pinyin,
}

/// Enterprises that fit a text, the best first; all of them for an empty one.
///
/// # Errors
/// [`EnterprisesFault`] when the register is not for this person, or cannot be read.
pub fn search(park: &Park, actor: &Actor, text: &str, limit: usize) -> Result<EnterpriseList> {
    let register = Register::new(park, actor)?;
    let mut found = register.fitting(park, text);
    let total = found.len();
    found.truncate(limit);
    let items = found.into_iter().map(|hit| register.hit(hit)).collect();
    Ok(EnterpriseList { items, total, revision: register.sight.snapshot.revision().0 })
}

/// The one enterprise a name or code means.
///
/// # Errors
/// [`EnterprisesFault::Unknown`] when none or several fit, with those it may mean.
pub fn named(park: &Park, actor: &Actor, text: &str) -> Result<EntryId> {
    let register = Register::new(park, actor)?;
    let found = register.fitting(park, text);
    let table = register.sight.table(register.book);
    let whole: Vec<&Hit> = found.iter().filter(|hit| hit.fit == Fit::Whole).collect();
    let only = match (whole.as_slice(), found.as_slice()) {
        ([hit], _) => Some(hit.row),
        ([], [hit]) => Some(hit.row),
        _ => None,
    };
    if let Some(row) = only.filter(|_| !text.trim().is_empty()) {
        return Ok(table.ids()[row as usize]);
    }
    let title = |row: u32| register.sight.row_title(register.book, table, row);
    let near = if found.is_empty() {
        register.alike(text)
    } else {
        found.iter().take(NEAR).map(|hit| title(hit.row)).collect()
    };
    Err(EnterprisesFault::Unknown { name: text.trim().to_owned(), near })
}

/// A row that fits.
struct Hit {
    fit: Fit,
    row: u32,
    /// The field it was found by, and what stands there, unless it is the present name.
    by: Option<(FieldId, String)>,
}

impl Register<'_> {
    fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let table = self.sight.table(self.book);
        table.rows().filter(move |row| self.sight.sees_row(self.book, table, *row))
    }

    /// The names and codes of every row, whoever may see it; worked out once a revision.
    fn spelled(&self) -> Vec<Spelled> {
        let table = self.sight.table(self.book);
        let value = |row, field: &FieldId| table.value(row, field).map(|value| value.to_string());
        let row = |row| {
            let names = self.page.names.iter().enumerate().flat_map(|(place, field)| {
                let text = value(row, field).unwrap_or_default();
                let each = text.split(FORMER_DIVIDERS).map(str::trim).map(|name| (place, Name::of(name)));
                each.collect::<Vec<_>>()
            });
            let codes = self.page.codes.iter().filter_map(|field| Some((field.clone(), value(row, field)?)));
            Spelled { names: names.collect(), codes: codes.collect() }
        };
        table.rows().map(row).collect()
    }

    fn fitting(&self, park: &Park, text: &str) -> Vec<Hit> {
        let wanted = text.trim();
        if wanted.is_empty() {
            return self.rows().map(|row| Hit { fit: Fit::Within, row, by: None }).collect();
        }
        let wanted = Wanted::of(wanted);
        let table = self.sight.table(self.book);
        let revision = self.sight.snapshot.revision();
        let made = || Ok::<_, std::convert::Infallible>((self.spelled(), 1));
        let Ok(spelled) = park.spellings().0.get_or_make(revision, |known| *known < revision, made);
        let mut found: Vec<(Hit, String)> = self
            .rows()
            .filter_map(|row| {
                Some((
                    self.fit(&wanted, row, spelled.get(row as usize)?)?,
                    self.sight.row_title(self.book, table, row),
                ))
            })
            .collect();
        found.sort_by(|(a, at), (b, bt)| {
            (a.fit, at.chars().count(), at).cmp(&(b.fit, bt.chars().count(), bt))
        });
        found.into_iter().map(|(hit, _)| hit).collect()
    }

    /// How a row fits, by the field that fits best.
    fn fit(&self, wanted: &Wanted, row: u32, spelled: &Spelled) -> Option<Hit> {
        let mut best: Option<Hit> = None;
        let mut offer = |fit: Fit, by: Option<(FieldId, String)>| {
            if best.as_ref().is_none_or(|known| fit < known.fit) {
                best = Some(Hit { fit, row, by });
            }
        };
        for (place, name) in &spelled.names {
            if let Some(fit) = wanted.name(name) {
                offer(fit, (*place > 0).then(|| (self.page.names[*place].clone(), name.text.clone())));
            }
        }
        for (field, code) in &spelled.codes {
            if let Some(fit) = wanted.code(code) {
                offer(fit, Some((field.clone(), code.clone())));
            }
        }
        best
    }

    fn hit(&self, hit: Hit) -> EnterpriseHit {
        let table = self.sight.table(self.book);
        let code = self.page.codes.first().and_then(|field| table.value(hit.row, field));
        let found_by = hit.by.and_then(|(field, text)| {
            let field = self.book.field(&field)?;
            Some(FoundBy { title: field.title.clone(), title_en: field.title_en.clone(), text })
        });
        EnterpriseHit {
            entry: table.ids()[hit.row as usize].0,
            title: self.sight.row_title(self.book, table, hit.row),
            code: code.map_or_else(String::new, |code| code.to_string()),
            found_by,
        }
    }

    /// Titles that are like a name that fits none.
    fn alike(&self, text: &str) -> Vec<String> {
        let table = self.sight.table(self.book);
        let titles: Vec<String> =
            self.rows().map(|row| self.sight.row_title(self.book, table, row)).collect();
        let mut index = NameIndex::new();
        for title in &titles {
            index.push(title);
        }
        index.near(text, NEAR, ALIKE).into_iter().map(|near| titles[near.name].clone()).collect()
    }
}

/// What is looked for, in the forms it is compared in.
struct Wanted {
    /// As names are compared: without blanks, wide forms made narrow.
    name: String,
    /// Latin letters and digits only, upper case; empty when there are others.
    letters: String,
}

impl Wanted {
    fn of(text: &str) -> Self {
        let name = name_key(text);
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let letters = if plain { name.to_ascii_uppercase() } else { String::new() };
        Self { name, letters }
    }

    fn name(&self, name: &Name) -> Option<Fit> {
        let key = &name.key;
        if key.is_empty() {
            return None;
        }
        if *key == self.name {
            return Some(Fit::Whole);
        }
        if key.starts_with(&self.name) {
            return Some(Fit::Begins);
        }
        if key.contains(&self.name) {
            return Some(Fit::Within);
        }
        if self.letters.len() < 2 {
            return None;
        }
        if name.initials.contains(&self.letters) {
            return Some(Fit::Initials);
        }
        name.pinyin.contains(&self.letters).then_some(Fit::Pinyin)
    }

    /// Codes are found by their beginning, or by at least four of their characters.
    fn code(&self, code: &str) -> Option<Fit> {
        if self.letters.is_empty() {
            return None;
        }
        let code = code.to_ascii_uppercase();
        if code == self.letters {
            return Some(Fit::Whole);
        }
        if self.letters.len() >= 4 {
            if code.starts_with(&self.letters) {
                return Some(Fit::Begins);
            }
            return code.contains(&self.letters).then_some(Fit::Within);
        }
        None
    }
}

/// The first letters of a name's pinyin, and the whole of it, in upper case; letters and digits stand for themselves.
fn readings(name: &str) -> (String, String) {
    let (mut initials, mut whole) = (String::new(), String::new());
    for c in name.chars() {
        if let Some(reading) = c.to_pinyin() {
            initials.push_str(reading.first_letter());
            whole.push_str(reading.plain());
        } else if c.is_ascii_alphanumeric() {
            initials.push(c);
            whole.push(c);
        }
    }
    (initials.to_ascii_uppercase(), whole.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_parts_its_initials_and_its_pinyin() {
        let fit = |wanted: &str, name: &str| Wanted::of(wanted).name(&Name::of(name));
        assert_eq!(fit("宁波甲子机械有限公司", "宁波甲子机械有限公司"), Some(Fit::Whole));
        assert_eq!(fit("宁波", "宁波甲子机械有限公司"), Some(Fit::Begins));
        assert_eq!(fit("甲子", "宁波甲子机械有限公司"), Some(Fit::Within));
        // 宁波甲子机械: ning bo jia zi ji xie.
        assert_eq!(fit("nbjz", "宁波甲子机械有限公司"), Some(Fit::Initials));
        assert_eq!(fit("JZJX", "宁波甲子机械有限公司"), Some(Fit::Initials));
        assert_eq!(fit("jiazi", "宁波甲子机械有限公司"), Some(Fit::Pinyin));
        assert_eq!(fit("n", "宁波甲子机械有限公司"), None, "one letter says nothing");
        assert_eq!(fit("北仑", "宁波甲子机械有限公司"), None);
    }

    #[test]
    fn a_code_is_found_by_its_beginning_or_four_of_its_characters() {
        let fit = |wanted: &str| Wanted::of(wanted).code("91330212PDY499527R");
        assert_eq!(fit("91330212pdy499527r"), Some(Fit::Whole));
        assert_eq!(fit("9133"), Some(Fit::Begins));
        assert_eq!(fit("499527"), Some(Fit::Within));
        assert_eq!(fit("913"), None);
        assert_eq!(fit("甲子"), None);
    }
}
