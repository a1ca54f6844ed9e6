//! What a run adds up while it goes, and the outcomes that follow; never changes the organisation.

use crate::belief;
use crate::costs;
use crate::history::Effect;
use crate::organisation::{Backlog, Idea, Ideas, Kind, Organisation, Rates};
use crate::outcomes::{Outcome, Outcomes, Series, WeekRecord};
use crate::policy::{FORECAST_WEEKS, Policy, QUARTER_WEEKS};
use crate::simulation::Span;

/// Sums and sums of squares for the correlation of two judgements of the same ideas with the truth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Judgements {
    count: f64,
    truth: [f64; 2],
    /// Of the judgement, its square, and its product with the truth.
    now: [f64; 3],
    first: [f64; 3],
}

impl Judgements {
    /// Adds what choosers think of an idea, in value units.
    #[inline]
    fn add(&mut self, policy: &Policy, idea: &Idea) {
        let now = belief::judgement(policy, idea) / idea.unit;
        let (first, truth) = (idea.first_judgement / idea.unit, idea.value / idea.unit);
        self.count += 1.0;
        add(&mut self.truth, [truth, truth * truth]);
        add(&mut self.now, [now, now * now, now * truth]);
        add(&mut self.first, [first, first * first, first * truth]);
    }

    /// Pearson's correlation of a judgement with the truth; not a number if either never varied.
    fn correlation(&self, [sum, squares, products]: [f64; 3]) -> f64 {
        let (count, [truth, truth_squares]) = (self.count, self.truth);
        let spread = count * squares - sum * sum;
        let truth_spread = count * truth_squares - truth * truth;
        if spread > 1e-12 * squares * count && truth_spread > 1e-12 * truth_squares * count {
            (count * products - sum * truth) / (spread * truth_spread).sqrt()
        } else {
            f64::NAN
        }
    }
}

#[inline]
fn add<const N: usize>(sums: &mut [f64; N], values: [f64; N]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// Mean trust within pairs of product people; `None` where there are none.
fn mean_trust_of_pairs(organisation: &Organisation) -> Option<f64> {
    let pairs = organisation.teams.iter().filter_map(|team| team.pair.as_ref());
    let (count, sum) = pairs.fold((0.0, 0.0), |(count, sum), pair| (count + 1.0, sum + pair.trust));
    (count > 0.0).then(|| sum / count)
}

/// Sums over the weeks from week 0 on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Whether week 0 has come: before it nothing is counted.
    pub counting: bool,
    /// What a week costs as teams work now \[team-week costs\].
    pub weekly_cost: f64,
    /// What product people cost beyond that by their craft, and those in operations \[team-week costs per week\].
    pub craft_cost: f64,
    discount: f64,
    good_rate: f64,
    /// Value rate that nobody gets at the end of the last week.
    withheld: f64,
    harm_rate: f64,
    shipped_value: f64,
    value_year_1: f64,
    value_year_3: f64,
    cost: f64,
    /// Base revenue that was stopped, or lost with the company.
    forgone: f64,
    payback_week: Option<i32>,
    /// Weeks from week 0 on.
    elapsed: f64,
    /// Those in which the company existed.
    weeks: f64,
    /// Items live.
    pub items_shipped: f64,
    helped: f64,
    flat: f64,
    harmed: f64,
    effort_all: f64,
    effort_helped: f64,
    /// Ideas and items given up on evidence.
    pub items_killed: f64,
    /// Items built twice.
    pub duplicates: f64,
    lead_time: f64,
    flow_weeks: f64,
    active_weeks: f64,
    work_in_progress: f64,
    /// Releases, counted for each team that takes part.
    pub deploys: f64,
    /// Releases tried.
    pub releases: f64,
    /// Releases that failed.
    pub release_failures: f64,
    forecast: f64,
    forecast_met: f64,
    discovery_hours: f64,
    /// Customer contacts.
    pub contacts: f64,
    debt: f64,
    morale: f64,
    trust: f64,
    pair_trust: f64,
    pair_weeks: f64,
    decisions: f64,
    decision_weeks: f64,
    /// People who left.
    pub leavers: f64,
    /// Product people of teams who left.
    pub product_leavers: f64,
    craft: f64,
    senior_share: f64,
    experienced_share: f64,
    operations: f64,
    judgements: Judgements,
    adoption: f64,
    change_per_week: f64,
    change_cost: f64,
    lost_to_learning: f64,
    series: Vec<WeekRecord>,
}

impl Measures {
    /// Nothing measured yet, in an organisation whose week costs `weekly_cost` \[team-week costs\]; with room for the
    /// series of so many weeks.
    pub fn new(weekly_cost: f64, weeks_kept: u32) -> Self {
        Self {
            weekly_cost,
            discount: 1.0,
            series: Vec::with_capacity(weeks_kept as usize),
            ..Self::default()
        }
    }

    /// Value of the week from items that went live before it, less what of it is withheld, and base revenue that is
    /// stopped.
    pub fn accrue(&mut self, policy: &Policy, week: i32, withheld: f64, stopped: f64) {
        self.good_rate *= policy.wear.0;
        self.harm_rate *= policy.wear.1;
        let value = self.discount * (self.good_rate - self.harm_rate - withheld);
        self.shipped_value += value;
        if week < 52 {
            self.value_year_1 += value;
        }
        if week < 156 {
            self.value_year_3 += value;
        }
        self.cost += self.discount * (self.weekly_cost + self.craft_cost);
        self.change_cost += self.discount * self.change_per_week;
        self.forgone += self.discount * stopped;
        self.discount *= policy.discount;
        if self.payback_week.is_none() && self.shipped_value >= self.cost + self.forgone && self.cost > 0.0 {
            self.payback_week = Some(week);
        }
    }

    /// From now on a week costs so much, and no change is under way \[team-week costs\].
    pub fn cost_from_now_on(&mut self, weekly_cost: f64) {
        self.weekly_cost = weekly_cost;
        self.change_per_week = 0.0;
    }

    /// A change begins that costs so much every week, this one included \[team-week costs\].
    pub fn start_change(&mut self, policy: &Policy, weekly_cost: f64) {
        self.weekly_cost += weekly_cost;
        self.change_per_week = weekly_cost;
        self.pay(policy, weekly_cost);
    }

    /// Pays fees of a change \[team-week costs\].
    pub fn pay(&mut self, policy: &Policy, fee: f64) {
        let paid = self.discount_of_week(policy) * fee;
        self.cost += paid;
        self.change_cost += paid;
    }

    /// Discount factor of a week whose own value and cost are counted: `discount` already stands at the week after it.
    fn discount_of_week(&self, policy: &Policy) -> f64 {
        self.discount / policy.discount
    }

    /// Output lost this week because what teams did was new to them \[team-weeks\].
    pub fn lose_to_learning(&mut self, lost: f64) {
        self.lost_to_learning += lost;
    }

    /// A week after the end of the company: what it would have gone on to earn is lost.
    pub fn forgo(&mut self, policy: &Policy, contribution: f64) {
        self.forgone += self.discount * contribution;
        self.discount *= policy.discount;
    }

    /// The company ends: nothing that is live brings anything any more.
    pub fn end(&mut self) {
        (self.good_rate, self.harm_rate) = (0.0, 0.0);
    }

    /// An item went live with this value rate and effect.
    pub fn went_live(&mut self, idea: &Idea, (rate, effect): (f64, Effect), week: i32) {
        if !self.counting {
            return;
        }
        self.add_rate(rate);
        self.items_shipped += 1.0;
        let lead_time = f64::from(week - idea.visible);
        self.lead_time += lead_time;
        self.flow_weeks += lead_time + 1.0;
        self.active_weeks += f64::from(idea.active_weeks);
        if idea.kind != Kind::Solution {
            return;
        }
        self.spent(idea.done, effect == Effect::Helped);
        match effect {
            Effect::Helped => self.helped += 1.0,
            Effect::Flat => self.flat += 1.0,
            Effect::Harmed => self.harmed += 1.0,
        }
    }

    /// A finished item is thrown away.
    pub fn thrown_away(&mut self, idea: &Idea) {
        if self.counting {
            self.spent(idea.done, false);
            self.items_killed += 1.0;
        }
    }

    /// Effort went into an item that helped, or that did not.
    pub fn spent(&mut self, effort: f64, helped: bool) {
        if self.counting {
            self.effort_all += effort;
            if helped {
                self.effort_helped += effort;
            }
        }
    }

    /// The value rate of live items changes.
    pub fn add_rate(&mut self, rate: f64) {
        if rate >= 0.0 {
            self.good_rate += rate;
        } else {
            self.harm_rate -= rate;
        }
    }

    /// A live item with this value rate is taken back.
    pub fn take_back(&mut self, rate: f64) {
        if rate >= 0.0 {
            self.good_rate -= rate;
        } else {
            self.harm_rate += rate;
        }
    }

    /// Compares judgement with truth over all candidates of a backlog.
    pub fn judge(&mut self, policy: &Policy, ideas: &Ideas, backlog: &Backlog) {
        let mut judgements = self.judgements;
        for id in backlog.ids() {
            judgements.add(policy, &ideas[*id]);
        }
        self.judgements = judgements;
    }

    /// Product manager and product owner have decided on a need that came up `weeks` ago.
    #[inline]
    pub fn decided(&mut self, weeks: i32) {
        if self.counting {
            self.decisions += 1.0;
            self.decision_weeks += f64::from(weeks);
        }
    }

    /// A forecast ended; the one that ends at week 0 counts too, as it was made by the same team in the same way.
    pub fn forecast_ended(&mut self, promised: f64, met: f64) {
        if self.counting {
            self.forecast += promised;
            self.forecast_met += met;
        }
    }

    /// State at the end of a week.
    pub fn observe(&mut self, organisation: &Organisation, week: i32, keep_series: bool) {
        if !self.counting {
            return;
        }
        self.elapsed += 1.0;
        self.withheld = organisation.withheld(week);
        let flow = organisation.lines.iter().map(|line| line.books);
        let flow: f64 = flow.map(|books| books.revenue - books.cost).sum();
        if organisation.business.insolvent.is_some() {
            if keep_series {
                self.series.push(self.record(flow, &[]));
            }
            return;
        }
        let teams = organisation.teams.len() as f64;
        let (mut work, mut debt, mut morale, mut hours) = (0.0, 0.0, 0.0, 0.0);
        for team in &organisation.teams {
            work += team.in_work.len() as f64;
            debt += team.debt;
            morale += team.morale;
            hours += team.discovery_hours;
        }
        let trust: f64 = organisation.lines.iter().map(|line| line.trust).sum();
        let (work, debt, morale, hours) = (work / teams, debt / teams, morale / teams, hours / teams);
        let trust = trust / organisation.lines.len() as f64;
        self.weeks += 1.0;
        self.work_in_progress += work;
        self.debt += debt;
        self.morale += morale;
        self.trust += trust;
        let pair_trust = mean_trust_of_pairs(organisation);
        if let Some(trust) = pair_trust {
            self.pair_trust += trust;
            self.pair_weeks += 1.0;
        }
        self.discovery_hours += hours;
        let staffing = &organisation.staffing;
        self.craft += staffing.craft;
        self.senior_share += staffing.senior_share;
        self.experienced_share += staffing.experienced_share;
        self.operations += staffing.operations;
        self.adoption = f64::from(organisation.progress.adopted) / teams;
        if keep_series {
            let state = [
                (Series::WorkInProgress, work),
                (Series::TechnicalDebt, debt),
                (Series::Morale, morale),
                (Series::StakeholderTrust, trust),
                (Series::DiscoveryHours, hours),
                (Series::Craft, staffing.craft),
                (Series::DyadTrust, pair_trust.unwrap_or(f64::NAN)),
            ];
            self.series.push(self.record(flow, &state));
        }
    }

    /// The week in the series: what has added up, and the state of a company that still exists; the rest is missing.
    fn record(&self, flow: f64, state: &[(Series, f64)]) -> WeekRecord {
        let sums = [
            (Series::ValueRate, self.good_rate - self.harm_rate - self.withheld),
            (Series::ShippedValue, self.shipped_value),
            (Series::NetValue, self.net_value()),
            (Series::ItemsShipped, self.items_shipped),
            (Series::Adoption, self.adoption),
            (Series::CashFlow, flow),
        ];
        let mut record = [f64::NAN; Series::COUNT];
        for (series, value) in sums.iter().chain(state) {
            record[*series as usize] = *value;
        }
        record
    }

    /// Value so far less what was paid for it, what mandates stopped, and what was lost with the company.
    fn net_value(&self) -> f64 {
        self.shipped_value - self.cost - self.forgone
    }

    /// The outcomes, and the weekly series if they were kept.
    pub fn finish(
        self,
        policy: &Policy,
        organisation: &Organisation,
        span: Span,
    ) -> (Outcomes, Vec<WeekRecord>) {
        let (mut forecast, mut forecast_met) = (self.forecast, self.forecast_met);
        for team in &organisation.teams {
            if team.forecast_week + FORECAST_WEEKS <= span.horizon_weeks as i32 {
                forecast += team.forecast.0;
                forecast_met += team.forecast.1;
            }
        }
        let teams = organisation.teams.len() as f64;
        let people = teams * policy.parameters.company.people_per_team;
        let team_weeks = self.weeks * teams;
        let seats: usize = organisation
            .teams
            .iter()
            .map(|team| team.seats.people().len())
            .sum();
        let seats = seats as f64;
        let judged_items = self.helped + self.flat + self.harmed;
        let team_cost = costs::team_cost(&policy.parameters, span);
        let mut outcomes = Outcomes::default();
        for (outcome, value) in [
            (Outcome::ShippedValue, self.shipped_value),
            (
                Outcome::ShippedValueYear1,
                if self.elapsed >= 52.0 {
                    self.value_year_1
                } else {
                    f64::NAN
                },
            ),
            (
                Outcome::ShippedValueYear3,
                if self.elapsed >= 156.0 {
                    self.value_year_3
                } else {
                    f64::NAN
                },
            ),
            (
                Outcome::LifetimeValue,
                self.shipped_value + self.value_to_come(policy, organisation),
            ),
            (Outcome::NetValue, self.net_value()),
            (Outcome::TotalCost, self.cost),
            (Outcome::ReturnOnTeamCost, self.shipped_value / team_cost),
            (
                Outcome::PaybackWeek,
                self.payback_week.map_or(f64::NAN, f64::from),
            ),
            (
                Outcome::ValueRateEnd,
                self.good_rate - self.harm_rate - self.withheld,
            ),
            (Outcome::ItemsShipped, self.items_shipped),
            (Outcome::HelpedShare, self.helped / judged_items),
            (Outcome::FlatShare, self.flat / judged_items),
            (Outcome::HarmedShare, self.harmed / judged_items),
            (
                Outcome::BuildTrapIndex,
                1.0 - self.effort_helped / self.effort_all,
            ),
            (Outcome::ItemsKilled, self.items_killed),
            (Outcome::Duplicates, self.duplicates),
            (Outcome::LeadTimeWeeks, self.lead_time / self.items_shipped),
            (Outcome::WorkInProgress, self.work_in_progress / self.weeks),
            (
                Outcome::FlowEfficiency,
                (self.active_weeks / self.flow_weeks).min(1.0),
            ),
            (
                Outcome::DeploysPerQuarter,
                self.deploys / team_weeks * QUARTER_WEEKS,
            ),
            (Outcome::ReleaseFailures, self.release_failures / self.releases),
            (Outcome::Predictability, forecast_met / forecast),
            (Outcome::DiscoveryHours, self.discovery_hours / self.weeks),
            (Outcome::CustomerContacts, self.contacts / team_weeks),
            (
                Outcome::JudgementRho,
                self.judgements.correlation(self.judgements.now),
            ),
            (
                Outcome::JudgementRhoBeforeEvidence,
                self.judgements.correlation(self.judgements.first),
            ),
            (Outcome::TechnicalDebt, self.debt / self.weeks),
            (Outcome::Morale, self.morale / self.weeks),
            (
                Outcome::AttritionPerYear,
                self.leavers / people / self.weeks * costs::WEEKS_PER_YEAR,
            ),
            (Outcome::StakeholderTrust, self.trust / self.weeks),
            (Outcome::Craft, self.craft / self.weeks),
            (
                Outcome::ProductAttritionPerYear,
                self.product_leavers / seats / self.weeks * costs::WEEKS_PER_YEAR,
            ),
            (Outcome::SeniorShare, self.senior_share / self.weeks),
            (Outcome::ExperiencedLeaders, self.experienced_share / self.weeks),
            (Outcome::OperationsPeople, self.operations / self.weeks),
            (Outcome::Adoption, self.adoption),
            (Outcome::TransformationCost, self.change_cost),
            (Outcome::LearningTeamWeeks, self.lost_to_learning),
            (Outcome::Cash, organisation.business.cash),
            (Outcome::LineProfit, line_profit(organisation)),
            (
                Outcome::InsolventShare,
                f64::from(organisation.business.insolvent.is_some()),
            ),
            (Outcome::DyadTrust, self.pair_trust / self.pair_weeks),
            (Outcome::FistToFive, 1.0 + 4.0 * self.pair_trust / self.pair_weeks),
            (Outcome::DecisionDelayWeeks, self.decision_weeks / self.decisions),
        ] {
            outcomes.set(outcome, if value.is_finite() { value } else { f64::NAN });
        }
        (outcomes, self.series)
    }

    /// What live items will still bring, as geometric series; infinite if nothing wears or discounts.
    fn value_to_come(&self, policy: &Policy, organisation: &Organisation) -> f64 {
        let still = |rate: f64, wear: f64| {
            let ratio = wear * policy.discount;
            if rate == 0.0 {
                0.0
            } else {
                rate * ratio / (1.0 - ratio)
            }
        };
        let both = |rates: &Rates, waiting: f64| {
            still(rates.good, waiting * policy.wear.0) - still(rates.harm, waiting * policy.wear.1)
        };
        let live = organisation.lines.iter().map(|line| &line.live);
        let unreached: f64 = live
            .map(|live| both(&live.coming, policy.waiting) + both(&live.absent, 1.0))
            .sum();
        self.discount_of_week(policy)
            * (still(self.good_rate, policy.wear.0) - still(self.harm_rate, policy.wear.1) - unreached)
    }
}

/// Mean weekly revenue less cost of a product line; not a number if no week was booked.
fn line_profit(organisation: &Organisation) -> f64 {
    let books = organisation.lines.iter().map(|line| line.books);
    let profit: f64 = books.map(|books| books.revenue - books.cost).sum();
    profit / organisation.lines.len() as f64 / f64::from(organisation.business.weeks)
}
