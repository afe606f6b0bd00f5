//! `onrecord-lab score --speakers`: who speaks behind pronouns and descriptions.

use super::{DataOption, ModelOption};
use crate::bundled_case::BundledCase;
use crate::gold_data::DataFolder;
use crate::measured_page::write_table;
use crate::our_reader::{OurReader, our_pipeline};
use crate::speakers::{SpeakerGold, SpeakerScores, score_article, score_case_speakers, speakers_markdown};
use anyhow::Context;
use rayon::prelude::*;
use std::path::Path;

/// The bundled case, seen from the project's folder.
const CASE: &str = "examples/harbour";

/// Measures and prints the tables; `write` names a page that gets them too, `mistakes` asks for a line for each speaker
/// that is wrong when the attribution is given.
///
/// # Errors
/// When the gold, the data or the bundled case are missing or do not fit together, or the page cannot be written.
pub(super) fn run(
    data: &DataOption,
    model: &ModelOption,
    gold: &Path,
    write: Option<&Path>,
    mistakes: bool,
) -> anyhow::Result<()> {
    let gold = SpeakerGold::open(gold, &DataFolder::new(&data.folder))?;
    let case = BundledCase::open(Path::new(CASE))?;
    let reader = OurReader::new(model.name)?;
    let counted: Vec<SpeakerScores> = gold
        .articles
        .par_iter()
        .map(|article| score_article(article, &reader).with_context(|| article.doc.clone()))
        .collect::<anyhow::Result<_>>()?;
    let mut scores = SpeakerScores::default();
    counted.into_iter().for_each(|one| scores.add(one));
    let case = score_case_speakers(&case, &our_pipeline(model.name)?, &reader)?;
    let heading = format!(
        "Model {} on {} articles of PolNeAR dev and the bundled case.",
        model.name,
        gold.articles.len()
    );
    let page = speakers_markdown(&heading, &scores, &case);
    if let Some(path) = write {
        write_table(path, &format!("speakers, {}", model.name), &page)?;
    }
    print!("{page}");
    if mistakes {
        println!();
        for mistake in scores.mistakes.iter().chain(&case.mistakes) {
            println!("- {mistake}");
        }
    }
    Ok(())
}
