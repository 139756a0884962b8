//! The cases of the demo town many times over, for tests of load: every copy has an applicant, a
//! number, words and a history of its own, all written in bulk.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use engine::thai::buddhist_year;
use engine::{Actor, Clock, Result, SignedDuration, Town, clock};

use super::dice::Dice;
use super::people::Names;
use super::texts;
use crate::case::{CaseId, EntryId, secret_fingerprint};
use crate::queries::{self, Copied, Template};
use crate::service::Offered;

/// The secret of every copy, so that load can be put on their pages too.
pub const SECRET: &str = "L2AD-TEST-CASE";

/// Cases of one transaction.
const AT_ONCE: usize = 4000;

pub async fn multiply(town: &Town, times: usize) -> Result<()> {
    let templates = queries::templates(town).await?;
    let mut copier = Copier::new(town, &templates).await?;
    // All copies of a case after those of an older one: ids, and with them pages, stay in order.
    let wanted: Vec<&Template> =
        templates.iter().flat_map(|template| std::iter::repeat_n(template, times - 1)).collect();
    for some in wanted.chunks(AT_ONCE) {
        let copies: Vec<_> = some.iter().map(|template| (*template, copier.copy(template))).collect();
        let mut tx = town.begin(&Actor::system()).await?;
        queries::insert_copies(&mut tx, &copies).await?;
        tx.commit().await?;
    }
    Ok(())
}

struct Copier {
    titles: HashMap<String, String>,
    names: Names,
    dice: Dice,
    secret: String,
    taken: BTreeSet<String>,
    counted: u64,
    /// Words of a text between spaces: names come again and again.
    words: HashMap<String, Vec<String>>,
}

impl Copier {
    async fn new(town: &Town, templates: &[Template]) -> Result<Self> {
        let all = queries::catalogue(town).await?;
        let title = |offered: &Arc<Offered>| (offered.service.slug.clone(), offered.service.title.th.clone());
        Ok(Self {
            titles: all.iter().map(title).collect(),
            names: texts::names(town)?,
            dice: Dice::new(40),
            secret: secret_fingerprint(SECRET),
            taken: templates.iter().map(|template| template.case.number.clone()).collect(),
            counted: 0,
            words: HashMap::new(),
        })
    }

    fn copy(&mut self, template: &Template) -> Copied {
        let case = &template.case;
        let later_micros = self.dice.between(0, 90 * 60_000_000);
        let later = Clock::manual(case.submitted_at + SignedDuration::from_micros(later_micros));
        let resident = self.names.someone(&mut self.dice, later.today());
        let woman = case.applicant.starts_with("นาง");
        let applicant = self.names.name(&mut self.dice, woman, 40);
        let number = self.number(buddhist_year(clock::day_of(case.submitted_at)) % 100);
        let title = self.titles.get(&case.service).cloned().unwrap_or_default();
        let words = self.searched(&[&number, &applicant, &case.about, &resident.telephone, &title]);
        let entries = template.history.len();
        Copied {
            id: CaseId::new(&later).to_string(),
            number,
            secret: self.secret.clone(),
            applicant,
            telephone: resident.telephone,
            later_micros,
            words,
            entry_ids: (0..entries).map(|_| EntryId::new(&later).to_string()).collect(),
        }
    }

    /// Every number of eight digits once, in an order that looks like none.
    fn number(&mut self, year: i16) -> String {
        loop {
            self.counted += 1;
            let digits = format!("{:08}", self.counted * 48_271_423 % 100_000_000);
            let number = format!("{year:02}-{}-{}", &digits[..4], &digits[4..]);
            if !self.taken.contains(&number) {
                return number;
            }
        }
    }

    fn searched(&mut self, texts: &[&str]) -> Vec<String> {
        let mut all = BTreeSet::new();
        for piece in texts.iter().flat_map(|text| text.split_whitespace()) {
            let known = self.words.get(piece).cloned();
            let words = known.unwrap_or_else(|| engine::search_words::words(piece));
            if !piece.starts_with(|sign: char| sign.is_ascii_digit()) {
                self.words.insert(piece.to_owned(), words.clone());
            }
            all.extend(words);
        }
        all.into_iter().collect()
    }
}
