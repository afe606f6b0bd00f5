//! What a page says of itself: JSON-LD, `meta` elements, marked elements, in this order.

use super::article::{alike, words};
use super::json_ld;
use super::scan::{Page, first_metas};
use crate::date;
use crate::head::without_date;
use crate::metadata::{Metadata, tidy, without_by};
use onrecord_record::PublishedFrom;
use std::collections::BTreeMap;

const TITLES: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "headline",
    "title",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "creator",
    "citation_author",
];
const PUBLISHERS: &[&str] = &[
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "article:publisher",
    "application-name",
];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "originalpublicationdate",
    "displaydate",
    "citation_publication_date",
    "pdate",
    "date",
];

/// What the page says of itself.
pub(crate) fn metadata(source: &str, page: &Page) -> Metadata {
    let scripts = page.json_ld.iter().take(20).filter_map(|range| source.get(range.clone()));
    let mut described = scripts.filter_map(json_ld::article).reduce(Metadata::or).unwrap_or_default();
    let metas = first_metas(&page.metas);
    let publisher = find_where(&metas, PUBLISHERS, |name| !name.contains("://")).and_then(tidy);
    let title =
        find(&metas, TITLES).and_then(tidy).map(|title| without_publisher(title, publisher.as_deref()));
    let of_heading = || heading_in(source, page, page.title.as_deref()?);
    let title = title.or_else(of_heading);
    // Some sites put a description where the headline belongs; a headline shares most words with what the page shows or
    // gives to others as such. A `title` element may hold no more than the name of the site.
    described.title = described.title.filter(|described| {
        title.as_ref().is_none_or(|title| alike(&words(described), &words(title)) >= 0.5)
    });
    let title = title.or_else(|| without_site(page.title.as_deref()?));
    let author = find_where(&metas, AUTHORS, is_a_name).and_then(without_by);
    let marked = page
        .authors
        .iter()
        .filter(|author| is_a_name(author))
        .find_map(|author| without_by(without_date(author)));
    let published = DATES.iter().find_map(|name| date::field(metas.get(name)?)).or_else(|| time(page));
    described.or(Metadata {
        title,
        byline: author.or(marked),
        publisher,
        credit: None,
        published: published.map(|day| (day, PublishedFrom::Meta)),
    })
}

fn find<'m>(metas: &BTreeMap<&str, &'m str>, names: &[&str]) -> Option<&'m str> {
    find_where(metas, names, |_| true)
}

fn find_where<'m>(
    metas: &BTreeMap<&str, &'m str>,
    names: &[&str],
    test: impl Fn(&str) -> bool,
) -> Option<&'m str> {
    names.iter().filter_map(|name| metas.get(name).copied()).find(|value| test(value))
}

/// Profile addresses and handles are put where names belong.
fn is_a_name(text: &str) -> bool {
    let starts = |prefix: &str| text.starts_with(prefix);
    !text.contains("://") && !starts("www.") && !starts("@") && !starts("/") && text.len() <= 160
}

/// A title without the name of the site behind it.
fn without_publisher(title: String, publisher: Option<&str>) -> String {
    let rest = publisher.and_then(|publisher| title.strip_suffix(publisher));
    let marks = [' ', '|', '-', '–', '—', ':', '·'];
    let rest = rest.filter(|rest| rest.trim_end().ends_with(marks)).map(|rest| rest.trim_end_matches(marks));
    rest.filter(|rest| !rest.is_empty()).map(str::to_owned).unwrap_or(title)
}

fn time(page: &Page) -> Option<String> {
    let surest = |sure: u8| page.times.iter().filter(move |(grade, _)| *grade == sure);
    surest(2).chain(surest(1).take(1)).find_map(|(_, value)| date::field(value))
}

/// The heading of the page that its `title` element repeats.
fn heading_in(source: &str, page: &Page, title: &str) -> Option<String> {
    let headings = page.blocks.iter().filter(|block| matches!(block.context.heading, 1 | 2)).take(20);
    for block in headings {
        let heading = tidy(&block.text(source))?;
        if heading.chars().count() >= 12 && title.contains(&heading) {
            return Some(heading);
        }
    }
    None
}

/// The `title` element without the name of the site, which a separator tells apart.
fn without_site(title: &str) -> Option<String> {
    let parts: Vec<&str> = [" | ", " – ", " — ", " - ", " » ", " :: "]
        .iter()
        .find_map(|mark| title.contains(mark).then(|| title.split(mark).collect()))
        .unwrap_or_else(|| vec![title]);
    let words = |part: &&&str| part.split_whitespace().count();
    // The first of the longest: names of sites stand behind more often than before.
    let longest = parts.iter().rev().max_by_key(words)?;
    tidy(if words(&longest) >= 3 { longest } else { title })
}

/// The encoding a page declares in its first bytes.
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..4096).unwrap_or(bytes).to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let (_, rest) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label = rest.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    label.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
}
