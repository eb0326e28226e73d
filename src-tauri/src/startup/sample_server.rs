//! The embedded simulated SolveXia of `--demo`.

use solvexia_sim::{Sim, SimHandle, SimOptions};

/// The simulated SolveXia; it ends with this.
pub struct SampleServer {
    sim: SimHandle,
}

impl SampleServer {
    /// Starts it on a free loopback port.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
        Ok(Self {
            sim: Sim::start(SimOptions::default()).await?,
        })
    }

    /// Where it is.
    pub fn origin(&self) -> String {
        self.sim.base_url()
    }
}
