//! Declares every command and grants it to the window `main`, so that no other page can call it: both
//! from the one list in the contract.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

#[path = "crates/contract/src/command_list.rs"]
mod command_list;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        &[$(stringify!($name)),*]
    };
}

const COMMANDS: &[&str] = with_commands!(names);

fn main() {
    println!("cargo:rerun-if-changed=crates/contract/src/command_list.rs");
    if let Err(error) = build() {
        println!("cargo:warning=the app's manifest could not be built: {error}");
        process::exit(1);
    }
}

fn build() -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    let capabilities = grant(Path::new(&out))?;
    let pattern = capabilities.join("*.json").display().to_string();
    let windows =
        tauri_build::WindowsAttributes::new().app_manifest(include_str!("windows/app.manifest"));
    let attributes = tauri_build::Attributes::new()
        // No file of permissions is written by hand. Without a pattern the folder into which they are
        // generated is watched, and so each first build is followed by a second one.
        .app_manifest(
            tauri_build::AppManifest::new()
                .commands(COMMANDS)
                .permissions_path_pattern("permissions/*.toml"),
        )
        // It lives as long as this program, which ends at once.
        .capabilities_path_pattern(pattern.leak())
        .windows_attributes(windows);
    tauri_build::try_build(attributes).map_err(|error| format!("{error:#}"))
}

/// Writes the one capability, and says in which folder it is.
fn grant(out: &Path) -> Result<PathBuf, String> {
    let permission = |name: &&str| format!("\"allow-{}\"", name.replace('_', "-"));
    let permissions: Vec<String> = COMMANDS.iter().map(permission).collect();
    let capability = format!(
        r#"{{
  "identifier": "main",
  "description": "What the page in the main window may call: our own commands, and nothing of Tauri's.",
  "windows": ["main"],
  "permissions": [{}]
}}"#,
        permissions.join(", ")
    );
    let folder = out.join("granted");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("main.json"), capability))
        .map_err(|error| error.to_string())?;
    Ok(folder)
}
