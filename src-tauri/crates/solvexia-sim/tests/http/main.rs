//! The simulation over HTTP responds as SolveXia's documentation says.

// `cfg(test)` tells clippy that the helpers belong to tests too.
#[cfg(test)]
mod catalogue;
#[cfg(test)]
mod control_api;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod oauth;
#[cfg(test)]
mod runs;
#[cfg(test)]
mod test_client;
