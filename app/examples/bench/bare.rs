//! The page to compare with: axum alone, answering bytes from memory. Once as they are, and once
//! packed for each request as the portal's pages are.

use std::process::Command;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::client;
use crate::load::{Load, Measured, measure};
use crate::process::{Server, free_port};

/// A text with the length and the variety of a page.
fn page() -> String {
    let mut page = String::from("<!DOCTYPE html><html lang=\"th\"><title>ศาลา</title><body>");
    for number in 0..60 {
        page.push_str(&format!(
            "<p class=\"row-{number}\">คำขอเลขที่ 69-{:04}-7305 รับไว้แล้ว</p>\n",
            number * 137
        ));
    }
    page
}

pub async fn serve(port: u16) -> std::io::Result<()> {
    let page: &'static str = page().leak();
    let packed = Router::new()
        .route("/packed", get(move || async move { Html(page) }))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let router = Router::new().route("/plain", get(move || async move { Html(page) })).merge(packed);
    axum::serve(TcpListener::bind(("127.0.0.1", port)).await?, router).await
}

/// The same load as on the portal's pages.
pub async fn measured() -> Vec<(&'static str, Measured)> {
    let (own, port) = (std::env::current_exe().unwrap(), free_port());
    let mut command = Command::new(own);
    command.args(["bare", &port.to_string()]);
    let server = Server::start(&mut command, port, "/plain").await.unwrap();
    let mut all = Vec::new();
    for (name, path) in [("bare axum page", "/plain"), ("bare axum page, packed", "/packed")] {
        let load = Load::of_pages(vec![client::get(path, "")]);
        all.push((name, measure(&server, None, load).await.unwrap()));
    }
    all
}
