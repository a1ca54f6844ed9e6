//! A picture as SVG and PNG bytes; the same marks, in the same order, through the same code.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plotters::prelude::{BitMapBackend, SVGBackend};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::PlotError;
use super::lettering::Lettering;
use super::palette::WHITE;
use super::picture::{Area, Colour, Dash, Finish, HEIGHT, Line, Mark, Picture, Point, Text, WIDTH, at};

/// Backend units to a point: the backends know whole units only, and pixels are averaged over as many.
const SCALE: usize = 2;
const COLUMNS: usize = WIDTH as usize;
const ROWS: usize = HEIGHT as usize;
const SIZE: (u32, u32) = ((COLUMNS * SCALE) as u32, (ROWS * SCALE) as u32);

/// Bytes of a colour.
const DEPTH: usize = 3;

/// The picture as an SVG document with its typeface in it.
pub fn svg(picture: &Picture) -> Result<Vec<u8>, PlotError> {
    let mut document = String::new();
    paint(picture, &mut SVGBackend::with_string(&mut document, SIZE))?;
    let (_, body) = document
        .split_once('>')
        .ok_or_else(|| PlotError::Drawing("the drawing is empty".to_owned()))?;
    Ok(format!("{}{}{body}", head(picture), typeface()).into_bytes())
}

/// The opening tag and the words for people who cannot see the picture.
fn head(picture: &Picture) -> String {
    let words = picture
        .description
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{COLUMNS}\" height=\"{ROWS}\" viewBox=\"0 0 {} {}\">\n<title>{words}</title>\n",
        SIZE.0, SIZE.1
    )
}

/// The letters that pictures use, so that every viewer shows the same.
fn typeface() -> String {
    let face = |weight: &str, bytes: &[u8]| {
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{}) format('woff2')}}\n",
            STANDARD.encode(bytes)
        )
    };
    let regular = face("normal", include_bytes!("../../fonts/Inter-Regular.woff2"));
    let bold = face("bold", include_bytes!("../../fonts/Inter-Bold.woff2"));
    format!("<style>\n{regular}{bold}</style>")
}

/// The picture as a PNG file, one pixel to a point.
pub fn png(picture: &Picture) -> Result<Vec<u8>, PlotError> {
    let mut fine = vec![255; COLUMNS * SCALE * ROWS * SCALE * DEPTH];
    paint(picture, &mut BitMapBackend::with_buffer(&mut fine, SIZE))?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, COLUMNS as u32, ROWS as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Flat colours without a filter make smaller files, and sooner, than with any.
    encoder.set_compression(png::Compression::Default);
    encoder.set_filter(png::FilterType::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&averaged(&fine))?;
    writer.finish()?;
    Ok(bytes)
}

/// Each pixel as the average of the finer ones under it, which smooths every edge.
fn averaged(fine: &[u8]) -> Vec<u8> {
    let row = COLUMNS * SCALE * DEPTH;
    let count = (SCALE * SCALE) as u32;
    let mut coarse = Vec::with_capacity(COLUMNS * ROWS * DEPTH);
    for pixel in 0..COLUMNS * ROWS {
        let corner = pixel / COLUMNS * SCALE * row + pixel % COLUMNS * SCALE * DEPTH;
        for part in 0..DEPTH {
            let places = (0..SCALE).flat_map(|down| (0..SCALE).map(move |right| down * row + right * DEPTH));
            let sum: u32 = places.map(|place| u32::from(fine[corner + place + part])).sum();
            coarse.push(((sum + count / 2) / count) as u8);
        }
    }
    coarse
}

/// Colour and thickness for the backend.
struct Stroke {
    colour: BackendColor,
    thickness: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.colour
    }

    fn stroke_width(&self) -> u32 {
        self.thickness
    }
}

fn ink(colour: Colour) -> BackendColor {
    BackendColor {
        alpha: 1.0,
        rgb: (colour.0, colour.1, colour.2),
    }
}

fn stroke(colour: Colour, thickness: f64) -> Stroke {
    Stroke {
        colour: ink(colour),
        thickness: (thickness * SCALE as f64).round().max(1.0) as u32,
    }
}

fn units(value: f64) -> i32 {
    (value * SCALE as f64).round() as i32
}

fn place(point: Point) -> BackendCoord {
    (units(point.x), units(point.y))
}

fn paint<B: DrawingBackend>(picture: &Picture, backend: &mut B) -> Result<(), PlotError> {
    let page = Mark::Rectangle(Area::new(0.0, 0.0, WIDTH, HEIGHT), WHITE, Finish::Filled);
    let draw = |backend: &mut B| -> Result<(), DrawingErrorKind<B::ErrorType>> {
        backend.ensure_prepared()?;
        for mark in std::iter::once(&page)
            .chain(&picture.marks)
            .filter(|mark| mark.is_near_page())
        {
            paint_mark(mark, backend)?;
        }
        backend.present()
    };
    draw(backend).map_err(|error| PlotError::Drawing(error.to_string()))
}

fn paint_mark<B: DrawingBackend>(mark: &Mark, backend: &mut B) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    match mark {
        Mark::Rectangle(area, colour, Finish::Filled) => {
            backend.draw_rect(place(area.from), place(area.to), &ink(*colour), true)
        }
        Mark::Rectangle(area, colour, Finish::Outlined(thickness)) => {
            backend.draw_path(outline(area), &stroke(*colour, *thickness))
        }
        Mark::Circle(centre, radius, colour, Finish::Filled) => {
            backend.draw_circle(place(*centre), units(*radius).unsigned_abs(), &ink(*colour), true)
        }
        Mark::Circle(centre, radius, colour, Finish::Outlined(thickness)) => backend.draw_circle(
            place(*centre),
            units(*radius).unsigned_abs(),
            &stroke(*colour, *thickness),
            false,
        ),
        Mark::Shape(points, colour) => backend.fill_polygon(points.iter().copied().map(place), &ink(*colour)),
        Mark::Line(line) => paint_line(line, backend),
        Mark::Text(text) => paint_text(text, backend),
    }
}

/// The corners of a rectangle and a second step along its first side, so that every corner is closed.
fn outline(area: &Area) -> [BackendCoord; 6] {
    let (Area { from, to }, middle) = (area, at((area.from.x + area.to.x) / 2.0, area.from.y));
    [middle, at(to.x, from.y), *to, at(from.x, to.y), *from, middle].map(place)
}

fn paint_line<B: DrawingBackend>(line: &Line, backend: &mut B) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    let style = stroke(line.colour, line.thickness);
    match line.dash {
        None => backend.draw_path(line.points.iter().copied().map(place), &style),
        Some(dash) => dashed(&line.points, dash)
            .into_iter()
            .try_for_each(|piece| backend.draw_path(piece.into_iter().map(place), &style)),
    }
}

fn paint_text<B: DrawingBackend>(text: &Text, backend: &mut B) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    let style = Lettering::new(text.style, text.align, SCALE as f64);
    let top = style.top(text.at.y * SCALE as f64).round() as i32;
    backend.draw_text(&text.words, &style, (units(text.at.x), top))
}

/// The strokes of a dashed line along `points`.
fn dashed(points: &[Point], dash: Dash) -> Vec<Vec<Point>> {
    let mut lengths = vec![0.0];
    for step in points.windows(2) {
        let so_far = lengths.last().copied().unwrap_or(0.0);
        lengths.push(so_far + (step[1].x - step[0].x).hypot(step[1].y - step[0].y));
    }
    let total = lengths.last().copied().unwrap_or(0.0);
    let strokes = (total / (dash.stroke + dash.gap)).ceil() as usize;
    let starts = (0..strokes).map(|index| index as f64 * (dash.stroke + dash.gap));
    starts
        .map(|start| piece(points, &lengths, start, (start + dash.stroke).min(total)))
        .collect()
}

/// The part of a line between two distances from its start; `lengths` are the distances of its points.
fn piece(points: &[Point], lengths: &[f64], start: f64, end: f64) -> Vec<Point> {
    let between = points
        .iter()
        .zip(lengths)
        .filter(|(_, length)| start < **length && **length < end);
    let inner = between.map(|(point, _)| *point);
    std::iter::once(along(points, lengths, start))
        .chain(inner)
        .chain([along(points, lengths, end)])
        .collect()
}

/// The place at a distance from the start of a line.
fn along(points: &[Point], lengths: &[f64], distance: f64) -> Point {
    let next = lengths
        .iter()
        .position(|length| *length >= distance)
        .unwrap_or(lengths.len() - 1)
        .max(1);
    let (from, to) = (points[next - 1], points[next]);
    let length = lengths[next] - lengths[next - 1];
    let share = if length > 0.0 {
        (distance - lengths[next - 1]) / length
    } else {
        0.0
    };
    at(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_a_line_with_corners() {
        let points = [at(0.0, 0.0), at(100.0, 0.0), at(100.0, 45.0)];
        let pieces = dashed(
            &points,
            Dash {
                stroke: 9.0,
                gap: 5.0,
            },
        );
        let length = |piece: &Vec<Point>| -> f64 {
            piece
                .windows(2)
                .map(|step| (step[1].x - step[0].x).hypot(step[1].y - step[0].y))
                .sum()
        };
        assert_eq!(pieces.len(), 11);
        assert!(
            pieces[..10]
                .iter()
                .all(|piece| (length(piece) - 9.0).abs() < 1e-9)
        );
        assert_eq!(pieces[0][0], at(0.0, 0.0));
    }

    #[test]
    fn a_pixel_is_the_average_of_the_finer_ones() {
        let mut fine = vec![255; COLUMNS * SCALE * ROWS * SCALE * DEPTH];
        fine[0] = 0;
        let coarse = averaged(&fine);
        assert_eq!(coarse.len(), COLUMNS * ROWS * DEPTH);
        assert_eq!(coarse[..4], [191, 255, 255, 255]);
    }

    #[test]
    fn both_formats_are_whole_documents() {
        let picture = Picture {
            description: "a < b & c".to_owned(),
            marks: Vec::new(),
        };
        let document = String::from_utf8(svg(&picture).unwrap()).unwrap();
        assert!(document.starts_with("<svg ") && document.trim_end().ends_with("</svg>"));
        assert!(document.contains("<title>a &lt; b &amp; c</title>"));
        let reader = png::Decoder::new(std::io::Cursor::new(png(&picture).unwrap()))
            .read_info()
            .unwrap();
        assert_eq!((reader.info().width, reader.info().height), (1600, 1000));
    }
}
