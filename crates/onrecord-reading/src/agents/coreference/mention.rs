//! What is known of a mention by itself: its form, number, gender, words, and where it stands.

use super::scene::Scene;
use crate::agents::name::Gender;
use crate::agents::rules::Class;
use onrecord_record::AgentKind;
use std::ops::Range;

/// The pronouns there are, in the order of their numbers in the features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::agents) enum Pronoun {
    /// No pronoun.
    #[default]
    None,
    I,
    We,
    You,
    He,
    She,
    They,
    It,
    /// "who", "which".
    Relative,
    /// "this", "those".
    Pointing,
    /// "everybody", "one".
    Anybody,
}

impl Pronoun {
    /// How many there are.
    pub(super) const COUNT: usize = 11;

    /// The pronoun that a word is.
    pub(in crate::agents) fn of(word: &str) -> Self {
        let mut small = [0_u8; 10];
        let Some(small) = small.get_mut(..word.len()) else { return Pronoun::None };
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        match &*small {
            b"i" | b"me" | b"my" | b"mine" | b"myself" => Pronoun::I,
            b"we" | b"us" | b"our" | b"ours" | b"ourselves" => Pronoun::We,
            b"you" | b"your" | b"yours" | b"yourself" | b"yourselves" => Pronoun::You,
            b"he" | b"him" | b"his" | b"himself" => Pronoun::He,
            b"she" | b"her" | b"hers" | b"herself" => Pronoun::She,
            b"they" | b"them" | b"their" | b"theirs" | b"themselves" => Pronoun::They,
            b"it" | b"its" | b"itself" => Pronoun::It,
            b"who" | b"whom" | b"whose" | b"which" => Pronoun::Relative,
            b"this" | b"that" | b"these" | b"those" => Pronoun::Pointing,
            b"everyone" | b"everybody" | b"someone" | b"somebody" | b"anyone" | b"anybody" | b"nobody"
            | b"one" => Pronoun::Anybody,
            _ => Pronoun::None,
        }
    }

    fn is_own(self) -> bool {
        !matches!(self, Pronoun::None)
    }
}

/// One or several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::agents) enum Number {
    #[default]
    Unknown,
    One,
    Several,
}

/// How a mention begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::agents) enum Opening {
    #[default]
    Other,
    The,
    A,
    /// "his", "our".
    Somebodys,
    /// "this", "those".
    Pointing,
    /// "many", "two".
    Counted,
}

/// A mention with all that is known of it, in token numbers of the page.
#[derive(Clone, Debug, Default)]
pub(in crate::agents) struct Mention {
    pub(in crate::agents) range: Range<usize>,
    pub(in crate::agents) head: usize,
    pub(in crate::agents) pronoun: Pronoun,
    pub(in crate::agents) opening: Opening,
    /// Whom its name names, as an index into the cast.
    pub(in crate::agents) named: Option<usize>,
    pub(in crate::agents) gender: Option<Gender>,
    pub(in crate::agents) number: Number,
    /// The hash of its words, articles and possessive apart.
    pub(super) text: u64,
    pub(super) head_key: u64,
    /// The hashes of the words that are no function words, sorted.
    pub(super) content: Vec<u64>,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
    /// Who speaks the turn of a transcript: the hash of the label's words.
    pub(super) speaker: Option<u64>,
    pub(in crate::agents) quoted: bool,
    /// The attribution within whose content it stands, the innermost.
    pub(in crate::agents) inside: Option<usize>,
    /// The attribution of whose source it is a part.
    pub(in crate::agents) source: Option<usize>,
    /// The last attribution before it whose source it is no part of.
    pub(super) heard: Option<usize>,
    pub(super) begins_sentence: bool,
    pub(super) possessive: bool,
    pub(super) behind_preposition: bool,
    /// How many mentions of the same name stand before it.
    pub(super) named_before: u8,
    /// The nearest person named before it who can be meant, and the nearest mention that begins a sentence and can be.
    pub(super) nearest: Option<usize>,
    pub(super) nearest_subject: Option<usize>,
    /// Whom the rules take it to mean.
    pub(super) ruled: Option<usize>,
    /// How many mentions of the same words stand before it.
    pub(super) told: u8,
    /// Whether its name is that of a person, and in full, or of something else.
    named_person: u8,
}

/// A mention is described by at most this many different words.
const MOST_WORDS: usize = 16;

impl Mention {
    /// Looks at the mention at `range`, carried by `head`.
    pub(super) fn new(scene: &Scene<'_, '_>, range: Range<usize>, head: usize) -> Self {
        let page = scene.page;
        let head = head.clamp(range.start, range.end.saturating_sub(1).max(range.start));
        let mut end = range.end;
        let possessive = (range.start + 1..range.end)
            .rev()
            .take(2)
            .find(|&i| page.possessive(i) > 0 && i + page.possessive(i) == range.end);
        if let Some(at) = possessive {
            end = at;
        }
        // "who was director" is a pronoun with its clause.
        let relative = Pronoun::of(page.word(range.start)) == Pronoun::Relative;
        let alone = end == range.start + 1 || head == range.start || relative;
        let pronoun = if alone { Pronoun::of(page.word(range.start)) } else { Pronoun::None };
        let named = if pronoun.is_own() { None } else { scene.named(range.start..end, head) };
        let entity = named.and_then(|of| scene.cast.entities.get(of));
        let words = || (range.start..end).filter(|&i| page.is_word(i));
        let mut content: Vec<u64> = words()
            .filter(|&i| !page.is(i, Class::FUNCTION) && !Pronoun::of(page.word(i)).is_own())
            .map(|i| page.key(i))
            .take(MOST_WORDS)
            .collect();
        content.sort_unstable();
        content.dedup();
        let text = words()
            .filter(|&i| !matches!(opening(page.word(i)), Opening::The | Opening::A))
            .fold(0, |hash, i| (hash ^ page.key(i)).wrapping_mul(0x9e37_79b9_7f4a_7c15_u64).rotate_left(17));
        let mut mention = Mention {
            pronoun,
            opening: opening(page.word(range.start)),
            named,
            text,
            head_key: page.key(head),
            content,
            sentence: page.sentence(head),
            paragraph: page.paragraph(head),
            speaker: scene.speaker(head),
            quoted: page.in_quotation(head),
            inside: scene.inside(head),
            source: scene.source(head),
            heard: scene.heard(head),
            begins_sentence: page.begins_sentence(range.start)
                || range.start > 0 && !page.is_word(range.start - 1) && page.begins_sentence(range.start - 1),
            possessive: possessive.is_some()
                || pronoun.is_own()
                    && matches!(
                        page.word(range.start).to_ascii_lowercase().as_str(),
                        "my" | "our" | "your" | "his" | "their" | "whose" | "its"
                    ),
            behind_preposition: page.behind_preposition(range.start),
            named_person: match entity.map(|entity| (entity.kind, entity.units)) {
                None => 0,
                Some((Some(AgentKind::Person), 0 | 1)) => 1,
                Some((Some(AgentKind::Person), _)) => 2,
                Some((None, _)) => 3,
                Some(_) => 4,
            },
            ..Mention::default()
        };
        mention.gender = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            Pronoun::None => entity
                .and_then(|entity| entity.gender)
                .or_else(|| described_gender(scene, range.start..end, head)),
            _ => None,
        };
        mention.number = match pronoun {
            Pronoun::I | Pronoun::He | Pronoun::She | Pronoun::It => Number::One,
            Pronoun::We | Pronoun::They => Number::Several,
            Pronoun::None => described_number(scene, range.start..end, head, named.is_some()),
            _ => Number::Unknown,
        };
        mention.range = range;
        mention.head = head;
        mention
    }

    /// The numbers of its features, each below [`FEATURES`].
    pub(super) fn features(&self) -> Vec<u16> {
        let mut numbers = Numbers::default();
        let pronoun = self.pronoun as usize;
        numbers.add(pronoun, Pronoun::COUNT);
        numbers.add(self.opening as usize, 6);
        numbers.add(usize::from(self.named_person), 5);
        numbers.add(gender(self.gender), 3);
        numbers.add(self.number as usize, 3);
        numbers.add(usize::from(self.quoted), 2);
        numbers.add(self.range.len().min(7), 8);
        numbers.add(usize::from(self.begins_sentence), 2);
        numbers.add(usize::from(self.possessive), 2);
        numbers.add(self.sentence.min(3) as usize, 4);
        numbers.add(usize::from(self.speaker.is_some()), 2);
        numbers.add(usize::from(self.inside.is_some()) * Pronoun::COUNT + pronoun, 2 * Pronoun::COUNT);
        numbers.add(usize::from(self.source.is_some()) * Pronoun::COUNT + pronoun, 2 * Pronoun::COUNT);
        numbers.add(usize::from(self.told.min(3)), 4);
        numbers.add(usize::from(self.behind_preposition), 2);
        debug_assert_eq!(numbers.next, FEATURES);
        numbers.numbers
    }

    pub(super) fn person(&self) -> bool {
        matches!(self.named_person, 1 | 2)
    }
}

/// How many features a mention may have.
pub(super) const FEATURES: usize = 11 + 6 + 5 + 3 + 3 + 2 + 8 + 2 + 2 + 4 + 2 + 22 + 22 + 4 + 2;

/// Features of several kinds, numbered one kind behind the other.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) numbers: Vec<u16>,
    pub(super) next: usize,
}

impl Numbers {
    /// Adds which of `count` it is.
    pub(super) fn add(&mut self, which: usize, count: usize) {
        let number = self.next + which.min(count.saturating_sub(1));
        self.numbers.push(u16::try_from(number).unwrap_or(u16::MAX));
        self.next += count;
    }
}

pub(super) fn gender(gender: Option<Gender>) -> usize {
    match gender {
        None => 0,
        Some(Gender::Male) => 1,
        Some(Gender::Female) => 2,
    }
}

fn opening(word: &str) -> Opening {
    let mut small = [0_u8; 8];
    let Some(small) = small.get_mut(..word.len()) else { return Opening::Other };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    match &*small {
        b"the" => Opening::The,
        b"a" | b"an" | b"some" | b"any" | b"another" | b"every" | b"each" | b"no" => Opening::A,
        b"my" | b"our" | b"your" | b"his" | b"her" | b"its" | b"their" | b"whose" => Opening::Somebodys,
        b"this" | b"that" | b"these" | b"those" => Opening::Pointing,
        b"many" | b"most" | b"several" | b"few" | b"two" | b"three" | b"four" | b"five" | b"both"
        | b"all" | b"more" | b"other" => Opening::Counted,
        [b'0'..=b'9', ..] => Opening::Counted,
        _ => Opening::Other,
    }
}

/// What the noun that carries a description tells of the gender: "spokesman", "mother".
fn described_gender(scene: &Scene<'_, '_>, range: Range<usize>, head: usize) -> Option<Gender> {
    let page = scene.page;
    (range.start.max(head.saturating_sub(2))..range.end.min(head + 3)).find_map(|i| match () {
        () if page.is(i, Class::MALE) => Some(Gender::Male),
        () if page.is(i, Class::FEMALE) => Some(Gender::Female),
        () => noun_gender(page.word(i)),
    })
}

fn noun_gender(word: &str) -> Option<Gender> {
    match word.to_lowercase().as_str() {
        "man" | "men" | "boy" | "boys" | "father" | "son" | "brother" | "husband" | "uncle" | "king"
        | "guy" | "dad" | "grandfather" | "nephew" | "widower" | "gentleman" | "boyfriend" => {
            Some(Gender::Male)
        }
        "woman" | "women" | "girl" | "girls" | "mother" | "daughter" | "sister" | "wife" | "aunt"
        | "queen" | "mom" | "grandmother" | "niece" | "widow" | "lady" | "girlfriend" => Some(Gender::Female),
        _ => None,
    }
}

fn described_number(scene: &Scene<'_, '_>, range: Range<usize>, head: usize, named: bool) -> Number {
    let page = scene.page;
    if (head..range.end).take(6).any(|i| matches!(page.word(i), "and" | "&")) {
        return Number::Several;
    }
    let word = page.word(head);
    if named {
        return Number::One;
    }
    let several = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
        || matches!(word, "people" | "men" | "women" | "children" | "police" | "others")
        || page.is(head, Class::GROUP);
    if several { Number::Several } else { Number::One }
}
