//! `onrecord-lab score --time`: expressions of time and their values.

use super::DataOption;
use crate::cross_document::meantime::read_meantime;
use crate::gold_data::DataFolder;
use crate::gum::{GENRES, GENRES_BESIDE, GENRES_NOT_COMMERCIAL, GumFolder};
use crate::measured_page::write_table;
use crate::time_score::{
    TimeFigures, gum_dates_markdown, meantime_markdown, score_gum_dates, score_meantime,
};
use std::path::Path;

/// Measures and prints; `write` names a page that gets the tables too, `mistakes` asks for a line for each expression that
/// is missed, too much or of another extent or value.
///
/// # Errors
/// When the data are missing or do not fit together, or the page cannot be written.
pub(super) fn run(data: &DataOption, write: Option<&Path>, mistakes: bool) -> anyhow::Result<()> {
    let data = DataFolder::new(&data.folder);
    let [licence] = data.files(["meantime/LICENSE.txt"])?;
    let articles = read_meantime(licence.parent().unwrap_or(Path::new(".")), &["airbus", "apple"])?;
    let mut meantime = TimeFigures::default();
    articles.iter().map(score_meantime).for_each(|figures| meantime.add(figures));
    let folder = GumFolder::open(&data)?;
    let mut genres = Vec::new();
    for genre in GENRES.iter().chain(&GENRES_BESIDE).chain(&GENRES_NOT_COMMERCIAL) {
        let mut figures = TimeFigures::default();
        for name in folder.of_genre(genre) {
            let (layout, created) = folder.dated(name)?;
            figures.add(score_gum_dates(name, &layout, created.as_deref()));
        }
        genres.push(((*genre).to_owned(), figures));
    }
    let page = meantime_markdown(&[("folders airbus and apple".to_owned(), meantime.clone())]);
    let gum_page = gum_dates_markdown(&genres);
    if let Some(path) = write {
        write_table(path, "time, MEANTIME", &page)?;
        write_table(path, "time, GUM", &gum_page)?;
    }
    print!("{page}{gum_page}");
    if mistakes {
        println!();
        for mistake in
            meantime.mistakes.iter().chain(genres.iter().flat_map(|(_, figures)| &figures.mistakes))
        {
            println!("- {}", mistake.replace('\n', " "));
        }
    }
    Ok(())
}
