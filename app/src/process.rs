//! A process: platform, site and runner from the settings; serving until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use engine::db::MigrationState;
use engine::{Clock, Database, Error, Platform, Result, Source as _, params};
use machinery::mail::Mailer;
use machinery::runner::Runner;
use object_store::local::LocalFileSystem;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use web::Site;

use crate::settings::Settings;
use crate::{MODULES, metrics, migrations};

pub async fn platform(settings: &Settings, clock: Clock, demo: bool) -> Result<Arc<Platform>> {
    let db = Database::open(&settings.database).await?;
    on(db, settings, clock, demo, true)
}

/// For founding a demo town: nothing waits for the disk, and the clock is moved by hand.
pub async fn to_fill(settings: &Settings, clock: Clock) -> Result<Arc<Platform>> {
    let db = Database::open_to_fill(&settings.database).await?;
    on(db, settings, clock, true, false)
}

fn on(db: Database, settings: &Settings, clock: Clock, demo: bool, durable: bool) -> Result<Arc<Platform>> {
    std::fs::create_dir_all(&settings.files)?;
    let files = Arc::new(LocalFileSystem::new_with_prefix(&settings.files)?.with_fsync(durable));
    let mut platform = Platform::new(db, clock, crate::words()?, files, settings.base_url.clone());
    platform.demo = demo;
    platform.reactions = MODULES.iter().flat_map(|module| module.reactions).copied().collect();
    Ok(Arc::new(platform))
}

pub fn runner(platform: &Arc<Platform>, mailer: Mailer) -> Runner {
    Runner {
        platform: Arc::clone(platform),
        mailer: Arc::new(mailer),
        jobs: MODULES.iter().flat_map(|module| module.jobs).map(|job| (job.name, *job)).collect(),
        daily: MODULES.iter().flat_map(|module| module.daily).copied().collect(),
        left: &[],
    }
}

pub fn mailer(settings: &Settings) -> Result<Mailer> {
    match settings.mail.as_str() {
        "outbox" => Ok(Mailer::Outbox),
        url => Mailer::smtp(url, &settings.mail_from),
    }
}

/// The whole router, with the addresses that machines ask for.
pub async fn router(platform: &Arc<Platform>, trust_proxy: bool) -> Result<Router> {
    let site = Arc::new(Site::new(Arc::clone(platform), identity::who, MODULES, trust_proxy));
    site.load_towns().await?;
    let health = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(Arc::clone(platform));
    Ok(health.merge(web::router(site, MODULES)))
}

async fn ready(State(platform): State<Arc<Platform>>) -> (StatusCode, &'static str) {
    match platform.db.clone().row("SELECT 1 AS one", params![]).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// Refuses to start on a database that is not as this version expects it.
pub async fn check_migrations(platform: &Platform) -> Result<()> {
    match platform.db.migration_state(&migrations::all()).await? {
        MigrationState::Current => Ok(()),
        MigrationState::Behind(names) => {
            Err(Error::Internal(format!("the database lacks {}; run `sala migrate`", names.join(", "))))
        }
    }
}

/// Serves until `stop`; requests and jobs that were begun are finished.
pub async fn serve(settings: &Settings, platform: Arc<Platform>, stop: CancellationToken) -> Result<()> {
    check_migrations(&platform).await?;
    let router = router(&platform, settings.trust_proxy).await?.merge(metrics::router(&platform)?);
    let listener = TcpListener::bind(&settings.listen).await?;
    tracing::info!(address = %settings.listen, "listening");
    let worker = match settings.work {
        true => {
            let (runner, stop) = (runner(&platform, mailer(settings)?), stop.clone());
            Some(tokio::spawn(async move { runner.run(stop).await }))
        }
        false => None,
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await?;
    if let Some(worker) = worker {
        worker.await.map_err(|cause| Error::Internal(cause.to_string()))?;
    }
    Ok(())
}
