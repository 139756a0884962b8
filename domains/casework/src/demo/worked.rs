//! How a case is worked, act by act, by those whose work it is.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use engine::workflow::{Does, Move, Mover, StateKind};
use engine::{Actor, PersonId, Result, civil, clock};
use web::Member;

use super::dice::Dice;
use super::people::Resident;
use super::plan::{Act, Circumstances, Ending, Step, plan};
use super::{Due, Played, Player, after};
use crate::case::Case;
use crate::operations;

pub(super) struct Underway {
    played: Arc<Played>,
    case: Case,
    resident: Resident,
    /// The person of the cast who applied; holders of a secret have no account.
    applicant: Option<Member>,
    pub steps: VecDeque<Step>,
    /// Working days of the steps are counted from here; moved on while the applicant is asked.
    pub counted_from: civil::Date,
    been_in: BTreeSet<String>,
    reply: Option<usize>,
}

impl Underway {
    pub fn new(
        dice: &mut Dice,
        played: Arc<Played>,
        case: Case,
        (resident, applicant): (Resident, Option<Member>),
        ending: Option<Ending>,
        recent: bool,
    ) -> Self {
        let limit = i64::from(played.offered.service.working_days);
        let exchanges = played.texts.exchanges.len();
        let steps = plan(dice, &Circumstances { limit, exchanges, ending, recent }).into();
        let counted_from = clock::day_of(case.submitted_at);
        let been_in = BTreeSet::from([case.state.clone()]);
        Self { played, case, resident, applicant, steps, counted_from, been_in, reply: None }
    }
}

impl Player {
    pub(super) async fn work(&mut self, mut underway: Underway) -> Result<()> {
        if let Some(exchange) = underway.reply.take() {
            return self.reply(underway, exchange).await;
        }
        let Some(step) = underway.steps.pop_front() else { return Ok(()) };
        match step.act {
            Act::Assign => self.assign(&mut underway).await?,
            Act::Note | Act::Answer => self.write(&mut underway, &step.act).await?,
            Act::Progress => drop(self.progress(&mut underway, 50).await?),
            Act::Ask { exchange, reply_after } => {
                if self.ask(&mut underway, exchange).await? {
                    return self.wait(underway, exchange, reply_after);
                }
            }
            Act::Grant | Act::Refuse => return self.decide(underway, step.act == Act::Grant).await,
            Act::Withdraw => return self.withdraw(&underway).await,
        }
        self.go_on(underway);
        Ok(())
    }

    async fn assign(&mut self, underway: &mut Underway) -> Result<()> {
        let (head, officer) = (self.of("head", underway)?, self.of("officer", underway)?);
        // Who has the work in hand is often quicker than who hands it out.
        let by = if self.dice.percent(35) { &officer } else { &head };
        let actor = self.acting(by).await?;
        underway.case =
            operations::assign(&self.past.town, &actor, &underway.case.number, Some(&officer.id)).await?;
        Ok(())
    }

    fn of(&self, role: &str, underway: &Underway) -> Result<Member> {
        self.member(role, &underway.case.unit, &underway.case.service)
    }

    async fn officer(&self, underway: &Underway) -> Result<Actor> {
        let assigned = |id: &PersonId| self.past.cast.iter().find(|member| member.id == *id).cloned();
        let found = underway.case.assignee.as_ref().and_then(assigned);
        let member = found.map_or_else(|| self.of("officer", underway), Ok)?;
        self.acting(&member).await
    }

    async fn write(&mut self, underway: &mut Underway, act: &Act) -> Result<()> {
        let actor = self.officer(underway).await?;
        let texts = &underway.played.texts.texts;
        let (town, number) = (&self.past.town, &underway.case.number);
        let pool = if *act == Act::Note { &texts.notes } else { &texts.answers };
        let Some(text) = self.dice.pick(pool) else { return Ok(()) };
        underway.case = match act {
            Act::Note => operations::note(town, &actor, number, text).await?,
            _ => operations::answer(town, &actor, number, text).await?,
        };
        Ok(())
    }

    /// A move that leads on to where the case has not been; `leap` is the chance that an officer
    /// who might decide already goes no further.
    async fn progress(&mut self, underway: &mut Underway, leap: u32) -> Result<bool> {
        let workflow = &underway.played.offered.workflow;
        let state = &underway.case.state;
        let may_end = workflow.doing(state, Does::Grant).is_some() && self.dice.percent(leap);
        if may_end || underway.case.kind != StateKind::Open {
            return Ok(false);
        }
        let onward = |one: &&Move| one.does == Does::Progress && !underway.been_in.contains(&one.to);
        let Some(made) = workflow.moves_from(state, Mover::Officer).find(onward) else { return Ok(false) };
        let (id, to) = (made.id.clone(), made.to.clone());
        let actor = self.officer(underway).await?;
        underway.case =
            operations::make_move(&self.past.town, &actor, &underway.case.number, &id, "").await?;
        underway.been_in.insert(to);
        Ok(true)
    }

    async fn ask(&mut self, underway: &mut Underway, exchange: usize) -> Result<bool> {
        let workflow = &underway.played.offered.workflow;
        let Some(made) = workflow.doing(&underway.case.state, Does::Ask) else { return Ok(false) };
        let text = &underway.played.texts.exchanges[exchange].ask;
        let (id, actor) = (made.id.clone(), self.officer(underway).await?);
        underway.case =
            operations::make_move(&self.past.town, &actor, &underway.case.number, &id, text).await?;
        Ok(true)
    }

    /// Until the applicant writes back. Some never do, and some of those give up.
    fn wait(&mut self, mut underway: Underway, exchange: usize, reply_after: Option<i64>) -> Result<()> {
        let today = self.past.town.clock().today();
        let days = match reply_after {
            Some(days) => days,
            None if underway.applicant.is_some() || self.dice.percent(40) => return Ok(()),
            None => self.dice.between(18, 45),
        };
        if reply_after.is_some() {
            underway.reply = Some(exchange);
        } else {
            underway.steps = VecDeque::from([Step { working_days: 0, act: Act::Withdraw }]);
        }
        let at = self.waking_hours(after(today, days));
        self.plan(at, Due::Work(Box::new(underway)));
        Ok(())
    }

    async fn applicant(&self, underway: &Underway) -> Result<Actor> {
        match &underway.applicant {
            Some(member) => self.acting(member).await,
            None => Ok(Actor::holder(underway.case.id.as_str())),
        }
    }

    async fn reply(&mut self, mut underway: Underway, exchange: usize) -> Result<()> {
        let text = underway.resident.filled(&underway.played.texts.exchanges[exchange].reply);
        let actor = self.applicant(&underway).await?;
        let asked_on = clock::day_of(self.past.town.clock().now());
        underway.case = operations::supply(&self.past.town, &actor, &underway.case.number, &text).await?;
        underway.been_in.insert(underway.case.state.clone());
        // The office goes on where it stood.
        let stood = underway.steps.front().map_or(0, |step| step.working_days);
        for step in &mut underway.steps {
            step.working_days = (step.working_days - stood).max(0) + 1;
        }
        underway.counted_from = asked_on;
        self.go_on(underway);
        Ok(())
    }

    async fn decide(&mut self, mut underway: Underway, granted: bool) -> Result<()> {
        let does = if granted { Does::Grant } else { Does::Refuse };
        if underway.case.kind != StateKind::Open {
            return Ok(());
        }
        let open =
            underway.played.offered.workflow.doing(&underway.case.state, does).map(|made| made.id.clone());
        let Some(id) = open else {
            // A step is missing before a decision can be made: it is made first.
            if self.progress(&mut underway, 0).await? {
                let act = if granted { Act::Grant } else { Act::Refuse };
                underway.steps.push_front(Step { working_days: 0, act });
                self.go_on(underway);
            }
            return Ok(());
        };
        let head = self.of("head", &underway)?;
        let actor = self.acting(&head).await?;
        let texts = &underway.played.texts.texts;
        let pool = if granted { &texts.granted } else { &texts.refused };
        let Some(reasons) = self.dice.pick(pool) else { return Ok(()) };
        operations::make_move(&self.past.town, &actor, &underway.case.number, &id, reasons).await.map(drop)
    }

    async fn withdraw(&mut self, underway: &Underway) -> Result<()> {
        let actor = self.applicant(underway).await?;
        operations::withdraw(&self.past.town, &actor, &underway.case.number).await.map(drop)
    }
}
