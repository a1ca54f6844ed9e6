//! Who brings what is built to those who would use it, and who answers for trouble in sales, marketing and success.

use super::Provenance::Assumed;
use super::setting::{choice, group};

choice! {
    /// Who does launch work with sales, marketing and customer success.
    LaunchOwner {
        /// Product people, in hours that they then lack elsewhere.
        Product = "product",
        /// A marketing function, whose people are paid for it and know the product at second hand.
        Marketing = "marketing",
        /// Nobody: users find out by themselves.
        Nobody = "nobody",
    }
}

choice! {
    /// Who answers for issues in sales, marketing and customer success.
    IssuesOwner {
        /// Product people, who learn from them.
        Product = "product",
        /// The functions in which they arise, whose people are paid for it.
        Functions = "functions",
        /// Nobody.
        Nobody = "nobody",
    }
}

group! {
    /// How what is live reaches those who would use it, and who answers for sales, marketing and success.
    Launch launch "launch"
    owner: LaunchOwner = LaunchOwner::Marketing, "choice", 0 => 0.0, None, Lever,
        Assumed("a marketing function is usual");
        "Who does launch work with sales, marketing and customer success."
    hours: f64 = 6.0, "hours per team and week", 0 => 80.0, None, Lever,
        Assumed("one person for some seven teams; no good source");
        "Hours of launch work for what one team brings out."
    issues_owner: IssuesOwner = IssuesOwner::Functions, "choice", 0 => 0.0, None, Lever,
        Assumed("each function answers for its own issues in most companies");
        "Who answers for issues in sales, marketing and customer success."
}
