//! The part of a map that tells best where an arm wins: a rectangle of squares.

/// A rectangle of squares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corner {
    /// First and last column.
    pub columns: (usize, usize),
    /// First and last row.
    pub rows: (usize, usize),
    /// Squares in it that are won.
    pub won: usize,
    /// Squares in it.
    pub squares: usize,
}

/// The rectangle with the largest number of squares won less squares not won; `None` if none is won. Of equals the
/// largest, which says least.
pub fn best(columns: usize, won: &[bool]) -> Option<Corner> {
    let rows = won.len() / columns.max(1);
    let spans = |count: usize| (0..count).flat_map(move |from| (from..count).map(move |to| (from, to)));
    let rectangles = spans(columns).flat_map(|across| spans(rows).map(move |down| (across, down)));
    let corners = rectangles.map(|(across, down)| {
        let squares =
            (down.0..=down.1).flat_map(|row| (across.0..=across.1).map(move |column| row * columns + column));
        let (mut count, mut wins) = (0, 0);
        for square in squares {
            count += 1;
            wins += usize::from(won[square]);
        }
        Corner {
            columns: across,
            rows: down,
            won: wins,
            squares: count,
        }
    });
    corners
        .filter(|corner| 2 * corner.won > corner.squares)
        .max_by_key(|corner| (2 * corner.won as i64 - corner.squares as i64, corner.squares))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_corner_is_found_and_a_stray_square_is_not_followed() {
        let mut won = vec![false; 9 * 9];
        for row in 0..3 {
            for column in 6..9 {
                won[row * 9 + column] = true;
            }
        }
        won[8 * 9] = true;
        won[9 + 7] = false;
        let corner = best(9, &won).unwrap();
        assert_eq!((corner.columns, corner.rows), ((6, 8), (0, 2)));
        assert_eq!((corner.won, corner.squares), (8, 9));
    }

    #[test]
    fn nothing_won_is_no_corner_and_all_won_is_everything() {
        assert_eq!(best(3, &[false; 9]), None);
        assert_eq!(best(3, &[true; 9]).unwrap().squares, 9);
    }
}
