//! The binary `onrecord-lab`.

use clap::Parser;
use onrecord_lab::commands::CommandLine;
use std::process::ExitCode;

fn main() -> ExitCode {
    match CommandLine::parse().command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onrecord-lab: {error:#}");
            ExitCode::FAILURE
        }
    }
}
