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
                        to reporters · said “on Tuesday”
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
      to reporters · said “on Tuesday”
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

#[test]
fn what_is_known_around_a_statement_stands_below_it_in_two_voices() {
    let drawn = draw(&sample::rich::record(), &Look::default());
    insta::assert_snapshot!(
        drawn,
        @r#"
━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
Larkfield tunnel to be dug twice
The Larkfield Courier · by Ann Vey · 2021-03-04 (dateline) · credit Bay Wire
news/tunnel.txt
10 statements by 6 speakers · 2 direct, 5 indirect, 3 mixed

Mara Feld ▪▪▪▪ 4 statements
person · Transport minister · mentioned 4 times
  ¶2    told            that the old tunnel had leaked since 2015 and that the
                        new one “will certainly be dry.”
                        sure: “certainly” · to reporters · at the Harbour Club ·
                        said “on Tuesday” (2021-03-02) · speaks of “since 2015”
                        (from 2015 on) · answered by ¶3 Oke Brandt
                        reporter: no basis offered – “did not cite any survey”
  ¶4    claimed         that the union had known of it
                        “The minister” → Mara Feld · said “on Monday”
                        (2021-03-01) · answered by ¶4 The union’s secretary ·
                        taken back by ¶6 Mara Feld
                        reporter: distancing – “claimed”
  ¶6    promised        to close the tunnel by June
                        intends
  ¶6    withdrew        her remark about the union
                        “she” → Mara Feld · said “On Wednesday” (2021-03-03) ·
                        takes back ¶4 Mara Feld

Oke Brandt ▪▪ 2 statements
person · mentioned once
  ¶3    countered       “That is false,”
                        denies: “false” · to the council · in a letter · answers
                        ¶2 Mara Feld
  ¶3    said            the leak might have begun before the flood of 1953
                        hedged: “might” · rests on a document: “the audit of
                        August 2019” · “Brandt,” → Oke Brandt · speaks of “1953”
                        not said: a spokesman for the ministry “declined to
                        comment on the audit” ¶6

The union’s secretary ▪ 1 statement
unnamed · mentioned once
  ¶4    acknowledged    that “some of us saw water in the winter of 2018.”
                        concedes a point · own observation: “saw” · speaks of
                        “the winter of 2018” (2018-12 – 2019-02) · answers ¶4
                        Mara Feld
                        reporter: endorsing – “acknowledged” · from unnamed
                        people – “on condition of anonymity”

a shopkeeper ▪ 1 statement
unnamed · mentioned once
  ¶5    asked           “Who pays for it?”
                        asks

Engineers ▪ 1 statement
group · mentioned once
  ¶5    doubt           that the pumps, built between 1961 and 1964, can hold
                        doubts

The council ▪ 1 statement
organisation · mentioned once
  ¶5    blasted         the plan as “a hole for money.”
                        judges
                        reporter: charged – “blasted”

Named, without a statement 2
  a spokesman for the ministry, unnamed; The mayor

Not said, as the text notes 3
  ¶2    Mara Feld       “did not cite any survey”
                        concerns ¶2 Mara Feld
  ¶6    a spokesman for the ministry
                        “declined to comment on the audit”
                        concerns ¶3 Oke Brandt
  ¶6    The mayor       “could not be reached”

Timeline             said and published           times spoken of
  1953                                            “1953” ¶3
  1961                                            “1961” ¶5
  from 2015 on                                    “since 2015” ¶2
  2018-12 – 2019-02                               “the winter of 2018” ¶4
  2019-08                                         “August 2019” ¶3
  2021-03-01         Mara Feld ¶4
  2021-03-02         Mara Feld ¶2
  2021-03-03         Mara Feld ¶6
  2021-03-04         published
  until 2021-06-30                                “by June” ¶6
"#
    );
}

#[test]
fn a_narrow_timeline_has_its_lanes_one_below_the_other() {
    let drawn = draw(&sample::rich::record(), &Look { width: 44, colour: false });
    let timeline = drawn.split("\n\n").find(|block| block.starts_with("Timeline")).unwrap();
    insta::assert_snapshot!(
        timeline,
        @r#"
Timeline
  1953        speaks of “1953” ¶3
  1961        speaks of “1961” ¶5
  from 2015 on
              speaks of “since 2015” ¶2
  2018-12 – 2019-02
              speaks of “the winter of 2018”
              ¶4
  2019-08     speaks of “August 2019” ¶3
  2021-03-01  Mara Feld ¶4
  2021-03-02  Mara Feld ¶2
  2021-03-03  Mara Feld ¶6
  2021-03-04  published
  until 2021-06-30
              speaks of “by June” ¶6
"#
    );
}

#[test]
fn thousands_of_dates_and_silences_are_counted_and_not_all_drawn() {
    let mut record = sample::rich::record();
    let time = record.reading.times[1].clone();
    record.reading.times.extend(
        (1..5_000)
            .map(|year| onrecord_record::Time { from: Some(format!("{year:04}-02-03")), ..time.clone() }),
    );
    let silence = record.reading.silences[0].clone();
    record.reading.silences.extend(std::iter::repeat_n(silence, 5_000));
    let drawn = draw(&record, &Look::default());
    assert!(drawn.lines().count() < 350, "{}", drawn.lines().count());
    assert!(drawn.contains("more dates") && drawn.contains("and 4963 more"));
}
