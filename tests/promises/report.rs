//! `orgsim report` on the real program: one page with everything, that needs nothing else, or a refusal that says what to do.

use crate::terminal::Terminal;

const SMALL: &str = "--horizon 26 --teams 3 --no-plots";

/// Two folders: a study, and an attribution between the same scenarios.
fn studied(terminal: &Terminal) {
    terminal.done(&format!(
        "compare safe empowered {SMALL} --replications 210 --set empowered:discovery.hours=4 --seed 7 --out study --quiet"
    ));
    terminal.done(
        "attribute safe empowered --horizon 26 --teams 3 --replications 20 --seed 7 --out parts --quiet",
    );
}

/// The words of a page without its marks.
fn text(page: &str) -> String {
    let mut text = String::new();
    for piece in page.split('<') {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or(piece, |(_, words)| words));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .replace("&gt;", ">")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

#[test]
fn a_page_holds_everything_and_needs_nothing() {
    let terminal = Terminal::new();
    studied(&terminal);
    let out = terminal.done("report study parts");
    let page = terminal.read("study/report.html");
    assert!(page.len() < 2 * 1024 * 1024, "{} bytes", page.len());
    for forbidden in [
        "<script", "<link", "http://", "https://", "url(", "@import", "src=\"/",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("<html lang=\"en\">") && page.contains("@media print"));
    assert_eq!(page.matches("<h1>").count(), 1);
    assert_eq!(page.matches("<img").count(), page.matches("<img alt=\"").count());
    assert!(!page.contains("alt=\"\"") && page.matches("<img").count() >= 5);
    assert!(page.matches("scope=\"row\"").count() > 100 && page.matches("<caption>").count() > 5);
    let text = text(&page);
    for words in [
        "What would changing from safe to empowered be worth",
        "which part of the change earns what",
        "orgsim rerun study",
        "--set empowered:discovery.hours=4",
        "--seed 7 --horizon 26 --replications 210",
        "orgsim attribute safe empowered --horizon 26 --teams 3 --replications 20 --seed 7",
        "Changed from the library",
        "company: teams",
        "No world of ",
        "A what-if, not a forecast.",
    ] {
        assert!(text.contains(words), "{words}");
    }
    // The command that is already on the page is not suggested; the others are.
    assert!(text.contains("orgsim sensitivity") && !text.contains("orgsim attribute study/"));
    for sentence in out.lines().take_while(|line| !line.is_empty()) {
        assert!(text.contains(sentence), "{sentence}");
    }
}

#[test]
fn the_page_says_what_the_terminal_said() {
    let terminal = Terminal::new();
    let line = format!("compare safe empowered {SMALL} --replications 210 --out study");
    let said: Vec<String> = terminal
        .done(&line)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let said = said.join(" ");
    terminal.done("report study --quiet --out page.html");
    let text = text(&terminal.read("page.html"));
    let verdict = said.split("empowered against safe: ").nth(1).expect("a verdict");
    let sentence = verdict.split(" empowered better in").next().unwrap_or(verdict);
    assert!(
        text.contains(&format!("empowered against safe: {sentence}")),
        "{sentence}"
    );
    let mean = said
        .split("mean difference ")
        .nth(1)
        .and_then(|words| words.split(')').next());
    assert!(mean.is_some_and(|mean| text.contains(mean)), "{mean:?}");
}

#[test]
fn the_same_folders_give_the_same_bytes_and_stay_as_they_are() {
    let terminal = Terminal::new();
    studied(&terminal);
    let before = terminal.study("study");
    terminal.done("report study parts --out one.html --quiet");
    terminal.done("report study parts --out other.html --quiet");
    assert!(terminal.read("one.html") == terminal.read("other.html"));
    assert!(terminal.study("study") == before);
    terminal.done("report study --quiet");
    terminal.done("rerun study --quiet");
}

#[test]
fn the_command_on_the_page_gives_the_same_worlds() {
    let terminal = Terminal::new();
    studied(&terminal);
    terminal.done("report study --out page.html --quiet");
    let page = text(&terminal.read("page.html"));
    let line = page.split("orgsim compare ").nth(1).expect("a command");
    let line = line.split(" Assumptions").next().unwrap_or(line);
    let line = line.split(" Which").next().unwrap_or(line);
    let words: Vec<&str> = line
        .split_whitespace()
        .scan(true, |was_value, word| {
            let is_word = word.starts_with("--") || *was_value || word == "empowered";
            *was_value = word.starts_with("--") || word == "safe";
            is_word.then_some(word)
        })
        .collect();
    terminal.done(&format!(
        "compare {} --no-plots --quiet --out again",
        words.join(" ")
    ));
    assert_eq!(
        terminal.read("again/differences.csv"),
        terminal.read("study/differences.csv")
    );
}

#[test]
fn what_cannot_be_reported_is_refused_with_what_to_do() {
    let terminal = Terminal::new();
    studied(&terminal);
    terminal.write("notes/a.txt", "x");
    terminal.write("all/study/manifest.json", "{}");
    let manifest = terminal.read("study/manifest.json");
    terminal.write(
        "running/manifest.json",
        &manifest.replace("\"finished\"", "\"running\""),
    );
    let engine = format!("\"engine\": \"{}\"", env!("CARGO_PKG_VERSION"));
    terminal.write(
        "older/manifest.json",
        &manifest.replace(&engine, "\"engine\": \"0.0.9\""),
    );
    terminal.write("bare/manifest.json", &manifest);
    terminal.write("broken/manifest.json", &manifest[..400]);
    terminal.write("cut/manifest.json", &terminal.read("parts/manifest.json"));
    terminal.write("odd/manifest.json", &terminal.read("parts/manifest.json"));
    terminal.write("odd/verdict.json", "{\"schema\": 1}");
    let lines = [
        "report nowhere",
        "report notes",
        "report notes/a.txt",
        "report all",
        "report running",
        "report older",
        "report bare",
        "report broken",
        "report cut",
        "report odd",
        "report study ./study",
        "report study --out notes",
        "report study --out study/summary.csv",
        "report study nowhere --out page.html",
    ];
    let mut all = String::new();
    for line in lines {
        let said = terminal.run(line);
        assert!(matches!(said.code, Some(2 | 3)), "{line}: {said:?}");
        all += &format!("$ orgsim {line}\n{}\n", said.all());
    }
    insta::assert_snapshot!(all);
    assert!(!terminal.path("page.html").exists());
}
