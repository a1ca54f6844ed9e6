//! `orgsim claims`: the claims of the source documents, tried in plausible companies.

mod baseline;

use experiments::comparison::DEFAULT_SMALLEST_GAP_SHARE;
use experiments::ledger::{LedgerPlan, Question, try_claims};
use experiments::{ComparisonError, Simulator};
use reports::ledger::{LedgerEntry, claim_object, claims_csv, closing_words, entry_words, page};
use scenarios::{Claim, load};
use serde_json::{Value, json};
use studies::write_whole;

use crate::arguments::{Claims, Speech};
use crate::arms::span;
use crate::failure::Failure;
use crate::interruption;
use crate::measurement::Stopwatch;
use crate::output::{print, wrapped};
use crate::progress::Bar;

/// Version of the shape of the JSON object.
const SCHEMA: u32 = 1;

/// Companies that are drawn for a full ledger.
const COMPANIES: u64 = 500;

/// Companies that are drawn for a first impression.
const QUICK_COMPANIES: u64 = 90;

/// The arm whose return decides which companies are viable.
const REFERENCE: &str = "safe";

/// Tries the claims and says what was found.
///
/// # Errors
/// If a claim cannot be used, a file cannot be read or written, somebody interrupts, or a verdict has changed or is gone.
pub fn execute(arguments: &Claims) -> Result<(), Failure> {
    let claims = claims(&arguments.names)?;
    if arguments.list {
        return print(&list(&claims, arguments.json));
    }
    let recorded = arguments.baseline.as_deref().map(baseline::read).transpose()?;
    let stopwatch = Stopwatch::start();
    let plan = plan(arguments, &claims)?;
    let entries = entries(arguments, &plan, claims)?;
    if let Some(path) = &arguments.out {
        let table = claims_csv(&entries).map_err(|error| Failure::file("written", path, &error))?;
        write_whole(path, &table)?;
    }
    print(&said(arguments, &plan, &entries, &stopwatch))?;
    let all = arguments.names.is_empty();
    recorded.map_or(Ok(()), |recorded| {
        baseline::refuse_changes(&recorded, &entries, all)
    })
}

fn claims(names: &[String]) -> Result<Vec<Claim>, Failure> {
    let loaded: Vec<_> = if names.is_empty() {
        Claim::names().map(Claim::load).collect()
    } else {
        names.iter().map(|name| Claim::load(name)).collect()
    };
    let (good, bad): (Vec<_>, Vec<_>) = loaded.into_iter().partition(Result::is_ok);
    if bad.is_empty() {
        Ok(good.into_iter().flatten().collect())
    } else {
        let failures = bad.into_iter().filter_map(Result::err).map(Failure::from);
        Err(Failure::together(failures.collect()))
    }
}

fn plan(arguments: &Claims, claims: &[Claim]) -> Result<LedgerPlan, Failure> {
    let none: [&str; 0] = [];
    let question = |claim: &Claim| {
        Ok(Question {
            arms: claim.arms.clone(),
            without: (!arguments.quick).then(|| claim.without.clone()),
            outcome: claim.outcome,
            higher: claim.higher,
            horizon_weeks: span(&claim.arms, arguments.horizon)?.horizon_weeks,
            reference: load(REFERENCE, Some(&claim.arms[0].environment), &none)?,
        })
    };
    let usual = if arguments.quick {
        QUICK_COMPANIES
    } else {
        COMPANIES
    };
    let of_files = claims
        .iter()
        .filter(|claim| Claim::names().all(|name| name != claim.name));
    Ok(LedgerPlan {
        questions: claims.iter().map(question).collect::<Result<_, Failure>>()?,
        draws: arguments.companies.unwrap_or(usual),
        seed: arguments.seed,
        threads: arguments.threads.unwrap_or(0),
        ledger_size: (Claim::names().count() + of_files.count()) as u64,
        smallest_gap_share: DEFAULT_SMALLEST_GAP_SHARE,
    })
}

fn entries(arguments: &Claims, plan: &LedgerPlan, claims: Vec<Claim>) -> Result<Vec<LedgerEntry>, Failure> {
    let mut bar = Bar::new(arguments.speech(), "runs");
    let mut watch = |done, of| bar.show("Trying claims", done, of);
    let found = try_claims(plan, &Simulator, &mut watch, interruption::watched());
    bar.clear();
    let findings = found.map_err(|error| match error {
        ComparisonError::Stopped => Failure::Interrupted(
            "interrupted; nothing was written\n  = help: give the same command again: it starts from the beginning"
                .to_owned(),
        ),
        error => error.into(),
    })?;
    let entries = claims.into_iter().zip(findings);
    Ok(entries
        .map(|(claim, finding)| LedgerEntry { claim, finding })
        .collect())
}

fn said(arguments: &Claims, plan: &LedgerPlan, entries: &[LedgerEntry], stopwatch: &Stopwatch) -> String {
    if arguments.markdown {
        return page(entries, plan.ledger_size, plan.draws, "cargo xtask claims");
    }
    match arguments.speech() {
        Speech::Silent => String::new(),
        Speech::Json => format!("{}\n", object(plan, entries, stopwatch)),
        Speech::Words => words(plan, entries),
    }
}

fn words(plan: &LedgerPlan, entries: &[LedgerEntry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let lines = entry_words(entry);
        let (head, rest) = lines.split_at(1);
        text.extend(head.iter().map(|line| wrapped(line, "")));
        text.extend(rest.iter().map(|line| wrapped(line, "    ")));
        text.push('\n');
    }
    text + &wrapped(&closing_words(entries, plan.ledger_size), "")
}

fn object(plan: &LedgerPlan, entries: &[LedgerEntry], stopwatch: &Stopwatch) -> Value {
    let measured = stopwatch.measurements(plan.threads);
    json!({
        "schema": SCHEMA,
        "experiment": "claims",
        "engine": measured.engine,
        "seed": plan.seed,
        "companies_drawn": plan.draws,
        "ledger_size": plan.ledger_size,
        "claims": entries.iter().map(claim_object).collect::<Vec<_>>(),
        "elapsed_seconds": measured.elapsed_seconds,
        "cpu_seconds": measured.cpu_seconds,
        "threads": measured.threads,
        "peak_memory_bytes": measured.peak_memory_bytes,
    })
}

fn list(claims: &[Claim], as_json: bool) -> String {
    if as_json {
        let object = |claim: &Claim| json!({ "name": claim.name, "claim": claim.claim, "document": claim.document, "section": claim.section });
        return format!(
            "{:#}\n",
            Value::from(claims.iter().map(object).collect::<Vec<_>>())
        );
    }
    let mut text = String::new();
    let mut document = "";
    for claim in claims {
        if claim.document != document {
            document = &claim.document;
            text += &format!("{}{document}\n", if text.is_empty() { "" } else { "\n" });
        }
        text += &format!("  {}\n", claim.name);
        text += &wrapped(&claim.claim, "      ");
    }
    text
}
