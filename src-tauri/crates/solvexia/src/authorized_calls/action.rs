//! What is known of each kind of action.

/// What an action is to those who read of it.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// The OAuth scope that it needs: named where SolveXia forbids it.
    pub scope: &'static str,
    /// What is looked at before it is done again, where nobody knows whether it took effect.
    pub look_at: &'static str,
}
