//! How a scenario is called: `model`, `model+transformation`, either with `@environment`; never what is behind the names.

use crate::error::ScenarioError;
use crate::file::is_path;

/// A reference taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// Library name or path of the operating model.
    pub model: &'a str,
    /// Library name or path of the transformation, if one is named.
    pub transformation: Option<&'a str>,
    /// Library name or path of the environment, if one is named.
    pub environment: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// Takes `model+transformation@environment` apart.
    ///
    /// # Errors
    /// If one of them is empty.
    pub fn parse(reference: &'a str) -> Result<Self, ScenarioError> {
        let (way, environment) = halves(reference, '@');
        let (model, transformation) = halves(way, '+');
        let empty = if model.trim().is_empty() {
            "operating model"
        } else if transformation.is_some_and(|name| name.trim().is_empty()) {
            "transformation"
        } else if environment.is_some_and(|name| name.trim().is_empty()) {
            "environment"
        } else {
            return Ok(Self {
                model,
                transformation,
                environment,
            });
        };
        Err(ScenarioError::BadReference {
            reference: reference.to_owned(),
            reason: format!(
                "its {empty} is empty; write `model`, `model@environment` or `model+transformation`, as in `safe@startup` or `safe+full`"
            ),
        })
    }
}

/// What is before and behind a sign.
fn halves(reference: &str, sign: char) -> (&str, Option<&str>) {
    match separator(reference, sign) {
        Some(index) => (&reference[..index], Some(&reference[index + 1..])),
        None => (reference, None),
    }
}

/// The first such sign that follows a library name or `.toml`; one within a folder's name separates nothing.
fn separator(reference: &str, sign: char) -> Option<usize> {
    reference
        .match_indices(sign)
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
            let parsed = Reference {
                model,
                transformation: None,
                environment,
            };
            assert_eq!(Reference::parse(reference), Ok(parsed), "{reference}");
        }
    }

    #[test]
    fn a_transformation_stands_behind_its_start() {
        let parsed = Reference {
            model: "safe",
            transformation: Some("x+y/my.toml"),
            environment: Some("startup"),
        };
        assert_eq!(Reference::parse("safe+x+y/my.toml@startup"), Ok(parsed));
        let parsed =
            Reference::parse("./a+b/my.toml+full").map(|parsed| (parsed.model, parsed.transformation));
        assert_eq!(parsed, Ok(("./a+b/my.toml", Some("full"))));
    }

    #[test]
    fn an_empty_half_is_refused() {
        for reference in ["", "safe@", "@startup", "@", "safe+", "+full", "safe+@startup"] {
            assert!(Reference::parse(reference).is_err(), "{reference}");
        }
    }
}
