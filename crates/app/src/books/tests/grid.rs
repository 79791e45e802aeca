//! The grid against the naive answer, on small books made up by chance and by hand.

use std::cmp::Ordering;
use std::sync::Arc;

use figures::Snapshot;
use model::content::{Content, SourceFile};
use model::definition::{Access, Book, Books, Role, RoleGrant};
use model::entry::{Entry, EntryState, Origins};
use model::id::{EntryId, FieldId, Revision};
use model::value::{Payload, Value};
use proptest::prelude::*;

use crate::access::{Actor, Grants, PersonId, Right};
use crate::books::grid::page_of;
use crate::books::groups::groups_of;
use crate::books::query::{Condition, Op, Order};
use crate::books::{BooksFault, Page, Query, Selections, Sight, collate};

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\nkey=['name']\ndisplay='name'\n\
    [fields.name]\ntitle='名称'\nkind='text'\n\
    [fields.tel]\ntitle='电话'\nkind='phone'";
const RETURNS: &str = "title='月报'\nkind='series'\nkey=['firm','period']\nsubject='firm'\ntime='period'\nevery='month'\n\
    [fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
    [fields.period]\ntitle='期'\nkind='period'\n\
    [fields.level]\ntitle='等级'\nkind='choice'\nchoices=['丙','甲','乙']\n\
    [fields.output]\ntitle='产值'\nkind='amount'\nunit='万元'\n\
    [fields.sent_on]\ntitle='报送日'\nkind='date'\n\
    [fields.big]\ntitle='规上'\nkind='boolean'\n\
    [fields.tel]\ntitle='联系电话'\nkind='phone'\n\
    [fields.note]\ntitle='备注'\nkind='text'";
const UNITS: &str = "[[unit]]\nid='万元'\ndimension='CNY'\nfactor='10000'";

pub(super) fn content() -> Content {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let files = [
        file("units.toml", UNITS),
        file("intake.toml", "yes=['是']\nno=['否']"),
        file("books/firms.toml", FIRMS),
        file("books/returns.toml", RETURNS),
    ];
    let (mut content, diagnostics) = Content::load(&files);
    assert_eq!(diagnostics, []);
    let grants = vec![RoleGrant {
        books: Books::All,
        rights: vec![Right::Read],
        confidential: false,
        guarded: model::definition::Guarded::Own,
    }];
    let role = |id: &str, own_rows| {
        let role = Role {
            id: id.into(),
            title: String::new(),
            title_en: String::new(),
            grants: grants.clone(),
            own_rows,
        };
        (role.id.clone(), role)
    };
    let roles = [role("reader", false), role("firm", true)].into_iter().collect();
    content.access = Access { roles, ..Access::default() };
    content
}

pub(super) fn entry(id: u64, book: &str, values: &[(&str, Value)]) -> Entry {
    Entry {
        id: EntryId(id),
        book: book.into(),
        key: id.to_string(),
        version: 1,
        revision: Revision(1),
        state: EntryState::Active,
        payload: values.iter().map(|(f, v)| (FieldId::from(*f), v.clone())).collect::<Payload>(),
        origins: Origins::default(),
    }
}

fn person(content: &Content, role: &str, enterprise: Option<u64>) -> Actor {
    let grants = Grants::resolve(content, &[role.to_owned()], "", enterprise.map(EntryId));
    Actor::person(PersonId(1), "a", "甲", "local", Arc::new(grants))
}

const NAMES: [&str; 4] = ["长城", "阿里", "宝钢", "Zeta"];

fn firms() -> Vec<Entry> {
    (1..)
        .zip(NAMES)
        .map(|(id, name)| {
            entry(id, "firms", &[("name", Value::text(name)), ("tel", Value::text("13812345678"))])
        })
        .collect()
}

fn snapshot(content: &Content, returns: Vec<Entry>) -> Arc<Snapshot> {
    let books = [("firms".into(), firms()), ("returns".into(), returns)];
    Arc::new(Snapshot::build(content, Revision(1), books))
}

/// Rows of returns by chance: firm, month, level, output with places, day, flag, note.
fn some_returns() -> impl Strategy<Value = Vec<Entry>> {
    let row = (
        prop::option::of(1u64..5),
        1i8..5,
        prop::option::of(0usize..3),
        prop::option::of((-300i64..300, 0u32..4)),
        prop::option::of(1i8..28),
        prop::option::of(any::<bool>()),
        prop::option::of("[甲乙ab]{1,2}"),
    );
    prop::collection::vec(row, 0..40).prop_map(|rows| {
        (100..)
            .zip(rows)
            .map(|(id, (firm, month, level, output, day, big, note))| {
                let mut values =
                    vec![("period", Value::Period(format!("2023-0{month}").parse().expect("a month")))];
                values.extend(firm.map(|f| ("firm", Value::Entry(EntryId(f)))));
                values.extend(level.map(|l| ("level", Value::text(["甲", "乙", "丙"][l]))));
                values
                    .extend(output.map(|(n, s)| ("output", Value::Number(rust_decimal::Decimal::new(n, s)))));
                values.extend(day.map(|d| ("sent_on", Value::Date(jiff::civil::date(2023, 5, d)))));
                values.extend(big.map(|b| ("big", Value::Flag(b))));
                values.extend(note.map(|n| ("note", Value::text(n))));
                entry(id, "returns", &values)
            })
            .collect()
    })
}

fn some_condition() -> impl Strategy<Value = Condition> {
    let number = (-300i64..300, 0u32..5).prop_map(|(n, s)| rust_decimal::Decimal::new(n, s).to_string());
    let compared =
        prop::sample::select(vec![Op::Eq, Op::Ne, Op::Gt, Op::Ge, Op::Lt, Op::Le, Op::Empty, Op::Filled]);
    let named = prop::sample::select(vec![Op::Eq, Op::Ne, Op::Contains, Op::Starts, Op::Empty]);
    let one = |field: &'static str, op: Op, value: String| Condition {
        field: field.into(),
        op,
        values: vec![value],
    };
    prop_oneof![
        (compared.clone(), number).prop_map(move |(op, v)| one("output", op, v)),
        (compared.clone(), 1i8..28).prop_map(move |(op, d)| one("sent_on", op, format!("2023-05-{d:02}"))),
        (compared, 1i8..5).prop_map(move |(op, m)| one("period", op, format!("2023-0{m}"))),
        (named.clone(), "[甲乙ab]").prop_map(move |(op, v)| one("note", op, v)),
        (named, prop::sample::select(NAMES.to_vec())).prop_map(move |(op, v)| one("firm", op, v.to_owned())),
        any::<bool>().prop_map(move |b| one("big", Op::Ne, b.to_string())),
    ]
}

fn some_query() -> impl Strategy<Value = Query> {
    let field = prop::sample::select(vec!["output", "level", "firm", "period", "sent_on", "big", "note"]);
    let order = (field, any::<bool>()).prop_map(|(f, descending)| Order { field: f.into(), descending });
    let search = prop::sample::select(vec!["", "长", "甲", "z 甲", "A"]);
    (prop::collection::vec(some_condition(), 0..3), prop::collection::vec(order, 0..4), search)
        .prop_map(|(conditions, orders, search)| Query { conditions, search: search.to_owned(), orders })
}

/// What a value is sorted by, written as directly as can be.
fn compared(book: &Book, order: &Order, a: &Entry, b: &Entry) -> Ordering {
    let (x, y) = (a.payload.get(&order.field), b.payload.get(&order.field));
    let (x, y) = match (x, y) {
        (None, None) => return Ordering::Equal,
        (None, _) => return Ordering::Greater,
        (_, None) => return Ordering::Less,
        (Some(x), Some(y)) => (x, y),
    };
    let choice = |v: &Value| match &book.fields[&order.field].kind {
        model::definition::FieldKind::Choice { choices } => choices.iter().position(|c| *c == v.to_string()),
        _ => None,
    };
    let by = match (x, y) {
        (Value::Number(x), Value::Number(y)) => x.cmp(y),
        (Value::Date(x), Value::Date(y)) => x.cmp(y),
        (Value::Period(x), Value::Period(y)) => x.cmp(y),
        (Value::Flag(x), Value::Flag(y)) => x.cmp(y),
        (Value::Entry(x), Value::Entry(y)) => {
            let key = |e: &EntryId| collate::key(NAMES[usize::try_from(e.0 - 1).expect("small")]);
            key(x).cmp(&key(y))
        }
        _ if choice(x).is_some() => choice(x).cmp(&choice(y)),
        _ => collate::key(&x.to_string()).cmp(&collate::key(&y.to_string())),
    };
    if order.descending { by.reverse() } else { by }
}

fn name(value: &Value) -> String {
    match value {
        Value::Entry(e) => NAMES[usize::try_from(e.0 - 1).expect("small")].to_owned(),
        other => other.to_string(),
    }
}

fn passes(condition: &Condition, entry: &Entry) -> bool {
    let Some(value) = entry.payload.get(&condition.field) else {
        return matches!(condition.op, Op::Ne | Op::Empty);
    };
    let given = condition.values.first().map_or("", String::as_str);
    let order = match value {
        Value::Number(n) => n.cmp(&given.parse().expect("a number")),
        Value::Date(d) => d.cmp(&given.parse().expect("a date")),
        Value::Period(p) => p.end.cmp(&given.parse().expect("a month")),
        Value::Flag(f) => f.to_string().as_str().cmp(given),
        other => name(other).as_str().cmp(given),
    };
    match condition.op {
        Op::Eq => order.is_eq(),
        Op::Ne => order.is_ne(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Contains => name(value).contains(given),
        Op::Starts => name(value).starts_with(given),
        Op::Filled => true,
        _ => false,
    }
}

fn found(entry: &Entry, search: &str) -> bool {
    let texts =
        ["firm", "level", "note"].map(|f| entry.payload.get(f).map_or_else(String::new, name).to_lowercase());
    search.to_lowercase().split_whitespace().all(|word| texts.iter().any(|t| t.contains(word)))
}

fn naive(content: &Content, returns: &[Entry], query: &Query) -> Vec<u64> {
    let book = &content.books["returns"];
    let mut kept: Vec<&Entry> = returns
        .iter()
        .filter(|e| query.conditions.iter().all(|c| passes(c, e)) && found(e, &query.search))
        .collect();
    let month = |e: &Entry| e.payload["period"].as_period().map(|p| p.end);
    if query.orders.is_empty() {
        kept.sort_by_key(|e| (std::cmp::Reverse(month(e)), e.id));
    } else {
        kept.sort_by_key(|e| (month(e), e.id));
        kept.sort_by(|a, b| {
            let by = query.orders.iter().map(|o| compared(book, o, a, b));
            by.fold(Ordering::Equal, Ordering::then)
        });
    }
    kept.iter().map(|e| e.id.0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_window_equals_the_naive_answer(
        returns in some_returns(),
        query in some_query(),
        offset in 0usize..20,
        limit in 0usize..20,
    ) {
        let content = content();
        let expected = naive(&content, &returns, &query);
        let actor = Actor::local("test");
        let sight = Sight::new(&content, snapshot(&content, returns), &actor);
        let selections = Selections::default();
        for _ in 0..2 {
            let page = page_of(&sight, &selections, &"returns".into(), &query, &[], Page { offset, limit }).expect("a page");
            prop_assert_eq!(page.total, expected.len());
            let ids: Vec<u64> = page.items.iter().map(|i| i.id).collect();
            let window: Vec<u64> = expected.iter().skip(offset).take(limit).copied().collect();
            prop_assert_eq!(ids, window);
        }
    }

    #[test]
    fn groups_add_up_to_the_whole(returns in some_returns(), query in some_query(), by in 0usize..7) {
        let content = content();
        let by = ["output", "level", "firm", "period", "sent_on", "big", "note"][by];
        let selected = naive(&content, &returns, &query);
        let sum: rust_decimal::Decimal = returns
            .iter()
            .filter(|e| selected.contains(&e.id.0))
            .filter_map(|e| e.payload.get("output")?.as_number())
            .sum();
        let actor = Actor::local("test");
        let sight = Sight::new(&content, snapshot(&content, returns), &actor);
        let page = Page { offset: 0, limit: 1000 };
        let groups = groups_of(&sight, &Selections::default(), &"returns".into(), &query, &by.into(), page).expect("groups");
        prop_assert_eq!(groups.items.iter().map(|g| g.count).sum::<usize>(), selected.len());
        let sums: rust_decimal::Decimal = groups.items.iter().filter_map(|g| g.sums.get("output")).sum();
        prop_assert_eq!(sums, sum);
        let values: std::collections::HashSet<String> = groups.items.iter().map(|g| g.value.to_string()).collect();
        prop_assert_eq!(values.len(), groups.items.len(), "each value once");
    }

    #[test]
    fn an_enterprise_never_sees_another(returns in some_returns(), query in some_query(), own in 1u64..5) {
        let content = content();
        let actor = person(&content, "firm", Some(own));
        let theirs: Vec<u64> = returns.iter().filter(|e| e.payload.get("firm") == Some(&Value::Entry(EntryId(own)))).map(|e| e.id.0).collect();
        let sight = Sight::new(&content, snapshot(&content, returns), &actor);
        let selections = Selections::default();
        let page = Page { offset: 0, limit: 1000 };
        let rows = page_of(&sight, &selections, &"returns".into(), &query, &[], page).expect("a page");
        prop_assert!(rows.items.iter().all(|i| theirs.contains(&i.id)));
        let firms = page_of(&sight, &selections, &"firms".into(), &Query::default(), &[], page).expect("a page");
        prop_assert_eq!(firms.items.iter().map(|i| i.id).collect::<Vec<_>>(), vec![own]);
        let groups = groups_of(&sight, &selections, &"returns".into(), &query, &"firm".into(), page).expect("groups");
        prop_assert!(groups.items.iter().all(|g| g.text == NAMES[usize::try_from(own - 1).expect("small")]));
    }
}

fn ids(query: &Query, returns: Vec<Entry>) -> Result<Vec<u64>, BooksFault> {
    let content = content();
    let actor = person(&content, "reader", None);
    let sight = Sight::new(&content, snapshot(&content, returns), &actor);
    let page = page_of(&sight, &Selections::default(), &"returns".into(), query, &[], Page::default())?;
    Ok(page.items.iter().map(|i| i.id).collect())
}

fn month(id: u64, firm: u64, month: &str) -> Entry {
    let period = Value::Period(month.parse().expect("a period"));
    let tel = Value::text("13812345678");
    entry(id, "returns", &[("firm", Value::Entry(EntryId(firm))), ("period", period), ("tel", tel)])
}

#[test]
fn loose_values_mean_what_people_mean() {
    let returns = || {
        vec![
            month(10, 1, "2022-12"),
            month(11, 1, "2023-01"),
            month(12, 2, "2023-09"),
            month(13, 2, "2024-01"),
        ]
    };
    let check = |filter: &str, expected: &[u64]| {
        let query = Query::read(&[filter.to_owned()], "period", "").expect("a query");
        assert_eq!(ids(&query, returns()).expect("rows"), expected, "{filter}");
    };
    check("period:eq:2023", &[11, 12]);
    check("period:between:2022-12|2023", &[10, 11, 12]);
    check("period:gt:2023", &[13]);
    check("period:ge:2023", &[11, 12, 13]);
    check("period:eq:2023年9月", &[12]);
    check("firm:eq:2", &[12, 13]);
    check("firm:eq:阿里", &[12, 13]);
    check("firm:in:长城|阿里", &[10, 11, 12, 13]);
    check("firm:contains:城", &[10, 11]);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let check = |filter: &str, sort: &str, expected: &str| {
        let asked = Query::read(&[filter.to_owned()], sort, "").map_err(BooksFault::from);
        let said = asked.and_then(|query| ids(&query, vec![month(10, 1, "2023-01")])).expect_err("refused");
        assert_eq!(said.to_string(), expected);
    };
    check("colour:eq:red", "", "there is no field `colour`");
    check("output:near:3", "", "`output:near:3` is no condition (use FIELD:OP:VALUE)");
    check("output:eq:three", "", "`three` does not fit the field 产值");
    check("output:contains:3", "", "the field 产值 cannot be compared by `contains`");
    check("tel:eq:13812345678", "", "the values of 联系电话 are masked");
    check("output:filled", "tel", "the values of 联系电话 are masked");
    check("output:filled", "a,b,c,d", "more than 3 of them");
}

#[test]
fn personal_data_is_masked_and_not_searched() {
    let content = content();
    let actor = person(&content, "reader", None);
    let sight = Sight::new(&content, snapshot(&content, vec![month(10, 1, "2023-01")]), &actor);
    let columns = ["tel".into(), "firm".into()];
    let of = |search: &str| {
        let query = Query::read(&[], "", search).expect("a query");
        page_of(&sight, &Selections::default(), &"returns".into(), &query, &columns, Page::default())
            .expect("a page")
    };
    let cells = &of("").items[0].cells;
    let tel = cells[0].as_ref().expect("a cell");
    assert_eq!(
        (tel.text.as_str(), tel.masked, tel.value.as_str()),
        ("138****5678", true, Some("138****5678"))
    );
    let firm = cells[1].as_ref().expect("a cell");
    assert_eq!((firm.text.as_str(), firm.entry), ("长城", Some(1)));
    assert_eq!(of("1234").total, 0);
}
