//! Bodies of forms: names and values in order, and the files with them.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use engine::{Error, Invalid};

use crate::Fault;

const FORM_LIMIT: usize = 256 * 1024;
/// Five of the largest files, as many as a question usually takes.
pub(crate) const UPLOAD_LIMIT: usize = 5 * engine::files::LARGEST;

#[derive(Debug, Clone, Default)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The first value of that name, trimmed; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value as it was sent; for passwords, whose spaces count.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }
}

impl<S: Send + Sync> FromRequest<S> for Pairs {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        let body = axum::body::to_bytes(request.into_body(), FORM_LIMIT)
            .await
            .map_err(|_| Invalid::field("form", "problem-form-large"))?;
        serde_urlencoded::from_bytes(&body)
            .map(Self)
            .map_err(|_| Invalid::field("form", "problem-form-unreadable").into())
    }
}

pub struct UploadedFile {
    pub field: String,
    pub name: String,
    pub bytes: bytes::Bytes,
}

/// A form that may hold files.
#[derive(Default)]
pub struct Upload {
    pub pairs: Pairs,
    pub files: Vec<UploadedFile>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let pairs = Pairs::from_request(request, state).await?;
            return Ok(Self { pairs, files: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
        read(parts).await
    }
}

fn unreadable() -> Fault {
    Invalid::field("form", "problem-form-unreadable").into()
}

async fn read(mut parts: Multipart) -> Result<Upload, Fault> {
    let mut upload = Upload::default();
    let mut size = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| unreadable())?;
        size += bytes.len();
        if size > UPLOAD_LIMIT {
            return Err(Invalid::field(field, "problem-form-large").into());
        }
        match name {
            // A file input left empty sends a part without name and content.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => upload.files.push(UploadedFile { field, name, bytes }),
            None => {
                let text = String::from_utf8(bytes.to_vec())
                    .map_err(|_| Fault(Error::from(Invalid::field("form", "problem-form-unreadable"))))?;
                upload.pairs.0.push((field, text));
            }
        }
    }
    Ok(upload)
}
