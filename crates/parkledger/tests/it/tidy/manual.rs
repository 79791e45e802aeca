//! Every command line in the README files and the manual is one the program understands.

use std::collections::HashMap;
use std::process::Command;

use super::{none, tree};

#[test]
fn documents_name_commands_and_options_that_exist() {
    let mut helps = HashMap::new();
    let mut faults = Vec::new();
    for document in ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "content/README.md"]
        .map(str::to_owned)
        .into_iter()
        .chain(tree::files_under("docs/", ".md"))
    {
        for (n, line) in tree::read(&document).lines().enumerate() {
            for command in commands(line) {
                faults.extend(
                    wrong_in(command, &mut helps)
                        .map(|what| format!("{document}:{}: {what} in {command:?}", n + 1)),
                );
            }
        }
    }
    none(&faults, "write the command as `parkledger --help` shows it");
}

/// The command lines in a line of text: a whole line that starts with the program's name, or back-ticked.
fn commands(line: &str) -> impl Iterator<Item = &str> {
    let whole = Some(line.trim()).filter(|line| !line.contains('`'));
    whole
        .into_iter()
        .chain(line.split('`').skip(1).step_by(2))
        .filter_map(|text| {
            text.strip_prefix("parkledger ").or_else(|| text.strip_prefix("target/release/parkledger "))
        })
        .filter(|rest| rest.starts_with(|c: char| c == '-' || c.is_ascii_lowercase()))
}

/// What the program does not know in a command.
fn wrong_in(command: &str, helps: &mut HashMap<Vec<String>, String>) -> Option<String> {
    let mut path: Vec<String> = Vec::new();
    let mut flags = Vec::new();
    for word in command.split('#').next().unwrap_or_default().split_whitespace() {
        let word = word.trim_matches(['[', ']', '\\']);
        if word.starts_with("--") {
            flags.push(word.split('=').next().unwrap_or_default().to_owned());
        } else if has_subcommand(help(&path, helps), word) {
            path.push(word.to_owned());
        }
    }
    if path.is_empty() && !flags.iter().any(|flag| flag == "--help" || flag == "--version") {
        return Some("no known subcommand".to_owned());
    }
    let text = help(&path, helps);
    flags.into_iter().find(|flag| !text.contains(flag.as_str())).map(|flag| format!("no option {flag}"))
}

fn has_subcommand(help: &str, word: &str) -> bool {
    help.lines()
        .skip_while(|line| *line != "Commands:")
        .take_while(|line| !line.is_empty())
        .any(|line| line.strip_prefix("  ").and_then(|rest| rest.split_whitespace().next()) == Some(word))
}

fn help<'a>(path: &[String], helps: &'a mut HashMap<Vec<String>, String>) -> &'a str {
    helps.entry(path.to_vec()).or_insert_with(|| {
        let output = Command::new(env!("CARGO_BIN_EXE_parkledger")).args(path).arg("--help").output();
        String::from_utf8(output.expect("the program was built for this test").stdout).expect("help is UTF-8")
    })
}
