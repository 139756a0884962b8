//! The runner of jobs: takes what is due, does it, puts it back when it failed. Several runners
//! side by side are safe.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use engine::documents::{self, Letter, Paper, Receipt};
use engine::jobs::{self, Claimed, Daily, Future, Job};
use engine::messages::Attempt;
use engine::{Actor, Error, Json, Platform, Result, Town, files, messages, municipality};
use futures::FutureExt as _;
use tokio_util::sync::CancellationToken;

use crate::mail::Mailer;

pub struct Runner {
    pub platform: Arc<Platform>,
    pub mailer: Arc<Mailer>,
    pub jobs: HashMap<&'static str, Job>,
    pub daily: Vec<Daily>,
    /// Jobs left for a runner to come, such as printing while the demo town is founded.
    pub left: &'static [&'static str],
}

const IDLE: Duration = Duration::from_secs(2);

impl Runner {
    /// Works until told to stop; a job that was begun is finished.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.step().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "the queue of jobs could not be read"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.platform.jobs_arrived.notified() => {}
                () = tokio::time::sleep(IDLE) => {}
            }
        }
    }

    /// Does everything that is due now. For tests and the demo, which move the clock themselves.
    pub async fn drain(&self) -> Result<()> {
        while self.step().await? {}
        Ok(())
    }

    async fn step(&self) -> Result<bool> {
        let now = self.platform.clock.now();
        let Some(job) = jobs::claim(&self.platform.db, now).await? else {
            return self.start_daily().await;
        };
        if self.left.contains(&job.name.as_str()) {
            jobs::leave(&self.platform.db, &job).await?;
            return Ok(true);
        }
        let result = AssertUnwindSafe(self.perform(&job)).catch_unwind().await;
        match result.unwrap_or_else(|_| Err(Error::Internal("the job panicked".to_owned()))) {
            Ok(()) => jobs::done(&self.platform.db, &job).await?,
            Err(error) => {
                tracing::warn!(job = %job.name, id = %job.id, attempts = job.attempts, %error, "a job failed");
                jobs::failed(&self.platform.db, &job, now, &error.to_string()).await?;
            }
        }
        Ok(true)
    }

    async fn start_daily(&self) -> Result<bool> {
        let mut started = false;
        for one in municipality::all(&mut self.platform.db.clone()).await? {
            let town = Town::new(Arc::clone(&self.platform), Arc::new(one));
            started |= jobs::enqueue_daily(&town, &self.daily).await?;
        }
        Ok(started)
    }

    async fn perform(&self, job: &Claimed) -> Result<()> {
        let all = municipality::all(&mut self.platform.db.clone()).await?;
        let found = all.into_iter().find(|one| one.id == job.town).ok_or(Error::NotFound)?;
        let town = Town::new(Arc::clone(&self.platform), Arc::new(found));
        match job.name.as_str() {
            messages::DELIVER => self.deliver(town, &job.payload).await,
            documents::RENDER => render(town, &job.payload).await,
            files::ERASE => files::erase(&town, job.payload["file"].as_str().unwrap_or_default()).await,
            name => {
                let known =
                    self.jobs.get(name).ok_or_else(|| Error::Internal(format!("no job is called {name}")))?;
                let work: Future<'static> = (known.run)(town, job.payload.clone());
                work.await
            }
        }
    }

    async fn deliver(&self, town: Town, payload: &Json) -> Result<()> {
        let id = payload["message"].as_str().unwrap_or_default();
        let message = messages::one(&mut town.db(), town.id(), id).await?.ok_or(Error::NotFound)?;
        if message.sent_at.is_some() {
            return Ok(());
        }
        let sent = self.mailer.send(&message.address, &message.subject, &message.text, None).await;
        let mut tx = town.begin(&Actor::system()).await?;
        let why = sent.as_ref().err().map(ToString::to_string).unwrap_or_default();
        let outcome = match &sent {
            Ok(()) => Attempt::Sent { kept: matches!(*self.mailer, Mailer::Outbox) },
            Err(Error::Unavailable(_)) => Attempt::Failed(&why),
            Err(_) => Attempt::Refused(&why),
        };
        messages::attempted(&mut tx, id, outcome).await?;
        tx.commit().await?;
        match sent {
            Err(Error::Unavailable(why)) => Err(Error::Unavailable(why)),
            // Refused for good: kept in the delivery log, not tried again.
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

async fn render(town: Town, payload: &Json) -> Result<()> {
    let id = payload["document"].as_str().unwrap_or_default();
    let document = documents::one(&mut town.db(), town.id(), id).await?.ok_or(Error::NotFound)?;
    if document.file.is_some() {
        return Ok(());
    }
    let paper = documents::paper(&mut town.db(), town.id(), id).await?;
    let emblem_svg = town.profile().emblem_svg.clone();
    let pdf = tokio::task::spawn_blocking(move || match paper {
        Paper::Letter(letter) => crate::documents::letter(&Letter { emblem_svg, ..letter }),
        Paper::Receipt(receipt) => crate::documents::receipt(&Receipt { emblem_svg, ..receipt }),
    })
    .await
    .map_err(|cause| Error::Internal(cause.to_string()))??;
    let name = format!("{}.pdf", document.number.replace(['/', ' '], "-"));
    let mut tx = town.begin(&Actor::system()).await?;
    let file = files::store(&town, &mut tx, &document.subject, &name, "application/pdf", pdf.into()).await?;
    documents::rendered(&mut tx, id, &file.id).await?;
    tx.commit().await
}
