//! The post against a small mail server of our own.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::*;

const FROM: &str = "เทศบาลตำบลศาลาทอง <saraban@salathong.example>";

/// A server for one message: answers every command, gives back all that was said to it.
async fn server(answer_to_recipient: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        let (mut heard, mut in_data) = (String::new(), false);
        writing.write_all(b"220 test\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            heard.push_str(&line);
            heard.push('\n');
            let answer = match line.as_str() {
                "." => {
                    in_data = false;
                    "250 kept"
                }
                _ if in_data => continue,
                "DATA" => {
                    in_data = true;
                    "354 go on"
                }
                line if line.starts_with("RCPT") => answer_to_recipient,
                _ => "250 well",
            };
            writing.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
            if line == "." {
                break;
            }
        }
        heard
    });
    (url, heard)
}

/// Reads RFC 2047 words in base64, as a mail program does: two of them in a row are one text.
fn decoded(heard: &str) -> String {
    let unfolded = heard.replace("\n ", " ");
    let subject = unfolded.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap();
    let (mut out, mut before) = (String::new(), true);
    for word in subject.split(' ') {
        let inner = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
        if !(before && inner.is_some()) {
            out.push(' ');
        }
        before = inner.is_some();
        match inner {
            Some(inner) => out.push_str(&String::from_utf8(from_base64(inner)).unwrap()),
            None => out.push_str(word),
        }
    }
    out
}

fn from_base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut out) = (0u32, 0, Vec::new());
    for sign in text.bytes().filter(|sign| *sign != b'=') {
        bits = bits << 6 | SIGNS.iter().position(|known| *known == sign).unwrap() as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}

fn body(heard: &str) -> String {
    let encoded = heard.split_once("\n\n").unwrap().1.split("\n.\n").next().unwrap();
    String::from_utf8(from_base64(&encoded.replace('\n', ""))).unwrap()
}

#[tokio::test]
async fn thai_arrives_as_it_was_written() {
    let (url, heard) = server("250 well").await;
    let subject = "แจ้งผลการพิจารณาคำขอเลขที่ 2569-00042 ของท่าน";
    let text = "เรียน คุณบุญมี\n\nเรื่องของท่านมีความคืบหน้า\n.\nโปรดดูที่ https://salathong.example/track\n";
    Mailer::smtp(&url, FROM).unwrap().send("bunmi@home.example", subject, text, None).await.unwrap();
    let heard = heard.await.unwrap();
    assert!(heard.contains("RCPT TO:<bunmi@home.example>"), "{heard}");
    assert_eq!(decoded(&heard), subject);
    assert_eq!(body(&heard).replace("\r\n", "\n"), text);
    assert!(heard.contains("Auto-Submitted: auto-generated"));
    assert!(heard.is_ascii(), "everything on the line is seven bits: {heard}");
}

#[tokio::test]
async fn two_forms_of_one_message() {
    let (url, heard) = server("250 well").await;
    let mailer = Mailer::smtp(&url, FROM).unwrap();
    mailer.send("bunmi@home.example", "เรื่อง", "ข้อความ", Some("<p>ข้อความ</p>")).await.unwrap();
    let heard = heard.await.unwrap();
    assert!(heard.contains("multipart/alternative") && heard.contains("text/html; charset=utf-8"));
}

#[tokio::test]
async fn a_header_cannot_be_smuggled_in() {
    let mailer = Mailer::smtp("smtp://127.0.0.1:9", FROM).unwrap();
    for (to, subject) in [
        ("a@b.example\r\nBcc: all@b.example", "news"),
        ("a@b.example, c@d.example", "news"),
        ("a@b.example>\r\nDATA", "news"),
        ("a@b.example", "news\r\nBcc: all@b.example"),
        ("a@b.example", "news\nX: y"),
    ] {
        let refused = mailer.send(to, subject, "text", None).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{to:?} {subject:?} {refused:?}");
    }
    assert!(Mailer::smtp("smtp://127.0.0.1", "a@b.example\r\nBcc: c@d.example").is_err());
}

#[tokio::test]
async fn a_refusal_is_not_tried_again_and_a_silence_is() {
    let (url, _heard) = server("550 no such bunmi@home.example").await;
    let refused = Mailer::smtp(&url, FROM).unwrap().send("bunmi@home.example", "s", "t", None).await;
    let Err(Error::Internal(why)) = refused else { panic!("{refused:?}") };
    assert!(!why.contains("bunmi"), "{why}");

    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let unsent =
        Mailer::smtp(&format!("smtp://{nobody}"), FROM).unwrap().send("a@b.example", "s", "t", None).await;
    assert!(matches!(unsent, Err(Error::Unavailable(_))), "{unsent:?}");
}

#[tokio::test]
async fn the_outbox_takes_everything() {
    Mailer::Outbox.send("a@b.example", "s", "t", None).await.unwrap();
}

#[tokio::test]
async fn lines_out_of_the_house_are_encrypted() {
    assert_eq!(guarded("smtp://u:p@mail.example:587"), "smtp://u:p@mail.example:587?tls=required");
    assert_eq!(guarded("smtp://localhost.evil.example"), "smtp://localhost.evil.example?tls=required");
    assert_eq!(guarded("smtp://relay.example?tls=none"), "smtp://relay.example");
    for as_it_is in
        ["smtp://127.0.0.1:2525", "smtps://u:p@mail.example", "smtp://m.example?tls=opportunistic"]
    {
        assert_eq!(guarded(as_it_is), as_it_is);
    }
    let mailer = Mailer::smtp("smtps://user:secret@mail.example", FROM).unwrap();
    assert!(!format!("{mailer:?}").contains("secret"));
}
