//! From a posted form to answers: every field checked, every problem in plain words at its field.

use jiff::civil::Date;

use super::{Answers, Kind, Question, Step};
use crate::address::Found;
use crate::thai::{arabic_digits, is_national_id, parse_baht, parse_day};
use crate::{Invalid, Json, Lang, json};

/// What was read of one field: an answer, nothing, or a key of what is wrong with it.
type Reading = std::result::Result<Option<Json>, Wrong>;

struct Wrong {
    field: &'static str,
    key: &'static str,
    limit: String,
}

fn wrong(key: &'static str) -> Wrong {
    Wrong { field: "", key, limit: String::new() }
}

fn beyond(key: &'static str, limit: impl ToString) -> Wrong {
    Wrong { field: "", key, limit: limit.to_string() }
}

const TEXT_LIMIT: i64 = 200;
const LONG_TEXT_LIMIT: i64 = 4000;

pub struct Posted<'a> {
    pub pairs: &'a [(String, String)],
    pub today: Date,
    pub lang: Lang,
}

impl Posted<'_> {
    fn get(&self, name: &str) -> String {
        let found = self.pairs.iter().find(|(key, _)| key == name);
        arabic_or_kept(found.map_or("", |(_, value)| value.trim()))
    }

    fn part(&self, question: &Question, part: &str) -> String {
        self.get(&format!("{}-{part}", question.id))
    }

    fn all(&self, name: &str) -> Vec<String> {
        let named = self.pairs.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
    }
}

fn arabic_or_kept(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl Step {
    /// The answers with this step's posted ones in place. Files are never taken from what a form
    /// names: those that were attached before are the answer.
    pub fn read(&self, posted: &Posted<'_>, so_far: &Answers) -> crate::Result<Answers> {
        let (answers, invalid) = self.read_as_far(posted, so_far);
        invalid.or(answers)
    }

    /// The answers that are right so far, and what is wrong or missing beside them.
    pub fn read_as_far(&self, posted: &Posted<'_>, so_far: &Answers) -> (Answers, Invalid) {
        let mut answers = so_far.clone();
        let mut invalid = Invalid::default();
        for question in &self.questions {
            answers.0.remove(&question.id);
            if !question.is_visible(&answers) {
                continue;
            }
            let reading = match question.kind {
                Kind::File => Ok(so_far.0.get(&question.id).cloned()),
                _ => question.read(posted),
            };
            match reading {
                Ok(Some(answer)) => drop(answers.0.insert(question.id.clone(), answer)),
                Ok(None) if question.required => invalid.push_with(
                    question.first_field(),
                    question.missing(),
                    vec![("label", question.label.get(posted.lang).to_owned())],
                ),
                Ok(None) => {}
                Err(wrong) => invalid.push_with(
                    question.field(wrong.field),
                    wrong.key,
                    vec![("label", question.label.get(posted.lang).to_owned()), ("limit", wrong.limit)],
                ),
            }
        }
        (answers, invalid)
    }
}

impl Question {
    /// The field a summary of errors leads to.
    pub fn first_field(&self) -> String {
        self.field(match self.kind {
            Kind::Date => "day",
            Kind::Address => "line",
            Kind::Location => "place",
            _ => "",
        })
    }

    fn field(&self, part: &str) -> String {
        if part.is_empty() { self.id.clone() } else { format!("{}-{part}", self.id) }
    }

    fn missing(&self) -> &'static str {
        match self.kind {
            Kind::Choice => "problem-choose-one",
            Kind::Choices => "problem-choose-some",
            Kind::File => "problem-file-missing",
            Kind::Declaration => "problem-declaration",
            _ => "problem-required",
        }
    }

    /// An answer known from elsewhere, such as the telephone number of an account, if it would
    /// have been taken from a form too.
    pub fn accept(&self, text: &str) -> Option<Json> {
        let text = text.trim();
        if text.is_empty() { None } else { self.read_text(text).ok() }
    }

    fn read(&self, posted: &Posted<'_>) -> Reading {
        match self.kind {
            Kind::Date => self.read_date(posted),
            Kind::Address => self.read_address(posted),
            Kind::Location => self.read_location(posted),
            Kind::Choices => self.read_choices(posted),
            Kind::Declaration => Ok((posted.get(&self.id) == "yes").then_some(Json::Bool(true))),
            _ => match posted.get(&self.id) {
                empty if empty.is_empty() => Ok(None),
                text => self.read_text(&text).map(Some),
            },
        }
    }

    fn read_text(&self, text: &str) -> std::result::Result<Json, Wrong> {
        if text.chars().any(|sign| sign.is_control() && sign != '\n') {
            return Err(wrong("problem-control-signs"));
        }
        let compact = || arabic_digits(text).replace([' ', '-', '(', ')'], "");
        match self.kind {
            Kind::WholeNumber => self.read_number(&arabic_digits(text).replace([',', ' '], "")),
            Kind::Money => {
                let satang = parse_baht(text).ok_or(wrong("problem-money"))?;
                self.within(satang, crate::thai::baht).map(|()| json!(satang))
            }
            Kind::NationalId => Some(compact())
                .filter(|digits| is_national_id(digits))
                .map(Json::String)
                .ok_or(wrong("problem-national-id")),
            Kind::Telephone => telephone(&compact()).map(Json::String).ok_or(wrong("problem-telephone")),
            Kind::Email => email(text).map(Json::String).ok_or(wrong("problem-email")),
            Kind::Choice => {
                let known = self.options.iter().any(|option| option.value == text);
                if known { Ok(json!(text)) } else { Err(wrong("problem-choose-one")) }
            }
            _ => self.read_words(text),
        }
    }

    fn read_words(&self, text: &str) -> std::result::Result<Json, Wrong> {
        let usual = if self.kind == Kind::LongText { LONG_TEXT_LIMIT } else { TEXT_LIMIT };
        let longest = self.max.unwrap_or(usual);
        let length = text.chars().count() as i64;
        match self.min {
            Some(shortest) if length < shortest => Err(beyond("problem-short", shortest)),
            _ if length > longest => Err(beyond("problem-long", longest)),
            _ => Ok(json!(text)),
        }
    }

    fn read_number(&self, digits: &str) -> std::result::Result<Json, Wrong> {
        let number: i64 = digits.parse().map_err(|_| wrong("problem-whole-number"))?;
        self.within(number, |limit| limit.to_string()).map(|()| json!(number))
    }

    fn within(&self, value: i64, worded: impl Fn(i64) -> String) -> std::result::Result<(), Wrong> {
        match (self.min, self.max) {
            (Some(min), _) if value < min => Err(beyond("problem-below", worded(min))),
            (_, Some(max)) if value > max => Err(beyond("problem-above", worded(max))),
            _ => Ok(()),
        }
    }

    fn read_choices(&self, posted: &Posted<'_>) -> Reading {
        let chosen = posted.all(&self.id);
        if chosen.is_empty() {
            return Ok(None);
        }
        let known = |value: &String| self.options.iter().any(|option| option.value == *value);
        if !chosen.iter().all(known) {
            return Err(wrong("problem-choose-some"));
        }
        match self.max {
            Some(max) if chosen.len() as i64 > max => Err(beyond("problem-too-many-chosen", max)),
            _ => Ok(Some(json!(chosen))),
        }
    }

    /// Day, month and Buddhist year, each in a field of its own.
    fn read_date(&self, posted: &Posted<'_>) -> Reading {
        let parts = ["day", "month", "year"].map(|part| posted.part(self, part));
        if parts.iter().all(String::is_empty) {
            return Ok(None);
        }
        let date = parse_day([&parts[0], &parts[1], &parts[2]]).map_err(|(field, key)| Wrong {
            field,
            key,
            limit: String::new(),
        })?;
        self.within_dates(date, posted).map(|()| Some(json!(date.to_string())))
    }

    fn within_dates(&self, date: Date, posted: &Posted<'_>) -> std::result::Result<(), Wrong> {
        let limit = |rule: &Option<String>| rule.as_deref().and_then(|rule| limit_day(rule, posted.today));
        let beyond =
            |key, limit: Date| Wrong { field: "day", key, limit: crate::thai::long_date(limit, posted.lang) };
        match (limit(&self.min_date), limit(&self.max_date)) {
            (Some(first), _) if date < first => Err(beyond("problem-date-early", first)),
            (_, Some(last)) if date > last => Err(beyond("problem-date-late", last)),
            _ => Ok(()),
        }
    }

    fn read_address(&self, posted: &Posted<'_>) -> Reading {
        let [line, village, subdistrict] =
            ["line", "village", "subdistrict"].map(|part| posted.part(self, part));
        if line.is_empty() && subdistrict.is_empty() {
            return Ok(None);
        }
        let at = |field, key, limit: &str| Err(Wrong { field, key, limit: limit.to_owned() });
        if line.is_empty() {
            return at("line", "problem-required", "");
        }
        if line.chars().count() > 200 || line.chars().any(char::is_control) {
            return at("line", "problem-long", "200");
        }
        let village = arabic_digits(&village);
        if !village.is_empty() && !village.parse::<u32>().is_ok_and(|number| (1..=99).contains(&number)) {
            return at("village", "problem-village", "");
        }
        let place = match crate::address::register().find(&subdistrict) {
            Found::One(place) => place,
            Found::Several(labels) => return at("subdistrict", "problem-subdistrict-several", &labels),
            Found::None => return at("subdistrict", "problem-subdistrict", ""),
        };
        Ok(Some(json!({ "line": line, "village_no": village, "subdistrict": place.code })))
    }

    fn read_location(&self, posted: &Posted<'_>) -> Reading {
        let [place, lat, lng] = ["place", "lat", "lng"].map(|part| posted.part(self, part));
        if place.is_empty() {
            return Ok(None);
        }
        if place.chars().count() > 300 || place.chars().any(|sign| sign.is_control() && sign != '\n') {
            return Err(Wrong { field: "place", key: "problem-long", limit: "300".to_owned() });
        }
        // Coordinates help and are never asked for in words: what is not in Thailand is left out.
        let degrees = |text: &str, from: f64, to: f64| {
            text.parse::<f64>().ok().filter(|value| (from..to).contains(value))
        };
        Ok(Some(match (degrees(&lat, 5.0, 21.0), degrees(&lng, 97.0, 106.0)) {
            (Some(lat), Some(lng)) => json!({ "place": place, "lat": lat, "lng": lng }),
            _ => json!({ "place": place }),
        }))
    }
}

/// `today`, `today-60y` or an ISO day.
fn limit_day(rule: &str, today: Date) -> Option<Date> {
    let Some(rest) = rule.strip_prefix("today") else { return rule.parse().ok() };
    if rest.is_empty() {
        return Some(today);
    }
    let years: i32 = rest.trim_end_matches('y').parse().ok()?;
    today.checked_add(jiff::Span::new().years(years)).ok()
}

/// Nine digits of a landline or ten of a mobile, beginning with 0; +66 stands for the 0.
fn telephone(compact: &str) -> Option<String> {
    let national = compact.strip_prefix("+66").map_or_else(|| compact.to_owned(), |rest| format!("0{rest}"));
    let fits = (9..=10).contains(&national.len())
        && national.starts_with('0')
        && national.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(national)
}

/// A plain check: one at-sign, something before it, a dotted name behind it, no spaces.
pub fn email(text: &str) -> Option<String> {
    let (name, host) = text.rsplit_once('@')?;
    let dotted = host.contains('.') && host.split('.').all(|part| !part.is_empty());
    let plain = text.chars().all(|sign| sign.is_ascii_graphic() && !"<>()[]\\,;:\"".contains(sign));
    (!name.is_empty() && !name.contains('@') && dotted && plain && text.len() <= 254)
        .then(|| text.to_lowercase())
}
