//! The TypeScript twin of this crate.

use ts_rs::{Config, TS};

use crate::*;

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
        RunRow,
        Insight,
        PastRun,
        NotificationSettings,
        QuietHours,
        MuteFor,
        Muted,
        Cadence,
        RunDetail,
        StepRow,
        Ability,
        ActionKind,
        ActionResult,
        ExpectedState,
        ActionReply,
        ActivityRow,
        InboxKind,
        InboxItem,
        ProcessRow,
        ProcessDetail,
        ProcessRunRow,
        ProcessStepRow,
        DamagedHistory,
        Snapshot,
        Update,
    );
    format!("{HEAD}{types}")
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
