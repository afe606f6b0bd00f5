//! Pairs of mentions in news articles.

use super::{Article, ReadArticle};
use anyhow::{Context, bail};
use onrecord_linking::agents::{Link, LinkedAgent};
use onrecord_record::{Agent, AgentId, Sha256};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

/// A place in an article.
#[derive(Clone, Debug, Deserialize)]
pub struct PairMention {
    /// The article's id.
    pub article: String,
    /// Code points, half-open.
    pub span: (u32, u32),
    /// The hash of the article's text.
    pub sha256: Sha256,
}

/// What a reader of both articles says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// One and the same.
    Same,
    /// Two.
    Different,
    /// It cannot be told from the articles.
    Unknown,
}

/// Two mentions and their label.
#[derive(Clone, Debug, Deserialize)]
pub struct Pair {
    /// The one.
    pub a: PairMention,
    /// The other.
    pub b: PairMention,
    /// What they are.
    pub label: Label,
    /// What makes the pair worth asking.
    pub class: String,
    /// Whether it was drawn when linking was as it is: no choice was made on such pairs.
    #[serde(default)]
    pub fresh: bool,
}

/// The half that choices are made on, and the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// For choosing.
    Choice,
    /// For reporting.
    Report,
}

impl Pair {
    /// By a hash of the articles' ids; a fresh pair reports.
    pub fn half(&self) -> Half {
        if self.fresh {
            return Half::Report;
        }
        let (a, b) = (self.a.article.as_bytes(), self.b.article.as_bytes());
        let hash = Sha256::of_fields(if a <= b { [a, b] } else { [b, a] });
        if hash.0[0] & 1 == 0 { Half::Choice } else { Half::Report }
    }
}

/// Reads the pairs and holds them against the texts.
///
/// # Errors
/// When a line cannot be read, or an article is missing or has changed.
pub fn read_pairs(path: &Path, articles: &[Article]) -> anyhow::Result<Vec<Pair>> {
    let lines = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let texts: HashMap<&str, &Article> =
        articles.iter().map(|article| (article.id.as_str(), article)).collect();
    let mut pairs = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let place = || format!("{}, line {}", path.display(), number + 1);
        let pair: Pair = serde_json::from_str(line).with_context(place)?;
        for mention in [&pair.a, &pair.b] {
            let Some(article) = texts.get(mention.article.as_str()) else {
                bail!("{}: there is no article {}", place(), mention.article);
            };
            if Sha256::of(article.text.as_bytes()) != mention.sha256 {
                bail!("{}: the text of {} is another one", place(), mention.article);
            }
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

/// How pairs came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairCounts {
    /// Labelled same.
    pub same: usize,
    /// Of those linked.
    pub same_linked: usize,
    /// Labelled different.
    pub different: usize,
    /// Of those linked.
    pub different_linked: usize,
    /// That cannot be told.
    pub unknown: usize,
    /// Of those linked.
    pub unknown_linked: usize,
}

impl PairCounts {
    /// The share of linked pairs that are the same.
    pub fn precision(&self) -> f64 {
        self.same_linked as f64 / (self.same_linked + self.different_linked).max(1) as f64
    }

    /// The share of the same that are linked.
    pub fn recall(&self) -> f64 {
        self.same_linked as f64 / self.same.max(1) as f64
    }
}

/// A pair that came out wrong.
#[derive(Clone, Debug)]
pub struct PairMistake {
    /// Its half.
    pub half: Half,
    /// In words.
    pub words: String,
}

/// The counts by half and class, and the mistakes.
pub fn score_pairs(
    pairs: &[Pair],
    read: &[ReadArticle],
    places: &HashMap<&AgentId, usize>,
    linked_agents: &[LinkedAgent],
) -> (BTreeMap<(Half, String), PairCounts>, Vec<PairMistake>) {
    let by_id: HashMap<&str, &ReadArticle> = read.iter().map(|read| (read.article.as_str(), read)).collect();
    let mut counts: BTreeMap<(Half, String), PairCounts> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for pair in pairs {
        let agents = [&pair.a, &pair.b].map(|mention| {
            by_id.get(mention.article.as_str()).and_then(|read| agent_at(&read.agents, mention.span))
        });
        let [a, b] = agents.map(|agent| agent.and_then(|agent| places.get(&agent.id)));
        let linked = a.is_some() && a == b;
        let half = pair.half();
        let row = counts.entry((half, pair.class.clone())).or_default();
        let (all, found) = match pair.label {
            Label::Same => (&mut row.same, &mut row.same_linked),
            Label::Different => (&mut row.different, &mut row.different_linked),
            Label::Unknown => (&mut row.unknown, &mut row.unknown_linked),
        };
        *all += 1;
        *found += usize::from(linked);
        if (pair.label == Label::Same) != linked && pair.label != Label::Unknown {
            let links =
                a.and_then(|at| linked_agents.get(*at)).filter(|_| linked).map_or(&[][..], |one| &one.links);
            let told = agents.map(|agent| match agent {
                Some(agent) => {
                    let own = links.iter().filter(|link| link.a == agent.id || link.b == agent.id).take(3);
                    let why: String = own.map(|link| format!("\n    {}", why(link))).collect();
                    format!("{:?} “{}” {:?}{why}", agent.kind, agent.name, role_texts(agent))
                }
                None => "no agent".to_owned(),
            });
            mistakes.push(PairMistake {
                half,
                words: format!(
                    "{}, {}: {} {:?} {}; {} {:?} {}",
                    pair.class,
                    if linked { "linked and different" } else { "same and not linked" },
                    pair.a.article,
                    pair.a.span,
                    told[0],
                    pair.b.article,
                    pair.b.span,
                    told[1],
                ),
            });
        }
    }
    (counts, mistakes)
}

fn why(link: &Link) -> String {
    let reasons: Vec<String> =
        link.reasons.iter().map(|reason| format!("{:+.1} {}", reason.weight, reason.words)).collect();
    format!("{:.1} ({})", link.score.unwrap_or_default(), reasons.join("; "))
}

fn role_texts(agent: &Agent) -> Vec<&str> {
    agent.roles.iter().take(3).map(|role| role.text.as_str()).collect()
}

/// The agent whose mention overlaps the span best; of two alike the one that begins first.
fn agent_at(agents: &[Agent], (start, end): (u32, u32)) -> Option<&Agent> {
    let mut best: Option<(u32, &Agent)> = None;
    for agent in agents {
        for span in &agent.mentions {
            let overlap = end.min(span.end.0).saturating_sub(start.max(span.start.0));
            if overlap == 0 {
                continue;
            }
            let dice = 2000 * overlap / ((end - start) + span.len()).max(1);
            if best.is_none_or(|(most, _)| dice > most) {
                best = Some((dice, agent));
            }
        }
    }
    best.map(|(_, agent)| agent)
}
