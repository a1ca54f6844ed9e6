//! The course of a change: how far it went, what it brought year by year, and how deep it dipped before it paid; read from
//! means over the worlds that weekly series rest on, which are the same in all arms.

use sim_core::outcomes::{Outcome, Series};

use crate::result::{ArmResult, BasisResult};

/// Weeks of a year.
const YEAR: usize = 52;

/// How an arm that changes went on, beside the arm that it starts from.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Name of the arm that changes.
    pub arm: String,
    /// Name of the arm that it is compared with: its start, or the first arm.
    pub start: String,
    /// Share of teams that have adopted at the end of each whole year.
    pub adoption: Vec<f64>,
    /// Value shipped above that of the start in each whole year, discounted \[team-week costs\].
    pub value: Vec<f64>,
    /// Net value so far less that of the start, week by week \[team-week costs\].
    pub ahead: Vec<f64>,
    /// Where net value so far is furthest behind that of the start; `None` if it never is.
    pub dip: Option<Dip>,
}

/// The deepest point of a change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dip {
    /// Its week.
    pub week: u32,
    /// How far net value so far is behind \[team-week costs\].
    pub depth: f64,
    /// First week after it in which nothing is missing; `None` if that does not come before the end.
    pub even: Option<u32>,
}

/// The courses of all arms that change, in their order; empty without weekly series.
pub fn courses(basis: &BasisResult) -> Vec<Course> {
    let changes = |arm: &&ArmResult| {
        let mut outcomes = arm.outcomes.iter();
        outcomes.any(|(outcome, summary)| match outcome {
            Outcome::Adoption | Outcome::TransformationCost => summary.mean > 0.0,
            _ => false,
        })
    };
    let of = |arm: &ArmResult| Some(course(arm, start_of(arm, &basis.arms)?));
    basis.arms.iter().filter(changes).filter_map(of).collect()
}

/// `safe` for `safe+full`, else the first arm, unless that is the arm itself.
fn start_of<'a>(arm: &ArmResult, arms: &'a [ArmResult]) -> Option<&'a ArmResult> {
    let own = arm
        .name
        .split_once('+')
        .map(|(model, rest)| match rest.split_once('@') {
            Some((_, environment)) => format!("{model}@{environment}"),
            None => model.to_owned(),
        });
    let named = own.and_then(|own| arms.iter().find(|other| other.name == own));
    named.or_else(|| arms.first().filter(|first| first.name != arm.name))
}

fn course(arm: &ArmResult, start: &ArmResult) -> Course {
    let mean = |arm: &ArmResult, series: Series| -> Vec<f64> {
        arm.weekly.iter().map(|week| week[series as usize].mean).collect()
    };
    let ahead = |series| -> Vec<f64> {
        let pairs = mean(arm, series).into_iter().zip(mean(start, series));
        pairs.map(|(own, others)| own - others).collect()
    };
    let at_year_ends =
        |series: &[f64]| -> Vec<f64> { series.iter().skip(YEAR - 1).step_by(YEAR).copied().collect() };
    let net = ahead(Series::NetValue);
    let so_far = at_year_ends(&ahead(Series::ShippedValue));
    let before = std::iter::once(0.0).chain(so_far.iter().copied());
    Course {
        arm: arm.name.clone(),
        start: start.name.clone(),
        adoption: at_year_ends(&mean(arm, Series::Adoption)),
        value: so_far
            .iter()
            .zip(before)
            .map(|(end, begin)| end - begin)
            .collect(),
        dip: dip(&net),
        ahead: net,
    }
}

fn dip(net: &[f64]) -> Option<Dip> {
    let (week, lowest) = net
        .iter()
        .copied()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let even = net.iter().skip(week).position(|ahead| *ahead >= 0.0);
    (lowest < 0.0).then_some(Dip {
        week: week as u32,
        depth: -lowest,
        even: even.map(|later| (week + later) as u32),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dip_is_found_with_the_week_that_makes_up_for_it() {
        let found = dip(&[0.0, -2.0, -5.0, -1.0, 0.5, -0.5, 3.0]);
        let expected = Dip {
            week: 2,
            depth: 5.0,
            even: Some(4),
        };
        assert_eq!(found, Some(expected));
        assert_eq!(dip(&[0.0, 1.0, 2.0]), None);
        assert_eq!(dip(&[-1.0, -2.0]).and_then(|dip| dip.even), None);
    }
}
