//! A file with everything it extends; knows which files, never what their values mean.

use std::path::{Path, PathBuf};

use crate::error::ScenarioError;
use crate::excerpt::Excerpt;
use crate::file::{Document, Given, Text, read};
use crate::kind::Kind;

/// A file and the files it builds on.
#[derive(Debug)]
pub(super) struct Chain {
    /// Name of the first file, the one that was asked for.
    pub name: String,
    /// Each file with its folder, from the one asked for to the one that extends nothing.
    links: Vec<(Document, Option<PathBuf>)>,
}

impl Chain {
    /// Reads `target` and what it extends; `folder` and `at` say where `target` was named, if in a file.
    ///
    /// # Errors
    /// If one of the files is missing, unreadable or wrong, or if they extend one another in a circle.
    pub fn load(
        kind: Kind,
        target: &str,
        folder: Option<&Path>,
        at: Option<&Excerpt>,
    ) -> Result<Self, ScenarioError> {
        let mut text = Text::open(kind, target, folder, at)?;
        let name = text.name.clone();
        let mut seen: Vec<(String, String)> = Vec::new();
        let mut links = Vec::new();
        loop {
            let document = read(kind, &text)?;
            let next = document.extends.clone();
            links.push((document, text.folder.clone()));
            let Some((target, at)) = next else {
                return Ok(Self { name, links });
            };
            seen.push((text.identity, text.label));
            text = Text::open(kind, &target, text.folder.as_deref(), Some(&at))?;
            if let Some(first) = seen.iter().position(|(identity, _)| *identity == text.identity) {
                let mut chain: Vec<_> = seen.drain(first..).map(|(_, label)| label).collect();
                chain.push(text.label);
                return Err(ScenarioError::Cycle { at, chain });
            }
        }
    }

    /// What the files set, in the order in which it counts: the last one wins.
    pub fn settings(&self) -> impl Iterator<Item = &Given> {
        self.links
            .iter()
            .rev()
            .flat_map(|(document, _)| &document.settings)
    }

    /// The description nearest to the file that was asked for; empty if there is none.
    pub fn description(&self) -> String {
        self.links
            .iter()
            .find_map(|(document, _)| document.description.clone())
            .unwrap_or_default()
    }

    /// Weeks before week 0 as the nearest file has them \[weeks\].
    pub fn warm_up_weeks(&self) -> Option<u32> {
        self.links.iter().find_map(|(document, _)| document.warm_up_weeks)
    }

    /// The transformation of the nearest file that names one, the folder it is relative to, and its place.
    pub fn transformation(&self) -> Option<(&str, Option<&Path>, &Excerpt)> {
        self.links.iter().find_map(|(document, folder)| {
            let (name, at) = document.transformation.as_ref()?;
            Some((name.as_str(), folder.as_deref(), at.as_ref()))
        })
    }

    /// The operating model that the nearest file says it leads to, the folder it is relative to, and its place.
    pub fn target(&self) -> Option<(&str, Option<&Path>, &Excerpt)> {
        self.links.iter().find_map(|(document, folder)| {
            let (name, at) = document.to.as_ref()?;
            Some((name.as_str(), folder.as_deref(), at.as_ref()))
        })
    }

    /// The default environment of the nearest file that has one, the folder it is relative to, and its place.
    pub fn environment(&self) -> Option<(&str, Option<&Path>, &Excerpt)> {
        self.links.iter().find_map(|(document, folder)| {
            let (name, at) = document.environment.as_ref()?;
            Some((name.as_str(), folder.as_deref(), at.as_ref()))
        })
    }
}
