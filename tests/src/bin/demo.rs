//! The main job, shown without a display: a run is started, watched, and its end is notified, all
//! through the real window. Says what happens when it happens; exits 0 only if all of it was seen.

#[cfg(target_os = "linux")]
#[path = "demo/tour.rs"]
mod tour;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    tour::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {}
