//! The company's money: what it has taken and spent since week 0, and whether it still exists.

/// What was taken and what was spent \[team-week costs\].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Books {
    /// Revenue.
    pub revenue: f64,
    /// Cost.
    pub cost: f64,
}

/// The money of the company.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Business {
    /// Cash \[team-week costs\]; infinite where an owner covers every loss.
    pub cash: f64,
    /// Weeks that were booked.
    pub weeks: u32,
    /// Week in which cash fell below zero; the company ended then.
    pub insolvent: Option<i32>,
}
