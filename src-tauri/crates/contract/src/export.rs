//! The TypeScript twin of this crate.

use ts_rs::{Config, TS};

use runwatch_core::account::{Colour, SignInMethod};
use runwatch_core::action::ActionResult;
use runwatch_core::network::{HopKind, HopState};
use runwatch_core::notification::NotificationKind;
use runwatch_core::outcome::Outcome;

use crate::account::{AccountState, AccountView, ConnectRequest, Keeping};
use crate::action::{ActionName, ActionReply, ActivityRow, ExpectedState, RunAction, StepAction};
use crate::commands;
use crate::error::{AppError, ErrorCode};
use crate::event::{AppInfo, DamagedHistory, Snapshot, Update};
use crate::forecast::{Forecast, PastRun};
use crate::inbox::InboxItem;
use crate::network::{HopView, NetworkChange, NetworkView, ProxyUse};
use crate::notifications::{MuteFor, Muted, NotificationSettings, QuietHours};
use crate::poll_limits::PollLimits;
use crate::process::{ProcessDetail, ProcessRow, ProcessRunRow, ProcessStepRow};
use crate::run::{Availability, RunDetail, RunRef, RunRow, StepRow};

const HEAD: &str = "// Generated from src-tauri/crates/contract by `scripts/types`. Do not edit.\n";

/// The whole generated file, as it must stand in `ui/src/generated/contract.ts`.
pub fn typescript() -> String {
    let config = Config::default();
    macro_rules! declare {
        ($($name:ty),* $(,)?) => {
            [$(format!("\nexport {}\n", <$name as TS>::decl(&config))),*].concat()
        };
    }
    let types = declare!(
        AppError,
        ErrorCode,
        AppInfo,
        AccountView,
        AccountState,
        Colour,
        Keeping,
        SignInMethod,
        ConnectRequest,
        ProxyUse,
        NetworkView,
        NetworkChange,
        HopKind,
        HopState,
        HopView,
        Outcome,
        RunRef,
        RunRow,
        Forecast,
        PastRun,
        NotificationSettings,
        QuietHours,
        MuteFor,
        Muted,
        PollLimits,
        RunDetail,
        StepRow,
        Availability,
        ActionName,
        ActionResult,
        ExpectedState,
        RunAction,
        StepAction,
        ActionReply,
        ActivityRow,
        NotificationKind,
        InboxItem,
        ProcessRow,
        ProcessDetail,
        ProcessRunRow,
        ProcessStepRow,
        DamagedHistory,
        Snapshot,
        Update,
    );
    format!("{HEAD}{types}{}", commands::typescript(&config))
}

#[cfg(test)]
mod tests {
    /// The page's types are those of the backend: a stale file fails here, and so in CI.
    #[test]
    fn the_committed_typescript_is_what_the_types_say() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../ui/src/generated/contract.ts"
        );
        let committed = std::fs::read_to_string(path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            committed == super::typescript(),
            "ui/src/generated/contract.ts is stale: run scripts/types"
        );
    }
}
