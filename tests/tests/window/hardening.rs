//! What a script in the window could not do, should one ever get there.

use runwatch_tests::scene;
use serde_json::json;

const INLINE_SCRIPT: &str = "const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    document.head.append(script);
    return window.ran ?? false;";

const REMOTE_PICTURE: &str = "return new Promise((done) => {
    document.addEventListener('securitypolicyviolation', (event) => done(event.blockedURI));
    const picture = new Image();
    picture.onload = () => done('loaded');
    picture.src = arguments[0];
});";

/// One of Tauri's own commands, which no capability grants.
const FOREIGN_COMMAND: &str = "return window.__TAURI_INTERNALS__.invoke('plugin:window|create',
    { options: { label: 'other', url: 'index.html' } }).then(() => 'done', (error) => String(error));";

#[test]
fn a_script_in_the_window_gets_nowhere() {
    scene("hardening", |scene| {
        let app = scene.open()?;
        app.go_to_sign_in()?;
        let page = &app.page;
        assert_eq!(page.ask(INLINE_SCRIPT, &[])?, json!(false));
        let elsewhere = json!(scene.sim.base_url());
        let blocked = page.ask(REMOTE_PICTURE, std::slice::from_ref(&elsewhere))?;
        assert_ne!(blocked, json!("loaded"));
        let frozen = "return Object.isFrozen(Object.prototype);";
        assert_eq!(page.ask(frozen, &[])?, json!(true));
        let refused = page.ask(FOREIGN_COMMAND, &[])?;
        assert!(refused.to_string().contains("not allowed"), "{refused}");
        let opened = "return window.open(arguments[0]) === null;";
        assert_eq!(
            page.ask(opened, std::slice::from_ref(&elsewhere))?,
            json!(true)
        );
        page.ask("window.here = true;", &[])?;
        let port = scene.sim.port();
        let led = [
            scene.sim.base_url(),
            // Hosts that the page's own address is taken for, and other hosts of its own scheme.
            format!("http://tauri.localhost:{port}/"),
            "http://tauri.localhost/".to_owned(),
            format!("http://localhost:{port}/"),
            format!("http://ipc.localhost:{port}/"),
            format!("tauri://localhost:{port}/"),
            "tauri://elsewhere/".to_owned(),
            "ipc://localhost/snapshot".to_owned(),
            "data:text/html,elsewhere".to_owned(),
            "about:blank".to_owned(),
        ];
        for address in led {
            page.ask("location.href = arguments[0];", &[json!(address)])?;
            page.wait_for("environment")?;
            let here = page.ask("return window.here === true;", &[])?;
            assert_eq!(here, json!(true), "{address}");
        }
        assert!(
            scene.sim.requests().is_empty(),
            "nothing was asked of the address: {:?}",
            scene.sim.requests()
        );
        Ok(())
    });
}
