//! `onrecord-lab score --gum`: how reading holds up in other genres.

use super::{DataOption, ModelOption};
use crate::gold_data::DataFolder;
use crate::gum::{GENRES, GENRES_BESIDE, GumFolder, GumScore, gum_markdown, measure};
use crate::measured_page::write_table;
use crate::our_reader::OurReader;
use std::path::Path;

/// Measures every genre and prints the table; `write` names a page that gets it too, `mistakes` asks for what was not
/// met in the judged genres, a line each.
///
/// # Errors
/// When the data are missing or do not fit together, or the page cannot be written.
pub(super) fn run(
    data: &DataOption,
    model: &ModelOption,
    write: Option<&Path>,
    mistakes: bool,
) -> anyhow::Result<()> {
    let folder = GumFolder::open(&DataFolder::new(&data.folder))?;
    let reader = OurReader::new(model.name)?;
    let scores: Vec<GumScore> = GENRES
        .iter()
        .chain(&GENRES_BESIDE)
        .map(|genre| measure(&folder, genre, &reader))
        .collect::<anyhow::Result<_>>()?;
    let page = gum_markdown(&format!("Model {} on GUM train and dev", model.name), &scores);
    if let Some(path) = write {
        write_table(path, &format!("gum, {}", model.name), &page)?;
    }
    print!("{page}");
    if mistakes {
        println!();
        for mistake in scores.iter().take(GENRES.len()).flat_map(|score| &score.mistakes) {
            println!("- {mistake}");
        }
    }
    Ok(())
}
