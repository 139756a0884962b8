//! How long things are kept: a rule for every table, and for every limit in days the job that keeps it.

use std::collections::{BTreeMap, BTreeSet};

use engine::Lang;
use engine::retention::Keep;
use sala::MODULES;

use crate::sources;

/// Every table that the migrations make.
pub fn tables() -> BTreeSet<String> {
    let all = sources(&["migrations"], "sql");
    let made = all.iter().flat_map(|file| file.text.split("CREATE TABLE ").skip(1));
    let dropped: BTreeSet<&str> = all
        .iter()
        .flat_map(|file| file.text.split("DROP TABLE ").skip(1))
        .map(|rest| rest.split(';').next().unwrap().trim())
        .collect();
    made.map(|rest| rest.split_whitespace().next().unwrap())
        .filter(|table| !dropped.contains(table))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_table_has_a_retention_rule() {
    let tables = tables();
    let mut rules = BTreeMap::new();
    for module in MODULES {
        for rule in module.retention {
            assert!(
                rule.table.starts_with(&format!("{}_", module.name)),
                "{} is not of {}",
                rule.table,
                module.name
            );
            assert!(rules.insert(rule.table.to_owned(), rule.keep).is_none(), "{} has two rules", rule.table);
        }
    }
    assert_eq!(rules.keys().cloned().collect::<BTreeSet<_>>(), tables);
    let words = sala::words().unwrap();
    for (table, keep) in rules {
        assert!(Lang::ALL.into_iter().all(|lang| words.has(lang, keep.key())), "{table}");
        match keep {
            Keep::With(other) => {
                assert!(tables.contains(other), "{table} is kept with {other}, which is none")
            }
            Keep::Days(days, job) => {
                let owner =
                    MODULES.iter().find(|module| table.starts_with(&format!("{}_", module.name))).unwrap();
                let daily = owner.daily.iter().any(|one| one.job == job);
                assert!(days > 0 && daily, "{table}: no daily job {job} of {}", owner.name);
            }
            Keep::Always | Keep::Records | Keep::Subject | Keep::Done => {}
        }
    }
}

#[test]
fn every_daily_job_and_every_reaction_leads_to_a_job() {
    let jobs: BTreeSet<&str> = MODULES.iter().flat_map(|module| module.jobs).map(|job| job.name).collect();
    let events: BTreeSet<&str> = MODULES.iter().flat_map(|module| module.events).copied().collect();
    for reaction in MODULES.iter().flat_map(|module| module.reactions) {
        assert!(jobs.contains(reaction.job), "{} has no job", reaction.job);
        assert!(events.contains(reaction.event), "{} never happens", reaction.event);
    }
    for daily in MODULES.iter().flat_map(|module| module.daily) {
        assert!(jobs.contains(daily.job), "{} has no job", daily.job);
    }
}
