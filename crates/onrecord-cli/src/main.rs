//! The binary `onrecord`.
//!
//! This crate exists to give the library a command line: it finds the files, reads them on several threads, keeps the
//! output in the order of the input and says on standard error what went wrong. It knows files, threads and the
//! terminal; what is read and how it looks is the library's.

mod add;
mod arguments;
mod case_options;
mod export;
mod inputs;
mod lists;
mod names;
mod names_options;
mod ordered;
mod output;
mod read;
mod screen;
mod screen_options;
mod speak;
mod verify;

use clap::Parser;
use std::process::ExitCode;

/// 0 done; 1 some inputs failed and the others are done; 2 wrong usage (clap's own code).
fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    match arguments.command {
        arguments::Command::Read(options) => read::run(&options),
        arguments::Command::Add(options) => add::run(&options),
        arguments::Command::Verify(options) => verify::run(&options),
        arguments::Command::Export(options) => export::run(&options),
        arguments::Command::Names(options) if options.screen.list.is_empty() => names::run(&options),
        arguments::Command::Names(options) => screen::run(&options),
    }
}
