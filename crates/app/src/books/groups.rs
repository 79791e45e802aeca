//! Groups of a grid: the values of one field among the selected entries, each with how many have it and what their
//! numbers add up to.

use std::collections::BTreeMap;

use figures::column::{Column, Digits, NONE, Numbers};
use model::definition::{Book, Field, FieldKind};
use model::id::{BookId, FieldId};
use model::value::Value;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::cell::json;
use super::query::{Page, Query, QueryFault};
use super::{Result, Selections, Sight, collate};
use crate::access::Actor;
use crate::asof::AsOf;
use crate::park::Park;

/// The groups of a grid.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct GroupPage {
    /// How many groups there are.
    pub total: usize,
    /// The ledger revision.
    pub revision: u64,
    /// The groups, largest first; entries without a value last.
    pub items: Vec<GroupItem>,
}

/// One group.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct GroupItem {
    /// The value all its entries have; null for none.
    #[schema(value_type = Object)]
    pub value: Json,
    /// The value as people read it.
    pub text: String,
    /// How many entries.
    pub count: usize,
    /// The sums of amounts and whole numbers, each in its field's unit; absent where no entry of the group has one.
    #[schema(value_type = BTreeMap<String, String>)]
    pub sums: BTreeMap<FieldId, Decimal>,
}

/// The groups of a book's entries by one field, as `actor` sees them; as they were known then when a day is named.
///
/// # Errors
/// [`super::BooksFault`] when the book is not there for this person or the query cannot be answered.
pub fn groups(
    park: &Park,
    actor: &Actor,
    book: &BookId,
    query: &Query,
    (by, page): (&FieldId, Page),
    as_of: Option<AsOf>,
) -> Result<GroupPage> {
    let sight = Sight::new(&park.library().content, park.snapshot_as_of(as_of)?, actor);
    groups_of(&sight, park.selections(), book, query, by, page)
}

pub(super) fn groups_of(
    sight: &Sight<'_>,
    selections: &Selections,
    book: &BookId,
    query: &Query,
    by: &FieldId,
    page: Page,
) -> Result<GroupPage> {
    let book = sight.book(book)?;
    let field = book.field(by).ok_or_else(|| QueryFault::UnknownField(by.to_string()))?;
    if sight.actor.masks(field) {
        return Err(QueryFault::Masked(field.title.clone()).into());
    }
    let selection = selections.get(sight, book, query)?;
    let mut items = grouped(sight, book, field, &selection.rows);
    items.sort_by_cached_key(|g| (g.value.is_null(), std::cmp::Reverse(g.count), collate::key(&g.text)));
    let total = items.len();
    let items = items.into_iter().skip(page.offset).take(page.limit).collect();
    Ok(GroupPage { total, revision: sight.snapshot.revision().0, items })
}

fn grouped(sight: &Sight<'_>, book: &Book, field: &Field, rows: &[u32]) -> Vec<GroupItem> {
    let table = sight.table(book);
    let Some(column) = table.column(&field.id) else { return Vec::new() };
    let (group_of, values) = numbered(column, rows);
    let mut items: Vec<GroupItem> = values
        .iter()
        .map(|value| GroupItem {
            value: value.as_ref().map_or(Json::Null, json),
            text: value.as_ref().map_or_else(String::new, |v| sight.text(field, v)),
            count: 0,
            sums: BTreeMap::new(),
        })
        .collect();
    group_of.iter().for_each(|group| items[*group as usize].count += 1);
    let adds_up = |f: &&Field| matches!(f.kind, FieldKind::Amount { .. } | FieldKind::Integer { .. });
    for summed in book.fields.values().filter(adds_up).filter(|f| !sight.actor.masks(f)) {
        let Some(Column::Number(numbers)) = table.column(&summed.id) else { continue };
        for (item, sum) in items.iter_mut().zip(sums(numbers, rows, &group_of, values.len())) {
            item.sums.extend(sum.map(|s| (summed.id.clone(), s)));
        }
    }
    items
}

/// The group of each row, and the value of each group.
fn numbered(column: &Column, rows: &[u32]) -> (Vec<u32>, Vec<Option<Value>>) {
    let codes = match column {
        Column::Text(coded) => Some((coded.codes(), coded.words().len())),
        Column::Entry(coded) => Some((coded.codes(), coded.words().len())),
        _ => None,
    };
    let mut values: Vec<Option<Value>> = Vec::new();
    let mut next = |value: Option<Value>| {
        values.push(value);
        u32::try_from(values.len() - 1).expect("fewer groups than rows")
    };
    let groups = if let Some((codes, words)) = codes {
        let mut known = vec![NONE; words + 1];
        let group = |row: &u32| {
            let at = (codes[*row as usize] as usize).min(words);
            if known[at] == NONE {
                known[at] = next(column.at(*row));
            }
            known[at]
        };
        rows.iter().map(group).collect()
    } else {
        let mut known: FxHashMap<Option<Value>, u32> = FxHashMap::default();
        let mut group = |row: &u32| {
            let value = column.at(*row);
            if let Some(group) = known.get(&value) {
                return *group;
            }
            let group = next(value.clone());
            known.insert(value, group);
            group
        };
        rows.iter().map(&mut group).collect()
    };
    (groups, values)
}

/// The sum of each group; `None` where no row of it has a value or the sum is beyond exact numbers.
fn sums(numbers: &Numbers, rows: &[u32], group_of: &[u32], groups: usize) -> Vec<Option<Decimal>> {
    if let Digits::Small(digits) = numbers.digits() {
        let mut sums: Vec<(i128, bool)> = vec![(0, false); groups];
        for (row, group) in rows.iter().zip(group_of) {
            if numbers.has(*row as usize) {
                let sum = &mut sums[*group as usize];
                *sum = (sum.0 + i128::from(digits[*row as usize]), true);
            }
        }
        let exact = |sum: i128| Decimal::try_from_i128_with_scale(sum, numbers.scale()).ok();
        return sums
            .into_iter()
            .map(|(sum, any)| exact(sum).filter(|_| any).map(|d| d.normalize()))
            .collect();
    }
    let mut sums: Vec<Option<Option<Decimal>>> = vec![None; groups];
    for (row, group) in rows.iter().zip(group_of) {
        if let Some(number) = numbers.at(*row as usize) {
            let sum = &mut sums[*group as usize];
            *sum = Some(sum.map_or(Some(number), |s| s.and_then(|s| s.checked_add(number))));
        }
    }
    sums.into_iter().map(|s| s.flatten().map(|d| d.normalize())).collect()
}
