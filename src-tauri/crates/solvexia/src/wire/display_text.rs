//! Texts from SolveXia, cleaned for display.

use runwatch_core::ids::shorten;

/// A name of one line, of at most `most` characters.
pub fn line(text: &str, most: usize) -> String {
    cut(
        text.chars().map(|c| if is_break(c) { ' ' } else { c }),
        most,
    )
}

/// A message of several lines, of at most `most` characters.
pub fn lines(text: &str, most: usize) -> String {
    cut(text.chars().map(|c| if c == '\t' { ' ' } else { c }), most)
}

/// Stops reading at the limit, so that a text of many megabytes costs little.
fn cut(characters: impl Iterator<Item = char>, most: usize) -> String {
    let kept: String = characters
        .filter(|c| *c == '\n' || !(c.is_control() || changes_direction(*c)))
        .take(most + 1)
        .collect();
    shorten(kept.trim(), most)
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}')
}

/// Invisible marks that change the reading direction, by which a name could be faked.
fn changes_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_control_characters() {
        assert_eq!(
            line(" Bank\nrec\u{0}\u{1b}[31m \u{202E}x ", 500),
            "Bank rec[31m x"
        );
    }

    #[test]
    fn a_message_keeps_its_lines() {
        assert_eq!(lines("a\r\nb\u{7}\tc", 100), "a\nb c");
    }

    #[test]
    fn a_long_text_is_cut_with_an_ellipsis() {
        let long = "ä".repeat(100_000);
        assert_eq!(line(&long, 500).chars().count(), 501);
        assert!(lines(&long, 10_000).ends_with('…'));
        assert_eq!(line("12345", 5), "12345");
    }
}
