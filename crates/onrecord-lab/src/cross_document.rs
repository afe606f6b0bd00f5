//! How well agents are linked across documents, on two golds.
//!
//! **MEANTIME** (60 Wikinews articles) gives every mention of its entities an id that holds across documents. Judged are
//! the mentions of persons and organisations (`PER`, `ORG`) whose id occurs in two or more documents; there are few such
//! entities. Mentions of ours are those of the agent lines, and the spans of their roles ("Apple CEO" means whoever the
//! role was given to). Within each document gold mentions of all entities, the judged and the others, are matched with
//! ours, best first by the overlap of their characters (Dice), where that is at least a half or both begin or end at one
//! place. One of ours is matched with mentions of one entity only; with several where the gold marks a phrase and the name
//! in it ("Harl's owner Egg Shipping", "Egg Shipping"). *B-cubed* (Bagga and Baldwin 1998): recall is, for each gold mention, the share of its entity's mentions
//! that we hold to be the same, nothing where we have no mention; precision is, for each matched mention, the share of
//! its entity among the gold mentions matched to the same linked agent. Mentions of ours that meet no gold mention are not
//! judged, since most articles are annotated in their first sentences only. *Naming* mentions are those marked as names,
//! or not marked and written with a large letter that is no pronoun's; linking is of names, and what pronouns mean is
//! measured elsewhere, so they are the first figure and all mentions the second.
//!
//! **Pairs** (`suite/linking/pairs.jsonl`) are pairs of mentions in two news articles, labelled `same`, `different` or
//! `unknown` after a look at the words around both mentions; only ids of articles, offsets and hashes are kept. Most are traps: namesakes, one
//! surname, nicknames, fathers and sons, bodies of one acronym. The class `random` was drawn by chance among
//! names of five and more articles. All articles of the collection are read and linked together, and a pair counts as found same where the agents whose mentions overlap
//! the two spans best are linked. A mention that no agent has is not linked. The halves are told by a hash of the ids:
//! choices were made on the first.

pub mod b_cubed;
pub mod meantime;
pub mod pairs;
pub mod table;

use crate::our_reader::{OurReader, bare_document};
use onrecord_linking::agents::{Decisions, DocumentAgents, LinkedAgent, link};
use onrecord_record::{Agent, AgentId, DocumentId};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A text to be read for its agents.
#[derive(Clone, Debug, Deserialize)]
pub struct Article {
    /// Its id in its collection.
    pub id: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The text.
    pub text: String,
}

/// The agents of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadArticle {
    /// The article's id in its collection.
    pub article: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day.
    pub published: Option<String>,
    /// The document's id.
    pub document: DocumentId,
    /// Its agents.
    pub agents: Vec<Agent>,
}

/// Reads all articles on all threads, in order.
pub fn read_articles(reader: &OurReader, articles: &[Article]) -> Vec<ReadArticle> {
    articles
        .par_iter()
        .map(|article| {
            let mut document = bare_document(&article.text);
            document.id = DocumentId::new(&document.sha256, &article.id, &document.text_sha256);
            ReadArticle {
                article: article.id.clone(),
                publisher: article.publisher.clone(),
                published: article.published.clone(),
                agents: reader.read_document(&document).agents,
                document: document.id,
            }
        })
        .collect()
}

/// Links the agents of all articles.
pub fn link_articles(articles: &[ReadArticle]) -> Vec<LinkedAgent> {
    let readings: Vec<DocumentAgents<'_>> = articles
        .iter()
        .map(|article| DocumentAgents {
            document: &article.document,
            published: article.published.as_deref(),
            publisher: article.publisher.as_deref(),
            agents: &article.agents,
        })
        .collect();
    link(&readings, &Decisions::default())
}

/// For each agent the index of the linked agent it belongs to.
pub fn places(linked: &[LinkedAgent]) -> HashMap<&AgentId, usize> {
    linked
        .iter()
        .enumerate()
        .flat_map(|(at, agent)| agent.members.iter().map(move |member| (&member.agent, at)))
        .collect()
}
