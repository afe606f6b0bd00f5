//! The people of a document on the page: a section for each who speaks, a line for each who is only named, and the words
//! that tell of a mention who it is taken to be.

use super::super::segment::Anchor;
use super::colour;
use crate::cast::{LONGEST, Member, Standing, Sure, percent, short};
use crate::view::{View, counted, form_name};
use onrecord_record::{CodePoint, Span};
use std::collections::{BTreeSet, HashSet};

/// The most of a statement's words beside its speaker, in characters; all of them are on its card.
const LONGEST_WORDS: usize = 48;

/// An id in the text and the number of its paragraph.
type Place = (String, usize);

/// A speaker's section.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) colour: String,
    pub(super) name: String,
    pub(super) kind: Option<&'static str>,
    pub(super) facts: Vec<Fact>,
    pub(super) tally: String,
    pub(super) first: Option<Place>,
    pub(super) said: Vec<Said>,
}

/// Roles or names, each with its place where it has one.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) words: Vec<(String, Option<Place>)>,
}

/// A statement in its speaker's section.
pub(super) struct Said {
    pub(super) href: String,
    pub(super) paragraph: usize,
    pub(super) cue: String,
    pub(super) words: String,
    pub(super) form: Option<&'static str>,
    pub(super) percent: u32,
}

/// Somebody named without a statement.
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) first: Option<Place>,
}

/// Words shared by all mentions of an agent, or by all that are equally sure.
pub(super) struct Tip {
    pub(super) class: String,
    pub(super) id: String,
    pub(super) lead: &'static str,
    pub(super) name: String,
    pub(super) rest: String,
}

/// Where a mention leads: the member's section or line.
pub(super) fn section_id(number: usize, member: usize) -> String {
    format!("a{number}-{member}")
}

/// The words that tell who a member is.
pub(super) fn tip_id(number: usize, member: usize) -> String {
    format!("t{number}-{member}")
}

/// The words that tell how sure a mention is.
pub(super) fn sure_id(number: usize, percent: u32) -> String {
    format!("y{number}-{percent}")
}

/// The id of a place in the text that tells of a member; none for what else has places, and ids of its own.
pub(super) fn place_id(anchor: Anchor, number: usize) -> Option<String> {
    match anchor {
        Anchor::Statement(_) | Anchor::Silence(_) | Anchor::Time(_) => None,
        Anchor::First(member) => Some(format!("f{number}-{member}")),
        Anchor::Role(member, n) => Some(format!("r{number}-{member}-{n}")),
        Anchor::Alias(member, n) => Some(format!("n{number}-{member}-{n}")),
    }
}

/// The speakers' sections, in the order of the voices.
pub(super) fn people(view: &View<'_>, again: &str, number: usize, anchors: &HashSet<Anchor>) -> Vec<Person> {
    let speakers = view.cast.iter().zip(&view.voices).enumerate();
    speakers
        .take_while(|(_, (member, _))| member.standing == Standing::Speaks)
        .map(|(n, (member, voice))| Person {
            id: section_id(number, n),
            colour: colour(view, n),
            name: member.name(),
            kind: member.kind(),
            facts: facts(view, member, n, number, anchors),
            tally: format!("{} · {}", counted(voice.statements.len(), "statement"), member.mentioned()),
            first: first(view, member, n, number, anchors),
            said: voice.statements.iter().filter_map(|it| said(view, *it, again)).collect(),
        })
        .collect()
}

fn facts(
    view: &View<'_>,
    member: &Member<'_>,
    n: usize,
    number: usize,
    anchors: &HashSet<Anchor>,
) -> Vec<Fact> {
    let agent = member.agent;
    let at = |anchor, span| place(view, anchor, span, number, anchors);
    let roles = agent.roles.iter().enumerate();
    let roles = roles.map(|(i, role)| (short(&role.text, LONGEST), at(Anchor::Role(n, i), role.span)));
    let aliases = agent.also_known_as.iter().enumerate();
    let aliases =
        aliases.map(|(i, alias)| (short(&alias.name, LONGEST), at(Anchor::Alias(n, i), alias.span)));
    let names = agent.names.iter().filter(|name| **name != agent.name);
    let names = names.map(|name| (format!("“{}”", short(name, LONGEST)), None));
    let facts = [
        ("role", once(roles.collect())),
        ("also known as", once(aliases.collect())),
        ("named as", once(names.collect())),
    ];
    facts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(label, words)| Fact { label, words })
        .collect()
}

/// Each wording once, at its first place.
fn once(mut words: Vec<(String, Option<Place>)>) -> Vec<(String, Option<Place>)> {
    let mut told = HashSet::new();
    words.retain(|(words, _)| told.insert(words.clone()));
    words
}

fn said(view: &View<'_>, n: usize, again: &str) -> Option<Said> {
    let seen = view.statements.get(n)?;
    Some(Said {
        href: format!("{}{again}", seen.statement.id),
        paragraph: seen.paragraph,
        cue: short(seen.statement.cue.text.as_deref().unwrap_or_default(), LONGEST_WORDS),
        words: short(&view.content(seen.statement).join(" […] "), LONGEST_WORDS),
        form: seen.statement.form.map(form_name),
        percent: percent(seen.statement.confidence),
    })
}

/// Those who are named and say nothing, in the order of the record.
pub(super) fn named(view: &View<'_>, number: usize, anchors: &HashSet<Anchor>) -> Vec<Named> {
    let cast = view.cast.iter().enumerate();
    cast.filter(|(_, member)| member.standing == Standing::Named)
        .map(|(n, member)| {
            let mut about: Vec<String> = member.kind().map(str::to_owned).into_iter().collect();
            about.extend(once_each(member.agent.roles.iter().map(|role| short(&role.text, LONGEST))));
            about.extend(once_each(
                member
                    .agent
                    .also_known_as
                    .iter()
                    .map(|alias| format!("also known as {}", short(&alias.name, LONGEST))),
            ));
            about.push(member.mentioned());
            Named {
                id: section_id(number, n),
                name: member.name(),
                about: about.join(" · "),
                first: first(view, member, n, number, anchors),
            }
        })
        .collect()
}

fn once_each(words: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut told = HashSet::new();
    words.filter(move |words| told.insert(words.clone()))
}

/// What a mention is explained with: who each member is taken to be, and each degree of being sure that occurs.
pub(super) fn tips(view: &View<'_>, number: usize) -> Vec<Tip> {
    let mentioned = view.cast.iter().enumerate().filter(|(_, member)| !member.agent.mentions.is_empty());
    let who = mentioned.map(|(n, member)| {
        let (lead, name, rest) = match member.same_as(view) {
            Some(same) => ("", String::new(), same),
            None => {
                let who = member.who().map(|who| format!(", {who}")).unwrap_or_default();
                ("taken to be ", member.name(), who)
            }
        };
        Tip { class: format!("t{n}"), id: tip_id(number, n), lead, name, rest }
    });
    let sure = degrees(view).into_iter().map(|sure| Tip {
        class: format!("y{}", sure.percent),
        id: sure_id(number, sure.percent),
        lead: "",
        name: String::new(),
        rest: format!(" · {}", sure.words()),
    });
    who.chain(sure).collect()
}

/// Every degree of being sure among the mentions, of which there are at most a hundred.
pub(super) fn degrees(view: &View<'_>) -> BTreeSet<Sure> {
    let confidences = view.cast.iter().flat_map(|member| &member.agent.mention_confidence);
    confidences.filter_map(|confidence| Sure::new(*confidence)).collect()
}

fn first(
    view: &View<'_>,
    member: &Member<'_>,
    n: usize,
    number: usize,
    anchors: &HashSet<Anchor>,
) -> Option<Place> {
    place(view, Anchor::First(n), *member.agent.mentions.first()?, number, anchors)
}

/// A place that the text of the page holds.
fn place(
    view: &View<'_>,
    anchor: Anchor,
    span: Span<CodePoint>,
    number: usize,
    anchors: &HashSet<Anchor>,
) -> Option<Place> {
    anchors.contains(&anchor).then(|| Some((place_id(anchor, number)?, view.paragraph(span))))?
}
