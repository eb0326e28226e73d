//! Holidays from a calendar file that the user chooses.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use runwatch_close_files::ics::{IcsError, Imported, LARGEST_FILE, read_holidays};
use runwatch_contract::{AppError, ErrorCode, ImportedCalendar};
use runwatch_core::close::working_days::Calendar;

use crate::api::answer::Answer;
use crate::api::views::count;
use crate::close::draft::show_calendar;

/// Reads a calendar file; of one that is too large, no more than is allowed.
///
/// # Errors
/// A sentence, where it cannot be read or holds no holidays.
pub fn import(path: &Path) -> Answer<ImportedCalendar> {
    let mut bytes = Vec::new();
    let most = LARGEST_FILE as u64 + 1;
    let read_all = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    if let Err(error) = read_all {
        let message = format!("This calendar file cannot be read ({error}). Nothing was changed.");
        return Err(AppError::new(ErrorCode::BadId, message));
    }
    let imported = read_holidays(&bytes).map_err(|error: IcsError| refused(&error))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let Imported {
        holidays,
        left_out,
        known_until,
    } = imported;
    let calendar = Calendar {
        name: name.into_owned(),
        holidays,
        known_until: Some(known_until),
    };
    Ok(ImportedCalendar {
        calendar: show_calendar(&calendar),
        left_out: count(left_out),
    })
}

fn refused(error: &IcsError) -> AppError {
    AppError::new(ErrorCode::BadId, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::Builder::new().suffix(".ics").tempfile().unwrap();
        std::fs::write(file.path(), content).unwrap();
        file
    }

    fn event(more: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\n\
             SUMMARY:Christmas Day\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    #[test]
    fn a_calendar_file_becomes_a_calendar_by_its_name_that_knows_as_far_as_it_goes() {
        let file = file(event("").as_bytes());
        let imported = import(file.path()).unwrap();
        assert_eq!(imported.calendar.holidays[0].day, "2026-12-25");
        assert_eq!(imported.calendar.known_until.as_deref(), Some("2026-12-25"));
        let stem = file.path().file_stem().unwrap().to_string_lossy();
        assert_eq!(imported.calendar.name, stem);
    }

    #[test]
    fn a_file_that_is_too_large_repeats_or_is_gone_is_refused_in_words_and_changes_nothing() {
        let mut large = event("").into_bytes();
        large.resize(LARGEST_FILE + 100, b'\n');
        let large = import(file(&large).path()).unwrap_err().message;
        assert!(large.contains("larger than 10 MB"), "{large}");
        let repeats = file(event("RRULE:FREQ=YEARLY\r\n").as_bytes());
        let repeats = import(repeats.path()).unwrap_err().message;
        assert!(repeats.contains("These events repeat"), "{repeats}");
        let gone = import(Path::new("/nowhere/at-all.ics"))
            .unwrap_err()
            .message;
        assert!(gone.contains("cannot be read"), "{gone}");
        for said in [large, repeats, gone] {
            assert!(said.ends_with("Nothing was changed."), "{said}");
        }
    }
}
