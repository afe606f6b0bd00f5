//! What the page must hold, whatever a document says.

use super::*;
use crate::harmless;
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
    let mut record = sample::with_people();
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
        agent.also_known_as.iter_mut().for_each(|alias| alias.name = evil.into());
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
    let (record, rich) = (sample::with_people(), sample::rich::record());
    let page = page(&[&record, &record, &rich, &rich]);
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
    let told_by = values("aria-describedby=\"");
    assert!(told_by.len() > 10);
    assert!(told_by.iter().flat_map(|it| it.split(' ')).all(|id| ids.contains(&id)));
}

#[test]
fn a_record_without_its_text_still_shows_its_statements() {
    let mut record = sample::record();
    record.document.text = None;
    let page = page(&[&record]);
    assert!(page.contains("There is no text to show."));
    assert!(page.contains("that the money had run out"));
}

/// What the page tells of the mention with these words: those named by its `aria-describedby`, joined.
fn told_of(page: &str, words: &str) -> String {
    let text = text_of(page);
    let end = text.find(&format!(">{words}</a>")).expect("it is a mention");
    let tag = &text[text[..end].rfind('<').unwrap()..end];
    let ids = tag.split("aria-describedby=\"").nth(1).unwrap().split('"').next().unwrap();
    let of = |id: &str| {
        let at = page.find(&format!(" id=\"{id}\">")).unwrap();
        let rest = &page[at..];
        shown(&rest[rest.find('>').unwrap() + 1..rest.find("</span>").unwrap()])
    };
    ids.split(' ').map(of).collect()
}

#[test]
fn a_mention_tells_who_it_is_taken_to_be_and_how_sure_that_is() {
    let page = page(&[&sample::with_people()]);
    assert_eq!(told_of(&page, "She"), "taken to be Mara Feld, transport minister · fairly sure (85 %)");
    assert_eq!(told_of(&page, "Mara Feld"), "taken to be Mara Feld, transport minister · very sure (97 %)");
    assert_eq!(told_of(&page, "promised"), "taken to be Mara Feld, transport minister · a guess (42 %)");
    assert_eq!(told_of(&page, "the audit"), "taken to be the audit, document", "no degree is made up");
    let text = text_of(&page);
    assert!(text.contains("href=\"#a0-0\" data-s=\"1s\" aria-describedby=\"t0-0 y0-85\">She<"), "{text}");
}

#[test]
fn what_a_tip_says_is_escaped() {
    let mut record = sample::with_people();
    let evil = "</span><script>alert(1)</script>\u{202e}";
    for agent in &mut record.reading.agents {
        agent.name = evil.into();
        agent.roles.iter_mut().for_each(|role| role.text = evil.into());
    }
    let page = page(&[&record]);
    let tips = &page[page.find("<div class=\"tips\">").unwrap()..];
    let tips = &tips[..tips.find("</div>").unwrap()];
    assert!(!tips.contains("<script") && !tips.contains('\u{202e}'));
    assert!(shown(tips).contains("taken to be </span><script>alert(1)</script>⟨U+202E⟩"));
}

#[test]
fn who_is_only_a_pronoun_is_listed_nowhere() {
    let page = page(&[&sample::with_people()]);
    assert_eq!(told_of(&page, "us"), "the same person as “us” in ¶4: nobody named");
    assert!(text_of(&page).contains("href=\"#f0-5\""), "its mentions lead to the first");
    let people =
        &page[page.find("<section class=\"people\">").unwrap()..page.find("<div class=\"tips\">").unwrap()];
    assert!(people.contains("id=\"a0-4\"") && people.contains("<b>Larkfield</b>"), "the town is listed");
    assert!(!people.contains("id=\"a0-5\"") && !shown(people).contains("us "), "the pronoun is not");
    assert_eq!(page.matches("nobody named").count(), 2, "in its words, and on the card of what it says");
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
        let record = Record { document, reading: Reading { statements, ..Reading::default() }, list_matches: vec![] };
        let page = page(&[&record]);
        let shown = shown(text_of(&page)).replace("There is no text to show.", "");
        prop_assert_eq!(squeezed(&shown), squeezed(&harmless(&text)));
    }
}

/// Puts `evil` wherever a document's words can stand around a statement.
fn spoil(record: &mut Record, evil: &str) {
    for statement in &mut record.reading.statements {
        statement.certainty.text = Some(evil.into());
        statement.addressee.iter_mut().for_each(|to| to.text = evil.into());
        statement.venue.iter_mut().for_each(|venue| venue.text = evil.into());
        statement.framing.iter_mut().for_each(|framing| framing.text = evil.into());
        statement.basis.iter_mut().for_each(|basis| basis.text = evil.into());
        statement.about_time.iter_mut().for_each(|time| time.value = Some(evil.into()));
        statement.said.iter_mut().for_each(|said| said.text = Some(evil.into()));
    }
    for silence in &mut record.reading.silences {
        silence.text = evil.into();
        silence.about = Some(format!("{evil}?"));
    }
    record.reading.times.iter_mut().for_each(|time| time.text = evil.into());
    record.reading.agents.iter_mut().for_each(|agent| agent.name = evil.into());
}

#[test]
fn what_is_known_around_a_statement_is_escaped() {
    let mut record = sample::rich::record();
    spoil(&mut record, "</q></title><script>alert(1)</script>\"' onload=x \u{202e}");
    let page = page(&[&record]);
    assert_eq!(page.matches("<script").count(), 1, "only the page's own");
    let body = &page[page.find("<main>").unwrap()..page.find("</main>").unwrap()];
    assert!(body.matches("alert(1)").count() > 40, "it is all shown");
    assert!(!body.contains('\u{202e}'));
    let tags = body.split(['<', '>']).skip(1).step_by(2);
    let outside = |tag: &str| tag.split('"').step_by(2).any(|part| part.contains("onload"));
    assert!(tags.into_iter().all(|tag| !outside(tag)), "it stays within its attribute");
}

#[test]
fn a_card_keeps_the_speaker_and_the_reporter_apart() {
    let page = page(&[&sample::rich::record()]);
    let card = |words: &str| {
        let at = page.find(words).unwrap_or_else(|| panic!("{words}"));
        let from = page[..at].rfind("<li class=\"card").unwrap();
        &page[from..from + page[from..].find("<p class=\"notes\">").unwrap()]
    };
    let denial = card("“That is <span class=\"h\">false</span>,”");
    assert!(denial.contains("<li class=\"strong\">denies <q>false</q></li>"), "{denial}");
    assert!(shown(denial).contains("answers ¶2 Mara Feld") && !denial.contains("class=\"reporter\""));
    let told = card("that the old tunnel had leaked since");
    let (own, reporters) = told.split_once("<p class=\"reporter\">").unwrap();
    assert!(own.contains("sure <q>certainly</q>") && reporters.contains("no basis offered"));
    assert!(!told.contains("class=\"unsaid\""), "the lacking basis says it already");
    let might = card("the leak <span class=\"h\">might</span> have begun");
    assert!(
        shown(might).contains("not saida spokesman for the ministry declined to comment on the audit ¶6")
    );
    let plain = card("to close the tunnel by June</blockquote>");
    assert!(plain.contains("<li>intends</li>") && !plain.contains("asserts"), "{plain}");
    assert!(!page.contains("neutral"));
}

#[test]
fn a_silence_is_marked_in_the_text_and_leads_to_its_line() {
    let record = sample::rich::record();
    let page = page(&[&record]);
    let id = &record.reading.silences[2].id;
    let mark = format!("<a class=\"z\" href=\"#{id}\">could not be reached</a>");
    assert!(text_of(&page).contains(&mark), "{}", text_of(&page));
    assert!(page.contains(&format!("id=\"{id}\"><b>The mayor</b>")));
    assert!(page.contains(">3 not said</a>"));
    assert!(text_of(&page).contains("data-h=\"0b\""), "the words of a basis are known to its statement");
}

#[test]
fn the_timeline_tells_days_from_stretches_and_leaves_out_how_long_things_last() {
    let page = page(&[&sample::rich::record()]);
    let when = &page[page.find("<section class=\"when\"").unwrap()..];
    let when = &when[..when.find("</section>").unwrap()];
    assert_eq!(when.matches("<circle").count(), 4, "{when}");
    assert_eq!(when.matches("<rect").count(), 6);
    assert_eq!(when.matches("class=\"tip-of\"").count(), 2, "since 2015, and by June");
    assert!(when.contains("<title>2018-12 – 2019-02: “the winter of 2018”</title>"));
    assert!(!when.contains("between 1961 and 1964"));
    assert!(shown(when).contains("2021-03-01"));
}

#[test]
fn with_no_more_than_the_day_of_publication_there_is_no_timeline() {
    let mut record = sample::rich::record();
    record.reading.times.clear();
    record.reading.statements.iter_mut().for_each(|statement| statement.said = None);
    assert!(!page(&[&record]).contains("<section class=\"when\""));
}

#[test]
fn ten_thousand_dates_over_all_centuries_are_drawn_small_and_within_the_figure() {
    let mut record = sample::rich::record();
    let time = record.reading.times[1].clone();
    let dates = (1..10_000).map(|year| onrecord_record::Time {
        from: Some(format!("{year:04}-02-03")),
        to: (year % 3 > 0).then(|| format!("{:04}-02-03", year + (year % 3) - 1)),
        ..time.clone()
    });
    record.reading.times.extend(dates);
    let page = page(&[&record]);
    let when = &page[page.find("<section class=\"when\"").unwrap()..];
    let when = &when[..when.find("</section>").unwrap()];
    assert!(when.len() < 120_000, "{}", when.len());
    assert!(when.matches("<title>").count() < 60);
    for place in when.split(['"']).filter_map(|value| value.strip_suffix('%')) {
        let place: f32 = place.parse().unwrap();
        assert!((0.0..=100.0).contains(&place), "{place}");
    }
    assert!(shown(when).contains("more dates are only in the table"));
}
