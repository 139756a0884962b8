//! People, their roles and appointments.

use std::collections::HashMap;

use engine::list::{PAGE, Paged};
use engine::{
    Lang, Permission, Permissions, PersonId, Result, Row, Source, Text, TownId, Tx, Value, civil, params,
};

use crate::person::{Appointment, AppointmentId, Held, Officer, Person, Totp};
use crate::role::Role;

/// Columns of a person under the alias `p`.
pub(super) const COLUMNS: &str = "p.id, p.name, p.position, p.email, p.telephone, p.lang, p.password,
  p.totp_secret, p.totp_confirmed_at, p.totp_step, p.left_on";

pub(super) fn read_person(row: &Row) -> Result<Person> {
    Ok(Person {
        id: row.id("id")?,
        name: row.text("name")?,
        position: row.text("position")?,
        email: row.optional_text("email")?,
        telephone: row.text("telephone")?,
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        password: row.optional_text("password")?,
        totp: Totp {
            secret: row.optional_text("totp_secret")?,
            confirmed_at: row.optional_time("totp_confirmed_at")?,
            step: row.int("totp_step")?,
        },
        left_on: row.optional_date("left_on")?,
    })
}

pub async fn person(db: &mut impl Source, town: &TownId, id: &PersonId) -> Result<Person> {
    let sql = format!("SELECT {COLUMNS} FROM identity_people p WHERE p.municipality = $1 AND p.id = $2");
    let row = db.row(&sql, params![town, id]).await?;
    row.as_ref().map(read_person).transpose()?.ok_or(engine::Error::NotFound)
}

pub async fn person_for_update(tx: &mut Tx, id: &PersonId) -> Result<Person> {
    let town = tx.town().clone();
    let sql = format!(
        "SELECT {COLUMNS} FROM identity_people p WHERE p.municipality = $1 AND p.id = $2{}",
        tx.for_update()
    );
    let row = tx.row(&sql, params![town, id]).await?;
    row.as_ref().map(read_person).transpose()?.ok_or(engine::Error::NotFound)
}

pub async fn with_email(db: &mut impl Source, town: &TownId, email: &str) -> Result<Option<Person>> {
    let sql = format!("SELECT {COLUMNS} FROM identity_people p WHERE p.municipality = $1 AND p.email = $2");
    db.row(&sql, params![town, email]).await?.as_ref().map(read_person).transpose()
}

pub async fn insert_person(tx: &mut Tx, person: &Person) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "INSERT INTO identity_people (municipality, id, name, position, email, telephone, lang, totp_step, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
        params![
            town,
            &person.id,
            person.name.as_str(),
            person.position.as_str(),
            person.email.clone(),
            person.telephone.as_str(),
            person.lang.code(),
            now
        ],
    )
    .await
    .map(drop)
}

pub async fn update_person(tx: &mut Tx, person: &Person) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "UPDATE identity_people SET name = $3, position = $4, email = $5, telephone = $6, lang = $7,
           password = $8, totp_secret = $9, totp_confirmed_at = $10, totp_step = $11, left_on = $12
         WHERE municipality = $1 AND id = $2",
        params![
            town,
            &person.id,
            person.name.as_str(),
            person.position.as_str(),
            person.email.clone(),
            person.telephone.as_str(),
            person.lang.code(),
            person.password.clone(),
            person.totp.secret.clone(),
            person.totp.confirmed_at,
            person.totp.step,
            person.left_on
        ],
    )
    .await
    .map(drop)
}

/// Names by id, all in one question.
pub async fn names(
    db: &mut impl Source,
    town: &TownId,
    ids: impl IntoIterator<Item = &PersonId>,
) -> Result<HashMap<PersonId, String>> {
    let mut values: Vec<Value> = ids.into_iter().map(Value::from).collect();
    values.dedup();
    if values.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (2..=values.len() + 1).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT id, name FROM identity_people WHERE municipality = $1 AND id IN ({})",
        places.join(", ")
    );
    values.insert(0, town.into());
    let rows = db.rows(&sql, values).await?;
    rows.iter().map(|row| Ok((row.id("id")?, row.text("name")?))).collect()
}

/// People by name, those with a position first asked for or all; a page after the cursor.
pub async fn people(
    db: &mut impl Source,
    town: &TownId,
    staff_alone: bool,
    after: Option<&str>,
) -> Result<Paged<Person>> {
    let (name, id) = after.and_then(|cursor| cursor.rsplit_once('/')).unwrap_or_default();
    let staff = if staff_alone { " AND p.position <> ''" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM identity_people p WHERE p.municipality = $1
           AND (p.name > $2 OR (p.name = $2 AND p.id > $3)){staff} ORDER BY p.name, p.id LIMIT $4"
    );
    let rows = db.rows(&sql, params![town, name, id, PAGE + 1]).await?;
    let people = rows.iter().map(read_person).collect::<Result<_>>()?;
    Ok(Paged::of(people, |person: &Person| format!("{}/{}", person.name, person.id)))
}

/// Those of the demo who have a part to play.
pub async fn cast(db: &mut impl Source, town: &TownId) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM identity_people p WHERE p.municipality = $1 AND p.position <> ''
         ORDER BY p.id LIMIT 40"
    );
    db.rows(&sql, params![town]).await?.iter().map(read_person).collect()
}

// Appointments

#[derive(Debug, Clone)]
pub struct Appointed {
    pub id: AppointmentId,
    pub appointment: Appointment,
}

const APPOINTED: &str = "SELECT id, role, unit, from_day, to_day FROM identity_appointments
  WHERE municipality = $1 AND person = $2 ORDER BY id LIMIT 200";

fn appointed(row: &Row) -> Result<Appointed> {
    let appointment = Appointment {
        role: row.text("role")?,
        unit: row.optional_text("unit")?,
        from: row.date("from_day")?,
        to: row.optional_date("to_day")?,
    };
    Ok(Appointed { id: row.id("id")?, appointment })
}

pub async fn appointments(db: &mut impl Source, town: &TownId, person: &PersonId) -> Result<Vec<Appointed>> {
    db.rows(APPOINTED, params![town, person]).await?.iter().map(appointed).collect()
}

pub async fn appointments_for_update(tx: &mut Tx, person: &PersonId) -> Result<Vec<Appointed>> {
    let town = tx.town().clone();
    let sql = format!("{APPOINTED}{}", tx.for_update());
    tx.rows(&sql, params![town, person]).await?.iter().map(appointed).collect()
}

pub async fn add_appointment(tx: &mut Tx, person: &PersonId, appointment: &Appointment) -> Result<()> {
    let (town, id) = (tx.town().clone(), AppointmentId::new(tx.clock()));
    tx.execute(
        "INSERT INTO identity_appointments (municipality, id, person, role, unit, from_day, to_day)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            town,
            id,
            person,
            appointment.role.as_str(),
            appointment.unit.clone(),
            appointment.from,
            appointment.to
        ],
    )
    .await
    .map(drop)
}

pub async fn end_appointment(tx: &mut Tx, id: &AppointmentId, to: civil::Date) -> Result<()> {
    let town = tx.town().clone();
    let sql = "UPDATE identity_appointments SET to_day = $3 WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id, to]).await.map(drop)
}

/// What a person's appointments come to on that day.
pub async fn held(db: &mut impl Source, town: &TownId, person: &PersonId, day: civil::Date) -> Result<Held> {
    let rows = db
        .rows(
            "SELECT a.unit, r.permissions FROM identity_appointments a
             JOIN identity_roles r ON r.municipality = a.municipality AND r.id = a.role
             WHERE a.municipality = $1 AND a.person = $2 AND a.from_day <= $3
               AND (a.to_day IS NULL OR a.to_day >= $3)",
            params![town, person, day],
        )
        .await?;
    let mut held = Held::default();
    for row in &rows {
        held.permissions.extend(row.json::<Vec<String>>("permissions")?);
        held.units.extend(row.optional_text("unit")?);
    }
    Ok(held)
}

/// Everyone who holds some permission on that day, by name.
pub async fn officers(db: &mut impl Source, town: &TownId, day: civil::Date) -> Result<Vec<Officer>> {
    let rows = db
        .rows(
            "SELECT p.id, p.name, p.position, a.unit, r.permissions FROM identity_appointments a
             JOIN identity_people p ON p.municipality = a.municipality AND p.id = a.person
             JOIN identity_roles r ON r.municipality = a.municipality AND r.id = a.role
             WHERE a.municipality = $1 AND a.from_day <= $2 AND (a.to_day IS NULL OR a.to_day >= $2)
               AND (p.left_on IS NULL OR p.left_on >= $2)
             ORDER BY p.name, p.id LIMIT 1000",
            params![town, day],
        )
        .await?;
    let mut officers: Vec<Officer> = Vec::new();
    for row in &rows {
        let id: PersonId = row.id("id")?;
        let more: Vec<String> = row.json("permissions")?;
        match officers.last_mut().filter(|last| last.id == id) {
            Some(last) => {
                last.permissions = Permissions::of(last.permissions.names().map(str::to_owned).chain(more));
                last.units.extend(row.optional_text("unit")?);
            }
            None => officers.push(Officer {
                id,
                name: row.text("name")?,
                position: row.text("position")?,
                units: row.optional_text("unit")?.into_iter().collect(),
                permissions: Permissions::of(more),
            }),
        }
    }
    Ok(officers)
}

/// Whether someone holds the permission from today on without an end. Locks the roles, so that of two
/// changes side by side the second sees the first.
pub async fn has_lasting_holder(tx: &mut Tx, permission: Permission) -> Result<bool> {
    let (town, today) = (tx.town().clone(), tx.today());
    let sql =
        format!("SELECT id, permissions FROM identity_roles WHERE municipality = $1{}", tx.for_update());
    let rows = tx.rows(&sql, params![&town]).await?;
    for row in &rows {
        if !row.json::<Vec<String>>("permissions")?.iter().any(|name| name == permission.name) {
            continue;
        }
        let holder = tx
            .row(
                "SELECT a.person FROM identity_appointments a
                 JOIN identity_people p ON p.municipality = a.municipality AND p.id = a.person
                 WHERE a.municipality = $1 AND a.role = $2 AND a.from_day <= $3 AND a.to_day IS NULL
                   AND p.left_on IS NULL LIMIT 1",
                params![&town, row.text("id")?, today],
            )
            .await?;
        if holder.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

// Roles

pub async fn save_role(tx: &mut Tx, role: &Role, position: usize) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "INSERT INTO identity_roles (municipality, id, position, name_th, name_en, permissions)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (municipality, id) DO UPDATE SET position = excluded.position, name_th = excluded.name_th,
           name_en = excluded.name_en, permissions = excluded.permissions",
        params![
            town,
            role.id.as_str(),
            position,
            role.name.th.as_str(),
            role.name.en.as_str(),
            serde_json::to_string(&role.permissions)?
        ],
    )
    .await
    .map(drop)
}

pub async fn roles(db: &mut impl Source, town: &TownId) -> Result<Vec<Role>> {
    let rows = db
        .rows(
            "SELECT id, name_th, name_en, permissions FROM identity_roles
             WHERE municipality = $1 ORDER BY position, id LIMIT 100",
            params![town],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let name = Text { th: row.text("name_th")?, en: row.text("name_en")? };
            Ok(Role { id: row.text("id")?, name, permissions: row.json("permissions")? })
        })
        .collect()
}

pub async fn role_exists(db: &mut impl Source, town: &TownId, id: &str) -> Result<bool> {
    let sql = "SELECT id FROM identity_roles WHERE municipality = $1 AND id = $2";
    Ok(db.row(sql, params![town, id]).await?.is_some())
}
