//! Where the record goes: standard output, a file, or a directory of files.

use crate::arguments::{Format, ReadOptions};
use clap::ColorChoice;
use onrecord::export::{brat, jsonl};
use onrecord::report::html::Report;
use onrecord::report::text::{self, Look};
use onrecord::{Problem, Record};
use serde_json::{Map, Value};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The size limit that is not worth a word in the header.
const USUAL_MAX_SIZE: u64 = 20_000_000;

/// What one document adds to the output.
pub(crate) struct Part {
    /// The input it came from.
    pub(crate) name: String,
    /// The document's warnings.
    pub(crate) warnings: Vec<String>,
    /// How many statements it has.
    pub(crate) statements: usize,
    body: Body,
}

enum Body {
    /// To be written as they are.
    Bytes(Vec<u8>),
    /// To be worked into something that knows of the other documents.
    Record(Box<Record>),
}

/// Makes parts; used on many threads.
pub(crate) struct Renderer {
    format: Format,
    look: Look,
}

impl Renderer {
    /// The part that `record` adds.
    pub(crate) fn part(&self, name: &str, record: Record) -> io::Result<Part> {
        let warnings = record.document.warnings.clone();
        let statements = record.reading.statements.len();
        let body = match self.format {
            Format::Text => Body::Bytes(text::draw(&record, &self.look).into_bytes()),
            Format::Jsonl => {
                let mut bytes = Vec::with_capacity(record.document.text().len() * 2);
                jsonl::write_record(&record, &mut bytes)?;
                Body::Bytes(bytes)
            }
            Format::Html | Format::Brat => Body::Record(Box::new(record)),
        };
        Ok(Part { name: name.to_owned(), warnings, statements, body })
    }
}

impl Part {
    /// Refuses a second document where only one can be written.
    pub(crate) fn allowed(self, output: &Output) -> Result<Part, Problem> {
        match output.kind {
            Kind::BratOne { written: true } => Err(Problem {
                place: self.name,
                what: "holds more than the one document that brat's standard output can take".into(),
                hint: Some("give --output DIR".into()),
            }),
            _ => Ok(self),
        }
    }
}

/// The open output.
pub(crate) struct Output {
    to: Box<dyn Write>,
    /// The unfinished file and the name it gets when it is done.
    pending: Option<(PathBuf, PathBuf)>,
    format: Format,
    look: Look,
    kind: Kind,
}

enum Kind {
    Stream,
    Html(Box<Report>),
    BratOne { written: bool },
    BratMany(PathBuf),
}

impl Output {
    /// Opens what the options ask for and writes what comes first.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub(crate) fn open(options: &ReadOptions, model: &str) -> io::Result<Self> {
        let format = options.format();
        let kind = match (format, &options.output) {
            (Format::Text | Format::Jsonl, _) => Kind::Stream,
            (Format::Html, _) => Kind::Html(Box::new(Report::new(model))),
            (Format::Brat, None) => Kind::BratOne { written: false },
            (Format::Brat, Some(directory)) => {
                fs::create_dir_all(directory)?;
                fs::write(directory.join("annotation.conf"), brat::CONFIGURATION)?;
                Kind::BratMany(directory.clone())
            }
        };
        let mut pending = None;
        let to: Box<dyn Write> = match &options.output {
            Some(path) if format != Format::Brat => {
                let opened = if replaceable(path) { partial_name(path) } else { path.clone() };
                let file = File::create(&opened)?;
                if opened != *path {
                    pending = Some((opened, path.clone()));
                }
                Box::new(BufWriter::with_capacity(1 << 16, file))
            }
            _ => Box::new(BufWriter::with_capacity(1 << 16, io::stdout())),
        };
        let mut output = Output { to, pending, format, look: look(options), kind };
        if format == Format::Jsonl {
            jsonl::write_header(model, header_options(options), &mut output.to)?;
        }
        Ok(output)
    }

    /// What makes the parts for this output.
    pub(crate) fn renderer(&self) -> Renderer {
        Renderer { format: self.format, look: self.look.clone() }
    }

    /// Adds one document.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(crate) fn write(&mut self, part: Part) -> io::Result<()> {
        match (part.body, &mut self.kind) {
            (Body::Bytes(bytes), _) => self.to.write_all(&bytes),
            (Body::Record(record), Kind::Html(report)) => {
                report.add(&record);
                Ok(())
            }
            (Body::Record(record), Kind::BratMany(directory)) => {
                let name = record.document.id.as_str();
                fs::write(directory.join(format!("{name}.txt")), record.document.text())?;
                let mut file = BufWriter::new(File::create(directory.join(format!("{name}.ann")))?);
                brat::write(&record, &mut file)?;
                file.flush()
            }
            (Body::Record(record), kind) => {
                *kind = Kind::BratOne { written: true };
                brat::write(&record, &mut self.to)
            }
        }
    }

    /// Writes what comes last and closes the output.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(crate) fn finish(mut self, documents: usize, statements: usize) -> io::Result<()> {
        match &self.kind {
            Kind::Html(report) if documents > 0 => report.write(&mut self.to)?,
            Kind::Stream if self.format == Format::Text && documents > 1 => {
                self.to.write_all(text::total(documents, statements).as_bytes())?;
            }
            _ => {}
        }
        self.to.flush()?;
        match self.pending.take() {
            Some((partial, path)) if self.format != Format::Html || documents > 0 => {
                fs::rename(partial, path)
            }
            Some((partial, _)) => fs::remove_file(partial),
            None => Ok(()),
        }
    }
}

impl Drop for Output {
    /// An output that was not finished leaves nothing behind, and what was there before stays.
    fn drop(&mut self) {
        if let Some((partial, _)) = self.pending.take() {
            let _ = fs::remove_file(partial);
        }
    }
}

/// Whether a broken pipe is the cause: the reader, `head` say, has seen enough.
pub(crate) fn is_broken_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// A device or a pipe is written to; a file is replaced as a whole.
pub(crate) fn replaceable(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |found| found.is_file())
}

/// Hidden, so that walking the directory it is in passes it over.
pub(crate) fn partial_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}

fn look(options: &ReadOptions) -> Look {
    let usual = crate::answers::look(options.output.as_deref());
    match options.color {
        ColorChoice::Always => Look { colour: true, ..usual },
        ColorChoice::Never => Look { colour: false, ..usual },
        ColorChoice::Auto => usual,
    }
}

fn header_options(options: &ReadOptions) -> Map<String, Value> {
    let mut said = Map::new();
    if let Some(day) = &options.published {
        said.insert("published".into(), Value::from(day.as_str()));
    }
    if let Some(floor) = options.min_confidence.filter(|floor| *floor > 0.0) {
        said.insert("min_confidence".into(), Value::from(floor));
    }
    if !options.watch.is_empty() {
        let lists: Vec<Value> =
            options.watch.iter().map(|list| Value::from(list.to_string_lossy())).collect();
        said.insert("watch".into(), Value::from(lists));
    }
    if options.no_text {
        said.insert("no_text".into(), Value::from(true));
    }
    if options.max_size != USUAL_MAX_SIZE {
        said.insert("max_size".into(), Value::from(options.max_size));
    }
    said
}
