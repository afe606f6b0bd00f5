//! Credits of pictures: the agency's name, which stands in one run with what it is no part of.

use super::name::is_known_body;
use super::page::Page;
use super::rules::Class;
use std::ops::Range;

/// The longest name of an agency that is looked for, in words.
const MOST_OF_AGENCY: usize = 3;

/// What a run is about beside whom a picture is credited to: "AFP Image" is the agency, "AP Rolf Egg" whoever took the picture,
/// "Getty Images Rolf Egg" too.
pub(super) fn without_picture_credit(page: &Page<'_>, run: Range<usize>) -> (usize, usize) {
    let agency = (1..=MOST_OF_AGENCY.min(run.len()))
        .rev()
        .map(|length| run.start + length)
        .find(|&at| is_known_body(page, run.start..at));
    let Some(mut behind) = agency else { return (run.start, run.end) };
    let certain = behind - run.start > 1 || page.is_upper(run.start);
    let picture = behind < run.end && page.is(behind, Class::PICTURE);
    if picture {
        let credit = behind;
        behind = (behind..run.end).find(|&i| !page.is(i, Class::PICTURE)).unwrap_or(run.end);
        if behind == run.end {
            return (run.start, credit);
        }
    }
    let person = run.end - behind > 1
        && page.is(behind, Class::GIVEN)
        && (certain || picture)
        && !page.is(run.end - 1, Class::ORGANISATION);
    (if person || picture { behind } else { run.start }, run.end)
}

#[cfg(test)]
mod tests {
    use crate::agents::tests::read;

    fn listed(text: &str) -> Vec<String> {
        let (_, found) = read(text);
        found.agents.into_iter().map(|agent| agent.name).collect()
    }

    #[test]
    fn a_credit_is_no_part_of_a_name() {
        assert_eq!(listed("The crane fell. (AFP Image) The mayor wept."), ["AFP"]);
        assert_eq!(listed("The crane fell. (Getty Images Rolf Egg) The mayor wept."), ["Rolf Egg"]);
        assert_eq!(listed("The crane fell. (AP Photo Rolf Egg) The mayor wept."), ["Rolf Egg"]);
    }

    #[test]
    fn a_body_with_another_word_behind_it_is_no_credit() {
        assert_eq!(listed("The crane fell. The AP Report Guild wept."), ["AP Report Guild"]);
    }
}
