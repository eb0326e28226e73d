//! Command lines as Windows splits them.

use std::path::Path;

/// A program with its arguments as one line. None where the path is no Unicode.
pub fn command_line(program: &Path, arguments: &[String]) -> Option<String> {
    Some(format!(
        "\"{}\" {}",
        program.to_str()?,
        in_one_line(arguments)
    ))
}

/// Arguments as one line.
pub fn in_one_line(arguments: &[String]) -> String {
    let words: Vec<String> = arguments.iter().map(|argument| quoted(argument)).collect();
    words.join(" ")
}

/// In quotes where it has to be. Backslashes count as themselves but before a quote; no file name of
/// Windows holds one.
fn quoted(argument: &str) -> String {
    if !argument.contains(' ') {
        return argument.to_owned();
    }
    let at_end = argument.len() - argument.trim_end_matches('\\').len();
    format!("\"{argument}{}\"", "\\".repeat(at_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_spaces_and_letters_of_all_kinds_stay_one_word() {
        let line = |program: &str, arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            command_line(Path::new(program), &arguments).unwrap()
        };
        assert_eq!(line(r"C:\r.exe", &["--hidden"]), r#""C:\r.exe" --hidden"#);
        assert_eq!(
            line(
                r"C:\Users\Jörg Übel 山田\r.exe",
                &["--hidden", "--data-dir", r"D:\my data\"]
            ),
            r#""C:\Users\Jörg Übel 山田\r.exe" --hidden --data-dir "D:\my data\\""#
        );
    }
}
