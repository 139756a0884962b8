//! Strangers stay outside: every route of every module is knocked at by people it is not for.

use engine::Permission;
use sala::MODULES;
use testing::{Answer, Browser, On};
use web::{Access, Listed};

use crate::town::TestTown;

fn routes() -> Vec<Listed> {
    MODULES.iter().flat_map(|module| (module.routes)().listed().to_vec()).collect()
}

fn permissions() -> Vec<Permission> {
    MODULES.iter().flat_map(|module| module.permissions).copied().collect()
}

/// An address of the route, of something that is there where the parameter is known.
fn filled(path: &str, known: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    for part in path.split('/').skip(1) {
        filled.push('/');
        match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => {
                filled.push_str(known.iter().find(|(key, _)| *key == name).map_or("1", |(_, value)| value))
            }
            None => filled.push_str(part),
        }
    }
    filled
}

async fn knock(browser: &Browser, route: &Listed, path: &str) -> Answer {
    match route.method {
        "GET" => browser.get(path).await,
        _ => browser.post(path, &[]).await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_is_asked_to_sign_in() {
    let town = TestTown::new(On::Sqlite).await;
    let visitor = town.visitor();
    for route in routes() {
        let path = filled(&route.path, &[]);
        let answer = knock(&visitor, &route, &path).await;
        match (route.access, route.method) {
            (Access::Everyone | Access::Demo, _) => {
                assert!(answer.status < 500, "{route:?}: {}", answer.status)
            }
            (_, "GET") => {
                assert_eq!(answer.status, 303, "{route:?}");
                assert!(
                    answer.location.starts_with("/sign-in?next="),
                    "{route:?} leads to {}",
                    answer.location
                );
            }
            _ => assert_eq!(answer.status, 401, "{route:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resident_does_not_get_into_the_office() {
    let town = TestTown::new(On::Sqlite).await;
    let id = town.person("นางคำปุ่น").await;
    for route in routes() {
        // Anew for each, since signing out is one of them.
        let resident = town.signed_in(&id).await;
        let answer = knock(&resident, &route, &filled(&route.path, &[])).await;
        match route.access {
            Access::Officer | Access::Holding(_) => assert_eq!(answer.status, 403, "{route:?}"),
            // The account's own pages; signing out and in again are among them.
            _ => assert!(answer.status < 500, "{route:?}: {}", answer.status),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_does_not_get_where_a_permission_is_missing() {
    let town = TestTown::new(On::Sqlite).await;
    for missing in permissions() {
        let rest: Vec<Permission> = permissions().into_iter().filter(|one| *one != missing).collect();
        let id = town.holder_of(missing.name, &rest).await;
        let officer = town.signed_in(&id).await;
        let mut doors = 0;
        for route in routes().iter().filter(|route| route.access == Access::Holding(missing)) {
            assert_eq!(knock(&officer, route, &filled(&route.path, &[])).await.status, 403, "{route:?}");
            doors += 1;
        }
        println!("{}: {doors} doors", missing.name);
    }
}

/// A password alone opens no door of the office.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_without_the_second_factor_is_asked_for_it() {
    let town = TestTown::new(On::Sqlite).await;
    let id = town.holder_of("everything", &permissions()).await;
    let officer = town.signed_in_by_half(&id).await;
    for route in routes().iter().filter(|route| matches!(route.access, Access::Officer | Access::Holding(_)))
    {
        let answer = knock(&officer, route, &filled(&route.path, &[])).await;
        match route.method {
            "GET" => {
                assert_eq!(answer.status, 303, "{route:?}");
                assert!(answer.location.starts_with("/sign-in/code?next="), "{route:?}: {}", answer.location);
            }
            _ => assert_eq!(answer.status, 403, "{route:?}"),
        }
    }
}

/// What is only for the demo is not there on a real portal, and what is open says so on purpose.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demos_doors_are_walls_elsewhere() {
    let town = TestTown::real(On::Sqlite).await;
    let visitor = town.visitor();
    let mut doors = 0;
    for route in routes().iter().filter(|route| route.access == Access::Demo) {
        assert_eq!(knock(&visitor, route, &filled(&route.path, &[])).await.status, 404, "{route:?}");
        doors += 1;
    }
    assert!(doors > 0);
}

/// A form of somebody else's page changes nothing, whoever is tricked into sending it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_is_taken_from_elsewhere() {
    let town = TestTown::new(On::Sqlite).await;
    let all = town.signed_in(&town.holder_of("everything", &permissions()).await).await;
    let before = town.events().await;
    for route in routes().iter().filter(|route| route.method == "POST") {
        all.post_from_elsewhere(&filled(&route.path, &[])).await.is(409);
    }
    assert_eq!(town.events().await, before);
}

/// Another's case, draft, paper or file is not found: whoever may not see it does not learn that it is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_belongs_to_another_is_not_there() {
    let town = TestTown::new(On::Sqlite).await;
    let owner = town.visitor();
    let draft = owner.post("/services/street-light-repair/drafts", &[]).await.redirected();
    let draft = draft.split('/').nth(2).unwrap().to_owned();
    let (number, _) = owner.reports_a_light("นางคำปุ่น", "khampun@example.com").await;
    town.work().await;
    let case = casework::queries::with_number(&mut town.town.db(), town.town.id(), &number).await.unwrap();
    let papers =
        engine::documents::of_subject(&mut town.town.db(), town.town.id(), &case.subject()).await.unwrap();
    let known =
        [("draft", draft.as_str()), ("number", &number), ("document", &papers[0].id), ("step", "problem")];
    let strangers = [town.visitor(), town.signed_in(&town.person("นายอื่น").await).await];
    let mut doors = 0;
    for route in routes().iter().filter(|route| matches!(route.access, Access::Everyone)) {
        if route.path.contains("{draft}") || route.path.contains("{number}") {
            for stranger in &strangers {
                assert_eq!(
                    knock(stranger, route, &filled(&route.path, &known)).await.status,
                    404,
                    "{route:?}"
                );
            }
            doors += 1;
        }
    }
    assert!(doors >= 8, "{doors}");
    let events =
        engine::history::of_subject(&mut town.town.db(), town.town.id(), &case.subject()).await.unwrap();
    assert_eq!(events.len(), 1, "and nothing happened to it");
}
