//! Thai is written without spaces, so a line may only end where a dictionary knows a word ends.
//! The typesetter guesses word ends with a trained model that now and then cuts a word in two
//! (พฤศจิกาย|น), or joins words that are two. Here every word it would cut is put between two
//! marks, which the templates turn into a box that stays whole, and where it joins stands a third,
//! a place to end a line. The text itself, when copied or searched, is untouched.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use serde_json::Value;

const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';
const END: char = '\u{E002}';

/// What a box looks like to the typesetter when it looks for line ends.
const BOX: char = '\u{FFFC}';
const ROUNDS: usize = 4;
/// A longer run is no word: better cut than pushed over the edge of the sheet.
const LONGEST_WORD: usize = 28;
/// Shorter words are joined to their neighbours more often rightly than wrongly.
const PARTED_FROM: usize = 4;

const MONTHS: [&str; 12] = [
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

static KNOWN: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_dictionary(LineBreakOptions::default()));

/// The very one the typesetter uses, so that we see what it would do.
static GUESSED: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_lstm(LineBreakOptions::default()));

/// Prepares every text of a document. A line never ends inside one of the `names`.
pub fn keep_whole(value: &mut Value, names: &[String]) {
    match value {
        Value::String(text) => *text = marked(text, names),
        Value::Array(items) => items.iter_mut().for_each(|item| keep_whole(item, names)),
        Value::Object(fields) => fields.values_mut().for_each(|field| keep_whole(field, names)),
        _ => {}
    }
}

/// The text with marks round the words that would be cut, and between those that would be joined.
fn marked(text: &str, names: &[String]) -> String {
    let text = day_with_month(printable(text));
    let mut words = words(&text, names);
    part_joined(&mut words);
    for _ in 0..ROUNDS {
        if !find_cut(&mut words) {
            break;
        }
    }
    words.iter().map(Word::written).collect()
}

/// A piece of text after which a line may end, with the space that follows it.
struct Word<'a> {
    text: &'a str,
    /// The model would cut it: to be boxed.
    whole: bool,
    /// The model would join it to the next: to be parted.
    parted: bool,
}

impl Word<'_> {
    fn bare(&self) -> &str {
        self.text.trim_end()
    }

    fn space_after(&self) -> &str {
        &self.text[self.bare().len()..]
    }

    fn letters(&self) -> usize {
        self.bare().chars().count()
    }

    /// As the model will see it: boxes and places to end are no letters.
    fn seen(&self, line: &mut String) {
        if self.whole {
            line.push(BOX);
            line.push_str(self.space_after());
        } else {
            line.push_str(self.text);
        }
        if self.parted {
            line.push(' ');
        }
    }

    fn written(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 9);
        if self.whole {
            out.extend([OPEN]);
            out.push_str(self.bare());
            out.extend([CLOSE]);
            out.push_str(self.space_after());
        } else if self.letters() > 2 * LONGEST_WORD && !self.text.contains("://") {
            out.push_str(&in_pieces(self.text));
        } else {
            out.push_str(self.text);
        }
        out.extend(self.parted.then_some(END));
        out
    }
}

fn in_pieces(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let pieces: Vec<String> = letters.chunks(LONGEST_WORD).map(|piece| piece.iter().collect()).collect();
    pieces.join("\u{200B}")
}

/// Without what has no place on paper: control characters, direction overrides, our own marks.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|letter| match *letter {
            '\n' => true,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => false,
            OPEN | CLOSE | END | BOX => false,
            other => !other.is_control(),
        })
        .collect()
}

/// A day stays on the line of its month.
fn day_with_month(mut text: String) -> String {
    for month in MONTHS {
        for digit in "0123456789๐๑๒๓๔๕๖๗๘๙".chars() {
            if text.contains(month) {
                text = text.replace(&format!("{digit} {month}"), &format!("{digit}\u{A0}{month}"));
            }
        }
    }
    text
}

/// The text cut wherever the dictionary lets a line end, save inside names.
fn words<'a>(text: &'a str, names: &[String]) -> Vec<Word<'a>> {
    let inside: Vec<Range<usize>> = names
        .iter()
        .flat_map(|name| text.match_indices(name.as_str()))
        .map(|(start, name)| start + 1..start + name.len())
        .collect();
    let named = |end: &usize| inside.iter().any(|name| name.contains(end));
    let ends: Vec<usize> = KNOWN.segment_str(text).filter(|end| !named(end)).collect();
    ends.windows(2)
        .filter_map(|pair| text.get(pair[0]..pair[1]))
        .map(|text| Word { text, whole: false, parted: false })
        .collect()
}

/// Where each word would stand on one long line, and where the model would end lines in it.
fn guess(words: &[Word<'_>]) -> (Vec<Range<usize>>, Vec<usize>) {
    let mut line = String::new();
    let mut spans = Vec::with_capacity(words.len());
    for word in words {
        let start = line.len();
        word.seen(&mut line);
        spans.push(start..line.len());
    }
    (spans, GUESSED.segment_str(&line).collect())
}

fn part_joined(words: &mut [Word<'_>]) {
    let (spans, ends) = guess(words);
    for (index, span) in spans.iter().enumerate().take(words.len().saturating_sub(1)) {
        let long = words[index].letters() >= PARTED_FROM && words[index + 1].letters() >= PARTED_FROM;
        words[index].parted = long && ends.binary_search(&span.end).is_err();
    }
}

/// Marks the words the model would cut. A box changes what the model sees beside it, hence rounds.
fn find_cut(words: &mut [Word<'_>]) -> bool {
    let (spans, ends) = guess(words);
    let mut found = false;
    for (word, span) in words.iter_mut().zip(spans) {
        let inside = span.start + 1..span.start + word.bare().len();
        let cut = !word.whole && ends.iter().any(|end| inside.contains(end));
        if cut && word.letters() <= LONGEST_WORD {
            word.whole = true;
            found = true;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn a_month_is_never_cut() {
        let text = marked("คำขอลงทะเบียนรับเงินเบี้ยยังชีพผู้สูงอายุ ลงวันที่ 3 พฤศจิกายน 2569", &[]);
        assert!(text.contains("\u{E000}3\u{A0}พฤศจิกายน\u{E001} 2569"), "{text:?}");
    }

    #[test]
    fn a_name_is_never_cut() {
        let names = ["ศาลาทอง".to_owned()];
        let text = marked("คำขอต่อเทศบาลตำบลศาลาทอง เมื่อวันที่", &names);
        assert!(text.contains("ศาลาทอง"), "{text:?}");
        let words = words("เทศบาลตำบลศาลาทอง เมื่อ", &names);
        assert!(words.iter().any(|word| word.bare() == "ศาลาทอง"));
    }

    #[test]
    fn marks_change_nothing_else() {
        let text = "จังหวัดขอนแก่น (พฤศจิกายน) ๆ ฯลฯ #[x] $ @ <a> \\ ABC\nบรรทัดใหม่";
        let bare: String = marked(text, &[]).chars().filter(|c| ![OPEN, CLOSE, END].contains(c)).collect();
        assert_eq!(bare, text);
    }

    #[test]
    fn what_has_no_place_on_paper_is_left_out() {
        assert_eq!(marked("a\u{0}b\u{202E}c\u{E000}d\u{E001}\u{E002}", &[]), "abcd");
    }

    #[test]
    fn an_endless_word_may_be_cut() {
        assert!(marked(&"a".repeat(300), &[]).contains('\u{200B}'));
    }
}
