//! Families of formats: all that share a signature. Extension, declared type and first bytes agree by family.

use serde::Serialize;

/// What a file is, as far as its first bytes tell: a ZIP archive and an Excel workbook begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the format of its name")]
pub enum Family {
    Aac,
    Amr,
    Asf,
    Avi,
    Bmp,
    Bzip2,
    Cab,
    Djvu,
    Flac,
    Flv,
    Gif,
    Gzip,
    Icon,
    IsoMedia,
    Jpeg,
    Matroska,
    Midi,
    Mp3,
    Mpeg,
    Ogg,
    Ole,
    Pdf,
    Photoshop,
    Png,
    PostScript,
    Rar,
    Rtf,
    SevenZip,
    Sqlite,
    Svg,
    Tar,
    /// No signature and no NUL byte.
    Text,
    Tiff,
    Wav,
    WebP,
    Xz,
    Zip,
    Zstd,
    /// A program of Windows or DOS.
    Pe,
    /// A program of Linux and its relatives.
    Elf,
    /// A program of macOS, or a class of Java: they begin alike.
    MachO,
    /// A text that names the program which runs it.
    Script,
    /// A program of Android.
    Dex,
    WebAssembly,
    /// A link of Windows that starts a program.
    Shortcut,
}

/// Family, its name, extensions, declared types. Types that end in `/` or `+` stand for all that begin or end so.
type Line = (Family, &'static str, &'static str, &'static str);

/// One line a family; a type of the list that a rule doesn't name agrees with every extension of its line.
#[rustfmt::skip]
const FAMILIES: &[Line] = &[
    (Family::Aac, "AAC", "aac", "audio/aac audio/x-aac audio/aacp"),
    (Family::Amr, "AMR", "amr awb", "audio/amr audio/amr-wb"),
    (Family::Asf, "ASF (WMA, WMV)", "asf wma wmv", "video/x-ms-asf video/x-ms-wmv audio/x-ms-wma"),
    (Family::Avi, "AVI", "avi", "video/x-msvideo video/avi video/msvideo"),
    (Family::Bmp, "BMP", "bmp dib", "image/bmp image/x-ms-bmp image/x-bmp"),
    (Family::Bzip2, "bzip2", "bz2 tbz2", "application/x-bzip2 application/x-bzip"),
    (Family::Cab, "CAB", "cab", "application/vnd.ms-cab-compressed"),
    (Family::Djvu, "DjVu", "djvu djv", "image/vnd.djvu"),
    (Family::Flac, "FLAC", "flac", "audio/flac audio/x-flac"),
    (Family::Flv, "FLV", "flv", "video/x-flv"),
    (Family::Gif, "GIF", "gif", "image/gif"),
    (Family::Gzip, "gzip", "gz tgz tgs svgz", "application/gzip application/x-gzip application/x-tgsticker"),
    (Family::Icon, "ICO", "ico cur", "image/x-icon image/vnd.microsoft.icon"),
    (Family::IsoMedia, "ISO media (MP4, MOV, HEIC)", "mp4 m4a m4b m4v mov qt 3gp 3g2 heic heif avif f4v",
        "video/mp4 audio/mp4 audio/x-m4a video/x-m4v video/quicktime video/3gpp audio/3gpp video/3gpp2 audio/3gpp2 image/heic image/heif image/avif"),
    (Family::Jpeg, "JPEG", "jpg jpeg jpe jfif", "image/jpeg image/jpg image/pjpeg"),
    (Family::Matroska, "Matroska (WebM, MKV)", "webm mkv mka", "video/webm audio/webm video/x-matroska audio/x-matroska"),
    (Family::Midi, "MIDI", "mid midi", "audio/midi audio/x-midi"),
    (Family::Mp3, "MP3", "mp3", "audio/mpeg audio/mp3 audio/x-mp3"),
    (Family::Mpeg, "MPEG", "mpg mpeg vob", "video/mpeg"),
    (Family::Ogg, "Ogg", "ogg oga ogv opus spx", "audio/ogg video/ogg application/ogg audio/opus audio/x-opus+ogg"),
    (Family::Ole, "OLE (DOC, XLS, PPT, MSG)", "doc dot xls xlt ppt pps pot msg vsd mpp pub msi",
        "application/msword application/vnd.ms-excel application/vnd.ms-powerpoint application/vnd.ms-outlook application/vnd.visio application/vnd.ms-project application/x-msi"),
    (Family::Pdf, "PDF", "pdf", "application/pdf application/x-pdf"),
    (Family::Photoshop, "PSD", "psd", "image/vnd.adobe.photoshop"),
    (Family::Png, "PNG", "png apng", "image/png image/apng image/x-png"),
    (Family::PostScript, "PostScript", "ps eps", "application/postscript image/x-eps"),
    (Family::Rar, "RAR", "rar", "application/vnd.rar application/x-rar-compressed application/x-rar"),
    (Family::Rtf, "RTF", "rtf", "application/rtf text/rtf text/richtext"),
    (Family::SevenZip, "7z", "7z", "application/x-7z-compressed"),
    (Family::Sqlite, "SQLite", "sqlite sqlite3 db3", "application/vnd.sqlite3 application/x-sqlite3"),
    (Family::Svg, "SVG", "svg", "image/svg+xml"),
    (Family::Tar, "tar", "tar", "application/x-tar"),
    (Family::Text, "TXT (CSV, JSON, XML)", "txt csv tsv log md json jsonl xml yaml yml ini conf html htm css js ics vcf eml srt vtt sql bat cmd ps1 vbs sh",
        "text/plain text/csv text/tab-separated-values text/markdown application/json text/xml application/xml text/html text/css text/javascript application/javascript text/calendar text/vcard text/x-vcard message/rfc822 text/yaml application/yaml"),
    (Family::Tiff, "TIFF", "tif tiff", "image/tiff"),
    (Family::Wav, "WAV", "wav", "audio/wav audio/x-wav audio/wave audio/vnd.wave"),
    (Family::WebP, "WebP", "webp", "image/webp"),
    (Family::Xz, "xz", "xz txz", "application/x-xz"),
    (Family::Zip, "ZIP (DOCX, XLSX, PPTX, ODT)", "zip docx docm dotx xlsx xlsm xltx pptx pptm ppsx odt ods odp odg epub jar apk kmz pages numbers key",
        "application/zip application/x-zip-compressed application/epub+zip application/java-archive application/vnd.android.package-archive \
         application/vnd.openxmlformats-officedocument.wordprocessingml.document application/vnd.openxmlformats-officedocument.spreadsheetml.sheet \
         application/vnd.openxmlformats-officedocument.presentationml.presentation application/vnd.oasis.opendocument.text \
         application/vnd.oasis.opendocument.spreadsheet application/vnd.oasis.opendocument.presentation"),
    (Family::Zstd, "Zstandard", "zst", "application/zstd"),
    (Family::Pe, "Windows (MZ, PE)", "exe dll com scr sys cpl ocx", "application/vnd.microsoft.portable-executable application/x-msdownload application/x-msdos-program"),
    (Family::Elf, "ELF", "elf so bin run", "application/x-executable application/x-elf application/x-sharedlib"),
    (Family::MachO, "Mach-O, Java", "dylib class", "application/x-mach-binary application/java-vm"),
    (Family::Script, "#!", "", "application/x-sh application/x-shellscript"),
    (Family::Dex, "DEX", "dex", ""),
    (Family::WebAssembly, "WebAssembly", "wasm", "application/wasm"),
    (Family::Shortcut, "LNK", "lnk", "application/x-ms-shortcut"),
];

fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_ascii_whitespace().any(|one| one == word)
}

impl Family {
    /// Its name, the same in every language.
    pub fn name(self) -> &'static str {
        FAMILIES.iter().find(|line| line.0 == self).map_or("", |line| line.1)
    }

    /// The family that files of this extension must belong to; none if the extension is not known here.
    pub fn of_extension(extension: &str) -> Option<Self> {
        FAMILIES.iter().find(|line| listed(line.2, extension)).map(|line| line.0)
    }

    /// The family of a declared type, lower case and without parameters.
    pub fn of_type(declared: &str) -> Option<Self> {
        FAMILIES.iter().find(|line| listed(line.3, declared)).map(|line| line.0)
    }

    /// Does it run when it is opened?
    pub const fn runs(self) -> bool {
        matches!(
            self,
            Self::Pe | Self::Elf | Self::MachO | Self::Script | Self::Dex | Self::WebAssembly | Self::Shortcut
        )
    }

    /// May files of this family begin with anything? Players find the sound of an MP3 wherever it starts.
    pub(super) const fn begins_anyhow(self) -> bool {
        matches!(self, Self::Mp3 | Self::Aac | Self::Mpeg)
    }
}
