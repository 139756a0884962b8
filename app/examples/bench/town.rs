//! A demo town of some size: founded, started again on its database, and measured page by page.

use std::process::Command;
use std::time::Instant;

use engine::Database;

use crate::client::{Client, get};
use crate::load::{Load, Measured, measure};
use crate::process::{Server, free_port};
use crate::visits;

pub struct Town {
    pub sala: String,
    pub folder: String,
    pub cases: usize,
    pub postgres: Option<(String, u32)>,
}

pub struct Page {
    pub name: &'static str,
    /// Milliseconds of CPU time.
    pub target: f64,
    pub measured: Measured,
}

pub struct Figures {
    pub cases: i64,
    pub founded_s: f64,
    pub ready_ms: f64,
    pub resident_first: f64,
    pub resident: f64,
    pub pages: Vec<Page>,
}

/// Cases that the demo town's own past leaves, or somewhat fewer.
const PLAYED: usize = 450;
const SUBMISSIONS: usize = 1500;
pub const SECONDS: f64 = 4.0;
const VIEWS: [&str; 5] = ["unit", "unassigned", "waiting", "overdue", "closed"];

impl Town {
    fn database(&self) -> String {
        match &self.postgres {
            Some((url, _)) => format!("{url}/sala_{}", self.cases),
            None => format!("sqlite:{}/sala_{}.db", self.folder, self.cases),
        }
    }

    fn command(&self, port: u16) -> Command {
        let mut command = Command::new(&self.sala);
        command
            .env("SALA_DATABASE", self.database())
            .env("SALA_FILES", format!("{}/files_{}", self.folder, self.cases))
            .env("SALA_LISTEN", format!("127.0.0.1:{port}"))
            .env("SALA_BASE_URL", format!("http://localhost:{port}"))
            .env("SALA_LOG", "error")
            .env("SALA_WORK", "false")
            .arg("demo");
        command
    }

    fn found(&self) -> f64 {
        if let Some((url, _)) = &self.postgres {
            let create = format!("CREATE DATABASE sala_{}", self.cases);
            let made = Command::new("psql").args([&format!("{url}/postgres"), "-qc", &create]).status();
            assert!(made.unwrap().success(), "the database could not be made");
        }
        let begun = Instant::now();
        let times = self.cases.div_ceil(PLAYED).to_string();
        let founded = self.command(free_port()).args(["--found", "--times", &times]).status();
        assert!(founded.unwrap().success(), "the town could not be founded");
        begun.elapsed().as_secs_f64()
    }

    pub async fn measured(&self) -> Figures {
        let founded_s = self.found();
        let port = free_port();
        let server = Server::start(&mut self.command(port), port, "/readyz").await.unwrap();
        let resident_first = server.resident();
        let mut db = Database::open(&self.database()).await.unwrap();
        let cases = visits::count(&mut db).await.unwrap();
        let pages = self.pages(&server, &mut db).await;
        let ready_ms = server.ready_after.as_secs_f64() * 1000.0;
        Figures { cases, founded_s, ready_ms, resident_first, resident: server.resident(), pages }
    }

    async fn pages(&self, server: &Server, db: &mut Database) -> Vec<Page> {
        let mut client = Client::connect(server.port).await.unwrap();
        let own = visits::cases(db, 1000).await.unwrap();
        let own = if own.is_empty() { visits::sent(&mut client, 50).await.unwrap() } else { own };
        let officer = visits::signed_in(&mut client, db, "head").await.unwrap();
        let desk = visits::at_the_desk(db, 1000, &officer).await.unwrap();
        let inbox = VIEWS.iter().map(|view| get(&format!("/desk?view={view}"), &officer)).collect();
        let mut all = Vec::new();
        for (name, requests) in [
            ("front page", vec![get("/", "")]),
            ("catalogue", vec![get("/services", "")]),
            ("case page", own),
            ("officer's case page", desk),
            ("inbox", inbox),
        ] {
            all.push(self.page(server, name, 1.0, Load::of_pages(requests)).await);
        }
        let mut requests = Vec::new();
        for _ in 0..SUBMISSIONS {
            requests.push(visits::application(&mut client).await.unwrap());
        }
        let load = Load { requests, wanted: 303, seconds: 60.0, once: true };
        all.push(self.page(server, "submit", 3.0, load).await);
        all
    }

    async fn page(&self, server: &Server, name: &'static str, target: f64, load: Load) -> Page {
        let postmaster = self.postgres.as_ref().map(|(_, pid)| *pid);
        Page { name, target, measured: measure(server, postmaster, load).await.unwrap() }
    }
}
