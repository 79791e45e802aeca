//! Random sequences of writes and undos against a simple model in memory.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::StoreError;

/// What may happen to the entry that has a key (or to the key, when none has it).
#[derive(Clone, Debug)]
enum Act {
    Set(i64),
    Withdraw,
    Rekey(u8),
    Stale,
}

#[derive(Clone, Debug)]
enum Step {
    Write(Vec<(u8, Act)>),
    Undo(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let act = prop_oneof![
        6 => (0..1000i64).prop_map(Act::Set),
        2 => Just(Act::Withdraw),
        2 => (0..6u8).prop_map(Act::Rekey),
        1 => Just(Act::Stale),
    ];
    let step = prop_oneof![
        3 => prop::collection::vec((0..6u8, act), 1..5).prop_map(Step::Write),
        1 => (1..12u64).prop_map(Step::Undo),
    ];
    prop::collection::vec(step, 1..14)
}

/// An entry in the model.
#[derive(Clone, PartialEq, Debug)]
struct Row {
    key: String,
    value: i64,
    version: u32,
    revision: u64,
    active: bool,
}

type State = BTreeMap<u64, Row>;

/// The state after each revision (the first: none), and what undid what.
struct Model {
    states: Vec<State>,
    undone: BTreeSet<u64>,
}

impl Model {
    fn now(&self) -> &State {
        self.states.last().unwrap()
    }

    /// The entry that has a key: the active one, else the newest withdrawn one.
    fn holder(&self, key: &str) -> Option<u64> {
        let mut holders: Vec<(bool, u64)> =
            self.now().iter().filter(|(_, row)| row.key == key).map(|(id, row)| (row.active, *id)).collect();
        holders.sort_unstable();
        holders.pop().map(|(_, id)| id)
    }

    /// The request for a step, and the state it leads to (`None`: it must be refused).
    fn plan(&self, acts: &[(u8, Act)]) -> (Vec<EntryWrite>, Option<State>) {
        let (mut writes, mut state, mut stale) = (Vec::new(), self.now().clone(), false);
        let mut next_id = state.keys().last().map_or(1, |id| id + 1);
        let (revision, mut keys) = (self.states.len() as u64, BTreeSet::new());
        for (key, act) in acts {
            let key = key.to_string();
            if !keys.insert(key.clone()) {
                continue;
            }
            let Some(id) = self.holder(&key) else {
                let value = if let Act::Set(value) = act { *value } else { 0 };
                writes.push(new(&key, value));
                state.insert(next_id, Row { key, value, version: 1, revision, active: true });
                next_id += 1;
                continue;
            };
            let row = state.get_mut(&id).unwrap();
            let mut based_on = row.version;
            (row.version, row.revision, row.active) = (row.version + 1, revision, true);
            match act {
                Act::Set(value) => row.value = *value,
                Act::Withdraw => row.active = false,
                Act::Rekey(other) => row.key = other.to_string(),
                Act::Stale => (based_on, stale) = (based_on + 1, true),
            }
            let write = next(EntryId(id), based_on, &row.key, row.value);
            writes.push(if row.active { write } else { withdrawn(write) });
        }
        (writes, Some(state).filter(|s| !stale && keys_are_unique(s)))
    }

    fn undo(&self, revision: u64) -> Option<State> {
        let before = self.states.get(usize::try_from(revision - 1).unwrap())?;
        let after = self.states.get(usize::try_from(revision).unwrap())?;
        let (mut state, new) = (self.now().clone(), self.states.len() as u64);
        for (id, _) in after.iter().filter(|(_, row)| row.revision == revision) {
            let row = state.get_mut(id).unwrap();
            if row.revision != revision {
                return None;
            }
            let version = row.version + 1;
            *row = before.get(id).cloned().unwrap_or_else(|| Row { active: false, ..row.clone() });
            (row.version, row.revision) = (version, new);
        }
        Some(state).filter(|s| !self.undone.contains(&revision) && keys_are_unique(s))
    }
}

fn keys_are_unique(state: &State) -> bool {
    let mut keys = BTreeSet::new();
    state.values().filter(|row| row.active).all(|row| keys.insert(row.key.as_str()))
}

fn active(state: &State) -> String {
    let line = |(id, row): (&u64, &Row)| {
        format!("#{id} {}={} v{} r{}\n", row.key, row.value, row.version, row.revision)
    };
    state.iter().filter(|(_, row)| row.active).map(line).collect()
}

/// Many entries at once are what they are one by one, unknown ones left out.
fn one_by_one(park: &Park, at: Revision) -> std::result::Result<(), TestCaseError> {
    let ids: Vec<EntryId> = (0..20).rev().map(EntryId).collect();
    let each: Vec<Option<Entry>> = ids.iter().map(|id| park.store.entry_at(*id, at).unwrap()).collect();
    let mut together = park.store.entries_at(&ids, at).unwrap();
    together.sort_by_key(|e| std::cmp::Reverse(e.id));
    prop_assert_eq!(&together, &each.iter().flatten().cloned().collect::<Vec<_>>());
    let origins: Vec<_> = each.into_iter().map(|e| e.map(|e| e.origins)).collect();
    prop_assert_eq!(park.store.origins(&ids, at).unwrap(), origins);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_agrees_with_the_model(steps in steps()) {
        let mut park = Park::new();
        let mut model = Model { states: vec![State::new()], undone: BTreeSet::new() };
        for step in steps {
            let (done, expected) = match &step {
                Step::Write(acts) => {
                    let (writes, expected) = model.plan(acts);
                    (park.write(writes), expected)
                }
                Step::Undo(number) => {
                    let done = park.store.undo(revision(*number), second(2), "clerk", "undo");
                    (done, model.undo(*number))
                }
            };
            prop_assert_eq!(done.is_ok(), expected.is_some(), "{:?}: {:?}", step, done);
            prop_assert!(!matches!(done, Err(StoreError::Database(_) | StoreError::Corrupt(_))), "{:?}", done);
            if let Some(state) = expected {
                if let Step::Undo(number) = step {
                    model.undone.insert(number);
                }
                model.states.push(state);
            }
        }
        for (number, state) in model.states.iter().enumerate() {
            let at = revision(number as u64);
            let heads = park.store.heads(&shop(), Some(at)).unwrap();
            prop_assert_eq!(print(&heads), active(state));
            one_by_one(&park, at)?;
            let changed = park.store.changes_since(at).unwrap();
            let since: Vec<u64> =
                model.now().iter().filter(|(_, row)| row.revision > at.0).map(|(id, _)| *id).collect();
            prop_assert_eq!(changed.iter().map(|e| e.id.0).collect::<Vec<_>>(), since);
        }
        for key in 0..6u8 {
            let found = park.store.by_key(&shop(), &key.to_string()).unwrap();
            prop_assert_eq!(found.map(|e| e.id.0), model.holder(&key.to_string()));
        }
        prop_assert_eq!(park.verify().damage, Vec::new());
    }
}
