//! The history: whatever is done to it afterwards is found, and the rows are named.

use engine::history::{self, Fault};
use engine::{Actor, Database, Event, Json, Source as _, Value, json, params};

use crate::story;
use crate::town::{On, TestTown};

struct Told(i64);

impl Event for Told {
    fn kind(&self) -> &'static str {
        "story.thing.told"
    }

    fn subject(&self) -> String {
        format!("story.thing/{}", self.0 % 3)
    }

    fn facts(&self) -> Json {
        json!({ "count": self.0, "ความ": "ก่อน" })
    }
}

/// Rows of the town's foundation and a dozen more, in transactions of one to three.
async fn tell(town: &TestTown) -> i64 {
    for length in [1, 3, 2, 1, 3, 2] {
        let mut tx = town.town.begin(&Actor::holder("someone")).await.unwrap();
        for one in 0..length {
            tx.record(Told(one));
        }
        tx.commit().await.unwrap();
        town.days(1);
    }
    let kinds = history::kinds(&mut town.town.db(), town.town.id()).await.unwrap();
    i64::try_from(kinds.len()).unwrap()
}

async fn change(town: &TestTown, sql: &str, params: Vec<Value>) {
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    assert_eq!(tx.execute(sql, params).await.unwrap(), 1, "{sql}");
    tx.commit().await.unwrap();
}

async fn faults(town: &TestTown) -> Vec<Fault> {
    history::check(&mut town.town.db(), town.town.id()).await.unwrap()
}

async fn value(db: &mut Database, column: &str, number: i64) -> Value {
    let sql = format!("SELECT {column} AS value FROM engine_history WHERE number = $1");
    db.row(&sql, params![number]).await.unwrap().unwrap().value("value").unwrap().clone()
}

const TEXTS: [&str; 7] = ["actor_kind", "actor", "kind", "subject", "facts", "previous", "hash"];

story!(any_field_of_any_row_that_is_altered_is_named, town, {
    let last = tell(&town).await;
    let mut db = town.town.db();
    for number in 1..=last {
        for column in TEXTS.iter().chain(&["at"]) {
            let before = value(&mut db, column, number).await;
            let altered = match &before {
                Value::Int(at) => Value::Int(at + 1),
                Value::Text(text) if *column == "facts" => Value::Text(text.replacen('{', "{ ", 1)),
                Value::Text(text) => Value::Text(format!("{text}x")),
                other => panic!("{column} holds {other:?}"),
            };
            let sql = format!("UPDATE engine_history SET {column} = $2 WHERE number = $1");
            change(&town, &sql, vec![number.into(), altered]).await;
            let found = faults(&town).await;
            // A forged hash breaks the link of the next row too, or the head behind the last.
            assert_eq!(found[0], Fault::Altered(number), "{column} of row {number}");
            assert!(found.len() == 1 || (*column == "hash" && found.len() == 2), "{column}: {found:?}");
            change(&town, &sql, vec![number.into(), before]).await;
        }
    }
    assert_eq!(faults(&town).await, []);
    town.work().await;
    town.verify().await;
});

story!(any_row_that_is_removed_is_named, town, {
    let last = tell(&town).await;
    let turn = "UPDATE engine_history SET number = -number WHERE number = $1";
    for number in 1..=last {
        // Rows of before the first are no part of the chain that is read.
        change(&town, turn, params![number]).await;
        let expected = match number == last {
            true => Fault::Cut { last: last - 1, head: last },
            false => Fault::Removed(number),
        };
        assert_eq!(faults(&town).await, [expected]);
        change(&town, turn, params![-number]).await;
    }
    assert_eq!(faults(&town).await, []);
    town.work().await;
    town.verify().await;
});

// Someone with the database in hand rewrites a row and its hash, and puts rows in another order.
story!(a_careful_forger_is_found_too, town, {
    let last = tell(&town).await;
    let neighbours = (1..last).map(|one| (one, one + 1));
    let far_apart = (1..=last / 2).map(|one| (one, last + 1 - one));
    for (one, other) in neighbours.chain(far_apart).filter(|(one, other)| one != other) {
        let swap = async || {
            let put = "UPDATE engine_history SET number = $2 WHERE number = $1";
            change(&town, put, params![one, -1_i64]).await;
            change(&town, put, params![other, one]).await;
            change(&town, put, params![-1_i64, other]).await;
        };
        swap().await;
        let found = faults(&town).await;
        for number in [one, other] {
            assert!(found.contains(&Fault::Altered(number)), "{one} and {other}: {found:?}");
        }
        swap().await;
        assert_eq!(faults(&town).await, []);
    }
    // The last rows taken off and the head set back to look as if they had never been.
    let head = value(&mut town.town.db(), "hash", last - 1).await;
    change(&town, "UPDATE engine_history_heads SET number = number - 1 WHERE hash <> $1", vec!["".into()])
        .await;
    assert_eq!(faults(&town).await, [Fault::Cut { last, head: last - 1 }]);
    change(&town, "UPDATE engine_history_heads SET hash = $1 WHERE hash <> $1", vec![head]).await;
    assert!(!faults(&town).await.is_empty());
    town.work().await;
});

// Many who change things at once leave one chain without gaps.
story!(writers_side_by_side_make_one_chain, town, {
    let before = history::kinds(&mut town.town.db(), town.town.id()).await.unwrap().len();
    let write = async || {
        for count in 0..10 {
            let mut tx = town.town.begin(&Actor::visitor()).await.unwrap();
            tx.record(Told(count));
            tx.record(Told(count + 1));
            tx.commit().await.unwrap();
        }
    };
    futures::join!(write(), write(), write(), write());
    assert_eq!(town.events().await.len(), 80);
    let after = history::kinds(&mut town.town.db(), town.town.id()).await.unwrap().len();
    assert_eq!(after - before, 80);
    town.work().await;
    town.verify().await;
});
