//! Pictures as telephones write them, with the place in every corner where one can hide.
#![allow(clippy::unwrap_used)]

use super::*;

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../samples/", $name)).as_slice()
    };
}

const TELEPHONE: [(&str, &[u8], u8); 3] = [
    ("image/jpeg", sample!("telephone.jpg"), 6),
    ("image/png", sample!("telephone.png"), 8),
    ("image/webp", sample!("telephone.webp"), 3),
];

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn exif_of(bytes: &[u8]) -> Option<u8> {
    let at = bytes.windows(4).position(|window| window == b"MM\0\x2A" || window == b"II\x2A\0")?;
    orientation(&bytes[at..])
}

#[test]
fn a_photograph_no_longer_tells_where_it_was_taken_and_stays_upright() {
    for (media_type, picture, turn) in TELEPHONE {
        assert!(holds(picture, b"GPSPLACE") && holds(picture, b"Telefon"));
        assert_eq!(exif_of(picture), Some(turn), "{media_type}");
        let clean = clean(media_type, picture).unwrap().unwrap();
        for word in
            [b"GPSPLACE".as_slice(), b"Telefon", b"2026:11:02", b"xmp", b"XMP ", b"Photoshop", b"ftyp"]
        {
            assert!(!holds(&clean, word), "{media_type} still holds {}", String::from_utf8_lossy(word));
        }
        assert_eq!(exif_of(&clean), Some(turn), "{media_type} is turned");
        assert_eq!(super::clean(media_type, &clean).unwrap().unwrap(), clean, "clean stays as it is");
    }
}

#[test]
fn what_draws_the_picture_is_kept_to_the_byte() {
    let plain = sample!("plain.jpg");
    assert_eq!(clean("image/jpeg", plain).unwrap().unwrap(), plain);
    let progressive = sample!("progressive.jpg");
    assert_eq!(clean("image/jpeg", progressive).unwrap().unwrap(), progressive);
    let plain = sample!("plain.webp");
    assert_eq!(clean("image/webp", plain).unwrap().unwrap(), plain);
    let drawn = clean("image/png", sample!("plain.png")).unwrap().unwrap();
    assert!(holds(&drawn, b"IDAT") && holds(&drawn, b"IEND") && !holds(&drawn, b"tIME"));
}

#[test]
fn an_upright_picture_gets_no_word_about_it() {
    let clean = clean("image/jpeg", sample!("plain.jpg")).unwrap().unwrap();
    assert!(!holds(&clean, b"Exif"));
}

#[test]
fn a_picture_cut_off_on_its_way_is_kept_and_a_broken_one_is_not() {
    let whole = sample!("telephone.jpg");
    let scan = whole.windows(2).rposition(|pair| pair == [0xFF, SCAN]).unwrap();
    let clean_half = clean("image/jpeg", &whole[..scan + 30]).unwrap().unwrap();
    assert!(clean_half.ends_with(&[0xFF, END]));
    assert_eq!(clean("image/jpeg", &whole[..scan]), Err(Unfit::Broken));
    for (media_type, picture, _) in TELEPHONE {
        for length in 0..picture.len().min(64) {
            assert_eq!(clean(media_type, &picture[..length]), Err(Unfit::Broken), "{media_type} {length}");
        }
    }
}

#[test]
fn a_picture_that_would_unpack_to_gigabytes_is_refused_by_its_header() {
    let mut vast = sample!("plain.png").to_vec();
    vast[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    assert_eq!(clean("image/png", &vast), Err(Unfit::Vast));
    let mut vast = sample!("telephone.webp").to_vec();
    vast[24..30].copy_from_slice(&[0xFF; 6]);
    assert_eq!(clean("image/webp", &vast), Err(Unfit::Vast));
    let mut vast = sample!("plain.jpg").to_vec();
    let frame = vast.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    vast[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(clean("image/jpeg", &vast), Err(Unfit::Vast));
}

proptest::proptest! {
    /// Whatever is sent, the answer is a picture or a refusal, never a crash.
    #[test]
    fn damage_is_never_more_than_refused(at in 0usize..900, byte: u8, kind in 0usize..3) {
        let (media_type, picture, _) = TELEPHONE[kind];
        let mut damaged = picture.to_vec();
        let at = at % damaged.len();
        damaged[at] = byte;
        let _ = clean(media_type, &damaged);
    }
}
