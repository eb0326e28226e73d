//! The stored form of every value, release by release: `golden/` holds the sample history as each of
//! them wrote it, and `next.sql` as it is written now. At a release a copy of `next.sql` gets its
//! version as its name; a file that has one never changes again.

use runwatch_core::settings::kept_settings::KeptSettings;
use runwatch_core::settings::list_settings::ListSettings;
use runwatch_core::settings::page_settings::PageSettings;
use runwatch_core::window_place::WindowPlaces;
use rusqlite::Connection;

use super::sample_history as sample;
use super::*;

const RELEASED: [(&str, &str); 1] = [("0.1.0", include_str!("golden/0.1.0.sql"))];
const NEXT: &str = include_str!("golden/next.sql");

fn open(sql: &str) -> Db {
    let file = Connection::open_in_memory().unwrap();
    file.execute_batch(sql).unwrap();
    Db::with(file).unwrap()
}

async fn write_sample() -> Db {
    let db = Db::in_memory().unwrap();
    for account in sample::accounts() {
        db.save_account(account).await.unwrap();
    }
    let write = |write| async { db.write(write).await.map(drop).unwrap() };
    for run in sample::runs() {
        write(Transaction {
            run: Some(run),
            ..Transaction::default()
        })
        .await;
    }
    for attempt in sample::ended_attempts() {
        write(Transaction {
            ended_attempt: Some(attempt),
            ..Transaction::default()
        })
        .await;
    }
    for action in sample::actions() {
        write(Transaction {
            action: Some(Action { id: 0, ..action }),
            ..Transaction::default()
        })
        .await;
    }
    write(Transaction {
        steps: Some((sample::runs()[0].key.clone(), sample::steps())),
        samples: sample::duration_samples(),
        notify: sample::notifications(),
        closes: sample::close_writes(),
        ..Transaction::default()
    })
    .await;
    for setting in sample::settings() {
        write(Transaction {
            setting: Some(setting),
            ..Transaction::default()
        })
        .await;
    }
    db.mark_read(vec![1, 2]).await.unwrap();
    db.mark_shown(vec![2, 3]).await.unwrap();
    db
}

/// The history as SQL.
fn dump(file: &mut Connection) -> rusqlite::Result<String> {
    let lines = |query: String| {
        let mut select = file.prepare(&query)?;
        let rows = select.query_map([], |row| row.get::<_, String>(0))?;
        rows.collect::<rusqlite::Result<Vec<String>>>()
    };
    // Those of SQLite itself come by themselves.
    let schema = |column: &str, kind: &str| {
        lines(format!(
            "SELECT {column} FROM sqlite_schema
             WHERE type = '{kind}' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        ))
    };
    let mut all = schema("sql", "table")?;
    for table in schema("name", "table")? {
        let columns = lines(format!(
            "SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')"
        ))?;
        let values = columns.join(" || ', ' || ");
        all.extend(lines(format!(
            "SELECT 'INSERT INTO {table} VALUES (' || {values} || ')' FROM {table} ORDER BY rowid"
        ))?);
    }
    all.extend(schema("sql", "index")?);
    all.extend(lines(
        "SELECT 'PRAGMA user_version = ' || user_version FROM pragma_user_version".into(),
    )?);
    Ok(all.join(";\n") + ";\n")
}

/// All but what the release did not know.
async fn holds_the_sample(db: &Db, release: &str) {
    let is_later = release != "0.1.0";
    assert_eq!(db.accounts().await.unwrap(), sample::accounts());
    let mut settings: KeptSettings = sample::settings().into_iter().collect();
    settings.date_zones.retain(|_, _| is_later);
    settings.launch_at_login = settings.launch_at_login.filter(|_| is_later);
    if !is_later {
        settings.window_places = WindowPlaces::default();
        settings.list = ListSettings::default();
        settings.page = PageSettings::default();
        settings.unanswered_creates.clear();
    }
    assert_eq!(db.settings().await.unwrap(), settings);
    let mut runs = sample::runs();
    for run in &mut runs {
        run.archived &= is_later;
        run.steps_are_cut &= is_later;
        for attempt in run.attempt.iter_mut().filter(|_| !is_later) {
            attempt.steps_read = StepsRead::default();
        }
        run.handled = run.handled.take().filter(|_| is_later);
    }
    assert_eq!(db.runs().await.unwrap(), runs);
    let mut steps = sample::steps();
    for seen in steps.iter_mut().filter_map(|step| step.seen.as_mut()) {
        seen.names_zone &= is_later;
    }
    assert_eq!(db.steps(&runs[0].key).await.unwrap(), steps);
    let ended = sample::ended_attempts();
    let latest = db.latest_attempt(&runs[0].key).await.unwrap();
    assert_eq!(Some(latest), ended.last().map(|attempt| attempt.attempt));
    let teaches = sample::duration_samples();
    let process = &teaches[0].process;
    let learned = db.duration_samples(&key().account, process, 9).await;
    assert_eq!(learned.unwrap(), teaches);
    let mut actions = sample::actions();
    if !is_later {
        actions.truncate(3);
        for action in &mut actions {
            (action.environment, action.attempt, action.reason) = (None, None, None);
        }
    }
    actions.reverse();
    assert_eq!(db.activity(99).await.unwrap(), actions);
    let item = |(notification, id)| InboxItem {
        id,
        notification,
        read: id <= 2,
    };
    let is_known = |told: &Notification| is_later || told.kind != NotificationKind::Close;
    let mut inbox: Vec<InboxItem> = sample::notifications()
        .into_iter()
        .filter(is_known)
        .zip(1..)
        .map(item)
        .collect();
    let unshown = inbox.iter().filter(|item| !matches!(item.id, 2 | 3));
    assert_eq!(
        db.unshown().await.unwrap(),
        unshown.cloned().collect::<Vec<_>>()
    );
    let of_close = inbox
        .iter()
        .filter(|item| item.notification.close.is_some());
    assert_eq!(
        db.told_of_close(&sample::close_id()).await.unwrap(),
        of_close.cloned().collect::<Vec<_>>()
    );
    inbox.reverse();
    assert_eq!(db.inbox(99).await.unwrap(), inbox);
    holds_the_closes(db, is_later).await;
}

async fn holds_the_closes(db: &Db, is_later: bool) {
    let times = usize::from(is_later);
    let process = sample::captured().process;
    assert_eq!(db.plans().await.unwrap(), sample::plans()[..2 * times]);
    assert_eq!(db.closes().await.unwrap(), sample::closes()[..2 * times]);
    assert_eq!(
        db.forecasts().await.unwrap(),
        sample::forecasts()[..2 * times]
    );
    assert_eq!(
        db.captured(&key().account, &process, 9).await.unwrap(),
        [sample::captured()][..times]
    );
}

#[tokio::test]
async fn what_each_release_wrote_is_read_as_it_was_meant() {
    for (release, sql) in RELEASED.into_iter().chain([("next", NEXT)]) {
        println!("{release}");
        let db = open(sql);
        holds_the_sample(&db, release).await;
        assert_eq!(db.unreadable().iter().count(), 0);
    }
}

#[tokio::test]
async fn what_is_stored_keeps_its_form() {
    let now = write_sample().await.call(dump).await.unwrap();
    // The one value that every release changes.
    let now = now.replace(env!("CARGO_PKG_VERSION"), "next");
    assert!(
        now == NEXT,
        "What is stored has another form than before. Where that is meant, and what the releases wrote \
         is still read, `src/tests/golden/next.sql` becomes:\n\n{now}"
    );
}
