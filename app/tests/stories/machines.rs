//! The machines beneath every domain: transactions, history, jobs.

use engine::history::{self, Fault};
use engine::jobs::{self, NewJob};
use engine::{Actor, Source as _, json, params};

use crate::story;
use crate::town::{On, TestTown};

story!(a_rewritten_history_is_found_and_named, town, {
    town.visitor().reports_a_light("นายหนึ่ง", "").await;
    let id = town.town.id().clone();
    let tamper = async |sql: &str| {
        let mut tx = town.town.begin(&Actor::system()).await.unwrap();
        assert!(tx.execute(sql, params![&id]).await.unwrap() > 0);
        tx.commit().await.unwrap();
        history::check(&mut town.town.db(), &id).await.unwrap()
    };
    assert_eq!(
        tamper("UPDATE engine_history SET actor = 'x' WHERE municipality = $1 AND number = 2").await,
        [Fault::Altered(2)]
    );
    assert_eq!(
        tamper("UPDATE engine_history SET actor = '' WHERE municipality = $1 AND number = 2").await,
        []
    );
    let swapped = tamper(
        "UPDATE engine_history SET number = CASE number WHEN 1 THEN -2 ELSE -1 END WHERE municipality = $1 AND number IN (1, 2)",
    );
    swapped.await;
    let faults =
        tamper("UPDATE engine_history SET number = -number WHERE municipality = $1 AND number < 0").await;
    assert!(faults.contains(&Fault::Altered(1)) && faults.contains(&Fault::Altered(2)), "{faults:?}");
    let faults = tamper("DELETE FROM engine_history WHERE municipality = $1 AND number = 2").await;
    assert!(faults.contains(&Fault::Removed(2)), "{faults:?}");
    let faults = tamper("DELETE FROM engine_history WHERE municipality = $1 AND number >= 3").await;
    assert!(
        faults.iter().any(|fault| matches!(fault, Fault::Cut { last: 1, head } if *head > 3)),
        "{faults:?}"
    );
});

story!(a_job_that_fails_is_tried_again_with_growing_pauses_and_shown, town, {
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    tx.enqueue(NewJob::now("no.such.job", json!({})));
    tx.commit().await.unwrap();
    town.work().await;
    let failed = jobs::failures(&mut town.town.db(), town.town.id()).await.unwrap();
    assert_eq!((failed[0].attempts, failed[0].error.contains("no.such.job")), (1, true));
    town.work().await;
    assert_eq!(
        jobs::failures(&mut town.town.db(), town.town.id()).await.unwrap()[0].attempts,
        1,
        "not before its pause"
    );
    for _ in 0..10 {
        town.days(1);
        town.work().await;
    }
    assert_eq!(jobs::counts(&mut town.town.db()).await.unwrap(), (0, 1));
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    assert!(jobs::retry(&mut tx, &failed[0].id).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(jobs::counts(&mut town.town.db()).await.unwrap(), (1, 0));
});

story!(workers_side_by_side_never_take_the_same_job, town, {
    for _ in 0..40 {
        let mut tx = town.town.begin(&Actor::system()).await.unwrap();
        tx.enqueue(NewJob::now("some.job", json!({})));
        tx.commit().await.unwrap();
    }
    let worker = async || {
        let mut taken = Vec::new();
        while let Some(job) = jobs::claim(&town.platform.db, town.platform.clock.now()).await.unwrap() {
            taken.push(job.id);
        }
        taken
    };
    let (one, two, three) = futures::join!(worker(), worker(), worker());
    let mut all = [one, two, three].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 40);
});

story!(a_change_that_fails_leaves_nothing_behind, town, {
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    tx.execute("DELETE FROM engine_holidays WHERE municipality = $1", params![town.town.id()]).await.unwrap();
    drop(tx);
    let row =
        town.town.db().row("SELECT count(*) AS days FROM engine_holidays", params![]).await.unwrap().unwrap();
    assert!(row.int("days").unwrap() > 300);
    town.verify().await;
});
