//! A document as PDF: headings, paragraphs, lists and pictures on A4, in the product's own font, and tagged so that a screen reader can
//! follow it (PDF/UA-1).
//!
//! Text is set glyph by glyph from left to right, which is all that the languages of the product need. The font has the letters of
//! European languages in Latin script; what it does not have is shown as a question mark.

use std::num::NonZeroU16;

use domain::text::Lang;
use domain::{Error, Result};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size as Area, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

/// What is to be written.
pub struct Document {
    pub lang: Lang,
    pub title: String,
    pub author: String,
    pub blocks: Vec<Block>,
}

pub enum Block {
    /// Whose paper it is, above everything.
    Letterhead(String),
    /// The one heading of the first level.
    Title(String),
    Heading(String),
    /// One paragraph; its line ends are kept.
    Paragraph(String),
    /// A paragraph in small print.
    Note(String),
    /// Entries behind their labels, which stand in a column of this width.
    List {
        labels: f32,
        items: Vec<Item>,
    },
    /// Pictures, two beside each other.
    Figures(Vec<Figure>),
}

/// A picture, and what stands below it.
pub struct Figure {
    image: Image,
    caption: String,
    name: String,
}

impl Figure {
    /// A picture with its caption, which may be empty, and its name. None for what is no JPEG that can be read.
    pub fn of(jpeg: Vec<u8>, caption: &str, name: &str) -> Option<Self> {
        let image = Image::from_jpeg(jpeg.into(), false).inspect_err(|error| tracing::warn!(%error, "a picture is not in a PDF")).ok()?;
        Some(Self { image, caption: caption.to_owned(), name: name.to_owned() })
    }

    /// What it is for whoever does not see it.
    fn alternative(&self) -> String {
        if self.caption.is_empty() { self.name.clone() } else { self.caption.clone() }
    }

    /// Width and height on paper: as large as there is room, and no pixel larger than a point.
    fn size(&self) -> (f32, f32) {
        let (width, height) = self.image.size();
        let (width, height) = (width.max(1) as f32, height.max(1) as f32);
        let scale = (FIGURE_WIDTH / width).min(FIGURE_HEIGHT / height).min(1.0);
        (width * scale, height * scale)
    }
}

pub struct Item {
    pub label: String,
    pub text: String,
    /// In small print below the text; may be empty.
    pub note: String,
}

/// Lengths are points: 72 to the inch. A4:
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const LEFT: f32 = 62.0;
const TOP: f32 = 58.0;
const BOTTOM: f32 = HEIGHT - 66.0;
const COLUMN: f32 = WIDTH - 2.0 * LEFT;
/// Between a label and its text.
const GAP: f32 = 10.0;
/// Room for each of two pictures beside each other.
const FIGURE_WIDTH: f32 = (COLUMN - 2.0 * GAP) / 2.0;
const FIGURE_HEIGHT: f32 = 190.0;
/// How far down in its line a text stands: letters hang below it by about a quarter.
const BASELINE: f32 = 0.75;
/// The band along the upper edge of the customer's copy.
const BAND: f32 = 8.0;

const INK: [u8; 3] = [23, 33, 31];
const GREY: [u8; 3] = [69, 82, 79];
const PETROL: [u8; 3] = [11, 90, 94];

/// How a text looks, and the space above it.
#[derive(Clone, Copy)]
struct Style {
    bold: bool,
    size: f32,
    /// From line to line.
    leading: f32,
    above: f32,
    colour: [u8; 3],
}

const LETTERHEAD: Style = Style { bold: true, size: 11.0, leading: 15.0, above: 0.0, colour: PETROL };
const TITLE: Style = Style { bold: true, size: 20.0, leading: 26.0, above: 14.0, colour: INK };
const HEADING: Style = Style { bold: true, size: 13.0, leading: 18.0, above: 18.0, colour: INK };
const TEXT: Style = Style { bold: false, size: 10.5, leading: 15.5, above: 6.0, colour: INK };
const SMALL: Style = Style { bold: false, size: 9.0, leading: 13.0, above: 4.0, colour: GREY };
const LABEL: Style = Style { colour: GREY, ..TEXT };

/// A part of a line in one style. Its leaf is the piece of the structure that it belongs to.
struct Piece {
    leaf: usize,
    x: f32,
    style: Style,
    text: String,
}

/// A picture at its place in a line.
struct Placed {
    leaf: usize,
    x: f32,
    width: f32,
    height: f32,
    image: Image,
}

/// What stands on one line.
struct Row {
    above: f32,
    height: f32,
    /// Never the last line of a page, as a heading.
    with_next: bool,
    pieces: Vec<Piece>,
    pictures: Vec<Placed>,
}

/// The order in which it is read out, by leaves.
enum Structure {
    Heading {
        level: NonZeroU16,
        text: String,
        leaf: usize,
    },
    Paragraph {
        leaf: usize,
    },
    /// Labels and texts.
    List(Vec<(usize, usize)>),
    /// A picture, its alternative, and the text below it.
    Figure {
        alternative: String,
        picture: usize,
        text: usize,
    },
}

/// Where a leaf was drawn.
#[derive(Clone, Default)]
struct Drawn {
    ids: Vec<Identifier>,
    /// Page, from 0, and height of its first line.
    place: Option<(usize, f32)>,
    /// Of a picture: page, from 0, and what it covers.
    area: Option<(usize, Rect)>,
}

/// Writes a document.
///
/// # Errors
/// `Broken` when our own fonts or settings do not fit; no text causes one.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    let fonts = Fonts::load().ok_or_else(|| broken("the fonts cannot be read"))?;
    let mut typesetter = Typesetter { fonts: &fonts, rows: Vec::new(), structure: Vec::new(), leaves: 0 };
    document.blocks.iter().for_each(|block| typesetter.add(block));
    let Typesetter { rows, structure, leaves, .. } = typesetter;
    let pages = paginated(rows);

    let mut pdf = krilla::Document::new_with(settings()?);
    let mut drawn = vec![Drawn::default(); leaves];
    for (number, rows) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("the page has no size"))?;
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        draw_band(&mut surface);
        for (baseline, row) in rows {
            for piece in &row.pieces {
                let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                fonts.draw(&mut surface, piece, *baseline);
                surface.end_tagged();
                drawn[piece.leaf].ids.push(id);
                drawn[piece.leaf].place.get_or_insert((number, baseline - row.height));
            }
            for picture in &row.pictures {
                if let Some((id, area)) = draw_picture(&mut surface, picture, baseline - row.height * BASELINE) {
                    drawn[picture.leaf].ids.push(id);
                    drawn[picture.leaf].area = Some((number, area));
                }
            }
        }
        fonts.draw_page_number(&mut surface, number + 1, pages.len());
        surface.finish();
        page.finish();
    }

    let (tree, outline) = structured(structure, &drawn);
    let lang = document.lang.word().to_owned();
    pdf.set_tag_tree(tree.with_lang(Some(lang.clone())));
    pdf.set_outline(outline);
    let metadata = Metadata::new().title(fonts.heading(&document.title)).language(lang);
    pdf.set_metadata(match fonts.shown(&document.author) {
        author if author.is_empty() => metadata,
        author => metadata.authors(vec![author]),
    });
    pdf.finish().map_err(|error| broken(&format!("{error:?}")))
}

fn broken(what: &str) -> Error {
    Error::Broken(format!("a PDF was not written: {what}"))
}

fn settings() -> Result<SerializeSettings> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| broken(&format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

/// The tags and the outline of what was drawn.
fn structured(structure: Vec<Structure>, drawn: &[Drawn]) -> (TagTree, Outline) {
    let (mut tree, mut outline) = (TagTree::new(), Outline::new());
    for part in structure {
        match part {
            Structure::Heading { level, text, leaf } => {
                if let Some((page, y)) = drawn[leaf].place {
                    outline.push_child(OutlineNode::new(text.clone(), XyzDestination::new(page, Point::from_xy(LEFT, y))));
                }
                push(&mut tree.children, Tag::Hn(level, Some(text)), leaves(&drawn[leaf]));
            }
            Structure::Paragraph { leaf } => push(&mut tree.children, Tag::P, leaves(&drawn[leaf])),
            Structure::List(items) => {
                let mut list = Vec::new();
                for (label, text) in items {
                    let mut item = Vec::new();
                    push(&mut item, Tag::Lbl, leaves(&drawn[label]));
                    push(&mut item, Tag::LBody, leaves(&drawn[text]));
                    push(&mut list, Tag::LI, item);
                }
                push(&mut tree.children, Tag::L(ListNumbering::None), list);
            }
            Structure::Figure { alternative, picture, text } => {
                let area = drawn[picture].area.map(|(page, area)| BBox::new(page, area));
                push(&mut tree.children, Tag::Figure(Some(alternative)).with_bbox(area), leaves(&drawn[picture]));
                push(&mut tree.children, Tag::P, leaves(&drawn[text]));
            }
        }
    }
    (tree, outline)
}

fn leaves(drawn: &Drawn) -> Vec<Node> {
    drawn.ids.iter().copied().map(Node::from).collect()
}

/// Adds a group, unless nothing is in it.
fn push(nodes: &mut Vec<Node>, tag: impl Into<TagKind>, children: Vec<Node>) {
    if !children.is_empty() {
        nodes.push(TagGroup::with_children(tag, children).into());
    }
}

fn draw_picture(surface: &mut Surface<'_>, picture: &Placed, top: f32) -> Option<(Identifier, Rect)> {
    let size = Area::from_wh(picture.width, picture.height)?;
    let area = Rect::from_xywh(picture.x, top, picture.width, picture.height)?;
    let id = surface.start_tagged(ContentTag::Other);
    surface.push_transform(&Transform::from_translate(picture.x, top));
    surface.draw_image(picture.image.clone(), size);
    surface.pop();
    surface.end_tagged();
    Some((id, area))
}

fn draw_band(surface: &mut Surface<'_>) {
    let mut path = PathBuilder::new();
    if let Some(band) = Rect::from_xywh(0.0, 0.0, WIDTH, BAND) {
        path.push_rect(band);
    }
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.set_fill(Some(fill(PETROL)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

fn fill([red, green, blue]: [u8; 3]) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

// ----------------------------------------------------------------------------------------------------------- layout

/// Turns blocks into lines.
struct Typesetter<'f> {
    fonts: &'f Fonts,
    rows: Vec<Row>,
    structure: Vec<Structure>,
    leaves: usize,
}

impl Typesetter<'_> {
    fn add(&mut self, block: &Block) {
        match block {
            Block::Letterhead(text) => self.paragraph(text, LETTERHEAD),
            Block::Title(text) => self.heading(text, NonZeroU16::MIN, TITLE),
            Block::Heading(text) => self.heading(text, NonZeroU16::MIN.saturating_add(1), HEADING),
            Block::Paragraph(text) => self.paragraph(text, TEXT),
            Block::Note(text) => self.paragraph(text, SMALL),
            Block::List { labels, items } => self.list(*labels, items),
            Block::Figures(figures) => figures.chunks(2).for_each(|pair| self.figures(pair)),
        }
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }

    fn heading(&mut self, text: &str, level: NonZeroU16, style: Style) {
        let (leaf, text) = (self.leaf(), self.fonts.heading(text));
        let pieces = self.pieces(leaf, LEFT, COLUMN, &text, style);
        self.add_rows(pieces, style, true);
        self.structure.push(Structure::Heading { level, text, leaf });
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let leaf = self.leaf();
        let pieces = self.pieces(leaf, LEFT, COLUMN, text, style);
        self.add_rows(pieces, style, false);
        self.structure.push(Structure::Paragraph { leaf });
    }

    fn add_rows(&mut self, pieces: Vec<Piece>, style: Style, with_next: bool) {
        let rows = pieces.into_iter().enumerate().map(|(i, piece)| Row {
            above: if i == 0 { style.above } else { 0.0 },
            height: style.leading,
            with_next,
            pieces: vec![piece],
            pictures: Vec::new(),
        });
        self.rows.extend(rows);
    }

    /// One or two pictures in a line, and their texts below.
    fn figures(&mut self, pair: &[Figure]) {
        let (mut pictures, mut below) = (Vec::new(), Vec::new());
        for (x, figure) in [LEFT, LEFT + FIGURE_WIDTH + 2.0 * GAP].into_iter().zip(pair) {
            let (leaf, text) = (self.leaf(), self.leaf());
            let (width, height) = figure.size();
            pictures.push(Placed { leaf, x, width, height, image: figure.image.clone() });
            let mut pieces = self.pieces(text, x, FIGURE_WIDTH, &figure.caption, TEXT);
            pieces.extend(self.pieces(text, x, FIGURE_WIDTH, &figure.name, SMALL));
            below.push(pieces.into_iter());
            self.structure.push(Structure::Figure { alternative: figure.alternative(), picture: leaf, text });
        }
        let height = pictures.iter().map(|picture| picture.height).fold(0.0, f32::max);
        self.rows.push(Row { above: GAP, height, with_next: true, pieces: Vec::new(), pictures });
        self.beside(below, SMALL.above);
    }

    /// Columns of lines beside each other; above the first there is this much room.
    fn beside(&mut self, mut columns: Vec<std::vec::IntoIter<Piece>>, mut above: f32) {
        loop {
            let pieces: Vec<Piece> = columns.iter_mut().filter_map(Iterator::next).collect();
            if pieces.is_empty() {
                break;
            }
            let height = pieces.iter().map(|piece| piece.style.leading).fold(0.0, f32::max);
            self.rows.push(Row { above, height, with_next: false, pieces, pictures: Vec::new() });
            above = 0.0;
        }
    }

    fn list(&mut self, labels: f32, items: &[Item]) {
        let mut structure = Vec::new();
        for item in items {
            let (label, text) = (self.leaf(), self.leaf());
            let (x, width) = (LEFT + labels, COLUMN - labels);
            let labels = self.pieces(label, LEFT, labels - GAP, &item.label, LABEL);
            let mut texts = self.pieces(text, x, width, &item.text, TEXT);
            texts.extend(self.pieces(text, x, width, &item.note, SMALL));
            self.beside(vec![labels.into_iter(), texts.into_iter()], TEXT.above);
            structure.push((label, text));
        }
        self.structure.push(Structure::List(structure));
    }

    /// A text in lines that fit into a column; no piece is empty.
    fn pieces(&self, leaf: usize, x: f32, width: f32, text: &str, style: Style) -> Vec<Piece> {
        let shown = self.fonts.shown(text);
        let face = self.fonts.face(style);
        let lines = shown.lines().flat_map(|line| wrapped(line, width, |c| face.advance(c) * style.size));
        lines.filter(|line| !line.is_empty()).map(|text| Piece { leaf, x, style, text }).collect()
    }
}

/// Breaks a line between words, and a word that is longer than the line wherever it must be. A line that goes on ends with its space, so
/// that words stay apart when they are read out or copied.
fn wrapped(line: &str, width: f32, advance: impl Fn(char) -> f32) -> Vec<String> {
    let (mut lines, mut current, mut used) = (Vec::new(), String::new(), 0.0);
    for word in line.split_whitespace() {
        let length: f32 = word.chars().map(&advance).sum();
        if !current.is_empty() {
            current.push(' ');
            used += advance(' ');
            if used + length > width {
                lines.push(std::mem::take(&mut current));
                used = 0.0;
            }
        }
        for c in word.chars() {
            // Sums of the same lengths differ a little by their order.
            if used + advance(c) > width + 0.01 && !current.is_empty() {
                lines.push(std::mem::take(&mut current));
                used = 0.0;
            }
            current.push(c);
            used += advance(c);
        }
    }
    lines.push(current);
    lines
}

/// The lines of each page, with the height at which each stands.
fn paginated(rows: Vec<Row>) -> Vec<Vec<(f32, Row)>> {
    // How much each line needs below it, with those that it may not leave alone.
    let mut needs = vec![0.0; rows.len()];
    let mut below = 0.0;
    for (row, need) in rows.iter().zip(&mut needs).rev() {
        *need = row.height + if row.with_next { below } else { 0.0 };
        below = row.above + *need;
    }
    let (mut pages, mut page, mut y) = (Vec::new(), Vec::new(), TOP);
    for (row, need) in rows.into_iter().zip(needs) {
        if !page.is_empty() && y + row.above + need > BOTTOM {
            pages.push(std::mem::take(&mut page));
            y = TOP;
        }
        let above = if page.is_empty() { 0.0 } else { row.above };
        let baseline = y + above + row.height * BASELINE;
        y += above + row.height;
        page.push((baseline, row));
    }
    pages.push(page);
    pages
}

// ------------------------------------------------------------------------------------------------------------ fonts

const REGULAR: &[u8] = include_bytes!("../assets/fonts/atkinson-hyperlegible-next-regular.ttf");
const BOLD: &[u8] = include_bytes!("../assets/fonts/atkinson-hyperlegible-next-bold.ttf");

struct Fonts {
    regular: Face,
    bold: Face,
}

struct Face {
    font: Font,
    glyphs: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
}

impl Face {
    fn load(bytes: &'static [u8]) -> Option<Self> {
        let read = FontRef::new(bytes).ok()?;
        let (glyphs, metrics) = (read.charmap(), read.glyph_metrics(Size::unscaled(), LocationRef::default()));
        Some(Self { font: Font::new(bytes.into(), 0)?, glyphs, metrics })
    }

    /// The number of a character's glyph, and how far it moves on, in parts of the font's size.
    fn glyph(&self, c: char) -> Option<(u32, f32)> {
        let id = self.glyphs.map(c).filter(|id| id.to_u32() != 0)?;
        Some((id.to_u32(), self.metrics.advance_width(id)? / self.font.units_per_em()))
    }

    fn advance(&self, c: char) -> f32 {
        self.glyph(c).map_or(0.0, |(_, advance)| advance)
    }

    fn glyphs_of(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, c): (usize, char)| {
            let (id, x_advance) = self.glyph(c)?;
            let text_range = at..at + c.len_utf8();
            Some(KrillaGlyph {
                glyph_id: GlyphId::new(id),
                text_range,
                x_advance,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            })
        };
        text.char_indices().filter_map(glyph).collect()
    }
}

impl Fonts {
    fn load() -> Option<Self> {
        Some(Self { regular: Face::load(REGULAR)?, bold: Face::load(BOLD)? })
    }

    fn face(&self, style: Style) -> &Face {
        if style.bold { &self.bold } else { &self.regular }
    }

    /// A text as it can be set: composed letters, nothing invisible, a question mark for what the font does not have.
    fn shown(&self, text: &str) -> String {
        let visible = text.nfc().filter(|c| c.is_whitespace() || !is_invisible(*c));
        let set = visible.map(|c| match c {
            '\n' => '\n',
            c if c.is_whitespace() => ' ',
            c if self.regular.glyph(c).is_some() && self.bold.glyph(c).is_some() => c,
            _ => '?',
        });
        set.collect()
    }

    /// A heading on one line. A document must have a title, so one that cannot be seen is a dash.
    fn heading(&self, text: &str) -> String {
        let words = self.shown(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() { "–".to_owned() } else { words }
    }

    fn draw(&self, surface: &mut Surface<'_>, piece: &Piece, baseline: f32) {
        let (face, at) = (self.face(piece.style), Point::from_xy(piece.x, baseline));
        surface.set_fill(Some(fill(piece.style.colour)));
        surface.draw_glyphs(at, &face.glyphs_of(&piece.text), face.font.clone(), &piece.text, piece.style.size, false);
    }

    /// "1 / 3", at the right edge.
    fn draw_page_number(&self, surface: &mut Surface<'_>, number: usize, count: usize) {
        let text = format!("{number} / {count}");
        let width: f32 = text.chars().map(|c| self.face(SMALL).advance(c) * SMALL.size).sum();
        let piece = Piece { leaf: 0, x: WIDTH - LEFT - width, style: SMALL, text };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
        self.draw(surface, &piece, HEIGHT - 36.0);
        surface.end_tagged();
    }
}

/// Characters that are not seen but change what is: controls, direction marks, zero-width, soft hyphen, variation and tag characters.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(blocks: Vec<Block>) -> Document {
        Document { lang: Lang::De, title: "Prüfung".into(), author: "Aufzug & Söhne".into(), blocks }
    }

    /// The text of each page, on one line.
    fn pages(pdf: &[u8]) -> Vec<String> {
        let read = lopdf::Document::load_mem(pdf).unwrap();
        let text = |number: &u32| read.extract_text(&[*number]).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        read.get_pages().keys().map(text).collect()
    }

    #[test]
    fn a_document_says_what_is_in_it_page_by_page() {
        let word = "Überlauf (500 l/min), 20 € – ";
        let items = vec![
            Item { label: "Standort".into(), text: "Łódź, Çankırı".into(), note: "unten links".into() },
            Item { label: String::new(), text: "q".repeat(400), note: String::new() },
        ];
        let blocks = vec![
            Block::Letterhead("Aufzug & Söhne".into()),
            Block::Title("Pru\u{308}fung".into()),
            Block::Note("Kundenexemplar".into()),
            Block::List { labels: 100.0, items },
            Block::Heading("Zusammenfassung".into()),
            Block::Paragraph(word.repeat(300)),
        ];
        let pdf = write(&document(blocks)).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        let pages = pages(&pdf);
        assert!(pages.len() >= 3, "{} pages", pages.len());
        assert!(pages[0].starts_with("Aufzug & Söhne Prüfung Kundenexemplar Standort Łódź, Çankırı unten links"), "{}", pages[0]);
        assert!(pages[0].ends_with(&format!("1 / {}", pages.len())), "{}", pages[0]);
        assert_eq!(pages.iter().map(|page| page.matches("Überlauf").count()).sum::<usize>(), 300);
        assert_eq!(pages[0].matches('q').count(), 400, "a long word is broken, and all of it is there");
        let read = lopdf::Document::load_mem(&pdf).unwrap();
        for part in ["StructTreeRoot", "MarkInfo", "ViewerPreferences", "Outlines", "Metadata", "Lang"] {
            assert!(read.catalog().unwrap().has(part.as_bytes()), "{part}");
        }
    }

    #[test]
    fn promise_11_hostile_text_is_text() {
        let text = "</P> (a) Tj ET \\) %PDF <script>alert(1)</script> \u{202e}gpj.exe\0\u{feff} 日本 🔧";
        let blocks = vec![
            Block::Title("\u{200b}".into()),
            Block::Paragraph(text.into()),
            Block::Paragraph(String::new()),
            Block::List { labels: 100.0, items: Vec::new() },
        ];
        let mut document = document(blocks);
        document.title = "\u{200b}".into();
        document.author = String::new();
        let pages = pages(&write(&document).unwrap());
        assert_eq!(pages, ["– </P> (a) Tj ET \\) %PDF <script>alert(1)</script> gpj.exe ?? ? 1 / 1"]);
    }

    #[test]
    fn v7_pictures_are_figures_with_what_they_are_and_what_is_none_is_refused() {
        let photo = include_bytes!("../assets/demo/boiler.jpg");
        assert!(Figure::of(b"no picture".to_vec(), "", "").is_none());
        let figure = |caption: &str| Figure::of(photo.to_vec(), caption, "boiler.jpg").unwrap();
        let figures = vec![figure("Der Kessel"), figure(""), figure("Noch einmal")];
        assert!(figures.iter().all(|figure| figure.size().0 < FIGURE_WIDTH + 0.1 && figure.size().1 < FIGURE_HEIGHT + 0.1));
        let pdf = write(&document(vec![Block::Title("T".into()), Block::Figures(figures)])).unwrap();
        let text = pages(&pdf).join(" ");
        assert_eq!(text.matches("boiler.jpg").count(), 3, "{text}");
        assert!(text.contains("Der Kessel") && text.contains("Noch einmal"), "{text}");
        let read = lopdf::Document::load_mem(&pdf).unwrap();
        let images = read.objects.values().filter_map(|object| object.as_stream().ok());
        let images =
            images.filter(|stream| stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|kind| kind == b"Image"));
        assert_eq!(images.count(), 1, "the same picture is stored once");
    }

    #[test]
    fn an_empty_document_is_one_page() {
        assert_eq!(pages(&write(&document(vec![Block::Title("T".into())])).unwrap()), ["T 1 / 1"]);
    }

    #[test]
    fn a_heading_does_not_stay_behind() {
        let row = |height, with_next| Row { above: 10.0, height, with_next, pieces: Vec::new(), pictures: Vec::new() };
        let rows = vec![row(BOTTOM - TOP - 40.0, false), row(20.0, true), row(15.0, false)];
        assert_eq!(paginated(rows).iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn words_are_kept_whole_if_they_can_be() {
        let wrap = |line: &str| wrapped(line, 5.0, |_| 1.0);
        assert_eq!(wrap("ab cd ef"), ["ab cd ", "ef"]);
        assert_eq!(wrap("abcdefgh ij"), ["abcde", "fgh ", "ij"]);
        assert_eq!(wrap("abcde fghij"), ["abcde ", "fghij"]);
        assert_eq!(wrap(""), [""]);
    }
}
