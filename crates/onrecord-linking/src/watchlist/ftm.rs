//! A list as FollowTheMoney entities, one JSON object a line, as OpenSanctions and others publish them.
//!
//! Only entities that bear a name of their own are entries; addresses, ownerships, passports and the like, which are
//! entities there too, are counted and passed over. Values are lists of strings; a single string and a number are
//! taken as well, and nested entities are looked through for what lists them.

use super::entry::{Draft, Entry, ListLimits};
use super::problem::{Problems, size_words};
use onrecord_record::{ListKind, NameStanding};
use serde_json::{Map, Value};
use std::sync::Arc;

/// What a schema is, when it bears a name; the inner `None` for a bearer of unknown kind.
fn kind_of_schema(schema: &str) -> Option<Option<ListKind>> {
    match schema {
        "Person" => Some(Some(ListKind::Person)),
        "Organization" | "Company" | "PublicBody" | "Asset" => Some(Some(ListKind::Organisation)),
        "LegalEntity" | "Thing" | "" => Some(None),
        "Vessel" => Some(Some(ListKind::Vessel)),
        "Airplane" => Some(Some(ListKind::Aircraft)),
        _ => None,
    }
}

const FIX: &str = "write one object a line, or remove the line";

/// How many entities of other schemas were passed over comes with the entries.
pub(super) fn read(
    list: &Arc<str>,
    file: &str,
    text: &str,
    limits: ListLimits,
    problems: &mut Problems,
) -> (Vec<Entry>, usize) {
    let (mut entries, mut passed_over) = (Vec::new(), 0);
    for (n, line) in text.split('\n').enumerate() {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if line.is_empty() {
            continue;
        }
        let place = format!("{file}:{}", n + 1);
        if entries.len() >= limits.entries {
            problems.left_out(
                place,
                format!("is beyond the {} entries that are used", limits.entries),
                "split the list",
            );
            break;
        }
        if line.len() > limits.line_bytes {
            problems.left_out(place, format!("is {} long", size_words(line.len())), "shorten it");
            continue;
        }
        let entity = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(entity)) => entity,
            Ok(_) => {
                problems.left_out(place, "is JSON but no object", FIX);
                continue;
            }
            Err(error) => {
                problems.left_out(place, format!("is no valid JSON at character {}", error.column()), FIX);
                continue;
            }
        };
        let schema = entity.get("schema").and_then(Value::as_str).unwrap_or_default();
        let Some(kind) = kind_of_schema(schema) else {
            passed_over += 1;
            continue;
        };
        entries.extend(entry(list, place, &entity, kind, limits, problems));
    }
    (entries, passed_over)
}

fn entry(
    list: &Arc<str>,
    place: String,
    entity: &Map<String, Value>,
    kind: Option<ListKind>,
    limits: ListLimits,
    problems: &mut Problems,
) -> Option<Entry> {
    let properties = entity.get("properties").and_then(Value::as_object).unwrap_or(entity);
    let id = entity.get("id").map(text_of).unwrap_or_default();
    let values = |key: &str| -> Vec<String> { strings(properties.get(key)) };
    let long = properties.values().flat_map(|value| strings(Some(value))).map(|value| value.len()).max();
    if let Some(long) = long.filter(|long| *long > limits.cell_bytes) {
        let what = format!("has a value of {}", size_words(long));
        problems.in_part(place.clone(), what, "shorten it");
    }
    let fitting = |key: &str| values(key).into_iter().filter(|value| value.len() <= limits.cell_bytes);
    let mut draft = Draft::new(list, place, &id, limits, problems);
    draft.kind(kind);
    for (n, name) in fitting("name").enumerate() {
        draft.name(&name, if n == 0 { NameStanding::Primary } else { NameStanding::Alias });
    }
    if draft.entry.names.is_empty() {
        let parts: Vec<String> = ["firstName", "secondName", "lastName"]
            .into_iter()
            .flat_map(|key| values(key).into_iter().next())
            .collect();
        draft.name(&parts.join(" "), NameStanding::Primary);
    }
    if draft.entry.names.is_empty() {
        draft.name(entity.get("caption").and_then(Value::as_str).unwrap_or_default(), NameStanding::Primary);
    }
    let standings = [
        ("alias", NameStanding::Alias),
        ("previousName", NameStanding::Former),
        ("weakAlias", NameStanding::Weak),
        ("abbreviation", NameStanding::Weak),
    ];
    for (key, standing) in standings {
        fitting(key).for_each(|name| draft.name(&name, standing));
    }
    fitting("birthDate").for_each(|value| draft.fact(|facts| &mut facts.birth_dates, &value));
    fitting("birthPlace").for_each(|value| draft.fact(|facts| &mut facts.birth_places, &value));
    for key in ["nationality", "citizenship"] {
        fitting(key).for_each(|value| draft.fact(|facts| &mut facts.nationalities, &value));
    }
    for key in ["country", "jurisdiction", "mainCountry", "flag", "birthCountry"] {
        fitting(key).for_each(|value| draft.fact(|facts| &mut facts.countries, &value));
    }
    for key in ["position", "title"] {
        fitting(key).for_each(|value| draft.fact(|facts| &mut facts.positions, &value));
    }
    for key in ["program", "programId", "topics"] {
        fitting(key).for_each(|value| draft.fact(|facts| &mut facts.programs, &value));
    }
    for program in properties
        .get("sanctions")
        .into_iter()
        .flat_map(nested)
        .flat_map(|inner| strings(inner.get("program")))
    {
        draft.fact(|facts| &mut facts.programs, &program);
    }
    let numbers = [
        ("passportNumber", "passport"),
        ("idNumber", "number"),
        ("registrationNumber", "registration"),
        ("taxNumber", "tax number"),
        ("innCode", "INN"),
        ("ogrnCode", "OGRN"),
        ("leiCode", "LEI"),
        ("imoNumber", "IMO"),
        ("mmsi", "MMSI"),
        ("callSign", "call sign"),
        ("swiftBic", "BIC"),
    ];
    for (key, label) in numbers {
        fitting(key)
            .for_each(|value| draft.fact(|facts| &mut facts.identifiers, &format!("{label} {value}")));
    }
    for key in ["summary", "notes"] {
        fitting(key).for_each(|value| draft.remark(&value));
    }
    draft.finish("give it a property \"name\"")
}

/// The strings of a property: it may be a list, a string or a number.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().map(text_of).filter(|text| !text.is_empty()).collect(),
        Some(value) => Some(text_of(value)).filter(|text| !text.is_empty()).into_iter().collect(),
        None => Vec::new(),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The properties of entities nested in a property.
fn nested(value: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    value.as_array().into_iter().flatten().filter_map(|inner| inner.get("properties")?.as_object())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Vec<Entry>, usize, Vec<String>) {
        let mut problems = Problems::default();
        let limits = ListLimits { line_bytes: 3_000, cell_bytes: 1_000, ..ListLimits::default() };
        let (entries, passed_over) = read(&"f".into(), "f.json", text, limits, &mut problems);
        let said =
            problems.first().iter().map(|problem| format!("{}: {}", problem.place, problem.what)).collect();
        (entries, passed_over, said)
    }

    #[test]
    fn properties_become_names_and_facts() {
        let line = r#"{"id":"Q1","schema":"Person","caption":"Mikhal Orsanko","properties":{"name":["Mikhal Orsanko","Михал Орсанко"],
            "weakAlias":["the pilot"],"previousName":"Emil Brodt","birthDate":["1980-03-02"],"nationality":["kr"],"position":["Captain"],
            "topics":["sanction"],"passportNumber":[123],"sanctions":[{"id":"s","schema":"Sanction","properties":{"program":["FUEL"]}}]}}"#;
        let (entries, _, said) = read_text(&line.replace('\n', " "));
        assert_eq!(said, Vec::<String>::new());
        let standings: Vec<NameStanding> = entries[0].names.iter().map(|name| name.standing).collect();
        assert_eq!(
            standings,
            [NameStanding::Primary, NameStanding::Alias, NameStanding::Former, NameStanding::Weak]
        );
        assert_eq!(entries[0].facts.programs, ["sanction", "FUEL"]);
        assert_eq!(entries[0].facts.identifiers, ["passport 123"]);
        assert_eq!(entries[0].facts.kind, Some(ListKind::Person));
    }

    #[test]
    fn bad_lines_are_named_and_the_others_used() {
        let text = format!(
            "{{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"Pale Line\"]}}}}\n\n\
             {{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{{}}}}\n{{broken\n[1]\n\
             {{\"id\":\"c\",\"schema\":\"Address\",\"properties\":{{\"full\":[\"1 Quay\"]}}}}\n\
             {{\"id\":\"d\",\"schema\":\"Vessel\",\"properties\":{{\"name\":[\"Grey Gull\"],\"notes\":[\"{}\"]}}}}\n{}\n{}\n",
            "n".repeat(2_000),
            "x".repeat(5_000),
            "[".repeat(2_000),
        );
        let (entries, passed_over, said) = read_text(&text);
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!((ids, passed_over), (vec!["a", "d"], 1));
        assert_eq!(entries[1].facts.remarks, None);
        assert_eq!(
            said,
            [
                "f.json:3: has no name",
                "f.json:4: is no valid JSON at character 2",
                "f.json:5: is JSON but no object",
                "f.json:7: has a value of 2.0 kB",
                "f.json:8: is 5.0 kB long",
                "f.json:9: is no valid JSON at character 128",
            ]
        );
    }
}
