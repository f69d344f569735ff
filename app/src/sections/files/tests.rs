use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// The beginning of a file of each family.
fn samples() -> Vec<(Family, Vec<u8>)> {
    let mut tar = vec![b'a'; 100];
    tar.resize(257, 0);
    tar.extend(b"ustar\x0000");
    let bytes = |bytes: &[u8]| bytes.to_vec();
    vec![
        (Family::Png, bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        (Family::Jpeg, bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")),
        (Family::Gif, bytes(b"GIF89a\x01\0\x01\0")),
        (Family::WebP, bytes(b"RIFF\x24\0\0\0WEBPVP8 ")),
        (Family::Bmp, bytes(b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0")),
        (Family::Tiff, bytes(b"II*\0\x08\0\0\0")),
        (Family::Tiff, bytes(b"MM\0*\0\0\0\x08")),
        (Family::Icon, bytes(b"\0\0\x01\0\x01\0")),
        (Family::Pdf, bytes(b"%PDF-1.7\n")),
        (Family::Pdf, bytes(b"\r\n%PDF-1.4\n")),
        (Family::Zip, bytes(b"PK\x03\x04\x14\0\x06\0[Content_Types].xml")),
        (Family::Zip, bytes(b"PK\x05\x06\0\0\0\0")),
        (Family::Ole, bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0")),
        (Family::Gzip, bytes(b"\x1f\x8b\x08\0\0\0\0\0")),
        (Family::Rar, bytes(b"Rar!\x1a\x07\x01\0")),
        (Family::SevenZip, bytes(b"7z\xbc\xaf\x27\x1c\0\x04")),
        (Family::Xz, bytes(b"\xfd7zXZ\0\0\x04")),
        (Family::Bzip2, bytes(b"BZh91AY&SY\0")),
        (Family::Zstd, bytes(b"\x28\xb5\x2f\xfd\x04\0")),
        (Family::Cab, bytes(b"MSCF\0\0\0\0\x20")),
        (Family::Tar, tar),
        (Family::Ogg, bytes(b"OggS\0\x02\0\0")),
        (Family::Flac, bytes(b"fLaC\0\0\0\x22")),
        (Family::Mp3, bytes(b"ID3\x04\0\0\0\0\0\0")),
        (Family::Mp3, bytes(b"\xff\xfb\x90\x64\0\0")),
        (Family::Aac, bytes(b"\xff\xf1\x50\x80\0\x1f")),
        (Family::Amr, bytes(b"#!AMR\n\x0c")),
        (Family::Midi, bytes(b"MThd\0\0\0\x06\0\x01")),
        (Family::Wav, bytes(b"RIFF\x24\0\0\0WAVEfmt ")),
        (Family::Avi, bytes(b"RIFF\x24\0\0\0AVI LIST")),
        (Family::IsoMedia, bytes(b"\0\0\0\x18ftypheic\0\0")),
        (Family::IsoMedia, bytes(b"\0\0\0\x14ftypqt  ")),
        (Family::IsoMedia, bytes(b"\0\0\0\x08wide\0\0")),
        (Family::Matroska, bytes(b"\x1a\x45\xdf\xa3\x9fB\x86")),
        (Family::Asf, bytes(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9")),
        (Family::Mpeg, bytes(b"\0\0\x01\xba\x44")),
        (Family::Flv, bytes(b"FLV\x01\x05\0")),
        (Family::Photoshop, bytes(b"8BPS\0\x01\0\0")),
        (Family::PostScript, bytes(b"%!PS-Adobe-3.0\n")),
        (Family::Djvu, bytes(b"AT&TFORM\0\0\0\x10DJVU")),
        (Family::Rtf, bytes(b"{\\rtf1\\ansi")),
        (Family::Sqlite, bytes(b"SQLite format 3\0\x10\0")),
        (Family::Svg, bytes(b"<svg xmlns='http://www.w3.org/2000/svg'>")),
        (Family::Svg, bytes(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE svg>\n<s:SVG>")),
        (Family::Text, "Привіт, світе".as_bytes().to_vec()),
        (Family::Text, bytes(b"MZ is also how a text may begin")),
        (Family::Text, bytes(b"#! is no path")),
        (Family::Text, bytes(b"BM, as in bitmap; ID3 tags; Milkfree and wide")),
        (Family::Text, bytes(b"<!-- <svg> --><html>")),
        (Family::Text, bytes(b"<!-- never closed <svg>")),
    ]
}

/// The beginning of what runs.
fn programs() -> Vec<(Family, Vec<u8>)> {
    let mut pe = b"MZ\x90\0\x03\0\0\0".to_vec();
    pe.resize(0x80, 0);
    pe.extend(b"PE\0\0");
    vec![
        (Family::Pe, pe),
        (Family::Elf, b"\x7fELF\x02\x01\x01\0".to_vec()),
        (Family::MachO, b"\xcf\xfa\xed\xfe\x07\0\0\x01".to_vec()),
        (Family::MachO, b"\xca\xfe\xba\xbe\0\0\0\x34".to_vec()),
        (Family::Script, b"#!/bin/sh\nrm -rf ~\n".to_vec()),
        (Family::Script, b"#! \t/usr/bin/env python3\n".to_vec()),
        (Family::Dex, b"dex\n035\0".to_vec()),
        (Family::WebAssembly, b"\0asm\x01\0\0\0".to_vec()),
        (Family::Shortcut, b"L\0\0\0\x01\x14\x02\0\0\0".to_vec()),
    ]
}

#[test]
fn each_family_is_known_by_its_first_bytes() {
    for (family, first) in samples().into_iter().chain(programs()) {
        assert_eq!(found(&first), Some(family), "{}", String::from_utf8_lossy(&first));
        assert!(!family.name().is_empty(), "{family:?}");
    }
    assert_eq!(found(b"\x01\x02\0\x03"), None);
    assert_eq!(found(b""), None);
}

fn ask<'a>(name: &'a str, declared: &'a str, first: &'a [u8]) -> Asked<'a> {
    Asked { name, declared, first, size: 1000, direction: Direction::Both }
}

fn code(verdict: &Verdict) -> &str {
    verdict.refusal.as_ref().map_or("accepted", |problem| &problem.code)
}

#[test]
fn files_are_judged_by_the_default_rules() {
    let files = Files::default();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\r";
    let zip = b"PK\x03\x04\x14\0";
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let pe = &programs()[0].1;
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let cases: &[(&str, &str, &[u8], &str)] = &[
        ("photo.png", "image/png", png, "accepted"),
        ("PHOTO.PNG", "IMAGE/PNG; charset=binary", png, "accepted"),
        ("photo.png", "", png, "accepted"),
        ("photo.png", "application/octet-stream", png, "accepted"),
        ("C:\\photos\\photo.png", "image/png", png, "accepted"),
        ("photo.png. ", "image/png", png, "accepted"),
        ("photo.png", "image/jpeg", png, "file_declared"),
        ("photo.png", "text/html", png, "file_declared"),
        ("photo.jpg", "image/jpeg", png, "file_content"),
        ("photo.png", "image/png", b"Just a text", "file_content"),
        ("photo.png", "image/png", b"\0\x01\x02\x03", "file_unrecognised"),
        ("sticker.webp", "image/webp", b"RIFF\x24\0\0\0WEBPVP8 ", "accepted"),
        ("sticker.tgs", "application/x-tgsticker", b"\x1f\x8b\x08\0", "accepted"),
        ("letter.docx", docx, zip, "accepted"),
        ("letter.docx", "application/zip", zip, "accepted"),
        ("letter.docx", docx, ole, "file_content"),
        ("letter.doc", "application/msword", ole, "accepted"),
        ("letter.doc", "application/msword", zip, "file_content"),
        ("voice.oga", "audio/ogg", b"OggS\0\x02", "accepted"),
        ("clip.mov", "video/quicktime", b"\0\0\0\x14ftypqt  ", "accepted"),
        ("song.mp3", "audio/mpeg", b"\0\0\0\0some padding", "accepted"),
        ("song.mp3", "audio/mpeg", png, "file_content"),
        ("list.csv", "application/vnd.ms-excel", b"a;b\n1;2\n", "accepted"),
        ("list.csv", "text/plain", b"a;b\n1;2\n", "accepted"),
        ("list.csv", "", b"a;b\0", "file_binary"),
        ("notes.txt", "text/plain", b"<svg onload='alert(1)'>", "file_content"),
        ("notes.txt", "text/plain", "Нотатки".as_bytes(), "accepted"),
        ("setup.exe", "application/x-msdownload", pe, "file_danger_program"),
        ("picture.svg", "image/svg+xml", b"<svg>", "file_danger_script"),
        ("invoice.pdf", "application/pdf", pe, "file_executable"),
        ("invoice.pdf.exe", "application/pdf", b"%PDF-1.7", "file_danger_program"),
        ("invoice\u{202e}fdp.exe", "application/pdf", b"%PDF-1.7", "file_danger_program"),
        ("invoice", "application/pdf", b"%PDF-1.7", "file_no_extension"),
        (".pdf", "application/pdf", b"%PDF-1.7", "file_no_extension"),
        ("tool", "", pe, "file_executable"),
        ("data.sqlite", "", b"SQLite format 3\0", "file_not_listed"),
    ];
    for (name, declared, first, wanted) in cases {
        let verdict = verdict(&files, ask(name, declared, first));
        assert_eq!(code(&verdict), *wanted, "{name} {declared}: {verdict:?}");
    }
}

#[test]
fn limits_and_directions_hold() {
    let mut files = Files { max_file_size_mb: 10, ..Files::default() };
    let place = files.files.iter().position(|rule| *rule.extension == *"txt").unwrap();
    let judge = |files: &Files, size: u64, direction: Direction| {
        let verdict = verdict(files, Asked { size, direction, ..ask("a.txt", "", b"text") });
        assert_eq!(verdict.rule, Some(place as u32));
        (code(&verdict).to_owned(), verdict.refusal.and_then(|problem| problem.params.get("max").cloned()))
    };
    let fits = |outcome: (String, Option<Value>)| outcome.0 == "accepted";
    assert!(fits(judge(&files, 10 * MEGABYTE, Direction::Both)));
    assert_eq!(judge(&files, 10 * MEGABYTE + 1, Direction::Both), ("file_too_large".into(), Some(json!(10))));
    files.files[place].max_mb = Some(2);
    assert_eq!(judge(&files, 2 * MEGABYTE + 1, Direction::Both), ("file_too_large".into(), Some(json!(2))));
    // The smaller limit holds.
    files.files[place].max_mb = Some(20);
    assert_eq!(judge(&files, 10 * MEGABYTE + 1, Direction::Both), ("file_too_large".into(), Some(json!(10))));
    assert_eq!(judge(&files, 0, Direction::Both).0, "file_empty");
    files.files[place].direction = Direction::In;
    assert!(fits(judge(&files, 1, Direction::In)));
    assert_eq!(judge(&files, 1, Direction::Out).0, "file_only_in");
    files.files[place].direction = Direction::Out;
    assert_eq!(judge(&files, 1, Direction::In).0, "file_only_out");
}

fn problems(files: &Value) -> Vec<(String, String)> {
    let files: Files = serde_json::from_value(files.clone()).unwrap();
    let mut problems = Problems::default();
    files.check(&mut problems);
    files.check_change(None, &mut problems);
    problems.0.into_iter().map(|problem| (problem.pointer, problem.code)).collect()
}

#[test]
fn the_panels_document_is_kept_as_it_is() {
    let document = json!({
        "max_file_size_mb": 25,
        "files": [{ "title": "WebP image", "extension": "webp", "mime_types": ["image/webp"], "allow": true }],
    });
    let read: Files = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), document);
    assert_eq!(problems(&document), []);
    let foreign = json!({
        "max_file_size_mb": 25,
        "files": [{ "extension": "dwg", "allow": true, "icon": { "name": "ruler" } }],
        "version": 3,
    });
    let read: Files = serde_json::from_value(foreign.clone()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!((&written["version"], &written["files"][0]["icon"]), (&foreign["version"], &foreign["files"][0]["icon"]));
    let warned = [("/version", "unknown_kept"), ("/files/0/icon", "unknown_kept")];
    assert_eq!(problems(&foreign), warned.map(|(at, code)| (at.to_owned(), code.to_owned())));
    // What is known already is not warned about again.
    let mut again = Problems::default();
    read.check_change(Some(&read), &mut again);
    assert!(again.is_empty());
}

#[test]
fn faults_of_rules_are_named_at_their_place() {
    let rules = |rule: Value| problems(&json!({ "max_file_size_mb": 25, "files": [rule] }));
    let at = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    for extension in [".webp", "WEBP", "we bp", "", "вебп", "a.b", "-a", "abcdefghijklmnopq"] {
        assert_eq!(rules(json!({ "extension": extension })), at("/files/0/extension", "bad_extension"), "{extension}");
    }
    for extension in ["webp", "7z", "c++", "tar_gz", "3gp"] {
        assert_eq!(rules(json!({ "extension": extension })), [], "{extension}");
    }
    for kind in ["image", "image/", "/png", "image/*", "image/png; q=1", "image/p ng", "image/png/x", "зображення/png"] {
        let found = rules(json!({ "extension": "png", "mime_types": ["image/png", kind] }));
        assert_eq!(found, at("/files/0/mime_types/1", "bad_mime_type"), "{kind}");
    }
    assert_eq!(rules(json!({ "extension": "svg", "allow": true })), at("/files/0/allow", "file_danger_script"));
    assert_eq!(rules(json!({ "extension": "exe", "allow": true })), at("/files/0/allow", "file_danger_program"));
    assert_eq!(rules(json!({ "extension": "exe", "allow": false })), []);
}

#[test]
fn the_default_list_holds_what_it_promises() {
    let files = Files::default();
    let rule = |extension: &str| files.files.iter().find(|rule| *rule.extension == *extension).unwrap();
    for sticker in ["webp", "tgs"] {
        assert!(rule(sticker).allow);
    }
    for refused in ["exe", "svg", "apk"] {
        assert!(!rule(refused).allow && danger(refused).is_some(), "{refused}");
    }
    for rule in &files.files {
        assert!(rule.allow != danger(&rule.extension).is_some(), "{rule:?}");
        // Types of the list agree with the family that the extension stands for.
        assert!(Family::of_extension(&rule.extension).is_some() || !rule.allow, "{rule:?}");
    }
    let mut problems = Problems::default();
    files.check(&mut problems);
    assert!(problems.is_empty());
}

#[test]
fn the_browser_reads_rules_as_serde_does() {
    let documents = [
        serde_json::to_value(Files::default()).unwrap(),
        json!({ "max_file_size_mb": 3, "files": [
            { "title": "T", "extension": "a", "mime_types": ["a/b"], "allow": true, "max_mb": 2, "direction": "in" },
            { "extension": "b", "direction": "out" },
        ] }),
    ];
    for document in documents {
        assert_eq!(Files::of(&document), serde_json::from_value::<Files>(document).unwrap());
    }
    // A draft with faults is read as far as it goes.
    let broken = Files::of(&json!({ "max_file_size_mb": "x", "files": [7, { "extension": 1, "max_mb": -1 }] }));
    assert_eq!((broken.max_file_size_mb, broken.files.len()), (0, 2));
}

#[test]
fn what_is_no_longer_accepted_is_told() {
    struct Nothing;
    impl World for Nothing {
        fn has_zone(&self, _: &str) -> bool {
            true
        }
        fn check_css(&self, _: &str, _: &mut Problems) {}
        fn standing(&self, _: &str, _: i64) -> Option<super::super::Standing> {
            None
        }
        fn ids(&self, _: &str) -> Vec<i64> {
            Vec::new()
        }
        fn referrers(&self, _: &str, _: i64) -> Vec<(&'static str, i64)> {
            Vec::new()
        }
        fn languages(&self) -> Cow<'_, [String]> {
            Cow::Owned(Vec::new())
        }
    }
    let mut after = Files::default();
    for rule in &mut after.files {
        rule.allow = !matches!(&*rule.extension, "zip" | "rar") && rule.allow || *rule.extension == *"svg";
    }
    let effects = Files::effects(None, Some(&after), 0, &Nothing);
    let told: Vec<_> = effects.iter().map(|effect| (effect.code.as_str(), effect.count)).collect();
    assert_eq!(told, [("files_refused", 2), ("files_allowed", 1)]);
    assert_eq!(effects[0].params["names"], json!(["zip", "rar"]));
}

proptest! {
    #[test]
    fn no_bytes_and_no_name_break_the_judgement(name in ".{0,40}", declared in ".{0,40}", first: Vec<u8>, size: u64) {
        let direction = Direction::Both;
        let verdict = verdict(&Files::default(), Asked { name: &name, declared: &declared, first: &first, size, direction });
        // What is not listed never passes.
        prop_assert!(verdict.rule.is_some() || !verdict.accepted());
    }

    #[test]
    fn what_runs_is_refused_under_any_name(which in 0..9_usize, extension in "[a-z0-9]{1,5}", tail: Vec<u8>) {
        let mut first = programs().swap_remove(which).1;
        first.extend(tail);
        // Even where somebody allows everything.
        let rule = Rule { extension: extension.as_str().into(), allow: true, ..Rule::default() };
        let files = Files { max_file_size_mb: 1, files: vec![rule], ..Files::default() };
        let name = format!("a.{extension}");
        prop_assert!(!verdict(&files, ask(&name, "", &first)).accepted());
    }

    #[test]
    fn only_the_first_bytes_count(first in prop::collection::vec(any::<u8>(), FIRST_BYTES), tail: Vec<u8>) {
        let mut whole = first.clone();
        whole.extend(tail);
        prop_assert_eq!(found(&first), found(&whole));
    }

    #[test]
    fn rules_of_any_shape_are_read(text in "\\PC{0,200}") {
        if let Ok(value) = crate::value::parse_json(&text) {
            Files::of(&value);
        }
    }
}
