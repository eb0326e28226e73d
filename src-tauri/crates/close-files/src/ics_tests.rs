use super::*;

fn calendar(events: &[&str]) -> String {
    let event = |body: &&str| format!("BEGIN:VEVENT\r\nUID:1\r\n{body}\r\nEND:VEVENT\r\n");
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{events}END:VCALENDAR\r\n")
}

fn read(events: &[&str]) -> Result<Imported, IcsError> {
    read_holidays(calendar(events).as_bytes())
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

const CHRISTMAS: &str =
    "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas";

#[test]
fn all_day_events_are_taken_and_what_takes_a_part_of_a_day_is_counted() {
    let single = "DTSTART;VALUE=DATE:20260126\r\nSUMMARY:Australia\\, Day";
    let meeting = "DTSTART:20260127T090000Z\r\nSUMMARY:Meeting";
    let off = "DTSTART;VALUE=DATE:20260128\r\nSTATUS:CANCELLED\r\nSUMMARY:Off";
    let imported = read(&[CHRISTMAS, single, meeting, off]).unwrap();
    let days: Vec<Date> = imported.holidays.keys().copied().collect();
    assert_eq!(
        days,
        [day("2026-01-26"), day("2026-12-25"), day("2026-12-26")]
    );
    assert_eq!(imported.left_out, 1);
    assert_eq!(imported.known_until, day("2026-12-26"));
    assert!(imported.holidays[&day("2026-01-26")].contains("Day"));
}

#[test]
fn events_that_repeat_are_refused_by_name() {
    let weekly = format!("{CHRISTMAS}\r\nRRULE:FREQ=YEARLY");
    let dates = format!("{CHRISTMAS}\r\nRDATE;VALUE=DATE:20271225");
    for repeating in [weekly, dates] {
        let error = read(&[&repeating]).unwrap_err();
        assert_eq!(error, IcsError::Repeats(vec!["Christmas".into()]));
        assert!(error.to_string().contains("Nothing was changed"));
    }
}

#[test]
fn a_file_that_is_too_large_or_no_calendar_is_refused_before_anything_is_taken() {
    let large = vec![b' '; LARGEST_FILE + 1];
    assert_eq!(read_holidays(&large), Err(IcsError::TooLarge));
    for text in [
        &b"\xFF\xFE"[..],
        b"",
        b"<html>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEV",
    ] {
        let error = read_holidays(text).unwrap_err();
        assert!(
            matches!(error, IcsError::NoCalendar(_) | IcsError::NoHolidays),
            "{error:?}"
        );
    }
    assert_eq!(read(&[]), Err(IcsError::NoHolidays));
    let long = "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Year";
    assert_eq!(read(&[long]), Err(IcsError::TooLong("Year".into())));
}

#[test]
fn a_file_with_the_mark_of_its_encoding_is_read_too() {
    let text = format!("\u{FEFF}{}", calendar(&[CHRISTMAS]));
    assert!(read_holidays(text.as_bytes()).is_ok());
}

/// RFC 5545 lets an event say how long it takes instead of when it ends.
#[test]
fn an_event_may_say_how_long_it_takes() {
    for (long, days) in [("P2D", 2), ("P1W", 7), ("PT24H", 1), ("P0D", 1)] {
        let event = format!("DTSTART;VALUE=DATE:20261225\r\nDURATION:{long}\r\nSUMMARY:Off");
        assert_eq!(read(&[&event]).unwrap().holidays.len(), days, "{long}");
    }
    let half = "DTSTART;VALUE=DATE:20261225\r\nDURATION:PT12H\r\nSUMMARY:Half";
    assert_eq!(read(&[CHRISTMAS, half]).unwrap().left_out, 1);
}

/// Outlook writes a day off as an appointment from midnight to midnight.
#[test]
fn what_takes_from_midnight_to_midnight_is_a_day_off() {
    let whole = "DTSTART;TZID=\"AUS Eastern Standard Time\":20261228T000000\r\n\
                 DTEND;TZID=\"AUS Eastern Standard Time\":20261229T000000\r\nSUMMARY:Boxing Day";
    let part = "DTSTART:20261230T000000\r\nDTEND:20261230T120000\r\nSUMMARY:Half";
    let no_time = "DTSTART:20261230T000000\r\nSUMMARY:Reminder";
    let elsewhere = "DTSTART:20261230T000000Z\r\nDTEND:20261231T000000Z\r\nSUMMARY:In London";
    let imported = read(&[CHRISTMAS, whole, part, no_time, elsewhere]).unwrap();
    assert_eq!(imported.holidays.len(), 3);
    assert!(imported.holidays.contains_key(&day("2026-12-28")));
    assert_eq!(imported.left_out, 3);
}
