//! How the report for a terminal looks, and what it withstands.

use super::*;
use crate::sample;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

#[test]
fn a_report_at_eighty_columns() {
    insta::assert_snapshot!(draw(&sample::record(), &Look::default()), @r#"
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
Tunnel to be dug twice
The Larkfield Courier · by Ann Vey · 2021-03-04 (dateline) · credit Bay Wire
news/tunnel.txt
8 statements by 4 speakers · 4 direct, 3 indirect, 1 mixed
! The byline was found in the file's name.

Mara Feld ▪▪▪ 3 statements
person · transport minister · mentioned 2 times
  ¶2    told            “We dig it twice,” […] “and we dig it deep.”
                        to reporters · said on Tuesday
  ¶3?   denied          that the money had run out
                        denies · “She” → Mara Feld
  ¶3    promised        “not one euro more”
                        “Feld had” → Mara Feld · ↳ in the words of The Harbour
                        Union, ¶3

The Harbour Union ▪ 1 statement
organisation · mentioned once
  ¶3    said            Feld had promised “not one euro more” in May

a shopkeeper ▪ 1 statement
unnamed · mentioned once
  ¶4    said a          “Nobody asked us,”

the audit ▪ 1 statement
document · mentioned once
  ¶4    According to    the tunnel may cost 90 million
                        hedged: “may”

No speaker found ▪▪ 2 statements
  ¶5    fear            Costs are […] already twice as high
                        as “lawmakers”
  ¶5?                   “Rubbish!”

? the program is less than half sure of this attribution
"#);
}

#[test]
fn a_narrow_report_sets_the_cue_before_the_words() {
    let drawn = draw(&sample::record(), &Look { width: 44, colour: false });
    let feld = drawn.split("\n\n").nth(1).unwrap();
    insta::assert_snapshot!(feld, @r#"
Mara Feld ▪▪▪ 3 statements
person · transport minister · mentioned 2
times
  ¶2  told: “We dig it twice,” […] “and we
      dig it deep.”
      to reporters · said on Tuesday
  ¶3? denied: that the money had run out
      denies · “She” → Mara Feld
  ¶3  promised: “not one euro more”
      “Feld had” → Mara Feld · ↳ in the
      words of The Harbour Union, ¶3
"#);
}

#[test]
fn a_pronoun_is_shown_with_whom_it_means_and_is_nobodys_name() {
    let drawn = draw(&sample::with_people(), &Look::default());
    assert!(drawn.contains("person · transport minister · also known as the digger · mentioned 4 times"));
    assert!(drawn.contains("“She” → Mara Feld (85 % sure)"));
    assert!(drawn.contains("Named, without a statement 1\n  Larkfield, organisation\n"), "{drawn}");
    assert!(drawn.contains("the same person as “us” in ¶4: nobody"), "{drawn}");
    assert!(drawn.lines().all(|line| !line.starts_with("us")), "no speaker is called so");
}

#[test]
fn no_line_is_too_wide() {
    for width in [0, 40, 63, 64, 90, 500] {
        let drawn = draw(&sample::record(), &Look { width, colour: false });
        let held = width.clamp(40, 100);
        assert!(drawn.lines().all(|line| line.width() <= held), "{width}\n{drawn}");
    }
}

#[test]
fn a_hostile_document_sends_nothing_to_the_terminal() {
    let mut record = sample::record();
    let evil = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
    record.document.title = Some(evil.into());
    record.document.byline = Some(evil.into());
    record.document.path = Some(evil.into());
    record.document.published = Some(evil.into());
    record.document.warnings.push(evil.into());
    record.reading.agents[0].name = evil.into();
    record.reading.agents[0].roles[0].text = evil.into();
    for statement in &mut record.reading.statements {
        statement.cue.text = Some(evil.into());
        statement.certainty.text = Some(evil.into());
        statement.content = onrecord_record::RoleSpans { spans: vec![], text: Some(evil.into()) };
    }
    let drawn = draw(&record, &Look::default());
    assert!(drawn.chars().all(|c| !c.is_control() || c == '\n'), "{drawn:?}");
    assert!(!drawn.contains('\u{202e}'));
    assert!(drawn.matches("owned").count() > 15, "it is shown");
}

#[test]
fn a_title_without_end_is_cut() {
    let mut record = sample::record();
    record.document.title = Some("long ".repeat(10_000));
    assert!(draw(&record, &Look::default()).lines().count() < 60);
}

#[test]
fn colour_adds_nothing_but_escape_sequences() {
    let record = sample::record();
    let coloured = draw(&record, &Look { width: 70, colour: true });
    assert!(coloured.contains('\u{1b}'));
    let mut plain = String::new();
    let mut pieces = coloured.split('\u{1b}');
    plain.push_str(pieces.next().unwrap());
    pieces.for_each(|piece| plain.push_str(piece.split_once('m').unwrap().1));
    assert_eq!(plain, draw(&record, &Look { width: 70, colour: false }));
}

proptest! {
    #[test]
    fn any_words_can_be_drawn(cue in "\\PC{0,40}", words in any::<String>(), width in 0usize..120) {
        let mut record = sample::record();
        for statement in &mut record.reading.statements {
            statement.cue.text = Some(cue.clone());
            statement.content = onrecord_record::RoleSpans { spans: vec![], text: Some(words.clone()) };
        }
        let drawn = draw(&record, &Look { width, colour: false });
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert!(squeeze(&drawn).contains(&squeeze(&harmless_line(&words))));
    }
}
