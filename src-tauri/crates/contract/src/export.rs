//! The TypeScript twin of this crate.

use ts_rs::Config;

use crate::{commands, declarations, shared_values};

const HEAD: &str = "// Generated from src-tauri/crates/contract by `scripts/types`. Do not edit.\n";

/// The whole generated file, as it must stand in `ui/src/generated/contract.ts`.
pub fn typescript() -> String {
    // JSON's numbers: what crosses is far below what they can hold.
    let config = Config::new().with_large_int("number");
    let (types, calls) = (
        declarations::typescript(&config),
        commands::typescript(&config),
    );
    let values = shared_values::typescript();
    format!("{HEAD}{types}{values}{calls}")
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
