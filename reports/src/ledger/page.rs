//! `docs/claims.md`: the ledger as a page, a table in front and each claim behind it.

use super::words::{effect, exception, left, share, share_of_100, verdict_words, weeks};
use super::{LedgerEntry, closing_words, one_line};

/// The page; `command` is what wrote it, `companies` how many were drawn.
pub fn page(entries: &[LedgerEntry], ledger_size: u64, companies: u64, command: &str) -> String {
    let mut text = format!(
        "# Claims: what the source documents say, tried\n\n\
         Written by `{command}`; do not edit by hand. Each claim is a file in `scenarios/library/claims`: two arms, an outcome \
         and a direction. All are tried in the same {companies} draws of plausible companies, two worlds each; over how many \
         weeks stands with each. A claim *holds* \
         if the lower bound of the share of companies in which it holds is at least three quarters, *does not hold* if the \
         upper bound is at most a quarter; it makes *no practical difference* if its effect is surely below 2 % of what the \
         teams cost; otherwise it *depends* on something if companies kept apart confirm that it holds in most \
         on one side and in few on the other, or it is *not settled*. The direction of a claim marked *imposed* was put into the model: only its size says something. *Emergent* ones come out \
         of decisions. See [statistics.md](statistics.md), \"The ledger of claims\", and [seeds.md](seeds.md) for what cannot be tried yet.\n\n\
         {}\n\n| claim | verdict | holds in, of 100 companies | |\n|---|---|---|---|\n",
        closing_words(entries, ledger_size)
    );
    for LedgerEntry { claim, finding } in entries {
        let of_100 = finding.share.map_or_else(String::new, |share| {
            let told = share_of_100(&share);
            let words = |[share, low, high]: [String; 3]| format!("{share} ({low} to {high})");
            told.map_or_else(|| "cannot be told".to_owned(), words)
        });
        let (name, words) = (&claim.name, &claim.claim);
        let (verdict, kind) = (finding.verdict.word(), claim.kind.word());
        text += &format!("| [{words}](#{name}) | {verdict} | {of_100} | {kind} |\n");
    }
    let mut document = "";
    for entry in entries {
        if entry.claim.document != document {
            document = &entry.claim.document;
            text += &format!("\n## {document}\n");
        }
        text += &section(entry);
    }
    text
}

fn section(LedgerEntry { claim, finding }: &LedgerEntry) -> String {
    let mut lines = vec![
        format!("Source: {}.", claim.section),
        format!("Tried as: {}", one_line(&claim.reading)),
        format!(
            "Arms: `{}` against `{}`, in `{}`, over {}.",
            claim.arm_words[1],
            claim.arm_words[0],
            claim.arms[0].environment,
            weeks(finding)
        ),
    ];
    lines.extend(effect(claim, finding));
    lines.extend(share(finding));
    lines.extend(exception(claim, finding));
    lines.push(left(claim, finding));
    let items: String = lines.iter().map(|line| format!("- {line}\n")).collect();
    format!(
        "\n### {}\n\n{}: **{}**.\n\n{items}",
        claim.name,
        claim.claim,
        verdict_words(claim, finding)
    )
}
