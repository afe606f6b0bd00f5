//! What the elements of HTML mean for the text inside them.

/// What the elements around a place of the page say about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// Its text is not shown.
    pub(crate) skipped: bool,
    /// It is the content of a JSON-LD script.
    pub(crate) json_ld: bool,
    /// It is inside `svg` or `math`.
    pub(crate) foreign: bool,
    /// It is inside a link.
    pub(crate) link: bool,
    /// Its white space is kept.
    pub(crate) pre: bool,
    /// It is inside a block quotation.
    pub(crate) quote: bool,
    /// It is inside `article` or `main`.
    pub(crate) main: bool,
    /// It is inside navigation, a sidebar, a footer or a form.
    pub(crate) chrome: bool,
    /// It is in what stands beside an article: navigation, notices, comments, things to share.
    pub(crate) beside: bool,
    /// The level of the heading it is in, or 0.
    pub(crate) heading: u8,
}

impl Context {
    /// The context inside the element `name` that stands here.
    pub(crate) fn inside(mut self, name: &[u8], attribute: &dyn Fn(&str) -> Option<String>) -> Self {
        match name {
            b"script" => {
                let kind = attribute("type").unwrap_or_default();
                self.json_ld = kind.trim().to_ascii_lowercase().starts_with("application/ld+json");
            }
            b"a" => self.link = true,
            b"pre" => self.pre = true,
            b"blockquote" => self.quote = true,
            b"article" | b"main" => self.main = true,
            b"nav" | b"aside" | b"footer" | b"form" => self.chrome = true,
            b"h1" => self.heading = 1,
            b"h2" => self.heading = 2,
            b"h3" | b"h4" | b"h5" | b"h6" => self.heading = 3,
            b"svg" | b"math" => self.foreign = true,
            _ => {}
        }
        self.beside |= stands_beside(name, attribute);
        self.skipped |= is_unshown(name);
        // Pages that show themselves by script hide their body first.
        if !matches!(name, b"html" | b"body") {
            self.skipped |=
                attribute("hidden").is_some() || attribute("style").is_some_and(|style| hides(&style));
        }
        self
    }
}

/// Whether the element or its attributes say that it is no part of an article.
fn stands_beside(name: &[u8], attribute: &dyn Fn(&str) -> Option<String>) -> bool {
    if matches!(name, b"nav" | b"aside" | b"footer") {
        return true;
    }
    // Classes of these say what else the page has.
    if matches!(name, b"html" | b"body" | b"main" | b"article") {
        return false;
    }
    let roles = ["dialog", "alertdialog", "banner", "complementary", "navigation", "contentinfo"];
    let words = ["cookie", "cookies", "consent", "gdpr", "newsletter", "related", "comments", "share"];
    attribute("role").is_some_and(|role| roles.contains(&role.trim()))
        || ["class", "id"].iter().filter_map(|key| attribute(key)).any(|value| {
            let parts = value.split(|c: char| !c.is_ascii_alphanumeric()).take(40);
            parts.map(str::to_ascii_lowercase).any(|part| words.contains(&part.as_str()))
        })
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).take(2_000).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn is_unshown(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"template"
            | b"noscript"
            | b"title"
            | b"textarea"
            | b"select"
            | b"button"
            | b"iframe"
            | b"object"
            | b"svg"
            | b"canvas"
            | b"audio"
            | b"video"
            | b"datalist"
            | b"noembed"
            | b"noframes"
    )
}

/// Whether the element begins and ends a block of text.
#[rustfmt::skip]
pub(crate) fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"caption" | b"center" | b"dd" | b"details"
            | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
            | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"head" | b"header" | b"hgroup" | b"hr"
            | b"html" | b"legend" | b"li" | b"main" | b"menu" | b"nav" | b"ol" | b"p" | b"pre" | b"section"
            | b"summary" | b"table" | b"tbody" | b"td" | b"tfoot" | b"th" | b"thead" | b"tr" | b"ul" | b"xmp"
            | b"plaintext" | b"title" | b"iframe"
    )
}

/// Whether the element has no end.
#[rustfmt::skip]
pub(crate) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input" | b"link" | b"meta" | b"param"
            | b"source" | b"track" | b"wbr" | b"frame" | b"keygen" | b"basefont" | b"bgsound"
    )
}

/// Whether the element is one that parsers open again when it was left open across blocks.
#[rustfmt::skip]
pub(crate) fn is_formatting(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike" | b"strong"
            | b"tt" | b"u"
    )
}

/// The elements that end where `name` begins, when they stand close around it.
pub(crate) fn closed_by(name: &[u8]) -> Option<&'static [&'static [u8]]> {
    match name {
        b"li" => Some(&[b"li"]),
        b"dt" | b"dd" => Some(&[b"dt", b"dd"]),
        b"td" | b"th" => Some(&[b"td", b"th"]),
        b"tr" => Some(&[b"tr"]),
        _ if is_block(name) => Some(&[b"p"]),
        _ => None,
    }
}

/// Whether the element's attributes say that it holds the author's name.
pub(crate) fn names_author(name: &[u8], attribute: &dyn Fn(&str) -> Option<String>) -> bool {
    if matches!(name, b"html" | b"body" | b"main" | b"article" | b"section") {
        return false;
    }
    let is_author = |key: &str| {
        attribute(key).is_some_and(|value| value.split_ascii_whitespace().any(|word| word == "author"))
    };
    // Sites name their classes freely, but a byline is a byline, unless it is that of a photograph or its date.
    let names_byline = |class: &str| {
        let class = class.to_ascii_lowercase();
        let part = ["date", "time", "photo", "image", "img", "social", "share", "icon"];
        class == "author"
            || class == "author-name"
            || (class.contains("byline") && !part.iter().any(|part| class.contains(part)))
    };
    is_author("rel")
        || is_author("itemprop")
        || attribute("class").is_some_and(|value| value.split_ascii_whitespace().take(20).any(names_byline))
}
