//! A file of names to be held against a list: one name a line, a table with a header, or JSON lines.

use super::entry::{ListLimits, clean, kind_of};
use super::plain_csv::{self, Column, Header};
use super::problem::{Problems, size_words};
use super::query::Query;
use serde_json::Value;

/// A name of the file, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The line it stands in, from 1.
    pub line: usize,
    /// What is asked.
    pub query: Query,
}

/// The names of a file, in its order, and the rows that held none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queries {
    /// What is asked.
    pub asked: Vec<Asked>,
    /// What could not be.
    pub problems: Problems,
}

/// Reads a file of names, called `file` in its problems. Its form shows in its content: JSON lines begin with a brace, a
/// table has a header with a column of names, and anything else holds one name a line.
pub fn read_queries(file: &str, text: &str, limits: ListLimits) -> Queries {
    let mut out = Queries::default();
    let begin = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if begin.starts_with('{') {
        json_lines(file, text, limits, &mut out);
    } else if let Some(header) = Header::of(text) {
        table(file, text, &header, limits, &mut out);
    } else {
        for (n, line) in text.lines().enumerate() {
            let trimmed = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            if !trimmed.is_empty() {
                out.ask(file, n + 1, Query::of(trimmed), limits);
            }
        }
    }
    out
}

impl Queries {
    fn ask(&mut self, file: &str, line: usize, mut query: Query, limits: ListLimits) {
        let place = format!("{file}:{line}");
        if query.name.len() > limits.cell_bytes {
            let what = format!("has a name of {}", size_words(query.name.len()));
            self.problems.left_out(place, what, "write one name a line");
            return;
        }
        query.name = clean(&query.name).text;
        if query.name.chars().any(char::is_alphanumeric) {
            self.asked.push(Asked { line, query });
        } else {
            self.problems.left_out(place, "has no name", "write one, or remove the line");
        }
    }
}

fn table(file: &str, text: &str, header: &Header, limits: ListLimits, out: &mut Queries) {
    for row in header.rows(text) {
        let row = match row {
            Ok(row) => row,
            Err(open) => {
                let place = format!("{file}:{}", open.line);
                out.problems.left_out(place, "opens a quotation mark that is not closed", plain_csv::CLOSE);
                continue;
            }
        };
        if let Some(what) = header.misshapen(&row) {
            let hint = "look whether a comma inside a cell needs quotation marks";
            out.problems.in_part(format!("{file}:{}", row.line), what, hint);
        }
        let values = |column: Column| -> Vec<String> {
            header.values(&row, column).into_iter().map(str::to_owned).collect()
        };
        let query = fill(header.name(&row), values);
        out.ask(file, row.line, query, limits);
    }
}

fn json_lines(file: &str, text: &str, limits: ListLimits, out: &mut Queries) {
    for (n, line) in text.split('\n').enumerate() {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if line.is_empty() {
            continue;
        }
        let place = format!("{file}:{}", n + 1);
        if line.len() > limits.line_bytes {
            out.problems.left_out(place, format!("is {} long", size_words(line.len())), "shorten it");
            continue;
        }
        let object = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => object,
            Ok(_) => {
                out.problems.left_out(place, "is JSON but no object", "write {\"name\": …} a line");
                continue;
            }
            Err(error) => {
                let what = format!("is no valid JSON at character {}", error.column());
                out.problems.left_out(place, what, "write {\"name\": …} a line");
                continue;
            }
        };
        let values = |column: Column| -> Vec<String> {
            let here = object.iter().filter(|(key, _)| plain_csv::column(key) == Some(column));
            here.flat_map(|(_, value)| match value {
                Value::Array(values) => values.iter().map(text_of).collect(),
                value => vec![text_of(value)],
            })
            .filter(|value| !value.is_empty())
            .collect()
        };
        let mut names = values(Column::Name);
        let name = if names.is_empty() {
            [values(Column::First), values(Column::Last)].concat().join(" ")
        } else {
            names.remove(0)
        };
        let mut query = fill(name, values);
        query.other_names.extend(names);
        out.ask(file, n + 1, query, limits);
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn fill(name: String, values: impl Fn(Column) -> Vec<String>) -> Query {
    let all =
        |columns: &[Column]| -> Vec<String> { columns.iter().flat_map(|column| values(*column)).collect() };
    Query {
        name,
        other_names: all(&[Column::Aliases, Column::Former, Column::Weak]),
        kind: values(Column::Kind).iter().find_map(|word| kind_of(word)),
        birth_dates: values(Column::Born),
        countries: all(&[Column::Nationality, Column::Country, Column::BornAt]),
        roles: values(Column::Position),
        from_text: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::ListKind;

    fn read(text: &str) -> (Vec<Asked>, Vec<String>) {
        let queries = read_queries("q", text, ListLimits::default());
        let said = queries.problems.first().iter().map(|it| format!("{}: {}", it.place, it.what)).collect();
        (queries.asked, said)
    }

    #[test]
    fn a_line_is_a_name() {
        let (asked, said) = read("\u{feff}ORSANKO, Mikhal\r\n\n  Bo Dorn \n---\nМария\n");
        let names: Vec<(usize, &str)> = asked.iter().map(|it| (it.line, it.query.name.as_str())).collect();
        assert_eq!(names, [(1, "ORSANKO, Mikhal"), (3, "Bo Dorn"), (5, "Мария")]);
        assert_eq!(said, ["q:4: has no name"]);
    }

    #[test]
    fn a_table_brings_facts() {
        let (asked, said) = read("Name,type,DOB,country\nBo Dorn,person,1970,Iran|Iraq\n,person,,\n");
        assert_eq!(said, ["q:3: has no name"]);
        let query = &asked[0].query;
        assert_eq!(query.kind, Some(ListKind::Person));
        assert_eq!((query.birth_dates.len(), query.countries.len()), (1, 2));
    }

    #[test]
    fn json_lines_bring_facts() {
        let (asked, said) = read(
            "{\"name\":\"Grey Gull\",\"schema\":\"Vessel\",\"aliases\":[\"Gull\"],\"dob\":1970}\n{x\n[]\n{\"a\":1}\n",
        );
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].query.kind, Some(ListKind::Vessel));
        assert_eq!(asked[0].query.birth_dates, ["1970"]);
        assert_eq!(
            said,
            ["q:2: is no valid JSON at character 2", "q:3: is JSON but no object", "q:4: has no name"]
        );
    }
}
