//! The front of the portal: what anyone sees before applying, and what machines read of it.

use engine::{Actor, municipality};
use sala::process;

use crate::story;
use crate::town::{Browser, On, TestTown};

story!(the_front_page_says_whether_the_office_is_open_today, town, {
    let malee = town.visitor();
    malee.get("/").await.is(200).says("วันนี้ 2 พฤศจิกายน 2569 เปิดทำการ");
    town.days(5);
    malee.get("/").await.says("วันนี้ 7 พฤศจิกายน 2569 เป็นวันหยุดสุดสัปดาห์");
    town.days(30);
    malee.get("/").await.says("วันนี้ 7 ธันวาคม 2569 ปิดทำการ (");
    assert_eq!(town.events().await, Vec::<String>::new());
    town.verify().await;
});

// Every word the front page offers for trying leads to a service, in both languages.
story!(the_search_finds_words_inside_unspaced_thai, town, {
    let malee = town.visitor();
    for lang in ["th", "en"] {
        let home = malee.get(&format!("/?lang={lang}")).await.is(200);
        let tries: Vec<_> =
            home.links().into_iter().filter(|link| link.starts_with("/services?q=")).collect();
        assert_eq!(tries.len(), 3);
        for link in tries {
            let found = malee.get(&link).await.is(200);
            assert!(found.links().iter().any(|link| link.starts_with("/services/")), "{link}");
        }
    }
    let found = malee.get("/services?lang=th&q=สูงอายุ").await.is(200);
    assert!(found.links().contains(&"/services/elderly-allowance".to_owned()));
    malee.get("/services?q=เครื่องบินเจ็ต").await.is(200).says("ไม่พบบริการที่ตรงกับคำค้น");
    assert_eq!(town.events().await, Vec::<String>::new());
    town.verify().await;
});

story!(everything_on_the_sitemap_opens_and_search_engines_read_the_same, town, {
    let robot = town.visitor();
    let machines = robot.get("/sitemap.xml").await.is(200).text();
    let page = robot.get("/sitemap").await.is(200).text();
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let links: Vec<_> = main.split("href=\"/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    for path in &links {
        robot.get(&format!("/{path}")).await.is(200);
        assert!(machines.contains(&format!("/{path}</loc>")), "{path}");
    }
    assert_eq!(machines.matches("<loc>").count(), links.len());
    assert_eq!(links.iter().filter(|path| path.starts_with("services/")).count(), 8);
    robot.get("/robots.txt").await.is(200).says("Disallow: /cases/").says("/sitemap.xml");
    robot.get("/manifest.webmanifest").await.is(200).says("เทศบาลตำบลศาลาทอง").says("icon-192");
    let emblem = robot.get("/emblem.svg").await.is(200);
    assert!(emblem.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert_eq!(town.events().await, Vec::<String>::new());
    town.verify().await;
});

story!(a_text_that_is_not_written_is_neither_linked_nor_found, town, {
    town.visitor().get("/about").await.is(200).says("เทศบาลตำบลศาลาทอง");
    let mut profile = town.town.profile().clone();
    profile.pages.remove("about");
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    municipality::save(&mut tx, town.town.hosts(), &profile).await.unwrap();
    tx.commit().await.unwrap();

    let malee = Browser::new(process::router(&town.platform, false).await.unwrap());
    malee.get("/about").await.is(404);
    assert!(!malee.get("/").await.is(200).links().contains(&"/about".to_owned()));
    assert!(!malee.get("/sitemap").await.text().contains("/about"));
    assert_eq!(town.events().await, Vec::<String>::new());
    town.verify().await;
});

// A picture that is not in the sprite would be an empty square.
story!(every_service_has_its_picture, town, {
    let malee = town.visitor();
    let page = malee.get("/services").await.is(200).text();
    let sprite = page.split("href=\"/assets/icons.").nth(1).unwrap().split('#').next().unwrap();
    let sprite = malee.get(&format!("/assets/icons.{sprite}")).await.is(200).text();
    for picture in page.split(".svg#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(sprite.contains(&format!("id=\"{picture}\"")), "{picture}");
    }
    assert_eq!(page.matches("#service-").count(), 8);
    assert_eq!(town.events().await, Vec::<String>::new());
    town.verify().await;
});

story!(a_link_to_the_other_language_keeps_what_was_asked, town, {
    let malee = town.visitor();
    let page = malee.get("/services?q=ไฟดับ&size=larger").await.is(200);
    let english = page.links().into_iter().find(|link| link.contains("lang=en")).unwrap();
    malee.get(&english).await.is(200).says("value=\"ไฟดับ\"").says("class=\"larger\"").says("lang=\"en\"");
    assert_eq!(town.events().await, Vec::<String>::new());
    town.verify().await;
});
