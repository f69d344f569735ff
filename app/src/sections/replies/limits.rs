//! How long a message may be on each channel, counted in the channel's own unit.
//!
//! | channel | limit | counted in | where that is said |
//! | --- | --- | --- | --- |
//! | Telegram | 4096 | UTF-16 units | Bot API, `sendMessage` and `MessageEntity` |
//! | WhatsApp | 4096 | characters | Cloud API, text object |
//! | Viber | 7000 | characters | REST Bot API, text message |
//! | Facebook | 2000 | characters | Messenger Platform, Send API |
//! | Instagram | 1000 | bytes of UTF-8 | Instagram Messaging, Send API |
//! | SMS | 10 | segments | GSM 03.38 and 03.40; gateways join no more |
//!
//! A web widget, an e-mail and a channel of one's own set none.

use crate::field::Channel;

/// What a channel counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// UTF-16 code units: most emoji are two.
    Utf16,
    /// Unicode characters.
    Characters,
    /// Bytes of UTF-8: a Cyrillic letter is two.
    Bytes,
    /// Joined short messages.
    Segments,
}

impl Unit {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Utf16 => "utf16",
            Self::Characters => "characters",
            Self::Bytes => "bytes",
            Self::Segments => "segments",
        }
    }
}

/// The most that a channel carries in one message, and what it counts; none where it sets no limit.
pub const fn limit(channel: Channel) -> Option<(u32, Unit)> {
    match channel {
        Channel::Telegram => Some((4096, Unit::Utf16)),
        Channel::Whatsapp => Some((4096, Unit::Characters)),
        Channel::Viber => Some((7000, Unit::Characters)),
        Channel::Facebook => Some((2000, Unit::Characters)),
        Channel::Instagram => Some((1000, Unit::Bytes)),
        Channel::Sms => Some((10, Unit::Segments)),
        Channel::WebWidget | Channel::Email | Channel::Custom => None,
    }
}

/// How long a text is on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its length in the channel's unit.
    pub length: u32,
    /// The most that the channel carries.
    pub max: u32,
    /// What is counted.
    pub unit: Unit,
    /// How a short message is written; other channels need no more than the length.
    pub sms: Option<Sms>,
}

impl Measure {
    /// Does it fit into one message?
    pub const fn fits(&self) -> bool {
        self.length <= self.max
    }
}

/// How a text is sent as short messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sms {
    /// The first character that the seven-bit alphabet lacks, so that the text is sent in UCS-2; none if it has all.
    pub beyond: Option<char>,
    /// How many more septets, or UCS-2 units, the last segment holds.
    pub left: u32,
}

/// The length of `text` on `channel`; none where the channel sets no limit.
///
/// ```
/// use app::field::Channel;
/// use app::sections::replies::limits::measure;
/// let sms = |text: &str| measure(Channel::Sms, text).map(|of| of.length);
/// assert_eq!(sms(&"a".repeat(160)), Some(1));
/// assert_eq!(sms(&"а".repeat(71)), Some(2)); // Cyrillic: 70 alone, then 67 a segment
/// assert_eq!(sms(&"а".repeat(134)), Some(2));
/// ```
pub fn measure(channel: Channel, text: &str) -> Option<Measure> {
    let (max, unit) = limit(channel)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (length, sms) = match unit {
        Unit::Utf16 => (count(text.encode_utf16().count()), None),
        Unit::Characters => (count(text.chars().count()), None),
        Unit::Bytes => (count(text.len()), None),
        Unit::Segments => {
            let (segments, sms) = segments(text);
            (segments, Some(sms))
        }
    };
    Some(Measure { length, max, unit, sms })
}

/// The seven-bit alphabet: what takes one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// What takes two: an escape stands before it.
const ESCAPED: &str = "\u{c}^{}\\[~]|€";

/// The septets of a character; none if the alphabet lacks it.
fn septets(c: char) -> Option<u32> {
    if BASIC.contains(c) {
        Some(1)
    } else {
        ESCAPED.contains(c).then_some(2)
    }
}

/// How many segments a text takes, and how it is written.
///
/// Alone a segment holds 160 septets or 70 UCS-2 units; joined, 153 or 67, because a header says where it belongs.
/// Neither an escape nor a surrogate pair is ever parted.
fn segments(text: &str) -> (u32, Sms) {
    let beyond = text.chars().find(|c| septets(*c).is_none());
    let (alone, joined) = if beyond.is_none() { (160, 153) } else { (70, 67) };
    let size = |c: char| if beyond.is_none() { septets(c).unwrap_or(1) } else { c.len_utf16() as u32 };
    let total: u32 = text.chars().map(size).sum();
    if total <= alone {
        return (u32::from(total > 0), Sms { beyond, left: alone - total });
    }
    let (mut full, mut used) = (0, 0);
    for size in text.chars().map(size) {
        if used + size > joined {
            full += 1;
            used = 0;
        }
        used += size;
    }
    (full + 1, Sms { beyond, left: joined - used })
}

#[cfg(test)]
mod tests {
    use super::{Measure, Sms, Unit, limit, measure};
    use crate::field::Channel;
    use proptest::prelude::*;

    fn sms(text: &str) -> (u32, Option<char>, u32) {
        let Some(Measure { length, sms: Some(Sms { beyond, left }), .. }) = measure(Channel::Sms, text) else {
            panic!("short messages are measured in segments");
        };
        (length, beyond, left)
    }

    #[test]
    fn each_channel_counts_in_its_own_unit() {
        let text = "Вітаю 👋";
        let table = [
            (Channel::Telegram, Some((8, 4096, Unit::Utf16))),
            (Channel::Whatsapp, Some((7, 4096, Unit::Characters))),
            (Channel::Viber, Some((7, 7000, Unit::Characters))),
            (Channel::Facebook, Some((7, 2000, Unit::Characters))),
            (Channel::Instagram, Some((15, 1000, Unit::Bytes))),
            (Channel::Sms, Some((1, 10, Unit::Segments))),
            (Channel::WebWidget, None),
            (Channel::Email, None),
            (Channel::Custom, None),
        ];
        for (channel, expected) in table {
            let measured = measure(channel, text).map(|of| (of.length, of.max, of.unit));
            assert_eq!(measured, expected, "{channel:?}");
        }
    }

    #[test]
    fn short_messages_are_packed_as_gateways_do() {
        let table = [
            (String::new(), (0, None, 160)),
            ("a".repeat(160), (1, None, 0)),
            ("a".repeat(161), (2, None, 145)),
            ("a".repeat(306), (2, None, 0)),
            ("a".repeat(307), (3, None, 152)),
            ("€".repeat(80), (1, None, 0)),
            // 152 septets and an escaped sign: it moves into the next segment whole.
            (format!("{}€{}", "a".repeat(152), "a".repeat(10)), (2, None, 141)),
            ("і".repeat(70), (1, Some('і'), 0)),
            ("і".repeat(71), (2, Some('і'), 63)),
            // A pair is not parted: 66 units, the pair, the rest.
            (format!("{}👋{}", "і".repeat(66), "і".repeat(10)), (2, Some('і'), 55)),
            ("naïve".to_owned(), (1, Some('ï'), 65)),
            ("ÄÖÜ @ [x] ~".to_owned(), (1, None, 146)),
        ];
        for (text, expected) in table {
            assert_eq!(sms(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_limit_itself_still_fits() {
        let fits = |channel, text: String| measure(channel, &text).is_some_and(|of| of.fits());
        assert!(fits(Channel::Telegram, "а".repeat(4096)));
        assert!(!fits(Channel::Telegram, "а".repeat(4097)));
        assert!(!fits(Channel::Telegram, "👋".repeat(2049)));
        assert!(fits(Channel::Whatsapp, "👋".repeat(4096)));
        assert!(fits(Channel::Instagram, "а".repeat(500)));
        assert!(!fits(Channel::Instagram, "а".repeat(501)));
        assert!(fits(Channel::Sms, "а".repeat(670)));
        assert!(!fits(Channel::Sms, "а".repeat(671)));
        assert_eq!(limit(Channel::Email), None);
    }

    proptest! {
        #[test]
        fn a_longer_text_is_never_shorter(text in "[aа€👋\\[ ]{0,400}", more in "[aа€👋]") {
            let longer = format!("{text}{more}");
            prop_assert!(sms(&text).0 <= sms(&longer).0);
        }

        #[test]
        fn segments_hold_the_text(text in "[a€ ]{0,900}") {
            let (length, _, left) = sms(&text);
            let septets: u32 = text.chars().map(|c| if c == '€' { 2 } else { 1 }).sum();
            let room = if length <= 1 { 160 } else { 153 * length };
            prop_assert!(septets + left <= room);
            // At most one septet a segment stays empty, before an escape.
            prop_assert!(septets + left + length >= room.min(160 * length.max(1)));
        }
    }
}
