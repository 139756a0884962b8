//! Numbers and secrets of cases, as people read them aloud and type them.

#![allow(clippy::unwrap_used)]

use casework::case::{new_number, new_secret, normalised_number, secret_fingerprint};
use engine::civil::date;
use engine::thai::thai_digits;
use proptest::prelude::*;

/// What people put between the signs: nothing, spaces, dashes of any kind.
fn spread(text: &str, between: &[&str]) -> String {
    text.chars()
        .filter(char::is_ascii_alphanumeric)
        .zip(between.iter().cycle())
        .map(|(sign, gap)| format!("{sign}{gap}"))
        .collect()
}

fn gaps() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(vec!["", "", " ", "-", "–", "\u{a0}", ".", " - "]), 1..12)
}

proptest! {
    #[test]
    fn a_number_is_known_however_it_is_typed(year in 2020i16..2090, between in gaps(), thai: bool) {
        let number = new_number(date(year, 6, 1));
        let mut typed = spread(&number, &between);
        if thai { typed = thai_digits(&typed); }
        prop_assert_eq!(normalised_number(&typed), number.clone());
        let start = format!("{:02}-", (year + 543) % 100);
        prop_assert!(number.starts_with(&start));
        prop_assert_eq!(normalised_number(&normalised_number(&typed)), number);
    }

    #[test]
    fn a_secret_is_known_however_it_is_typed(between in gaps(), small: bool) {
        let secret = new_secret();
        let mut typed = spread(&secret, &between);
        if small { typed = typed.to_lowercase(); }
        prop_assert_eq!(secret_fingerprint(&typed), secret_fingerprint(&secret));
    }

    #[test]
    fn another_secret_is_another_secret(at in 0usize..12, other in "[23456789ABCDEFGHJKMNPQRSTVWXYZ]") {
        let secret = new_secret().replace('-', "");
        let mut wrong = secret.clone();
        wrong.replace_range(at..=at, &other);
        prop_assert_eq!(secret_fingerprint(&wrong) == secret_fingerprint(&secret), wrong == secret);
        prop_assert_ne!(secret_fingerprint(&secret[1..]), secret_fingerprint(&secret));
    }

    #[test]
    fn nothing_that_is_typed_for_a_number_does_harm(text in any::<String>()) {
        let number = normalised_number(&text);
        prop_assert!(number.chars().all(|sign| sign.is_ascii_digit() || sign == '-'));
        let _ = secret_fingerprint(&text);
    }
}

/// Read aloud, no sign of a secret is taken for another; and no two are the same.
#[test]
fn secrets_are_easy_to_read_and_hard_to_guess() {
    let all: std::collections::BTreeSet<String> = (0..2000).map(|_| new_secret()).collect();
    assert_eq!(all.len(), 2000);
    for secret in &all {
        assert_eq!((secret.len(), secret.matches('-').count()), (14, 2));
        assert!(!secret.contains(['0', 'O', '1', 'I', 'L', 'U']), "{secret}");
    }
    let first: std::collections::BTreeSet<char> = all.iter().map(|one| one.chars().next().unwrap()).collect();
    assert_eq!(first.len(), 30, "every sign of the alphabet begins one");
}
