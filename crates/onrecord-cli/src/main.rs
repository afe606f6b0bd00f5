//! The binary `onrecord`.
//!
//! This crate exists to give the library a command line: it finds the files, reads them on several threads, keeps the
//! output in the order of the input and says on standard error what went wrong. It knows files, threads and the
//! terminal; what is read and how it looks is the library's.

mod add;
mod answers;
mod arguments;
mod ask;
mod backup;
mod case_options;
mod check;
mod claims;
mod copies;
mod export;
mod import;
mod inputs;
mod lists;
mod log;
mod names;
mod names_options;
mod ordered;
mod output;
mod people;
mod people_options;
mod positions;
mod question_options;
mod read;
mod reread;
mod screen;
mod screen_options;
mod search;
mod speak;
mod verify;
mod watch;
mod who;

use clap::Parser;
use std::process::ExitCode;

/// 0 done; 1 some inputs failed and the others are done; 2 wrong usage (clap's own code).
fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match arguments.command {
        arguments::Command::Read(options) => read::run(&options),
        arguments::Command::Add(options) => add::run(&options),
        arguments::Command::Verify(options) => verify::run(&options),
        arguments::Command::Ask(options) => ask::run(&options),
        arguments::Command::Claims(options) => claims::run(&options),
        arguments::Command::Check(options) => check::run(&options),
        arguments::Command::Matrix(options) => check::run_matrix(&options),
        arguments::Command::Search(options) => search::run(&options),
        arguments::Command::Timeline(options) => search::timeline(&options),
        arguments::Command::Copies(options) => copies::run(&options),
        arguments::Command::Who(options) => who::run(&options),
        arguments::Command::Backup(options) => backup::backup(&options),
        arguments::Command::Restore(options) => backup::restore(&options),
        arguments::Command::Correct(options) => people::correct(&options),
        arguments::Command::Merge(options) => people::link(&options, false),
        arguments::Command::Split(options) => people::link(&options, true),
        arguments::Command::Judge(options) => people::judge(&options),
        arguments::Command::Note(options) => people::note(&options),
        arguments::Command::Undo(options) => people::undo(&options),
        arguments::Command::Redact(options) => people::redact(&options),
        arguments::Command::Log(options) => log::run(&options),
        arguments::Command::Reread(options) => reread::run(&options),
        arguments::Command::Export(options) => export::run(&options),
        arguments::Command::Import(options) => import::run(&options),
        arguments::Command::Watch(command) => watch::run(&command),
        arguments::Command::Names(options) if options.screen.list.is_empty() => names::run(&options),
        arguments::Command::Names(options) => screen::run(&options),
    }
}
