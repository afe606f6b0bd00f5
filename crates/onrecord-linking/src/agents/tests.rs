//! Linking on invented readings.

use super::*;
use onrecord_record::{AgentKind, CodePoint, Role, Sha256, Span};
use proptest::prelude::*;

/// A document with its agents.
#[derive(Debug)]
pub(super) struct Paper {
    id: DocumentId,
    published: Option<String>,
    agents: Vec<Agent>,
}

/// A person of this office.
pub(super) fn agent_with_role(role: &str) -> Agent {
    Paper::new("role", "", &[('p', "Ines Rill", role)]).agents.remove(0)
}

impl Paper {
    /// `agents`: the kind's letter, the name, the role; an agent stands thirty characters behind the one before.
    pub(super) fn new(name: &str, published: &str, agents: &[(char, &str, &str)]) -> Self {
        let hash = Sha256::of(name.as_bytes());
        let id = DocumentId::new(&hash, name, &hash);
        let agents = agents
            .iter()
            .enumerate()
            .map(|(i, (kind, name, role))| {
                let start = i as u32 * 60;
                let span = Span::new(CodePoint(start), CodePoint(start + name.chars().count() as u32));
                let roles: Vec<Role> = [*role]
                    .iter()
                    .filter(|role| !role.is_empty())
                    .map(|role| Role { text: (*role).into(), span })
                    .collect();
                Agent {
                    id: AgentId::new(&id, span),
                    document: id.clone(),
                    name: (*name).into(),
                    kind: match kind {
                        'p' => Some(AgentKind::Person),
                        'o' => Some(AgentKind::Organisation),
                        'u' => Some(AgentKind::Unnamed),
                        _ => None,
                    },
                    names: name.split('=').map(str::to_owned).collect(),
                    roles,
                    mentions: vec![span],
                    mention_confidence: vec![1.0],
                    also_known_as: Vec::new(),
                }
            })
            .map(|mut agent| {
                // "Joint Harbour Commission=JHC": two wordings of one agent.
                agent.name = agent.names.first().cloned().unwrap_or_default();
                agent
            })
            .collect();
        let published = (!published.is_empty()).then(|| published.to_owned());
        Paper { id, published, agents }
    }

    fn agent(&self, at: usize) -> AgentId {
        self.agents[at].id.clone()
    }
}

fn linked(papers: &[Paper], decisions: &Decisions) -> Vec<LinkedAgent> {
    let readings: Vec<DocumentAgents<'_>> = papers
        .iter()
        .map(|paper| DocumentAgents {
            document: &paper.id,
            published: paper.published.as_deref(),
            publisher: None,
            agents: &paper.agents,
        })
        .collect();
    link(&readings, decisions)
}

fn together(linked: &[LinkedAgent], a: &AgentId, b: &AgentId) -> bool {
    linked.iter().any(|one| [a, b].iter().all(|id| one.members.iter().any(|member| member.agent == **id)))
}

fn one(a: (char, &str, &str), b: (char, &str, &str)) -> bool {
    let papers = [Paper::new("a", "2019-03-01", &[a]), Paper::new("b", "2019-05-01", &[b])];
    together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(0))
}

#[test]
fn a_rare_full_name_is_one_person() {
    assert!(one(('p', "Ardry Quillfeather", ""), ('p', "Ardry Quillfeather", "harbourmaster")));
    assert!(one(('p', "Ardry Quillfeather", ""), ('p', "Ardry B. Quillfeather", "")));
    assert!(one(('p', "Robert Quillfeather", ""), ('p', "Bob Quillfeather", "")));
    assert!(one(('p', "Ünal Quillfeather", ""), ('p', "Unal Quillfeather", "")));
}

#[test]
fn namesakes_stay_apart() {
    assert!(!one(('p', "John Smith", "attorney"), ('p', "John Smith", "head coach")));
    assert!(!one(('p', "John Smith", ""), ('p', "John Smith", "")));
    assert!(!one(('p', "Ardry A. Quillfeather", ""), ('p', "Ardry B. Quillfeather", "")));
    assert!(!one(('p', "Ardry Quillfeather Jr.", ""), ('p', "Ardry Quillfeather Sr.", "")));
    assert!(!one(('p', "Ardry Quillfeather", ""), ('p', "Ines Quillfeather", "")));
    assert!(!one(('p', "Ardry Quillfeather", "D-Ohio"), ('p', "Ardry Quillfeather", "R-Maine")));
}

#[test]
fn a_common_name_needs_office_or_company() {
    assert!(one(
        ('p', "John Smith", "harbourmaster of Korr"),
        ('p', "John Smith", "former harbourmaster of Korr")
    ));
    let papers = [
        Paper::new(
            "a",
            "2019-03-01",
            &[('p', "John Smith", ""), ('o', "Korr Lightship Trust", ""), ('p', "Ines Rill", "")],
        ),
        Paper::new(
            "b",
            "2019-04-01",
            &[('o', "Korr Lightship Trust", ""), ('p', "John Smith", ""), ('p', "Ines Rill", "")],
        ),
    ];
    assert!(together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(1)));
}

#[test]
fn one_word_alone_never_links_but_in_copies() {
    assert!(!one(('p', "Quillfeather", "harbourmaster"), ('p', "Quillfeather", "harbourmaster")));
    assert!(!one(('p', "Quillfeather", ""), ('p', "Ardry Quillfeather", "")));
    let agents = [
        ('p', "Quillfeather", ""),
        ('p', "Ines Rill", ""),
        ('p', "Tom Orrin", ""),
        ('o', "Harl Shipping", ""),
        ('o', "Korr Port Authority", ""),
        ('p', "Dana Lund", ""),
    ];
    let papers = [Paper::new("a", "2019-03-01", &agents), Paper::new("b", "2019-03-01", &agents)];
    assert!(together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(0)));
}

#[test]
fn mister_and_missus_are_two() {
    let papers = [
        Paper::new("a", "", &[('p', "Pat Quillfeather=Mr. Quillfeather", "")]),
        Paper::new("b", "", &[('p', "Pat Quillfeather=Ms. Quillfeather", "")]),
    ];
    assert!(!together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(0)));
}

#[test]
fn bodies_meet_under_their_forms_and_acronyms() {
    assert!(one(('o', "Harl Shipping", ""), ('o', "Harl Shipping Inc.", "")));
    assert!(one(('o', "Department of Harbours", ""), ('o', "the Harbours Department", "")));
    assert!(!one(('o', "Harl Shipping", ""), ('o', "Harl Mining", "")));
    assert!(!one(('o', "Harbour Commission", ""), ('o', "Joint Harbour Commission", "")));
    let papers = [
        Paper::new("a", "", &[('o', "Joint Harbour Commission=JHC", "")]),
        Paper::new("b", "", &[('o', "Joint Harbour Commission=JHC", "")]),
        Paper::new("c", "", &[('o', "JHC", "")]),
    ];
    assert!(together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[2].agent(0)));
}

#[test]
fn an_acronym_of_two_bodies_is_nobodys() {
    let papers = [
        Paper::new("a", "", &[('o', "Joint Harbour Commission=JHC", "")]),
        Paper::new("b", "", &[('o', "Jolly Hikers Club=JHC", "")]),
        Paper::new("c", "", &[('o', "JHC", "")]),
    ];
    let linked = linked(&papers, &Decisions::default());
    assert!(!together(&linked, &papers[0].agent(0), &papers[2].agent(0)));
    assert!(!together(&linked, &papers[1].agent(0), &papers[2].agent(0)));
    assert!(!together(&linked, &papers[0].agent(0), &papers[1].agent(0)));
}

#[test]
fn a_name_for_a_kind_of_body_links_nothing_by_itself() {
    assert!(!one(('o', "Foreign Ministry", ""), ('o', "Foreign Ministry", "")));
    assert!(one(('o', "Norwegian Foreign Ministry", ""), ('o', "Norwegian Foreign Ministry", "")));
}

#[test]
fn sources_may_disagree_and_links_say_why() {
    let papers = [
        Paper::new("a", "2019-03-01", &[('p', "Ardry Quillfeather", "minister")]),
        Paper::new("b", "2019-03-02", &[('p', "Ardry Quillfeather", "former minister")]),
        Paper::new("c", "2019-03-03", &[('p', "Ardry Quillfeather", "Minister")]),
    ];
    let linked = linked(&papers, &Decisions::default());
    let all = linked.iter().find(|one| one.members.len() == 3).unwrap();
    let said: Vec<(&str, usize)> =
        all.roles.iter().map(|role| (role.text.as_str(), role.said_by.len())).collect();
    assert_eq!(said, [("minister", 2), ("former minister", 1)]);
    assert_eq!(all.links.len(), 2);
    for link in &all.links {
        let sum: f32 = link.reasons.iter().map(|reason| reason.weight).sum();
        assert!((sum - link.score.unwrap()).abs() < 0.2, "{link:?}");
        assert!(link.reasons.iter().any(|reason| reason.words.contains("Ardry Quillfeather")));
        assert!(!link.entered);
    }
}

#[test]
fn groups_and_unnamed_sources_are_left_out() {
    let papers = [Paper::new("a", "", &[('u', "a senior official", ""), ('p', "Ardry Quillfeather", "")])];
    let linked = linked(&papers, &Decisions::default());
    assert_eq!(linked.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Ardry Quillfeather"]);
}

#[test]
fn what_people_enter_holds() {
    let papers = [
        Paper::new("a", "2019-03-01", &[('p', "Ardry Quillfeather", "")]),
        Paper::new("b", "2019-03-02", &[('p', "Ardry Quillfeather", "")]),
        Paper::new("c", "2019-03-03", &[('p', "The Lamplighter", "")]),
    ];
    let [a, b, c] = [0, 1, 2].map(|at| papers[at].agent(0));
    let apart = Decisions { same: Vec::new(), apart: vec![(b.clone(), a.clone())] };
    assert!(!together(&linked(&papers, &apart), &a, &b));
    let same = Decisions { same: vec![(c.clone(), a.clone())], apart: Vec::new() };
    let found = linked(&papers, &same);
    assert!(together(&found, &a, &c) && together(&found, &b, &c));
    assert!(found.iter().flat_map(|one| &one.links).any(|link| link.entered && link.score.is_none()));
    let both = Decisions { same: vec![(a.clone(), b.clone())], apart: vec![(a.clone(), b.clone())] };
    assert!(!together(&linked(&papers, &both), &a, &b));
    let around =
        Decisions { same: vec![(a.clone(), c.clone()), (b.clone(), c)], apart: vec![(a.clone(), b.clone())] };
    assert!(!together(&linked(&papers, &around), &a, &b));
}

#[test]
fn many_namesakes_take_no_longer_than_their_number() {
    let papers: Vec<Paper> = (0..3000)
        .map(|n| {
            let company = format!("Harl Works {}", n % 700);
            Paper::new(
                &n.to_string(),
                "",
                &[('p', "John Smith", ""), ('o', &company, ""), ('p', "Smith", "")],
            )
        })
        .collect();
    let found = linked(&papers, &Decisions::default());
    let members: usize = found.iter().map(|one| one.members.len()).sum();
    assert_eq!(members, 9000);
}

#[test]
fn who_is_kept_apart_does_not_come_along_with_others() {
    let harl = ('o', "Harl Shipping", "");
    let ardry = ('p', "Ardry Quillfeather", "");
    let papers = [
        Paper::new("0", "", &[('p', "Rill", ""), harl]),
        Paper::new("1", "2014-06-30", &[('o', "Harl Shipping", "minister")]),
        Paper::new("2", "", &[('p', "Rill", ""), harl, ('p', "Ardry B. Quillfeather", ""), harl]),
        Paper::new("3", "", &[harl]),
        Paper::new("4", "", &[harl, ardry]),
        Paper::new("5", "", &[ardry]),
        Paper::new("6", "2019-01-01", &[ardry, ardry]),
    ];
    let (entered, other) = (papers[6].agent(1), papers[2].agent(1));
    let decisions = Decisions {
        same: vec![(papers[1].agent(0), entered.clone())],
        apart: vec![(entered.clone(), other.clone())],
    };
    let found = linked(&papers, &decisions);
    assert!(together(&found, &papers[1].agent(0), &entered));
    assert!(!together(&found, &entered, &other));
}

const NAMES: [&str; 12] = [
    "Ardry Quillfeather",
    "Ardry B. Quillfeather",
    "Robert Rill",
    "Bob Rill",
    "John Smith",
    "John Q. Smith",
    "Harl Shipping",
    "Harl Shipping Inc.",
    "Joint Harbour Commission=JHC",
    "JHC",
    "Foreign Ministry",
    "Rill",
];

fn papers() -> impl Strategy<Value = Vec<Paper>> {
    let agent = (prop::sample::select(vec!['p', 'o', 'n']), 0..NAMES.len(), 0..4_usize);
    let days = prop::sample::select(vec!["", "2019-01-01", "2014-06-30", "not a day"]);
    prop::collection::vec((days, prop::collection::vec(agent, 1..6)), 1..8).prop_map(|papers| {
        papers
            .iter()
            .enumerate()
            .map(|(n, (day, agents))| {
                let roles = ["", "minister", "former minister", "R-Ohio"];
                let agents: Vec<(char, &str, &str)> =
                    agents.iter().map(|(kind, name, role)| (*kind, NAMES[*name], roles[*role])).collect();
                Paper::new(&n.to_string(), day, &agents)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_documents_does_not_matter(mut papers in papers(), turn in 0..8_usize) {
        let before = linked(&papers, &Decisions::default());
        let turn = turn % papers.len();
        papers.rotate_left(turn);
        prop_assert_eq!(&before, &linked(&papers, &Decisions::default()));
        papers.reverse();
        prop_assert_eq!(&before, &linked(&papers, &Decisions::default()));
    }

    #[test]
    fn every_agent_is_in_one_place_and_apart_is_kept(papers in papers(), picks in prop::collection::vec((0..8_usize, 0..6_usize), 4)) {
        let pick = |at: usize| {
            let paper = &papers[picks[at].0 % papers.len()];
            paper.agent(picks[at].1 % paper.agents.len())
        };
        let decisions = Decisions { same: vec![(pick(2), pick(3))], apart: vec![(pick(0), pick(1))] };
        let found = linked(&papers, &decisions);
        if pick(0) != pick(1) {
            prop_assert!(!together(&found, &pick(0), &pick(1)));
        }
        let mut members: Vec<&AgentId> = found.iter().flat_map(|one| one.members.iter().map(|member| &member.agent)).collect();
        let all: usize = papers.iter().map(|paper| paper.agents.len()).sum();
        prop_assert_eq!(members.len(), all);
        members.sort();
        members.dedup();
        prop_assert_eq!(members.len(), all);
    }

    #[test]
    fn any_strings_are_survived(names in prop::collection::vec("\\PC{0,30}", 1..8), role in "\\PC{0,30}", day in "\\PC{0,12}") {
        let papers: Vec<Paper> = (0..3)
            .map(|n| {
                let agents: Vec<(char, &str, &str)> =
                    names.iter().enumerate().map(|(i, name)| (['p', 'o', 'n'][(i + n) % 3], name.as_str(), role.as_str())).collect();
                Paper::new(&n.to_string(), &day, &agents)
            })
            .collect();
        let found = linked(&papers, &Decisions::default());
        prop_assert!(found.iter().all(|one| !one.members.is_empty()));
    }
}

/// Whether the first agents of the first paper and of the last are taken to be one.
pub(super) fn with(mut papers: Vec<Paper>, last: Paper) -> bool {
    papers.push(last);
    let found = linked(&papers, &Decisions::default());
    together(&found, &papers[0].agent(0), &papers[papers.len() - 1].agent(0))
}

#[test]
fn two_forms_of_a_given_name_need_company_where_many_bear_the_surname() {
    let mut papers: Vec<Paper> = ["Ines", "Odd", "Bram", "Lise"]
        .iter()
        .map(|given| Paper::new(given, "2019-03-01", &[('p', &format!("{given} Quillfeather"), "")]))
        .collect();
    papers.insert(0, Paper::new("bob", "2019-03-09", &[('p', "Bob Quillfeather", "pilot of Korr")]));
    assert!(!with(papers, Paper::new("last", "2019-05-01", &[('p', "Robert Quillfeather", "")])));
}

#[test]
fn committees_of_two_chambers_stay_apart() {
    assert!(!one(('o', "House Harbours Committee", ""), ('o', "Senate Harbours Committee", "")));
    assert!(one(('o', "House Harbours Committee", ""), ('o', "U.S. House Harbours Committee", "")));
    assert!(!one(('o', "House Harbours Committee", ""), ('o', "Harbours Committee", "")));
    let company = |name: &'static str| {
        [('o', name, ""), ('p', "Ardry Quillfeather", "chairman"), ('o', "Korr Lightship Trust", "")]
    };
    let papers = [
        Paper::new("a", "2019-03-01", &company("House Harbours Committee")),
        Paper::new("b", "2019-04-01", &company("Harbours Committee")),
    ];
    let found = linked(&papers, &Decisions::default());
    assert!(together(&found, &papers[0].agent(0), &papers[1].agent(0)));
}

#[test]
fn a_committee_of_one_chamber_alone_needs_little_company() {
    let body = |at: usize, name: &str| {
        Paper::new(&format!("{name} {at}"), "2019-03-01", &[('o', name, ""), ('p', "Odd Tarn", "")])
    };
    let of_the_house = || (0..9).map(|at| body(at, "House Tidal Waters Committee"));
    assert!(with(of_the_house().collect(), body(0, "Tidal Waters Committee")));
    let of_both = of_the_house().chain((0..3).map(|at| body(at, "Senate Tidal Waters Committee")));
    assert!(!with(of_both.collect(), body(0, "Tidal Waters Committee")));
}

#[test]
fn letters_that_nearly_all_documents_mean_one_body_by_need_no_explanation() {
    let body = |at: usize, name: &str| Paper::new(&format!("{name} {at}"), "2019-03-01", &[('o', name, "")]);
    let mut papers: Vec<Paper> = (0..9).map(|at| body(at, "Department of Tidal Waters")).collect();
    assert!(with(papers, body(0, "DTW")));
    papers = (0..9).map(|at| body(at, "Department of Tidal Waters")).collect();
    papers.extend((0..9).map(|at| body(at, "Dorvan Timber Works")));
    assert!(!with(papers, body(0, "DTW")));
}

#[test]
fn a_party_shared_is_no_sign() {
    assert!(!one(('p', "John Smith", "Republican Rep."), ('p', "John Smith", "Ohio Republican")));
}

#[test]
fn short_and_full_names_of_a_state_meet() {
    let a = ('p', "John Smith", "D-N.C.");
    let with_office = |role| {
        let papers = [
            Paper::new("a", "2019-03-01", &[a, ('p', "Odd Tarn", "")]),
            Paper::new("b", "2019-05-01", &[('p', "John Smith", role), ('p', "Odd Tarn", "")]),
        ];
        together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(0))
    };
    assert!(with_office("North Carolina senator"));
}

#[test]
fn a_known_body_is_one_under_names_without_a_letter_in_common() {
    assert!(one(('o', "Fed", ""), ('o', "Federal Reserve", "")));
    assert!(one(('o', "MSF", ""), ('o', "Médecins Sans Frontières", "")));
    assert!(!one(('o', "Fed", ""), ('o', "Federal Harbour Board", "")));
    let papers = [
        Paper::new("a", "2019-03-01", &[('o', "Institute for Sea and Inland Shipping=ISIS", "")]),
        Paper::new("b", "2019-04-01", &[('o', "ISIS", "")]),
    ];
    assert!(!together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(0)));
}

#[test]
fn two_members_of_one_chamber_and_party_are_hardly_two() {
    assert!(one(('p', "John Smith", "GOP Rep."), ('p', "John Smith", "Republican congressman")));
    assert!(!one(('p', "John Smith", "GOP Rep."), ('p', "John Smith", "Democratic Rep.")));
    assert!(!one(('p', "John Smith", "state Rep."), ('p', "John Smith", "Rep.")));
    let papers = [
        Paper::new("a", "2009-03-01", &[('p', "John Smith", "Rep.")]),
        Paper::new("b", "2019-05-01", &[('p', "John Smith", "Rep.")]),
    ];
    assert!(!together(&linked(&papers, &Decisions::default()), &papers[0].agent(0), &papers[1].agent(0)));
}

#[test]
fn a_name_in_full_with_jr_is_whom_others_name_without_where_the_office_agrees() {
    let full = |role| ('p', "Ardry J. Quillfeather Jr.", role);
    assert!(one(full("harbourmaster of Korr"), ('p', "Ardry Quillfeather", "harbourmaster of Korr")));
    assert!(!one(full(""), ('p', "Ardry Quillfeather", "")));
    assert!(!one(full("harbourmaster of Korr"), ('p', "Ardry J. Quillfeather Sr.", "harbourmaster of Korr")));
}

#[test]
fn two_well_known_bodies_are_two_whatever_a_document_calls_them() {
    assert!(!one(('o', "Associated Press=EU", ""), ('o', "European Union", "")));
}
