//! What officers are told: of a case that is theirs now or no longer, of what the applicant did,
//! and every morning of the deadlines that come near. In the application alone, and with no word
//! of the applicant.

use std::collections::BTreeMap;

use engine::holidays::working_days;
use engine::jobs::{Daily, Future};
use engine::messages::{self, NewMessage};
use engine::{Actor, Error, Json, PersonId, Recorded, Result, Town, Tx, civil};

use crate::case::Case;
use crate::queries::{self, Due};
use crate::{colleagues, reactions};

pub const TELL: &str = "casework.tell_officers";
pub const REMIND: &str = "casework.remind";

pub const REMIND_DAILY: Daily = Daily { name: REMIND, hour: 7, minute: 0, job: REMIND };

/// A deadline is near from this many working days before it.
const NEAR: u32 = 2;

pub fn tell(town: Town, payload: Json) -> Future<'static> {
    Box::pin(async move {
        let (case, event) = reactions::case_of(&town, payload).await?;
        let mut tx = town.begin(&Actor::system()).await?;
        for (person, news) in readers(&mut tx, &case, &event).await? {
            let number = ("number", case.number.clone());
            let unit = ("unit", case.unit.clone());
            let link = format!("/desk/cases/{}", case.number);
            send(&town, &mut tx, &person, (news, &[number, unit]), (link, case.subject())).await?;
        }
        tx.commit().await
    })
}

/// Who is told what of an event; never the one who did it.
async fn readers(tx: &mut Tx, case: &Case, event: &Recorded) -> Result<Vec<(PersonId, &'static str)>> {
    let (town, today) = (tx.town().clone(), tx.today());
    let fact = |name: &str| Some(PersonId::from(event.fact(name))).filter(|id| !id.as_str().is_empty());
    let officers = colleagues::working(tx, &town, today).await?;
    let having = match fact("assignee") {
        Some(assignee) => vec![assignee],
        None => colleagues::heads(&officers, event.fact("unit")),
    };
    let news = match event.kind.as_str() {
        "casework.case.assigned" => "assigned",
        "casework.case.transferred" => "transferred",
        "casework.case.supplied" => "supplied",
        _ => "withdrawn",
    };
    let former = fact("former").filter(|former| !having.contains(former));
    let told = having.into_iter().map(|person| (person, news)).chain(former.map(|person| (person, "left")));
    Ok(told
        .filter(|(person, _)| person.as_str() != event.actor && case.person.as_ref() != Some(person))
        .collect())
}

/// A message in the reader's language; `news` names its words. Whoever has no account any more is
/// told nothing.
async fn send(
    town: &Town,
    tx: &mut Tx,
    person: &PersonId,
    (news, args): (&str, &[(&'static str, String)]),
    (link, about): (String, String),
) -> Result<()> {
    let reader = match identity::queries::person(tx, town.id(), person).await {
        Err(Error::NotFound) => return Ok(()),
        reader => reader?,
    };
    let args: Vec<_> = args
        .iter()
        .map(|(name, value)| match *name {
            "unit" => (*name, town.profile().unit_name(value, reader.lang).to_owned()),
            _ => (*name, value.clone()),
        })
        .collect();
    let word = |part: &str| town.words().with(reader.lang, &format!("casework-officer-{news}-{part}"), &args);
    let message = NewMessage {
        person: Some(person.clone()),
        email: None,
        lang: reader.lang,
        subject: word("subject"),
        text: word("text"),
        link: Some(link),
        about,
        secret: false,
    };
    messages::send(tx, message).await
}

/// One message per person and day, with figures and no names; on working days alone.
pub fn remind(town: Town, payload: Json) -> Future<'static> {
    Box::pin(async move {
        let today: civil::Date = serde_json::from_value(payload["day"].clone())?;
        let mut tx = town.begin(&Actor::system()).await?;
        let days = working_days(&mut tx, town.id(), today).await?;
        if !days.is_working_day(today) {
            return Ok(());
        }
        let due = queries::due_until(&mut tx, town.id(), today, days.add(today, NEAR)).await?;
        let officers = colleagues::working(&mut tx, town.id(), today).await?;
        for (person, figures) in figures(&due, |unit| colleagues::heads(&officers, unit)) {
            if queries::keep_reminded(&mut tx, &person, today).await? {
                let about = format!("casework.reminder/{today}");
                let link = figures.link().to_owned();
                send(&town, &mut tx, &person, ("due", &figures.args()), (link, about)).await?;
            }
        }
        tx.commit().await
    })
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Figures {
    overdue: i64,
    soon: i64,
    unassigned: i64,
}

impl Figures {
    fn args(self) -> [(&'static str, String); 3] {
        [
            ("overdue", self.overdue.to_string()),
            ("soon", self.soon.to_string()),
            ("unassigned", self.unassigned.to_string()),
        ]
    }

    /// Where most of it is found.
    fn link(self) -> &'static str {
        match (self.unassigned, self.overdue + self.soon) {
            (unassigned, all) if unassigned == all => "/desk?view=unassigned&unit=own",
            _ => "/desk?view=mine",
        }
    }
}

/// Cases of nobody count for the heads of their unit.
fn figures(due: &[Due], heads: impl Fn(&str) -> Vec<PersonId>) -> BTreeMap<PersonId, Figures> {
    let mut all: BTreeMap<PersonId, Figures> = BTreeMap::new();
    for one in due {
        let told = one.assignee.clone().map_or_else(|| heads(&one.unit), |assignee| vec![assignee]);
        for person in told {
            let figures = all.entry(person).or_default();
            figures.overdue += one.overdue;
            figures.soon += one.soon;
            figures.unassigned += if one.assignee.is_none() { one.overdue + one.soon } else { 0 };
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_nobody_count_for_the_heads_of_their_unit() {
        let due = |assignee: Option<&str>, overdue, soon| Due {
            assignee: assignee.map(PersonId::from),
            unit: "engineering".to_owned(),
            overdue,
            soon,
        };
        let due = [due(Some("somchai"), 1, 2), due(None, 3, 0)];
        let all = figures(&due, |_| vec![PersonId::from("head"), PersonId::from("somchai")]);
        let of = |person: &str| all[&PersonId::from(person)];
        assert_eq!(of("somchai"), Figures { overdue: 4, soon: 2, unassigned: 3 });
        assert_eq!((of("head").overdue, of("head").link()), (3, "/desk?view=unassigned&unit=own"));
        assert_eq!(of("somchai").link(), "/desk?view=mine");
    }
}
