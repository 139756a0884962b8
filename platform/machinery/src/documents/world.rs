//! A closed world for the typesetter: one template, one set of data, two fonts, no disk, no
//! network, no clock. What a person wrote arrives as JSON strings and is never read as markup.

use std::path::PathBuf;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const REGULAR: &[u8] = include_bytes!("../../fonts/Sarabun-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/Sarabun-Bold.ttf");

/// What is the same for every document, prepared once: a page then costs milliseconds.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        [REGULAR, BOLD].into_iter().flat_map(|face| Font::iter(Bytes::new(face))).collect();
    Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// One document about to be set: a template and the files it may open.
pub struct Sheet {
    template: Source,
    files: Vec<(&'static str, Bytes)>,
}

impl Sheet {
    /// `template` is the text of a template of ours, never of a person's.
    pub fn new(template: &str, files: Vec<(&'static str, Vec<u8>)>) -> FileResult<Self> {
        let id = project_file("main.typ")?;
        let files = files.into_iter().map(|(name, data)| (name, Bytes::new(data))).collect();
        Ok(Self { template: Source::new(id, template.to_owned()), files })
    }
}

fn project_file(name: &str) -> FileResult<FileId> {
    let path = VirtualPath::new(name).map_err(|_| FileError::AccessDenied)?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &PRESS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &PRESS.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        let wanted = path.vpath().get_without_slash();
        let inside = matches!(path.root(), VirtualRoot::Project);
        self.files
            .iter()
            .find(|(name, _)| inside && *name == wanted)
            .map(|(_, data)| data.clone())
            .ok_or_else(|| FileError::NotFound(PathBuf::from(wanted)))
    }

    fn font(&self, index: usize) -> Option<Font> {
        PRESS.fonts.get(index).cloned()
    }

    /// Documents carry the date they were given, so the same data is always the same paper.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
