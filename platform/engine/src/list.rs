//! Keyset pages: a page costs the same at a thousand rows as at a million.

/// Rows of one page and whether there are more behind it.
#[derive(Debug, Clone)]
pub struct Paged<T> {
    pub rows: Vec<T>,
    /// Cursor of the page that follows; `None` on the last one.
    pub next: Option<String>,
}

pub const PAGE: usize = 25;

/// Comes after every id in every collation: ids begin with a digit.
pub const LAST: &str = "Z";

impl<T> Paged<T> {
    /// From one row more than a page, which says whether another page follows.
    pub fn of(mut rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(cursor);
        Self { rows, next }
    }
}
