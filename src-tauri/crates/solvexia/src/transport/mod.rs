//! One HTTP exchange: a request out, a whole response in, under deadlines and a size limit.
//!
//! Nothing is repeated here: retries of reads are in `crate::authorized_calls`; posts get none.

mod exchange;
mod exchange_error;
pub(crate) mod extra_certificates;
mod http_clients;
mod limits;
pub(crate) mod proxy;
pub(crate) mod proxy_lockout;
mod response;
mod script_cache;
pub(crate) mod script_route;
mod ways;

pub(crate) use exchange::Transport;
pub(crate) use exchange_error::{ExchangeError, UnsentReason};
pub use extra_certificates::{CaFileError, check_ca_file};
pub(crate) use http_clients::USER_AGENT;
pub use http_clients::install_tls;
pub(crate) use limits::Limits;
pub(crate) use response::HttpResponse;
pub use script_cache::ScriptCache;
