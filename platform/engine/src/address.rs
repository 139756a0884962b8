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

    /// As it is offered in a list: `ในเมือง เมืองขอนแก่น ขอนแก่น`.
    pub fn label(&self) -> String {
        format!("{} {} {}", self.name, self.district, self.province)
    }
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

    /// What was typed or chosen: a code, or the label as offered.
    pub fn find(&self, text: &str) -> Option<&Subdistrict> {
        let found = || self.by_label.get(text).and_then(|at| self.all.get(*at));
        self.by_code(text).or_else(found)
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
