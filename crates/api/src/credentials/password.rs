//! Passwords: argon2id, with the cost of the settings.

use std::fmt;

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
};

use crate::{PasswordCost, problem::Problem};

/// A password somebody chose: 12 to 128 characters. Never printed.
pub(crate) struct Password(String);

impl Password {
    /// Reads a password as typed; nothing is trimmed.
    pub(crate) fn new(text: String) -> Result<Self, Problem> {
        let fits = (12..=128).contains(&text.chars().count());
        fits.then_some(Self(text)).ok_or(Problem::Malformed("problem-password-length"))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What is stored in place of `password`. Takes tens of milliseconds on purpose.
pub(crate) fn hash_password(cost: PasswordCost, password: &Password) -> Result<String, Problem> {
    hash(cost, password.0.as_bytes())
}

/// A stored hash that no password has, for checks on behalf of nobody.
pub(super) fn nobodys_hash(cost: PasswordCost) -> Result<String, Problem> {
    let mut password = [0; 32];
    getrandom::fill(&mut password).map_err(Problem::internal)?;
    hash(cost, &password)
}

fn hash(cost: PasswordCost, password: &[u8]) -> Result<String, Problem> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
        .map_err(|it| Problem::internal(it.to_string()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(password)
        .map(|it| it.to_string())
        .map_err(|it| Problem::internal(it.to_string()))
}

/// What checking the password behind `stored` costs, or that of any hash that begins like it.
pub(super) fn cost_of(stored: &str) -> Option<PasswordCost> {
    let params = Params::try_from(&PasswordHash::new(stored).ok()?).ok()?;
    Some(PasswordCost {
        memory_kib: params.m_cost(),
        passes: params.t_cost(),
        lanes: params.p_cost(),
    })
}

/// Whether `stored` was made when checking was set to cost less than `cost`.
pub(crate) fn is_cheaper(stored: &str, cost: PasswordCost) -> bool {
    cost_of(stored).is_some_and(|it| it.memory_kib < cost.memory_kib || it.passes < cost.passes)
}

/// Whether `typed` is the password behind `stored`.
pub(crate) fn verify_password(stored: &str, typed: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(typed.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 8, passes: 1, lanes: 1 };

    #[test]
    fn only_the_password_opens_its_hash() {
        let password = Password::new("correct horse battery".to_owned()).unwrap();
        let stored = hash_password(CHEAP, &password).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{stored}");
        assert!(verify_password(&stored, "correct horse battery"));
        assert!(!verify_password(&stored, "correct horse battery "));
        assert!(!verify_password("", ""));
        assert!(!verify_password(&nobodys_hash(CHEAP).unwrap(), ""));
    }

    #[test]
    fn what_a_hash_costs_stands_in_it() {
        let password = Password::new("correct horse battery".to_owned()).unwrap();
        let stored = hash_password(CHEAP, &password).unwrap();
        assert_eq!(cost_of(&stored), Some(CHEAP));
        assert_eq!(cost_of("$argon2id$v=19$m=8,t=1,p=1"), Some(CHEAP), "its beginning is enough");
        assert!(!is_cheaper(&stored, CHEAP));
        assert!(is_cheaper(&stored, PasswordCost { passes: 2, ..CHEAP }));
        assert!(is_cheaper(&stored, PasswordCost { memory_kib: 16, ..CHEAP }));
        assert!(!is_cheaper("nonsense", CHEAP));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert!(Password::new("x".repeat(11)).is_err());
        assert!(Password::new("x".repeat(129)).is_err());
        assert_eq!(format!("{:?}", Password::new("x".repeat(12)).unwrap()), "Password(…)");
    }
}
