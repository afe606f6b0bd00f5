//! A rich record about an invented town, built by hand for the tests of the reports.

pub(crate) mod rich;

use crate::Record;
use onrecord_reading::Reading;
use onrecord_record::*;

pub(crate) const TEXT: &str = "Tunnel to be dug twice\n\n\
LARKFIELD – “We dig it twice,” transport minister Mara Feld told reporters on Tuesday, “and we dig it deep.”\n\n\
She denied that the money had run out. The Harbour Union said Feld had promised “not one euro more” in May.\n\n\
“Nobody asked us,” said a shopkeeper. According to the audit, the tunnel may cost 90 million.\n\n\
Costs are, lawmakers fear, already twice as high. “Rubbish!”\n";

pub(crate) struct Build<'t> {
    pub(crate) index: TextIndex<'t>,
    pub(crate) document: DocumentId,
}

impl Build<'_> {
    pub(crate) fn piece(&self, words: &str) -> Piece {
        Piece { text: words.into(), span: self.span(words) }
    }

    pub(crate) fn span(&self, words: &str) -> Span<CodePoint> {
        let at = self.index.text().find(words).unwrap_or_else(|| panic!("{words:?} is not in the sample"));
        self.index.code_points(Span::new(Byte(at as u32), Byte((at + words.len()) as u32)))
    }

    pub(crate) fn role(&self, pieces: &[&str]) -> RoleSpans {
        RoleSpans::new(&self.index, pieces.iter().map(|piece| self.span(piece)).collect())
    }

    pub(crate) fn agent(&self, name: &str, mention: &str, kind: AgentKind) -> Agent {
        let mention = self.span(mention);
        Agent {
            id: AgentId::new(&self.document, mention),
            document: self.document.clone(),
            name: name.into(),
            kind: Some(kind),
            names: vec![name.into()],
            roles: vec![],
            mentions: vec![mention],
            mention_confidence: vec![],
            also_known_as: vec![],
        }
    }

    pub(crate) fn statement(
        &self,
        [source, cue, content]: [&[&str]; 3],
        form: Form,
        speaker: Option<&Agent>,
        confidence: f32,
    ) -> Statement {
        let (source, cue, content) = (self.role(source), self.role(cue), self.role(content));
        Statement {
            id: StatementId::new(&self.document, &source, &cue, &content),
            document: self.document.clone(),
            source,
            cue,
            content,
            form: Some(form),
            within: None,
            speaker: speaker.map(|agent| agent.id.clone()),
            addressee: None,
            venue: None,
            said: None,
            about_time: vec![],
            act: None,
            concession: false,
            retracts: vec![],
            certainty: Certainty::default(),
            framing: None,
            basis: vec![],
            responds_to: vec![],
            confidence,
        }
    }
}

pub(crate) fn document(text: &str) -> Document {
    Document {
        path: Some("news/tunnel.txt".into()),
        title: Some("Tunnel to be dug twice".into()),
        byline: Some("Ann Vey".into()),
        publisher: Some("The Larkfield Courier".into()),
        credit: Some("Bay Wire".into()),
        published: Some("2021-03-04".into()),
        published_from: Some(PublishedFrom::Dateline),
        language: Some("en".into()),
        warnings: vec!["The byline was found in the file's name.".into()],
        ..Document::bare(text)
    }
}

/// Four known speakers and two unknown, all three forms, discontinuous content, an absent source and an absent cue, a
/// pronoun, and a statement within another.
pub(crate) fn record() -> Record {
    let document = document(TEXT);
    let build = Build { index: TextIndex::new(TEXT), document: document.id.clone() };
    let mut feld = build.agent("Mara Feld", "Mara Feld", AgentKind::Person);
    feld.roles.push(Role { text: "transport minister".into(), span: build.span("transport minister") });
    feld.mentions.push(build.span("She"));
    let union = build.agent("The Harbour Union", "The Harbour Union", AgentKind::Organisation);
    let keeper = build.agent("a shopkeeper", "a shopkeeper", AgentKind::Unnamed);
    let audit = build.agent("the audit", "the audit", AgentKind::Document);

    let mut twice = build.statement(
        [&["transport minister Mara Feld"], &["told"], &["“We dig it twice,”", "“and we dig it deep.”"]],
        Form::Direct,
        Some(&feld),
        0.97,
    );
    twice.addressee =
        Some(Addressee { text: "reporters".into(), span: build.span("reporters"), agent: None });
    twice.said = Some(Said {
        from: None,
        to: None,
        text: Some("on Tuesday".into()),
        span: Some(build.span("on Tuesday")),
    });
    let mut denied = build.statement(
        [&["She"], &["denied"], &["that the money had run out"]],
        Form::Indirect,
        Some(&feld),
        0.41,
    );
    denied.act = Some(Act::Denies);
    let outer = build.statement(
        [&["The Harbour Union"], &["said"], &["Feld had promised “not one euro more” in May"]],
        Form::Mixed,
        Some(&union),
        0.9,
    );
    let mut promise = build.statement(
        [&["Feld had"], &["promised"], &["“not one euro more”"]],
        Form::Direct,
        Some(&feld),
        0.8,
    );
    promise.within = Some(outer.id.clone());
    let nobody = build.statement(
        [&["a shopkeeper"], &["said a"], &["“Nobody asked us,”"]],
        Form::Direct,
        Some(&keeper),
        0.9,
    );
    let mut cost = build.statement(
        [&["the audit"], &["According to"], &["the tunnel may cost 90 million"]],
        Form::Indirect,
        Some(&audit),
        0.9,
    );
    cost.certainty = Certainty {
        level: Some(CertaintyLevel::Possible),
        text: Some("may".into()),
        spans: vec![build.span("may")],
    };
    let fear = build.statement(
        [&["lawmakers"], &["fear"], &["Costs are", "already twice as high"]],
        Form::Indirect,
        None,
        0.7,
    );
    let rubbish = build.statement([&[], &[], &["“Rubbish!”"]], Form::Direct, None, 0.3);
    let reading = Reading {
        agents: vec![feld, union, keeper, audit],
        statements: vec![twice, denied, outer, promise, nobody, cost, fear, rubbish],
        silences: vec![],
        times: vec![],
    };
    Record { document, reading, list_matches: vec![] }
}

/// A proposal that the first agent of `record` stands on a list, with something on each side.
pub(crate) fn list_match(record: &Record) -> ListMatch {
    let agent = &record.reading.agents[0];
    let finding = ListFinding {
        list: "lists/ports.csv".into(),
        id: "L-7".into(),
        place: "ports.csv:8".into(),
        name: "FELD, Mara".into(),
        query: agent.name.clone(),
        matched: "Mara Felt".into(),
        matched_as: NameStanding::Alias,
        score: 0.91,
        band: ListBand::Possible,
        proposal: ListBand::Possible.proposal().into(),
        reasons: vec!["“Mara” in both".into()],
        against: vec!["“Feld” and “Felt” differ by a letter".into()],
        facts: ListFacts {
            kind: Some(ListKind::Person),
            birth_dates: vec!["1961".into()],
            remarks: Some("Digs twice.".into()),
            ..ListFacts::default()
        },
    };
    ListMatch { document: record.document.id.clone(), agent: agent.id.clone(), finding }
}

/// The same with how sure its mentions are, an alias, a town that says nothing, a mention around another, and somebody of
/// whom only a pronoun is known, who speaks.
pub(crate) fn with_people() -> Record {
    let mut record = record();
    let build = Build { index: TextIndex::new(TEXT), document: record.document.id.clone() };
    let town = build.agent("Larkfield", "LARKFIELD", AgentKind::Organisation);
    let us = build.agent("us", "us", AgentKind::Person);
    if let [feld, ..] = &mut record.reading.agents[..] {
        feld.mentions.push(build.span("Feld had promised"));
        feld.mentions.insert(0, build.span("transport minister Mara Feld"));
        feld.mentions.sort_unstable();
        feld.mention_confidence = vec![0.97, 0.97, 0.85, 0.42];
        feld.also_known_as.push(Alias { name: "the digger".into(), span: build.span("dig") });
        feld.names.push("Feld".into());
    }
    if let Some(fear) = record.reading.statements.iter_mut().find(|it| it.speaker.is_none()) {
        fear.speaker = Some(us.id.clone());
    }
    record.reading.agents.extend([town, us]);
    record
}
