//! Answers as pages show them: a group per step, files by name as links.

use engine::Lang;
use engine::files::File;
use engine::questionnaire::{Answers, Questionnaire, Shown};
use engine::thai::masked_national_id;
use web::KeptFile;

pub struct Group {
    pub step: String,
    pub title: String,
    pub answers: Vec<Answer>,
}

pub struct Answer {
    pub label: String,
    pub lines: Vec<String>,
    pub files: Vec<KeptFile>,
}

pub struct Look<'a> {
    pub lang: Lang,
    pub files: &'a [File],
    /// Path under which the files are opened.
    pub base: &'a str,
    /// Of a national identity number the last four digits alone.
    pub masked: bool,
}

impl Look<'_> {
    pub fn groups(&self, form: &Questionnaire, answers: &Answers) -> Vec<Group> {
        form.shown(answers, self.lang)
            .into_iter()
            .map(|group| Group {
                step: group.step,
                title: group.title,
                answers: group.answers.into_iter().map(|shown| self.answer(shown)).collect(),
            })
            .collect()
    }

    fn answer(&self, shown: Shown) -> Answer {
        let lines = match self.masked && shown.national_id {
            true => shown.lines.iter().map(|line| masked_national_id(line)).collect(),
            false => shown.lines,
        };
        Answer { label: shown.label, lines, files: self.kept(shown.files.iter().map(String::as_str)) }
    }

    /// Those of the files that are named, in that order.
    pub fn kept<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<KeptFile> {
        let known = |id: &str| self.files.iter().find(|file| file.id == id);
        ids.filter_map(known).map(|file| KeptFile::of(file, self.base)).collect()
    }
}
