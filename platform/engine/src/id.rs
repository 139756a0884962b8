//! Ids: sortable by time, and codes and secrets that people read aloud or nobody can guess.

use std::sync::{Mutex, PoisonError};

use rand::RngExt as _;

/// Declares a newtype of an id: 26 characters (ULID), so that ids sort by the moment of creation.
#[macro_export]
macro_rules! id {
    ($($name:ident),+ $(,)?) => {$(
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(clock: &$crate::Clock) -> Self {
                Self($crate::id::fresh(clock))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<&$name> for $crate::Value {
            fn from(id: &$name) -> Self {
                Self::Text(id.0.clone())
            }
        }

        impl From<$name> for $crate::Value {
            fn from(id: $name) -> Self {
                Self::Text(id.0)
            }
        }
    )+};
}

id!(TownId, PersonId);

/// A new id for that moment. Within a process, ids of the same millisecond follow one another too,
/// so that what was written first is listed first.
pub fn fresh(clock: &crate::Clock) -> String {
    static LAST: Mutex<(u64, u128)> = Mutex::new((0, 0));
    let now = u64::try_from(clock.now().as_millisecond()).unwrap_or_default();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    // Ten bits of room, so that counting on never runs over.
    *last = if last.0 == now { (now, last.1 + 1) } else { (now, rand::rng().random::<u128>() >> 58) };
    ulid::Ulid::from_parts(last.0, last.1).to_string()
}

/// The least id of that moment: everything made before it sorts before it.
pub fn first_of(moment: crate::Timestamp) -> String {
    ulid::Ulid::from_parts(u64::try_from(moment.as_millisecond()).unwrap_or_default(), 0).to_string()
}

pub enum CodeAlphabet {
    /// Digits alone: what an elderly person reads over the telephone without a mistake.
    Digits,
    /// Crockford's letters and digits, without the ones taken for one another.
    Readable,
}

impl CodeAlphabet {
    fn signs(&self) -> &'static [u8] {
        match self {
            Self::Digits => b"0123456789",
            Self::Readable => b"23456789ABCDEFGHJKMNPQRSTVWXYZ",
        }
    }
}

/// The code of up to sixteen characters that belongs to a fingerprint: the same one every time.
pub fn code_from(alphabet: &CodeAlphabet, fingerprint: &str, length: usize) -> String {
    let signs = alphabet.signs();
    let quads = fingerprint.as_bytes().chunks(4).filter_map(|quad| std::str::from_utf8(quad).ok());
    let numbers = quads.filter_map(|quad| usize::from_str_radix(quad, 16).ok());
    numbers.take(length).map(|number| char::from(signs[number % signs.len()])).collect()
}

/// A random code of that many characters from the operating system's generator.
pub fn code(alphabet: &CodeAlphabet, length: usize) -> String {
    let signs = alphabet.signs();
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(signs[rng.random_range(0..signs.len())])).collect()
}

/// 160 bits that nobody can guess, as 32 letters and digits.
pub fn secret() -> String {
    let bytes: [u8; 20] = rand::rng().random();
    base32::encode(base32::Alphabet::Crockford, &bytes)
}

/// What is stored of a secret: its SHA-256. A secret of 160 random bits needs no slow hash.
pub fn fingerprint(secret: &str) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(secret.as_bytes()))
}
