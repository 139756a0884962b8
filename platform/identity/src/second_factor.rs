//! The second factor: codes of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds).
//! Pure: the moment is given.

use base32::Alphabet;
use engine::{Error, Result, Timestamp};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use rand::RngExt as _;
use totp_rs::{Builder, Totp};

const RFC4648: Alphabet = Alphabet::Rfc4648 { padding: false };

/// 160 random bits, as the app takes them.
pub fn new_secret() -> String {
    let bytes: [u8; 20] = rand::rng().random();
    base32::encode(RFC4648, &bytes)
}

/// Whether a form brought back what `new_secret` made.
pub fn is_secret(text: &str) -> bool {
    text.len() == 32 && base32::decode(RFC4648, text).is_some()
}

fn totp(secret: &str, account: &str, issuer: &str) -> Result<Totp> {
    let bytes = base32::decode(RFC4648, secret)
        .ok_or_else(|| Error::Internal("a kept second factor is not base32".to_owned()))?;
    // A colon parts issuer and account in the app's address, so neither may hold one.
    Builder::new()
        .with_secret(bytes)
        .with_account_name(account.replace(':', " "))
        .with_issuer(Some(issuer.replace(':', " ")))
        .build()
        .map_err(|cause| Error::Internal(format!("second factor: {cause}")))
}

/// The step of time the code belongs to, if it is right and later than the last one taken.
pub fn step_of(secret: &str, code: &str, now: Timestamp, last: i64) -> Result<Option<i64>> {
    let digits: String =
        engine::thai::arabic_digits(code).chars().filter(|sign| !sign.is_whitespace()).collect();
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    let step = totp(secret, "", "")?.check(&digits, seconds).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last))
}

/// The code of a moment; for the browser of a test, which has no telephone.
pub fn code_at(secret: &str, now: Timestamp) -> Result<String> {
    let seconds = u64::try_from(now.as_second()).unwrap_or_default();
    Ok(totp(secret, "", "")?.generate(seconds).to_string())
}

/// The picture that the app reads, as an address that holds the drawing itself.
pub fn picture(secret: &str, account: &str, issuer: &str) -> Result<String> {
    let address = totp(secret, account, issuer)?
        .to_url()
        .map_err(|cause| Error::Internal(format!("second factor: {cause}")))?;
    let code = QrCode::with_error_correction_level(address, EcLevel::M)
        .map_err(|cause| Error::Internal(format!("qr: {cause}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
    Ok(format!("data:image/svg+xml,{}", drawn.replace('%', "%25").replace('#', "%23")))
}

/// The secret in groups, for those who type it.
pub fn spelled(secret: &str) -> String {
    secret
        .as_bytes()
        .chunks(4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = base32::encode(RFC4648, b"12345678901234567890");
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(code_at(&secret, now).unwrap(), code);
            assert_eq!(step_of(&secret, code, now, 0).unwrap(), Some(second / 30));
        }
    }

    #[test]
    fn a_code_works_once_and_not_much_later() {
        let secret = new_secret();
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let code = code_at(&secret, now).unwrap();
        let step = step_of(&secret, &code, now, 0).unwrap().unwrap();
        assert_eq!(step_of(&secret, &code, now, step).unwrap(), None);
        let later = Timestamp::from_second(1_790_000_000 + 120).unwrap();
        assert_eq!(step_of(&secret, &code, later, 0).unwrap(), None);
    }
}
