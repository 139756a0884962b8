//! Thai forms of numbers, dates, money and identity numbers.

use jiff::{Timestamp, civil};

use crate::Lang;
use crate::clock::TimeZoneOfOffice;

/// ๐-๙ become 0-9; everything else stays.
pub fn arabic_digits(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '๐'..='๙' => char::from(b'0' + (sign as u32 - '๐' as u32) as u8),
            other => other,
        })
        .collect()
}

/// 0-9 become ๐-๙, as official letters are written.
pub fn thai_digits(text: &str) -> String {
    text.chars()
        .map(|sign| match sign.to_digit(10) {
            Some(digit) if sign.is_ascii_digit() => char::from_u32('๐' as u32 + digit).unwrap_or(sign),
            _ => sign,
        })
        .collect()
}

const MONTHS_TH: [&str; 12] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];
const MONTHS_TH_SHORT: [&str; 12] =
    ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Buddhist years are 543 ahead of the common era.
pub const BUDDHIST_OFFSET: i16 = 543;

pub fn buddhist_year(day: civil::Date) -> i16 {
    day.year() + BUDDHIST_OFFSET
}

fn month<'a>(names: &[&'a str; 12], day: civil::Date) -> &'a str {
    usize::try_from(day.month() - 1).ok().and_then(|at| names.get(at)).copied().unwrap_or_default()
}

/// `23 พฤศจิกายน 2569`; in English the year of the common era follows: `23 November 2026`.
pub fn long_date(day: civil::Date, lang: Lang) -> String {
    match lang {
        Lang::Th => format!("{} {} {}", day.day(), month(&MONTHS_TH, day), buddhist_year(day)),
        Lang::En => format!("{} {} {}", day.day(), month(&MONTHS_EN, day), day.year()),
    }
}

/// `23 พ.ย. 69`, `23 Nov 2026`
pub fn short_date(day: civil::Date, lang: Lang) -> String {
    match lang {
        Lang::Th => format!("{} {} {:02}", day.day(), month(&MONTHS_TH_SHORT, day), buddhist_year(day) % 100),
        Lang::En => format!("{} {} {}", day.day(), &month(&MONTHS_EN, day)[..3], day.year()),
    }
}

/// `23 พ.ย. 69 14.05 น.`, `23 Nov 2026 14:05`
pub fn moment(at: Timestamp, lang: Lang) -> String {
    let local = TimeZoneOfOffice::get().to_datetime(at);
    let day = short_date(local.date(), lang);
    match lang {
        Lang::Th => format!("{day} {:02}.{:02} น.", local.hour(), local.minute()),
        Lang::En => format!("{day} {:02}:{:02}", local.hour(), local.minute()),
    }
}

/// Day, month and Buddhist year as typed in three fields; else the field that is wrong and the key of
/// what to say of it.
pub fn parse_day(parts: [&str; 3]) -> Result<civil::Date, (&'static str, &'static str)> {
    let number = |text: &str| arabic_digits(text.trim()).parse::<i16>().ok();
    let year = number(parts[2]).ok_or(("year", "problem-date"))?;
    if !(2400..=2700).contains(&year) {
        return Err(("year", "problem-buddhist-year"));
    }
    let small = |text: &str| number(text).and_then(|number| i8::try_from(number).ok());
    small(parts[0])
        .zip(small(parts[1]))
        .and_then(|(day, month)| civil::Date::new(year - BUDDHIST_OFFSET, month, day).ok())
        .ok_or(("day", "problem-date"))
}

/// Satang as baht: `1,234.50`; whole baht without decimals.
pub fn baht(satang: i64) -> String {
    let whole = (satang / 100).unsigned_abs().to_string();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if satang < 0 { "-" } else { "" };
    match satang.unsigned_abs() % 100 {
        0 => format!("{sign}{grouped}"),
        rest => format!("{sign}{grouped}.{rest:02}"),
    }
}

/// Baht as typed (`1,234.5`, Thai digits too) in satang, without ever passing through a float.
pub fn parse_baht(text: &str) -> Option<i64> {
    let clean = arabic_digits(text).replace([',', ' '], "");
    let (whole, rest) = clean.split_once('.').unwrap_or((&clean, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || rest.len() > 2 || !digits(whole) || !digits(rest) {
        return None;
    }
    let satang: i64 = format!("{rest:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(satang)
}

/// Thirteen digits whose last one fits the rest. Numbers of persons without status begin with 0
/// and follow the same rule. Check digit: (11 − Σ dᵢ·(14−i) mod 11) mod 10 over the first twelve.
pub fn is_national_id(digits: &str) -> bool {
    let numbers: Vec<u32> = digits.chars().filter_map(|sign| sign.to_digit(10)).collect();
    if digits.len() != 13 || numbers.len() != 13 {
        return false;
    }
    let sum: u32 = numbers.iter().take(12).zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum();
    numbers[12] == (11 - sum % 11) % 10
}

/// `1-2345-67890-12-3`
pub fn format_national_id(digits: &str) -> String {
    if digits.len() != 13 || !digits.is_ascii() {
        return digits.to_owned();
    }
    let part = |from: usize, to: usize| &digits[from..to];
    [part(0, 1), part(1, 5), part(5, 10), part(10, 12), part(12, 13)].join("-")
}

/// `X-XXXX-XXXX5-63-5`: the last four digits, by which a person knows their own number again.
pub fn masked_national_id(digits: &str) -> String {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let shown = digits.len().saturating_sub(4);
    let masked: String =
        digits.chars().enumerate().map(|(at, digit)| if at < shown { 'X' } else { digit }).collect();
    format_national_id(&masked)
}

/// `0 4300 0111`, `08 1234 5678`
pub fn format_telephone(digits: &str) -> String {
    if !digits.is_ascii() || !(9..=10).contains(&digits.len()) {
        return digits.to_owned();
    }
    let (area, rest) = digits.split_at(digits.len() - 8);
    format!("{area} {} {}", &rest[..4], &rest[4..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_is_written_in_the_buddhist_year() {
        let day = civil::date(2026, 11, 23);
        assert_eq!(long_date(day, Lang::Th), "23 พฤศจิกายน 2569");
        assert_eq!(short_date(day, Lang::Th), "23 พ.ย. 69");
        assert_eq!(long_date(day, Lang::En), "23 November 2026");
    }

    #[test]
    fn known_identity_numbers_fit_their_check_digit() {
        assert!(is_national_id("3100600445635"));
        assert!(!is_national_id("3100600445636"));
        assert!(!is_national_id("310060044563"));
        assert_eq!(format_national_id("3100600445635"), "3-1006-00445-63-5");
        assert_eq!(masked_national_id("3-1006-00445-63-5"), "X-XXXX-XXXX5-63-5");
    }

    #[test]
    fn a_telephone_number_is_grouped_to_be_read_aloud() {
        assert_eq!(format_telephone("043000111"), "0 4300 0111");
        assert_eq!(format_telephone("0812345678"), "08 1234 5678");
    }

    proptest! {
        #[test]
        fn one_wrong_digit_of_an_identity_number_is_caught_as_far_as_the_formula_reaches(
            first in prop::collection::vec(0u32..10, 12), at in 0usize..12, by in 1u32..10
        ) {
            let remainder = |digits: &[u32]| {
                digits.iter().zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
            };
            let spelled = |digits: &[u32]| {
                let check = (11 - remainder(digits)) % 10;
                digits.iter().chain([&check]).map(u32::to_string).collect::<String>()
            };
            let mut wrong = first.clone();
            wrong[at] = (wrong[at] + by) % 10;
            let altered = spelled(&wrong)[..12].to_owned() + &spelled(&first)[12..];
            prop_assert!(is_national_id(&spelled(&first)));
            // The third digit weighs 11, which is nothing modulo 11; remainders 0 and 10 share a check digit.
            let mut twins = [remainder(&first), remainder(&wrong)];
            twins.sort_unstable();
            prop_assert_eq!(is_national_id(&altered), at == 2 || twins == [0, 10]);
        }

        #[test]
        fn money_survives_being_written_and_read(satang in 0i64..1_000_000_000_000) {
            prop_assert_eq!(parse_baht(&baht(satang)), Some(satang));
            prop_assert_eq!(parse_baht(&thai_digits(&baht(satang))), Some(satang));
        }

        #[test]
        fn digits_survive_the_way_there_and_back(text in "[0-9a-zก-ฮ ]{0,40}") {
            prop_assert_eq!(arabic_digits(&thai_digits(&text)), text);
        }
    }
}
