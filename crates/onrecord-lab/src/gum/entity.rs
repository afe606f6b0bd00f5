//! The entities of a CoNLL-U file, whose brackets stand in the entry `Entity` of the last column.
//!
//! The line `# global.Entity` names the fields of an opening bracket, parted by hyphens: `(7-person-new-…` opens entity
//! 7, `7)` closes it, and `(7-person-new-…)` is one of one word. Brackets may nest and cross. A mention in several parts
//! (`7[1/2]`) is no span and is left out; GUM has none.

use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::ops::Range;

/// How far up a tree is gone to tell how deep a word stands; no sentence is so deep.
const DEEPEST: usize = 500;

/// A word with what the annotation of syntax says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyWord {
    /// As it is written.
    pub form: String,
    /// Its universal part of speech.
    pub upos: String,
    /// The word it depends on, as its number in the document; nothing for the root of a sentence.
    pub head: Option<usize>,
}

/// A mention of an entity, singletons among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMention {
    /// Its words, as numbers in the document.
    pub words: Range<usize>,
    /// What sort of thing it is: `person`, `organization`, `place`, ….
    pub etype: String,
    /// The entity, by its number in the document.
    pub id: String,
    /// The word of the span on which its other words depend.
    pub head: usize,
}

/// The words of a CoNLL-U file and its entities, in the order of their spans, the longer first.
///
/// # Errors
/// When a line is not as the format wants it, or a bracket has no partner.
pub fn entity_mentions(conllu: &str) -> anyhow::Result<(Vec<DependencyWord>, Vec<EntityMention>)> {
    let mut reading = Reading::default();
    for (number, line) in conllu.lines().enumerate() {
        reading.line(line).with_context(|| format!("words, line {}", number + 1))?;
    }
    if let Some(id) = reading.open.iter().find_map(|(id, open)| (!open.is_empty()).then_some(id)) {
        bail!("entity {id} is never closed");
    }
    let Reading { words, found, .. } = reading;
    let mut mentions: Vec<EntityMention> = found
        .into_iter()
        .map(|(id, etype, span)| {
            let head = head_of(&words, &span);
            EntityMention { words: span, etype, id, head }
        })
        .collect();
    mentions.sort_by(|a, b| (a.words.start, b.words.end, &a.id).cmp(&(b.words.start, a.words.end, &b.id)));
    Ok((words, mentions))
}

/// The word of a span that depends on none in it. Of several, the one nearest to the root of its sentence; of those, the
/// first.
pub(super) fn head_of(words: &[DependencyWord], span: &Range<usize>) -> usize {
    let above = |at: usize| words.get(at).and_then(|word| word.head);
    let depth = |at: usize| std::iter::successors(above(at), |at| above(*at)).take(DEEPEST).count();
    let tops = span.clone().filter(|at| above(*at).is_none_or(|head| !span.contains(&head)));
    tops.min_by_key(|at| depth(*at)).unwrap_or(span.start)
}

/// A file as far as it is read.
#[derive(Default)]
struct Reading {
    words: Vec<DependencyWord>,
    /// The first word of the sentence.
    sentence: usize,
    /// Where an entity's number and type stand in an opening bracket.
    fields: Option<(usize, usize)>,
    /// Open brackets by entity: the first word and the type.
    open: BTreeMap<String, Vec<(usize, String)>>,
    found: Vec<(String, String, Range<usize>)>,
}

impl Reading {
    fn line(&mut self, line: &str) -> anyhow::Result<()> {
        if line.trim().is_empty() {
            self.sentence = self.words.len();
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            if let Some(order) = comment.trim().strip_prefix("global.Entity = ") {
                let place = |names: [&str; 2]| order.split('-').position(|field| names.contains(&field));
                self.fields = place(["GRP", "eid"]).zip(place(["etype", "type"]));
            }
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, _, _, head, .., misc] = columns[..] else { bail!("too few columns") };
        if id.contains(['-', '.']) {
            return Ok(());
        }
        let head = match head.parse::<usize>().context("the head is no number")? {
            0 => None,
            head => Some(self.sentence + head - 1),
        };
        self.words.push(DependencyWord { form: form.to_owned(), upos: upos.to_owned(), head });
        match misc.split('|').find_map(|entry| entry.strip_prefix("Entity=")) {
            Some(brackets) => self.brackets(brackets),
            None => Ok(()),
        }
    }

    fn brackets(&mut self, mut rest: &str) -> anyhow::Result<()> {
        let (at, end) = (self.words.len() - 1, self.words.len());
        while !rest.is_empty() {
            let opens = rest.strip_prefix('(');
            let body = opens.unwrap_or(rest);
            let length = body.find(['(', ')']).unwrap_or(body.len());
            let (inner, behind) = body.split_at(length);
            let closes = behind.strip_prefix(')');
            rest = closes.unwrap_or(behind);
            let opened = match opens {
                Some(_) => Some(self.opened(inner)?),
                None => None,
            };
            match (opened, closes) {
                (Some((id, etype)), Some(_)) => self.found.push((id, etype, at..end)),
                (Some((id, etype)), None) => self.open.entry(id).or_default().push((at, etype)),
                (None, Some(_)) => {
                    let open = self.open.get_mut(inner).and_then(Vec::pop);
                    let (start, etype) = open.with_context(|| format!("{inner}) closes nothing"))?;
                    self.found.push((inner.to_owned(), etype, start..end));
                }
                (None, None) => bail!("there is no bracket in {inner}"),
            }
            self.found.retain(|(id, ..)| !id.contains('['));
        }
        Ok(())
    }

    /// The number and type in an opening bracket.
    fn opened(&self, inner: &str) -> anyhow::Result<(String, String)> {
        let (id, etype) = self.fields.context("no line global.Entity tells the fields")?;
        let field = |at: usize| inner.split('-').nth(at).map(str::to_owned);
        field(id).zip(field(etype)).with_context(|| format!("({inner} has too few fields"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Vey 's brother spoke . She left": nested, of one word, and closing where another does.
    const FILE: &str = "# global.Entity = GRP-etype-infstat\n\
        1-2\tVey's\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tVey\t_\tPROPN\t_\t_\t3\t_\t_\tBridge=1<4|Entity=(2-person-new(1-person-new\n\
        2\t's\t_\tPART\t_\t_\t1\t_\t_\tEntity=1)\n\
        3\tbrother\t_\tNOUN\t_\t_\t4\t_\t_\tEntity=2)\n\
        4\tspoke\t_\tVERB\t_\t_\t0\t_\t_\tEntity=(3-event-new)\n\n\
        1\tShe\t_\tPRON\t_\t_\t2\t_\t_\tEntity=(1-person-giv)|SpaceAfter=No\n\
        2\tleft\t_\tVERB\t_\t_\t0\t_\t_\t_\n";

    #[test]
    fn nested_brackets_are_paired() {
        let (words, mentions) = entity_mentions(FILE).unwrap();
        assert_eq!(words.len(), 6);
        assert_eq!((words[4].head, words[3].head), (Some(5), None));
        let told: Vec<_> = mentions
            .iter()
            .map(|it| (it.words.clone(), it.etype.as_str(), it.id.as_str(), it.head))
            .collect();
        assert_eq!(
            told,
            [
                (0..3, "person", "2", 2),
                (0..2, "person", "1", 0),
                (3..4, "event", "3", 3),
                (4..5, "person", "1", 4)
            ]
        );
    }

    #[test]
    fn parts_are_left_out() {
        let file = FILE.replace("(1-person-giv)", "(9[1/2]-person-giv)");
        assert_eq!(entity_mentions(&file).unwrap().1.len(), 3);
    }

    #[test]
    fn broken_brackets_are_refused() {
        for (from, to) in [
            ("Entity=1)", "Entity=5)"),
            ("Entity=2)", "Entity=x"),
            ("# global", "# other"),
            ("\t4\t_\t_\tE", "\tx\t_\t_\tE"),
        ] {
            assert!(entity_mentions(&FILE.replacen(from, to, 1)).is_err(), "{to}");
        }
    }

    #[test]
    fn a_circle_has_a_head_too() {
        let word = |head| DependencyWord { form: "x".into(), upos: "X".into(), head: Some(head) };
        assert_eq!(head_of(&[word(1), word(0)], &(0..2)), 0);
        assert_eq!(head_of(&[word(1), word(0)], &(1..2)), 1);
    }
}
