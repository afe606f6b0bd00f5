//! The names of one document grouped into those who bear them.

use super::likeness::{
    agrees, has_initial, has_joined_given_name, is_described, is_nameable, same_middle, suffix, suffix_of,
};
use super::name::{Gender, Look, Name};
use super::page::Page;
use super::rules::{Class, RULES};
use onrecord_record::AgentKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Somebody or something that can speak, in token indices.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) kind: Option<AgentKind>,
    pub(super) gender: Option<Gender>,
    /// The fullest name.
    pub(super) best: Range<usize>,
    /// How many words the fullest name has.
    pub(super) units: usize,
    /// Naming mentions, with title, in order.
    pub(super) named: Vec<Range<usize>>,
    /// Mentions that do not name.
    pub(super) meant: Vec<Range<usize>>,
    /// Mentions that a network found, whole phrases, and how sure each is.
    pub(super) mentioned: Vec<(Range<usize>, f32)>,
    pub(super) roles: Vec<Range<usize>>,
    pub(super) aliases: Vec<Range<usize>>,
    /// The hashes of its offices' nouns.
    pub(super) offices: Vec<u64>,
    /// How often its full name was written.
    full: u32,
    /// Whether something shows that it is a person with a full name.
    pub(super) certain: bool,
    /// A country, state or city.
    pub(super) place: bool,
    /// Whether its name ends in a word that is written small ("the Brand report").
    pub(super) composed: bool,
    /// Whether the text tells of its people, so that it is a body.
    pub(super) employs: bool,
}

impl Entity {
    pub(super) fn new(kind: Option<AgentKind>, best: Range<usize>) -> Self {
        Entity {
            kind,
            gender: None,
            best,
            units: 0,
            named: Vec::new(),
            meant: Vec::new(),
            mentioned: Vec::new(),
            roles: Vec::new(),
            aliases: Vec::new(),
            offices: Vec::new(),
            full: 0,
            certain: false,
            place: false,
            composed: false,
            employs: false,
        }
    }

    /// Whether "he" or "she" can mean it.
    pub(super) fn can_be_person(&self) -> bool {
        // What is described without a name must be described as somebody.
        matches!(self.kind, Some(AgentKind::Person | AgentKind::Unnamed))
            || self.kind.is_none() && self.units > 0
    }
}

/// All entities, and the entity of each name.
#[derive(Clone)]
pub(super) struct Cast {
    pub(super) entities: Vec<Entity>,
    pub(super) of: Vec<Option<usize>>,
}

/// The entities that can be meant by a word.
#[derive(Default)]
struct Lookup {
    full: FxHashMap<(u64, u64), Vec<usize>>,
    last: FxHashMap<u64, Vec<usize>>,
    first: FxHashMap<u64, Vec<usize>>,
    whole: FxHashMap<u64, usize>,
}

/// At most this many bearers of one surname are told apart; further ones are compared by full name only.
const NAMESAKES: usize = 16;

pub(super) fn cast(page: &Page<'_>, names: &[Name]) -> Cast {
    let mut cast = Cast { entities: Vec::new(), of: vec![None; names.len()] };
    let mut lookup = Lookup::default();
    let mut lone: FxHashMap<u64, u32> = FxHashMap::default();
    // Titled ones count more: "Mr. Egg" shows that "Rolf Egg" is a person.
    for name in names.iter().filter(|name| name.units == 1) {
        *lone.entry(name.last).or_default() += if name.look == Look::Person { 1 << 16 } else { 1 };
    }
    full_names(page, names, &lone, &mut cast, &mut lookup);
    titled_names(page, names, &mut cast, &mut lookup);
    bodies(page, names, &mut cast, &mut lookup);
    rest(page, names, &mut cast, &mut lookup);
    let by_alias = super::alias::apply(page, names, &mut cast);
    for (i, name) in names.iter().enumerate() {
        if let Some(entity) = cast.of[i].and_then(|of| cast.entities.get_mut(of)) {
            entity.named.push(name.run.clone());
            if name.look == Look::Person {
                entity.gender = entity.gender.or(name.gender);
            }
            let own = by_alias.get(i) != Some(&true);
            let fuller = name.units > entity.units
                || name.units == entity.units
                    && name.name.len() > entity.best.len()
                    && !page.is_upper(name.name.start);
            // "ANA KELL" gives way to "Ana Kell".
            let shouted = name.units == entity.units
                && page.is_upper(entity.best.start)
                && page.word(entity.best.end.saturating_sub(1)).len() > 2
                && page.is_upper(entity.best.end.saturating_sub(1))
                && !page.is_upper(name.name.start)
                && name.units > 0;
            if own && (fuller || shouted) {
                entity.units = name.units;
                entity.best = name.name.clone();
            }
        }
    }
    // A given name that nobody bears in full.
    for entity in cast.entities.iter_mut().filter(|entity| entity.units == 1 && entity.gender.is_none()) {
        entity.gender = super::name::gender_of(page, entity.best.start, Class::NAME_MALE, Class::NAME_FEMALE);
        if entity.kind.is_none() && entity.gender.is_some() {
            entity.kind = Some(AgentKind::Person);
        }
    }
    cast
}

fn full_names(
    page: &Page<'_>,
    names: &[Name],
    lone: &FxHashMap<u64, u32>,
    cast: &mut Cast,
    lookup: &mut Lookup,
) {
    // Running text first: in a headline a verb may look like a part of the name.
    for headline in [false, true] {
        for (i, name) in names.iter().enumerate() {
            let full = name.units > 1 && matches!(name.look, Look::Person | Look::Several);
            if !full || page.in_headline(name.run.start) != headline {
                continue;
            }
            let suffix = suffix(page, name);
            let mut known = lookup.full.get(&(name.first, name.last)).and_then(|all| {
                // "Tom Orrin" beside "Tom Orrin Jr." is his father; a headline may leave the suffix out.
                let same = |of: &&usize| {
                    cast.entities.get(**of).is_some_and(|e| {
                        (suffix_of(page, e) == suffix || headline && suffix == 0)
                            && same_middle(page, name, e)
                    })
                };
                let full = all.first().filter(|_| all.len() >= NAMESAKES);
                all.iter().find(same).or(full).copied()
            });
            // "Mr. Roa Quint" after "Ines Roa Quint".
            known = known.or_else(|| {
                let within = |of: &&usize| {
                    cast.entities.get(**of).is_some_and(|e| {
                        (e.units > name.units || page.is(name.name.start, Class::PARTICLE))
                            && e.best.clone().any(|k| page.key(k) == name.first)
                    })
                };
                lookup.last.get(&name.last)?.iter().find(within).copied()
            });
            let titled = lone.get(&name.last).is_some_and(|count| *count >= 1 << 16);
            let certain = name.look == Look::Person
                || titled && name.units <= 3
                || has_initial(page, name)
                || has_joined_given_name(page, name)
                || is_described(page, name);
            let shown =
                certain || lone.contains_key(&name.last) && name.units <= 3 && is_nameable(page, name);
            if known.is_none() && headline && (name.look != Look::Person || name.units > 2) {
                continue;
            }
            let of = known.unwrap_or_else(|| {
                let of = cast.entities.len();
                let kind = match shown {
                    true => Some(AgentKind::Person),
                    false => text_of(page, name),
                };
                cast.entities.push(Entity::new(kind, name.name.clone()));
                lookup.full.entry((name.first, name.last)).or_default().push(of);
                let bearers = [(&mut lookup.last, name.last), (&mut lookup.first, name.first)];
                for (map, key) in bearers.into_iter().filter(|_| shown) {
                    let all = map.entry(key).or_default();
                    if all.len() < NAMESAKES {
                        all.push(of);
                    }
                }
                of
            });
            let entity = &mut cast.entities[of];
            if name.look == Look::Person {
                entity.gender = entity.gender.or(name.gender);
            }
            entity.full += if headline { 0 } else { 1 };
            if shown {
                entity.kind = Some(AgentKind::Person);
                // "EGG, Rolf" stands in lists only.
                let inverted = page.word(name.name.start + 1) == ",";
                entity.certain |= certain && (!headline || inverted);
            }
            // The fullest name is sought in running text.
            if !headline && name.units > entity.units {
                entity.units = name.units;
                entity.best = name.name.clone();
            }
            if let Some(nickname) = super::run::nickname_in(page, name.name.clone()) {
                // "Foghorn" alone means him too.
                let all = lookup.first.entry(page.key(nickname.start)).or_default();
                if all.len() < NAMESAKES && !all.contains(&of) {
                    all.push(of);
                }
                entity.aliases.push(nickname);
            }
            cast.of[i] = Some(of);
        }
    }
}

/// "Mr. Kell" where no full name tells who that is.
fn titled_names(page: &Page<'_>, names: &[Name], cast: &mut Cast, lookup: &mut Lookup) {
    for (i, name) in names.iter().enumerate() {
        if name.look != Look::Person || name.units != 1 || page.in_headline(name.run.start) {
            continue;
        }
        let fits = |of: &usize| cast.entities.get(*of).is_some_and(|entity| agrees(entity, name));
        let bearer = [&lookup.last, &lookup.first]
            .into_iter()
            .find_map(|map| map.get(&name.last)?.iter().find(|of| fits(of)).copied());
        if let Some(entity) = bearer.and_then(|of| cast.entities.get_mut(of)) {
            // "Mr. Egg" speaks for the man among those called Egg.
            entity.full += u32::from(name.titled);
            continue;
        }
        let of = cast.entities.len();
        let mut entity = Entity::new(Some(AgentKind::Person), name.name.clone());
        entity.gender = name.gender;
        entity.certain = true;
        cast.entities.push(entity);
        lookup.last.entry(name.last).or_default().push(of);
        cast.of[i] = Some(of);
    }
}

/// The words of a name as one number, an article and marks apart.
fn whole(page: &Page<'_>, name: &Name) -> u64 {
    words_of(page, name.name.clone())
}

fn words_of(page: &Page<'_>, range: Range<usize>) -> u64 {
    let words = range.filter(|&i| page.is_word(i) && !matches!(page.word(i), "The" | "the" | "of"));
    super::rules::whole(words.map(|i| page.key(i)))
}

fn bodies(page: &Page<'_>, names: &[Name], cast: &mut Cast, lookup: &mut Lookup) {
    // Acronyms and short forms of the longer names.
    let mut initials: FxHashMap<u64, usize> = FxHashMap::default();
    let mut short: FxHashMap<u64, usize> = FxHashMap::default();
    let mut ends: FxHashMap<u64, usize> = FxHashMap::default();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&i| {
        names.get(i).is_some_and(|name| name.run.len() == 1 && page.is_upper(name.run.start))
    });
    for i in order {
        let Some(name) = names.get(i) else { continue };
        if !matches!(name.look, Look::Organisation | Look::Place) || is_surname(page, name, lookup) {
            continue;
        }
        let lone = name.run.len() == 1;
        let acronym = lone && page.is_upper(name.run.start) && page.word(name.run.start).len() > 1;
        let behind_article =
            name.run.start.checked_sub(1).is_some_and(|i| matches!(page.word(i), "the" | "The"));
        let known = match () {
            () if acronym => initials.get(&name.last),
            () if lone && behind_article => short.get(&name.last),
            // "the Air Force" after "the United States Air Force"
            () if behind_article && name.units > 1 => ends.get(&whole(page, name)),
            () => None,
        };
        let key = whole(page, name);
        if let Some(&of) = known {
            lookup.whole.entry(key).or_insert(of);
            cast.of[i] = Some(of);
            continue;
        }
        let of = *lookup.whole.entry(key).or_insert_with(|| {
            let mut body = Entity::new(Some(AgentKind::Organisation), name.name.clone());
            body.place = name.look == Look::Place;
            cast.entities.push(body);
            cast.entities.len() - 1
        });
        cast.of[i] = Some(of);
        if name.units > 1 {
            short.insert(name.last, of);
            if let Some(end) = without_country(page, name) {
                ends.entry(words_of(page, end)).or_insert(of);
            }
            initials.entry(super::rules::key(&initials_of(page, name, true))).or_insert(of);
        }
        // "Joint Harbour Commission (JHC)"
        if let Some(short) = names.get(i + 1)
            && page.word(name.run.end) == "("
            && short.run.start == name.run.end + 1
            && matches!(page.word(short.run.end), ")" | "," | ";")
            && short.run.len() == 1
            && (is_acronym(page, name, page.word(short.run.start)) || is_sign(page, name, short))
        {
            lookup.whole.entry(whole(page, short)).or_insert(of);
            cast.entities[of].aliases.push(short.run.clone());
        }
    }
}

/// "KELL: Good evening.", "Uber resigned" where "Ardry Kell" and "Ilse Uber" stand elsewhere.
fn is_surname(page: &Page<'_>, name: &Name, lookup: &Lookup) -> bool {
    name.units == 1
        && name.run.len() == 1
        && (page.is_upper(name.run.start) || name.look == Look::Organisation)
        && lookup.last.contains_key(&name.last)
}

/// Whether `short` is made of the first letters of the name's words.
fn is_acronym(page: &Page<'_>, name: &Name, short: &str) -> bool {
    let letters = |capital: bool| initials_of(page, name, capital);
    let short = short.to_uppercase();
    let (capital, all) = (letters(true), letters(false));
    short.len() > 1
        && (capital == short
            || all == short
            || capital.starts_with(&short)
            || short.len() > 2 && capital.ends_with(&short)
            || short.chars().next() == capital.chars().next()
                && short.len() + 1 >= capital.len()
                && short.len() <= capital.len() + 2)
}

/// Whether large letters in brackets stand for a body whose words they are not made of: an acronym in its own language, the
/// sign of its shares. "Quay Board (UK)" tells where it is.
fn is_sign(page: &Page<'_>, name: &Name, short: &Name) -> bool {
    let at = short.run.start;
    let place = short.look == Look::Place || page.is(at, Class::PLACE) || page.is(at, Class::PEOPLE);
    name.units > 1
        && page.is_upper(at)
        && (3..=5).contains(&page.word(at).len())
        && !place
        // An outlet or agency is rather whoever is quoted; MSF may be Doctors Without Borders.
        && !RULES.is_body(short.run.clone().map(|i| page.key(i)))
        && page.word(short.run.end) == ")"
}

/// The first letters of the words, or of the large ones only.
fn initials_of(page: &Page<'_>, name: &Name, capital: bool) -> String {
    let words = name.name.clone().filter(|&i| page.is_word(i) && (!capital || page.is_capitalised(i)));
    words.filter_map(|i| page.word(i).chars().next()).flat_map(char::to_uppercase).collect()
}

/// Single words and everything not yet given to somebody, in reading order.
fn rest(page: &Page<'_>, names: &[Name], cast: &mut Cast, lookup: &mut Lookup) {
    let mut seen: FxHashMap<usize, usize> = FxHashMap::default();
    // Bodies by the first word of their names: "Harl" after "Harl Marine".
    let mut begun: FxHashMap<u64, usize> = FxHashMap::default();
    for (i, name) in names.iter().enumerate() {
        if let Some(of) = cast.of[i] {
            if name.units > 1 {
                seen.insert(of, name.run.start);
                // "Korr" is a town beside "Korr Port Authority".
                let own = !name.name.clone().any(|k| page.is(k, Class::ORGANISATION));
                let body = cast.entities.get(of).is_some_and(|e| {
                    e.kind == Some(AgentKind::Organisation) && !e.place && e.best == name.name && own
                });
                if body && is_own_word(page, name.name.start) {
                    begun.entry(name.first).or_insert(of);
                }
            }
            continue;
        }
        let lone = name.units == 1 && name.run.len() <= 8;
        let nameable =
            lone && !matches!(name.look, Look::Office) && !page.is(name.name.start, Class::FUNCTION);
        let bearers = |map: &FxHashMap<u64, Vec<usize>>| map.get(&name.last).cloned().unwrap_or_default();
        let mut found = if nameable { choose(page, name, &bearers(&lookup.last), cast, &seen) } else { None };
        // A given name alone, or a family name that comes first.
        if found.is_none() && nameable && name.look != Look::Other {
            found = choose(page, name, &bearers(&lookup.first), cast, &seen)
                .filter(|of| cast.entities.get(*of).is_some_and(|e| e.kind == Some(AgentKind::Person)));
        }
        let headline = name.units > 1 && page.in_headline(name.run.start);
        if found.is_none() && !headline && !matches!(name.look, Look::Office | Look::Other) {
            let kind = text_of(page, name);
            let own = lookup.whole.get(&whole(page, name)).copied();
            let body = begun.get(&name.first).copied().filter(|_| name.look == Look::Single && own.is_none());
            let of = match paper(page, names, i, cast).or(body) {
                Some(of) => of,
                None => *lookup.whole.entry(whole(page, name)).or_insert_with(|| {
                    cast.entities.push(Entity::new(kind, name.name.clone()));
                    cast.entities.len() - 1
                }),
            };
            found = Some(of);
        }
        cast.of[i] = found;
    }
}

/// Whether a word can stand for the whole name that it begins: no word that many bodies, places or peoples are called by.
fn is_own_word(page: &Page<'_>, i: usize) -> bool {
    let shared = [
        Class::ORGANISATION,
        Class::COMPANY,
        Class::PLACE,
        Class::PLACE_PART,
        Class::PEOPLE,
        Class::MODIFIER,
        Class::GROUP,
        Class::CALENDAR,
        Class::GIVEN,
        Class::FUNCTION,
        Class::TITLE,
    ];
    page.word(i).chars().count() > 3 && !page.is_upper(i) && !shared.iter().any(|&class| page.is(i, class))
}

/// The name of a body without the country it begins with, if two words are left.
fn without_country(page: &Page<'_>, name: &Name) -> Option<Range<usize>> {
    let country = |i: usize| {
        [Class::PLACE, Class::PLACE_PART, Class::PEOPLE].iter().any(|&class| page.is(i, class))
            || page.is_initial(i)
            || page.word(i) == "."
    };
    let start = name.name.clone().find(|&i| !country(i))?;
    let left = (start..name.name.end).filter(|&i| page.is_word(i)).count();
    (start > name.name.start && left > 1).then_some(start..name.name.end)
}

/// "Harbour Threat Assessment": a name that ends in a word for texts.
fn text_of(page: &Page<'_>, name: &Name) -> Option<AgentKind> {
    let last = name.name.clone().rev().find(|&i| page.is_word(i))?;
    (name.units > 1 && page.is(last, Class::DOCUMENT) && !page.is(name.name.start, Class::GIVEN))
        .then_some(AgentKind::Document)
}

/// "The Argus" for "Lund Argus", named shortly before or behind: a body by the last word of its name, as papers are called.
fn paper(page: &Page<'_>, names: &[Name], i: usize, cast: &mut Cast) -> Option<usize> {
    let name = names.get(i)?;
    let article = |name: &Name| {
        name.run.start.checked_sub(1).is_some_and(|k| matches!(page.word(k), "The" | "the" | "THE"))
    };
    if name.look != Look::Single || name.run.len() != 1 || !article(name) {
        return None;
    }
    let known = |n: &usize| {
        names.get(*n).is_some_and(|other| {
            other.units > 1
                && other.last == name.last
                && article(other)
                && matches!(other.look, Look::Several | Look::Organisation)
        })
    };
    let n = (0..i).rev().take(80).find(known)?;
    let of = cast.of.get(n).copied().flatten()?;
    let entity = cast
        .entities
        .get_mut(of)
        .filter(|entity| entity.kind.is_none() || entity.kind == Some(AgentKind::Organisation))?;
    entity.kind = Some(AgentKind::Organisation);
    Some(of)
}

/// Whom of several namesakes a name alone means: whoever was named in full in this paragraph, or else who is named most.
fn choose(
    page: &Page<'_>,
    name: &Name,
    bearers: &[usize],
    cast: &Cast,
    seen: &FxHashMap<usize, usize>,
) -> Option<usize> {
    let here = page.paragraph(name.run.start);
    let suffix = suffix(page, name);
    bearers
        .iter()
        .copied()
        .filter(|of| cast.entities.get(*of).is_some_and(|entity| agrees(entity, name)))
        .filter(|of| {
            suffix == 0 || cast.entities.get(*of).is_some_and(|entity| suffix_of(page, entity) == suffix)
        })
        .max_by_key(|of| {
            let at = seen.get(of).copied();
            let near = at.filter(|&at| page.paragraph(at) == here);
            let entity = cast.entities.get(*of);
            // "Trump" is seldom the son whom the text calls "Trump Jr.".
            let plain = entity.is_some_and(|entity| suffix_of(page, entity) == 0);
            (
                plain || bearers.len() == 1,
                near,
                entity.map_or(0, |entity| entity.full),
                std::cmp::Reverse(*of),
            )
        })
}
