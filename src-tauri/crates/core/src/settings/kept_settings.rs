//! What is kept beside runs and accounts: what the user set, and what was learned or told. A toggle of the
//! notifications is a field in `notification_toggles.rs`, one of the page a field in `page_settings.rs`, and nothing here.

use std::collections::BTreeMap;

use crate::closed_window_interval::PollLimits;
use crate::date_zone::DateZone;
use crate::network::Network;
use crate::outage::OutageRecord;
use crate::settings::list_settings::ListSettings;
use crate::settings::notification_policy::NotificationPolicy;
use crate::settings::page_settings::PageSettings;
use crate::unanswered_create::UnansweredCreate;
use crate::window_place::WindowPlaces;

/// A setting with its value, to be kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// How often SolveXia is asked.
    PollLimits(PollLimits),
    /// What the desktop shows.
    NotificationPolicy(NotificationPolicy),
    /// The way to SolveXia.
    Network(Network),
    /// What was told of outages.
    Outages(OutageRecord),
    /// The zones of run dates that name none, by the environment's origin.
    DateZones(BTreeMap<String, DateZone>),
    /// How the list of runs is looked at.
    List(ListSettings),
    /// Runs that were asked for and got no answer.
    UnansweredCreates(Vec<UnansweredCreate>),
    /// The user was told what closing the window means.
    CloseExplained,
    /// Where the window was.
    WindowPlaces(WindowPlaces),
    /// Whether Runwatch is started with the computer, as its user answered.
    LaunchAtLogin(bool),
    /// How the page is shown and what its keys do.
    Page(PageSettings),
}

/// All settings as they are kept; the default of what never was, or cannot be read. None, where IT may
/// have set what counts until its user chooses.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "`Setting` has them")]
pub struct KeptSettings {
    pub poll_limits: PollLimits,
    pub notification_policy: Option<NotificationPolicy>,
    pub network: Option<Network>,
    pub outages: OutageRecord,
    pub date_zones: BTreeMap<String, DateZone>,
    pub list: ListSettings,
    pub unanswered_creates: Vec<UnansweredCreate>,
    pub close_explained: bool,
    pub window_places: WindowPlaces,
    pub launch_at_login: Option<bool>,
    pub page: PageSettings,
}

impl FromIterator<Setting> for KeptSettings {
    fn from_iter<T: IntoIterator<Item = Setting>>(settings: T) -> Self {
        let mut kept = Self::default();
        for setting in settings {
            match setting {
                Setting::PollLimits(limits) => kept.poll_limits = limits,
                Setting::NotificationPolicy(policy) => kept.notification_policy = Some(policy),
                Setting::Network(network) => kept.network = Some(network),
                Setting::Outages(record) => kept.outages = record,
                Setting::DateZones(zones) => kept.date_zones = zones,
                Setting::List(list) => kept.list = list,
                Setting::UnansweredCreates(creates) => kept.unanswered_creates = creates,
                Setting::CloseExplained => kept.close_explained = true,
                Setting::WindowPlaces(places) => kept.window_places = places,
                Setting::LaunchAtLogin(wanted) => kept.launch_at_login = Some(wanted),
                Setting::Page(page) => kept.page = page,
            }
        }
        kept
    }
}
