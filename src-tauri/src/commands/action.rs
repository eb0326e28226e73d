//! Start, cancel, restart: each sent once, after a confirmation.

use runwatch_contract::{ActionReply, AppError, ErrorCode, ExpectedState};
use runwatch_core::ids::StepId;
use runwatch_engine::actions::request::{ActionRequest, RequestedAction};

use super::{Answer, Shared};
use crate::errors::ForPage;
use crate::view;
use crate::world::World;

async fn act(
    world: &World,
    (account, run): (&str, &str),
    action: RequestedAction,
    deprecated: bool,
    expected: ExpectedState,
) -> Answer<ActionReply> {
    if let Some(reason) = world.history.bars_actions() {
        let message = format!("Nothing was sent. {reason}");
        return Err(AppError::new(ErrorCode::NotNow, message));
    }
    let key = world.key(account, run)?;
    let ExpectedState { status, attempt } = expected;
    let order = ActionRequest {
        key,
        action,
        deprecated,
        status,
        attempt,
    };
    world
        .engine
        .act(order)
        .await
        .map(view::reply)
        .map_err(|error| error.for_page())
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident: $wish:expr, $deprecated:literal;)*) => {$(
        $(#[$doc])*
        #[tauri::command]
        pub async fn $name(
            world: Shared<'_>,
            account_id: String,
            run_id: String,
            expected: ExpectedState,
        ) -> Answer<ActionReply> {
            act(&world, (&account_id, &run_id), $wish, $deprecated, expected).await
        }
    )*};
}

commands! {
    /// Start a run.
    start_run: RequestedAction::Start, false;
    /// Start a run by the deprecated call.
    start_run_deprecated: RequestedAction::Start, true;
    /// Cancel a run.
    cancel_run: RequestedAction::Cancel, false;
    /// Cancel a run by the deprecated call.
    cancel_run_deprecated: RequestedAction::Cancel, true;
}

/// Restart a run from a step.
#[tauri::command]
pub async fn restart_from_step(
    world: Shared<'_>,
    account_id: String,
    run_id: String,
    step_id: String,
    expected: ExpectedState,
) -> Answer<ActionReply> {
    let step = StepId::parse(&step_id).map_err(|error| error.for_page())?;
    act(
        &world,
        (&account_id, &run_id),
        RequestedAction::Restart(step),
        false,
        expected,
    )
    .await
}
