//! Puts the built site into a release: each file plain, as brotli and as gzip, under an id made of their contents.

mod names;
mod packs;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// The program of the browser that every page needs, and the script that starts it.
const PROGRAM: &str = "pkg/pult.wasm";
const SCRIPT: &str = "pkg/pult.js";

fn main() {
    println!("cargo::rerun-if-changed=build");
    if env::var_os("CARGO_FEATURE_EMBED").is_none() {
        return;
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let site = root
        .join("../target/release-site")
        .canonicalize()
        .expect("build the site first: `make release` does both");
    println!("cargo::rerun-if-changed={}", site.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));

    let mut files = Vec::new();
    collect(&site, &site, &mut files);
    let packed = packs::pack(&site).expect("the site is built with --split");
    files.retain(|path| !packed.replaced.contains(path) && !packed.files.contains_key(path));
    files.extend(packed.files.keys().cloned());
    let read = |path: &str| fs::read(site.join(path)).expect("the site holds the program and its script");
    let script = String::from_utf8(read(SCRIPT)).expect("a script is text");
    let (program, script) = names::shorten(&read(PROGRAM), &script);
    let made: BTreeMap<String, Vec<u8>> = packed
        .files
        .into_iter()
        .chain([(PROGRAM.to_owned(), program), (SCRIPT.to_owned(), script.into_bytes())])
        .collect();
    // Only tools for other languages read them.
    files.retain(|path| !path.ends_with(".d.ts"));
    files.sort();
    let mut hash = Sha256::new();
    let mut table = String::from("/// Every built file, by path.\npub static ASSETS: &[Asset] = &[\n");
    for (n, path) in files.iter().enumerate() {
        let plain = made.get(path).cloned().unwrap_or_else(|| read(path));
        hash.update(path.as_bytes());
        hash.update((plain.len() as u64).to_be_bytes());
        hash.update(&plain);
        fs::write(out.join(format!("{n}.plain")), &plain).expect("the build's own folder can be written");
        for (kind, packed) in [("br", brotli(&plain)), ("gz", gzip(&plain))] {
            // What hardly shrinks is sent as it is.
            let packed = if packed.len() * 100 < plain.len() * 95 { packed } else { Vec::new() };
            fs::write(out.join(format!("{n}.{kind}")), packed)
                .expect("the build's own folder can be written");
        }
        let file = |kind: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{n}.{kind}\"))");
        let _ = writeln!(
            table,
            "    Asset {{ path: {path:?}, plain: {}, brotli: {}, gzip: {} }},",
            file("plain"),
            file("br"),
            file("gz")
        );
    }
    table.push_str("];\n");
    // The words are made by the server itself, but a page must not mix those of two builds either.
    for language in ["uk", "en"] {
        let path = root.join(format!("../app/words/{language}.json"));
        println!("cargo::rerun-if-changed={}", path.display());
        hash.update(fs::read(path).expect("the words stand in the app"));
    }
    let id: String = hash.finalize()[..6].iter().fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    });
    let _ = writeln!(table, "/// Names the build.\npub static BUILD: &str = {id:?};");
    fs::write(out.join("assets.rs"), table).expect("the build's own folder can be written");
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the site can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Some(path) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            files.push(path.to_owned());
        }
    }
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 22);
    writer.write_all(plain).expect("writing into memory");
    drop(writer);
    packed
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(plain).expect("writing into memory");
    writer.finish().expect("writing into memory")
}
