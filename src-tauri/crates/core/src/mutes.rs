//! Runs and accounts of which nothing is shown. Found by what they are about: thousands may be muted at once,
//! and each row asks whether it is.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::{AccountId, RunId};

/// A run or an account of which nothing is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    /// The account.
    pub account: AccountId,
    /// One run of it; none means all of them.
    pub run: Option<RunId>,
    /// A snooze ends then (UTC), and what it held is shown; none is a mute, which holds nothing.
    pub until: Option<Timestamp>,
}

/// All of them: one at most for each run and each account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mutes(BTreeMap<(AccountId, Option<RunId>), Option<Timestamp>>);

impl Mutes {
    /// Adds one, in the place of the one of the same run or account.
    pub fn set(&mut self, mute: Mute) {
        self.0.insert((mute.account, mute.run), mute.until);
    }

    /// Shows a run again, or an account.
    pub fn remove(&mut self, account: &AccountId, run: Option<&RunId>) {
        self.0.remove(&(account.clone(), run.cloned()));
    }

    /// Forgets those that are over.
    pub fn forget_ended(&mut self, now: Timestamp) {
        self.0
            .retain(|_, until| until.is_none_or(|until| until > now));
    }

    /// Those by which nothing is shown of a run, its account's and its own; the account's alone where no run is
    /// named.
    pub fn covering(&self, account: &AccountId, run: Option<&RunId>) -> impl Iterator<Item = Mute> {
        let own = run.cloned().map(Some);
        std::iter::once(None).chain(own).filter_map(|run| {
            let about = (account.clone(), run);
            let until = *self.0.get(&about)?;
            Some(mute(&about, until))
        })
    }

    /// All, in a steady order.
    pub fn iter(&self) -> impl Iterator<Item = Mute> {
        self.0.iter().map(|(about, until)| mute(about, *until))
    }
}

impl FromIterator<Mute> for Mutes {
    fn from_iter<T: IntoIterator<Item = Mute>>(mutes: T) -> Self {
        let each = |mute: Mute| ((mute.account, mute.run), mute.until);
        Self(mutes.into_iter().map(each).collect())
    }
}

fn mute((account, run): &(AccountId, Option<RunId>), until: Option<Timestamp>) -> Mute {
    Mute {
        account: account.clone(),
        run: run.clone(),
        until,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> AccountId {
        AccountId("a".into())
    }

    fn run(id: &str) -> RunId {
        RunId::parse(id).unwrap()
    }

    fn mute(run: Option<RunId>, until: Option<i64>) -> Mute {
        Mute {
            account: account(),
            run,
            until: until.map(|second| Timestamp::from_second(second).unwrap()),
        }
    }

    #[test]
    fn a_run_has_its_own_mute_and_that_of_its_account_and_each_once() {
        let mut mutes: Mutes = [mute(None, None), mute(Some(run("pr-1")), Some(200))]
            .into_iter()
            .collect();
        mutes.set(mute(Some(run("pr-1")), Some(300)));
        let both = [mute(None, None), mute(Some(run("pr-1")), Some(300))];
        let of = |mutes: &Mutes, run: Option<RunId>| -> Vec<Mute> {
            mutes.covering(&account(), run.as_ref()).collect()
        };
        assert_eq!(of(&mutes, Some(run("pr-1"))), both);
        assert_eq!(of(&mutes, Some(run("pr-2"))), both[..1]);
        assert_eq!(of(&mutes, None), both[..1]);
        assert_eq!(mutes.covering(&AccountId("b".into()), None).count(), 0);
        mutes.remove(&account(), None);
        assert_eq!(of(&mutes, Some(run("pr-1"))), both[1..]);
        mutes.forget_ended(Timestamp::from_second(299).unwrap());
        assert_eq!(mutes.iter().count(), 1);
        mutes.forget_ended(Timestamp::from_second(300).unwrap());
        assert_eq!(mutes, Mutes::default());
    }
}
