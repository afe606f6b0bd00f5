use super::phrase::{Head, head};
use super::rules::{Class, Group, RULES, groups, key};
use super::{Speakers, name, page::Page, speakers};
use crate::attribution::Attribution;
use crate::quotation::quoted;
use crate::token::tokens;
use name::{Gender, Look};
use onrecord_record::{Agent, AgentKind, Byte, CodePoint, DocumentId, Sha256, Span, TextIndex};
use proptest::prelude::*;

/// Reads `text` with an attribution for every `⟦source⟧` in it, whose content is the `⟨…⟩` of the same number.
pub(super) fn read(marked: &str) -> (String, Speakers) {
    let mut text = String::new();
    let (mut sources, mut contents) = (Vec::new(), Vec::new());
    let (mut source, mut content) = (0, 0);
    for c in marked.chars() {
        let at = text.len() as u32;
        match c {
            '⟦' => source = at,
            '⟧' => sources.push(Span::new(Byte(source), Byte(at))),
            '⟨' => content = at,
            '⟩' => contents.push(Span::new(Byte(content), Byte(at))),
            c => text.push(c),
        }
    }
    let attributions: Vec<Attribution> = (0..sources.len().max(contents.len()))
        .map(|i| Attribution {
            source: sources.get(i).filter(|span| !span.is_empty()).copied().into_iter().collect(),
            cue: Vec::new(),
            content: contents.get(i).copied().into_iter().collect(),
            confidence: 1.0,
            ..Attribution::default()
        })
        .collect();
    let found = run(&text, &attributions);
    (text, found)
}

fn run(text: &str, attributions: &[Attribution]) -> Speakers {
    let index = TextIndex::new(text);
    let all = tokens(text);
    let document = DocumentId::new(&Sha256::of(b""), "", &Sha256::of(text.as_bytes()));
    speakers(&document, &index, &all, &quoted(text, &all), attributions, None)
}

/// The names of the speakers, in order.
pub(super) fn said(marked: &str) -> Vec<String> {
    let (_, found) = read(marked);
    found.speaker.iter().map(|of| of.map_or("–".to_owned(), |of| found.agents[of].name.clone())).collect()
}

pub(super) fn agent<'a>(found: &'a Speakers, name: &str) -> &'a Agent {
    let names = || found.agents.iter().map(|agent| &agent.name).collect::<Vec<_>>();
    found
        .agents
        .iter()
        .find(|agent| agent.name == name)
        .unwrap_or_else(|| panic!("no {name} in {:?}", names()))
}

#[test]
fn one_person_under_many_wordings() {
    let (_, found) = read(
        "⟦Secretary of State Otto Brand⟧ said no. ⟦Brand⟧ left. ⟦Secretary Brand⟧ wrote. ⟦Mr. Brand⟧ denied it. ⟦Brand’s⟧ claims.",
    );
    assert_eq!(found.speaker, [Some(0); 5]);
    let brand = &found.agents[0];
    assert_eq!(brand.name, "Otto Brand");
    assert_eq!(brand.kind, Some(AgentKind::Person));
    assert_eq!(brand.names, ["Secretary of State Otto Brand", "Brand", "Secretary Brand", "Mr. Brand"]);
    assert_eq!(brand.roles[0].text, "Secretary of State");
    assert_eq!(brand.mentions.len(), 5);
}

#[test]
fn namesakes_stay_apart() {
    let text = "⟦Rolf Egg⟧ spoke. ⟦Ilse Egg⟧ spoke. Later ⟦Mrs. Egg⟧ spoke again and ⟦Mr. Egg⟧ answered.";
    assert_eq!(said(text), ["Rolf Egg", "Ilse Egg", "Ilse Egg", "Rolf Egg"]);
    let kin = "⟦Tom Orrin Sr.⟧ sold it. ⟦Tom Orrin Jr.⟧ bought it.";
    assert_eq!(said(kin), ["Tom Orrin Sr.", "Tom Orrin Jr."]);
}

#[test]
fn names_of_many_makes() {
    for name in [
        "Ana de la Cruz",
        "Jan van der Meer",
        "Omar bin Tariq",
        "Abu Hamid al-Zuri",
        "Brian O’Malley",
        "Brian O'Malley",
        "J.K. Harl",
        "Rolf T. Egg",
        "Ilse Harl-Brand",
        "Tom McOrrin",
    ] {
        assert_eq!(said(&format!("⟦{name}⟧, a docker, said so.")), [name]);
    }
    let (_, found) = read(
        "⟦Omar bin Tariq⟧ left; they saw bin Tariq again. ⟦its “chief harbour critic” Rolf Egg⟧ agreed.",
    );
    assert_eq!(agent(&found, "Omar bin Tariq").names, ["Omar bin Tariq", "bin Tariq"]);
    assert_eq!(agent(&found, "Rolf Egg").mentions.len(), 1);
    assert_eq!(
        said("⟦Dr. Ana de la Cruz⟧ said so. ⟦De la Cruz⟧ left."),
        ["Ana de la Cruz", "Ana de la Cruz"]
    );
}

#[test]
fn descriptions_before_and_behind_are_roles() {
    let (_, found) = read(
        "“No,” said ⟦Nils Harl, the former harbour pilot and, since May, keeper of the Lund lighthouse⟧. \
         ⟦Egg’s campaign manager, Wilma Trott⟧, agreed. ⟦conservative radio host Rolf Egg⟧ did not.",
    );
    let roles =
        |name: &str| agent(&found, name).roles.iter().map(|role| role.text.as_str()).collect::<Vec<_>>();
    assert_eq!(roles("Nils Harl"), ["former harbour pilot and, since May, keeper of the Lund lighthouse"]);
    assert_eq!(roles("Wilma Trott"), ["Egg’s campaign manager"]);
    assert_eq!(roles("Rolf Egg"), ["conservative radio host"]);
    let (_, place) = read("In Korr, the mayor said so. ⟦Ana Korr⟧ agreed.");
    assert!(agent(&place, "Ana Korr").roles.is_empty());
}

#[test]
fn kinds_of_speakers() {
    for (source, kind) in [
        ("The State Department", AgentKind::Organisation),
        ("The Korr Port Authority", AgentKind::Organisation),
        ("The KPA", AgentKind::Organisation),
        ("France", AgentKind::Organisation),
        ("Mine owner Delta Metals Inc.", AgentKind::Organisation),
        ("The Trott campaign", AgentKind::Organisation),
        ("Some lawmakers", AgentKind::Group),
        ("US intelligence officials", AgentKind::Group),
        ("Ilse Brand and Rolf Egg", AgentKind::Group),
        ("A group of dockers", AgentKind::Group),
        ("A 2018 study", AgentKind::Document),
        ("Court filings", AgentKind::Document),
        ("A senior official", AgentKind::Unnamed),
        ("A person familiar with the talks", AgentKind::Unnamed),
        ("A spokeswoman for Ilse Brand", AgentKind::Unnamed),
        ("Libertarian candidate Rolf Egg’s doctor", AgentKind::Unnamed),
        ("Sources", AgentKind::Unnamed),
    ] {
        let (_, found) = read(&format!("⟦{source}⟧ said so."));
        let speaker = found.speaker[0].unwrap_or_else(|| panic!("nobody for {source}"));
        assert_eq!(found.agents[speaker].kind, Some(kind), "{source}");
    }
}

#[test]
fn pronouns_go_back_to_who_fits() {
    assert_eq!(
        said("⟦Ilse Brand⟧ met Otto Harl. ⟦She⟧ said no. ⟦He⟧ said yes."),
        ["Ilse Brand", "Ilse Brand", "Otto Harl"]
    );
    assert_eq!(said("Nobody came. ⟦He⟧ said no."), ["–"]);
    assert_eq!(
        said("⟦Otto Harl⟧ said so.\n\n“It rains,” ⟦he⟧ said.\n\n“Still,” ⟦he⟧ added."),
        ["Otto Harl", "Otto Harl", "Otto Harl"]
    );
    // Whoever is spoken of within quotation marks is no likely speaker of the next.
    assert_eq!(said("⟦Otto Harl⟧ said: “Rolf Egg left.” ⟦He⟧ sighed."), ["Otto Harl", "Otto Harl"]);
}

#[test]
fn first_persons_belong_to_whoever_speaks() {
    let text = "Otto Harl wrote: “I said so before.”";
    let at =
        |part: &str| text.find(part).map(|at| Span::new(Byte(at as u32), Byte((at + part.len()) as u32)));
    let attribution = |source: &str, content: &str| Attribution {
        source: at(source).into_iter().collect(),
        cue: Vec::new(),
        content: at(content).into_iter().collect(),
        confidence: 1.0,
        ..Attribution::default()
    };
    let found = run(text, &[attribution("I", "so"), attribution("Otto Harl", "“I said so before.”")]);
    assert_eq!(found.speaker, [Some(0), Some(0)]);
    assert_eq!(found.agents[0].mentions.len(), 2);
    assert_eq!(found.agents[0].names, ["Otto Harl"]);
    assert_eq!(said("⟦I⟧ think so."), ["–"]);
}

#[test]
fn descriptions_go_back_to_who_bears_the_office() {
    assert_eq!(
        said(
            "⟦Sen. Wilma Trott⟧ met Mayor Rolf Egg. ⟦The senator⟧ left. ⟦The mayor⟧ stayed. ⟦The judge⟧ slept."
        ),
        ["Wilma Trott", "Wilma Trott", "Rolf Egg", "The judge"]
    );
    assert_eq!(
        said(
            "⟦Republican nominee Rolf Egg⟧ and Democratic nominee Ilse Brand met. ⟦The Democratic nominee⟧ left."
        ),
        ["Rolf Egg", "Ilse Brand"]
    );
    assert_eq!(said("⟦A new report⟧ says so. ⟦The report⟧ adds more."), ["A new report", "A new report"]);
}

#[test]
fn bodies_with_their_short_forms() {
    let (_, found) = read(
        "⟦The Joint Harbour Commission (JHC)⟧ met. ⟦The JHC⟧ spoke. ⟦The Commission⟧ closed. ⟦the commission⟧ rose.",
    );
    assert_eq!(found.speaker, [Some(0); 4]);
    assert_eq!(found.agents[0].name, "Joint Harbour Commission");
    assert_eq!(found.agents[0].also_known_as[0].name, "JHC");
}

#[test]
fn stated_aliases() {
    let (_, found) = read("⟦Tariq Abu Nur – also known as Omar al-Zuri⟧ – spoke.");
    assert_eq!(agent(&found, "Tariq Abu Nur").also_known_as[0].name, "Omar al-Zuri");
}

#[test]
fn relative_clauses_take_what_stands_before() {
    assert_eq!(
        said("Ilse Brand, 41, of Korr, ⟦who⟧ said so, left. Some dockers in Korr ⟦who⟧ said so stayed."),
        ["Ilse Brand", "Some dockers"]
    );
    assert_eq!(
        said("Ilse Brand, ⟦who⟧ said so, left. Critics ⟦who⟧ said so stayed."),
        ["Ilse Brand", "Critics"]
    );
}

#[test]
fn headlines_make_no_agents() {
    let (_, found) = read(
        "Otto Harl Slams Brand Over Harbour Plan Delay\n\n⟦Harl⟧ said that Ilse Brand and Otto Harl had met.",
    );
    let names: Vec<&str> = found.agents.iter().map(|agent| agent.name.as_str()).collect();
    assert_eq!(names, ["Otto Harl", "Ilse Brand"]);
}

#[test]
fn two_unnamed_officials_are_two() {
    assert_eq!(run_ids("⟦An official⟧ said so. ⟦Another official⟧ did not. ⟦The official⟧ left."), [0, 1, 1]);
}

fn run_ids(marked: &str) -> Vec<usize> {
    read(marked).1.speaker.into_iter().flatten().collect()
}

/// Whether the group of rules reads the phrase.
fn reads(group: &Group, phrase: &str) -> bool {
    let all = tokens(phrase);
    let marks = quoted(phrase, &all);
    let page = Page::new(phrase, &all, &marks);
    let names = name::names(&page);
    let head = head(&page, &names, 0..page.len());
    let name = names.first();
    let classes = RULES.class(key(phrase));
    let kind = match &head {
        Head::Noun { kind, .. } => *kind,
        Head::Names { names: of, .. } => match names[of[0]].look {
            Look::Organisation | Look::Place => Some(AgentKind::Organisation),
            Look::Person => Some(AgentKind::Person),
            _ => None,
        },
        _ => None,
    };
    let is_place = name.is_some_and(|name| name.look == Look::Place);
    let gender = |gender| name.is_some_and(|name| name.gender == Some(gender));
    let title = |class: Class| (0..page.len()).any(|i| page.is(i, class));
    match group.class.as_str() {
        "honorific-male" => gender(Gender::Male),
        "honorific-female" => gender(Gender::Female),
        "honorific" => title(Class::HONORIFIC) && name.is_some_and(|name| name.name.start > name.run.start),
        "role" => title(Class::ROLE) && matches!(head, Head::Names { .. }) && kind == Some(AgentKind::Person),
        "role-male" => (0..page.len()).any(|i| page.is(i, Class::ROLE) && page.is(i, Class::MALE)),
        "role-female" => (0..page.len()).any(|i| page.is(i, Class::ROLE) && page.is(i, Class::FEMALE)),
        "modifier" => title(Class::MODIFIER),
        "complement" => title(Class::COMPLEMENT) && name.is_some_and(|name| name.units == 2),
        "particle" => title(Class::PARTICLE) && name.is_some_and(|name| name.run.len() == page.len()),
        "suffix" => title(Class::SUFFIX) && name.is_some_and(|name| name.units == 2),
        "function" => classes.is(Class::FUNCTION) && names.is_empty(),
        "calendar" => classes.is(Class::CALENDAR) && names.is_empty(),
        "people" => title(Class::PEOPLE) && name.is_some_and(|name| name.name.start > 0),
        "pronoun-male" => classes.is(Class::HE),
        "pronoun-female" => classes.is(Class::SHE),
        "pronoun-plural" => classes.is(Class::THEY),
        "pronoun-thing" => classes.is(Class::IT),
        "pronoun-first" => classes.is(Class::FIRST),
        "pronoun-second" => classes.is(Class::SECOND),
        "relative" => classes.is(Class::RELATIVE),
        "organisation" | "company" => kind == Some(AgentKind::Organisation),
        "group" => kind == Some(AgentKind::Group),
        "document" => kind == Some(AgentKind::Document),
        "unnamed" => kind == Some(AgentKind::Unnamed),
        "place" | "place-part" => is_place,
        "thing" => name.is_some_and(|name| name.look == Look::Other),
        "surname" => kind == Some(AgentKind::Person),
        "restating" => title(Class::RESTATING),
        "restating-body" => title(Class::RESTATING_BODY),
        "heading" => title(Class::HEADING),
        "body-kin" => {
            let mut words = phrase.split(" = ").map(key);
            let noun = words.next().unwrap_or_default();
            words.all(|word| RULES.kin(word).is_some_and(|nouns| nouns.contains(&noun)))
        }
        "same-place" => {
            let mut places = phrase.split(" = ").map(|word| RULES.place(key(word)));
            let first = places.next();
            places.all(|place| Some(place) == first)
        }
        "known-body" | "known-acronym" => {
            name.is_some_and(|name| name::is_known_body(&page, name.name.clone()))
        }
        "known-thing" => name.is_some_and(|name| name.look == Look::Other),
        "study" => title(Class::STUDY),
        "ruling" => title(Class::RULING),
        "retinue" => title(Class::RETINUE),
        "picture" => name.is_some_and(|name| page.is(name.name.end, Class::PICTURE)),
        "locality" => title(Class::LOCALITY),
        "name-male" => gender(Gender::Male),
        "name-female" => gender(Gender::Female),
        "name-both" => title(Class::NAME_BOTH) && kind == Some(AgentKind::Person),
        "same-office" => {
            let mut offices = phrase.split(" = ").map(|word| RULES.office(key(word)));
            let first = offices.next();
            offices.all(|office| Some(office) == first)
        }
        other => panic!("a rules file has the unknown class {other}"),
    }
}

#[test]
fn rules_hold_their_examples_and_fail_the_others() {
    let groups = groups();
    assert_eq!(groups.len(), 46);
    let mut wrong = Vec::new();
    for group in &groups {
        wrong.extend(
            group
                .holds
                .iter()
                .filter(|phrase| !reads(group, phrase))
                .map(|phrase| format!("{}: should read {phrase}", group.class)),
        );
        wrong.extend(
            group
                .fails
                .iter()
                .filter(|phrase| reads(group, phrase))
                .map(|phrase| format!("{}: should not read {phrase}", group.class)),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn any_text_with_any_spans_is_survived(
        words in proptest::collection::vec(prop_oneof![
            "[A-Z][a-z]{1,5}", "Mr\\.|Sen\\.|President|Secretary of|said|who|he|she|They|I|the|a|of|and|bin|al-|de|St\\.",
            "[“”\"'’(),.;:–-]", "\\PC{0,4}", "\n|\n\n|\u{a0}", "Report|study|officials|Bank|Ana|Otto|Egg|EGG|U\\.S\\.",
        ], 0..60),
        cuts in proptest::collection::vec((0..400_u32, 0..40_u32, 0..3_u8), 0..24),
        joined in any::<bool>(),
    ) {
        let text = words.join(if joined { "" } else { " " });
        let attributions: Vec<Attribution> = cuts.chunks(3).map(|cuts| {
            let mut attribution = Attribution { source: vec![], cue: vec![], content: vec![], confidence: 0.5, ..Attribution::default() };
            for (at, len, role) in cuts {
                let span = Span::new(Byte(*at), Byte(at + len));
                match role {
                    0 => attribution.source.push(span),
                    1 => attribution.cue.push(span),
                    _ => attribution.content.push(span),
                }
            }
            attribution
        }).collect();
        let found = run(&text, &attributions);
        let index = TextIndex::new(&text);
        prop_assert_eq!(found.speaker.len(), attributions.len());
        for of in found.speaker.iter().flatten() {
            prop_assert!(*of < found.agents.len());
        }
        let mut last = CodePoint(0);
        for agent in &found.agents {
            prop_assert!(!agent.name.is_empty() && !agent.mentions.is_empty());
            prop_assert!(agent.mentions[0].start >= last);
            last = agent.mentions[0].start;
            for span in agent.mentions.iter().chain(agent.roles.iter().map(|role| &role.span)) {
                prop_assert!(!span.is_empty() && span.end.0 <= index.characters());
            }
            for role in &agent.roles {
                prop_assert_eq!(index.slice(role.span), &role.text);
            }
            for alias in &agent.also_known_as {
                prop_assert_eq!(index.slice(alias.span), &alias.name);
            }
            for name in &agent.names {
                prop_assert!(agent.mentions.iter().any(|span| index.slice(*span) == name));
            }
        }
    }
}

#[test]
fn a_quotation_that_goes_on_keeps_its_speaker() {
    let text = "“It rains,” Otto Harl said.\n\n“It pours.”\n\nThe sun shone.";
    let span = |part: &str| {
        let at = text.find(part).unwrap_or_default();
        vec![Span::new(Byte(at as u32), Byte((at + part.len()) as u32))]
    };
    let named = Attribution {
        source: span("Otto Harl"),
        cue: span("said"),
        content: span("“It rains,”"),
        confidence: 1.0,
        ..Attribution::default()
    };
    let bare = |content| Attribution {
        source: vec![],
        cue: vec![],
        content: span(content),
        confidence: 1.0,
        ..Attribution::default()
    };
    let found = run(text, &[named, bare("“It pours.”"), bare("The sun shone.")]);
    assert_eq!(found.speaker, [Some(0), Some(0), None]);
}

#[test]
fn long_repetitions_take_no_longer_than_their_length() {
    for part in [
        "Otto Brand, the director of ",
        "Aa-",
        "A.",
        "Ana’s ",
        ", who ",
        "the report ",
        "Abu al ",
        "a.k.a. EGG, Rolf; ",
        "Ana Egg, also known as ",
        "the Brand report of ",
        "Ana Egg is the mayor of ",
        "(the “",
        "Al “Bo ",
    ] {
        let text = part.repeat(20_000);
        let attributions: Vec<Attribution> = (0..text.len() as u32 - 40)
            .step_by(97)
            .map(|at| Attribution {
                source: vec![Span::new(Byte(at), Byte(at + 30))],
                cue: vec![],
                content: vec![Span::new(Byte(at), Byte(at + 4000))],
                confidence: 1.0,
                ..Attribution::default()
            })
            .collect();
        let start = std::time::Instant::now();
        let found = run(&text, &attributions);
        assert_eq!(found.speaker.len(), attributions.len());
        // Generous: quadratic work would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{part}");
    }
}
