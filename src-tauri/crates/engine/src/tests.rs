//! The rules of truth and safety, each as a test that names it, on a fake SolveXia, a real
//! history, and a clock that jumps.

mod act;
mod attempts;
mod choice;
mod clock;
mod correct;
mod faults;
mod fresh;
mod gate;
mod kill;
mod learn;
mod leave;
mod life;
mod lost;
mod model;
mod names;
mod outcome;
mod pause;
mod port;
mod proof;
mod property;
mod races;
mod repeats;
mod rights;
mod server;
mod shelf;
mod sight;
mod stale;
mod tell;
mod truth;
