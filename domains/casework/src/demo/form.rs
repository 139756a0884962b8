//! Fills in whatever form a service asks for: what is written for it first, else what its kind of
//! question asks for.

use engine::address;
use engine::civil;
use engine::questionnaire::{Kind, Question, Step};
use engine::thai::buddhist_year;

use super::dice::Dice;
use super::people::{Names, Resident, birthday, national_id};
use super::texts::{Situation, Texts};

pub struct Filler<'a> {
    pub names: &'a Names,
    pub texts: &'a Texts,
    pub resident: &'a Resident,
    pub situation: &'a Situation,
    pub today: civil::Date,
    pub province: &'a str,
}

type Pairs = Vec<(String, String)>;

impl Filler<'_> {
    /// What the step's form posts beside files, which are attached before.
    pub fn fill(&self, step: &Step, dice: &mut Dice) -> Pairs {
        let mut pairs = Pairs::new();
        for question in &step.questions {
            let given = match question.kind {
                Kind::File => false,
                Kind::Email => true,
                _ => question.required || self.written(question, dice).is_some() || dice.percent(50),
            };
            if given {
                self.answer(question, dice, &mut pairs);
            }
        }
        pairs
    }

    fn answer(&self, question: &Question, dice: &mut Dice, pairs: &mut Pairs) {
        let id = &question.id;
        let mut put = |part: &str, value: String| {
            let name = if part.is_empty() { id.clone() } else { format!("{id}-{part}") };
            pairs.push((name, value));
        };
        match question.kind {
            Kind::Date => {
                let day = self.date(question, dice);
                put("day", day.day().to_string());
                put("month", day.month().to_string());
                put("year", buddhist_year(day).to_string());
            }
            Kind::Address => {
                put("line", self.resident.house.clone());
                put("village", self.resident.village.to_string());
                put("subdistrict", self.subdistrict().to_owned());
            }
            Kind::Location => {
                put("place", self.text(question, dice));
                if dice.percent(60) {
                    put("lat", format!("16.4{:04}", dice.below(9000)));
                    put("lng", format!("102.8{:04}", dice.below(9000)));
                }
            }
            Kind::Choices if self.situation.answers.contains_key(&question.id) => {
                let told = self.situation.answers.get(&question.id).map_or("", String::as_str);
                told.split(',').for_each(|value| put("", value.to_owned()));
            }
            Kind::Choices => {
                let first = dice.below(question.options.len());
                let more = question.max.is_none_or(|max| max > 1) && dice.percent(40);
                let chosen = question.options.iter().cycle().skip(first).take(1 + usize::from(more));
                for option in chosen {
                    put("", option.value.clone());
                }
            }
            _ => put("", self.single(question, dice)),
        }
    }

    fn single(&self, question: &Question, dice: &mut Dice) -> String {
        match question.kind {
            Kind::WholeNumber | Kind::Choice if self.situation.answers.contains_key(&question.id) => {
                self.situation.answers.get(&question.id).cloned().unwrap_or_default()
            }
            Kind::WholeNumber => self.number(question, dice).to_string(),
            // Whole thousands of baht, as people say what they earn.
            Kind::Money => (self.number(question, dice) / 100_000 * 1000).to_string(),
            Kind::Choice => self.choice(question, dice),
            Kind::NationalId if question.role.as_deref() == Some("applicant_national_id") => {
                self.resident.national_id.clone()
            }
            Kind::NationalId => national_id(dice),
            Kind::Telephone => self.resident.telephone.clone(),
            Kind::Email if question.required && self.resident.email.is_empty() => {
                format!("{}@mail.example", self.resident.telephone)
            }
            Kind::Email => self.resident.email.clone(),
            Kind::Declaration => "yes".to_owned(),
            _ => self.text(question, dice),
        }
    }

    /// What is written for this question, if anything.
    fn written(&self, question: &Question, dice: &mut Dice) -> Option<String> {
        let by_role = question.role.as_deref().unwrap_or_default();
        let found = self.situation.answers.get(&question.id).or(self.situation.answers.get(by_role));
        let picked = || self.texts.answers.get(&question.id).and_then(|all| dice.pick(all));
        found.or_else(picked).map(|text| self.resident.filled(text))
    }

    fn text(&self, question: &Question, dice: &mut Dice) -> String {
        if question.role.as_deref() == Some("applicant_name") {
            return self.resident.name.clone();
        }
        if let Some(text) = self.written(question, dice) {
            return text;
        }
        let id = question.id.as_str();
        if id.contains("account") || id.contains("bank") {
            let bank = dice.pick(&self.names.banks).map_or("", String::as_str);
            return format!("{bank} {}", 1_000_000_000 + dice.between(1, 8_999_999_999));
        }
        if id.contains("name") {
            let woman = dice.percent(50);
            return self.names.name(dice, woman, 40);
        }
        "ตามเอกสารที่แนบ".to_owned()
    }

    fn number(&self, question: &Question, dice: &mut Dice) -> i64 {
        let (low, high) = (question.min.unwrap_or(1), question.max.unwrap_or(i64::MAX));
        let (from, to) = self.texts.numbers.get(&question.id).copied().unwrap_or((low, low.max(1) * 12));
        dice.between(from.max(low), to.min(high))
    }

    fn choice(&self, question: &Question, dice: &mut Dice) -> String {
        let weights = self.texts.choices.get(&question.id);
        let options: Vec<(&String, u32)> = question
            .options
            .iter()
            .map(|option| {
                let weight = weights.map_or(1, |all| all.get(&option.value).copied().unwrap_or_default());
                let fits = match option.value.as_str() {
                    "mother" => self.resident.woman,
                    "father" => !self.resident.woman,
                    _ => true,
                };
                (&option.value, if fits { weight } else { 0 })
            })
            .collect();
        dice.weighted(&options).map_or_else(String::new, |value| (*value).clone())
    }

    /// Birthdays fit the person; other days fall between the limits, or near today without them.
    fn date(&self, question: &Question, dice: &mut Dice) -> civil::Date {
        let limit = |rule: &Option<String>| rule.as_deref().and_then(|rule| limit_day(rule, self.today));
        let day = match self.texts.numbers.get(&question.id) {
            Some((from, to)) => plus_days(self.today, dice.between(*from, *to)),
            None if question.id.contains("child") => plus_days(self.today, -dice.between(5, 170)),
            None if question.id.contains("birth") && question.id.len() > 12 => birthday(dice, self.today, 30),
            None if question.id.contains("birth") => self.resident.born,
            None => plus_days(self.today, dice.between(1, 20)),
        };
        let day = limit(&question.min_date).map_or(day, |least| day.max(least));
        limit(&question.max_date).map_or(day, |most| day.min(most))
    }

    fn subdistrict(&self) -> &'static str {
        address::register().under(self.province).next().map_or("400101", |place| place.code)
    }
}

fn plus_days(day: civil::Date, days: i64) -> civil::Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}

/// `today`, `today-60y` or an ISO day, as in the questions themselves.
fn limit_day(rule: &str, today: civil::Date) -> Option<civil::Date> {
    let Some(rest) = rule.strip_prefix("today") else { return rule.parse().ok() };
    let years: i32 = if rest.is_empty() { 0 } else { rest.trim_end_matches('y').parse().ok()? };
    today.checked_add(jiff::Span::new().years(years)).ok()
}

/// What is sent where a question asks for a document.
pub fn picture() -> bytes::Bytes {
    bytes::Bytes::from_static(include_bytes!("../../demo/document.png"))
}
