//! Articles described in JSON-LD.

use crate::date;
use crate::metadata::{Metadata, tidy, without_by};
use onrecord_record::PublishedFrom;
use serde_json::Value;

/// Scripts longer than this are not read.
const LONGEST: usize = 1 << 20;
/// How many values are looked at in search of an article.
const MOST: usize = 10_000;

/// What the first article described in `script` says of itself. Nesting is bounded by the parser.
pub(crate) fn article(script: &str) -> Option<Metadata> {
    if script.len() > LONGEST {
        return None;
    }
    let script = script.trim();
    let script =
        script.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>")).unwrap_or(script);
    let value: Value = serde_json::from_str(script).ok()?;
    let mut waiting = vec![&value];
    let mut seen = 0;
    while let Some(value) = waiting.pop() {
        seen += 1;
        if seen > MOST {
            return None;
        }
        match value {
            // The last pushed is looked at first: keep the order of the page.
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) if is_article(fields.get("@type")) => return Some(metadata(value)),
            Value::Object(fields) => {
                waiting.extend(["mainEntity", "@graph"].iter().filter_map(|key| fields.get(*key)));
            }
            _ => {}
        }
    }
    None
}

fn is_article(kind: Option<&Value>) -> bool {
    let named = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Article")
            || matches!(kind, "BlogPosting" | "Report" | "LiveBlogPosting" | "SocialMediaPosting")
    };
    match kind {
        Some(Value::String(kind)) => named(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

fn metadata(article: &Value) -> Metadata {
    let text = |key: &str| article.get(key).and_then(Value::as_str).and_then(tidy);
    let names = names(article.get("author").or_else(|| article.get("creator")));
    let published =
        ["datePublished", "dateCreated"].iter().find_map(|key| date::field(article.get(*key)?.as_str()?));
    Metadata {
        title: text("headline")
            .or_else(|| text("name"))
            .and_then(|title| tidy(&super::piece::decoded(&title))),
        byline: (!names.is_empty()).then(|| names.join(", ")),
        publisher: article.get("publisher").and_then(name),
        credit: None,
        published: published.map(|day| (day, PublishedFrom::Meta)),
    }
}

fn names(authors: Option<&Value>) -> Vec<String> {
    let authors = match authors {
        Some(Value::Array(authors)) => authors.as_slice(),
        Some(author) => std::slice::from_ref(author),
        None => &[],
    };
    let mut names: Vec<String> = Vec::new();
    for author in authors.iter().take(20).filter_map(name) {
        if !names.contains(&author) {
            names.push(author);
        }
    }
    names
}

fn name(value: &Value) -> Option<String> {
    let name = match value {
        Value::String(name) => name,
        Value::Array(items) => return items.first().filter(|item| !item.is_array()).and_then(name),
        _ => value.get("name")?.as_str()?,
    };
    let name = super::piece::decoded(name);
    without_by(&name).filter(|name| !name.contains("://") && name.len() < 300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_wherever_it_is_put() {
        let article = r#"{"@type":["NewsArticle"],"headline":"Mayor &amp; council agree","datePublished":"2021-01-12T06:00Z",
            "author":[{"@type":"Person","name":"By Ada Quill"},{"name":"Bo Reed"}],"publisher":{"name":"The Harbour Post"}}"#;
        for script in [
            article.to_owned(),
            format!("[{{\"@type\":\"WebSite\",\"name\":\"x\"}},{article}]"),
            format!("{{\"@graph\":[{{\"@type\":\"Person\"}},{article}]}}"),
        ] {
            let found = super::article(&script).unwrap();
            assert_eq!(found.title.as_deref(), Some("Mayor & council agree"));
            assert_eq!(found.byline.as_deref(), Some("Ada Quill, Bo Reed"));
            assert_eq!(found.publisher.as_deref(), Some("The Harbour Post"));
            assert_eq!(found.published, Some(("2021-01-12".to_owned(), PublishedFrom::Meta)));
        }
        assert_eq!(super::article(&"[".repeat(100_000)), None);
        assert_eq!(super::article("{\"@type\":\"Person\",\"name\":\"x\"}"), None);
    }
}
