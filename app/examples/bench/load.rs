//! Load: several connections kept open, each asking again as soon as it is answered, for some
//! seconds or until there is nothing left to ask.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;
use crate::process::{Server, cpu_of_family};

pub const CONNECTIONS: usize = 8;

pub struct Load {
    /// Asked in turn, again and again.
    pub requests: Vec<Vec<u8>>,
    pub wanted: u16,
    pub seconds: f64,
    /// Each request once: for forms, which are sent once.
    pub once: bool,
}

impl Load {
    pub fn of_pages(requests: Vec<Vec<u8>>) -> Self {
        Self { requests, wanted: 200, seconds: crate::town::SECONDS, once: false }
    }
}

#[derive(Clone, Copy, Default)]
pub struct Measured {
    pub cpu_ms: f64,
    /// With the processes of PostgreSQL.
    pub cpu_ms_all: f64,
    pub per_second: f64,
    pub p99_ms: f64,
    pub bytes: usize,
}

struct Shared {
    load: Load,
    next: AtomicUsize,
    end: Instant,
}

pub async fn measure(server: &Server, postmaster: Option<u32>, load: Load) -> io::Result<Measured> {
    let family = || postmaster.map(cpu_of_family).unwrap_or_default();
    let (cpu, others, begun) = (server.cpu(), family(), Instant::now());
    let end = begun + Duration::from_secs_f64(load.seconds);
    let shared = Arc::new(Shared { load, next: AtomicUsize::new(0), end });
    let running: Vec<_> =
        (0..CONNECTIONS).map(|_| tokio::spawn(connection(server.port, Arc::clone(&shared)))).collect();
    let (mut times, mut bytes) = (Vec::new(), 0);
    for one in running {
        let (some, length) = one.await.map_err(io::Error::other)??;
        times.extend(some);
        bytes = bytes.max(length);
    }
    let elapsed = begun.elapsed();
    let (cpu, others) = (server.cpu() - cpu, family() - others);
    times.sort_unstable();
    let count = times.len().max(1);
    let each = |time: Duration| time.as_secs_f64() * 1000.0 / count as f64;
    Ok(Measured {
        cpu_ms: each(cpu),
        cpu_ms_all: each(cpu + others),
        per_second: count as f64 / elapsed.as_secs_f64(),
        p99_ms: times.get(count * 99 / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0),
        bytes,
    })
}

async fn connection(port: u16, shared: Arc<Shared>) -> io::Result<(Vec<Duration>, usize)> {
    let mut client = Client::connect(port).await?;
    let (mut times, mut bytes) = (Vec::new(), 0);
    let load = &shared.load;
    while Instant::now() < shared.end {
        let at = shared.next.fetch_add(1, Ordering::Relaxed);
        if load.once && at >= load.requests.len() {
            break;
        }
        let begun = Instant::now();
        let answer = client.send(&load.requests[at % load.requests.len()]).await?;
        times.push(begun.elapsed());
        bytes = bytes.max(answer.length);
        if answer.status != load.wanted {
            return Err(io::Error::other(format!("answered {} and not {}", answer.status, load.wanted)));
        }
    }
    Ok((times, bytes))
}
