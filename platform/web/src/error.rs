//! Errors as people meet them: a page with a way on, with the id under which it was logged.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use engine::{Error, Invalid};

use crate::Visit;

/// What a handler returns when it cannot answer.
#[derive(Debug)]
pub struct Fault(pub Error);

pub type Result<T> = std::result::Result<T, Fault>;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Invalid> for Fault {
    fn from(invalid: Invalid) -> Self {
        Self(Error::Invalid(invalid))
    }
}

impl From<askama::Error> for Fault {
    fn from(cause: askama::Error) -> Self {
        Self(Error::Internal(format!("template: {cause}")))
    }
}

impl Fault {
    pub(crate) fn status(&self) -> StatusCode {
        match self.0 {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden | Error::SecondFactorNeeded => StatusCode::FORBIDDEN,
            Error::SignInNeeded => StatusCode::UNAUTHORIZED,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Carried to the edge of the site, which knows the visit and renders the page there.
#[derive(Clone)]
pub(crate) struct Failure(pub std::sync::Arc<Fault>);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Error::TooMany { retry_seconds } = self.0 {
            response.headers_mut().insert("retry-after", retry_seconds.into());
        }
        response.extensions_mut().insert(Failure(std::sync::Arc::new(self)));
        response
    }
}

/// A problem worded for the reader, at its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

pub struct ErrorSummary;

impl ErrorSummary {
    pub fn of(visit: &Visit, invalid: &Invalid) -> Vec<FieldError> {
        invalid
            .problems
            .iter()
            .map(|problem| FieldError {
                field: problem.field.clone(),
                message: visit.tv(problem.key, &problem.args),
            })
            .collect()
    }
}

pub fn error_for<'a>(errors: &'a [FieldError], field: &str) -> Option<&'a str> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
}
