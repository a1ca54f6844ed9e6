//! How people and work behave: constants of nature as far as anybody knows them.

use super::Provenance::{Assumed, Measured, Seed};
use super::setting::group;

group! {
    /// How people and work behave: constants of nature as far as they are known.
    Behaviour behaviour "behaviour"
    prior_weight: f64 = 1.0, "ratio", 0 => 10.0, None, Constant,
        Assumed("1: choosers know how often ideas work in general");
        "Precision of the chooser's prior relative to the true spread of needs; 0 is a flat prior."
    exact_belief: bool = false, "switch", 0 => 1.0, None, Constant,
        Assumed("people do not integrate under fat tails; on only for checks");
        "Whether beliefs are exact posterior means under the true prior instead of normal updates."
    first_estimate_noise: f64 = 5.0, "value units", 0 => 1e6, Some((3.0, 12.0)), Uncertainty,
        Measured("gives a correlation with the truth within 0 to 0.4, the range of Kohavi's staff survey and of expert forecasts");
        "Standard deviation of the error of the first estimate of what a need is worth."
    sales_claim_noise: f64 = 5.0, "value units", 0 => 1e6, Some((2.5, 10.0)), Uncertainty,
        Assumed("as noisy as a first estimate; swept");
        "Standard deviation of the error of a claim made by sales."
    executive_claim_noise: f64 = 5.0, "value units", 0 => 1e6, Some((2.5, 10.0)), Uncertainty,
        Assumed("seniority does not help prediction (DellaVigna and Pope 2018); swept");
        "Standard deviation of the error of a claim made by an executive."
    engineering_claim_noise: f64 = 5.0, "value units", 0 => 1e6, Some((2.5, 10.0)), Uncertainty,
        Assumed("as noisy as a first estimate; swept");
        "Standard deviation of the error of a claim made by engineers."
    customer_claim_noise: f64 = 4.0, "value units", 0 => 1e6, Some((2.0, 8.0)), Uncertainty,
        Assumed("customers know their needs a little better; swept");
        "Standard deviation of the error of a claim made by customers."
    claim_inflation: f64 = 1.0, "value units", -10.0 => 20.0, Some((0.0, 3.0)), Uncertainty,
        Assumed("who asks does not understate; swept");
        "By how much claims of stakeholders overstate value on average."
    payoff_weeks: f64 = 60.0, "weeks", 0.01 => 1000.0, Some((40.0, 90.0)), Uncertainty,
        Assumed("about the discounted weeks of use within the horizon that an average item has ahead");
        "Weeks of value that choosers count, one figure for all ideas."
    cost_weight: f64 = 1.0, "ratio", 0 => 10.0, None, Constant,
        Assumed("1: effort counts at its cost");
        "Weight of effort in the chooser's objective."
    evidence_noise: f64 = 2.5, "value units", 0.01 => 1e6, Some((1.5, 4.5)), Uncertainty,
        Assumed("no good source for the worth of a week of discovery; swept, and heads the sensitivity report");
        "Standard deviation of one quantum of evidence at full craft and access."
    craft_access_exponent: f64 = 0.0, "CES exponent", -20.0 => 1.0, Some((-2.0, 1.0)), Uncertainty,
        Assumed("geometric mean by default; swept from near minimum to additive");
        "How far craft can stand in for access to customers: 1 adds them, very negative takes the smaller."
    hours_per_test: f64 = 6.0, "hours", 0.1 => 400.0, Some((3.0, 12.0)), Uncertainty,
        Assumed("a few interviews or a prototype test with preparation; swept");
        "Hours of a product person for one quantum of evidence."
    engineer_tests_per_week: f64 = 2.0, "quanta per team-week", 0 => 100.0, Some((0.5, 5.0)), Uncertainty,
        Assumed("no good source; swept");
        "Quanta of evidence from a team-week that engineers spend on discovery."
    search_hours_per_need: f64 = 12.0, "hours", 0.1 => 1000.0, Some((4.0, 40.0)), Uncertainty,
        Assumed("20 to 30 interviews find 90 percent of needs (Griffin and Hauser 1993); hours per need assumed");
        "Hours of search, at full craft and access, that find a given quiet need with probability 1 - 1/e."
    feasibility_test_power: f64 = 0.6, "probability", 0 => 1.0, Some((0.3, 0.9)), Uncertainty,
        Assumed("no good source");
        "Probability that the first test of an infeasible solution shows that it cannot be built."
    infeasible_effort_share: f64 = 0.5, "share", 0 => 1.0, None, Constant,
        Assumed("half way through the work");
        "Share of the effort spent on an infeasible solution before it is given up."
    incentive_crowding: f64 = 0.5, "share", 0 => 1.0, Some((0.2, 0.8)), Uncertainty,
        Assumed("pay raises the rewarded quantity, hardly quality (Jenkins 1998, Kim et al. 2022); size assumed");
        "Share of the wish to do discovery that fades when only shipping is rewarded."
    story_hours_per_item: f64 = 20.0, "hours", 0 => 400.0, Some((8.0, 32.0)), Uncertainty,
        Seed("Perri 2022: order-taking product owners spend their week on user stories; as many hours as fill it in `safe`");
        "Hours of writing and explaining that an average item needs, per hand-off and once more."
    stakeholder_hours: f64 = 3.0, "hours per team and week", 0 => 40.0, Some((1.5, 6.0)), Uncertainty,
        Assumed("a fifth of the 37 percent of time that meetings take (Pragmatic 2013)");
        "Hours for stakeholders of middling trust; double at no trust, none at full trust."
    line_hours: f64 = 6.0, "hours per person and week", 0 => 40.0, None, Constant,
        Measured("email, about 25 hours a month (Pragmatic 2019)");
        "Hours of product people for duties that no operating model changes."
    starvation_effect: f64 = 0.5, "share", 0 => 1.0, Some((0.2, 0.8)), Uncertainty,
        Assumed("no good source");
        "Share of a team's output lost when product people have no hour for its duties."
    dependency_hours: f64 = 2.5, "hours", 0.1 => 400.0, Some((1.0, 6.0)), Uncertainty,
        Assumed("practitioners say that planning events find most but not all dependencies; swept");
        "Joint planning hours per item that find a dependency with probability 1 - 1/e."
    missed_dependency_effort: f64 = 1.5, "ratio", 1 => 10.0, Some((1.25, 2.5)), Uncertainty,
        Measured("coordination that matches dependencies saves 32 percent of the time (Cataldo et al. 2008): 1/0.68; work across sites took 2.5 times as long (Herbsleb and Mockus 2003); time taken for effort");
        "Effort of a dependency that planning missed, relative to one that it found."
    alignment_hours: f64 = 12.0, "hours per person and quarter", 0.1 => 400.0, Some((5.0, 30.0)), Uncertainty,
        Assumed("no good source; swept");
        "Joint planning hours that close the gap of alignment to 1/e."
    dependency_escalation_weeks: u32 = 6, "weeks", 0 => 52.0, None, Constant,
        Assumed("no good source");
        "Weeks after which a missed dependency is served whatever else the serving team wants."
    switching_loss: f64 = 0.1, "share", 0 => 0.5, Some((0.05, 0.2)), Uncertainty,
        Assumed("between Clark and Wheelwright and a study of students by Tregubov, Boehm et al.; swept");
        "Share of capacity lost for each further item in work at the same time."
    debt_drag: f64 = 0.15, "1/debt unit", 0 => 5.0, Some((0.05, 0.3)), Uncertainty,
        Assumed("no good source; swept");
        "Slowdown of delivery by one unit of technical debt."
    debt_growth: f64 = 0.015, "debt units per team-week", 0 => 1.0, Some((0.005, 0.03)), Uncertainty,
        Assumed("no good source; sets the unit of debt together with its drag");
        "Debt that every team-week of delivery leaves behind without any shortcut."
    debt_repayment: f64 = 0.5, "share per team-week", 0 => 10.0, Some((0.25, 1.0)), Uncertainty,
        Assumed("no good source");
        "How much of a team's debt a team-week of clean-up removes, at first."
    shortcut_gain: f64 = 0.2, "share", 0 => 1.0, Some((0.1, 0.3)), Uncertainty,
        Assumed("no good source");
        "How much faster a team delivers while it takes every shortcut."
    shortcut_debt: f64 = 0.05, "debt units per team-week", 0 => 5.0, Some((0.02, 0.1)), Uncertainty,
        Assumed("no good source");
        "Debt left by a team-week in which every shortcut is taken."
    tacit_share: f64 = 0.3, "share", 0 => 1.0, Some((0.0, 0.6)), Uncertainty,
        Assumed("no good source; reported beside judgement at the head of every sensitivity report");
        "Share of a need that only knowledge passed from person to person carries."
    retention: f64 = 0.7, "share per hand-off", 0 => 1.0, Some((0.5, 0.9)), Uncertainty,
        Assumed("no good source for software; in medicine 0.2 of hand-offs hold all five elements without and 0.7 with a protocol (I-PASS 2023)");
        "Share of that knowledge kept in one hand-off."
    owner_view: f64 = 0.5, "share", 0 => 1.0, Some((0.2, 0.8)), Uncertainty,
        Assumed("product managers face outward, product owners inward (open space on product managers and owners); size assumed, swept");
        "Share of the manager's picture of strategy and business that somebody sees who looks from inside: a product owner, or engineers on their own."
    manager_view: f64 = 0.6, "share", 0 => 1.0, Some((0.3, 0.9)), Uncertainty,
        Assumed("no good source; swept");
        "Share of what a team's needs are worth by themselves that a product manager of very many owners sees; the manager of a single owner sees all of it."
    shared_error: f64 = 0.4, "correlation", 0 => 1.0, Some((0.1, 0.8)), Uncertainty,
        Assumed("two people of one company share much of what they know (Clemen and Winkler 1985 on dependent experts); swept");
        "Correlation of the errors of two product people who judge the same need."
    ritual_reach: f64 = 1.0, "hours per owner and week", 0.01 => 40.0, Some((0.4, 2.5)), Uncertainty,
        Assumed("no good source; an hour a week for each owner is the usual one-on-one");
        "Hours of talk that do 1 - 1/e of what talk can do for trust."
    artefact_reach: f64 = 4.0, "hours per person and week", 0.01 => 40.0, Some((1.5, 10.0)), Uncertainty,
        Assumed("a protocol raised complete hand-offs in medicine from 0.2 to 0.7 (I-PASS 2023); hours assumed");
        "Hours on shared documents that carry 1 - 1/e of what would otherwise need trust or be missed."
    decision_weeks: f64 = 2.0, "weeks", 0 => 52.0, Some((0.5, 4.0)), Uncertainty,
        Assumed("no good source; swept");
        "Weeks that a decision waits between two people of middling trust; twice that at no trust, none at full trust."
    boundary_conflicts_per_quarter: f64 = 4.0, "1/quarter", 0 => 100.0, Some((1.5, 8.0)), Uncertainty,
        Assumed("no good source; swept");
        "Conflicts of a pair about who decides what, where nothing about it is clear and both have the same leader."
    separate_lines_conflicts: f64 = 1.5, "ratio", 1 => 10.0, Some((1.0, 2.5)), Uncertainty,
        Assumed("Productside webinar: collaborate despite organisational lines; size assumed");
        "How many times more often a pair is in conflict whose members report to different leaders."
    escalation_effort: f64 = 0.02, "team-weeks", 0 => 5.0, Some((0.005, 0.05)), Uncertainty,
        Assumed("about six hours of one person: a meeting of several and what it takes to prepare it");
        "Work that a decision costs which goes to the leaders of a pair."
    iteration_closure: f64 = 0.5, "share", 0 => 1.0, Some((0.25, 0.75)), Uncertainty,
        Assumed("no good source");
        "Share of what is missing in fit that one iteration after launch closes."
    iteration_effort_share: f64 = 0.25, "share", 0.01 => 2.0, Some((0.1, 0.5)), Uncertainty,
        Assumed("no good source");
        "Effort of an iteration relative to the item it improves."
    integration_risk: f64 = 0.03, "1/item", 0 => 1.0, Some((0.01, 0.06)), Uncertainty,
        Measured("change failure 5 to 40 percent over the classes of DORA 2024, spread over the items of a release");
        "Rate at which the chance of a failed release grows with the items in it."
    rework_share: f64 = 0.1, "share", 0 => 1.0, Some((0.05, 0.25)), Uncertainty,
        Assumed("no good source");
        "Share of its effort that an item of a failed release costs again."
    rework_weeks: u32 = 1, "weeks", 1 => 26.0, None, Constant,
        Measured("DORA 2019: low performers restore within a week to a month, others within a day");
        "Weeks until a failed release is tried again."
    measure_weeks: u32 = 4, "weeks", 1 => 52.0, None, Constant,
        Assumed("usual length of an experiment with slow metrics");
        "Weeks after release when the effect of an item is measured."
    rollback_threshold: f64 = 1.64, "standard errors", 0 => 6.0, None, Constant,
        Assumed("one-sided five percent");
        "How clearly harmful a measurement must be for an item to be rolled back."
    date_effort_share: f64 = 0.05, "share", 0 => 1.0, None, Constant,
        Assumed("no good source");
        "Effort of a closer look before a high-integrity date, relative to the item."
    trust_step: f64 = 0.03, "0-1 per event", 0 => 1.0, Some((0.015, 0.06)), Uncertainty,
        Assumed("no good source; swept");
        "By what share of the way one kept date or moved metric raises trust, or one miss lowers it."
    trust_return: f64 = 0.01, "1/week", 0 => 1.0, None, Constant,
        Assumed("memory of about two years");
        "Rate at which trust goes back to the middle when nothing happens."
    morale_output_effect: f64 = 0.14, "share", 0 => 1.0, Some((0.05, 0.28)), Uncertainty,
        Measured("trust within teams, taken for morale: 7 percent of output per standard deviation, half of rho 0.30 (De Jong et al. 2016) times 48 percent (Hunter et al. 1990); half the scale is one standard deviation");
        "Output at full morale less output at neutral morale, times two."
    morale_weeks: f64 = 12.0, "weeks", 1 => 520.0, None, Constant,
        Assumed("no good source");
        "Weeks in which morale moves most of the way to what the work deserves."
    morale_driver_weight: f64 = 0.25, "0-1", 0 => 1.0, Some((0.1, 0.4)), Uncertainty,
        Assumed("each driver moves morale by a quarter of the scale at most; no good source for the relative weights");
        "How far one driver of morale, from its worst to its best, moves the level that morale tends to."
    morale_event_step: f64 = 0.02, "0-1 per event", 0 => 1.0, Some((0.005, 0.05)), Uncertainty,
        Assumed("no good source; swept");
        "By how much killed work or a changed plan lowers a team's morale at once."
    attrition_per_year: f64 = 0.13, "1/year", 0 => 2.0, Some((0.08, 0.25)), Uncertainty,
        Measured("13.2 percent in software (LinkedIn 2018)");
        "Rate at which a person of neutral morale leaves."
    attrition_morale_effect: f64 = 1.4, "ln units", 0 => 5.0, Some((0.7, 1.7)), Uncertainty,
        Measured("twice as many look for work in chaotic organisations (PMF 2019); half the scale doubles the rate");
        "How strongly low morale raises attrition: ln of the ratio from full to no morale."
    newcomer_output: f64 = 0.5, "share", 0 => 1.0, Some((0.3, 0.7)), Uncertainty,
        Measured("nominal productivity of new staff 0.5 (Abdel-Hamid and Madnick 1991)");
        "Output of a newcomer at first, relative to the person who left."
    ramp_weeks: f64 = 16.0, "weeks", 1 => 104.0, Some((8.0, 26.0)), Uncertainty,
        Measured("80 working days of assimilation (Abdel-Hamid and Madnick 1991)");
        "Weeks in which newcomers make up most of what they lack."
    product_attrition_per_year: f64 = 0.15, "1/year", 0 => 2.0, Some((0.08, 0.3)), Uncertainty,
        Measured("13.2 percent in software (LinkedIn 2018); 21 percent of product managers look for another job (PMF 2019)");
        "Rate at which a product person of neutral morale and middling craft, who has got as far as deserved, leaves."
    held_back_effect: f64 = 0.16, "ln units per rung", 0 => 5.0, Some((0.0, 0.36)), Uncertainty,
        Measured("a career ladder multiplies the hazard of leaving by 0.85, 0.7 to 1.0 (Carson et al. 1994; Griffeth et al. 2000)");
        "By how much each rung between where product people stand and where they deserve to stand raises ln of the rate of leaving."
    outside_effect: f64 = 1.0, "ln units", 0 => 10.0, Some((0.0, 2.0)), Uncertainty,
        Assumed("better people have more offers; no good source, swept");
        "By how much ln of the rate of leaving rises over the whole scale of craft."
    practice_hours: f64 = 1500.0, "hours", 10.0 => f64::INFINITY, Some((700.0, 4000.0)), Uncertainty,
        Assumed("four years at eight hours a week; experience predicts performance by 0.27 (Quinones et al. 1995); swept");
        "Hours of practice that close what is missing in craft to 1/e."
    forgetting_half_life_weeks: f64 = 260.0, "weeks", 1 => f64::INFINITY, Some((130.0, 520.0)), Uncertainty,
        Assumed("five years, slower than what was only taught; no good source, swept");
        "Weeks in which half of a craft is lost that is not practised at all."
    watching_hours: f64 = 150.0, "hours", 10.0 => f64::INFINITY, Some((80.0, 400.0)), Uncertainty,
        Seed("Perri 2022: give them a year or two beside people who know what good looks like; two hours a week for a year and a half");
        "Hours beside a better product person that close the gap of craft between the two to 1/e."
    watching_afar: f64 = 0.25, "share", 0 => 1.0, Some((0.0, 0.6)), Uncertainty,
        Assumed("no good source; swept");
        "What an hour with a better person of another product line is worth, relative to one of the same line."
    training_week_effect: f64 = 0.15, "share", 0 => 1.0, Some((0.08, 0.22)), Uncertainty,
        Measured("0.62 standard deviations of behaviour (Arthur et al. 2003, 0.4 to 0.7 by other sources) of 0.15 each, by what middling craft lacks");
        "Share of what is missing in craft that a week of training brings to the job at first."
    training_half_life_weeks: f64 = 55.0, "weeks", 1 => f64::INFINITY, Some((35.0, 90.0)), Uncertainty,
        Measured("transfer of 62 percent right after training, 44 after half a year, 34 after a year (Saks and Belcourt 2006)");
        "Weeks in which half of what training added either takes root by practice or is lost."
    rooting_hours: f64 = 4.0, "hours per week", 0.1 => 40.0, Some((2.0, 8.0)), Uncertainty,
        Assumed("no good source; the work environment decides what lasts (Blume et al. 2010)");
        "Hours of practice a week with which everything that training added takes root; with fewer, that share of it."
    training_fee: f64 = 0.2, "team-week costs per person and week", 0 => 10.0, Some((0.1, 0.4)), Uncertainty,
        Assumed("price of courses with travel, about that of 1.6 weeks of one person; judgement");
        "What a week of training of one person costs besides the person's time."
    opting_out: f64 = 0.25, "probability", 0 => 1.0, Some((0.1, 0.4)), Uncertainty,
        Seed("Perri 2022: of 365 people trained many moved into operations, data or research; no share is given");
        "Probability that a person of middling craft finds in the first training that another job suits better; less with more craft."
    operations_reach: f64 = 2.0, "teams", 0.1 => 100.0, Some((1.0, 4.0)), Uncertainty,
        Assumed("one person for two teams, as in the price of access and data");
        "Teams for which one person in operations, data or research closes what is missing in access or data to 1/e."
    hiring_accuracy: f64 = 0.42, "correlation", 0 => 1.0, Some((0.2, 0.6)), Uncertainty,
        Measured("structured interviews predict performance by 0.42, work samples by 0.33, unstructured interviews by 0.19 (Sackett et al. 2022)");
        "Correlation of what is seen of candidates with their craft, where certificates count for nothing."
    hours_per_candidate: f64 = 10.0, "hours", 0 => 400.0, Some((5.0, 20.0)), Uncertainty,
        Assumed("reading, interviews by several people and talking them over; judgement");
        "Hours of a team's product people for each candidate."
    certificate_effect: f64 = 0.1, "share", 0 => 1.0, Some((0.0, 0.2)), Uncertainty,
        Seed("Perri 2022: a two-day class makes certified managers of backlogs; size judged");
        "Share of what is missing in backlog craft that a two-day class for a certificate brings."
    story_craft_effect: f64 = 0.5, "share", 0 => 1.0, Some((0.0, 1.0)), Uncertainty,
        Assumed("no good source; swept");
        "By what share the hours for stories fall over the whole scale of backlog craft."
    cascade_effect: f64 = 0.25, "share", 0 => 1.0, Some((0.1, 0.4)), Uncertainty,
        Assumed("Perri 2022 says that gaps cascade down; size judged");
        "Share of the strategy's clarity that gets lost at a level of leaders where nobody able is."
    launch_hours_per_item: f64 = 10.0, "hours", 0 => 1000.0, Some((4.0, 20.0)), Uncertainty,
        Assumed("material, training of sales and support, and a talk or two; no good source; 0: everything reaches everybody at once");
        "Hours of launch work by which an item reaches the share 1 - 1/e of its users at once."
    unaided_reach: f64 = 0.6, "share", 0 => 1.0, Some((0.3, 0.85)), Uncertainty,
        Assumed("no good source; most of what is shipped is hardly ever used by some counts (Standish 2002, Pendo 2019)");
        "Share of those whom launch work does not reach who find out by themselves in time."
    reach_half_life_weeks: f64 = 13.0, "weeks", 0.1 => 520.0, Some((6.0, 26.0)), Uncertainty,
        Assumed("no good source");
        "Weeks in which half of those who find out by themselves have done so."
    issue_hours: f64 = 8.0, "hours", 0 => 400.0, Some((4.0, 16.0)), Uncertainty,
        Assumed("a day with customers and colleagues; no good source");
        "Hours that an issue in sales, marketing or customer success takes whoever answers for it."
    allocation_noise: f64 = 2.0, "value over cost", 0 => 1000.0, Some((1.0, 4.0)), Uncertainty,
        Assumed("as large as the differences between lines; no good source");
        "Standard deviation of the error about what one more team would bring a line, without acumen or data."
    allocation_cost: f64 = 0.1, "team-week costs per team and decision", 0 => 10.0, Some((0.05, 0.25)), Uncertainty,
        Assumed("four hours of everybody in reviews; no good source");
        "Cost of a decision about who works on which product line."
    project_turnover: f64 = 0.5, "share", 0 => 1.0, Some((0.2, 0.8)), Uncertainty,
        Assumed("projects end and half of the people go to others; no good source");
        "Share of a team's people who change when projects are funded anew."
    access_cost: f64 = 0.06, "team-week costs per team and week", 0 => 5.0, Some((0.03, 0.12)), Uncertainty,
        Assumed("product operations, recruiting of participants, visits; one person for two teams at full access");
        "What it costs a team to give product people and engineers full access to customers."
    data_cost: f64 = 0.06, "team-week costs per team and week", 0 => 5.0, Some((0.03, 0.12)), Uncertainty,
        Assumed("analytics platform and people; one person for two teams at full access");
        "What full access to data costs a team."
    clarity_cost: f64 = 0.03, "team-week costs per team and week", 0 => 5.0, None, Constant,
        Assumed("leaders' time for strategy and its deployment");
        "What a fully clear strategy costs a team."
    release_cost: f64 = 0.02, "team-weeks per team and release", 0 => 5.0, Some((0.005, 0.05)), Uncertainty,
        Assumed("no good source");
        "Work of a team for one release, however much is in it."
}
