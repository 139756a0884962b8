//! What becomes of an application, in working days after it came in. Pure.

use super::dice::Dice;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Assign,
    Note,
    Answer,
    Progress,
    /// The office asks; the reply comes that many days later, or never.
    Ask {
        exchange: usize,
        reply_after: Option<i64>,
    },
    Grant,
    Refuse,
    Withdraw,
}

pub struct Step {
    pub working_days: i64,
    pub act: Act,
}

/// How an application will end, where the demo's story asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Granted,
    Refused,
    Asked,
    Begun,
}

pub struct Circumstances {
    pub limit: i64,
    pub exchanges: usize,
    pub ending: Option<Ending>,
    /// Came in of late, when the office was short of hands.
    pub recent: bool,
}

pub fn plan(dice: &mut Dice, around: &Circumstances) -> Vec<Step> {
    let limit = around.limit.max(1);
    let late = around.ending.is_none() && dice.percent(if around.recent { 45 } else { 4 });
    let span = match late {
        true if around.recent => limit + dice.between(3, limit.min(10) + 10),
        true => limit + 1 + dice.between(1, limit.min(12) + 3),
        false if around.recent => (limit * dice.between(70, 100) / 100).max(1),
        false => (limit * dice.between(30, 92) / 100).max(1),
    };
    let assigned = if around.recent { dice.between(0, 6) } else { dice.between(0, 4) / 3 };
    let mut steps = vec![Step { working_days: assigned, act: Act::Assign }];
    let at = |share: i64| assigned + (span - assigned).max(0) * share / 100;
    let mut then = |days: i64, act: Act| steps.push(Step { working_days: days, act });
    if dice.percent(45) {
        then(at(8), Act::Note);
    }
    then(at(12), Act::Progress);
    let asked = match around.ending {
        Some(Ending::Asked) => true,
        Some(_) => dice.percent(10),
        None => dice.percent(if around.recent { 30 } else { 20 }),
    };
    if asked && around.exchanges > 0 {
        let silent = around.ending == Some(Ending::Asked) || dice.percent(if around.recent { 30 } else { 8 });
        let reply_after = (!silent).then(|| dice.between(1, 9));
        then(at(30), Act::Ask { exchange: dice.below(around.exchanges), reply_after });
    }
    if dice.percent(30) {
        then(at(50), Act::Answer);
    }
    if dice.percent(25) {
        then(at(60), Act::Note);
    }
    then(at(70), Act::Progress);
    match around.ending {
        Some(Ending::Begun | Ending::Asked) => {}
        Some(Ending::Refused) => then(span, Act::Refuse),
        Some(Ending::Granted) => then(span, Act::Grant),
        None if dice.percent(4) => then(at(40), Act::Withdraw),
        None if dice.percent(7) => then(span, Act::Refuse),
        None => then(span, Act::Grant),
    }
    // The order in which they were thought of stays among those of one day.
    steps.sort_by_key(|step| step.working_days);
    steps
}
