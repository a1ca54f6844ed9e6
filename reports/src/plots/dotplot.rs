//! Twenty marks on an axis, stacked where they meet; never more, never fewer, and none across zero.

use super::axis::Axis;

/// Smallest mark that can still be counted \[points\].
const SMALLEST: u32 = 7;

/// Ties on top of each other before the next column of ties begins.
const BLOCK_HEIGHT: usize = 10;

/// Where one mark stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stand {
    /// Middle of its column \[points\].
    pub x: f64,
    /// Its place in the column, from 0 at the axis.
    pub level: usize,
}

/// Which side of zero a mark belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below zero.
    Negative,
    /// Exactly zero.
    Zero,
    /// Above zero.
    Positive,
}

/// Stacks marks in columns as wide as a mark.
pub fn stacked(values: &[f64], axis: &Axis, size: f64) -> Vec<Stand> {
    let column = |value: &f64| ((axis.place(*value) - axis.from) / size).floor() as i64;
    placed(values.iter().map(column), |column| {
        axis.from + (column as f64 + 0.5) * size
    })
}

/// Stacks marks in columns that start at zero, on the side each belongs to; ties stand in a block on zero itself.
pub fn stacked_from_zero(values: &[f64], sides: &[Side], axis: &Axis, size: f64) -> Vec<Stand> {
    let zero = axis.place(0.0);
    let block = sides
        .iter()
        .filter(|side| **side == Side::Zero)
        .count()
        .div_ceil(BLOCK_HEIGHT);
    let ties = block as f64 / 2.0;
    let distance = |value: f64| ((axis.place(value) - zero).abs() / size - ties).floor().max(0.0) as i64;
    let mut tie = 0;
    let column = |(value, side): (&f64, &Side)| match side {
        Side::Negative => Column::Left(distance(*value)),
        Side::Positive => Column::Right(distance(*value)),
        Side::Zero => {
            tie += 1;
            Column::Block((tie - 1) % block.max(1))
        }
    };
    placed(values.iter().zip(sides).map(column), |column| match column {
        Column::Left(columns) => zero - (ties + columns as f64 + 0.5) * size,
        Column::Right(columns) => zero + (ties + columns as f64 + 0.5) * size,
        Column::Block(columns) => zero + (columns as f64 + 0.5 - ties) * size,
    })
}

/// A column beside zero or on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// So many columns to the left.
    Left(i64),
    /// So many columns to the right.
    Right(i64),
    /// So many columns into the block of ties.
    Block(usize),
}

fn placed<C: Copy + PartialEq>(columns: impl Iterator<Item = C>, middle: impl Fn(C) -> f64) -> Vec<Stand> {
    let mut earlier: Vec<C> = Vec::new();
    columns
        .map(|column| {
            let level = earlier.iter().filter(|other| **other == column).count();
            earlier.push(column);
            Stand {
                x: middle(column),
                level,
            }
        })
        .collect()
}

/// The largest mark, at most `largest`, with which the tallest column of every stack fits into `height` \[points\].
pub fn fitting_size(height: f64, largest: u32, stacks: impl Fn(f64) -> Vec<Stand>) -> f64 {
    let fits = |size: &u32| {
        let size = f64::from(*size);
        let tallest = stacks(size)
            .iter()
            .map(|stand| stand.level + 1)
            .max()
            .unwrap_or(0);
        tallest as f64 * size <= height
    };
    f64::from((SMALLEST..=largest).rev().find(fits).unwrap_or(SMALLEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis() -> Axis {
        Axis {
            low: -10.0,
            high: 10.0,
            from: 0.0,
            to: 400.0,
        }
    }

    #[test]
    fn twenty_equal_marks_fit_on_top_of_each_other() {
        let stacks = |size| stacked(&[3.0; 20], &axis(), size);
        let size = fitting_size(160.0, 36, stacks);
        assert_eq!(size, 8.0);
        let levels: Vec<usize> = stacks(size).iter().map(|stand| stand.level).collect();
        assert_eq!(levels, (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn twenty_ties_stand_in_a_block_centred_on_zero() {
        let stands = stacked_from_zero(&[0.0; 20], &[Side::Zero; 20], &axis(), 20.0);
        let middle = stands.iter().map(|stand| stand.x).sum::<f64>() / 20.0;
        assert_eq!(middle, 200.0);
        assert_eq!(stands.iter().map(|stand| stand.level).max(), Some(9));
    }

    #[test]
    fn no_mark_crosses_zero_and_none_overlaps_another() {
        let values = [-9.0, -0.001, 0.0, 0.0, 0.001, 0.4, 7.7];
        let sides = [
            Side::Negative,
            Side::Negative,
            Side::Zero,
            Side::Zero,
            Side::Positive,
            Side::Positive,
            Side::Positive,
        ];
        for count in [2, values.len()] {
            let stands = stacked_from_zero(
                &values[values.len() - count..],
                &sides[sides.len() - count..],
                &axis(),
                20.0,
            );
            for (index, stand) in stands.iter().enumerate() {
                let side = sides[sides.len() - count + index];
                let is_right = match side {
                    Side::Negative => stand.x + 10.0 <= 200.0,
                    Side::Zero => (stand.x - 200.0).abs() <= 10.0,
                    Side::Positive => stand.x - 10.0 >= 200.0,
                };
                assert!(is_right, "{stand:?}");
                for other in &stands[..index] {
                    assert!(
                        (stand.x - other.x).abs() >= 20.0 || stand.level != other.level,
                        "{stand:?} {other:?}"
                    );
                }
            }
        }
    }
}
