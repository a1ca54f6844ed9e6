//! The setting of the reference model: every number its rules depend on; never a rule.

/// All numbers of the reference model; the default is the setting on which implementations are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Number of teams \[teams\].
    pub teams: u32,
    /// Length of a replication; the last week is `weeks - 1` \[weeks\].
    pub weeks: u32,
    /// Mean number of ideas that arrive, above 0 \[ideas per team and week\].
    pub arrivals_per_team_week: f64,
    /// Location of the Student-t distribution of value \[value units\].
    pub value_location: f64,
    /// Scale of the Student-t distribution of value, which has 3 degrees of freedom \[value units\].
    pub value_scale: f64,
    /// Mean of the logarithm of effort \[ln team-weeks\].
    pub effort_log_mean: f64,
    /// Standard deviation of the logarithm of effort \[ln team-weeks\].
    pub effort_log_deviation: f64,
    /// Standard deviation of the error of the first estimate, above 0 \[value units\].
    pub first_estimate_noise: f64,
    /// Standard deviation of the error of one test, above 0 \[value units\].
    pub test_noise: f64,
    /// Ideas tested in a week of the continuous arm \[ideas\].
    pub tests_per_week: usize,
    /// Standard deviation of the logarithm of a week's capacity \[ln team-weeks\].
    pub capacity_log_deviation: f64,
    /// Share of capacity that the continuous arm gives to discovery \[share\].
    pub discovery_share: f64,
    /// Weeks between planning events of the quarterly arm \[weeks\].
    pub cadence_weeks: u32,
    /// Share of nominal capacity (1 team-week a week) that a planning event fills \[share\].
    pub load_factor: f64,
    /// Age at which shipping an idea brings half of its value \[weeks\].
    pub staleness_half_life_weeks: f64,
    /// Ideas a backlog holds \[ideas\].
    pub backlog_limit: usize,
    /// The quarterly arm commits only ideas whose estimate per effort is above this \[value units per team-week\].
    pub quarterly_start_threshold: f64,
    /// The continuous arm starts only ideas whose estimate per effort is above this \[value units per team-week\].
    pub continuous_start_threshold: f64,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            teams: 12,
            weeks: 156,
            arrivals_per_team_week: 0.8,
            value_location: 0.2,
            value_scale: 1.0,
            effort_log_mean: 0.5,
            effort_log_deviation: 0.6,
            first_estimate_noise: 2.0,
            test_noise: 1.5,
            tests_per_week: 3,
            capacity_log_deviation: 0.2,
            discovery_share: 0.25,
            cadence_weeks: 12,
            load_factor: 0.85,
            // An idea keeps exp(-age / 52) of its value.
            staleness_half_life_weeks: 52.0 * std::f64::consts::LN_2,
            backlog_limit: 64,
            quarterly_start_threshold: f64::NEG_INFINITY,
            continuous_start_threshold: 0.0,
        }
    }
}
