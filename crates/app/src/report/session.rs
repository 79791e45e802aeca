//! One rendering of a template: what has been asked so far, where the engine stands, what has been printed.
//!
//! The template engine wants its functions and objects to own what they use, so they share a session. It is used twice:
//! collecting, where every term of the template is evaluated once by itself and asks are noted; and rendering, where
//! answers are there and printed pieces become tokens.
//!
//! Deliberately absent: the functions and objects themselves (`objects.rs`).

use std::sync::{Arc, Mutex, MutexGuard};

use minijinja::{Error, ErrorKind};
use model::content::Content;
use model::definition::Figure;
use model::id::ClaimId;
use model::period::Month;

use super::answers::Answers;
use super::ask::{Part, Subject, Wants};
use super::grammar::{TagFault, fault};
use super::matter::Matter;
use super::print::Style;
use super::settings::Setup;
use crate::library::Library;

/// What a tag may do with what it evaluates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// Print it.
    Slot,
    /// Decide by it.
    Condition,
    /// Keep it or run over it.
    Binding,
}

/// A piece printed at a place.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    /// Index of the tag.
    pub tag: usize,
    /// Which pass of the loop around it, from 1.
    pub pass: u32,
    /// What was printed.
    pub cell: Cell,
}

/// A printable part of something.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Cell {
    /// Of what.
    pub subject: Subject,
    /// Which part.
    pub part: Part,
    /// How.
    pub style: Style,
}

/// What is shared by the functions and objects of one rendering.
#[derive(Debug)]
pub(super) struct Session {
    library: Arc<Library>,
    /// The report, with what its parameters are set to.
    pub setup: Arc<Setup>,
    /// The report's month.
    pub period: Month,
    /// The mode of each tag.
    modes: Vec<Mode>,
    /// The answers; none while collecting.
    pub answers: Option<Arc<Answers>>,
    /// What is known of the one thing the report is about; one fact of each name while collecting.
    pub matter: Option<Arc<Matter>>,
    state: Mutex<State>,
}

/// A chart that was drawn: its points are printed pieces, series after series.
#[derive(Clone, Debug)]
pub(super) struct Plotted {
    /// Its name in the report's definition.
    pub name: String,
    /// Index of its first point among the printed pieces.
    pub first: usize,
    /// How many stand along the axis.
    pub categories: usize,
    /// Whether the breakdown has more lines than are drawn.
    pub cut: bool,
}

/// What changes while the template is evaluated.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The tag being evaluated.
    pub tag: usize,
    /// Which pass of the loop around it.
    pub pass: u32,
    /// What was asked.
    pub wants: Wants,
    /// What was printed, in the order of the document.
    pub printed: Vec<Printed>,
    /// The charts, in the order of the document.
    pub charts: Vec<Plotted>,
    /// Which claim was asked by which tag.
    pub claims: Vec<(ClaimId, usize)>,
    /// Tags that ran over an empty breakdown.
    pub empty_loops: Vec<usize>,
    /// The fault behind the error the engine reports.
    pub fault: Option<TagFault>,
}

impl Session {
    pub fn new(
        library: Arc<Library>,
        (setup, period): (Arc<Setup>, Month),
        modes: Vec<Mode>,
        known: Option<(Arc<Answers>, Option<Arc<Matter>>)>,
    ) -> Arc<Self> {
        let (answers, matter) = match known {
            Some((answers, matter)) => (Some(answers), matter),
            None => (None, setup.sample_matter(period).map(Arc::new)),
        };
        Arc::new(Self { library, setup, period, modes, answers, matter, state: Mutex::default() })
    }

    /// The definitions.
    pub fn content(&self) -> &Content {
        &self.library.content
    }

    /// The figure of that id; a refusal when there is none.
    pub fn figure(&self, id: &str) -> Result<&Figure, Error> {
        let figures = &self.content().figures;
        figures.get(id).ok_or_else(|| {
            self.refuse(super::messages::unknown_figure(id, figures.keys().map(model::id::FigureId::as_str)))
        })
    }

    /// What changes.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Ends the session; what was noted.
    pub fn take(&self) -> State {
        std::mem::take(&mut *self.state())
    }

    /// The mode of the tag being evaluated.
    pub fn mode(&self) -> Mode {
        let tag = self.state().tag;
        self.modes.get(tag).copied().unwrap_or(Mode::Slot)
    }

    /// An error that carries a fault of the template.
    pub fn refuse(&self, said: (String, String)) -> Error {
        self.state().fault = Some(fault(said));
        Error::from(ErrorKind::InvalidOperation)
    }
}
