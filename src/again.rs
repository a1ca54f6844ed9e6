//! The command that was given, changed a little, so that a message can name one that works; never runs it.

use std::env;
use std::path::{Path, PathBuf};

/// The command with other files for its results: the same study in a folder of its own.
pub fn with_folder(folder: &Path) -> String {
    let mut words = without(&given(), "--out", true);
    words.retain(|word| word != "--resume");
    words.extend(["--out".to_owned(), folder.display().to_string()]);
    command(&words)
}

/// The command that goes on with what was interrupted.
pub fn with_resume() -> String {
    let mut words = without(&given(), "--resume", false);
    words.push("--resume".to_owned());
    command(&words)
}

/// What to do to go on after an interruption: what works on a folder goes on by itself, everything else with `--resume`.
pub fn to_go_on() -> &'static str {
    if given()
        .first()
        .is_some_and(|command| command == "merge" || command == "extend")
    {
        "give the same command again"
    } else {
        "give the same command again with --resume"
    }
}

/// The command that begins instead of going on.
pub fn without_resume() -> String {
    command(&without(&given(), "--resume", false))
}

/// The command without what is nobody else's business: where results go, how many threads there are, how it speaks.
pub fn for_others() -> String {
    let with_value = ["--out", "--threads", "--shard", "--format"].into_iter();
    let words = with_value.fold(given(), |words, option| without(&words, option, true));
    let alone = ["--json", "--quiet", "--no-plots", "--resume"].into_iter();
    command(&alone.fold(words, |words, option| without(&words, option, false)))
}

/// The folder with the first number behind it that is not in use.
pub fn free_folder(folder: &Path) -> PathBuf {
    let numbered = |number: u32| {
        let Some(name) = folder.file_name() else {
            // `.` and the like have no name of their own.
            return folder.join(format!("study-{number}"));
        };
        let mut name = name.to_os_string();
        name.push(format!("-{number}"));
        folder.with_file_name(name)
    };
    (2..)
        .map(numbered)
        .find(|candidate| !candidate.exists())
        .unwrap_or_else(|| folder.to_owned())
}

fn given() -> Vec<String> {
    env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

/// The words without an option, and without its value if it has one.
fn without(words: &[String], option: &str, has_value: bool) -> Vec<String> {
    let with_value = format!("{option}=");
    let mut kept = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == option {
            if has_value {
                words.next();
            }
        } else if !word.starts_with(&with_value) {
            kept.push(word.clone());
        }
    }
    kept
}

fn command(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("orgsim {}", words.join(" "))
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_./@:=,+%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn an_option_is_left_out_with_its_value() {
        let line = words("compare a b --out x --resume --out=y --seed 7");
        assert_eq!(
            command(&without(&line, "--out", true)),
            "orgsim compare a b --resume --seed 7"
        );
        assert_eq!(
            command(&without(&line, "--resume", false)),
            "orgsim compare a b --out x --out=y --seed 7"
        );
    }

    #[test]
    fn a_folder_without_a_name_gets_one_inside() {
        assert_eq!(free_folder(Path::new("a/none")), Path::new("a/none-2"));
        assert_eq!(free_folder(Path::new("..")), Path::new("../study-2"));
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        assert_eq!(quoted("safe:discovery.hours=4"), "safe:discovery.hours=4");
        assert_eq!(quoted("my company.toml"), "'my company.toml'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted(""), "''");
    }
}
