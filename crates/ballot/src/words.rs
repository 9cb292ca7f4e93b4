//! A hash as five words, so that people can compare it by eye or aloud.

use std::sync::LazyLock;

/// 1,024 short, common, distinct words in alphabetical order, one a line: 10 bits each.
static LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("words.txt").split_ascii_whitespace().collect());

/// The words of the first 50 bits of `hash`, most significant first.
pub fn of(hash: &[u8; 32]) -> [&'static str; 5] {
    let mut bits = [0; 8];
    bits.copy_from_slice(&hash[..8]);
    let bits = u64::from_be_bytes(bits);
    std::array::from_fn(|at| LIST[(bits >> (54 - 10 * at)) as usize & 1023])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_thousand_and_twenty_four_distinct_sorted_words() {
        assert_eq!(LIST.len(), 1024);
        assert!(LIST.is_sorted());
        assert_eq!(LIST.iter().collect::<BTreeSet<_>>().len(), 1024);
        for word in LIST.iter() {
            let plain = word.bytes().all(|it| it.is_ascii_lowercase());
            assert!(plain && (3..=7).contains(&word.len()), "{word}");
        }
    }

    #[test]
    fn four_letters_tell_words_apart() {
        let starts: BTreeSet<&str> = LIST.iter().map(|it| &it[..it.len().min(4)]).collect();
        assert_eq!(starts.len(), LIST.len());
    }

    #[test]
    fn bits_are_read_from_the_front() {
        assert_eq!(of(&[0; 32]), [LIST[0]; 5]);
        assert_eq!(of(&[255; 32]), [LIST[1023]; 5]);
        let mut hash = [0; 32];
        hash[1] = 0b0100_0000;
        hash[6] = 0b0111_1111;
        assert_eq!(of(&hash), [LIST[1], LIST[0], LIST[0], LIST[0], LIST[1]]);
        hash[0] = 0b1000_0000;
        assert_eq!(of(&hash)[0], LIST[513]);
    }
}
