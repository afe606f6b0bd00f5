//! Copies and rewritten copies, measured: against brute force on news articles, on rewritten copies that are made by rules,
//! and on the bundled case.
//!
//! | figure | what it counts |
//! | --- | --- |
//! | copies | pairs of articles of which the shorter has three tenths of its runs of five words in the other, by brute force over all such runs ([`brute_copies`]); what the program calls a copy against them |
//! | rewritten | articles rewritten by rules ([`Rewriter`]) that are told to be rewritten copies, or copies where enough is left word for word |
//! | alarms | the same said of other articles: for each the three most like it by tf-idf that share less than a twentieth of its runs |
//!
//! Articles with an even number were there for choosing the weights; the others are reported apart.

mod article;
mod brute_force;
mod on_case;
mod on_news;
mod rewriting;
mod score;
mod similar;
mod table;

pub use article::{Article, read_articles};
pub use brute_force::copies as brute_copies;
pub use on_case::{OnCase, on_case};
pub use on_news::{OnNews, on_news};
pub use rewriting::{Chance, Rewriter, STRENGTHS, Strength};
pub use score::{Hits, Rewrites, rewrites};
pub use similar::Similar;
pub use table::copies_markdown;
