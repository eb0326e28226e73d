//! Changes that a test makes to a run directly, past its state machine.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::status::{RunStatus, StepStatus};

/// Changes to a run. A changed status stays until the run is started or restarted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunPatch {
    /// Its new name.
    pub name: Option<String>,
    /// Its new status.
    pub status: Option<RunStatus>,
    /// Its new start; `Some(None)`, in JSON `null`, takes the date away.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub date_started: Option<Option<Timestamp>>,
    /// Its new end; `Some(None)`, in JSON `null`, takes the date away.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub date_finished: Option<Option<Timestamp>>,
    /// Whether it stands still.
    pub frozen: Option<bool>,
    /// Changes to its steps.
    pub steps: Vec<StepPatch>,
    /// Removes the run altogether.
    pub delete: bool,
}

/// Changes to a step.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StepPatch {
    /// Which step.
    pub id: String,
    /// Its new status.
    pub status: Option<StepStatus>,
    /// Its new start; `null` takes the date away.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub date_started: Option<Option<Timestamp>>,
    /// Its new end; `null` takes the date away.
    #[serde(deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub date_finished: Option<Option<Timestamp>>,
    /// Its completion message.
    pub completion_message: Option<String>,
    /// Whether it is enabled.
    pub is_enabled: Option<bool>,
}

/// Distinguishes a `null` field from a missing one.
fn given<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
