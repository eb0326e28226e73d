use super::*;
use crate::csv_text::harmless;

fn evidence() -> Evidence {
    Evidence {
        header: Header {
            plan: "Month-end & <close>".into(),
            period: "October 2026".into(),
            ..Header::default()
        },
        runs: vec![RunRow {
            run: "pr-1".into(),
            attempt: 2,
            because: "=HYPERLINK(\"http://evil\")".into(),
            solvexia_status: "Finished".into(),
            finished: Some("2026-11-04T07:20:00Z".parse().unwrap()),
            seconds: Some(-5.5),
            ..RunRow::default()
        }],
        steps: vec![StepRow {
            message: "two\nlines, \"quoted\"; ümlaut <b>".into(),
            ..StepRow::default()
        }],
        ..Evidence::default()
    }
}

fn file(name: &str) -> Vec<u8> {
    let files = files(&evidence()).unwrap();
    files
        .into_iter()
        .find(|file| file.name == name)
        .unwrap()
        .bytes
}

#[test]
fn a_text_that_would_run_as_a_formula_is_shown_as_text_and_numbers_stay_numbers() {
    for formula in [
        "=1+1", "+1+cmd", "-2+3", "@SUM(A1)", " =1", "\u{A0}=1", "＝1", "-", "%0A=1",
    ] {
        assert_eq!(harmless(formula), format!("'{formula}"));
    }
    for plain in [
        "",
        "-5",
        "+3.5",
        "1e3",
        "Rates - FX",
        "a=b",
        "2026-11-04T07:20:00Z",
    ] {
        assert_eq!(harmless(plain), plain);
    }
    // A spreadsheet that separates by something else begins new cells in the middle of a text.
    for (text, shown) in [
        ("\t=1", "'\t'=1"),
        ("Bank;=1+1;x", "Bank;'=1+1;x"),
        ("Bank\t+1+1", "Bank\t'+1+1"),
        ("Bank; -A1", "Bank;' -A1"),
        ("x;\"=1+1\"", "x;'\"=1+1\""),
        ("a\n@SUM(A1)", "a\n'@SUM(A1)"),
        ("10; -5;20", "10; -5;20"),
        ("Rates; FX", "Rates; FX"),
    ] {
        assert_eq!(harmless(text), shown);
    }
    // What `parse` takes for a number and a spreadsheet does not.
    assert_eq!(harmless("-inf"), "'-inf");
}

#[test]
fn a_moment_has_milliseconds_and_what_isolates_a_name_on_a_screen_hides_no_formula() {
    let told = AlarmRow {
        at: Some("2026-11-04T07:20:00.123456789Z".parse().unwrap()),
        title: "\u{2068}=1+1\u{2069} is late".into(),
        ..AlarmRow::default()
    };
    let pack = Evidence {
        alarms: vec![told],
        ..Evidence::default()
    };
    let alarms = files(&pack).unwrap().into_iter();
    let alarms = alarms.into_iter().find(|file| file.name == "alarms.csv");
    let text = String::from_utf8(alarms.unwrap().bytes).unwrap();
    let row = text.lines().nth(1).unwrap();
    assert_eq!(row, "2026-11-04T07:20:00.123Z,'=1+1 is late,");
}

#[test]
fn a_table_reads_back_cell_for_cell_and_begins_with_the_mark_of_its_encoding() {
    let bytes = file("steps.csv");
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).expect("the mark");
    assert!(text.windows(2).any(|end| end == b"\r\n"));
    let mut reader = csv::Reader::from_reader(text);
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(&row[8], "two\nlines, \"quoted\"; ümlaut <b>");
    let runs = String::from_utf8(file("runs.csv")).unwrap();
    assert!(
        runs.contains("\"'=HYPERLINK(\"\"http://evil\"\")\""),
        "{runs}"
    );
    assert!(runs.contains(",-5.5,"), "{runs}");
}

#[test]
fn the_page_holds_every_table_and_nothing_that_could_run() {
    let page = String::from_utf8(file("evidence.html")).unwrap();
    for table in evidence().tables().unwrap() {
        assert!(page.contains(&format!("<caption>{}</caption>", table.name)));
    }
    assert!(page.contains("Month-end &amp; &lt;close&gt;") && page.contains("&lt;b&gt;"));
    assert!(!page.contains("<b>") && !page.contains("<script") && !page.contains("src="));
    assert!(page.contains("SolveXia lists data steps only"));
}

/// Whoever has the pack can work the header's sum of the calendar out again.
#[test]
fn the_sum_of_the_calendar_is_that_of_the_days_in_the_pack() {
    let day = DayOffRow {
        day: "2026-12-25".into(),
        name: "Christmas Day".into(),
    };
    let pack = Evidence {
        calendar: vec![day],
        ..Evidence::default()
    };
    let files = files(&pack).unwrap();
    let of = |name: &str| &files.iter().find(|file| file.name == name).unwrap().bytes;
    let header = String::from_utf8(of("header.csv").clone()).unwrap();
    let calendar = of("calendar.csv");
    assert!(header.contains(&sha256(calendar)), "{header}");
    let text = String::from_utf8(calendar.clone()).unwrap();
    assert!(text.contains("2026-12-25,Christmas Day"), "{text}");
}

#[test]
fn the_manifest_has_the_sum_of_every_other_file() {
    let files = files(&evidence()).unwrap();
    let (manifest, others) = files.split_last().unwrap();
    assert_eq!(manifest.name, MANIFEST);
    let text = String::from_utf8(manifest.bytes.clone()).unwrap();
    assert_eq!(text.lines().count(), others.len());
    for (line, file) in text.lines().zip(others) {
        assert_eq!(line, format!("{}  {}", sha256(&file.bytes), file.name));
    }
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(sha256(b""), empty);
}
