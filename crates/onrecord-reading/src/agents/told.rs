//! Tests of what a text tells of those whom it names: aliases, offices, and who is listed.

use super::tests::{agent, read};

#[test]
fn aliases_of_many_forms_take_their_mentions_along() {
    for (text, name, alias, mentions) in [
        (
            "Tariq Nur, also known as Omar al-Zuri, and Ilse Brand left. They held al-Zuri.",
            "Tariq Nur",
            "Omar al-Zuri",
            3,
        ),
        ("They held Rolf “Foghorn” Egg. Foghorn wept.", "Rolf “Foghorn” Egg", "Foghorn", 2),
        ("They held Ana Holm (née Harl). Otto Harl left.", "Ana Holm", "Harl", 2),
        (
            "They held Omar Lund, whose nom de guerre is Abu Karr. In May Abu Karr wept.",
            "Omar Lund",
            "Abu Karr",
            3,
        ),
        ("They held Ana Holm (@anaholm).", "Ana Holm", "@anaholm", 1),
        ("They held Ana Holm, alias “the Fox”, in Lund.", "Ana Holm", "the Fox", 2),
        ("It is the Harbour Board (the “Board”) that paid.", "Harbour Board", "Board", 2),
    ] {
        let (_, found) = read(text);
        let holder = agent(&found, name);
        assert_eq!(holder.also_known_as[0].name, alias, "{text}");
        assert_eq!(holder.mentions.len(), mentions, "{text}");
    }
    for text in [
        "Ana Holm called Rolf Egg a fool.",
        "Ana Holm, born in Korr, met Rolf Egg.",
        "Ana Holm dubbed Rolf Egg.",
    ] {
        let (_, found) = read(text);
        assert!(found.agents.iter().all(|agent| agent.also_known_as.is_empty()), "{text}");
    }
}

#[test]
fn clauses_brackets_and_what_stands_before_tell_of_persons() {
    for (text, role) in [
        ("They met former Lund Senator Ana Holm there.", "former Lund Senator"),
        ("They met Norway’s President Ana Holm there.", "Norway’s President"),
        ("They met the Lund chief of staff Ana Holm there.", "Lund chief of staff"),
        ("They met her lawyer, Ana Holm, there.", "lawyer"),
        ("They met Ana Holm (R-Ky.) there.", "R-Ky."),
        ("They met Ana Holm, who sits on the Harbour Committee, there.", "sits on the Harbour Committee"),
        ("They met Ana Holm, who was director of the quay, there.", "director of the quay"),
        ("They met Ana Holm of Korr, a 30-year harbour veteran, there.", "30-year harbour veteran"),
        ("In short, Ana Holm is the director of the quay.", "director of the quay"),
        ("As governor, Ana Holm slept.", "governor"),
        ("Ana Holm has slept since becoming mayor in May.", "mayor"),
    ] {
        let (_, found) = read(text);
        let roles: Vec<&str> =
            agent(&found, "Ana Holm").roles.iter().map(|role| role.text.as_str()).collect();
        assert_eq!(roles, [role], "{text}");
    }
    for text in [
        "They met Ana Holm, who ran.",
        "Ana Holm was described by an adviser to Egg.",
        "Ana Holm is not the director of the quay.",
        "In Lund, the mayor said that Ana Holm slept.",
        "He praised the mayor, Ana Holm said.",
    ] {
        let (_, found) = read(text);
        assert!(agent(&found, "Ana Holm").roles.is_empty(), "{text}");
    }
}

#[test]
fn all_who_are_named_are_listed() {
    let (_, found) = read(
        "Nobody from the CIA, the Korr Port Authority or the Brand administration had read the Brand report or met Ana Holm in Lund on Labor Day.",
    );
    let names: Vec<&str> = found.agents.iter().map(|agent| agent.name.as_str()).collect();
    assert_eq!(names, ["CIA", "Korr Port Authority", "Brand administration", "Brand report", "Ana Holm"]);
    let (_, family) =
        read("It was sold by Tom Orrin to Tom Orrin Jr. in May, and by Nils W. Egg to Nils H.W. Egg.");
    assert_eq!(family.agents.len(), 4);
}
