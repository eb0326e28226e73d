//! The rules of truth and safety, each as a test that names it, on a fake SolveXia, a real
//! history, and a clock that jumps.

mod account_removal;
mod actions;
mod attempts;
mod clock;
mod close_alarms;
mod close_dates;
mod close_news;
mod close_over;
mod close_record;
mod close_runs;
mod close_sight;
mod close_starts;
mod closes;
mod correct;
mod create;
mod date_zone;
mod dispatch;
mod durations;
mod faults;
mod faulty_store;

mod killed_app;
mod list;
mod lost_answers;
mod lost_create;
mod model;
mod month_end;
mod names;
mod notification_policy;
mod outages;
mod outcome;
mod outcome_proof;
mod pause;
mod policy;
mod poll_interval;
mod ports;
mod property;
mod races;
mod repeats;
mod rights;
mod server;
mod simulated_run;
mod stale_steps;
mod throttle;
mod world;
