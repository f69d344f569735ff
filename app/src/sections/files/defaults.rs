//! The list that a fresh instance begins with: what people send each other, and what is better never opened.

use serde_json::Map;

use super::{Direction, Files, Rule};

/// Title, extension, types. `webp` and `tgs` are Telegram's stickers: without them none would reach an operator.
const ALLOWED: [(&str, &str, &[&str]); 35] = [
    ("JPEG image", "jpg", &["image/jpeg"]),
    ("JPEG image", "jpeg", &["image/jpeg"]),
    ("PNG image", "png", &["image/png"]),
    ("GIF image", "gif", &["image/gif"]),
    ("WebP image", "webp", &["image/webp"]),
    ("HEIC photo", "heic", &["image/heic", "image/heif"]),
    ("BMP image", "bmp", &["image/bmp", "image/x-ms-bmp"]),
    ("TIFF image", "tiff", &["image/tiff"]),
    ("Telegram sticker", "tgs", &["application/x-tgsticker", "application/gzip"]),
    ("PDF document", "pdf", &["application/pdf"]),
    ("Word document", "docx", &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"]),
    ("Word 97–2003 document", "doc", &["application/msword"]),
    ("Excel workbook", "xlsx", &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]),
    ("Excel 97–2003 workbook", "xls", &["application/vnd.ms-excel"]),
    ("PowerPoint presentation", "pptx", &["application/vnd.openxmlformats-officedocument.presentationml.presentation"]),
    ("PowerPoint 97–2003", "ppt", &["application/vnd.ms-powerpoint"]),
    ("OpenDocument text", "odt", &["application/vnd.oasis.opendocument.text"]),
    ("OpenDocument spreadsheet", "ods", &["application/vnd.oasis.opendocument.spreadsheet"]),
    ("Rich text", "rtf", &["application/rtf", "text/rtf"]),
    ("Plain text", "txt", &["text/plain"]),
    // Windows with Excel calls every CSV file an Excel file.
    ("CSV table", "csv", &["text/csv", "application/vnd.ms-excel"]),
    ("Outlook message", "msg", &["application/vnd.ms-outlook"]),
    ("Contact", "vcf", &["text/vcard", "text/x-vcard"]),
    ("MP3 audio", "mp3", &["audio/mpeg", "audio/mp3"]),
    ("Ogg audio", "ogg", &["audio/ogg", "application/ogg"]),
    ("Voice message", "oga", &["audio/ogg"]),
    ("M4A audio", "m4a", &["audio/mp4", "audio/x-m4a"]),
    ("WAV audio", "wav", &["audio/wav", "audio/x-wav", "audio/vnd.wave"]),
    ("MP4 video", "mp4", &["video/mp4"]),
    ("QuickTime video", "mov", &["video/quicktime"]),
    ("3GP video", "3gp", &["video/3gpp", "audio/3gpp"]),
    ("WebM video", "webm", &["video/webm", "audio/webm"]),
    ("ZIP archive", "zip", &["application/zip", "application/x-zip-compressed"]),
    ("RAR archive", "rar", &["application/vnd.rar", "application/x-rar-compressed"]),
    ("7z archive", "7z", &["application/x-7z-compressed"]),
];

/// Listed, so that whoever tries one reads why it is refused.
const REFUSED: [(&str, &str, &[&str]); 12] = [
    ("Windows program", "exe", &["application/vnd.microsoft.portable-executable", "application/x-msdownload"]),
    ("Windows installer", "msi", &["application/x-msi"]),
    ("Windows batch file", "bat", &["application/x-bat"]),
    ("Windows command file", "cmd", &["application/x-bat"]),
    ("PowerShell script", "ps1", &["text/plain"]),
    ("Visual Basic script", "vbs", &["text/vbscript"]),
    ("JavaScript", "js", &["text/javascript", "application/javascript"]),
    ("Shell script", "sh", &["application/x-sh"]),
    ("Java program", "jar", &["application/java-archive"]),
    ("Android program", "apk", &["application/vnd.android.package-archive"]),
    ("SVG image", "svg", &["image/svg+xml"]),
    ("Web page", "html", &["text/html"]),
];

impl Default for Files {
    fn default() -> Self {
        let rule = |allow: bool| {
            move |(title, extension, types): &(&str, &str, &[&str])| Rule {
                title: (*title).into(),
                extension: (*extension).into(),
                mime_types: types.iter().map(|kind| (*kind).into()).collect(),
                allow,
                max_mb: None,
                direction: Direction::Both,
                rest: Map::new(),
            }
        };
        Self {
            max_file_size_mb: 25,
            files: ALLOWED.iter().map(rule(true)).chain(REFUSED.iter().map(rule(false))).collect(),
            rest: Map::new(),
        }
    }
}
