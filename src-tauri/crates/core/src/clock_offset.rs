//! Two clocks: SolveXia's, which dates runs, and this computer's, which its user sees.
//!
//! An answer says in whole seconds what time it is there. It was written between the moment when the
//! request was sent and the one when the answer came: so each answer bounds by how much the server's
//! clock is ahead, and the bounds of many answers lie closer together than those of one.

use jiff::{SignedDuration, Timestamp};

/// An offset is told from here on.
const WORTH_TELLING: SignedDuration = SignedDuration::from_mins(1);
/// Certificates are good for about a year. With a clock that is further off there is no secure
/// connection, and so no answer: what says so is no clock.
const MOST: SignedDuration = SignedDuration::from_hours(366 * 24);
const WHOLE_SECOND: SignedDuration = SignedDuration::from_secs(1);

/// An answer that says what time it is on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The server's time, cut to a whole second.
    pub date: Timestamp,
    /// When the request was sent, by this computer's clock.
    pub sent: Timestamp,
    /// When the answer came, by this computer's clock.
    pub answered: Timestamp,
}

impl Dated {
    /// By how much the server's clock is ahead, at least and at most. None where it cannot be so:
    /// this computer's clock was set back meanwhile, or the date is absurd.
    fn bounds(self) -> Option<(SignedDuration, SignedDuration)> {
        let least = self.date.duration_since(self.answered);
        let most = self.date.duration_since(self.sent) + WHOLE_SECOND;
        let can_be = least <= most && most.abs() <= MOST && least.abs() <= MOST;
        can_be.then_some((least, most))
    }
}

/// By how much a server's clock is ahead of this computer's, as far as its answers have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClockOffset {
    bounds: Option<(SignedDuration, SignedDuration)>,
}

impl ClockOffset {
    /// Takes an answer in. One that contradicts those before means that a clock was set: only it
    /// counts.
    pub fn learn(&mut self, seen: Dated) {
        let Some((least, most)) = seen.bounds() else {
            return;
        };
        self.bounds = match self.bounds {
            Some((low, high)) if low <= most && least <= high => {
                Some((low.max(least), high.min(most)))
            }
            _ => Some((least, most)),
        };
    }

    /// The likeliest offset, negative where the server's clock is behind; nothing is corrected
    /// that may be right. None before the first answer.
    pub fn ahead(&self) -> Option<SignedDuration> {
        let (least, most) = self.bounds?;
        let may_be_right = (least..=most).contains(&SignedDuration::ZERO);
        Some(match may_be_right {
            true => SignedDuration::ZERO,
            false => least + (most - least) / 2,
        })
    }
}

/// What this computer's clock showed at a moment that the server's clock dates so.
pub fn to_local_clock(date: Timestamp, ahead: SignedDuration) -> Timestamp {
    date.checked_sub(ahead).unwrap_or(date)
}

/// How the server's clock dates a moment of this computer's clock.
pub fn to_server_clock(at: Timestamp, ahead: SignedDuration) -> Timestamp {
    at.checked_add(ahead).unwrap_or(at)
}

/// How far this computer's clock is off, in a sentence: from a minute on.
pub fn words(ahead: SignedDuration) -> Option<String> {
    let way = match ahead.is_positive() {
        true => "behind",
        false => "ahead of",
    };
    (ahead.abs() >= WORTH_TELLING).then(|| {
        let amount = amount(ahead.abs());
        format!("This computer’s clock is about {amount} {way} SolveXia’s.")
    })
}

fn amount(time: SignedDuration) -> String {
    let minutes = (time.as_secs() + 30) / 60;
    let (n, one) = match minutes {
        ..100 => (minutes, "minute"),
        100..2160 => ((minutes + 30) / 60, "hour"),
        _ => ((minutes + 720) / 1440, "day"),
    };
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(1_800_000_000_000 + milliseconds).unwrap()
    }

    fn ms(milliseconds: i64) -> SignedDuration {
        SignedDuration::from_millis(milliseconds)
    }

    /// An answer that took so long, of a server whose clock is ahead by so much; it was written in
    /// the middle. All in milliseconds.
    fn dated(sent: i64, took: i64, ahead: i64) -> Dated {
        let written = at(sent + took / 2 + ahead);
        Dated {
            date: Timestamp::from_second(written.as_second()).unwrap(),
            sent: at(sent),
            answered: at(sent + took),
        }
    }

    fn learned(seen: &[Dated]) -> Option<SignedDuration> {
        let mut offset = ClockOffset::default();
        seen.iter().for_each(|seen| offset.learn(*seen));
        offset.ahead()
    }

    #[test]
    fn one_answer_shows_the_offset_to_half_a_second_and_half_its_way() {
        assert_eq!(learned(&[]), None);
        for ahead in [-420_000, -61_300, 5_250, 600_000] {
            for sent in [0, 130, 999] {
                let off = learned(&[dated(sent, 80, ahead)]).unwrap() - ms(ahead);
                assert!(off.abs() <= ms(540), "{ahead} {sent}: {off:?}");
            }
        }
    }

    #[test]
    fn many_answers_show_it_better_and_a_slow_one_takes_nothing_away() {
        let mut seen: Vec<Dated> = (0..40).map(|n| dated(n * 4_137, 60, 600_400)).collect();
        seen.push(dated(200_000, 30_000, 600_400));
        let off = learned(&seen).unwrap() - ms(600_400);
        assert!(off.abs() <= ms(50), "{off:?}");
    }

    #[test]
    fn a_clock_that_may_be_right_is_not_corrected() {
        for ahead in [-300, 0, 300] {
            assert_eq!(learned(&[dated(500, 700, ahead)]), Some(ms(0)), "{ahead}");
        }
    }

    #[test]
    fn an_answer_that_contradicts_those_before_begins_anew() {
        let before = (0..10).map(|n| dated(n * 4_000, 60, 600_000));
        let set_right = dated(700_000, 60, 0);
        let seen: Vec<Dated> = before.chain([set_right]).collect();
        assert_eq!(learned(&seen), Some(ms(0)));
    }

    #[test]
    fn dates_that_cannot_be_teach_nothing() {
        let years = 3 * 366 * 24 * 3_600_000;
        let set_back_meanwhile = Dated {
            answered: at(-5_000),
            ..dated(0, 60, 0)
        };
        let absurd = [
            dated(0, 60, years),
            dated(0, 60, -years),
            set_back_meanwhile,
        ];
        for seen in absurd {
            assert_eq!(learned(&[seen]), None, "{seen:?}");
            assert_eq!(learned(&[dated(0, 60, 0), seen]), Some(ms(0)), "{seen:?}");
        }
        let at_the_end_of_time = Dated {
            date: Timestamp::MAX,
            sent: Timestamp::MIN,
            answered: Timestamp::MIN,
        };
        assert_eq!(learned(&[at_the_end_of_time]), None);
    }

    #[test]
    fn a_date_of_the_server_is_shown_as_this_clock_had_it() {
        assert_eq!(to_local_clock(at(600_000), ms(420_000)), at(180_000));
        assert_eq!(to_local_clock(Timestamp::MIN, ms(420_000)), Timestamp::MIN);
    }

    #[test]
    fn it_is_said_from_a_minute_on() {
        let said = |seconds| words(SignedDuration::from_secs(seconds));
        assert_eq!((said(0), said(59), said(-59)), (None, None, None));
        let sentence =
            |text: &str| Some(format!("This computer’s clock is about {text} SolveXia’s."));
        assert_eq!(said(60), sentence("1 minute behind"));
        assert_eq!(said(-420), sentence("7 minutes ahead of"));
        assert_eq!(said(-3600), sentence("60 minutes ahead of"));
        assert_eq!(said(10 * 3600), sentence("10 hours behind"));
        assert_eq!(said(-40 * 86_400), sentence("40 days ahead of"));
    }
}
