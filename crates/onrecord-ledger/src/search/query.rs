//! What is asked: words, "phrases", beginnings*, and filters like `speaker:`.

use crate::fault::{Fault, Result};
use crate::rows::mark;

/// Letters that the beginning of a word must have: fewer would mean half of all words.
const SHORTEST_BEGINNING: usize = 2;

/// Words and filters of one query; nobody types more, and each costs.
const MOST_PARTS: usize = 32;

/// A query, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must stand in the text, all of it.
    pub words: Vec<Words>,
    /// Who speaks, each as words of a name.
    pub speaker: Vec<Words>,
    /// Who published.
    pub publisher: Vec<Words>,
    /// Marks that a statement must have: `actdenies`.
    pub marks: Vec<String>,
    /// No day before this, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub from: Option<String>,
    /// No day after this.
    pub to: Option<String>,
    /// Only what the text notes a silence about.
    pub silence: bool,
}

/// A word, a phrase, or the beginning of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// As asked.
    pub text: String,
    /// Whether the last word may go on.
    pub beginning: bool,
}

impl Query {
    /// Takes a query apart.
    ///
    /// # Errors
    /// When a filter is none, or there is nothing to look for.
    pub fn parse(text: &str) -> Result<Query> {
        let mut query = Query::default();
        let pieces = pieces(text);
        if pieces.len() > MOST_PARTS {
            return Err(refused(format!("has more than {MOST_PARTS} parts")));
        }
        for (filter, value, quoted) in pieces {
            let words = || words(&value, quoted);
            match filter.as_deref() {
                None => query.words.extend(words()?),
                Some("speaker") => query.speaker.extend(words()?),
                Some("publisher") => query.publisher.extend(words()?),
                Some(name @ ("act" | "basis" | "certainty" | "form")) => query.marks.push(mark(name, &value)),
                Some("from") => query.from = Some(day(&value)?),
                Some("to") => query.to = Some(day(&value)?),
                Some("has") if value == "silence" => query.silence = true,
                Some(_) => return Err(refused(format!("has “has:{value}”, and only has:silence is known"))),
            }
        }
        if query == Query::default() {
            return Err(refused("has nothing to look for".into())
                .hint("give some words, or a filter like speaker:NAME"));
        }
        Ok(query)
    }

    /// Whether it asks what only statements have.
    pub fn asks_for_statements(&self) -> bool {
        !self.marks.is_empty() || !self.speaker.is_empty()
    }

    /// Whether it asks for a name and nothing that agents do not have.
    pub fn could_be_a_name(&self) -> bool {
        !self.asks_for_statements()
            && !self.words.is_empty()
            && self.publisher.is_empty()
            && self.from.is_none()
            && self.to.is_none()
            && !self.silence
    }
}

fn refused(what: String) -> Fault {
    Fault::refused("the query", what)
}

const FILTERS: [&str; 9] = ["speaker", "publisher", "act", "basis", "certainty", "form", "from", "to", "has"];

/// The pieces of a query: the filter's name, the value, and whether that stood within quotation marks.
fn pieces(text: &str) -> Vec<(Option<String>, String, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut filter = None;
        if let Some((name, value)) = rest.split_once(':')
            && FILTERS.contains(&name.to_ascii_lowercase().as_str())
        {
            filter = Some(name.to_ascii_lowercase());
            rest = value;
        }
        let quoted = rest.strip_prefix(['"', '“']);
        let (value, behind) = match quoted {
            Some(inner) => inner.split_once(['"', '”']).unwrap_or((inner, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        pieces.push((filter, value.to_owned(), quoted.is_some()));
        rest = behind.trim_start();
    }
    pieces
}

/// The words of a value; none where it holds no letter or digit.
fn words(value: &str, quoted: bool) -> Result<Option<Words>> {
    let beginning = !quoted && value.ends_with('*');
    let text = value.trim_end_matches('*');
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters == 0 {
        return Ok(None);
    }
    if beginning && letters < SHORTEST_BEGINNING {
        return Err(refused(format!(
            "has “{value}”: give at least {SHORTEST_BEGINNING} letters before the *"
        )));
    }
    Ok(Some(Words { text: text.to_owned(), beginning }))
}

fn day(value: &str) -> Result<String> {
    let shape: String = value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00") {
        Ok(value.to_owned())
    } else {
        Err(refused(format!("has the day “{value}”")).hint("give a day as 2021-01-12 (or 2021-01, or 2021)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Words {
        Words { text: text.into(), beginning: false }
    }

    #[test]
    fn words_phrases_beginnings_and_filters_are_told_apart() {
        let query = Query::parse(
            r#"quay "shut for good" harb* speaker:"Ann Vey" act:denies basis:none_offered from:2031-02 has:silence -- note:x"#,
        )
        .unwrap();
        assert_eq!(
            query.words,
            [
                word("quay"),
                word("shut for good"),
                Words { text: "harb".into(), beginning: true },
                word("note:x")
            ]
        );
        assert_eq!(query.speaker, [word("Ann Vey")]);
        assert_eq!(query.marks, ["actdenies", "basisnoneoffered"]);
        assert_eq!(query.from.as_deref(), Some("2031-02"));
        assert!(query.silence && query.asks_for_statements());
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        for bad in ["", "  ", "--", "h*", "from:yesterday", "has:everything", &"a ".repeat(40)] {
            assert!(Query::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Query::parse("a \"b").unwrap().words, [word("a"), word("b")]);
    }
}
