//! The valid name that somebody most likely meant; never decides for them.

use sim_core::parameters::{Group, Parameter, find};

use crate::kind::Kind;

/// Words shorter than this are part of too many names \[characters\].
const SHORTEST_PART: usize = 3;

/// Words longer than this are nobody's slip of the finger, and would take long to compare \[characters\].
const LONGEST_NAME: usize = 64;

/// The candidate closest to `word`, if it is close enough to be a slip of the finger.
///
/// Distance is optimal string alignment (insertions, deletions, substitutions, swaps of neighbours); at most a third of
/// the word, and always up to two. A word that nobody can have mistyped is the only candidate of which it is a part.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase().replace(['-', ' '], "_");
    let length = word.chars().count();
    if length > LONGEST_NAME {
        return None;
    }
    let limit = (length / 3).max(2);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let slip = candidates
        .iter()
        .copied()
        .map(|candidate| {
            (
                strsim::osa_distance(&word, &candidate.replace('-', "_")),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate);
    slip.or_else(|| only_longer(&word, &candidates))
        .map(str::to_owned)
}

/// The only candidate of which the word is a part.
fn only_longer<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let letters = |name: &str| name.replace(['-', '_'], "");
    let part = letters(word);
    if part.chars().count() < SHORTEST_PART {
        return None;
    }
    let mut longer = candidates
        .iter()
        .copied()
        .filter(|candidate| letters(candidate).contains(&part));
    longer.next().filter(|_| longer.next().is_none())
}

/// A parameter of exactly this name in another group, at best one of the same kind of file.
pub(crate) fn elsewhere(kind: Kind, name: &str) -> Option<String> {
    let group = kind
        .groups()
        .chain(kind.others().flat_map(Kind::groups))
        .find(|group| find(group, name).is_some())?;
    Some(format!("{group}.{name}"))
}

/// The parameter of the group whose name is closest.
pub(crate) fn nearest_in(group: &Group, name: &str) -> Option<String> {
    nearest(
        name,
        group
            .parameters
            .iter()
            .map(|parameter: &Parameter| parameter.name),
    )
}

/// The parameters of the group in words; of a large group, how to see them.
pub(crate) fn valid_in(group: &Group) -> String {
    let names: Vec<_> = group.parameters.iter().map(|parameter| parameter.name).collect();
    match names.len() {
        0..=16 => format!("[{}] has {}", group.name, names.join(", ")),
        _ => format!("`orgsim parameters {}` lists what there is", group.name),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        assert_eq!(nearest("saef", ["empowered", "safe"]).as_deref(), Some("safe"));
        assert_eq!(
            nearest("Feature Factory", ["feature-factory"]).as_deref(),
            Some("feature-factory")
        );
    }

    #[test]
    fn a_part_of_one_name_alone_is_recognised() {
        let names = [
            "payback_week",
            "total_cost",
            "return_on_team_cost",
            "lead_time_weeks",
        ];
        assert_eq!(nearest("payback", names).as_deref(), Some("payback_week"));
        assert_eq!(nearest("leadtime", names).as_deref(), Some("lead_time_weeks"));
        assert_eq!(nearest("cost", names), None);
        assert_eq!(nearest("xx", names), None);
    }

    #[test]
    fn a_different_word_is_not() {
        assert_eq!(nearest("zebra", ["empowered", "safe"]), None);
        assert_eq!(nearest("", ["a", "no"]), None);
    }
}
