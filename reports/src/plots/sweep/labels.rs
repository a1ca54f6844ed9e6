//! Names of levels beside an axis: in two lines where one is too short, and cut only where two are.

use crate::plots::lettering::Style;
use crate::plots::page::{BODY, centred, right};
use crate::plots::picture::{Picture, Point, at};

/// Distance between the two lines of a name \[points\].
pub const LINE: f64 = 28.0;

/// Letters after which a name may go on in the next line.
const SEAMS: [char; 5] = ['-', '_', '/', '@', ' '];

/// `name` in one line if it is not wider than `limit`, else in two as equal as its seams allow.
pub fn wrapped(style: Style, name: &str, limit: f64) -> Vec<String> {
    if style.width(name) <= limit {
        return vec![name.to_owned()];
    }
    let parts = |seam: usize| [name[..seam].trim_end(), &name[seam..]];
    let wider = |parts: &[&str; 2]| style.width(parts[0]).max(style.width(parts[1]));
    let seams = name.match_indices(SEAMS).map(|(place, seam)| place + seam.len());
    seams
        .filter(|seam| *seam < name.len())
        .map(parts)
        .min_by(|one, other| wider(one).total_cmp(&wider(other)))
        .map_or_else(|| vec![name], |parts| parts.to_vec())
        .into_iter()
        .map(|line| style.fitted(line, limit))
        .collect()
}

/// Adds a name below an axis, its first baseline at `place`.
pub fn below(picture: &mut Picture, lines: &[String], place: Point) {
    for (index, line) in lines.iter().enumerate() {
        picture.text(centred(line, at(place.x, place.y + LINE * index as f64), BODY));
    }
}

/// Adds a name that ends at `place`, half of its lines above it and half below.
pub fn beside(picture: &mut Picture, lines: &[String], place: Point) {
    let first = place.y + BODY.half_height() - LINE * (lines.len() as f64 - 1.0) / 2.0;
    for (index, line) in lines.iter().enumerate() {
        picture.text(right(line, at(place.x, first + LINE * index as f64), BODY));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_after_a_hyphen_before_they_are_cut() {
        let room = BODY.width("healthcare-") + 4.0;
        assert_eq!(wrapped(BODY, "bank", room), ["bank"]);
        assert_eq!(wrapped(BODY, "healthcare-saas", room), ["healthcare-", "saas"]);
        assert_eq!(wrapped(BODY, "coupled-platform", room), ["coupled-", "platform"]);
        let long = wrapped(BODY, "our-own-way-of-working-in-the-north", room);
        assert!(
            long.len() == 2 && long.iter().all(|line| BODY.width(line) <= room),
            "{long:?}"
        );
        assert!(wrapped(BODY, "unbreakablename", 60.0)[0].contains('…'));
    }
}
