//! The claims of a case, for people: for a terminal or as a page. What people confirmed and what the program proposes are lists
//! of their own, and no line of the one looks like a line of the other.

use crate::harmless_line;
use crate::question::{ClaimGroup, Claims, Standing};
use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

const STYLE: &str =
    concat!(include_str!("../../templates/report.css"), include_str!("../../templates/answer.css"));

/// Characters of a claim that are shown.
const LONGEST: usize = 300;

/// Speakers that are named.
const MOST_NAMES: usize = 6;

fn counted(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

fn cut(claim: &ClaimGroup) -> String {
    let text: String = claim.claim.chars().take(LONGEST).collect();
    harmless_line(text.trim()).into_owned()
}

/// "3 statements in 2 documents · 2 asserts, 1 denies · 2031-02-03 to 2031-02-05 · dispute 0.67 · 2 wordings".
fn about(claim: &ClaimGroup) -> String {
    let acts: Vec<String> = claim.acts.iter().map(|(act, n)| format!("{n} {act}")).collect();
    let mut about = vec![format!(
        "{} in {}",
        counted(claim.statements.len(), "statement"),
        counted(claim.documents.len(), "document")
    )];
    about.extend((!acts.is_empty()).then(|| acts.join(", ")));
    about.extend(claim.from.iter().map(|from| match &claim.to {
        Some(to) if to != from => format!("{from} to {to}"),
        _ => from.clone(),
    }));
    if claim.dispute > 0.0 {
        about.push(format!("dispute {:.2}", claim.dispute));
    }
    about.push(counted(usize::try_from(claim.wordings).unwrap_or(usize::MAX), "wording"));
    harmless_line(&about.join(" · ")).into_owned()
}

fn speakers(claim: &ClaimGroup) -> Option<String> {
    let names: Vec<&str> = claim.speakers.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = claim.speakers.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| harmless_line(&format!("by {}{more}", names.join(", "))).into_owned())
}

/// What people said of a claim, and what the program would do with it.
fn said(claim: &ClaimGroup) -> Vec<String> {
    let mut said: Vec<String> = claim
        .confirmed_by
        .iter()
        .map(|by| format!("confirmed by {} (entry {}, {}): {}", by.actor, by.entry, by.time, by.reason))
        .collect();
    if !claim.unfit.is_empty() {
        said.push(format!(
            "DOES NOT FIT: {} not in the reading that counts now: {}",
            counted(claim.unfit.len(), "statement"),
            claim.unfit.join(", ")
        ));
    }
    if !claim.corrected.is_empty() {
        said.push(format!(
            "counted as people corrected {}: {}",
            counted(claim.corrected.len(), "statement"),
            claim.corrected.join(", ")
        ));
    }
    if !claim.proposed.is_empty() {
        said.push(format!(
            "the program proposes {} more, not counted here: {}",
            counted(claim.proposed.len(), "statement"),
            claim.proposed.join(", ")
        ));
    }
    said.iter().map(|line| harmless_line(line).into_owned()).collect()
}

/// The first `limit` claims of those that people confirmed, and of those that the program proposes.
fn parts(claims: &Claims, limit: usize) -> [(Vec<&ClaimGroup>, usize); 2] {
    [Standing::Confirmed, Standing::Proposed].map(|standing| {
        let of = || claims.groups.iter().filter(|claim| claim.standing == standing);
        (of().take(limit).collect(), of().count())
    })
}

/// What is said of a list that is cut.
fn more(all: usize, shown: usize) -> Option<String> {
    (all > shown).then(|| format!("… and {} more; --limit shows them", all - shown))
}

/// Draws claims for a terminal, at most `limit` of those that people confirmed and as many proposals.
pub fn draw(claims: &Claims, limit: usize) -> String {
    let mut out = String::new();
    let [(confirmed, all_confirmed), (proposed, all_proposed)] = parts(claims, limit);
    if all_confirmed + all_proposed == 0 {
        out.push_str("No two statements of the case make the same claim, as far as shows.\n");
    }
    let mut list = |mark: &str, heading: String, groups: &[&ClaimGroup], all: usize| {
        if all == 0 {
            return;
        }
        out.push_str(&format!("{heading}\n"));
        for claim in groups {
            out.push_str(&format!("{mark} {}\n", cut(claim)));
            let lines = [Some(about(claim)), speakers(claim)].into_iter().flatten().chain(said(claim));
            lines.for_each(|line| out.push_str(&format!("    {line}\n")));
            let first = claim.statements.first().map(String::as_str).unwrap_or_default();
            out.push_str(&format!("    [{} {first}]\n", claim.id));
        }
        more(all, groups.len()).into_iter().for_each(|more| out.push_str(&format!("{more}\n")));
    };
    list("==", format!("CONFIRMED by people: {all_confirmed}"), &confirmed, all_confirmed);
    list(
        "≈ ",
        format!(
            "PROPOSED by the program, which takes the statements of each to say the same: {all_proposed}"
        ),
        &proposed,
        all_proposed,
    );
    if all_proposed > 0 {
        out.push_str(
            "onrecord claims --confirm ID, --merge ID ID or --split ID STATEMENT says what is so.\n",
        );
    }
    out.push_str(&format!("Made by {}.\n", claims.made_by.words()));
    out
}

#[derive(Template)]
#[template(path = "claims.html")]
struct Page {
    style: &'static str,
    style_hash: String,
    made_by: String,
    lists: [List; 2],
}

struct List {
    class: &'static str,
    heading: &'static str,
    mark: &'static str,
    all: usize,
    more: Option<String>,
    items: Vec<Item>,
}

struct Item {
    claim: String,
    about: String,
    speakers: Option<String>,
    said: Vec<String>,
    wordings: Vec<String>,
    id: String,
    statements: String,
}

/// The page, with at most `limit` claims of each sort.
///
/// # Errors
/// None that input could bring about: those of the template.
pub fn page(claims: &Claims, limit: usize) -> Result<String, std::fmt::Error> {
    let item = |claim: &&ClaimGroup| Item {
        claim: cut(claim),
        about: about(claim),
        speakers: speakers(claim),
        said: said(claim),
        wordings: claim
            .variants
            .iter()
            .map(|(text, n)| harmless_line(&format!("{n} × {text}")).into_owned())
            .collect(),
        id: claim.id.clone(),
        statements: claim.statements.join(" "),
    };
    let [(confirmed, all_confirmed), (proposed, all_proposed)] = parts(claims, limit);
    let list = |class, heading, mark, groups: Vec<&ClaimGroup>, all: usize| List {
        class,
        heading,
        mark,
        all,
        more: more(all, groups.len()),
        items: groups.iter().map(item).collect(),
    };
    let page = Page {
        style: STYLE,
        style_hash: STANDARD.encode(Sha256::digest(STYLE)),
        made_by: claims.made_by.words(),
        lists: [
            list("confirmed", "confirmed by people", "confirmed", confirmed, all_confirmed),
            list("proposed", "proposed by the program", "proposal", proposed, all_proposed),
        ],
    };
    page.render().map_err(|_| std::fmt::Error)
}
