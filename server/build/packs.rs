//! Puts the chunks of the browser's program into packs: what is fetched together travels in one file.
//!
//! The program is split at every lazy function, and what several of them need becomes a chunk for each combination: a
//! hundred small files, each with headers of its own and too short to compress well. Here they are joined into packs, and
//! the loader takes its chunk out of a pack. A merge is worth it as long as it saves more than it makes others fetch in vain.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What a file of its own costs on the wire besides its bytes: request, headers, and above all that brotli finds less to
/// refer to in each of two short files than in one.
const FILE: usize = 1600;
/// A chunk's size on the wire, in hundredths of its own: what brotli makes of WebAssembly.
const PACKED: usize = 28;

/// Lazy functions whose code is fetched together when something opens, by the start of their names, and how much it counts.
/// What is named nowhere here counts once, on top of a list and a record.
const VISITS: &[(&[&str], usize)] = &[
    (&["__start_page_view"], 120),
    (&["list_of"], 480),
    (&["record_of"], 640),
    (&["other_page"], 4),
    (&["preview"], 1),
    (&["record_of", "rare_widget"], 16),
    (&["list_of", "record_of", "rare_widget"], 8),
    (&["list_of", "record_of", "single_widget"], 16),
    (&["list_of", "list_tool"], 1),
    (&["__start_page_view", "search"], 1),
];
/// An editor, on top of what every record needs, alone and with the sample: a new one needs no entry.
const EDITOR: usize = 16;

/// The files that the packs replace, and the new ones, by their path below the site.
pub struct Packed {
    /// No longer sent by themselves.
    pub replaced: BTreeSet<String>,
    /// Sent instead.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A chunk of the program, and the lazy functions that need it.
struct Chunk {
    name: String,
    bytes: Vec<u8>,
    needed_by: BTreeSet<String>,
}

/// Packs the chunks of a built site; nothing if the program was not split.
pub fn pack(site: &Path) -> Option<Packed> {
    let folder = site.join("pkg");
    let manifest = fs::read_to_string(folder.join("__wasm_split_manifest.json")).ok()?;
    let manifest: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&manifest).expect("the splitter writes functions with their files");
    let loader = loader_of(&folder);
    let mut chunks: BTreeMap<String, Chunk> = BTreeMap::new();
    for (function, files) in &manifest {
        for name in files {
            let chunk = chunks.entry(name.clone()).or_insert_with(|| Chunk {
                name: name.clone(),
                bytes: fs::read(folder.join(format!("{name}.wasm"))).expect("the manifest names built files"),
                needed_by: BTreeSet::new(),
            });
            chunk.needed_by.insert(function.clone());
        }
    }
    let visits = visits(manifest.keys());
    let packs = group(chunks.into_values().collect(), &visits);

    let script = fs::read_to_string(&loader).expect("it was just listed");
    let mut files = BTreeMap::new();
    let mut replaced = BTreeSet::from(["pkg/__wasm_split_manifest.json".to_owned()]);
    for (n, pack) in packs.iter().enumerate() {
        let mut bytes = Vec::new();
        for chunk in pack {
            bytes.extend_from_slice(&chunk.bytes);
            replaced.insert(format!("pkg/{}.wasm", chunk.name));
        }
        files.insert(format!("pkg/{n}.pack"), bytes);
    }
    let loader = loader.strip_prefix(site).expect("it lies in the site").to_str().expect("an ASCII name");
    files.insert(loader.to_owned(), rewrite(&script, &manifest, &packs).into_bytes());
    Some(Packed { replaced, files })
}

/// The script that fetches chunks.
fn loader_of(folder: &Path) -> PathBuf {
    fs::read_dir(folder)
        .expect("the site can be read")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.strip_prefix("__wasm_split").is_some_and(|rest| rest.split('.').next_back() == Some("js"))
        })
        .expect("a split program has a loader")
}

/// The sets of lazy functions that a visit fetches, with their weights.
fn visits<'a>(functions: impl Iterator<Item = &'a String> + Clone) -> Vec<(BTreeSet<String>, usize)> {
    let of = |name: &str| {
        let found: Vec<_> =
            functions.clone().filter(|function| function.starts_with(name)).cloned().collect();
        assert!(!found.is_empty(), "no lazy function is called {name}: correct the list of visits");
        found
    };
    let together = |names: &[&str]| -> BTreeSet<String> { names.iter().copied().flat_map(of).collect() };
    let mut visits: Vec<_> = VISITS.iter().map(|(names, weight)| (together(names), *weight)).collect();
    let named: BTreeSet<String> = visits.iter().flat_map(|(functions, _)| functions.clone()).collect();
    for function in functions.clone().filter(|function| !named.contains(*function)) {
        let with = |pages: &[&str]| together(pages).into_iter().chain([function.clone()]).collect();
        if function.starts_with("editor") {
            visits.push((with(&["record_of"]), EDITOR));
            visits.push((with(&["record_of", "sample"]), EDITOR));
        } else {
            visits.push((with(&["list_of", "record_of"]), 1));
        }
    }
    visits
}

/// Joins chunks into packs for as long as that makes the visits cheaper on the whole.
fn group(chunks: Vec<Chunk>, visits: &[(BTreeSet<String>, usize)]) -> Vec<Vec<Chunk>> {
    // What the same visits need is never needed apart.
    let mut alike: BTreeMap<Vec<bool>, Vec<Chunk>> = BTreeMap::new();
    for chunk in chunks {
        let needs = visits.iter().map(|(functions, _)| !functions.is_disjoint(&chunk.needed_by)).collect();
        alike.entry(needs).or_default().push(chunk);
    }
    let mut packs: Vec<(Vec<bool>, usize, Vec<Chunk>)> = alike
        .into_iter()
        .map(|(needs, chunks)| (needs, chunks.iter().map(|chunk| chunk.bytes.len()).sum::<usize>(), chunks))
        .collect();
    let cost = |needs: &[bool], size: usize| -> usize {
        let weight: usize =
            needs.iter().zip(visits).filter(|(need, _)| **need).map(|(_, (_, weight))| weight).sum();
        weight * (size * PACKED / 100 + FILE)
    };
    loop {
        let mut best = (0, 0, 0);
        for a in 0..packs.len() {
            for b in a + 1..packs.len() {
                let both: Vec<bool> =
                    packs[a].0.iter().zip(&packs[b].0).map(|(one, other)| *one || *other).collect();
                let apart = cost(&packs[a].0, packs[a].1) + cost(&packs[b].0, packs[b].1);
                let saved = apart.saturating_sub(cost(&both, packs[a].1 + packs[b].1));
                if saved > best.0 {
                    best = (saved, a, b);
                }
            }
        }
        let (saved, a, b) = best;
        if saved == 0 {
            return packs.into_iter().map(|(_, _, chunks)| chunks).collect();
        }
        let (needs, size, chunks) = packs.swap_remove(b);
        let joined = &mut packs[a];
        joined.1 += size;
        joined.2.extend(chunks);
        for (one, other) in joined.0.iter_mut().zip(needs) {
            *one |= other;
        }
    }
}

/// How chunks are taken out of their packs: `sizes` holds the length of each chunk of each pack, and a lazy function has
/// the number of its own chunk and, as a mask in hexadecimal digits, those that it needs. While the server can't be
/// reached a pack is asked for again every second; only one that is not there any more is given up.
const TAKE: &str = "const packs=[];\
const get=async url=>{for(;;){let answer;\
try{answer=await fetch(url);if(answer.ok)return await answer.arrayBuffer()}catch{}\
if(answer&&!answer.ok&&answer.status<500)throw new Error(`${url}: ${answer.status}`);\
await new Promise(again=>setTimeout(again,1e3))}};\
const pack=n=>packs[n]??=get(new URL(`./${n}.pack`,import.meta.url)).catch(error=>{packs[n]=undefined;throw error});\
const part=(n,from,to)=>()=>{const bytes=pack(n);bytes.catch(()=>{});\
return async imports=>WebAssembly.instantiate(new Uint8Array(await bytes,from,to-from),imports)};\
const parts=sizes.flatMap((lengths,n)=>{let at=0;return lengths.map(length=>part(n,at,at+=length))});\
const chunks=[];const chunk=n=>chunks[n]??=makeLoad(parts[n],[]);\
const needs=mask=>[...mask].flatMap((digit,n)=>[8,4,2,1].flatMap((bit,k)=>parseInt(digit,16)&bit?[chunk(4*n+k)]:[]));\
const lazy=(own,mask)=>{let load;\
return wrapAsyncCb(()=>(load??=makeLoad(parts[own]??(()=>async()=>({})),needs(mask)))())};\n";

/// The loader, taking chunks out of packs. The splitter's runtime is kept, its list of files is not.
fn rewrite(script: &str, manifest: &BTreeMap<String, Vec<String>>, packs: &[Vec<Chunk>]) -> String {
    let runtime = script.split("\n/* ").next().unwrap_or_default();
    let exported = script.matches("\nexport const __wasm_split_load_").count();
    assert_eq!(exported, manifest.len(), "the splitter's loader has a form that is not known");
    assert!(runtime.contains("function makeLoad(") && !runtime.contains("export "), "nor has its runtime");
    let numbers: BTreeMap<&str, usize> =
        packs.iter().flatten().enumerate().map(|(n, chunk)| (&*chunk.name, n)).collect();

    let mut loader = String::new();
    for line in runtime.lines().map(str::trim) {
        if !line.is_empty() && !line.starts_with("//") {
            loader.push_str(line);
            loader.push('\n');
        }
    }
    let sizes: Vec<Vec<usize>> =
        packs.iter().map(|pack| pack.iter().map(|chunk| chunk.bytes.len()).collect()).collect();
    let _ = writeln!(loader, "const sizes={};", format!("{sizes:?}").replace(' ', ""));
    loader.push_str(TAKE);
    for (function, files) in manifest {
        let own_name = format!("split_{function}");
        let own = numbers.get(&*own_name).map_or(-1, |n| *n as i64);
        let mut digits = vec![0_u8; numbers.len().div_ceil(4)];
        for n in files.iter().filter(|file| **file != own_name).filter_map(|file| numbers.get(&**file)) {
            digits[n / 4] |= 8 >> (n % 4);
        }
        let mask = digits.iter().fold(String::new(), |mut mask, digit| {
            let _ = write!(mask, "{digit:x}");
            mask
        });
        let _ = writeln!(loader, "export const __wasm_split_load_{function}=lazy({own},\"{mask}\");");
    }
    loader
}
