//! A mail server of a story's own: keeps what it is handed, or refuses as it is told to.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A letter as it came over the line: to whom, and everything from its first header to its last line.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to: String,
    pub text: String,
}

pub struct PostOffice {
    pub address: SocketAddr,
    letters: Arc<Mutex<Vec<Letter>>>,
    serving: JoinHandle<()>,
}

impl PostOffice {
    /// Takes every letter.
    pub async fn open() -> Self {
        Self::answering("250 well").await
    }

    /// Says that to every recipient, such as `550 unknown` or `451 later`.
    pub async fn answering(to_recipient: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let letters = Arc::<Mutex<Vec<Letter>>>::default();
        let kept = Arc::clone(&letters);
        let serving = tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(talk(line, to_recipient, Arc::clone(&kept)));
            }
        });
        Self { address, letters, serving }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn talk(line: TcpStream, to_recipient: &'static str, letters: Arc<Mutex<Vec<Letter>>>) {
    let (reading, mut writing) = line.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut letter = Letter { to: String::new(), text: String::new() };
    let mut in_letter = false;
    let _ = writing.write_all(b"220 story\r\n").await;
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.as_str() {
            "." if in_letter => {
                in_letter = false;
                letters.lock().unwrap().push(letter.clone());
                letter.text.clear();
                "250 kept"
            }
            _ if in_letter => {
                letter.text.push_str(&line);
                letter.text.push('\n');
                continue;
            }
            "DATA" => {
                in_letter = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            line if line.starts_with("RCPT TO:") => {
                letter.to = line["RCPT TO:<".len()..].split('>').next().unwrap_or_default().to_owned();
                to_recipient
            }
            _ => "250 well",
        };
        if writing.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}
