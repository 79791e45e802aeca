//! Accounts from the first link to the last session, on a park with a clock that is set by hand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use model::entry::{EntryState, EntryWrite, Origins};
use model::id::EntryId;
use proptest::prelude::*;
use store::{RevisionKind, WriteRequest};

use super::password::{Cost, PasswordFault};
use super::totp::Factor;
use super::*;
use crate::clock::Clock;
use crate::library::Library;
use crate::park::{Park, Setup};
use crate::worker::Worker;

const CHEAP: Cost = Cost { memory: 64, passes: 1 };
const GOOD: &str = "plum vat kx7 river";

/// A clock that is set.
struct Hands(Mutex<Timestamp>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("nobody panics while setting the clock")
    }
}

/// A park of one register of firms and one book of a department, with three roles.
struct World {
    park: Park,
    hands: Arc<Hands>,
    strangers: Strangers,
    policy: Policy,
    drawn: u8,
    _folder: tempfile::TempDir,
}

const FIRMS: &str = "title='企业'\nkind='register'\nrole='enterprise'\ndepartment='招商'\nkey=['name']\n\
    display='name'\n[fields.name]\ntitle='名称'\nkind='text'";
const RULES: &str =
    "title='制度'\nkind='register'\ndepartment='党办'\nkey=['no']\n[fields.no]\ntitle='号'\nkind='text'";
const ROLES: &str = "[roles.clerk]\ntitle='员'\ngrants=[{department='own',rights=['read','record']}]\n\
    [roles.chief]\ntitle='长'\ngrants=[{books='*',rights=['read','administer']}]\n\
    [roles.firm]\ntitle='企'\nown_rows=true\ngrants=[{books=['firms'],rights=['read']}]";

impl World {
    fn new() -> Self {
        let files = [("books/firms.toml", FIRMS), ("books/rules.toml", RULES), ("access.toml", ROLES)];
        let files: BTreeMap<String, Vec<u8>> =
            files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
        let library = Library::of(files);
        assert_eq!(library.diagnostics, []);
        let hands = Arc::new(Hands(Mutex::new("2023-10-09T01:00:00Z".parse().expect("a time"))));
        let setup = Setup {
            library: Arc::new(library),
            worker: Worker::this_program().expect("this program"),
            clock: hands.clone(),
            who: "test".to_owned(),
        };
        let folder = tempfile::tempdir().expect("a folder");
        let park = Park::open_or_create(&folder.path().join("ledger"), setup, || [42; 32]).expect("made");
        let policy = Policy { cost: CHEAP, ..Policy::default() };
        Self { park, hands, strangers: Strangers::default(), policy, drawn: 0, _folder: folder }
    }

    fn pass(&self, time: SignedDuration) {
        *self.hands.0.lock().expect("nobody panics while setting the clock") += time;
    }

    fn secret(&mut self) -> Secret {
        self.drawn += 1;
        Secret::new([self.drawn; 32])
    }

    /// Chooses a password by a link.
    fn choose(&mut self, link: &Invitation, name: &str, password: &str) -> Result<PersonRecord, AccessFault> {
        let secret = Secret::parse(&link.token).expect("a secret");
        let choice = Choice { link: &secret, name, display: "", password };
        let chosen = self.park.choose(&choice, [1; 16], CHEAP)?;
        self.park.keep_choice(&chosen, "192.0.2.1")
    }

    /// An account with a password.
    fn account(&mut self, name: &str, roles: &[&str], department: &str) -> PersonId {
        let new = NewAccount {
            name: name.to_owned(),
            department: department.to_owned(),
            roles: roles.iter().map(|r| (*r).to_owned()).collect(),
            ..NewAccount::default()
        };
        let secret = self.secret();
        let link = self.park.invite(&Actor::local("root"), &new, &secret).expect("invited");
        self.choose(&link, "", GOOD).expect("set up").id
    }

    fn try_code(&mut self, name: &str, password: &str, code: Option<&str>) -> Result<Secret, AccessFault> {
        let proof = self.park.claim(name).expect("read").prove(password, CHEAP);
        let secret = self.secret();
        let browser = Browser { address: "192.0.2.7".to_owned(), agent: "test".to_owned() };
        let (policy, strangers) = (self.policy.clone(), &mut self.strangers);
        self.park.sign_in(&proof, code, &browser, (&secret, None), (&policy, strangers))?;
        Ok(secret)
    }

    fn sign_in(&mut self, name: &str, password: &str) -> Result<Secret, AccessFault> {
        self.try_code(name, password, None)
    }

    fn signed(&self, secret: &Secret) -> Option<Signed> {
        self.park.signed_in(secret, "192.0.2.7", &self.policy).expect("read")
    }

    fn actions(&self) -> Vec<String> {
        let records = self.park.store().audit_records(0, 1000).expect("read");
        records.into_iter().map(|r| r.event.action).collect()
    }

    fn firm(&mut self, name: &str) -> EntryId {
        let values = [("name".into(), model::value::Value::text(name))];
        let mut request = WriteRequest::new(self.hands.now(), "test", "", RevisionKind::Record);
        request.writes = vec![EntryWrite {
            book: "firms".into(),
            key: name.to_owned(),
            entry: None,
            based_on: 0,
            state: EntryState::Active,
            payload: values.into_iter().collect(),
            origins: Origins::default(),
        }];
        self.park.store_mut().write(&request).expect("written").entries[0]
    }
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

#[track_caller]
fn refused<T>(done: Result<T, AccessFault>, expected: &str) {
    match done {
        Ok(_) => panic!("not refused; expected {expected}"),
        Err(fault) => assert_eq!(format!("{fault:?}"), expected),
    }
}

#[test]
fn the_first_link_makes_one_administrator() {
    let mut world = World::new();
    let secret = world.secret();
    let link = world.park.first_setup(&secret).expect("made").expect("nobody administers yet");
    assert_eq!(
        link.link("https://park.example/"),
        format!("https://park.example/setup?token={}", secret.text())
    );
    refused(world.choose(&link, "root", "short"), "Password(TooShort)");
    refused(world.choose(&link, "a b", GOOD), "BadName(\"a b\")");
    refused(world.choose(&link, "plum", GOOD), "Password(Name)");
    let root = world.choose(&link, " Root ", GOOD).expect("set up");
    assert_eq!((root.name.as_str(), &root.roles[..]), ("root", &["chief".to_owned()][..]));
    refused(world.choose(&link, "rogue", GOOD), "Ledger(UnknownLink)");
    let secret = world.secret();
    assert_eq!(world.park.first_setup(&secret).expect("read"), None);
    let session = world.sign_in("ROOT", GOOD).expect("signed in");
    assert!(world.signed(&session).expect("signed in").actor.may_anywhere(Right::Administer));
}

#[test]
fn a_first_link_is_worthless_once_somebody_administers() {
    let mut world = World::new();
    let secret = world.secret();
    let link = world.park.first_setup(&secret).expect("made").expect("nobody administers yet");
    world.account("chief", &["chief"], "");
    refused(world.choose(&link, "rogue", GOOD), "AlreadySetUp");
}

#[test]
fn links_last_three_days() {
    let mut world = World::new();
    let (new, secret) = (NewAccount { name: "zhang".to_owned(), ..NewAccount::default() }, world.secret());
    let link = world.park.invite(&Actor::local("root"), &new, &secret).expect("invited");
    refused(world.sign_in("zhang", GOOD), "WrongCredentials");
    world.pass(minutes(3 * 24 * 60));
    refused(world.choose(&link, "", GOOD), "Ledger(UnknownLink)");
    world.pass(minutes(-1));
    world.choose(&link, "", GOOD).expect("one minute before it expires");
    world.sign_in("zhang", GOOD).expect("signed in");
}

/// Five wrong tries lock a name for 15 minutes, the next five for 30 – whether anybody has that name or not.
#[test]
fn guessing_locks_known_and_unknown_names_alike() {
    for name in ["zhang", "nobody"] {
        let mut world = World::new();
        world.account("zhang", &["clerk"], "党办");
        let mut answers = Vec::new();
        for (tries, wait) in [(6, 14), (1, 1), (6, 29), (1, 1), (1, 0)] {
            for _ in 0..tries {
                let fault = world.sign_in(name, "wrong wrong wrong").expect_err("a wrong password");
                answers.push(if matches!(fault, AccessFault::Locked(Some(_))) { 'L' } else { 'w' });
            }
            world.pass(minutes(wait));
        }
        // Four wrong, the fifth locks; 14 minutes later still; after 15 again five, locked; after 30 free.
        assert_eq!(answers.iter().collect::<String>(), "wwwwLL L wwwwLL L w".replace(' ', ""), "{name}");
    }
}

#[test]
fn a_locked_account_stays_shut_for_the_right_password_until_unlocked() {
    let mut world = World::new();
    let id = world.account("zhang", &["clerk"], "党办");
    for _ in 0..5 {
        world.sign_in("zhang", "wrong wrong wrong").expect_err("a wrong password");
    }
    assert!(matches!(world.sign_in("zhang", GOOD), Err(AccessFault::Locked(Some(_)))));
    world.park.unlock(&Actor::local("root"), id).expect("unlocked");
    world.sign_in("zhang", GOOD).expect("signed in");
    let change = AccountChange { locked: Some(true), ..AccountChange::default() };
    world.park.change_account(&Actor::local("root"), id, change).expect("locked");
    refused(world.sign_in("zhang", GOOD), "Locked(None)");
    // Whoever does not know the password is not told that the account is there.
    refused(world.sign_in("zhang", "wrong wrong wrong"), "WrongCredentials");
    world.park.unlock(&Actor::local("root"), id).expect("unlocked");
    world.sign_in("zhang", GOOD).expect("signed in");
}

#[test]
fn sessions_end_when_idle_and_after_half_a_day() {
    let mut world = World::new();
    world.account("zhang", &["clerk"], "党办");
    let session = world.sign_in("zhang", GOOD).expect("signed in");
    world.pass(minutes(29));
    let signed = world.signed(&session).expect("29 minutes are not idle");
    assert!(signed.note);
    world.park.note_session(signed.session.id).expect("noted");
    assert!(!world.signed(&session).expect("just used").note);
    world.pass(minutes(30));
    assert!(world.signed(&session).is_none(), "30 minutes are");
    let session = world.sign_in("zhang", GOOD).expect("signed in");
    for _ in 0..35 {
        world.pass(minutes(20));
        let signed = world.signed(&session).expect("used every 20 minutes");
        world.park.note_session(signed.session.id).expect("noted");
    }
    // 35 times 20 minutes are 700; 720 are twelve hours.
    world.pass(minutes(20));
    assert!(world.signed(&session).is_none());
    assert!(world.signed(&Secret::new([200; 32])).is_none(), "nobody's secret");
}

#[test]
fn a_session_is_replaced_when_the_same_browser_signs_in_again() {
    let mut world = World::new();
    world.account("zhang", &["clerk"], "党办");
    let first = world.sign_in("zhang", GOOD).expect("signed in");
    let proof = world.park.claim("zhang").expect("read").prove(GOOD, CHEAP);
    let (second, browser, policy) = (world.secret(), Browser::default(), world.policy.clone());
    let secrets = (&second, Some(&first));
    world.park.sign_in(&proof, None, &browser, secrets, (&policy, &mut world.strangers)).expect("again");
    assert!(world.signed(&first).is_none());
    assert!(world.signed(&second).is_some());
}

#[test]
fn a_changed_password_ends_every_session() {
    let mut world = World::new();
    world.account("zhang", &["clerk"], "党办");
    let (one, two) = (world.sign_in("zhang", GOOD).expect("in"), world.sign_in("zhang", GOOD).expect("in"));
    let actor = world.signed(&one).expect("signed in").actor;
    let wrong = world.park.claim("zhang").expect("read").prove("wrong wrong wrong", CHEAP);
    refused(world.park.change_password(&actor, &wrong, "$"), "WrongCredentials");
    let old = world.park.claim("zhang").expect("read").prove(GOOD, CHEAP);
    let hashed = password::hash("another plum vat kx7", [2; 16], CHEAP);
    let person = world.park.change_password(&actor, &old, &hashed).expect("changed");
    assert!(world.signed(&one).is_none() && world.signed(&two).is_none());
    let (next, policy) = (world.secret(), world.policy.clone());
    world.park.resume(&person, &Browser::default(), &next, &policy).expect("resumed");
    assert!(world.signed(&next).is_some());
    refused(world.sign_in("zhang", GOOD), "WrongCredentials");
    world.sign_in("zhang", "another plum vat kx7").expect("signed in");
}

#[test]
fn a_second_factor_is_set_up_asked_for_and_used_once() {
    let mut world = World::new();
    let id = world.account("zhang", &["chief"], "");
    let need = AccountChange { second_factor: Some(true), ..AccountChange::default() };
    world.park.change_account(&Actor::local("root"), id, need).expect("required");
    let session = world.sign_in("zhang", GOOD).expect("signed in");
    let actor = world.signed(&session).expect("signed in").actor;
    assert!(actor.must_enrol() && actor.rights().is_empty());
    assert_eq!(table::admits(Some(&actor), Action::People), table::Admission::EnrolFirst);
    assert_eq!(table::admits(Some(&actor), Action::ReadContent), table::Admission::EnrolFirst);
    assert_eq!(table::admits(Some(&actor), Action::Account), table::Admission::Admitted);

    refused(world.park.confirm_totp(&actor, "123456"), "NotEnrolling");
    let random: [u8; 32] = std::array::from_fn(|i| u8::try_from(i).expect("below 32"));
    let shown = world.park.begin_totp(&actor, random, "示范园").expect("begun");
    assert!(shown.uri.starts_with("otpauth://totp/"));
    let factor = Factor::new(&random[..20]);
    refused(world.park.confirm_totp(&actor, "000000"), "WrongCode");
    let code = factor.code(world.hands.now());
    world.park.confirm_totp(&actor, &code).expect("confirmed");
    refused(world.park.begin_totp(&actor, random, "x"), "AlreadyEnrolled");
    let actor = world.signed(&session).expect("signed in").actor;
    assert!(!actor.must_enrol() && actor.may_anywhere(Right::Administer));

    refused(world.sign_in("zhang", GOOD), "SecondFactorNeeded");
    refused(world.try_code("zhang", GOOD, Some(&code)), "WrongCode");
    world.pass(minutes(1));
    let code = factor.code(world.hands.now());
    world.try_code("zhang", GOOD, Some(&code)).expect("a new step");
    refused(world.try_code("zhang", GOOD, Some(&code)), "WrongCode");
    // Wrong codes count like wrong passwords: that was the second; the fifth locks.
    for _ in 0..3 {
        world.try_code("zhang", GOOD, Some("000000")).expect_err("a wrong code");
    }
    assert!(matches!(world.try_code("zhang", GOOD, Some("000000")), Err(AccessFault::Locked(Some(_)))));
    let secret = world.secret();
    world.park.reset_account(&Actor::local("root"), id, &secret).expect("reset");
    assert!(world.signed(&session).is_none());
    assert!(!world.actions().is_empty());
}

#[test]
fn the_last_administrator_stays() {
    let mut world = World::new();
    let first = world.account("first", &["chief"], "");
    let lock = || AccountChange { locked: Some(true), ..AccountChange::default() };
    let root = Actor::local("root");
    refused(world.park.change_account(&root, first, lock()), "LastAdministrator");
    let demote = AccountChange { roles: Some(vec!["clerk".to_owned()]), ..AccountChange::default() };
    refused(world.park.change_account(&root, first, demote.clone()), "LastAdministrator");
    let second = world.account("second", &["chief"], "");
    world.park.change_account(&root, first, lock()).expect("there is another");
    refused(world.park.change_account(&root, second, demote), "LastAdministrator");
}

#[test]
fn accounts_are_of_the_committee_or_of_an_enterprise() {
    let mut world = World::new();
    let firm = world.firm("甲公司");
    let invite = |world: &mut World, roles: &[&str], enterprise| {
        let roles = roles.iter().map(|r| (*r).to_owned()).collect();
        let new = NewAccount { name: "x".to_owned(), roles, enterprise, ..NewAccount::default() };
        let secret = world.secret();
        world.park.invite(&Actor::local("root"), &new, &secret)
    };
    refused(invite(&mut world, &["boss"], None), "UnknownRole(\"boss\")");
    refused(invite(&mut world, &["clerk", "firm"], Some(firm)), "MixedRoles");
    refused(invite(&mut world, &["firm"], None), "BadEnterprise");
    refused(invite(&mut world, &["firm"], Some(EntryId(99))), "BadEnterprise");
    refused(invite(&mut world, &["clerk"], Some(firm)), "BadEnterprise");
    let link = invite(&mut world, &["firm"], Some(firm)).expect("invited");
    refused(invite(&mut world, &["clerk"], None), "Ledger(NameTaken(\"x\"))");
    let person = world.choose(&link, "", GOOD).expect("set up");
    let session = world.sign_in("x", GOOD).expect("signed in");
    let actor = world.signed(&session).expect("signed in").actor;
    assert_eq!(actor.own(), Some(firm));
    assert_eq!(world.park.person_view(&person).expect("read").enterprise.expect("linked").title, "甲公司");
}

#[test]
fn tokens_hold_no_more_than_their_owner_and_end() {
    let mut world = World::new();
    let id = world.account("zhang", &["clerk"], "党办");
    let root = Actor::local("root");
    let new = |scopes: &[Right], expires| NewToken {
        person: id,
        title: "夜间取数".to_owned(),
        scopes: scopes.to_vec(),
        books: None,
        expires,
    };
    let secret = world.secret();
    refused(world.park.add_token(&root, &new(&[Right::Administer], None), &secret), "EmptyToken");
    let end = world.hands.now() + minutes(60);
    let scopes = [Right::Read, Right::Administer];
    let (record, text) = world.park.add_token(&root, &new(&scopes, Some(end)), &secret).expect("made");
    assert!(text.starts_with("plk_"));
    let bearer = |world: &World| world.park.token_bearer(&text, "192.0.2.9").expect("read");
    let (actor, note) = bearer(&world).expect("it holds");
    assert_eq!((actor.rights(), note), (vec![Right::Read], Some(record.id)));
    world.park.note_token(record.id).expect("noted");
    assert_eq!(bearer(&world).expect("it holds").1, None);
    // What concerns an account is done in person.
    assert_eq!(actor.in_person(), Err(Refusal::NotSignedIn));
    assert_eq!(table::admits(Some(&actor), Action::Account), table::Admission::Refused);
    assert!(world.park.token_bearer("plk_nonsense", "").expect("read").is_none());
    world.pass(minutes(60));
    assert!(bearer(&world).is_none(), "it expired");
    world.pass(minutes(-60));
    let lock = AccountChange { locked: Some(true), ..AccountChange::default() };
    world.park.change_account(&root, id, lock).expect("locked");
    assert!(bearer(&world).is_none(), "its owner is locked");
    world.park.unlock(&root, id).expect("unlocked");
    world.park.remove_token(&root, record.id).expect("removed");
    assert!(bearer(&world).is_none(), "it was removed");
}

#[test]
fn a_provider_vouches_for_those_it_was_linked_to() {
    let mut world = World::new();
    let id = world.account("zhang", &["clerk"], "党办");
    let vouch = |world: &mut World, subject, name| {
        let vouched = Vouched { provider: "sso", issuer: "https://idp", subject, name };
        let (secret, policy) = (world.secret(), world.policy.clone());
        world.park.sign_in_vouched(&vouched, &Browser::default(), (&secret, None), &policy)
    };
    refused(vouch(&mut world, "s1", None), "UnknownIdentity");
    refused(vouch(&mut world, "s1", Some("li")), "UnknownIdentity");
    assert_eq!(vouch(&mut world, "s1", Some("Zhang")).expect("by name").person.id, id);
    // From now on by the link, whatever the provider calls them.
    assert_eq!(vouch(&mut world, "s1", None).expect("linked").person.id, id);
    assert_eq!(vouch(&mut world, "s1", Some("li")).expect("linked").person.id, id);
    let lock = AccountChange { locked: Some(true), ..AccountChange::default() };
    world.park.change_account(&Actor::local("root"), id, lock).expect("locked");
    refused(vouch(&mut world, "s1", None), "Locked(None)");
}

#[test]
fn nothing_secret_is_in_the_audit_and_everything_is_sound() {
    let mut world = World::new();
    let id = world.account("zhang", &["chief"], "党办");
    world.sign_in("zhang", "a password with a slip").expect_err("wrong");
    world.sign_in("plum vat kx7 river", "zhang").expect_err("typed into the wrong boxes");
    let session = world.sign_in("zhang", GOOD).expect("signed in");
    let actor = world.signed(&session).expect("signed in").actor;
    let shown = world.park.begin_totp(&actor, [77; 32], "x").expect("begun");
    let secret = world.secret();
    let new =
        NewToken { person: id, title: "t".to_owned(), scopes: vec![Right::Read], books: None, expires: None };
    let (_, token) = world.park.add_token(&actor, &new, &secret).expect("made");
    let records = world.park.store().audit_records(0, 1000).expect("read");
    let text: String =
        records.iter().map(|r| format!("{} {} {}\n", r.event.who, r.event.subject, r.event.detail)).collect();
    for canary in [
        GOOD,
        "a password with a slip",
        &session.text(),
        &secret.text(),
        &token,
        &shown.secret,
        "$argon2id",
        "plum",
    ] {
        assert!(!text.contains(canary), "{canary} in {text}");
    }
    let actions = world.actions();
    for action in
        ["person.add", "link.add", "link.use", "password.set", "session.refuse", "session.begin", "token.add"]
    {
        assert!(actions.iter().any(|a| a == action), "{action} in {actions:?}");
    }
    assert_eq!(world.park.store().verify(&mut |_| {}).expect("verified").damage, []);
}

#[test]
fn passwords_follow_the_rule_when_chosen_by_link() {
    let mut world = World::new();
    let (new, secret) = (NewAccount { name: "zhang".to_owned(), ..NewAccount::default() }, world.secret());
    let link = world.park.invite(&Actor::local("root"), &new, &secret).expect("invited");
    for (password, fault) in [
        ("zhang-river-kx7", PasswordFault::Name),
        ("13812345678", PasswordFault::Common),
        ("plum", PasswordFault::TooShort),
    ] {
        refused(world.choose(&link, "", password), &format!("Password({fault:?})"));
    }
}

proptest! {
    /// Whatever roles and department somebody has: rows are seen only of books a grant of theirs reaches, and by
    /// enterprises only of their own.
    #[test]
    fn no_row_is_seen_without_a_grant(
        roles in proptest::collection::vec(prop_oneof!["clerk", "chief", "firm", "ghost"], 0..3),
        department in prop_oneof![Just("党办"), Just("招商"), Just(""), Just("别处")],
        enterprise in proptest::option::of(1_u64..4),
        row in 1_u64..4,
    ) {
        let files = [("books/firms.toml", FIRMS), ("books/rules.toml", RULES), ("access.toml", ROLES)];
        let sources: Vec<_> = files
            .into_iter()
            .map(|(path, text)| model::content::SourceFile { path: path.to_owned(), text: text.to_owned() })
            .collect();
        let (content, _) = model::content::Content::load(&sources);
        let grants = Grants::resolve(&content, &roles, department, enterprise.map(EntryId));
        let actor = Actor::person(PersonId(1), "a", "a", "", grants.into());
        let holds = |role: &str| roles.iter().any(|r| r == role);
        for book in content.books.values() {
            let own = book.department == department && holds("clerk");
            let granted = own || holds("chief") || (holds("firm") && book.id.as_str() == "firms");
            let entry = model::entry::Entry {
                id: EntryId(row),
                book: book.id.clone(),
                key: String::new(),
                version: 1,
                revision: model::id::Revision(1),
                state: EntryState::Active,
                payload: model::value::Payload::new(),
                origins: Origins::default(),
            };
            let mine = !holds("firm") || (book.id.as_str() == "firms" && enterprise == Some(row));
            prop_assert_eq!(actor.sees(book, &entry), granted && mine);
        }
    }
}
