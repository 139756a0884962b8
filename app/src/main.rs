//! The commands of `sala`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use engine::history::{self, Fault};
use engine::{Clock, Error, Result, municipality};
use sala::settings::Settings;
use sala::{admin, founding, migrations, past, process, reference};
use tokio_util::sync::CancellationToken;

#[derive(Parser)]
#[command(name = "sala", version, about = "Sala, the digital town hall")]
struct Arguments {
    /// File of settings
    #[arg(long, default_value = "sala.toml")]
    settings: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal, and do the jobs unless told otherwise
    Serve,
    /// Do the jobs in a process of their own
    Work,
    /// Bring the database up to this version
    Migrate,
    /// Serve the fictional demo town, founded with its past the first time
    Demo {
        /// Multiply its cases, for tests of load
        #[arg(long, default_value_t = 1)]
        times: usize,
        /// Found the town and stop
        #[arg(long)]
        found: bool,
    },
    /// Found a municipality, or give it a new profile and newer services
    Municipality {
        /// Short id in Latin letters, which never changes
        id: String,
        /// File of the profile, such as demo/town.toml
        profile: PathBuf,
        /// Host names it answers to; the first municipality answers to every other name
        #[arg(long = "host")]
        hosts: Vec<String>,
    },
    /// Administrators of a municipality
    Admin {
        #[command(subcommand)]
        what: Admin,
    },
    /// Check settings, database and history
    Check {
        #[arg(value_parser = ["all", "history"], default_value = "all")]
        what: String,
    },
    /// Print a page of the reference, or write all of them into a folder
    Reference {
        #[arg(value_parser = ["all", "settings", "routes", "permissions", "events", "jobs", "retention"])]
        page: String,
        folder: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Admin {
    /// Give someone the administrator's role and print the link that sets a password
    Create {
        /// Full name
        name: String,
        /// E-mail address to sign in with
        email: String,
        /// Id of the municipality; not needed while there is only one
        #[arg(long)]
        municipality: Option<String>,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sala: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<()> {
    if let Command::Reference { page, folder } = &arguments.command {
        return reference::print(page, folder.as_deref());
    }
    let settings = Settings::load(&arguments.settings, std::env::vars())?;
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(settings.log.as_str())
        .with_writer(std::io::stderr)
        .init();
    let is_demo = matches!(arguments.command, Command::Demo { .. });
    let platform = process::platform(&settings, Clock::system(), is_demo).await?;
    match arguments.command {
        Command::Serve => process::serve(&settings, platform, stop()).await,
        Command::Work => {
            process::check_migrations(&platform).await?;
            process::runner(&platform, process::mailer(&settings)?).run(stop()).await;
            Ok(())
        }
        Command::Migrate => {
            for name in platform.db.migrate(&migrations::all()).await? {
                println!("{name}");
            }
            Ok(())
        }
        Command::Demo { times, found } => {
            platform.db.migrate(&migrations::all()).await?;
            past::ensure(&settings, &platform, times).await?;
            if found {
                return Ok(());
            }
            println!("The demo town is at {}", settings.base_url);
            process::serve(&settings, platform, stop()).await
        }
        Command::Municipality { id, profile, hosts } => {
            process::check_migrations(&platform).await?;
            let source = std::fs::read_to_string(&profile)
                .map_err(|cause| Error::Internal(format!("{}: {cause}", profile.display())))?;
            let profile = toml::from_str(&source)
                .map_err(|fault| Error::Internal(format!("{}: {fault}", profile.display())))?;
            founding::save(&platform, &id, &hosts, profile).await?;
            println!("{id} is saved; processes that serve it see it once they are started again");
            Ok(())
        }
        Command::Admin { what: Admin::Create { name, email, municipality } } => {
            process::check_migrations(&platform).await?;
            let link = admin::create(&platform, municipality.as_deref(), name, email).await?;
            println!("{link}");
            Ok(())
        }
        Command::Check { what } => check(&platform, what == "all").await,
        Command::Reference { .. } => Ok(()),
    }
}

/// Cancelled by Ctrl-C or SIGTERM.
fn stop() -> CancellationToken {
    let token = CancellationToken::new();
    let told = token.clone();
    tokio::spawn(async move {
        let terminated = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated => {}
        }
        told.cancel();
    });
    token
}

async fn check(platform: &engine::Platform, all: bool) -> Result<()> {
    if all {
        process::check_migrations(platform).await?;
        println!("settings and database: as they should be");
    }
    let mut faults = 0;
    for one in municipality::all(&mut platform.db.clone()).await? {
        let found = history::check(&mut platform.db.clone(), &one.id).await?;
        for fault in &found {
            println!("{}: {}", one.id, told(fault));
        }
        faults += found.len();
        if found.is_empty() {
            println!("{}: history is whole", one.id);
        }
    }
    if faults == 0 { Ok(()) } else { Err(Error::Internal(format!("history has {faults} faults"))) }
}

fn told(fault: &Fault) -> String {
    match fault {
        Fault::Altered(number) => format!("row {number} was altered"),
        Fault::Removed(number) => format!("row {number} was removed"),
        Fault::Reordered(number) => format!("row {number} stands where another should"),
        Fault::Cut { last, head } => format!("rows {} to {head} were removed from the end", last + 1),
    }
}
