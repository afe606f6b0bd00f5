//! The record for other programs.

pub mod brat;
pub mod jsonl;
