//! What the parameters of a report may be set to, for a form: the values that stand in a book, by what a person types.
//!
//! Deliberately absent: figures, words and days, which the definition of the report lists itself (`definitions`).

use figures::Engine;
use model::id::ReportId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PublishingFault, may_read};
use crate::access::{Actor, Refusal, Right};
use crate::books::{contains, order_of};
use crate::park::Park;
use crate::report;

/// Values of a parameter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ChoiceList {
    /// How many there are that contain the text.
    pub total: usize,
    /// The first of them, those that begin with the text before the others.
    pub items: Vec<String>,
}

impl Park {
    /// The values in the ledger a parameter may have.
    ///
    /// # Errors
    /// [`PublishingFault`] when there is no such parameter, or the actor may not read the book its values stand in.
    pub fn choices(
        &self,
        actor: &Actor,
        (report, name): (&ReportId, &str),
        text: &str,
        limit: usize,
    ) -> Result<ChoiceList, PublishingFault> {
        may_read(self, actor, report)?;
        let content = &self.library.content;
        let parameter = content.reports[report].parameters.get(name).ok_or(Refusal::NotFound)?;
        let (book, path) = report::source(parameter, content).ok_or(Refusal::NotFound)?;
        actor.need(Right::Read, content.books.get(&book).ok_or(Refusal::NotFound)?)?;
        let snapshot = self.snapshot()?;
        let names = Engine::new(content, &snapshot, actor.reader()).names(&book, &path);
        let text = text.trim();
        let mut items: Vec<String> = names.into_iter().filter(|name| contains(name, text)).collect();
        items.sort_by_cached_key(|name| (!name.starts_with(text), order_of(name)));
        let total = items.len();
        items.truncate(limit);
        Ok(ChoiceList { total, items })
    }
}
