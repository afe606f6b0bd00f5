//! The record as one page: self-contained, without network, to be opened, mailed or printed.
//!
//! The text stands beside its statements and each leads to the other. Everything that comes from a document passes
//! through the template's escaping; the page's own style and script are admitted by their hashes and nothing else is.

mod card;
mod people;
mod rules;
mod running;
mod silences;
mod when;

use crate::timeline::Timeline;
use crate::view::{View, counted, kind_name};
use crate::{Record, VERSION, harmless_line};
use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use card::{Card, card};
use onrecord_record::{AgentKind, DocumentId};
use people::{Named, Person, Tip};
use rules::Rules;
use running::{ParagraphItem, Running};
use sha2::{Digest, Sha256};
use silences::SilenceItem;
use std::collections::HashMap;
use std::io::{self, Write};

const STYLE: &str = concat!(
    include_str!("../../templates/report.css"),
    include_str!("../../templates/people.css"),
    include_str!("../../templates/voices.css")
);
const SCRIPT: &str =
    concat!(include_str!("../../templates/people.js"), include_str!("../../templates/report.js"));

/// Different colours for speakers; the next ones begin anew.
const COLOURS: usize = 8;

/// The most speakers that can be picked out in one document, and the most whose mentions light up without a script.
const PICKABLE: usize = 300;

/// A page in the making: documents are added in order and the page is written at the end, since its head tells of
/// all. Holds the rendered documents in memory.
pub struct Report {
    model: String,
    heads: Vec<Head>,
    documents: Vec<String>,
    seen: HashMap<DocumentId, usize>,
    rules: Rules,
}

/// A document's line in the index.
struct Head {
    anchor: String,
    title: String,
    facts: String,
    statements: String,
}

impl Report {
    /// A page without documents; `model` is named at its end.
    pub fn new(model: &str) -> Self {
        Report {
            model: model.to_owned(),
            heads: Vec::new(),
            documents: Vec::new(),
            seen: HashMap::new(),
            rules: Rules::default(),
        }
    }

    /// Adds one document.
    pub fn add(&mut self, record: &Record) {
        let view = View::new(record);
        // The same document may be given twice; anchors must differ all the same.
        let times = self.seen.entry(record.document.id.clone()).or_insert(0);
        *times += 1;
        let again = if *times > 1 { format!("-{times}") } else { String::new() };
        let page = DocumentPage::new(&view, &again, self.documents.len());
        self.heads.push(Head {
            anchor: page.anchor.clone(),
            title: page.title.clone(),
            facts: page.facts.join(" · "),
            statements: counted(view.statements.len(), "statement"),
        });
        self.rules.take_in(&view);
        // Rendering into a string fails only when memory does.
        self.documents.push(page.render().unwrap_or_default());
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let style = format!("{STYLE}{}", self.rules);
        let title = match &self.heads[..] {
            [head] => head.title.clone(),
            heads => counted(heads.len(), "document"),
        };
        let page = Page {
            title,
            style_hash: hash(&style),
            script_hash: hash(SCRIPT),
            style: &style,
            script: SCRIPT,
            heads: &self.heads,
            documents: &self.documents,
            model: &self.model,
            version: VERSION,
        };
        page.write_into(out).map_err(io::Error::other)
    }
}

fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'p> {
    title: String,
    style_hash: String,
    script_hash: String,
    style: &'p str,
    script: &'p str,
    heads: &'p [Head],
    documents: &'p [String],
    model: &'p str,
    version: &'p str,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage<'r> {
    anchor: String,
    number: usize,
    title: String,
    /// Whether the title is only the file's name.
    untitled: bool,
    facts: Vec<String>,
    byline: Option<String>,
    counts: String,
    warnings: Vec<String>,
    details: Vec<(&'static str, String)>,
    voices: Vec<VoiceItem>,
    forms: Vec<(&'static str, usize)>,
    /// The section on lists; no part of the record.
    watch: String,
    /// The timeline; empty where there is none.
    when: String,
    silences: Vec<SilenceItem>,
    paragraphs: Vec<ParagraphItem<'r>>,
    cards: Vec<Card>,
    people: Vec<Person>,
    named: Vec<Named>,
    tips: Vec<Tip>,
}

/// A speaker, as one can be picked.
struct VoiceItem {
    name: String,
    about: String,
    count: usize,
    /// The length of the bar, in tenths.
    bar: usize,
    colour: String,
    /// That the name may stand on a list.
    listed: Option<&'static str>,
}

impl<'r> DocumentPage<'r> {
    fn new(view: &View<'r>, again: &str, number: usize) -> Self {
        let document = &view.record.document;
        let anchor = format!("{}{again}", document.id);
        let path = document.path.as_deref().unwrap_or("-");
        let line = |text: &str| harmless_line(text).into_owned();
        let mut facts: Vec<String> = Vec::new();
        facts.extend(document.publisher.as_deref().map(line));
        facts.extend(document.published.as_deref().map(line));
        facts.extend(document.credit.as_deref().map(|credit| format!("credit {}", harmless_line(credit))));
        let mut counts = counted(view.statements.len(), "statement");
        if view.speakers() > 0 {
            counts = format!("{counts} by {}", counted(view.speakers(), "speaker"));
        }
        let mut details = vec![("File", line(path)), ("Media type", line(&document.media_type))];
        details.extend(document.language.as_deref().map(|language| ("Language", line(language))));
        details.push(("Characters", document.characters.to_string()));
        details.push(("SHA-256 of the file", document.sha256.to_string()));
        details.push(("Record", document.id.to_string()));
        let timeline = Timeline::new(view);
        let running = Running::new(view, again, number, &when::led_to(&timeline));
        DocumentPage {
            people: people::people(view, again, number, &running.anchors),
            named: people::named(view, number, &running.anchors),
            tips: people::tips(view, number),
            anchor,
            number,
            title: view.title(),
            untitled: document.title.is_none(),
            facts,
            byline: document.byline.as_deref().map(line),
            counts,
            warnings: document.warnings.iter().map(|warning| line(warning)).collect(),
            details,
            voices: voices(view),
            forms: view.forms(),
            watch: super::watch::html(view),
            when: when::html(view, &timeline, again, number, &running.anchors),
            silences: silences::silences(view, again, number, &running.anchors),
            cards: (0..view.statements.len())
                .map(|n| card(view, n, again, number, &running.anchors))
                .collect(),
            paragraphs: running.paragraphs,
        }
    }
}

fn voices(view: &View<'_>) -> Vec<VoiceItem> {
    let most = view.voices.iter().map(|voice| voice.statements.len()).max().unwrap_or(1).max(1);
    let voices = view.voices.iter().enumerate().map(|(n, voice)| {
        let mut about: Vec<String> = Vec::new();
        if let Some(agent) = voice.agent {
            about.extend(agent.roles.iter().map(|role| role.text.clone()));
            about.extend(agent.also_known_as.iter().map(|alias| format!("also known as {}", alias.name)));
            about.extend(
                agent.names.iter().filter(|name| **name != agent.name).map(|name| format!("“{name}”")),
            );
            let mut told = std::collections::HashSet::new();
            about.retain(|it| told.insert(it.clone()));
            if about.is_empty() {
                let kind = agent.kind.filter(|kind| *kind != AgentKind::Person);
                about.extend(kind.map(|kind| kind_name(kind).to_owned()));
            }
        }
        let count = voice.statements.len();
        VoiceItem {
            name: harmless_line(view.name(n)).into_owned(),
            about: harmless_line(&about.join(" · ")).into_owned(),
            count,
            bar: (count * 10).div_ceil(most),
            colour: colour(view, n),
            listed: voice.agent.and_then(|agent| super::watch::mark(view.record, &agent.id)),
        }
    });
    voices.take(PICKABLE).collect()
}

/// The colour class of a voice; what nobody is known to say is grey.
fn colour(view: &View<'_>, voice: usize) -> String {
    match view.voices.get(voice).and_then(|voice| voice.agent) {
        Some(_) => format!("k{}", voice % COLOURS),
        None => "ku".into(),
    }
}

#[cfg(test)]
mod tests;
