//! The pages of `docs/reference` are what the manifests say today.

use sala::reference::ALL;

use crate::{root, sources};

#[test]
fn reference_pages_are_current() {
    let words = sala::words().unwrap();
    for page in ALL {
        let kept = std::fs::read_to_string(root().join("docs/reference").join(format!("{}.md", page.name)));
        let says = "run `cargo run -p sala -- reference all docs/reference`";
        assert!(kept.is_ok_and(|kept| kept == (page.write)(&words)), "{}.md is old: {says}", page.name);
    }
}

#[test]
fn no_page_of_the_reference_is_left_over() {
    for file in sources(&["docs/reference"], "md") {
        let name = file.path.trim_start_matches("docs/reference/").trim_end_matches(".md");
        assert!(ALL.iter().any(|page| page.name == name), "{}", file.path);
    }
}

/// What README tells a newcomer to type is there.
#[test]
fn commands_named_in_the_guides_exist() {
    let mut checked = 0;
    for guide in ["README.md", "ARCHITECTURE.md", "STYLE.md"] {
        let text = std::fs::read_to_string(root().join(guide)).unwrap();
        for rest in text.split("bin/").skip(1) {
            let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
            assert!(root().join("bin").join(&name).is_file(), "{guide} names bin/{name}");
            checked += 1;
        }
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(link.starts_with("http") || root().join(link).exists(), "{guide} leads to {link}");
        }
    }
    assert!(checked > 0);
}
