//! How well two colours are told apart: the contrast of WCAG 2.2.

/// Red, green and blue of `#rrggbb`, 0 to 1.
pub fn channels(colour: &str) -> Option<[f64; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let n = u32::from_str_radix(digits, 16).ok()?;
    Some([n >> 16 & 0xff, n >> 8 & 0xff, n & 0xff].map(|channel| f64::from(channel) / 255.0))
}

/// Relative luminance.
fn luminance(colour: &str) -> Option<f64> {
    let [red, green, blue] = channels(colour)?.map(|channel| {
        if channel <= 0.04045 { channel / 12.92 } else { power((channel + 0.055) / 1.055, 2.4) }
    });
    Some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

/// Browsers know how to raise to a power; code of our own would have to be downloaded.
fn power(base: f64, exponent: f64) -> f64 {
    #[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
    return js_sys::Math::pow(base, exponent);
    #[cfg(not(all(feature = "hydrate", target_arch = "wasm32")))]
    return base.powf(exponent);
}

/// The contrast of two colours, 1 to 21; none if one of them is no `#rrggbb`.
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    let (one, other) = (luminance(one)?, luminance(other)?);
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn known_pairs_have_their_contrast() {
        for (one, other, wanted) in
            [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0b5c68", "#0b5c68", 1.0)]
        {
            let found = contrast(one, other).expect("both are colours");
            assert!((found - wanted).abs() < 0.01, "{one} on {other}: {found}");
            assert_eq!(contrast(one, other), contrast(other, one));
        }
        for wrong in ["", "#fff", "red", "#12345g", "#123456 "] {
            assert_eq!(contrast(wrong, "#ffffff"), None, "{wrong}");
        }
    }
}
