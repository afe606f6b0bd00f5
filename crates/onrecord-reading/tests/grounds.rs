//! To whom and where statements are made and what they rest on, with the attributions given. Marks: `⟦source⟧`, `⟪cue⟫`,
//! `⟨content⟩`; the nth of each make the nth statement.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use onrecord_models::ModelName;
use onrecord_reading::attribution::Attribution;
use onrecord_reading::{Reader, Reading};
use onrecord_record::{Act, BasisKind, Byte, Document, Span};

fn read(reader: &Reader, marked: &str) -> Reading {
    let mut text = String::new();
    let mut open = 0;
    let mut roles = [Vec::new(), Vec::new(), Vec::new()];
    for c in marked.chars() {
        let at = text.len() as u32;
        match c {
            '⟦' | '⟪' | '⟨' => open = at,
            '⟧' => roles[0].push(Span::new(Byte(open), Byte(at))),
            '⟫' => roles[1].push(Span::new(Byte(open), Byte(at))),
            '⟩' => roles[2].push(Span::new(Byte(open), Byte(at))),
            c => text.push(c),
        }
    }
    let [sources, cues, contents] = roles;
    let role = |spans: &[Span<Byte>], i: usize| {
        spans.get(i).filter(|span| !span.is_empty()).copied().into_iter().collect::<Vec<_>>()
    };
    let given: Vec<Attribution> = (0..contents.len())
        .map(|i| Attribution {
            source: role(&sources, i),
            cue: role(&cues, i),
            content: role(&contents, i),
            confidence: 1.0,
            ..Attribution::default()
        })
        .collect();
    reader.read_given(&Document::bare(&text), &given)
}

/// For each statement its addressee, its venue and its grounds.
fn told(reader: &Reader, marked: &str) -> Vec<String> {
    let reading = read(reader, marked);
    let line = |statement: &onrecord_record::Statement| {
        let mut parts = Vec::new();
        parts.extend(statement.addressee.iter().map(|it| format!("to {}", it.text)));
        parts.extend(statement.venue.iter().map(|it| format!("in {}", it.text)));
        parts.extend(statement.basis.iter().map(|it| format!("{:?} {}", it.kind, it.text)));
        parts.join("; ")
    };
    reading.statements.iter().map(line).collect()
}

#[test]
fn settings_and_grounds_go_to_the_statements_they_belong_to() {
    let reader = Reader::new(ModelName::Fast).unwrap();
    for (marked, lines) in [
        (
            "⟦Ana Holm⟧ ⟪told⟫ the Gazette in an interview ⟨that the quay leaks⟩.",
            vec!["to the Gazette; in an interview"],
        ),
        (
            "⟦Ana Holm, speaking to the Harbour Club,⟧ ⟪said⟫ ⟨that the quay leaks⟩.",
            vec!["to the Harbour Club; in the Harbour Club"],
        ),
        (
            "In a letter to the board, ⟦Ana Holm⟧ ⟪praised⟫ ⟨the crew⟩, ⟦⟧⟪adding⟫ ⟨that it had worked all night⟩.",
            vec!["to the board; in a letter", "to the board; in a letter"],
        ),
        ("⟦⟧⟪Asked⟫ ⟨whether it leaks⟩, ⟦Ana Holm⟧ ⟪said⟫ ⟨it does⟩.", vec!["to Ana Holm", ""]),
        ("⟦Ana Holm⟧ ⟪urged⟫ ⟨the owners of the quay to mend it⟩.", vec!["to the owners of the quay"]),
        (
            "⟦Ana Holm⟧ ⟪said⟫ ⟨it leaks⟩, and at a rally in Korr ⟦Rolf Egg⟧ ⟪denied⟫ ⟨it⟩.",
            vec!["", "in a rally in Korr"],
        ),
        (
            "⟦Ana Holm, who did not cite the audit as evidence,⟧ ⟪said⟫ ⟨it leaks⟩.",
            vec!["NoneOffered did not cite the audit as evidence"],
        ),
        ("⟦Ana Holm⟧ ⟪claimed⟫ without evidence ⟨that it leaks⟩.", vec!["NoneOffered without evidence"]),
        ("⟦Ana Holm⟧ ⟪said⟫ ⟨it leaks⟩. She offered no proof.", vec!["NoneOffered offered no proof"]),
        ("⟦Ana Holm⟧ ⟪found⟫ ⟨no evidence that it leaks⟩.", vec![""]),
        ("⟦Ana Holm⟧ ⟪said⟫ ⟨it leaks⟩, citing a study of the quay.", vec!["Document a study of the quay"]),
        (
            "⟦A senior official⟧ ⟪told⟫ reporters on condition of anonymity ⟨that it leaks⟩.",
            vec!["to reporters; UnnamedSource A senior official"],
        ),
        ("⟦Ana Holm, a senior official,⟧ ⟪said⟫ ⟨it leaks⟩.", vec![""]),
        ("⟦Ana Holm⟧ ⟪said⟫ ⟨“I saw it leak”⟩.", vec!["Observation I saw"]),
        ("⟦The Korr Times⟧ ⟪endorsed⟫ ⟨Ana Holm⟩ and ⟦a poll⟧ ⟪found⟫ ⟨her ahead⟩.", vec!["", "Data a poll"]),
    ] {
        assert_eq!(told(&reader, marked), lines, "{marked}");
    }
}

#[test]
fn an_addressee_is_the_agent_that_its_head_names() {
    let reader = Reader::new(ModelName::Fast).unwrap();
    let reading = read(
        &reader,
        "⟦Ana Holm⟧ ⟪told⟫ Rolf Egg ⟨that it leaks⟩. ⟦Ana Holm⟧ ⟪told⟫ her colleagues ⟨the same⟩.",
    );
    let agent = |i: usize| reading.statements[i].addressee.as_ref().unwrap().agent.clone();
    let egg = reading.agents.iter().find(|agent| agent.name == "Rolf Egg").unwrap();
    assert_eq!(agent(0).as_ref(), Some(&egg.id));
    assert_ne!(agent(1), reading.statements[1].speaker);
}

#[test]
fn what_doubts_by_definition_is_left_to_no_network() {
    for model in [ModelName::Fast, ModelName::Accurate] {
        let reader = Reader::new(model).unwrap();
        let marked = "⟦Ana Holm⟧ ⟪said⟫ ⟨the mine had leaked for years⟩. ⟦Rolf Egg⟧ ⟪said⟫ ⟨that is a big exaggeration⟩. \
            ⟨“I have no way to assess,”⟩ ⟦Mia Berg⟧ ⟪said⟫. ⟦Tom Lind⟧ ⟪denied⟫ ⟨that the leak was exaggerated⟩.";
        let statements = read(&reader, marked).statements;
        let acts: Vec<_> = statements.iter().filter_map(|it| it.act).collect();
        assert_eq!(acts, [Act::Asserts, Act::Doubts, Act::Doubts, Act::Denies], "{model:?}");
        for doubt in &statements[1..3] {
            assert_eq!(doubt.certainty.level, None, "{model:?}: what doubts does not say that it is not so");
        }
    }
}

#[test]
fn the_month_of_may_is_no_hedge() {
    for model in [ModelName::Fast, ModelName::Accurate] {
        let reader = Reader::new(model).unwrap();
        let marked = "⟦Ana Holm⟧ ⟪said⟫ ⟨the mine would open in May⟩. ⟦Rolf Egg⟧ ⟪said⟫ ⟨it may open⟩.";
        let statements = read(&reader, marked).statements;
        let words: Vec<_> = statements.iter().map(|it| it.certainty.text.as_deref()).collect();
        assert_eq!(words, [None, Some("may")], "{model:?}");
    }
}

#[test]
fn what_is_not_cited_is_no_ground() {
    for model in [ModelName::Fast, ModelName::Accurate] {
        let reader = Reader::new(model).unwrap();
        let marked = "⟦Ana Holm⟧, ⟦who⟧ ⟪said⟫ ⟨that the quay leaks⟩, ⟪did not cite⟫ ⟨any documents⟩. \
            ⟦Rolf Egg⟧ ⟪accused⟫ ⟨her of lying, without providing evidence⟩. ⟦He⟧ left, ⟪saying⟫ ⟨he could not recall the date⟩.";
        let reading = read(&reader, marked);
        let kinds = |i: usize| reading.statements[i].basis.iter().map(|it| it.kind).collect::<Vec<_>>();
        assert!(kinds(1).iter().all(|kind| *kind == BasisKind::NoneOffered), "{model:?}: {:?}", kinds(1));
        assert_eq!(kinds(2), [BasisKind::NoneOffered], "{model:?}");
        let note = |words: &str| reading.silences.iter().find(|note| note.text.starts_with(words)).unwrap();
        assert_eq!(note("without").statements, [reading.statements[2].id.clone()], "{model:?}");
        let accuser = &reading.statements[2].speaker;
        assert!(accuser.is_some() && note("could not recall").agent == *accuser, "{model:?}");
    }
}
