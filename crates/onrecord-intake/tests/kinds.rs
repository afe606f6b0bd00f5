//! What becomes of each kind of evidence: the text, the metadata, the way back to the bytes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use onrecord_intake::{Intake, Options, intake};
use onrecord_record::{CodePoint, PublishedFrom, Span};

fn one(path: &str, evidence: &str) -> Intake {
    intake(Some(path), evidence.as_bytes(), &Options::default()).remove(0).unwrap()
}

/// The evidence of the first place where `words` stand in the text.
fn evidence<'e>(found: &Intake, evidence: &'e str, words: &str) -> &'e str {
    let text = found.document.text();
    let start = text[..text.find(words).unwrap()].chars().count() as u32;
    let span = Span::new(CodePoint(start), CodePoint(start + words.chars().count() as u32));
    &evidence[found.map.evidence(span).unwrap().range()]
}

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Ferry to run again after long repair | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<meta name="author" content="By Ada Quill">
<meta property="article:published_time" content="2021-01-12T06:00:00+01:00">
<style>p { color: red }</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/mail">Letters</a></li></ul></nav>
<div class="cookie-banner" id="cookie-consent"><p>We use cookies. <a href="/accept">Accept</a></p></div>
<main><h1>Ferry to run again after <em>long</em> repair</h1>
<div class="article-body">
<p>NORTHPORT (MP) &mdash; The ferry will run again before the end of the week, the harbour master,
   Cora Vane, said on&nbsp;Tuesday, after a repair that kept islanders waiting for the whole winter.</p>
<p>&ldquo;It was <b>never</b> a question of money,&rdquo; Ms. Vane told reporters, <q>and nobody here said so</q>, adding
that the yard had asked for more time twice, and that the council had granted it both times without a vote.</p>
<blockquote><p>&#8220;We were promised a boat by autumn, and by winter, and now by spring,&#8221; said Bo Reed, an islander.</p></blockquote>
<p hidden>An unseen line that must not be read by anyone.</p>
<p>The council did not say who will pay.<br>The yard, asked twice, declined to comment on the price, the crew and the delay.</p>
<script>track("ferry");</script>
</div></main>
<section id="comments" class="comments"><h2>Comments</h2><p>First comment, and quite a long one too, about boats!</p></section>
<footer><p>Copyright The Harbour Post. <a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></footer>
</body></html>"#;

#[test]
fn a_page_gives_its_article_with_headline_and_nothing_around_it() {
    let found = one("ferry.html", PAGE);
    let paragraphs: Vec<&str> = found.document.text().split("\n\n").collect();
    assert_eq!(paragraphs[0], "Ferry to run again after long repair");
    assert!(paragraphs[1].starts_with("NORTHPORT (MP) — The ferry will run again"), "{}", paragraphs[1]);
    assert!(paragraphs[1].contains("master, Cora Vane, said on\u{a0}Tuesday"));
    assert!(
        paragraphs[2].contains(
            "“It was never a question of money,” Ms. Vane told reporters, “and nobody here said so”"
        )
    );
    assert!(paragraphs[3].starts_with("“We were promised"));
    assert_eq!(paragraphs[4].lines().next(), Some("The council did not say who will pay."));
    assert_eq!(paragraphs.len(), 5, "{paragraphs:?}");
    assert!(found.document.warnings.is_empty(), "{:?}", found.document.warnings);
}

#[test]
fn words_of_a_page_lead_to_their_bytes() {
    let found = one("ferry.html", PAGE);
    assert_eq!(evidence(&found, PAGE, "“It was never a"), "&ldquo;It was <b>never</b> a");
    assert_eq!(evidence(&found, PAGE, "“"), "&ldquo;");
    assert_eq!(evidence(&found, PAGE, "master, Cora"), "master,\n   Cora");
    assert_eq!(evidence(&found, PAGE, "“and nobody here said so”"), "<q>and nobody here said so</q>");
}

#[test]
fn a_page_says_who_wrote_and_published_it_and_when() {
    let document = one("2019-01-01.html", PAGE).document;
    assert_eq!(document.media_type, "text/html");
    assert_eq!(document.title.as_deref(), Some("Ferry to run again after long repair"));
    assert_eq!(document.byline.as_deref(), Some("Ada Quill"));
    assert_eq!(document.publisher.as_deref(), Some("The Harbour Post"));
    assert_eq!(document.credit.as_deref(), Some("MP"));
    assert_eq!(document.published.as_deref(), Some("2021-01-12"));
    assert_eq!(document.published_from, Some(PublishedFrom::Meta));
    assert_eq!(document.language.as_deref(), Some("en"));
}

#[test]
fn a_page_in_an_old_encoding_leads_to_its_bytes() {
    let body = "<p>The caf\u{e9} owner said that the ferry, late since autumn, would run. ".repeat(12);
    let page =
        format!("<html><head><meta charset=iso-8859-1></head><body><article>{body}</article></body></html>");
    let bytes: Vec<u8> = page.chars().map(|c| c as u32 as u8).collect();
    let found = intake(Some("a.html"), &bytes, &Options::default()).remove(0).unwrap();
    let at = found.document.text().chars().position(|c| c == 'é').unwrap() as u32;
    let place = found.map.evidence(Span::new(CodePoint(at - 3), CodePoint(at + 1))).unwrap();
    assert_eq!(&bytes[place.range()], b"caf\xE9");
}

#[test]
fn the_day_of_publication_is_taken_from_where_it_is_surest() {
    let text = "Ferry to run again\nJanuary 12, 2021\n\nThe ferry will run again.\n";
    let document = |path: &str, text: &str| one(path, text).document;
    let at_head = document("2019-01-01.txt", text);
    assert_eq!(at_head.published.as_deref(), Some("2021-01-12"));
    assert_eq!(at_head.published_from, Some(PublishedFrom::Dateline));
    let named = document("news/2019-01-01_ferry.txt", "The ferry will run again on 01/02/2021.");
    assert_eq!(named.published.as_deref(), Some("2019-01-01"));
    assert_eq!(named.published_from, Some(PublishedFrom::FileName));
    assert_eq!(document("ferry.txt", "The ferry will run again on 01/02/2021.").published, None);
    let options = Options { published: Some("2020-02-02".to_owned()), ..Options::default() };
    let given = intake(Some("a.txt"), text.as_bytes(), &options).remove(0).unwrap().document;
    assert_eq!(given.published.as_deref(), Some("2020-02-02"));
    assert_eq!(given.published_from, Some(PublishedFrom::Option));
}

#[test]
fn another_language_is_said() {
    let document = one(
        "a.txt",
        "Der Hafenmeister sagte am Dienstag, die Fähre werde noch vor dem Ende der Woche wieder fahren.",
    )
    .document;
    assert_eq!(document.language.as_deref(), Some("de"));
    assert_eq!(
        document.warnings,
        ["The text is in German; only English is read, so no statements were looked for."]
    );
}

#[test]
fn each_line_of_articles_is_a_document_and_a_bad_line_spoils_no_other() {
    let lines = concat!(
        r#"{"id":"a1","url":"x","publisher":"The Harbour Post","title":"Ferry runs","published":"2021-01-12","byline":"By Ada Quill","text":" The \u201cferry\ud83d\ude00\" runs.\n"}"#,
        "\n\n{\"text\": \"cut off\n",
        r#"{"title":"no text"}"#,
        "\n{\"text\":7}\n[1]\n",
        r#"{"text":"NORTHPORT (MP) — It runs.","published":"soon"}"#,
    );
    let results = intake(Some("a.jsonl"), lines.as_bytes(), &Options::default());
    assert_eq!(results.len(), 6);
    let first = results[0].as_ref().unwrap();
    assert_eq!(first.document.text(), " The “ferry😀\" runs.\n");
    assert_eq!(first.document.byline.as_deref(), Some("Ada Quill"));
    assert_eq!(first.document.published_from, Some(PublishedFrom::Field));
    assert_eq!(first.document.media_type, "application/jsonl");
    assert_eq!(evidence(first, lines, "“ferry😀\" r"), r#"\u201cferry\ud83d\ude00\" r"#);
    let problems: Vec<String> =
        results[1..5].iter().map(|result| result.as_ref().unwrap_err().to_string()).collect();
    assert!(problems[0].starts_with("line 3 is cut off"), "{problems:?}");
    assert!(problems[1].starts_with("line 4 has no text; give it a field \"text\""), "{problems:?}");
    assert!(problems[2].starts_with("line 5 has a text that is not a string"), "{problems:?}");
    assert!(problems[3].starts_with("line 6 is not an article"), "{problems:?}");
    let last = &results[5].as_ref().unwrap().document;
    assert_eq!((last.credit.as_deref(), last.published.as_deref()), (Some("MP"), None));
    assert!(last.warnings[0].contains("“soon”"), "{:?}", last.warnings);
    assert_ne!(last.id, first.document.id);
}

#[test]
fn a_record_is_read_back() {
    let made = one("a.txt", "Ferry runs again\n\nThe ferry will run again, she said.").document;
    let line = serde_json::to_string(&onrecord_record::Line::Document(made.clone())).unwrap();
    let record = format!("{{\"type\":\"onrecord\",\"schema\":1}}\n{line}\n{{\"type\":\"agent\"}}\n");
    let again = intake(None, record.as_bytes(), &Options::default());
    assert_eq!(again.len(), 1);
    let again = &again[0].as_ref().unwrap().document;
    assert_eq!((&again.text, &again.title), (&made.text, &made.title));
    assert_ne!(again.id, made.id);
}
