//! Measures the portal beside a bare axum page: CPU time, throughput, slowest answers, memory,
//! with few cases and with many. Started by `bin/bench`, which builds everything and brings
//! PostgreSQL. Loopback alone, bounded in number and time.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used)]

mod bare;
mod client;
mod load;
mod process;
mod report;
mod town;
mod visits;

use town::Town;

/// `bench bare PORT`, or `bench SALA FOLDER CASES,CASES [POSTGRES-URL POSTMASTER-PID]`
#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments[0] == "bare" {
        return bare::serve(arguments[1].parse().unwrap()).await.unwrap();
    }
    let postgres = arguments.get(3).map(|url| (url.clone(), arguments[4].trim().parse().unwrap()));
    let bare = bare::measured().await;
    let mut all = Vec::new();
    for cases in arguments[2].split(',') {
        let (sala, folder) = (arguments[0].clone(), arguments[1].clone());
        let town = Town { sala, folder, cases: cases.parse().unwrap(), postgres: postgres.clone() };
        all.push(town.measured().await);
    }
    report::print(&bare, &all);
}
