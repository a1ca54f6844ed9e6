//! The kinds of scenario files and the groups each may set; never their content.

use std::fmt;

use sim_core::parameters::{ENVIRONMENT_GROUPS, GROUPS, TRANSFORMATION_GROUP};

/// What a scenario file describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Company, market and behaviour: what all arms of a comparison share.
    Environment,
    /// How the organisation works: what a comparison compares.
    OperatingModel,
    /// How the organisation goes over from one operating model to another.
    Transformation,
}

impl Kind {
    /// All kinds, in the order in which they are applied.
    pub const ALL: [Self; 3] = [Self::Environment, Self::OperatingModel, Self::Transformation];

    /// The kind of file that may set `group`; `None` if there is no such group.
    pub fn of_group(group: &str) -> Option<Self> {
        if ENVIRONMENT_GROUPS.contains(&group) {
            return Some(Self::Environment);
        }
        if group == TRANSFORMATION_GROUP {
            return Some(Self::Transformation);
        }
        GROUPS
            .iter()
            .any(|known| known.name == group)
            .then_some(Self::OperatingModel)
    }

    /// The groups that a file of this kind may set, in the order of the table.
    pub fn groups(self) -> impl Iterator<Item = &'static str> {
        GROUPS
            .iter()
            .map(|group| group.name)
            .filter(move |group| Self::of_group(group) == Some(self))
    }

    /// Folder of the library that holds this kind: `environments`, `operating-models` or `transformations`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Environment => "environments",
            Self::OperatingModel => "operating-models",
            Self::Transformation => "transformations",
        }
    }

    /// The other kinds.
    pub fn others(self) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |kind| *kind != self)
    }

    /// The kind with its article, for sentences.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Environment => "an environment",
            Self::OperatingModel => "an operating model",
            Self::Transformation => "a transformation",
        }
    }

    /// A file of this kind, for sentences.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Environment => "an environment file",
            Self::OperatingModel => "an operating-model file",
            Self::Transformation => "a transformation file",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Environment => "environment",
            Self::OperatingModel => "operating model",
            Self::Transformation => "transformation",
        })
    }
}
