//! A real notification server that remembers what it was asked to show, and can be clicked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::message::Header;
use zbus::zvariant::OwnedValue;

use crate::waiting::{SOON, until};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// Something that was shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The server's number of it.
    pub id: u32,
    /// When.
    pub at: Timestamp,
    /// Which app.
    pub app: String,
    /// The first line.
    pub summary: String,
    /// The text.
    pub body: String,
    /// Keys and labels of what can be clicked, in turn.
    pub actions: Vec<String>,
    /// Its sender's name on the bus.
    sender: String,
}

type Book = Arc<Mutex<Vec<Shown>>>;

/// The server on one desktop's bus.
#[derive(Debug)]
pub struct Notifications {
    connection: Connection,
    book: Book,
    is_silent: Arc<AtomicBool>,
}

impl Notifications {
    /// Serves on the bus with this address until dropped.
    pub fn serve(bus: &str) -> Result<Self> {
        let (book, is_silent) = (Book::default(), Arc::<AtomicBool>::default());
        let server = Server {
            book: Arc::clone(&book),
            is_silent: Arc::clone(&is_silent),
        };
        let connection = Builder::address(bus)?
            .name(NAME)?
            .serve_at(PATH, server)?
            .build()
            .context("cannot serve notifications")?;
        Ok(Self {
            connection,
            book,
            is_silent,
        })
    }

    /// The desktop shows no notifications any more, as some never do.
    pub fn switch_off(&self) -> Result<()> {
        self.connection.release_name(NAME)?;
        Ok(())
    }

    /// It does again.
    pub fn switch_on(&self) -> Result<()> {
        Ok(self.connection.request_name(NAME)?)
    }

    /// From now on it takes what it is given, and never answers.
    pub fn fall_silent(&self) {
        self.is_silent.store(true, Ordering::SeqCst);
    }

    /// All that was shown, oldest first.
    pub fn all(&self) -> Vec<Shown> {
        lock(&self.book).clone()
    }

    /// Those that name this text in their first line or their text.
    pub fn about(&self, text: &str) -> Vec<Shown> {
        let names = |shown: &Shown| shown.summary.contains(text) || shown.body.contains(text);
        self.all().into_iter().filter(names).collect()
    }

    /// Waits for the first that names this text.
    pub fn wait_about(&self, text: &str, most: Duration) -> Result<Shown> {
        until(&format!("a notification about “{text}”"), most, || {
            Ok(self.about(text).into_iter().next())
        })
        .with_context(|| format!("shown were {:#?}", self.all()))
    }

    /// Clicks on the body of one.
    pub fn click(&self, shown: &Shown) -> Result<()> {
        self.press(shown, "default")
    }

    /// Presses the button of this label.
    pub fn press_button(&self, shown: &Shown, label: &str) -> Result<()> {
        let mut buttons = shown.actions.chunks(2);
        let button = buttons.find(|button| button.last().is_some_and(|said| said == label));
        let button = button.with_context(|| format!("no button “{label}”: {shown:?}"))?;
        self.press(shown, &button[0])
    }

    fn press(&self, shown: &Shown, action: &str) -> Result<()> {
        // No person clicks so soon that its sender does not listen yet; a test might.
        until("its sender to listen", SOON, || {
            Ok(self.is_listening(&shown.sender)?.then_some(()))
        })?;
        let click = (shown.id, action);
        Ok(self
            .connection
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &click)?)
    }

    /// Whether this sender hears of clicks, and then of what is closed, as the bus knows.
    fn is_listening(&self, sender: &str) -> Result<bool> {
        let (bus, path) = ("org.freedesktop.DBus", "/org/freedesktop/DBus");
        let stats = "org.freedesktop.DBus.Debug.Stats";
        let reply =
            self.connection
                .call_method(Some(bus), path, Some(stats), "GetAllMatchRules", &())?;
        let rules: HashMap<String, Vec<String>> = reply.body().deserialize()?;
        let of_sender = rules.get(sender).into_iter().flatten();
        Ok(of_sender
            .into_iter()
            .any(|rule| rule.contains("NotificationClosed")))
    }
}

fn lock(book: &Book) -> MutexGuard<'_, Vec<Shown>> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Server {
    book: Book,
    is_silent: Arc<AtomicBool>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the D-Bus method has so many")]
    async fn notify(
        &self,
        #[zbus(header)] header: Header<'_>,
        app_name: String,
        replaces_id: u32,
        _app_icon: String,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let id = self.write_down(replaces_id, |id| Shown {
            id,
            at: Timestamp::now(),
            app: app_name,
            summary,
            body,
            actions,
            sender: header.sender().map(ToString::to_string).unwrap_or_default(),
        });
        if self.is_silent.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        id
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["body", "actions"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        (
            "runwatch-tests",
            "Runwatch",
            env!("CARGO_PKG_VERSION"),
            "1.2",
        )
    }
}

impl Server {
    fn write_down(&self, replaces_id: u32, shown: impl FnOnce(u32) -> Shown) -> u32 {
        let mut book = lock(&self.book);
        let next = u32::try_from(book.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let id = if replaces_id == 0 { next } else { replaces_id };
        book.push(shown(id));
        id
    }
}
