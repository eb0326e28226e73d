//! Every setting that is kept.

use jiff::SignedDuration;
use jiff::civil::time;
use runwatch_core::date_zone::{DateZone, Doubt, SeenZone};
use runwatch_core::mutes::Mute;
use runwatch_core::network::{Network, Proxy};
use runwatch_core::outage::OutageRecord;
use runwatch_core::settings::list_settings::{
    ListColumn, ListFilters, ListLook, ListSettings, ListSince, ListSort, ListTab, SavedView,
};
use runwatch_core::settings::notification_policy::NotificationPolicy;
use runwatch_core::settings::notification_toggles::NotificationToggles;
use runwatch_core::settings::page_settings::PageSettings;
use runwatch_core::settings::quiet_hours::QuietHours;
use runwatch_core::unanswered_create::UnansweredCreate;
use runwatch_core::window_place::{Size, WindowPlace, WindowPlaces};
use std::path::PathBuf;

use super::*;

pub fn settings() -> Vec<Setting> {
    let lost = [key_of("pr-0")].into();
    let limits = PollLimits {
        shortest_seconds: 7,
        longest_seconds: 77,
    };
    let seen = |minutes, from, to| SeenZone {
        zone: SignedDuration::from_mins(minutes),
        from: at(from),
        to: at(to),
    };
    let zone = DateZone {
        seen: vec![seen(630, 0, 500), seen(690, 600, 700)],
        doubt: Some(Doubt {
            zone: SignedDuration::from_mins(630),
            date: at(800),
        }),
    };
    vec![
        Setting::PollLimits(limits),
        Setting::NotificationPolicy(notification_policy()),
        Setting::Network(network()),
        Setting::Outages(OutageRecord::kept(lost, [key().account].into())),
        Setting::DateZones([("https://app.solvexia.com".into(), zone)].into()),
        Setting::List(list_settings()),
        Setting::UnansweredCreates(vec![
            unanswered_create(Some(vec![key().run])),
            unanswered_create(None),
        ]),
        Setting::CloseExplained,
        Setting::WindowPlaces(window_places()),
        Setting::LaunchAtLogin(true),
        Setting::Page(PageSettings {
            letters: false,
            zoom: 150,
        }),
    ]
}

fn window_places() -> WindowPlaces {
    let place = |is_maximized| WindowPlace {
        x: -20,
        y: 40,
        size: Size {
            width: 1100,
            height: 700,
        },
        is_maximized,
    };
    WindowPlaces::kept([
        ("1920x1080@150 0,0".to_owned(), place(true)),
        ("1366x768@100 0,0".to_owned(), place(false)),
    ])
}

fn list_settings() -> ListSettings {
    let look = |column, since| ListLook {
        filters: ListFilters {
            account: Some("a".into()),
            process: Some("p-1".into()),
            status: Some("Finished".into()),
            outcome: Some(Outcome::Failed),
            since: Some(since),
        },
        sort: ListSort {
            column,
            descending: false,
        },
        grouped: true,
    };
    let saved = [
        (ListTab::Attention, ListColumn::Run, ListSince::Today),
        (ListTab::Running, ListColumn::NowAt, ListSince::Yesterday),
        (ListTab::ToStart, ListColumn::Ends, ListSince::Week),
        (ListTab::Done, ListColumn::Took, ListSince::Month),
    ];
    let view = |(tab, column, since)| SavedView {
        name: "Month end".into(),
        tab,
        look: look(column, since),
    };
    ListSettings {
        saved: saved.into_iter().map(view).collect(),
        ..ListSettings::default()
    }
}

fn unanswered_create(before: Option<Vec<RunId>>) -> UnansweredCreate {
    UnansweredCreate {
        others: vec![key().run],
        let_go: before.is_some(),
        account: key().account,
        process: ProcessId::parse("p-1").unwrap(),
        before,
        asked: at(5),
    }
}

fn notification_policy() -> NotificationPolicy {
    let mute = |run: Option<&str>, until| Mute {
        account: AccountId("a".into()),
        run: run.map(|run| RunId::parse(run).unwrap()),
        until,
    };
    NotificationPolicy {
        silent: Outcome::ALL.to_vec(),
        muted: [mute(None, None), mute(Some("pr-1"), Some(at(60)))]
            .into_iter()
            .collect(),
        quiet: Some(QuietHours {
            from: time(22, 30, 0, 0),
            to: time(7, 0, 0, 0),
        }),
        switches: NotificationToggles {
            long: false,
            failures_pierce: true,
            hide_details: true,
        },
    }
}

fn network() -> Network {
    Network {
        proxy: Proxy::Manual {
            address: "proxy.firm.example:8080".into(),
            user: "reader".into(),
        },
        extra_ca: Some(PathBuf::from("certificates.pem")),
    }
}
