//! What a network sees of a text: numbers for each token.

/// The features of the tokens of one text, as parallel columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// All tokens' word pieces, one after another.
    pub pieces: Vec<u32>,
    /// Where in `pieces` each token's begin; one entry more than there are tokens.
    pub piece_starts: Vec<u32>,
    /// The bucket of the token's last three letters, below [`SUFFIXES`].
    pub suffix: Vec<u16>,
    /// How the token is written, below [`SHAPES`].
    pub shape: Vec<u8>,
    /// What lies before the token, below [`GAPS`].
    pub gap: Vec<u8>,
    /// Its place with respect to quotation marks, below [`QUOTED`].
    pub quoted: Vec<u8>,
}

/// How many buckets word endings fall in.
pub const SUFFIXES: usize = 4096;
/// How many shapes there are.
pub const SHAPES: usize = 6;
/// How many sorts of gap there are.
pub const GAPS: usize = 4;
/// How many places with respect to quotation marks there are.
pub const QUOTED: usize = 4;

impl Features {
    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.shape.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shape.is_empty()
    }

    /// The word pieces of token `i`.
    pub fn pieces_of(&self, i: usize) -> &[u32] {
        &self.pieces[self.piece_starts[i] as usize..self.piece_starts[i + 1] as usize]
    }
}

/// The bucket of a word's ending: FNV-1a over its last three characters, small letters, below [`SUFFIXES`].
pub fn suffix_bucket(word: &str) -> u16 {
    let from = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let mut hash = 0x811c_9dc5_u32;
    for c in word[from..].chars().flat_map(char::to_lowercase) {
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
    }
    ((hash ^ (hash >> 15)) % SUFFIXES as u32) as u16
}
