//! What the portal wears of its company: an accent colour and a logo.

use serde::{Deserialize, Serialize};

use crate::field::Problem;

#[cfg(feature = "ssr")]
pub mod anonymous;
pub mod colour;
#[cfg(feature = "ssr")]
pub mod desk;

use colour::{BLACK, Colour, WHITE};

/// Where the portal has its brand's style sheet.
pub const STYLE_PATH: &str = "/brand.css";

/// Where both listeners have the logo.
pub const LOGO_PATH: &str = "/logo.png";
/// The largest file that is taken as a logo, in bytes.
pub const LOGO_LIMIT: usize = 1024 * 1024;

/// The least contrast of text with what is behind it: WCAG 2.2, 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;

/// What text in the accent colour may stand on, as in style/tokens.css: paper, sheet and well.
const LIGHT: [Colour; 3] = [Colour::new(0xF6, 0xF4, 0xEE), WHITE, Colour::new(0xEC, 0xE9, 0xE0)];
const DARK: [Colour; 3] = [Colour::new(0x10, 0x17, 0x16), Colour::new(0x18, 0x22, 0x20), Colour::new(0x0B, 0x11, 0x10)];

/// An accent colour that can be read on every light surface of the portal. No colour can be read on light and dark ones, so its shade for
/// the dark is derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(Colour);

/// The colours that stand in the place of the product's, in one theme.
struct Shades {
    /// Links, buttons, edges.
    main: Colour,
    hover: Colour,
    tint: Colour,
    /// Text on `main`.
    on_main: Colour,
    /// Text on `tint`.
    word: Colour,
}

impl Accent {
    /// # Errors
    /// `NotAColour`; `LowContrast` with the contrast that was measured and the nearest darker colour that will do.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let colour = Colour::parse(typed).ok_or(Problem::NotAColour)?;
        let measured = colour.least_contrast(&LIGHT);
        if measured >= LEAST_CONTRAST {
            return Ok(Self(colour));
        }
        let passes = colour.until(BLACK, |darker| darker.least_contrast(&LIGHT) >= LEAST_CONTRAST);
        Err(Problem::LowContrast { hundredths: hundredths(measured), passes: passes.hex() })
    }

    fn light(self) -> Shades {
        let main = self.0;
        // So pale that it is lighter than the darkest of the light surfaces, whatever the colour.
        let tint = WHITE.mixed(main, 8);
        let hover = main.mixed(BLACK, 25);
        Shades { main, hover, tint, on_main: WHITE, word: hover }
    }

    fn dark(self) -> Shades {
        let [_, sheet, well] = DARK;
        let tint = sheet.mixed(self.0, 30);
        let reads = |lighter: Colour| lighter.least_contrast(&DARK) >= LEAST_CONTRAST && lighter.contrast(tint) >= LEAST_CONTRAST;
        let main = self.0.until(WHITE, reads);
        let hover = main.mixed(WHITE, 30);
        Shades { main, hover, tint, on_main: well, word: hover }
    }

    /// As it was typed, and as it is in the dark, each with its least contrast in hundredths.
    pub fn shown(self) -> [(String, u32); 2] {
        [(self.light(), &LIGHT), (self.dark(), &DARK)]
            .map(|(shades, surfaces)| (shades.main.hex(), hundredths(shades.main.least_contrast(surfaces))))
    }

    /// A style sheet of the custom properties that differ, in the order and under the selectors of style/tokens.css.
    pub fn style(self) -> String {
        let (light, dark) = (self.light().properties(), self.dark().properties());
        format!(
            ":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n[data-theme=dark]{{{dark}}}\n"
        )
    }

    /// `#` and six digits.
    pub fn hex(self) -> String {
        self.0.hex()
    }
}

impl Shades {
    fn properties(&self) -> String {
        let [main, hover, tint, on_main, word] = [self.main, self.hover, self.tint, self.on_main, self.word].map(Colour::hex);
        format!("--petrol:{main};--petrol-hover:{hover};--petrol-tint:{tint};--on-petrol:{on_main};--accent:{word};--accent-b:{tint}")
    }
}

/// A contrast in hundredths, rounded down: what does not reach a limit must not read as if it did.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a contrast is between 1 and 21")]
fn hundredths(contrast: f64) -> u32 {
    (contrast * 100.0).floor() as u32
}

/// The company's logo, by which its picture is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Logo {
    pub version: i64,
    /// Pixels.
    pub width: i64,
    pub height: i64,
}

impl Logo {
    /// Another one for each other picture, so that browsers may keep it.
    pub fn address(self) -> String {
        format!("{LOGO_PATH}?v={}", self.version)
    }
}

/// What stands for the company at the head of a page: its logo, else its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Mark {
    pub name: String,
    pub logo: Option<Logo>,
}

/// What administrators may change about the brand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BrandSettings {
    /// That of the company's settings.
    pub version: i64,
    /// As typed; empty for the product's colours.
    pub accent: String,
    /// The accent on light and on dark, each with its least contrast in hundredths.
    pub shades: Vec<(String, u32)>,
    pub logo: Option<Logo>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn every_accent_that_is_taken_can_be_read_wherever_it_stands() {
        let steps = [0, 0x33, 0x55, 0x77, 0x99, 0xCC, 0xFF];
        let colours = steps.into_iter().flat_map(|r| steps.into_iter().flat_map(move |g| steps.map(|b| Colour::new(r, g, b))));
        for colour in colours {
            let accent = match Accent::parse(&colour.hex()) {
                Ok(accent) => accent,
                Err(Problem::LowContrast { hundredths, passes }) => {
                    assert!(hundredths < 450, "{}", colour.hex());
                    Accent::parse(&passes).unwrap()
                }
                Err(other) => panic!("{other:?}"),
            };
            for (shades, surfaces) in [(accent.light(), LIGHT), (accent.dark(), DARK)] {
                let Shades { main, hover, tint, on_main, word } = shades;
                for text in [main, hover] {
                    let least = text.least_contrast(&surfaces).min(text.contrast(tint)).min(text.contrast(on_main));
                    assert!(least >= LEAST_CONTRAST, "{} of {}: {least}", text.hex(), colour.hex());
                }
                assert!(word.contrast(tint) >= LEAST_CONTRAST, "{} on {}", word.hex(), tint.hex());
            }
        }
    }

    #[test]
    fn a_pale_accent_is_told_its_contrast_and_what_will_do() {
        assert_eq!(Accent::parse("#FFD400"), Err(Problem::LowContrast { hundredths: 117, passes: passing("#FFD400") }));
        for nonsense in ["", "red", "#12345", "#GGGGGG", "#0B5A5E;}", "0B5A5E0B"] {
            assert_eq!(Accent::parse(nonsense), Err(Problem::NotAColour), "{nonsense}");
        }
        for fine in ["#0b5a5e", "0B5A5E", " #0B5A5E "] {
            assert_eq!(Accent::parse(fine).unwrap().hex(), "#0B5A5E", "{fine}");
        }
        assert_eq!(Accent::parse("#036").unwrap().hex(), "#003366");
    }

    fn passing(typed: &str) -> String {
        let colour = Colour::parse(typed).unwrap();
        colour.until(BLACK, |darker| darker.least_contrast(&LIGHT) >= LEAST_CONTRAST).hex()
    }

    #[test]
    fn the_surfaces_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../style/tokens.css");
        for (surfaces, themes) in [(LIGHT, 1), (DARK, 2)] {
            for (name, colour) in ["paper", "sheet", "well"].into_iter().zip(surfaces) {
                let short = if colour == WHITE { "#FFF".to_owned() } else { colour.hex() };
                assert_eq!(tokens.matches(&format!("--{name}: {short};")).count(), themes, "{name} {short}");
            }
        }
        for property in Accent::parse("#0B5A5E").unwrap().light().properties().split(';').filter_map(|one| one.split(':').next()) {
            assert_eq!(tokens.matches(&format!("{property}: ")).count(), 3, "{property}");
        }
    }
}
