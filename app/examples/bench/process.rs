//! Processes as the kernel counts them: CPU time and resident memory.

use std::fs;
use std::io;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{Client, get};

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A server of ours, ended when dropped.
pub struct Server {
    child: Child,
    pub port: u16,
    pub ready_after: Duration,
}

impl Server {
    /// Starts it and waits until it answers that path.
    pub async fn start(command: &mut Command, port: u16, path: &str) -> io::Result<Self> {
        let begun = Instant::now();
        let child = command.stdout(Stdio::null()).spawn()?;
        let mut server = Self { child, port, ready_after: Duration::ZERO };
        while !answers(port, path).await {
            if server.child.try_wait()?.is_some() || begun.elapsed() > Duration::from_secs(60) {
                return Err(io::Error::other("the server did not start"));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.ready_after = begun.elapsed();
        Ok(server)
    }

    pub fn cpu(&self) -> Duration {
        cpu_of(self.child.id())
    }

    /// Resident now, in megabytes.
    pub fn resident(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
        kilobytes / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

async fn answers(port: u16, path: &str) -> bool {
    match Client::connect(port).await {
        Ok(mut client) => client.send(&get(path, "")).await.is_ok_and(|answer| answer.status == 200),
        Err(_) => false,
    }
}

/// Fields after the name in parentheses, which may itself hold spaces; state is the first.
fn stat(pid: u32) -> Vec<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let rest = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    rest.split(' ').map(|field| field.parse().unwrap_or_default()).collect()
}

fn ticks(fields: &[u64], wanted: &[usize]) -> Duration {
    let sum: u64 = wanted.iter().filter_map(|at| fields.get(*at)).sum();
    // The kernel tells times in hundredths of a second to every program.
    Duration::from_millis(sum * 10)
}

fn cpu_of(pid: u32) -> Duration {
    ticks(&stat(pid), &[11, 12])
}

/// A PostgreSQL server with all its processes, those that ended too.
pub fn cpu_of_family(postmaster: u32) -> Duration {
    let own = ticks(&stat(postmaster), &[11, 12, 13, 14]);
    let pids = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let children = pids.filter(|pid| stat(*pid).get(1) == Some(&u64::from(postmaster)));
    children.map(cpu_of).fold(own, |sum, one| sum + one)
}
