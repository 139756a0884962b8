//! Thai digits for the official letter: ๐๑๒๓ wherever a reader reads, Arabic ones wherever a
//! machine does (addresses of the internet and of mail).

use engine::documents::Letter;
use engine::thai::thai_digits;

pub fn letter(mut letter: Letter) -> Letter {
    let lines = [
        &mut letter.number,
        &mut letter.agency,
        &mut letter.date,
        &mut letter.subject,
        &mut letter.addressee,
        &mut letter.signature_note,
        &mut letter.signer_name,
        &mut letter.unit,
        &mut letter.telephone,
    ];
    let lists = [
        &mut letter.agency_address,
        &mut letter.references,
        &mut letter.enclosures,
        &mut letter.paragraphs,
        &mut letter.signer_position,
    ];
    for line in lines.into_iter().chain(lists.into_iter().flatten()) {
        *line = in_thai_digits(line);
    }
    letter
}

fn in_thai_digits(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|word| if for_machines(word) { word.to_owned() } else { thai_digits(word) })
        .collect()
}

fn for_machines(word: &str) -> bool {
    word.contains("://") || word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::in_thai_digits;

    #[test]
    fn numbers_are_thai_and_addresses_are_not() {
        assert_eq!(in_thai_digits("ที่ 54001/123 ลงวันที่ 9"), "ที่ ๕๔๐๐๑/๑๒๓ ลงวันที่ ๙");
        let address = "ดู https://s.example/documents/4K2 หรือ a1@b2.example";
        assert_eq!(in_thai_digits(address), address);
    }
}
