//! What must hold of comparing any two names and searching any list.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use onrecord_linking::names::{Band, NameIndex, POSSIBLE, ReasonKind, SAME, Schema, compare};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const SCHEMAS: [Schema; 4] = [Schema::Person, Schema::Organisation, Schema::Vessel, Schema::Unknown];

fn schema() -> impl Strategy<Value = Schema> {
    (0..SCHEMAS.len()).prop_map(|n| SCHEMAS[n])
}

/// Words as names have them, in several scripts, with what may stand between.
fn name() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[А-Ща-щ]{1,8}",
        "[ابتدرسعفقكلمنهوي]{2,7}",
        "[가-힣]{1,4}",
        "[一-龥]{1,4}",
        "[0-9]{1,4}",
        proptest::sample::select(vec![
            "al", "bin", "abd", "Ltd", "van", "der", "II", "Jr", "Dr", "Abu", "din", "S.A.", "of"
        ])
        .prop_map(str::to_owned),
    ];
    let gap = proptest::sample::select(vec![" ", "-", ", ", ".", "'", " & ", "/"]);
    proptest::collection::vec((word, gap), 1..7)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

proptest! {
    #[test]
    fn any_two_names_have_a_score_that_is_the_same_both_ways(a in name(), b in name(), schema in schema()) {
        let one = compare(&a, &b, schema);
        let other = compare(&b, &a, schema);
        prop_assert!((0.0..=1.0).contains(&one.score));
        prop_assert_eq!(one.score, other.score);
        prop_assert_eq!(one.reasons.len(), other.reasons.len());
        prop_assert_eq!(one.band, Band::of(one.score));
        for reason in &one.reasons {
            prop_assert!(a.contains(&reason.left) && b.contains(&reason.right), "{reason:?}");
        }
    }

    #[test]
    fn a_name_is_its_own(a in name(), schema in schema()) {
        prop_assert_eq!(compare(&a, &a, schema).score, 1.0);
        prop_assert_eq!(compare(&a, &a.to_uppercase(), schema).same(), true);
    }

    #[test]
    fn any_text_is_survived(a in "\\PC{0,60}", b in "[\\x00-\\u{3000}]{0,40}", schema in schema()) {
        prop_assert!((0.0..=1.0).contains(&compare(&a, &b, schema).score));
        let index = NameIndex::build([(3, a.as_str(), schema), (4, b.as_str(), Schema::Unknown)]);
        for found in index.search(&b, schema, 5) {
            prop_assert!((0.0..=1.0).contains(&found.score) && found.name < 2 && found.entry == found.name + 3);
        }
    }

    #[test]
    fn a_list_finds_its_own_names(names in proptest::collection::vec("[a-z]{4,9} [a-z]{4,9}", 1..30)) {
        let index = NameIndex::build(names.iter().enumerate().map(|(n, name)| (n, name.as_str(), Schema::Person)));
        for name in &names {
            let found = index.search(name, Schema::Person, 3);
            prop_assert_eq!(found[0].score, 1.0);
            prop_assert_eq!(&names[found[0].name], name);
            prop_assert!(found.windows(2).all(|two| two[0].score >= two[1].score));
        }
    }
}

fn score(a: &str, b: &str, schema: Schema) -> f64 {
    compare(a, b, schema).score
}

#[test]
fn one_name_in_many_spellings_is_one() {
    for (a, b) in [
        ("Usama bin Tannur", "Osama ibn Tannour"),
        ("Абдулла Хакимов", "Abdullah Khakimov"),
        ("يوسف الطنوري", "Yusuf al-Tannuri"),
        ("Δημήτρης Βούλγαρης", "Dimitris Voulgaris"),
        ("박미나", "Pak Mi-na"),
        ("ORRIN, Tamsin", "Tamsin Orrin"),
        ("Abdulrahman Feld", "Abd al-Rahman Feld"),
        ("Nasreddine Feld", "Nasr al-Din Feld"),
        ("Bill Orrin", "William Orrin"),
        ("T. Orrin", "Tamsin Orrin"),
        ("Dr. Ana de la Vega", "Ana de la Vega"),
        ("Viktor Petrovich Brandov", "Viktor Brandov"),
        ("Elena Brandova", "Elena Brandov"),
        ("Oleksandr Feld", "Aleksandr Feld"),
        ("Jürgen Müßig", "Jurgen Mussig"),
    ] {
        assert!(score(a, b, Schema::Person) >= SAME, "{a} / {b}: {:?}", compare(a, b, Schema::Person));
    }
    for (a, b) in [
        ("Orrin Shipping Ltd.", "ORRIN SHIPPING LIMITED"),
        ("OOO Orrin", "Orrin LLC"),
        ("Orrin & Sons GmbH", "Orrin and Sons Gesellschaft mit beschränkter Haftung"),
        ("The Orrin Company", "Orrin Co."),
        ("Orrin Labour Organisation", "Orrin Labor Organization"),
    ] {
        assert!(
            score(a, b, Schema::Organisation) >= SAME,
            "{a} / {b}: {:?}",
            compare(a, b, Schema::Organisation)
        );
    }
    assert!(score("M/V Pale Heron 7", "PALE HERON VII", Schema::Vessel) >= SAME);
}

#[test]
fn other_names_are_others_however_alike() {
    for (a, b) in [
        ("Tamsin Orrin", "Wilma Orrin"),
        ("Hassan Feld", "Hussein Feld"),
        ("Viktor Petrovich Brandov", "Viktor Ivanovich Brandov"),
        ("Salman bin Tariq al-Feld", "Tariq bin Salman al-Feld"),
        ("Tamsin Jones", "Tamsin James"),
    ] {
        assert!(score(a, b, Schema::Person) < SAME, "{a} / {b}: {:?}", compare(a, b, Schema::Person));
    }
    for (a, b) in [
        ("Orrin Fund IV L.P.", "Orrin Fund V L.P."),
        ("Orrin Oil Company", "Orrin Gas Company"),
        ("Bank of Chile", "Bank of China"),
        ("Orrin Trading", "Brand Trading"),
        ("Orrin Bank S.A.", "Orrin Bank México S.A."),
    ] {
        assert!(
            score(a, b, Schema::Organisation) < SAME,
            "{a} / {b}: {:?}",
            compare(a, b, Schema::Organisation)
        );
    }
    assert!(score("Pale Heron 7", "Pale Heron 8", Schema::Vessel) < SAME);
}

#[test]
fn what_could_be_a_misspelling_stands_between() {
    for (a, b) in [("Tamsin Orlin", "Tamsin Ortin"), ("Tamsin Vetan", "Tamsin Vefan")] {
        let found = score(a, b, Schema::Person);
        assert!((POSSIBLE..SAME).contains(&found), "{a} / {b}: {found}");
    }
}

#[test]
fn reasons_name_what_was_written() {
    let comparison = compare("Usama TANNOURI, Jr.", "Osama Awad Tannuri", Schema::Person);
    let kinds: Vec<(ReasonKind, bool)> =
        comparison.reasons.iter().map(|reason| (reason.kind, reason.for_it)).collect();
    assert!(
        kinds.contains(&(ReasonKind::Missing, false)) && kinds.contains(&(ReasonKind::Minor, false)),
        "{kinds:?}"
    );
    let spelt = comparison.reasons.iter().find(|reason| reason.left == "TANNOURI").unwrap();
    assert_eq!(spelt.right, "Tannuri");
    assert!(spelt.text.contains("“TANNOURI”") && spelt.for_it);
}

#[test]
fn nothing_is_like_what_has_no_letters() {
    for nothing in ["", "  ", "…", "\u{0}", "😀"] {
        assert_eq!(score(nothing, "Orrin", Schema::Person), 0.0);
        assert_eq!(score(nothing, nothing, Schema::Person), 0.0);
    }
}

#[test]
fn schemas_keep_apart_and_unknown_meets_all() {
    let index = NameIndex::build([
        (10, "Orrin Brand", Schema::Person),
        (20, "Orrin Brand", Schema::Vessel),
        (30, "Orrin Brand Ltd", Schema::Unknown),
        (10, "Tamsin Vehl", Schema::Person),
    ]);
    let entries =
        |schema| index.search("Orrin Brand", schema, 9).iter().map(|found| found.entry).collect::<Vec<_>>();
    assert_eq!(entries(Schema::Person), [10, 30]);
    assert_eq!(entries(Schema::Vessel), [20, 30]);
    assert_eq!(entries(Schema::Unknown), [10, 20, 30]);
    assert_eq!(index.search("Tamsin Vehl", Schema::Person, 1)[0].name, 3);
}

#[test]
fn names_of_ten_megabytes_are_survived_in_time() {
    let start = Instant::now();
    for unit in ["a", "Orrin ", "б", "a.", "\u{301}", "-", "al-", "бин "] {
        let long = unit.repeat(10_000_000 / unit.len());
        for schema in SCHEMAS {
            let found = compare(&long, &long, schema).score;
            assert!(found == 1.0 || found == 0.0);
            compare(&long, "Orrin", schema);
        }
        NameIndex::build([(1, long.as_str(), Schema::Person)]).search(&long, Schema::Person, 3);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}
