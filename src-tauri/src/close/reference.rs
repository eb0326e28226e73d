//! How the page names a close.

use runwatch_contract::CloseRef;
use runwatch_core::close::kept::CloseId;

/// A close, as the page names it.
pub fn reference(id: &CloseId) -> CloseRef {
    CloseRef {
        plan_id: id.plan.0.clone(),
        period_last: id.last.to_string(),
    }
}
