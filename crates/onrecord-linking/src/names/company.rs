//! The parts of the name of a company, a body or a ship: the proper part, words of trade, places, numbers, legal forms.

use super::fold::Word;
use super::part::{Kind, Part};
use super::words::{CompanyWord, WORDS};

const NAME: f64 = 1.0;
const NUMBER: f64 = 0.5;
const PLACE: f64 = 0.6;
const TRADE: f64 = 0.3;
const FORM: f64 = 0.06;
const SHIP: f64 = 0.04;
const SMALL: f64 = 0.02;

/// Takes the words of a company's name, or of a ship's (`afloat`), for what they are.
pub(super) fn company_parts(words: &[Word], afloat: bool) -> Vec<Part> {
    let words = initialisms(words);
    let mut parts: Vec<Part> = Vec::with_capacity(words.len() + 2);
    let mut skip = 0;
    for (n, word) in words.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let rest = words.get(n..).unwrap_or_default();
        if let Some((length, form)) = WORDS.form_phrase(rest.iter().map(|word| word.text.as_str())) {
            let family = WORDS.trade(form).map_or(form, |(_, family)| family);
            let last = rest.get(length.saturating_sub(1)).unwrap_or(word);
            let mut part = Part::new(Kind::Form, family, FORM, word);
            part.place.end = last.place.end;
            parts.push(part);
            skip = length.saturating_sub(1);
            continue;
        }
        match WORDS.company_short(&word.text) {
            Some(long) => parts.extend(long.split('-').map(|text| one(text, word, n, afloat))),
            None => parts.push(one(&word.text, word, n, afloat)),
        }
    }
    // Where nothing is a name proper, the words of trade and the places are the name.
    if !parts.iter().any(|part| part.kind == Kind::Name) {
        for part in &mut parts {
            if matches!(part.kind, Kind::Trade | Kind::Place) {
                part.weight = NAME;
            }
        }
    }
    if !parts.iter().any(|part| part.kind.is_wordy()) {
        for part in parts.iter_mut().filter(|part| part.kind != Kind::Number) {
            part.kind = Kind::Name;
            part.weight = NAME;
        }
    }
    parts
}

fn one(text: &str, word: &Word, n: usize, afloat: bool) -> Part {
    if let Some(number) = number(text) {
        return Part::new(Kind::Number, number, NUMBER, word);
    }
    match WORDS.trade(text) {
        Some((CompanyWord::Number, number)) if n > 0 => Part::new(Kind::Number, number, NUMBER, word),
        Some((CompanyWord::Form, family)) => Part::new(Kind::Form, family, FORM, word),
        Some((CompanyWord::Trade, stands_for)) if !afloat => Part::new(Kind::Trade, stands_for, TRADE, word),
        Some((CompanyWord::Place, stands_for)) if !afloat => Part::new(Kind::Place, stands_for, PLACE, word),
        Some((CompanyWord::Small, _)) => Part::new(Kind::Particle, text, SMALL, word),
        Some((CompanyWord::Ship, _)) if afloat && n == 0 => Part::new(Kind::Title, text, SHIP, word),
        _ => Part::new(Kind::Name, text, NAME, word),
    }
}

/// The figures without leading noughts.
fn number(text: &str) -> Option<&str> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| match text.trim_start_matches('0') {
        "" => "0",
        number => number,
    })
}

/// Single letters with points between them as one word: `J.P.`, `S.A.`, `A/S`.
fn initialisms(words: &[Word]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        let single = word.text.len() == 1 && word.text.bytes().all(|byte| byte.is_ascii_alphabetic());
        match out.last_mut() {
            Some(last) if open && single && word.close => {
                last.text.push_str(&word.text);
                last.place.end = word.place.end;
            }
            _ => out.push(word.clone()),
        }
        open = single;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn read(name: &str) -> String {
        let parts = company_parts(&fold(name), false);
        parts.iter().map(|part| format!("{:?}:{}", part.kind, part.text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn forms_words_of_trade_and_numbers_are_told_apart() {
        assert_eq!(read("Brand Trading Co., Ltd."), "Name:brand Trade:trading Form:co Form:ltd");
        assert_eq!(read("Brand Limited Liability Company"), "Name:brand Form:ltd");
        assert_eq!(read("J.P. Brand, S.A."), "Name:jp Name:brand Form:plc");
        assert_eq!(read("Brand Fund VIII"), "Name:brand Trade:fund Number:8");
        assert_eq!(read("U.S. Harbour Office"), "Trade:united Place:states Name:harbour Trade:office");
    }

    #[test]
    fn a_ship_has_its_sign_before_and_its_number_behind() {
        let parts = company_parts(&fold("M/V Brand Star 007"), true);
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, ["mv", "brand", "star", "7"]);
        assert_eq!(parts[0].kind, Kind::Title);
    }
}
