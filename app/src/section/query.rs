//! The state of a list as the query of its address, so that every view of it is a link.

use leptos_router::location::Url;
use leptos_router::params::ParamsMap;

use crate::backend::ListQuery;

/// Rows a page unless the person chose otherwise.
pub const ROWS: u32 = 50;

/// What of a list is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// Words to find.
    pub q: String,
    /// A field, with `-` in front for descending; empty for the section's own order.
    pub sort: String,
    /// Page number from 1.
    pub page: u32,
    /// Rows a page; 0 for as many as the person likes.
    pub limit: u32,
    /// Archived records instead of the others.
    pub archived: bool,
    /// Field and wanted value.
    pub filter: Vec<(String, String)>,
}

impl ListState {
    /// Reads the query.
    pub fn read(params: &ParamsMap) -> Self {
        let mut state = Self { page: 1, ..Self::default() };
        for (name, value) in params {
            match &**name {
                "q" => value.clone_into(&mut state.q),
                "sort" => value.clone_into(&mut state.sort),
                "page" => state.page = value.parse().unwrap_or(1).max(1),
                "limit" => state.limit = value.parse().unwrap_or(0),
                "archived" => state.archived = value == "1",
                name => {
                    if let Some(field) = name.strip_prefix("f.").filter(|_| !value.is_empty()) {
                        state.add(field, value);
                    }
                }
            }
        }
        state
    }

    /// The query of this state, `?` included; empty for the state that needs none.
    pub fn query(&self) -> String {
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.push_str(&escape(value));
        };
        if !self.q.is_empty() {
            add("q", &self.q);
        }
        for (field, value) in &self.filter {
            add(&format!("f.{field}"), value);
        }
        if self.archived {
            add("archived", "1");
        }
        if !self.sort.is_empty() {
            add("sort", &self.sort);
        }
        if self.limit > 0 {
            add("limit", &self.limit.to_string());
        }
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        query
    }

    /// The same list from its first page on, with something changed.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut state = Self { page: 1, ..self.clone() };
        change(&mut state);
        state
    }

    /// The wanted value of a field; empty for any.
    pub fn wanted(&self, field: &str) -> &str {
        self.filter.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    /// Wants a value of a field; an empty one wants any.
    pub fn want(&mut self, field: &str, value: &str) {
        self.filter.retain(|(name, _)| name != field);
        if !value.is_empty() {
            self.add(field, value);
        }
    }

    /// Filters stand in the order of their fields, so that the same list has one address.
    fn add(&mut self, field: &str, value: &str) {
        let at = self.filter.partition_point(|(name, _)| name.as_str() < field);
        self.filter.insert(at, (field.to_owned(), value.to_owned()));
    }

    /// Is anything asked for at all?
    pub fn asks(&self) -> bool {
        !self.q.is_empty() || !self.filter.is_empty() || self.archived
    }

    /// The same as the server is asked; `rows` a page unless the address says otherwise.
    pub fn ask(&self, rows: u32) -> ListQuery {
        ListQuery {
            q: self.q.clone(),
            filter: self.filter.iter().cloned().collect(),
            archived: self.archived,
            sort: self.sort.clone(),
            page: self.page,
            limit: if self.limit > 0 { self.limit } else { rows },
            ..ListQuery::default()
        }
    }
}

/// A text as it may stand in a query.
pub fn escape(text: &str) -> String {
    Url::escape(text)
}
