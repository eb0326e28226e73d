//! What the desktop shows.

use jiff::Timestamp;
use jiff::civil::Time;
use runwatch_core::ids::{AccountId, RunId};
use runwatch_core::mutes::Mute;
use runwatch_core::outcome::Outcome;
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::notification_toggles::NotificationToggles;
use runwatch_core::settings::quiet_hours::QuietHours;
use serde::{Deserialize, Serialize};

use super::{Stored, parsed};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct NotificationPolicyForm {
    silent: Vec<String>,
    long: bool,
    muted: Vec<MuteForm>,
    quiet: Option<QuietHoursForm>,
    failures_pierce: bool,
    hide_details: bool,
}

impl Default for NotificationPolicyForm {
    fn default() -> Self {
        NotificationPolicy::default().to_form()
    }
}

#[derive(Serialize, Deserialize)]
struct MuteForm {
    account: String,
    run: Option<String>,
    until: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct QuietHoursForm {
    from: Time,
    to: Time,
}

impl Stored for NotificationPolicy {
    type Form = NotificationPolicyForm;

    fn to_form(&self) -> NotificationPolicyForm {
        let mute = |mute: Mute| MuteForm {
            account: mute.account.0,
            run: mute.run.as_ref().map(RunId::to_string),
            until: mute.until,
        };
        let quiet = |quiet: QuietHours| QuietHoursForm {
            from: quiet.from,
            to: quiet.to,
        };
        NotificationPolicyForm {
            silent: self.silent.iter().map(Stored::to_form).collect(),
            long: self.switches.long,
            muted: self.muted.iter().map(mute).collect(),
            quiet: self.quiet.map(quiet),
            failures_pierce: self.switches.failures_pierce,
            hide_details: self.switches.hide_details,
        }
    }

    fn from_form(form: NotificationPolicyForm) -> rusqlite::Result<Self> {
        let mute = |mute: MuteForm| {
            let run = mute.run.map(|run| parsed(&run, RunId::parse));
            Ok(Mute {
                account: AccountId(mute.account),
                run: run.transpose()?,
                until: mute.until,
            })
        };
        let quiet = |quiet: QuietHoursForm| QuietHours {
            from: quiet.from,
            to: quiet.to,
        };
        let silent = form.silent.into_iter().map(Outcome::from_form);
        let muted = form.muted.into_iter().map(mute);
        Ok(Self {
            silent: silent.collect::<rusqlite::Result<_>>()?,
            muted: muted.collect::<rusqlite::Result<_>>()?,
            quiet: form.quiet.map(quiet),
            switches: NotificationToggles {
                long: form.long,
                failures_pierce: form.failures_pierce,
                hide_details: form.hide_details,
            },
        })
    }
}
