//! Saved views: a name for a question to a book, kept for oneself or shared with all who may read the book.

use model::id::BookId;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use store::{SavedView, ViewId};
use utoipa::ToSchema;

use super::{BooksFault, Result, Sight};
use crate::access::{Actor, Refusal};
use crate::park::Park;

/// Characters of a view's name.
const LONGEST: usize = 100;
/// Bytes of a view's question.
const LARGEST: usize = 16 << 10;

/// The views somebody sees.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct ViewList {
    /// By name.
    pub items: Vec<View>,
}

/// A saved view.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct View {
    /// Its number.
    pub id: u64,
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its name.
    pub name: String,
    /// The question, in the client's own form.
    #[schema(value_type = Object)]
    pub query: Json,
    /// Whether everybody sees it who may read the book.
    pub shared: bool,
    /// Who saved it.
    pub owner: String,
}

/// A view to save; one of the same book and name of one's own is replaced.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
pub struct NewView {
    /// The book.
    #[schema(value_type = String)]
    pub book: BookId,
    /// Its name.
    pub name: String,
    /// The question, in the client's own form.
    #[schema(value_type = Object)]
    pub query: Json,
    /// Whether everybody is to see it who may read the book.
    #[serde(default)]
    pub shared: bool,
}

fn shown(view: SavedView) -> View {
    View {
        id: view.id.0,
        book: view.book,
        name: view.name,
        query: serde_json::from_str(&view.query).unwrap_or(Json::Null),
        shared: view.shared,
        owner: view.owner,
    }
}

/// One's own views and shared ones, of one book or of all one may read.
///
/// # Errors
/// [`BooksFault`] when the ledger cannot be read.
pub fn views(park: &Park, actor: &Actor, book: Option<&BookId>) -> Result<ViewList> {
    let sight = Sight::new(&park.library().content, park.snapshot()?, actor);
    let all = park.store().saved_views(&actor.name, book)?;
    // What an enterprise calls its questions is nobody else's business, and the other way round.
    let mine = |v: &SavedView| v.owner == actor.name || !actor.is_enterprise();
    let items = all.into_iter().filter(|v| sight.book(&v.book).is_ok() && mine(v)).map(shown);
    Ok(ViewList { items: items.collect() })
}

/// Saves a view.
///
/// # Errors
/// [`BooksFault`] when the book is not there for this person, or the name or the question is too long.
pub fn save_view(park: &mut Park, actor: &Actor, new: NewView) -> Result<View> {
    Sight::new(&park.library().content, park.snapshot()?, actor).book(&new.book)?;
    let name = new.name.trim().to_owned();
    let query = new.query.to_string();
    if name.is_empty() || name.chars().count() > LONGEST || query.len() > LARGEST {
        return Err(BooksFault::BadView);
    }
    let shared = new.shared && !actor.is_enterprise();
    let mut view =
        SavedView { id: ViewId(0), book: new.book, name, query, shared, owner: actor.name.clone() };
    view.id = park.store.save_view(park.clock.now(), &view)?;
    Ok(shown(view))
}

/// Forgets a view of one's own.
///
/// # Errors
/// [`BooksFault`] when there is no such view of this person's.
pub fn drop_view(park: &mut Park, actor: &Actor, id: u64) -> Result<()> {
    let view = park.store().saved_view(ViewId(id))?.filter(|v| v.owner == actor.name);
    view.ok_or(Refusal::NotFound)?;
    Ok(park.store.drop_view(ViewId(id))?)
}
