//! What casework prints: the letter that answers, and the receipt of an application. Pure wording
//! around data; the press is elsewhere.

use engine::documents::{self, Labelled, Letter, Paper, Receipt, Section, Verification};
use engine::files::{self, File};
use engine::thai::{baht, format_telephone, long_date, masked_national_id};
use engine::workflow::Outcome;
use engine::{Lang, Result, Town, Tx, civil};

use crate::case::Case;
use crate::service::{Offered, PLACEHOLDERS};

/// Numbers and keeps the letter in the transaction of the decision.
pub async fn issue_letter(town: &Town, tx: &mut Tx, case: &Case, offered: &Offered) -> Result<()> {
    let reserved = documents::reserve(tx, &town.profile().letter_code).await?;
    let letter = letter(town, case, offered, &reserved, tx.today());
    documents::issue(tx, &case.subject(), reserved, &Paper::Letter(letter)).await.map(drop)
}

/// The letter as it would be sent, before it has a number.
pub fn preview(town: &Town, case: &Case, offered: &Offered, today: civil::Date) -> Letter {
    let none = documents::Reserved { number: String::new(), code: String::new() };
    letter(town, case, offered, &none, today)
}

pub async fn issue_receipt(town: &Town, tx: &mut Tx, case: &Case, offered: &Offered) -> Result<()> {
    let reserved = documents::reserve(tx, "R").await?;
    let mut files = files::of_subject(tx, town.id(), &case.subject()).await?;
    files.retain(|file| offered.service.form.files(&case.answers).any(|id| id == file.id));
    let receipt = receipt(town, case, offered, &reserved, &files);
    documents::issue(tx, &case.subject(), reserved, &Paper::Receipt(receipt)).await.map(drop)
}

fn verification(town: &Town, lang: Lang, code: &str) -> Verification {
    Verification {
        url: town.url(&format!("/documents/{code}")),
        note: town.words().get(lang, "casework-paper-verify").to_owned(),
        code: code.to_owned(),
    }
}

fn letter(
    town: &Town,
    case: &Case,
    offered: &Offered,
    reserved: &documents::Reserved,
    today: civil::Date,
) -> Letter {
    let profile = town.profile();
    let text = match case.outcome {
        Some(Outcome::Granted) => &offered.service.letter.granted,
        _ => &offered.service.letter.refused,
    };
    let unit = profile.unit(&case.unit);
    Letter {
        emblem_name: profile.name.th.clone(),
        number: reserved.number.clone(),
        agency: profile.name.th.clone(),
        agency_address: profile.address.th.lines().map(str::to_owned).collect(),
        date: long_date(today, Lang::Th),
        issued_on: Some(today),
        subject: filled(&text.subject, case, offered, today),
        addressee: case.applicant.clone(),
        paragraphs: text.paragraphs.iter().map(|paragraph| filled(paragraph, case, offered, today)).collect(),
        signer_name: profile.signer.th.clone(),
        signer_position: profile.signer_position.th.lines().map(str::to_owned).collect(),
        unit: unit.map_or_else(String::new, |unit| unit.name.th.clone()),
        telephone: unit.map_or(&profile.telephone, |unit| &unit.telephone).clone(),
        email: profile.email.clone(),
        verification: verification(town, Lang::Th, &reserved.code),
        ..Letter::default()
    }
}

fn filled(text: &str, case: &Case, offered: &Offered, today: civil::Date) -> String {
    let benefit = offered.service.benefit.as_ref();
    let amount = benefit
        .and_then(|benefit| benefit.compute(&case.answers, today, Lang::Th))
        .map_or_else(String::new, |computed| baht(computed.satang));
    let submitted_on = long_date(engine::clock::day_of(case.submitted_at), Lang::Th);
    let due_on = case.due_on.map_or_else(String::new, |due| long_date(due, Lang::Th));
    let reasons = case.reasons.as_deref().unwrap_or_default();
    // Reasons last: what an officer wrote may itself hold braces.
    let values = [
        offered.service.title.th.as_str(),
        &case.number,
        &submitted_on,
        &amount,
        &due_on,
        &case.applicant,
        reasons,
    ];
    PLACEHOLDERS.iter().zip(values).fold(text.to_owned(), |text, (place, value)| text.replace(place, value))
}

fn receipt(
    town: &Town,
    case: &Case,
    offered: &Offered,
    reserved: &documents::Reserved,
    files: &[File],
) -> Receipt {
    let (profile, lang) = (town.profile(), case.lang);
    let word = |key: &'static str| town.words().get(lang, key).to_owned();
    let received = engine::clock::day_of(case.submitted_at);
    let unit = profile.unit(&case.unit);
    let telephone = unit.map_or(&profile.telephone, |unit| &unit.telephone);
    let mut facts = vec![
        Labelled::new(word("casework-service"), offered.service.title.get(lang)),
        Labelled::new(word("casework-applicant"), case.applicant.as_str()),
        Labelled::new(word("casework-received-on"), long_date(received, lang)),
        Labelled::new(word("casework-channel"), word(case.channel.key())),
    ];
    if let Some(due) = case.due_on {
        facts.push(Labelled::new(word("casework-due-on"), long_date(due, lang)));
    }
    facts.push(Labelled::new(
        word("casework-unit"),
        format!("{} {}", profile.unit_name(&case.unit, lang), format_telephone(telephone)),
    ));
    Receipt {
        lang: lang.code().to_owned(),
        emblem_name: profile.name.get(lang).to_owned(),
        agency: profile.name.get(lang).to_owned(),
        agency_address: profile.address.get(lang).lines().map(str::to_owned).collect(),
        title: word("casework-receipt-title"),
        issued_on: Some(received),
        number: Labelled::new(word("casework-number"), case.number.as_str()),
        facts,
        documents: Section::new(
            word("casework-receipt-files"),
            files.iter().map(|file| file.name.clone()).collect(),
        ),
        answers: Section::new(word("casework-receipt-answers"), answers(case, offered)),
        follow: Section::new(word("casework-receipt-follow"), vec![town.url("/track")]),
        notes: vec![word("casework-receipt-note")],
        verification: verification(town, lang, &reserved.code),
        ..Receipt::default()
    }
}

/// What was answered; of a national identity number the last four digits, for paper lies about.
fn answers(case: &Case, offered: &Offered) -> Vec<Labelled> {
    let groups = offered.service.form.shown(&case.answers, case.lang);
    let answered = groups.into_iter().flat_map(|group| group.answers).filter(|shown| !shown.lines.is_empty());
    answered
        .map(|shown| {
            let text = shown.lines.join("\n");
            let text = if shown.national_id { masked_national_id(&text) } else { text };
            Labelled::new(shown.label, text)
        })
        .collect()
}
