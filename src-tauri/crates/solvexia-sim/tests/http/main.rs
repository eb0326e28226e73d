//! The simulation over HTTP: what it answers is what SolveXia's documentation says.

// `cfg(test)` tells clippy that the helpers belong to tests too.
#[cfg(test)]
mod caller;
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod oauth;
#[cfg(test)]
mod runs;
