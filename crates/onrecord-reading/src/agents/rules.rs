//! The word lists under `rules/` as classes of words.
//!
//! A word is looked up by the hash of its small letters, so that a text is hashed once and every later question about
//! a token is a test of bits.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// What the word lists know of a word: a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u64);

impl Class {
    pub(super) const HONORIFIC: Class = Class(1);
    pub(super) const MALE: Class = Class(1 << 1);
    pub(super) const FEMALE: Class = Class(1 << 2);
    pub(super) const ROLE: Class = Class(1 << 3);
    pub(super) const MODIFIER: Class = Class(1 << 4);
    pub(super) const COMPLEMENT: Class = Class(1 << 5);
    pub(super) const PARTICLE: Class = Class(1 << 6);
    pub(super) const SUFFIX: Class = Class(1 << 7);
    pub(super) const FUNCTION: Class = Class(1 << 8);
    pub(super) const CALENDAR: Class = Class(1 << 9);
    pub(super) const PEOPLE: Class = Class(1 << 10);
    pub(super) const HE: Class = Class(1 << 11);
    pub(super) const SHE: Class = Class(1 << 12);
    pub(super) const THEY: Class = Class(1 << 13);
    pub(super) const IT: Class = Class(1 << 14);
    pub(super) const FIRST: Class = Class(1 << 15);
    pub(super) const SECOND: Class = Class(1 << 16);
    pub(super) const RELATIVE: Class = Class(1 << 17);
    pub(super) const ORGANISATION: Class = Class(1 << 18);
    pub(super) const GROUP: Class = Class(1 << 19);
    pub(super) const DOCUMENT: Class = Class(1 << 20);
    pub(super) const UNNAMED: Class = Class(1 << 21);
    pub(super) const PLACE: Class = Class(1 << 22);
    pub(super) const PLACE_PART: Class = Class(1 << 23);
    pub(super) const NAME_MALE: Class = Class(1 << 24);
    pub(super) const NAME_FEMALE: Class = Class(1 << 25);
    pub(super) const NAME_BOTH: Class = Class(1 << 26);
    pub(super) const THING: Class = Class(1 << 27);
    pub(super) const COMPANY: Class = Class(1 << 28);
    pub(super) const SURNAME: Class = Class(1 << 29);
    pub(super) const RESTATING: Class = Class(1 << 30);
    pub(super) const STUDY: Class = Class(1 << 31);
    pub(super) const RULING: Class = Class(1 << 32);
    pub(super) const LOCALITY: Class = Class(1 << 33);
    pub(super) const RESTATING_BODY: Class = Class(1 << 40);
    pub(super) const RETINUE: Class = Class(1 << 34);
    pub(super) const HEADING: Class = Class(1 << 35);
    pub(super) const PICTURE: Class = Class(1 << 41);

    /// Any given name.
    pub(super) const GIVEN: Class = Class::any(&[Class::NAME_MALE, Class::NAME_FEMALE, Class::NAME_BOTH]);
    /// Words that can be part of an office before a name.
    pub(super) const TITLE: Class = Class::any(&[Class::HONORIFIC, Class::ROLE]);
    /// Words that stand for somebody.
    pub(super) const PRONOUN: Class =
        Class::any(&[Class::HE, Class::SHE, Class::THEY, Class::IT, Class::FIRST, Class::SECOND]);

    const fn any(of: &[Class]) -> Class {
        let mut bits = 0;
        let mut i = 0;
        while i < of.len() {
            bits |= of[i].0;
            i += 1;
        }
        Class(bits)
    }

    /// Whether any bit of `other` is set.
    pub(super) fn is(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Class) {
        self.0 |= other.0;
    }
}

/// One table of a rules file.
#[derive(Deserialize)]
pub(super) struct Group {
    /// What its words are.
    pub(super) class: String,
    words: String,
    /// Phrases that it reads.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) holds: Vec<String>,
    /// Phrases that it must not read.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) fails: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Group>,
}

const FILES: [&str; 6] = [
    include_str!("../../../../rules/titles.toml"),
    include_str!("../../../../rules/names.toml"),
    include_str!("../../../../rules/pronouns.toml"),
    include_str!("../../../../rules/descriptions.toml"),
    include_str!("../../../../rules/first-names.toml"),
    include_str!("../../../../rules/bodies.toml"),
];

/// Every group of every file, in order. A file that cannot be parsed adds nothing; a test sees to it that none is.
pub(super) fn groups() -> Vec<Group> {
    FILES.iter().filter_map(|file| toml::from_str::<File>(file).ok()).flat_map(|file| file.group).collect()
}

/// The words' classes, by the hash of the word.
pub(super) struct Rules {
    classes: FxHashMap<u64, Class>,
    /// Words that name one office, to the first of them.
    office: FxHashMap<u64, u64>,
    /// Short names of places, to the long ones.
    place: FxHashMap<u64, u64>,
    /// Words in the names of bodies, to the nouns that restate a body of such a name.
    kin: FxHashMap<u64, Vec<u64>>,
    /// Whole names of bodies that nothing in them shows to be bodies, by [`Rules::whole`].
    bodies: FxHashSet<u64>,
    /// The same for letters that are bodies only where all are written large.
    acronyms: FxHashSet<u64>,
    /// Whole names of things that a word in them makes look like bodies or persons.
    things: FxHashSet<u64>,
}

/// Read once.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules {
        classes: FxHashMap::default(),
        office: FxHashMap::default(),
        place: FxHashMap::default(),
        kin: FxHashMap::default(),
        bodies: FxHashSet::default(),
        acronyms: FxHashSet::default(),
        things: FxHashSet::default(),
    };
    for group in groups() {
        let same = match group.class.as_str() {
            "same-office" => Some(&mut rules.office),
            "same-place" => Some(&mut rules.place),
            _ => None,
        };
        if let Some(same) = same {
            for line in group.words.split_whitespace() {
                let mut words = line.split('=').map(key);
                let Some(first) = words.next() else { continue };
                for word in words {
                    same.entry(word).or_insert(first);
                }
            }
            continue;
        }
        if group.class == "body-kin" {
            for line in group.words.split_whitespace() {
                let mut words = line.split('=').map(key);
                let Some(first) = words.next() else { continue };
                for word in words {
                    rules.kin.entry(word).or_default().push(first);
                }
            }
            continue;
        }
        let known = match group.class.as_str() {
            "known-body" => Some(&mut rules.bodies),
            "known-acronym" => Some(&mut rules.acronyms),
            "known-thing" => Some(&mut rules.things),
            _ => None,
        };
        if let Some(known) = known {
            let names = group.words.split_whitespace();
            known.extend(names.map(|name| {
                whole(name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(key))
            }));
            continue;
        }
        let class = class_of(&group.class);
        for word in group.words.split_whitespace() {
            rules.classes.entry(key(word)).or_default().add(class);
        }
    }
    rules
});

impl Rules {
    /// The class of the word with this [`key`].
    pub(super) fn class(&self, key: u64) -> Class {
        self.classes.get(&key).copied().unwrap_or_default()
    }

    /// Whether the words with these keys are the name of a known body.
    pub(super) fn is_body(&self, keys: impl Iterator<Item = u64>) -> bool {
        self.bodies.contains(&whole(keys))
    }

    /// Whether the word with this key, written large, is the letters of a known body.
    pub(super) fn is_acronym(&self, key: u64) -> bool {
        self.acronyms.contains(&whole(std::iter::once(key)))
    }

    /// Whether the words with these keys are the name of a thing.
    pub(super) fn is_thing(&self, keys: impl Iterator<Item = u64>) -> bool {
        self.things.contains(&whole(keys))
    }

    /// The long name of a place.
    pub(super) fn place(&self, key: u64) -> u64 {
        self.place.get(&key).copied().unwrap_or(key)
    }

    /// The nouns that restate a body in whose name this word stands; none where the word does not tell.
    pub(super) fn kin(&self, key: u64) -> Option<&[u64]> {
        self.kin.get(&key).map(Vec::as_slice)
    }

    /// The word that stands for all names of an office.
    pub(super) fn office(&self, key: u64) -> u64 {
        self.office.get(&key).copied().unwrap_or(key)
    }
}

/// Several words as one number.
pub(super) fn whole(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0, |hash, key| (hash ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17))
}

/// The hash of a word's small letters (FNV-1a).
pub(crate) fn key(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut byte = |b: u8| hash = (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
    if word.is_ascii() {
        word.bytes().for_each(|b| byte(b.to_ascii_lowercase()));
    } else {
        let mut buffer = [0; 4];
        for c in word.chars().flat_map(char::to_lowercase) {
            c.encode_utf8(&mut buffer).bytes().for_each(&mut byte);
        }
    }
    hash
}

/// Whether `word` stands for somebody named elsewhere ("he", "whose"), in any letters; for reports, which must not offer a
/// pronoun as a name.
pub fn is_pronoun(word: &str) -> bool {
    RULES.class(key(word)).is(Class::any(&[Class::PRONOUN, Class::RELATIVE]))
}

fn class_of(name: &str) -> Class {
    match name {
        "honorific" => Class::HONORIFIC,
        "honorific-male" => Class::any(&[Class::HONORIFIC, Class::MALE]),
        "honorific-female" => Class::any(&[Class::HONORIFIC, Class::FEMALE]),
        "role" => Class::ROLE,
        "role-male" => Class::any(&[Class::ROLE, Class::MALE]),
        "role-female" => Class::any(&[Class::ROLE, Class::FEMALE]),
        "modifier" => Class::MODIFIER,
        "complement" => Class::COMPLEMENT,
        "particle" => Class::PARTICLE,
        "suffix" => Class::SUFFIX,
        "function" => Class::FUNCTION,
        "calendar" => Class::CALENDAR,
        "people" => Class::PEOPLE,
        "pronoun-male" => Class::HE,
        "pronoun-female" => Class::SHE,
        "pronoun-plural" => Class::THEY,
        "pronoun-thing" => Class::IT,
        "pronoun-first" => Class::FIRST,
        "pronoun-second" => Class::SECOND,
        "relative" => Class::RELATIVE,
        "organisation" => Class::ORGANISATION,
        "group" => Class::GROUP,
        "document" => Class::DOCUMENT,
        "unnamed" => Class::UNNAMED,
        "place" => Class::PLACE,
        "place-part" => Class::PLACE_PART,
        "name-male" => Class::NAME_MALE,
        "name-female" => Class::NAME_FEMALE,
        "name-both" => Class::NAME_BOTH,
        "thing" => Class::THING,
        "company" => Class::COMPANY,
        "surname" => Class::SURNAME,
        "restating" => Class::RESTATING,
        "restating-body" => Class::RESTATING_BODY,
        "heading" => Class::HEADING,
        "study" => Class::STUDY,
        "ruling" => Class::RULING,
        "locality" => Class::LOCALITY,
        "retinue" => Class::RETINUE,
        "picture" => Class::PICTURE,
        _ => Class::default(),
    }
}
