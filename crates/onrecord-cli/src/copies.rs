//! The command `copies`: which documents of a case go back to one another.

use crate::add::told;
use crate::case_options::CopiesOptions;
use crate::output::is_broken_pipe;
use crate::people::enter;
use crate::speak::Speaker;
use onrecord::case::ExportError;
use onrecord::copies::{Copies, Told, write_copies};
use onrecord::ledger::log::Content;
use onrecord::ledger::{Case, Fault};
use onrecord::linking::origins::{Kind, Relation, Tie};
use onrecord::record::{DocumentId, TextIndex};
use onrecord::{Problem, harmless_line};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// How many reporting lines are told unless somebody says otherwise: about two screens.
const LINES: usize = 20;

/// How many pairs that are not of one line are named; all of them are in the jsonl.
const OTHERS: usize = 10;

/// The most characters of a sample passage.
const SAMPLE: usize = 160;

/// Runs the command and says how it went.
pub(crate) fn run(options: &CopiesOptions) -> ExitCode {
    if let Some(reason) = &options.reason {
        return enter(&options.find.case.folder, &options.actor, |case| said(options, case, reason));
    }
    let mut speaker = Speaker::new(options.quiet, false);
    match tell(options, &mut speaker) {
        Ok(()) => ExitCode::SUCCESS,
        // Who closed standard output has seen enough.
        Err(ExportError::Output(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(ExportError::Output(error)) => {
            let what = format!("cannot be written: {error}");
            speaker.failure(&Problem { place: "standard output".into(), what, hint: None });
            ExitCode::FAILURE
        }
        Err(ExportError::Case(fault)) => {
            speaker.failure(&told(fault));
            ExitCode::FAILURE
        }
    }
}

/// What a person says of the origins of documents, as an entry of the log.
fn said(options: &CopiesOptions, case: &Case, reason: &str) -> Result<Content, Fault> {
    let (ids, relation) = if options.independent.is_empty() {
        (&options.same_origin, "same_origin")
    } else {
        (&options.independent, "independent")
    };
    let documents: Vec<DocumentId> = ids.iter().map(|id| case.document(id)).collect::<Result<_, _>>()?;
    if let Some((at, id)) = documents.iter().enumerate().find(|(at, id)| documents[..*at].contains(id)) {
        return Err(Fault::refused(
            id.as_str(),
            format!("is named twice, the second time as number {}", at + 1),
        ));
    }
    Ok(Content::Origins { documents, relation: relation.into(), reason: reason.to_owned() })
}

fn tell(options: &CopiesOptions, speaker: &mut Speaker) -> Result<(), ExportError> {
    let case = Case::open(&options.find.case.folder)?;
    let copies = Copies::of_case(&case, |done| speaker.count(done, "new documents gone through"))?;
    speaker.done();
    let mut out = BufWriter::new(io::stdout().lock());
    let limit = options.limit.map(|limit| limit as usize);
    if options.find.jsonl() {
        write_copies(&case, &copies, limit.unwrap_or(usize::MAX), &mut out)?;
    } else {
        words(&case, &copies, limit.unwrap_or(LINES), &mut out)?;
    }
    out.flush()?;
    Ok(())
}

fn words(case: &Case, copies: &Copies, limit: usize, out: &mut impl Write) -> Result<(), ExportError> {
    let groups = copies.groups();
    let all: Vec<u32> = (0..copies.documents.len() as u32).collect();
    let counts = copies.lines.counts(&all);
    let documents = counted(counts.reports as usize, "document");
    match groups.len() {
        0 => writeln!(out, "{documents}; none is shown to be a copy of another.")?,
        lines => {
            let copied = groups.iter().map(Vec::len).sum();
            let copied = counted(copied, "document");
            writeln!(out, "{documents}; {copied} on {}.", counted(lines, "shared reporting line"))?;
        }
    }
    if counts.reports > 0 {
        writeln!(
            out,
            "Origins: at least {}, at most {}; of {} the origin is unknown.",
            counts.origins_at_least,
            counts.origins_at_most,
            counted(counts.unknown_origin as usize, "document")
        )?;
    }
    for (number, group) in groups.iter().take(limit).enumerate() {
        let size = counted(group.len(), "document");
        writeln!(out, "\n{}  one reporting line, {size}", number + 1)?;
        for (at, document) in group.iter().enumerate() {
            let earlier = group.get(..at).unwrap_or_default();
            let tie = strongest(copies, *document, earlier);
            document_words(copies, *document, tie, earlier, out)?;
        }
        sample(case, copies, group, out)?;
    }
    if groups.len() > limit {
        let more = counted(groups.len() - limit, "more reporting line");
        writeln!(out, "\n{more}: --limit {} tells them all.", groups.len())?;
    }
    heard(copies, out)?;
    others(copies, out)?;
    for circle in &copies.loops {
        let names: Vec<String> = circle.iter().map(|number| name(copies, *number)).collect();
        writeln!(out, "\nIn a circle of credits, so that none is the origin: {}", names.join("; "))?;
    }
    writeln!(out, "\nMade by {}.", copies.made_by.words())?;
    Ok(())
}

/// What people said of two documents, all of it: it counts before what the program found.
fn heard(copies: &Copies, out: &mut impl Write) -> io::Result<()> {
    if copies.said.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSaid by people, and counted so")?;
    for heard in &copies.said {
        let names = heard.documents.map(|number| name(copies, number));
        let by = &heard.by;
        let word = if heard.relation == Relation::Independent { "independent" } else { "one origin" };
        let program = match heard.program {
            None | Some(Relation::Unknown) => "no sign either way",
            Some(Relation::SameOrigin) => "one origin",
            Some(Relation::NotEstablished) => "not established",
            Some(Relation::Independent) => "independent",
        };
        let said = format!(
            "{word}: {}; {}, says {} (entry {}): {}; the program has: {program}",
            names[0], names[1], by.actor, by.entry, by.reason
        );
        writeln!(out, "  {}", harmless_line(&said))?;
        if heard.against {
            writeln!(out, "    AGAINST IT: both go back to one line through others, and are counted as one")?;
        }
    }
    Ok(())
}

/// Pairs that have something in common and are not shown to be of one origin.
fn others(copies: &Copies, out: &mut impl Write) -> io::Result<()> {
    let apart: Vec<&Tie> = copies
        .ties
        .iter()
        .filter(|tie| tie.relation != Relation::SameOrigin && copies.heard(tie.documents).is_none())
        .collect();
    if apart.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nSomething in common, a common origin not established")?;
    for tie in apart.iter().take(OTHERS) {
        let what = match tie.kind {
            Kind::Quote => "the same quotation",
            Kind::Copy => "words that their publisher prints again and again",
            Kind::Rewrite => "an earlier story taken up",
        };
        let names = tie.documents.map(|number| name(copies, number));
        writeln!(out, "  {what}: {}; {}", names[0], names[1])?;
    }
    if apart.len() > OTHERS {
        writeln!(out, "  and {}: --format jsonl tells them all", counted(apart.len() - OTHERS, "more pair"))?;
    }
    Ok(())
}

/// The surest tie of one origin between a document and others.
fn strongest<'c>(copies: &'c Copies, document: u32, others: &[u32]) -> Option<&'c Tie> {
    let of_both = |tie: &&Tie| {
        let [a, b] = tie.documents;
        tie.relation == Relation::SameOrigin
            && ((a == document && others.contains(&b)) || (b == document && others.contains(&a)))
    };
    // Copies before rewritten ones; of equals the first.
    let rank = |tie: &&Tie| {
        (std::cmp::Reverse(tie.kind), (tie.score * 1_000.0) as u32, std::cmp::Reverse(tie.documents))
    };
    copies.ties.iter().filter(of_both).max_by_key(rank)
}

fn document_words(
    copies: &Copies,
    number: u32,
    tie: Option<&Tie>,
    earlier: &[u32],
    out: &mut impl Write,
) -> io::Result<()> {
    let Some(told) = copies.documents.get(number as usize) else { return Ok(()) };
    let day = told.published.as_deref().unwrap_or("no day");
    let how = match tie {
        None if earlier.is_empty() => "earliest in this collection".into(),
        None => "on this line by a person’s word or through another of it".into(),
        Some(tie) => {
            let share = (tie.score * 100.0).round();
            let passages = counted(tie.passages.len(), "passage");
            let credit = tie.credits.first();
            let credit = credit.map_or(String::new(), |credit| format!(", credits {}", credit.publisher));
            match tie.kind {
                Kind::Copy => format!("copy: {share} % of the shorter text in {passages}{credit}"),
                _ => format!("rewritten copy ({share} % sure): {passages}{credit}"),
            }
        }
    };
    let publisher = told.publisher.as_deref().unwrap_or("publisher unknown");
    writeln!(out, "   {}", harmless_line(&format!("{day:10}  {publisher}: {}", title(told))))?;
    writeln!(out, "               {}", harmless_line(&format!("{how}  [{}]", told.id)))
}

/// The longest passage of the first tie of a group.
fn sample(case: &Case, copies: &Copies, group: &[u32], out: &mut impl Write) -> Result<(), ExportError> {
    let inside = |tie: &&Tie| {
        tie.relation == Relation::SameOrigin && tie.documents.iter().all(|document| group.contains(document))
    };
    let Some(tie) = copies.ties.iter().find(inside) else { return Ok(()) };
    let Some(passage) = tie.passages.iter().max_by_key(|it| (it.words, std::cmp::Reverse(it.spans))) else {
        return Ok(());
    };
    let both = if passage.kind == Kind::Rewrite { 2 } else { 1 };
    for (document, span) in tie.documents.iter().zip(passage.spans).take(both) {
        let text = copies.text(case, *document)?;
        let index = TextIndex::new(&text);
        let words = index.slice(span);
        let cut: String = words.chars().take(SAMPLE).collect();
        let dots = if cut.len() < words.len() { "…" } else { "" };
        let cut = cut.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "   | {}{dots}", harmless_line(&cut))?;
    }
    Ok(())
}

fn title(told: &Told) -> &str {
    told.title.as_deref().unwrap_or("without a title")
}

/// `Harbour Post, 2031-02-03: Quay to close [doc_…]`.
fn name(copies: &Copies, number: u32) -> String {
    let Some(told) = copies.documents.get(number as usize) else { return String::new() };
    let about: Vec<&str> =
        [&told.publisher, &told.published].into_iter().flatten().map(String::as_str).collect();
    let about = if about.is_empty() { String::new() } else { format!("{}: ", about.join(", ")) };
    harmless_line(&format!("{about}{} [{}]", title(told), told.id)).into_owned()
}

fn counted(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}
