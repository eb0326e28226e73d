//! The consent page, and the error page for the user.

use super::wire_types::{AuthorizeRequest, Client};

/// The page that asks the user to allow access.
pub fn consent(client: &Client, request: &AuthorizeRequest) -> String {
    let scopes = request.scope.as_deref().unwrap_or(super::scopes::DEFAULT);
    let items: String = scopes
        .split_whitespace()
        .map(|scope| format!("<li>{}</li>", escaped(scope)))
        .collect();
    page(&format!(
        "<h1>Allow access?</h1>\n<p>The application <strong>{}</strong> asks for:</p>\n\
         <ul>{items}</ul>\n{}{}",
        escaped(&client.id),
        form("allow", "Allow", request),
        form("refuse", "Refuse", request),
    ))
}

/// The page that shows an error.
pub fn error_page(message: &str) -> String {
    page(&format!(
        "<h1>This request cannot be answered</h1>\n<p>{}</p>\n",
        escaped(message)
    ))
}

fn page(content: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <title>Simulated SolveXia</title></head>\n<body>\n{content}\
         <p>This is a simulation with sample data.</p>\n</body>\n</html>\n"
    )
}

fn form(decision: &str, label: &str, request: &AuthorizeRequest) -> String {
    let fields: String = fields(request)
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| hidden(name, value)))
        .collect();
    format!(
        "<form method=\"post\" action=\"/oauth/authorize\">{fields}\
         <button id=\"{decision}\" name=\"decision\" value=\"{decision}\">{label}</button></form>\n"
    )
}

fn fields(request: &AuthorizeRequest) -> [(&'static str, Option<&str>); 7] {
    [
        ("client_id", Some(&request.client_id)),
        ("response_type", Some(&request.response_type)),
        ("redirect_uri", request.redirect_uri.as_deref()),
        ("state", request.state.as_deref()),
        ("scope", request.scope.as_deref()),
        ("code_challenge", request.code_challenge.as_deref()),
        (
            "code_challenge_method",
            request.code_challenge_method.as_deref(),
        ),
    ]
}

fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
        escaped(value)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
