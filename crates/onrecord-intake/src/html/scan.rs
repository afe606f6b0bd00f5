//! A page's source becomes blocks of visible text, and what its head and attributes say about it.

use super::element::{self, Context};
use super::piece::{Piece, pieces};
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What one pass over a page finds.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The visible text, block by block, in the order of the source.
    pub(crate) blocks: Vec<Block>,
    /// Where in the source each non-blank text token of the blocks begins; a block names its tokens by index.
    pub(crate) tokens: Vec<usize>,
    /// Names and values of the page's `meta` elements.
    pub(crate) metas: Vec<(String, String)>,
    /// The content of the page's JSON-LD scripts.
    pub(crate) json_ld: Vec<Range<usize>>,
    /// The `title` element.
    pub(crate) title: Option<String>,
    /// What elements marked as naming the author hold.
    pub(crate) authors: Vec<String>,
    /// The values of `time` elements, with how surely each is the day of publication (2 marked so, 1 in the article).
    pub(crate) times: Vec<(u8, String)>,
    /// The language the page says it is in.
    pub(crate) language: Option<String>,
    /// The most elements open at once.
    pub(crate) depth: usize,
    /// All elements.
    pub(crate) elements: usize,
}

/// A paragraph, heading, list item or cell.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) pieces: Vec<Piece>,
    /// Its text tokens, with how many bytes of its text each gave.
    pub(crate) tokens: Vec<(usize, usize)>,
    /// Where it stands.
    pub(crate) context: Context,
    /// The bytes of its text, and those of them in links.
    pub(crate) length: usize,
    pub(crate) linked: usize,
}

impl Block {
    /// The characters.
    pub(crate) fn text(&self, source: &str) -> String {
        self.pieces.iter().map(|piece| piece.text(source)).collect()
    }
}

/// Scans `source`, which must not hold carriage returns.
pub(crate) fn scan(source: &str) -> Page {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut scanner = Scanner { source, ..Scanner::default() };
    for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
        match token {
            Token::StartTag(tag) => scanner.open(&tag),
            Token::EndTag(tag) => scanner.close(&tag),
            Token::String(text) => scanner.text(text.span.start, text.span.end, &text.value),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    scanner.end_block();
    scanner.page
}

struct Open {
    name: Vec<u8>,
    context: Context,
}

/// What is done with the text inside an element besides showing it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Title,
    Author,
}

#[derive(Default)]
struct Scanner<'s> {
    source: &'s str,
    page: Page,
    stack: Vec<Open>,
    /// How many elements of each name are open, so that a stray end tag costs nothing.
    open: HashMap<Vec<u8>, usize>,
    /// Formatting elements not closed: parsers open them again in each paragraph, which makes depth.
    formatting: usize,
    block: Block,
    /// A run of white space not yet known to stand between words.
    space: Option<Piece>,
    /// How many line breaks stand at the end of the block so far.
    breaks: usize,
    listening: Option<(Use, usize, String)>,
}

impl Scanner<'_> {
    fn context(&self) -> Context {
        self.stack.last().map(|open| open.context).unwrap_or_default()
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        self.page.elements += 1;
        let name: &[u8] = &tag.name;
        let attribute = |name: &str| {
            tag.attributes
                .get(name.as_bytes())
                .map(|value| String::from_utf8_lossy(&value.value).into_owned())
        };
        match name {
            b"meta" => self.meta(&attribute),
            b"html" => self.page.language = self.page.language.take().or(attribute("lang")),
            b"time" => self.time(&attribute),
            b"br" => self.line_break(tag.span.start, tag.span.end),
            _ => {}
        }
        if let Some(closed) = element::closed_by(name) {
            self.imply_end(closed);
        }
        if element::is_block(name) {
            self.end_block();
        }
        let foreign = self.context().foreign || matches!(name, b"svg" | b"math");
        if element::is_void(name) || (foreign && tag.self_closing) {
            return;
        }
        let context = self.context().inside(name, &attribute);
        if element::is_formatting(name) {
            self.formatting += 1;
        }
        *self.open.entry(name.to_vec()).or_default() += 1;
        self.stack.push(Open { name: name.to_vec(), context });
        self.page.depth = self.page.depth.max(self.stack.len()).max(self.formatting);
        self.listen(name, &attribute, context);
        if name == b"q" && !context.skipped {
            self.generated(tag.span.start, tag.span.end, "“");
        }
    }

    fn close(&mut self, tag: &EndTag<usize>) {
        let name: &[u8] = &tag.name;
        if element::is_formatting(name) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        if element::is_block(name) {
            self.end_block();
        }
        if self.open.get(name).copied().unwrap_or_default() == 0 {
            return;
        }
        if name == b"q" && !self.context().skipped {
            self.space = None;
            self.generated(tag.span.start, tag.span.end, "”");
        }
        while let Some(open) = self.pop() {
            if open == name {
                break;
            }
        }
    }

    fn pop(&mut self) -> Option<Vec<u8>> {
        let open = self.stack.pop()?;
        if let Some(count) = self.open.get_mut(&open.name) {
            *count = count.saturating_sub(1);
        }
        let heard = self.listening.take_if(|(_, depth, _)| *depth > self.stack.len());
        if let Some((purpose, _, text)) = heard {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            match purpose {
                _ if text.is_empty() => {}
                Use::Title => self.page.title = self.page.title.take().or(Some(text)),
                Use::Author => self.page.authors.push(text),
            }
        }
        Some(open.name)
    }

    /// Ends an element whose end tag may be left out, when the next of its kind begins close by.
    fn imply_end(&mut self, closed: &[&[u8]]) {
        for (above, open) in self.stack.iter().rev().take(8).enumerate() {
            if closed.contains(&open.name.as_slice()) {
                for _ in 0..=above {
                    self.pop();
                }
                return;
            }
            if element::is_block(&open.name) {
                return;
            }
        }
    }

    fn meta(&mut self, attribute: &dyn Fn(&str) -> Option<String>) {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| attribute(key));
        if let (Some(name), Some(content)) = (name, attribute("content")) {
            let content = content.trim();
            if !content.is_empty() && content.len() < 2_000 && self.page.metas.len() < 1_000 {
                self.page.metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    fn time(&mut self, attribute: &dyn Fn(&str) -> Option<String>) {
        let context = self.context();
        if let Some(value) = attribute("datetime").filter(|_| self.page.times.len() < 100) {
            let marked = attribute("itemprop").is_some_and(|name| name == "datePublished")
                || attribute("pubdate").is_some();
            let sure = if marked { 2 } else { u8::from(context.main && !context.chrome) };
            self.page.times.push((sure, value));
        }
    }

    fn listen(&mut self, name: &[u8], attribute: &dyn Fn(&str) -> Option<String>, context: Context) {
        if self.listening.is_some() {
            return;
        }
        let purpose = if name == b"title" && !context.foreign && self.page.title.is_none() {
            Use::Title
        } else if !context.skipped && self.page.authors.len() < 20 && element::names_author(name, attribute) {
            Use::Author
        } else {
            return;
        };
        self.listening = Some((purpose, self.stack.len(), String::new()));
    }

    fn text(&mut self, start: usize, end: usize, value: &[u8]) {
        if let Some((_, _, heard)) = &mut self.listening
            && heard.len() < 500
        {
            heard.push_str(&String::from_utf8_lossy(value.get(..500).unwrap_or(value)));
            heard.push(' ');
        }
        let context = self.context();
        if context.json_ld {
            self.page.json_ld.push(start..end);
        }
        if context.skipped {
            return;
        }
        let before = self.block.length;
        for piece in pieces(self.source, start, end, value) {
            if context.pre {
                self.piece(piece);
            } else {
                self.collapse(&piece);
            }
        }
        let added = self.block.length - before;
        if added > 0 {
            self.block.tokens.push((self.page.tokens.len(), added));
            self.page.tokens.push(start);
            if context.link {
                self.block.linked += added;
            }
        }
    }

    /// Appends a piece with each run of white space made one space, as browsers show it.
    fn collapse(&mut self, piece: &Piece) {
        let source = self.source;
        let text = piece.text(source);
        // A byte-order mark is no character of the page.
        let is_space = |c: char| {
            matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') || (c == '\u{feff}' && piece.start == 0)
        };
        let mut rest = text;
        while !rest.is_empty() {
            let spaces = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
            let offset = text.len() - rest.len();
            let place = |from: usize, to: usize| match piece.made {
                Some(_) => (piece.start, piece.end),
                None => (piece.start + from, piece.start + to),
            };
            if spaces > 0 {
                let (start, end) = place(offset, offset + spaces);
                if self.space.is_none() {
                    self.space = Some(Piece::made(start, end, " "));
                }
            }
            rest = rest.get(spaces..).unwrap_or_default();
            let word = rest.find(is_space).unwrap_or(rest.len());
            if word > 0 {
                let from = offset + spaces;
                let (start, end) = place(from, from + word);
                self.piece(match piece.made {
                    Some(_) => Piece::made(start, end, rest.get(..word).unwrap_or_default()),
                    None => Piece::literal(start, end),
                });
            }
            rest = rest.get(word..).unwrap_or_default();
        }
    }

    /// Appends a piece as it is, behind the space that waited for it.
    fn piece(&mut self, piece: Piece) {
        if let Some(space) = self.space.take()
            && self.block.length > 0
            && self.breaks == 0
        {
            self.push(space);
        }
        self.breaks = 0;
        self.push(piece);
    }

    fn push(&mut self, mut piece: Piece) {
        self.block.length += piece.text(self.source).len();
        if piece.made.as_deref() == Some(" ") && self.source.get(piece.start..piece.end) == Some(" ") {
            piece.made = None;
        }
        if let Some(last) = self.block.pieces.last_mut()
            && last.made.is_none()
            && piece.made.is_none()
            && last.end == piece.start
        {
            last.end = piece.end;
            return;
        }
        self.block.pieces.push(piece);
    }

    /// Appends what a browser shows for a tag.
    fn generated(&mut self, start: usize, end: usize, text: &str) {
        self.piece(Piece::made(start, end, text));
    }

    /// One line break is a new line, two are a new paragraph.
    fn line_break(&mut self, start: usize, end: usize) {
        self.space = None;
        if self.context().skipped || self.block.length == 0 {
            return;
        }
        if self.breaks > 0 {
            self.end_block();
            return;
        }
        self.push(Piece::made(start, end, "\n"));
        self.breaks = 1;
    }

    fn end_block(&mut self) {
        self.space = None;
        if std::mem::take(&mut self.breaks) > 0
            && let Some(last) = self.block.pieces.pop()
        {
            self.block.length -= last.text(self.source).len();
        }
        let block = std::mem::take(&mut self.block);
        if block.pieces.iter().any(|piece| !piece.text(self.source).trim().is_empty()) {
            self.page.blocks.push(Block { context: self.context(), ..block });
        }
    }
}

/// The `meta` values of a page under their names, the first of each name.
pub(crate) fn first_metas(metas: &[(String, String)]) -> BTreeMap<&str, &str> {
    let mut first = BTreeMap::new();
    for (name, content) in metas {
        first.entry(name.as_str()).or_insert(content.as_str());
    }
    first
}
