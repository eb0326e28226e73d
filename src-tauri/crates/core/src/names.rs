//! Names and messages from outside, made fit to be shown: the one place for all of them.
//!
//! A name must not look like another one, hide, or disturb what stands beside it. What nobody can see is
//! taken out, directions and joiners too: they can reorder a line or tell two equal names apart.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

use crate::ids::shorten;

/// Marks above and below one letter: written languages need no more, and a hundred cover other lines.
const MOST_MARKS: usize = 3;

/// A name of one line, of at most `most` characters; none where nothing of it can be seen.
pub fn line(text: &str, most: usize) -> Option<String> {
    let mut after_space = true;
    let folded = visible(text)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(move |c| {
            let again = after_space && *c == ' ';
            after_space = *c == ' ';
            !again
        });
    cut(folded, most)
}

/// A message of several lines, of at most `most` characters; none where nothing of it can be seen.
pub fn lines(text: &str, most: usize) -> Option<String> {
    let kept = visible(text).filter(|c| *c != '\r').map(|c| match c {
        '\t' => ' ',
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        other => other,
    });
    cut(kept, most)
}

/// Stops reading at the limit, so that a text of many megabytes costs little.
fn cut(characters: impl Iterator<Item = char>, most: usize) -> Option<String> {
    let kept: String = characters.take(most + 1).collect();
    let text = shorten(kept.trim(), most);
    text.chars().any(leaves_ink).then_some(text)
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    let mut marks = 0;
    text.chars()
        .map(|c| if is_blank(c) { ' ' } else { c })
        .filter(|c| c.is_whitespace() || !is_hidden(*c))
        .filter(move |c| {
            marks = if is_mark(*c) { marks + 1 } else { 0 };
            marks <= MOST_MARKS
        })
}

/// Whether a character shows nothing by itself. All that change the direction are among the ignorable.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{FFF9}'..='\u{FFFB}')
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Whether a character is drawn above, below or around the one before it.
fn is_mark(c: char) -> bool {
    matches!(
        CodePointMapData::<GeneralCategory>::new().get(c),
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark
    )
}

fn leaves_ink(c: char) -> bool {
    !(c.is_whitespace() || is_mark(c))
}

/// Two characters are blank though Unicode counts them as symbols.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{1D159}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<String> {
        line(text, 500)
    }

    #[test]
    fn a_name_is_one_line_without_control_characters() {
        let shown = name(" Bank\n \u{2028} rec\u{0}\u{1b}[31m \u{202E}x\u{3000} ");
        assert_eq!(shown.as_deref(), Some("Bank rec[31m x"));
    }

    #[test]
    fn a_message_keeps_its_lines() {
        assert_eq!(lines("a\r\nb\u{7}\tc", 100).as_deref(), Some("a\nb c"));
        assert_eq!(lines("a\u{2029}  b", 100).as_deref(), Some("a\n  b"));
    }

    #[test]
    fn a_long_text_is_cut_with_an_ellipsis() {
        let long = "ä".repeat(100_000);
        assert_eq!(line(&long, 500).unwrap().chars().count(), 501);
        assert!(lines(&long, 10_000).unwrap().ends_with('…'));
        assert_eq!(line("12345", 5).as_deref(), Some("12345"));
    }

    #[test]
    fn two_names_that_look_the_same_are_the_same() {
        assert_eq!(name("Payroll\u{2800}").as_deref(), Some("Payroll"));
        for hidden in [
            "\u{200B}",
            "\u{200D}",
            "\u{2060}",
            "\u{FEFF}",
            "\u{AD}",
            "\u{34F}",
            "\u{61C}",
            "\u{200F}",
            "\u{2067}",
            "\u{3164}",
            "\u{FE0F}",
            "\u{FFF9}",
            "\u{E0041}",
        ] {
            let shown = name(&format!("Pay{hidden}roll"));
            assert_eq!(shown.as_deref(), Some("Payroll"), "{hidden:?}");
        }
    }

    #[test]
    fn a_name_of_which_nothing_can_be_seen_is_none() {
        for blank in [
            "",
            " \u{A0}\u{3000}",
            "\u{200B}",
            "\u{3164}\u{115F}",
            "\u{2800}",
            "\u{301}",
            "\u{1D159}",
        ] {
            assert_eq!(name(blank), None, "{blank:?}");
            assert_eq!(lines(blank, 9), None, "{blank:?}");
        }
    }

    #[test]
    fn marks_do_not_pile_up_over_other_lines_and_written_languages_keep_theirs() {
        let piled = format!("a{}b\u{301}", "\u{301}".repeat(200));
        let expected = format!("a{}b\u{301}", "\u{301}".repeat(3));
        assert_eq!(name(&piled), Some(expected));
        for word in [
            "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t",
            "བརྒྱུད",
            "हिन्दी",
            "שָׁלוֹם",
        ] {
            assert_eq!(name(word).as_deref(), Some(word));
        }
    }
}
