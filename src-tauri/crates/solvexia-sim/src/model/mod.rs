//! What a process run is and how it moves: pure, told the time by its caller.

mod forcing;
pub mod patch;
pub mod run;
pub mod seed;
pub mod seeding;
pub mod state;
pub mod status;
pub mod step;
pub mod time;
