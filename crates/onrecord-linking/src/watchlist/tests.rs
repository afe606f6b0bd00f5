use super::*;
use onrecord_record::{ListBand, ListFinding, ListKind};
use proptest::prelude::*;

const TABLE: &str = "\
id,name,aliases,weak_alias,type,birth_date,nationality,position\n\
1,\"ORSANKO, Mikhal\",Mikhail Orsanco,CAPTAIN BRODT,person,1980,Iran,Captain of the harbour guard\n\
2,PALE LINE SHIPPING S.A.,Dark Line,,company,,Panama,\n\
3,GREY GULL,,,vessel,,,\n\
4,\"TEAGUE, Rosamund\",,Rosa,person,02 Mar 1950,Cuba,\n\
5,HARBOUR,,,organisation,,,\n";

fn watchlist() -> Watchlist {
    let read = read_list("l.csv", &[ListFile { name: "l.csv", text: TABLE }], ListLimits::default());
    assert_eq!(read.problems.first(), []);
    Watchlist::build(read.entries)
}

fn first(query: &Query) -> Option<ListFinding> {
    watchlist().matches(query, 5).into_iter().next()
}

#[test]
fn the_same_name_is_proposed_with_reasons() {
    let found = first(&Query::of("Mikhal Orsanko")).unwrap();
    assert_eq!((found.id.as_str(), found.band, found.place.as_str()), ("1", ListBand::Same, "l.csv:2"));
    assert!(!found.reasons.is_empty());
    assert!(found.proposal.contains("for a person to confirm"));
    assert_eq!(first(&Query::of("Quentin Ashgrove")), None);
}

#[test]
fn a_fact_that_speaks_against_moves_a_match_down() {
    let mut query = Query::of("Mikhal Orsanko");
    query.birth_dates = vec!["1931-01-01".into()];
    let found = first(&query).unwrap();
    assert_eq!(found.band, ListBand::Possible);
    assert!(found.against.contains(&"born 1931 here, 1980 on the list".into()), "{:?}", found.against);
    query.kind = Some(ListKind::Organisation);
    assert_eq!(first(&query), None, "two weighty facts against");
    query.birth_dates = vec!["circa 1981".into()];
    let found = first(&query).unwrap();
    assert_eq!(found.band, ListBand::Possible);
    assert!(found.reasons.contains(&"born 1979 to 1983 in both".into()), "{:?}", found.reasons);
    assert!(found.against.contains(&"an organisation here, a person on the list".into()));
}

#[test]
fn countries_and_roles_are_told_on_either_side() {
    let mut query = Query::of("Mikhal Orsanko");
    query.roles = vec!["the Iranian harbour captain".into()];
    let found = first(&query).unwrap();
    assert_eq!(found.band, ListBand::Same);
    assert!(found.reasons.contains(&"Iran in both".into()), "{:?}", found.reasons);
    assert!(
        found.reasons.contains(&"“harbour”, “captain” in the roles of both".into()),
        "{:?}",
        found.reasons
    );
    query.roles = vec!["a Danish baker".into()];
    let found = first(&query).unwrap();
    assert_eq!(found.band, ListBand::Possible);
    assert!(found.against.contains(&"Denmark here, Iran on the list".into()), "{:?}", found.against);
}

#[test]
fn a_weak_alias_or_a_single_part_never_reaches_the_upper_band() {
    for name in ["Captain Brodt", "Rosa", "Harbour", "Teague"] {
        for found in watchlist().matches(&Query::of(name), 5) {
            assert_eq!(found.band, ListBand::Possible, "{name}: {found:?}");
            assert!(!found.against.is_empty());
        }
    }
    assert_eq!(first(&Query::of("Captain Brodt")).map(|found| found.matched), Some("CAPTAIN BRODT".into()));
}

#[test]
fn a_single_word_of_a_text_alone_does_not_alarm() {
    for name in ["Rosa", "Teague", "Orsanko"] {
        let query = Query { kind: Some(ListKind::Person), from_text: true, ..Query::of(name) };
        assert_eq!(first(&query), None, "{name}");
    }
}

fn listed(rows: &str) -> Watchlist {
    let text = format!("name,type,nationality,aliases\n{rows}");
    Watchlist::build(
        read_list("l.csv", &[ListFile { name: "l.csv", text: &text }], ListLimits::default()).entries,
    )
}

fn met_in_text(list: &Watchlist, name: &str, kind: ListKind) -> Option<ListBand> {
    let query = Query { kind: Some(kind), from_text: true, ..Query::of(name) };
    list.matches(&query, 1).first().map(|found| found.band)
}

#[test]
fn in_a_text_the_half_of_a_name_or_a_part_spelt_otherwise_is_not_enough() {
    let list = listed(
        "\"ORRIN FENWICK, Tobias Lucan\",person,,\n\"VEY, Ann\",person,,\nGREY HARBOUR TRADING,company,,\nTOBIAS FENN MEMORIAL HOSPITAL,,,\n",
    );
    assert_eq!(met_in_text(&list, "Tobias Orrin Fenwick", ListKind::Person), Some(ListBand::Same));
    assert_eq!(met_in_text(&list, "Lucan Orrin", ListKind::Person), None);
    assert_eq!(met_in_text(&list, "Tobias Fenn", ListKind::Person), None);
    assert_eq!(met_in_text(&list, "Grey Harbour Trading", ListKind::Organisation), Some(ListBand::Same));
    assert_eq!(met_in_text(&list, "Grey Harbour Council", ListKind::Organisation), None);
}

#[test]
fn a_country_is_no_name_in_a_text() {
    let list = listed("UNITED STATES,company,,\nIRAN AIR,company,,\n");
    assert_eq!(met_in_text(&list, "the United States", ListKind::Organisation), None);
    assert_eq!(met_in_text(&list, "Iran Air", ListKind::Organisation), Some(ListBand::Same));
    assert!(!list.matches(&Query::of("United States"), 1).is_empty(), "who asks for it is told");
}

#[test]
fn a_parents_name_is_not_the_bearers() {
    let list = listed("\"AL-ORRANI, Salim\",person,,\n");
    let found = list.matches(&Query::of("Abu Salim al-Orrani"), 1);
    assert!(found.iter().all(|found| found.band == ListBand::Possible), "{found:?}");
    let same = list.matches(&Query::of("Salim al-Orrani"), 1);
    assert_eq!(same[0].band, ListBand::Same);
}

#[test]
fn a_name_that_many_entries_bear_is_held_back() {
    let rows: String =
        (0..40).map(|n| format!("\"ORRIN, Tobias {}\",person,,\n", "Q".repeat(n + 2))).collect();
    let list = listed(&rows);
    let found = list.matches(&Query::of("Tobias Orrin"), 3);
    assert!(found.iter().all(|found| found.band == ListBand::Possible), "{found:?}");
    assert!(
        found[0].against.iter().any(|it| it.starts_with("a common name: 40 or more")),
        "{:?}",
        found[0].against
    );
    assert_eq!(met_in_text(&list, "Tobias Orrin", ListKind::Person), None);
}

#[test]
fn the_order_is_the_same_whatever_is_asked_before() {
    let list = watchlist();
    let query = Query {
        other_names: vec!["Captain Brodt".into(), "Mikhail Orsanco".into()],
        ..Query::of("M. Orsanko")
    };
    let before = list.matches(&query, 5);
    list.matches(&Query::of("Pale Line"), 5);
    assert_eq!(list.matches(&query, 5), before);
    assert!(
        before[0].reasons.iter().any(|reason| reason.contains("also a name of this entry")),
        "{before:?}"
    );
}

#[test]
fn files_that_are_no_lists_are_named() {
    let bad = [
        ("a.csv", "x,y\n1,2\n"),
        ("b.csv", ""),
        ("c.json", "[{}]"),
        ("d.xml", "<list/>"),
        ("e.csv", "\u{0}\u{0}\u{0}"),
    ];
    let files: Vec<ListFile<'_>> = bad.iter().map(|(name, text)| ListFile { name, text }).collect();
    let read = read_list("l", &files, ListLimits::default());
    assert!(read.entries.is_empty());
    let said: Vec<String> =
        read.problems.first().iter().map(|it| format!("{}: {}", it.place, it.what)).collect();
    assert_eq!(
        said,
        [
            "a.csv: has no column of names",
            "b.csv: is empty",
            "c.json: is a JSON array",
            "d.xml: is XML or HTML",
            "e.csv: has no column of names",
        ]
    );
}

#[test]
fn no_more_entries_are_taken_than_allowed() {
    let limits = ListLimits { entries: 2, ..ListLimits::default() };
    let read = read_list("l.csv", &[ListFile { name: "l.csv", text: TABLE }], limits);
    assert_eq!(read.entries.len(), 2);
    assert_eq!(read.problems.first()[0].what, "is beyond the 2 entries that are used");
}

proptest! {
    #[test]
    fn any_text_is_survived_as_a_list_and_as_queries(
        text in "(name,|aliases;|\\{\"name\":|1,\"|\"|,|;|\n|-0- |[a-zàéمЖ港\0 ]){0,60}",
        file in "(sdn|alt|add|sdn_comments|x)\\.(csv|json)",
    ) {
        let read = read_list("l", &[ListFile { name: &file, text: &text }], ListLimits::default());
        prop_assert!(read.entries.iter().all(|entry| !entry.names.is_empty() && !entry.id.is_empty()));
        let list = Watchlist::build(read.entries);
        for asked in read_queries("q", &text, ListLimits::default()).asked {
            for found in list.matches(&asked.query, 3) {
                prop_assert!((0.0..=1.0).contains(&found.score));
                prop_assert!(!found.proposal.is_empty());
            }
        }
    }

    #[test]
    fn any_query_is_survived(name in any::<String>(), other in any::<String>(), born in any::<String>(), role in any::<String>()) {
        let query = Query {
            name,
            other_names: vec![other],
            birth_dates: vec![born],
            countries: vec![role.clone()],
            roles: vec![role],
            ..Query::default()
        };
        watchlist().matches(&query, 3);
    }
}
