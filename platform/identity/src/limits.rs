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

/// Refuses when the limit is reached, and says when to come back.
pub async fn check(town: &Town, limit: &Limit, key: &str) -> Result<()> {
    let found = queries::limit(&mut town.db(), town.id(), &limit.key(key)).await?;
    let Some((since, count)) = found else { return Ok(()) };
    let left = since + limit.window() - town.clock().now();
    if count < limit.count || !left.is_positive() {
        return Ok(());
    }
    Err(Error::TooMany { retry_seconds: u64::try_from(left.as_secs()).unwrap_or(1).max(1) })
}

/// Counts one more try against the limit.
pub async fn count(town: &Town, limit: &Limit, key: &str) -> Result<()> {
    let mut tx = town.begin(&Actor::system()).await?;
    let oldest = tx.now() - limit.window();
    queries::count(&mut tx, &limit.key(key), oldest).await?;
    tx.commit().await
}

/// Refuses when the limit is reached, and otherwise counts this try.
pub async fn take(town: &Town, limit: &Limit, key: &str) -> Result<()> {
    check(town, limit, key).await?;
    count(town, limit, key).await
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
