//! The scenario files that come with the program, as text; reading them is the same as for any other file.

use crate::error::ScenarioError;
use crate::file::{Text, read};
use crate::kind::Kind;

/// A file of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Kind of the file.
    pub kind: Kind,
    /// Name, without `.toml`.
    pub name: &'static str,
    /// The file as it is.
    pub text: &'static str,
}

/// What a file of the library says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Kind of the file.
    pub kind: Kind,
    /// Name, without `.toml`.
    pub name: &'static str,
    /// Short title.
    pub title: String,
    /// What it stands for, in plain words.
    pub description: String,
    /// Which document or literature it comes from.
    pub source: String,
    /// Name of the file it builds on, if any.
    pub extends: Option<String>,
    /// Own default environment, if it has one.
    pub environment: Option<String>,
    /// Name of the operating model it leads to, if it is a transformation that leads to one.
    pub to: Option<String>,
}

/// The library: all its files, embedded in the program.
#[derive(Debug, Clone, Copy)]
pub struct Library;

macro_rules! environment {
    ($name:literal) => {
        Entry {
            kind: Kind::Environment,
            name: $name,
            text: include_str!(concat!("../library/environments/", $name, ".toml")),
        }
    };
}

macro_rules! operating_model {
    ($name:literal) => {
        Entry {
            kind: Kind::OperatingModel,
            name: $name,
            text: include_str!(concat!("../library/operating-models/", $name, ".toml")),
        }
    };
}

macro_rules! transformation {
    ($name:literal) => {
        Entry {
            kind: Kind::Transformation,
            name: $name,
            text: include_str!(concat!("../library/transformations/", $name, ".toml")),
        }
    };
}

/// All files, in the order in which they are listed: the most usual first. A test compares it with the folders.
const ENTRIES: &[Entry] = &[
    environment!("enterprise"),
    environment!("coupled-platform"),
    environment!("stable-market"),
    environment!("startup"),
    environment!("ai-build"),
    environment!("bank"),
    environment!("utility-billing"),
    environment!("healthcare-saas"),
    environment!("reference"),
    operating_model!("safe"),
    operating_model!("safe-with-discovery"),
    operating_model!("empowered"),
    operating_model!("scrum-po"),
    operating_model!("pm-po-pair"),
    operating_model!("pm-po-pair-after-counselling"),
    operating_model!("one-pm-many-pos"),
    operating_model!("ba-chain"),
    operating_model!("pm-without-scrum"),
    operating_model!("feature-factory"),
    operating_model!("sales-led"),
    operating_model!("executive-led"),
    operating_model!("engineering-led"),
    operating_model!("best-practice-cult"),
    operating_model!("no-pm"),
    operating_model!("project-mode"),
    operating_model!("business-owner-pm"),
    operating_model!("product-led-company"),
    operating_model!("glue-pm"),
    operating_model!("startup-backlog-pm"),
    operating_model!("startup-metric-owner-pm"),
    operating_model!("reference-quarterly"),
    operating_model!("reference-continuous"),
    transformation!("full"),
    transformation!("training-only"),
    transformation!("certification-only"),
    transformation!("middle-managed"),
    transformation!("sponsor-leaves"),
    transformation!("incentives-last"),
    transformation!("bank-turnaround"),
    transformation!("train-365"),
    transformation!("reorg-merge-roles"),
    transformation!("po-to-pm"),
];

macro_rules! claim {
    ($name:literal) => {
        ($name, include_str!(concat!("../library/claims/", $name, ".toml")))
    };
}

/// Claims of the source documents, each with its text, in the order of the documents. A test compares it with the folder.
const CLAIMS: &[(&str, &str)] = &[
    claim!("stories-leave-no-time"),
    claim!("commitment-before-knowledge"),
    claim!("releasing-together-is-not-enough"),
    claim!("strategy-first"),
    claim!("no-access-no-discovery"),
    claim!("rewards-for-output"),
    claim!("order-takers"),
    claim!("invoices-that-cannot-be-sent"),
    claim!("dismantling-pays"),
    claim!("bank-without-its-framework"),
    claim!("no-room-to-pause"),
    claim!("not-agile-at-scale"),
    claim!("a-bank-can-too"),
    claim!("chief-product-officer"),
    claim!("trained-owners"),
    claim!("training-is-not-enough"),
    claim!("c-suite-must-own-it"),
    claim!("middle-managers-fail"),
    claim!("training-is-no-transformation"),
    claim!("certificates-are-no-craft"),
    claim!("incentives-first"),
    claim!("bank-turned-round"),
    claim!("let-people-choose"),
    claim!("a-map-and-nobody-blamed"),
    claim!("merging-roles-alone"),
    claim!("product-managers-without-scrum"),
    claim!("one-role-not-two"),
    claim!("one-leader-for-both"),
    claim!("ask-what-moves"),
    claim!("owner-without-business"),
    claim!("going-to-market"),
    claim!("business-acumen"),
    claim!("capital-allocation"),
    claim!("head-of-the-business"),
    claim!("go-to-market-in-own-hands"),
    claim!("cult-of-best-practice"),
    claim!("never-a-date"),
    claim!("issues-are-the-products"),
    claim!("influence-without-authority"),
    claim!("title-without-mandate"),
    claim!("project-mode"),
    claim!("standing-teams"),
    claim!("engineers-out-of-sight"),
    claim!("layers-of-abstraction"),
    claim!("backlog-or-metric"),
    claim!("machines-change-nothing"),
    claim!("building-is-a-means"),
    claim!("led-by-sales"),
    claim!("led-by-executives"),
    claim!("led-by-engineers"),
    claim!("blurred-roles"),
    claim!("boundaries-keep-trust"),
    claim!("shared-artefacts"),
    claim!("the-segment-that-never-moves"),
    claim!("decide-together"),
    claim!("escalate-early"),
    claim!("bad-news-fast"),
    claim!("talks-keep-trust"),
    claim!("one-manager-many-owners"),
    claim!("documents-for-many-owners"),
    claim!("counselling-pays"),
    claim!("five-against-three"),
    claim!("two-minds-see-more"),
    claim!("drive-bys-break-plans"),
    claim!("drive-bys-cost-value"),
    claim!("dates-with-care"),
    claim!("one-rhythm"),
    claim!("outcome-tree"),
    claim!("purpose-through-customers"),
    claim!("impact-matters-most"),
    claim!("two-minds"),
    claim!("certificates-are-not-craft"),
    claim!("certificates-in-hiring"),
    claim!("experienced-leaders-among-others"),
    claim!("gaps-cascade-down"),
    claim!("growth-into-leadership"),
    claim!("one-ladder-keeps-people"),
    claim!("one-ladder"),
    claim!("self-selection-is-healthy"),
    claim!("shadowing-pays"),
    claim!("training-alone"),
    claim!("training-needs-practice"),
    claim!("technology-guides-research"),
    claim!("problems-worth-paying-for"),
];

impl Library {
    /// Names and texts of all claims.
    pub(crate) fn claims() -> &'static [(&'static str, &'static str)] {
        CLAIMS
    }

    /// The environment used when none is named.
    pub const DEFAULT_ENVIRONMENT: &'static str = "enterprise";

    /// All files, environments first.
    pub fn entries() -> &'static [Entry] {
        ENTRIES
    }

    /// The files of one kind.
    pub fn of_kind(kind: Kind) -> impl Iterator<Item = &'static Entry> {
        ENTRIES.iter().filter(move |entry| entry.kind == kind)
    }

    /// The file of this kind and name, if there is one.
    pub fn find(kind: Kind, name: &str) -> Option<&'static Entry> {
        Self::of_kind(kind).find(|entry| entry.name == name)
    }

    /// What the files of one kind say about themselves.
    ///
    /// # Errors
    /// If a file of the library is broken, which tests rule out.
    pub fn list(kind: Kind) -> Result<Vec<Listed>, ScenarioError> {
        Self::of_kind(kind).map(Entry::listed).collect()
    }
}

impl Entry {
    fn listed(&self) -> Result<Listed, ScenarioError> {
        let document = read(self.kind, &Text::open(self.kind, self.name, None, None)?)?;
        Ok(Listed {
            kind: self.kind,
            name: self.name,
            title: document.title.unwrap_or_default(),
            description: document.description.unwrap_or_default(),
            source: document.source.unwrap_or_default(),
            extends: document.extends.map(|(name, _)| name),
            environment: document.environment.map(|(name, _)| name),
            to: document.to.map(|(name, _)| name),
        })
    }
}
