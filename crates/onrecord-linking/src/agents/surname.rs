//! Surnames that stand alone in their document, and whom they mean.
//!
//! Who is written about much is called by the surname alone. That is taken for a name where the collection has one bearer
//! far before all others, where the office or the company is that bearer's too, and where the days agree.

use super::evidence::weigh;
use super::folding::spelling;
use super::gathering::{Gathering, Ground, Joined, Naming, take_in};
use super::unit::UnitName;
use rustc_hash::FxHashMap;

/// Of all documents that name somebody of this surname in full, at least so many mean the one.
const SHARE: f32 = 0.6;

/// And no fewer than these.
const FEWEST: usize = 3;

/// What a surname says is less than what a full name says; what it says grows with the share.
const ALONE: f32 = -1.0;
const BY_SHARE: f32 = 1.6;

/// More than between full names.
const ENOUGH_FOR_SURNAME: f32 = 2.8;

/// The office agrees at least so much, or, where the document shows that a person is meant, the company does.
const OFFICE: f32 = 0.6;
const COMPANY: f32 = 1.0;

/// Or else hardly anybody else of the surname is written about in this share of the documents, and so much that it is enough
/// by far. Where the document does not show that a person is meant, so many documents must name the one.
const HARDLY_ANOTHER: f32 = 0.85;
const ENOUGH_BY_FAR: f32 = 3.3;
const MUCH_NAMED: usize = 25;

/// Joins lone surnames to those whom they mean.
pub(super) fn join_surnames(
    ground: &Ground<'_>,
    gatherings: &mut [Gathering],
    of: &mut [usize],
    joined: &mut Vec<Joined>,
) {
    // For each surname the gathering that most documents mean, its size, and all sizes together.
    let mut chief: FxHashMap<String, (usize, usize, usize)> = FxHashMap::default();
    for (place, gathering) in gatherings.iter().enumerate() {
        let Some(name) = gathering.people.first() else { continue };
        let size = gathering.units.len();
        let (best, most, all) = chief.entry(spelling(&name.surname)).or_insert((place, 0, 0));
        *all += size;
        if size > *most {
            (*best, *most) = (place, size);
        }
    }
    for (at, unit) in ground.units.iter().enumerate() {
        let UnitName::Lone(word) = &unit.name else { continue };
        let Some(&own) = of.get(at) else { continue };
        let lonely = gatherings.get(own).is_some_and(|it| it.units.as_slice() == [at]);
        let Some(&(place, size, all)) = chief.get(&spelling(word)).filter(|_| lonely) else { continue };
        let Some(gathering) = gatherings.get(place) else { continue };
        let share = size as f32 / all.max(1) as f32;
        if size < FEWEST
            || share < SHARE
            || ground.keeps_apart(at, place, of)
            || unit.documents.iter().any(|document| gathering.documents.contains(document))
            || gathering.profile.gender.is_some_and(|gender| unit.gender.is_some_and(|own| own != gender))
        {
            continue;
        }
        let company = unit.documents.first().and_then(|first| ground.company.get(*first));
        let company = company.map_or(&[][..], Vec::as_slice);
        let name = ALONE + BY_SHARE * share;
        let evidence = weigh(unit, company, &gathering.profile, name, ground.collection, ground.roles);
        let sum = evidence.sum();
        let known = share >= HARDLY_ANOTHER && sum >= ENOUGH_BY_FAR;
        let shown = evidence.roles >= OFFICE
            || known && (unit.is_person || size >= MUCH_NAMED)
            || unit.is_person && evidence.near + evidence.company >= COMPANY;
        if !shown || evidence.calling < 0.0 || evidence.time < 0.0 || sum < ENOUGH_FOR_SURNAME {
            continue;
        }
        let shared = [evidence.shared_role, evidence.shared_near];
        let to = shared.into_iter().flatten().map(|(_, unit)| unit).next();
        let Some(to) = to.or(gathering.units.first().copied()) else { continue };
        gatherings.get_mut(own).into_iter().for_each(|left| *left = Gathering::default());
        take_in(ground, at, place, false, gatherings);
        of.get_mut(at).into_iter().for_each(|of| *of = place);
        joined.push(Joined { unit: at, to, naming: Naming::Surname, evidence });
    }
}

#[cfg(test)]
mod tests {
    use crate::agents::tests::{Paper, with};

    /// Papers that name Ines Quillfeather, harbourmaster of Korr, among many of other things.
    fn about_the_harbourmaster(count: usize) -> Vec<Paper> {
        let full = (0..count).map(|at| {
            let people = [
                ('p', "Ines Quillfeather", "harbourmaster of Korr"),
                ('p', "Odd Tarn", ""),
                ('o', "Korr Lightship Trust", ""),
            ];
            Paper::new(&format!("full {at}"), "2019-03-01", &people)
        });
        full.chain(of_other_things()).collect()
    }

    fn of_other_things() -> impl Iterator<Item = Paper> {
        (0..800).map(|at| {
            let body = format!("Harl Works {at}");
            Paper::new(&body.clone(), "2019-02-01", &[('o', &body, "")])
        })
    }

    #[test]
    fn a_surname_alone_means_its_one_known_bearer_where_office_or_company_agree() {
        let last = |role, published| Paper::new("last", published, &[('p', "Quillfeather", role)]);
        assert!(with(about_the_harbourmaster(4), last("harbourmaster of Korr", "2019-04-01")));
        assert!(!with(about_the_harbourmaster(4), last("", "2019-04-01")));
        assert!(!with(about_the_harbourmaster(4), last("head coach", "2019-04-01")));
        assert!(!with(about_the_harbourmaster(4), last("harbourmaster of Korr", "2012-04-01")));
        assert!(!with(about_the_harbourmaster(2), last("harbourmaster of Korr", "2019-04-01")));
        let company = [('p', "Quillfeather", ""), ('p', "Odd Tarn", ""), ('o', "Korr Lightship Trust", "")];
        assert!(with(about_the_harbourmaster(4), Paper::new("last", "2019-04-01", &company)));
    }

    #[test]
    fn a_surname_alone_means_whom_alone_everybody_writes_about() {
        let last = |role, published| Paper::new("last", published, &[('p', "Quillfeather", role)]);
        assert!(with(about_the_harbourmaster(300), last("", "2019-04-01")));
        assert!(!with(about_the_harbourmaster(30), last("", "2019-04-01")));
        assert!(!with(about_the_harbourmaster(300), last("", "2012-04-01")));
        let mut papers = about_the_harbourmaster(300);
        let other = [('p', "Bram Quillfeather", "harbourmaster of Korr")];
        papers.extend((0..90).map(|at| Paper::new(&format!("other {at}"), "2019-03-01", &other)));
        assert!(!with(papers, last("", "2019-04-01")));
    }

    #[test]
    fn a_surname_that_no_document_shows_to_be_a_person_needs_a_bearer_whom_many_name() {
        let unshown = |count| {
            let mut papers = about_the_harbourmaster(count);
            // Elsewhere the word alone is a person.
            papers.push(Paper::new("lone", "2019-04-01", &[('p', "Quillfeather", "harbourmaster of Korr")]));
            let company =
                [('?', "Quillfeather", ""), ('p', "Odd Tarn", ""), ('o', "Korr Lightship Trust", "")];
            with(papers, Paper::new("last", "2019-04-01", &company))
        };
        assert!(unshown(300));
        assert!(!unshown(20));
    }

    #[test]
    fn a_surname_of_two_known_bearers_stays_alone() {
        let mut papers = about_the_harbourmaster(4);
        for at in 0..4 {
            let other = [('p', "Bram Quillfeather", "harbourmaster of Korr")];
            papers.push(Paper::new(&format!("other {at}"), "2019-03-01", &other));
        }
        let last = Paper::new("last", "2019-04-01", &[('p', "Quillfeather", "harbourmaster of Korr")]);
        assert!(!with(papers, last));
    }
}
