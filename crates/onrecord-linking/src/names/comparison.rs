//! What a comparison of two names says, in numbers and in words.

/// What bears a name. It decides how the name is taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Schema {
    /// A human being: given names, surnames, patronymics, particles, titles.
    Person,
    /// A company, an office, a body of any kind: a proper part, words of trade, a legal form.
    Organisation,
    /// A ship or an aircraft: often one word and a number.
    Vessel,
    /// Not known. A name with a legal form or a word of trade in it is read as an organisation's, any other as a person's.
    #[default]
    Unknown,
}

impl Schema {
    /// The schema a word stands for: `Person`, `Company`, `Organization`, `LegalEntity`, `Vessel` and what lists and
    /// FollowTheMoney call them besides. A word that is not known is [`Schema::Unknown`].
    pub fn from_word(word: &str) -> Schema {
        match word.trim().to_lowercase().as_str() {
            "person" | "individual" | "people" => Schema::Person,
            "company" | "organisation" | "organization" | "org" | "entity" | "publicbody" => {
                Schema::Organisation
            }
            "vessel" | "ship" | "aircraft" | "airplane" | "vehicle" => Schema::Vessel,
            _ => Schema::Unknown,
        }
    }

    /// The word for it in machine output.
    pub fn word(self) -> &'static str {
        match self {
            Schema::Person => "person",
            Schema::Organisation => "organisation",
            Schema::Vessel => "vessel",
            Schema::Unknown => "unknown",
        }
    }
}

/// Two names from this score on are called the same. Chosen on half of the pairs that people made (see `score --names`).
pub const SAME: f64 = 0.80;
/// From this score on, below [`SAME`], two names could be the same.
pub const POSSIBLE: f64 = 0.60;

/// How alike two names are, for a person to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Band {
    /// Another name.
    Different,
    /// Could be the same name: a part misspelt, missing or other.
    Possible,
    /// The same name, as far as names tell. Its bearers may still be two.
    Same,
}

impl Band {
    /// The band of a score.
    pub fn of(score: f64) -> Band {
        if score >= SAME {
            Band::Same
        } else if score >= POSSIBLE {
            Band::Possible
        } else {
            Band::Different
        }
    }

    /// What a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Band::Same => "same name",
            Band::Possible => "could be the same name",
            Band::Different => "another name",
        }
    }

    /// The word for it in machine output.
    pub fn word(self) -> &'static str {
        match self {
            Band::Same => "same",
            Band::Possible => "possible",
            Band::Different => "different",
        }
    }
}

/// The sort of a [`Reason`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonKind {
    /// The part stands in both names.
    Equal,
    /// One part in two spellings or scripts.
    Spelling,
    /// Two forms of one given name, or two words for one thing.
    Variant,
    /// Written as one part here and as two there.
    Joined,
    /// An initial, or an abbreviation, and what it may stand for.
    Initial,
    /// The parts come in another order.
    Order,
    /// A part that only one name has.
    Missing,
    /// A title, particle or legal form that only one name has, or that differs.
    Minor,
    /// Alike, with a letter or two that differ.
    Misspelt,
    /// Two parts that are not each other's.
    Differs,
    /// Two well-known names, or words, that look alike and are not the same.
    WellKnown,
    /// Numbers that are not the same.
    Number,
}

impl ReasonKind {
    /// The word for it in machine output.
    pub fn word(self) -> &'static str {
        match self {
            ReasonKind::Equal => "equal",
            ReasonKind::Spelling => "spelling",
            ReasonKind::Variant => "variant",
            ReasonKind::Joined => "joined",
            ReasonKind::Initial => "initial",
            ReasonKind::Order => "order",
            ReasonKind::Missing => "missing",
            ReasonKind::Minor => "minor",
            ReasonKind::Misspelt => "misspelt",
            ReasonKind::Differs => "differs",
            ReasonKind::WellKnown => "well_known",
            ReasonKind::Number => "number",
        }
    }
}

/// One thing that speaks for or against two names being the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Whether it speaks for it.
    pub for_it: bool,
    /// What sort of thing it is.
    pub kind: ReasonKind,
    /// The part of the left name, as it was written; empty where only the right name has one.
    pub left: String,
    /// The part of the right name.
    pub right: String,
    /// In a sentence's part: `“Usama” and “Osama”: one name in two spellings`.
    pub text: String,
}

/// How alike two names are, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// From 0, nothing in common, to 1. It orders pairs; it is not a probability.
    pub score: f64,
    /// The score in three bands.
    pub band: Band,
    /// What speaks for it and against it, in the order of the left name's parts.
    pub reasons: Vec<Reason>,
}

impl Comparison {
    /// Whether the names are held to be the same: the score is at or above [`SAME`].
    pub fn same(&self) -> bool {
        self.score >= SAME
    }
}
