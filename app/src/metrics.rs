//! Figures for Prometheus at `/metrics`, for whoever asks from this machine and not through a proxy.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use engine::{Error, Platform, Result, jobs};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Seconds; most pages take a few thousandths.
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];

const UPKEEP: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Figures {
    platform: Arc<Platform>,
    recorded: PrometheusHandle,
}

pub fn router(platform: &Arc<Platform>) -> Result<Router> {
    let fault = |cause: metrics_exporter_prometheus::BuildError| Error::Internal(format!("metrics: {cause}"));
    let builder = PrometheusBuilder::new().set_buckets(BUCKETS).map_err(fault)?;
    let recorded = builder.install_recorder().map_err(fault)?;
    let kept = recorded.clone();
    // Measurements wait in memory until they are counted, whether anybody asks for them or not.
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            kept.run_upkeep();
        }
    });
    let figures = Figures { platform: Arc::clone(platform), recorded };
    Ok(Router::new().route("/metrics", get(show)).with_state(figures))
}

async fn show(
    State(figures): State<Figures>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> (StatusCode, String) {
    if !peer.ip().is_loopback() || headers.contains_key("x-forwarded-for") {
        return (StatusCode::NOT_FOUND, String::new());
    }
    match jobs::counts(&mut figures.platform.db.clone()).await {
        Ok((ready, failed)) => {
            let jobs = format!(
                "# TYPE sala_jobs gauge\nsala_jobs{{state=\"ready\"}} {ready}\nsala_jobs{{state=\"failed\"}} {failed}\n"
            );
            (StatusCode::OK, figures.recorded.render() + &jobs)
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, figures.recorded.render()),
    }
}
