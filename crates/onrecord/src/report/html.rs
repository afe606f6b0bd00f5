//! The record as one page: self-contained, without network, to be opened, mailed or printed.
//!
//! The text stands beside its statements and each leads to the other. Everything that comes from a document passes
//! through the template's escaping; the page's own style and script are admitted by their hashes and nothing else is.

use super::segment::{Segment, segments};
use crate::view::{UNSURE_BELOW, View, counted, form_name, kind_name, notes};
use crate::{Record, VERSION, harmless, harmless_line};
use askama::Template;
use base64::{Engine, engine::general_purpose::STANDARD};
use onrecord_record::{AgentKind, DocumentId};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

/// Different colours for speakers; the next ones begin anew.
const COLOURS: usize = 8;

/// The most speakers that can be picked out in one document.
const PICKABLE: usize = 300;

/// A page in the making: documents are added in order and the page is written at the end, since its head tells of
/// all. Holds the rendered documents in memory.
pub struct Report {
    model: String,
    heads: Vec<Head>,
    documents: Vec<String>,
    seen: HashMap<DocumentId, usize>,
    most_voices: usize,
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
            most_voices: 0,
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
        self.most_voices = self.most_voices.max(view.voices.len());
        // Rendering into a string fails only when memory does.
        self.documents.push(page.render().unwrap_or_default());
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let style = format!("{STYLE}{}", picking_rules(self.most_voices.min(PICKABLE)));
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

/// The rules that, without a script, leave only the picked speaker's statements.
fn picking_rules(voices: usize) -> String {
    let mut rules = String::new();
    for n in 0..voices {
        let _ = write!(
            rules,
            ".doc:has(.v{n}:checked) .card:not(.p{n}){{display:none}}\
             .doc:has(.v{n}:checked) .g:not(.p{n}){{--tint:transparent;--line:transparent;--o:transparent;color:inherit}}\n"
        );
    }
    rules
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
    facts: Vec<String>,
    byline: Option<String>,
    counts: String,
    warnings: Vec<String>,
    details: Vec<(&'static str, String)>,
    voices: Vec<VoiceItem>,
    forms: Vec<(&'static str, usize)>,
    paragraphs: Vec<ParagraphItem<'r>>,
    cards: Vec<Card>,
}

/// A speaker, as one can be picked.
struct VoiceItem {
    name: String,
    about: String,
    count: usize,
    /// The length of the bar, in tenths.
    bar: usize,
    colour: String,
}

struct ParagraphItem<'r> {
    class: &'static str,
    segments: Vec<SegmentItem<'r>>,
}

struct SegmentItem<'r> {
    text: std::borrow::Cow<'r, str>,
    /// The classes, anchor and ties of a marked stretch.
    mark: Option<Mark>,
}

struct Mark {
    class: String,
    href: String,
    ties: String,
    ids: Vec<String>,
}

/// A statement.
struct Card {
    id: String,
    class: String,
    number: usize,
    paragraph: usize,
    name: String,
    source: Option<String>,
    cue: String,
    pieces: Vec<String>,
    form: Option<&'static str>,
    unsure: Option<u32>,
    within: Option<(String, String)>,
    notes: Vec<(&'static str, String)>,
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
        DocumentPage {
            anchor,
            number,
            title: line(document.title.as_deref().unwrap_or(path)),
            facts,
            byline: document.byline.as_deref().map(line),
            counts,
            warnings: document.warnings.iter().map(|warning| line(warning)).collect(),
            details,
            voices: voices(view),
            forms: view.forms(),
            paragraphs: paragraphs(view, again),
            cards: (0..view.statements.len()).map(|n| card(view, n, again)).collect(),
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

fn paragraphs<'r>(view: &View<'r>, again: &str) -> Vec<ParagraphItem<'r>> {
    let lines = segments(view).into_iter().zip(&view.paragraphs);
    let title = view.record.document.title.as_deref();
    lines
        .map(|(line, paragraph)| ParagraphItem {
            class: match paragraph.flows {
                _ if Some(view.index.text().get(paragraph.range.clone()).unwrap_or_default()) == title => {
                    "again"
                }
                true => "",
                false => "lines",
            },
            segments: line
                .into_iter()
                .map(|segment| SegmentItem {
                    text: harmless(segment.text),
                    mark: mark(view, &segment, again),
                })
                .collect(),
        })
        .collect()
}

fn mark(view: &View<'_>, segment: &Segment<'_>, again: &str) -> Option<Mark> {
    let (n, part) = segment.roles.first()?;
    let seen = view.statements.get(*n)?;
    let unsure = if seen.statement.confidence < UNSURE_BELOW { " u" } else { "" };
    // Within the words of another, the other's colour shows too.
    let around = segment.roles.get(1).and_then(|(outer, _)| view.statements.get(*outer));
    let around = around.map(|outer| format!(" n o-{}", colour(view, outer.voice))).unwrap_or_default();
    let class = format!("g {} {} p{}{unsure}{around}", part.letter(), colour(view, seen.voice), seen.voice);
    let ties: Vec<String> = segment.roles.iter().map(|(n, part)| format!("{n}{}", part.letter())).collect();
    let id = |n: &usize| Some(format!("at-{}{again}", view.statements.get(*n)?.statement.id));
    Some(Mark {
        class,
        href: format!("{}{again}", seen.statement.id),
        ties: ties.join(" "),
        ids: segment.begins.iter().filter_map(id).collect(),
    })
}

fn card(view: &View<'_>, number: usize, again: &str) -> Card {
    let seen = &view.statements[number];
    let statement = seen.statement;
    let line = |text: &str| harmless_line(text).into_owned();
    let form = statement.form.map(form_name);
    let unsure = statement.confidence < UNSURE_BELOW;
    let within = statement.within.as_ref().and_then(|outer| view.number(outer)).and_then(|outer| {
        let outer = view.statements.get(outer)?;
        Some((format!("{}{again}", outer.statement.id), line(view.name(outer.voice))))
    });
    Card {
        id: format!("{}{again}", statement.id),
        class: format!(
            "card {} {} p{}{}",
            form.unwrap_or("none"),
            colour(view, seen.voice),
            seen.voice,
            if unsure { " u" } else { "" }
        ),
        number,
        paragraph: seen.paragraph,
        name: line(view.name(seen.voice)),
        source: view.telling_source(seen).map(line),
        cue: line(statement.cue.text.as_deref().unwrap_or_default()),
        pieces: view.content(statement).into_iter().map(line).collect(),
        form,
        unsure: unsure.then_some((statement.confidence.clamp(0.0, 1.0) * 100.0).round() as u32),
        within,
        notes: notes(statement).into_iter().map(|(label, words)| (label, line(words))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use onrecord_reading::Reading;
    use onrecord_record::{CodePoint, Form, RoleSpans, Span, TextIndex};
    use proptest::prelude::*;

    fn page(records: &[&Record]) -> String {
        let mut report = Report::new("fast-0");
        records.iter().for_each(|record| report.add(record));
        let mut out = Vec::new();
        report.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// What a browser shows of `html`: without tags, references resolved. Panics where a tag does not close.
    fn shown(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            let end = rest[at..].find('>').expect("every tag closes") + at;
            assert!(!rest[at + 1..end].contains('<'), "no tag within a tag");
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        for (reference, character) in
            [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        {
            text = text.replace(reference, character);
        }
        text
    }

    /// The part of the page that shows the text of the first document.
    fn text_of(page: &str) -> &str {
        let from = page.find("<div class=\"text\">").unwrap();
        &page[from..from + page[from..].find("</div>").unwrap()]
    }

    fn squeezed(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[test]
    fn nothing_a_document_says_becomes_markup() {
        let evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{{ x }}";
        let mut record = sample::record();
        let document = &mut record.document;
        let fields = [
            &mut document.title,
            &mut document.byline,
            &mut document.publisher,
            &mut document.credit,
            &mut document.path,
            &mut document.published,
            &mut document.language,
            &mut document.text,
        ];
        fields.into_iter().for_each(|field| *field = Some(evil.into()));
        document.media_type = evil.into();
        document.warnings = vec![evil.into()];
        for agent in &mut record.reading.agents {
            agent.name = evil.into();
            agent.names.push(format!("{evil} too"));
            agent.roles.iter_mut().for_each(|role| role.text = evil.into());
        }
        for statement in &mut record.reading.statements {
            for role in [&mut statement.source, &mut statement.cue, &mut statement.content] {
                role.text = Some(format!("{evil}!"));
                role.spans.truncate(1);
            }
            statement.certainty.text = Some(evil.into());
            if let Some(to) = &mut statement.addressee {
                to.text = evil.into();
            }
        }
        let page = page(&[&record, &record]);
        assert_eq!(page.matches("<script").count(), 1, "only the page's own");
        assert_eq!(page.matches("<img").count(), 0);
        assert!(page.matches("alert(1)").count() > 20, "it is all shown");
        let body = &page[page.find("<main>").unwrap()..page.find("</main>").unwrap()];
        let attributes = body.split(['<', '>']).skip(1).step_by(2);
        assert!(attributes.into_iter().all(|tag| !tag.contains("onerror")), "nor in an attribute");
        assert!(shown(body).contains(evil));
    }

    #[test]
    fn the_policy_admits_the_pages_own_style_and_script_and_nothing_else() {
        let page = page(&[&sample::record()]);
        let between = |from: &str, to: &str| {
            let at = page.find(from).unwrap() + from.len();
            &page[at..at + page[at..].find(to).unwrap()]
        };
        let policy = between("Content-Security-Policy\" content=\"", "\"");
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
        assert!(policy.contains(&format!("style-src 'sha256-{}'", hash(between("<style>", "</style>")))));
        assert!(policy.contains(&format!("script-src 'sha256-{}'", hash(between("<script>", "</script>")))));
        assert!(!page.contains(" style="), "an inline style would be refused");
        assert!(!page.contains("http:") && !page.contains("https:"), "nothing is named that could be loaded");
    }

    #[test]
    fn every_link_leads_somewhere_even_when_a_document_is_given_twice() {
        let record = sample::record();
        let page = page(&[&record, &record]);
        let values = |attribute: &str| -> Vec<&str> {
            let parts = page.split(attribute).skip(1);
            parts.map(|rest| &rest[..rest.find('"').unwrap()]).collect()
        };
        let ids = values(" id=\"");
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "no id is used twice");
        let links = values("href=\"#");
        assert!(links.len() > 50);
        // A statement without any place in the text has no anchor there; the sample has none such.
        assert!(links.iter().all(|link| ids.contains(link)), "{links:?} {ids:?}");
    }

    #[test]
    fn a_record_without_its_text_still_shows_its_statements() {
        let mut record = sample::record();
        record.document.text = None;
        let page = page(&[&record]);
        assert!(page.contains("There is no text to show."));
        assert!(page.contains("that the money had run out"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn all_of_any_text_is_shown_under_any_spans(
            text in "(?s)([<>&\"'a-c é漢\u{301}\n\r\t]|\\PC){0,120}",
            spans in proptest::collection::vec((0u32..130, 0u32..40, 0u32..130, 0u32..40), 0..12),
        ) {
            let document = sample::document(&text);
            let build = sample::Build { index: TextIndex::new(&text), document: document.id.clone() };
            let statements = spans
                .iter()
                .map(|&(from, length, other, more)| {
                    let mut made = build.statement([&[], &[], &[]], Form::Mixed, None, 0.9);
                    let span = |from, length| Span::new(CodePoint(from), CodePoint(from + length));
                    // Unsound on purpose: beyond the end, overlapping itself.
                    made.content = RoleSpans { spans: vec![span(from, length), span(other, more)], text: None };
                    made.cue = RoleSpans::new(&build.index, vec![span(other, length)]);
                    made
                })
                .collect();
            let record = Record { document, reading: Reading { agents: vec![], statements } };
            let page = page(&[&record]);
            let shown = shown(text_of(&page)).replace("There is no text to show.", "");
            prop_assert_eq!(squeezed(&shown), squeezed(&harmless(&text)));
        }
    }
}
