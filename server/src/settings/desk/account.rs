//! The person who asks: what they may do, their password, and the links that they give to others.

use app::backend::{Me, PasswordLink};
use app::error::Error;
use app::problem::{Problem, Problems};
use app::sections::instance::Instance;
use app::sections::registry;
use app::sections::roles::{FUNCTIONS, Role, Verb};
use app::sections::users::User;
use sea_orm::DbErr;

use super::Desk;
use crate::access::one_time::{self, Purpose};
use crate::access::{Rights, passwords};
use crate::clock;

impl Desk {
    /// Who the person is and what they may do.
    pub(super) fn person(&self) -> Result<Me, Error> {
        let (snapshot, rights, _) = self.stand()?;
        let user = self.user()?;
        let held = snapshot.get("users", user).ok_or(Error::SignIn)?;
        let value: User = snapshot.typed(user).ok_or(Error::SignIn)?;
        let instance: Instance = snapshot.typed(0).unwrap_or_default();
        let role = value.role.and_then(|role| snapshot.typed::<Role>(role.0)).unwrap_or_default();
        let sections = registry::all()
            .iter()
            .map(|entry| (entry.item().key.to_owned(), Desk::can(&rights, entry.item().key)))
            .filter(|(_, can)| can.view)
            .collect();
        Ok(Me {
            id: user,
            name: held.name(self.language).to_owned(),
            email: value.email.0,
            role: role.name.in_language(self.language.tag()).to_owned(),
            sections,
            functions: FUNCTIONS
                .iter()
                .filter(|name| rights.has(name))
                .map(|name| (*name).to_owned())
                .collect(),
            project: instance.name.0,
            languages: snapshot.languages().to_vec(),
            time_zone: instance.instance_timezone.0,
        })
    }

    /// Replaces their password and ends their other sessions.
    pub(super) async fn new_password(&self, current: String, new: String) -> Result<(), Error> {
        self.stand()?;
        let user = self.user()?;
        if !passwords::acceptable(&new) {
            return Err(Error::invalid(Problems(vec![Problem::error("/new", "sign_in_short")])));
        }
        if !self.console.accounts.check(user, current).await.map_err(|error| self.broken(&error))? {
            return Err(Error::Forbidden { right: "password".into() });
        }
        let hash = passwords::hash(new).await;
        let db = self.console.settings.database().connection();
        self.console.accounts.set(db, user, hash).await.map_err(|error| self.broken(&error))?;
        Ok(())
    }

    /// A link by which somebody sets a password; nobody gives one to a person whose role may more than their own.
    pub(super) async fn link_for(&self, user: i64) -> Result<PasswordLink, Error> {
        let (snapshot, rights, _) = self.stand()?;
        rights.demand("users", Verb::View)?;
        if !rights.has("users.reset_password") {
            return Err(Error::Forbidden { right: "users.reset_password".into() });
        }
        let held = snapshot.get("users", user).filter(|held| !held.archived).ok_or(Error::Missing)?;
        let value: User = serde_json::from_str(&held.data).map_err(|_| Error::Missing)?;
        if let (Rights::Role(own), Some(role)) = (&rights, value.role.and_then(|role| snapshot.role(role.0)))
            && own.lacks(role).is_some()
        {
            return Err(Error::Forbidden { right: "users.reset_password".into() });
        }
        let db = self.console.settings.database().connection();
        let made = async {
            let purpose = if self.console.accounts.has_password(user).await? {
                Purpose::Reset
            } else {
                Purpose::Invite
            };
            one_time::make(db, purpose, Some(user)).await
        };
        let link = made.await.map_err(|error: DbErr| self.broken(&error))?;
        Ok(PasswordLink {
            url: format!("{}/password/{}", self.console.url(), link.secret),
            expires: clock::rfc3339(link.expires, &snapshot.zone()),
        })
    }
}
