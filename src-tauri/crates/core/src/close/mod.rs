//! The close board: will a month-end make its cut-off? Pure: whoever calls brings runs, history and time.
//!
//! In the order of use, which `engine/src/close` follows:
//! 1. A form or the store makes a [`plan::PlanDraft`]; [`plan::Plan::new`] checks it. Its calendar is a
//!    [`holidays::Preset`], pasted days, or a file that the crate `close-files` reads. For a first draft
//!    [`from_history::propose`] looks at what was watched.
//! 2. [`open::open`] makes the [`open::Close`] of a period, with what its owner must know of its times. Store
//!    it: cut-off, window and calendar stay as they were, and [`open::moved_by`] says what to ask after
//!    the plan changed.
//! 3. [`binding::bind`] says which runs belong to it and which to ask for; a start from the board and its
//!    owner's word go through [`binding::bind_to`]. Store the bindings: those of all other closes are what
//!    `elsewhere` means.
//! 4. On each change, and each minute, [`board::forecast`] makes the board of plan, close and facts, in a few
//!    milliseconds. Runs come by this computer's clock ([`crate::run::Run::by_this_clock`]), samples from what
//!    durations are learned from, [`steps_before::EarlierSteps`] from the steps of complete runs that are kept.
//! 5. From each board follow [`alarms::alarms`] (its memory is stored with the close),
//!    [`next_step::next_steps`], and [`score::PublishedForecast::next`], which is only ever added to.
//! 6. [`did_not_start::check_start`] is asked for each item of [`open::Close::due`]; `Unseen` means that the
//!    process's runs must be read.
//!
//! What is told is worded in `words/close.rs`. Nothing here starts, restarts or cancels anything.

pub mod alarms;
pub mod binding;
pub mod board;
pub mod did_not_start;
mod draws;
mod earlier_closes;
pub mod from_history;
pub mod holidays;
pub mod item_state;
pub mod kept;
mod latest_starts;
mod learned;
mod lengths;
pub mod local_time;
pub mod next_step;
pub mod open;
pub mod periods;
pub mod plan;
mod scene;
pub mod score;
pub mod steps_before;
#[cfg(test)]
pub(crate) mod test_support;
mod usual_start;
pub mod working_days;
