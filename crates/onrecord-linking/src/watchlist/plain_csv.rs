//! A list as a plain table: a header, and a row for each entry.
//!
//! One column must hold names. What the others are called differs from list to list, so each has several words, in
//! any case; a column that is not known is passed over.

use super::entry::{Draft, Entry, ListLimits, kind_of};
use super::problem::{Problems, cells_words, size_words};
use super::rows::{Row, Rows};
use onrecord_record::NameStanding;
use std::sync::Arc;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    First,
    Last,
    Aliases,
    Former,
    Weak,
    Kind,
    Id,
    Born,
    BornAt,
    Nationality,
    Country,
    Position,
    Program,
    Identifier,
    Notes,
}

/// The words for each, without what is no letter. The first word that a header has decides which of two columns it is.
const HEADINGS: [(Column, &[&str]); 16] = [
    (
        Column::Name,
        &["name", "fullname", "primaryname", "caption", "entityname", "listname", "wholename", "name1"],
    ),
    (Column::First, &["firstname", "givenname", "givennames", "forename", "firstnames"]),
    (Column::Last, &["lastname", "surname", "familyname"]),
    (
        Column::Aliases,
        &["aliases", "alias", "aka", "alsoknownas", "othernames", "othername", "altnames", "akas"],
    ),
    (Column::Former, &["formernames", "formername", "previousnames", "previousname", "fka", "maidenname"]),
    (Column::Weak, &["weakaliases", "weakalias", "weakaka", "lowqualityaliases", "nicknames", "nickname"]),
    (Column::Kind, &["schema", "type", "kind", "entitytype", "sdntype", "class", "category"]),
    (
        Column::Id,
        &["id", "entityid", "uid", "listid", "referencenumber", "reference", "ref", "entnum", "number"],
    ),
    (Column::Born, &["birthdate", "dateofbirth", "dob", "born", "birthyear", "yearofbirth", "birthdates"]),
    (Column::BornAt, &["birthplace", "placeofbirth", "pob"]),
    (Column::Nationality, &["nationality", "nationalities", "citizenship", "citizenships"]),
    (Column::Country, &["country", "countries", "jurisdiction", "flag", "countrycode", "addresscountry"]),
    (
        Column::Position,
        &["position", "positions", "title", "titles", "role", "roles", "function", "designation", "office"],
    ),
    (
        Column::Program,
        &[
            "program",
            "programs",
            "programme",
            "sanctions",
            "topics",
            "list",
            "regime",
            "programids",
            "programid",
        ],
    ),
    (
        Column::Identifier,
        &[
            "identifiers",
            "identifier",
            "passport",
            "passportnumber",
            "imo",
            "imonumber",
            "idnumber",
            "registrationnumber",
            "taxnumber",
        ],
    ),
    (
        Column::Notes,
        &["notes", "note", "remarks", "remark", "comments", "comment", "summary", "description", "reason"],
    ),
];

/// What cells may be cut by. The first that makes a header of the first row is it.
const DELIMITERS: [u8; 4] = *b",\t;|";

/// A header that was understood.
pub(super) struct Header {
    delimiter: u8,
    cells: usize,
    columns: Vec<(Column, usize)>,
}

impl Header {
    /// The header of a table whose text this is: the first row that is not empty, if a column of it holds names.
    pub(super) fn of(text: &str) -> Option<Header> {
        DELIMITERS.into_iter().find_map(|delimiter| {
            let row = Rows::new(text, delimiter).next()?.ok()?;
            let columns = columns(&row);
            let named = |wanted| columns.iter().any(|(column, _)| *column == wanted);
            (named(Column::Name) || named(Column::Last)).then(|| Header {
                delimiter,
                cells: row.len(),
                columns,
            })
        })
    }

    /// The rows below it.
    pub(super) fn rows<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = Result<Row, super::rows::OpenQuote>> + 't {
        let mut rows = Rows::new(text, self.delimiter);
        rows.expect(self.cells);
        rows.skip(1)
    }

    /// The values in the columns of one sort, those that hold several cut apart.
    pub(super) fn values<'r>(&self, row: &'r Row, wanted: Column) -> Vec<&'r str> {
        let several =
            !matches!(wanted, Column::Name | Column::First | Column::Last | Column::Notes | Column::Id);
        let cells = self.columns.iter().filter(|(column, _)| *column == wanted).map(|(_, at)| row.cell(*at));
        cells
            .flat_map(|cell| cell.split(move |c| several && matches!(c, ';' | '|')))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The name a row is listed under: its name column, or given name and surname together.
    pub(super) fn name(&self, row: &Row) -> String {
        match self.values(row, Column::Name).first() {
            Some(name) => (*name).to_owned(),
            None => [self.values(row, Column::First), self.values(row, Column::Last)].concat().join(" "),
        }
    }

    /// What is the matter with the shape of a row, if anything.
    pub(super) fn misshapen(&self, row: &Row) -> Option<String> {
        (row.len() != self.cells)
            .then(|| format!("has {} where the header has {}", cells_words(row.len()), self.cells))
    }

    /// The column of a cell that is too long, with its size in bytes.
    fn overlong(&self, row: &Row, limit: usize) -> Option<usize> {
        self.columns.iter().map(|(_, at)| row.cell(*at).len()).find(|size| *size > limit)
    }
}

fn columns(row: &Row) -> Vec<(Column, usize)> {
    let mut columns = Vec::new();
    // No table has more columns that mean something.
    for at in 0..row.len().min(1_000) {
        let cell = row.cell(at);
        if cell.len() > 100 {
            continue;
        }
        columns.extend(column(cell).map(|column| (column, at)));
    }
    columns
}

/// What a column of this name holds.
pub(super) fn column(heading: &str) -> Option<Column> {
    let word: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    HEADINGS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(column, _)| *column)
}

/// What a user can do about an open quotation mark.
pub(super) const CLOSE: &str = "close it, or write a quotation mark inside a cell twice";

/// Reads a table with `header`.
pub(super) fn read(
    list: &Arc<str>,
    file: &str,
    text: &str,
    header: &Header,
    limits: ListLimits,
    problems: &mut Problems,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for row in header.rows(text) {
        let row = match row {
            Ok(row) => row,
            Err(open) => {
                let place = format!("{file}:{}", open.line);
                problems.left_out(place, "opens a quotation mark that is not closed", CLOSE);
                continue;
            }
        };
        let place = format!("{file}:{}", row.line);
        if entries.len() >= limits.entries {
            problems.left_out(
                place,
                format!("is beyond the {} entries that are used", limits.entries),
                "split the list",
            );
            break;
        }
        if let Some(size) = header.overlong(&row, limits.cell_bytes) {
            let what = format!("has a cell of {}", size_words(size));
            problems.left_out(place, what, "look whether a quotation mark is missing");
            continue;
        }
        if let Some(what) = header.misshapen(&row) {
            problems.in_part(place.clone(), what, "look whether a comma inside a cell needs quotation marks");
        }
        let id = header.values(&row, Column::Id).concat();
        let mut draft = Draft::new(list, place, &id, limits, problems);
        draft.name(&header.name(&row), NameStanding::Primary);
        let standings = [
            (Column::Aliases, NameStanding::Alias),
            (Column::Former, NameStanding::Former),
            (Column::Weak, NameStanding::Weak),
        ];
        for (column, standing) in standings {
            header.values(&row, column).into_iter().for_each(|name| draft.name(name, standing));
        }
        draft.kind(header.values(&row, Column::Kind).into_iter().find_map(kind_of));
        for value in header.values(&row, Column::Born) {
            draft.fact(|facts| &mut facts.birth_dates, value);
        }
        for value in header.values(&row, Column::BornAt) {
            draft.fact(|facts| &mut facts.birth_places, value);
        }
        for value in header.values(&row, Column::Nationality) {
            draft.fact(|facts| &mut facts.nationalities, value);
        }
        for value in header.values(&row, Column::Country) {
            draft.fact(|facts| &mut facts.countries, value);
        }
        for value in header.values(&row, Column::Position) {
            draft.fact(|facts| &mut facts.positions, value);
        }
        for value in header.values(&row, Column::Program) {
            draft.fact(|facts| &mut facts.programs, value);
        }
        for value in header.values(&row, Column::Identifier) {
            draft.fact(|facts| &mut facts.identifiers, value);
        }
        header.values(&row, Column::Notes).into_iter().for_each(|note| draft.remark(note));
        entries.extend(draft.finish("write one into the column of names, or remove the row"));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::ListKind;

    fn read_text(text: &str) -> (Vec<Entry>, Vec<String>) {
        let mut problems = Problems::default();
        let header = Header::of(text).unwrap();
        let entries = read(&"l.csv".into(), "l.csv", text, &header, ListLimits::default(), &mut problems);
        let said =
            problems.first().iter().map(|problem| format!("{}: {}", problem.place, problem.what)).collect();
        (entries, said)
    }

    #[test]
    fn columns_go_by_many_names() {
        let text = "ID;Full Name;A.K.A.;Type;Date of birth;Nationality;Position;Remarks;Colour\n\
            x1;\"ORSANKO, Mikhal\";\"Mikhail Orsanco|Captain Brodt\";Individual;1980-03-02;Korr;Captain;ship's master;red\n\
            ;Pale Line S.A.;;company;;;;;\n";
        let (entries, said) = read_text(text);
        assert_eq!(said, Vec::<String>::new());
        let names: Vec<&str> = entries[0].names.iter().map(|name| name.text.as_str()).collect();
        assert_eq!(names, ["ORSANKO, Mikhal", "Mikhail Orsanco", "Captain Brodt"]);
        let facts = &entries[0].facts;
        assert_eq!(facts.kind, Some(ListKind::Person));
        assert_eq!((&facts.birth_dates[0][..], &facts.nationalities[0][..]), ("1980-03-02", "Korr"));
        assert_eq!(facts.remarks.as_deref(), Some("ship's master"));
        assert_eq!((entries[1].id.as_str(), entries[1].place.as_str()), ("l.csv:3", "l.csv:3"));
    }

    #[test]
    fn given_name_and_surname_make_a_name() {
        let (entries, _) = read_text("surname\tfirst name\nFenn\tToby\n");
        assert_eq!(entries[0].names[0].text, "Toby Fenn");
    }

    #[test]
    fn bad_rows_are_named_and_the_others_used() {
        let cell = "x".repeat(10_000_000);
        let text = format!(
            "name,aliases,notes\nمحمد الوادي,Мария Орлова;山田太郎;Νίκος Άλφα,\n,,\n\"Open, Ann,x\nBo Dorn,\nCy \u{fffd}enn,,\n{cell},,\nDi\u{0}na Post,,{}\nEd Ruud,,ok\n",
            "fine"
        );
        let (entries, said) = read_text(&text);
        let names: Vec<&str> = entries.iter().map(|entry| entry.names[0].text.as_str()).collect();
        assert_eq!(names, ["محمد الوادي", "Bo Dorn", "Cy \u{fffd}enn", "Dina Post", "Ed Ruud"]);
        assert_eq!(entries[0].names.len(), 4);
        assert_eq!(
            said,
            [
                "l.csv:3: has no name",
                "l.csv:4: opens a quotation mark that is not closed",
                "l.csv:5: has 2 cells where the header has 3",
                "l.csv:6: has a name with bytes that could not be decoded",
                "l.csv:7: has a cell of 10.0 MB",
                "l.csv:8: has a name with NUL or other control characters",
            ]
        );
    }

    #[test]
    fn without_a_column_of_names_there_is_no_header() {
        assert!(Header::of("a,b,c\n1,2,3\n").is_none());
        assert!(Header::of("").is_none());
        assert!(Header::of("\"name\n1").is_none());
    }
}
