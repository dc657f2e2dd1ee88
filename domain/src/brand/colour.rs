//! Colours as browsers take them, and how well one reads on another (WCAG 2.2).

/// Red, green and blue in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

pub const WHITE: Colour = Colour([255; 3]);
pub const BLACK: Colour = Colour([0; 3]);

impl Colour {
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Three or six hexadecimal digits, with or without `#`.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let digits: Vec<u8> = typed
            .strip_prefix('#')
            .unwrap_or(typed)
            .chars()
            .map(|c| c.to_digit(16).and_then(|n| u8::try_from(n).ok()))
            .collect::<Option<_>>()?;
        match digits[..] {
            [red, green, blue] => Some(Self([red, green, blue].map(|digit| digit * 17))),
            [r1, r2, g1, g2, b1, b2] => Some(Self([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
            _ => None,
        }
    }

    /// `#` and six digits.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02X}{green:02X}{blue:02X}")
    }

    /// With so many hundredths of another colour.
    pub fn mixed(self, other: Self, hundredths: u16) -> Self {
        let part = hundredths.min(100);
        let mut mixed = self.0;
        for (own, its) in mixed.iter_mut().zip(other.0) {
            let sum = u16::from(*own) * (100 - part) + u16::from(its) * part;
            *own = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }

    /// The first on the way to another colour that will do, in steps of a hundredth; the other colour if none does.
    pub fn until(self, other: Self, will_do: impl Fn(Self) -> bool) -> Self {
        (0..=100).map(|part| self.mixed(other, part)).find(|colour| will_do(*colour)).unwrap_or(other)
    }

    /// The contrast ratio, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// The contrast with that of some colours that is nearest to this one.
    pub fn least_contrast(self, others: &[Self]) -> f64 {
        others.iter().map(|other| self.contrast(*other)).fold(f64::INFINITY, f64::min)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_measured_as_the_standard_says() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 0.001);
        // The darkest grey that is just too pale on white, and the next one.
        assert!(Colour::new(0x77, 0x77, 0x77).contrast(WHITE) < 4.5 && Colour::new(0x76, 0x76, 0x76).contrast(WHITE) >= 4.5);
    }

    #[test]
    fn colours_are_mixed_and_written() {
        assert_eq!(BLACK.mixed(WHITE, 50).hex(), "#808080");
        assert_eq!((BLACK.mixed(WHITE, 0), BLACK.mixed(WHITE, 100)), (BLACK, WHITE));
    }
}
