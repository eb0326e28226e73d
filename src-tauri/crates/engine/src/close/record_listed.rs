//! The runs that SolveXia lists for a close's processes, for its evidence pack.

use jiff::Timestamp;
use runwatch_core::duration_sample::newest_first;
use runwatch_core::ids::RunId;
use runwatch_core::observation::NamedRun;

use crate::close::candidates::is_sure;
use crate::close::record::{CloseRecord, ListedRun, Unread};
use crate::engine::Engine;
use crate::error::EngineError;
use crate::runs::process_key::{ProcessKey, run_key};

/// Listed runs of a process whose dates are read, the newest first.
const MOST_LISTED: usize = 200;

/// Of those that were made before the window so many are looked at, as the search for runs does.
const EARLIER: usize = 10;

impl Engine {
    /// The runs of a process that were made or started in the window, as SolveXia lists them now.
    pub(crate) async fn list_in_window(&self, of: &ProcessKey, record: &mut CloseRecord) {
        let (account, process) = of;
        let listed = match self.accounts.api(account) {
            Ok(api) => self
                .learn_from(account, api.process_runs(process).await)
                .map_err(EngineError::from),
            Err(error) => Err(error),
        };
        let listed = match listed {
            Ok(listed) => listed,
            Err(error) => return record.unread.push(unread(process.as_str(), &error)),
        };
        let names = listed.entries.clone();
        let runs = newest_first(listed.entries);
        let is_part = listed.is_cut || runs.len() > MOST_LISTED;
        let many = runs.len().min(MOST_LISTED);
        let mut earlier = 0;
        for run in runs.into_iter().take(MOST_LISTED) {
            let (created, place) = match self.place_in_window(of, &run, record).await {
                Ok(found) => found,
                Err(error) => {
                    record.unread.push(unread(run.as_str(), &error));
                    continue;
                }
            };
            // SolveXia counts its ids up: what follows was made earlier still.
            earlier += usize::from(matches!(place, Place::Earlier | Place::StartedIn));
            let mut bindings = record.board.kept.bindings.iter();
            let is_bound = bindings.any(|bound| bound.run == run);
            let is_of_it = is_bound || matches!(place, Place::MadeIn | Place::StartedIn);
            if !is_of_it && earlier > EARLIER {
                break;
            }
            if !is_of_it {
                continue;
            }
            let is_it = |named: &&NamedRun| named.id == run;
            let name = names.iter().find(is_it).map(|named| named.name.clone());
            record.listed.push(ListedRun {
                process: process.clone(),
                name: name.unwrap_or_default(),
                run,
                created,
                is_bound,
            });
        }
        if is_part && earlier <= EARLIER {
            record.unread.push(Unread {
                what: process.to_string(),
                why: format!(
                    "SolveXia lists more runs than are read: the {many} newest were looked at."
                ),
            });
        }
    }

    /// When a run that SolveXia lists was created, as it wrote that, and where it lies. By a date that is not sure it
    /// lies in the window.
    async fn place_in_window(
        &self,
        of: &ProcessKey,
        run: &RunId,
        record: &CloseRecord,
    ) -> Result<(Option<Timestamp>, Place), EngineError> {
        let (window, dates) = (record.window, &record.dates);
        let outside = |date: Option<Timestamp>| {
            let at = dates.run_moment(date.filter(|date| is_sure(*date, window, dates))?);
            (!window.holds(at)).then_some(at)
        };
        let created = self.created(of, run).await?;
        let place = match outside(created) {
            None => Place::MadeIn,
            Some(at) if at >= window.from => Place::Later,
            Some(_) => match self.started(of, run).await? {
                None => Place::Earlier,
                started if outside(started).is_some() => Place::Earlier,
                _ => Place::StartedIn,
            },
        };
        Ok((created, place))
    }

    async fn created(
        &self,
        of: &ProcessKey,
        run: &RunId,
    ) -> Result<Option<Timestamp>, EngineError> {
        let key = run_key(of, run);
        if let Ok(tracked) = self.runs.get(&key)
            && let Some(created) = tracked.read(|state| state.run.info.date_created)
        {
            return Ok(Some(created));
        }
        let api = self.accounts.api(&of.0)?;
        let info = self.learn_from(&of.0, api.run(run).await)?;
        Ok(info.date_created)
    }

    /// When its latest attempt started, as SolveXia wrote it; that of a run that is not in the list is asked for.
    async fn started(
        &self,
        of: &ProcessKey,
        run: &RunId,
    ) -> Result<Option<Timestamp>, EngineError> {
        if let Ok(tracked) = self.runs.get(&run_key(of, run)) {
            return Ok(tracked.read(|state| state.run.attempt.as_ref()?.stamp.started));
        }
        let api = self.accounts.api(&of.0)?;
        let seen = self.learn_from(&of.0, api.run_status(run).await)?;
        Ok(seen.started)
    }
}

/// Where a run lies beside the window.
enum Place {
    /// Made in it, or that is not sure.
    MadeIn,
    /// Made before it and started in it: last month's, run again.
    StartedIn,
    /// Made before it and not started in it.
    Earlier,
    /// Made after it.
    Later,
}

fn unread(what: &str, error: &EngineError) -> Unread {
    Unread {
        what: what.to_owned(),
        why: error.to_string(),
    }
}
