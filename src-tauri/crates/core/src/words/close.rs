//! What is said of a close: its alarms, what is at hand, and why nothing can be foreseen.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::close::alarms::Cause;
use crate::close::board::{CannotTell, LatestStart};
use crate::close::local_time::ClockShift;
use crate::close::open::{CloseNote, WhyUnseen};
use crate::ids::ProcessId;
use crate::words::NotificationText;
use crate::words::terms::name;

/// So many items are named.
const NAMED: usize = 5;

/// A close, as it is spoken of.
#[derive(Debug, Clone)]
pub struct SpokenClose<'a> {
    /// The plan's name.
    pub plan: &'a str,
    /// The period's label.
    pub period: &'a str,
    /// The cut-off (UTC).
    pub cut_off: Timestamp,
    /// The plan's zone.
    pub zone: &'a TimeZone,
}

impl SpokenClose<'_> {
    fn title(&self) -> String {
        format!("{}, {}", name(self.plan, 50), self.period)
    }

    /// A moment as the plan's owner has it on the wall: `Wed 4 Nov 18:00`.
    fn time(&self, at: Timestamp) -> String {
        at.to_zoned_datetime(self.zone.clone())
            .strftime("%a %-d %b %H:%M")
            .to_string()
    }
}

/// An alarm. `holds_up` says that others wait for what is blocked, `done` when a late close was. `item` is the name
/// of what is blocked, or of what decides a late finish most; `latest` is by when a blocked one must be restarted to
/// make it, as far as that is known.
pub fn alarm(
    close: &SpokenClose,
    cause: &Cause,
    item: Option<&str>,
    latest: Option<LatestStart>,
    holds_up: bool,
    done: Option<Timestamp>,
) -> NotificationText {
    let cut_off = close.time(close.cut_off);
    let item = item.map(|item| name(item, 80));
    let (what, body) = match cause {
        Cause::ExpectedLate => {
            let look = item.map_or_else(String::new, |item| format!(" Look at {item} first."));
            let body = format!(
                "It is unlikely to be done by the cut-off ({cut_off}), even if nothing fails.{look}"
            );
            ("is expected late", body)
        }
        Cause::Late => {
            let body = match done.map(|at| close.time(at)) {
                Some(at) => format!("It was done on {at}, after the cut-off ({cut_off})."),
                None => {
                    format!("The cut-off ({cut_off}) has passed, and not everything is done.")
                }
            };
            ("is late", body)
        }
        Cause::Unclear => {
            let body = format!(
                "The cut-off ({cut_off}) has passed, and it is not clear which runs count. Say on the board which \
                 ones do."
            );
            ("may be late", body)
        }
        Cause::Blocked(process) => {
            let item = item.unwrap_or_else(|| process.to_string());
            let restart = match latest {
                None => format!("The cut-off is {cut_off}."),
                Some(LatestStart::TooLate) => {
                    format!(
                        "Even if it is restarted now, the cut-off ({cut_off}) is unlikely to be made."
                    )
                }
                Some(LatestStart::By(at)) => format!(
                    "If it is restarted by {}, the cut-off ({cut_off}) is still likely to be made.",
                    close.time(at)
                ),
            };
            (
                "is blocked",
                match holds_up {
                    true => {
                        format!("{item} is blocked, and others wait for it. {restart}")
                    }
                    false => format!("{item} is blocked. {restart}"),
                },
            )
        }
    };
    NotificationText {
        title: format!("{} {what}", close.title()),
        body,
    }
}

/// Items that were not started: each with the time it was due at. `while_away` says that nobody could see
/// them in time.
pub fn did_not_start(
    close: &SpokenClose,
    items: &[(&str, Timestamp)],
    while_away: bool,
) -> NotificationText {
    let line = |(item, due): &(&str, Timestamp)| {
        format!(
            "{} was due {} and has not started.",
            name(item, 80),
            close.time(*due)
        )
    };
    let mut lines: Vec<String> = items.iter().take(NAMED).map(line).collect();
    if items.len() > NAMED {
        lines.push(format!("And {} more.", items.len() - NAMED));
    }
    if while_away {
        lines.push("Runwatch could not look when it was due.".to_owned());
    }
    let what = match items {
        [(item, _)] => format!("{} did not start", name(item, 50)),
        many => format!("{} processes did not start", many.len()),
    };
    NotificationText {
        title: what,
        body: format!("{}\n{}", close.title(), lines.join("\n")),
    }
}

/// What can be started by hand now. Nothing starts by itself.
pub fn next_step(close: &SpokenClose, item: &str, after: &[&str]) -> NotificationText {
    let after: Vec<String> = after
        .iter()
        .take(NAMED)
        .map(|before| name(before, 80))
        .collect();
    let are = if after.len() == 1 { "is" } else { "are" };
    NotificationText {
        title: format!("{} can be started", name(item, 80)),
        body: format!("{}: {} {are} done.", close.title(), after.join(", ")),
    }
}

/// Why nothing is foreseen; `name_of` has the items' names.
pub fn cannot_tell<'a>(why: &CannotTell, name_of: impl Fn(&ProcessId) -> &'a str) -> String {
    let names = |items: &[ProcessId]| {
        let names: Vec<String> = items
            .iter()
            .take(NAMED)
            .map(|item| name(name_of(item), 80))
            .collect();
        names.join(", ")
    };
    match why {
        CannotTell::NotSeen => {
            "No forecast: Runwatch cannot see SolveXia at the moment.".to_owned()
        }
        CannotTell::AccountGone => {
            "The account of this plan was removed, so its runs cannot be seen. The plan \
             and its earlier closes are kept; sign in to that account again to go on."
                .to_owned()
        }
        CannotTell::NoHistory(items) => format!(
            "Cannot forecast: nobody has seen yet how long {} takes. Type an estimate into the plan, or let it \
             run once.",
            names(items)
        ),
        CannotTell::Unclear(items) => format!(
            "Cannot forecast: it is not known how {} stands. Look at it in the list below.",
            names(items)
        ),
    }
}

/// What the owner of a close must know of its times.
pub fn close_note(note: &CloseNote) -> String {
    match note {
        CloseNote::StartedBefore(item, before) => format!(
            "“{}” was started before “{}” was done, so it may rest on old figures. Run it again, or say \
             below that its run counts.",
            name(item, 80),
            name(before, 80)
        ),
        CloseNote::RunsUnread(item) => format!(
            "Not every run of “{}” could be read. If one of them belongs to this close, choose it below.",
            name(item, 80)
        ),
        CloseNote::CountsElsewhere {
            item,
            run,
            plan,
            period,
        } => format!(
            "“{}”: {run} counts for “{}”, {period}, so it does not count here. Say there that it does not \
             count, or create another run.",
            name(item, 80),
            name(plan, 50)
        ),
        CloseNote::StartUnseen(item, why) => {
            let why = match why {
                WhyUnseen::TooSlow => "SolveXia took too long to show all runs of its process",
                WhyUnseen::TooMany => "its process has more runs than Runwatch reads",
                WhyUnseen::NotRead => "a run of its process could not be read",
                WhyUnseen::Zone => "the time zone of SolveXia’s dates is not known yet",
            };
            let item = name(item, 80);
            format!(
                "Whether “{item}” was started in time cannot be told: {why}. Please look in SolveXia."
            )
        }
        CloseNote::KnownUntil(day) => format!(
            "The calendar knows holidays until {} only. Later days may be off without Runwatch knowing it.",
            day.strftime("%-d %B %Y")
        ),
        CloseNote::Clock(item, shift) => {
            let of = item
                .as_ref()
                .map_or("The cut-off".to_owned(), |item| name(item, 80));
            let clock =
                |time: &jiff::civil::DateTime| time.strftime("%H:%M on %-d %B %Y").to_string();
            match shift {
                ClockShift::Missing { wanted, taken } => format!(
                    "{of}: the clocks go forward over {}, so {} is taken.",
                    clock(wanted),
                    taken.strftime("%H:%M")
                ),
                ClockShift::Twice { wanted } => format!(
                    "{of}: the clocks go back, so {} is there twice. The first one is taken.",
                    clock(wanted)
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close::test_support::{process, sydney};

    fn plain(text: &str) -> String {
        text.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn alarms_say_what_it_means_and_what_to_do_by_when() {
        let zone = TimeZone::get("Australia/Sydney").unwrap();
        let close = SpokenClose {
            plan: "Month-end",
            period: "October 2026",
            cut_off: sydney("2026-11-04T18:00"),
            zone: &zone,
        };
        let stuck = |latest| {
            alarm(
                &close,
                &Cause::Blocked(process(1)),
                Some("Bank load"),
                latest,
                true,
                None,
            )
        };
        let blocked = stuck(Some(LatestStart::By(sydney("2026-11-04T14:20"))));
        assert_eq!(plain(&blocked.title), "Month-end, October 2026 is blocked");
        assert_eq!(
            plain(&blocked.body),
            "Bank load is blocked, and others wait for it. If it is restarted by \
             Wed 4 Nov 14:20, the cut-off (Wed 4 Nov 18:00) is still likely to be made."
        );
        let ends_with = |latest, end: &str| plain(&stuck(latest).body).ends_with(end);
        let too_late =
            "Even if it is restarted now, the cut-off (Wed 4 Nov 18:00) is unlikely to be made.";
        assert!(ends_with(Some(LatestStart::TooLate), too_late));
        assert!(
            ends_with(None, "The cut-off is Wed 4 Nov 18:00."),
            "nobody can tell"
        );
        let late = alarm(
            &close,
            &Cause::ExpectedLate,
            Some("Bank load"),
            None,
            false,
            None,
        );
        assert!(late.body.contains("even if nothing fails"));
        let due = sydney("2026-11-04T09:00");
        let away = did_not_start(&close, &[("Bank load", due); 7], true);
        assert_eq!(away.title, "7 processes did not start");
        assert!(away.body.contains("And 2 more.") && away.body.ends_with("when it was due."));
        let next = next_step(&close, "FX", &["Bank load"]);
        assert_eq!(
            plain(&next.body),
            "Month-end, October 2026: Bank load is done."
        );
    }

    #[test]
    fn rule_27_a_forecast_that_cannot_be_made_names_the_item_and_what_helps() {
        let why = CannotTell::NoHistory(vec![process(1)]);
        let said = plain(&cannot_tell(&why, |_| "Bank load"));
        assert!(
            said.contains("how long Bank load takes") && said.contains("estimate"),
            "{said}"
        );
    }
}
