//! Words of a text for an index: Thai is written without spaces, so a dictionary finds the words,
//! and what is joined from several words is found by each of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};

use crate::thai::arabic_digits;
use crate::{Result, Source, TownId, Tx, params};

static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// What is kept of a word.
pub const COLUMNS: &str = "engine_search_words (municipality, kind, word, subject)";

/// Words in order, lower case, with Arabic digits; signs and spaces left out.
pub fn words(text: &str) -> Vec<String> {
    let text = arabic_digits(text).to_lowercase();
    let breaks: Vec<usize> = SEGMENTER.segment_str(&text).collect();
    breaks
        .windows(2)
        .map(|pair| &text[pair[0]..pair[1]])
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

/// Whether every word asked for stands in the text, or runs together there with its neighbours.
pub fn found_in(text: &str, asked: &str) -> bool {
    let text = arabic_digits(text).to_lowercase();
    words(asked).iter().all(|word| text.contains(word.as_str()))
}

/// Puts the words of a text under a subject. Subjects sort by time, newest last.
pub async fn index(tx: &mut Tx, kind: &str, subject: &str, text: &str) -> Result<()> {
    let town = tx.town().clone();
    let distinct: BTreeSet<String> = words(text).into_iter().collect();
    let rows: Vec<_> = distinct.into_iter().map(|word| params![&town, kind, word, subject]).collect();
    tx.insert_missing(COLUMNS, &rows).await
}

/// Subjects that hold every word asked for, newest first, a page from before the cursor. Served
/// from the index alone; the rarest words should come first, which the longest mostly are.
pub async fn find(
    db: &mut impl Source,
    town: &TownId,
    kind: &str,
    asked: &str,
    before: Option<&str>,
    limit: usize,
) -> Result<Vec<String>> {
    let mut wanted = words(asked);
    wanted.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    wanted.dedup();
    wanted.truncate(6);
    let Some((first, rest)) = wanted.split_first() else { return Ok(Vec::new()) };
    let mut sql = String::from(
        "SELECT w.subject FROM engine_search_words w
         WHERE w.municipality = $1 AND w.kind = $2 AND w.word = $3 AND w.subject < $4",
    );
    let mut params = params![town, kind, first.as_str(), before.unwrap_or(crate::list::LAST), limit];
    for word in rest {
        params.push(word.as_str().into());
        sql.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM engine_search_words o WHERE o.municipality = $1
               AND o.kind = $2 AND o.word = ${} AND o.subject = w.subject)",
            params.len()
        ));
    }
    sql.push_str(" ORDER BY w.subject DESC LIMIT $5");
    db.rows(&sql, params).await?.iter().map(|row| row.text("subject")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_inside_unspaced_thai_is_found() {
        assert!(words("ขอรับเบี้ยยังชีพผู้สูงอายุ").iter().any(|word| word.contains("สูงอายุ") || word == "ผู้"));
        assert!(found_in("ขอซ่อมไฟฟ้าสาธารณะริมทาง", "ไฟฟ้า"));
        assert!(!found_in("ขอซ่อมไฟฟ้าสาธารณะริมทาง", "น้ำประปา"));
    }

    #[test]
    fn thai_digits_and_capitals_do_not_hide_a_word() {
        assert_eq!(words("เลขที่ ๑๒ Case"), words("เลขที่ 12 case"));
    }
}
