//! Pages: their visible text with the bytes of each piece, the article within it, and what the page says of itself.

mod article;
mod element;
mod json_ld;
mod meta;
mod piece;
mod scan;

use crate::Limits;
use crate::charset::{Decoded, Way};
use crate::map::EvidenceMap;
use crate::metadata::Metadata;
use scan::Block;

pub(crate) use meta::declared_charset;

/// The text of a page's article, and what the page says of itself.
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) map: EvidenceMap,
    pub(crate) metadata: Metadata,
    pub(crate) warnings: Vec<String>,
}

/// Reads a decoded page.
pub(crate) fn read(decoded: &Decoded<'_>, limits: &Limits) -> Article {
    // The tokenizer counts on newlines alone; in a page a carriage return is white space all the same, and one byte
    // for one byte keeps every offset.
    let source: String = decoded.text.replace("\r\n", " \n").replace('\r', "\n");
    let page = scan::scan(&source);
    let metadata = meta::metadata(&source, &page);
    let choice = article::choose(&source, &page, metadata.title.as_deref(), limits);
    let mut article = Article {
        text: String::new(),
        map: EvidenceMap::default(),
        metadata,
        warnings: choice.warning.into_iter().collect(),
    };
    let way = decoded.way();
    for (block, _) in page.blocks.iter().zip(&choice.keep).filter(|(_, keep)| **keep) {
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
            article.map.push_unmapped(2);
        }
        push(&mut article, &source, block, &way, decoded.is_identity());
    }
    article
}

fn push(article: &mut Article, source: &str, block: &Block, way: &Way<'_>, identity: bool) {
    for piece in &block.pieces {
        let text = piece.text(source);
        article.text.push_str(text);
        if piece.made.is_some() {
            let (start, end) = way.evidence(piece.start, piece.end);
            article.map.push(text.chars().count() as u32, start, end - start);
        } else if identity {
            article.map.push_utf8(text, piece.start);
        } else {
            for (at, character) in text.char_indices() {
                let from = piece.start + at;
                let (start, end) = way.evidence(from, from + character.len_utf8());
                article.map.push(1, start, end - start);
            }
        }
    }
}
