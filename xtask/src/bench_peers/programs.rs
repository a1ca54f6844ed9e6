//! The peers: how each is installed and started, and how much work it gets; never what it measures.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{cargo_command, root};

/// A peer that is ready to run.
pub struct Program {
    /// Name, as its line of results has it.
    pub name: &'static str,
    /// One line on how the model is written in it.
    pub manner: &'static str,
    /// Replications for a run of one to two seconds; fixed, so that every figure can be found again.
    pub replications: u64,
    words: Vec<PathBuf>,
}

impl Program {
    /// The program before its arguments, with every library held to one thread.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).env("PYTHONDONTWRITEBYTECODE", "1");
        let threads = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"];
        command.envs(threads.map(|variable| (variable, "1")));
        command
    }
}

/// A peer that could not be installed.
pub struct Missing {
    /// Name of the peer.
    pub name: &'static str,
    /// What went wrong.
    pub reason: String,
}

struct PythonPeer {
    name: &'static str,
    manner: &'static str,
    script: &'static str,
    requirements: &'static str,
    replications: u64,
}

const PYTHON_PEERS: [PythonPeer; 4] = [
    PythonPeer {
        name: "numba",
        manner: "loops over small arrays, compiled",
        script: "numba_loops.py",
        requirements: "requirements-numba.txt",
        replications: 2000,
    },
    PythonPeer {
        name: "numpy",
        manner: "arrays over 128 replications at once",
        script: "numpy_arrays.py",
        requirements: "requirements-numpy.txt",
        replications: 640,
    },
    PythonPeer {
        name: "Mesa",
        manner: "teams are agents of a model",
        script: "mesa_agents.py",
        requirements: "requirements-mesa.txt",
        replications: 140,
    },
    PythonPeer {
        name: "SimPy",
        manner: "teams are processes in an environment",
        script: "simpy_processes.py",
        requirements: "requirements-simpy.txt",
        replications: 120,
    },
];

/// Builds and installs all peers; the engine comes first and must be there, any other may be missing.
pub fn install() -> Result<(Vec<Program>, Vec<Missing>), String> {
    let mut programs = vec![
        rust_program(
            "orgsim",
            "the general engine, mechanisms switched off",
            "peer-orgsim",
            3000,
        )?,
        rust_program(
            "plain Rust",
            "one file, neither slowed down nor tuned",
            "peer-plain-rust",
            2500,
        )?,
    ];
    let mut missing = Vec::new();
    let mut keep = |name, installed: Result<Program, String>| match installed {
        Ok(program) => programs.push(program),
        Err(reason) => {
            eprintln!("{name} cannot be installed and is left out: {reason}");
            missing.push(Missing { name, reason });
        }
    };
    keep("krABMaga", krabmaga());
    let python = virtual_environment();
    for peer in &PYTHON_PEERS {
        keep(peer.name, python.clone().and_then(|python| peer.install(&python)));
    }
    Ok((programs, missing))
}

fn rust_program(
    name: &'static str,
    manner: &'static str,
    binary: &str,
    replications: u64,
) -> Result<Program, String> {
    let built = build(binary, &["--package", "peers", "--bin", binary])?;
    Ok(Program {
        name,
        manner,
        replications,
        words: vec![built],
    })
}

fn krabmaga() -> Result<Program, String> {
    let target = peers_folder().join("krabmaga").display().to_string();
    let manifest = "benches/peers/krabmaga/Cargo.toml";
    let arguments = ["--locked", "--manifest-path", manifest, "--target-dir", &target];
    Ok(Program {
        name: "krABMaga",
        manner: "teams are agents of a schedule",
        replications: 2000,
        words: vec![build("peer-krabmaga", &arguments)?],
    })
}

/// Builds `binary` optimised and returns where it is.
fn build(binary: &str, arguments: &[&str]) -> Result<PathBuf, String> {
    println!("Building {binary}");
    let output = cargo_command(&[
        "build",
        "--release",
        "--quiet",
        "--message-format=json-render-diagnostics",
    ])
    .args(arguments)
    .stderr(Stdio::inherit())
    .output()
    .map_err(|error| format!("cargo cannot be started: {error}"))?;
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let executable = messages.lines().find_map(|line| executable(line, binary));
    executable
        .filter(|_| output.status.success())
        .ok_or_else(|| format!("cargo did not build {binary}"))
}

/// The path of `binary`, if this message of cargo says that it is built.
fn executable(message: &str, binary: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_it = message["target"]["name"].as_str()? == binary;
    is_it.then(|| message["executable"].as_str().map(PathBuf::from))?
}

impl PythonPeer {
    fn install(&self, python: &Path) -> Result<Program, String> {
        println!("Installing {}", self.name);
        let folder = root().join("benches/peers/python");
        let mut pip = Command::new(python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ]);
        finish(pip.arg(folder.join(self.requirements)))?;
        Ok(Program {
            name: self.name,
            manner: self.manner,
            replications: self.replications,
            words: vec![python.to_owned(), folder.join(self.script)],
        })
    }
}

/// The interpreter of an environment of its own, made on first use. `PYTHON` names another interpreter to make it with.
fn virtual_environment() -> Result<PathBuf, String> {
    let folder = peers_folder().join("venv");
    let python = folder.join("bin").join("python");
    if !python.exists() {
        let interpreter = env::var_os("PYTHON").unwrap_or_else(|| "python3.11".into());
        finish(Command::new(interpreter).args(["-m", "venv"]).arg(&folder))?;
    }
    Ok(python)
}

fn finish(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| format!("`{name}` cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    Err(format!("`{name}` failed: {}", last.unwrap_or("it said nothing")))
}

/// Where peers are installed.
fn peers_folder() -> PathBuf {
    root().join("target").join("peers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_built_program_is_found_among_the_messages() {
        let built = r#"{"reason":"compiler-artifact","target":{"name":"peer"},"executable":"/there/peer"}"#;
        let library = r#"{"reason":"compiler-artifact","target":{"name":"peer"},"executable":null}"#;
        assert_eq!(executable(built, "peer"), Some(PathBuf::from("/there/peer")));
        assert_eq!(executable(built, "another"), None);
        assert_eq!(executable(library, "peer"), None);
        assert_eq!(executable("warning: not JSON", "peer"), None);
    }

    #[test]
    fn a_program_that_fails_says_why() {
        let failure = finish(Command::new("sh").args(["-c", "echo first >&2; echo last >&2; exit 3"]));
        assert!(failure.is_err_and(|reason| reason.contains("last") && !reason.contains("first")));
        assert!(
            finish(&mut Command::new("no-such-program"))
                .is_err_and(|reason| reason.contains("no-such-program"))
        );
    }
}
