//! What lists are asked: window, order, filters, columns – one way for every list.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use utoipa::IntoParams;

use super::problem::Problem;

/// Rows of a window when nobody says how many.
const USUAL: usize = 100;
/// Rows of a window at most.
const MOST: usize = 1000;

/// The query of a request: names and values in order, a name any number of times.
pub(crate) struct Params(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let pairs = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        pairs.map(|Query(pairs)| Self(pairs)).map_err(|fault| Problem::invalid("query", fault.to_string()))
    }
}

impl Params {
    /// All of it, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The last value of a name; an empty one counts as none.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str())
    }

    /// A value of a kind.
    ///
    /// # Errors
    /// [`Problem`] when it is there and cannot be read.
    pub(crate) fn parse<T>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        let read =
            |text: &str| text.parse().map_err(|fault: T::Err| Problem::invalid(name, fault.to_string()));
        self.one(name).map(read).transpose()
    }

    /// Offset and limit.
    ///
    /// # Errors
    /// [`Problem`] when they are no numbers, or the limit is above 1,000.
    pub(crate) fn window(&self) -> Result<(usize, usize), Problem> {
        let offset = self.parse("offset")?.unwrap_or(0);
        match self.parse("limit")?.unwrap_or(USUAL) {
            limit if limit <= MOST => Ok((offset, limit)),
            _ => Err(Problem::invalid("limit", "1–1000")),
        }
    }

    /// Values of a name, each a list separated by commas.
    pub(crate) fn listed(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(|v| v.split(',')).filter(|v| !v.is_empty()).map(str::to_owned).collect()
    }
}

/// How every list is asked, for the description of the API.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what Params reads")]
pub(crate) struct ListParams {
    /// First row, from 0.
    offset: Option<usize>,
    /// Rows at most, up to 1,000.
    limit: Option<usize>,
    /// Fields to sort by, separated by commas; `-` before one for descending.
    sort: Option<String>,
    /// `FIELD:OP:VALUE`, any number of times; OP is eq, ne, in (a|b), contains, starts, gt, ge, lt, le, between (a|b), empty or filled.
    filter: Option<Vec<String>>,
    /// Text anywhere in a row.
    q: Option<String>,
    /// Fields to answer with, separated by commas.
    columns: Option<String>,
}
