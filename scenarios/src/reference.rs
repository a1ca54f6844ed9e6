//! How a scenario is called: `model` or `model@environment`; never what is behind the names.

use crate::error::ScenarioError;
use crate::file::is_path;

/// A reference taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// Library name or path of the operating model.
    pub model: &'a str,
    /// Library name or path of the environment, if one is named.
    pub environment: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// Takes `model@environment` apart.
    ///
    /// # Errors
    /// If one of the two is empty.
    pub fn parse(reference: &'a str) -> Result<Self, ScenarioError> {
        let (model, environment) = match separator(reference) {
            Some(index) => (&reference[..index], Some(&reference[index + 1..])),
            None => (reference, None),
        };
        let empty = if model.trim().is_empty() {
            "operating model"
        } else if environment.is_some_and(|name| name.trim().is_empty()) {
            "environment"
        } else {
            return Ok(Self { model, environment });
        };
        Err(ScenarioError::BadReference {
            reference: reference.to_owned(),
            reason: format!(
                "its {empty} is empty; write `model` or `model@environment`, as in `safe@startup`"
            ),
        })
    }
}

/// The first `@` that follows a library name or `.toml`; an `@` within a folder's name separates nothing.
fn separator(reference: &str) -> Option<usize> {
    reference
        .match_indices('@')
        .map(|(index, _)| index)
        .find(|index| {
            let before = &reference[..*index];
            !is_path(before) || before.ends_with(".toml")
        })
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn names_and_paths_are_taken_apart() {
        let cases = [
            ("safe", ("safe", None)),
            ("safe@startup", ("safe", Some("startup"))),
            ("./a@b/my.toml@x@y.toml", ("./a@b/my.toml", Some("x@y.toml"))),
            ("my.toml@startup", ("my.toml", Some("startup"))),
            ("./a@b/my.toml", ("./a@b/my.toml", None)),
        ];
        for (reference, (model, environment)) in cases {
            assert_eq!(
                Reference::parse(reference),
                Ok(Reference { model, environment }),
                "{reference}"
            );
        }
    }

    #[test]
    fn an_empty_half_is_refused() {
        for reference in ["", "safe@", "@startup", "@"] {
            assert!(Reference::parse(reference).is_err(), "{reference}");
        }
    }
}
