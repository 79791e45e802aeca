//! Questions about figures as people ask them: ids or titles, periods in any spelling, names of whom to leave out – and
//! their form in an address.

use figures::{Exclude, Request};
use model::id::FigureId;
use model::period::{Period, Window};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::asof::{AsOf, AsOfFault};
use crate::park::Park;

/// One question about a figure.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// The figure's id or title; in an address it stands in the path.
    pub figure: String,
    /// The month, such as `2023-10`.
    pub period: String,
    /// `month`, `ytd`, `quarter`, `half`, `year` or `moment`; the figure's own when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<String>,
    /// Broken down by this field, by id or title, through a reference and to a level: `enterprise.industry/1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Without these, in both periods, divided by commas: names, `top:3` (the largest of the base), `set:ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<String>,
    /// Only where a field prints as a text: `PATH:TEXT`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Take the month as the figure's own last one, without its lag.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
    /// `comparable` (the figure's rule) or `raw` (everything a year before, unadjusted).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// As it was known on a day, or at a revision; as it is known now when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

/// Why a question cannot be asked. The sentences are in `messages::explore`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AskFault {
    /// There is no such figure.
    #[error("there is no figure `{0}`")]
    UnknownFigure(String),
    /// The text is no month.
    #[error("`{0}` is not a month")]
    NotAPeriod(String),
    /// The text is no window.
    #[error("`{0}` is not a window")]
    NotAWindow(String),
    /// The figure has no such field.
    #[error("there is no field `{0}`")]
    UnknownField(String),
    /// There is no such set.
    #[error("there is no exclusion set `{0}`")]
    UnknownSet(String),
    /// One of two values has no number, so there is no difference to explain.
    #[error("there is no difference to explain")]
    NoDifference(figures::BlankReason),
    /// Anything else that is not of the form it should be.
    #[error("`{value}` does not fit `{argument}`")]
    BadValue {
        /// Which argument.
        argument: &'static str,
        /// What was given.
        value: String,
    },
}

impl AskFault {
    /// The argument that is wrong.
    pub fn argument(&self) -> &'static str {
        match self {
            Self::UnknownFigure(_) => "figure",
            Self::NotAPeriod(_) | Self::NoDifference(_) => "period",
            Self::NotAWindow(_) => "window",
            Self::UnknownField(_) => "by",
            Self::UnknownSet(_) => "exclude",
            Self::BadValue { argument, .. } => argument,
        }
    }
}

impl Question {
    /// A question from the pairs of an address. Names that are none of its own are left to the caller.
    ///
    /// # Errors
    /// [`AskFault`] for a value that is not of its argument's form.
    pub fn from_pairs<'p>(
        figure: &str,
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, AskFault> {
        let mut question = Self { figure: figure.to_owned(), ..Self::default() };
        for (name, value) in pairs {
            let some = || Some(value.to_owned()).filter(|v| !v.is_empty());
            match name {
                "period" => value.clone_into(&mut question.period),
                "window" => question.window = some(),
                "by" => question.by = some(),
                "exclude" => question.exclude = some(),
                "only" => question.only.push(value.to_owned()),
                "basis" => question.basis = some(),
                "as_of" => question.as_of = some(),
                "exact" => {
                    question.exact = match value {
                        "1" | "true" => true,
                        "0" | "false" | "" => false,
                        _ => return Err(AskFault::BadValue { argument: "exact", value: value.to_owned() }),
                    }
                }
                _ => {}
            }
        }
        Ok(question)
    }

    /// The question behind a request, in the form of an address: what leads from a number to its trace.
    pub fn of(request: &Request) -> Self {
        let exclude = request.exclude.iter().map(|whom| match whom {
            Exclude::Named(id) => format!("set:{id}"),
            Exclude::Names(names) => names.join(","),
            Exclude::Top(k) => format!("top:{k}"),
        });
        let exclude: Vec<String> = exclude.collect();
        Self {
            figure: request.figure.to_string(),
            period: request.at.to_string(),
            window: request.window.map(|w| w.name().to_owned()),
            by: request.by.as_ref().map(ToString::to_string),
            exclude: Some(exclude.join(",")).filter(|x| !x.is_empty()),
            only: request.only.iter().map(|(path, text)| format!("{path}:{text}")).collect(),
            exact: request.exact,
            basis: None,
            as_of: None,
        }
    }

    /// The pairs of its address, without the figure.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("period", self.period.clone())];
        pairs.extend(self.window.clone().map(|w| ("window", w)));
        pairs.extend(self.by.clone().map(|b| ("by", b)));
        pairs.extend(self.exclude.clone().map(|x| ("exclude", x)));
        pairs.extend(self.only.iter().map(|o| ("only", o.clone())));
        pairs.extend(self.exact.then(|| ("exact", "1".to_owned())));
        pairs.extend(self.basis.clone().map(|b| ("basis", b)));
        pairs.extend(self.as_of.clone().map(|day| ("as_of", day)));
        pairs
    }

    /// The state of the ledger it is about; the newest when it says nothing.
    ///
    /// # Errors
    /// [`AsOfFault`] when that is none.
    pub(super) fn state(&self) -> Result<Option<AsOf>, AsOfFault> {
        self.as_of.as_deref().map(str::parse).transpose()
    }

    /// Whether growth is to be of everything a year before.
    ///
    /// # Errors
    /// [`AskFault`] for an unknown basis.
    pub(super) fn raw(&self) -> Result<bool, AskFault> {
        match self.basis.as_deref() {
            None | Some("comparable") => Ok(false),
            Some("raw") => Ok(true),
            Some(other) => Err(AskFault::BadValue { argument: "basis", value: other.to_owned() }),
        }
    }

    /// The request it means.
    ///
    /// # Errors
    /// [`AskFault`] for names the content does not have and periods that are none.
    pub fn request(&self, park: &Park) -> Result<Request, AskFault> {
        let unknown = || AskFault::UnknownFigure(self.figure.clone());
        let figure = park.find_figure(&self.figure).ok_or_else(unknown)?;
        let mut request = Request::new(figure.id.clone(), period(&self.period)?.end);
        request.exact = self.exact;
        if let Some(window) = &self.window {
            request.window = Some(Window::named(window).ok_or_else(|| AskFault::NotAWindow(window.clone()))?);
        }
        if let Some(by) = &self.by {
            request.by = Some(field(park, &figure.id, by)?);
        }
        for only in &self.only {
            let bad = || AskFault::BadValue { argument: "only", value: only.clone() };
            let (path, text) = only.split_once(':').ok_or_else(bad)?;
            request.only.push((field(park, &figure.id, path)?, text.to_owned()));
        }
        request.exclude = self.excluded(park)?;
        Ok(request)
    }

    pub(super) fn excluded(&self, park: &Park) -> Result<Vec<Exclude>, AskFault> {
        let mut all = Vec::new();
        let mut names = Vec::new();
        let parts = self.exclude.as_deref().unwrap_or("").split([',', '，', '、']);
        for part in parts.map(str::trim).filter(|p| !p.is_empty()) {
            if let Some(set) = part.strip_prefix("set:") {
                let known = park.library().content.exclusions.get(set);
                all.push(Exclude::Named(
                    known.ok_or_else(|| AskFault::UnknownSet(set.to_owned()))?.id.clone(),
                ));
            } else if let Some(count) = part.strip_prefix("top:") {
                let bad = |_| AskFault::BadValue { argument: "exclude", value: part.to_owned() };
                all.push(Exclude::Top(count.parse().map_err(bad)?));
            } else {
                names.push(part.to_owned());
            }
        }
        if !names.is_empty() {
            all.push(Exclude::Names(names));
        }
        Ok(all)
    }
}

fn field(park: &Park, figure: &FigureId, text: &str) -> Result<figures::FieldPath, AskFault> {
    park.find_field(figure, text).ok_or_else(|| AskFault::UnknownField(text.to_owned()))
}

/// A period in any of its spellings.
pub(crate) fn period(text: &str) -> Result<Period, AskFault> {
    let read = text.parse().ok().or_else(|| model::text::parse_period(text));
    read.ok_or_else(|| AskFault::NotAPeriod(text.to_owned()))
}
