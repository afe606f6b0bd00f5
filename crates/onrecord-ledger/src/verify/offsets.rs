//! Whether the texts of a record's line stand in the document at their offsets.

use onrecord_record::{CodePoint, Span, TextIndex};
use serde_json::Value;

/// Goes through a line and all within it, of whatever sort: an object with a text (or, of an alias, a name) and a span
/// has the characters of the span as its text; with several spans, their pieces with one space between. Spans without a
/// text lie within the document. Counts the texts and hands on what is wrong.
pub(super) fn check(line: &Value, index: &TextIndex<'_>, quotes: &mut u64, wrong: &mut dyn FnMut(String)) {
    match line {
        Value::Array(items) => items.iter().for_each(|item| check(item, index, quotes, wrong)),
        Value::Object(fields) => {
            for (name, value) in fields {
                let text = || fields.get("text").or_else(|| fields.get("name")).and_then(Value::as_str);
                match name.as_str() {
                    "span" | "spans" | "mentions" if value.is_null() => {}
                    "span" => match span(value, index) {
                        Some(span) => same(text(), index.slice(span), quotes, wrong),
                        None => wrong(format!("has a span that is none: {value}")),
                    },
                    "spans" | "mentions" => match spans(value, index) {
                        Some(spans) if name == "spans" && !spans.is_empty() => {
                            let pieces: Vec<&str> = spans.iter().map(|span| index.slice(*span)).collect();
                            same(text(), &pieces.join(" "), quotes, wrong);
                        }
                        Some(_) => {}
                        None => wrong(format!("has {name} that are none: {value}")),
                    },
                    _ => check(value, index, quotes, wrong),
                }
            }
        }
        _ => {}
    }
}

/// The first thing that is wrong with the lines of a record, the document's own apart.
pub(crate) fn first_wrong(lines: &[u8], text: &str) -> Option<String> {
    let index = TextIndex::new(text);
    let mut wrong = None;
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).skip(1) {
        match serde_json::from_slice::<Value>(line) {
            Ok(line) => check(&line, &index, &mut 0, &mut |what| {
                let id = line.get("id").and_then(Value::as_str).unwrap_or("a line");
                wrong.get_or_insert_with(|| format!("has {id}, which {what}"));
            }),
            Err(error) => return Some(format!("has a line that is no JSON: {error}")),
        }
        if wrong.is_some() {
            break;
        }
    }
    wrong
}

fn same(stored: Option<&str>, stands: &str, quotes: &mut u64, wrong: &mut dyn FnMut(String)) {
    let Some(stored) = stored else { return };
    *quotes += 1;
    if stored != stands {
        wrong(format!("says “{}” where the document says “{}”", short(stored), short(stands)));
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn span(value: &Value, index: &TextIndex<'_>) -> Option<Span<CodePoint>> {
    let [start, end] = value.as_array()?.as_slice() else { return None };
    let at = |value: &Value| {
        value.as_u64().and_then(|at| u32::try_from(at).ok()).filter(|at| *at <= index.characters())
    };
    let (start, end) = (at(start)?, at(end)?);
    (start <= end).then(|| Span::new(CodePoint(start), CodePoint(end)))
}

fn spans(value: &Value, index: &TextIndex<'_>) -> Option<Vec<Span<CodePoint>>> {
    value.as_array()?.iter().map(|value| span(value, index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> (u64, Vec<String>) {
        let index = TextIndex::new("“É so,” she said.");
        let (mut quotes, mut problems) = (0, Vec::new());
        check(&serde_json::from_str(line).unwrap(), &index, &mut quotes, &mut |what| problems.push(what));
        (quotes, problems)
    }

    #[test]
    fn texts_are_held_to_their_spans_wherever_they_stand() {
        let good = r#"{"content":{"spans":[[0,5],[8,11]],"text":"“É so she"},"x":[{"text":"said","span":[12,16]}],"mentions":[[8,11]],
            "said":{"text":null,"span":null},"also":{"name":"she","span":[8,11]},"certainty":{"text":null,"spans":[]}}"#;
        assert_eq!(found(good), (3, vec![]));
        assert_eq!(found(r#"{"a":{"text":"Said","span":[12,16]}}"#).1.len(), 1);
        for bad in
            [r#"{"span":[5,99]}"#, r#"{"span":[5,3]}"#, r#"{"mentions":[[1]]}"#, r#"{"a":[{"spans":"x"}]}"#]
        {
            assert_eq!(found(bad).1.len(), 1, "{bad}");
        }
    }
}
