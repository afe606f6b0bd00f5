//! The lists `rules/times.toml` and `rules/time-words.toml`: words with their classes, and patterns of them with what they
//! mean.

use super::holiday::Holiday;
use crate::agents::key;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a word can be in an expression of time. A word may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Class {
    Month,
    MaybeMonth,
    Weekday,
    Weekdays,
    Unit,
    Units,
    BriefUnit,
    Ordinal,
    Tens,
    Count,
    Large,
    Vague,
    Season,
    Part,
    DayWord,
    Which,
    Span,
    Bound,
    Determiner,
    Approximately,
    Often,
    Zone,
    Paper,
    Counted,
    Preposition,
    Rate,
    Future,
    Intention,
    Past,
    Clause,
    Publishing,
    Decades,
    Quarter,
    /// Told by the token itself: 1 to 31 in one or two digits.
    Day,
    /// "12th".
    DayTh,
    /// Four digits that can be a year.
    Year,
    /// A number of any length.
    Number,
    /// "1990s", "90s".
    DecadeDigits,
}

impl Class {
    pub(super) const fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// One alternative of a place in a pattern that takes more than one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// "two and a half", "several".
    Amount,
    /// "8:30 p.m. EST".
    Clock,
    /// "2020-08-07", "8/7/2020".
    NumericDate,
    /// "Christmas Eve".
    Holiday,
}

/// One place of a pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) classes: u64,
    /// Entries of words meant as they stand.
    pub(super) words: Vec<u32>,
    pub(super) phrase: Option<Phrase>,
    pub(super) optional: bool,
    /// Nothing stands between it and the token before.
    pub(super) joined: bool,
}

/// How a rule makes its meaning of what its pattern met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Makes {
    Calendar,
    MonthOfYear,
    Days,
    DayOfMonth,
    Decade,
    Century,
    Season,
    Quarter,
    Half,
    Fiscal,
    Holiday,
    NumericDate,
    DayWord,
    Shift,
    Which,
    Ago,
    Ahead,
    Earlier,
    Later,
    Span,
    Set,
    SetWeekday,
    Clock,
    Part,
    PartToday,
    YearBound,
    Fixed,
    /// Part of what follows it: "early", "the end of".
    Lead,
    /// No expression of time, though it looks like one.
    Nothing,
}

/// One table of a rules file.
#[derive(Deserialize)]
pub(super) struct RuleTable {
    pub(super) makes: Makes,
    patterns: Vec<String>,
    /// The value itself, where it is always the same.
    value: Option<String>,
    /// What the token before must be one of.
    behind: Option<String>,
    not_behind: Option<String>,
    /// What the token after must be one of.
    before: Option<String>,
    not_before: Option<String>,
    /// "DAY | text | found=value; found=value", as the tests run them.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) holds: Vec<String>,
    /// Texts in which nothing is found.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub(super) fails: Vec<String>,
}

#[derive(Deserialize)]
struct WordTable {
    class: Class,
    /// Words, each with "=" and a number where it has one.
    words: String,
    /// Whether the words count only when written large.
    #[serde(default)]
    capital: bool,
    /// Whether they count only when written small.
    #[serde(default)]
    small: bool,
}

#[derive(Deserialize)]
struct RulesFile {
    rule: Vec<RuleTable>,
}

#[derive(Deserialize)]
struct WordsFile {
    words: Vec<WordTable>,
    holidays: Vec<String>,
}

const RULE_FILES: [&str; 2] =
    [include_str!("../../../../rules/time-spans.toml"), include_str!("../../../../rules/times.toml")];
const WORDS_FILE: &str = include_str!("../../../../rules/time-words.toml");

/// Every rule of the files, in order. A file that cannot be parsed adds nothing; a test sees to it that each can.
pub(super) fn rule_tables() -> Vec<RuleTable> {
    RULE_FILES
        .iter()
        .filter_map(|file| toml::from_str::<RulesFile>(file).ok())
        .flat_map(|file| file.rule)
        .collect()
}

/// A pattern with its rule's conditions.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) items: Vec<Item>,
    pub(super) makes: Makes,
    pub(super) value: Option<String>,
    pub(super) behind: Option<Item>,
    pub(super) not_behind: Option<Item>,
    pub(super) before: Option<Item>,
    pub(super) not_before: Option<Item>,
}

/// What is known of a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) classes: u64,
    /// Those of the classes that the word has only when written large, and only when written small.
    capital: u64,
    small: u64,
    values: Vec<(Class, i32)>,
    /// The patterns that can begin with it.
    pub(super) starts: Vec<u16>,
    /// The holidays whose names begin with it.
    pub(super) holidays: Vec<u16>,
}

impl Entry {
    /// The classes of the word as it is written.
    pub(super) fn classes_as(&self, large: bool) -> u64 {
        self.classes & !if large { self.small } else { self.capital }
    }

    pub(super) fn value(&self, class: Class) -> Option<i32> {
        self.values.iter().find(|(own, _)| *own == class).map(|(_, value)| *value)
    }
}

/// The rules, ready to be applied.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Where a word's entry is; entry 0 is that of all words that are in no list.
    place: FxHashMap<u64, u32>,
    pub(super) entries: Vec<Entry>,
    pub(super) patterns: Vec<Pattern>,
    /// Names of holidays by their words' entries, with the day.
    pub(super) holidays: Vec<(Vec<u32>, Holiday)>,
    /// The patterns that can begin with a token of a class that the token itself tells.
    pub(super) starts_of_digits: Vec<(u64, u16)>,
}

/// Read once.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let words = toml::from_str::<WordsFile>(WORDS_FILE).ok();
    Rules::new(words, &rule_tables())
});

impl Rules {
    fn new(words: Option<WordsFile>, tables: &[RuleTable]) -> Self {
        let mut rules = Rules { entries: vec![Entry::default()], ..Rules::default() };
        let (tables_of_words, holidays) = words.map(|file| (file.words, file.holidays)).unwrap_or_default();
        for table in &tables_of_words {
            for word in table.words.split_whitespace() {
                let (word, value) = word.split_once('=').unwrap_or((word, ""));
                let at = rules.entry(word);
                let entry = &mut rules.entries[at as usize];
                entry.classes |= table.class.bit();
                if table.capital {
                    entry.capital |= table.class.bit();
                }
                if table.small {
                    entry.small |= table.class.bit();
                }
                if let Ok(value) = value.parse() {
                    entry.values.push((table.class, value));
                }
            }
        }
        for line in &holidays {
            let Some((name, day)) = line.split_once('=') else { continue };
            let Some(day) = Holiday::parse(day.trim()) else { continue };
            let name: Vec<u32> = name.split_whitespace().map(|word| rules.entry(word)).collect();
            let Some(first) = name.first() else { continue };
            let number = rules.holidays.len() as u16;
            rules.entries[*first as usize].holidays.push(number);
            rules.holidays.push((name, day));
        }
        for table in tables {
            let condition =
                |rules: &mut Rules, words: &Option<String>| words.as_ref().map(|words| rules.item(words));
            let (behind, not_behind) =
                (condition(&mut rules, &table.behind), condition(&mut rules, &table.not_behind));
            let (before, not_before) =
                (condition(&mut rules, &table.before), condition(&mut rules, &table.not_before));
            for pattern in &table.patterns {
                let items: Vec<Item> = pattern.split_whitespace().map(|item| rules.item(item)).collect();
                rules.patterns.push(Pattern {
                    items,
                    makes: table.makes,
                    value: table.value.clone(),
                    behind: behind.clone(),
                    not_behind: not_behind.clone(),
                    before: before.clone(),
                    not_before: not_before.clone(),
                });
            }
        }
        rules.index();
        rules
    }

    /// Tells each word which patterns can begin with it.
    fn index(&mut self) {
        let digits = Class::Day.bit()
            | Class::DayTh.bit()
            | Class::Year.bit()
            | Class::Number.bit()
            | Class::DecadeDigits.bit();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let number = number as u16;
            let firsts = pattern.items.iter().position(|item| !item.optional).map_or(0, |first| first + 1);
            for item in &pattern.items[..firsts] {
                let classes = item.classes | item.phrase.map_or(0, Phrase::firsts);
                if classes & digits != 0 {
                    self.starts_of_digits.push((classes & digits, number));
                }
                for (place, entry) in self.entries.iter_mut().enumerate() {
                    let own = entry.classes & classes != 0 || item.words.contains(&(place as u32));
                    let festive = item.phrase == Some(Phrase::Holiday) && !entry.holidays.is_empty();
                    if (own || festive) && entry.starts.last() != Some(&number) {
                        entry.starts.push(number);
                    }
                }
            }
        }
    }

    /// The place of a word's entry, made when there is none.
    fn entry(&mut self, word: &str) -> u32 {
        let next = self.entries.len() as u32;
        let place = *self.place.entry(key(word)).or_insert(next);
        if place == next {
            self.entries.push(Entry::default());
        }
        place
    }

    /// The place of the entry of the word with this key; 0 when it is in no list.
    pub(super) fn place(&self, key: u64) -> u32 {
        self.place.get(&key).copied().unwrap_or(0)
    }

    /// "the|<which>?": alternatives, each a word or a class, and whether the place may be empty; "~" before them stands
    /// for no space.
    fn item(&mut self, written: &str) -> Item {
        let mut item = Item::default();
        let mut rest = written;
        if let Some(after) = rest.strip_prefix('~') {
            (item.joined, rest) = (true, after);
        }
        if let Some(before) = rest.strip_suffix('?').filter(|before| !before.is_empty()) {
            (item.optional, rest) = (true, before);
        }
        for one in rest.split('|') {
            match one.strip_prefix('<').and_then(|one| one.strip_suffix('>')) {
                Some("amount") => item.phrase = Some(Phrase::Amount),
                Some("clock") => item.phrase = Some(Phrase::Clock),
                Some("numeric-date") => item.phrase = Some(Phrase::NumericDate),
                Some("holiday") => item.phrase = Some(Phrase::Holiday),
                Some(name) => item.classes |= class_of(name).map_or(0, Class::bit),
                None => {
                    let place = self.entry(one);
                    item.words.push(place);
                }
            }
        }
        item
    }
}

/// The class of this name; a test sees to it that the files name no other.
pub(super) fn class_of(name: &str) -> Option<Class> {
    let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
    Class::deserialize(name).ok()
}

impl Phrase {
    /// The classes that its first token can have.
    fn firsts(self) -> u64 {
        match self {
            Phrase::Amount => {
                Class::Number.bit() | Class::Count.bit() | Class::Tens.bit() | Class::Vague.bit()
            }
            Phrase::Clock => Class::Number.bit() | Class::Count.bit(),
            Phrase::NumericDate => Class::Number.bit(),
            Phrase::Holiday => 0,
        }
    }
}

#[cfg(test)]
pub(super) fn parses() -> Result<usize, toml::de::Error> {
    toml::from_str::<WordsFile>(WORDS_FILE)?;
    RULE_FILES.iter().map(|file| toml::from_str::<RulesFile>(file).map(|file| file.rule.len())).sum()
}

#[cfg(test)]
pub(super) fn written_items() -> Vec<String> {
    rule_tables()
        .iter()
        .flat_map(|table| {
            let conditions = [&table.behind, &table.not_behind, &table.before, &table.not_before];
            let conditions = conditions.into_iter().flatten().cloned();
            table
                .patterns
                .iter()
                .flat_map(|it| it.split_whitespace().map(str::to_owned))
                .chain(conditions)
                .collect::<Vec<_>>()
        })
        .collect()
}
