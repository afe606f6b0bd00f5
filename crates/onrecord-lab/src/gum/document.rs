//! One document of GUM: its text, its quotations and its attribution satellites.

use super::layout::Layout;
use super::rhetoric::attribution_satellites;
use anyhow::bail;
use std::ops::Range;

/// A document with what is held against the reading of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GumDocument {
    /// The text and where its parts stand.
    pub layout: Layout,
    /// The satellites of attribution relations, each as the word ranges of its discourse units.
    pub satellites: Vec<Vec<Range<usize>>>,
}

impl GumDocument {
    /// Puts a document together from its markup, its words (CoNLL-U) and its eRST tree (rs4); `labels` says whether
    /// turns get the names of their speakers.
    ///
    /// # Errors
    /// When the three have different words.
    pub fn new(xml: &str, conllu: &str, rs4: &str, labels: bool) -> anyhow::Result<Self> {
        let layout = Layout::new(xml, conllu, labels)?;
        let (satellites, words) = attribution_satellites(rs4)?;
        if words != layout.words.len() {
            bail!("the tree has {words} words and the markup {}", layout.words.len());
        }
        Ok(GumDocument { layout, satellites })
    }

    /// The spans of these words, in code points.
    pub fn spans(&self, words: &Range<usize>) -> &[(u32, u32)] {
        self.layout.spans(words)
    }

    /// The characters from the first of these words to the last.
    pub fn slice(&self, words: &Range<usize>) -> String {
        self.layout.slice(words)
    }
}
