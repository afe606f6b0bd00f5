//! Any script into small Latin letters, word by word, with the way back to what was written.
//!
//! Scripts that lists and newspapers carry most are transliterated by tables of our own: Arabic and Hebrew, which leave
//! vowels out, and Cyrillic. Everything else goes through `any_ascii`. Chinese and Korean names without a space are parted
//! behind the surname. A word keeps its place in the name as written, so that a reason can quote it.

use std::ops::Range;

/// As many characters of a name are looked at; no bearer of a name is told from another by what comes after.
const LONGEST_NAME: usize = 400;
/// As many words of a name are looked at.
const MOST_WORDS: usize = 24;
/// As many letters of a word are looked at.
const LONGEST_WORD: usize = 60;

/// One word of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Small Latin letters and digits, never empty.
    pub(super) text: String,
    /// Where it stands in the name, in bytes.
    pub(super) place: Range<usize>,
    /// Whether it was written in a script that leaves out vowels.
    pub(super) unwritten: bool,
    /// Whether a point, a stroke or nothing at all parts it from the word before, as in `J.P.` and `A/S`.
    pub(super) close: bool,
    /// The word as written, in small letters, where that is not in Latin ones: two words of one script tell more by
    /// their own letters than by their sounds.
    pub(super) native: Option<String>,
    /// Whether a hyphen parts it from the word before.
    pub(super) hyphen: bool,
}

/// The words of a name, and whether a comma parts surname and given names.
pub(super) fn fold(name: &str) -> Vec<Word> {
    let mut folding = Folding::default();
    let chars: Vec<(usize, char)> = name.char_indices().take(LONGEST_NAME).collect();
    for (n, (at, c)) in chars.iter().enumerate() {
        if folding.words.len() >= MOST_WORDS {
            break;
        }
        let next = |k: usize| chars.get(n + k).map(|(_, c)| *c);
        folding.take(*at, *c, next);
    }
    folding.end();
    folding.words.truncate(MOST_WORDS);
    for word in &mut folding.words {
        let written = name.get(word.place.clone()).unwrap_or_default();
        if written.chars().any(|c| c.is_alphabetic() && c >= '\u{370}') {
            word.native = Some(written.to_lowercase());
        }
    }
    folding.words
}

#[derive(Default)]
struct Folding {
    words: Vec<Word>,
    open: Option<Word>,
    /// Syllables of a run of Chinese or Korean, where each ends in the open word's text and in the name.
    syllables: Vec<(usize, usize)>,
    /// What stood last between words.
    gap: Gap,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    Space,
    Point,
    Hyphen,
}

impl Folding {
    fn take(&mut self, at: usize, c: char, next: impl Fn(usize) -> Option<char>) {
        let end = at + c.len_utf8();
        if c.is_ascii_alphanumeric() {
            self.run(false, at);
            self.add(at, end, c.to_ascii_lowercase().encode_utf8(&mut [0; 4]), false);
        } else if c == '&' || c == '＆' {
            self.end();
            self.add(at, end, "and", false);
            self.end();
        } else if is_apostrophe(c) {
            // Within a word it is an ayn, a hamza, an aspirate or a soft sign.
        } else if let Some(letters) = semitic(c) {
            self.run(false, at);
            let begins = self.open.is_none();
            if begins
                && c == 'ا'
                && next(1) == Some('ل')
                && (2..5).all(|k| next(k).is_some_and(char::is_alphabetic))
            {
                self.add(at, end, "al", true);
                self.end();
                self.gap = Gap::Hyphen;
            } else if self
                .words
                .last()
                .is_some_and(|word| word.text == "al" && word.place.end == at && c == 'ل')
            {
                // The rest of the article.
                if let Some(article) = self.words.last_mut() {
                    article.place.end = end;
                }
            } else {
                self.add(at, end, letters, true);
            }
        } else if let Some(letters) = cyrillic(c) {
            self.run(false, at);
            self.add(at, end, letters, false);
        } else if c.is_alphanumeric() {
            let syllabic = is_syllabic(c);
            self.run(syllabic, at);
            let mut letters: String =
                any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric).collect();
            if matches!(c, 'υ' | 'ύ' | 'Υ' | 'Ύ') {
                // Greek writes u as ou, and v as a vowel behind another.
                let last = self.open.as_ref().and_then(|word| word.text.bytes().last());
                letters = match last {
                    Some(b'o') => "u",
                    Some(b'a' | b'e') => "v",
                    _ => "y",
                }
                .into();
            }
            self.add(at, end, &letters.to_ascii_lowercase(), false);
            if syllabic && let Some(word) = &self.open {
                self.syllables.push((word.text.len(), end));
            }
        } else if any_ascii::any_ascii_char(c).is_empty() && !c.is_whitespace() && !c.is_control() {
            // A combining mark, a joiner, a direction: no letter and no gap.
        } else {
            self.end();
            self.gap = match c {
                '.' | '/' | '·' => Gap::Point,
                '-' | '‐' | '‑' | '–' | '־' => Gap::Hyphen,
                _ => Gap::Space,
            };
        }
    }

    /// Ends the open word where a run of syllables begins or ends.
    fn run(&mut self, syllabic: bool, at: usize) {
        if self.open.as_ref().is_some_and(|word| word.place.end == at)
            && self.syllables.is_empty() == syllabic
        {
            self.end();
        }
    }

    fn add(&mut self, at: usize, end: usize, letters: &str, unwritten: bool) {
        let gap = self.gap;
        let close = gap == Gap::Point && self.words.last().is_some_and(|word| word.place.end + 1 >= at);
        let word = self.open.get_or_insert_with(|| Word {
            text: String::new(),
            place: at..end,
            unwritten,
            close,
            native: None,
            hyphen: gap == Gap::Hyphen,
        });
        word.place.end = end;
        if word.text.len() + letters.len() <= LONGEST_WORD {
            word.text.push_str(letters);
        }
        self.gap = Gap::Space;
    }

    fn end(&mut self) {
        let syllables = std::mem::take(&mut self.syllables);
        let Some(word) = self.open.take().filter(|word| !word.text.is_empty()) else { return };
        // One or two syllables are a surname; four characters are mostly a Japanese name of two and two.
        let surname: usize = match syllables.len() {
            2 | 3 => 1,
            4 => 2,
            _ => 0,
        };
        match surname.checked_sub(1).and_then(|n| syllables.get(n)) {
            Some((cut, end)) if *cut < word.text.len() && *cut > 0 => {
                let (family, given) = word.text.split_at(*cut);
                self.words.push(Word { text: family.into(), place: word.place.start..*end, ..word.clone() });
                self.words.push(Word {
                    text: given.into(),
                    place: *end..word.place.end,
                    close: false,
                    hyphen: false,
                    ..word.clone()
                });
            }
            _ => self.words.push(word),
        }
        self.gap = Gap::Space;
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | '′' | 'ʼ' | 'ʻ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ʹ' | 'ʺ' | '＇' | '″'
    )
}

/// Chinese characters and Korean syllables.
pub(super) fn is_syllabic(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Arabic, Persian and Urdu letters, and Hebrew ones. Marks for vowels are no letters and pass.
fn semitic(c: char) -> Option<&'static str> {
    Some(match c {
        'ا' | 'أ' | 'آ' | 'ٱ' | 'ى' | 'ة' | 'ع' => "a",
        'إ' | 'ئ' => "i",
        'ؤ' => "u",
        'ء' => "",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ہ' | 'ھ' => "h",
        'خ' => "kh",
        'د' | 'ض' | 'ڈ' => "d",
        'ذ' => "dh",
        'ر' | 'ڑ' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ڤ' => "v",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' | 'ں' => "n",
        'و' => "w",
        'ي' | 'ی' | 'ے' => "y",
        'א' | 'ע' => "a",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' => "h",
        'ו' => "w",
        'ז' => "z",
        'ח' => "h",
        'ט' | 'ת' => "t",
        'י' => "y",
        'כ' | 'ך' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ts",
        'ק' => "k",
        'ר' => "r",
        'ש' => "sh",
        _ => return None,
    })
}

/// Cyrillic as English newspapers write it; other languages' letters for a sound are the sounds' business.
fn cyrillic(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next().unwrap_or(c);
    Some(match lower {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ы' => "i",
        'й' | 'ј' => "y",
        'ї' => "yi",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'ң' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ў' => "w",
        'ф' => "f",
        'х' => "kh",
        'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ћ' => "c",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'љ' => "lj",
        'њ' => "nj",
        'ђ' | 'џ' => "dj",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> String {
        fold(name).iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn scripts_become_latin_letters() {
        for (name, folded) in [
            ("Ильза Брандт", "ilza brandt"),
            ("Ίλσα Πέτρου", "ilsa petrou"),
            ("السوداني", "al swdany"),
            ("مريم فارس", "mrym fars"),
            ("ברנד", "brnd"),
            ("Ｏｒｒｉｎ", "orrin"),
            ("Ørsa Müßig", "orsa mussig"),
            ("Ba’sir O'Dell", "basir odell"),
            ("A\u{301}na", "ana"),
            ("Brand & Sons", "brand and sons"),
        ] {
            assert_eq!(words(name), folded, "{name}");
        }
    }

    #[test]
    fn east_asian_names_are_parted_behind_the_surname() {
        assert_eq!(fold("박미나").len(), 2);
        assert_eq!(fold("王小明").len(), 2);
        assert_eq!(fold("王小明公司集团").len(), 1);
    }

    #[test]
    fn a_word_knows_its_place() {
        let name = "Ильза J.P. van-Orr";
        let shown: Vec<&str> = fold(name).iter().map(|word| &name[word.place.clone()]).collect();
        assert_eq!(shown, ["Ильза", "J", "P", "van", "Orr"]);
        let close: Vec<bool> = fold(name).iter().map(|word| word.close).collect();
        assert_eq!(close, [false, false, true, false, false]);
        assert!(fold(name)[4].hyphen);
    }

    #[test]
    fn what_holds_no_letters_has_no_words() {
        for name in ["", " ", "\u{0}\u{1}", "…—", "😀", "\u{200b}\u{202e}", "'''"] {
            assert!(fold(name).is_empty(), "{name:?}");
        }
    }
}
