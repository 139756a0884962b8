//! Passwords: Argon2id with the parameters of the library (19 MiB, two passes), hashed aside, since
//! a hash takes tens of milliseconds.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use engine::{Error, Invalid, Result};
use tokio::sync::Semaphore;

/// NIST SP 800-63B: length matters, mixtures of signs do not.
pub const SHORTEST: usize = 10;
const LONGEST: usize = 200;

/// Passwords that every guesser tries first, and words of this place.
const COMMON: &[&str] =
    &["password", "1234567890", "0123456789", "qwertyuiop", "thailand", "khonkaen", "administrator", "sala"];

pub fn checked(password: &str, email: &str) -> Result<()> {
    let length = password.chars().count();
    let mut invalid = Invalid::default();
    if length < SHORTEST {
        invalid.push_with("password", "problem-short", vec![("limit", SHORTEST.to_string())]);
    } else if length > LONGEST {
        invalid.push_with("password", "problem-long", vec![("limit", LONGEST.to_string())]);
    } else if is_common(&password.to_lowercase(), email) {
        invalid.push("password", "identity-problem-password-common");
    }
    invalid.or(())
}

/// A common word with a few signs around it, the address itself, or a single sign repeated.
fn is_common(password: &str, email: &str) -> bool {
    let name = email.split('@').next().unwrap_or_default();
    let padded = |word: &str| password.contains(word) && password.len() < word.len() + 5;
    let repeated = password.chars().all(|sign| password.starts_with(sign));
    repeated
        || password == email
        || COMMON.iter().any(|word| padded(word))
        || (name.len() > 3 && padded(name))
}

pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    aside(move || {
        let hash: PasswordHash = Argon2::default()
            .hash_password(password.as_bytes())
            .map_err(|cause| Error::Internal(format!("password: {cause}")))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether it is the password. Without a kept one the same work is done, so that the time does not
/// tell whether there is an account.
pub async fn verify(kept: Option<&str>, password: &str) -> Result<bool> {
    let (kept, password) = (kept.map(str::to_owned), password.to_owned());
    aside(move || {
        let Some(kept) = kept else {
            let _: std::result::Result<PasswordHash, _> =
                Argon2::default().hash_password(password.as_bytes());
            return Ok(false);
        };
        let hash =
            PasswordHash::new(&kept).map_err(|cause| Error::Internal(format!("kept password: {cause}")))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

/// Hashes at once, each of which takes 19 MiB: as many as there are processors, the rest wait.
static HASHING: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)));

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(|cause| Error::Internal(cause.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|cause| Error::Internal(cause.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_guesser_tries_first_is_refused() {
        for bad in ["short", "Password123", "aaaaaaaaaaaa", "somchai.k99", "1234567890", "Khonkaen2569"] {
            assert!(checked(bad, "somchai.k@example.com").is_err(), "{bad}");
        }
        assert!(checked("ข้าวเหนียวหมูปิ้งสองไม้", "somchai.k@example.com").is_ok());
        assert!(checked("red buffalo ploughs at dawn", "somchai.k@example.com").is_ok());
    }

    #[tokio::test]
    async fn only_the_password_itself_verifies() {
        let kept = hash("red buffalo ploughs").await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(verify(Some(&kept), "red buffalo ploughs").await.unwrap());
        assert!(!verify(Some(&kept), "red buffalo plough").await.unwrap());
        assert!(!verify(None, "red buffalo ploughs").await.unwrap());
    }
}
