//! The register of subdistricts, from a packaged open data set (see `data/README.md`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Lang;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subdistrict {
    /// Province, district, subdistrict: two digits each.
    pub code: &'static str,
    pub name: &'static str,
    pub district: &'static str,
    pub province: &'static str,
    pub postal_code: &'static str,
}

impl Subdistrict {
    /// As it stands on an envelope. The register holds Thai names alone, which the post reads anyway.
    pub fn full(&self, lang: Lang) -> String {
        let code = self.postal_code;
        match lang {
            Lang::Th => format!("ตำบล{} อำเภอ{} จังหวัด{} {code}", self.name, self.district, self.province),
            Lang::En => format!("{}, {}, {} {code}", self.name, self.district, self.province),
        }
    }

    /// Whether each of the words is its district, its province or its postal code. A district that
    /// is the province's seat may be called เมือง alone.
    fn fits(&self, words: &[&str]) -> bool {
        let is_seat = self.district.strip_prefix("เมือง") == Some(self.province);
        words.iter().all(|word| {
            [self.district, self.province, self.postal_code].contains(word) || (is_seat && *word == "เมือง")
        })
    }

    /// As it is offered in a list: `ในเมือง เมืองขอนแก่น ขอนแก่น`.
    pub fn label(&self) -> String {
        format!("{} {} {}", self.name, self.district, self.province)
    }
}

/// What the register knows under a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Found<'a> {
    One(&'a Subdistrict),
    /// Labels of some places that bear the name.
    Several(String),
    None,
}

/// The name without the word for what it names.
fn bare(word: &str) -> &str {
    const KINDS: [&str; 8] = ["ตำบล", "แขวง", "อำเภอ", "เขต", "จังหวัด", "ต.", "อ.", "จ."];
    KINDS.iter().find_map(|kind| word.strip_prefix(kind)).unwrap_or(word)
}

pub struct Register {
    all: Vec<Subdistrict>,
    by_code: HashMap<&'static str, usize>,
    by_label: HashMap<String, usize>,
}

pub fn register() -> &'static Register {
    static REGISTER: LazyLock<Register> = LazyLock::new(Register::load);
    &REGISTER
}

impl Register {
    fn load() -> Self {
        let source = include_str!("../data/subdistricts.csv");
        let all: Vec<Subdistrict> = source.lines().skip(1).filter_map(subdistrict).collect();
        let by_code = all.iter().enumerate().map(|(at, place)| (place.code, at)).collect();
        let by_label = all.iter().enumerate().map(|(at, place)| (place.label(), at)).collect();
        Self { all, by_code, by_label }
    }

    pub fn by_code(&self, code: &str) -> Option<&Subdistrict> {
        self.by_code.get(code).and_then(|at| self.all.get(*at))
    }

    /// What was typed or chosen: a code, the label as offered, or the name as people write it
    /// (`ต.ในเมือง อ.เมือง จ.ขอนแก่น`), if it fits one place alone.
    pub fn find(&self, text: &str) -> Found<'_> {
        if let Some(place) = self.by_code(text) {
            return Found::One(place);
        }
        if let Some(place) = self.by_label.get(text).and_then(|at| self.all.get(*at)) {
            return Found::One(place);
        }
        let words: Vec<&str> =
            text.split([' ', ',', '\n']).map(bare).filter(|word| !word.is_empty()).collect();
        let Some((name, rest)) = words.split_first() else { return Found::None };
        let fitting = || self.all.iter().filter(|place| place.name == *name && place.fits(rest));
        match fitting().count() {
            0 => Found::None,
            1 => fitting().next().map_or(Found::None, Found::One),
            _ => Found::Several(fitting().take(3).map(Subdistrict::label).collect::<Vec<_>>().join(", ")),
        }
    }

    /// Subdistricts whose code begins so: a province by two digits, a district by four.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Subdistrict> {
        self.all.iter().filter(move |place| place.code.starts_with(prefix))
    }
}

fn subdistrict(line: &'static str) -> Option<Subdistrict> {
    let mut parts = line.split(';');
    Some(Subdistrict {
        code: parts.next()?,
        name: parts.next()?,
        district: parts.next()?,
        province: parts.next()?,
        postal_code: parts.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subdistrict_is_found_as_people_write_it() {
        let code = |text| match register().find(text) {
            Found::One(place) => place.code,
            other => panic!("{text}: {other:?}"),
        };
        for text in [
            "400101",
            "ในเมือง เมืองขอนแก่น ขอนแก่น",
            "ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น",
            "ตำบลในเมือง  อำเภอเมือง จังหวัดขอนแก่น 40000",
        ] {
            assert_eq!(code(text), "400101", "{text}");
        }
    }

    #[test]
    fn a_name_of_several_places_says_which_there_are() {
        let Found::Several(labels) = register().find("ในเมือง") else { panic!("one alone") };
        assert!(labels.contains("ในเมือง เมือง"), "{labels}");
        assert_eq!(register().find("ไม่มีตำบลนี้"), Found::None);
        assert_eq!(register().find("ในเมือง เชียงใหม่"), Found::None);
        assert_eq!(register().find("  "), Found::None);
    }
}
