//! What goes on paper: the letter that answers and the receipt of an application.
//! Every text is already worded in the reader's language; the printing itself is in `machinery`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// หนังสือภายนอก: the official letter of the regulation on correspondence. Always in Thai.
/// Digits may be Arabic here: the press sets Thai ones, save in addresses of the internet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// The emblem above the letter, an SVG drawing; the place stays empty without one. Not kept with
    /// each paper: the press takes it from the municipality.
    #[serde(skip)]
    pub emblem_svg: Option<String>,
    /// What the emblem shows, for those who hear the document.
    pub emblem_name: String,
    /// When the paper was made: the date within the file. Without it the file is not archival.
    pub issued_on: Option<Date>,
    /// ที่, without the word itself: `ขก 54001/123`.
    pub number: String,
    /// The agency that owns the letter, then its address, a line each.
    pub agency: String,
    pub agency_address: Vec<String>,
    /// `23 พฤศจิกายน 2569`
    pub date: String,
    /// เรื่อง
    pub subject: String,
    /// เรียน
    pub addressee: String,
    /// อ้างถึง
    pub references: Vec<String>,
    /// สิ่งที่ส่งมาด้วย
    pub enclosures: Vec<String>,
    pub paragraphs: Vec<String>,
    /// คำลงท้าย; empty means ขอแสดงความนับถือ.
    pub closing: String,
    /// What stands where a hand would sign: `ลงลายมือชื่ออิเล็กทรอนิกส์`. Empty leaves room for ink.
    pub signature_note: String,
    /// Full name with its title, without the brackets.
    pub signer_name: String,
    /// Position, a line each: acting officers have two.
    pub signer_position: Vec<String>,
    /// ส่วนราชการเจ้าของเรื่อง and how to reach it.
    pub unit: String,
    pub telephone: String,
    pub email: String,
    pub verification: Verification,
}

/// ใบรับคำขอ: what an applicant holds as proof of having applied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    /// `th` or `en`: decides how lines are broken and how a screen reader speaks.
    pub lang: String,
    /// As in [`Letter`].
    #[serde(skip)]
    pub emblem_svg: Option<String>,
    pub emblem_name: String,
    /// When the paper was made, as in [`Letter`].
    pub issued_on: Option<Date>,
    pub agency: String,
    pub agency_address: Vec<String>,
    /// `ใบรับคำขอ`
    pub title: String,
    /// The number of the case, set large, under its label.
    pub number: Labelled,
    /// Service, applicant, received on, due on, channel … in this order.
    pub facts: Vec<Labelled>,
    pub documents: Section<String>,
    pub answers: Section<Labelled>,
    /// How to follow the case, a sentence each.
    pub follow: Section<String>,
    /// Small print below: who to ask, what the receipt is not.
    pub notes: Vec<String>,
    pub verification: Verification,
}

/// A label and what it labels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    pub label: String,
    pub value: String,
}

impl Labelled {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A headed list; left out altogether when it holds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section<T> {
    pub heading: String,
    pub items: Vec<T>,
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Self { heading: String::new(), items: Vec::new() }
    }
}

impl<T> Section<T> {
    pub fn new(heading: impl Into<String>, items: Vec<T>) -> Self {
        Self { heading: heading.into(), items }
    }
}

/// Where anyone may see that the paper is genuine. Printed as a QR code with a line beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verification {
    /// The full address the code leads to. Empty: no code is printed.
    pub url: String,
    /// What one finds there, in a few words: `ตรวจสอบเอกสารนี้ได้ที่`.
    pub note: String,
    /// A short code to type by hand; may be empty.
    pub code: String,
}
