//! The one error of the platform. Kinds only: wording is in `locales`, logging at the edge.

use std::fmt;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
pub enum Error {
    /// It is not there, or the asker may not know that it is.
    NotFound,
    Forbidden,
    SignInNeeded,
    SecondFactorNeeded,
    /// The thing is no longer in a state that allows this; the key says what to tell the reader.
    Conflict(&'static str),
    /// Bad input: one problem per field.
    Invalid(Invalid),
    TooMany {
        retry_seconds: u64,
    },
    Unavailable(String),
    Internal(String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict(key) => write!(out, "conflict: {key}"),
            Self::Invalid(invalid) => write!(out, "invalid: {:?}", invalid.problems),
            Self::Unavailable(why) | Self::Internal(why) => out.write_str(why),
            other => write!(out, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

macro_rules! internal_from {
    ($($kind:ty),+ $(,)?) => {$(
        impl From<$kind> for Error {
            fn from(cause: $kind) -> Self {
                Self::Internal(format!("{}: {cause:?}", stringify!($kind)))
            }
        }
    )+};
}

internal_from!(
    rusqlite::Error,
    serde_json::Error,
    object_store::Error,
    jiff::Error,
    std::io::Error,
    toml::de::Error
);

/// Without its detail, which quotes the values of the row.
impl From<tokio_postgres::Error> for Error {
    fn from(cause: tokio_postgres::Error) -> Self {
        let said = cause.as_db_error().map(|said| format!("{} {}", said.code().code(), said.message()));
        Self::Internal(format!("tokio_postgres::Error: {}", said.unwrap_or_else(|| cause.to_string())))
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

/// What is wrong with a form, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invalid {
    pub problems: Vec<Problem>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: String,
    /// Key of the message in `locales`.
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Invalid {
    pub fn field(field: impl Into<String>, key: &'static str) -> Self {
        let mut invalid = Self::default();
        invalid.push(field, key);
        invalid
    }

    pub fn push(&mut self, field: impl Into<String>, key: &'static str) {
        self.push_with(field, key, Vec::new());
    }

    pub fn push_with(
        &mut self,
        field: impl Into<String>,
        key: &'static str,
        args: Vec<(&'static str, String)>,
    ) {
        self.problems.push(Problem { field: field.into(), key, args });
    }

    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// The value, unless something is wrong.
    pub fn or<T>(self, value: T) -> Result<T> {
        if self.is_empty() { Ok(value) } else { Err(Error::Invalid(self)) }
    }
}

/// Splits "the form was refused" from every other failure, so that a handler can show it again.
pub trait OrInvalid<T> {
    fn or_invalid(self) -> Result<std::result::Result<T, Invalid>>;
}

impl<T> OrInvalid<T> for Result<T> {
    fn or_invalid(self) -> Result<std::result::Result<T, Invalid>> {
        match self {
            Ok(value) => Ok(Ok(value)),
            Err(Error::Invalid(invalid)) => Ok(Err(invalid)),
            Err(other) => Err(other),
        }
    }
}
