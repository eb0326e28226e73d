//! Desktop entries: the files by which Linux desktops know programs.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The value of `Exec` for a program with its arguments. `last` is put behind them as it is, such as a field
/// code.
///
/// # Errors
/// Where a name cannot be written so: desktop entries are UTF-8, of one line.
pub fn exec(program: &Path, arguments: &[String], last: &str) -> io::Result<String> {
    let program = program.to_str().ok_or(io::ErrorKind::InvalidInput)?;
    let mut words = vec![quoted(program)?];
    for argument in arguments {
        let is_plain = argument
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        words.push(if is_plain {
            argument.clone()
        } else {
            quoted(argument)?
        });
    }
    words.extend((!last.is_empty()).then(|| last.to_owned()));
    Ok(words.join(" "))
}

/// Quoted twice: as an argument, then as a value of the file. A percent sign begins a field code.
fn quoted(argument: &str) -> io::Result<String> {
    if argument.chars().any(char::is_control) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut text = String::from('"');
    for c in argument.chars() {
        match c {
            '"' | '`' | '$' => text.extend(["\\\\", c.encode_utf8(&mut [0; 4])]),
            '\\' => text.push_str("\\\\\\\\"),
            '%' => text.push_str("%%"),
            other => text.push(other),
        }
    }
    text.push('"');
    Ok(text)
}

/// Writes an entry whole, and only where it is not there as it should be. Says whether it was written.
///
/// # Errors
/// When it cannot be written.
pub fn write(file: &Path, text: &str) -> io::Result<bool> {
    if fs::read_to_string(file).is_ok_and(|there| there == text) {
        return Ok(false);
    }
    let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(text.as_bytes())?;
    beside.persist(file)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_letters_of_all_kinds_and_signs_is_one_word() {
        for (path, written) in [
            ("/opt/runwatch", r#""/opt/runwatch""#),
            ("/home/Jörg Übel 山田/run", r#""/home/Jörg Übel 山田/run""#),
            ("/a%u/b", r#""/a%%u/b""#),
            ("/a\"b`c$d", r#""/a\\"b\\`c\\$d""#),
            ("/a\\b", r#""/a\\\\b""#),
        ] {
            let said = exec(Path::new(path), &["--hidden".into()], "%u").unwrap();
            assert_eq!(said, format!("{written} --hidden %u"));
        }
        assert!(exec(Path::new("/a\nExec=evil"), &[], "").is_err());
    }
}
