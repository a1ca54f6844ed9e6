//! The valid name that somebody most likely meant; never decides for them.

/// The candidate closest to `word`, if it is close enough to be a slip of the finger.
///
/// Distance is optimal string alignment (insertions, deletions, substitutions, swaps of neighbours); at most a third of
/// the word, and always up to two.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase().replace(['-', ' '], "_");
    let limit = (word.chars().count() / 3).max(2);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::osa_distance(&word, &candidate.replace('-', "_")),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
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
    fn a_different_word_is_not() {
        assert_eq!(nearest("zebra", ["empowered", "safe"]), None);
        assert_eq!(nearest("", ["a", "no"]), None);
    }
}
