//! What the page gets at its start, and what is pushed to it afterwards.

use serde::Serialize;
use ts_rs::TS;

use crate::account::AccountView;
use crate::action::ActivityRow;
use crate::close::CloseRef;
use crate::close_board::CloseBoard;
use crate::inbox::InboxItem;
use crate::policy::PolicyView;
use crate::run::{RunRef, RunRow};

/// What "About" says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AppInfo {
    /// "Runwatch".
    pub name: String,
    /// The version, such as `0.1.0`.
    pub version: String,
    /// True under `--demo`.
    pub demo: bool,
    /// Where database, settings and logs live.
    pub data_folder: String,
    /// The port of a browser sign-in's callback address, unless the user chooses another one.
    pub usual_callback_port: u16,
    /// The loopback address of the embedded simulated SolveXia under `--demo`.
    pub demo_origin: Option<String>,
    /// What the organisation's IT set.
    pub policy: PolicyView,
}

/// Everything that the page shows, at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    /// About the app.
    pub app: AppInfo,
    /// All remembered accounts.
    pub accounts: Vec<AccountView>,
    /// All runs in the list.
    pub runs: Vec<RunRow>,
    /// The Inbox, newest first.
    pub inbox: Vec<InboxItem>,
    /// What was done here, newest first.
    pub activity: Vec<ActivityRow>,
    /// Both could be read. Where not, they hold only what is in memory alone: what was known before still
    /// stands, and they are worth another look.
    pub history_was_read: bool,
    /// Why history is not kept, while so: shown as a banner.
    pub store_problem: Option<String>,
    /// Why the desktop does not show notifications, while so.
    pub desktop_problem: Option<String>,
    /// The history is damaged, and a new one can be begun.
    pub damaged: Option<DamagedHistory>,
    /// Watching is paused.
    pub paused: bool,
    /// What its user should know once: that Runwatch failed last time, or that a part of the history
    /// cannot be read. A sentence each.
    pub notes: Vec<String>,
    /// The run that was open in the page before this one, which has ended by itself.
    pub open_run: Option<RunRef>,
    /// Where in the window its user was in that page, as it said last.
    pub place: Option<String>,
    /// The `seq` up to which this is complete.
    pub seq: i64,
}

/// A history that was found damaged at the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DamagedHistory {
    /// Where it is.
    pub file: String,
    /// The name that it gets, in the same folder, when a new one is begun.
    pub kept_as: String,
}

/// One thing that changed, pushed to the page together with what else changed at that time.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Update {
    /// A run changed, or was added. Newer `seq` wins; ask for its detail again if it is open.
    Run {
        /// The row as it is now.
        row: Box<RunRow>,
    },
    /// A run was taken off the list.
    RunRemoved {
        /// Its account.
        #[serde(rename = "accountId")]
        account_id: String,
        /// Its id.
        #[serde(rename = "runId")]
        run_id: String,
    },
    /// An account was added or changed.
    Account {
        /// The account as it is now.
        account: AccountView,
    },
    /// An account was removed, with its runs.
    AccountRemoved {
        /// Its id.
        #[serde(rename = "accountId")]
        account_id: String,
    },
    /// Something came into the Inbox.
    Inbox {
        /// The item.
        item: InboxItem,
    },
    /// Items of the Inbox were marked as read.
    InboxRead {
        /// Their ids.
        ids: Vec<i64>,
    },
    /// Updates were lost, as too much changed at once: take a whole snapshot.
    Missed,
    /// An action was written down, or its answer came.
    Activity {
        /// The row as it is now.
        row: ActivityRow,
    },
    /// History can no longer be kept (a reason), or can again (none).
    Store {
        /// Why not, in plain words.
        problem: Option<String>,
    },
    /// The desktop does not show notifications (a reason), or does again (none).
    Desktop {
        /// Why not, in the system's words.
        problem: Option<String>,
    },
    /// Watching was paused, or goes on.
    Paused {
        /// It is paused.
        paused: bool,
    },
    /// Somebody wants to quit while ends are awaited or not shown yet: ask whether to.
    Quitting {
        /// The names of the runs whose ends would be missed.
        runs: Vec<String>,
        /// The first lines of what was not shown yet.
        unshown: Vec<String>,
    },
    /// The sign-in under way waits for the browser, but none could be opened.
    NoBrowser {
        /// Why not, in plain words.
        problem: String,
    },
    /// A notification or an address was clicked: open this run.
    OpenRun {
        /// Its account.
        #[serde(rename = "accountId")]
        account_id: String,
        /// Its id.
        #[serde(rename = "runId")]
        run_id: String,
    },
    /// The window was asked for: the page says that it lives (`page_alive`), or it is made anew.
    Ping,
    /// A notification of several things, or an address, was clicked: open the Inbox at this item.
    OpenInbox {
        /// The newest failure among them, else the newest; none where the Inbox is empty.
        id: Option<i64>,
    },
    /// How an open close stands now. Newer `seq` wins.
    Board {
        /// The board as it is now.
        board: Box<CloseBoard>,
    },
    /// Plans, or the lists of their closes, changed: ask for them again.
    Plans,
    /// A notification of a close, or an address, was clicked: open its board.
    OpenClose {
        /// Which.
        close: CloseRef,
        /// The process of the item that the click offers to start: ask whether to.
        start: Option<String>,
    },
    /// An address was clicked that shows nothing here.
    NotOpened {
        /// Why not, in plain words.
        problem: String,
    },
}
