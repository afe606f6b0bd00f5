//! The cases of the readable pages in `suite/`.
//!
//! A case is a heading of the third level, a fenced block with the input and a fenced block ```` ```expect ```` with what
//! must come of it, a line each; blank lines there do not count. The first word behind the input's fence says what it is, `text` or `html`;
//! a second word is the file's name. Cases below a heading `## Known wrong` have a block ```` ```actual ```` too: what
//! the program makes of them today.

use anyhow::{Context, bail};
use std::ops::Range;

/// A case of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteCase {
    /// Its heading.
    pub name: String,
    /// The file's name that the input goes by: the one given, or `case.txt` or `case.html`.
    pub file: String,
    /// The input, without the line end before the closing fence.
    pub input: String,
    /// What must come of it.
    pub expected: Vec<String>,
    /// For a case known to be wrong, what comes of it.
    pub actual: Option<Vec<String>>,
    /// Where the lines of the block `actual` stand in the page, in bytes.
    pub actual_at: Option<Range<usize>>,
}

/// The cases of a page, in order. Fails, naming the case, when one has not the blocks it must have.
pub fn suite_cases(page: &str) -> anyhow::Result<Vec<SuiteCase>> {
    let (mut cases, mut known_wrong) = (Vec::new(), false);
    let mut open: Option<(String, Vec<Block>)> = None;
    let mut at = 0;
    let mut lines = page.split_inclusive('\n');
    while let Some(line) = lines.next() {
        at += line.len();
        if line.starts_with("### ") || line.starts_with("## ") {
            cases.extend(open.take().map(|(name, blocks)| case(name, blocks, known_wrong)));
        }
        if let Some(name) = line.strip_prefix("### ") {
            open = Some((name.trim().to_owned(), Vec::new()));
        } else if let Some(name) = line.strip_prefix("## ") {
            known_wrong = name.trim() == "Known wrong";
        } else if let Some(info) = line.strip_prefix("```") {
            let start = at;
            let closed = lines.by_ref().any(|line| {
                at += line.len();
                line.trim_end() == "```"
            });
            if !closed {
                bail!("the block that opens with {:?} does not end", line.trim_end());
            }
            let body = page.get(start..at).and_then(|body| body.rfind("```")).unwrap_or_default();
            if let Some((_, blocks)) = &mut open {
                blocks.push(Block {
                    info: info.split_whitespace().map(str::to_owned).collect(),
                    lines: page.get(start..start + body).unwrap_or_default().to_owned(),
                    at: start..start + body,
                });
            }
        }
    }
    cases.extend(open.take().map(|(name, blocks)| case(name, blocks, known_wrong)));
    cases.into_iter().collect()
}

/// The page with the block `actual` of each case replaced; `actual` has the lines of every case in order and is not
/// looked at for cases without such a block.
pub fn with_actual(page: &str, cases: &[SuiteCase], actual: &[Vec<String>]) -> String {
    let mut out = page.to_owned();
    for (case, lines) in cases.iter().zip(actual).rev() {
        if let Some(at) = &case.actual_at {
            let block: String = lines.iter().map(|line| format!("{line}\n")).collect();
            out.replace_range(at.clone(), &block);
        }
    }
    out
}

struct Block {
    info: Vec<String>,
    lines: String,
    at: Range<usize>,
}

impl Block {
    fn is(&self, kind: &str) -> bool {
        self.info.first().is_some_and(|first| first == kind)
    }

    fn listed(&self) -> Vec<String> {
        self.lines.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

fn case(name: String, blocks: Vec<Block>, known_wrong: bool) -> anyhow::Result<SuiteCase> {
    let one = |kind: &str| {
        let mut of_kind = blocks.iter().filter(|block| block.is(kind));
        let block = of_kind.next().with_context(|| format!("{name}: no block {kind}"))?;
        if of_kind.next().is_some() {
            bail!("{name}: more than one block {kind}");
        }
        Ok(block)
    };
    let kind = if blocks.iter().any(|block| block.is("html")) { "html" } else { "text" };
    let (input, expected) = (one(kind)?, one("expect")?);
    let actual = if known_wrong { Some(one("actual")?) } else { None };
    let known = if known_wrong { 3 } else { 2 };
    if blocks.len() != known {
        bail!("{name}: {} blocks, not {known}", blocks.len());
    }
    let ending = if kind == "html" { "html" } else { "txt" };
    Ok(SuiteCase {
        file: input.info.get(1).cloned().unwrap_or_else(|| format!("case.{ending}")),
        input: input.lines.strip_suffix('\n').unwrap_or_default().to_owned(),
        expected: expected.listed(),
        actual: actual.map(Block::listed),
        actual_at: actual.map(|block| block.at.clone()),
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Page\n\n```\nno case\n```\n## Good\n### One\nWhy.\n```text 2030-01-02.txt\nA b.\n\nC.\n```\n\
        ```expect\na | b\n\n```\n## Known wrong\n### Two\n```html\n<p>\n```\n```expect\n```\n```actual\nx\ny\n```\n";

    #[test]
    fn a_page_of_two_cases() {
        let cases = suite_cases(PAGE).unwrap();
        assert_eq!(cases.len(), 2);
        assert_eq!((cases[0].file.as_str(), cases[0].input.as_str()), ("2030-01-02.txt", "A b.\n\nC."));
        assert_eq!((&cases[0].expected, &cases[0].actual), (&vec!["a | b".to_owned()], &None));
        assert_eq!((cases[1].file.as_str(), cases[1].expected.len()), ("case.html", 0));
        assert_eq!(cases[1].actual, Some(vec!["x".to_owned(), "y".to_owned()]));
        let page = with_actual(PAGE, &cases, &[vec!["no".into()], vec!["z".into()]]);
        assert_eq!(page, PAGE.replace("x\ny\n", "z\n"));
    }

    #[test]
    fn a_case_without_its_blocks_is_refused() {
        assert!(suite_cases("### A\n```text\nb\n```\n").is_err());
        assert!(suite_cases("## Known wrong\n### A\n```text\nb\n```\n```expect\n```\n").is_err());
        assert!(suite_cases("### A\n```text\nb\n").is_err());
        assert!(suite_cases("### A\n```text\nb\n```\n```expect\n```\n```actual\n```\n").is_err());
    }
}
