//! Draws of companies: coupled between arms, dependent as stated, within their ranges.

use super::*;
use crate::statistics::PairMoments;
use scenarios::Origin;
use sim_core::parameters::{find, table};

/// The defaults of the table with every uncertainty it names.
fn default_scenario(name: &str) -> Scenario {
    let parameters = Parameters::default();
    let origins = table()
        .map(|parameter| Origin {
            parameter,
            value: parameter.get(&parameters),
            plausible: parameter.plausible,
            provenance: parameter.provenance.kind().to_owned(),
            source: parameter.provenance.source().to_owned(),
            place: "default".to_owned(),
        })
        .collect();
    Scenario {
        name: name.to_owned(),
        description: String::new(),
        operating_model: name.to_owned(),
        transformation: None,
        environment: "default".to_owned(),
        warm_up_weeks: 104,
        parameters,
        origins,
    }
}

#[test]
fn every_default_company_passes_its_check_within_its_ranges() {
    let companies = Companies::new(&[default_scenario("a"), default_scenario("b")], 3).unwrap();
    for number in 0..200 {
        let company = companies.company(number).unwrap();
        assert_eq!(company.arms[0], company.arms[1]);
        for parameter in table() {
            let value = parameter.get(&company.arms[0]);
            match parameter.plausible {
                Some((low, high)) => assert!(
                    (low..=high).contains(&value.as_number().unwrap()),
                    "{}",
                    parameter.path()
                ),
                None => assert_eq!(value, parameter.default, "{}", parameter.path()),
            }
        }
    }
}

#[test]
fn the_crafts_of_a_company_go_together() {
    let companies = Companies::new(&[default_scenario("a")], 4).unwrap();
    let mut crafts = PairMoments::default();
    for number in 0..4000 {
        let company = companies.company(number).unwrap().arms.remove(0).company;
        crafts.add(company.discovery_craft, company.business_craft);
    }
    let spread = (crafts.first().variance().unwrap() * crafts.second().variance().unwrap()).sqrt();
    // Normal scores correlate by 0.6, values by a little less; standard error 0.011, so 0.05 is a false alarm in 10⁵ seeds.
    assert!((crafts.covariance().unwrap() / spread - 0.59).abs() < 0.05);
}

#[test]
fn every_stated_dependence_names_two_parameters() {
    for (first, second, correlation) in DEPENDENCES {
        for path in [first, second] {
            let (group, name) = path.split_once('.').unwrap();
            assert!(find(group, name).is_some(), "{path}");
        }
        assert!((-1.0..=1.0).contains(correlation));
    }
}

/// A lever that each of two operating models sets in its own range, and one that both set alike.
fn with_lever(name: &str, low: f64, high: f64) -> Scenario {
    let mut scenario = default_scenario(name);
    for origin in &mut scenario.origins {
        match origin.parameter.path().as_str() {
            "discovery.hours" => origin.plausible = Some((low, high)),
            "roles.role_clarity" => origin.plausible = Some((0.2, 0.8)),
            _ => {}
        }
    }
    scenario
}

#[test]
fn levers_of_different_ranges_draw_apart_and_of_equal_ranges_together() {
    let scenarios = [with_lever("a", 0.0, 6.0), with_lever("b", 1.0, 16.0)];
    let companies = Companies::new(&scenarios, 5).unwrap();
    let mut hours = PairMoments::default();
    for number in 0..4000 {
        let arms = companies.company(number).unwrap().arms;
        hours.add(arms[0].discovery.hours, arms[1].discovery.hours);
        assert_eq!(arms[0].roles.role_clarity, arms[1].roles.role_clarity);
        assert_eq!(arms[0].environment, arms[1].environment);
    }
    let spread = (hours.first().variance().unwrap() * hours.second().variance().unwrap()).sqrt();
    // Independent draws: standard error of the correlation 0.016, so 0.08 is a false alarm in 10⁶ seeds.
    assert!((hours.covariance().unwrap() / spread).abs() < 0.08);
}

#[test]
fn a_place_in_the_cube_is_a_company() {
    let scenarios = [with_lever("a", 0.0, 6.0), with_lever("b", 1.0, 16.0)];
    let companies = Companies::new(&scenarios, 5).unwrap();
    let dimensions = companies.dimensions();
    let hours: Vec<_> = dimensions
        .iter()
        .filter(|dimension| dimension.parameter.path() == "discovery.hours")
        .map(|dimension| dimension.arms.clone())
        .collect();
    assert_eq!(hours, [[0], [1]]);
    let place = |path: &str| {
        dimensions
            .iter()
            .position(|dimension| dimension.parameter.path() == path)
            .unwrap()
    };
    let mut cube = vec![0.5; dimensions.len()];
    let middle = companies.at(&cube).unwrap();
    cube[place("company.discovery_craft")] = 0.9;
    let crafty = companies.at(&cube).unwrap();
    assert!(crafty[0].company.discovery_craft > middle[0].company.discovery_craft);
    // The other craft follows.
    assert!(crafty[0].company.business_craft > middle[0].company.business_craft);
    assert_eq!(crafty[0].environment, middle[0].environment);
    for corner in [0.0, 1.0] {
        cube.fill(corner);
        // At the corners shares may contradict each other; what must not happen is a value out of its range.
        if let Err(reason) = companies.at(&cube) {
            assert!(reason.contains("add up to"), "{reason}");
        }
    }
}
