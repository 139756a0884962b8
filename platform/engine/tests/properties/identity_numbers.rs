//! The check digit of national identity numbers: what it catches, and what it cannot.

use engine::thai::{format_national_id, is_national_id};
use proptest::prelude::*;

/// The remainder that the check digit is made of; the weights are 13 to 2.
fn remainder(twelve: &[u32]) -> u32 {
    twelve.iter().zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
}

fn number(twelve: &[u32]) -> Vec<u32> {
    let mut all = twelve.to_vec();
    all.push((11 - remainder(twelve)) % 10);
    all
}

fn spelled(digits: &[u32]) -> String {
    digits.iter().map(u32::to_string).collect()
}

/// Two remainders share a check digit: 0 and 10 both give 1.
fn share_a_digit(one: &[u32], other: &[u32]) -> bool {
    let both = [remainder(&one[..12]), remainder(&other[..12])];
    both[0] == both[1] || both == [0, 10] || both == [10, 0]
}

proptest! {
    #[test]
    fn every_wrong_digit_is_caught_but_where_the_formula_is_blind(first in prop::collection::vec(0u32..10, 12)) {
        let right = number(&first);
        prop_assert!(is_national_id(&spelled(&right)));
        for at in 0..13 {
            for by in 1..10 {
                let mut wrong = right.clone();
                wrong[at] = (wrong[at] + by) % 10;
                // The third digit weighs 11, which is nothing modulo 11; the last one is the check itself.
                let blind = at == 2 || (at < 12 && share_a_digit(&right, &wrong));
                prop_assert_eq!(is_national_id(&spelled(&wrong)), blind, "digit {} of {:?}", at, right);
            }
        }
    }

    #[test]
    fn two_digits_the_wrong_way_round_are_caught_but_where_the_formula_is_blind(
        first in prop::collection::vec(0u32..10, 12)
    ) {
        let right = number(&first);
        for at in (0..11).filter(|at| right[*at] != right[at + 1]) {
            let mut wrong = right.clone();
            wrong.swap(at, at + 1);
            prop_assert_eq!(is_national_id(&spelled(&wrong)), share_a_digit(&right, &wrong));
        }
    }

    #[test]
    fn a_number_may_begin_with_nought(rest in prop::collection::vec(0u32..10, 11)) {
        let first: Vec<u32> = std::iter::once(0).chain(rest).collect();
        let id = spelled(&number(&first));
        prop_assert!(id.starts_with('0') && is_national_id(&id));
        prop_assert_eq!(format_national_id(&id).replace('-', ""), id);
    }

    #[test]
    fn nothing_but_thirteen_digits_is_a_number(text in "[0-9๐-๙a-z -]{0,20}") {
        let plain = text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert!(plain || !is_national_id(&text));
    }
}

/// So that "blind" above is not the rule: nine in ten are caught.
#[test]
fn most_mistakes_are_caught() {
    let (mut tried, mut missed) = (0, 0);
    for seed in 0..2000u64 {
        let first: Vec<u32> = (0..12).map(|at| ((seed * 7919 + 13) >> at) as u32 % 10).collect();
        let right = number(&first);
        for at in (0..11).filter(|at| right[*at] != right[at + 1]) {
            let mut wrong = right.clone();
            wrong.swap(at, at + 1);
            tried += 1;
            missed += usize::from(is_national_id(&spelled(&wrong)));
        }
    }
    assert!(tried > 10_000 && missed * 10 < tried, "{missed} of {tried} were missed");
}
