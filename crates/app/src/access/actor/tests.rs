//! Who sees what, in a small park of three departments and two firms.

use model::content::SourceFile;
use model::definition::{Access, Books, Role};
use model::entry::{EntryState, Origins};
use model::id::Revision;

use super::*;

/// Firms (register), returns (statistics-confidential, subject firm), petitions (subject-less, names a firm), rules
/// (names nobody).
fn content() -> Content {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let firms = "title='企业'\nkind='register'\nrole='enterprise'\ndepartment='招商'\nkey=['name']\ndisplay='name'\n\
        [fields.name]\ntitle='名称'\nkind='text'\n[fields.boss]\ntitle='法人'\nkind='person'\nclass='personal'\n\
        purpose='联系'\nkeep_years=1\n[fields.tel]\ntitle='电话'\nkind='phone'";
    let returns = "title='月报'\nkind='register'\ndepartment='统计'\nkey=['firm']\nsubject='firm'\n\
        statistics_confidential=true\n[fields.firm]\ntitle='企业'\nkind='reference'\nbook='firms'\n\
        [fields.owner]\ntitle='母公司'\nkind='reference'\nbook='firms'";
    let leases = "title='租赁'\nkind='register'\ndepartment='招商'\nkey=['no']\n[fields.no]\ntitle='号'\nkind='text'\n\
        [fields.lessor]\ntitle='出租'\nkind='reference'\nbook='firms'\n[fields.lessees]\ntitle='承租'\nkind='references'\nbook='firms'";
    let rules =
        "title='制度'\nkind='register'\ndepartment='党办'\nkey=['no']\n[fields.no]\ntitle='号'\nkind='text'";
    let files = [
        file("books/firms.toml", firms),
        file("books/returns.toml", returns),
        file("books/leases.toml", leases),
        file("books/rules.toml", rules),
    ];
    let (mut content, diagnostics) = Content::load(&files);
    assert_eq!(diagnostics, []);
    content.access = roles();
    content
}

fn roles() -> Access {
    use Right::{Accept, Administer, Publish, Read, Record, Unmask};
    let grant = |books, rights: &[Right], confidential| RoleGrant {
        books,
        rights: rights.to_vec(),
        confidential,
        guarded: Guarded::default(),
    };
    let role = |id: &str, grants, own_rows| {
        let role = Role { id: id.into(), title: id.to_owned(), title_en: id.to_owned(), grants, own_rows };
        (role.id.clone(), role)
    };
    let roles = [
        role("boss", vec![grant(Books::All, &[Read, Publish], false)], false),
        role("clerk", vec![grant(Books::OwnDepartment, &[Read, Record, Accept, Unmask], false)], false),
        role("counter", vec![grant(Books::All, &[Read], true)], false),
        role("admin", vec![grant(Books::These(vec![]), &[Administer], false)], false),
        role("firm", vec![grant(Books::All, &[Read], false)], true),
        role("visitor", vec![grant(Books::Department("党办".to_owned()), &[Read], false)], false),
    ];
    Access { roles: roles.into_iter().collect(), omitted: vec!["园区".to_owned(), "区".to_owned()] }
}

fn actor(content: &Content, roles: &[&str], department: &str, enterprise: Option<u64>) -> Actor {
    let roles: Vec<String> = roles.iter().map(|r| (*r).to_owned()).collect();
    let grants = Grants::resolve(content, &roles, department, enterprise.map(EntryId));
    Actor::person(PersonId(1), "a", "甲", "192.0.2.1", Arc::new(grants))
}

/// The rights on each book, as `firms:read,record`.
fn held(content: &Content, actor: &Actor) -> String {
    let mut lines = Vec::new();
    for book in content.books.values() {
        let rights: Vec<&str> = actor.rights_on(book).into_iter().map(Right::word).collect();
        if !rights.is_empty() {
            lines.push(format!("{}:{}", book.id, rights.join(",")));
        }
    }
    lines.join(" ")
}

#[track_caller]
fn check(roles: &[&str], department: &str, expected: &str) {
    let content = content();
    assert_eq!(held(&content, &actor(&content, roles, department, None)), expected, "{roles:?} {department}");
}

#[test]
fn roles_give_rights_over_books() {
    check(&[], "招商", "");
    check(&["no such role"], "招商", "");
    check(&["boss"], "", "firms:read,publish leases:read,publish returns:publish rules:read,publish");
    check(&["clerk"], "招商", "firms:read,record,accept,unmask leases:read,record,accept,unmask");
    // The office that sends a confidential book may read it; a department nobody has reads nothing.
    check(&["clerk"], "统计", "returns:read,record,accept,unmask");
    check(&["clerk"], "", "");
    check(&["visitor"], "招商", "rules:read");
    check(&["counter"], "", "firms:read leases:read returns:read rules:read");
    check(&["visitor", "clerk"], "统计", "returns:read,record,accept,unmask rules:read");
    check(&["admin"], "", "firms:administer leases:administer returns:administer rules:administer");
}

#[test]
fn small_cells_show_to_those_who_may_read_every_confidential_book() {
    let content = content();
    let sees =
        |roles: &[&str], department| actor(&content, roles, department, None).reader() == Reader::COMMITTEE;
    assert!(Actor::local("a").reader() == Reader::COMMITTEE);
    assert!(sees(&["counter"], ""));
    assert!(sees(&["clerk"], "统计"));
    assert!(!sees(&["boss"], ""));
    assert!(!sees(&["clerk"], "招商"));
    assert!(!sees(&["counter", "firm"], ""));
}

fn entry(book: &str, id: u64, values: &[(&str, Value)]) -> Entry {
    Entry {
        id: EntryId(id),
        book: book.into(),
        key: id.to_string(),
        version: 1,
        revision: Revision(1),
        state: EntryState::Active,
        payload: values.iter().map(|(f, v)| (FieldId::from(*f), v.clone())).collect(),
        origins: Origins::default(),
    }
}

#[test]
fn an_enterprise_sees_rows_about_itself_only() {
    let content = content();
    let firm = actor(&content, &["firm"], "", Some(7));
    let sees = |entry: &Entry| firm.sees(&content.books[&entry.book], entry);
    let (seven, eight) = (Value::Entry(EntryId(7)), Value::Entry(EntryId(8)));
    assert!(sees(&entry("firms", 7, &[])));
    assert!(!sees(&entry("firms", 8, &[("parent", seven.clone())])));
    assert!(sees(&entry("leases", 20, &[("lessor", seven.clone())])));
    assert!(sees(&entry("leases", 21, &[("lessees", Value::Entries(vec![EntryId(8), EntryId(7)]))])));
    assert!(!sees(&entry("leases", 22, &[("lessor", eight)])));
    // Nobody is named, or the book is confidential.
    assert!(!sees(&entry("rules", 30, &[])));
    assert!(!sees(&entry("returns", 40, &[("firm", seven)])));
    assert_eq!(firm.own(), Some(EntryId(7)));
    // An account of an enterprise that nobody has linked to one.
    let loose = actor(&content, &["firm"], "", None);
    assert_eq!(content.books.values().map(|b| loose.scope(b)).collect::<Vec<_>>(), vec![Scope::Nothing; 4]);
    assert!(loose.is_enterprise());
}

#[test]
fn the_subject_alone_counts_where_a_book_has_one() {
    let mut content = content();
    let role = content.access.roles.get_mut("firm").expect("defined above");
    role.grants[0].confidential = true;
    let firm = actor(&content, &["firm"], "", Some(7));
    let returns = &content.books["returns"];
    let naming = Scope::Naming { fields: vec!["firm".into()], entry: EntryId(7) };
    assert_eq!(firm.scope(returns), naming);
    assert!(!firm.sees(returns, &entry("returns", 41, &[("owner", Value::Entry(EntryId(7)))])));
}

#[test]
fn personal_fields_are_masked_for_everybody_signed_in() {
    let content = content();
    let clerk = actor(&content, &["clerk"], "招商", None);
    let masked = |actor: &Actor| -> Vec<&str> {
        let fields = content.books["firms"].fields.values();
        fields.filter(|f| actor.masks(f)).map(|f| f.id.as_str()).collect()
    };
    assert_eq!(masked(&clerk), ["boss", "tel"]);
    assert!(masked(&Actor::local("a")).is_empty());
}

#[test]
fn a_refusal_does_not_tell_what_may_not_be_read() {
    let content = content();
    let clerk = actor(&content, &["clerk", "visitor"], "招商", None);
    assert_eq!(clerk.need(Right::Record, &content.books["firms"]), Ok(()));
    let refused = Refusal::NotAllowed { right: Right::Record, book: Some("rules".into()) };
    assert_eq!(clerk.need(Right::Record, &content.books["rules"]), Err(refused));
    assert_eq!(clerk.need(Right::Record, &content.books["returns"]), Err(Refusal::NotFound));
    assert_eq!(clerk.need(Right::Read, &content.books["returns"]), Err(Refusal::NotFound));
    let refused = Refusal::NotAllowed { right: Right::Administer, book: None };
    assert_eq!(clerk.need_anywhere(Right::Administer), Err(refused));
}

#[test]
fn a_token_holds_what_its_scopes_and_its_person_both_hold() {
    let content = content();
    let of = |roles: &[&str], department: &str| {
        let roles: Vec<String> = roles.iter().map(|r| (*r).to_owned()).collect();
        Grants::resolve(&content, &roles, department, None)
    };
    let held = |grants: Grants| {
        held(&content, &Actor::person(PersonId(1), "a", "甲", "192.0.2.1", Arc::new(grants)))
    };
    let clerk = of(&["clerk"], "招商");
    assert_eq!(held(clerk.narrowed(&content, &[Right::Read], None)), "firms:read leases:read");
    let firms = ["firms".into(), "rules".into()];
    assert_eq!(
        held(clerk.narrowed(&content, &[Right::Read, Right::Accept], Some(&firms))),
        "firms:read,accept"
    );
    assert_eq!(held(clerk.narrowed(&content, &[Right::Administer], None)), "");
    assert!(of(&["counter"], "").narrowed(&content, &[Right::Read], None).confidential);
    assert!(!of(&["counter"], "").narrowed(&content, &[Right::Read], Some(&firms)).confidential);
}

/// Demands that are confidential, as a department head, a clerk, the handler, the keeper of the book and a leader see them.
#[test]
fn guarded_rows_are_seen_by_who_handles_them_and_whoever_is_granted_them() {
    let book = "title='诉求'\nkind='register'\ndepartment='园区企业服务中心'\nkey=['no']\n\
        guard={ when='secret', department='office', person='handler' }\n[fields.no]\ntitle='编号'\nkind='text'\n\
        [fields.secret]\ntitle='保密'\nkind='boolean'\n[fields.office]\ntitle='承办'\nkind='text'\n[fields.handler]\ntitle='承办人'\nkind='text'";
    let role = |grant: &str| format!("title='x'\ngrants=[{{ books=['demands'], rights=['read'{grant} }}]\n");
    let roles = format!(
        "omitted=['园区','区']\n[roles.leader]\n{}[roles.head]\n{}[roles.clerk]\n{}[roles.admin]\ntitle='x'\ngrants=[{{ books=[], rights=['administer'] }}]",
        role("], guarded='all'"),
        role("], guarded='department'"),
        role("]"),
    );
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let (content, found) = Content::load(&[file("books/demands.toml", book), file("access.toml", &roles)]);
    assert!(found.is_empty(), "{found:?}");
    let demand = |id: u64, values: &[(&str, Value)]| entry("demands", id, values);
    let secret = ("secret", Value::Flag(true));
    let office = ("office", Value::Text("建设管理局".into()));
    let handler = ("handler", Value::Text("甲".into()));
    let rows = [
        demand(1, std::slice::from_ref(&office)),
        demand(2, &[secret.clone(), office.clone()]),
        demand(3, &[secret.clone(), ("office", Value::Text("应急管理局".into())), handler]),
        demand(4, std::slice::from_ref(&secret)),
        demand(5, &[secret, ("office", Value::Text("企业服务中心".into()))]),
    ];
    let seen = |role: &str, department: &str| -> Vec<u64> {
        let who = actor(&content, &[role], department, None);
        rows.iter().filter(|row| who.sees(&content.books["demands"], row)).map(|row| row.id.0).collect()
    };
    // Everybody here is called 甲, who handles the third.
    assert_eq!(seen("head", "区建设管理局"), [1, 2, 3], "a department of the district");
    assert_eq!(
        seen("head", "新建设管理局"),
        [1, 3],
        "a name that ends as another one's is another department"
    );
    assert_eq!(seen("head", "管理局"), [1, 3]);
    assert_eq!(seen("head", "区企业服务中心"), [1, 3], "the park has one of that name, which is meant");
    assert_eq!(seen("leader", "党办"), [1, 2, 3, 4, 5]);
    assert_eq!(seen("head", "园区企业服务中心"), [1, 3, 4, 5]);
    assert_eq!(seen("head", "园区建设管理局"), [1, 2, 3]);
    assert_eq!(seen("clerk", "园区建设管理局"), [1, 3], "a clerk of the department who does not handle it");
    assert_eq!(
        seen("clerk", "园区企业服务中心"),
        [1, 3, 4],
        "nobody has it yet: the keeper of the book gives it to somebody"
    );
}
