//! Settings from `sala.toml` and the environment (`SALA_…`), which wins. A wrong one is named
//! with what would be right.

use std::path::Path;

use engine::{Error, Result};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub database: String,
    pub files: String,
    pub listen: String,
    pub base_url: String,
    pub mail: String,
    pub mail_from: String,
    pub trust_proxy: bool,
    pub work: bool,
    pub log: String,
}

/// A setting as the reference page tells it.
pub struct Described {
    pub name: &'static str,
    pub usual: &'static str,
    pub meaning: &'static str,
}

pub const ALL: &[Described] = &[
    Described {
        name: "database",
        usual: "sqlite:var/sala.db",
        meaning: "`sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`",
    },
    Described { name: "files", usual: "var/files", meaning: "folder in which sent files are kept" },
    Described { name: "listen", usual: "127.0.0.1:8080", meaning: "address and port the portal listens on" },
    Described {
        name: "base_url",
        usual: "http://localhost:8080",
        meaning: "address of the portal as people type it, without a slash at the end; for links and QR codes",
    },
    Described {
        name: "mail",
        usual: "outbox",
        meaning: "`outbox` keeps e-mails without sending; `smtp://…` or `smtps://USER:PASSWORD@HOST` sends them",
    },
    Described { name: "mail_from", usual: "sala@localhost", meaning: "sender of e-mails" },
    Described {
        name: "trust_proxy",
        usual: "false",
        meaning: "`true` behind a proxy that writes `X-Forwarded-For`",
    },
    Described {
        name: "work",
        usual: "true",
        meaning: "`false` when jobs are done by `sala work` in processes of their own",
    },
    Described {
        name: "log",
        usual: "info",
        meaning: "what is logged: `error`, `warn`, `info`, `debug`, or a filter such as `info,web=debug`",
    },
];

impl Default for Settings {
    fn default() -> Self {
        let usual =
            |name: &str| ALL.iter().find(|one| one.name == name).map_or("", |one| one.usual).to_owned();
        Self {
            database: usual("database"),
            files: usual("files"),
            listen: usual("listen"),
            base_url: usual("base_url"),
            mail: usual("mail"),
            mail_from: usual("mail_from"),
            trust_proxy: false,
            work: true,
            log: usual("log"),
        }
    }
}

impl Settings {
    pub fn load(file: &Path, environment: impl Iterator<Item = (String, String)>) -> Result<Self> {
        let mut table = match std::fs::read_to_string(file) {
            Ok(source) => toml::from_str::<toml::Table>(&source)
                .map_err(|fault| Error::Internal(format!("{}: {}", file.display(), fault.message())))?,
            Err(_) => toml::Table::new(),
        };
        for (name, value) in environment {
            let Some(name) = name.strip_prefix("SALA_").map(str::to_lowercase) else { continue };
            let value = match value.as_str() {
                "true" => toml::Value::Boolean(true),
                "false" => toml::Value::Boolean(false),
                text => toml::Value::String(text.to_owned()),
            };
            table.insert(name, value);
        }
        let settings: Self = table.try_into().map_err(|fault: toml::de::Error| {
            let known: Vec<&str> = ALL.iter().map(|one| one.name).collect();
            Error::Internal(format!("settings: {}; the settings are {}", fault.message(), known.join(", ")))
        })?;
        settings.checked()
    }

    fn checked(self) -> Result<Self> {
        let wrong = |name: &str, value: &str| {
            let meaning = ALL.iter().find(|one| one.name == name).map_or("", |one| one.meaning);
            Err(Error::Internal(format!("setting {name} = {value:?} is not right: {meaning}")))
        };
        if self.listen.parse::<std::net::SocketAddr>().is_err() {
            return wrong("listen", &self.listen);
        }
        let http = self.base_url.starts_with("http://") || self.base_url.starts_with("https://");
        if !http || self.base_url.ends_with('/') {
            return wrong("base_url", &self.base_url);
        }
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|start| self.database.starts_with(start)) {
            return wrong("database", &self.database);
        }
        if self.mail != "outbox" && !self.mail.starts_with("smtp") {
            return wrong("mail", &self.mail);
        }
        Ok(self)
    }
}

/// The page `docs/reference/settings.md`.
pub fn reference() -> String {
    let mut page = String::from(
        "# Settings\n\nIn `sala.toml`, or in the environment as `SALA_` and the name in capitals, which wins.\n\n| setting | usual value | meaning |\n| --- | --- | --- |\n",
    );
    for one in ALL {
        page.push_str(&format!("| `{}` | `{}` | {} |\n", one.name, one.usual, one.meaning));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Settings> {
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::load(Path::new("/nonexistent/sala.toml"), pairs.into_iter())
    }

    #[test]
    fn the_environment_wins_and_the_rest_is_usual() {
        let settings = load(&[("SALA_LISTEN", "0.0.0.0:80"), ("HOME", "/root")]).unwrap();
        assert_eq!((settings.listen.as_str(), settings.work), ("0.0.0.0:80", true));
    }

    #[test]
    fn a_wrong_setting_is_named_with_what_would_be_right() {
        let told = load(&[("SALA_BASE_URL", "sala.go.th")]).unwrap_err().to_string();
        assert!(told.contains("base_url") && told.contains("without a slash"), "{told}");
        let told = load(&[("SALA_LISTEM", "x")]).unwrap_err().to_string();
        assert!(told.contains("listem") && told.contains("listen"), "{told}");
    }
}
