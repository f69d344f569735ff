//! Passwords: argon2id, away from the async threads, few at a time.

use std::sync::LazyLock;

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// The fewest characters of a password.
pub const MIN: usize = 12;
/// The most bytes that are hashed: more is an attack, not a password.
pub const MAX: usize = 1024;

/// Each hash holds 19 MiB while it runs; two at a time keep memory and both cores in hand.
static TURN: Semaphore = Semaphore::const_new(2);

/// Verified in place of an account's hash when there is no such account, so that both take as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| make("nobody has this password"));

fn argon() -> Argon2<'static> {
    // OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn make(password: &str) -> String {
    let salt = SaltString::generate(&mut OsRng);
    argon().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()).unwrap_or_default()
}

/// Hashes a password for storing.
pub async fn hash(password: String) -> String {
    let _turn = TURN.acquire().await;
    tokio::task::spawn_blocking(move || make(&password)).await.unwrap_or_default()
}

/// Is this the password behind `stored`? Without a stored hash the answer is no, after the same time.
pub async fn verify(password: String, stored: Option<String>) -> bool {
    let _turn = TURN.acquire().await;
    tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let Ok(parsed) = PasswordHash::new(&stored) else { return false };
        password.len() <= MAX && argon().verify_password(password.as_bytes(), &parsed).is_ok() && known
    })
    .await
    .unwrap_or(false)
}

/// Is it long enough, and not longer than is hashed?
pub fn acceptable(password: &str) -> bool {
    app::text::graphemes(password) >= MIN && password.len() <= MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_knows_its_password_alone() {
        let stored = hash("довгий пароль 1".into()).await;
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("довгий пароль 1".into(), Some(stored.clone())).await);
        assert!(!verify("довгий пароль 2".into(), Some(stored)).await);
        assert!(!verify("nobody has this password".into(), None).await);
    }
}
