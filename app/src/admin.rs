//! The first administrator of a municipality, made from the command line.

use std::sync::Arc;

use engine::{Actor, Error, Platform, Result, Town, municipality};
use identity::operations;
use identity::person::{Appointment, NewPerson};

/// The link with which the administrator sets a password; it works once, within seven days.
pub async fn create(
    platform: &Arc<Platform>,
    municipality: Option<&str>,
    name: String,
    email: String,
) -> Result<String> {
    let town = town(platform, municipality).await?;
    let actor = Actor::system();
    let known = identity::queries::with_email(&mut town.db(), town.id(), &email.to_lowercase()).await?;
    let id = match known {
        Some(person) => person.id,
        None => {
            let new = NewPerson { name, email: Some(email), ..NewPerson::default() };
            operations::add_person(&town, &actor, new).await.map_err(|cause| worded(&town, cause))?
        }
    };
    let from = town.clock().today();
    let appointment = Appointment { role: "administrator".to_owned(), unit: None, from, to: None };
    operations::appoint(&town, &actor, &id, appointment).await?;
    Ok(town.url(&operations::invite(&town, &actor, &id).await?))
}

async fn town(platform: &Arc<Platform>, id: Option<&str>) -> Result<Town> {
    let mut all = municipality::all(&mut platform.db.clone()).await?;
    let ids: Vec<String> = all.iter().map(|one| one.id.to_string()).collect();
    let at = match id {
        Some(id) => all.iter().position(|one| one.id.as_str() == id),
        None => (all.len() == 1).then_some(0),
    };
    let at = at.ok_or_else(|| {
        Error::Internal(format!("name one municipality with --municipality: {}", ids.join(", ")))
    })?;
    Ok(Town::new(Arc::clone(platform), Arc::new(all.swap_remove(at))))
}

/// A refusal in words, since there is no page to show it.
fn worded(town: &Town, cause: Error) -> Error {
    let Error::Invalid(invalid) = cause else { return cause };
    let told = invalid
        .problems
        .iter()
        .map(|problem| town.words().with(engine::Lang::En, problem.key, &problem.args))
        .collect::<Vec<_>>();
    Error::Internal(told.join("; "))
}
