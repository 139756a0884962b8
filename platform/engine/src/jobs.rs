//! Work for later: kept in the transaction that asked for it, done at least once, tried again
//! with growing pauses, and shown on a page when it keeps failing. The runner is in `machinery`.

use crate::db::Write;
use crate::{Database, Json, Result, Row, SignedDuration, Source, Timestamp, Town, TownId, params};

pub type Future<'a> = std::pin::Pin<Box<dyn std::future::Future<Output = Result<()>> + Send + 'a>>;

/// A kind of work. Its name is kept with each job and must not change.
#[derive(Clone, Copy)]
pub struct Job {
    pub name: &'static str,
    pub run: fn(Town, Json) -> Future<'static>,
}

/// When this happened, that job is to be done with the event as its payload.
#[derive(Clone, Copy)]
pub struct Reaction {
    pub event: &'static str,
    pub job: &'static str,
}

/// A job of every day at a local time, per municipality.
#[derive(Clone, Copy)]
pub struct Daily {
    pub name: &'static str,
    pub hour: i8,
    pub minute: i8,
    pub job: &'static str,
}

pub struct NewJob {
    name: String,
    payload: Json,
    after: SignedDuration,
}

impl NewJob {
    pub fn now(name: &str, payload: Json) -> Self {
        Self { name: name.to_owned(), payload, after: SignedDuration::ZERO }
    }
}

/// A job that a worker holds until `locked_until`; after that another may take it.
#[derive(Debug, Clone)]
pub struct Claimed {
    pub town: TownId,
    pub id: String,
    pub name: String,
    pub payload: Json,
    pub attempts: i64,
}

pub struct Failed {
    pub id: String,
    pub name: String,
    pub attempts: i64,
    pub error: String,
    pub failed_at: Timestamp,
}

const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// After this many attempts (some 17 hours) a person has to look.
const ATTEMPTS: i64 = 10;

pub(crate) async fn insert(
    db: &mut impl Write,
    town: &TownId,
    now: Timestamp,
    jobs: Vec<NewJob>,
) -> Result<()> {
    let clock = crate::Clock::manual(now);
    for job in jobs {
        db.write(
            "INSERT INTO engine_jobs (municipality, id, name, payload, run_at, attempts, state)
             VALUES ($1, $2, $3, $4, $5, 0, 'ready')",
            params![town, crate::id::fresh(&clock), job.name, job.payload, now + job.after],
        )
        .await?;
    }
    Ok(())
}

/// Takes the next job that is due. Workers side by side never take the same one: SQLite has one
/// writer, PostgreSQL skips rows that another worker has locked.
pub async fn claim(db: &Database, now: Timestamp) -> Result<Option<Claimed>> {
    let skip = if db.is_sqlite() { "" } else { " FOR UPDATE SKIP LOCKED" };
    if db.is_sqlite() && !due(&mut db.clone(), now).await? {
        return Ok(None);
    }
    let rows = db
        .change(
            &format!(
                "UPDATE engine_jobs SET run_at = $2, attempts = attempts + 1
                 WHERE (municipality, id) IN (
                   SELECT municipality, id FROM engine_jobs
                   WHERE state = 'ready' AND run_at <= $1 ORDER BY run_at LIMIT 1{skip})
                 RETURNING municipality, id, name, payload, attempts"
            ),
            params![now, now + LEASE],
        )
        .await?;
    rows.first().map(claimed).transpose()
}

/// Whether anything waits: asked of a reader, so that an idle worker never takes the writer.
async fn due(db: &mut Database, now: Timestamp) -> Result<bool> {
    let found = db
        .row("SELECT id FROM engine_jobs WHERE state = 'ready' AND run_at <= $1 LIMIT 1", params![now])
        .await?;
    Ok(found.is_some())
}

fn claimed(row: &Row) -> Result<Claimed> {
    Ok(Claimed {
        town: row.id("municipality")?,
        id: row.text("id")?,
        name: row.text("name")?,
        payload: row.json("payload")?,
        attempts: row.int("attempts")?,
    })
}

pub async fn done(db: &Database, job: &Claimed) -> Result<()> {
    let sql = "DELETE FROM engine_jobs WHERE municipality = $1 AND id = $2";
    db.change(sql, params![&job.town, job.id.as_str()]).await.map(drop)
}

/// Puts a job back with a pause that grows (attempt⁴ seconds), or aside when it failed too often.
pub async fn failed(db: &Database, job: &Claimed, now: Timestamp, error: &str) -> Result<()> {
    let state = if job.attempts >= ATTEMPTS { "failed" } else { "ready" };
    let pause = SignedDuration::from_secs(job.attempts.saturating_pow(4).clamp(1, 14_400));
    db.change(
        "UPDATE engine_jobs SET state = $3, run_at = $4, error = $5, failed_at = $6
         WHERE municipality = $1 AND id = $2",
        params![&job.town, job.id.as_str(), state, now + pause, error, now],
    )
    .await
    .map(drop)
}

/// Puts a job back untried, until `one_by_one` calls it up.
pub async fn leave(db: &Database, job: &Claimed) -> Result<()> {
    let sql = "UPDATE engine_jobs SET attempts = 0, run_at = $3 WHERE municipality = $1 AND id = $2";
    db.change(sql, params![&job.town, job.id.as_str(), i64::MAX]).await.map(drop)
}

/// Makes the jobs of a kind that wait due one after another, the newest first.
pub async fn one_by_one(db: &Database, name: &str, from: Timestamp, pause: SignedDuration) -> Result<()> {
    let pause = i64::try_from(pause.as_micros()).unwrap_or(i64::MAX);
    db.change(
        "UPDATE engine_jobs SET run_at = $2 + $3 * (
           SELECT count(*) FROM engine_jobs newer WHERE newer.name = $1 AND newer.id > engine_jobs.id)
         WHERE name = $1 AND state = 'ready'",
        params![name, from, pause],
    )
    .await
    .map(drop)
}

/// Jobs that failed at least once and still wait, newest first.
pub async fn failures(db: &mut impl Source, town: &TownId) -> Result<Vec<Failed>> {
    let rows = db
        .rows(
            "SELECT id, name, attempts, error, failed_at FROM engine_jobs
             WHERE municipality = $1 AND failed_at IS NOT NULL ORDER BY failed_at DESC LIMIT 100",
            params![town],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Failed {
                id: row.text("id")?,
                name: row.text("name")?,
                attempts: row.int("attempts")?,
                error: row.optional_text("error")?.unwrap_or_default(),
                failed_at: row.time("failed_at")?,
            })
        })
        .collect()
}

/// Tries a failed job again at once, with all its attempts given back.
pub async fn retry(tx: &mut crate::Tx, id: &str) -> Result<bool> {
    let (town, now) = (tx.town().clone(), tx.now());
    let changed = tx
        .execute(
            "UPDATE engine_jobs SET state = 'ready', attempts = 0, run_at = $3
             WHERE municipality = $1 AND id = $2 AND failed_at IS NOT NULL",
            params![town, id, now],
        )
        .await?;
    Ok(changed > 0)
}

/// How many jobs are ready, and how many were put aside.
pub async fn counts(db: &mut impl Source) -> Result<(i64, i64)> {
    let row = db
        .row(
            "SELECT coalesce(sum(CASE WHEN state = 'ready' THEN 1 ELSE 0 END), 0) AS ready,
                    coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS failed
             FROM engine_jobs",
            params![],
        )
        .await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int("ready")?, row.int("failed")?)))
}

/// Enqueues each daily job whose local time has come and that has not been run today; whether there
/// was one.
pub async fn enqueue_daily(town: &Town, daily: &[Daily]) -> Result<bool> {
    let mut started = false;
    for one in daily {
        let today = town.clock().today();
        if town.clock().now() < crate::clock::moment(today, one.hour, one.minute) {
            continue;
        }
        let last = town
            .db()
            .row(
                "SELECT last_day FROM engine_daily WHERE municipality = $1 AND name = $2",
                params![town.id(), one.name],
            )
            .await?;
        if last.is_some_and(|row| row.date("last_day").is_ok_and(|day| day >= today)) {
            continue;
        }
        started |= start_daily(town, one, today).await?;
    }
    Ok(started)
}

/// The row's change decides which of several workers starts the job.
async fn start_daily(town: &Town, one: &Daily, today: jiff::civil::Date) -> Result<bool> {
    let mut tx = town.begin(&crate::Actor::system()).await?;
    let changed = tx
        .execute(
            "INSERT INTO engine_daily (municipality, name, last_day) VALUES ($1, $2, $3)
             ON CONFLICT (municipality, name) DO UPDATE SET last_day = excluded.last_day
             WHERE engine_daily.last_day < excluded.last_day",
            params![town.id(), one.name, today],
        )
        .await?;
    if changed > 0 {
        tx.enqueue(NewJob::now(one.job, crate::json!({ "day": today })));
    }
    tx.commit().await?;
    Ok(changed > 0)
}
