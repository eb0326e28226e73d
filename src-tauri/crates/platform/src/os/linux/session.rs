//! Which of its user's desktops this process is on.

use std::env::var;

/// The names of its display: two desktops of one user have two. What logind calls the session is not
/// asked: a terminal that outlived one has an old name.
pub fn session() -> String {
    let named = |variable| var(variable).ok().filter(|name: &String| !name.is_empty());
    let names: Vec<String> = [
        named("WAYLAND_DISPLAY"),
        named("DISPLAY").map(|name| display(&name)),
    ]
    .into_iter()
    .flatten()
    .collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(" "),
    }
}

/// The screen (`:0.1`) is a part of the display.
fn display(name: &str) -> String {
    match name.rsplit_once(':') {
        Some((host, number)) => {
            let number = number.split('.').next().unwrap_or_default();
            format!("{host}:{number}")
        }
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_screens_of_a_display_are_one_desktop() {
        assert_eq!(super::display(":0.1"), ":0");
        assert_eq!(super::display("far.example:10.0"), "far.example:10");
    }
}
