//! Services by version.

use std::sync::Arc;

use engine::workflow::Workflow;
use engine::{Error, Result, Row, Source, Town, TownId, Tx, params};

use crate::service::{Offered, Service};

pub async fn insert_service(tx: &mut Tx, offered: &Offered, position: usize) -> Result<()> {
    let (town, service) = (tx.town().clone(), &offered.service);
    tx.execute(
        "UPDATE casework_services SET current = $3 WHERE municipality = $1 AND slug = $2",
        params![&town, service.slug.as_str(), false],
    )
    .await?;
    tx.execute(
        "INSERT INTO casework_services (municipality, slug, version, position, current, definition, workflow)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            &town,
            service.slug.as_str(),
            service.version,
            position,
            true,
            serde_json::to_string(service)?,
            serde_json::to_string(&offered.workflow)?
        ],
    )
    .await
    .map(drop)
}

fn offered(row: &Row) -> Result<Offered> {
    let service: Service = row.json("definition")?;
    let workflow: Workflow = row.json("workflow")?;
    Ok(Offered { service, workflow })
}

/// The services offered now, in the catalogue's order.
pub async fn catalogue(town: &Town) -> Result<Vec<Arc<Offered>>> {
    let rows = town
        .db()
        .rows(
            "SELECT slug, version FROM casework_services
             WHERE municipality = $1 AND current = $2 ORDER BY position, slug LIMIT 200",
            params![town.id(), true],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(version(town, &row.text("slug")?, row.int("version")?).await?);
    }
    Ok(all)
}

pub async fn current(town: &Town, slug: &str) -> Result<Arc<Offered>> {
    let current = current_version(&mut town.db(), town.id(), slug).await?.ok_or(Error::NotFound)?;
    version(town, slug, current).await
}

/// The version offered now, if the service is offered.
pub async fn current_version(db: &mut impl Source, town: &TownId, slug: &str) -> Result<Option<i64>> {
    let sql = "SELECT version FROM casework_services WHERE municipality = $1 AND slug = $2 AND current = $3";
    db.row(sql, params![town, slug, true]).await?.map(|row| row.int("version")).transpose()
}

/// The same, read by version: cheap for a page that only names them.
pub async fn offered_now(town: &Town) -> Result<Vec<std::sync::Arc<Offered>>> {
    let rows = town
        .db()
        .rows(
            "SELECT slug, version FROM casework_services
             WHERE municipality = $1 AND current = $2 ORDER BY position, slug LIMIT 200",
            params![town.id(), true],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(version(town, &row.text("slug")?, row.int("version")?).await?);
    }
    Ok(all)
}

/// A version of a service never changes: read once per process.
pub async fn version(town: &Town, slug: &str, version: i64) -> Result<Arc<Offered>> {
    let name = format!("{slug}/{version}");
    if let Some(known) = town.recall::<Offered>(&name) {
        return Ok(known);
    }
    let row = town
        .db()
        .row(
            "SELECT definition, workflow FROM casework_services
             WHERE municipality = $1 AND slug = $2 AND version = $3",
            params![town.id(), slug, version],
        )
        .await?;
    let found = row.as_ref().map(offered).transpose()?.ok_or(Error::NotFound)?;
    Ok(town.remember(&name, found))
}
