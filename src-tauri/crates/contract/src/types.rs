//! Every type that crosses to the page, in one list: from it follow their public names and their
//! TypeScript.

use ts_rs::{Config, TS};

macro_rules! types {
    ($($module:path { $($name:ident),* $(,)? })*) => {
        $(pub use $module::{$($name),*};)*

        /// Their declarations in TypeScript.
        pub(crate) fn declarations(config: &Config) -> String {
            let declarations = [
                $($(<$name as TS>::decl(config)),*),*
            ];
            let export = |declaration: &String| format!("\nexport {declaration}\n");
            declarations.iter().map(export).collect()
        }
    };
}

types! {
    crate::error { AppError, ErrorCode }
    crate::event { AppInfo, DamagedHistory, Snapshot, Update }
    crate::account { AccountState, AccountView, ConnectRequest, Keeping }
    crate::network { HopView, NetworkChange, NetworkView, ProxyUse }
    crate::poll_limits { PollLimits }
    crate::notifications { MuteFor, Muted, NotificationSettings, QuietHours }
    crate::run { Availability, RunDetail, RunRef, RunRow, StepRow }
    crate::forecast { Forecast, PastRun }
    crate::action {
        ActionName, ActionReply, ActivityRow, ExpectedState, RunAction, StepAction,
    }
    crate::inbox { InboxItem }
    crate::process { ProcessDetail, ProcessRow, ProcessRunRow, ProcessStepRow }
    // What means the same on both sides is one type.
    runwatch_core::account { Colour, SignInMethod }
    runwatch_core::action { ActionResult }
    runwatch_core::network { HopKind, HopState }
    runwatch_core::notification { NotificationKind }
    runwatch_core::outcome { Outcome }
}
