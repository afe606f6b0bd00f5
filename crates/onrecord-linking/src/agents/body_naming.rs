//! How the name of a body stands to those of the bodies gathered: one name, a short form, letters, or two bodies.

use super::body_name::BodyName;
use super::collection::Collection;
use super::gathering::{Gathering, Naming};

/// A committee that is named with one chamber at least in this share of the documents, is hardly the other's.
const ONE_CHAMBER: f32 = 0.95;
const ONLY_CHAMBER: f32 = 0.4;

/// A short form that stands for a body in a smaller share of the documents that explain it says nothing: one slip of
/// reading would make it a name of the body.
const STATED_SHARE: f32 = 0.15;

/// What it says that a document shortens a body to words that say only of which kind it is.
const SHORT_KIND: f32 = 1.3;

/// What the names of a body and of a gathering say; nothing where they cannot be one's.
pub(super) fn body_naming(
    name: &BodyName,
    short: &[String],
    gathering: &Gathering,
    collection: &Collection,
) -> Option<(f32, Naming)> {
    if name.known && gathering.known.as_ref().is_some_and(|known| *known != name.core) {
        return None;
    }
    if name.committee && gathering.cores.contains(&name.core) {
        // Two chambers have a committee by this name; where one is not told, company has to tell.
        let told = match (&name.chamber, &gathering.chamber) {
            (Some(one), Some(other)) => return (one == other).then_some((3.4, Naming::Body)),
            (Some(one), None) | (None, Some(one)) => Some(one.as_str()),
            (None, None) => None,
        };
        let share = collection.chamber_share(&name.core, told);
        if share > 0.0 {
            let certain = if share >= ONE_CHAMBER { ONLY_CHAMBER } else { 0.0 };
            return Some((0.2 + 1.6 * share + certain, Naming::Kind));
        }
    }
    if gathering.cores.contains(&name.core) {
        let ambiguous = name.acronym && collection.is_ambiguous(&name.core);
        return Some(match () {
            () if name.kind_only => match collection.chief_of_kind(&name.core) {
                share if share >= 0.75 => (3.4, Naming::Body),
                share if share >= 0.5 => (1.3, Naming::Kind),
                _ => (0.2, Naming::Kind),
            },
            () if name.known => (3.4, Naming::KnownBody),
            () if ambiguous => (0.6, Naming::Kind),
            () => (3.4, Naming::Body),
        });
    }
    // "JHC" where others write it out, or the other way round.
    let stated = |short: &str, core: &str| {
        let (share, count) = collection.share(short, core);
        (count > 0 && share >= STATED_SHARE).then_some(4.0 * share - if count == 1 { 0.6 } else { 0.0 })
    };
    let mut best: Option<(f32, Naming)> = None;
    let mut offer = |weight: Option<f32>, naming: Naming| {
        if let Some(weight) = weight.filter(|weight| best.is_none_or(|(most, _)| *weight > most)) {
            best = Some((weight, naming));
        }
    };
    let mut cores: Vec<&String> = gathering.cores.iter().collect();
    cores.sort_unstable();
    for core in cores {
        // "Harbours Department" may be short for that of any country.
        let weak = |kind_only: bool, weight: Option<f32>| match kind_only {
            true => (weight.map(|weight| weight.min(SHORT_KIND)), Naming::Kind),
            false => (weight, Naming::ShortForm),
        };
        if gathering.shorts.contains(&name.core) {
            let (weight, naming) = weak(name.kind_only, stated(&name.core, core));
            offer(weight, naming);
        }
        if short.contains(core) {
            let (weight, naming) = weak(gathering.kinds.contains(core), stated(core, &name.core));
            offer(weight, naming);
        }
        let makes = |letters: &str, core: &str| match () {
            () if letters.len() > 2 && collection.is_chief_maker(letters, core) => Some(2.6),
            () if collection.is_only_maker(letters, core) => Some(1.4),
            () => None,
        };
        if gathering.letters.contains(&name.core) {
            offer(makes(&name.core, core), Naming::Acronym);
        }
        if name.initials.contains(core) {
            offer(makes(core, &name.core), Naming::Acronym);
        }
    }
    best
}
