//! What one person answered: held for as short a time as possible, never printed, never serialised.

use std::fmt;

/// One answer: 0 (lowest of five options) to 4 (highest).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answer(u8);

impl Answer {
    /// The highest raw answer.
    pub const MAX: u8 = 4;

    /// An answer of `raw` points, 0 to 4.
    ///
    /// # Errors
    ///
    /// [`AnswerError::OutOfRange`] above 4.
    pub const fn new(raw: u8) -> Result<Self, AnswerError> {
        if raw <= Self::MAX { Ok(Self(raw)) } else { Err(AnswerError::OutOfRange) }
    }

    /// Raw points, 0 to 4.
    pub const fn raw(self) -> u8 {
        self.0
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer(…)")
    }
}

/// Why answers were refused. Carries no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// An answer is outside the options.
    #[error("an answer is outside the five options")]
    OutOfRange,
    /// The sheet does not have one place for each item.
    #[error("the sheet has {found} places, the questionnaire {expected} items")]
    WrongLength {
        /// Items of the questionnaire.
        expected: usize,
        /// Places of the sheet.
        found: usize,
    },
}

/// One person's answers: a place for each item of the questionnaire, in its order; none where the item
/// was not asked or was skipped.
///
/// Kept as the options of a ballot, one byte each: there may be a million of them in memory at once.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerSheet(Vec<u8>);

impl AnswerSheet {
    /// A sheet from the bytes of a ballot: 0 for not asked or skipped, 1 to 5 for the options.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] if there is not one byte for each of `items`, or one is above 5.
    pub fn from_ballot(items: usize, bytes: &[u8]) -> Result<Self, AnswerError> {
        if bytes.len() != items {
            return Err(AnswerError::WrongLength { expected: items, found: bytes.len() });
        }
        if bytes.iter().any(|&it| it > Answer::MAX + 1) {
            return Err(AnswerError::OutOfRange);
        }
        Ok(Self(bytes.to_vec()))
    }

    /// A sheet from answers that are parsed already, one place for each item.
    pub fn new(answers: Vec<Option<Answer>>) -> Self {
        Self(answers.into_iter().map(|it| it.map_or(0, |answer| answer.0 + 1)).collect())
    }

    /// The bytes that go into a ballot; the inverse of [`from_ballot`](Self::from_ballot).
    pub fn to_ballot(&self) -> Vec<u8> {
        self.0.clone()
    }

    /// The option chosen for each item, 1 to 5; 0 where it was not asked or was skipped.
    pub fn options(&self) -> &[u8] {
        &self.0
    }

    /// The answer to the item at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<Answer> {
        self.0.get(index)?.checked_sub(1).map(Answer)
    }
}

impl fmt::Debug for AnswerSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnswerSheet({} places, …)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_survives_the_ballot() {
        let bytes = [0, 1, 5, 3];
        let sheet = AnswerSheet::from_ballot(4, &bytes).unwrap();
        assert_eq!(sheet.to_ballot(), bytes);
        assert_eq!(sheet.get(0), None);
        assert_eq!(sheet.get(2).map(Answer::raw), Some(4));
    }

    #[test]
    fn six_is_not_an_option() {
        assert_eq!(AnswerSheet::from_ballot(1, &[6]), Err(AnswerError::OutOfRange));
    }

    #[test]
    fn the_length_must_match() {
        assert!(AnswerSheet::from_ballot(2, &[1]).is_err());
    }

    #[test]
    fn answers_are_never_printed() {
        let sheet = AnswerSheet::from_ballot(2, &[5, 1]).unwrap();
        assert_eq!(
            format!("{sheet:?} {:?}", sheet.get(0)),
            "AnswerSheet(2 places, …) Some(Answer(…))"
        );
    }
}
