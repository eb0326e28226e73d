//! The simulated SolveXia as a program. `--help` lists its options.

use std::io;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use solvexia_sim::{Client, Seed, Sim, SimHandle, SimOptions};

/// A simulated SolveXia on 127.0.0.1.
#[derive(Debug, Parser)]
#[command(name = "solvexia-sim", version)]
struct Arguments {
    /// Where to listen; 0 takes a free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Who can sign in; may be repeated or separated by commas.
    #[arg(long, value_name = "CLIENT_ID:SECRET", value_delimiter = ',', value_parser = client)]
    clients: Vec<Client>,
    /// How long access tokens live.
    #[arg(long, default_value_t = 600.0)]
    token_seconds: f64,
    /// What is known at the beginning.
    #[arg(long, value_enum, default_value_t = Beginning::Demo)]
    seed: Beginning,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Beginning {
    /// A finance team's month-end.
    Demo,
    /// Nothing.
    Empty,
}

fn client(text: &str) -> Result<Client, String> {
    match text.split_once(':') {
        Some((id, secret)) if !id.is_empty() && !secret.is_empty() => Ok(Client::new(id, secret)),
        _ => Err("expected CLIENT_ID:SECRET".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("solvexia-sim: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let sim = Sim::start(SimOptions {
        port: arguments.port,
        clients: arguments.clients,
        token_seconds: arguments.token_seconds,
        seed: match arguments.seed {
            Beginning::Demo => Seed::Demo,
            Beginning::Empty => Seed::Empty,
        },
    })
    .await?;
    announce(&sim);
    tokio::signal::ctrl_c().await?;
    sim.shutdown().await;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "whoever started the program reads the address here"
)]
fn announce(sim: &SimHandle) {
    println!("listening on {}", sim.base_url());
}
