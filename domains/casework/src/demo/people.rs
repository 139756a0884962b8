//! Residents of the demo town, made up from common names.

use engine::{Lang, civil};
use serde::Deserialize;

use super::dice::Dice;

#[derive(Deserialize)]
pub struct Names {
    men: Vec<String>,
    women: Vec<String>,
    families: Vec<String>,
    pub banks: Vec<String>,
    nicknames: Vec<String>,
    /// How many villages the town has.
    #[serde(skip)]
    pub villages: i64,
}

#[derive(Clone)]
pub struct Resident {
    pub name: String,
    pub woman: bool,
    pub born: civil::Date,
    pub national_id: String,
    pub telephone: String,
    pub email: String,
    pub village: i64,
    pub house: String,
    pub lang: Lang,
}

impl Names {
    pub fn resident(&self, dice: &mut Dice, (youngest, oldest): (i64, i64), today: civil::Date) -> Resident {
        let woman = dice.percent(56);
        let age = dice_age(dice, youngest, oldest);
        let born = birthday(dice, today, age);
        let name = self.name(dice, woman, today.year() - born.year());
        let nickname = dice.pick(&self.nicknames).map_or("", String::as_str);
        let email = format!("{nickname}{}@mail.example", engine::thai::buddhist_year(born));
        let email = if dice.percent(30) { email } else { String::new() };
        Resident { name, woman, born, email, ..self.someone(dice, today) }
    }

    pub fn name(&self, dice: &mut Dice, woman: bool, age: i16) -> String {
        let title = match woman {
            false => "นาย",
            true if age < 30 || dice.percent(25) => "นางสาว",
            true => "นาง",
        };
        let first = dice.pick(if woman { &self.women } else { &self.men }).map_or("", String::as_str);
        let family = dice.pick(&self.families).map_or("", String::as_str);
        format!("{title}{first} {family}")
    }

    /// All that does not depend on who it is.
    pub fn someone(&self, dice: &mut Dice, today: civil::Date) -> Resident {
        let telephone = telephone(dice);
        let village = dice.between(1, self.villages.max(1));
        let house = match dice.percent(30) {
            true => format!("{}/{}", dice.between(1, 260), dice.between(1, 9)),
            false => dice.between(1, 260).to_string(),
        };
        Resident {
            name: String::new(),
            woman: false,
            born: today,
            national_id: national_id(dice),
            telephone,
            email: String::new(),
            village,
            house,
            lang: Lang::Th,
        }
    }
}

fn dice_age(dice: &mut Dice, youngest: i64, oldest: i64) -> i64 {
    // Two throws: most are of middling age within the span.
    (dice.between(youngest, oldest) + dice.between(youngest, oldest)) / 2
}

pub fn birthday(dice: &mut Dice, today: civil::Date, age: i64) -> civil::Date {
    let year = i64::from(today.year()) - age - 1;
    let day = civil::date(i16::try_from(year).unwrap_or(1960), 1, 1);
    day.checked_add(jiff::Span::new().days(dice.between(0, 364))).unwrap_or(day)
}

fn telephone(dice: &mut Dice) -> String {
    let start = dice.pick(&["081", "084", "085", "086", "087", "089", "061", "062", "093", "098"]);
    format!("{}{:07}", start.unwrap_or(&"081"), dice.below(10_000_000))
}

/// Twelve digits of Khon Kaen with the digit that checks them.
pub fn national_id(dice: &mut Dice) -> String {
    let start = dice.pick(&["3", "3", "5", "1"]).unwrap_or(&"3");
    let twelve = format!("{start}40{:02}{:07}", dice.between(1, 26), dice.below(10_000_000));
    let digits = twelve.bytes().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits.zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum();
    format!("{twelve}{}", (11 - sum % 11) % 10)
}

impl Resident {
    /// A text with the places that only this one can fill.
    pub fn filled(&self, text: &str) -> String {
        text.replace("{village}", &self.village.to_string())
            .replace("{house}", &self.house)
            .replace("{ka}", if self.woman { "ค่ะ" } else { "ครับ" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_identity_numbers_fit_their_check_digit() {
        let mut dice = Dice::new(1);
        for _ in 0..500 {
            assert!(engine::thai::is_national_id(&national_id(&mut dice)));
        }
    }
}
