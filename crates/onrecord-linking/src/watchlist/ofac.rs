//! The list of Specially Designated Nationals in the four CSV files that its office publishes: sdn.csv with a row for
//! each entry, alt.csv with other names, add.csv with addresses, sdn_comments.csv with what did not fit into the remarks.
//!
//! The files have no header; `-0-` stands where nothing is known. The remarks are a sentence of clauses: "DOB 1 Jan 1970;
//! nationality Iran; a.k.a. 'ABU X'". A name given there is weak in the office's own words: too broad to be relied on.

use super::entry::{Draft, Entry, ListLimits};
use super::problem::{Problems, cells_words, size_words};
use super::rows::{Row, Rows};
use onrecord_record::{ListKind, NameStanding};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Cells of a row of sdn.csv.
const CELLS: usize = 12;

/// How rows are broken that no advice but this helps with.
const DOWNLOAD: &str = "download the file again";

/// Which of the four files one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SdnFile {
    Main,
    Names,
    Addresses,
    Comments,
}

impl SdnFile {
    /// By the file's name and, for the main file, by what it holds.
    pub(super) fn of(file: &str, text: &str) -> Option<SdnFile> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_ascii_lowercase();
        let marked = || head(text).contains("-0-");
        match name.as_str() {
            "alt.csv" if marked() => Some(SdnFile::Names),
            "add.csv" if marked() => Some(SdnFile::Addresses),
            "sdn_comments.csv" => Some(SdnFile::Comments),
            _ if marked() && first_row_has(text, CELLS) => Some(SdnFile::Main),
            _ => None,
        }
    }
}

/// Where a file is told by its first few rows, these many bytes are enough.
fn head(text: &str) -> &str {
    let mut end = text.len().min(10_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn first_row_has(text: &str, cells: usize) -> bool {
    // A bad row or two at the head does not make it another file.
    Rows::new(head(text), b',')
        .take(20)
        .flatten()
        .any(|row| row.len() == cells && row.cell(0).trim().bytes().all(|byte| byte.is_ascii_digit()))
}

/// One of the files.
pub(super) struct Part<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) is: SdnFile,
}

/// Reads the files of one list, whichever are there.
pub(super) fn read(
    list: &Arc<str>,
    parts: &[Part<'_>],
    limits: ListLimits,
    problems: &mut Problems,
    notes: &mut Vec<String>,
) -> Vec<Entry> {
    let mut comments: BTreeMap<String, String> = BTreeMap::new();
    for part in parts.iter().filter(|part| part.is == SdnFile::Comments) {
        each_row(part, 2, limits, problems, |row, _, _| {
            comments.entry(number(row)).or_default().push_str(row.cell(1));
        });
    }
    let mut reading = Reading { list, limits, entries: Vec::new(), by_id: BTreeMap::new() };
    for part in parts.iter().filter(|part| part.is == SdnFile::Main) {
        each_row(part, CELLS, limits, problems, |row, place, problems| {
            let more = comments.get(&number(row)).map(String::as_str).unwrap_or_default();
            reading.main(row, place, more, problems);
        });
    }
    let orphans = reading.entries.len();
    for part in parts.iter().filter(|part| part.is == SdnFile::Names) {
        each_row(part, 5, limits, problems, |row, place, problems| reading.other_name(row, place, problems));
    }
    for part in parts.iter().filter(|part| part.is == SdnFile::Addresses) {
        each_row(part, 6, limits, problems, |row, _, _| reading.address(row));
    }
    let orphans = reading.entries.len() - orphans;
    if orphans > 0 {
        let what = if orphans == 1 { "entry has" } else { "entries have" };
        notes.push(format!("{orphans} {what} other names in alt.csv and no row in sdn.csv; they are known by those names alone"));
    }
    reading.entries
}

/// Hands on each row that can be used, with its place.
fn each_row(
    part: &Part<'_>,
    cells: usize,
    limits: ListLimits,
    problems: &mut Problems,
    mut take: impl FnMut(&Row, String, &mut Problems),
) {
    let mut rows = Rows::new(part.text, b',');
    rows.expect(cells);
    for row in rows {
        let place = |line: usize| format!("{}:{line}", part.file);
        let row = match row {
            Ok(row) => row,
            Err(open) => {
                problems.left_out(place(open.line), "opens a quotation mark that is not closed", DOWNLOAD);
                continue;
            }
        };
        let place = place(row.line);
        // The files end with the mark that ended files under DOS.
        if row.len() == 1 && row.cell(0).trim() == "\u{1a}" {
            continue;
        }
        let id = row.cell(0).trim();
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) || id.len() > 12 {
            problems.left_out(place, "does not begin with the number of an entry", DOWNLOAD);
            continue;
        }
        if let Some(long) = (0..row.len()).map(|n| row.cell(n).len()).find(|long| *long > limits.cell_bytes) {
            problems.left_out(place, format!("has a cell of {}", size_words(long)), DOWNLOAD);
            continue;
        }
        if row.len() != cells {
            let what = format!("has {} where such a row has {cells}", cells_words(row.len()));
            problems.in_part(place.clone(), what, DOWNLOAD);
        }
        take(&row, place, problems);
    }
}

fn number(row: &Row) -> String {
    row.cell(0).trim().to_owned()
}

/// A cell's text; empty where it says that nothing is known.
fn known(cell: &str) -> &str {
    let cell = cell.trim();
    if cell == "-0-" { "" } else { cell }
}

struct Reading<'l> {
    list: &'l Arc<str>,
    limits: ListLimits,
    entries: Vec<Entry>,
    by_id: BTreeMap<String, usize>,
}

impl Reading<'_> {
    fn main(&mut self, row: &Row, place: String, more: &str, problems: &mut Problems) {
        if self.entries.len() >= self.limits.entries {
            problems.left_out(
                place,
                format!("is beyond the {} entries that are used", self.limits.entries),
                "split the list",
            );
            return;
        }
        let id = number(row);
        let mut draft = Draft::new(self.list, place, &id, self.limits, problems);
        draft.name(known(row.cell(1)), NameStanding::Primary);
        let kind = match known(row.cell(2)).to_ascii_lowercase().as_str() {
            "individual" => Some(ListKind::Person),
            "vessel" => Some(ListKind::Vessel),
            "aircraft" => Some(ListKind::Aircraft),
            "" => Some(ListKind::Organisation),
            _ => None,
        };
        draft.kind(kind);
        known(row.cell(3)).split("] [").for_each(|program| draft.fact(|facts| &mut facts.programs, program));
        draft.fact(|facts| &mut facts.positions, known(row.cell(4)));
        if let Some(sign) = Some(known(row.cell(5))).filter(|sign| !sign.is_empty()) {
            draft.fact(|facts| &mut facts.identifiers, &format!("call sign {sign}"));
        }
        draft.fact(|facts| &mut facts.countries, known(row.cell(9)));
        remarks(&mut draft, &format!("{}{more}", known(row.cell(11))));
        for (label, cell) in [("type", 6), ("owner", 10)] {
            let said = known(row.cell(cell));
            if !said.is_empty() {
                draft.remark(&format!("{label} {said}"));
            }
        }
        if let Some(entry) = draft.finish(DOWNLOAD) {
            self.by_id.entry(id).or_insert(self.entries.len());
            self.entries.push(entry);
        }
    }

    fn other_name(&mut self, row: &Row, place: String, problems: &mut Problems) {
        let id = number(row);
        let standing = match known(row.cell(2)).to_ascii_lowercase().as_str() {
            "fka" => NameStanding::Former,
            _ => NameStanding::Alias,
        };
        let name = known(row.cell(3));
        let at = self.by_id.get(&id).copied();
        let mut draft = Draft::new(self.list, place, &id, self.limits, problems);
        if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)).filter(|_| !name.is_empty()) {
            // A problem with the name is placed in its own row, so it goes by way of a draft of that row.
            std::mem::swap(&mut draft.entry.names, &mut entry.names);
            draft.name(name, standing);
            std::mem::swap(&mut draft.entry.names, &mut entry.names);
            return;
        }
        draft.name(name, standing);
        if let Some(mut entry) = draft.finish(DOWNLOAD)
            && self.entries.len() < self.limits.entries
        {
            entry.without_row = true;
            self.by_id.insert(id, self.entries.len());
            self.entries.push(entry);
        }
    }

    fn address(&mut self, row: &Row) {
        let country = super::entry::clean(known(row.cell(4))).text;
        let at = self.by_id.get(row.cell(0).trim());
        if let Some(entry) = at.and_then(|at| self.entries.get_mut(*at))
            && !country.is_empty()
            && !entry.facts.countries.contains(&country)
        {
            entry.facts.countries.push(country);
        }
    }
}

/// How the numbers that the remarks give begin.
const NUMBERS: [&str; 22] = [
    "passport",
    "national id",
    "identification number",
    "cedula",
    "tax id",
    "vessel registration",
    "imo",
    "mmsi",
    "registration",
    "r.f.c.",
    "c.u.r.p.",
    "nit ",
    "ruc ",
    "rif ",
    "ssn",
    "company number",
    "business registration",
    "d-u-n-s",
    "v.a.t.",
    "matricula",
    "folio",
    "aircraft construction",
];

/// Reads the clauses of the remarks, and keeps them whole besides.
fn remarks(draft: &mut Draft<'_>, text: &str) {
    let whole = text.trim().strip_suffix('.').unwrap_or(text.trim());
    for clause in whole.split(';').map(str::trim) {
        let clause = clause.strip_prefix("alt. ").unwrap_or(clause);
        let after = |label: &str| clause.strip_prefix(label).map(str::trim);
        if let Some(born) = after("DOB ") {
            draft.fact(|facts| &mut facts.birth_dates, born);
        } else if let Some(place) = after("POB ") {
            draft.fact(|facts| &mut facts.birth_places, place);
        } else if let Some(country) = after("nationality ").or_else(|| after("citizen ")) {
            draft.fact(|facts| &mut facts.nationalities, country);
        } else if let Some(name) = after("a.k.a. ").or_else(|| after("f.k.a. ")).or_else(|| after("n.k.a. "))
        {
            draft.name(name.trim_end_matches('.').trim_matches('\''), NameStanding::Weak);
        } else if NUMBERS.iter().any(|label| starts_with(clause, label)) {
            draft.fact(|facts| &mut facts.identifiers, clause);
        }
    }
    draft.remark(whole);
}

/// Whether `text` begins with `label`, which is in small letters.
fn starts_with(text: &str, label: &str) -> bool {
    text.get(..label.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(label))
}

#[cfg(test)]
mod tests;
