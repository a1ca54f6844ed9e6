//! What a calibration found as scenario files that run; never a value that is not in the result.

use experiments::calibration::{Inference, Informed, pert_with};
use scenarios::write::{Estimated, estimated_file};
use scenarios::{Kind, Library};
use sim_core::parameters::Value as Setting;

use super::{CalibrationReport, headline};

/// Name of the environment file.
pub const COMPANY_FILE: &str = "our-company.toml";

/// Name of the operating-model file, which is there only if levers were inferred.
pub const MODEL_FILE: &str = "our-model.toml";

/// The scenario files that hold what was found: the company, and how it works if levers were inferred. Parameters of
/// which the history tells nothing are left as they were. What comes from the library alone is extended by name;
/// otherwise every value is written out, so that the file depends on no other.
pub fn scenario_files(report: &CalibrationReport) -> Vec<(String, Vec<u8>)> {
    let source = format!(
        "calibrated from {} ({} to {}, {} finished items) under {}, seed {}",
        report.data,
        report.history.from,
        report.history.until,
        report.history.finished,
        report.scenario.operating_model,
        report.seed
    );
    let files = [
        (Kind::Environment, COMPANY_FILE, "Our company"),
        (Kind::OperatingModel, MODEL_FILE, "How we work"),
    ];
    files
        .into_iter()
        .filter_map(|(kind, name, title)| {
            let settings = settings(report, kind);
            if settings.is_empty() {
                return None;
            }
            let text = match library_name(report, kind) {
                Some(extends) => {
                    let words = format!(
                        "What a history of work items tells. {} Each range is that of a PERT distribution whose middle 90 % is \
                         what is left possible.",
                        headline(report)
                    );
                    estimated_file(title, &words, &source, &extends, &settings)
                }
                None => written_out(report, kind, &settings, &source),
            };
            Some((name.to_owned(), text.into_bytes()))
        })
        .collect()
}

fn settings(report: &CalibrationReport, kind: Kind) -> Vec<Estimated> {
    let rows = report.found.parameters.iter();
    let mut settings: Vec<Estimated> = rows
        .filter(|row| Kind::of_group(row.prior.parameter.group) == Some(kind))
        .filter(|row| row.informed != Informed::No)
        .filter_map(estimated)
        .collect();
    if kind == Kind::Environment {
        settings.extend(teams(report));
    }
    settings
}

/// The name of the library file that the scenario takes this kind of parameters from, if it takes them from there alone.
fn library_name(report: &CalibrationReport, kind: Kind) -> Option<String> {
    let name = match kind {
        Kind::Environment => &report.scenario.environment,
        Kind::OperatingModel => &report.scenario.operating_model,
        Kind::Transformation => &report.scenario.transformation.as_ref()?.name,
    };
    let of_kind = report
        .scenario
        .origins
        .iter()
        .filter(|origin| Kind::of_group(origin.parameter.group) == Some(kind));
    let elsewhere = of_kind
        .filter(|origin| origin.place != "default" && !origin.place.starts_with("library/"))
        .count();
    (elsewhere == 0 && Library::find(kind, name).is_some()).then(|| name.clone())
}

fn written_out(report: &CalibrationReport, kind: Kind, settings: &[Estimated], source: &str) -> String {
    let mut scenario = report.scenario.clone();
    for setting in settings {
        let origin = scenario
            .origins
            .iter_mut()
            .find(|origin| origin.parameter == setting.parameter);
        if let Some(origin) = origin {
            origin.value = match origin.value {
                Setting::Whole(_) => Setting::Whole(setting.value as u32),
                _ => Setting::Number(setting.value),
            };
            origin.plausible = setting.range;
            "measured".clone_into(&mut origin.provenance);
            source.clone_into(&mut origin.source);
        }
    }
    let text = scenario.to_toml();
    match kind {
        Kind::Environment => text.environment,
        Kind::OperatingModel => text.operating_model,
        Kind::Transformation => text.transformation.unwrap_or_default(),
    }
}

fn estimated(row: &Inference) -> Option<Estimated> {
    let parameter = row.prior.parameter;
    let quantiles = [row.ci90.0, row.median, row.ci90.1];
    let (low, mode, high) = pert_with(quantiles, (parameter.low, parameter.high))?;
    let rounded = |value: f64| rounded(value).clamp(parameter.low, parameter.high);
    let (low, high) = (rounded(low), rounded(high));
    let value = match parameter.default {
        Setting::Whole(_) => mode.round(),
        _ => rounded(mode),
    };
    (low < high).then_some(Estimated {
        parameter,
        value: value.clamp(low, high),
        range: Some((low, high)),
    })
}

fn teams(report: &CalibrationReport) -> Option<Estimated> {
    Some(Estimated {
        parameter: sim_core::parameters::find("company", "teams")?,
        value: f64::from(report.history.observed.teams),
        range: None,
    })
}

/// Four significant figures.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
