//! Photos of visits: kept by content among the originals, as every file is, with a row that says which visit they are of.
//!
//! Whoever may read the visit may see them, whoever may record visits may add them and take them out. What the camera wrote beside
//! the picture – place, time, device – is not kept ([`office::picture`]), nor is the name the phone gave. Taking a photo out
//! withdraws its row; the file stays as evidence of the revision that brought it. Deliberately absent: scaling and previews.

use figures::Table;
use model::definition::Book;
use model::definition::Right;
use model::definition::visits::PhotoBook;
use model::id::{EntryId, FieldId};
use office::picture::{self, PictureKind};
use serde_json::json;
use store::{NewSource, digest_hex};

use super::shapes::{PhotoFile, PhotoLimits, VisitPhoto, VisitPhotos};
use super::{Eyes, Result, VisitsFault, date_at, entry_at};
use crate::access::{Actor, Refusal};
use crate::books::{self, NewEntry, Values};
use crate::messages::visits as say;
use crate::park::Park;

/// Photos of one visit.
struct Album<'a, 'e> {
    eyes: &'e Eyes<'a>,
    rules: &'a PhotoBook,
    book: &'a Book,
    table: &'e Table,
    visit: EntryId,
    /// What the visit is called.
    title: String,
}

impl<'a, 'e> Album<'a, 'e> {
    /// Of a visit that is there for this person.
    fn of(eyes: &'e Eyes<'a>, visit: EntryId) -> Result<Self> {
        let rules = eyes.rules.photo.as_ref().ok_or(Refusal::NotFound)?;
        let (visits, of) = eyes.shelf(&eyes.rules.visit.book).ok_or(Refusal::NotFound)?;
        let row = of.row(visit).filter(|row| eyes.sight.sees_row(visits, of, *row));
        let row = row.ok_or(Refusal::NotFound)?;
        let (book, table) = eyes.shelf(&rules.book).ok_or(Refusal::NotFound)?;
        let whom = entry_at(of, row, visits.subject.as_ref()).map(|whom| eyes.link(whom).title);
        let on = date_at(of, row, visits.time.as_ref()).map(|on| on.to_string());
        let title = [whom, on].into_iter().flatten().collect::<Vec<_>>().join(" ");
        Ok(Self { eyes, rules, book, table, visit, title })
    }

    /// The rows in the order they came.
    fn rows(&self) -> Vec<u32> {
        let of = |row: &u32| entry_at(self.table, *row, Some(&self.rules.visit)) == Some(self.visit);
        let mut rows: Vec<u32> = self.table.rows().filter(of).collect();
        rows.sort_by_key(|row| self.table.ids()[*row as usize]);
        rows
    }

    fn number<T: TryFrom<i128>>(&self, row: u32, field: &FieldId) -> Option<T> {
        T::try_from(self.table.value(row, field)?.as_number()?.trunc().mantissa()).ok()
    }

    fn digest(&self, row: u32) -> Option<String> {
        self.table.value(row, &self.rules.digest)?.as_text().map(str::to_owned)
    }

    fn view(&self, row: u32) -> VisitPhoto {
        VisitPhoto {
            entry: self.table.ids()[row as usize].0,
            version: self.table.versions()[row as usize],
            added: date_at(self.table, row, self.book.time.as_ref()),
            width: self.number(row, &self.rules.width).unwrap_or_default(),
            height: self.number(row, &self.rules.height).unwrap_or_default(),
            size: self.number(row, &self.rules.size).unwrap_or_default(),
        }
    }

    fn views(&self) -> VisitPhotos {
        VisitPhotos {
            visit: self.visit.0,
            items: self.rows().into_iter().map(|row| self.view(row)).collect(),
            limits: limits(self.rules),
            may_record: self.eyes.sight.actor.may(Right::Record, self.book),
        }
    }

    /// A photo of this visit, and which of them it is.
    fn find(&self, photo: EntryId) -> Result<(usize, u32)> {
        let rows = self.rows();
        let at = rows.iter().position(|row| self.table.ids()[*row as usize] == photo);
        at.map(|at| (at + 1, rows[at])).ok_or_else(|| Refusal::NotFound.into())
    }
}

/// How many and how large photos may be.
pub(super) fn limits(rules: &PhotoBook) -> PhotoLimits {
    PhotoLimits { most: rules.most, max_mb: rules.max_mb }
}

/// The photos of a visit.
///
/// # Errors
/// [`VisitsFault`] when the visit is not there for this person, or the content says nothing of photos.
pub fn visit_photos(park: &Park, actor: &Actor, visit: EntryId) -> Result<VisitPhotos> {
    Ok(Album::of(&Eyes::new(park, actor, None)?, visit)?.views())
}

/// The file of a photo of a visit.
///
/// # Errors
/// [`VisitsFault`] when it is not there for this person.
pub fn photo_file(park: &Park, actor: &Actor, visit: EntryId, photo: EntryId) -> Result<PhotoFile> {
    let eyes = Eyes::new(park, actor, None)?;
    let album = Album::of(&eyes, visit)?;
    let (number, row) = album.find(photo)?;
    let bytes = park.store().original(&album.digest(row).ok_or(Refusal::NotFound)?)?;
    let kind = PictureKind::of(&bytes).ok_or(Refusal::NotFound)?;
    Ok(PhotoFile { name: say::photo_name(&album.title, number, kind.ending()), media: kind.media(), bytes })
}

/// Adds a photo to a visit; one that is there already stays the only one. `key` names the request.
///
/// # Errors
/// [`VisitsFault`] when the bytes are no photo, the visit has as many as it may, or this person may not add one.
pub fn add_photo(
    park: &mut Park,
    actor: &Actor,
    visit: EntryId,
    bytes: &[u8],
    key: Option<&str>,
) -> Result<VisitPhotos> {
    let (book, new, source) = {
        let eyes = Eyes::new(park, actor, None)?;
        let album = Album::of(&eyes, visit)?;
        actor.need(Right::Record, album.book)?;
        let PhotoBook { digest, format, width, height, size, most, max_mb, .. } = album.rules;
        if bytes.len() > usize::from(*max_mb) << 20 {
            return Err(photo(say::photo_too_large(*max_mb)));
        }
        let picture = picture::clean(bytes).map_err(|fault| photo(say::no_photo(fault)))?;
        let known = digest_hex(&picture.bytes);
        let rows = album.rows();
        if rows.iter().any(|row| album.digest(*row).as_deref() == Some(known.as_str())) {
            return Ok(album.views());
        }
        if rows.len() >= usize::from(*most) {
            return Err(photo(say::too_many_photos(*most)));
        }
        let mut values: Values = [
            (&album.rules.visit, json!(visit.0)),
            (digest, json!(known)),
            (format, json!(picture.kind.name())),
            (width, json!(picture.width.to_string())),
            (height, json!(picture.height.to_string())),
            (size, json!(picture.bytes.len().to_string())),
        ]
        .map(|(field, value)| (field.to_string(), value))
        .into();
        values.extend(album.book.time.as_ref().map(|on| (on.to_string(), json!(eyes.on.to_string()))));
        let name = say::photo_name(&album.title, rows.len() + 1, picture.kind.ending());
        let new = NewEntry { values, why: say::PHOTO.to_owned() };
        (album.book.id.clone(), new, NewSource { digest: known, name, bytes: picture.bytes })
    };
    books::create_with(park, actor, &book, (&new, Some(source)), key)?;
    visit_photos(park, actor, visit)
}

/// Takes a photo out of a visit.
///
/// # Errors
/// [`VisitsFault`] when it is not there for this person, was changed since, or may not be taken out.
pub fn drop_photo(
    park: &mut Park,
    actor: &Actor,
    (visit, photo): (EntryId, EntryId),
    key: Option<&str>,
) -> Result<VisitPhotos> {
    let version = {
        let eyes = Eyes::new(park, actor, None)?;
        let album = Album::of(&eyes, visit)?;
        let (_, row) = album.find(photo)?;
        album.table.versions()[row as usize]
    };
    books::withdraw(park, actor, photo, version, say::PHOTO_OUT, key)?;
    visit_photos(park, actor, visit)
}

fn photo((said, hint): (String, String)) -> VisitsFault {
    VisitsFault::Photo(said, hint)
}
