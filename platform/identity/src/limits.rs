//! Limits on what a guesser could try over and over: so many in so many minutes for a key, counted in
//! the database, so that every process sees them. Keys are kept as fingerprints.

use std::net::IpAddr;

use engine::{Actor, Error, Result, SignedDuration, Town};

use crate::queries;

#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub name: &'static str,
    pub count: i64,
    pub minutes: i64,
}

impl Limit {
    fn key(&self, key: &str) -> String {
        engine::id::fingerprint(&format!("{}/{key}", self.name))
    }

    fn window(&self) -> SignedDuration {
        SignedDuration::from_mins(self.minutes)
    }
}

/// Counts this try and refuses it when the limit was reached before, saying when to come back. The count
/// comes first and is kept, so that tries side by side are all counted.
pub async fn take(town: &Town, limit: &Limit, key: &str) -> Result<()> {
    let mut tx = town.begin(&Actor::system()).await?;
    let now = tx.now();
    let (since, count) = queries::count(&mut tx, &limit.key(key), now - limit.window()).await?;
    tx.commit().await?;
    if count <= limit.count {
        return Ok(());
    }
    let left = (since + limit.window() - now).as_secs();
    Err(Error::TooMany { retry_seconds: u64::try_from(left).unwrap_or(1).max(1) })
}

/// Takes a try back that turned out right.
pub async fn give_back(town: &Town, limit: &Limit, key: &str) -> Result<()> {
    let mut tx = town.begin(&Actor::system()).await?;
    queries::uncount(&mut tx, &limit.key(key)).await?;
    tx.commit().await
}

/// What an address stands for: a household's line of IPv6 has 2⁶⁴ addresses.
pub fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => four.to_string(),
            None => format!("{:x?}/64", &six.segments()[..4]),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_network() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2::7"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::7"), network("2001:db8:1:3::7"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
