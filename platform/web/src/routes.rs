//! Routes: none without an answer to "who?".

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use engine::{Error, Permission, Who};

use crate::Fault;
use crate::visit::Visit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Everyone,
    SignedIn,
    /// Anyone with a permission beyond a resident's.
    Officer,
    Holding(Permission),
    /// On a demo town alone; elsewhere there is no such page.
    Demo,
}

impl Access {
    fn check(self, visit: &Visit) -> engine::Result<()> {
        match self {
            Self::Everyone => Ok(()),
            Self::SignedIn if matches!(visit.actor.who, Who::Person(_)) => Ok(()),
            Self::SignedIn | Self::Officer
                if visit.actor.claimed().is_some() && visit.actor.person().is_none() =>
            {
                Err(Error::SecondFactorNeeded)
            }
            Self::SignedIn => Err(Error::SignInNeeded),
            Self::Officer if visit.actor.person().is_none() => Err(Error::SignInNeeded),
            Self::Officer if !visit.actor.is_officer() => Err(Error::Forbidden),
            Self::Officer if !visit.actor.second_factor => Err(Error::SecondFactorNeeded),
            Self::Officer => Ok(()),
            Self::Holding(permission) => visit.actor.may(permission),
            Self::Demo if visit.town.platform().demo => Ok(()),
            Self::Demo => Err(Error::NotFound),
        }
    }
}

/// A route as the tests and the reference page see it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub method: &'static str,
    pub path: String,
    pub access: Access,
}

#[derive(Default)]
pub struct Routes {
    router: Router,
    listed: Vec<Listed>,
}

impl Routes {
    #[must_use]
    pub fn get<H, T>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.route("GET", path, access, get(handler))
    }

    #[must_use]
    pub fn post<H, T>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, ()>,
        T: 'static,
    {
        self.route("POST", path, access, post(handler))
    }

    fn route(
        mut self,
        method: &'static str,
        path: &str,
        access: Access,
        handler: axum::routing::MethodRouter,
    ) -> Self {
        let guarded = handler.layer(from_fn(move |request, next| guard(access, request, next)));
        self.router = self.router.route(path, guarded);
        self.listed.push(Listed { method, path: path.to_owned(), access });
        self
    }

    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.listed.extend(other.listed);
        self
    }

    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    pub(crate) fn into_router(self) -> Router {
        self.router
    }
}

async fn guard(access: Access, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return Fault::from(Error::Internal("a route outside the site".to_owned())).into_response();
    };
    match access.check(visit) {
        Ok(()) => next.run(request).await,
        Err(refusal) => Fault::from(refusal).into_response(),
    }
}
