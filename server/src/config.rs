//! Every setting of the server: a flag and an environment variable of the same name, each described here and nowhere else.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use app::ctx::Face;
use clap::{Args, ValueEnum};
use domain::db::{Settings, Storage};
use domain::password::Cost;
use http::Uri;
use http::uri::Authority;

use crate::{Error, Result};

/// What every command needs: where the data is, and how to log.
#[derive(Args, Clone, Debug)]
pub struct Base {
    /// Folder of the embedded database, the uploaded files and, without an SMTP server, the mails
    #[arg(long, env = "ORDINAVO_DATA", value_name = "FOLDER", default_value = "data")]
    pub data: PathBuf,

    /// Database: sqlite://PATH, or postgres://USER:PASSWORD@HOST/NAME for more than one node [default: ordinavo.sqlite in the data folder]
    #[arg(long, env = "ORDINAVO_DATABASE_URL", value_name = "URL")]
    pub database_url: Option<Secret>,

    /// PostgreSQL role that the portal's reads run under; it may select the portal_* views and nothing else
    #[arg(long, env = "ORDINAVO_PORTAL_ROLE", value_name = "ROLE")]
    pub portal_role: Option<Line>,

    /// How log lines are written, to standard error
    #[arg(long, env = "ORDINAVO_LOG_FORMAT", value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,

    /// What is logged: error, warn, info, debug or trace, also per part of the program, as in info,server=debug
    #[arg(long, env = "ORDINAVO_LOG", value_name = "FILTER", default_value = "info")]
    pub log: Line,

    /// Memory of one password hash, in KiB. For tests only
    #[arg(long, env = "ORDINAVO_HASHING_MEMORY_KIB", value_name = "KIB", default_value_t = Cost::default().memory_kib, hide = true)]
    pub hashing_memory_kib: u32,

    /// Passes of one password hash. For tests only
    #[arg(long, env = "ORDINAVO_HASHING_PASSES", value_name = "COUNT", default_value_t = Cost::default().passes, hide = true)]
    pub hashing_passes: u32,
}

/// All settings.
#[derive(Args, Clone, Debug)]
pub struct Config {
    #[command(flatten)]
    pub base: Base,

    /// Address that the portal listens on; port 0 takes any free one
    #[arg(long, env = "ORDINAVO_PORTAL_ADDRESS", value_name = "IP:PORT", default_value = "127.0.0.1:3000")]
    pub portal_address: SocketAddr,

    /// Address that the desk listens on; port 0 takes any free one
    #[arg(long, env = "ORDINAVO_DESK_ADDRESS", value_name = "IP:PORT", default_value = "127.0.0.1:3100")]
    pub desk_address: SocketAddr,

    /// Where customers reach the portal: https://HOST, or http:// on this machine only [default: http:// and the portal's address]
    #[arg(long, env = "ORDINAVO_PORTAL_URL", value_name = "URL")]
    pub portal_url: Option<PublicUrl>,

    /// Where staff reach the desk: https://HOST, or http:// on this machine only [default: http:// and the desk's address]
    #[arg(long, env = "ORDINAVO_DESK_URL", value_name = "URL")]
    pub desk_url: Option<PublicUrl>,

    /// Proxies whose X-Forwarded-For is believed: addresses or networks as 10.0.0.0/8, separated by commas
    #[arg(long, env = "ORDINAVO_TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',')]
    pub trusted_proxies: Vec<Network>,

    /// Folder with what browsers load: a folder `portal` and a folder `desk` [default: `site` beside this program]
    #[arg(long, env = "ORDINAVO_SITE", value_name = "FOLDER")]
    pub site: Option<PathBuf>,

    /// Name of your company at the first start; later it is changed at the desk [default: Ordinavo]
    #[arg(long, env = "ORDINAVO_COMPANY", value_name = "NAME")]
    pub company: Option<Line>,

    /// Telephone number for emergencies at the first start; later it is changed at the desk
    #[arg(long, env = "ORDINAVO_EMERGENCY_PHONE", value_name = "NUMBER")]
    pub emergency_phone: Option<Line>,

    /// Mail server: smtps://HOST, smtp://HOST?tls=required, or smtp://127.0.0.1:25 on this machine [default: mails become files in the data folder]
    #[arg(long, env = "ORDINAVO_SMTP_URL", value_name = "URL")]
    pub smtp_url: Option<Secret>,

    /// User name at the mail server
    #[arg(long, env = "ORDINAVO_SMTP_USER", value_name = "NAME")]
    pub smtp_user: Option<Line>,

    /// Password at the mail server; better set as a variable, since flags can be read by others on this machine
    #[arg(long, env = "ORDINAVO_SMTP_PASSWORD", value_name = "PASSWORD")]
    pub smtp_password: Option<Secret>,

    /// Sender of all mails, as in "Customer portal <portal@example.com>"
    #[arg(long, env = "ORDINAVO_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<Line>,

    /// How long a customer's session lasts without being used
    #[arg(long, env = "ORDINAVO_CONTACT_IDLE", value_name = "TIME", default_value = "7d")]
    pub contact_idle: Lifetime,

    /// How long a customer's session lasts at most
    #[arg(long, env = "ORDINAVO_CONTACT_SESSION", value_name = "TIME", default_value = "30d")]
    pub contact_session: Lifetime,

    /// How long a staff member's session lasts without being used
    #[arg(long, env = "ORDINAVO_STAFF_IDLE", value_name = "TIME", default_value = "10h")]
    pub staff_idle: Lifetime,

    /// How long a staff member's session lasts at most
    #[arg(long, env = "ORDINAVO_STAFF_SESSION", value_name = "TIME", default_value = "7d")]
    pub staff_session: Lifetime,

    /// How long an invitation can be accepted
    #[arg(long, env = "ORDINAVO_INVITATION_LIFE", value_name = "TIME", default_value = "14d")]
    pub invitation_life: Lifetime,

    /// How long a link to set a new password works; one hour at most
    #[arg(long, env = "ORDINAVO_RESET_LIFE", value_name = "TIME", default_value = "1h")]
    pub reset_life: Lifetime,

    /// How long an acceptance or a rejection can be taken back before the customer sees it
    #[arg(long, env = "ORDINAVO_UNDO", value_name = "TIME", default_value = "10s")]
    pub undo: Lifetime,
}

impl Base {
    pub fn storage(&self) -> Storage {
        Storage {
            url: self.database_url(),
            portal_role: self.portal_role.as_ref().map(|role| role.0.clone()),
            files: self.data.join("files"),
        }
    }

    /// Rules for commands that serve nobody.
    pub fn settings(&self) -> Settings {
        Settings { hashing: self.cost(), ..Settings::default() }
    }

    /// # Errors
    /// One sentence about settings that contradict each other.
    pub fn check(&self) -> Result<()> {
        let url = self.database_url();
        let postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
        refuse_if(!postgres && !url.starts_with("sqlite:"), || "ORDINAVO_DATABASE_URL must start with sqlite:// or postgres://.".into())?;
        refuse_if(!postgres && self.portal_role.is_some(), || {
            "ORDINAVO_PORTAL_ROLE is set, but only a PostgreSQL database has roles.".into()
        })
    }

    fn database_url(&self) -> String {
        match &self.database_url {
            Some(url) => url.reveal().to_owned(),
            None => format!("sqlite://{}", self.data.join("ordinavo.sqlite").display()),
        }
    }

    fn cost(&self) -> Cost {
        Cost { memory_kib: self.hashing_memory_kib, passes: self.hashing_passes }
    }

    fn shown(&self) -> Vec<(&'static str, String)> {
        vec![
            ("ORDINAVO_DATA", self.data.display().to_string()),
            ("ORDINAVO_DATABASE_URL", masked_url(&self.database_url())),
            ("ORDINAVO_PORTAL_ROLE", text(self.portal_role.as_ref())),
            ("ORDINAVO_LOG_FORMAT", self.log_format.to_string()),
            ("ORDINAVO_LOG", self.log.to_string()),
            ("ORDINAVO_HASHING_MEMORY_KIB", self.hashing_memory_kib.to_string()),
            ("ORDINAVO_HASHING_PASSES", self.hashing_passes.to_string()),
        ]
    }
}

impl Config {
    /// # Errors
    /// One sentence about settings that contradict each other.
    pub fn check(&self) -> Result<()> {
        self.base.check()?;
        self.check_face(Face::Portal)?;
        self.check_face(Face::Desk)?;
        let (portal, desk) = (self.public_url(Face::Portal, self.portal_address)?, self.public_url(Face::Desk, self.desk_address)?);
        let any_port =
            self.portal_url.is_none() && self.desk_url.is_none() && (self.portal_address.port(), self.desk_address.port()) == (0, 0);
        refuse_if(portal == desk && !any_port, || format!("Portal and desk have the same address, {portal}: each needs its own."))?;
        refuse_if(self.smtp_url.is_none() && (self.smtp_user.is_some() || self.smtp_password.is_some()), || {
            "ORDINAVO_SMTP_USER or ORDINAVO_SMTP_PASSWORD is set, but ORDINAVO_SMTP_URL is not.".into()
        })?;
        refuse_if(self.smtp_user.is_some() != self.smtp_password.is_some(), || {
            "ORDINAVO_SMTP_USER and ORDINAVO_SMTP_PASSWORD belong together: set both or neither.".into()
        })?;
        refuse_if(self.smtp_url.is_some() && self.mail_from.is_none(), || {
            "ORDINAVO_SMTP_URL is set: ORDINAVO_MAIL_FROM must name the sender.".into()
        })?;
        let (cost, least) = (self.base.cost(), Cost::default());
        let is_weak = cost.memory_kib < least.memory_kib || cost.passes < least.passes;
        refuse_if(is_weak && (portal.is_https() || desk.is_https()), || {
            format!(
                "Passwords are hashed with at least {} KiB in {} passes, unless in tests on this machine.",
                least.memory_kib, least.passes
            )
        })?;
        refuse_if(self.emergency_phone.is_some() && self.company.is_none(), || {
            "ORDINAVO_EMERGENCY_PHONE is set: set ORDINAVO_COMPANY too.".into()
        })?;
        self.check_lifetimes()
    }

    /// Session cookies are safe over https, or over http as long as nothing leaves this machine.
    fn check_face(&self, face: Face) -> Result<()> {
        let (url_setting, address_setting, url, address) = match face {
            Face::Portal => ("ORDINAVO_PORTAL_URL", "ORDINAVO_PORTAL_ADDRESS", &self.portal_url, self.portal_address),
            Face::Desk => ("ORDINAVO_DESK_URL", "ORDINAVO_DESK_ADDRESS", &self.desk_url, self.desk_address),
        };
        match url {
            None => refuse_if(!address.ip().is_loopback(), || {
                format!(
                    "{address_setting} is {address}, not only for this machine: {url_setting} must then say under which https:// address people come."
                )
            }),
            Some(url) if url.is_https() => Ok(()),
            Some(url) => {
                refuse_if(!url.is_loopback(), || {
                    format!("{url_setting} is {url}: without https only an address of this machine is allowed.")
                })?;
                refuse_if(!address.ip().is_loopback(), || {
                    format!("{url_setting} is {url}, without https, but {address_setting} is {address}, which other machines can reach.")
                })
            }
        }
    }

    fn check_lifetimes(&self) -> Result<()> {
        refuse_if(self.contact_idle.0 > self.contact_session.0, || {
            "ORDINAVO_CONTACT_IDLE is longer than ORDINAVO_CONTACT_SESSION.".into()
        })?;
        refuse_if(self.staff_idle.0 > self.staff_session.0, || "ORDINAVO_STAFF_IDLE is longer than ORDINAVO_STAFF_SESSION.".into())?;
        refuse_if(self.reset_life.0 > 3_600, || "ORDINAVO_RESET_LIFE is longer than one hour.".into())
    }

    pub fn address(&self, face: Face) -> SocketAddr {
        match face {
            Face::Portal => self.portal_address,
            Face::Desk => self.desk_address,
        }
    }

    /// Where people reach a face that listens on an address: as configured, else the address itself.
    pub fn public_url(&self, face: Face, listening: SocketAddr) -> Result<PublicUrl> {
        let configured = match face {
            Face::Portal => &self.portal_url,
            Face::Desk => &self.desk_url,
        };
        configured.clone().map_or_else(|| format!("http://{listening}").parse().map_err(Error::Settings), Ok)
    }

    /// The rules, for a portal that people reach at `portal`.
    pub fn settings(&self, portal: &PublicUrl) -> Settings {
        Settings {
            public_url: portal.to_string(),
            contact_idle: self.contact_idle.0,
            contact_absolute: self.contact_session.0,
            staff_idle: self.staff_idle.0,
            staff_absolute: self.staff_session.0,
            invitation_life: self.invitation_life.0,
            reset_life: self.reset_life.0,
            undo: self.undo.0,
            ..self.base.settings()
        }
    }

    /// The folder with the two site roots.
    pub fn site(&self) -> PathBuf {
        let beside = || std::env::current_exe().ok().and_then(|program| program.parent().map(|folder| folder.join("site")));
        self.site.clone().or_else(beside).unwrap_or_else(|| Path::new("site").to_owned())
    }

    /// The folder that mails are written into when no SMTP server is set.
    pub fn mail_folder(&self) -> PathBuf {
        self.base.data.join("mail")
    }

    pub fn sender(&self) -> &str {
        self.mail_from.as_ref().map_or("Ordinavo <portal@ordinavo.example>", |from| from.0.as_str())
    }

    /// Every setting with the value it has, secrets masked.
    pub fn shown(&self) -> Vec<(&'static str, String)> {
        let url = |face| self.public_url(face, self.address(face)).map_or_else(|_| String::new(), |url| url.to_string());
        let proxies: Vec<String> = self.trusted_proxies.iter().map(Network::to_string).collect();
        let mut all = self.base.shown();
        all.extend([
            ("ORDINAVO_PORTAL_ADDRESS", self.portal_address.to_string()),
            ("ORDINAVO_DESK_ADDRESS", self.desk_address.to_string()),
            ("ORDINAVO_PORTAL_URL", url(Face::Portal)),
            ("ORDINAVO_DESK_URL", url(Face::Desk)),
            ("ORDINAVO_TRUSTED_PROXIES", proxies.join(",")),
            ("ORDINAVO_SITE", self.site().display().to_string()),
            ("ORDINAVO_COMPANY", text(self.company.as_ref())),
            ("ORDINAVO_EMERGENCY_PHONE", text(self.emergency_phone.as_ref())),
            ("ORDINAVO_SMTP_URL", self.smtp_url.as_ref().map_or_else(String::new, |url| masked_url(url.reveal()))),
            ("ORDINAVO_SMTP_USER", text(self.smtp_user.as_ref())),
            ("ORDINAVO_SMTP_PASSWORD", self.smtp_password.as_ref().map_or("", |_| MASK).to_owned()),
            ("ORDINAVO_MAIL_FROM", self.sender().to_owned()),
            ("ORDINAVO_CONTACT_IDLE", self.contact_idle.to_string()),
            ("ORDINAVO_CONTACT_SESSION", self.contact_session.to_string()),
            ("ORDINAVO_STAFF_IDLE", self.staff_idle.to_string()),
            ("ORDINAVO_STAFF_SESSION", self.staff_session.to_string()),
            ("ORDINAVO_INVITATION_LIFE", self.invitation_life.to_string()),
            ("ORDINAVO_RESET_LIFE", self.reset_life.to_string()),
            ("ORDINAVO_UNDO", self.undo.to_string()),
        ]);
        all
    }
}

fn refuse_if(wrong: bool, sentence: impl FnOnce() -> String) -> Result<()> {
    if wrong { Err(Error::Settings(sentence())) } else { Ok(()) }
}

fn text(line: Option<&Line>) -> String {
    line.map_or_else(String::new, |line| line.0.clone())
}

const MASK: &str = "********";

/// An address with the password in it, if any, masked.
fn masked_url(url: &str) -> String {
    let (url, query) = url.split_once('?').map_or((url, None), |(url, query)| (url, Some(query)));
    match query {
        Some(query) if query.contains("password") => format!("{}?{MASK}", without_password(url)),
        Some(query) => format!("{}?{query}", without_password(url)),
        None => without_password(url),
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // The last @: a password may hold one.
    match rest.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}:{MASK}@{host}", user.split(':').next().unwrap_or_default()),
        None => url.to_owned(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object per line, for machines
    Json,
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

/// Text that is not empty: a variable set to nothing is a mistake rather than a choice.
#[derive(Clone, Debug)]
pub struct Line(pub String);

impl FromStr for Line {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() { Err("it is empty".into()) } else { Ok(Self(text.trim().to_owned())) }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value that no log and no error message may show.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("it is empty".into()) } else { Ok(Self(text.to_owned())) }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// A length of time in seconds, written as 10s, 30min, 10h or 7d.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime(pub i64);

const UNITS: [(&str, i64); 4] = [("min", 60), ("d", 86_400), ("h", 3_600), ("s", 1)];

impl FromStr for Lifetime {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = UNITS.iter().find_map(|(unit, seconds)| {
            let number: i64 = text.trim().strip_suffix(unit)?.trim().parse().ok()?;
            number.checked_mul(*seconds).filter(|all| (1..=366 * 86_400).contains(all))
        });
        parsed.map(Self).ok_or_else(|| "a time is written as 10s, 30min, 10h or 7d, and is a year at most".into())
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, seconds) = match self.0 {
            all if all % 86_400 == 0 => ("d", 86_400),
            all if all % 3_600 == 0 => ("h", 3_600),
            all if all % 60 == 0 => ("min", 60),
            _ => ("s", 1),
        };
        write!(f, "{}{unit}", self.0 / seconds)
    }
}

/// Scheme, host and port under which people come: an origin, as browsers write it in the header `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    /// In lower case, without the scheme's own port.
    authority: Authority,
}

impl PublicUrl {
    pub fn is_https(&self) -> bool {
        self.https
    }

    pub fn is_loopback(&self) -> bool {
        is_loopback_host(self.authority.host())
    }
}

/// Whether a host, as it stands in an address, is this machine.
pub fn is_loopback_host(host: &str) -> bool {
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

impl FromStr for PublicUrl {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not of the form https://HOST or https://HOST:PORT, without anything behind");
        let uri: Uri = text.trim().to_lowercase().parse().map_err(|_| wrong())?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(wrong()),
        };
        let bare = uri.query().is_none() && matches!(uri.path(), "" | "/");
        let authority = uri.into_parts().authority.filter(|authority| bare && !authority.as_str().contains('@')).ok_or_else(wrong)?;
        let own_port = if https { 443 } else { 80 };
        let authority = if authority.port_u16() == Some(own_port) { authority.host().parse().map_err(|_| wrong())? } else { authority };
        Ok(Self { https, authority })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }
}

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    pub fn contains(&self, other: IpAddr) -> bool {
        match (self.address, other.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => leading_bits(own.to_bits().into(), other.to_bits().into(), 32) >= self.bits,
            (IpAddr::V6(own), IpAddr::V6(other)) => leading_bits(own.to_bits(), other.to_bits(), 128) >= self.bits,
            _ => false,
        }
    }
}

/// How many bits, from the first on, two addresses of `width` bits have in common.
fn leading_bits(one: u128, other: u128, width: u8) -> u8 {
    let zeros = (one ^ other).leading_zeros();
    u8::try_from(zeros).unwrap_or(u8::MAX).saturating_sub(128 - width)
}

impl FromStr for Network {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is neither an address nor a network like 10.0.0.0/8");
        let (address, bits) = text.trim().split_once('/').map_or((text.trim(), None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), |bits| bits.parse::<u8>().map_err(|_| wrong()))?;
        if bits > width { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_an_origin() {
        let url = |text: &str| text.parse::<PublicUrl>().map(|url| url.to_string());
        assert_eq!(url("https://Portal.Example.com/"), Ok("https://portal.example.com".into()));
        assert_eq!(url("https://portal.example.com:443"), Ok("https://portal.example.com".into()));
        assert_eq!(url("http://[::1]:3000"), Ok("http://[::1]:3000".into()));
        for wrong in ["portal.example.com", "ftp://a", "https://a/b", "https://a?b", "https://user@a", ""] {
            assert!(url(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let network: Network = "10.1.0.0/16".parse().unwrap();
        assert!(network.contains("10.1.255.3".parse().unwrap()));
        assert!(network.contains("::ffff:10.1.0.1".parse().unwrap()));
        assert!(!network.contains("10.2.0.1".parse().unwrap()));
        assert!(!network.contains("::1".parse().unwrap()));
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains("192.0.2.1".parse().unwrap()));
        assert!("2001:db8::/32".parse::<Network>().unwrap().contains("2001:db8::7".parse().unwrap()));
        assert!("10.0.0.0/33".parse::<Network>().is_err());
    }

    #[test]
    fn a_lifetime_is_read_and_written_alike() {
        for text in ["10s", "30min", "10h", "7d"] {
            assert_eq!(text.parse::<Lifetime>().unwrap().to_string(), text);
        }
        for wrong in ["10", "0s", "-1d", "1 year", "400d"] {
            assert!(wrong.parse::<Lifetime>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn promise_14_passwords_in_addresses_are_masked() {
        assert_eq!(masked_url("postgres://ordinavo:p@ss:w@db/portal"), "postgres://ordinavo:********@db/portal");
        assert_eq!(masked_url("postgres://db/portal?user=a&password=b"), "postgres://db/portal?********");
        assert_eq!(masked_url("smtp://mail.example.com?tls=required"), "smtp://mail.example.com?tls=required");
        assert_eq!(masked_url("sqlite://data/ordinavo.sqlite"), "sqlite://data/ordinavo.sqlite");
        assert_eq!(format!("{:?}", Secret("p".into())), MASK);
    }
}
