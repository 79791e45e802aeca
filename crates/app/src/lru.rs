//! Answers that were given already, the ones used last, as many as fit.
//!
//! Deliberately absent: knowing when one is out of date – what makes it so belongs into its key.

use std::sync::{Arc, Mutex, PoisonError};

/// A small store of answers shared by many threads.
#[derive(Debug)]
pub(crate) struct Lru<K, V> {
    /// The one used last is last.
    known: Mutex<Vec<(K, Arc<V>, usize)>>,
    /// Held while an answer is made, so that those who ask for it at the same time wait for it instead of making it too.
    making: Mutex<()>,
    most: usize,
    heaviest: usize,
}

impl<K: PartialEq, V> Lru<K, V> {
    /// A store of at most so many answers, of at most so much weight together.
    pub fn new(most: usize, heaviest: usize) -> Self {
        Self { known: Mutex::default(), making: Mutex::default(), most, heaviest }
    }

    /// The answer to a question that was asked before.
    pub fn get(&self, key: &K) -> Option<Arc<V>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let at = known.iter().rposition(|(k, ..)| k == key)?;
        let used = known.remove(at);
        let answer = Arc::clone(&used.1);
        known.push(used);
        Some(answer)
    }

    /// The answer to a question, made where it is not known: by one caller at a time. `make` says what it weighs.
    ///
    /// # Errors
    /// What `make` says; nothing is remembered then.
    pub fn get_or_make<E>(
        &self,
        key: K,
        stale: impl Fn(&K) -> bool,
        make: impl FnOnce() -> Result<(V, usize), E>,
    ) -> Result<Arc<V>, E> {
        if let Some(known) = self.get(&key) {
            return Ok(known);
        }
        let _one = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = self.get(&key) {
            return Ok(known);
        }
        let (answer, weight) = make()?;
        Ok(self.put(key, answer, weight, stale))
    }

    /// Remembers an answer. Answers for which `stale` holds are forgotten.
    pub fn put(&self, key: K, answer: V, weight: usize, stale: impl Fn(&K) -> bool) -> Arc<V> {
        let answer = Arc::new(answer);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(k, ..)| !stale(k) && *k != key);
        known.push((key, Arc::clone(&answer), weight));
        let mut total: usize = known.iter().map(|(.., w)| w).sum();
        while known.len() > 1 && (known.len() > self.most || total > self.heaviest) {
            total -= known.remove(0).2;
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_used_longest_ago_goes_first() {
        let lru = Lru::new(2, 100);
        lru.put(1, "one", 1, |_| false);
        lru.put(2, "two", 1, |_| false);
        assert_eq!(lru.get(&1).as_deref(), Some(&"one"));
        lru.put(3, "three", 1, |_| false);
        assert_eq!((lru.get(&2), lru.get(&1).is_some()), (None, true));
        // Ninety-nine and one are a hundred; the next one is too heavy to stay with others.
        lru.put(4, "four", 99, |_| false);
        assert_eq!((lru.get(&3), lru.get(&1).is_some()), (None, true));
        lru.put(5, "five", 1, |k| *k == 4);
        assert_eq!((lru.get(&4), lru.get(&5).is_some()), (None, true));
    }

    #[test]
    fn what_many_ask_at_once_is_made_once() {
        let lru: Lru<u8, &str> = Lru::new(2, 100);
        let made = std::sync::atomic::AtomicUsize::new(0);
        let make = || {
            made.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(20));
            Ok::<_, ()>(("one", 1))
        };
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(lru.get_or_make(1, |_| false, make).as_deref(), Ok(&"one")));
            }
        });
        assert_eq!(made.into_inner(), 1);
        assert_eq!(lru.get_or_make(2, |_| false, || Err::<(&str, usize), _>("no")).err(), Some("no"));
        assert_eq!(lru.get(&2), None, "a failure is not remembered");
    }
}
