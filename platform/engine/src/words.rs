//! Words of the product in Thai and English (Fluent). Messages without variables are resolved
//! once at the start: a page asks for a hundred of them.

use std::collections::HashMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Th,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Th, Self::En];

    pub fn code(self) -> &'static str {
        match self {
            Self::Th => "th",
            Self::En => "en",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
}

/// A text of the municipality's own data in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub th: String,
    pub en: String,
}

impl Text {
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.en.is_empty() => &self.en,
            _ => &self.th,
        }
    }
}

pub struct Words {
    languages: HashMap<Lang, Language>,
}

struct Language {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
    keys: Vec<String>,
}

impl Words {
    /// One pair of sources (Thai, English) per crate.
    pub fn load(sources: &[(&str, &str)]) -> Result<Self> {
        let thai = Language::load(Lang::Th, sources.iter().map(|pair| pair.0))?;
        let english = Language::load(Lang::En, sources.iter().map(|pair| pair.1))?;
        Ok(Self { languages: HashMap::from([(Lang::Th, thai), (Lang::En, english)]) })
    }

    /// The message, or its key, which a test of every key keeps from being seen.
    pub fn get<'a>(&'a self, lang: Lang, key: &'a str) -> &'a str {
        self.languages.get(&lang).and_then(|language| language.plain.get(key)).map_or(key, String::as_str)
    }

    pub fn with(&self, lang: Lang, key: &str, args: &[(&str, String)]) -> String {
        let Some(language) = self.languages.get(&lang) else { return key.to_owned() };
        let Some(pattern) = language.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut given = FluentArgs::new();
        for (name, value) in args {
            // Whole numbers choose plural forms; everything else is text.
            match value.parse::<i64>() {
                Ok(number) if number.to_string() == *value => given.set(*name, number),
                _ => given.set(*name, FluentValue::from(value.as_str())),
            }
        }
        language.bundle.format_pattern(pattern, Some(&given), &mut Vec::new()).into_owned()
    }

    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.languages.get(&lang).is_some_and(|language| language.bundle.has_message(key))
    }

    pub fn keys(&self, lang: Lang) -> &[String] {
        self.languages.get(&lang).map_or(&[], |language| &language.keys)
    }
}

impl Language {
    fn load<'a>(lang: Lang, sources: impl Iterator<Item = &'a str>) -> Result<Self> {
        let id = match lang {
            Lang::Th => unic_langid::langid!("th"),
            Lang::En => unic_langid::langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for source in sources {
            let resource = FluentResource::try_new(source.to_owned())
                .map_err(|(_, faults)| Error::Internal(format!("words in {}: {faults:?}", lang.code())))?;
            keys.extend(keys_of(source));
            bundle
                .add_resource(resource)
                .map_err(|faults| Error::Internal(format!("words in {}: {faults:?}", lang.code())))?;
        }
        let plain = plain(&bundle, &keys);
        Ok(Self { plain, bundle, keys })
    }
}

/// Keys as written: a line that begins with a letter and holds an equals sign.
fn keys_of(source: &str) -> impl Iterator<Item = String> + '_ {
    source
        .lines()
        .filter(|line| line.starts_with(|sign: char| sign.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(key, _)| key.trim().to_owned())
}

fn plain(bundle: &FluentBundle<FluentResource>, keys: &[String]) -> HashMap<String, String> {
    let mut plain = HashMap::new();
    for key in keys {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            continue;
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, None, &mut faults).into_owned();
        if faults.is_empty() {
            plain.insert(key.clone(), text);
        }
    }
    plain
}
