//! Casework's part of the demo town's past: hundreds of applications, each worked by the right
//! officers through the real operations, while the clock is moved by hand.

mod dice;
mod form;
mod intake;
mod multiply;
mod people;
mod plan;
mod texts;
mod worked;

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::calendar::WorkingDays;
use engine::{Actor, Error, Result, Timestamp, civil, clock};
use web::{Member, Past};

use self::dice::Dice;
use self::intake::Application;
pub use self::multiply::{SECRET, multiply};
use self::people::Names;
use self::texts::Texts;
use self::worked::Underway;
use crate::queries;
use crate::service::Offered;

pub fn play(past: Past) -> engine::jobs::Future<'static> {
    Box::pin(async move {
        let mut player = Player::new(past).await?;
        player.take_in()?;
        while let Some(((at, _), due)) = player.agenda.pop_first() {
            if clock::day_of(at) > player.past.last {
                break;
            }
            player.past.town.clock().set(at);
            match due {
                Due::Application(application) => player.apply(*application).await?,
                Due::Work(underway) => player.work(*underway).await?,
            }
            (player.past.settle)(player.past.town.clone()).await?;
        }
        Ok(())
    })
}

enum Due {
    Application(Box<Application>),
    Work(Box<Underway>),
}

/// A service as it is offered, with what is written for it.
struct Played {
    offered: Arc<Offered>,
    texts: Texts,
}

struct Player {
    past: Past,
    dice: Dice,
    days: WorkingDays,
    names: Names,
    services: Vec<Arc<Played>>,
    agenda: BTreeMap<(Timestamp, usize), Due>,
    planned: usize,
}

impl Player {
    async fn new(past: Past) -> Result<Self> {
        let town = &past.town;
        let mut services = Vec::new();
        for offered in queries::catalogue(town).await? {
            let texts = texts::of_service(&offered.service.slug)?;
            services.push(Arc::new(Played { offered, texts }));
        }
        let days = engine::holidays::working_days(&mut town.db(), town.id(), past.first).await?;
        Ok(Self {
            dice: Dice::new(2569),
            days,
            names: texts::names(town)?,
            services,
            agenda: BTreeMap::new(),
            planned: 0,
            past,
        })
    }

    fn plan(&mut self, at: Timestamp, due: Due) {
        self.planned += 1;
        self.agenda.insert((at, self.planned), due);
    }

    fn service(&self, slug: &str) -> Result<Arc<Played>> {
        let found = self.services.iter().find(|played| played.offered.service.slug == slug);
        found.cloned().ok_or_else(|| Error::Internal(format!("demo: no service {slug}")))
    }

    /// A moment of that day while the office is open.
    fn office_hours(&mut self, day: civil::Date) -> Timestamp {
        let minutes = self.dice.between(8 * 60 + 40, 16 * 60 + 20);
        clock::moment(day, (minutes / 60) as i8, (minutes % 60) as i8)
    }

    /// A moment of that day when people look at their telephones.
    fn waking_hours(&mut self, day: civil::Date) -> Timestamp {
        let minutes = self.dice.between(6 * 60 + 30, 22 * 60);
        clock::moment(day, (minutes / 60) as i8, (minutes % 60) as i8)
    }

    async fn acting(&self, member: &Member) -> Result<Actor> {
        (self.past.acting)(self.past.town.clone(), member.id.clone()).await
    }

    /// Who holds that role for a service in a unit.
    fn member(&self, role: &str, unit: &str, service: &str) -> Result<Member> {
        let holds = |member: &&Member| member.role.as_deref() == Some(role);
        let own = |member: &&Member| holds(member) && member.unit.as_deref() == Some(unit);
        let falls = |member: &&Member| own(member) && member.services.iter().any(|one| one == service);
        let rest = |member: &&Member| own(member) && member.services.is_empty();
        let all = || self.past.cast.iter();
        let found = all().find(falls).or_else(|| all().find(rest)).or_else(|| all().find(holds));
        found.cloned().ok_or_else(|| Error::Internal(format!("demo: nobody is {role}")))
    }
}

fn after(day: civil::Date, days: i64) -> civil::Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}
