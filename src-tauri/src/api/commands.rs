//! The commands that the page may call: a wrapper each, from the contract's list. It calls the handler
//! of the same name, with the arguments and for the answer that the list says.

use std::sync::Arc;

use runwatch_contract::*;
use tauri::ipc::{Channel, Invoke};
use tauri::{State, Wry};

use crate::api::answer::Answer;
use crate::api::handlers;
use crate::app_state::AppState;

macro_rules! wrappers {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        $(
            $(#[$doc])*
            #[tauri::command]
            async fn $name(
                app_state: State<'_, Arc<AppState>>,
                $($argument: $type),*
            ) -> Answer<$answer> {
                handlers::$name(&app_state, $($argument),*).await
            }
        )*

        /// All commands.
        pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}

with_commands!(wrappers);
