//! A record in which every field of a statement is known somewhere, with silences and times.

use super::{Build, document};
use crate::Record;
use onrecord_reading::Reading;
use onrecord_record::*;

pub(crate) const TEXT: &str = "Larkfield tunnel to be dug twice\n\n\
LARKFIELD – Transport minister Mara Feld told reporters at the Harbour Club on Tuesday that the old tunnel had leaked \
since 2015 and that the new one “will certainly be dry.” She did not cite any survey.\n\n\
“That is false,” countered Oke Brandt, head of the Harbour Union, in a letter to the council. Brandt, citing the audit \
of August 2019, said the leak might have begun before the flood of 1953.\n\n\
The minister claimed on Monday that the union had known of it. The union’s secretary, speaking on condition of anonymity, \
acknowledged that “some of us saw water in the winter of 2018.”\n\n\
“Who pays for it?” a shopkeeper asked. Engineers doubt that the pumps, built between 1961 and 1964, can hold. The \
council blasted the plan as “a hole for money.”\n\n\
Ms. Feld promised to close the tunnel by June. On Wednesday she withdrew her remark about the union. A spokesman for the \
ministry declined to comment on the audit. The mayor could not be reached.\n";

/// Every act, certainty, framing and basis somewhere; answers, a retraction, a concession; three silences; days, months,
/// years, and times without ends.
pub(crate) fn record() -> Record {
    let mut document = document(TEXT);
    document.title = Some("Larkfield tunnel to be dug twice".into());
    document.warnings.clear();
    let build = Build { index: TextIndex::new(TEXT), document: document.id.clone() };
    let agents = agents(&build);
    let statements = statements(&build, &agents);
    let silences = silences(&build, &agents, &statements);
    let times = times(&build);
    Record { document, reading: Reading { agents, statements, silences, times }, list_matches: vec![] }
}

fn agents(build: &Build<'_>) -> Vec<Agent> {
    let mut feld = build.agent("Mara Feld", "Mara Feld", AgentKind::Person);
    feld.roles.push(Role { text: "Transport minister".into(), span: build.span("Transport minister") });
    feld.mentions.extend(["She", "The minister", "Ms. Feld"].map(|words| build.span(words)));
    feld.names.push("Ms. Feld".into());
    vec![
        feld,
        build.agent("Oke Brandt", "Oke Brandt", AgentKind::Person),
        build.agent("The union’s secretary", "The union’s secretary", AgentKind::Unnamed),
        build.agent("a shopkeeper", "a shopkeeper", AgentKind::Unnamed),
        build.agent("Engineers", "Engineers", AgentKind::Group),
        build.agent("The council", "The council", AgentKind::Organisation),
        build.agent("a spokesman for the ministry", "A spokesman for the ministry", AgentKind::Unnamed),
        build.agent("The mayor", "The mayor", AgentKind::Person),
    ]
}

fn statements(build: &Build<'_>, agents: &[Agent]) -> Vec<Statement> {
    use BasisKind::*;
    let [feld, brandt, secretary, keeper, engineers, council, ..] = agents else { return vec![] };
    let say = |words: [&str; 3], form, who, act| {
        let [source, cue, content] = words;
        let mut made = build.statement([&[source], &[cue], &[content]], form, Some(who), 0.9);
        made.act = Some(act);
        made
    };
    let said = |words: &str, day: &str| {
        let day = Some(day.to_owned());
        Some(Said { from: day.clone(), to: day, text: Some(words.into()), span: Some(build.span(words)) })
    };
    let basis = |kind, words: &str, whose| Basis { kind, text: words.into(), span: build.span(words), whose };
    let sure = |level, words: &str| Certainty {
        level: Some(level),
        text: Some(words.into()),
        spans: vec![build.span(words)],
    };
    let framed = |kind, words: &str| Some(Framing { kind, text: words.into() });
    let about =
        |words: &str, value: &str| TimeReference { value: Some(value.into()), span: build.span(words) };
    let to = |words: &str| Some(Addressee { text: words.into(), span: build.span(words), agent: None });

    let leak = "that the old tunnel had leaked since 2015 and that the new one “will certainly be dry.”";
    let mut told = say(["Transport minister Mara Feld", "told", leak], Form::Mixed, feld, Act::Asserts);
    told.addressee = to("reporters");
    told.venue = Some(build.piece("the Harbour Club"));
    told.said = said("on Tuesday", "2021-03-02");
    told.certainty = sure(CertaintyLevel::Certain, "certainly");
    told.framing = framed(FramingKind::Neutral, "told");
    told.basis = vec![basis(NoneOffered, "did not cite any survey", BasisOwner::Reporter)];
    told.about_time = vec![about("since 2015", "2015")];

    let head = "Oke Brandt, head of the Harbour Union,";
    let mut countered = say([head, "countered", "“That is false,”"], Form::Direct, brandt, Act::Denies);
    countered.addressee = to("the council");
    countered.venue = Some(build.piece("a letter"));
    countered.certainty = sure(CertaintyLevel::Denied, "false");
    countered.responds_to = vec![told.id.clone()];

    let begun = "the leak might have begun before the flood of 1953";
    let mut might = say(["Brandt,", "said", begun], Form::Indirect, brandt, Act::Asserts);
    might.certainty = sure(CertaintyLevel::Possible, "might");
    might.basis = vec![basis(Document, "the audit of August 2019", BasisOwner::Speaker)];
    might.about_time = vec![about("1953", "1953")];

    let known = "that the union had known of it";
    let mut claimed = say(["The minister", "claimed", known], Form::Indirect, feld, Act::Asserts);
    claimed.framing = framed(FramingKind::Distancing, "claimed");
    claimed.said = said("on Monday", "2021-03-01");

    let water = "that “some of us saw water in the winter of 2018.”";
    let mut granted =
        say(["The union’s secretary", "acknowledged", water], Form::Mixed, secretary, Act::Asserts);
    granted.concession = true;
    granted.framing = framed(FramingKind::Endorsing, "acknowledged");
    granted.basis = vec![
        basis(Observation, "saw", BasisOwner::Speaker),
        basis(UnnamedSource, "on condition of anonymity", BasisOwner::Reporter),
    ];
    granted.responds_to = vec![claimed.id.clone()];
    granted.about_time = vec![about("the winter of 2018", "2018-WI")];

    let pays = say(["a shopkeeper", "asked", "“Who pays for it?”"], Form::Direct, keeper, Act::Asks);
    let pumps = "that the pumps, built between 1961 and 1964, can hold";
    let mut doubt = say(["Engineers", "doubt", pumps], Form::Indirect, engineers, Act::Doubts);
    doubt.certainty = sure(CertaintyLevel::Unlikely, "doubt");
    let hole = "the plan as “a hole for money.”";
    let mut blasted = say(["The council", "blasted", hole], Form::Mixed, council, Act::Judges);
    blasted.framing = framed(FramingKind::Charged, "blasted");
    let promised =
        say(["Ms. Feld", "promised", "to close the tunnel by June"], Form::Indirect, feld, Act::Intends);
    let remark = "her remark about the union";
    let mut withdrew = say(["she", "withdrew", remark], Form::Indirect, feld, Act::Asserts);
    withdrew.said = said("On Wednesday", "2021-03-03");
    withdrew.retracts = vec![claimed.id.clone()];
    vec![told, countered, might, claimed, granted, pays, doubt, blasted, promised, withdrew]
}

fn silences(build: &Build<'_>, agents: &[Agent], statements: &[Statement]) -> Vec<Silence> {
    let silence = |words: &str, agent: usize, about: Option<&str>, concerns: &[usize]| {
        let span = build.span(words);
        Silence {
            id: SilenceId::new(&build.document, span),
            document: build.document.clone(),
            agent: agents.get(agent).map(|agent| agent.id.clone()),
            who: None,
            text: words.into(),
            span,
            about: about.map(str::to_owned),
            statements: concerns.iter().map(|n| statements[*n].id.clone()).collect(),
        }
    };
    vec![
        silence("did not cite any survey", 0, Some("any survey"), &[0]),
        silence("declined to comment on the audit", 6, Some("the audit"), &[2]),
        silence("could not be reached", 7, None, &[]),
    ]
}

fn times(build: &Build<'_>) -> Vec<Time> {
    let time = |words: &str, timex, value: &str, from: &str, to: &str| Time {
        document: build.document.clone(),
        text: words.into(),
        span: build.span(words),
        timex,
        value: Some(value.into()),
        from: Some(from.to_owned()).filter(|it| !it.is_empty()),
        to: Some(to.to_owned()).filter(|it| !it.is_empty()),
    };
    let day = |words: &str, day: &str| time(words, TimexKind::Date, day, day, day);
    vec![
        day("on Tuesday", "2021-03-02"),
        time("since 2015", TimexKind::Date, "2015", "2015-01-01", ""),
        time("August 2019", TimexKind::Date, "2019-08", "2019-08-01", "2019-08-31"),
        time("1953", TimexKind::Date, "1953", "1953-01-01", "1953-12-31"),
        day("on Monday", "2021-03-01"),
        time("the winter of 2018", TimexKind::Date, "2018-WI", "2018-12-01", "2019-02-28"),
        time("between 1961 and 1964", TimexKind::Duration, "P3Y", "1961-01-01", "1964-12-31"),
        time("1961", TimexKind::Date, "1961", "1961-01-01", "1961-12-31"),
        time("by June", TimexKind::Date, "2021-06", "", "2021-06-30"),
        day("On Wednesday", "2021-03-03"),
    ]
}
