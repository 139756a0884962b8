//! Pictures without what they tell of place, camera and time. Nothing is decoded: a file is read
//! part by part, and only parts that draw the picture are kept, so that neither a hidden part nor
//! a picture that unpacks to gigabytes does harm here. Of the rest, which way is up is kept.

/// Width times height that the browser of whoever opens the picture can still bear.
const MOST_PIXELS: u64 = 120_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Broken,
    Vast,
}

type Result<T> = std::result::Result<T, Unfit>;

/// The same picture, clean; `None` for what is no picture.
pub fn clean(media_type: &str, bytes: &[u8]) -> Result<Option<Vec<u8>>> {
    match media_type {
        "image/jpeg" => jpeg(bytes).map(Some),
        "image/png" => png(bytes).map(Some),
        "image/webp" => webp(bytes).map(Some),
        _ => Ok(None),
    }
}

fn part(bytes: &[u8], from: usize, length: usize) -> Result<&[u8]> {
    from.checked_add(length).and_then(|to| bytes.get(from..to)).ok_or(Unfit::Broken)
}

fn number<const BYTES: usize>(bytes: &[u8], from: usize) -> Result<[u8; BYTES]> {
    part(bytes, from, BYTES)?.try_into().map_err(|_| Unfit::Broken)
}

fn bearable(width: u32, height: u32) -> Result<()> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS { Err(Unfit::Vast) } else { Ok(()) }
}

const SCAN: u8 = 0xDA;
const END: u8 = 0xD9;

/// What follows the end of a JPEG goes too: telephones put films with their place there.
fn jpeg(bytes: &[u8]) -> Result<Vec<u8>> {
    let (mut clean, mut orientation, mut scanned) = (part(bytes, 0, 2)?.to_vec(), None, false);
    let mut at = 2;
    while at < bytes.len() {
        let marker = part(bytes, at, 2)?;
        match (marker[0], marker[1]) {
            (0xFF, 0xFF) => at += 1,
            (0xFF, END) => break,
            (0xFF, 0x01 | 0xD0..=0xD7) => at += 2,
            (0xFF, marker) => {
                let length = usize::from(u16::from_be_bytes(number(bytes, at + 2)?));
                let segment = part(bytes, at, 2 + length)?;
                let end =
                    if marker == SCAN { end_of_scan(bytes, at + segment.len()) } else { at + segment.len() };
                orientation = orientation.or_else(|| jpeg_orientation(segment));
                if draws(segment)? {
                    clean.extend_from_slice(&bytes[at..end]);
                }
                scanned |= marker == SCAN;
                at = end;
            }
            // A photograph cut off on its way is still shown by browsers; another start is not one.
            _ if scanned => break,
            _ => return Err(Unfit::Broken),
        }
    }
    if !scanned {
        return Err(Unfit::Broken);
    }
    if let Some(orientation) = orientation {
        let body = [b"Exif\0\0".as_slice(), &exif(orientation)].concat();
        let head = [&[0xFF, 0xE1], (body.len() as u16 + 2).to_be_bytes().as_slice(), &body].concat();
        let after_jfif = if clean.get(3) == Some(&0xE0) { 20 } else { 2 };
        clean.splice(after_jfif..after_jfif, head);
    }
    clean.extend_from_slice(&[0xFF, END]);
    Ok(clean)
}

fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    let tail = bytes.get(from..).unwrap_or_default();
    tail.windows(2).position(ends).map_or(bytes.len(), |found| from + found)
}

/// Tables, frames and scans; of the applications' segments the two that say how colours are meant.
fn draws(segment: &[u8]) -> Result<bool> {
    let body = segment.get(4..).unwrap_or_default();
    Ok(match segment[1] {
        0xC4 | 0xC8 | 0xCC | SCAN..=0xDF => true,
        0xC0..=0xCF => {
            let (height, width) = (number(body, 1)?, number(body, 3)?);
            bearable(u16::from_be_bytes(width).into(), u16::from_be_bytes(height).into())?;
            true
        }
        0xE0 => body.starts_with(b"JFIF\0") && segment.len() == 18,
        0xEE => body.starts_with(b"Adobe") && segment.len() == 16,
        _ => false,
    })
}

fn jpeg_orientation(segment: &[u8]) -> Option<u8> {
    let body = segment.get(4..).filter(|_| segment[1] == 0xE1)?;
    orientation(body.strip_prefix(b"Exif\0\0")?)
}

/// The turn that a viewer has to make, from the first directory of the EXIF data.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let (first, second) = (short(at)?, short(at + 2)?);
        let (high, low) = if little { (second, first) } else { (first, second) };
        usize::try_from(u32::from(high) << 16 | u32::from(low)).ok()
    };
    let directory = long(4).filter(|at| *at < tiff.len())?;
    let entry = (0..usize::from(short(directory)?.min(512)))
        .map(|entry| directory + 2 + 12 * entry)
        .find(|at| short(*at) == Some(0x0112))?;
    // One is upright, which needs no word.
    short(entry + 8).and_then(|turn| u8::try_from(turn).ok()).filter(|turn| (2..=8).contains(turn))
}

/// EXIF data that holds the turn and nothing else.
fn exif(orientation: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation;
    tiff
}

const PNG_DRAWS: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

fn png(bytes: &[u8]) -> Result<Vec<u8>> {
    const AFTER_HEADER: usize = 8 + 25;
    let mut clean = part(bytes, 0, 8)?.to_vec();
    let (mut at, mut turn) = (8, None);
    loop {
        let length = u32::from_be_bytes(number(bytes, at)?) as usize;
        let kind: [u8; 4] = number(bytes, at + 4)?;
        let chunk = part(bytes, at, length.checked_add(12).ok_or(Unfit::Broken)?)?;
        if at == 8 {
            bearable(u32::from_be_bytes(number(chunk, 8)?), u32::from_be_bytes(number(chunk, 12)?))?;
        }
        if PNG_DRAWS.contains(&&kind) {
            clean.extend_from_slice(chunk);
        } else if &kind == b"eXIf" {
            turn = turn.or_else(|| orientation(&chunk[8..8 + length]));
        }
        at += chunk.len();
        if &kind == b"IEND" {
            break;
        }
    }
    if let Some(turn) = turn {
        clean.splice(AFTER_HEADER..AFTER_HEADER, png_chunk(b"eXIf", &exif(turn)));
    }
    Ok(clean)
}

fn png_chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(data);
    [&(data.len() as u32).to_be_bytes(), kind.as_slice(), data, &sum.sum().to_be_bytes()].concat()
}

const WEBP_DRAWS: [&[u8; 4]; 6] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"];

fn webp(bytes: &[u8]) -> Result<Vec<u8>> {
    let end = (u32::from_le_bytes(number(bytes, 4)?) as usize).saturating_add(8).min(bytes.len());
    let (mut at, mut chunks, mut turn) = (12, Vec::new(), None);
    while at + 8 <= end {
        let kind: [u8; 4] = number(bytes, at)?;
        let length = u32::from_le_bytes(number(bytes, at + 4)?) as usize;
        let data = part(bytes, at + 8, length)?;
        if WEBP_DRAWS.contains(&&kind) {
            chunks.push((kind, data.to_vec()));
        } else if &kind == b"EXIF" {
            turn = orientation(data.strip_prefix(b"Exif\0\0").unwrap_or(data));
        }
        at += 8 + length + length % 2;
    }
    if !chunks.iter().any(|(kind, _)| matches!(kind, b"VP8 " | b"VP8L" | b"ANMF")) {
        return Err(Unfit::Broken);
    }
    let (kind, first) = chunks.first_mut().ok_or(Unfit::Broken)?;
    let (width, height) = webp_size(kind, first)?;
    bearable(width, height)?;
    if kind == b"VP8X" {
        // Flags of colour profile, EXIF and XMP, which went.
        first[0] &= !0x2C;
        if let Some(turn) = turn {
            first[0] |= 0x08;
            chunks.push((*b"EXIF", exif(turn).to_vec()));
        }
    }
    Ok(webp_file(&chunks))
}

fn webp_size(kind: &[u8; 4], data: &[u8]) -> Result<(u32, u32)> {
    let word = |at| number(data, at).map(u32::from_le_bytes);
    match kind {
        b"VP8X" => Ok(((word(4)? & 0xFF_FFFF) + 1, (word(6)? >> 8) + 1)),
        b"VP8L" => word(1).map(|size| ((size & 0x3FFF) + 1, (size >> 14 & 0x3FFF) + 1)),
        b"VP8 " => word(6).map(|size| (size & 0x3FFF, size >> 16 & 0x3FFF)),
        _ => Err(Unfit::Broken),
    }
}

fn webp_file(chunks: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend_from_slice(kind);
        body.extend_from_slice(&(data.len() as u32).to_le_bytes());
        body.extend_from_slice(data);
        body.resize(body.len() + data.len() % 2, 0);
    }
    [b"RIFF".as_slice(), &(body.len() as u32).to_le_bytes(), &body].concat()
}

#[cfg(test)]
mod tests;
