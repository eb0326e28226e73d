use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn every_line_of_every_preset_is_a_day_and_every_year_has_some() {
    for preset in PRESETS {
        let lines = preset
            .days
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        let calendar = preset.calendar();
        assert_eq!(calendar.holidays.len(), lines, "{}", preset.code);
        for year in 2024..=2028 {
            let of_year = calendar
                .holidays
                .keys()
                .filter(|day| day.year() == year)
                .count();
            assert!(
                (5..25).contains(&of_year),
                "{} {year}: {of_year}",
                preset.code
            );
        }
    }
}

/// Days that governments announced themselves, from their own pages.
#[test]
fn presets_know_the_days_that_tell_their_places_apart() {
    let off = |code: &str, date: &str| {
        let preset = Preset::by_code(code).unwrap();
        preset.calendar().holidays.contains_key(&day(date))
    };
    // Melbourne Cup, the King's Birthday in Queensland, Western Australia Day.
    assert!(off("au-vic", "2026-11-03") && !off("au-nsw", "2026-11-03"));
    assert!(off("au-qld", "2026-10-05") && !off("au-qld", "2026-06-08"));
    assert!(off("au-wa", "2026-06-01"));
    // Brisbane's show day: those of towns are added by their owner.
    assert!(!off("au-qld", "2026-08-12"));
    // St Andrew's Day; Easter Monday is none in Scotland; 12 July.
    assert!(off("uk-sct", "2026-11-30") && !off("uk-sct", "2026-04-06"));
    assert!(off("uk-eng", "2026-04-06") && off("uk-nir", "2027-07-12"));
    // Juneteenth, and the Fourth of July on a Saturday.
    assert!(off("us-federal", "2025-06-19") && off("us-federal", "2026-07-03"));
    assert!(off("ecb", "2028-05-01") && !off("ecb", "2028-12-27"));
}

#[test]
fn pasted_days_are_read_in_forms_that_mean_one_day_only() {
    let text = "2026-12-25 Christmas Day\n\n 28 December 2026\tShutdown\n2 Jan 2027\n";
    let days = pasted(text).unwrap();
    assert_eq!(days[&day("2026-12-25")], "Christmas Day");
    assert_eq!(days[&day("2026-12-28")], "Shutdown");
    assert_eq!(days[&day("2027-01-02")], "Holiday");
    let error = pasted("2026-12-25\n3/4/2026 Which?").unwrap_err();
    assert_eq!(
        error,
        PasteError::NoDay {
            line: 2,
            text: "3/4/2026 Which?".into()
        }
    );
    assert_eq!(pasted(" \n"), Err(PasteError::Nothing));
    let many: String = (0..=MOST_HOLIDAYS as i64)
        .map(|n| {
            format!(
                "{}\n",
                crate::close::periods::moved(day("2000-01-01"), jiff::Span::new().days(n))
            )
        })
        .collect();
    assert_eq!(pasted(&many), Err(PasteError::TooMany));
}

#[test]
fn a_year_of_two_digits_is_refused_and_not_taken_for_one_of_the_first_century() {
    for text in [
        "25 December 26 Christmas",
        "25 Dec 26",
        "26-12-25 Christmas",
        "0026-12-25 Christmas",
    ] {
        let (line, text) = (1, text.to_owned());
        assert_eq!(pasted(&text), Err(PasteError::Year { line, text }));
    }
}
