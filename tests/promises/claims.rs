//! The ledger of claims on the real program, with small settings; no test says that a claim holds.

use std::fs;

use crate::terminal::Terminal;

/// Two claims in few companies, long enough for some to be viable.
const SMALL: &str = "claims order-takers no-access-no-discovery --companies 6 --horizon 104";

#[test]
fn a_small_ledger_says_what_was_claimed_tried_and_found() {
    let terminal = Terminal::new();
    let said = terminal.done(&format!("{SMALL} --out claims.csv"));
    for words in [
        "order-takers: ",
        "Claim: ",
        "Source: Perri 2022",
        "Tried as: ",
        "Effect: ",
        "Without its mechanism",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
    let table = terminal.read("claims.csv");
    assert_eq!(table.lines().count(), 3, "{table}");
    let page = terminal.done(&format!("{SMALL} --markdown"));
    assert!(
        page.starts_with("# Claims") && page.contains("### order-takers"),
        "{page}"
    );
    let object: serde_json::Value =
        serde_json::from_str(&terminal.done(&format!("{SMALL} --json"))).expect("JSON");
    assert_eq!(object["schema"], 1);
    assert_eq!(object["claims"].as_array().map(Vec::len), Some(2));
    assert_eq!(object["claims"][0]["name"], "order-takers");
}

#[test]
fn the_same_claims_give_the_same_bytes_alone_or_together_at_any_number_of_threads() {
    let terminal = Terminal::new();
    terminal.done(&format!("{SMALL} --threads 1 --out together.csv --quiet"));
    terminal.done(
        "claims no-access-no-discovery --companies 6 --horizon 104 --threads 2 --out alone.csv --quiet",
    );
    let last = |file: &str| terminal.read(file).lines().last().map(str::to_owned);
    assert_eq!(last("together.csv"), last("alone.csv"));
}

#[test]
fn a_verdict_that_changed_is_told_and_fails() {
    let terminal = Terminal::new();
    terminal.done(&format!("{SMALL} --out claims.csv --quiet"));
    terminal.done(&format!("{SMALL} --baseline claims.csv --quiet"));
    let table = terminal.read("claims.csv");
    terminal.write(
        "other.csv",
        &table.replacen("too few companies", "does not hold", 1),
    );
    let said = terminal.run(&format!("{SMALL} --baseline other.csv --quiet"));
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(
        said.err
            .contains("order-takers: too few companies, was does not hold"),
        "{}",
        said.err
    );
}

#[test]
fn a_claim_that_is_gone_is_told_and_fails_where_all_are_tried() {
    let terminal = Terminal::new();
    terminal.write("gone.csv", "claim,verdict\nno-longer-there,holds\n");
    // One company over as few weeks as hold the last wave of a change.
    let all = "claims --companies 1 --horizon 56 --quiet --baseline gone.csv";
    let said = terminal.run(all);
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(
        said.err.contains("no-longer-there: removed, was holds"),
        "{}",
        said.err
    );
    terminal.done(&format!("{SMALL} --baseline gone.csv --quiet"));
}

#[test]
fn the_list_names_every_claim_with_its_document() {
    let terminal = Terminal::new();
    insta::assert_snapshot!(terminal.done("claims --list"));
}

#[test]
fn claims_that_cannot_be_tried_are_refused_with_their_place() {
    let terminal = Terminal::new();
    let good = "claim = \"C\"\ndocument = \"D\"\nsection = \"S\"\nreading = \"R\"\nkind = \"emergent\"\noutcome = \"shipped_value\"\n\
                direction = \"higher\"\nbaseline = { model = \"safe\" }\narm = { model = \"empowered\" }\nmechanism = { name = \"M\" }\n";
    terminal.write("metric.toml", &good.replace("shipped_value", "shipped_valu"));
    terminal.write("same.toml", &good.replace("empowered", "safe"));
    terminal.write("key.toml", &good.replace("section", "sectoin"));
    terminal.write(
        "level.toml",
        &good.replace("name = \"M\"", "name = \"M\", level = [\"discovry\"]"),
    );
    terminal.write("text.csv", "a,b\n1,2\n");
    let lines = [
        "claims order-taker",
        "claims metric.toml",
        "claims same.toml",
        "claims key.toml",
        "claims level.toml",
        "claims nowhere.toml",
        "claims --companies 0",
        "claims order-takers --baseline text.csv",
        "claims order-takers --baseline nowhere.csv",
    ];
    let said = lines.map(|line| {
        let said = terminal.run(line);
        assert!(
            matches!(said.code, Some(2 | 3)) && said.out.is_empty(),
            "{line}: {said:?}"
        );
        format!("$ orgsim {line}\n{}", said.all())
    });
    insta::assert_snapshot!(said.join("\n"));
    assert!(fs::read_dir(terminal.path("")).expect("a folder").count() == 5);
}

#[test]
fn every_claim_stands_in_the_table_of_statements_and_in_the_written_ledger() {
    let document = |name: &str| {
        let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let (seeds, page, table) = (
        document("seeds.md"),
        document("claims.md"),
        document("claims.csv"),
    );
    for name in scenarios::Claim::names() {
        assert!(
            seeds.contains(&format!("`{name}`")),
            "docs/seeds.md does not name {name}"
        );
        let is_tried = page.contains(&format!("\n### {name}\n")) && table.contains(&format!("\n{name},"));
        assert!(is_tried, "{name} has not been tried: run `cargo xtask claims`");
    }
}
