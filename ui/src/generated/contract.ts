// Generated from src-tauri/crates/contract by `scripts/types`. Do not edit.

export type AccountState = "ready" | "offline" | "expired" | "locked" | "no-keychain" | "signed-out" | "not-allowed";

export type AccountView = { 
/**
 * Our own id of the account; every row and command names it.
 */
id: string, 
/**
 * What the user calls it; the environment's host until renamed.
 */
label: string, 
/**
 * Its mark beside the label.
 */
colour: Colour, 
/**
 * The environment's origin, for example `https://app.solvexia.com`.
 */
origin: string, 
/**
 * How it signs in.
 */
method: SignInMethod, 
/**
 * Who acts, in words: the client id, or "access token".
 */
identity: string, 
/**
 * Whether requests can be made now.
 */
state: AccountState, 
/**
 * The organisation's rule that does not allow it, in a sentence; none where none does.
 */
notAllowed: string | null, 
/**
 * Where the secret is kept.
 */
keeping: Keeping, 
/**
 * Why the secret is kept for this session only, in plain words.
 */
keepingReason: string | null, 
/**
 * When a pasted access token stops working (UTC ms); none where the account renews itself.
 */
tokenExpiresAt: number | null, 
/**
 * What SolveXia lets it do (`process_read`, `process_execute`, …); none where it never said.
 */
scopes: Array<string> | null, 
/**
 * Why it can neither start, cancel nor restart, in words; none where it can, as far as is known.
 */
readOnly: string | null, 
/**
 * How far this computer's clock is off, in a sentence; none while it is off by less than a minute.
 */
clockOff: string | null, 
/**
 * In which zone its SolveXia writes dates that name none, and how that is known, in a sentence;
 * none where it is not known yet.
 */
dateZone: string | null, 
/**
 * The port of the callback address, for [`SignInMethod::Browser`].
 */
callbackPort: number | null, 
/**
 * The desktop shows nothing of its runs; none where it does.
 */
muted: Muted | null, 
/**
 * Whether this is the embedded simulated SolveXia with sample data.
 */
isSample: boolean, };

export type ActionName = "start" | "cancel" | "restart" | "create" | "dealt-with" | "not-dealt-with";

export type ActionReply = { 
/**
 * What is known of its effect.
 */
result: ActionResult, 
/**
 * What happened and what it means, one or two sentences.
 */
message: string, 
/**
 * What went wrong, where something did; its message says the same as the one above.
 */
problem: AppError | null, 
/**
 * SolveXia does not know the current call (404 or 405): the older one may be offered as a
 * second, separately confirmed action.
 */
offerDeprecated: boolean, };

export type ActionResult = "pending" | "ok" | "refused" | "unknown";

export type ActivityRow = { 
/**
 * Our own id of the action.
 */
id: number, 
/**
 * The account that it was done with.
 */
accountId: string, 
/**
 * That account's name at that time.
 */
accountLabel: string, 
/**
 * Who did it for SolveXia: the client id, or "access token".
 */
identity: string, 
/**
 * Who sat at this computer.
 */
osUser: string, 
/**
 * The run, `pr-…`; empty while it is not known which one was created.
 */
runId: string, 
/**
 * Its name at that time; what it was to be called, while it is not known.
 */
runName: string, 
/**
 * Which attempt of it was begun, or was there; none where that is not known.
 */
attempt: number | null, 
/**
 * The step that a restart began from.
 */
stepId: string | null, 
/**
 * That step's name at that time.
 */
stepName: string | null, 
/**
 * What was done.
 */
action: ActionName, 
/**
 * Whether the older call was used.
 */
deprecated: boolean, 
/**
 * What is known of its effect.
 */
result: ActionResult, 
/**
 * SolveXia's answer, or what is known without one.
 */
message: string, 
/**
 * What its person wrote down with a mark; empty where nothing.
 */
note: string, 
/**
 * SolveXia's support id, where it gave one.
 */
supportId: string | null, 
/**
 * Why, as it was typed at the confirmation.
 */
reason?: string, 
/**
 * When it was written down, just before it was sent (UTC ms).
 */
askedAt: number, 
/**
 * When its answer was known (UTC ms).
 */
answeredAt: number | null, };

export type AppError = { 
/**
 * What kind of trouble.
 */
code: ErrorCode, 
/**
 * What happened, what it means for the user's run, what to do next. Plain text.
 */
message: string, 
/**
 * SolveXia's support id, where it gave one.
 */
supportId: string | null, 
/**
 * How long SolveXia asks to wait, in milliseconds.
 */
retryAfterMs: number | null, };

export type AppInfo = { 
/**
 * "Runwatch".
 */
name: string, 
/**
 * The version, such as `0.1.0`.
 */
version: string, 
/**
 * True under `--demo`.
 */
demo: boolean, 
/**
 * Where database, settings and logs live.
 */
dataFolder: string, 
/**
 * The port of a browser sign-in's callback address, unless the user chooses another one.
 */
usualCallbackPort: number, 
/**
 * The loopback address of the embedded simulated SolveXia under `--demo`.
 */
demoOrigin: string | null, 
/**
 * What the organisation's IT set.
 */
policy: PolicyView, };

export type AskedRun = { 
/**
 * SolveXia's id.
 */
runId: string, 
/**
 * Its name; its id where that is not known.
 */
name: string, 
/**
 * When it was created (UTC ms).
 */
created: number | null, 
/**
 * When it was started (UTC ms).
 */
started: number | null, };

export type AtStep = { 
/**
 * SolveXia's name; the id for a step added by hand.
 */
name: string, 
/**
 * Its place among the steps that count, from 1.
 */
place: number, 
/**
 * How many steps count.
 */
of: number, 
/**
 * The beginning of SolveXia's completion message.
 */
message: string, };

export type Availability = { 
/**
 * The button can be used.
 */
allowed: boolean, 
/**
 * Why it cannot, where it cannot.
 */
reason: string | null, 
/**
 * What the confirmation must warn of, where it can.
 */
warning: string | null, };

export type BoardItem = { 
/**
 * Its process.
 */
processId: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The close is done without it.
 */
optional: boolean, 
/**
 * What starts it.
 */
start: StartRuleForm, 
/**
 * When it is due (UTC ms), where it has a time.
 */
due: number | null, 
/**
 * Its time and grace are over, and a fresh read showed that it was not started.
 */
didNotStart: boolean, 
/**
 * The processes that it waits for.
 */
waitsFor: Array<string>, 
/**
 * How it stands.
 */
state: BoardItemState, 
/**
 * Why it is blocked, or nobody can say, in a sentence.
 */
reason: string | null, 
/**
 * How its run ended.
 */
outcome: Outcome | null, 
/**
 * The run that stands for it.
 */
run: BoundRun | null, 
/**
 * When it started (UTC ms).
 */
started: number | null, 
/**
 * When it ended (UTC ms).
 */
ended: number | null, 
/**
 * When it is expected to start (UTC ms): while it is to come.
 */
starts: number | null, 
/**
 * When it is expected to end: while it is not over.
 */
ends: ExpectedMoment | null, 
/**
 * Started by then (UTC ms), the close is through in nine of ten cases: of what is to come or to be
 * restarted.
 */
latestStart: number | null, 
/**
 * However early it is started, the close hardly makes its cut-off.
 */
tooLate: boolean, 
/**
 * Complete earlier runs that its length rests on; 0 for an estimate, or where nothing is known.
 */
learnedFrom: number, 
/**
 * The runs of which its owner says which one counts: `bind_run`.
 */
asks: Array<AskedRun>, };

export type BoardItemState = "waiting" | "waits-for-blocked" | "ready" | "starting" | "running" | "ending" | "done" | "blocked" | "asks" | "unknown";

export type BoardState = "on-track" | "at-risk" | "expected-late" | "late" | "blocked" | "unknown" | "done";

export type BoundBy = "start-here" | "rule" | "hand";

export type BoundRun = { 
/**
 * SolveXia's id.
 */
runId: string, 
/**
 * Its name; its id where that is not known.
 */
name: string, 
/**
 * What bound it.
 */
by: BoundBy, 
/**
 * It is in the list, so that it can be opened.
 */
isListed: boolean, };

export type CalendarForm = { 
/**
 * Where its holidays are from.
 */
name: string, 
/**
 * The days off, the earliest first.
 */
holidays: Array<Holiday>, 
/**
 * The last day that its holidays are known of; none where nobody can say.
 */
knownUntil: string | null, };

export type CalendarPreset = { 
/**
 * By what `preset_calendar` finds it.
 */
code: string, 
/**
 * How it is shown.
 */
name: string, 
/**
 * The last day that it knows.
 */
knownUntil: string, };

export type CloseBoard = { 
/**
 * Which close.
 */
close: CloseRef, 
/**
 * A growing number: a board with a newer one wins.
 */
seq: number, 
/**
 * When this was worked out (UTC ms).
 */
madeAt: number, 
/**
 * When it last showed what SolveXia shows (UTC ms): as `made_at` where it does now, none where it did not
 * yet since Runwatch was started.
 */
seenAt: number | null, 
/**
 * The plan's name.
 */
planName: string, 
/**
 * The plan's account.
 */
accountId: string, 
/**
 * The plan's zone.
 */
zone: string, 
/**
 * How its period is called.
 */
label: string, 
/**
 * Runs that are created or started from then on belong to it (UTC ms).
 */
opens: number, 
/**
 * By when it must be through (UTC ms).
 */
cutOff: number, 
/**
 * It was put away: nothing is told of it any more.
 */
archived: boolean, 
/**
 * How it stands (`data-state`).
 */
state: BoardState, 
/**
 * The chance of being through by the cut-off: 5 to 95, in steps of five; none where nobody can say.
 */
percent: number | null, 
/**
 * When it is through; none where nobody can say.
 */
finish: ExpectedMoment | null, 
/**
 * The cut-off less the late end of the finish, in seconds.
 */
slackSeconds: number | null, 
/**
 * The processes that decide it, the most decisive first.
 */
decidedBy: Array<string>, 
/**
 * The processes that did not pass their gates.
 */
blocked: Array<string>, 
/**
 * Why nothing can be foreseen, in a sentence.
 */
cannotTell: string | null, 
/**
 * Since when it is through (UTC ms).
 */
through: number | null, 
/**
 * Earlier closes that all this rests on.
 */
earlierCloses: number, 
/**
 * How right the last forecasts were.
 */
score: ForecastScore, 
/**
 * Its items, in the plan's order.
 */
items: Array<BoardItem>, 
/**
 * What to know of its times, a sentence each.
 */
notes: Array<string>, 
/**
 * What the plan as it is now would move, a sentence each: `move_close` does so. Nothing where all is as
 * it was.
 */
moved: Array<string>, };

export type CloseRef = { 
/**
 * Its plan.
 */
planId: string, 
/**
 * The last day of its period.
 */
periodLast: string, };

export type CloseRow = { 
/**
 * Which.
 */
close: CloseRef, 
/**
 * How its period is called, such as “October 2026”.
 */
label: string, 
/**
 * By when it must be through (UTC ms).
 */
cutOff: number, 
/**
 * How it stands; none where it is put away and not looked at any more.
 */
state: BoardState | null, 
/**
 * It was put away: nothing is told of it any more.
 */
archived: boolean, };

export type Colour = "blue" | "teal" | "green" | "amber" | "red" | "purple" | "grey";

export type ConnectRequest = { 
/**
 * The account that signs in again; none for a new one.
 */
accountId: string | null, 
/**
 * A prefix (`app`) or a whole origin.
 */
environment: string, 
/**
 * Which of the secrets below is meant.
 */
method: SignInMethod, 
/**
 * For [`SignInMethod::Browser`] and [`SignInMethod::Client`].
 */
clientId: string | null, 
/**
 * For [`SignInMethod::Browser`] and [`SignInMethod::Client`].
 */
clientSecret: string | null, 
/**
 * For [`SignInMethod::Browser`].
 */
callbackPort: number | null, 
/**
 * For [`SignInMethod::Token`].
 */
accessToken: string | null, 
/**
 * The user has confirmed an origin that is neither SolveXia's nor this computer's: the exact
 * origin that the confirmation named.
 */
confirmedOrigin: string | null, };

export type CreateReply = { 
/**
 * The new run, which is in the list now; none where the answer was lost.
 */
row: RunRow | null, 
/**
 * What happened and what it means, where something went wrong: a sentence or two.
 */
message: string | null, 
/**
 * Where the answer was lost: the runs of the process that were not there before.
 */
newRuns: Array<ProcessRunRow>, };

export type DamagedHistory = { 
/**
 * Where it is.
 */
file: string, 
/**
 * The name that it gets, in the same folder, when a new one is begun.
 */
keptAs: string, };

export type DayTimeForm = { 
/**
 * The n of WDn: 1 is the first working day after the period's end, -1 the last one on or before it.
 * There is no 0.
 */
day: number, 
/**
 * The time of day.
 */
time: string, };

export type ErrorCode = "bad-id" | "other-environment" | "not-found" | "forbidden" | "signed-out" | "offline" | "bad-answer" | "server" | "store" | "keychain" | "changed" | "not-now" | "stopped" | "port-taken" | "confirm-origin" | "policy" | "internal";

export type ExpectedMoment = { 
/**
 * One in ten is earlier.
 */
early: number, 
/**
 * As likely earlier as later.
 */
middle: number, 
/**
 * One in ten is later.
 */
late: number, };

export type ExpectedState = { 
/**
 * SolveXia's word for the status.
 */
status: string, 
/**
 * The attempt that was shown.
 */
attempt: number, };

export type Forecast = { 
/**
 * How many earlier runs it rests on.
 */
learnedFrom: number, 
/**
 * Seconds that half of the runs take.
 */
usualSeconds: number | null, 
/**
 * Seconds between which nine of ten runs take, once there are enough runs to say so.
 */
bandSeconds: [number, number] | null, 
/**
 * When it ends, as likely earlier as later (UTC ms): while it is running.
 */
ends: number | null, 
/**
 * Between when it ends in nine of ten cases (UTC ms): while it is running.
 */
endsBetween: [number, number] | null, 
/**
 * How far it is, from 0 to 1: by time where its process is known, else by its steps.
 */
progress: number | null, 
/**
 * Steps that are over, while it is running and they were read.
 */
stepsOver: number | null, 
/**
 * Steps that count, of which those are over.
 */
stepsCounted: number | null, 
/**
 * It has taken longer than nine of ten runs do: nobody can say when it ends.
 */
isLate: boolean, 
/**
 * It takes much longer than usual.
 */
isLong: boolean, 
/**
 * The newest durations of its process, newest first.
 */
latest: Array<PastRun>, };

export type ForecastScore = { 
/**
 * Forecasts that are looked at.
 */
of: number, 
/**
 * Those whose band the finish lay in.
 */
held: number, 
/**
 * Closes that were left out, as something failed in them.
 */
leftOut: number, };

export type FoundRun = { 
/**
 * SolveXia's id, `pr-…`.
 */
runId: string, 
/**
 * The text had a bare number: that it means this run has to be confirmed.
 */
isGuess: boolean, 
/**
 * It is in the list already.
 */
added: boolean, };

export type Gate = "succeeded" | "warnings-allowed";

export type Handled = { 
/**
 * The user of this computer who did.
 */
who: string, 
/**
 * When (UTC ms).
 */
at: number, 
/**
 * What they wrote down; empty where nothing.
 */
note: string, };

export type Holiday = { 
/**
 * The day.
 */
day: string, 
/**
 * What it is called.
 */
name: string, };

export type HopKind = "name" | "proxy" | "tls" | "http" | "sign-in";

export type HopState = "good" | "failed" | "skipped";

export type HopView = { 
/**
 * Which part.
 */
kind: HopKind, 
/**
 * What became of it.
 */
state: HopState, 
/**
 * In words: what was found, or what is wrong and who can mend it.
 */
words: string, };

export type ImportedCalendar = { 
/**
 * What was read.
 */
calendar: CalendarForm, 
/**
 * Events that were left out, as they take a part of a day only.
 */
leftOut: number, };

export type InboxItem = { 
/**
 * Our own id of the item.
 */
id: number, 
/**
 * Why it is here.
 */
kind: NotificationKind, 
/**
 * The account that it is about.
 */
accountId: string, 
/**
 * The run that it is about; none for [`NotificationKind::Outage`] and
 * [`NotificationKind::Close`].
 */
runId: string | null, 
/**
 * The close that it is about: none but for [`NotificationKind::Close`].
 */
close?: CloseRef, 
/**
 * How the run ended; none where nothing ended.
 */
outcome: Outcome | null, 
/**
 * The notification's first line.
 */
title: string, 
/**
 * The notification's text.
 */
body: string, 
/**
 * When it was told (UTC ms).
 */
at: number, 
/**
 * Whether it was seen in the Inbox.
 */
read: boolean, };

export type Keeping = "keychain" | "session-only" | "unread" | "left" | "deleted";

export type LaunchAtLogin = { 
/**
 * The system starts Runwatch.
 */
on: boolean, 
/**
 * It can be changed here.
 */
canChange: boolean, 
/**
 * The organisation's IT has set it.
 */
isFixed: boolean, 
/**
 * Nobody has answered yet whether it is wanted.
 */
isOpen: boolean, 
/**
 * Why it is not as it was chosen, or cannot be changed here.
 */
note: string | null, };

export type ListColumn = "run" | "now-at" | "ends" | "took";

export type ListFilters = { 
/**
 * Runs of this account.
 */
account: string | null, 
/**
 * Runs of this process, `p-…`.
 */
process: string | null, 
/**
 * Runs with SolveXia's word for their status.
 */
status: string | null, 
/**
 * Runs that ended so.
 */
outcome: Outcome | null, 
/**
 * Runs that ended, or started, since then.
 */
since: ListSince | null, };

export type ListLook = { 
/**
 * Which runs are shown.
 */
filters: ListFilters, 
/**
 * In which order.
 */
sort: ListSort, 
/**
 * The runs of a process stand together.
 */
grouped: boolean, };

export type ListSettings = { 
/**
 * As it was last looked at.
 */
look: ListLook, 
/**
 * Views that were saved, in the order of their tabs.
 */
saved: Array<SavedView>, };

export type ListSince = "today" | "yesterday" | "week" | "month";

export type ListSort = { 
/**
 * The column.
 */
column: ListColumn, 
/**
 * The last one first.
 */
descending: boolean, };

export type ListTab = "attention" | "running" | "to-start" | "done" | "all";

export type MuteFor = "unmute" | "hour" | "morning" | "forever";

export type Muted = { 
/**
 * Until then (UTC ms); none means for good.
 */
until: number | null, 
/**
 * Its whole account is muted, not the run alone.
 */
account: boolean, };

export type NetworkChange = { 
/**
 * Which proxy.
 */
proxy: ProxyUse, 
/**
 * For [`ProxyUse::Manual`].
 */
proxyAddress: string, 
/**
 * For [`ProxyUse::Manual`]; empty where it asks for none.
 */
proxyUser: string, 
/**
 * A new password; none keeps the one that is there while the user is the same.
 */
proxyPassword: string | null, 
/**
 * The path of a PEM file, or empty.
 */
extraCa: string, };

export type NetworkView = { 
/**
 * Which proxy.
 */
proxy: ProxyUse, 
/**
 * The manual proxy's `host:port` or address; empty otherwise.
 */
proxyAddress: string, 
/**
 * Its user; empty where it asks for none.
 */
proxyUser: string, 
/**
 * Whether a password for it is kept. The password itself never comes back.
 */
hasProxyPassword: boolean, 
/**
 * The path of a PEM file with further trusted certificates; empty for none.
 */
extraCa: string, };

export type NotificationKind = "ended" | "correction" | "action" | "outage" | "long" | "close";

export type NotificationSettings = { 
/**
 * Ends that are not shown.
 */
silent: Array<Outcome>, 
/**
 * When nothing is shown: it is held, and summed up at their end.
 */
quiet: QuietHours | null, 
/**
 * What is on or off.
 */
switches: NotificationToggles, };

export type NotificationToggles = { 
/**
 * That a run takes much longer than usual is told.
 */
long: boolean, 
/**
 * Failures are shown in quiet hours too.
 */
failuresPierce: boolean, 
/**
 * Neither names nor messages are shown: others may see the screen.
 */
hideDetails: boolean, };

export type OpenChoice = { 
/**
 * The close that would be opened.
 */
close: CloseRef, 
/**
 * How its period is called.
 */
label: string, 
/**
 * Its cut-off (UTC ms); none where it cannot be opened.
 */
cutOff: number | null, 
/**
 * What to know of its times, a sentence each.
 */
notes: Array<string>, 
/**
 * Why it cannot be opened.
 */
problem: string | null, };

export type Outcome = "succeeded" | "warnings" | "failed" | "cancelled" | "timed-out" | "unverified";

export type PageSettings = { 
/**
 * Single letters do something while the list has the focus.
 */
letters: boolean, 
/**
 * How large the page is shown, in percent.
 */
zoom: number, };

export type PastAttempt = { 
/**
 * Which attempt, counted from 1 at the run's first sight here.
 */
attempt: number, 
/**
 * When it started (UTC ms).
 */
started: number | null, 
/**
 * When it finished (UTC ms); when that was seen here, where SolveXia gave no date.
 */
finished: number, 
/**
 * How long it took, in seconds.
 */
seconds: number | null, 
/**
 * How it ended.
 */
outcome: Outcome, };

export type PastRun = { 
/**
 * SolveXia's id.
 */
runId: string, 
/**
 * When it ended (UTC ms).
 */
ended: number, 
/**
 * How long it took.
 */
seconds: number, };

export type PeriodsForm = { "kind": "months" } | { "kind": "listed", 
/**
 * The first day of the first one.
 */
begin: string, 
/**
 * The last day of each, the earliest first.
 */
ends: Array<string>, };

export type PlanForm = { 
/**
 * Our own id of it; none while it is new.
 */
planId: string | null, 
/**
 * The account whose processes these are.
 */
accountId: string, 
/**
 * What its owner calls it.
 */
name: string, 
/**
 * The zone of all its local times, such as `Australia/Sydney`.
 */
zone: string, 
/**
 * Which days are worked on.
 */
calendar: CalendarForm, 
/**
 * What it closes.
 */
periods: PeriodsForm, 
/**
 * By when all must be through.
 */
cutOff: DayTimeForm, 
/**
 * Its processes, in the order in which they are shown.
 */
items: Array<PlanItemForm>, };

export type PlanItemForm = { 
/**
 * SolveXia's id, `p-…`; each is in a plan once.
 */
processId: string, 
/**
 * Its name, as it was last read.
 */
name: string, 
/**
 * What starts it.
 */
start: StartRuleForm, 
/**
 * The processes of the plan that it waits for.
 */
waitsFor: Array<string>, 
/**
 * How it must end.
 */
gate: Gate, 
/**
 * Nothing waits for it, and the close is done without it.
 */
optional: boolean, 
/**
 * How many minutes its owner thinks that it takes: used while too little is learned.
 */
estimateMinutes: number | null, };

export type PlanProposal = { 
/**
 * The draft with the proposed items.
 */
plan: PlanForm, 
/**
 * The period of the close that it was made from.
 */
fromLabel: string, 
/**
 * What each item rests on, in the items' order.
 */
seen: Array<ProposedFrom>, };

export type PlanRow = { 
/**
 * The plan; its id is there.
 */
plan: PlanForm, 
/**
 * Its account was removed: its runs cannot be seen, and it is kept.
 */
accountIsGone: boolean, 
/**
 * Its closes, the latest first.
 */
closes: Array<CloseRow>, };

export type PolicyView = { 
/**
 * What the sign-in form's environment begins with; empty where nothing is set.
 */
environment: string, 
/**
 * Pasted tokens are refused.
 */
noPastedTokens: boolean, 
/**
 * The proxy cannot be changed; its user and password can.
 */
proxyFixed: boolean, 
/**
 * The certificate file cannot be changed.
 */
certificateFileFixed: boolean, 
/**
 * Whether notifications hide details cannot be changed.
 */
hideDetailsFixed: boolean, };

export type PollLimits = { 
/**
 * The shortest time between two requests, in seconds.
 */
shortestSeconds: number, 
/**
 * The longest, in minutes.
 */
longestMinutes: number, };

export type ProcessDetail = { 
/**
 * SolveXia's id, `p-…`.
 */
processId: string, 
/**
 * SolveXia's name.
 */
name: string, 
/**
 * SolveXia's description.
 */
description: string | null, 
/**
 * Who changed it last, as SolveXia says.
 */
lastModifiedBy: string | null, 
/**
 * When it was changed last (UTC ms).
 */
dateModified: number | null, };

export type ProcessList = { 
/**
 * Those that were read.
 */
rows: Array<ProcessRow>, 
/**
 * SolveXia lists more than these.
 */
isCut: boolean, };

export type ProcessRow = { 
/**
 * SolveXia's id, `p-…`.
 */
processId: string, 
/**
 * SolveXia's name.
 */
name: string, };

export type ProcessRunList = { 
/**
 * Those that were read.
 */
rows: Array<ProcessRunRow>, 
/**
 * SolveXia lists more than these.
 */
isCut: boolean, };

export type ProcessRunRow = { 
/**
 * SolveXia's id, `pr-…`.
 */
runId: string, 
/**
 * SolveXia's name.
 */
name: string, 
/**
 * Whether it is in the list already.
 */
added: boolean, };

export type ProcessRunStatus = { 
/**
 * SolveXia's word for the status.
 */
status: string, 
/**
 * Whether it has ended. How, its steps alone tell.
 */
ended: boolean, 
/**
 * When it started (UTC ms).
 */
started: number | null, 
/**
 * When it finished (UTC ms).
 */
finished: number | null, };

export type ProcessStepRow = { 
/**
 * SolveXia's id, `ds-…`.
 */
stepId: string, 
/**
 * SolveXia's name.
 */
name: string, 
/**
 * Its place, such as `1.10`.
 */
order: string | null, 
/**
 * False where SolveXia has it switched off.
 */
enabled: boolean, };

export type ProposedFrom = { 
/**
 * The process.
 */
processId: string, 
/**
 * Seconds that it usually takes.
 */
usualSeconds: number, 
/**
 * Seconds for which it usually waits after what it waits for; none where it waits for nothing.
 */
usualDelaySeconds: number | null, 
/**
 * Closes that this was seen in.
 */
seenIn: number, };

export type ProxyUse = "system" | "direct" | "manual";

export type QuietHours = { 
/**
 * They begin, such as `18:30`.
 */
from: string, 
/**
 * They end.
 */
to: string, };

export type RunAction = { 
/**
 * The run's account.
 */
accountId: string, 
/**
 * The run, `pr-…`.
 */
runId: string, 
/**
 * What the confirmation showed.
 */
expected: ExpectedState, 
/**
 * Why, as it was typed at the confirmation; it stands in Activity and in evidence packs.
 */
reason?: string, };

export type RunDetail = { 
/**
 * The same run as in the list.
 */
row: RunRow, 
/**
 * SolveXia's description of the run.
 */
description: string | null, 
/**
 * Who changed the run last, as SolveXia says.
 */
lastModifiedBy: string | null, 
/**
 * When it was created (UTC ms).
 */
dateCreated: number | null, 
/**
 * When it was changed last (UTC ms).
 */
dateModified: number | null, 
/**
 * Steps in numeric order; steps that SolveXia does not list come from the user.
 */
steps: Array<StepRow>, 
/**
 * Places in the order where SolveXia lists no step, such as `1.3` between 1.2 and 1.4.
 */
gaps: Array<string>, 
/**
 * When the list of steps was last read (UTC ms); none before the first time.
 */
stepsReadAt: number | null, 
/**
 * Why the steps could not be read, while so.
 */
stepsProblem: AppError | null, 
/**
 * That there are more steps than are read, in a sentence.
 */
stepsNote: string | null, 
/**
 * What earlier runs of its process say.
 */
forecast: Forecast, 
/**
 * Whether Start makes sense now.
 */
start: Availability, 
/**
 * Whether Cancel makes sense now.
 */
cancel: Availability, };

export type RunRef = { 
/**
 * The run's account.
 */
accountId: string, 
/**
 * The run, `pr-…`.
 */
runId: string, };

export type RunRow = { 
/**
 * The account it belongs to.
 */
accountId: string, 
/**
 * SolveXia's id, `pr-…`.
 */
runId: string, 
/**
 * SolveXia's name of the run; the id until it is known.
 */
name: string, 
/**
 * The process it is a run of, `p-…`.
 */
processId: string | null, 
/**
 * SolveXia's name of that process, once it was read.
 */
processName: string | null, 
/**
 * Whether its end is told.
 */
watched: boolean, 
/**
 * The desktop shows nothing of it; none where it does.
 */
muted: Muted | null, 
/**
 * Its user took it out of sight.
 */
archived: boolean, 
/**
 * That it was dealt with, as it stands now; none where it was not, or has moved on since.
 */
handled: Handled | null, 
/**
 * SolveXia's word for its status; empty until first read.
 */
status: string, 
/**
 * Whether the status is one of an ended run.
 */
ended: boolean, 
/**
 * SolveXia does not have it any more: the status is the last one that was seen.
 */
gone: boolean, 
/**
 * How it ended, once that is decided.
 */
outcome: Outcome | null, 
/**
 * One plain sentence on how it stands or ended.
 */
summary: string, 
/**
 * When the run started (UTC ms).
 */
started: number | null, 
/**
 * When the run finished (UTC ms).
 */
finished: number | null, 
/**
 * SolveXia's own duration in seconds, where it gives one.
 */
durationSeconds: number | null, 
/**
 * When it ends, as earlier runs of its process say (UTC ms): while it is running.
 */
ends: number | null, 
/**
 * Between when it ends in nine of ten cases (UTC ms): while it is running.
 */
endsBetween: [number, number] | null, 
/**
 * It has taken longer than nine of ten runs do: nobody can say when it ends.
 */
isLate: boolean, 
/**
 * It takes much longer than usual.
 */
isLong: boolean, 
/**
 * Seconds that half of the runs of its process take.
 */
usualSeconds: number | null, 
/**
 * The step that goes, or that kept it from succeeding, as far as its steps were read.
 */
atStep: AtStep | null, 
/**
 * When SolveXia was last heard about this run (UTC ms).
 */
seenAt: number | null, 
/**
 * Which attempt of the run this is, counted from 1 at its first sight here.
 */
attempt: number, 
/**
 * Why the last read failed, while it does.
 */
problem: AppError | null, 
/**
 * An action on this run is being sent or proved at the moment.
 */
busy: boolean, 
/**
 * Grows with every change of any row; a newer one wins.
 */
seq: number, };

export type SavedView = { 
/**
 * The user's name for it.
 */
name: string, 
/**
 * The tab in which it was saved.
 */
tab: ListTab, 
/**
 * How it looks.
 */
look: ListLook, };

export type SignInMethod = "browser" | "client" | "token";

export type Snapshot = { 
/**
 * About the app.
 */
app: AppInfo, 
/**
 * All remembered accounts.
 */
accounts: Array<AccountView>, 
/**
 * All runs in the list.
 */
runs: Array<RunRow>, 
/**
 * The Inbox, newest first.
 */
inbox: Array<InboxItem>, 
/**
 * What was done here, newest first.
 */
activity: Array<ActivityRow>, 
/**
 * Both could be read. Where not, they hold only what is in memory alone: what was known before still
 * stands, and they are worth another look.
 */
historyWasRead: boolean, 
/**
 * Why history is not kept, while so: shown as a banner.
 */
storeProblem: string | null, 
/**
 * Why the desktop does not show notifications, while so.
 */
desktopProblem: string | null, 
/**
 * The history is damaged, and a new one can be begun.
 */
damaged: DamagedHistory | null, 
/**
 * Watching is paused.
 */
paused: boolean, 
/**
 * What its user should know once: that Runwatch failed last time, or that a part of the history
 * cannot be read. A sentence each.
 */
notes: Array<string>, 
/**
 * The run that was open in the page before this one, which has ended by itself.
 */
openRun: RunRef | null, 
/**
 * Where in the window its user was in that page, as it said last.
 */
place: string | null, 
/**
 * The `seq` up to which this is complete.
 */
seq: number, };

export type StartRuleForm = { "kind": "by-hand" } | { "kind": "after-others" } | { "kind": "at", 
/**
 * When.
 */
at: DayTimeForm, 
/**
 * How many minutes later is still no news.
 */
graceMinutes: number, };

export type StepAction = { 
/**
 * The run's account.
 */
accountId: string, 
/**
 * The run, `pr-…`.
 */
runId: string, 
/**
 * The step to begin from.
 */
stepId: string, 
/**
 * What the confirmation showed.
 */
expected: ExpectedState, 
/**
 * Why, as it was typed at the confirmation; it stands in Activity and in evidence packs.
 */
reason?: string, };

export type StepRow = { 
/**
 * SolveXia's id, `ds-…` or `as-…`.
 */
stepId: string, 
/**
 * SolveXia's name; the id for a step added by hand.
 */
name: string, 
/**
 * Its place, such as `1.10`; none for a step added by hand.
 */
order: string | null, 
/**
 * False where SolveXia has it switched off.
 */
enabled: boolean, 
/**
 * True where the user added it by id.
 */
byHand: boolean, 
/**
 * SolveXia's word for its status; empty while unread.
 */
status: string, 
/**
 * When it started (UTC ms).
 */
started: number | null, 
/**
 * When it finished (UTC ms).
 */
finished: number | null, 
/**
 * SolveXia's own duration in seconds, where it gives one.
 */
durationSeconds: number | null, 
/**
 * SolveXia's completion message, plain text.
 */
message: string, 
/**
 * Why its status could not be read, while so.
 */
problem: AppError | null, 
/**
 * Whether "Restart from here" makes sense now.
 */
restart: Availability, };

export type Update = { "type": "run", 
/**
 * The row as it is now.
 */
row: RunRow, } | { "type": "run-removed", 
/**
 * Its account.
 */
accountId: string, 
/**
 * Its id.
 */
runId: string, } | { "type": "account", 
/**
 * The account as it is now.
 */
account: AccountView, } | { "type": "account-removed", 
/**
 * Its id.
 */
accountId: string, } | { "type": "inbox", 
/**
 * The item.
 */
item: InboxItem, } | { "type": "inbox-read", 
/**
 * Their ids.
 */
ids: Array<number>, } | { "type": "missed" } | { "type": "activity", 
/**
 * The row as it is now.
 */
row: ActivityRow, } | { "type": "store", 
/**
 * Why not, in plain words.
 */
problem: string | null, } | { "type": "desktop", 
/**
 * Why not, in the system's words.
 */
problem: string | null, } | { "type": "paused", 
/**
 * It is paused.
 */
paused: boolean, } | { "type": "quitting", 
/**
 * The names of the runs whose ends would be missed.
 */
runs: Array<string>, 
/**
 * The first lines of what was not shown yet.
 */
unshown: Array<string>, } | { "type": "no-browser", 
/**
 * Why not, in plain words.
 */
problem: string, } | { "type": "open-run", 
/**
 * Its account.
 */
accountId: string, 
/**
 * Its id.
 */
runId: string, } | { "type": "ping" } | { "type": "open-inbox", 
/**
 * The newest failure among them, else the newest; none where the Inbox is empty.
 */
id: number | null, } | { "type": "board", 
/**
 * The board as it is now.
 */
board: CloseBoard, } | { "type": "plans" } | { "type": "open-close", 
/**
 * Which.
 */
close: CloseRef, 
/**
 * The process of the item that the click offers to start: ask whether to.
 */
start: string | null, } | { "type": "not-opened", 
/**
 * Why not, in plain words.
 */
problem: string, };

/** The outcomes, what wants a look first, each in a word or two. */
export const outcomeWords: Record<Outcome, string> = {
  "failed": "Failed",
  "timed-out": "Timed out",
  "unverified": "Ended, could not be verified",
  "cancelled": "Cancelled",
  "warnings": "Succeeded with warnings",
  "succeeded": "Succeeded",
};

/** What is known of an action's effect, in a word or three. */
export const actionResultWords: Record<ActionResult, string> = {
  "pending": "Waiting for an answer",
  "ok": "Done",
  "refused": "Refused",
  "unknown": "Answer lost",
};

/** What is on or off as long as nobody chose otherwise. */
export const usualSwitches: NotificationToggles = {"long":true,"failuresPierce":false,"hideDetails":false};

/** How the page is as long as nobody chose otherwise. */
export const usualPageSettings: PageSettings = {"letters":true,"zoom":100};

/** Every command of the backend. A rejected call rejects with an `AppError`. */
export interface Commands {
  /** Opens the stream of updates, and answers what `snapshot` says then: nothing falls between them. */
  subscribe(onUpdate: (message: Array<Update>) => void): Promise<Snapshot>;
  /** Where in the window its user is, in the page's own words: for the page that follows where this one ends by itself. Kept in memory alone; of what was typed it has no secret. */
  keepPlace(place: string): Promise<void>;
  /** Answers a `ping`. */
  pageAlive(): Promise<void>;
  /** Everything that the page shows, at one moment. */
  snapshot(): Promise<Snapshot>;
  /** Puts the damaged history aside and begins a new one. */
  startNewHistory(): Promise<void>;
  /** Puts a text into the clipboard. */
  copyText(text: string): Promise<void>;
  /** Marks items of the Inbox as seen. */
  markInboxRead(ids: Array<number>): Promise<void>;
  /** Marks all that the Inbox says of a run as seen: it was opened. */
  markRunRead(run: RunRef): Promise<void>;
  /** Asks where to save all that was done from here as a table, and writes it there; answers the place, or nothing where its user thought better of it. */
  exportActivity(): Promise<string | null>;
  /** A report for support that holds no secret, no name of a run and no figure. */
  diagnostics(): Promise<string>;
  /** Asks about all runs now, also where SolveXia could not be reached. */
  askNow(): Promise<void>;
  /** Pauses watching, or goes on. */
  setPaused(paused: boolean): Promise<void>;
  /** Quits as the tray does: where ends would be missed, a question comes back as an update. */
  askToQuit(): Promise<void>;
  /** Quits, though ends would be missed. */
  quit(): Promise<void>;
  /** The answer to the question whether to quit was no. */
  stay(): Promise<void>;
  /** Signs in with what the form sent; the only way of a secret, and it goes in. In the browser it stays open until the browser has answered, for five minutes at most. */
  connect(request: ConnectRequest): Promise<AccountView>;
  /** Ends the sign-in under way: `connect` rejects with `stopped`. */
  cancelSignIn(): Promise<void>;
  /** Opens the browser's page of that sign-in once more. */
  openSignInAgain(): Promise<void>;
  /** Copies the address of that page, for another browser. */
  copySignInAddress(): Promise<void>;
  /** Signs out and deletes the secrets. */
  signOut(accountId: string): Promise<void>;
  /** Gives an account another name and colour. */
  updateAccount(accountId: string, label: string, colour: Colour): Promise<AccountView>;
  /** Removes an account, its secrets and its list; its history too, if wished. */
  removeAccount(accountId: string, withHistory: boolean): Promise<void>;
  /** Tries to read the keychain again; what came of it shows in the accounts. */
  retryKeychain(): Promise<void>;
  /** Opens the account's SolveXia in the browser. */
  openSolvexia(accountId: string): Promise<void>;
  /** The connection settings. */
  getNetwork(): Promise<NetworkView>;
  /** Changes the connection settings. */
  setNetwork(change: NetworkChange): Promise<NetworkView>;
  /** Says which part of the way to an account's SolveXia, or to an environment that nobody has signed in to yet, does not work. */
  checkConnection(accountId: string | null, environment: string | null): Promise<Array<HopView>>;
  /** How often SolveXia is asked. */
  getPollLimits(): Promise<PollLimits>;
  /** Changes how often SolveXia is asked. */
  setPollLimits(limits: PollLimits): Promise<PollLimits>;
  /** Whether Runwatch is started with the computer. */
  getLaunchAtLogin(): Promise<LaunchAtLogin>;
  /** Has it started with the computer, or no more. */
  setLaunchAtLogin(on: boolean): Promise<LaunchAtLogin>;
  /** How the page is shown and what its keys do. */
  getPageSettings(): Promise<PageSettings>;
  /** Changes how the page is shown, at once, and what its keys do. */
  setPageSettings(settings: PageSettings): Promise<PageSettings>;
  /** Has the user choose a certificate file in the system's own dialog: its path, none where nothing was chosen. */
  chooseCertificateFile(): Promise<string | null>;
  /** Opens the sample data in a second window, with a data folder of its own. */
  openSampleData(): Promise<void>;
  /** The notification settings. */
  getNotifications(): Promise<NotificationSettings>;
  /** Changes the notification settings. */
  setNotifications(settings: NotificationSettings): Promise<NotificationSettings>;
  /** Mutes or snoozes a run, or shows it again. */
  muteRun(run: RunRef, time: MuteFor): Promise<RunRow>;
  /** The same for all runs of an account; how it is muted then shows in the account. */
  muteAccount(accountId: string, time: MuteFor): Promise<void>;
  /** The same for many runs at once; how each is muted then comes as updates. */
  muteRuns(runs: Array<RunRef>, time: MuteFor): Promise<void>;
  /** When a snooze until the next working morning would end (UTC ms). */
  nextMorning(): Promise<number>;
  /** The runs that a text names: ids, addresses, a row of a spreadsheet. Rejects where there is none. */
  findRunIds(accountId: string, text: string): Promise<Array<FoundRun>>;
  /** Puts a run into the list; `text` is its id or an address of it. */
  addRun(accountId: string, text: string): Promise<RunRow>;
  /** Takes a run off the list. Nothing changes in SolveXia. */
  removeRun(run: RunRef): Promise<void>;
  /** Puts a run back as it was when it was taken off, its watch and its steps too. */
  undoRemove(run: RunRef): Promise<RunRow>;
  /** Takes ended runs out of sight, or brings them back. What goes on is left where it is. */
  archiveRuns(runs: Array<RunRef>, archived: boolean): Promise<void>;
  /** Writes down that runs were dealt with as they stand now, with a note that may be empty. */
  markHandled(runs: Array<RunRef>, note: string): Promise<void>;
  /** Takes that back. */
  unmarkHandled(runs: Array<RunRef>): Promise<void>;
  /** How the list is looked at: filters, sort, saved views. */
  getListSettings(): Promise<ListSettings>;
  /** Keeps how the list is looked at. */
  setListSettings(settings: ListSettings): Promise<void>;
  /** Turns watching of a run on or off. */
  watchRun(run: RunRef, watched: boolean): Promise<RunRow>;
  /** Tells which run is open, so that its steps are read while they are shown. */
  showRun(run: RunRef | null): Promise<void>;
  /** A run as it is known here, without asking SolveXia. */
  runDetail(run: RunRef): Promise<RunDetail>;
  /** The attempts of a run that ended, newest first. */
  pastAttempts(run: RunRef): Promise<Array<PastAttempt>>;
  /** Get a run: its name, description and who changed it. */
  getRun(run: RunRef): Promise<RunDetail>;
  /** Run status, asked now. */
  getRunStatus(run: RunRef): Promise<RunDetail>;
  /** Data steps of a run, with their status. */
  getRunSteps(run: RunRef): Promise<RunDetail>;
  /** Run status of one step, asked now. */
  getStepStatus(run: RunRef, stepId: string): Promise<RunDetail>;
  /** Adds a step by its id, as SolveXia lists no action steps. */
  addStep(run: RunRef, stepId: string): Promise<RunDetail>;
  /** Takes a step that was added by hand off again. */
  removeStep(run: RunRef, stepId: string): Promise<RunDetail>;
  /** Starts a run. */
  startRun(action: RunAction): Promise<ActionReply>;
  /** Starts a run by the deprecated call. */
  startRunDeprecated(action: RunAction): Promise<ActionReply>;
  /** Cancels a run. */
  cancelRun(action: RunAction): Promise<ActionReply>;
  /** Cancels a run by the deprecated call. */
  cancelRunDeprecated(action: RunAction): Promise<ActionReply>;
  /** Restarts a run from a step. */
  restartFromStep(action: StepAction): Promise<ActionReply>;
  /** Processes whose name holds this text; all where it is empty. */
  listProcesses(accountId: string, name: string): Promise<ProcessList>;
  /** One process. */
  getProcess(accountId: string, processId: string): Promise<ProcessDetail>;
  /** The runs of a process. */
  listProcessRuns(accountId: string, processId: string): Promise<ProcessRunList>;
  /** How a run of a process stands, asked now; it need not be in the list. */
  processRunStatus(accountId: string, runId: string): Promise<ProcessRunStatus>;
  /** The data steps of a process. */
  listProcessSteps(accountId: string, processId: string): Promise<Array<ProcessStepRow>>;
  /** Creates a run of a process, not started, and puts it into the list. */
  createRun(accountId: string, processId: string, namePrefix: string, again: boolean): Promise<CreateReply>;
  /** All plans with their closes, by their names. */
  listPlans(): Promise<Array<PlanRow>>;
  /** Keeps a plan, a new one where it has no id. Rejects what makes no sense, in a sentence. */
  savePlan(plan: PlanForm): Promise<PlanRow>;
  /** Deletes a plan with its closes, their forecasts and what was kept as evidence. Runs are not touched. */
  deletePlan(planId: string): Promise<void>;
  /** Proposes the items of a plan from the last close that was watched. Nothing is kept. */
  proposePlan(draft: PlanForm): Promise<PlanProposal>;
  /** The holidays that came with the app. */
  listCalendars(): Promise<Array<CalendarPreset>>;
  /** One of them. */
  presetCalendar(code: string): Promise<CalendarForm>;
  /** Days off from pasted lines, such as `2026-12-25 Christmas Day`. */
  pasteCalendar(text: string): Promise<CalendarForm>;
  /** Days off from a calendar file that its user chooses; none where no file was chosen. */
  importCalendar(): Promise<ImportedCalendar | null>;
  /** The periods of a plan that can be opened now, the most likely one first. */
  openChoices(planId: string): Promise<Array<OpenChoice>>;
  /** Opens the close of a period: its cut-off, its times and its calendar are fixed. */
  openClose(close: CloseRef): Promise<CloseBoard>;
  /** Takes the times of the plan as it is now into an open close. */
  moveClose(close: CloseRef): Promise<CloseBoard>;
  /** Puts a close away, so that nothing is told of it any more, or takes it out again. */
  archiveClose(close: CloseRef, archived: boolean): Promise<CloseBoard>;
  /** How a close stands, worked out now. */
  closeBoard(close: CloseRef): Promise<CloseBoard>;
  /** Says which run stands for an item; `text` is its id or an address of it. */
  bindRun(close: CloseRef, processId: string, text: string): Promise<CloseBoard>;
  /** Takes that back: the item's run is found by rule again, this one apart. */
  unbindRun(close: CloseRef, processId: string): Promise<CloseBoard>;
  /** Writes the evidence pack of a close into a folder that its user chooses: its path. None where no folder was chosen. */
  exportEvidence(close: CloseRef): Promise<string | null>;
}

/** The commands by one way of calling the backend. */
export function commandsBy(
  call: <T>(command: string, args: Record<string, unknown>) => Promise<T>,
): Commands {
  return {
    subscribe: (onUpdate) => call('subscribe', { onUpdate }),
    keepPlace: (place) => call('keep_place', { place }),
    pageAlive: () => call('page_alive', {}),
    snapshot: () => call('snapshot', {}),
    startNewHistory: () => call('start_new_history', {}),
    copyText: (text) => call('copy_text', { text }),
    markInboxRead: (ids) => call('mark_inbox_read', { ids }),
    markRunRead: (run) => call('mark_run_read', { run }),
    exportActivity: () => call('export_activity', {}),
    diagnostics: () => call('diagnostics', {}),
    askNow: () => call('ask_now', {}),
    setPaused: (paused) => call('set_paused', { paused }),
    askToQuit: () => call('ask_to_quit', {}),
    quit: () => call('quit', {}),
    stay: () => call('stay', {}),
    connect: (request) => call('connect', { request }),
    cancelSignIn: () => call('cancel_sign_in', {}),
    openSignInAgain: () => call('open_sign_in_again', {}),
    copySignInAddress: () => call('copy_sign_in_address', {}),
    signOut: (accountId) => call('sign_out', { accountId }),
    updateAccount: (accountId, label, colour) => call('update_account', { accountId, label, colour }),
    removeAccount: (accountId, withHistory) => call('remove_account', { accountId, withHistory }),
    retryKeychain: () => call('retry_keychain', {}),
    openSolvexia: (accountId) => call('open_solvexia', { accountId }),
    getNetwork: () => call('get_network', {}),
    setNetwork: (change) => call('set_network', { change }),
    checkConnection: (accountId, environment) => call('check_connection', { accountId, environment }),
    getPollLimits: () => call('get_poll_limits', {}),
    setPollLimits: (limits) => call('set_poll_limits', { limits }),
    getLaunchAtLogin: () => call('get_launch_at_login', {}),
    setLaunchAtLogin: (on) => call('set_launch_at_login', { on }),
    getPageSettings: () => call('get_page_settings', {}),
    setPageSettings: (settings) => call('set_page_settings', { settings }),
    chooseCertificateFile: () => call('choose_certificate_file', {}),
    openSampleData: () => call('open_sample_data', {}),
    getNotifications: () => call('get_notifications', {}),
    setNotifications: (settings) => call('set_notifications', { settings }),
    muteRun: (run, time) => call('mute_run', { run, time }),
    muteAccount: (accountId, time) => call('mute_account', { accountId, time }),
    muteRuns: (runs, time) => call('mute_runs', { runs, time }),
    nextMorning: () => call('next_morning', {}),
    findRunIds: (accountId, text) => call('find_run_ids', { accountId, text }),
    addRun: (accountId, text) => call('add_run', { accountId, text }),
    removeRun: (run) => call('remove_run', { run }),
    undoRemove: (run) => call('undo_remove', { run }),
    archiveRuns: (runs, archived) => call('archive_runs', { runs, archived }),
    markHandled: (runs, note) => call('mark_handled', { runs, note }),
    unmarkHandled: (runs) => call('unmark_handled', { runs }),
    getListSettings: () => call('get_list_settings', {}),
    setListSettings: (settings) => call('set_list_settings', { settings }),
    watchRun: (run, watched) => call('watch_run', { run, watched }),
    showRun: (run) => call('show_run', { run }),
    runDetail: (run) => call('run_detail', { run }),
    pastAttempts: (run) => call('past_attempts', { run }),
    getRun: (run) => call('get_run', { run }),
    getRunStatus: (run) => call('get_run_status', { run }),
    getRunSteps: (run) => call('get_run_steps', { run }),
    getStepStatus: (run, stepId) => call('get_step_status', { run, stepId }),
    addStep: (run, stepId) => call('add_step', { run, stepId }),
    removeStep: (run, stepId) => call('remove_step', { run, stepId }),
    startRun: (action) => call('start_run', { action }),
    startRunDeprecated: (action) => call('start_run_deprecated', { action }),
    cancelRun: (action) => call('cancel_run', { action }),
    cancelRunDeprecated: (action) => call('cancel_run_deprecated', { action }),
    restartFromStep: (action) => call('restart_from_step', { action }),
    listProcesses: (accountId, name) => call('list_processes', { accountId, name }),
    getProcess: (accountId, processId) => call('get_process', { accountId, processId }),
    listProcessRuns: (accountId, processId) => call('list_process_runs', { accountId, processId }),
    processRunStatus: (accountId, runId) => call('process_run_status', { accountId, runId }),
    listProcessSteps: (accountId, processId) => call('list_process_steps', { accountId, processId }),
    createRun: (accountId, processId, namePrefix, again) => call('create_run', { accountId, processId, namePrefix, again }),
    listPlans: () => call('list_plans', {}),
    savePlan: (plan) => call('save_plan', { plan }),
    deletePlan: (planId) => call('delete_plan', { planId }),
    proposePlan: (draft) => call('propose_plan', { draft }),
    listCalendars: () => call('list_calendars', {}),
    presetCalendar: (code) => call('preset_calendar', { code }),
    pasteCalendar: (text) => call('paste_calendar', { text }),
    importCalendar: () => call('import_calendar', {}),
    openChoices: (planId) => call('open_choices', { planId }),
    openClose: (close) => call('open_close', { close }),
    moveClose: (close) => call('move_close', { close }),
    archiveClose: (close, archived) => call('archive_close', { close, archived }),
    closeBoard: (close) => call('close_board', { close }),
    bindRun: (close, processId, text) => call('bind_run', { close, processId, text }),
    unbindRun: (close, processId) => call('unbind_run', { close, processId }),
    exportEvidence: (close) => call('export_evidence', { close }),
  };
}
