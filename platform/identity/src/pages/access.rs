//! A person's access as an administrator gives and takes it.

/// A link with which the person sets a password.
pub mod invitation {
    use axum::extract::Path;
    use axum::response::Response;
    use engine::PersonId;
    use web::{Pairs, Result, Visit};

    use crate::operations;
    use crate::pages::person::page;

    /// The link is shown to the administrator too, for a colleague without e-mail.
    pub async fn create(visit: Visit, Path(id): Path<String>) -> Result<Response> {
        let id = PersonId::from(id);
        let path = operations::invite(&visit.town, &visit.actor, &id).await?;
        let link = visit.town.url(&path);
        web::show(&page(&visit, &id, &Pairs::default(), None, link).await?)
    }
}

/// The authenticator of a person whose telephone is gone.
pub mod second_factor {
    use axum::extract::Path;
    use axum::response::Response;
    use engine::PersonId;
    use web::{Result, Visit, go_to};

    use crate::operations;
    use crate::pages::person::path;

    pub async fn destroy(visit: Visit, Path(id): Path<String>) -> Result<Response> {
        let id = PersonId::from(id);
        operations::reset_second_factor(&visit.town, &visit.actor, &id).await?;
        Ok(go_to(&path(&id)))
    }
}

/// The last day at the office.
pub mod departure {
    use axum::extract::Path;
    use axum::response::Response;
    use engine::thai::parse_day;
    use engine::{Invalid, PersonId};
    use web::{Pairs, Result, Visit, go_to};

    use crate::operations;
    use crate::pages::person::{again, parts, path};

    pub async fn create(visit: Visit, Path(id): Path<String>, pairs: Pairs) -> Result<Response> {
        let id = PersonId::from(id);
        let typed = parts(&pairs, "on");
        match parse_day([&typed[0], &typed[1], &typed[2]]) {
            Ok(day) => {
                operations::leave(&visit.town, &visit.actor, &id, day).await?;
                Ok(go_to(&path(&id)))
            }
            Err((part, key)) => again(&visit, &id, &pairs, &Invalid::field(format!("on-{part}"), key)).await,
        }
    }
}
