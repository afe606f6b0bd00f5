//! Which blocks of a page are the article.
//!
//! `dom_smoothie` (Mozilla's Readability in Rust) chooses; its own text is not used, since it cannot be traced to
//! bytes. Instead each text token of the page is marked with one private-use character before the page is handed
//! over, and the marks found in the answer tell which tokens were chosen.

use super::scan::{Block, Page};
use crate::Limits;
use dom_smoothie::{Config, Readability};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Private-use characters of planes 15 and 16, each plane without its last two code points.
const MARKS: usize = 2 * PLANE;
const PLANE: usize = 0xFFFE;

/// The chosen blocks, and why the choice is not to be relied on.
pub(crate) struct Choice {
    /// For each block whether it belongs to the article.
    pub(crate) keep: Vec<bool>,
    pub(crate) warning: Option<String>,
}

/// Chooses the article's blocks; where that is not possible, every block.
pub(crate) fn choose(source: &str, page: &Page, title: Option<&str>, limits: &Limits) -> Choice {
    let all = |why: &str| Choice {
        keep: vec![true; page.blocks.len()],
        warning: Some(format!("{why}, so all text of the page was taken, menus and notices included.")),
    };
    if page.depth > limits.depth {
        return all("The page nests its elements too deeply to look for the article");
    }
    if page.elements > limits.elements || page.tokens.len() > MARKS {
        return all("The page has too many elements to look for the article");
    }
    let Some(tokens) = chosen_tokens(source, page) else {
        return all("No article was found in the page");
    };
    let mut keep: Vec<bool> = page.blocks.iter().map(|block| is_chosen(block, &tokens)).collect();
    if !keep.contains(&true) {
        return all("No article was found in the page");
    }
    fill_gaps(source, &page.blocks, &mut keep);
    leave_out(&page.blocks, &mut keep, |block| !block.context.main);
    leave_out(&page.blocks, &mut keep, |block| block.context.beside);
    if let Some(headline) = headline(source, &page.blocks, &keep, title)
        && let Some(kept) = keep.get_mut(headline)
    {
        *kept = true;
    }
    Choice { keep, warning: None }
}

fn mark(token: usize) -> Option<char> {
    let plane = if token < PLANE { 0xF0000 + token } else { 0x10_0000 + token - PLANE };
    char::from_u32(u32::try_from(plane).ok()?).filter(|_| token < MARKS)
}

fn token_of(mark: char) -> Option<usize> {
    match mark as usize {
        code @ 0xF0000..=0xFFFFD => Some(code - 0xF0000),
        code @ 0x10_0000..=0x10_FFFD => Some(code - 0x10_0000 + PLANE),
        _ => None,
    }
}

/// For each token whether it is part of the article, or None where no article was found.
fn chosen_tokens(source: &str, page: &Page) -> Option<Vec<bool>> {
    let mut marked = String::with_capacity(source.len() + page.tokens.len() * 4);
    let mut from = 0;
    let plain = |text: &str| text.chars().filter(|c| token_of(*c).is_none()).collect::<String>();
    for (token, &start) in page.tokens.iter().enumerate() {
        let token_text = source.get(start..).unwrap_or_default();
        // The mark goes right before the first word: parsers drop or move white space between elements.
        let word = start + token_text.len() - token_text.trim_start().len();
        marked.push_str(&plain(source.get(from..word).unwrap_or_default()));
        marked.extend(mark(token));
        from = from.max(word);
    }
    marked.push_str(&plain(source.get(from..).unwrap_or_default()));
    // The crate is not ours and pages are hostile: should it panic on one, that page is read without a choice, as
    // one on which it finds nothing. Nothing of its state outlives the call.
    let article = catch_unwind(AssertUnwindSafe(|| {
        Readability::new(marked, None, Some(Config::default())).and_then(|mut page| page.parse()).ok()
    }));
    let text = article.ok()??.text_content;
    let mut chosen = vec![false; page.tokens.len()];
    for token in text.chars().filter_map(token_of) {
        if let Some(chosen) = chosen.get_mut(token) {
            *chosen = true;
        }
    }
    Some(chosen)
}

/// A block belongs to the article when at least half of its text was chosen, so that it stays whole.
fn is_chosen(block: &Block, tokens: &[bool]) -> bool {
    let is_in = |token: usize| tokens.get(token).copied().unwrap_or_default();
    let chosen: usize =
        block.tokens.iter().filter(|(token, _)| is_in(*token)).map(|(_, length)| length).sum();
    chosen > 0 && chosen * 2 >= block.length
}

/// Takes in running text that was left out alone between two chosen blocks, and quotations: not lists, nor notices of
/// several lines, nor links.
fn fill_gaps(source: &str, blocks: &[Block], keep: &mut [bool]) {
    let kept: Vec<usize> = keep.iter().enumerate().filter(|(_, keep)| **keep).map(|(at, _)| at).collect();
    for pair in kept.windows(2) {
        let &[from, to] = pair else { continue };
        if to - from > 4 {
            continue;
        }
        for at in from + 1..to {
            let (Some(block), Some(keep)) = (blocks.get(at), keep.get_mut(at)) else { continue };
            let context = block.context;
            let alone = (to - from == 2 && block.length >= 60) || context.quote;
            let prose = block.linked == 0 && !context.chrome && context.heading == 0;
            *keep |= alone && prose && ends_as_a_sentence(&block.text(source));
        }
    }
}

/// Leaves out the chosen blocks that are `outside`, unless they are much of the text: then the page's elements do not
/// mean what they say, as where only the cards of other stories are marked as articles.
fn leave_out(blocks: &[Block], keep: &mut [bool], outside: impl Fn(&Block) -> bool) {
    let kept = || blocks.iter().zip(keep.iter()).filter(|(_, keep)| **keep).map(|(block, _)| block);
    let all: usize = kept().map(|block| block.length).sum();
    let out: usize = kept().filter(|block| outside(block)).map(|block| block.length).sum();
    if out * 3 <= all {
        for (block, keep) in blocks.iter().zip(keep) {
            *keep &= !outside(block);
        }
    }
}

fn ends_as_a_sentence(text: &str) -> bool {
    let text =
        text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')'));
    text.ends_with(['.', '!', '?', '…', ':'])
}

/// The block that shows the headline, when it stands before the article's own blocks.
fn headline(source: &str, blocks: &[Block], keep: &[bool], title: Option<&str>) -> Option<usize> {
    let first = keep.iter().position(|keep| *keep)?;
    let headings =
        || blocks.iter().enumerate().take(first + 3).filter(|(_, block)| block.context.heading > 0);
    let title = words(title.unwrap_or_default());
    let best = headings()
        .filter(|(_, block)| block.context.heading <= 2)
        .map(|(at, block)| (alike(&words(&block.text(source)), &title), at))
        .filter(|(alike, _)| *alike >= 0.6)
        .max_by(|(a, at), (b, bt)| a.total_cmp(b).then(at.cmp(bt)));
    if let Some((_, at)) = best {
        return Some(at).filter(|at| *at < first);
    }
    let mut first_level = headings().filter(|(_, block)| block.context.heading == 1 && !block.context.chrome);
    match (first_level.next(), first_level.next()) {
        (Some((at, block)), None) if at < first && words(&block.text(source)).len() >= 4 => Some(at),
        _ => None,
    }
}

/// The words by which headlines are compared.
pub(crate) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(60).map(str::to_lowercase).collect()
}

/// The share of words two headlines have in common.
pub(crate) fn alike(a: &[String], b: &[String]) -> f32 {
    let common = a.iter().filter(|word| b.contains(word)).count();
    let most = a.len().max(b.len());
    if most == 0 { 0.0 } else { common as f32 / most as f32 }
}
