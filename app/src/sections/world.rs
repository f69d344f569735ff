//! What rules may know of the other settings: a view of one moment, real or supposed.

use std::borrow::Cow;
use std::sync::Arc;

use super::Section;
use crate::problem::Problems;

/// One record as it stands in a [`World`].
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its id; 0 for a document.
    pub id: i64,
    /// Its canonical JSON.
    pub data: Arc<str>,
    /// Out of lists and choices; id and key stay taken.
    pub archived: bool,
    /// Offered for new work.
    pub active: bool,
}

/// All settings at one moment.
pub trait World {
    /// One record, archived or not.
    fn standing(&self, section: &str, id: i64) -> Option<Standing>;
    /// The ids of a section, ascending, archived ones included.
    fn ids(&self, section: &str) -> Vec<i64>;
    /// The records that refer to this one, as (section, id), each once.
    fn referrers(&self, section: &str, id: i64) -> Vec<(&'static str, i64)>;
    /// The languages in which texts are kept; the first is required.
    fn languages(&self) -> Cow<'_, [String]>;
    /// Is there a time zone of this name? Only the server knows them all.
    fn has_zone(&self, name: &str) -> bool;
    /// What is wrong with a style sheet for the operator panel, at `/css`. Only the server has a parser of CSS.
    fn check_css(&self, css: &str, problems: &mut Problems);
}

/// Typed reading of a [`World`].
pub trait WorldExt {
    /// The value of a record of `S`, archived or not.
    fn get<S: Section>(&self, id: i64) -> Option<S>;
    /// Every record of `S` that is not archived, with its id.
    fn live<S: Section>(&self) -> Vec<(i64, S)>;
}

impl WorldExt for dyn World + '_ {
    fn get<S: Section>(&self, id: i64) -> Option<S> {
        self.standing(S::KEY, id).and_then(|standing| serde_json::from_str(&standing.data).ok())
    }

    fn live<S: Section>(&self) -> Vec<(i64, S)> {
        self.ids(S::KEY)
            .into_iter()
            .filter_map(|id| self.standing(S::KEY, id))
            .filter(|standing| !standing.archived)
            .filter_map(|standing| Some((standing.id, serde_json::from_str(&standing.data).ok()?)))
            .collect()
    }
}
