//! What search scans: the human text of a record, folded and packed, and how well it answers.
//!
//! The letters that texts here consist of take one byte each, Cyrillic ones too, and the texts of sixty-four records lie
//! side by side: half of the memory, and a search is as fast as memory is read.

use std::ops::Range;
use std::sync::Arc;

use app::text::fold;
use imbl::OrdMap;
use memchr::memmem::Finder;

/// Has a byte of its own, from [`OWN`] on, besides ASCII.
const LETTERS: [char; 64] = [
    'а', 'б', 'в', 'г', 'д', 'е', 'ж', 'з', 'и', 'й', 'к', 'л', 'м', 'н', 'о', 'п', 'р', 'с', 'т', 'у', 'ф',
    'х', 'ц', 'ч', 'ш', 'щ', 'ъ', 'ы', 'ь', 'э', 'ю', 'я', 'ґ', 'є', 'і', 'ї', 'ё', 'ў', '«', '»', '—', '–',
    '…', '№', '₴', '€', '·', '×', '°', 'ą', 'ć', 'ę', 'ł', 'ń', 'ó', 'ś', 'ź', 'ż', 'ä', 'ö', 'ü', 'ß', 'é',
    'è',
];
/// The byte of the first of [`LETTERS`].
const OWN: u8 = 0x80;
/// The byte of each character from U+0400, or 0 if it has none.
const CYRILLIC: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut n = 0;
    while n < LETTERS.len() {
        let letter = LETTERS[n] as usize;
        if letter >> 8 == 0x04 {
            bytes[letter & 0xFF] = OWN + n as u8;
        }
        n += 1;
    }
    bytes
};
/// Begins any other character: six bytes follow, each with four bits of its number.
const OTHER: u8 = 0x01;
/// Marks those six, so that a search never begins amid a character.
const BITS: u8 = 0xE0;

/// Ends the name, the values that are the record's own, the key, and each text after them.
const LINE: u8 = b'\n';
/// Ends each of the values that are the record's own.
const VALUE: u8 = b'\t';

/// The text of one record.
#[derive(Debug)]
pub struct Text(Box<[u8]>);

impl Text {
    /// Folds and packs the name, the values that no other record may have, and the rest, the key first.
    pub fn new<'t>(
        name: &str,
        own: impl Iterator<Item = &'t str>,
        rest: impl Iterator<Item = &'t str>,
    ) -> Self {
        let mut packed = Vec::with_capacity(256);
        pack(&fold(name), &mut packed);
        packed.push(LINE);
        for value in own {
            pack(&fold(value), &mut packed);
            packed.push(VALUE);
        }
        for text in rest {
            packed.push(LINE);
            pack(&fold(text), &mut packed);
        }
        Self(packed.into_boxed_slice())
    }
}

/// How many records lie side by side.
const BLOCK: usize = 64;
/// How many blocks are worth a thread.
const WORTH: i64 = 150;

/// The texts of records whose ids follow each other.
#[derive(Clone, Debug)]
struct Block {
    packed: Vec<u8>,
    /// Where the text of each stands; empty if there is no such record.
    places: [(u32, u32); BLOCK],
    /// A bit for each that is archived.
    archived: u64,
    /// A bit for each that belongs to one person.
    personal: u64,
}

impl Default for Block {
    fn default() -> Self {
        Self { packed: Vec::new(), places: [(0, 0); BLOCK], archived: 0, personal: 0 }
    }
}

impl Block {
    fn set(&mut self, n: usize, text: &[u8]) {
        let (mut start, end) = self.places[n];
        if start == end {
            // A new one stands behind all others.
            start = self.packed.len() as u32;
            self.packed.extend_from_slice(text);
        } else {
            self.packed.splice(start as usize..end as usize, text.iter().copied());
            for (from, to) in self.places.iter_mut().filter(|(from, _)| *from >= end) {
                *from = *from - (end - start) + text.len() as u32;
                *to = *to - (end - start) + text.len() as u32;
            }
        }
        self.places[n] = (start, start + text.len() as u32);
    }
}

/// What of a record decides who finds it.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    /// It is archived.
    pub archived: bool,
    /// It belongs to one person.
    pub personal: bool,
}

/// The texts of one section's records.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    blocks: OrdMap<i64, Arc<Block>>,
}

impl Texts {
    /// Sets the text of a record.
    pub fn put(&mut self, id: i64, text: &Text, marks: Marks) {
        self.set(id, &text.0, marks);
    }

    /// Forgets the text of a record.
    pub fn take(&mut self, id: i64) {
        self.set(id, &[], Marks { archived: false, personal: false });
    }

    fn set(&mut self, id: i64, text: &[u8], marks: Marks) {
        let block = Arc::make_mut(self.blocks.entry(id / BLOCK as i64).or_default());
        let n = id as usize % BLOCK;
        block.set(n, text);
        let bit = |bits: u64, on: bool| bits & !(1 << n) | u64::from(on) << n;
        block.archived = bit(block.archived, marks.archived);
        block.personal = bit(block.personal, marks.personal);
        // The last place is filled: usually nothing more comes.
        if n == BLOCK - 1 {
            block.packed.shrink_to_fit();
        }
    }

    /// The ranges in which this many threads search it; fewer where that is not worth a thread.
    pub fn parts(&self, threads: i64) -> Vec<Range<i64>> {
        let end = self.blocks.get_max().map_or(0, |(last, _)| last + 1);
        let size = (end / threads + 1).max(WORTH);
        (0..threads).map(|n| n * size..((n + 1) * size).min(end)).filter(|part| !part.is_empty()).collect()
    }

    /// Tells id, rank, and whether it is personal, of every record in a part that answers.
    pub fn search(
        &self,
        part: Range<i64>,
        words: &Words,
        archived: bool,
        mut tell: impl FnMut(i64, Rank, bool),
    ) {
        for (number, block) in self.blocks.range(part) {
            for (n, (start, end)) in block.places.iter().enumerate() {
                if start < end
                    && (block.archived >> n & 1 == 1) == archived
                    && let Some(rank) = words.rank(&block.packed[*start as usize..*end as usize])
                {
                    tell(number * BLOCK as i64 + n as i64, rank, block.personal >> n & 1 == 1);
                }
            }
        }
    }
}

fn pack(text: &str, packed: &mut Vec<u8>) {
    for c in text.chars() {
        match c {
            ' '..='~' => packed.push(c as u8),
            '\u{400}'..='\u{4FF}' if CYRILLIC[c as usize & 0xFF] > 0 => {
                packed.push(CYRILLIC[c as usize & 0xFF]);
            }
            _ => match LETTERS.iter().position(|letter| *letter == c) {
                Some(n) => packed.push(OWN + n as u8),
                None => {
                    packed.push(OTHER);
                    packed.extend((0..6).rev().map(|n| BITS | (u32::from(c) >> (4 * n) & 0xF) as u8));
                }
            },
        }
    }
}

/// How well a record answers, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A value of its own is what was asked for: a shortcut, an e-mail address.
    Own,
    /// A value of its own begins with it.
    OwnStart,
    /// Its name begins with it.
    Name,
    /// A word of its name begins with it.
    Word,
    /// It is somewhere in its name.
    Inside,
    /// All words are somewhere in its text.
    Text,
}

impl Rank {
    /// All, best first.
    pub const ALL: [Self; 6] = [Self::Own, Self::OwnStart, Self::Name, Self::Word, Self::Inside, Self::Text];
}

/// What is searched for.
#[derive(Debug)]
pub struct Words {
    whole: Finder<'static>,
    each: Vec<Finder<'static>>,
}

impl Words {
    /// Prepares what a person has typed; none if they typed nothing.
    pub fn new(typed: &str) -> Option<Self> {
        let folded = fold(typed);
        let finder = |words: &str| {
            let mut packed = Vec::new();
            pack(words, &mut packed);
            Finder::new(&packed).into_owned()
        };
        (!folded.is_empty())
            .then(|| Self { whole: finder(&folded), each: folded.split(' ').map(finder).collect() })
    }

    /// How well `text` answers; none if a word is missing.
    fn rank(&self, text: &[u8]) -> Option<Rank> {
        let (first, others) = self.each.split_first()?;
        let at = first.find(text)?;
        if !others.iter().all(|word| word.find(text).is_some()) {
            return None;
        }
        let mut ends = memchr::memchr_iter(LINE, text);
        let name = ends.next().unwrap_or(text.len());
        let own = ends.next().unwrap_or(text.len());
        // Most texts answer somewhere behind both, and then there is nothing more to look at.
        Some(if at < own { self.rank_of(&text[..name], &text[(name + 1).min(own)..own]) } else { Rank::Text })
    }

    fn rank_of(&self, name: &[u8], own: &[u8]) -> Rank {
        let whole = self.whole.needle();
        let mut starts = own.split(|byte| *byte == VALUE).filter(|value| value.starts_with(whole)).peekable();
        if starts.peek().is_some() {
            return if starts.any(|value| value.len() == whole.len()) { Rank::Own } else { Rank::OwnStart };
        }
        match self.whole.find(name) {
            None => Rank::Text,
            Some(0) => Rank::Name,
            Some(_) if self.whole.find_iter(name).any(|at| name[at - 1] == b' ') => Rank::Word,
            Some(_) => Rank::Inside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, Marks, Rank, Text, Texts, Words};
    use app::text::fold;
    use proptest::prelude::*;

    fn rank(words: &str, name: &str, own: &[&str], rest: &[&str]) -> Option<Rank> {
        let text = Text::new(name, own.iter().copied(), rest.iter().copied());
        Words::new(words)?.rank(&text.0)
    }

    #[test]
    fn the_best_answer_counts() {
        let reply = |words: &str| {
            rank(words, "Доставка й оплата", &["dost", "оплата"], &["delivery-1", "Оплата карткою 👩‍💻 ʼ"])
        };
        let table = [
            ("оплата", Some(Rank::Own)),
            ("DO", Some(Rank::OwnStart)),
            ("доставка й", Some(Rank::Name)),
            ("й оплата", Some(Rank::Word)),
            ("став", Some(Rank::Inside)),
            ("карткою доставка", Some(Rank::Text)),
            ("delivery", Some(Rank::Text)),
            ("👩‍💻 '", Some(Rank::Text)),
            ("👨", None),
            ("оплата готівкою", None),
            (" ", None),
        ];
        for (words, expected) in table {
            assert_eq!(reply(words), expected, "{words:?}");
        }
    }

    #[test]
    fn a_word_is_not_found_across_two_texts() {
        assert_eq!(rank("аб", "а", &["б"], &["а", "б"]), None);
        assert_eq!(rank("а б", "а", &[], &["б"]), Some(Rank::Text));
    }

    #[test]
    fn every_letter_has_one_byte() {
        for (n, letter) in LETTERS.iter().enumerate() {
            assert_eq!(LETTERS.iter().position(|other| other == letter), Some(n));
            assert_eq!(fold(&letter.to_string()), letter.to_string(), "folding must leave it");
        }
    }

    proptest! {
        #[test]
        fn texts_that_change_keep_apart(steps in proptest::collection::vec((0_i64..130, "[а-г]{0,6}"), 1..60)) {
            let mut texts = Texts::default();
            let mut expected = std::collections::BTreeMap::new();
            for (id, name) in &steps {
                if name.is_empty() {
                    texts.take(*id);
                    expected.remove(id);
                } else {
                    let text = Text::new(name, std::iter::empty(), std::iter::empty());
                    texts.put(*id, &text, Marks { archived: id % 3 == 0, personal: id % 2 == 0 });
                    expected.insert(*id, name.clone());
                }
            }
            for word in ["а", "б", "вг"] {
                for archived in [false, true] {
                    let mut found = Vec::new();
                    for part in texts.parts(3) {
                        texts.search(part, &Words::new(word).unwrap(), archived, |id, _, personal| {
                            found.push(id);
                            assert_eq!(personal, id % 2 == 0);
                        });
                    }
                    let names = expected.iter().filter(|(id, name)| name.contains(word) && (*id % 3 == 0) == archived);
                    prop_assert_eq!(found, names.map(|(id, _)| *id).collect::<Vec<_>>());
                }
            }
        }

        #[test]
        fn packed_texts_are_searched_like_texts(
            text in "[а-яґєії a-z👩💻\u{200d}ßþ\u{301}-]{0,24}",
            word in "[а-яґєіїa-z👩💻ßþ]{1,2}",
        ) {
            let found = rank(&word, "", &[], &[&text]).is_some();
            prop_assert_eq!(found, fold(&text).contains(&fold(&word)));
        }
    }
}
