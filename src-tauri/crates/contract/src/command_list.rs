/// Every command that the page may call: the one list. From it follow
///
/// - the wrapper that Tauri calls, with its arguments (`src-tauri/src/api/commands.rs`): it calls the
///   handler of the same name below `src-tauri/src/api/handlers`;
/// - the command's permission, which the main window alone is granted (`src-tauri/build.rs`);
/// - the page's typed call (`ui/src/generated/contract.ts`, written by `scripts/types`).
///
/// The types are those of the contract; a handler that takes or answers others does not compile.
#[macro_export]
macro_rules! with_commands {
    ($callback:ident) => {
        $callback! {
            /// Opens the stream of updates, and answers what `snapshot` says then: nothing falls between them.
            subscribe(on_update: Channel<Vec<Update>>) -> Snapshot;
            /// Where in the window its user is, in the page's own words: for the page that follows where this one
            /// ends by itself. Kept in memory alone; of what was typed it has no secret.
            keep_place(place: String) -> ();
            /// Answers a `ping`.
            page_alive() -> ();
            /// Everything that the page shows, at one moment.
            snapshot() -> Snapshot;
            /// Puts the damaged history aside and begins a new one.
            start_new_history() -> ();
            /// Puts a text into the clipboard.
            copy_text(text: String) -> ();
            /// Marks items of the Inbox as seen.
            mark_inbox_read(ids: Vec<i64>) -> ();
            /// Marks all that the Inbox says of a run as seen: it was opened.
            mark_run_read(run: RunRef) -> ();
            /// Asks where to save all that was done from here as a table, and writes it there; answers the
            /// place, or nothing where its user thought better of it.
            export_activity() -> Option<String>;
            /// A report for support that holds no secret, no name of a run and no figure.
            diagnostics() -> String;
            /// Asks about all runs now, also where SolveXia could not be reached.
            ask_now() -> ();
            /// Pauses watching, or goes on.
            set_paused(paused: bool) -> ();
            /// Quits as the tray does: where ends would be missed, a question comes back as an update.
            ask_to_quit() -> ();
            /// Quits, though ends would be missed.
            quit() -> ();
            /// The answer to the question whether to quit was no.
            stay() -> ();

            /// Signs in with what the form sent; the only way of a secret, and it goes in. In the browser
            /// it stays open until the browser has answered, for five minutes at most.
            connect(request: ConnectRequest) -> AccountView;
            /// Ends the sign-in under way: `connect` rejects with `stopped`.
            cancel_sign_in() -> ();
            /// Opens the browser's page of that sign-in once more.
            open_sign_in_again() -> ();
            /// Copies the address of that page, for another browser.
            copy_sign_in_address() -> ();
            /// Signs out and deletes the secrets.
            sign_out(account_id: String) -> ();
            /// Gives an account another name and colour.
            update_account(account_id: String, label: String, colour: Colour) -> AccountView;
            /// Removes an account, its secrets and its list; its history too, if wished.
            remove_account(account_id: String, with_history: bool) -> ();
            /// Tries to read the keychain again; what came of it shows in the accounts.
            retry_keychain() -> ();
            /// Opens the account's SolveXia in the browser.
            open_solvexia(account_id: String) -> ();

            /// The connection settings.
            get_network() -> NetworkView;
            /// Changes the connection settings.
            set_network(change: NetworkChange) -> NetworkView;
            /// Says which part of the way to an account's SolveXia, or to an environment that nobody has
            /// signed in to yet, does not work.
            check_connection(account_id: Option<String>, environment: Option<String>) -> Vec<HopView>;
            /// How often SolveXia is asked.
            get_poll_limits() -> PollLimits;
            /// Changes how often SolveXia is asked.
            set_poll_limits(limits: PollLimits) -> PollLimits;
            /// Whether Runwatch is started with the computer.
            get_launch_at_login() -> LaunchAtLogin;
            /// Has it started with the computer, or no more.
            set_launch_at_login(on: bool) -> LaunchAtLogin;
            /// How the page is shown and what its keys do.
            get_page_settings() -> PageSettings;
            /// Changes how the page is shown, at once, and what its keys do.
            set_page_settings(settings: PageSettings) -> PageSettings;
            /// Has the user choose a certificate file in the system's own dialog: its path, none where
            /// nothing was chosen.
            choose_certificate_file() -> Option<String>;
            /// Opens the sample data in a second window, with a data folder of its own.
            open_sample_data() -> ();
            /// The notification settings.
            get_notifications() -> NotificationSettings;
            /// Changes the notification settings.
            set_notifications(settings: NotificationSettings) -> NotificationSettings;
            /// Mutes or snoozes a run, or shows it again.
            mute_run(run: RunRef, time: MuteFor) -> RunRow;
            /// The same for all runs of an account; how it is muted then shows in the account.
            mute_account(account_id: String, time: MuteFor) -> ();
            /// The same for many runs at once; how each is muted then comes as updates.
            mute_runs(runs: Vec<RunRef>, time: MuteFor) -> ();
            /// When a snooze until the next working morning would end (UTC ms).
            next_morning() -> i64;

            /// The runs that a text names: ids, addresses, a row of a spreadsheet. Rejects where there
            /// is none.
            find_run_ids(account_id: String, text: String) -> Vec<FoundRun>;
            /// Puts a run into the list; `text` is its id or an address of it.
            add_run(account_id: String, text: String) -> RunRow;
            /// Takes a run off the list. Nothing changes in SolveXia.
            remove_run(run: RunRef) -> ();
            /// Puts a run back as it was when it was taken off, its watch and its steps too.
            undo_remove(run: RunRef) -> RunRow;
            /// Takes ended runs out of sight, or brings them back. What goes on is left where it is.
            archive_runs(runs: Vec<RunRef>, archived: bool) -> ();
            /// Writes down that runs were dealt with as they stand now, with a note that may be empty.
            mark_handled(runs: Vec<RunRef>, note: String) -> ();
            /// Takes that back.
            unmark_handled(runs: Vec<RunRef>) -> ();
            /// How the list is looked at: filters, sort, saved views.
            get_list_settings() -> ListSettings;
            /// Keeps how the list is looked at.
            set_list_settings(settings: ListSettings) -> ();
            /// Turns watching of a run on or off.
            watch_run(run: RunRef, watched: bool) -> RunRow;
            /// Tells which run is open, so that its steps are read while they are shown.
            show_run(run: Option<RunRef>) -> ();
            /// A run as it is known here, without asking SolveXia.
            run_detail(run: RunRef) -> RunDetail;
            /// The attempts of a run that ended, newest first.
            past_attempts(run: RunRef) -> Vec<PastAttempt>;
            /// Get a run: its name, description and who changed it.
            get_run(run: RunRef) -> RunDetail;
            /// Run status, asked now.
            get_run_status(run: RunRef) -> RunDetail;
            /// Data steps of a run, with their status.
            get_run_steps(run: RunRef) -> RunDetail;
            /// Run status of one step, asked now.
            get_step_status(run: RunRef, step_id: String) -> RunDetail;
            /// Adds a step by its id, as SolveXia lists no action steps.
            add_step(run: RunRef, step_id: String) -> RunDetail;
            /// Takes a step that was added by hand off again.
            remove_step(run: RunRef, step_id: String) -> RunDetail;

            /// Starts a run.
            start_run(action: RunAction) -> ActionReply;
            /// Starts a run by the deprecated call.
            start_run_deprecated(action: RunAction) -> ActionReply;
            /// Cancels a run.
            cancel_run(action: RunAction) -> ActionReply;
            /// Cancels a run by the deprecated call.
            cancel_run_deprecated(action: RunAction) -> ActionReply;
            /// Restarts a run from a step.
            restart_from_step(action: StepAction) -> ActionReply;

            /// Processes whose name holds this text; all where it is empty.
            list_processes(account_id: String, name: String) -> ProcessList;
            /// One process.
            get_process(account_id: String, process_id: String) -> ProcessDetail;
            /// The runs of a process.
            list_process_runs(account_id: String, process_id: String) -> ProcessRunList;
            /// How a run of a process stands, asked now; it need not be in the list.
            process_run_status(account_id: String, run_id: String) -> ProcessRunStatus;
            /// The data steps of a process.
            list_process_steps(account_id: String, process_id: String) -> Vec<ProcessStepRow>;
            /// Creates a run of a process, not started, and puts it into the list.
            create_run(account_id: String, process_id: String, name_prefix: String, again: bool) -> CreateReply;

            /// All plans with their closes, by their names.
            list_plans() -> Vec<PlanRow>;
            /// Keeps a plan, a new one where it has no id. Rejects what makes no sense, in a sentence.
            save_plan(plan: PlanForm) -> PlanRow;
            /// Deletes a plan with its closes, their forecasts and what was kept as evidence. Runs are not touched.
            delete_plan(plan_id: String) -> ();
            /// Proposes the items of a plan from the last close that was watched. Nothing is kept.
            propose_plan(draft: PlanForm) -> PlanProposal;
            /// The holidays that came with the app.
            list_calendars() -> Vec<CalendarPreset>;
            /// One of them.
            preset_calendar(code: String) -> CalendarForm;
            /// Days off from pasted lines, such as `2026-12-25 Christmas Day`.
            paste_calendar(text: String) -> CalendarForm;
            /// Days off from a calendar file that its user chooses; none where no file was chosen.
            import_calendar() -> Option<ImportedCalendar>;
            /// The periods of a plan that can be opened now, the most likely one first.
            open_choices(plan_id: String) -> Vec<OpenChoice>;
            /// Opens the close of a period: its cut-off, its times and its calendar are fixed.
            open_close(close: CloseRef) -> CloseBoard;
            /// Takes the times of the plan as it is now into an open close.
            move_close(close: CloseRef) -> CloseBoard;
            /// Puts a close away, so that nothing is told of it any more, or takes it out again.
            archive_close(close: CloseRef, archived: bool) -> CloseBoard;
            /// How a close stands, worked out now.
            close_board(close: CloseRef) -> CloseBoard;
            /// Says which run stands for an item; `text` is its id or an address of it.
            bind_run(close: CloseRef, process_id: String, text: String) -> CloseBoard;
            /// Takes that back: the item's run is found by rule again, this one apart.
            unbind_run(close: CloseRef, process_id: String) -> CloseBoard;
            /// Writes the evidence pack of a close into a folder that its user chooses: its path. None where
            /// no folder was chosen.
            export_evidence(close: CloseRef) -> Option<String>;
        }
    };
}
