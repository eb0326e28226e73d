//! Desktop notifications.

use std::sync::Arc;

use async_trait::async_trait;
use runwatch_core::address::Address;
use runwatch_core::notification::ClickTarget;
use runwatch_core::ports::Notifier;
use runwatch_core::words::NotificationText;
use tokio::sync::oneshot;

use crate::on_click::OnClick;
use crate::os;

/// The desktop's notifications.
#[derive(Clone)]
pub struct DesktopNotifier {
    on_click: OnClick,
}

impl DesktopNotifier {
    /// `on_click` gets what a clicked notification opens. Make it before the app runs: macOS starts an app
    /// for a click, and tells it at once what was clicked.
    pub fn new(on_click: impl Fn(Option<Address>) + Send + Sync + 'static) -> Self {
        let on_click: OnClick = Arc::new(on_click);
        os::on_notification_click(&on_click);
        Self { on_click }
    }
}

#[async_trait]
impl Notifier for DesktopNotifier {
    async fn show(&self, text: NotificationText, opens: Option<ClickTarget>) -> Result<(), String> {
        let (answer, wait) = oneshot::channel();
        let on_click = Arc::clone(&self.on_click);
        let opens = opens.as_ref().map(Address::from);
        // One thread for each: the calls block, on some systems until the notification is answered.
        let thread = std::thread::Builder::new()
            .name("notification".into())
            .spawn(move || {
                // The caller may have stopped waiting; a click still counts.
                let shown = |shown| drop(answer.send(shown));
                os::notify(&text, opens, shown, &on_click);
            });
        thread.map_err(|error| error.to_string())?;
        let broke = |_| Err("the call to the desktop broke off".to_owned());
        wait.await.unwrap_or_else(broke)
    }
}
