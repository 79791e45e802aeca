//! The content in force: the files embedded in the binary, with an overlay folder laid over them.
//!
//! An overlay file replaces the embedded file of the same path as a whole; keys are never merged. The digest of what is in
//! force goes into every figure's basis and every report.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use model::content::{Content, Diagnostic, SourceFile};
use model::definition::Report;
use model::finding::{Finding, Place, Severity};
use office::docx::{compose, parse_manuscript};
use sha2::{Digest, Sha256};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// Content with the files it was read from.
#[derive(Debug)]
pub struct Library {
    /// The checked definitions.
    pub content: Content,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
    /// SHA-256 over all paths and bytes, lower-case hex.
    pub digest: String,
    files: BTreeMap<String, Vec<u8>>,
    /// The park's own folder, laid over the embedded content where it is there.
    own: Option<PathBuf>,
    /// The folder laid over both.
    overlay: Option<PathBuf>,
}

/// The folder of a park's own content inside its data folder.
pub const OWN: &str = "content";

/// The overlay folder could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}")]
pub struct OverlayFault {
    /// Which file or folder.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

impl Library {
    /// Loads the embedded content with an optional overlay folder.
    ///
    /// # Errors
    /// [`OverlayFault`] when the overlay folder or a file in it cannot be read. Wrong definitions are no error here: they are
    /// in `diagnostics`.
    pub fn load(overlay: Option<&Path>) -> Result<Self, OverlayFault> {
        Self::layered(None, overlay.map(Path::to_owned))
    }

    /// Loads the content of a park: embedded, over it the park's own folder inside its data folder where there is one, over
    /// that an overlay folder.
    ///
    /// # Errors
    /// As [`Library::load`].
    pub fn load_for(data: &Path, overlay: Option<&Path>) -> Result<Self, OverlayFault> {
        Self::layered(Some(data.join(OWN)), overlay.map(Path::to_owned))
    }

    /// Loads it again from the same folders.
    ///
    /// # Errors
    /// As [`Library::load`].
    pub fn reloaded(&self) -> Result<Self, OverlayFault> {
        Self::layered(self.own.clone(), self.overlay.clone())
    }

    fn layered(own: Option<PathBuf>, overlay: Option<PathBuf>) -> Result<Self, OverlayFault> {
        let mut files = BTreeMap::new();
        embedded(&EMBEDDED, &mut files);
        for folder in own.iter().filter(|folder| folder.is_dir()).chain(&overlay) {
            overlaid(folder, folder, &mut files)?;
        }
        Ok(Self { own, overlay, ..Self::of(files) })
    }

    /// This content with some files added or replaced, in memory only.
    pub fn with(&self, more: &[(String, String)]) -> Self {
        self.with_bytes(more.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())))
    }

    /// The same with files of any kind.
    pub fn with_bytes(&self, more: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut files = self.files.clone();
        files.extend(more);
        Self { own: self.own.clone(), overlay: self.overlay.clone(), ..Self::of(files) }
    }

    /// What is wrong here and was not in the content before, as findings with file and line.
    pub fn wrong_since(&self, before: &Self, code: &str) -> Vec<Finding> {
        let new = self.diagnostics.iter().filter(|found| !before.diagnostics.contains(found));
        new.map(|found| self.finding(found, code)).collect()
    }

    fn finding(&self, found: &Diagnostic, code: &str) -> Finding {
        let text = self.text(&found.path);
        let before = text.get(..found.at.start.min(text.len())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        Finding {
            code: code.to_owned(),
            severity: Severity::Error,
            place: Place { file: found.path.clone(), cell: line.to_string(), ..Place::default() },
            message: found.message.clone(),
            hint: found.hint.clone(),
        }
    }

    /// Keeps a file in a park's own folder, whole or not at all: half a file would keep the whole content from loading.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn keep(data: &Path, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        let to = data.join(OWN).join(path);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let part = to.with_extension("part");
        std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, &to))
    }

    /// All files as one piece of bytes, to be kept beside what was made with them; the same files give the same bytes.
    pub fn packed(&self) -> Vec<u8> {
        postcard::to_stdvec(&self.files).expect("paths and bytes always have a packed form")
    }

    /// Content from the bytes of [`Library::packed`]; nothing when they are none.
    pub fn unpacked(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok().map(Self::of)
    }

    /// Content from given files only.
    pub fn of(files: BTreeMap<String, Vec<u8>>) -> Self {
        let sources: Vec<SourceFile> = files
            .iter()
            .filter(|(path, _)| path.ends_with(".toml") && !path.starts_with("demo/"))
            .map(|(path, bytes)| SourceFile {
                path: path.clone(),
                text: String::from_utf8_lossy(bytes).into_owned(),
            })
            .collect();
        let (content, diagnostics) = Content::load(&sources);
        Self { content, diagnostics, digest: digest(&files), files, own: None, overlay: None }
    }

    /// Runs the vectors of all schemes and the checks of all ladders and policies through their engines; what does not come out joins the diagnostics. Loading does not do it:
    /// the vectors of a scheme hold until somebody edits it.
    pub fn prove(&mut self) {
        for scheme in self.content.schemes.values() {
            let path = format!("schemes/{}.toml", scheme.id);
            self.diagnostics.extend(assess::vectors::check(scheme).into_iter().map(|wrong| Diagnostic {
                path: path.clone(),
                at: wrong.at,
                message: wrong.message,
                hint: wrong.hint,
            }));
        }
        for ladder in self.content.ladders.values() {
            let path = format!("ladders/{}.toml", ladder.id);
            let wrong = assess::ladder::check(&self.content.data, ladder);
            self.diagnostics.extend(wrong.into_iter().map(|wrong| Diagnostic {
                path: path.clone(),
                at: wrong.at,
                message: wrong.message,
                hint: wrong.hint,
            }));
        }
        for policy in self.content.policies.values() {
            let path = format!("policies/{}.toml", policy.id);
            self.diagnostics.extend(assess::policy::check(policy).into_iter().map(|wrong| Diagnostic {
                path: path.clone(),
                at: wrong.at,
                message: wrong.message,
                hint: wrong.hint,
            }));
        }
        self.diagnostics.sort_by(|a, b| (&a.path, a.at.start).cmp(&(&b.path, b.at.start)));
    }

    /// A file's bytes by its path under the content folder.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The text of a file, for showing diagnostics.
    pub fn text(&self, path: &str) -> String {
        self.file(path).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default()
    }

    /// The files under a folder as (path, text).
    pub fn texts_under(&self, folder: &str) -> Vec<(String, String)> {
        let inside = |path: &&String| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.files.keys().filter(inside).map(|path| (path.clone(), self.text(path))).collect()
    }

    /// The bytes of a report's template: a Word file, or a manuscript (`.txt`) composed in the page and type style of
    /// official documents.
    pub fn template(&self, report: &Report) -> Option<Cow<'_, [u8]>> {
        let bytes = self.file(&format!("reports/{}/{}", report.id, report.template))?;
        let manuscript = Path::new(&report.template).extension().is_some_and(|end| end == "txt");
        Some(if manuscript {
            Cow::Owned(compose(&parse_manuscript(&String::from_utf8_lossy(bytes))))
        } else {
            Cow::Borrowed(bytes)
        })
    }
}

fn embedded(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        files.insert(slashed(file.path()), file.contents().to_vec());
    }
    for inner in dir.dirs() {
        embedded(inner, files);
    }
}

fn overlaid(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), OverlayFault> {
    let fault = |path: &Path| {
        let path = path.to_owned();
        move |source| OverlayFault { path, source }
    };
    for entry in std::fs::read_dir(folder).map_err(fault(folder))? {
        let path = entry.map_err(fault(folder))?.path();
        if path.is_dir() {
            overlaid(root, &path, files)?;
        } else {
            let bytes = std::fs::read(&path).map_err(fault(&path))?;
            let relative = path.strip_prefix(root).expect("read_dir lists what is inside the folder");
            files.insert(slashed(relative), bytes);
        }
    }
    Ok(())
}

fn slashed(path: &Path) -> String {
    path.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn digest(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        hasher.update((path.len() as u64).to_le_bytes());
        hasher.update(path);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_replaces_whole_files() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(
            folder.path().join("units.toml"),
            "[[unit]]\nid = \"x\"\ndimension = \"ratio\"\nfactor = \"1\"\n",
        )
        .expect("written");
        let plain = Library::load(None).expect("embedded content");
        let over = Library::load(Some(folder.path())).expect("overlaid content");
        assert!(plain.content.units.iter().count() > 1);
        assert_eq!(over.content.units.iter().count(), 1);
        assert_ne!(plain.digest, over.digest);
    }

    #[test]
    fn packed_content_is_the_same_content() {
        let files = BTreeMap::from([(
            "units.toml".to_owned(),
            b"[[unit]]\nid='x'\ndimension='ratio'\nfactor='1'".to_vec(),
        )]);
        let library = Library::of(files);
        let again = Library::unpacked(&library.packed()).expect("what was packed");
        assert_eq!((&again.digest, again.content.units.iter().count()), (&library.digest, 1));
        assert!(Library::unpacked(b"\xff\xff\xff").is_none());
    }

    #[test]
    fn a_park_has_content_of_its_own() {
        let data = tempfile::tempdir().expect("a temporary folder");
        let before = Library::load_for(data.path(), None).expect("there need not be any");
        let own = data.path().join(OWN).join("notes");
        std::fs::create_dir_all(&own).expect("made");
        std::fs::write(own.join("a.txt"), "own").expect("written");
        let after = before.reloaded().expect("read again");
        assert_eq!((before.file("notes/a.txt"), after.file("notes/a.txt")), (None, Some(&b"own"[..])));
        assert_ne!(before.digest, after.digest);
    }
}
