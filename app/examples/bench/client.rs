//! A client that costs little: one connection kept open, requests one after the other, bodies
//! counted and not unpacked.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub struct Client {
    port: u16,
    stream: TcpStream,
    kept: Vec<u8>,
}

pub struct Answer {
    pub status: u16,
    pub location: String,
    /// `name=value` of every cookie that was set.
    pub cookies: Vec<String>,
    pub length: usize,
}

/// The bytes of a request as browsers send it.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip, deflate, br\r\ncookie: {cookie}\r\n\r\n"
    )
    .into_bytes()
}

pub fn post(path: &str, cookie: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip, deflate, br\r\ncookie: {cookie}\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

impl Client {
    pub async fn connect(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { port, stream, kept: Vec::with_capacity(64 * 1024) })
    }

    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        self.kept.clear();
        let head_end = loop {
            if let Some(at) = find(&self.kept, b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.kept[..head_end]).into_owned();
        self.body(&head, head_end).await?;
        let answer = answer(&head, self.kept.len() - head_end);
        if header(&head, "connection").any(|value| value == "close") {
            *self = Self::connect(self.port).await?;
        }
        Ok(answer)
    }

    async fn body(&mut self, head: &str, from: usize) -> io::Result<()> {
        let length = header(head, "content-length").next().and_then(|text| text.parse::<usize>().ok());
        let chunked = header(head, "transfer-encoding").any(|value| value == "chunked");
        while match length {
            Some(length) => self.kept.len() < from + length,
            None => chunked && !self.kept.ends_with(b"0\r\n\r\n"),
        } {
            self.more().await?;
        }
        Ok(())
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.kept).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn header<'a>(head: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn answer(head: &str, length: usize) -> Answer {
    let cookies = header(head, "set-cookie").filter_map(|line| line.split(';').next()).map(str::to_owned);
    Answer {
        status: head.get(9..12).and_then(|code| code.parse().ok()).unwrap_or_default(),
        location: header(head, "location").next().unwrap_or_default().to_owned(),
        cookies: cookies.collect(),
        length,
    }
}
