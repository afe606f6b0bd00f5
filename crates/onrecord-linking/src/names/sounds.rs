//! Letters into sounds, and what it costs to take one sound for another.
//!
//! A name that passed from one script into another, or through an ear, keeps its sounds better than its letters: Gaddafi,
//! Qadhafi, Kadafi. Soundex and Metaphone make such spellings equal by giving each the same key, and lose the difference
//! between what is nearly and what is quite the same. Here the letters are read as a row of sounds, in no one language's
//! way, and the costs of [`cost`] say how readily one sound is written for another; [`super::spelling`] adds them up. The
//! coarse key ([`Sounds::keys`]) is Soundex's idea and serves the index only.

/// As many sounds of a part are looked at. The longest surname seen has fewer; a longer part is cut.
pub(super) const LONGEST: usize = 28;

/// One sound. Vowels come first, see [`VOWELS`].
pub(super) type Sound = u8;

macro_rules! sounds {
    ($($name:ident)*) => { sounds!(@ 0u8; $($name)*); };
    (@ $n:expr; $name:ident $($rest:ident)*) => { const $name: Sound = $n; sounds!(@ $n + 1u8; $($rest)*); };
    (@ $n:expr;) => { // Ten figures, of which the first has a name.
    const SOUNDS: usize = $n as usize + 9; };
}
// KH as in Khalid, CC for a written c of unknown value, SX for the x of Xi, AU as in Rauf, EI as in Zayd.
sounds!(A E I O U EI AU Y W H V F P B T TH D DH K Q G KH CC CH SH SX S Z ZH J TS L R M N NG N0);

const VOWELS: Sound = Y;

/// What a sound weighs in a part's length, in hundredths of a consonant.
pub(super) fn mass(sound: Sound) -> u32 {
    if sound < VOWELS {
        45
    } else if sound <= H {
        40
    } else {
        100
    }
}

/// What it costs that one spelling lacks the sound.
pub(super) fn absent(sound: Sound) -> u32 {
    if sound < VOWELS {
        30
    } else if sound == H {
        22
    } else if sound <= W {
        30
    } else {
        100
    }
}

/// Whether the sound is a vowel, which some scripts do not write.
pub(super) fn is_vowel(sound: Sound) -> bool {
    sound < VOWELS || sound == Y || sound == W
}

/// What it costs that one spelling has `a` where the other has `b`, in hundredths of a consonant.
pub(super) fn cost(a: Sound, b: Sound) -> u32 {
    u32::from(COSTS[usize::from(a)][usize::from(b)])
}

/// Confusions that spellings of one name show: between transliterations of Arabic, Persian, Cyrillic, Hebrew, Korean and
/// Chinese, between German, French and English ways of writing a sound, and between voiced and unvoiced.
const CONFUSIONS: &[(Sound, Sound, u8)] = &[
    (A, E, 18),
    (A, O, 22),
    (A, I, 38),
    (A, U, 32),
    (E, I, 12),
    (E, O, 35),
    (E, U, 42),
    (I, O, 45),
    (I, U, 40),
    (O, U, 8),
    (EI, E, 12),
    (EI, I, 12),
    (EI, A, 22),
    (EI, O, 45),
    (EI, U, 45),
    (AU, O, 12),
    (AU, U, 20),
    (AU, A, 20),
    (AU, E, 45),
    (AU, I, 50),
    (AU, EI, 40),
    (Y, I, 10),
    (Y, E, 25),
    (Y, EI, 15),
    (Y, J, 30),
    (Y, ZH, 45),
    (Y, H, 50),
    (Y, G, 60),
    (W, U, 12),
    (W, O, 22),
    (W, V, 8),
    (W, AU, 20),
    (W, B, 50),
    (W, F, 50),
    (Y, W, 60),
    (Y, L, 70),
    (I, J, 40),
    (I, H, 60),
    (H, KH, 15),
    (H, G, 40),
    (H, CH, 60),
    (H, J, 60),
    (H, F, 70),
    (H, SX, 30),
    (H, K, 60),
    (H, Q, 60),
    (V, F, 25),
    (V, B, 35),
    (V, U, 45),
    (F, P, 40),
    (P, B, 28),
    (F, TH, 60),
    (F, B, 70),
    (V, P, 60),
    (T, TH, 4),
    (T, D, 30),
    (TH, D, 35),
    (TH, S, 30),
    (TH, Z, 40),
    (TH, DH, 15),
    (D, DH, 4),
    (DH, Z, 15),
    (DH, T, 35),
    (D, Z, 45),
    (D, J, 55),
    (T, TS, 40),
    (T, CH, 50),
    (D, R, 70),
    (DH, J, 60),
    (D, L, 75),
    (K, Q, 3),
    (K, G, 25),
    (K, KH, 15),
    (K, CC, 6),
    (K, CH, 40),
    (Q, G, 12),
    (Q, KH, 22),
    (Q, CC, 15),
    (G, KH, 35),
    (G, J, 25),
    (G, ZH, 40),
    (G, CC, 35),
    (KH, CH, 25),
    (KH, CC, 30),
    (KH, SH, 50),
    (KH, G, 35),
    (KH, J, 60),
    (CC, S, 15),
    (CC, CH, 12),
    (CC, TS, 8),
    (CC, SH, 35),
    (CC, J, 45),
    (CC, Z, 30),
    (CH, SH, 25),
    (CH, TS, 30),
    (CH, J, 25),
    (CH, ZH, 40),
    (CH, S, 50),
    (CH, SX, 20),
    (CH, Z, 60),
    (SH, S, 28),
    (SH, SX, 8),
    (SH, ZH, 35),
    (SH, Z, 50),
    (SH, J, 45),
    (SX, S, 15),
    (SX, Z, 40),
    (SX, KH, 45),
    (SX, J, 40),
    (S, Z, 15),
    (S, TS, 25),
    (S, ZH, 50),
    (S, J, 70),
    (Z, ZH, 20),
    (Z, J, 30),
    (Z, TS, 28),
    (ZH, J, 10),
    (ZH, TS, 50),
    (J, TS, 40),
    (J, SX, 40),
    (L, R, 55),
    (M, N, 40),
    (N, NG, 15),
    (M, NG, 60),
    (L, N, 65),
];

const COSTS: [[u8; SOUNDS]; SOUNDS] = {
    let mut costs = [[100; SOUNDS]; SOUNDS];
    let mut a = 0;
    while a < SOUNDS {
        let mut b = 0;
        while b < SOUNDS {
            if a == b {
                costs[a][b] = 0;
            } else if a < VOWELS as usize && b < VOWELS as usize {
                costs[a][b] = 45;
            }
            b += 1;
        }
        a += 1;
    }
    let mut n = 0;
    while n < CONFUSIONS.len() {
        let (a, b, cost) = CONFUSIONS[n];
        costs[a as usize][b as usize] = cost;
        costs[b as usize][a as usize] = cost;
        n += 1;
    }
    costs
};

/// The sounds of a part of a name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Sounds {
    row: [Sound; LONGEST],
    length: u8,
    consonants: u8,
    mass: u16,
}

impl std::fmt::Debug for Sounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.row()).finish()
    }
}

impl Sounds {
    /// The sounds of folded text: small Latin letters and digits; anything else is passed over.
    pub(super) fn of(text: &str) -> Sounds {
        let mut sounds = Sounds { row: [0; LONGEST], length: 0, consonants: 0, mass: 0 };
        let letters = text.as_bytes();
        let mut at = 0;
        while at < letters.len() && usize::from(sounds.length) < LONGEST {
            at += sounds.read(letters, at).max(1);
        }
        sounds.consonants = sounds.row().iter().filter(|sound| **sound > H).count() as u8;
        sounds.mass = sounds.row().iter().map(|sound| mass(*sound) as u16).sum();
        sounds
    }

    /// How many consonants there are, the half-vowels and h aside.
    pub(super) fn consonants(&self) -> u32 {
        u32::from(self.consonants)
    }

    /// How much there is to be alike, in hundredths of a consonant.
    pub(super) fn mass(&self) -> u32 {
        u32::from(self.mass)
    }

    /// The sounds in their order.
    pub(super) fn row(&self) -> &[Sound] {
        self.row.get(..usize::from(self.length)).unwrap_or_default()
    }

    fn push(&mut self, sound: Sound) {
        let last = self.row().last().copied();
        // A doubled letter is one sound, and so is an i behind a sound that ends in it. Digits stand for themselves.
        let same = last == Some(sound) && sound < N0;
        if same
            || (sound == I && matches!(last, Some(EI | I | Y)))
            || (sound == U && matches!(last, Some(AU | W)))
        {
            return;
        }
        if let Some(place) = self.row.get_mut(usize::from(self.length)) {
            *place = sound;
            self.length += 1;
        }
    }

    /// Reads the letters at `at`; how many it took.
    fn read(&mut self, letters: &[u8], at: usize) -> usize {
        let rest = letters.get(at..).unwrap_or_default();
        let after = |n: usize| rest.get(n).copied().unwrap_or(b' ');
        let vowel_after = |n: usize| matches!(after(n), b'a' | b'e' | b'i' | b'o' | b'u');
        let first = at == 0;
        let (sound, took) = match rest {
            [b't', b's', b'c', b'h', ..] => (CH, 4),
            [b's', b'c', b'h', ..] => (SH, 3),
            [b't', b'c', b'h', ..] => (CH, 3),
            [b'd', b'z', b'h', ..] => (J, 3),
            [b'd', b's', b'c', b'h', ..] => (J, 4),
            [b'e', b'a', b'u', ..] => (O, 3),
            [b's', b'h', ..] | [b's', b'z', ..] => (SH, 2),
            [b'c', b'h', ..] | [b'c', b'z', ..] => (CH, 2),
            [b'k', b'h', ..] => (KH, 2),
            [b'g', b'h', ..] => (G, 2),
            [b't', b'h', ..] => (TH, 2),
            [b'd', b'h', ..] => (DH, 2),
            [b'p', b'h', ..] => (F, 2),
            [b'z', b'h', ..] => (ZH, 2),
            [b'd', b'j', ..] => (J, 2),
            [b't', b's', ..] | [b't', b'z', ..] => (TS, 2),
            [b'c', b'k', ..] => (K, 2),
            [b'h', b's', ..] if first => (SX, 2),
            [b'q', b'u', b'e' | b'i', ..] => (K, 2),
            [b'g', b'u', b'e' | b'i', ..] => (G, 2),
            [b'n', b'g', ..] if !vowel_after(2) && after(2) != b'h' => (NG, 2),
            [b'o', b'u' | b'o', ..] => (U, 2),
            [b'a', b'u' | b'o', ..] => (AU, 2),
            [b'o' | b'a', b'w', ..] if !vowel_after(2) && after(2) != b'w' => (AU, 2),
            [b'a' | b'e', b'i', ..] => (EI, 2),
            [b'a' | b'e', b'y', ..] if !vowel_after(2) && after(2) != b'y' => (EI, 2),
            [b'a' | b'e', b'j', b'b'..=b'd' | b'f'..=b'h' | b'k'..=b'n' | b'p'..=b't' | b'v'..=b'z', ..] => {
                (EI, 2)
            }
            [b'a' | b'e', b'j'] => (EI, 2),
            [b'e', b'e', ..] | [b'i', b'e', ..] => (I, 2),
            [b'w', b'h', ..] => (W, 2),
            [b'x', ..] if first => (SX, 1),
            [b'x', ..] => {
                self.push(K);
                (S, 1)
            }
            [b'y', ..] if vowel_after(1) => (Y, 1),
            [b'j', ..] if !first && !vowel_after(1) && !matches!(after(1), b'y') => (I, 1),
            [b'w', ..] if !first && !vowel_after(1) => (U, 1),
            [letter, ..] => match single(*letter) {
                Some(sound) => (sound, 1),
                None => return 1,
            },
            [] => return 1,
        };
        self.push(sound);
        took
    }

    /// The coarse keys under which a part is filed and looked for. Parts that sound alike mostly share one.
    ///
    /// A key has one letter for each consonant's family, vowels left out but at the beginning. There is the key itself; the
    /// key with each one letter left out, where three remain, so that two keys that differ by one letter share one; and a
    /// second key that draws the families otherwise, for the sounds that are taken for one of another family.
    pub(super) fn keys(&self) -> Vec<u64> {
        let key = self.key(|n, sound| match sound {
            A..=AU if n == 0 => 1,
            H if n == 0 => 2,
            A..=H => 0,
            V | F | P | B => 3,
            T | TH | D | DH => 4,
            K | Q | G | KH => 5,
            CC..=TS => 6,
            L => 7,
            R => 8,
            M | N | NG => 9,
            digit => 16 + (digit - N0),
        });
        let other = self.key(|n, sound| match sound {
            W if n == 0 => 3,
            A..=H => 0,
            V | F | P | B => 3,
            T | D => 4,
            K | Q | G | KH | CC | CH | SX | J | ZH => 5,
            TH | DH | SH | S | Z | TS => 6,
            L | R => 7,
            M | N | NG => 9,
            digit => 16 + (digit - N0),
        });
        let shortened = if key.length() >= 4 { key.length() } else { 0 };
        let mut keys = vec![key.packed(FIRST_KEY, None), other.packed(SECOND_KEY, None)];
        keys.extend((0..shortened).map(|without| key.packed(FIRST_KEY, Some(without))));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn key(&self, family: impl Fn(usize, Sound) -> u8) -> Key {
        let mut key = Key { letters: [0; KEY], length: 0 };
        for (n, sound) in self.row().iter().enumerate() {
            match family(n, *sound) {
                0 => {}
                letter => key.push(letter),
            }
        }
        key
    }

    /// One bit for each family of sounds that occurs, for a quick look.
    pub(super) fn families(&self) -> u32 {
        self.row().iter().fold(0, |bits, sound| {
            bits | match *sound {
                A..=H => 0,
                V | F | P | B => 1,
                T | TH | D | DH => 2,
                K | Q | G | KH => 4,
                CC..=TS => 8,
                L => 16,
                R => 32,
                M | N | NG => 64,
                digit => 128 << (digit - N0),
            }
        })
    }
}

fn single(letter: u8) -> Option<Sound> {
    Some(match letter {
        b'a' => A,
        b'b' => B,
        b'c' => CC,
        b'd' => D,
        b'e' => E,
        b'f' => F,
        b'g' => G,
        b'h' => H,
        b'i' | b'y' => I,
        b'j' => J,
        b'k' => K,
        b'l' => L,
        b'm' => M,
        b'n' => N,
        b'o' => O,
        b'p' => P,
        b'q' => Q,
        b'r' => R,
        b's' => S,
        b't' => T,
        b'u' => U,
        b'v' => V,
        b'w' => W,
        b'z' => Z,
        b'0'..=b'9' => N0 + (letter - b'0'),
        _ => return None,
    })
}

/// As many letters of a coarse key are kept.
const KEY: usize = 8;

/// What the two sorts of keys begin with, so that they are never taken for each other.
const FIRST_KEY: u64 = 1;
const SECOND_KEY: u64 = 2;

/// A coarse key of a part, see [`Sounds::keys`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    letters: [u8; KEY],
    length: u8,
}

impl Key {
    fn push(&mut self, letter: u8) {
        let last = usize::from(self.length).checked_sub(1).and_then(|at| self.letters.get(at));
        if last == Some(&letter) {
            return;
        }
        if let Some(place) = self.letters.get_mut(usize::from(self.length)) {
            *place = letter;
            self.length += 1;
        }
    }

    /// How many letters it has.
    pub(super) fn length(&self) -> usize {
        usize::from(self.length)
    }

    /// The key as one number, with letter `without` left out.
    fn packed(&self, sort: u64, without: Option<usize>) -> u64 {
        let letters = self.letters.iter().take(self.length()).enumerate();
        letters
            .filter(|(n, _)| Some(*n) != without)
            .fold(sort, |packed, (_, letter)| packed << 5 | u64::from(*letter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_sound_are_one_row() {
        for (a, b) in [
            ("mousa", "musa"),
            ("zelensky", "zelenskyy"),
            ("aleksandr", "alexandr"),
            ("husayn", "hussein"),
            ("yousuf", "yusuf"),
            ("enrique", "enrike"),
            ("sergei", "sergey"),
        ] {
            assert_eq!(Sounds::of(a), Sounds::of(b), "{a} {b}");
        }
        for (a, b) in [("musa", "mesa"), ("karim", "kamir"), ("11", "1")] {
            assert_ne!(Sounds::of(a), Sounds::of(b), "{a} {b}");
        }
    }

    #[test]
    fn costs_are_the_same_both_ways() {
        for a in 0..SOUNDS as u8 {
            assert_eq!(cost(a, a), 0);
            for b in 0..SOUNDS as u8 {
                assert_eq!(cost(a, b), cost(b, a));
                assert!(a == b || cost(a, b) > 0, "{a} {b}");
            }
        }
    }

    #[test]
    fn keys_of_confusable_parts_meet() {
        for (a, b) in
            [("gaddafi", "qadhafi"), ("ladin", "laden"), ("hamdar", "amadar"), ("rouhani", "rohani")]
        {
            let (a_keys, b_keys) = (Sounds::of(a).keys(), Sounds::of(b).keys());
            assert!(a_keys.iter().any(|key| b_keys.contains(key)), "{a} {b}");
        }
    }
}
