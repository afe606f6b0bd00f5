//! `onrecord-lab score --coref`: who is meant by what.

use super::{DataOption, ModelOption};
use crate::coreference::{
    CoreferenceScore, DroppedMentions, ScoredDocument, SystemChains, coreference_markdown, mistakes,
    score_document,
};
use crate::gold_data::{DataFolder, read_chains};
use crate::gum::{CoreferenceDocument, GumFolder, GumPart};
use crate::measured_page::write_table;
use crate::our_reader::OurReader;
use rayon::prelude::*;
use std::path::Path;

/// What is scored and what becomes of it.
pub(super) struct CorefOptions<'o> {
    pub(super) data: &'o DataOption,
    pub(super) model: &'o ModelOption,
    /// Chains of a file in place of the program's.
    pub(super) predicted: Option<&'o Path>,
    /// A page that gets the table too.
    pub(super) write: Option<&'o Path>,
    /// Whether to print what was not met, a line each.
    pub(super) mistakes: bool,
}

/// Reads GUM dev and prints the tables; or, of the documents that a file of chains names, those of the file.
///
/// # Errors
/// When the data are missing or do not fit together, or the page cannot be written.
pub(super) fn run(options: &CorefOptions<'_>) -> anyhow::Result<()> {
    let folder = GumFolder::open(&DataFolder::new(&options.data.folder))?;
    let (heading, scored) = match options.predicted {
        Some(path) => {
            let scored = read_chains(path)?
                .into_iter()
                .map(|(name, chains)| {
                    let document = folder.coreference(&name)?;
                    score(&document, chains, DroppedMentions::default(), options.mistakes)
                })
                .collect::<anyhow::Result<Vec<_>>>()?;
            (format!("{} on GUM", path.display()), scored)
        }
        None => {
            let reader = OurReader::new(options.model.name)?;
            let names: Vec<&str> = folder.of_part(GumPart::Dev).collect();
            let scored = names
                .par_iter()
                .map(|name| {
                    let document = folder.coreference(name)?;
                    let agents = reader.read(&document.layout.text).agents;
                    let found = SystemChains::new(&agents, &document.layout.words, &document.layout.labels);
                    score(&document, found.chains, found.dropped, options.mistakes)
                })
                .collect::<anyhow::Result<Vec<_>>>()?;
            (format!("Model {} on GUM dev", options.model.name), scored)
        }
    };
    let (documents, told): (Vec<ScoredDocument>, Vec<Vec<String>>) = scored.into_iter().unzip();
    let page = coreference_markdown(&heading, &CoreferenceScore::new(&documents));
    if let Some(path) = options.write {
        let table = match options.predicted {
            Some(_) => "coreference".to_owned(),
            None => format!("coreference, {}", options.model.name),
        };
        write_table(path, &table, &page)?;
    }
    print!("{page}");
    if options.mistakes {
        println!();
        told.iter().flatten().for_each(|mistake| println!("- {mistake}"));
    }
    Ok(())
}

fn score(
    document: &CoreferenceDocument,
    chains: Vec<Vec<(usize, usize)>>,
    dropped: DroppedMentions,
    tell: bool,
) -> anyhow::Result<(ScoredDocument, Vec<String>)> {
    let (scored, gold, system) = score_document(document, chains, dropped)?;
    Ok((scored, if tell { mistakes(document, &gold, &system) } else { Vec::new() }))
}
