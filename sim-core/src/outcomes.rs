//! The one table of outcomes: what a run reports, in which unit, and which direction is better.

/// Which direction of an outcome is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither is better by itself.
    Neutral,
}

impl Direction {
    /// `higher`, `lower` or `neutral`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neutral => "neutral",
        }
    }
}

/// One row of the outcome table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeRow {
    /// Identifier, the outcome's name in files and options.
    pub name: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// Short form of the unit for column names, without blanks.
    pub unit_key: &'static str,
    /// Which direction is better.
    pub direction: Direction,
    /// One plain sentence.
    pub meaning: &'static str,
}

macro_rules! outcomes {
    ($( $variant:ident $name:literal $unit:literal $key:literal $direction:ident $meaning:literal )+) => {
        /// An outcome of a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Outcome { $( #[doc = $meaning] $variant ),+ }

        impl Outcome {
            /// All outcomes, in the order in which they are reported.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];
            /// Number of outcomes.
            pub const COUNT: usize = Self::ALL.len();

            /// The outcome's row of the table.
            pub const fn row(self) -> &'static OutcomeRow {
                const ROWS: &[OutcomeRow] = &[$( OutcomeRow {
                    name: $name, unit: $unit, unit_key: $key, direction: Direction::$direction, meaning: $meaning,
                } ),+];
                &ROWS[self as usize]
            }
        }
    };
}

outcomes! {
    ShippedValue "shipped_value" "team-week costs" "team_week_costs" Higher
        "Value of what was shipped, discounted, from week 0 to the horizon."
    ShippedValueYear1 "shipped_value_year_1" "team-week costs" "team_week_costs" Higher
        "The same over the first 52 weeks."
    ShippedValueYear3 "shipped_value_year_3" "team-week costs" "team_week_costs" Higher
        "The same over the first 156 weeks."
    LifetimeValue "lifetime_value" "team-week costs" "team_week_costs" Higher
        "Shipped value and what the shipped items will still bring after the horizon, discounted."
    NetValue "net_value" "team-week costs" "team_week_costs" Higher
        "Shipped value minus all costs, discounted alike."
    TotalCost "total_cost" "team-week costs" "team_week_costs" Lower
        "Cost of teams, product people, coordination, access, data and releases, discounted."
    ReturnOnTeamCost "return_on_team_cost" "ratio" "ratio" Higher
        "Shipped value divided by the cost of the teams, discounted alike."
    PaybackWeek "payback_week" "weeks" "weeks" Lower
        "First week in which shipped value so far exceeds all costs so far; missing if that never happens."
    ValueRateEnd "value_rate_end" "team-week costs per week" "team_week_costs_per_week" Higher
        "Value per week that shipped items bring in the last week."
    ItemsShipped "items_shipped" "items" "items" Neutral
        "Items that went live."
    HelpedShare "helped_share" "share" "share" Higher
        "Share of shipped items whose effect at launch is above the flat band."
    FlatShare "flat_share" "share" "share" Lower
        "Share of shipped items whose effect at launch is within the flat band."
    HarmedShare "harmed_share" "share" "share" Lower
        "Share of shipped items whose effect at launch is below the flat band."
    BuildTrapIndex "build_trap_index" "share" "share" Lower
        "Share of build effort that went into items that did not help."
    ItemsKilled "items_killed" "items" "items" Neutral
        "Ideas and items given up on evidence before they went live."
    Duplicates "duplicates" "items" "items" Lower
        "Items built although another team had already started on the same need."
    LeadTimeWeeks "lead_time_weeks" "weeks" "weeks" Lower
        "Mean time from an idea becoming visible to its going live."
    WorkInProgress "work_in_progress" "items per team" "items_per_team" Lower
        "Mean number of started and unfinished items of a team."
    FlowEfficiency "flow_efficiency" "share" "share" Higher
        "Share of lead time in which shipped items were being worked on."
    DeploysPerQuarter "deploys_per_quarter" "releases per team" "releases_per_team" Higher
        "Releases that a team takes part in each quarter."
    ReleaseFailures "release_failures" "share" "share" Lower
        "Share of releases that failed and were tried again."
    Predictability "predictability" "share" "share" Higher
        "Share of a team's forecast for 12 weeks, by estimated effort, that was finished in them."
    DiscoveryHours "discovery_hours" "hours per team and week" "hours_per_team_week" Neutral
        "Hours of product people and engineers spent on discovery."
    CustomerContacts "customer_contacts" "contacts per team and week" "contacts_per_team_week" Higher
        "Tests and searches made with direct access to customers."
    JudgementRho "judgement_rho" "correlation" "correlation" Higher
        "Correlation of belief and true value over the candidates at moments of choice, evidence included."
    JudgementRhoBeforeEvidence "judgement_rho_before_evidence" "correlation" "correlation" Neutral
        "The same before the chooser's own evidence: first estimates and claims only."
    TechnicalDebt "technical_debt" "debt units" "debt_units" Lower
        "Mean technical debt of a team."
    Morale "morale" "0-1" "share" Higher
        "Mean morale of a team."
    AttritionPerYear "attrition_per_year" "1/year" "per_year" Lower
        "People who left in a year, as a share of all."
    StakeholderTrust "stakeholder_trust" "0-1" "share" Higher
        "Mean trust of stakeholders in a product line."
    Craft "craft" "0-1" "share" Higher
        "Mean craft of product people in discovery and business."
    ProductAttritionPerYear "product_attrition_per_year" "1/year" "per_year" Lower
        "Product people of teams who left the company in a year, as a share of all seats."
    SeniorShare "senior_share" "share" "share" Higher
        "Share of seats for product people that seniors hold."
    ExperiencedLeaders "experienced_leaders" "share" "share" Higher
        "Share of posts of heads of product and chief product officer held by somebody of a senior's craft."
    OperationsPeople "operations_people" "people" "people" Neutral
        "Mean number of product people who have gone into operations, data and research."
    Adoption "adoption" "share" "share" Neutral
        "Share of teams that work by the model of a transformation at the end; 0 where there is none."
    TransformationCost "transformation_cost" "team-week costs" "team_week_costs" Lower
        "Fees and heads of a transformation, discounted; part of the total cost."
    LearningTeamWeeks "learning_team_weeks" "team-weeks" "team_weeks" Lower
        "Output that teams lost while what they did was new to them."
    Cash "cash" "team-week costs" "team_week_costs" Higher
        "Cash of the company at the end, not discounted; missing where an owner covers every loss."
    LineProfit "line_profit" "team-week costs per week" "team_week_costs_per_week" Higher
        "Mean weekly revenue less cost of a product line while the company exists."
    InsolventShare "insolvent_share" "share" "share" Lower
        "Share of worlds in which cash fell below zero, which ended the company."
    DyadTrust "dyad_trust" "0-1" "share" Higher
        "Mean trust between product manager and product owner; missing where there are no two."
    FistToFive "fist_to_five" "1-5" "five" Higher
        "What product managers and owners would answer when asked from 1 to 5 for their work together: one more than four times their trust."
    DecisionDelayWeeks "decision_delay_weeks" "weeks" "weeks" Lower
        "Mean time that a need known to the product manager waits before it enters the product owner's backlog."
}

impl Outcome {
    /// The outcome called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|outcome| outcome.row().name == name)
    }

    /// Column name with the unit: `lead_time_weeks` stays, `morale` becomes `morale_share`.
    pub fn column(self) -> String {
        let row = self.row();
        if row.name.ends_with(row.unit_key) {
            row.name.to_owned()
        } else {
            format!("{}_{}", row.name, row.unit_key)
        }
    }
}

/// Values of all outcomes of one run; a missing value is `None`, never zero. Two are equal if every bit is.
#[derive(Debug, Clone, Copy)]
pub struct Outcomes([f64; Outcome::COUNT]);

impl PartialEq for Outcomes {
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f64::to_bits) == other.0.map(f64::to_bits)
    }
}

impl Default for Outcomes {
    fn default() -> Self {
        Self([f64::NAN; Outcome::COUNT])
    }
}

impl Outcomes {
    /// The value, or `None` if this run has none.
    pub fn get(&self, outcome: Outcome) -> Option<f64> {
        let value = self.0[outcome as usize];
        (!value.is_nan()).then_some(value)
    }

    /// Sets a value; not-a-number means missing.
    pub fn set(&mut self, outcome: Outcome, value: f64) {
        self.0[outcome as usize] = value;
    }
}

macro_rules! series {
    ($( $variant:ident $name:literal $unit:literal $meaning:literal )+) => {
        /// A weekly series of a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Series { $( #[doc = $meaning] $variant ),+ }

        impl Series {
            /// All series, in the order in which they are reported.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];
            /// Number of series.
            pub const COUNT: usize = Self::ALL.len();
            /// Identifier in files.
            pub const fn name(self) -> &'static str { const NAMES: &[&str] = &[$($name),+]; NAMES[self as usize] }
            /// Unit in words.
            pub const fn unit(self) -> &'static str { const UNITS: &[&str] = &[$($unit),+]; UNITS[self as usize] }
        }
    };
}

series! {
    ValueRate "value_rate" "team-week costs per week" "Value that shipped items bring in this week."
    ShippedValue "shipped_value" "team-week costs" "Discounted value since week 0."
    ItemsShipped "items_shipped" "items" "Items live since week 0."
    WorkInProgress "work_in_progress" "items per team" "Started and unfinished items of a team."
    TechnicalDebt "technical_debt" "debt units" "Mean technical debt of a team."
    Morale "morale" "0-1" "Mean morale of a team."
    StakeholderTrust "stakeholder_trust" "0-1" "Mean trust of stakeholders."
    DiscoveryHours "discovery_hours" "hours per team" "Hours spent on discovery in this week."
    Craft "craft" "0-1" "Mean craft of product people in discovery and business."
    NetValue "net_value" "team-week costs" "Discounted value since week 0 less all costs, and less what mandates stopped or was lost with the company."
    Adoption "adoption" "share" "Share of teams that work by the model of a transformation."
    CashFlow "cash_flow" "team-week costs" "Revenue less cost of the company since week 0."
    DyadTrust "dyad_trust" "0-1" "Mean trust between product manager and product owner; empty where there are no two."
}

/// One week of a run: a value for each [`Series`].
pub type WeekRecord = [f64; Series::COUNT];
