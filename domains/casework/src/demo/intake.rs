//! How applications come in: when, by whom, and how they are filled in and sent.

use std::sync::Arc;

use engine::files::Sent;
use engine::questionnaire::{Answers, Kind, Posted, Step};
use engine::{Actor, Result, Timestamp, civil, clock};
use web::Member;

use super::dice::Dice;
use super::form::{self, Filler};
use super::people::Resident;
use super::plan::Ending;
use super::texts::{self, Situation};
use super::worked::Underway;
use super::{Due, Played, Player, after};
use crate::case::{Case, Channel};
use crate::operations;

pub(super) struct Application {
    played: Arc<Played>,
    /// A person of the cast with an account; everyone else is made up.
    member: Option<Member>,
    channel: Channel,
    ending: Option<Ending>,
    situation: Option<Situation>,
}

/// Days at the end in which more came in than the office could do: what is on its desk now.
const OF_LATE: i64 = 28;

impl Player {
    /// Puts all applications of the town's past on the agenda.
    pub(super) fn take_in(&mut self) -> Result<()> {
        let mut day = self.past.first;
        while day <= self.past.last {
            for _ in 0..self.arrivals(day) {
                let played = self.service_asked(day);
                self.arrive(day, played);
            }
            day = after(day, 1);
        }
        for told in texts::stories()? {
            let played = self.service(&told.service)?;
            let member = self.past.cast.iter().find(|member| member.key == told.who).cloned();
            let day = after(self.past.last, -told.days_ago);
            if day <= self.past.first {
                continue;
            }
            let at = self.waking_hours(day);
            let situation = Some(Situation { answers: told.answers });
            let application = Application {
                played,
                member,
                channel: Channel::Online,
                ending: Some(told.ending),
                situation,
            };
            self.plan(at, Due::Application(Box::new(application)));
        }
        Ok(())
    }

    fn arrivals(&mut self, day: civil::Date) -> i64 {
        let late = day > after(self.past.last, -OF_LATE);
        match (self.days.is_working_day(day), late) {
            (true, true) => self.dice.between(2, 5),
            (true, false) => self.dice.between(0, 2),
            (false, _) => i64::from(self.dice.percent(22)),
        }
    }

    fn service_asked(&mut self, day: civil::Date) -> Arc<Played> {
        let shares: Vec<(Arc<Played>, u32)> = self
            .services
            .iter()
            .map(|played| {
                let busy = if played.texts.busy.contains(&day.month()) { 2 } else { 1 };
                (Arc::clone(played), played.texts.share * busy)
            })
            .collect();
        self.dice.weighted(&shares).map_or_else(|| Arc::clone(&self.services[0]), Arc::clone)
    }

    fn arrive(&mut self, day: civil::Date, played: Arc<Played>) {
        let open = self.days.is_working_day(day);
        let channels: Vec<(Channel, u32)> = played
            .texts
            .channels
            .iter()
            .filter_map(|(code, share)| Some((Channel::parse(code)?, *share)))
            .filter(|(channel, _)| open || *channel == Channel::Online)
            .collect();
        let channel = self.dice.weighted(&channels).copied().unwrap_or(Channel::Online);
        let at = match channel {
            Channel::Online => self.waking_hours(day),
            _ => self.office_hours(day),
        };
        let application = Application { played, member: None, channel, ending: None, situation: None };
        self.plan(at, Due::Application(Box::new(application)));
    }

    pub(super) async fn apply(&mut self, application: Application) -> Result<()> {
        let today = self.past.town.clock().today();
        let resident = self.resident(&application, today);
        let actor = match (&application.member, application.channel) {
            (Some(member), _) => self.acting(member).await?,
            (None, Channel::Online) => Actor::visitor(),
            (None, _) => self.acting(&self.member("frontdesk", "clerk", "")?).await?,
        };
        let case = self.send(&application, &resident, &actor).await?;
        let recent = today > after(self.past.last, -OF_LATE - 7);
        let applicant = application.member.clone();
        let underway = Underway::new(
            &mut self.dice,
            application.played,
            case,
            (resident, applicant),
            application.ending,
            recent,
        );
        self.go_on(underway);
        Ok(())
    }

    fn resident(&mut self, application: &Application, today: civil::Date) -> Resident {
        let Some(member) = &application.member else {
            let ages = application.played.texts.age.unwrap_or((18, 78));
            return self.names.resident(&mut self.dice, ages, today);
        };
        Resident {
            name: member.name.clone(),
            woman: member.name.starts_with("นาง"),
            born: member.born.unwrap_or(today),
            telephone: member.telephone.clone(),
            email: member.email.clone().unwrap_or_default(),
            ..self.names.someone(&mut Dice::new(member.name.len() as u64 * 7), today)
        }
    }

    /// Step by step through the form, as a browser would, to the last button.
    async fn send(&mut self, application: &Application, resident: &Resident, actor: &Actor) -> Result<Case> {
        let (town, service) = (self.past.town.clone(), &application.played.offered.service);
        let (draft, secret) =
            operations::start_draft(&town, actor, &service.slug, application.channel).await?;
        let texts = &application.played.texts;
        let situation = application.situation.clone();
        let situation = situation.or_else(|| self.dice.pick(&texts.situations).cloned()).unwrap_or_default();
        let today = town.clock().today();
        let filler = Filler {
            names: &self.names,
            texts,
            resident,
            situation: &situation,
            today,
            province: &town.profile().province_code,
        };
        let mut answers = Answers::default();
        for step in &service.form.0 {
            if !step.is_visible(&answers) {
                continue;
            }
            let files = step.questions.iter().filter(|question| question.kind == Kind::File);
            let chance = if files.clone().any(|question| question.required) { 100 } else { 12 };
            let sent = files.count() > 0 && self.dice.percent(chance);
            let key = (&draft.id, secret.as_str());
            if sent {
                operations::attach(&town, actor, key, &step.id, documents(step)).await?;
            }
            let pairs = filler.fill(step, &mut self.dice);
            let posted = Posted { pairs: &pairs, today, lang: resident.lang };
            let saved = operations::save_step(&town, actor, key, &step.id, &posted).await;
            answers = saved.map_err(|cause| refused(&service.slug, &step.id, &cause))?.answers;
        }
        let sent = operations::submit(&town, actor, (&draft.id, &secret), resident.lang).await;
        Ok(sent.map_err(|cause| refused(&service.slug, "submission", &cause))?.0)
    }

    pub(super) fn go_on(&mut self, underway: Underway) {
        let Some(at) = self.next_moment(&underway) else { return };
        self.plan(at, Due::Work(Box::new(underway)));
    }

    fn next_moment(&mut self, underway: &Underway) -> Option<Timestamp> {
        let step = underway.steps.front()?;
        let now = self.past.town.clock().now();
        let due = self.days.add(underway.counted_from, u32::try_from(step.working_days).unwrap_or_default());
        let day = match self.days.is_working_day(due) {
            true => due,
            false => self.days.add(due, 1),
        };
        let at = self.office_hours(day);
        // Later on the same day, or first thing the next, if the day has gone by.
        Some(if at > now { at } else { self.soon(now) })
    }

    fn soon(&mut self, now: Timestamp) -> Timestamp {
        let later = now + engine::SignedDuration::from_mins(self.dice.between(4, 50));
        let today = clock::day_of(now);
        let closing = clock::moment(today, 16, 30);
        if self.days.is_working_day(today) && later < closing {
            return later;
        }
        let next = self.days.add(today, 1);
        self.office_hours(next)
    }
}

fn refused(service: &str, step: &str, cause: &engine::Error) -> engine::Error {
    engine::Error::Internal(format!("demo: {service}, {step}: {cause}"))
}

/// A picture for each question that asks for a document.
fn documents(step: &Step) -> Vec<(String, Sent)> {
    let asked = step.questions.iter().filter(|question| question.kind == Kind::File);
    let sent = || Sent { name: "สำเนาเอกสาร.png".to_owned(), bytes: form::picture() };
    asked.map(|question| (question.id.clone(), sent())).collect()
}
