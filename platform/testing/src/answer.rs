//! What came back, and what was expected of it.

pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: Vec<u8>,
    pub headers: http::HeaderMap,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "{words} is not in {}", self.text());
        self
    }

    #[track_caller]
    pub fn keeps_quiet_about(self, words: &str) -> Self {
        assert!(!self.text().contains(words), "{words} is in {}", self.text());
        self
    }

    #[track_caller]
    pub fn redirected(self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        self.location
    }

    /// Where the page leads: the addresses of its links that stay on the portal, in order.
    pub fn links(&self) -> Vec<String> {
        self.values_of(" href=\"")
    }

    /// Where the forms of the page are sent.
    pub fn forms(&self) -> Vec<String> {
        self.values_of(" action=\"")
    }

    fn values_of(&self, start: &str) -> Vec<String> {
        let text = self.text();
        let values = text.split(start).skip(1).filter_map(|rest| rest.split('"').next());
        values
            .filter(|value| value.starts_with('/') && !value.starts_with("//"))
            .map(|value| value.replace("&#38;", "&").replace("&amp;", "&"))
            .map(|value| value.split('#').next().unwrap_or_default().to_owned())
            .collect()
    }
}
