//! The listening socket and its connections. Uses hyper directly: axum's server cannot close a
//! connection without a response, which faults need.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::server_state::SharedState;
use crate::{api, control_api, middleware, oauth};

const PAUSE_AFTER_ACCEPT_ERROR: Duration = Duration::from_millis(100);

/// Listens on the loopback interface only, as `/sim` asks for no sign-in.
pub async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves until the task is aborted, which closes all connections.
pub fn serve(listener: TcpListener, shared: SharedState) -> JoinHandle<()> {
    let routes = routes(shared.clone());
    tokio::spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    connections.spawn(serve_connection(stream, shared.clone(), routes.clone()));
                }
                // For example out of file handles: some are free again when connections end.
                Err(_) => tokio::time::sleep(PAUSE_AFTER_ACCEPT_ERROR).await,
            }
            while connections.try_join_next().is_some() {}
        }
    })
}

fn routes(shared: SharedState) -> Router {
    Router::new()
        .nest("/oauth", oauth::routes::routes())
        .nest("/api/v1", api::routes())
        .nest("/sim", control_api::routes())
        .with_state(shared)
}

async fn serve_connection(stream: TcpStream, shared: SharedState, routes: Router) {
    let service = service_fn(move |request: Request<Incoming>| {
        middleware::handle(shared.clone(), routes.clone(), request.map(Body::new))
    });
    // An error here is caused by the client, or by a fault that was asked for.
    let _ended = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
