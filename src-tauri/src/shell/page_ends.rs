//! What is done about a page that ended by itself, or never began. Pure.

use std::time::{Duration, Instant};

/// So many ends within [`SHORT`] are no accident any more.
const MOST: usize = 3;
const SHORT: Duration = Duration::from_mins(1);
/// The page's processes end one after the other: so soon after each other it is the same end, unless another page has
/// begun in between.
const TOGETHER: Duration = Duration::from_millis(250);

/// What is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The page is loaded again.
    LoadAgain,
    /// The web view's storage may be damaged: it is moved aside, and another window is made.
    FreshStorage,
    /// The user is told, and nothing is tried until they ask for the window again.
    TellUser,
}

/// The ends of pages while the app runs.
#[derive(Debug, Default)]
pub struct PageEnds {
    latest: Vec<Instant>,
    has_begun: bool,
    /// A page has begun since the latest end.
    has_begun_again: bool,
    has_fresh_storage: bool,
}

impl PageEnds {
    /// A page has begun its work.
    pub fn began(&mut self) {
        self.has_begun = true;
        self.has_begun_again = true;
    }

    /// The page has ended by itself: it crashed, or its process was killed.
    pub fn ended(&mut self, now: Instant) -> Remedy {
        let within = |time| move |end: &Instant| now.duration_since(*end) < time;
        self.latest.retain(within(SHORT));
        let is_another = std::mem::take(&mut self.has_begun_again);
        if !is_another && self.latest.last().is_some_and(within(TOGETHER)) {
            return Remedy::LoadAgain;
        }
        self.latest.push(now);
        match self.latest.len() {
            ..MOST => Remedy::LoadAgain,
            _ if self.has_begun => self.give_up(),
            _ => self.did_not_begin(),
        }
    }

    /// No window could be made, or its page does not begin.
    pub fn did_not_begin(&mut self) -> Remedy {
        if self.has_fresh_storage {
            return self.give_up();
        }
        self.latest.clear();
        self.has_fresh_storage = true;
        Remedy::FreshStorage
    }

    fn give_up(&mut self) -> Remedy {
        self.latest.clear();
        Remedy::TellUser
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: u64) -> impl Fn(Instant) -> Instant {
        move |from| from + Duration::from_secs(seconds)
    }

    #[test]
    fn a_page_that_ends_is_loaded_again_until_it_ends_three_times_within_a_minute() {
        let (mut ends, now) = (PageEnds::default(), Instant::now());
        ends.began();
        for seconds in [0, 50, 100, 150] {
            assert_eq!(ends.ended(after(seconds)(now)), Remedy::LoadAgain);
        }
        assert_eq!(ends.ended(after(155)(now)), Remedy::TellUser);
        // Its user asked for it once more.
        assert_eq!(ends.ended(after(156)(now)), Remedy::LoadAgain);
    }

    #[test]
    fn what_ends_together_is_one_end_and_a_page_that_cannot_live_is_given_up_all_the_same() {
        let (mut ends, now) = (PageEnds::default(), Instant::now());
        ends.began();
        let mut end = |millis| ends.ended(now + Duration::from_millis(millis));
        let twice = [end(0), end(100), end(20_000), end(20_200)];
        assert_eq!(twice, [Remedy::LoadAgain; 4]);
        assert_eq!(end(30_000), Remedy::TellUser);
        let soon = (0..10).map(|n| end(40_000 + n * 100));
        assert_eq!(soon.filter(|remedy| *remedy == Remedy::TellUser).count(), 1);
    }

    #[test]
    fn a_page_that_ends_soon_after_another_one_has_ended_of_itself() {
        let (mut ends, now) = (PageEnds::default(), Instant::now());
        let ended = [0, 200, 400].map(|millis| {
            ends.began();
            ends.ended(now + Duration::from_millis(millis))
        });
        let loaded = Remedy::LoadAgain;
        assert_eq!(ended, [loaded, loaded, Remedy::TellUser]);
    }

    #[test]
    fn where_no_page_ever_began_the_storage_is_made_fresh_once_before_the_user_is_told() {
        let (mut ends, now) = (PageEnds::default(), Instant::now());
        let mut end = |seconds| ends.ended(after(seconds)(now));
        let first = [end(0), end(1), end(2)];
        let loaded = Remedy::LoadAgain;
        assert_eq!(first, [loaded, loaded, Remedy::FreshStorage]);
        assert_eq!([end(3), end(4), end(5)], [loaded, loaded, Remedy::TellUser]);
        assert_eq!(ends.did_not_begin(), Remedy::TellUser);
    }

    #[test]
    fn a_window_that_cannot_be_made_gets_fresh_storage_once() {
        let mut ends = PageEnds::default();
        assert_eq!(ends.did_not_begin(), Remedy::FreshStorage);
        assert_eq!(ends.did_not_begin(), Remedy::TellUser);
        assert_eq!(ends.did_not_begin(), Remedy::TellUser);
    }
}
