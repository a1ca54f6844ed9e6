//! The ledger of claims in `docs`: written again by the program, where a verdict changes only with a reason; never tries a
//! claim itself.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;

use crate::{cargo_command, root, write_if_changed};

/// Every figure of the ledger, whose verdicts must stand.
pub const TABLE: &str = "docs/claims.csv";

/// The ledger as a page.
const PAGE: &str = "docs/claims.md";

/// Where a new table waits until its verdicts are accepted.
const WAITING: &str = "target/claims.csv";

/// Where reasons are kept.
const CHANGELOG: &str = "CHANGELOG.md";

/// What the reasons stand under, in the section of the newest version.
const HEADING: &str = "### Changed verdicts";

/// `cargo xtask claims [--accept REASON]`.
///
/// # Errors
/// The arguments are others, the program fails, a file cannot be read or written, or a verdict has changed without a reason.
pub fn claims(arguments: &[String]) -> Result<(), String> {
    let reason = match arguments {
        [] => None,
        [accept, reason] if accept == "--accept" && !reason.trim().is_empty() => Some(reason.trim()),
        _ => return Err("it takes nothing, or `--accept \"why verdicts may change\"`".to_owned()),
    };
    let waiting = root().join(WAITING);
    fs::create_dir_all(root().join("target")).map_err(|error| format!("target cannot be made: {error}"))?;
    let page = tried(&waiting)?;
    let new = read(&waiting)?;
    let old = match fs::read(root().join(TABLE)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        table => verdicts(
            &table.map_err(|error| format!("{TABLE} cannot be read: {error}"))?,
            TABLE,
        )?,
    };
    let changes = changes(&old, &verdicts(&new, WAITING)?);
    if let Some(reason) = refused(&changes, reason)? {
        let path = root().join(CHANGELOG);
        let text = String::from_utf8_lossy(&read(&path)?).into_owned();
        write_if_changed(&path, with_reason(&text, reason, &changes).as_bytes())?;
    }
    write_if_changed(&root().join(TABLE), &new)?;
    write_if_changed(&root().join(PAGE), &page)
}

/// Tries the whole ledger; the table goes to `table`, the page comes back.
fn tried(table: &Path) -> Result<Vec<u8>, String> {
    let printed = cargo_command(&["run", "--release", "--package", "orgsim", "--"])
        .args(["claims", "--markdown", "--out"])
        .arg(table)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if printed.status.success() {
        Ok(printed.stdout)
    } else {
        Err("`orgsim claims` failed".to_owned())
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// The reason to be written, if there is one to be; changes without a reason are refused.
fn refused<'r>(changes: &[String], reason: Option<&'r str>) -> Result<Option<&'r str>, String> {
    match reason {
        _ if changes.is_empty() => Ok(None),
        Some(reason) => Ok(Some(reason)),
        None => Err(format!(
            "verdicts have changed, so {TABLE} and {PAGE} stay as they are:\n  {}\n{WAITING} has the new figures; if the change \
             is meant, give `cargo xtask claims --accept \"why\"`, which writes the reason into {CHANGELOG}",
            changes.join("\n  ")
        )),
    }
}

/// Name and verdict of each claim of a table; `file` is what it is called.
fn verdicts(table: &[u8], file: &str) -> Result<Vec<[String; 2]>, String> {
    let bad = |error: &dyn std::fmt::Display| format!("{file} is no ledger of claims: {error}");
    let mut reader = csv::Reader::from_reader(table);
    let heads = reader.headers().map_err(|error| bad(&error))?.clone();
    let place = |name: &str| {
        let place = heads.iter().position(|head| head == name);
        place.ok_or_else(|| bad(&format!("it has no column `{name}`")))
    };
    let places = [place("claim")?, place("verdict")?];
    let rows = reader.records();
    rows.map(|row| {
        let row = row.map_err(|error| bad(&error))?;
        Ok(places.map(|place| row.get(place).unwrap_or_default().to_owned()))
    })
    .collect()
}

/// What became of each verdict that is another one now, or gone; new claims change nothing.
fn changes(old: &[[String; 2]], new: &[[String; 2]]) -> Vec<String> {
    let change = |[name, was]: &[String; 2]| {
        let now = new.iter().find(|[other, _]| other == name);
        let now = now.map_or("removed", |[_, verdict]| verdict);
        (now != was).then(|| format!("{name}: {now}, was {was}"))
    };
    old.iter().filter_map(change).collect()
}

/// The changelog with a reason for changes in the section of its newest version.
fn with_reason(changelog: &str, reason: &str, changes: &[String]) -> String {
    let end_of = |from: usize, mark: &str| {
        let end = changelog[from..].find(mark);
        end.map_or(changelog.len(), |end| from + end)
    };
    let newest = end_of(0, "\n## ");
    let section_end = end_of((newest + 1).min(changelog.len()), "\n## ");
    let section = &changelog[newest..section_end];
    let (place, heading) = match section.find(HEADING) {
        Some(heading) => {
            let after = newest + heading + HEADING.len();
            (end_of(after, "\n##").min(section_end), String::new())
        }
        None => (section_end, format!("\n{HEADING}\n\n")),
    };
    let items: String = changes.iter().map(|change| format!("  - {change}\n")).collect();
    let (before, after) = (changelog[..place].trim_end(), &changelog[place..]);
    let after = after.trim_start_matches('\n');
    let gap = if after.is_empty() { "" } else { "\n" };
    format!("{before}\n{heading}- {reason}\n{items}{gap}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[[&str; 2]]) -> Vec<[String; 2]> {
        rows.iter().map(|row| row.map(str::to_owned)).collect()
    }

    #[test]
    fn changed_and_removed_verdicts_need_a_reason_and_new_claims_none() {
        let old = rows(&[["a", "holds"], ["b", "depends"], ["c", "holds"]]);
        let new = rows(&[["a", "holds"], ["b", "not settled"], ["d", "holds"]]);
        let found = changes(&old, &new);
        assert_eq!(found, ["b: not settled, was depends", "c: removed, was holds"]);
        let said = refused(&found, None).unwrap_err();
        assert!(
            said.contains("c: removed, was holds") && said.contains("--accept"),
            "{said}"
        );
        assert_eq!(refused(&found, Some("why")), Ok(Some("why")));
        assert!(changes(&old, &old).is_empty());
        assert_eq!(refused(&[], Some("why")), Ok(None));
    }

    #[test]
    fn verdicts_are_read_from_their_columns_whatever_else_a_row_holds() {
        let table = b"claim,reading,verdict\nx,\"two\nlines, and a comma\",does not hold\n";
        assert_eq!(verdicts(table, "t.csv"), Ok(rows(&[["x", "does not hold"]])));
        assert!(verdicts(b"a,b\n1,2\n", "t.csv").unwrap_err().starts_with("t.csv"));
    }

    #[test]
    fn a_reason_stands_in_the_newest_section_behind_earlier_ones() {
        let before = "# Changes\n\n## [2] - unreleased\n\n### Added\n\n- A.\n\n## [1]\n\n### Added\n\n- B.\n";
        let change = |text: &str| vec![text.to_owned()];
        let once = with_reason(before, "Longer runs", &change("a: holds, was depends"));
        assert_eq!(
            once,
            "# Changes\n\n## [2] - unreleased\n\n### Added\n\n- A.\n\n### Changed verdicts\n\n- Longer runs\n  - a: holds, was \
             depends\n\n## [1]\n\n### Added\n\n- B.\n"
        );
        let twice = with_reason(&once, "A mistake", &change("c: removed, was holds"));
        assert!(
            twice.contains("was depends\n- A mistake\n  - c: removed, was holds\n\n## [1]"),
            "{twice}"
        );
        let only = with_reason(
            "# Changes\n\n## [2]\n\n- A.\n",
            "Why",
            &change("a: holds, was depends"),
        );
        assert!(
            only.ends_with("- A.\n\n### Changed verdicts\n\n- Why\n  - a: holds, was depends\n"),
            "{only}"
        );
    }
}
