//! What the listeners promise whatever is asked: headers, isolation of the faces, the cross-site check, limits.

use crate::support::{Server, raw};
use app::ctx::Face;
use server::routes::ROUTES;
use server_fn::axum::server_fn_paths;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const FACES: [Face; 2] = [Face::Portal, Face::Desk];

#[tokio::test]
async fn both_faces_are_alive_and_ready() {
    let server = Server::start().await;
    for face in FACES {
        let mut browser = server.browser(face);
        assert_eq!((browser.get("/healthz").await.text(), browser.get("/readyz").await.text()), ("alive\n".into(), "ready\n".into()));
    }
    assert_eq!(server.browser(Face::Desk).get("/").await.location(), "/desk/inbox");
    server.running.stop().await;
}

#[tokio::test]
async fn promise_9_every_answer_has_the_headers() {
    let server = Server::start().await;
    for (face, path) in [(Face::Portal, "/sign-in"), (Face::Portal, "/nothing"), (Face::Portal, "/healthz"), (Face::Desk, "/desk/sign-in")]
    {
        let answer = server.browser(face).get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn g12_addresses_that_lead_nowhere_have_one_page_with_the_way_to_the_sign_in() {
    let server = Server::start().await;
    for (face, paths, sign_in) in
        [(Face::Portal, ["/nothing", "/nor/here?a=b"], "/sign-in"), (Face::Desk, ["/desk/nothing", "/nor/here?a=b"], "/desk/sign-in")]
    {
        let mut bodies = Vec::new();
        for path in paths {
            let headers = [("accept", "text/html"), ("accept-language", "de")];
            let answer = server.browser(face).send("GET", path, &headers, b"").await;
            let text = answer.masked(&answer.text());
            assert_eq!(answer.status, 404, "{path}");
            for part in ["<html lang=\"de\"", "rel=\"stylesheet\"", "class=\"brand\"", "<title>Seite nicht gefunden</title>"] {
                assert!(text.contains(part), "{part} is not in {text}");
            }
            assert!(text.contains(&format!("href=\"{sign_in}\"")), "{text}");
            bodies.push(text);
        }
        assert_eq!(bodies[0], bodies[1], "{face:?}");
    }
}

#[tokio::test]
async fn promise_9_a_pages_scripts_carry_its_nonce() {
    let server = Server::start().await;
    let mut portal = server.browser(Face::Portal);
    let (first, second) = (portal.get("/sign-in").await, portal.get("/sign-in").await);
    assert_eq!(first.status, 200);
    let policy = first.header("content-security-policy");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    for script in first.text().split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "a script without its nonce: {script:.80}");
    }
    assert_ne!(policy, second.header("content-security-policy"));
}

#[tokio::test]
async fn promise_1_each_listener_has_its_own_server_functions_only() {
    let server = Server::start().await;
    let mut portal = server.browser(Face::Portal);
    let mut desk = server.browser(Face::Desk);
    let mut counted = 0;
    for (path, method) in server_fn_paths() {
        let (own, other) = if path.starts_with("/api/portal/") { (&mut portal, &mut desk) } else { (&mut desk, &mut portal) };
        assert!(path.starts_with("/api/portal/") || path.starts_with("/api/desk/"), "{path} is of no face");
        let same_origin = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        assert_ne!(own.send(method.as_str(), path, &same_origin, b"").await.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(other.send(method.as_str(), path, &same_origin, b"").await.status, 404, "{path}");
        counted += 1;
    }
    assert!(counted > 10, "{counted} server functions");
    for path in ["/api/portal/none", "/api/portal/../desk/sign_in", "/api//desk/sign_in", "/api%2fdesk/sign_in", "/API/desk/sign_in"] {
        assert_eq!(portal.send("POST", path, &[("sec-fetch-site", "same-origin")], b"").await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn promise_9_no_unsafe_method_from_elsewhere() {
    let server = Server::start().await;
    for face in FACES {
        let mut browser = server.browser(face);
        let own = format!("http://{}", server.address(face));
        for route in ROUTES.iter().filter(|route| !route.method.is_safe() && route.faces.contains(&face)) {
            let path = route.path.replace("{*function}", "sign_in").replace("{id}", "7").replace("{token}", "any-token");
            for headers in [
                &[][..],
                &[("sec-fetch-site", "cross-site"), ("origin", &own)],
                &[("sec-fetch-site", "same-site")],
                &[("origin", "https://evil.example")],
            ] {
                assert_eq!(browser.send("POST", &path, headers, b"").await.status, 403, "{path} {headers:?}");
            }
            assert_ne!(browser.send("POST", &path, &[("origin", &own)], b"").await.status, 403, "{path}");
        }
    }
}

#[tokio::test]
async fn promise_13_odd_requests_are_answered() {
    let server = Server::start().await;
    for face in FACES {
        let address = server.address(face);
        for (request, status) in [
            ("CONNECT evil.example:443 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", 403),
            ("OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", 404),
            ("GET /files/%ff HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", if face == Face::Portal { 400 } else { 404 }),
            ("nonsense\r\n\r\n", 400),
        ] {
            assert_eq!(raw(address, request.as_bytes(), false).await.status, status, "{request:?} on {face:?}");
        }
    }
}

#[tokio::test]
async fn promise_13_a_form_has_a_limit() {
    let server = Server::start().await;
    let fields = "x".repeat(300 * 1024);
    let answer = server.browser(Face::Portal).post("/api/portal/sign_in", &[("email", &fields)]).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn promise_13_slow_headers_end_the_connection() {
    let server = Server::start().await;
    let mut stream = tokio::net::TcpStream::connect(server.running.portal).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\n").await.unwrap();
    let mut answer = Vec::new();
    tokio::time::timeout(std::time::Duration::from_secs(15), stream.read_to_end(&mut answer)).await.expect("closed in time").unwrap();
}

#[tokio::test]
async fn a_taken_address_is_said_in_one_sentence() {
    let server = Server::start().await;
    let taken = server.running.portal.to_string();
    let mut config = crate::support::settings(server.folder.path(), &[]);
    config.desk_address = server.running.portal;
    let error = server::serve::Running::start(&config, domain::clock::Clock::System).await.err().expect("refused").to_string();
    assert!(error.starts_with(&format!("cannot listen on {taken}: ")), "{error}");
}
