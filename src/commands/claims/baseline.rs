//! Verdicts that were recorded, and whether they still stand; borderline shares may move a little.

use std::path::Path;

use experiments::ledger::ClaimVerdict;
use reports::ledger::LedgerEntry;

use crate::failure::Failure;

/// A verdict that was recorded: the name of its claim and the verdict.
pub type Recorded = (String, ClaimVerdict);

/// Reads what `orgsim claims --out` wrote.
///
/// # Errors
/// If the file cannot be read or is no such table.
pub fn read(path: &Path) -> Result<Vec<Recorded>, Failure> {
    let no_ledger = |reason: &str| {
        Failure::input(
            &format!("`{}` is no ledger of claims: {reason}", path.display()),
            "name a file that `orgsim claims --out FILE` wrote",
        )
    };
    let bytes = std::fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let heads = table
        .headers()
        .map_err(|error| no_ledger(&error.to_string()))?
        .clone();
    let column = |name: &str| {
        let place = heads.iter().position(|head| head == name);
        place.ok_or_else(|| no_ledger(&format!("it has no column `{name}`")))
    };
    let (of_claim, of_verdict) = (column("claim")?, column("verdict")?);
    let mut recorded = Vec::new();
    for row in table.records() {
        let row = row.map_err(|error| no_ledger(&error.to_string()))?;
        let cell = |place: usize| row.get(place).unwrap_or_default();
        let verdict = ClaimVerdict::ALL
            .into_iter()
            .find(|verdict| verdict.word() == cell(of_verdict));
        let verdict =
            verdict.ok_or_else(|| no_ledger(&format!("there is no verdict `{}`", cell(of_verdict))))?;
        recorded.push((cell(of_claim).to_owned(), verdict));
    }
    Ok(recorded)
}

/// Makes sure that every recorded verdict still stands; new claims are not looked at. Where all claims were tried, a recorded
/// one that is missing is gone; where some were named, those that were not are left alone.
///
/// # Errors
/// If a verdict does not stand, or a claim is gone.
pub fn refuse_changes(recorded: &[Recorded], entries: &[LedgerEntry], all: bool) -> Result<(), Failure> {
    let change = |(name, verdict): &Recorded| {
        let now = match entries.iter().find(|entry| entry.claim.name == *name) {
            Some(entry) if entry.finding.keeps(*verdict) => return None,
            Some(entry) => entry.finding.verdict.word(),
            None if all => "removed",
            None => return None,
        };
        Some(format!("{name}: {now}, was {}", verdict.word()))
    };
    let changes: Vec<String> = recorded.iter().filter_map(change).collect();
    if changes.is_empty() {
        return Ok(());
    }
    Err(Failure::Study(format!(
        "verdicts have changed:\n  {}\n  = help: if that is meant, write the ledger again with `cargo xtask claims --accept \"why\"`, \
         which puts the reason into the changelog",
        changes.join("\n  ")
    )))
}
