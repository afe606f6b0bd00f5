//! A document of GUM as the reader of a plain-text file would see it.
//!
//! Words are joined as the annotators say (`SpaceAfter`), sentences of a paragraph by a space. A paragraph, a heading,
//! an item of a list and a caption stand by themselves with an empty line around them; a line of verse and a row of a
//! table begin a line. Where a document has more than one speaker, a turn begins with the speaker's name in capitals
//! and a colon, as transcripts print it.

use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::ops::Range;

/// A quotation that the markup tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Whether it is a `<quote>`; else it is a `<q>`.
    pub cited: bool,
    /// Its words, marks included, as numbers in the document.
    pub words: Range<usize>,
}

/// The text, and where the words, sentences and quotations stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The text.
    pub text: String,
    /// For each word its span in code points, half-open.
    pub words: Vec<(u32, u32)>,
    /// The sentences, as ranges of words.
    pub sentences: Vec<Range<usize>>,
    /// The quotations, in the order of their ends.
    pub quotations: Vec<Quotation>,
    /// The labels of turns with their colons, in code points.
    pub labels: Vec<(u32, u32)>,
    /// The labelled turns, in their order, one for each label.
    pub turns: Vec<Turn>,
    /// The dates, in the order of their ends.
    pub dates: Vec<MarkedDate>,
}

/// A `<date>` of the markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedDate {
    /// Its words, as numbers in the document.
    pub words: Range<usize>,
    /// The day, month or year that it is; nothing where the markup gives a range.
    pub when: Option<String>,
}

/// A turn of a document with more than one speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The speaker as the label has it, without the colon.
    pub speaker: String,
    /// Its words.
    pub words: Range<usize>,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Space,
    Line,
    Empty,
}

/// A word and whether a space follows it in its sentence.
struct Word<'c> {
    form: &'c str,
    space_behind: bool,
}

impl Layout {
    /// Lays out the markup `xml`, whose lines are tags or words, with the words as `conllu` spells them; `labels` says
    /// whether turns get the names of their speakers.
    ///
    /// # Errors
    /// When the two have different words or the markup is not closed in its order.
    pub fn new(xml: &str, conllu: &str, labels: bool) -> anyhow::Result<Self> {
        let words = words(conllu)?;
        let speakers: BTreeSet<&str> = xml
            .lines()
            .filter(|line| line.starts_with("<sp "))
            .filter_map(|line| attribute(line, "who"))
            .collect();
        let mut drawn = Drawn { labels: labels && speakers.len() > 1, ..Drawn::default() };
        let mut rest = words.iter();
        for (number, line) in xml.lines().enumerate() {
            if is_tag(line) {
                drawn.tag(line).with_context(|| format!("markup, line {}", number + 1))?;
            } else if line.contains('\t') {
                let word = rest.next().context("the markup has more words than the annotation")?;
                drawn.word(word);
            }
        }
        if rest.next().is_some() {
            bail!("the annotation has more words than the markup");
        }
        drawn.end_turn();
        Ok(drawn.layout)
    }

    /// The spans of these words, in code points.
    pub fn spans(&self, words: &Range<usize>) -> &[(u32, u32)] {
        self.words.get(words.clone()).unwrap_or_default()
    }

    /// The characters from the first of these words to the last, in one line.
    pub fn slice(&self, words: &Range<usize>) -> String {
        match self.spans(words) {
            [(start, end)] | [(start, _), .., (_, end)] => {
                let characters = self.text.chars().skip(*start as usize);
                characters.take((end - start) as usize).map(|c| if c == '\n' { ' ' } else { c }).collect()
            }
            [] => String::new(),
        }
    }
}

/// A layout as far as it has come.
#[derive(Default)]
struct Drawn {
    layout: Layout,
    /// Code points so far.
    length: u32,
    gap: Option<Gap>,
    labels: bool,
    /// The speaker of a turn that has no word yet.
    label: Option<String>,
    /// The turn that has words and has not ended: its speaker and its first word.
    turn: Option<(String, usize)>,
    /// Open sentences and quotations: the tag's name and the word it begins with.
    open: Vec<(&'static str, usize)>,
    /// Open dates: what `when` says, and the word each begins with.
    open_dates: Vec<(Option<String>, usize)>,
}

impl Drawn {
    fn tag(&mut self, line: &str) -> anyhow::Result<()> {
        let closes = line.starts_with("</");
        let name = line.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
        match name {
            "p" | "head" | "item" | "list" | "figure" | "caption" | "sp" | "note" | "table" | "lg" => {
                self.widen(Gap::Empty);
            }
            "l" | "row" => self.widen(Gap::Line),
            "cell" => self.widen(Gap::Space),
            _ => {}
        }
        if name == "sp" {
            self.end_turn();
            let who = if closes || !self.labels { None } else { attribute(line, "who") };
            self.label = who.map(speaker_name);
        }
        if name == "date" {
            let here = self.layout.words.len();
            if !closes {
                self.open_dates.push((attribute(line, "when").map(str::to_owned), here));
            } else if let Some((when, first)) = self.open_dates.pop() {
                self.layout.dates.push(MarkedDate { words: first..here, when });
            }
        }
        if let Some(kept) = ["s", "q", "quote"].into_iter().find(|kept| *kept == name) {
            if closes { self.close(kept)? } else { self.open.push((kept, self.layout.words.len())) }
        }
        Ok(())
    }

    fn end_turn(&mut self) {
        if let Some((speaker, first)) = self.turn.take() {
            self.layout.turns.push(Turn { speaker, words: first..self.layout.words.len() });
        }
    }

    /// Tags may cross in GUM, a quotation may run over sentences.
    fn close(&mut self, name: &'static str) -> anyhow::Result<()> {
        let at = self.open.iter().rposition(|(open, _)| *open == name);
        let (_, first) =
            at.map(|at| self.open.remove(at)).with_context(|| format!("</{name}> closes nothing"))?;
        let words = first..self.layout.words.len();
        if words.is_empty() {
            return Ok(());
        }
        match name {
            "s" => {
                self.widen(Gap::Space);
                self.layout.sentences.push(words);
            }
            _ => self.layout.quotations.push(Quotation { cited: name == "quote", words }),
        }
        Ok(())
    }

    fn word(&mut self, word: &Word<'_>) {
        let gap = match self.gap.unwrap_or(Gap::Nothing) {
            _ if self.length == 0 => "",
            Gap::Nothing => "",
            Gap::Space => " ",
            Gap::Line => "\n",
            Gap::Empty => "\n\n",
        };
        self.write(gap);
        if let Some(label) = self.label.take() {
            let span = self.write(&format!("{label}:"));
            self.layout.labels.push(span);
            self.write(" ");
            self.turn = Some((label, self.layout.words.len()));
        }
        let span = self.write(word.form);
        self.layout.words.push(span);
        self.gap = word.space_behind.then_some(Gap::Space);
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(Some(gap));
    }

    /// Writes and tells where, in code points.
    fn write(&mut self, characters: &str) -> (u32, u32) {
        let start = self.length;
        self.layout.text.push_str(characters);
        self.length += characters.chars().count() as u32;
        (start, self.length)
    }
}

/// The words of a CoNLL-U file. Of a token that is several words the parts stand together, and the space behind it is
/// told on the line of the whole.
fn words(conllu: &str) -> anyhow::Result<Vec<Word<'_>>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut whole: Option<(usize, bool)> = None;
    for (number, line) in conllu.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            whole = None;
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., misc] = columns[..] else { bail!("words, line {}: too few columns", number + 1) };
        let space = !misc.split('|').any(|entry| entry == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let count = |id: &str| id.parse::<usize>().with_context(|| format!("words, line {}", number + 1));
            whole = Some((count(last)?.saturating_sub(count(first)?) + 1, space));
        } else if !id.contains('.') {
            let space_behind = match &mut whole {
                Some((left, behind)) if *left > 0 => {
                    *left -= 1;
                    *left == 0 && *behind
                }
                _ => space,
            };
            words.push(Word { form, space_behind });
        }
    }
    Ok(words)
}

/// Tags stand alone on their lines; a word's line has its columns behind tabs.
fn is_tag(line: &str) -> bool {
    line.starts_with('<') && line.trim_end().ends_with('>') && !line.contains('\t')
}

/// The value of an attribute of a tag.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let value = tag[at + name.len()..].strip_prefix("=\"")?;
        tag[..at].ends_with(char::is_whitespace).then(|| value.split('"').next()).flatten()
    })
}

/// "#AnnVey" as a transcript prints it: ANN VEY.
fn speaker_name(who: &str) -> String {
    let letters: Vec<char> = who.trim_start_matches('#').chars().collect();
    let mut name = String::new();
    for (i, c) in letters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|before| letters.get(before));
        let word_ends = before.is_some_and(|before| before.is_lowercase());
        let initials_end = before.is_some() && letters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && (word_ends || initials_end) {
            name.push(' ');
        }
        name.extend(c.to_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<text id=\"GUM_court_quay\">\n<head>\n<s>\nThe\tDT\nquay\tNN\n</s>\n</head>\n\
        <sp who=\"#AnnVey\">\n<p>\n<s>\nDo\tVB\nn't\tRB\ngo\tVB\n.\t.\n</s>\n<s>\n<q>\n\"\t``\nStay\tVB\n.\t.\n\
        </s>\n<s>\nSit\tVB\n\"\t''\n</q>\n.\t.\n</s>\n</p>\n</sp>\n<sp who=\"#Clerk\">\n<s>\nCafé\tNN\n</s>\n</sp>\n</text>\n";
    const WORDS: &str = "# sent_id = 1\n1\tThe\t_\t_\n2\tquay\t_\t_\n\n1-2\tDon't\t_\t_\n1\tDo\t_\t_\n2\tn't\t_\t_\n\
        3\tgo\t_\tSpaceAfter=No\n4\t.\t_\t_\n\n1\t\"\t_\tSpaceAfter=No\n2\tStay\t_\tEntity=x|SpaceAfter=No\n3\t.\t_\t_\n\n\
        1\tSit\t_\tSpaceAfter=No\n2\t\"\t_\tSpaceAfter=No\n3\t.\t_\t_\n\n1\tCafé\t_\t_\n";

    #[test]
    fn a_document_looks_as_a_plain_file_would() {
        let layout = Layout::new(XML, WORDS, true).unwrap();
        assert_eq!(layout.text, "The quay\n\nANN VEY: Don't go. \"Stay. Sit\".\n\nCLERK: Café");
        assert_eq!(layout.labels, [(10, 18), (43, 49)]);
        let turns: Vec<_> = layout.turns.iter().map(|it| (it.speaker.as_str(), it.words.clone())).collect();
        assert_eq!(turns, [("ANN VEY", 2..12), ("CLERK", 12..13)]);
        assert_eq!(layout.sentences, [0..2, 2..6, 6..9, 9..12, 12..13]);
        assert_eq!(layout.quotations, [Quotation { cited: false, words: 6..11 }]);
        for (word, (start, end)) in ["The", "quay", "Do", "n't", "go"].iter().zip(&layout.words) {
            let there = layout.text.chars().skip(*start as usize).take((end - start) as usize);
            assert_eq!(there.collect::<String>(), *word);
        }
        assert_eq!(layout.words.last(), Some(&(50, 54)));
        let bare = Layout::new(XML, WORDS, false).unwrap();
        assert_eq!(bare.text, "The quay\n\nDon't go. \"Stay. Sit\".\n\nCafé");
    }

    #[test]
    fn one_speaker_alone_gets_no_label() {
        let alone = XML.replace("#Clerk", "#AnnVey");
        assert_eq!(Layout::new(&alone, WORDS, true).unwrap().labels, []);
    }

    #[test]
    fn files_that_do_not_fit_are_refused() {
        for (xml, words) in [
            (XML.replace("Café\tNN\n", ""), WORDS.to_owned()),
            (XML.to_owned(), WORDS.replace("1\tCafé\t_\t_\n", "")),
            (XML.replace("<q>\n", ""), WORDS.to_owned()),
            (XML.to_owned(), WORDS.replace("1\tCafé\t_\t_", "1 Café")),
        ] {
            assert!(Layout::new(&xml, &words, true).is_err());
        }
    }

    #[test]
    fn names_are_told_as_transcripts_print_them() {
        assert_eq!(speaker_name("#AnnVey"), "ANN VEY");
        assert_eq!(speaker_name("#DYLorne"), "DY LORNE");
        assert_eq!(speaker_name("#Clerk"), "CLERK");
    }

    #[test]
    fn attributes_are_found_by_their_whole_names() {
        assert_eq!(attribute("<sp whom=\"#A\" who=\"#B\">", "who"), Some("#B"));
        assert_eq!(attribute("<sp whom=\"#A\">", "who"), None);
    }
}
