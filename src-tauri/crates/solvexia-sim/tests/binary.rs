//! The program: its first line tells where it listens.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // A program that is gone already needs no ending.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn the_first_line_tells_the_address() {
    let child = Command::new(env!("CARGO_BIN_EXE_solvexia-sim"))
        .args([
            "--port",
            "0",
            "--clients",
            "a:b,c:d",
            "--clients",
            "e:f:g",
            "--token-seconds",
            "5",
        ])
        .stdout(Stdio::piped())
        .spawn();
    let mut running = Running(child.expect("the program"));
    let mut line = String::new();
    let output = running.0.stdout.take().expect("its output");
    BufReader::new(output).read_line(&mut line).expect("a line");
    let port = line
        .trim_end()
        .strip_prefix("listening on http://127.0.0.1:");
    assert!(
        port.and_then(|port| port.parse::<u16>().ok())
            .is_some_and(|port| port > 0),
        "{line}"
    );
}

#[test]
fn a_client_without_a_secret_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_solvexia-sim"))
        .args(["--clients", "nobody"])
        .output()
        .expect("the program");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("CLIENT_ID:SECRET"));
}
