//! MEANTIME's articles with the mentions of their entities.

use super::b_cubed::Judged;
use super::{Article, ReadArticle, places};
use anyhow::{Context, bail};
use onrecord_linking::agents::LinkedAgent;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// One article and its gold.
#[derive(Clone, Debug)]
pub struct MeantimeArticle {
    /// The text as it is read.
    pub article: Article,
    /// The mentions of all entities.
    pub mentions: Vec<GoldMention>,
    /// The expressions of time that have words.
    pub times: Vec<GoldTime>,
    /// The day of the article, where the gold tells it.
    pub created: Option<String>,
    /// The end of the sentences in which expressions of time are marked, in code points.
    pub marked_to: u32,
}

/// A TIMEX3 of the gold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldTime {
    /// Where it stands, in code points.
    pub span: (u32, u32),
    /// Its type, `DATE` for one.
    pub of_type: String,
    /// Its value.
    pub value: String,
    /// Whether it is the day of the article, printed below the headline.
    pub creation: bool,
}

/// The last sentence in which expressions of time are marked: headline and date are 0 and 1.
const LAST_MARKED: u32 = 5;

/// A mention of an entity.
#[derive(Clone, Debug)]
pub struct GoldMention {
    /// The id of its entity, one across documents where the gold says so.
    pub entity: String,
    /// The entity's type: `PER`, `ORG`, `LOC`, `PRO`, `FIN`.
    pub of_type: String,
    /// Where it stands, in code points.
    pub span: (u32, u32),
    /// Whether it names.
    pub naming: bool,
}

/// Reads the folders with articles below `folder`, by name.
pub fn read_meantime(folder: &Path, parts: &[&str]) -> anyhow::Result<Vec<MeantimeArticle>> {
    let mut paths = Vec::new();
    for part in parts {
        let folder = folder.join(part);
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "xml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let xml = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            article(&name, &xml).with_context(|| path.display().to_string())
        })
        .collect()
}

/// A tag with its attributes.
struct Tag<'x> {
    name: &'x str,
    attributes: &'x str,
    /// What follows up to the next tag.
    text: &'x str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let at = self
            .attributes
            .match_indices(&format!("{name}=\""))
            .find(|(at, _)| self.attributes[..*at].chars().next_back().is_none_or(char::is_whitespace))?;
        let value = &self.attributes[at.0 + name.len() + 2..];
        Some(unescaped(&value[..value.find('"')?]))
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The tags of a file that has no comments and no sections.
fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    xml.split('<').skip(1).filter_map(|piece| {
        let (inside, text) = piece.split_once('>')?;
        let inside = inside.trim_end_matches('/');
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        Some(Tag { name, attributes, text })
    })
}

/// A marked-up mention: its words' ids, and what it is marked as.
#[derive(Default)]
struct Marked {
    tokens: Vec<String>,
    marked_as: String,
}

fn article(name: &str, xml: &str) -> anyhow::Result<MeantimeArticle> {
    let mut tokens: Vec<(String, String, String)> = Vec::new();
    let mut marked: BTreeMap<String, Marked> = BTreeMap::new();
    let mut entities: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut means: Vec<(String, String)> = Vec::new();
    let (mut open, mut sources, mut refers) = (None::<String>, Vec::new(), false);
    let mut times: Vec<(Tag<'_>, Vec<String>)> = Vec::new();
    let mut in_time = false;
    for tag in tags(xml) {
        let id = || tag.get("m_id").with_context(|| format!("a {} without m_id", tag.name));
        in_time &= tag.name == "token_anchor";
        match tag.name {
            "TIMEX3" => {
                times.push((tag, Vec::new()));
                in_time = true;
            }
            "token_anchor" if in_time => {
                if let (Some((_, words)), Some(token)) = (times.last_mut(), tag.get("t_id")) {
                    words.push(token);
                }
            }
            "token" => {
                let id = tag.get("t_id").context("a token without t_id")?;
                tokens.push((id, tag.get("sentence").unwrap_or_default(), unescaped(tag.text.trim())));
            }
            "ENTITY_MENTION" => {
                let marked_as = tag.get("syntactic_type").unwrap_or_default();
                marked.insert(id()?, Marked { tokens: Vec::new(), marked_as });
                open = Some(id()?);
            }
            "/ENTITY_MENTION" => open = None,
            "token_anchor" => {
                if let (Some(mention), Some(token)) =
                    (open.as_ref().and_then(|open| marked.get_mut(open)), tag.get("t_id"))
                {
                    mention.tokens.push(token);
                }
            }
            "ENTITY" => {
                let (id, of_type) = (id()?, tag.get("ent_type").unwrap_or_default());
                let instance = tag.get("instance_id").filter(|instance| !instance.is_empty());
                let entity = instance.unwrap_or_else(|| format!("{name} {id}"));
                entities.insert(id, (entity, of_type));
            }
            "REFERS_TO" => (refers, sources) = (true, Vec::new()),
            "/REFERS_TO" => refers = false,
            "source" if refers => sources.push(id()?),
            "target" if refers => {
                let target = id()?;
                means.extend(sources.drain(..).map(|source| (source, target.clone())));
            }
            _ => {}
        }
    }
    if tokens.is_empty() {
        bail!("no tokens");
    }
    let (text, places) = text_of(&tokens);
    let mut mentions = Vec::new();
    for (source, target) in means {
        let (Some(mention), Some((entity, of_type))) = (marked.get(&source), entities.get(&target)) else {
            continue;
        };
        let spans: Vec<&(u32, u32, &str)> =
            mention.tokens.iter().filter_map(|token| places.get(token.as_str())).collect();
        let (Some(start), Some(end)) =
            (spans.iter().map(|span| span.0).min(), spans.iter().map(|span| span.1).max())
        else {
            continue;
        };
        let naming = names(&mention.marked_as, spans.iter().map(|span| span.2));
        mentions.push(GoldMention {
            entity: entity.clone(),
            of_type: of_type.clone(),
            span: (start, end),
            naming,
        });
    }
    let created = times.iter().find(|(tag, _)| is_creation(tag)).and_then(|(tag, _)| tag.get("value"));
    let mut gold_times: Vec<GoldTime> = times
        .iter()
        .filter_map(|(tag, words)| {
            let spans = || words.iter().filter_map(|word| places.get(word.as_str()));
            Some(GoldTime {
                span: (spans().map(|span| span.0).min()?, spans().map(|span| span.1).max()?),
                of_type: tag.get("type").unwrap_or_default(),
                value: tag.get("value").unwrap_or_default(),
                creation: is_creation(tag),
            })
        })
        .collect();
    gold_times.sort_by_key(|time| time.span);
    let marked =
        tokens.iter().filter(|(_, sentence, _)| sentence.parse().is_ok_and(|it: u32| it <= LAST_MARKED));
    let marked_to =
        marked.filter_map(|(id, ..)| places.get(id.as_str())).map(|place| place.1).max().unwrap_or(0);
    mentions.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.entity.cmp(&b.entity)));
    let article = Article { id: name.to_owned(), publisher: Some("Wikinews".into()), published: None, text };
    Ok(MeantimeArticle { article, mentions, times: gold_times, created, marked_to })
}

fn is_creation(tag: &Tag<'_>) -> bool {
    tag.get("functionInDocument").as_deref() == Some("CREATION_TIME")
}

/// Whether a mention names: as marked, or by a large letter.
fn names<'w>(marked_as: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
    const SMALL: [&str; 26] = [
        "I", "I'", "He", "She", "It", "We", "They", "You", "My", "His", "Her", "Its", "Our", "Their", "The",
        "A", "An", "This", "That", "These", "Those", "Who", "Which", "Some", "All", "Both",
    ];
    match marked_as {
        "NAM" | "PRE.NAM" | "APP" | "" => {
            words.any(|word| word.chars().next().is_some_and(char::is_uppercase) && !SMALL.contains(&word))
        }
        _ => false,
    }
}

/// The running text, headline and date in paragraphs of their own, and where each token stands.
fn text_of(tokens: &[(String, String, String)]) -> (String, HashMap<&str, (u32, u32, &str)>) {
    let mut text = String::new();
    let mut length = 0;
    let mut places = HashMap::new();
    let mut before: Option<(&str, &str)> = None;
    for (id, sentence, word) in tokens {
        let space = match before {
            None => "",
            Some((last, _)) if last != sentence && matches!(last, "0" | "1") => "\n\n",
            Some((_, "(" | "$" | "``" | "[")) => "",
            Some(_)
                if word.starts_with(['\'', '’']) && word.chars().count() <= 3
                    || matches!(
                        word.as_str(),
                        "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "n't"
                    ) =>
            {
                ""
            }
            Some(_) => " ",
        };
        text.push_str(space);
        length += space.chars().count() as u32;
        let end = length + word.chars().count() as u32;
        places.insert(id.as_str(), (length, end, word.as_str()));
        text.push_str(word);
        length = end;
        before = Some((sentence, word));
    }
    (text, places)
}

/// Whose mentions are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Persons and organisations.
    Both,
    /// Persons.
    Persons,
    /// Organisations.
    Organisations,
}

/// Matches gold mentions with ours; those of `whose` in two or more documents count, the naming ones or all.
pub fn judged(
    gold: &[MeantimeArticle],
    read: &[ReadArticle],
    linked: &[LinkedAgent],
    whose: Whose,
    naming_only: bool,
) -> Vec<(Judged, String)> {
    let mut documents: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, article) in gold.iter().enumerate() {
        for mention in &article.mentions {
            documents.entry(&mention.entity).or_default().insert(at);
        }
    }
    let places = places(linked);
    let mut out = Vec::new();
    let mut alone = linked.len();
    for (gold, read) in gold.iter().zip(read) {
        let mut ours: Vec<((u32, u32), usize)> = Vec::new();
        for agent in &read.agents {
            let place = places.get(&agent.id).copied().unwrap_or_else(|| {
                alone += 1;
                alone
            });
            let roles = agent.roles.iter().map(|role| role.span);
            ours.extend(
                agent.mentions.iter().copied().chain(roles).map(|span| ((span.start.0, span.end.0), place)),
            );
        }
        ours.sort_unstable();
        ours.dedup_by_key(|(span, _)| *span);
        let found = matched(&gold.mentions, &ours);
        let characters: Vec<char> = gold.article.text.chars().collect();
        for (mention, found) in gold.mentions.iter().zip(found) {
            let of_type = match whose {
                Whose::Both => matches!(mention.of_type.as_str(), "PER" | "ORG"),
                Whose::Persons => mention.of_type == "PER",
                Whose::Organisations => mention.of_type == "ORG",
            };
            let across = documents.get(mention.entity.as_str()).is_some_and(|all| all.len() > 1);
            let counts = of_type && across && (mention.naming || !naming_only);
            let cut = |from: usize, to: usize| -> String {
                characters.get(from..to.min(characters.len())).unwrap_or_default().iter().collect()
            };
            let (start, end) = (mention.span.0 as usize, mention.span.1 as usize);
            let around = (cut(start.saturating_sub(25), start), cut(start, end), cut(end, end + 25));
            let told =
                format!("{} {:?} {}“{}”{}", gold.article.id, mention.span, around.0, around.1, around.2)
                    .replace('\n', " ");
            out.push((Judged { entity: mention.entity.clone(), ours: found, counts }, told));
        }
    }
    out
}

/// For each gold mention the place of ours, the best overlap first; one of ours for mentions of one entity only.
fn matched(gold: &[GoldMention], ours: &[((u32, u32), usize)]) -> Vec<Option<usize>> {
    let mut pairs: Vec<(u32, u32, usize, usize)> = Vec::new();
    for (g, mention) in gold.iter().enumerate() {
        let (start, end) = mention.span;
        for (o, ((from, to), _)) in ours.iter().enumerate() {
            let overlap = end.min(*to).saturating_sub(start.max(*from));
            if overlap == 0 {
                continue;
            }
            let dice = 2000 * overlap / (end - start + to - from);
            if dice >= 1000 || start == *from || end == *to {
                pairs.push((dice, *to, g, o));
            }
        }
    }
    pairs.sort_by_key(|(dice, to, g, o)| (std::cmp::Reverse((*dice, *to)), *g, *o));
    let mut found = vec![None; gold.len()];
    let mut taken: Vec<Option<usize>> = vec![None; ours.len()];
    for (_, _, g, o) in pairs {
        let free = taken[o].is_none_or(|first| gold[first].entity == gold[g].entity);
        if found[g].is_none() && free {
            found[g] = Some(ours[o].1);
            taken[o] = taken[o].or(Some(g));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<?xml version="1.0" ?><Document doc_id="1">
<token number="0" sentence="0" t_id="1">Harl</token>
<token number="1" sentence="0" t_id="2">sails</token>
<token number="2" sentence="1" t_id="3">Today</token>
<token number="3" sentence="2" t_id="4">Harl</token>
<token number="4" sentence="2" t_id="5">&amp;</token>
<token number="5" sentence="2" t_id="6">Sons</token>
<token number="6" sentence="2" t_id="7">,</token>
<token number="7" sentence="2" t_id="8">they</token>
<Markables>
<ENTITY_MENTION m_id="19" syntactic_type="">
<token_anchor t_id="4"/>
<token_anchor t_id="5"/>
<token_anchor t_id="6"/>
</ENTITY_MENTION>
<ENTITY_MENTION m_id="20" syntactic_type="PRO">
<token_anchor t_id="8"/>
</ENTITY_MENTION>
<ENTITY TAG_DESCRIPTOR="Harl" ent_type="ORG" instance_id="ORG7" m_id="30"/>
</Markables>
<Relations>
<REFERS_TO r_id="1">
<source m_id="19"/>
<source m_id="20"/>
<target m_id="30"/>
</REFERS_TO>
</Relations></Document>"#;

    #[test]
    fn mentions_stand_where_the_text_has_them() {
        let read = article("a", XML).unwrap();
        assert_eq!(read.article.text, "Harl sails\n\nToday\n\nHarl & Sons, they");
        let told: Vec<_> = read.mentions.iter().map(|m| (m.entity.as_str(), m.span, m.naming)).collect();
        assert_eq!(told, [("ORG7", (19, 30), true), ("ORG7", (32, 36), false)]);
    }

    #[test]
    fn the_best_overlap_is_matched_and_each_of_ours_once() {
        let mention = |entity: &str, span| GoldMention {
            entity: entity.into(),
            of_type: "ORG".into(),
            span,
            naming: true,
        };
        let gold = [mention("a", (0, 20)), mention("b", (14, 20)), mention("c", (40, 44))];
        let ours = [((0, 6), 1), ((14, 20), 2), ((41, 60), 3)];
        assert_eq!(matched(&gold, &ours), [Some(1), Some(2), None]);
        // A phrase and the name in it are one entity's, and one of ours may be both.
        let gold = [mention("a", (0, 20)), mention("a", (14, 20))];
        assert_eq!(matched(&gold, &ours[1..]), [Some(2), Some(2)]);
    }

    #[test]
    fn broken_files_are_named_not_read() {
        assert!(article("a", "<Document></Document>").is_err());
        assert!(article("a", "<token>x</token>").is_err());
    }
}
