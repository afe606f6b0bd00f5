//! The parts of a person's name: titles, particles, patronymics, initials; Abd and Din with what they belong to.

use super::fold::Word;
use super::part::{Kind, Part};
use super::sounds::Sounds;
use super::words::{Small, WORDS};

const NAME: f64 = 1.0;
const FREQUENT: f64 = 0.6;
const PATRONYMIC: f64 = 0.6;
const INITIAL: f64 = 0.35;
const SYLLABLE: f64 = 0.75;
const FATHER: f64 = 0.25;
const SUFFIX: f64 = 0.12;
const SERVANT: f64 = 0.1;
const TITLE: f64 = 0.08;
const SON: f64 = 0.06;
const PARTICLE: f64 = 0.06;
const ARTICLE: f64 = 0.03;

/// Takes the words of a person's name for what they are.
pub(super) fn person_parts(words: &[Word]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(words.len() + 2);
    let mut skip = 0;
    for (n, word) in words.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let next = words.get(n + 1);
        let text = WORDS.person_short(&word.text).unwrap_or(&word.text);
        if let Some((kind, weight, canonical)) = small(text, n, next, parts.last()) {
            // "al-din" belongs to the name before it.
            let binds = kind == Kind::Article || matches!(text, "ud" | "ed" | "ad");
            let din = next.filter(|next| binds && is_din(&next.text));
            match (din, parts.last_mut()) {
                (Some(din), Some(last)) if last.kind == Kind::Name => {
                    let place = last.place.start..din.place.end;
                    let whole = format!("{}din", last.text);
                    *last = Part { place, ..Part::new(Kind::Name, &whole, last.weight, word) };
                    skip = 1;
                }
                _ => parts.push(Part::new(kind, canonical, weight, word)),
            }
        } else if text.len() == 1 {
            let kind =
                if text.bytes().all(|byte| byte.is_ascii_digit()) { Kind::Number } else { Kind::Initial };
            parts.push(Part::new(kind, text, INITIAL, word));
        } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
            parts.push(Part::new(Kind::Number, text, INITIAL, word));
        } else if let Some(rest) = servant_of(text) {
            parts.push(Part::new(Kind::Servant, "abd", SERVANT, word));
            parts.push(name(rest, word));
        } else if let Some(stem) = before_din(text) {
            parts.push(name(&format!("{stem}din"), word));
        } else {
            parts.push(name(text, word));
        }
    }
    // A name that is all titles and particles is a name all the same.
    if !parts.iter().any(|part| part.kind == Kind::Name) {
        for part in &mut parts {
            if !matches!(part.kind, Kind::Initial | Kind::Number) {
                part.kind = Kind::Name;
                part.weight = NAME;
            }
        }
    }
    parts
}

fn name(text: &str, word: &Word) -> Part {
    let mut part = Part::new(Kind::Name, text, NAME, word);
    part.weight = if is_patronymic(text) {
        PATRONYMIC
    } else if WORDS.is_frequent(&part.sounds) {
        FREQUENT
    } else if part.sounds.row().len() <= 3 {
        SYLLABLE
    } else {
        NAME
    };
    part
}

/// A small word's kind, weight and canonical form.
fn small<'a>(
    text: &'a str,
    n: usize,
    next: Option<&Word>,
    last: Option<&Part>,
) -> Option<(Kind, f64, &'a str)> {
    let small = WORDS.small(text)?;
    Some(match small {
        Small::Title if next.is_some() => (Kind::Title, TITLE, text),
        Small::Suffix if n > 0 => (Kind::Suffix, SUFFIX, suffix(text)),
        Small::Article if next.is_some_and(|next| is_article(text, next)) => (Kind::Article, ARTICLE, "al"),
        Small::Son if last.is_some() && next.is_some() => {
            (Kind::Son, SON, if text.starts_with("bint") { "bint" } else { "bin" })
        }
        Small::Father if next.is_some() => {
            (Kind::Father, FATHER, if matches!(text, "umm" | "oum" | "um") { "umm" } else { "abu" })
        }
        Small::Servant if next.is_some() => (Kind::Servant, SERVANT, "abd"),
        Small::Particle => (Kind::Particle, PARTICLE, text),
        _ => return None,
    })
}

fn suffix(text: &str) -> &str {
    match text {
        "junior" | "filho" | "fils" | "hijo" => "jr",
        "senior" | "pere" => "sr",
        _ => text,
    }
}

/// The forms before sun letters are articles only before their letter.
fn is_article(text: &str, next: &Word) -> bool {
    match text {
        "al" | "el" | "ul" | "oul" => true,
        "il" | "es" | "ech" | "oz" | "az" => next.hyphen,
        _ => next.hyphen || next.text.starts_with(text.trim_start_matches('a')),
    }
}

fn is_din(text: &str) -> bool {
    matches!(text, "din" | "deen" | "dine" | "dien")
}

/// Rahman in Abdulrahman, Abdurrahman, Abdirahman. Abdullah is a name of its own.
fn servant_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("abd").or_else(|| text.strip_prefix("cabd"))?;
    let rest = rest.trim_start_matches(['a', 'e', 'i', 'o', 'u']);
    let bytes = rest.as_bytes();
    let doubled = matches!(bytes, [a, b, ..] if a == b);
    let rest = if doubled || bytes.first() == Some(&b'l') { rest.get(1..)? } else { rest };
    let of_god = ["lah", "laah", "ah", "la", "alla"]
        .iter()
        .any(|god| rest.starts_with(god) && rest.len() <= god.len() + 2);
    (rest.len() >= 4 && !of_god).then_some(rest)
}

/// Nasr in Nasreddine, Saif in Saifuddin.
fn before_din(text: &str) -> Option<&str> {
    let stem = ["din", "deen", "dine", "dien"].iter().find_map(|din| text.strip_suffix(din))?;
    let stem = stem.strip_suffix('d').or_else(|| stem.strip_suffix("al"))?;
    let stem = stem.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    (stem.len() >= 2).then_some(stem)
}

fn is_patronymic(text: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "ovich", "evich", "ovych", "evych", "avich", "yevich", "ovitch", "evitch", "ovic", "ovna", "evna",
        "ivna", "yivna", "auna", "ichna", "owicz", "avych", "ovyč", "oglu", "ogly", "inichna", "ievici",
    ];
    text.len() >= 7 && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// A Slavic surname in its masculine form, so that Ivanova and Ivanov are one.
pub(super) fn masculine(text: &str) -> Option<String> {
    for (feminine, masculine) in [
        ("ova", "ov"),
        ("eva", "ev"),
        ("ina", "in"),
        ("skaya", "sky"),
        ("skaia", "sky"),
        ("ska", "sky"),
        ("aya", "y"),
    ] {
        if text.len() >= 6
            && let Some(stem) = text.strip_suffix(feminine)
        {
            return Some(format!("{stem}{masculine}"));
        }
    }
    None
}

/// The part in its other gender's sounds.
pub(super) fn masculine_sounds(part: &Part) -> Option<Sounds> {
    masculine(&part.text).map(|text| Sounds::of(&text))
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn read(name: &str) -> String {
        let parts = person_parts(&fold(name));
        parts.iter().map(|part| format!("{:?}:{}", part.kind, part.text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn arabic_names_fall_into_their_parts() {
        let one = "Servant:abd Name:rahman Son:bin Name:tamim";
        for name in ["Abdulrahman bin Tamim", "Abdurrahman ibn Tamim", "Abd Rahman ben Tamim"] {
            assert_eq!(read(name), one, "{name}");
        }
        assert_eq!(read("Abd al-Rahman"), "Servant:abd Article:al Name:rahman");
        assert_eq!(read("Abdullah Abdallah"), "Name:abdullah Name:abdallah");
        for name in ["Nasr al-Din", "Nasreddine", "Nasruddin", "Nasr ud-Deen"] {
            assert_eq!(read(name), "Name:nasrdin", "{name}");
        }
        assert_eq!(read("Tamim ash-Shami"), "Name:tamim Article:al Name:shami");
        assert_eq!(read("Ash Ketteran"), "Name:ash Name:ketteran");
    }

    #[test]
    fn titles_and_particles_weigh_little_and_are_names_where_nothing_else_is() {
        assert_eq!(read("Dr. Ana de la Cruz"), "Title:dr Name:ana Particle:de Particle:la Name:cruz");
        assert_eq!(read("Sheikh"), "Name:sheikh");
        assert_eq!(read("Tom B. Orrin Jr."), "Name:tom Initial:b Name:orrin Suffix:jr");
        assert_eq!(read("Ben Orrin"), "Name:ben Name:orrin");
    }
}
