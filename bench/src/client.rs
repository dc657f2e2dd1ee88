//! A browser without script, as far as the bench needs one: one kept connection, one question after the other.

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::Result;

pub struct Client {
    address: SocketAddr,
    cookie: String,
    stream: BufReader<TcpStream>,
}

#[derive(Default)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: Vec<u8>,
}

impl Client {
    /// A contact's browser, with its session.
    pub async fn connect(address: SocketAddr, session: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { address, cookie: format!("ordinavo_portal={session}"), stream: BufReader::new(stream) })
    }

    /// The page of a path; anything else than a page is an error.
    pub async fn get(&mut self, path: &str) -> Result<Vec<u8>> {
        let answer = self.ask("GET", path, "").await?;
        if answer.status == 200 { Ok(answer.body) } else { Err(format!("{path} answered {}", answer.status).into()) }
    }

    /// Sends a form and gives where it leads; anything else than a way on is an error.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let answer = self.ask("POST", path, &serde_urlencoded::to_string(fields)?).await?;
        if answer.status == 303 || answer.status == 302 {
            Ok(answer.location)
        } else {
            Err(format!("{path} answered {}", answer.status).into())
        }
    }

    async fn ask(&mut self, method: &str, path: &str, form: &str) -> Result<Answer> {
        let (host, cookie, length) = (self.address, &self.cookie, form.len());
        let question = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
        );
        self.stream.write_all(question.as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> Result<Answer> {
        let mut answer = Answer::default();
        let status = self.line().await?;
        answer.status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("no answer")?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "transfer-encoding" => chunked = value.trim() == "chunked",
                "location" => answer.location = value.trim().to_owned(),
                _ => {}
            }
        }
        while chunked {
            let line = self.line().await?;
            let size = usize::from_str_radix(&line, 16)?;
            self.part(&mut answer.body, size).await?;
            self.line().await?;
            chunked = size > 0;
        }
        self.part(&mut answer.body, length).await?;
        Ok(answer)
    }

    async fn part(&mut self, body: &mut Vec<u8>, size: usize) -> Result<()> {
        let start = body.len();
        body.resize(start + size, 0);
        self.stream.read_exact(&mut body[start..]).await?;
        Ok(())
    }

    /// The next line without its end; a connection that ended has none.
    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err("the connection was closed".into());
        }
        Ok(line.trim_end().to_owned())
    }
}
