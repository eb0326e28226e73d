//! A notification as the XML of a Windows toast.

use runwatch_core::address::Address;
use runwatch_core::words::NotificationText;

use crate::on_click::button;

/// Windows refuses a toast of more than 5 KB of XML, and does not say in which encoding it counts.
const LONGEST_XML: usize = 4_800;

/// The toast of a notification. `launch` is the address that a click opens, also after the app has ended;
/// with none, the click is told to the app while it runs.
pub fn toast_xml(note: &NotificationText, launch: Option<&Address>) -> String {
    let mut note = note.clone();
    loop {
        let xml = write(&note, launch);
        let length = note.body.chars().count();
        // Measured after escaping: it makes a character up to six times as long.
        let is_too_long = xml.len().max(2 * xml.encode_utf16().count()) > LONGEST_XML;
        if !is_too_long || length < 10 {
            return xml;
        }
        note = note.with_body_of(length * 9 / 10);
    }
}

fn write(note: &NotificationText, opens: Option<&Address>) -> String {
    let address = opens.map(|address| escaped(&address.to_string()));
    let launch = address.as_ref().map_or_else(String::new, |address| {
        format!(r#" activationType="protocol" launch="{address}""#)
    });
    let actions = address.zip(button(opens)).map_or_else(String::new, |(address, label)| {
        format!(
            r#"<actions><action content="{label}" activationType="protocol" arguments="{address}"/></actions>"#
        )
    });
    let (title, body) = (escaped(&note.title), escaped(&note.body));
    format!(
        "<toast{launch}><visual><binding template=\"ToastGeneric\"><text>{title}</text>\
         <text>{body}</text></binding></visual>{actions}\
         <audio src=\"ms-winsoundevent:Notification.Default\"/></toast>"
    )
}

/// Text and attributes alike. What XML 1.0 has no way to write is left out.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_in_xml(*c)) {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            other => xml.push(other),
        }
    }
    xml
}

fn is_in_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use runwatch_core::ids::RunId;

    use super::*;

    fn note(title: &str, body: &str) -> NotificationText {
        NotificationText {
            title: title.into(),
            body: body.into(),
        }
    }

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn what_offers_to_start_something_has_a_button_that_says_so() {
        let start = address("runwatch://close/plan/2026-10-31/start/p-1");
        let xml = toast_xml(&note("t", "b"), Some(&start));
        let button = format!(
            r#"<actions><action content="Start…" activationType="protocol" arguments="{start}"/></actions>"#
        );
        assert!(xml.contains(&button), "{xml}");
        let run = address("runwatch://run/a/pr-1");
        assert!(!toast_xml(&note("t", "b"), Some(&run)).contains("action "));
        assert!(!toast_xml(&note("t", "b"), None).contains("action "));
    }

    #[test]
    fn a_click_opens_the_address_by_the_system() {
        let xml = toast_xml(
            &note("Failed", "why"),
            Some(&address("runwatch://run/a%2Db/pr-1")),
        );
        assert!(
            xml.starts_with(
                r#"<toast activationType="protocol" launch="runwatch://run/a%2Db/pr-1">"#
            ),
            "{xml}"
        );
        assert!(!toast_xml(&note("t", "b"), None).contains("launch"));
    }

    #[test]
    fn a_text_cannot_end_its_place_and_what_xml_cannot_hold_is_left_out() {
        let xml = toast_xml(
            &note("a\0\u{1b}\u{b}<b>&\"c\u{FFFF}", "]]></text>\nline\u{FFFE}"),
            Some(&Address::Run {
                place: "x\"><y".into(),
                run: RunId::parse("pr-1").unwrap(),
            }),
        );
        assert!(xml.contains("<text>a&lt;b&gt;&amp;&quot;c</text>"), "{xml}");
        assert!(
            xml.contains("<text>]]&gt;&lt;/text&gt;\nline</text>"),
            "{xml}"
        );
        assert!(
            xml.contains(r#"launch="runwatch://run/x%22%3E%3Cy/pr-1">"#),
            "{xml}"
        );
    }

    #[test]
    fn rule_22_the_xml_of_a_toast_fits_whatever_its_text_holds() {
        let longest = address(
            "runwatch://close/3f2a0c1e-9a54-4c7e-8d0b-0f3f3a7f9a11/2026-10-31/start/p-123456",
        );
        for filling in ["a", "&", "\"", "ä", "山", "𝄞", "\u{2068}&\u{2069}"] {
            let text = note(&filling.repeat(100), &filling.repeat(1_000)).fitted();
            let xml = toast_xml(&text, Some(&longest));
            assert!(xml.len() <= 5_000, "{filling}: {}", xml.len());
            assert!(xml.encode_utf16().count() * 2 <= 5_000, "{filling}");
            assert_eq!(
                xml.matches('\u{2068}').count(),
                xml.matches('\u{2069}').count()
            );
        }
        let short = note("Failed: Bank", &"a".repeat(1_000));
        assert!(
            toast_xml(&short, None).contains(&short.body),
            "it is not cut"
        );
    }
}
