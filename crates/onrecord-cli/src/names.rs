//! The command `names`: how alike names are, and why.

use crate::names_options::{NamesFormat, NamesOptions};
use crate::output::is_broken_pipe;
use crate::speak::Speaker;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use csv::{ByteRecord, ReaderBuilder};
use onrecord::{Problem, harmless_line};
use onrecord_linking::names::{Band, Comparison, Schema, compare};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// So much of a name is shown in an answer.
const SHOWN: usize = 200;

/// Runs the command and says how it went.
pub(crate) fn run(options: &NamesOptions) -> ExitCode {
    let mut speaker = Speaker::new(false, true);
    let mut out = BufWriter::new(io::stdout().lock());
    let answered = match (&options.pairs, options.names.as_slice()) {
        (Some(path), _) => pairs(path, options, &mut speaker, &mut out),
        (None, [left, right]) => one(left, right, options, &mut out).map(|()| false),
        (None, _) => Ok(false),
    };
    match answered.and_then(|failed| out.flush().map(|()| failed)) {
        Ok(failed) => ExitCode::from(u8::from(failed)),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            speaker.failure(&Problem {
                place: "standard output".into(),
                what: format!("cannot be written: {error}"),
                hint: None,
            });
            ExitCode::FAILURE
        }
    }
}

fn one(left: &str, right: &str, options: &NamesOptions, out: &mut impl Write) -> io::Result<()> {
    let comparison = compare(left, right, options.schema.into());
    match options.format() {
        NamesFormat::Text => out.write_all(drawn(left, right, &comparison, coloured(options)).as_bytes()),
        NamesFormat::Jsonl => {
            let reasons: Vec<Value> = comparison
                .reasons
                .iter()
                .map(|reason| {
                    json!({
                        "for": reason.for_it, "kind": reason.kind.word(),
                        "left": reason.left, "right": reason.right, "text": reason.text,
                    })
                })
                .collect();
            let answer = json!({
                "left": left, "right": right, "score": rounded(comparison.score), "same": comparison.same(),
                "band": comparison.band.word(), "reasons": reasons,
            });
            writeln!(out, "{answer}")
        }
    }
}

/// Compares row by row; whether some rows failed. A row that failed has its place in the output all the same.
fn pairs(
    path: &Path,
    options: &NamesOptions,
    speaker: &mut Speaker,
    out: &mut impl Write,
) -> io::Result<bool> {
    let place = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
    let mut fail = |at: Option<u64>, what: String, hint: Option<&str>| {
        let place = at.map_or(place.to_string(), |line| format!("{place} line {line}"));
        speaker.failure(&Problem { place, what, hint: hint.map(str::to_owned) });
    };
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        match File::open(path) {
            Ok(file) => Box::new(file),
            Err(error) => {
                fail(None, format!("cannot be read: {error}"), None);
                return Ok(true);
            }
        }
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
    let columns = match reader.byte_headers().map(Columns::find) {
        Ok(Some(columns)) => columns,
        Ok(None) => {
            fail(None, "has no columns name1 and name2".into(), Some("name the columns in the first row"));
            return Ok(true);
        }
        Err(error) => {
            fail(None, format!("cannot be read: {error}"), None);
            return Ok(true);
        }
    };
    let colour = coloured(options);
    let (mut failed, mut row) = (false, ByteRecord::new());
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(false) => return Ok(failed),
            Ok(true) => {}
            Err(error) => {
                fail(None, format!("cannot be read further: {error}"), None);
                return Ok(true);
            }
        }
        match columns.read(&row, options.schema.into()) {
            Ok((left, right, schema)) => {
                let comparison = compare(left, right, schema);
                match options.format() {
                    NamesFormat::Text => out.write_all(line(left, right, &comparison, colour).as_bytes())?,
                    NamesFormat::Jsonl => {
                        let reasons: Vec<&str> =
                            comparison.reasons.iter().map(|reason| reason.text.as_str()).collect();
                        let answer = json!({
                            "score": rounded(comparison.score), "same": comparison.same(),
                            "band": comparison.band.word(), "reasons": reasons,
                        });
                        writeln!(out, "{answer}")?;
                    }
                }
            }
            Err(what) => {
                failed = true;
                match options.format() {
                    NamesFormat::Text => writeln!(out, "-     not compared: {what}")?,
                    NamesFormat::Jsonl => {
                        let answer =
                            json!({"score": null, "same": null, "band": null, "reasons": [], "error": what});
                        writeln!(out, "{answer}")?;
                    }
                }
                fail(row.position().map(csv::Position::line), what, None);
            }
        }
    }
}

/// Where the columns are.
struct Columns {
    left: usize,
    right: usize,
    schema: Option<usize>,
}

impl Columns {
    fn find(headers: &ByteRecord) -> Option<Columns> {
        let place = |name: &str| {
            headers.iter().position(|header| {
                let header = String::from_utf8_lossy(header);
                header.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name)
            })
        };
        Some(Columns { left: place("name1")?, right: place("name2")?, schema: place("schema") })
    }

    /// The names of a row and what bears them, or what is the matter with it.
    fn read<'a>(&self, row: &'a ByteRecord, usual: Schema) -> Result<(&'a str, &'a str, Schema), String> {
        let cell = |at: usize, name: &str| -> Result<&'a str, String> {
            let bytes = row.get(at).ok_or_else(|| format!("has no {name}"))?;
            let text = std::str::from_utf8(bytes).map_err(|_| format!("its {name} is not UTF-8"))?;
            if text.trim().is_empty() { Err(format!("its {name} is empty")) } else { Ok(text) }
        };
        let schema = self.schema.and_then(|at| row.get(at)).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let schema = schema.map(Schema::from_word).filter(|schema| *schema != Schema::Unknown);
        Ok((cell(self.left, "name1")?, cell(self.right, "name2")?, schema.unwrap_or(usual)))
    }
}

/// Four figures, cut and not rounded up, so that what is below a band's edge is shown below it.
fn rounded(score: f64) -> f64 {
    (score * 10_000.0).floor() / 10_000.0
}

fn coloured(options: &NamesOptions) -> bool {
    match options.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    }
}

fn band_style(band: Band) -> Style {
    let colour = match band {
        Band::Same => AnsiColor::Green,
        Band::Possible => AnsiColor::Yellow,
        Band::Different => AnsiColor::Red,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

fn painted(text: &str, style: Style, colour: bool) -> String {
    if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// A name as it can be shown: in one line, without what could disturb a terminal.
fn shown(name: &str) -> String {
    let mut shown: String = name.trim().chars().take(SHOWN).collect();
    if shown.len() < name.trim().len() {
        shown.push('…');
    }
    harmless_line(&shown).to_string()
}

/// The answer for two names: the band, then what speaks for it and against it.
fn drawn(left: &str, right: &str, comparison: &Comparison, colour: bool) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "“{}”\n“{}”", shown(left), shown(right));
    let band = painted(comparison.band.words(), band_style(comparison.band), colour);
    let _ = writeln!(text, "{band} ({:.2})", rounded(comparison.score));
    if comparison.reasons.is_empty() {
        let _ = writeln!(text, "  nothing to compare: a name needs letters");
    }
    for reason in &comparison.reasons {
        let (sign, ink) = if reason.for_it { ("+", AnsiColor::Green) } else { ("-", AnsiColor::Red) };
        let sign = painted(sign, Style::new().fg_color(Some(ink.into())), colour);
        let _ = writeln!(text, "  {sign} {}", harmless_line(&reason.text));
    }
    text
}

/// The answer for a row of a file: one line.
fn line(left: &str, right: &str, comparison: &Comparison, colour: bool) -> String {
    let band = painted(comparison.band.words(), band_style(comparison.band), colour);
    let score = rounded(comparison.score);
    format!("{score:.2}  {band}: “{}” and “{}”\n", shown(left), shown(right))
}
