//! The machines beneath every domain: transactions, jobs and their workers, schedules, the post.

use engine::history::{self, Fault};
use engine::jobs::{self, Daily, Future, Job, NewJob};
use engine::messages::{self, Message, NewMessage};
use engine::{Actor, Event, Json, Lang, SignedDuration, Source as _, Town, civil, clock, json, params};
use machinery::mail::Mailer;
use machinery::runner::Runner;
use sala::process;
use testing::PostOffice;

use crate::story;
use crate::town::{On, TestTown};

struct Worked;

impl Event for Worked {
    fn kind(&self) -> &'static str {
        "story.work.done"
    }

    fn subject(&self) -> String {
        "story.work/1".to_owned()
    }

    fn facts(&self) -> Json {
        json!({})
    }
}

/// Work that leaves a trace in the history each time it is done.
const WORK: Job = Job { name: "story.work", run: work };

fn work(town: Town, _: Json) -> Future<'static> {
    Box::pin(async move {
        let mut tx = town.begin(&Actor::system()).await?;
        tx.record(Worked);
        tx.commit().await
    })
}

const STUMBLE: Job = Job { name: "story.stumble", run: |_, _| Box::pin(async { panic!("over a stone") }) };
const AT_SEVEN: Daily = Daily { name: "story.seven", hour: 7, minute: 0, job: WORK.name };

fn worker(town: &TestTown) -> Runner {
    let mut runner = process::runner(&town.platform, Mailer::Outbox);
    for job in [WORK, STUMBLE] {
        runner.jobs.insert(job.name, job);
    }
    runner.daily = vec![AT_SEVEN];
    runner
}

async fn ask_for(town: &TestTown, job: &str) {
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    tx.enqueue(NewJob::now(job, json!({})));
    tx.commit().await.unwrap();
}

fn at(town: &TestTown, day: civil::Date, hour: i8, minute: i8) {
    town.platform.clock.set(clock::moment(day, hour, minute));
}

story!(three_workers_do_every_job_and_none_twice, town, {
    at(&town, civil::date(2026, 11, 3), 0, 30);
    for _ in 0..30 {
        ask_for(&town, WORK.name).await;
    }
    let workers = [worker(&town), worker(&town), worker(&town)];
    let [one, two, three] = workers.each_ref().map(Runner::drain);
    let (one, two, three) = futures::join!(one, two, three);
    one.and(two).and(three).unwrap();
    assert_eq!(town.events().await, ["story.work.done"; 30]);
    town.verify().await;
});

story!(what_a_dead_worker_held_is_done_by_another, town, {
    at(&town, civil::date(2026, 11, 3), 0, 30);
    ask_for(&town, WORK.name).await;
    let held = jobs::claim(&town.platform.db, town.platform.clock.now()).await.unwrap();
    assert_eq!(held.unwrap().name, WORK.name, "and then its machine lost power");
    worker(&town).drain().await.unwrap();
    assert!(town.events().await.is_empty(), "it may still be at it");
    town.platform.clock.advance(SignedDuration::from_mins(6));
    worker(&town).drain().await.unwrap();
    assert_eq!(town.events().await, ["story.work.done"]);
    town.verify().await;
});

story!(a_job_that_panics_takes_no_other_with_it, town, {
    at(&town, civil::date(2026, 11, 3), 0, 30);
    ask_for(&town, STUMBLE.name).await;
    ask_for(&town, WORK.name).await;
    worker(&town).drain().await.unwrap();
    assert_eq!(town.events().await, ["story.work.done"]);
    let failed = jobs::failures(&mut town.town.db(), town.town.id()).await.unwrap();
    assert_eq!((failed[0].name.as_str(), failed[0].error.as_str()), (STUMBLE.name, "the job panicked"));
});

story!(what_is_due_at_seven_is_done_at_seven_in_thailand_once_a_day, town, {
    let monday = civil::date(2026, 11, 9);
    let done = async || {
        let (one, two) = (worker(&town), worker(&town));
        let (one, two) = futures::join!(one.drain(), two.drain());
        one.and(two).unwrap();
        town.events().await.len()
    };
    at(&town, monday, 6, 59);
    assert_eq!(done().await, 0);
    at(&town, monday, 7, 0);
    assert_eq!(town.platform.clock.now().to_string(), "2026-11-09T00:00:00Z");
    assert_eq!(done().await, 1);
    at(&town, monday, 23, 59);
    assert_eq!(done().await, 1, "once a day");
    at(&town, monday.tomorrow().unwrap(), 6, 59);
    assert_eq!(done().await, 1);
    at(&town, civil::date(2026, 11, 20), 12, 0);
    assert_eq!(done().await, 2, "after ten days without power, once");
    town.verify().await;
});

async fn write_to_khampun(town: &TestTown) {
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    let message = NewMessage {
        person: None,
        email: Some("khampun@example.com".to_owned()),
        lang: Lang::Th,
        subject: "ข่าวจากเทศบาล".to_owned(),
        text: "มีข่าวใหม่".to_owned(),
        link: None,
        about: "story.thing/1".to_owned(),
        secret: false,
    };
    messages::send(&mut tx, message).await.unwrap();
    tx.commit().await.unwrap();
}

async fn logged(town: &TestTown) -> Message {
    let sql = "SELECT id FROM engine_messages WHERE municipality = $1";
    let row = town.town.db().row(sql, params![town.town.id()]).await.unwrap().unwrap();
    messages::one(&mut town.town.db(), town.town.id(), &row.text("id").unwrap()).await.unwrap().unwrap()
}

async fn deliver(town: &TestTown, url: &str) {
    let mailer = Mailer::smtp(url, "saraban@salathong.example").unwrap();
    process::runner(&town.platform, mailer).drain().await.unwrap();
}

story!(a_letter_waits_while_the_mail_server_is_out_of_order, town, {
    write_to_khampun(&town).await;
    deliver(&town, "smtp://127.0.0.1:9").await;
    let busy = PostOffice::answering("451 come back later").await;
    town.days(1);
    deliver(&town, &busy.url()).await;
    let waiting = logged(&town).await;
    assert_eq!((waiting.sent_at, waiting.attempts), (None, 2));
    assert!(waiting.error.as_deref().is_some_and(|error| error.contains("451")), "{waiting:?}");
    let failed = jobs::failures(&mut town.town.db(), town.town.id()).await.unwrap();
    assert_eq!(failed.len(), 1, "and the office can see it");

    let open = PostOffice::open().await;
    town.days(1);
    deliver(&town, &open.url()).await;
    town.days(1);
    deliver(&town, &open.url()).await;
    let letters = open.letters();
    assert_eq!(letters.len(), 1, "delivered once");
    assert_eq!(letters[0].to, "khampun@example.com");
    assert!(letters[0].text.contains("Subject: =?utf-8?b?"), "{}", letters[0].text);
    let sent = logged(&town).await;
    assert!(sent.sent_at.is_some() && sent.error.is_none() && sent.attempts == 3);
    town.verify().await;
});

story!(a_letter_refused_for_good_is_logged_and_not_sent_again, town, {
    write_to_khampun(&town).await;
    let unknown = PostOffice::answering("550 nobody of that name").await;
    deliver(&town, &unknown.url()).await;
    town.days(1);
    deliver(&town, &unknown.url()).await;
    let refused = logged(&town).await;
    assert_eq!((refused.sent_at, refused.attempts), (None, 1));
    assert!(refused.error.is_some_and(|error| error.contains("550") && !error.contains("khampun")));
    assert!(unknown.letters().is_empty());
    town.verify().await;
});

story!(what_has_had_its_time_is_taken_out_at_night, town, {
    let visitor = town.visitor();
    let old = visitor.post("/services/street-light-repair/drafts", &[]).await.redirected();
    write_to_khampun(&town).await;
    town.work().await;
    town.days(29);
    let new = visitor.post("/services/street-light-repair/drafts", &[]).await.redirected();
    town.work().await;
    visitor.get(&old).await.is(200);
    town.days(2);
    town.work().await;
    visitor.get(&old).await.is(404);
    visitor.get(&new).await.is(200);
    assert_eq!(town.mails().await.len(), 1);
    town.days(340);
    town.work().await;
    assert!(town.mails().await.is_empty(), "a message is kept for a year");
    assert!(town.events().await.is_empty());
    town.verify().await;
});

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
