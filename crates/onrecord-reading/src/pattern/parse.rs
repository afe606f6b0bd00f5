//! A pattern's text becomes rows of items.

use super::inflection::forms;
use super::{Head, Item};
use crate::agents::key;
use crate::token::tokens;
use std::collections::BTreeMap;

/// More rows than this a pattern may not become.
const MOST_ROWS: usize = 20_000;
/// Deeper than this brackets may not stand in each other.
const DEEPEST: usize = 8;

/// What a file names for its patterns.
#[derive(Default)]
pub(super) struct Named {
    /// The places of lists of words.
    pub(super) lists: BTreeMap<String, usize>,
    /// Rows of words.
    pub(super) rows: BTreeMap<String, String>,
}

/// The rows of items that the pattern `text` stands for.
///
/// # Errors
/// When it names a list that is not there, has a bracket too few or too many, or stands for too many rows.
pub(super) fn rows(text: &str, named: &Named) -> Result<Vec<Vec<Item>>, String> {
    let mut reader = Reader { rest: text, named, depth: 0 };
    let rows = reader.alternatives()?;
    if reader.rest.is_empty() { Ok(rows) } else { Err(format!("a bracket too many in “{text}”")) }
}

struct Reader<'t> {
    rest: &'t str,
    named: &'t Named,
    depth: usize,
}

type Rows = Vec<Vec<Item>>;

impl<'t> Reader<'t> {
    /// Rows parted by bars that stand free, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Result<Rows, String> {
        let mut all = Rows::new();
        let mut row: Rows = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else { break };
            match c {
                ')' => break,
                '|' => {
                    self.rest = &self.rest[1..];
                    all.append(&mut row);
                    row.push(Vec::new());
                }
                _ => {
                    let items = self.item(c)?;
                    row = joined(&row, &items)?;
                }
            }
        }
        all.append(&mut row);
        Ok(merged(all))
    }

    fn item(&mut self, first: char) -> Result<Rows, String> {
        let mut rows = match first {
            '(' => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err("brackets stand too deep".into());
                }
                self.rest = &self.rest[1..];
                let rows = self.alternatives()?;
                self.rest = self.rest.strip_prefix(')').ok_or("a bracket is not closed")?;
                self.depth -= 1;
                rows
            }
            '^' | '$' | '<' | '>' => {
                self.rest = &self.rest[1..];
                let item = match first {
                    '^' => Item::Start,
                    '$' => Item::End,
                    '<' => Item::Open,
                    _ => Item::Close,
                };
                return Ok(vec![vec![item]]);
            }
            _ => {
                let word = self.word();
                self.named_or_words(word)?
            }
        };
        if let Some(rest) = self.rest.strip_prefix('?') {
            self.rest = rest;
            rows.push(Vec::new());
        }
        Ok(rows)
    }

    /// What stands up to a space, a bracket or a sign. Outside brackets a bar joins words, within them it parts rows.
    fn word(&mut self) -> &'t str {
        let parts = |c: char| matches!(c, '(' | ')' | '<' | '>' | '?' | '$') || c == '|' && self.depth > 0;
        let end = self.rest.find(|c: char| c.is_whitespace() || parts(c));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn list(&self, name: &str) -> Result<usize, String> {
        self.named.lists.get(name).copied().ok_or_else(|| format!("there is no list “{name}”"))
    }

    fn named_or_words(&self, word: &str) -> Result<Rows, String> {
        if let Some(most) = word.strip_prefix('~') {
            let most = most.parse().map_err(|_| format!("“{word}” is no gap"))?;
            return Ok(vec![vec![Item::Gap(most)]]);
        }
        if let Some(name) = word.strip_prefix('@') {
            return Ok(vec![vec![Item::Listed(self.list(name)?)]]);
        }
        if word == "#" {
            return Ok(vec![vec![Item::Phrase(None)]]);
        }
        if let Some(name) = word.strip_prefix('#') {
            let small = name.strip_prefix('^');
            let head = Head { list: self.list(small.unwrap_or(name))?, large: small.is_some() };
            return Ok(vec![vec![Item::Phrase(Some(head))]]);
        }
        if let Some(name) = word.strip_prefix('%') {
            let rows = self.named.rows.get(name).ok_or_else(|| format!("there are no rows “{name}”"))?;
            if self.depth >= DEEPEST {
                return Err("rows name each other too deep".into());
            }
            let mut inner = Reader { rest: rows, named: self.named, depth: self.depth + 1 };
            return inner.alternatives();
        }
        if word.is_empty() {
            return Err("a sign where a word should be".into());
        }
        let rows: Vec<Vec<u64>> = word.split('|').flat_map(all_keys).collect();
        if rows.iter().any(Vec::is_empty) {
            return Err(format!("“{word}” holds an empty word"));
        }
        if rows.iter().all(|row| row.len() == 1) {
            return Ok(vec![vec![Item::Word(rows.into_iter().flatten().collect())]]);
        }
        let row = |row: Vec<u64>| row.into_iter().map(|key| Item::Word(vec![key])).collect();
        Ok(merged(rows.into_iter().map(row).collect()))
    }
}

/// The keys of a word, or with a star behind it of all its forms as a verb.
pub(super) fn all_keys(word: &str) -> Vec<Vec<u64>> {
    match word.strip_suffix('*') {
        Some(verb) => forms(verb).iter().map(|form| keys(form)).collect(),
        None => vec![keys(word)],
    }
}

/// The keys of the tokens of `word`, as a text's tokens have them.
fn keys(word: &str) -> Vec<u64> {
    let apostrophe =
        |token: &str| if matches!(token, "’" | "‘" | "ʼ" | "`") { "'" } else { token }.to_owned();
    tokens(word).iter().map(|token| key(&apostrophe(token.of(word)))).collect()
}

/// Rows of one word each become one row with all of them, which keeps patterns few.
fn merged(rows: Rows) -> Rows {
    let mut words = Vec::new();
    let mut merged = Rows::new();
    for row in rows {
        match <[Item; 1]>::try_from(row) {
            Ok([Item::Word(keys)]) => words.extend(keys),
            Ok([other]) => merged.push(vec![other]),
            Err(row) => merged.push(row),
        }
    }
    if !words.is_empty() {
        merged.push(vec![Item::Word(words)]);
    }
    merged
}

fn joined(before: &Rows, behind: &Rows) -> Result<Rows, String> {
    if before.len() * behind.len() > MOST_ROWS {
        return Err("a pattern stands for too many rows".into());
    }
    let row = |one: &Vec<Item>, two: &Vec<Item>| one.iter().chain(two).cloned().collect();
    Ok(before.iter().flat_map(|one| behind.iter().map(move |two| row(one, two))).collect())
}
