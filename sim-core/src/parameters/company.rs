//! What an organisation has before it chooses how to work; shared by all arms of a comparison.

use super::Provenance::{Assumed, Measured, Seed};
use super::setting::group;

group! {
    /// What the organisation has, shared by all arms.
    Company company "company"
    teams: u32 = 12, "teams", 1 => 100_000.0, None, Constant,
        Assumed("one release train of typical size; SAFe names 5 to 12 teams");
        "Number of teams."
    teams_per_line: u32 = 4, "teams", 1 => 1000.0, None, Constant,
        Assumed("three product lines in the default company");
        "Teams that work on one product line."
    people_per_team: f64 = 8.0, "people", 1 => 30.0, None, Constant,
        Measured("SAFe names 50 to 125 people in 5 to 12 teams");
        "People in a team besides product people; what they cost in a week is the unit of value."
    team_capacity: f64 = 1.0, "team-weeks per week", 0.1 => 10.0, None, Constant,
        Assumed("by definition; an equal-budget comparison scales it");
        "Work that a team of nominal size does in a week when nothing stands in its way; its cost scales alike."
    discovery_craft: f64 = 0.4, "0-1", 0 => 1.0, Some((0.15, 0.7)), Uncertainty,
        Assumed("no accepted scale exists; the middle stands for people with some practice and little training");
        "How well product people find out what customers need."
    business_craft: f64 = 0.4, "0-1", 0 => 1.0, Some((0.15, 0.7)), Uncertainty,
        Assumed("no accepted scale exists");
        "How well product people see what a need is worth to the business, besides delighting users."
    backlog_craft: f64 = 0.5, "0-1", 0 => 1.0, Some((0.3, 0.7)), Uncertainty,
        Assumed("no accepted scale exists; the middle, at which stories take the hours that they are said to take");
        "How well product people write and order what others build."
    influence_craft: f64 = 0.5, "0-1", 0 => 1.0, Some((0.3, 0.7)), Uncertainty,
        Assumed("no accepted scale exists; the middle, at which saying no costs the trust that it is said to cost");
        "How well product people move others over whom they have no authority; makes up for decision rights that one of a pair lacks."
    craft_spread: f64 = 0.15, "0-1", 0 => 0.5, Some((0.08, 0.22)), Uncertainty,
        Assumed("no accepted scale exists; two thirds of people within 0.15 of the mean");
        "Standard deviation of craft among product people at the start and among candidates."
    experienced_leaders: f64 = 0.3, "share", 0 => 1.0, Some((0.1, 0.6)), Uncertainty,
        Assumed("no good source; swept");
        "Share of leaders of product people, at the start and on the market, who have done it well before."
    fist_to_five: f64 = 3.5, "1-5", 1 => 5.0, Some((2.5, 4.5)), Uncertainty,
        Seed("open space on product managers and owners: about 40 people, mostly 3 or 4");
        "What product managers and owners answer when asked from 1 to 5 for their work together, before anything moves it: where their trust starts and what it goes back to."
    initial_debt: f64 = 0.5, "debt units", 0 => 10.0, Some((0.1, 1.5)), Uncertainty,
        Assumed("forgotten during warm-up, as every arm settles at its own level");
        "Technical debt at the start of warm-up."
    initial_morale: f64 = 0.5, "0-1", 0 => 1.0, None, Constant,
        Assumed("the neutral middle; forgotten during warm-up");
        "Morale of every team at the start of warm-up."
    initial_trust: f64 = 0.5, "0-1", 0 => 1.0, None, Constant,
        Assumed("the neutral middle; forgotten during warm-up");
        "Trust of stakeholders in every product line at the start of warm-up."
    base_revenue: f64 = 6.0, "team-week costs per team and week", 0 => 1000.0, Some((3.0, 12.0)), Uncertainty,
        Assumed("software companies spend about a fifth of what they take on building the product");
        "What the company takes for what it had before week 0, for each of its teams."
    base_contribution: f64 = 1.5, "team-week costs per team and week", 0 => 1000.0, Some((1.3, 2.0)), Uncertainty,
        Assumed("an established product pays for those who build it, and a little more");
        "What that leaves after all other costs of the company, to pay for product work and profit."
    initial_cash: f64 = 60.0, "team-week costs per team", 0 => f64::INFINITY, Some((30.0, 120.0)), Uncertainty,
        Assumed("ten weeks of revenue; inf where an owner covers every loss");
        "Cash in week 0, for each team; below zero the company is insolvent."
    discount_per_year: f64 = 0.1, "1/year", 0 => 1.0, None, Constant,
        Assumed("a usual cost of capital for established firms");
        "Rate at which later value and cost count for less."
    product_person_cost: f64 = 1.2, "engineer salaries", 0 => 5.0, None, Constant,
        Assumed("no good source: slightly more than engineers");
        "Cost of a product person of middling craft, relative to a member of a team."
    craft_salary_premium: f64 = 0.5, "share", 0 => 3.0, Some((0.2, 1.0)), Uncertainty,
        Assumed("no good source: full craft earns about half more than none");
        "By what share of the stated salary pay rises over the whole scale of craft; middling craft earns the stated salary."
    leader_cost: f64 = 2.0, "engineer salaries", 0 => 10.0, None, Constant,
        Assumed("no good source: heads of product earn well above those they lead");
        "Cost of a head of product or chief product officer, relative to a member of a team."
}
