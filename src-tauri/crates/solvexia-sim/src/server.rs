//! The listening socket and its connections. hyper is driven directly, because axum's own server
//! cannot close a connection without an answer, which the faults need.

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

use crate::world::Shared;
use crate::{api, control, gate, oauth};

const PAUSE_AFTER_REFUSAL: Duration = Duration::from_millis(100);

/// Listens on the loopback interface alone: whoever reaches `/sim` may do anything.
pub async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await
}

/// Serves until the task is aborted; that closes every connection.
pub fn serve(listener: TcpListener, sim: Shared) -> JoinHandle<()> {
    let routes = routes(sim.clone());
    tokio::spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, sim.clone(), routes.clone()));
                }
                // Out of file handles, say: they come back when connections end.
                Err(_) => tokio::time::sleep(PAUSE_AFTER_REFUSAL).await,
            }
            while connections.try_join_next().is_some() {}
        }
    })
}

fn routes(sim: Shared) -> Router {
    Router::new()
        .nest("/oauth", oauth::http::routes())
        .nest("/api/v1", api::routes())
        .nest("/sim", control::routes())
        .with_state(sim)
}

async fn converse(stream: TcpStream, sim: Shared, routes: Router) {
    let service = service_fn(move |request: Request<Incoming>| {
        gate::pass(sim.clone(), routes.clone(), request.map(Body::new))
    });
    // A failed conversation is either the client's doing or a fault that was asked for.
    let _ended = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
