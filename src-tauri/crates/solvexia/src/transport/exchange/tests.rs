use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::*;

/// What a server does once it has read a request.
#[derive(Clone, Copy)]
enum Then {
    /// Closes the connection.
    Drop,
    /// Keeps it open and says nothing.
    Silence,
    /// Says this and waits for the next request.
    Say(&'static str),
    /// Says this and closes.
    SayAndDrop(&'static str),
}

const FINE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

/// A server thread that does `then` with its requests in turn, and the last of them with all
/// further ones. The channel yields what it read: the number of the connection, and the request's
/// head.
fn server(then: &'static [Then]) -> (Environment, Receiver<(usize, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (seen, heads) = channel();
    thread::spawn(move || {
        let mut turns = then.iter().chain(std::iter::repeat(then.last().unwrap()));
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            while let Some(head) = read_head(&mut stream) {
                if seen.send((number, head)).is_err() {
                    return;
                }
                match turns.next().unwrap() {
                    Then::Say(text) => stream.write_all(text.as_bytes()).unwrap(),
                    Then::SayAndDrop(text) => {
                        stream.write_all(text.as_bytes()).unwrap();
                        break;
                    }
                    Then::Drop => break,
                    Then::Silence => {
                        // Waits until the client closes the connection.
                        read_head(&mut stream);
                        break;
                    }
                }
            }
        }
    });
    (Environment::parse(&origin).unwrap(), heads)
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    Some(String::from_utf8(head).unwrap())
}

fn impatient() -> Limits {
    Limits {
        // Long enough to connect and send on a busy machine.
        whole: Duration::from_secs(1),
        ..Limits::default()
    }
}

fn transport(environment: Environment, limits: Limits) -> Transport {
    Transport::new(environment, &Default::default(), limits).unwrap()
}

fn token() -> SecretString {
    SecretString::from("a-token")
}

fn start() -> UrlPath {
    UrlPath::new("/api/v1/processruns/{}/start", &["pr-1"])
}

async fn post(transport: &Transport) -> Result<HttpResponse, ExchangeError> {
    transport.post(&start(), None, &token()).await
}

/// docs/RULES.md, 9.
#[tokio::test]
async fn a_post_whose_connection_breaks_is_sent_once() {
    let (environment, heads) = server(&[Then::Drop]);
    let result = post(&transport(environment, Limits::default())).await;
    assert_eq!(result.unwrap_err(), ExchangeError::Dropped);
    assert_eq!(heads.try_iter().count(), 1);
}

/// docs/RULES.md, 9.
#[tokio::test]
async fn a_post_that_is_not_answered_in_time_is_sent_once() {
    let (environment, heads) = server(&[Then::Silence]);
    let result = post(&transport(environment, impatient())).await;
    assert_eq!(result.unwrap_err(), ExchangeError::TooSlow);
    assert_eq!(heads.try_iter().count(), 1);
}

/// docs/RULES.md, 9: on a connection that was kept and has died, hyper would send a request again.
#[tokio::test]
async fn a_post_never_uses_a_connection_again() {
    let (environment, heads) = server(&[Then::Say(FINE)]);
    let transport = transport(environment, Limits::default());
    for _ in 0..3 {
        post(&transport).await.unwrap();
    }
    let connections: Vec<usize> = heads.try_iter().map(|(number, _)| number).collect();
    assert_eq!(connections, [0, 1, 2]);
}

#[tokio::test]
async fn a_read_uses_the_connection_of_the_last_one() {
    let (environment, heads) = server(&[Then::Say(FINE)]);
    let transport = transport(environment, Limits::default());
    for _ in 0..3 {
        transport.get(&start(), 1000, &token()).await.unwrap();
    }
    let connections: Vec<usize> = heads.try_iter().map(|(number, _)| number).collect();
    assert_eq!(connections, [0, 0, 0]);
}

/// The exchange of a code has five seconds.
#[tokio::test]
async fn a_form_finds_the_connection_that_was_warmed() {
    let (environment, heads) = server(&[Then::Say("HTTP/1.1 204 No Content\r\n\r\n")]);
    let transport = transport(environment, Limits::default());
    transport.warm().await.unwrap();
    let path = UrlPath::new("/oauth/token", &[]);
    transport.post_form_on_warm(&path, &[]).await.unwrap();
    let seen: Vec<(usize, String)> = heads.try_iter().collect();
    assert!(seen[0].1.starts_with("HEAD / ") && seen[1].1.starts_with("POST /oauth/token "));
    assert_eq!((seen[0].0, seen[1].0), (0, 0));
    assert!(!seen[0].1.to_ascii_lowercase().contains("authorization"));
}

/// The sign-in accepts no such address, but a stored account may hold one. 0.0.0.0 connects to this
/// computer and still counts as another one.
#[tokio::test]
async fn nothing_is_sent_to_another_computer_without_tls() {
    let (environment, heads) = server(&[Then::Say(FINE)]);
    let written = environment.origin().replace("127.0.0.1", "0.0.0.0");
    let other = Environment::stored(written);
    let result = post(&transport(other, Limits::default())).await;
    assert!(matches!(result, Err(ExchangeError::Unsent(_))));
    assert_eq!(heads.try_iter().count(), 0);
}

#[tokio::test]
async fn a_post_without_a_body_says_that_its_length_is_0() {
    let (environment, heads) = server(&[Then::Say(FINE)]);
    post(&transport(environment, Limits::default()))
        .await
        .unwrap();
    let (_, head) = heads.recv().unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("post /api/v1/processruns/pr-1/start http/1.1\r\n"));
    assert!(head.contains("\r\ncontent-length: 0\r\n"), "{head}");
    assert!(head.contains("\r\nauthorization: bearer a-token\r\n"));
    assert!(head.contains("\r\nuser-agent: runwatch/"));
}

#[tokio::test]
async fn a_server_that_nobody_runs_was_not_sent_anything() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let nobody = transport(Environment::parse(&origin).unwrap(), Limits::default());
    let lost = post(&nobody).await.unwrap_err();
    assert_eq!(lost, ExchangeError::Unsent(UnsentReason::NoConnection));
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_told_as_such() {
    let environment = Environment::parse("https://app.solvexia.invalid").unwrap();
    let lost = post(&transport(environment, Limits::default()))
        .await
        .unwrap_err();
    assert_eq!(lost, ExchangeError::Unsent(UnsentReason::NoName));
}

/// A server that does not speak TLS stands for every handshake that fails.
#[tokio::test]
async fn a_handshake_that_fails_leaves_nothing_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut hello = [0; 16];
        stream.read_exact(&mut hello).unwrap();
        stream.write_all(FINE.as_bytes()).unwrap();
    });
    let transport = transport(Environment::parse(&origin).unwrap(), Limits::default());
    assert_eq!(
        post(&transport).await.unwrap_err(),
        ExchangeError::Unsent(UnsentReason::Unsafe)
    );
}

#[tokio::test]
async fn an_answer_that_ends_too_early_is_cut_off() {
    let (environment, _heads) = server(&[Then::SayAndDrop(
        "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\":",
    )]);
    let result = post(&transport(environment, Limits::default())).await;
    assert_eq!(result.unwrap_err(), ExchangeError::CutOff);
}

#[tokio::test]
async fn an_answer_that_goes_on_too_long_in_silence_is_too_slow() {
    let (environment, _heads) = server(&[Then::Say(
        "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"id\":",
    )]);
    let result = post(&transport(environment, impatient())).await;
    assert_eq!(result.unwrap_err(), ExchangeError::TooSlow);
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_not_read_whole_whether_announced_or_not() {
    let small = Limits {
        one: 10,
        ..Limits::default()
    };
    for answer in [
        &[Then::SayAndDrop(
            "HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n",
        )],
        &[Then::SayAndDrop(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nb\r\n12345678901\r\n",
        )],
    ] {
        let (environment, _heads) = server(answer);
        let result = post(&transport(environment, small)).await;
        assert_eq!(result.unwrap_err(), ExchangeError::TooLong);
    }
}

#[tokio::test]
async fn of_an_error_the_beginning_is_enough_however_long_it_is() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_head(&mut stream).unwrap();
        let head =
            b"HTTP/1.1 403 No\r\ncontent-type: text/html\r\ncontent-length: 99999999\r\n\r\n";
        stream.write_all(head).unwrap();
        // Refused once the client has read enough.
        while stream.write_all(&[b'x'; 1024]).is_ok() {}
    });
    let environment = Environment::parse(&origin).unwrap();
    let refused = post(&transport(environment, Limits::default()))
        .await
        .unwrap();
    assert_eq!((refused.status.as_u16(), refused.is_page), (403, true));
    assert_eq!(refused.body.len(), 64 * 1024);
}

/// docs/RULES.md, 20.
#[tokio::test]
async fn a_redirect_does_not_carry_the_bearer_away() {
    let (environment, heads) = server(&[Then::Say(
        "HTTP/1.1 307 T\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
    )]);
    let transport = transport(environment, Limits::default());
    assert_eq!(post(&transport).await.unwrap().status.as_u16(), 307);
    let read = transport.get(&start(), 1000, &token()).await.unwrap();
    assert_eq!(read.status.as_u16(), 307);
    assert_eq!(heads.try_iter().count(), 2);
}
