//! Why something of the close board was not done.

use runwatch_core::close::binding::BindError;
use runwatch_core::close::open::OpenError;
use runwatch_core::close::plan::PlanError;
use thiserror::Error;

/// Why something of the close board was not done. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CloseError {
    /// The plan makes no sense.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The close cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The run cannot stand for the item.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// It was deleted meanwhile.
    #[error("This plan is not here any more. Look at the list of plans.")]
    NoSuchPlan,
    /// It was deleted with its plan, or never opened.
    #[error("This close is not open here. Open it from its plan.")]
    NoSuchClose,
    /// The plan closes no such period.
    #[error("The plan has no period that ends on this day. Look at the periods of the plan.")]
    NoSuchPeriod,
    /// The process is not in the plan.
    #[error("This process is not in the plan any more. Look at the plan.")]
    NoSuchItem,
    /// It is open already.
    #[error("This close was opened already. You find it in the list of its plan.")]
    AlreadyOpen,
    /// The plan's account is not here.
    #[error(
        "The account of this plan is not signed in here. Choose one of your accounts for it, or sign in \
         first."
    )]
    NoAccount,
    /// A plan goes with its account: its closes hold runs of that one.
    #[error(
        "A plan stays with its account, as its closes hold runs of it. Make a new plan for the other account."
    )]
    OtherAccount,
    /// Nothing was watched that a plan could be made from.
    #[error(
        "No finished run of an earlier close is known here yet, so there is nothing to propose from. Watch \
         the runs of one close, or add the processes by hand."
    )]
    NothingKnown,
}
