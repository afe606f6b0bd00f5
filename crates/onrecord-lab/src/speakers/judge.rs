//! Whether an agent is the speaker whom the gold means.

use super::gold::{AgentClass, Answer, GoldSpeaker};
use onrecord_record::{Agent, AgentKind, CodePoint, Span, TextIndex};

/// What became of a speaker. All but [`Verdict::Right`] are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is the one.
    Right,
    /// There is none.
    Nobody,
    /// An agent called by a pronoun.
    Pronoun,
    /// Another one who has a name.
    OtherName,
    /// Another one without a name, though the text has the name of the right one.
    NameMissed,
    /// Another one without a name, where the right one has none either.
    OtherDescription,
}

impl Verdict {
    /// The verdicts that are wrong, in the order of the tables.
    pub const WRONG: [Verdict; 5] = [
        Verdict::Nobody,
        Verdict::Pronoun,
        Verdict::OtherName,
        Verdict::NameMissed,
        Verdict::OtherDescription,
    ];

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Nobody => "nobody",
            Verdict::Pronoun => "a pronoun",
            Verdict::OtherName => "another name",
            Verdict::NameMissed => "a description for a name",
            Verdict::OtherDescription => "another description",
        }
    }
}

/// Holds an agent against the gold; none for what is unsettled.
///
/// A named speaker is right when a mention of the agent has the gold name's last word for its own head ("Moss" within
/// "Ada Moss", "harbour chief Ada Moss", but neither "Moss's brother" nor "Moss and Lee") or when the agent bears the gold
/// name. One who is only described is right when a mention of the agent touches the description and the agent is no named
/// person or body, "the report" of the Harbour Board not being that board. Nobody is right who is called by a pronoun.
pub fn judge(index: &TextIndex<'_>, gold: &GoldSpeaker, agent: Option<&Agent>) -> Option<Verdict> {
    let (start, end) = gold.span?;
    let place = Span::new(CodePoint(start), CodePoint(end));
    let Some(agent) = agent else { return Some(Verdict::Nobody) };
    if is_pronoun(&agent.name) {
        return Some(Verdict::Pronoun);
    }
    let words = index.slice(place);
    let same_words = same(words, &agent.name);
    let named = has_name(agent) && !(gold.answer == Answer::Unnamed && same_words);
    let right = match gold.answer {
        Answer::Unsettled => return None,
        Answer::Named => {
            let joint = gold.class == Some(AgentClass::Person) && agent.kind == Some(AgentKind::Group);
            let head = head(index, place);
            same_words || !joint && agent.mentions.iter().any(|mention| is_head(index, *mention, head))
        }
        Answer::Unnamed => !named && agent.mentions.iter().any(|mention| mention.overlaps(&place)),
    };
    Some(match (right, named, gold.answer) {
        (true, ..) => Verdict::Right,
        (_, true, _) => Verdict::OtherName,
        (_, _, Answer::Named) => Verdict::NameMissed,
        _ => Verdict::OtherDescription,
    })
}

/// Whether `name` is a pronoun and nothing else.
pub fn is_pronoun(name: &str) -> bool {
    const PRONOUNS: &str = " i me my we us our you your he him his she her hers it its they them their this that these \
                            those one who whom whose which what myself himself herself itself themselves ";
    let word = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    !word.is_empty() && !word.contains(' ') && PRONOUNS.contains(&format!(" {word} "))
}

/// Whether an agent is a person or a body, or may be, and is called by a name: the head of what it is called is
/// written large.
fn has_name(agent: &Agent) -> bool {
    let described = matches!(agent.kind, Some(AgentKind::Group | AgentKind::Document | AgentKind::Unnamed));
    let head = head_word(&agent.name);
    !described && head.is_some_and(|(from, _)| agent.name[from..].starts_with(char::is_uppercase))
}

/// The same words, case, punctuation and a leading article apart.
fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let mut plain: Vec<String> = words(text).map(|(_, word)| word.to_lowercase()).collect();
        if plain.len() > 1 && matches!(plain[0].as_str(), "the" | "a" | "an") {
            plain.remove(0);
        }
        plain
    };
    let a = plain(a);
    !a.is_empty() && a == plain(b)
}

/// Where the head of a name stands.
fn head(index: &TextIndex<'_>, place: Span<CodePoint>) -> Span<CodePoint> {
    let words = index.slice(place);
    let Some((from, to)) = head_word(words) else { return place };
    let characters = |bytes: usize| words[..bytes].chars().count() as u32;
    Span::new(CodePoint(place.start.0 + characters(from)), CodePoint(place.start.0 + characters(to)))
}

/// Where in a name its head stands, in bytes: the last word before the first preposition, comma, colon or bracket.
fn head_word(name: &str) -> Option<(usize, usize)> {
    let mut head = None;
    for (from, word) in words(name) {
        let whole = (from, from + word.len());
        let apart = name[..from].trim_end().ends_with([',', ':', ';', '(']);
        if head.is_some() && (apart || is_link(word)) {
            break;
        }
        head = Some(whole);
    }
    head
}

/// The words of a text, each with the byte it begins at; an apostrophe parts words.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let other = |c: char| !c.is_alphanumeric();
    let mut next = 0;
    let words = text.split_inclusive(other).map(move |piece| {
        let from = next;
        next += piece.len();
        (from, piece.trim_end_matches(other))
    });
    words.filter(|(_, word)| !word.is_empty())
}

/// What leads from a head to what is said of it.
fn is_link(word: &str) -> bool {
    matches!(
        word,
        "of" | "for" | "on" | "at" | "in" | "from" | "with" | "by" | "to" | "who" | "which" | "that"
    )
}

/// Whether a mention holds `head` and nothing behind it of which that would be only a part.
fn is_head(index: &TextIndex<'_>, mention: Span<CodePoint>, head: Span<CodePoint>) -> bool {
    if !mention.contains(&head) {
        return false;
    }
    let rest = index.slice(Span::new(head.end, mention.end));
    let possessive = rest.strip_prefix(['\'', '’']).map(|rest| rest.strip_prefix('s').unwrap_or(rest));
    match possessive {
        Some(behind) => behind.trim().is_empty(),
        None => {
            let marked = rest.trim_start().starts_with(|c: char| !c.is_alphanumeric());
            marked || words(rest).next().is_none_or(|(_, word)| is_link(word))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nesting::Half;
    use crate::speakers::SourceKind;
    use onrecord_record::{AgentId, DocumentId, Sha256};
    use proptest::prelude::*;

    const TEXT: &str = "Harbour chief Ada Moss's brother and Tom Lee met Ada Moss of Orrin. A clerk of the Board of Ports agreed.";

    fn gold(words: &str, answer: Answer, class: AgentClass) -> GoldSpeaker {
        let start = TEXT.rfind(words).unwrap() as u32;
        GoldSpeaker {
            doc: "a".into(),
            text_sha256: String::new(),
            half: Half::Choose,
            kind: SourceKind::Pronoun,
            source: vec![],
            cue: vec![],
            content: vec![],
            answer,
            span: Some((start, start + words.len() as u32)),
            class: Some(class),
        }
    }

    fn agent(name: &str, kind: AgentKind, mentions: &[&str]) -> Agent {
        let hash = Sha256::of(b"");
        let document = DocumentId::new(&hash, "", &hash);
        let span = |words: &&str| {
            let start = TEXT.find(*words).unwrap() as u32;
            Span::new(CodePoint(start), CodePoint(start + words.len() as u32))
        };
        Agent {
            id: AgentId::new(&document, Span::new(CodePoint(0), CodePoint(1))),
            document,
            name: name.into(),
            kind: Some(kind),
            names: vec![],
            roles: vec![],
            mentions: mentions.iter().map(span).collect(),
            mention_confidence: vec![],
            also_known_as: vec![],
        }
    }

    fn verdict(gold: &GoldSpeaker, agent: Option<&Agent>) -> Verdict {
        judge(&TextIndex::new(TEXT), gold, agent).unwrap()
    }

    #[test]
    fn a_named_person_is_met_by_a_mention_or_by_the_name() {
        use AgentKind::*;
        let moss = gold("Ada Moss", Answer::Named, AgentClass::Person);
        assert_eq!(verdict(&moss, Some(&agent("Moss", Person, &["Moss of Orrin"]))), Verdict::Right);
        assert_eq!(verdict(&moss, Some(&agent("The Ada Moss", Person, &["Tom Lee"]))), Verdict::Right);
        assert_eq!(verdict(&moss, Some(&agent("ADA MOSS", Person, &["Tom Lee"]))), Verdict::Right);
        assert_eq!(verdict(&moss, Some(&agent("Tom Lee", Person, &["Tom Lee"]))), Verdict::OtherName);
        assert_eq!(verdict(&moss, Some(&agent("a clerk", Unnamed, &["A clerk"]))), Verdict::NameMissed);
        assert_eq!(verdict(&moss, Some(&agent("She", Person, &["Moss of"]))), Verdict::Pronoun);
        assert_eq!(verdict(&moss, None), Verdict::Nobody);
    }

    #[test]
    fn a_name_within_another_phrase_is_not_its_bearer() {
        use AgentKind::*;
        let mut moss = gold("Ada Moss", Answer::Named, AgentClass::Person);
        let start = TEXT.find("Ada Moss").unwrap() as u32;
        moss.span = Some((start, start + 8));
        let brother = agent("Ada Moss's brother", Unnamed, &["Ada Moss's brother"]);
        assert_eq!(verdict(&moss, Some(&brother)), Verdict::NameMissed);
        let own = agent("Moss", Person, &["Ada Moss's"]);
        assert_eq!(verdict(&moss, Some(&own)), Verdict::Right);
        let board = gold("Board of Ports", Answer::Named, AgentClass::Organisation);
        assert_eq!(verdict(&board, Some(&agent("the Board", Organisation, &["the Board"]))), Verdict::Right);
        assert_eq!(verdict(&board, Some(&agent("Ports", Organisation, &["Ports"]))), Verdict::OtherName);
    }

    #[test]
    fn who_is_only_described_must_not_become_somebody_named() {
        use AgentKind::*;
        let clerk = gold("A clerk of the Board of Ports", Answer::Unnamed, AgentClass::Person);
        assert_eq!(verdict(&clerk, Some(&agent("A clerk", Unnamed, &["A clerk"]))), Verdict::Right);
        let board = agent("Board of Ports", Organisation, &["Board of Ports"]);
        assert_eq!(verdict(&clerk, Some(&board)), Verdict::OtherName);
        let other = agent("the brother", Unnamed, &["brother"]);
        assert_eq!(verdict(&clerk, Some(&other)), Verdict::OtherDescription);
    }

    #[test]
    fn the_unsettled_are_not_judged() {
        let mut unsettled = gold("Ada Moss", Answer::Unsettled, AgentClass::Person);
        unsettled.span = None;
        assert_eq!(judge(&TextIndex::new(TEXT), &unsettled, None), None);
    }

    #[test]
    fn pronouns() {
        assert!(is_pronoun("He") && is_pronoun("“who”"));
        assert!(!is_pronoun("Hero") && !is_pronoun("he he") && !is_pronoun("") && !is_pronoun("United"));
    }

    proptest! {
        #[test]
        fn any_name_has_a_head_inside_it(name in "\\PC*") {
            if let Some((from, to)) = head_word(&name) {
                prop_assert!(from < to && name.get(from..to).is_some());
            }
        }
    }
}
