//! Which language a text is in.

use whatlang::{Lang, detect};

/// Letters a text must have for its language to be told.
const FEWEST_LETTERS: usize = 60;
/// How much of a text is looked at, in characters.
const SAMPLE: usize = 1_500;

/// The ISO 639-1 code of the text's language and its English name, where that can be told with some certainty.
pub(crate) fn language(text: &str) -> Option<(&'static str, &'static str)> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let sample = text.get(..end)?;
    if sample.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    let info = detect(sample).filter(|info| info.is_reliable() || info.confidence() > 0.8)?;
    Some((code(info.lang())?, info.lang().eng_name()))
}

#[rustfmt::skip]
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Epo => "eo", Lang::Eng => "en", Lang::Rus => "ru", Lang::Cmn => "zh", Lang::Spa => "es",
        Lang::Por => "pt", Lang::Ita => "it", Lang::Ben => "bn", Lang::Fra => "fr", Lang::Deu => "de",
        Lang::Ukr => "uk", Lang::Kat => "ka", Lang::Ara => "ar", Lang::Hin => "hi", Lang::Jpn => "ja",
        Lang::Heb => "he", Lang::Yid => "yi", Lang::Pol => "pl", Lang::Amh => "am", Lang::Jav => "jv",
        Lang::Kor => "ko", Lang::Nob => "nb", Lang::Dan => "da", Lang::Swe => "sv", Lang::Fin => "fi",
        Lang::Tur => "tr", Lang::Nld => "nl", Lang::Hun => "hu", Lang::Ces => "cs", Lang::Ell => "el",
        Lang::Bul => "bg", Lang::Bel => "be", Lang::Mar => "mr", Lang::Kan => "kn", Lang::Ron => "ro",
        Lang::Slv => "sl", Lang::Hrv => "hr", Lang::Srp => "sr", Lang::Mkd => "mk", Lang::Lit => "lt",
        Lang::Lav => "lv", Lang::Est => "et", Lang::Tam => "ta", Lang::Vie => "vi", Lang::Urd => "ur",
        Lang::Tha => "th", Lang::Guj => "gu", Lang::Uzb => "uz", Lang::Pan => "pa", Lang::Aze => "az",
        Lang::Ind => "id", Lang::Tel => "te", Lang::Pes => "fa", Lang::Mal => "ml", Lang::Ori => "or",
        Lang::Mya => "my", Lang::Nep => "ne", Lang::Sin => "si", Lang::Khm => "km", Lang::Tuk => "tk",
        Lang::Aka => "ak", Lang::Zul => "zu", Lang::Sna => "sn", Lang::Afr => "af", Lang::Lat => "la",
        Lang::Slk => "sk", Lang::Cat => "ca", Lang::Tgl => "tl", Lang::Hye => "hy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_german_are_told_apart_and_a_few_words_are_not_enough() {
        let english =
            "The harbour master said on Tuesday that the ferry would run again before the end of the week.";
        let german =
            "Der Hafenmeister sagte am Dienstag, die Fähre werde noch vor dem Ende der Woche wieder fahren.";
        assert_eq!(language(english), Some(("en", "English")));
        assert_eq!(language(german).map(|found| found.0), Some("de"));
        assert_eq!(language("Ferry again"), None);
        assert_eq!(language(&"12 34 ".repeat(100)), None);
    }
}
