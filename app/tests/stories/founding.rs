//! Founding a municipality from its profile, and its first administrator.

use engine::{Source as _, params};
use sala::{admin, demo, founding};

use crate::story;
use crate::town::{On, TestTown};

story!(a_second_municipality_lives_beside_the_first, town, {
    let mut profile = demo::profile().unwrap();
    profile.name.th = "เทศบาลตำบลท่าใหม่".to_owned();
    let hosts = ["thamai.example".to_owned()];
    founding::save(&town.platform, "thamai", &hosts, profile.clone()).await.unwrap();
    let ambiguous =
        admin::create(&town.platform, None, "นายใหม่".to_owned(), "a@example.com".to_owned()).await;
    assert!(ambiguous.unwrap_err().to_string().contains("thamai"));
    let create = async |email: &str| {
        admin::create(&town.platform, Some("thamai"), "นายใหม่".to_owned(), email.to_owned()).await
    };
    assert!(create("no address").await.unwrap_err().to_string().contains("e-mail"));
    let link = create("it@thamai.example").await.unwrap();
    assert!(link.contains("/invitations/"));
    let again = create("IT@thamai.example").await.unwrap();
    assert_ne!(link, again, "the person is known, the link is new");
    let rows = async |sql: &str| town.town.db().row(sql, params![]).await.unwrap().unwrap().int("n").unwrap();
    assert_eq!(rows("SELECT count(*) AS n FROM identity_people").await, 1);
    let services = rows("SELECT count(*) AS n FROM casework_services WHERE municipality = 'thamai'").await;
    profile.telephone = "043999999".to_owned();
    founding::save(&town.platform, "thamai", &hosts, profile).await.unwrap();
    assert_eq!(
        rows("SELECT count(*) AS n FROM casework_services WHERE municipality = 'thamai'").await,
        services,
        "what is not newer is not published again"
    );
    let all = engine::municipality::all(&mut town.town.db()).await.unwrap();
    assert_eq!(all[1].profile.telephone, "043999999");
    assert!(engine::history::check(&mut town.town.db(), &all[1].id).await.unwrap().is_empty());
    town.work().await;
    town.verify().await;
});
