//! What the first bytes of a file say that it is.

use super::Family;

/// As many bytes of a file are looked at, from its beginning.
pub const FIRST_BYTES: usize = 4096;

/// The family that `first`, the beginning of a file, belongs to; none for bytes that are neither known nor text.
///
/// Signatures of two or three bytes alone would also be found in texts: such ones ask for more than the signature.
pub fn found(first: &[u8]) -> Option<Family> {
    let first = &first[..first.len().min(FIRST_BYTES)];
    program(first).or_else(|| known(first)).or_else(|| structured(first)).or_else(|| text(first))
}

/// Signatures that stand at the very beginning.
const SIGNATURES: [(&[u8], Family); 35] = [
    (b"\x89PNG\r\n\x1a\n", Family::Png),
    (b"\xff\xd8\xff", Family::Jpeg),
    (b"GIF87a", Family::Gif),
    (b"GIF89a", Family::Gif),
    (b"PK\x03\x04", Family::Zip),
    (b"PK\x05\x06", Family::Zip),
    (b"PK\x07\x08", Family::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Family::Ole),
    (b"\x1f\x8b\x08", Family::Gzip),
    (b"OggS", Family::Ogg),
    (b"Rar!\x1a\x07", Family::Rar),
    (b"7z\xbc\xaf\x27\x1c", Family::SevenZip),
    (b"\xfd7zXZ\0", Family::Xz),
    (b"\x28\xb5\x2f\xfd", Family::Zstd),
    (b"MSCF\0\0\0\0", Family::Cab),
    (b"fLaC", Family::Flac),
    (b"MThd\0\0\0\x06", Family::Midi),
    (b"#!AMR", Family::Amr),
    (b"\x1a\x45\xdf\xa3", Family::Matroska),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Family::Asf),
    (b"\0\0\x01\xba", Family::Mpeg),
    (b"\0\0\x01\xb3", Family::Mpeg),
    (b"FLV\x01", Family::Flv),
    (b"II*\0", Family::Tiff),
    (b"MM\0*", Family::Tiff),
    (b"\0\0\x01\0", Family::Icon),
    (b"\0\0\x02\0", Family::Icon),
    (b"8BPS\0\x01", Family::Photoshop),
    (b"{\\rtf", Family::Rtf),
    (b"%!PS", Family::PostScript),
    (b"\xc5\xd0\xd3\xc6", Family::PostScript),
    (b"AT&TFORM", Family::Djvu),
    (b"SQLite format 3\0", Family::Sqlite),
    (b"%PDF-", Family::Pdf),
    (b"\xef\xbb\xbf%PDF-", Family::Pdf),
];

fn known(first: &[u8]) -> Option<Family> {
    SIGNATURES.iter().find(|(signature, _)| first.starts_with(signature)).map(|(_, family)| *family)
}

/// What runs when it is opened.
fn program(first: &[u8]) -> Option<Family> {
    const MACH_O: [&[u8]; 5] = [
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
    ];
    // A text may begin with the letters MZ; the header of a program is full of zeros.
    let zeros = first.iter().take(64).filter(|byte| **byte == 0).count() > 0;
    Some(if (first.starts_with(b"MZ") || first.starts_with(b"ZM")) && zeros {
        Family::Pe
    } else if first.starts_with(b"\x7fELF") {
        Family::Elf
    } else if MACH_O.iter().any(|signature| first.starts_with(signature)) {
        Family::MachO
    } else if first.starts_with(b"dex\n0") {
        Family::Dex
    } else if first.starts_with(b"\0asm") {
        Family::WebAssembly
    } else if first.starts_with(b"L\0\0\0\x01\x14\x02\0") {
        Family::Shortcut
    } else if is_shebang(first) {
        Family::Script
    } else {
        return None;
    })
}

/// `#!`, then the path of a program. Systems skip blanks between them.
fn is_shebang(first: &[u8]) -> bool {
    let Some(rest) = first.strip_prefix(b"#!") else { return false };
    rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b'/')
}

/// Kinds of the first box of ISO media, behind its length. Old films of QuickTime begin with any of these.
const BOXES: [&[u8]; 7] = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"];

/// Formats whose beginning has to be read, not compared.
fn structured(first: &[u8]) -> Option<Family> {
    let at = |from: usize, len: usize| first.get(from..from + len).unwrap_or_default();
    match (at(0, 4), at(8, 4)) {
        (b"RIFF", b"WAVE") => return Some(Family::Wav),
        (b"RIFF", b"AVI ") => return Some(Family::Avi),
        (b"RIFF", b"WEBP") => return Some(Family::WebP),
        _ => {}
    }
    if first.first() == Some(&0) && BOXES.contains(&at(4, 4)) {
        return Some(Family::IsoMedia);
    }
    // The version behind it tells a tag from a text about tags.
    if first.starts_with(b"ID3") && first.get(3).is_some_and(|version| *version < 0x10) {
        return Some(Family::Mp3);
    }
    if first.starts_with(b"BM") && at(6, 4) == [0; 4] {
        return Some(Family::Bmp);
    }
    if first.starts_with(b"BZh") && at(4, 6) == b"\x31\x41\x59\x26\x53\x59" {
        return Some(Family::Bzip2);
    }
    if at(257, 5) == b"ustar" {
        return Some(Family::Tar);
    }
    if is_svg(first) {
        return Some(Family::Svg);
    }
    let trimmed = first.trim_ascii_start();
    if trimmed.starts_with(b"%PDF-") {
        return Some(Family::Pdf);
    }
    frame(first)
}

/// A frame of MPEG sound: eleven bits that are set, then version, layer, rates. Layer 0 is AAC's.
fn frame(first: &[u8]) -> Option<Family> {
    let &[0xff, second, third, ..] = first else { return None };
    let layer = (second >> 1) & 3;
    if second & 0xf6 == 0xf0 {
        return Some(Family::Aac);
    }
    let rates = third >> 4 != 0xf && third >> 4 != 0 && (third >> 2) & 3 != 3;
    let version = (second >> 3) & 3;
    (second & 0xe0 == 0xe0 && version != 1 && matches!(layer, 1 | 2) && rates).then_some(Family::Mp3)
}

/// An XML document whose first element is `svg`, with a prefix or without. Comments and declarations may stand before.
fn is_svg(first: &[u8]) -> bool {
    let mut rest = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first).trim_ascii_start();
    while rest.starts_with(b"<?") || rest.starts_with(b"<!") {
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b"?>"
        } else {
            b">"
        };
        let Some(close) = rest.windows(end.len()).position(|bytes| bytes == end) else { return false };
        rest = rest[close + end.len()..].trim_ascii_start();
    }
    let Some(rest) = rest.strip_prefix(b"<") else { return false };
    let name = rest.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b':').map_or(rest, |end| &rest[..end]);
    name.rsplit(|b| *b == b':').next().is_some_and(|local| local.eq_ignore_ascii_case(b"svg"))
}

/// Text has no signature, and no NUL byte.
fn text(first: &[u8]) -> Option<Family> {
    (!first.is_empty() && !first.contains(&0)).then_some(Family::Text)
}
