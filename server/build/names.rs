//! Shortens the names by which the program asks its script for things. wasm-bindgen makes each of a function's name and a
//! hash; nobody but these two files reads them, and hundreds of hashes are the one thing that does not compress.

use std::collections::{BTreeMap, BTreeSet};

/// The module that wasm-bindgen imports from.
const SCRIPT: &str = "./pult_bg.js";
/// Sections of a WebAssembly file, by their number in its format.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const HEADER: usize = 8;

/// The program and its script with short names.
///
/// # Panics
/// The file is no WebAssembly of the form that the toolchain writes: the build must stop, not send it.
pub fn shorten(program: &[u8], script: &str) -> (Vec<u8>, String) {
    let sections = sections(program);
    let exported: BTreeSet<String> =
        sections.iter().filter(|(kind, _)| *kind == EXPORTS).flat_map(|(_, body)| exports(body)).collect();
    let mut names = BTreeMap::new();
    let mut shortened = program[..HEADER].to_vec();
    for (kind, body) in sections {
        let body = if kind == IMPORTS { imports(body, &exported, &mut names) } else { body.to_vec() };
        shortened.push(kind);
        number(body.len(), &mut shortened);
        shortened.extend(body);
    }
    (shortened, rename(script, &names))
}

/// The sections of a file: their kind and what is in them.
fn sections(file: &[u8]) -> Vec<(u8, &[u8])> {
    let mut reader = Reader { bytes: file, at: HEADER };
    let mut found = Vec::new();
    while reader.at < file.len() {
        let kind = reader.byte();
        let length = reader.number();
        found.push((kind, reader.take(length)));
    }
    found
}

fn exports(body: &[u8]) -> Vec<String> {
    let mut reader = Reader { bytes: body, at: 0 };
    (0..reader.number())
        .map(|_| {
            let name = reader.text().to_owned();
            reader.byte();
            reader.number();
            name
        })
        .collect()
}

/// The section of imports with short names for what comes from the script.
fn imports(body: &[u8], exported: &BTreeSet<String>, names: &mut BTreeMap<String, String>) -> Vec<u8> {
    let mut reader = Reader { bytes: body, at: 0 };
    let count = reader.number();
    let mut written = Vec::new();
    number(count, &mut written);
    for _ in 0..count {
        let (module, name) = (reader.text(), reader.text());
        let described = reader.at;
        // The program imports functions alone; the index of a type follows.
        assert_eq!(reader.byte(), 0, "{module} {name} is no function");
        reader.number();
        let short = (module == SCRIPT && !exported.contains(name)).then(|| {
            let next = short(names.len());
            names.entry(name.to_owned()).or_insert(next).clone()
        });
        for word in [module, short.as_deref().unwrap_or(name)] {
            number(word.len(), &mut written);
            written.extend(word.as_bytes());
        }
        written.extend(&body[described..reader.at]);
    }
    written
}

/// The n-th name: `$` and digits, which begin no name of the script.
fn short(n: usize) -> String {
    format!("${n:x}")
}

/// Puts the short name of each in its place wherever it stands as a whole word.
fn rename(script: &str, names: &BTreeMap<String, String>) -> String {
    let part_of_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '$');
    let mut renamed = String::with_capacity(script.len());
    let mut seen = BTreeSet::new();
    let mut rest = script;
    while !rest.is_empty() {
        let end = rest.find(|sign| !part_of_name(sign)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match names.get(word) {
            Some(short) => {
                seen.insert(word);
                renamed.push_str(short);
            }
            None => renamed.push_str(word),
        }
        let between = after.find(part_of_name).unwrap_or(after.len());
        renamed.push_str(&after[..between]);
        rest = &after[between..];
    }
    assert_eq!(seen.len(), names.len(), "the script does not name all that the program asks it for");
    renamed
}

/// A whole number as WebAssembly writes it: seven bits a byte, the low ones first.
fn number(mut value: usize, bytes: &mut Vec<u8>) {
    while value > 0x7f {
        bytes.push(0x80 | (value & 0x7f) as u8);
        value >>= 7;
    }
    bytes.push(value as u8);
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn number(&mut self) -> usize {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return value;
            }
        }
    }

    fn take(&mut self, length: usize) -> &'b [u8] {
        self.at += length;
        &self.bytes[self.at - length..self.at]
    }

    fn text(&mut self) -> &'b str {
        let length = self.number();
        std::str::from_utf8(self.take(length)).expect("names are text")
    }
}
