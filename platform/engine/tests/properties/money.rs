//! Money and digits there and back, and nothing else taken for money.

use engine::thai::{arabic_digits, baht, parse_baht, thai_digits};
use proptest::prelude::*;

proptest! {
    #[test]
    fn money_survives_however_it_is_typed(
        satang in 0i64..100_000_000_000_000, thai: bool, spaced: bool, plain: bool
    ) {
        let mut typed = baht(satang);
        if plain { typed = typed.replace(',', ""); }
        if spaced { typed = typed.replace(',', " "); }
        if thai { typed = thai_digits(&typed); }
        prop_assert_eq!(parse_baht(&typed), Some(satang), "{}", typed);
    }

    #[test]
    fn satang_may_be_left_off_or_written_with_one_digit(whole in 0i64..1_000_000_000, tenths in 0i64..10) {
        prop_assert_eq!(parse_baht(&format!("{whole}")), Some(whole * 100));
        prop_assert_eq!(parse_baht(&format!("{whole}.{tenths}")), Some(whole * 100 + tenths * 10));
        prop_assert_eq!(parse_baht(&format!("{whole}.{tenths}0")), Some(whole * 100 + tenths * 10));
    }

    #[test]
    fn a_third_digit_a_sign_or_a_letter_is_no_money(whole in 0i64..1_000_000, rest in 100i64..1000, sign in "[-+e%$a-zก-ฮ]") {
        for typed in [format!("{whole}.{rest}"), format!("{sign}{whole}"), format!("{whole}{sign}"), format!("{whole}.{rest}.1")] {
            prop_assert_eq!(parse_baht(&typed), None, "{}", typed);
        }
    }

    #[test]
    fn no_text_is_too_odd_to_be_refused(text in any::<String>()) {
        if let Some(satang) = parse_baht(&text) {
            prop_assert!(satang >= 0);
            prop_assert_eq!(parse_baht(&baht(satang)), Some(satang));
        }
    }

    #[test]
    fn thousands_are_told_apart(satang in any::<i64>()) {
        let written = baht(satang);
        let whole = written.trim_start_matches('-').split('.').next().unwrap();
        let groups: Vec<&str> = whole.split(',').collect();
        prop_assert!((1..=3).contains(&groups[0].len()));
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3), "{}", written);
        prop_assert_eq!(whole.replace(',', ""), (satang / 100).unsigned_abs().to_string());
    }

    #[test]
    fn digits_alone_are_changed(text in any::<String>()) {
        let thai_free: String = text.chars().filter(|sign| !('๐'..='๙').contains(sign)).collect();
        prop_assert_eq!(arabic_digits(&thai_digits(&thai_free)), thai_free);
        prop_assert!(!arabic_digits(&text).chars().any(|sign| ('๐'..='๙').contains(&sign)));
    }
}
