//! Who asks: the client's address, also behind a proxy, and a reference by which a person and the log name the request. Each request is
//! one line in the log: without its query, its body or its cookies, and without the token that a link holds.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::throttle::Client;
use http::{Extensions, HeaderMap, header};
use tracing::Instrument;

use crate::config::Network;
use crate::face::Served;
use crate::routes;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The other end of the connection; set by the accept loop.
#[derive(Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Set by [`introduce`] on every request.
#[derive(Clone)]
pub struct Caller {
    pub client: Client,
    /// Eight characters, easy to read out.
    pub reference: Arc<str>,
}

impl Caller {
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_else(|| Self {
            client: Client { address: IpAddr::V4(Ipv4Addr::UNSPECIFIED), user_agent: String::new() },
            reference: "".into(),
        })
    }
}

/// Finds out who asks, and logs the request and its answer.
pub async fn introduce(State(served): State<Served>, mut request: Request, next: Next) -> Response {
    let reference: Arc<str> = domain::id::reference().into();
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let address = client_address(peer.to_canonical(), request.headers(), &served.trusted_proxies);
    let user_agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    request.extensions_mut().insert(Caller { client: Client { address, user_agent }, reference: reference.clone() });

    let (method, path) = (request.method().clone(), routes::without_token(request.uri().path()).to_owned());
    let span = tracing::info_span!("request", %reference, face = ?served.face, %method, path);
    let started = Instant::now();
    let log = span.clone();
    let response = next.run(request).instrument(span).await;
    let (status, ms) = (response.status().as_u16(), u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
    log.in_scope(|| tracing::info!(status, ms, "answered"));
    response
}

/// The nearest address that is no trusted proxy. What stands further left in `X-Forwarded-For` anybody may have written.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or_default()).collect();
    let mut nearest = peer;
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(nearest) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        forwarded.iter().for_each(|line| {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        });
        let trusted: Vec<Network> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn promise_8_forwarded_for_is_believed_from_a_trusted_proxy_only() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"], &[]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7"], &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["1.2.3.4, 198.51.100.7, 10.0.0.2"], &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["1.2.3.4", "198.51.100.7"], &["10.0.0.0/8"]), "198.51.100.7");
        assert_eq!(seen("10.0.0.1", &["198.51.100.7, nonsense"], &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[], &["10.0.0.0/8"]), "10.0.0.1");
    }
}
