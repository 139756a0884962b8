//! Fields of a form that is no questionnaire, such as the one for signing in; and the path a form
//! leads on to.

use crate::fields::{Field, FieldOption, Input};
use crate::{FieldError, error_for};

impl Field {
    fn new(id: &str, label: &str, input: Input) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            help: None,
            required: true,
            error: None,
            input,
            visible_question: String::new(),
            visible_values: String::new(),
        }
    }

    /// One line; `mode` is the keyboard a telephone shows.
    pub fn line(id: &str, label: &str, value: &str, mode: &'static str, autocomplete: &'static str) -> Self {
        let input = Input::Line { value: value.to_owned(), mode, autocomplete, short: mode == "numeric" };
        Self::new(id, label, input)
    }

    pub fn password(id: &str, label: &str, autocomplete: &'static str) -> Self {
        Self::new(id, label, Input::Password { autocomplete })
    }

    /// A day in three parts: day, month, Buddhist year, as typed or as it is.
    pub fn date(id: &str, label: &str, parts: [String; 3]) -> Self {
        Self::new(id, label, Input::Date { parts })
    }

    /// One of several, by value and label.
    pub fn choice(id: &str, label: &str, options: Vec<(String, String)>, chosen: &str) -> Self {
        let options = options
            .into_iter()
            .map(|(value, label)| FieldOption { chosen: value == chosen, value, label, help: None })
            .collect();
        Self::new(id, label, Input::Options { several: false, options })
    }

    #[must_use]
    pub fn helped(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }

    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// With the problem that was found at it, if any.
    #[must_use]
    pub fn checked(mut self, errors: &[FieldError]) -> Self {
        let parts = ["", "-day", "-month", "-year"].map(|part| format!("{}{part}", self.id));
        self.error = parts.iter().find_map(|name| error_for(errors, name)).map(str::to_owned);
        self
    }
}

/// A path of this portal, or nothing: nobody is led elsewhere by a link someone else wrote.
pub fn local(path: &str) -> Option<&str> {
    let plain = path.chars().all(|sign| sign.is_ascii_graphic() && sign != '\\');
    (path.starts_with('/') && !path.starts_with("//") && plain).then_some(path)
}

/// A text as a value within an address.
pub fn in_query(text: &str) -> String {
    let pair = serde_urlencoded::to_string([("", text)]).unwrap_or_default();
    pair.trim_start_matches('=').to_owned()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn no_form_leads_away_from_the_portal() {
        assert_eq!(local("/desk?view=mine"), Some("/desk?view=mine"));
        for away in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "desk", "/a\r\nb", "/\tb"]
        {
            assert_eq!(local(away), None, "{away}");
        }
    }
}
