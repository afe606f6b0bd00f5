//! Reasons in words.

use super::collection::Key;
use super::folding::folded_words;
use super::gathering::{Joined, Naming};
use super::linked::{Listing, Reason, ReasonKind, Speaks};
use super::person_name::Agreement;
use super::unit::{role_words, stems};
use onrecord_record::Agent;
use rustc_hash::FxHashMap;

/// What speaks for and against a unit's place, the weightiest first.
pub(super) fn reasons(listing: &Listing<'_>, joined: &Joined, names: &FxHashMap<Key, &str>) -> Vec<Reason> {
    let (Some(one), Some(other)) = (listing.agent(joined.unit), listing.agent(joined.to)) else {
        return Vec::new();
    };
    let evidence = &joined.evidence;
    let mut reasons = Vec::new();
    let mut say = |kind: ReasonKind, weight: f32, words: String| {
        if weight.abs() >= 0.05 {
            let speaks = if weight < 0.0 { Speaks::Against } else { Speaks::For };
            reasons.push(Reason { kind, speaks, weight, words });
        }
    };
    say(ReasonKind::Name, evidence.name, named(joined.naming, one, other));
    say(ReasonKind::Known, evidence.known, format!("“{}” is named in several documents", other.name));
    let called = |shared: Option<(Key, usize)>| {
        shared
            .and_then(|(key, _)| names.get(&key).copied())
            .map(|name| format!("“{name}”"))
            .unwrap_or_default()
    };
    say(ReasonKind::Company, evidence.near, format!("both stand close to {}", called(evidence.shared_near)));
    let around = match evidence.company < 0.0 {
        true => "nobody that stands close to the one stands close to the other".to_owned(),
        false => format!("both documents name {}", called(evidence.shared_company)),
    };
    say(ReasonKind::Document, evidence.company, around);
    let office = match evidence.shared_role {
        Some((word, at)) => {
            let both = [Some(one), listing.agent(at)].map(|agent| role_with(agent, word).unwrap_or_default());
            match both {
                ["", ""] => String::new(),
                ["", role] | [role, ""] => {
                    format!("what the one is called is named close to the other: “{role}”")
                }
                [one, other] => format!("the one is called “{one}”, the other “{other}”"),
            }
        }
        None => format!("offices without a word in common: “{}”, “{}”", first_role(one), first_role(other)),
    };
    say(ReasonKind::Role, evidence.roles, office);
    let lives = if evidence.calling < 0.0 { "other walks of life" } else { "one walk of life" };
    let lives = format!("{lives}: “{}”, “{}”", first_role(one), first_role(other));
    say(ReasonKind::Calling, evidence.calling, lives);
    let days = [joined.unit, joined.to].map(|unit| listing.published(unit).unwrap_or("unknown"));
    say(ReasonKind::Time, evidence.time, format!("published {} and {}", days[0], days[1]));
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.kind.cmp(&b.kind)));
    reasons
}

fn named(naming: Naming, one: &Agent, other: &Agent) -> String {
    let (one, other) = (&one.name, &other.name);
    match naming {
        Naming::Person(Agreement::Same) | Naming::Body => format!("one name: “{one}”, “{other}”"),
        Naming::KnownBody if folded_words(one) == folded_words(other) => {
            format!("one name: “{one}”, “{other}”")
        }
        Naming::KnownBody => format!("two names of one well-known body: “{one}”, “{other}”"),
        Naming::Person(Agreement::Middle) => {
            format!("one name, with a middle name that agrees: “{one}”, “{other}”")
        }
        Naming::Person(Agreement::Form) => format!("two forms of one given name: “{one}”, “{other}”"),
        Naming::Person(Agreement::Spelling) => format!("two spellings of one name: “{one}”, “{other}”"),
        Naming::Person(Agreement::Formal) => {
            format!("one office, and one name, written in full or short: “{one}”, “{other}”")
        }
        Naming::Person(Agreement::Initial) => format!("an initial that agrees: “{one}”, “{other}”"),
        Naming::Kind => format!("one name, which many bodies bear: “{one}”, “{other}”"),
        Naming::ShortForm => format!("documents use the one for the other: “{one}”, “{other}”"),
        Naming::Acronym => {
            format!("the one is the first letters of the other, and of no other: “{one}”, “{other}”")
        }
        Naming::Surname => {
            format!("a surname alone, which mostly means the other: “{one}”, “{other}”")
        }
        Naming::Copy => format!("one word in texts that name the same: “{one}”, “{other}”"),
    }
}

fn role_with(agent: Option<&Agent>, word: Key) -> Option<&str> {
    let holds = |text: &str| role_words(text).iter().any(|own| stems(own).contains(&word));
    agent?.roles.iter().map(|role| role.text.as_str()).find(|text| holds(text))
}

fn first_role(agent: &Agent) -> &str {
    agent.roles.first().map_or("", |role| role.text.as_str())
}
