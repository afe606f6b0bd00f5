//! The name of a person, cut into its parts, and how two such names stand to each other.

use super::folding::{folded, one_letter_apart, spelling};
use super::word_lists::WORD_LISTS;
use std::fmt;

/// A name of at least two words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName {
    /// The first word that is more than an initial, or the initial where there is no other.
    pub(super) given: String,
    /// What stands between given name and surname; of an initial its letter.
    pub(super) middle: Vec<String>,
    /// An initial before the given name ("J. Ardry Kell").
    pub(super) leading: Option<String>,
    pub(super) surname: String,
    pub(super) generation: Option<Generation>,
    /// All words in one.
    pub(super) whole: String,
    /// The lines of the list of forms that hold the given name.
    pub(super) forms: Vec<u16>,
}

/// What stands behind a name to tell a father from his son.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    Senior,
    Junior,
    Second,
    Third,
    Fourth,
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Generation::Senior => "Sr.",
            Generation::Junior => "Jr.",
            Generation::Second => "II",
            Generation::Third => "III",
            Generation::Fourth => "IV",
        })
    }
}

fn generation(word: &str) -> Option<Generation> {
    Some(match word {
        "sr" => Generation::Senior,
        "jr" => Generation::Junior,
        "ii" => Generation::Second,
        "iii" => Generation::Third,
        "iv" => Generation::Fourth,
        _ => return None,
    })
}

/// Words before a surname that belong to it.
const PARTICLES: [&str; 17] = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "al", "el", "bin",
    "ibn", "ben",
];

/// Titles that are written with a full stop.
const TITLES: [&str; 16] = [
    "rep", "reps", "sen", "sens", "gov", "dr", "mr", "mrs", "ms", "gen", "col", "lt", "sgt", "adm", "rev",
    "prof",
];

/// The words of a name, without what web pages set behind it: "Ines Rill Ines Rill2020 candidates",
/// "Ines Rill Ines Dana RillKorr mayor".
fn without_repetition(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split_whitespace().take(12).collect();
    // The name once more in full, and a headline's first word joined to its surname.
    for surname in 1..=2 {
        let Some(own) = words.get(surname).copied().filter(|own| own.chars().count() > 2) else { continue };
        let joined = |word: &&str| {
            word.strip_prefix(own)
                .and_then(|rest| rest.chars().next())
                .is_some_and(|next| next.is_uppercase() || next.is_ascii_digit())
        };
        if words.iter().skip(surname + 2).any(joined) {
            words.truncate(surname + 1);
            break;
        }
    }
    for length in 2..=3 {
        let (Some(first), Some(second)) = (words.get(..length), words.get(length..2 * length)) else {
            continue;
        };
        let last = length - 1;
        let again = first.get(..last) == second.get(..last)
            && matches!((first.get(last), second.get(last)), (Some(a), Some(b)) if b.starts_with(a));
        if again {
            words.truncate(length);
        }
    }
    words
}

impl PersonName {
    /// The parts of `name`; nothing when it has fewer than two words that can be a name.
    pub(super) fn new(name: &str) -> Option<Self> {
        let mut words: Vec<(String, bool)> = Vec::new();
        let mut of_generation = None;
        for word in without_repetition(name) {
            let plain = folded(word);
            // "Ines Rill of Korr": the name ends before the place.
            if plain == "of" && words.len() > 1 {
                break;
            }
            // "Virginia Rep. Ardry Kell": the name begins behind the title.
            if word.ends_with('.') && TITLES.contains(&plain.as_str()) {
                words.clear();
                continue;
            }
            if plain.is_empty() || word.starts_with(['"', '“', '(']) {
                continue;
            }
            if let Some(found) = generation(&plain).filter(|_| words.len() > 1) {
                of_generation = Some(found);
                continue;
            }
            let initial = plain.chars().count() == 1
                || word.ends_with('.') && word.matches('.').count() * 2 >= word.chars().count();
            if initial {
                words.extend(plain.chars().take(3).map(|letter| (letter.to_string(), true)));
            } else {
                words.push((plain, false));
            }
        }
        let (surname, initial) = words.pop()?;
        if initial || words.is_empty() {
            return None;
        }
        // "Rill Ines Rill", where a headline's last word got into the name.
        if words.len() > 1 && words.first().is_some_and(|(word, _)| *word == surname) {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|(word, _)| PARTICLES.contains(&word.as_str())) {
            words.pop();
        }
        let whole = words.iter().map(|(word, _)| word.as_str()).chain([surname.as_str()]).collect();
        let leading = match words.as_slice() {
            [(first, true), (_, false), ..] => Some(first.clone()),
            _ => None,
        };
        let from = usize::from(leading.is_some());
        let given = words.get(from)?.0.clone();
        let middle: Vec<String> = words.into_iter().skip(from + 1).map(|(word, _)| word).collect();
        let forms = WORD_LISTS.forms(&given).to_vec();
        Some(PersonName { given, middle, leading, surname, generation: of_generation, whole, forms })
    }

    /// Whether the given name is only a letter.
    fn is_initial(&self) -> bool {
        self.given.chars().count() == 1
    }

    /// The letters that a given name of this person may begin with, in whatever form.
    pub(super) fn letters(&self) -> Vec<char> {
        let mut letters: Vec<char> = self.given.chars().take(1).collect();
        letters.extend(self.leading.iter().flat_map(|word| word.chars().take(1)));
        letters.extend(self.middle.iter().take(2).filter_map(|word| word.chars().next()));
        letters
    }
}

/// How two names with one surname stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Likeness {
    /// They can be one person's; the number is what the names say beyond that they agree, in the units of evidence.
    Alike(f32, Agreement),
    /// They cannot, for this reason.
    Apart(Difference),
}

/// In what way two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    Same,
    Middle,
    Form,
    Spelling,
    Initial,
    /// One with a middle name and "Jr.", the other without both.
    Formal,
}

/// In what two names differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    Given,
    Middle,
    Generation,
}

/// Compares two names whose surnames are spelt alike.
pub(super) fn compare(a: &PersonName, b: &PersonName) -> Likeness {
    let formal = is_formal(a, b) || is_formal(b, a);
    if let Some(difference) = generations_differ(a, b).filter(|_| !formal) {
        return Likeness::Apart(difference);
    }
    if formal {
        let short = PersonName { generation: None, ..a.clone() };
        return match compare(&short, &PersonName { generation: None, ..b.clone() }) {
            Likeness::Alike(more, _) => Likeness::Alike(more.min(0.0) + FORMAL, Agreement::Formal),
            apart => apart,
        };
    }
    let spelt = if a.surname == b.surname { 0.0 } else { -0.8 };
    if a.whole == b.whole {
        return Likeness::Alike(if a.middle.is_empty() { 0.0 } else { 2.0 }, Agreement::Same);
    }
    let (given, agreement) = match () {
        () if a.given == b.given => (0.0, Agreement::Same),
        () if a.forms.iter().any(|form| b.forms.contains(form)) => (-0.6, Agreement::Form),
        () if a.is_initial() || b.is_initial() => {
            if a.given.chars().next() != b.given.chars().next() {
                return Likeness::Apart(Difference::Given);
            }
            (-2.5, Agreement::Initial)
        }
        () if spelling(&a.given) == spelling(&b.given) => (-0.6, Agreement::Spelling),
        // "J. Ardry Kell" is Ardry Kell, or John A. Kell.
        () if a.leading.as_deref().is_some_and(|letter| b.given.starts_with(letter))
            || b.leading.as_deref().is_some_and(|letter| a.given.starts_with(letter)) =>
        {
            (-2.0, Agreement::Initial)
        }
        () if a.given.len() >= 5
            && a.given.chars().next() == b.given.chars().next()
            && one_letter_apart(&a.given, &b.given)
            && a.forms.is_empty() != b.forms.is_empty() =>
        {
            (-1.6, Agreement::Spelling)
        }
        () => return Likeness::Apart(Difference::Given),
    };
    match middles(&a.middle, &b.middle) {
        Some(true) => Likeness::Alike(given + spelt + 2.0, Agreement::Middle),
        Some(false) => Likeness::Apart(Difference::Middle),
        None => Likeness::Alike(given + spelt, if spelt < 0.0 { Agreement::Spelling } else { agreement }),
    }
}

/// What a name with "Jr." beside one without says less.
const FORMAL: f32 = -1.0;

/// Whether the one is written in full as papers of record do ("Ardry J. Kell Jr."), with a middle name that the other
/// leaves out with the "Jr.": he may be meant, if the office is his too.
fn is_formal(full: &PersonName, short: &PersonName) -> bool {
    full.generation == Some(Generation::Junior)
        && short.generation.is_none()
        && !full.middle.is_empty()
        && (short.middle.is_empty() || middles(&full.middle, &short.middle) == Some(true))
        && !(middles(&full.middle, &short.middle) == Some(true)
            && full.middle.iter().any(|word| word.len() > 1))
}

/// Jr. and Sr. are different people, and so is one named with the addition from one named without: whoever writes "Jr."
/// does so to tell him from another. Three given words that agree outweigh this; "II" and "III" are mostly left out.
fn generations_differ(a: &PersonName, b: &PersonName) -> Option<Difference> {
    let told = |name: &PersonName| match name.generation {
        Some(Generation::Senior | Generation::Junior) => name.generation,
        _ => None,
    };
    match (a.generation, b.generation) {
        (x, y) if x == y => None,
        (Some(_), Some(_)) => Some(Difference::Generation),
        _ if told(a).is_none() && told(b).is_none() => None,
        _ if a.generation != Some(Generation::Senior)
            && b.generation != Some(Generation::Senior)
            && middles(&a.middle, &b.middle) == Some(true)
            && a.middle.iter().any(|word| word.len() > 1) =>
        {
            None
        }
        _ => Some(Difference::Generation),
    }
}

/// Whether the words between given name and surname agree; nothing when one name has none.
fn middles(a: &[String], b: &[String]) -> Option<bool> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let long = |word: &String| word.chars().count() > 1;
    let spelt = |x: &String, y: &String| {
        x == y || spelling(x) == spelling(y) || x.chars().count() > 2 && one_letter_apart(x, y)
    };
    // A whole word in common, wherever it stands; or else the first letters, in order.
    if a.iter().filter(|x| long(x)).any(|x| b.iter().filter(|y| long(y)).any(|y| spelt(x, y))) {
        return Some(true);
    }
    let first = |words: &[String]| words.first().and_then(|word| word.chars().next());
    let initial = !a.iter().all(long) || !b.iter().all(long);
    Some(initial && first(a) == first(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        let (a, b) = (PersonName::new(a).unwrap(), PersonName::new(b).unwrap());
        assert_eq!(spelling(&a.surname), spelling(&b.surname));
        let found = matches!(compare(&a, &b), Likeness::Alike(..));
        assert_eq!(found, matches!(compare(&b, &a), Likeness::Alike(..)), "{a:?} {b:?}");
        found
    }

    #[test]
    fn forms_initials_and_spellings_may_be_one_person() {
        for (a, b) in [
            ("Robert Kell", "Bob Kell"),
            ("Ardry J. Kell", "Ardry Kell"),
            ("Ardry J. Kell", "Ardry James Kell"),
            ("A. Kell", "Ardry Kell"),
            ("J. Ardry Kell", "Ardry Kell"),
            ("Hilary Kell", "Hillary Kell"),
            ("Ardry Volskiy", "Ardry Volsky"),
            ("Robert S. Kell III", "Bob Kell"),
            ("Ardry Luther Kell Jr.", "Ardry Luther Kell"),
            ("Ünal Kell", "Unal Kell"),
            ("Ardry H. W. Kell", "Ardry H.W. Kell"),
            ("Ines Rill Kell", "Ines Dana Rill Kell"),
            ("Ardry van der Kell", "Ardry Kell"),
        ] {
            assert!(alike(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn other_given_names_middles_and_generations_may_not() {
        for (a, b) in [
            ("Robert Kell", "Rolf Kell"),
            ("Ardry J. Kell", "Ardry T. Kell"),
            ("Ardry Kell Jr.", "Ardry Kell Sr."),
            ("Ardry Kell Jr.", "Ardry Kell"),
            ("Ardry M. Kell Sr.", "Ardry M. Kell"),
            ("Ardry Luther Kell Jr.", "Ardry Luther Kell III"),
            ("B. Kell", "Ardry Kell"),
            ("Ardry H.W. Kell", "Ardry P. Kell"),
            ("Ardry H.W. Kell", "Ardry W. Kell"),
        ] {
            assert!(!alike(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn titles_and_repetitions_are_no_part_of_it() {
        let whole = |name: &str| PersonName::new(name).unwrap().whole;
        assert_eq!(whole("Korr Rep. Ardry Kell"), "ardrykell");
        assert_eq!(whole("Ardry Kell Ardry Kell2020 candidates"), "ardrykell");
        assert_eq!(whole("Ines Dana Rill Ines Dana RillKorr"), "inesdanarill");
        assert_eq!(whole("Ines Rill Ines (Dana) Olma RillEx-mayor"), "inesrill");
        assert_eq!(whole("Ines Rill Ines Dana Rillson"), "inesrillinesdanarillson");
    }

    #[test]
    fn a_place_behind_a_name_is_no_part_of_it() {
        assert_eq!(PersonName::new("Ines Rill of Korr"), PersonName::new("Ines Rill"));
        assert_eq!(PersonName::new("Ines of Korr").unwrap().surname, "korr");
    }

    #[test]
    fn a_surname_before_the_whole_name_is_no_part_of_it() {
        assert_eq!(PersonName::new("Rill Ines Rill"), PersonName::new("Ines Rill"));
        assert_ne!(PersonName::new("Rill Ines Kell"), PersonName::new("Ines Kell"));
    }

    #[test]
    fn what_is_no_full_name_is_none() {
        for name in ["", "Kell", "K.", "Ardry K.", "“Ardry” Kell", "— —"] {
            assert_eq!(PersonName::new(name), None, "{name}");
        }
    }

    #[test]
    fn the_list_of_forms_holds_its_examples() {
        let group =
            super::super::word_lists::groups().into_iter().find(|group| group.class == "forms").unwrap();
        for (examples, holds) in [(group.holds, true), (group.fails, false)] {
            for example in examples {
                let (a, b) = example.split_once(" = ").unwrap();
                assert_eq!(alike(a, b), holds, "{example}");
            }
        }
    }
}
