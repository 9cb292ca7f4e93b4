//! A map that forgets: what is older than its age, and the oldest when there is no more room. So what
//! strangers ask for can fill it, and can make it grow no further.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

/// See the module. Whoever reads may ask for something fresher than [`Kept::new`] says.
#[derive(Debug)]
pub(crate) struct Kept<K, V> {
    entries: BTreeMap<K, Entry<V>>,
    /// Oldest first, each with the number of the entry it stands for; one that was replaced since stands
    /// for nothing.
    order: VecDeque<(u64, K)>,
    next: u64,
    taken: usize,
    room: usize,
    age: TimeDelta,
}

#[derive(Debug)]
struct Entry<V> {
    at: DateTime<Utc>,
    number: u64,
    weight: usize,
    value: V,
}

impl<K: Ord + Clone, V> Kept<K, V> {
    /// Entries that together weigh no more than `room`, each for no longer than `age`.
    pub(crate) const fn new(room: usize, age: TimeDelta) -> Self {
        Self { entries: BTreeMap::new(), order: VecDeque::new(), next: 0, taken: 0, room, age }
    }

    /// What was kept under `key` less than the map's age ago.
    pub(crate) fn get(&self, key: &K, now: DateTime<Utc>) -> Option<&V> {
        self.fresh(key, now, self.age)
    }

    /// What was kept under `key` less than `age` ago.
    pub(crate) fn fresh(&self, key: &K, now: DateTime<Utc>, age: TimeDelta) -> Option<&V> {
        let entry = self.entries.get(key)?;
        (entry.at <= now && now - entry.at < age.min(self.age)).then_some(&entry.value)
    }

    /// Keeps `value`, which weighs `weight` of the room, in place of what was there; not if it is heavier
    /// than all the room.
    pub(crate) fn put(&mut self, key: K, value: V, weight: usize, now: DateTime<Utc>) {
        self.remove(&key);
        if weight > self.room {
            return;
        }
        let number = self.next;
        self.next += 1;
        self.taken += weight;
        self.order.push_back((number, key.clone()));
        self.entries.insert(key, Entry { at: now, number, weight, value });
        self.sweep(now);
    }

    /// Forgets `key`.
    pub(crate) fn remove(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.taken -= entry.weight;
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.order.clear();
        self.taken = 0;
    }

    /// Forgets what is too old, and the oldest as long as there is not enough room.
    fn sweep(&mut self, now: DateTime<Utc>) {
        while let Some((number, key)) = self.order.front() {
            let standing = self.entries.get(key).filter(|it| it.number == *number);
            let stays =
                standing.is_some_and(|it| self.taken <= self.room && now - it.at < self.age);
            if stays {
                break;
            }
            let gone = standing.is_some();
            if let Some((_, key)) = self.order.pop_front()
                && gone
            {
                self.remove(&key);
            }
        }
    }

    /// How many entries there are, and what they weigh.
    #[cfg(test)]
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.entries.len(), self.taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn what_is_too_old_is_gone_and_takes_no_room() {
        let mut kept = Kept::new(10, TimeDelta::seconds(5));
        kept.put("a", 1, 4, at(0));
        kept.put("b", 2, 4, at(3));
        assert_eq!((kept.get(&"a", at(4)), kept.get(&"a", at(5))), (Some(&1), None));
        assert_eq!(kept.fresh(&"b", at(5), TimeDelta::seconds(2)), None);
        kept.put("c", 3, 1, at(6));
        assert_eq!((kept.size(), kept.get(&"b", at(6))), ((2, 5), Some(&2)));
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut kept = Kept::new(10, TimeDelta::seconds(50));
        kept.put("a", 1, 4, at(0));
        kept.put("b", 2, 4, at(1));
        kept.put("a", 3, 4, at(2));
        kept.put("c", 4, 4, at(3));
        assert_eq!((kept.get(&"a", at(3)), kept.get(&"b", at(3))), (Some(&3), None));
        kept.put("d", 5, 11, at(4));
        assert_eq!((kept.get(&"d", at(4)), kept.size()), (None, (2, 8)));
    }

    proptest! {
        #[test]
        fn it_never_holds_more_than_its_room(
            puts in prop::collection::vec((0_u8..40, 0_usize..30, 0_i64..3), 0..300),
        ) {
            let mut kept = Kept::new(100, TimeDelta::seconds(20));
            let mut now = 0;
            for (key, weight, later) in puts {
                now += later;
                kept.put(key, (), weight, at(now));
                prop_assert!(kept.size().1 <= 100);
                prop_assert_eq!(kept.size().1, kept.entries.values().map(|it| it.weight).sum::<usize>());
                prop_assert!(kept.entries.values().all(|it| at(now) - it.at < kept.age));
                prop_assert!(kept.get(&key, at(now)).is_some());
            }
        }
    }
}
