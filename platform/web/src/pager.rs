//! The way on from one page of a long list to the next, for the template `pager.html`.

use crate::Visit;

/// Name of the cursor in the address.
const CURSOR: &str = "after";

pub struct Pager {
    /// Back to the first page; `None` on it.
    pub first: Option<String>,
    pub next: Option<String>,
}

impl Pager {
    /// `next` is the cursor of the page that follows. The rest of the query, such as filters, is kept.
    pub fn new(visit: &Visit, next: Option<&str>) -> Self {
        Self {
            first: Some(visit.turned(CURSOR, None)).filter(|_| !Self::cursor(visit).is_empty()),
            next: next.map(|cursor| visit.turned(CURSOR, Some(cursor))),
        }
    }

    /// The cursor that this page was asked for with; empty on the first page.
    pub fn cursor(visit: &Visit) -> String {
        visit.asked(CURSOR)
    }
}
