//! The part of the page's style that depends on how many people its documents have.
//!
//! Numbers stand for people, so that all documents share one set of rules.

use super::PICKABLE;
use super::people::degrees;
use crate::view::View;
use std::collections::BTreeSet;
use std::fmt;

/// What the documents of a page need rules for.
#[derive(Default)]
pub(super) struct Rules {
    voices: usize,
    members: usize,
    /// The degrees of being sure of a mention, in hundredths.
    sure: BTreeSet<u32>,
}

impl Rules {
    /// Sees to it that one more document is ruled.
    pub(super) fn take_in(&mut self, view: &View<'_>) {
        self.voices = self.voices.max(view.voices.len()).min(PICKABLE);
        self.members = self.members.max(view.cast.len()).min(PICKABLE);
        self.sure.extend(degrees(view).into_iter().map(|sure| sure.percent));
    }
}

impl fmt::Display for Rules {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without a script, only the picked speaker's statements are left, and their mentions are lined.
        for n in 0..self.voices {
            let picked = |state: &str| format!(".v{n}:{state}~.spread");
            let (checked, focused) = (picked("checked"), picked("focus-visible"));
            writeln!(
                out,
                "{checked} .card:not(.p{n}){{display:none}}\
                 {checked} .g:not(.p{n}){{--tint:transparent;--line:transparent;--o:transparent;color:inherit}}\
                 {checked} .m{n}{{--under:var(--accent)}}\
                 {checked} .l{n}{{background:var(--picked)}}\
                 {focused} .l{n}{{outline:2px solid var(--accent)}}"
            )?;
        }
        // And a mention under the pointer, or with the focus, shows whom it means and where else they are mentioned. With
        // a script, that does it.
        let over = |class: &str| format!(":root:not(.has-js) .doc:has(.text {class}:is(:hover,:focus))");
        for n in 0..self.members {
            let doc = over(&format!(".m{n}"));
            writeln!(
                out,
                "{doc} :is(.m{n},.i{n},.t{n}){{display:inline;background:var(--same);--under:var(--accent)}}"
            )?;
        }
        for percent in &self.sure {
            writeln!(out, "{} .tips .y{percent}{{display:inline}}", over(&format!(".y{percent}")))?;
        }
        Ok(())
    }
}
