//! Renewal with refresh tokens: none is lost, none is used twice, and none of another process is
//! overwritten.

mod failures;
mod saving;
mod token_lifetimes;

use std::sync::Arc;

use runwatch_core::error::{Trouble, VaultError};
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use solvexia_sim::demo::DEMO_CLIENT_ID;

use crate::fake_keychain_entry::{EntryStep, KeychainEntry};
use crate::test_server::{TestServer, by_browser, client_of, run, test_server};

const SCOPES: &str = "process_execute process_read";

/// A client that was signed in by the browser, and its server.
struct SignedInAccount {
    server: TestServer,
    entry: KeychainEntry,
    client: Arc<Client>,
}

async fn signed() -> SignedInAccount {
    signed_in(test_server().await)
}

fn signed_in(server: TestServer) -> SignedInAccount {
    let entry = KeychainEntry::holding(&server.sim.issue_refresh_token(DEMO_CLIENT_ID, SCOPES));
    let client = Arc::new(another(&server, &entry));
    SignedInAccount {
        server,
        entry,
        client,
    }
}

/// The same account in another process, or after a restart.
fn another(server: &TestServer, entry: &KeychainEntry) -> Client {
    client_of(&server.sim.base_url(), by_browser(entry))
}

impl SignedInAccount {
    async fn read(&self) -> Result<(), Trouble> {
        let read = self.client.run_status(&run()).await;
        read.map(drop).map_err(|error| error.trouble)
    }

    async fn read_with_an_expired_token(&self) -> Result<(), Trouble> {
        self.server.sim.expire_tokens();
        self.read().await
    }

    /// Renews while the keychain fails from after the server's response on.
    async fn renew_without_keeping(&self) {
        self.entry.block_at(EntryStep::Write);
        let client = Arc::clone(&self.client);
        let signing_in = tokio::spawn(async move { client.sign_in().await });
        self.entry.reached().await;
        self.entry.trouble(Some(VaultError::Locked));
        self.entry.release();
        signing_in.await.unwrap().unwrap();
    }

    fn kept_is_good(&self) -> bool {
        let kept = self.entry.token();
        kept.is_some_and(|kept| self.server.sim.accepts_refresh_token(&kept))
    }

    /// The statuses of the token endpoint's responses, in order.
    fn token_answers(&self) -> Vec<Option<u16>> {
        let requests = self.server.requests("/oauth/token");
        requests.iter().map(|request| request.status).collect()
    }
}
