//! Everybody whom a document mentions: who says something, who is only named, and of whom no name is known.

use crate::harmless_line;
use crate::view::{View, Voice, kind_name};
use onrecord_reading::agents::is_pronoun;
use onrecord_record::{Agent, AgentId, AgentKind, RoleSpans};
use std::collections::HashSet;

/// The longest name or role shown beside a mention, in characters.
pub(crate) const LONGEST: usize = 100;

/// The longest role in a short word on who somebody is, in characters.
const LONGEST_ROLE: usize = 60;

/// From this many hundredths on a mention is very sure.
const VERY_SURE: u32 = 95;

/// Somebody who is mentioned.
pub(crate) struct Member<'r> {
    pub(crate) agent: &'r Agent,
    pub(crate) standing: Standing,
}

/// What a member is to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Some statement is theirs.
    Speaks,
    /// Named, without a statement.
    Named,
    /// Meant by pronouns only.
    Nameless,
}

/// How sure it is that a mention means its agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sure {
    /// 1 to 99: nothing that is only taken to be so is quite sure.
    pub(crate) percent: u32,
}

impl Sure {
    /// Of a confidence from 0 to 1; nothing where that is no number.
    pub(crate) fn new(confidence: f32) -> Option<Sure> {
        (!confidence.is_nan()).then(|| Sure { percent: percent(confidence).clamp(1, 99) })
    }

    /// "fairly sure (85 %)"
    pub(crate) fn words(self) -> String {
        let band = match self.percent {
            VERY_SURE.. => "very sure",
            75.. => "fairly sure",
            50.. => "not very sure",
            _ => "a guess",
        };
        format!("{band} ({} %)", self.percent)
    }
}

/// A confidence as a whole number of hundredths.
pub(crate) fn percent(confidence: f32) -> u32 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// Whether every wording that the document has for `agent` is a pronoun.
pub(crate) fn nameless(agent: &Agent) -> bool {
    is_pronoun(agent.name.trim()) && agent.names.iter().all(|name| is_pronoun(name.trim()))
}

/// The cast: the speakers in the order of `voices`, then those named, then the nameless, each in the order of `agents`.
pub(crate) fn cast<'r>(agents: &'r [Agent], voices: &[Voice<'r>]) -> Vec<Member<'r>> {
    let mut cast: Vec<Member<'r>> = voices
        .iter()
        .filter_map(|voice| Some(Member { agent: voice.agent?, standing: Standing::Speaks }))
        .collect();
    let speak: HashSet<&AgentId> = cast.iter().map(|member| &member.agent.id).collect();
    let (unnamed, named): (Vec<&Agent>, Vec<&Agent>) =
        agents.iter().filter(|agent| !speak.contains(&agent.id)).partition(|agent| nameless(agent));
    cast.extend(named.into_iter().map(|agent| Member { agent, standing: Standing::Named }));
    cast.extend(unnamed.into_iter().map(|agent| Member { agent, standing: Standing::Nameless }));
    cast
}

/// How sure the first mention of `agent` within `source` is; nothing where a name leaves little doubt.
pub(crate) fn of_the_source(agent: &Agent, source: &RoleSpans) -> Option<Sure> {
    let source = source.extent()?;
    let first = agent.mentions.partition_point(|mention| mention.start < source.start);
    agent.mentions.get(first).filter(|mention| mention.start < source.end)?;
    Sure::new(*agent.mention_confidence.get(first)?).filter(|sure| sure.percent < VERY_SURE)
}

impl Member<'_> {
    /// How sure the mention at `place` among the agent's is.
    pub(crate) fn sure(&self, place: usize) -> Option<Sure> {
        Sure::new(*self.agent.mention_confidence.get(place)?)
    }

    /// The name, as it can be shown.
    pub(crate) fn name(&self) -> String {
        short(&self.agent.name, LONGEST)
    }

    /// What the agent is, where that is told by no name.
    pub(crate) fn kind(&self) -> Option<&'static str> {
        self.agent.kind.map(kind_name)
    }

    /// What follows the name in a short word on who this is: the first role, or else the kind.
    pub(crate) fn who(&self) -> Option<String> {
        let role = self.agent.roles.first().map(|role| short(&role.text, LONGEST_ROLE));
        let kind = self.agent.kind.filter(|kind| *kind != AgentKind::Person);
        role.or_else(|| kind.map(|kind| kind_name(kind).to_owned()))
    }

    /// "mentioned 3 times"
    pub(crate) fn mentioned(&self) -> String {
        match self.agent.mentions.len() {
            1 => "mentioned once".into(),
            times => format!("mentioned {times} times"),
        }
    }

    /// Of somebody nameless: as whom else the text means them.
    pub(crate) fn same_as(&self, view: &View<'_>) -> Option<String> {
        let first = *self.agent.mentions.first().filter(|_| self.standing == Standing::Nameless)?;
        let words = short(view.index.slice(first), LONGEST);
        Some(format!("the same person as “{words}” in ¶{}: nobody named", view.paragraph(first)))
    }
}

/// `text` as one harmless line of at most `most` characters, cut with an ellipsis.
pub(crate) fn short(text: &str, most: usize) -> String {
    let cut = text.char_indices().nth(most).and_then(|(at, _)| text.get(..at));
    let mut shown = harmless_line(cut.unwrap_or(text)).into_owned();
    if cut.is_some() {
        shown.truncate(shown.trim_end().len());
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn how_sure_is_said_in_bands_and_never_quite() {
        let words = |confidence| Sure::new(confidence).map(Sure::words);
        assert_eq!(words(1.0).as_deref(), Some("very sure (99 %)"));
        assert_eq!(words(0.949).as_deref(), Some("very sure (95 %)"));
        assert_eq!(words(0.85).as_deref(), Some("fairly sure (85 %)"));
        assert_eq!(words(0.5).as_deref(), Some("not very sure (50 %)"));
        assert_eq!(words(-3.0).as_deref(), Some("a guess (1 %)"));
        assert_eq!(words(f32::NAN), None);
    }

    #[test]
    fn those_who_speak_come_first_and_a_pronoun_is_nobodys_name() {
        let record = sample::with_people();
        let view = View::new(&record);
        let told: Vec<(&str, Standing)> =
            view.cast.iter().map(|member| (member.agent.name.as_str(), member.standing)).collect();
        assert_eq!(
            told,
            [
                ("Mara Feld", Standing::Speaks),
                ("The Harbour Union", Standing::Speaks),
                ("a shopkeeper", Standing::Speaks),
                ("the audit", Standing::Speaks),
                ("Larkfield", Standing::Named),
                ("us", Standing::Nameless),
            ]
        );
        for (n, voice) in view.voices.iter().enumerate().filter(|(_, voice)| voice.agent.is_some()) {
            assert_eq!(view.cast[n].agent.id, voice.agent.unwrap().id);
        }
        let nobody = view.voices.last().unwrap();
        let said = view.statements[nobody.statements[0]].statement;
        assert_eq!(
            view.nobody_named(said).as_deref(),
            Some("the same person as “us” in ¶4: nobody named"),
            "what a pronoun says is nobody's"
        );
    }

    #[test]
    fn a_source_is_as_sure_as_the_mention_in_it() {
        let record = sample::with_people();
        let view = View::new(&record);
        let denied = view.statements.iter().find(|seen| view.telling_source(seen) == Some("She")).unwrap();
        assert_eq!(view.sure_of_source(denied).map(|sure| sure.percent), Some(85));
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(short("né né né", 4), "né n…");
        assert_eq!(short("né né né", 3), "né…");
        assert_eq!(short("a\nb\u{202e}", 9), "a b⟨U+202E⟩");
    }
}
