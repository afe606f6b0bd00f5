use super::*;

const MAIN: &str = "\
101,\"ORSANKO, Mikhal\",\"individual\",\"FUEL] [HARBOUR\",\"Captain\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 02 Mar 1980; alt. DOB circa 1981; POB Vell, Korrland; nationality Korrland; citizen Verrin; Passport K123 (Korrland); a.k.a. 'CAPTAIN BRODT'; Linked To: PALE LINE S.A.\"\n\
102,\"PALE LINE S.A.\",-0- ,\"FUEL\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\
103,\"GREY GULL\",\"vessel\",\"FUEL\",-0- ,\"VX12\",\"Tug\",-0- ,\"164\",\"Verrin\",\"Pale Line S.A.\",-0- \n";

fn read_all(main: &str, names: &str, addresses: &str, comments: &str) -> (Vec<Entry>, Problems, Vec<String>) {
    let files = [
        (SdnFile::Main, "sdn.csv", main),
        (SdnFile::Names, "alt.csv", names),
        (SdnFile::Addresses, "add.csv", addresses),
        (SdnFile::Comments, "sdn_comments.csv", comments),
    ];
    let parts: Vec<Part<'_>> = files.into_iter().map(|(is, file, text)| Part { file, text, is }).collect();
    let (mut problems, mut notes) = (Problems::default(), Vec::new());
    let entries = read(&"sdn".into(), &parts, ListLimits::default(), &mut problems, &mut notes);
    (entries, problems, notes)
}

#[test]
fn entries_have_names_facts_and_places() {
    let names = "101,9,\"aka\",\"ORSANCO, Mikhail\",-0- \n102,8,\"fka\",\"DARK LINE\",-0- \n\u{1a}\n";
    let addresses = "101,1,-0- ,\"Vell\",\"Korrland\",-0- \n102,2,\"1 Quay\",\"Aldmere\",\"Verrin\",-0- \n";
    let (entries, problems, notes) = read_all(MAIN, names, addresses, "101,\" ; a.k.a. 'THE PILOT'.\"\n");
    assert_eq!(problems.first(), []);
    assert!(notes.is_empty());
    let man = &entries[0];
    let names: Vec<(&str, NameStanding)> =
        man.names.iter().map(|name| (name.text.as_str(), name.standing)).collect();
    assert_eq!(
        names,
        [
            ("ORSANKO, Mikhal", NameStanding::Primary),
            ("CAPTAIN BRODT", NameStanding::Weak),
            ("THE PILOT", NameStanding::Weak),
            ("ORSANCO, Mikhail", NameStanding::Alias),
        ]
    );
    assert_eq!(man.facts.birth_dates, ["02 Mar 1980", "circa 1981"]);
    assert_eq!(man.facts.nationalities, ["Korrland", "Verrin"]);
    assert_eq!(man.facts.countries, ["Korrland"]);
    assert_eq!(man.facts.positions, ["Captain"]);
    assert_eq!(man.facts.programs, ["FUEL", "HARBOUR"]);
    assert_eq!(man.facts.identifiers, ["Passport K123 (Korrland)"]);
    assert_eq!((man.id.as_str(), man.place.as_str()), ("101", "sdn.csv:1"));
    let kinds: Vec<Option<ListKind>> = entries.iter().map(|entry| entry.facts.kind).collect();
    assert_eq!(kinds, [Some(ListKind::Person), Some(ListKind::Organisation), Some(ListKind::Vessel)]);
    assert_eq!(entries[1].names[1].standing, NameStanding::Former);
    assert_eq!(entries[2].facts.identifiers, ["call sign VX12"]);
}

#[test]
fn broken_rows_are_named_and_the_others_used() {
    let main = format!(
        "{MAIN}104,\"OPEN, Mark,\"individual\",\"X\"\nnonsense\n105,-0- ,\"individual\",\"X\",,,,,,,,\n106,\"SHORT, Row\",\"individual\"\n107,\"{}\",\"individual\",\"X\",,,,,,,,\n108,\"LAST, Row\",\"individual\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n",
        "long ".repeat(100_000)
    );
    let (entries, problems, _) =
        read_all(&main, "999,1,\"aka\",\"ALONE, Name\",-0- \n101,2,\"aka\",-0- ,-0- \n", "", "");
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["101", "102", "103", "106", "108", "999"]);
    assert!(entries[5].without_row);
    let said: Vec<String> =
        problems.first().iter().map(|problem| format!("{}: {}", problem.place, problem.what)).collect();
    assert_eq!(
        said,
        [
            "sdn.csv:4: opens a quotation mark that is not closed",
            "sdn.csv:5: does not begin with the number of an entry",
            "sdn.csv:6: has no name",
            "sdn.csv:7: has 3 cells where such a row has 12",
            "sdn.csv:8: has a cell of 500.0 kB",
            "alt.csv:2: has no name",
        ]
    );
}

#[test]
fn the_files_are_told_by_name_and_content() {
    assert_eq!(SdnFile::of("lists/SDN.CSV", MAIN), Some(SdnFile::Main));
    assert_eq!(SdnFile::of("august.csv", MAIN), Some(SdnFile::Main));
    assert_eq!(SdnFile::of("alt.csv", "1,2,aka,X,-0- \n"), Some(SdnFile::Names));
    assert_eq!(SdnFile::of("alt.csv", "name,country\nX,Y\n"), None);
    assert_eq!(SdnFile::of("sdn.csv", "name,country\nX,Y\n"), None);
}
