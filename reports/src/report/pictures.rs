//! Pictures inside a page: as data with words for people who cannot see them; never more than a page can carry.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use crate::figures::counted_noun;

/// Most that the pictures of a page may take, so that it stays below 2 MiB with its words \[bytes\].
const MOST: usize = 1_400_000;

/// The pictures of a page, as far as there is room.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    taken: usize,
}

/// A picture that is to be shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The SVG document.
    pub svg: &'a [u8],
    /// What it shows, in words.
    pub description: &'a str,
}

impl Pictures {
    /// The pictures in order; of those for which there is no room, how many there are and where.
    ///
    /// A picture in an `img` can run nothing and load nothing, whatever its file holds.
    pub(super) fn figures(&mut self, pictures: &[Shown], folder: &str) -> Markup {
        let room = |picture: &&Shown| {
            let size = picture.svg.len().div_ceil(3) * 4;
            let has_room = self.taken + size <= MOST;
            self.taken += if has_room { size } else { 0 };
            has_room
        };
        let shown: Vec<&Shown> = pictures.iter().filter(room).collect();
        let left = (pictures.len() - shown.len()) as u64;
        html! {
            @for picture in &shown {
                figure {
                    img alt=(picture.description) width="1600" height="1000"
                        src={ "data:image/svg+xml;base64," (STANDARD.encode(picture.svg)) };
                }
            }
            @if left > 0 {
                p.note {
                    (counted_noun(left, "more picture", "more pictures"))
                    " would make this page too large to send; look in " code { (folder) "/plots" } "."
                }
            }
        }
    }
}

/// What an SVG document of ours says about itself.
pub(super) fn description(svg: &[u8]) -> String {
    let text = String::from_utf8_lossy(svg);
    let inner = text
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    inner.map_or_else(String::new, |(title, _)| {
        title
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_read_as_it_was_written() {
        assert_eq!(
            description(b"<svg><title>a &lt; b &amp;amp; c</title></svg>"),
            "a < b &amp; c"
        );
        assert_eq!(description(b"<svg/>"), "");
    }

    #[test]
    fn pictures_without_room_are_counted() {
        let large = vec![b'x'; 600_000];
        let picture = Shown {
            svg: &large,
            description: "a \"picture\"",
        };
        let mut pictures = Pictures::default();
        let page = pictures.figures(&[picture, picture], "here").into_string();
        assert_eq!(page.matches("<img").count(), 1);
        assert!(page.contains("alt=\"a &quot;picture&quot;\""));
        assert!(page.contains("1 more picture would"));
    }
}
