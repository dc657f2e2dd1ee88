//! Mail: queued as job rows in the transaction of the change, sent afterwards at least once. A mail names the company, the kind of event,
//! the request's number and a link; nothing that a forwarded copy would leak.

use std::path::PathBuf;

use askama::Template;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use rand::RngExt;
use uuid::Uuid;

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::{ContactId, InvitationId, JobId, ResetId, Token};
use crate::journal::Write;
use crate::notification::Topic;
use crate::system::System;
use crate::text::{Lang, Text};

mod digest;
pub mod notice;

closed_set! {
    /// Kinds of work that wait in the table `job`.
    pub(crate) enum JobKind {
        Invitation = "invitation_mail",
        Reset = "reset_mail",
        Notice = "notice_mail",
        Digest = "digest_mail",
    }
}

/// How mail leaves.
pub enum Mailer {
    Smtp {
        transport: AsyncSmtpTransport<Tokio1Executor>,
        from: Mailbox,
    },
    /// As .eml files in a folder: no server is set.
    Folder {
        transport: AsyncFileTransport<Tokio1Executor>,
        from: Mailbox,
    },
}

impl Mailer {
    /// Mail through a server: `smtps://user:password@host`, `smtp://host?tls=required`, or `smtp://127.0.0.1:25` without encryption.
    ///
    /// # Errors
    /// When the address is not understood, or asks for an unencrypted connection to another machine.
    pub fn smtp(url: &str, credentials: Option<(String, String)>, from: &str) -> Result<Self> {
        if !is_encrypted(url) && !is_loopback(url) {
            return Err(Error::Broken("SMTP to another machine needs smtps:// or ?tls=required".into()));
        }
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| Error::Broken("the SMTP address is not understood".into()))?;
        if let Some((user, password)) = credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self::Smtp { transport: builder.build(), from: mailbox(from)? })
    }

    /// Mail as files, for the demo and for a start without a server.
    pub fn folder(folder: PathBuf, from: &str) -> Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self::Folder { transport: AsyncFileTransport::new(folder), from: mailbox(from)? })
    }

    fn from(&self) -> &Mailbox {
        match self {
            Self::Smtp { from, .. } | Self::Folder { from, .. } => from,
        }
    }

    async fn send(&self, message: Message) -> std::result::Result<(), String> {
        match self {
            Self::Smtp { transport, .. } => transport.send(message).await.map(drop).map_err(|e| e.to_string()),
            Self::Folder { transport, .. } => transport.send(message).await.map(drop).map_err(|e| e.to_string()),
        }
    }
}

/// Whether the connection is encrypted from its start, or must become so before anything is said.
fn is_encrypted(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    url.starts_with("smtps://") || query.split('&').any(|part| part == "tls=required")
}

fn is_loopback(url: &str) -> bool {
    let authority = url.strip_prefix("smtp://").unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    matches!(name, "127.0.0.1" | "localhost" | "::1")
}

fn mailbox(address: &str) -> Result<Mailbox> {
    address.parse().map_err(|_| Error::Broken(format!("{address:?} is no mail address")))
}

/// Adds a mail to what is to be done once the change commits.
pub(crate) async fn queue(w: &mut Write<'_>, kind: JobKind, contact: ContactId, subject: Option<Uuid>) -> Result<()> {
    queue_for_event(w, kind, contact, subject, None).await
}

async fn queue_for_event(w: &mut Write<'_>, kind: JobKind, contact: ContactId, subject: Option<Uuid>, event: Option<i64>) -> Result<()> {
    let now = w.now;
    change!(
        w,
        "INSERT INTO job (id, kind, contact_id, event_seq, subject_id, run_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
        JobId::new(),
        kind,
        contact,
        event,
        subject,
        now,
    )?;
    Ok(())
}

/// How long a node may work on a mail before another takes it, in seconds.
const LEASE: i64 = 120;
const MOST_ATTEMPTS: i64 = 10;

#[derive(sqlx::FromRow)]
struct Job {
    id: JobId,
    kind: JobKind,
    attempts: i64,
    event_seq: Option<i64>,
    subject_id: Option<Uuid>,
    contact_id: ContactId,
    email: String,
    name: String,
    lang: Lang,
}

/// The words of one mail.
pub(crate) struct Letter {
    pub subject: String,
    pub sentence: String,
    /// What a digest tells, line by line; no other mail has any.
    pub lines: Vec<Link>,
    pub action: Text,
    /// Path and query at the portal.
    pub path: String,
    pub note: Text,
    /// None for mails about the account, which cannot be stopped.
    pub stops: Option<Stops>,
}

/// Which mails the link at the end of a mail stops.
#[derive(Clone, Copy)]
pub(crate) enum Stops {
    Topic(Topic),
    Digest,
}

/// A sentence with the address that it leads to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub label: String,
    pub url: String,
}

/// The absolute address of a path at the portal.
fn link_to(public_url: &str, path: &str) -> String {
    format!("{}{path}", public_url.trim_end_matches('/'))
}

#[derive(Template)]
#[template(path = "mail.txt", escape = "none")]
struct TextPart<'a> {
    greeting: &'a str,
    sentence: &'a str,
    lines: &'a [Link],
    action: &'a str,
    link: &'a str,
    note: &'a str,
    company: &'a str,
    footer: &'a [Link],
}

#[derive(Template)]
#[template(path = "mail.html")]
struct HtmlPart<'a> {
    lang: &'a str,
    subject: &'a str,
    greeting: &'a str,
    sentence: &'a str,
    lines: &'a [Link],
    action: &'a str,
    link: &'a str,
    note: &'a str,
    company: &'a str,
    footer: &'a [Link],
}

impl System {
    /// Sends the mails that are due and gives how many left.
    pub async fn send_due_mail(&self, mailer: &Mailer) -> Result<usize> {
        let mut sent = 0;
        while let Some(job) = self.lease().await? {
            match self.deliver(mailer, &job).await {
                Ok(delivered) => {
                    self.finish(&job).await?;
                    sent += usize::from(delivered);
                }
                Err(error) => self.put_back(&job, &error.to_string()).await?,
            }
        }
        Ok(sent)
    }

    /// Takes the next due job by compare and swap, so that two nodes never work on the same one.
    async fn lease(&self) -> Result<Option<Job>> {
        loop {
            let now = self.db.now();
            let next = read!(
                self.db.main_reader(),
                Option<Job>,
                "SELECT j.id, j.kind, j.attempts, j.event_seq, j.subject_id, j.contact_id, c.email, c.name, c.lang
                 FROM job j JOIN contact c ON c.id = j.contact_id
                 WHERE j.done_at IS NULL AND j.gave_up_at IS NULL AND j.run_at <= $1 AND (j.leased_until IS NULL OR j.leased_until <= $1)
                 ORDER BY j.run_at, j.id LIMIT 1",
                now,
            )?;
            let Some(job) = next else { return Ok(None) };
            let mut w = self.db.write().await?;
            if job.kind == JobKind::Digest {
                digest::hold(&mut w, job.contact_id).await?;
            }
            let taken = change!(
                w,
                "UPDATE job SET attempts = attempts + 1, leased_until = $3
                 WHERE id = $1 AND attempts = $2 AND done_at IS NULL AND gave_up_at IS NULL",
                job.id,
                job.attempts,
                now.plus(LEASE),
            )?;
            if taken == 1 && job.kind == JobKind::Digest {
                digest::gather(&mut w, job.id, job.contact_id).await?;
            }
            w.commit_unrecorded().await?;
            if taken == 1 {
                return Ok(Some(job));
            }
        }
    }

    /// Sends one mail, if its reason still holds for its recipient.
    async fn deliver(&self, mailer: &Mailer, job: &Job) -> Result<bool> {
        let letter = match (job.kind, job.subject_id, job.event_seq) {
            (JobKind::Invitation, Some(id), _) => self.invitation_letter(InvitationId::from(id), job).await?,
            (JobKind::Reset, Some(id), _) => self.reset_letter(ResetId::from(id)).await?,
            (JobKind::Notice, _, Some(seq)) => notice::letter(&self.db, seq, job.contact_id, job.lang).await?,
            (JobKind::Digest, ..) => digest::letter(&self.db, job.id, job.contact_id, job.lang, &self.db.settings().public_url).await?,
            _ => None,
        };
        let Some(letter) = letter else { return Ok(false) };
        let stop = match letter.stops {
            Some(stops) => Some(self.stop_link(job.contact_id, stops).await?),
            None => None,
        };
        let company = self.db.anonymous().company().await?.name;
        let message = compose(&letter, stop, job, &company, &self.db.settings().public_url, mailer.from())?;
        mailer.send(message).await.map_err(Error::Broken)?;
        Ok(true)
    }

    /// Mints the token of a mail's link that stops such mails. A new one each time: its hash alone is kept, so the last mail's cannot be
    /// written again, and there is no key of the installation that it could be made from.
    async fn stop_link(&self, contact: ContactId, stops: Stops) -> Result<String> {
        let topic = match stops {
            Stops::Topic(topic) => Some(topic),
            Stops::Digest => None,
        };
        let token = Token::new();
        let mut w = self.db.write().await?;
        let now = w.now;
        change!(
            w,
            "INSERT INTO unsubscribe_token (token_hash, contact_id, topic, created_at) VALUES ($1, $2, $3, $4)",
            token.hash(),
            contact,
            topic,
            now,
        )?;
        w.commit_unrecorded().await?;
        Ok(link_to(&self.db.settings().public_url, &format!("/unsubscribe/{}", token.reveal())))
    }

    /// Mints the invitation's token; only its hash stays here.
    async fn invitation_letter(&self, invitation: InvitationId, job: &Job) -> Result<Option<Letter>> {
        let token = Token::new();
        let mut w = self.db.write().await?;
        let now = w.now;
        let open = change!(
            w,
            "UPDATE invitation SET token_hash = $2, sent_at = $3
             WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3",
            invitation,
            token.hash(),
            now,
        )?;
        w.commit_unrecorded().await?;
        let company = self.db.anonymous().company().await?.name;
        Ok((open == 1).then(|| Letter {
            subject: Text::new("Your invitation to the customer portal", "Ihre Einladung zum Kundenportal").get(job.lang).to_owned(),
            sentence: Text::new("{company} invites you to its customer portal.", "{company} lädt Sie in das Kundenportal ein.")
                .fill(job.lang, &[("company", &company)]),
            lines: Vec::new(),
            action: Text::new("Accept the invitation", "Einladung annehmen"),
            path: format!("/invite/{}", token.reveal()),
            note: Text::new(
                "The link is meant for you alone. Please do not forward it.",
                "Der Link ist nur für Sie. Bitte leiten Sie ihn nicht weiter.",
            ),
            stops: None,
        }))
    }

    async fn reset_letter(&self, reset: ResetId) -> Result<Option<Letter>> {
        let token = Token::new();
        let mut w = self.db.write().await?;
        let now = w.now;
        let open = within!(
            w,
            Option<(Lang,)>,
            "UPDATE password_reset SET token_hash = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $3
             RETURNING (SELECT lang FROM contact WHERE id = contact_id) AS lang",
            reset,
            token.hash(),
            now,
        )?;
        w.commit_unrecorded().await?;
        Ok(open.map(|(lang,)| Letter {
            subject: Text::new("Set a new password", "Neues Passwort setzen").get(lang).to_owned(),
            sentence: Text::new(
                "You can set a new password with this link within one hour.",
                "Mit diesem Link können Sie innerhalb einer Stunde ein neues Passwort setzen.",
            )
            .get(lang)
            .to_owned(),
            lines: Vec::new(),
            action: Text::new("Set a new password", "Neues Passwort setzen"),
            path: format!("/reset/{}", token.reveal()),
            note: Text::new(
                "If you did not ask for it, you can ignore this email.",
                "Wenn Sie das nicht angefordert haben, können Sie diese Mail ignorieren.",
            ),
            stops: None,
        }))
    }

    async fn finish(&self, job: &Job) -> Result<()> {
        let mut w = self.db.write().await?;
        let now = w.now;
        change!(w, "UPDATE job SET done_at = $2, leased_until = NULL WHERE id = $1", job.id, now)?;
        w.commit_unrecorded().await
    }

    /// Tries again later: after 30 s, doubling, with jitter; gives up after ten attempts.
    async fn put_back(&self, job: &Job, error: &str) -> Result<()> {
        let attempts = job.attempts + 1;
        let wait = 30_i64 << attempts.clamp(0, 12);
        let again = self.db.now().plus(wait + rand::rng().random_range(0..30));
        let gave_up: Option<Instant> = (attempts >= MOST_ATTEMPTS).then(|| self.db.now());
        tracing::warn!(job = %job.id, attempts, error, "mail not sent");
        let mut w = self.db.write().await?;
        change!(
            w,
            "UPDATE job SET run_at = $2, leased_until = NULL, gave_up_at = $3, last_error = $4 WHERE id = $1",
            job.id,
            again,
            gave_up,
            error,
        )?;
        w.commit_unrecorded().await
    }
}

fn compose(letter: &Letter, stop: Option<String>, job: &Job, company: &str, public_url: &str, from: &Mailbox) -> Result<Message> {
    let lang = job.lang;
    let greeting = Text::new("Hello {name},", "Guten Tag {name},").fill(lang, &[("name", &job.name)]);
    let subject = format!("{company}: {}", letter.subject);
    let link = link_to(public_url, &letter.path);
    let (action, note, sentence, lines) =
        (letter.action.get(lang), letter.note.get(lang), letter.sentence.as_str(), letter.lines.as_slice());
    let footer = footer(stop.as_deref(), public_url, lang);
    let footer = footer.as_slice();
    let broken = |e: askama::Error| Error::Broken(format!("mail template: {e}"));
    let text = TextPart { greeting: &greeting, sentence, lines, action, link: &link, note, company, footer }.render().map_err(broken)?;
    let html =
        HtmlPart { lang: lang.word(), subject: &subject, greeting: &greeting, sentence, lines, action, link: &link, note, company, footer }
            .render()
            .map_err(broken)?;
    let to = job.email.parse().map_err(|_| Error::Broken("a contact's address is none".into()))?;
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(subject)
        // The same on every attempt, so that a mail that left twice is recognised as one.
        .message_id(Some(format!("<{}@ordinavo>", job.id)));
    if let Some(stop) = stop {
        // RFC 8058: mail programs offer a button of their own, which posts to the link.
        message = message
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{stop}>")))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click".into()));
    }
    message.multipart(MultiPart::alternative_plain_html(text, html)).map_err(|e| Error::Broken(format!("mail: {e}")))
}

/// The links at the end of a mail that can be stopped.
fn footer(stop: Option<&str>, public_url: &str, lang: Lang) -> Vec<Link> {
    let Some(stop) = stop else { return Vec::new() };
    let link = |label: Text, url: String| Link { label: label.get(lang).to_owned(), url };
    vec![
        link(Text::new("Change which emails you get", "Mails auswählen"), link_to(public_url, "/account/notifications")),
        link(Text::new("Stop these emails", "Diese Mails abbestellen"), stop.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promise_14_mail_leaves_this_machine_encrypted_or_not_at_all() {
        for url in
            ["smtp://mail.example", "smtp://127.0.0.1.evil.example", "smtp://localhost@evil.example", "smtp://evil.example/?x=tls=required"]
        {
            assert!(Mailer::smtp(url, None, "portal@example.com").is_err(), "{url}");
        }
        for url in
            ["smtps://mail.example", "smtp://mail.example?tls=required", "smtp://127.0.0.1:25", "smtp://[::1]:1025", "smtp://localhost"]
        {
            assert!(Mailer::smtp(url, None, "portal@example.com").is_ok(), "{url}");
        }
    }
}
