//! What can be done with a case: a function per verb, one transaction each.

mod applicant;
mod assignment;
mod attachment;
mod draft;
mod officer;
mod resume;

use engine::holidays::working_days;
use engine::workflow::{Does, Mover};
use engine::{Invalid, Result, Tx};

pub use self::applicant::{
    MOST_FILES, is_applicant, may_see, open_with_secret, supply, supply_with, withdraw,
};
pub use self::assignment::{assign, assign_as_seen, transfer};
pub use self::attachment::{attach, detach};
pub use self::draft::{may_edit, put_by, save_step, start_draft, submit};
pub use self::officer::{answer, make_move, note, preview};
pub use self::resume::send_link;
use crate::case::Case;
use crate::events::ServicePublished;
use crate::queries;
use crate::service::Offered;

/// Longest text of a note, an answer or reasons.
const TEXT_LIMIT: usize = 4000;

/// Offers services in a municipality, in that order, as part of a larger change.
pub async fn publish(tx: &mut Tx, catalogue: &[Offered]) -> Result<()> {
    for (position, offered) in catalogue.iter().enumerate() {
        queries::insert_service(tx, offered, position).await?;
        let service = &offered.service;
        tx.record(ServicePublished { slug: service.slug.clone(), version: service.version });
    }
    Ok(())
}

/// Offers what is not offered yet, or only in an older version.
pub async fn publish_newer(tx: &mut Tx, catalogue: &[Offered]) -> Result<()> {
    let town = tx.town().clone();
    for (position, offered) in catalogue.iter().enumerate() {
        let service = &offered.service;
        let known = queries::current_version(tx, &town, &service.slug).await?;
        if known.is_none_or(|known| service.version > known) {
            queries::insert_service(tx, offered, position).await?;
            tx.record(ServicePublished { slug: service.slug.clone(), version: service.version });
        }
    }
    Ok(())
}

async fn moved(tx: &mut Tx, case: Case, offered: &Offered, id: &str, by: Mover) -> Result<(Case, Does)> {
    let (town, now) = (tx.town().clone(), (tx.now(), tx.today()));
    let days = working_days(tx, &town, now.1).await?;
    case.moved(&offered.workflow, id, by, now, &days)
}

fn checked(text: &str, field: &str) -> Result<String> {
    let text = text.trim().replace("\r\n", "\n");
    let mut invalid = Invalid::default();
    if text.is_empty() {
        invalid.push(field, "casework-problem-text-empty");
    } else if text.chars().count() > TEXT_LIMIT {
        invalid.push_with(field, "problem-long", vec![("limit", TEXT_LIMIT.to_string())]);
    }
    invalid.or(text)
}
