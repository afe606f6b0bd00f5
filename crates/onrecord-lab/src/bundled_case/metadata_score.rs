//! Whether a document's headline, byline, publisher, credit and day are the golden ones.

use super::case_score::Share;
use super::golden::GoldenDocument;
use onrecord_record::Document;

/// How one field fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldFigures {
    /// Documents that have the field, as golden says.
    pub gold: u64,
    /// Those where the program has the same.
    pub right: u64,
    /// Those where it has something else.
    pub wrong: u64,
    /// Those where it has nothing.
    pub missing: u64,
    /// Documents that do not have the field.
    pub absent: u64,
    /// Those where the program has something all the same.
    pub made_up: u64,
}

impl FieldFigures {
    fn add(&mut self, gold: Option<&str>, found: Option<&str>) {
        match (gold.map(spaced), found.map(spaced)) {
            (Some(gold), found) => {
                self.gold += 1;
                match found {
                    Some(found) if found == gold => self.right += 1,
                    Some(_) => self.wrong += 1,
                    None => self.missing += 1,
                }
            }
            (None, found) => {
                self.absent += 1;
                self.made_up += u64::from(found.is_some());
            }
        }
    }

    /// Of all documents those with the right value, or rightly none.
    pub fn share(&self) -> Share {
        Share { right: self.right + self.absent - self.made_up, all: self.gold + self.absent }
    }
}

/// With single spaces, so that a headline broken over two lines is the same headline.
fn spaced(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the fields fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MetadataFigures {
    fields: [FieldFigures; 5],
}

const FIELDS: [&str; 5] = ["title", "byline", "publisher", "credit", "published"];

impl MetadataFigures {
    /// Counts one document. Gives the fields that are not as they must be: name, golden value, value found.
    pub fn add(&mut self, gold: &GoldenDocument, found: &Document) -> Vec<String> {
        let pairs = [
            (&gold.title, &found.title),
            (&gold.byline, &found.byline),
            (&gold.publisher, &found.publisher),
            (&gold.credit, &found.credit),
            (&gold.published, &found.published),
        ];
        let mut wrong = Vec::new();
        for ((gold, found), (name, figures)) in pairs.into_iter().zip(FIELDS.iter().zip(&mut self.fields)) {
            let before = figures.share();
            figures.add(gold.as_deref(), found.as_deref());
            if figures.share().right == before.right {
                let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".into());
                wrong.push(format!("{name}: {} — not {}", shown(gold), shown(found)));
            }
        }
        wrong
    }

    /// Each field's name and figures.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &FieldFigures)> {
        FIELDS.into_iter().zip(&self.fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_fare_is_counted() {
        let mut figures = FieldFigures::default();
        figures.add(Some("Port\n shut"), Some("Port shut"));
        figures.add(Some("Port shut"), Some("Port"));
        figures.add(Some("Port shut"), None);
        figures.add(None, Some("Port"));
        figures.add(None, None);
        let counts = (figures.right, figures.wrong, figures.missing, figures.made_up);
        assert_eq!(counts, (1, 1, 1, 1));
        assert_eq!(figures.share(), Share { right: 2, all: 5 });
    }
}
