//! Which of the processor's instructions the networks are run with.
//!
//! The best there are, found out at run time. For showing that all of them give the same answer, a process can be kept
//! to fewer.

use archmage::prelude::*;

/// A set of instructions that the networks have code for, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePath {
    /// AVX-512 with products of bytes (VNNI).
    Avx512Vnni,
    /// AVX-512 without these.
    Avx512,
    /// AVX2.
    Avx2,
    /// What every processor has.
    Plain,
}

impl CodePath {
    /// Every path, the best first.
    pub const ALL: [CodePath; 4] = [CodePath::Avx512Vnni, CodePath::Avx512, CodePath::Avx2, CodePath::Plain];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            CodePath::Avx512Vnni => "AVX-512 VNNI",
            CodePath::Avx512 => "AVX-512",
            CodePath::Avx2 => "AVX2",
            CodePath::Plain => "plain",
        }
    }

    /// Keeps this process to a path from now on, in all its threads. Whether that was possible: a processor without
    /// the instructions cannot, nor can a program that was compiled to need better ones.
    pub fn keep_to(self) -> bool {
        set(self).is_some()
    }
}

#[cfg(target_arch = "x86_64")]
fn set(path: CodePath) -> Option<()> {
    X64V2Token::dangerously_disable_token_process_wide(false).ok()?;
    match path {
        CodePath::Avx512Vnni => X64V4xToken::summon().map(|_| ()),
        CodePath::Avx512 => {
            X64V4xToken::dangerously_disable_token_process_wide(true).ok()?;
            X64V4Token::summon().map(|_| ())
        }
        CodePath::Avx2 => {
            X64V4Token::dangerously_disable_token_process_wide(true).ok()?;
            X64V3Token::summon().map(|_| ())
        }
        CodePath::Plain => X64V2Token::dangerously_disable_token_process_wide(true).ok(),
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn set(path: CodePath) -> Option<()> {
    let all = archmage::dangerously_disable_tokens_except_wasm(path == CodePath::Plain);
    all.ok().filter(|()| path == CodePath::Plain)
}
