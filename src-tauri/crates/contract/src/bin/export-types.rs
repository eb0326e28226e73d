//! Prints the page's types; `scripts/types` writes them to their place.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(runwatch_contract::typescript().as_bytes())
}
