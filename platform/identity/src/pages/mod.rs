//! Pages of identity, a file per resource, and who may open each.

mod access;
mod account;
mod admin;
mod appointments;
mod authenticator;
mod cast;
mod email_code;
mod form;
mod holidays;
mod invitations;
mod jobs;
mod mail;
mod messages;
mod password;
mod people;
mod person;
mod roles;
mod second_factor;
mod sessions;
mod sign_in;

use web::{Access, MenuLink, Routes};

use crate::permissions::ADMINISTER;

pub const MENU: &[MenuLink] =
    &[MenuLink { permission: ADMINISTER, key: "identity-menu-admin", href: "/admin" }];

pub fn routes() -> Routes {
    ways_in().and(own_account()).and(administration())
}

fn ways_in() -> Routes {
    use Access::{Demo, Everyone};
    Routes::default()
        .get("/sign-in", Everyone, sign_in::new)
        .post("/sign-in", Everyone, sign_in::create)
        .post("/sign-in/demo", Demo, cast::create)
        .post("/sign-out", Everyone, sign_in::destroy)
        .get("/sign-in/email", Everyone, email_code::new)
        .post("/sign-in/email", Everyone, email_code::create)
        .get("/sign-in/email/code", Everyone, email_code::edit)
        .post("/sign-in/email/code", Everyone, email_code::update)
        .get("/sign-in/code", Everyone, second_factor::new)
        .post("/sign-in/code", Everyone, second_factor::create)
        .get("/invitations/{secret}", Everyone, invitations::new)
        .post("/invitations/{secret}", Everyone, invitations::create)
        .get("/outbox", Demo, mail::outbox::index)
}

fn own_account() -> Routes {
    use Access::SignedIn;
    Routes::default()
        .get("/account", SignedIn, account::edit)
        .post("/account", SignedIn, account::update)
        .get("/account/password", SignedIn, password::edit)
        .post("/account/password", SignedIn, password::update)
        .get("/account/second-factor", SignedIn, authenticator::edit)
        .post("/account/second-factor", SignedIn, authenticator::update)
        .get("/account/sessions", SignedIn, sessions::index)
        .post("/account/sessions/others/closure", SignedIn, sessions::others::destroy)
        .post("/account/sessions/{session}/closure", SignedIn, sessions::destroy)
        .get("/messages", SignedIn, messages::index)
        .post("/messages/reading", SignedIn, messages::update)
}

fn administration() -> Routes {
    let administrators = Access::Holding(ADMINISTER);
    Routes::default()
        .get("/admin", administrators, admin::index)
        .get("/admin/people", administrators, people::index)
        .get("/admin/people/new", administrators, people::new)
        .post("/admin/people", administrators, people::create)
        .get("/admin/people/{person}", administrators, person::show)
        .get("/admin/people/{person}/edit", administrators, people::edit)
        .post("/admin/people/{person}", administrators, people::update)
        .post("/admin/people/{person}/invitation", administrators, access::invitation::create)
        .post("/admin/people/{person}/second-factor/reset", administrators, access::second_factor::destroy)
        .post("/admin/people/{person}/appointments", administrators, appointments::create)
        .post("/admin/people/{person}/appointments/{appointment}/end", administrators, appointments::destroy)
        .post("/admin/people/{person}/departure", administrators, access::departure::create)
        .get("/admin/roles", administrators, roles::index)
        .get("/admin/holidays", administrators, holidays::index)
        .post("/admin/holidays", administrators, holidays::create)
        .post("/admin/holidays/{day}/removal", administrators, holidays::destroy)
        .get("/admin/jobs", administrators, jobs::index)
        .post("/admin/jobs/{job}/retry", administrators, jobs::update)
        .get("/admin/messages", administrators, mail::index)
}
