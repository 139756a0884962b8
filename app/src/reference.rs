//! Pages of the reference, made from the settings and the manifests: `docs/reference` holds their
//! output, and a test compares. English, for whoever runs or extends Sala.

use engine::retention::Keep;
use engine::{Lang, Result, Words, documents, files, messages};
use web::Access;

use crate::{MODULES, settings, words};

pub struct Reference {
    pub name: &'static str,
    pub write: fn(&Words) -> String,
}

pub const ALL: &[Reference] = &[
    Reference { name: "settings", write: |_| settings::reference() },
    Reference { name: "routes", write: routes },
    Reference { name: "permissions", write: permissions },
    Reference { name: "events", write: events },
    Reference { name: "jobs", write: jobs },
    Reference { name: "retention", write: retention },
];

/// One page, or all of them in a folder.
pub fn print(page: &str, folder: Option<&std::path::Path>) -> Result<()> {
    let words = words()?;
    for one in ALL.iter().filter(|one| page == "all" || one.name == page) {
        match folder {
            Some(folder) => std::fs::write(folder.join(format!("{}.md", one.name)), (one.write)(&words))?,
            None => print!("{}", (one.write)(&words)),
        }
    }
    Ok(())
}

fn table(title: &str, about: &str, columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let rule = vec!["---".to_owned(); columns.len()];
    let rows: String = rows.into_iter().map(|row| line(&row)).collect();
    format!("# {title}\n\n{about}\n\n{}{}{rows}", line(&head), line(&rule))
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A sentence with the names of its variables where their values will stand.
fn sentence(words: &Words, key: &str) -> String {
    words.with(Lang::En, key, &[])
}

fn who(access: Access) -> String {
    match access {
        Access::Everyone => "everyone".to_owned(),
        Access::SignedIn => "whoever is signed in".to_owned(),
        Access::Officer => "officers".to_owned(),
        Access::Holding(permission) => code(permission.name),
        Access::Demo => "everyone, on a demo town alone".to_owned(),
    }
}

fn routes(_: &Words) -> String {
    let all = MODULES.iter().flat_map(|module| {
        let routes = (module.routes)();
        routes
            .listed()
            .iter()
            .map(|one| [one.method, &one.path, &who(one.access)].map(str::to_owned))
            .collect::<Vec<_>>()
    });
    table(
        "Routes",
        "Every address of the portal, and who may open it. A permission asks for the second factor too.",
        &["method", "path", "who"],
        all.map(|[method, path, who]| vec![method, code(&path), who]),
    )
}

fn permissions(words: &Words) -> String {
    let all = MODULES.iter().flat_map(|module| module.permissions);
    table(
        "Permissions",
        "What a role may be allowed. Which role allows what is data of the municipality.",
        &["permission", "allows"],
        all.map(|one| {
            vec![code(one.name), sentence(words, &format!("permission-{}", one.name.replace('.', "-")))]
        }),
    )
}

fn events(words: &Words) -> String {
    let all = MODULES.iter().flat_map(|module| module.events);
    table(
        "Events",
        "All that can happen, one row of the history each.",
        &["kind", "says"],
        all.map(|kind| vec![code(kind), sentence(words, &format!("event-{}", kind.replace('.', "-")))]),
    )
}

fn jobs(_: &Words) -> String {
    let built_in = [documents::RENDER, files::ERASE, messages::DELIVER];
    let names = built_in.into_iter().chain(MODULES.iter().flat_map(|module| module.jobs).map(|job| job.name));
    let causes = |name: &str| {
        let reactions = MODULES.iter().flat_map(|module| module.reactions);
        let events = reactions.filter(|one| one.job == name).map(|one| code(one.event));
        let daily = MODULES.iter().flat_map(|module| module.daily).filter(|one| one.job == name);
        let times = daily.map(|one| format!("every day at {:02}:{:02}", one.hour, one.minute));
        let all: Vec<String> = events.chain(times).collect();
        if all.is_empty() { "when a change asks for it".to_owned() } else { all.join(", ") }
    };
    table(
        "Jobs",
        "What is done after a commit, at least once; what fails is tried ten times with growing pauses. Times are local.",
        &["job", "when"],
        names.map(|name| vec![code(name), causes(name)]),
    )
}

fn retention(words: &Words) -> String {
    let all = MODULES.iter().flat_map(|module| module.retention);
    let kept = |keep: Keep| {
        let (table, days, job) = match keep {
            Keep::With(table) => (table, 0, ""),
            Keep::Days(days, job) => ("", days, job),
            _ => ("", 0, ""),
        };
        let args = [("table", code(table)), ("days", days.to_string()), ("job", code(job))];
        words.with(Lang::En, keep.key(), &args)
    };
    table(
        "Retention",
        "How long the rows of each table are kept.",
        &["table", "kept"],
        all.map(|rule| vec![code(rule.table), kept(rule.keep)]),
    )
}
