//! A key from a name: official Ukrainian transliteration, lower case, hyphens.

use super::fold;
use super::letters::{is_invisible, is_mark};

/// The longest slug, in characters (all of them ASCII).
pub const SLUG_LENGTH: usize = 64;

/// The name as a key: `[a-z0-9]` words joined by single hyphens, at most [`SLUG_LENGTH`] characters.
///
/// Ukrainian letters follow the table of Cabinet resolution 55 of 27 January 2010: `зг` is `zgh`; є, ї, й, ю, я
/// are `ye`, `yi`, `y`, `yu`, `ya` at the start of a word and `ie`, `i`, `i`, `iu`, `ia` elsewhere; the soft sign
/// and the apostrophe are left out. Letters of neighbouring languages are written in the same manner, Latin ones
/// lose their diacritics, and anything else separates words.
///
/// A name without a single letter or digit (an emoji) gives an empty slug; the caller then picks another key, as
/// it adds `-2` to one that is taken.
///
/// ```
/// use app::text::slug;
/// assert_eq!(slug("Згурський Юрій"), "zghurskyi-yurii");
/// assert_eq!(slug("Івано-Франківськ: об’їзд № 5"), "ivano-frankivsk-obizd-5");
/// assert_eq!(slug("🎉"), "");
/// ```
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    let mut before = None;
    let mut hyphen = false;
    for c in fold(name).chars() {
        // The apostrophe, a mark or the joiner belongs to the word it stands in: `ія` in `імʼя` is not a start.
        if c == '\'' || is_mark(c) || is_invisible(c) {
            continue;
        }
        let Some(letters) = transliterated(before, c) else {
            hyphen = !slug.is_empty();
            before = None;
            continue;
        };
        if slug.len() + usize::from(hyphen) + letters.len() > SLUG_LENGTH {
            break;
        }
        if !letters.is_empty() && std::mem::take(&mut hyphen) {
            slug.push('-');
        }
        slug.push_str(letters);
        before = Some(c);
    }
    slug
}

/// The Latin letters for one small letter or digit, given the one before it in the same word; `None` for what
/// separates words.
fn transliterated(before: Option<char>, c: char) -> Option<&'static str> {
    let starts = before.is_none();
    Some(match c {
        'a'..='z' | '0'..='9' => ascii(c),
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' if before == Some('з') => "gh",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' if starts => "ye",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' | 'ы' => "y",
        'ї' if starts => "yi",
        'й' if starts => "y",
        'і' | 'ї' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' if starts => "yu",
        'ю' => "iu",
        'я' if starts => "ya",
        'я' => "ia",
        'ё' if starts => "yo",
        'ё' => "io",
        'ь' | 'ъ' => "",
        _ => return without_diacritics(c),
    })
}

/// One ASCII letter or digit as a string that outlives the name.
fn ascii(c: char) -> &'static str {
    const ALL: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    ALL.find(c).map_or("", |at| &ALL[at..=at])
}

/// A small Latin letter of another European alphabet in plain letters.
fn without_diacritics(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{SLUG_LENGTH, slug};
    use proptest::prelude::*;

    /// The examples of the resolution's own table.
    #[test]
    fn the_resolution_is_followed() {
        let table = [
            ("Алушта", "alushta"),
            ("Борщагівка", "borshchahivka"),
            ("Вишгород", "vyshhorod"),
            ("Гадяч", "hadiach"),
            ("Ґалаґан", "galagan"),
            ("Дон", "don"),
            ("Рівне", "rivne"),
            ("Єнакієве", "yenakiieve"),
            ("Гаєвич", "haievych"),
            ("Житомир", "zhytomyr"),
            ("Закарпаття", "zakarpattia"),
            ("Медвин", "medvyn"),
            ("Іршава", "irshava"),
            ("Їжакевич", "yizhakevych"),
            ("Кадиївка", "kadyivka"),
            ("Мар'їне", "marine"),
            ("Йосипівка", "yosypivka"),
            ("Стрий", "stryi"),
            ("Щербухи", "shcherbukhy"),
            ("Гоща", "hoshcha"),
            ("Юрій", "yurii"),
            ("Крюківка", "kriukivka"),
            ("Яготин", "yahotyn"),
            ("Ічня", "ichnia"),
            ("Згорани", "zghorany"),
            ("Розгон", "rozghon"),
            ("Знам’янка", "znamianka"),
            ("Короп'є", "koropie"),
            ("Біла Церква", "bila-tserkva"),
        ];
        for (name, expected) in table {
            assert_eq!(slug(name), expected, "{name:?}");
        }
    }

    #[test]
    fn everything_else_separates_or_falls_away() {
        let table = [
            ("", ""),
            ("🎉 — !", ""),
            ("  --Тест__два--  ", "test-dva"),
            ("«Їжак» і 'Яблуко'", "yizhak-i-yabluko"),
            ("з г", "z-h"),
            ("ЗГУРСЬКИЙ", "zghurskyi"),
            ("и\u{306}од", "yod"),
            ("Crème brûlée, Łódź", "creme-brulee-lodz"),
            ("e\u{301}te\u{301}", "ete"),
            ("VIP 24/7", "vip-24-7"),
            ("日本", ""),
            ("ь", ""),
            ("а ь б", "a-b"),
        ];
        for (name, expected) in table {
            assert_eq!(slug(name), expected, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_letters() {
        assert_eq!(slug(&"щ".repeat(30)), "shch".repeat(16));
        assert_eq!(slug(&format!("{} я", "a".repeat(63))), "a".repeat(63));
    }

    proptest! {
        #[test]
        fn a_slug_is_a_key(name in prop_oneof![any::<String>(), "[А-яіїєґ' -]{0,90}"]) {
            let slug = slug(&name);
            prop_assert!(slug.len() <= SLUG_LENGTH);
            prop_assert!(slug.is_empty() || slug.split('-').all(|word| !word.is_empty()
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())));
            prop_assert_eq!(super::slug(&slug), slug);
        }
    }
}
