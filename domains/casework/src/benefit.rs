//! Amounts that follow from answers, explained to the applicant. Pure: the day is given.

use engine::questionnaire::{Answers, Kind, Questionnaire};
use engine::thai::{baht, long_date};
use engine::{Json, Lang, Text, civil};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Benefit {
    pub kind: BenefitKind,
    /// The question whose answer is the date of birth.
    pub question: String,
    pub explanation: Text,
    /// For those who apply before the first band, if they may.
    #[serde(default)]
    pub early: Option<Text>,
    /// What is said of the band that follows.
    #[serde(default)]
    pub next: Option<Text>,
    #[serde(default)]
    pub ceiling: Option<Ceiling>,
    /// From the youngest to the oldest; a fixed amount is one band from 0.
    pub bands: Vec<Band>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    ByAge,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Band {
    pub from: i64,
    /// The last age of the band, in full years.
    #[serde(default)]
    pub to: Option<i64>,
    pub satang: i64,
}

/// The most that a member of the household may have on average. It warns and does not decide.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ceiling {
    pub total: String,
    pub members: String,
    pub satang: i64,
    pub above: Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    pub age: i64,
    pub satang: i64,
    pub explanation: String,
}

/// Full years on that day.
pub fn age_on(birth: civil::Date, day: civil::Date) -> i64 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    i64::from(day.year() - birth.year()) - i64::from(before_birthday)
}

impl Benefit {
    /// `None` while the answer is missing, or no band fits.
    pub fn compute(&self, answers: &Answers, today: civil::Date, lang: Lang) -> Option<Computed> {
        let birth = answers.date(&self.question)?;
        let age = age_on(birth, today);
        let at = self.band(age)?;
        let warning = self.ceiling.as_ref().and_then(|ceiling| ceiling.warning(answers, lang));
        let explanation = warning.unwrap_or_else(|| self.explain(at, (age, birth), lang));
        Some(Computed { age, satang: self.bands[at].satang, explanation })
    }

    /// The band of an age; the first one for those who may apply early.
    fn band(&self, age: i64) -> Option<usize> {
        let fits = |band: &Band| age >= band.from && band.to.is_none_or(|to| age <= to);
        self.bands.iter().position(fits).or_else(|| self.is_early(age).then_some(0))
    }

    fn is_early(&self, age: i64) -> bool {
        self.early.is_some() && self.bands.first().is_some_and(|first| age < first.from)
    }

    fn explain(&self, at: usize, (age, birth): (i64, civil::Date), lang: Lang) -> String {
        let band = &self.bands[at];
        let text = self.early.as_ref().filter(|_| self.is_early(age)).unwrap_or(&self.explanation);
        let mut told = text
            .get(lang)
            .replace("{age}", &aged(age, lang))
            .replace("{amount}", &baht(band.satang))
            .replace("{from_age}", &band.from.to_string());
        if let Some(ends_on) = band.to.and_then(|to| birthday(birth, to + 1)) {
            told = told.replace("{ends_on}", &long_date(ends_on, lang));
        }
        if let (Some(next), Some(text)) = (self.bands.get(at + 1), &self.next) {
            let sentence = text
                .get(lang)
                .replace("{next_age}", &next.from.to_string())
                .replace("{next_amount}", &baht(next.satang));
            told = [told, sentence].join(if lang == Lang::Th { " " } else { ". " });
        }
        told
    }

    /// What is wrong with it, found when the service is loaded.
    pub fn faults(&self, form: &Questionnaire) -> Vec<String> {
        let mut faults = Vec::new();
        let mut needs = |id: &str, kind: Kind| {
            if !form.questions().any(|question| question.id == id && question.kind == kind) {
                faults.push(format!("the benefit needs a question {id} of the kind {kind:?}"));
            }
        };
        needs(&self.question, Kind::Date);
        if let Some(ceiling) = &self.ceiling {
            needs(&ceiling.total, Kind::Money);
            needs(&ceiling.members, Kind::WholeNumber);
        }
        let follows = |pair: &[Band]| pair[0].to.is_some_and(|to| to + 1 == pair[1].from);
        if self.bands.is_empty() || !self.bands.windows(2).all(follows) {
            faults.push("the bands of the benefit do not follow one another".to_owned());
        }
        faults
    }
}

impl Ceiling {
    fn warning(&self, answers: &Answers, lang: Lang) -> Option<String> {
        let number = |question: &str| answers.0.get(question).and_then(Json::as_i64);
        let average = number(&self.total)?.checked_div(number(&self.members)?)?;
        // Whole baht, rounded up, so that what is above the limit never reads as the limit itself.
        let shown = (average + 99) / 100 * 100;
        (average > self.satang).then(|| self.above.get(lang).replace("{average}", &baht(shown)))
    }
}

fn aged(age: i64, lang: Lang) -> String {
    match (age, lang) {
        (0, Lang::Th) => "ไม่ถึง 1".to_owned(),
        (0, Lang::En) => "under 1".to_owned(),
        _ => age.to_string(),
    }
}

fn birthday(birth: civil::Date, age: i64) -> Option<civil::Date> {
    birth.checked_add(jiff::Span::new().years(age)).ok()
}

#[cfg(test)]
mod tests {
    use engine::json;
    use jiff::civil::date;

    use super::*;

    const TODAY: civil::Date = date(2026, 11, 26);

    fn benefit(slug: &str) -> Benefit {
        let shipped = crate::service::shipped().unwrap();
        let service = shipped.into_iter().map(|offered| offered.service).find(|one| one.slug == slug);
        service.unwrap().benefit.unwrap()
    }

    fn born(benefit: &Benefit, day: civil::Date) -> Answers {
        Answers([(benefit.question.clone(), json!(day.to_string()))].into())
    }

    fn told(slug: &str, day: civil::Date) -> Option<(i64, String)> {
        let benefit = benefit(slug);
        let computed = benefit.compute(&born(&benefit, day), TODAY, Lang::Th)?;
        Some((computed.satang, computed.explanation))
    }

    fn satang(slug: &str, day: civil::Date) -> Option<i64> {
        told(slug, day).map(|(satang, _)| satang)
    }

    #[test]
    fn the_old_age_allowance_rises_on_the_birthdays_of_the_law() {
        let of = |day| satang("elderly-allowance", day);
        assert_eq!(of(date(1966, 11, 26)), Some(60000));
        assert_eq!(of(date(1956, 11, 27)), Some(60000));
        assert_eq!(of(date(1956, 11, 26)), Some(70000));
        assert_eq!(of(date(1946, 11, 26)), Some(80000));
        assert_eq!(of(date(1936, 11, 27)), Some(80000));
        assert_eq!(of(date(1936, 11, 26)), Some(100000));
        assert_eq!(of(date(1920, 1, 1)), Some(100000));
    }

    #[test]
    fn the_explanation_names_what_comes_next_while_there_is_more_to_come() {
        let of = |day| told("elderly-allowance", day).unwrap().1;
        assert!(of(date(1950, 1, 1)).contains("เมื่ออายุครบ 80 ปี จะได้รับเดือนละ 800 บาท"));
        assert!(!of(date(1930, 1, 1)).contains("เมื่ออายุครบ"));
    }

    #[test]
    fn who_registers_at_fifty_nine_is_told_when_the_allowance_begins() {
        let (satang, told) = told("elderly-allowance", date(1966, 11, 27)).unwrap();
        assert_eq!(satang, 60000);
        assert!(told.contains("อายุ 59 ปี") && told.contains("อายุครบ 60 ปี"), "{told}");
    }

    #[test]
    fn the_disability_allowance_is_higher_until_eighteen() {
        let of = |day| told("disability-allowance", day).unwrap();
        let (satang, child) = of(date(2008, 11, 27));
        assert_eq!(satang, 100000);
        assert!(child.contains("เมื่ออายุครบ 18 ปี จะได้รับเดือนละ 800 บาท"), "{child}");
        let (satang, grown) = of(date(2008, 11, 26));
        assert_eq!(satang, 80000);
        assert!(!grown.contains("เมื่ออายุครบ"), "{grown}");
        assert!(of(date(2026, 11, 1)).1.contains("อายุ ไม่ถึง 1 ปี"));
    }

    #[test]
    fn the_newborn_grant_ends_on_the_sixth_birthday() {
        let (satang, told) = told("newborn-grant", date(2026, 2, 9)).unwrap();
        assert_eq!(satang, 60000);
        assert!(told.contains("9 กุมภาพันธ์ 2575"), "{told}");
    }

    #[test]
    fn a_child_of_six_is_too_old_for_the_newborn_grant() {
        assert_eq!(satang("newborn-grant", date(2020, 11, 27)), Some(60000));
        assert_eq!(satang("newborn-grant", date(2020, 11, 26)), None);
    }

    #[test]
    fn a_household_above_the_limit_is_warned_and_one_at_the_limit_is_not() {
        let benefit = benefit("newborn-grant");
        let told = |income: i64, members: i64| {
            let mut answers = born(&benefit, date(2026, 2, 9));
            answers.0.insert("household_income".into(), json!(income));
            answers.0.insert("household_members".into(), json!(members));
            benefit.compute(&answers, TODAY, Lang::Th).unwrap().explanation
        };
        assert!(told(30_000_000, 3).contains("600 บาท"));
        assert!(told(30_000_100, 3).contains("100,001 บาท"));
        assert!(told(48_000_000, 4).contains("120,000 บาท"));
    }

    #[test]
    fn nothing_is_computed_before_the_birthday_is_known() {
        let benefit = benefit("newborn-grant");
        assert_eq!(benefit.compute(&Answers::default(), TODAY, Lang::En), None);
    }

    #[test]
    fn full_years_are_counted_on_the_birthday_itself() {
        assert_eq!(age_on(date(1964, 2, 29), date(2025, 2, 28)), 60);
        assert_eq!(age_on(date(1964, 2, 29), date(2025, 3, 1)), 61);
        assert_eq!(age_on(TODAY, TODAY), 0);
    }
}
