//! What a text is about, as a short row of numbers: the weighed sum of its word pieces' vectors, which were distilled from
//! a sentence encoder (as in Model2Vec, Tulkens & van Dongen 2024; the weighing after Arora et al. 2017).
//!
//! A million texts take seconds, and two are compared in a hundred-millionth of one; an encoder takes ten thousand times as
//! long. What it cannot see is the order of words: that is left to who looks closer.

use crate::ModelError;
use crate::weights::{ByteRows, Weights};
use crate::word_piece::WordPiece;
use archmage::prelude::*;

/// How many numbers a meaning has.
pub const MEANING_WIDTH: usize = 128;

/// A text's meaning: a row of length 1, in 127ths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning(pub [i8; MEANING_WIDTH]);

/// Vectors for word pieces.
#[derive(Debug)]
pub struct WordVectors {
    pieces: WordPiece,
    vectors: ByteRows,
}

/// Room kept between texts.
#[derive(Debug, Default)]
pub struct MeaningRoom {
    scratch: String,
    pieces: Vec<u32>,
    sum: Vec<f32>,
}

impl WordVectors {
    /// The first twelve digits of the SHA-256 of the weight file.
    pub const DIGEST: &'static str = crate::name::MEANING;

    /// The vectors this program ships. Their vocabulary is that of the fast model.
    ///
    /// # Errors
    /// When a weight file is damaged or does not fit this program.
    pub fn embedded() -> Result<Self, ModelError> {
        let words = Weights::new(crate::ModelName::Fast.weights())?;
        let own = Weights::new(include_bytes!("../weights/meaning.safetensors"))?;
        let vectors = own.byte_rows("pieces")?;
        if vectors.columns != MEANING_WIDTH {
            return Err(ModelError::Unfit(format!("meanings of {} numbers", vectors.columns)));
        }
        Ok(WordVectors { pieces: WordPiece::new(words.text("vocabulary")?), vectors })
    }

    /// What `text` is about; nothing where no word of it is known.
    pub fn meaning(&self, text: &str, room: &mut MeaningRoom) -> Option<Meaning> {
        self.pieces.cut_text(text, &mut room.scratch, &mut room.pieces);
        room.sum.clear();
        room.sum.resize(MEANING_WIDTH, 0.0);
        for piece in &room.pieces {
            self.vectors.add_row(*piece as usize, 1.0, &mut room.sum);
        }
        let length = room.sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length < 1e-6 {
            return None;
        }
        let mut row = [0; MEANING_WIDTH];
        row.iter_mut().zip(&room.sum).for_each(|(place, x)| *place = (x / length * 127.0).round() as i8);
        Some(Meaning(row))
    }

    /// How much the words of `text` weigh, the rarer the more: the length of their vectors added up.
    pub fn weight(&self, text: &str, room: &mut MeaningRoom) -> f32 {
        self.pieces.cut_text(text, &mut room.scratch, &mut room.pieces);
        let length = |piece: &u32| {
            room.sum.clear();
            room.sum.resize(MEANING_WIDTH, 0.0);
            self.vectors.add_row(*piece as usize, 1.0, &mut room.sum);
            room.sum.iter().map(|x| x * x).sum::<f32>().sqrt()
        };
        room.pieces.iter().map(length).sum()
    }
}

impl Meaning {
    /// How alike two meanings are: the cosine of their angle, −1 to 1, a little rounded.
    pub fn likeness(&self, other: &Meaning) -> f32 {
        product(&self.0, &other.0) as f32 / (127.0 * 127.0)
    }

    /// The likeness of this to each of `rows`, one behind the other without gaps, each number as the byte it is kept as;
    /// appended to `out` in 16,129ths.
    pub fn products(&self, rows: &[u8], out: &mut Vec<i32>) {
        out.reserve(rows.len() / MEANING_WIDTH);
        products(&self.0, rows.as_chunks::<MEANING_WIDTH>().0, out);
    }
}

#[inline(always)]
fn product(a: &[i8; MEANING_WIDTH], b: &[i8; MEANING_WIDTH]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b))).sum()
}

/// All ways of computing it give the same integers, as long as no number is −128, which no meaning has.
fn products(one: &[i8; MEANING_WIDTH], rows: &[[u8; MEANING_WIDTH]], out: &mut Vec<i32>) {
    incant!(products(one, rows, out), [v3, scalar])
}

#[arcane(import_intrinsics)]
fn products_v3(
    _token: X64V3Token,
    one: &[i8; MEANING_WIDTH],
    rows: &[[u8; MEANING_WIDTH]],
    out: &mut Vec<i32>,
) {
    const STEP: usize = 32;
    let (signed, _) = one.as_chunks::<STEP>();
    let signed: [_; MEANING_WIDTH / STEP] = std::array::from_fn(|i| _mm256_loadu_si256(&signed[i]));
    let sizes = signed.map(|numbers| _mm256_abs_epi8(numbers));
    let ones = _mm256_set1_epi16(1);
    for row in rows {
        let (parts, _) = row.as_chunks::<STEP>();
        let mut sum = _mm256_setzero_si256();
        for ((part, signed), sizes) in parts.iter().zip(&signed).zip(&sizes) {
            // Unsigned times signed bytes is what the processor multiplies, so the signs go to the other side: two products of at
            // most 127 · 127 fit 16 bits.
            let row = _mm256_sign_epi8(_mm256_loadu_si256(part), *signed);
            sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(*sizes, row), ones));
        }
        let half = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
        let quarter = _mm_add_epi32(half, _mm_unpackhi_epi64(half, half));
        out.push(_mm_cvtsi128_si32(_mm_add_epi32(quarter, _mm_shuffle_epi32::<1>(quarter))));
    }
}

fn products_scalar(
    _token: ScalarToken,
    one: &[i8; MEANING_WIDTH],
    rows: &[[u8; MEANING_WIDTH]],
    out: &mut Vec<i32>,
) {
    out.extend(rows.iter().map(|row| product(one, &row.map(u8::cast_signed))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_other_words_is_nearer_than_another_matter() {
        let vectors = WordVectors::embedded().unwrap();
        let mut room = MeaningRoom::default();
        let mut meaning = |text| vectors.meaning(text, &mut room).unwrap();
        let one = meaning("The company will shut its plant in the north.");
        let same = meaning("The firm is closing a factory in the north.");
        let other = meaning("She sang two songs at the wedding.");
        assert!(one.likeness(&same) > one.likeness(&other) + 0.2);
        assert!((one.likeness(&one) - 1.0).abs() < 0.03);
        let mut all = Vec::new();
        let rows: Vec<u8> =
            [same, other].iter().flat_map(|meaning| meaning.0.map(i8::cast_unsigned)).collect();
        one.products(&rows, &mut all);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0] as f32 / 16_129.0, one.likeness(&same));
    }

    #[test]
    fn products_of_many_rows_are_those_of_each() {
        let mut seed = 7_u32;
        let mut row = || -> [i8; MEANING_WIDTH] {
            std::array::from_fn(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8 as i8
            })
            .map(|number: i8| number.max(-127))
        };
        let (one, others) = (row(), [row(), row(), [-127; MEANING_WIDTH], [127; MEANING_WIDTH]]);
        let bytes: Vec<u8> = others.iter().flatten().map(|number| number.cast_unsigned()).collect();
        let mut found = vec![3];
        for one in [one, [127; MEANING_WIDTH], [-127; MEANING_WIDTH]] {
            Meaning(one).products(&bytes, &mut found);
            let each = |(a, b): (&i8, &i8)| i32::from(*a) * i32::from(*b);
            let alone = others.iter().map(|other| one.iter().zip(other).map(each).sum::<i32>());
            assert_eq!(found.split_off(1), alone.collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_words_mean_nothing() {
        let vectors = WordVectors::embedded().unwrap();
        assert_eq!(vectors.meaning("  ", &mut MeaningRoom::default()), None);
    }
}
