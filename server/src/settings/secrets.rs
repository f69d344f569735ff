//! The kept secrets: sealed into rows of their own in the transaction of their commit, unsealed for whoever sends them.

use app::sections::registry;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect, Set,
};
use tracing::warn;

use super::Settings;
use super::prepare::SecretChange;
use super::snapshot::{Snapshot, number, section_of};
use crate::database::entities::secret;
use crate::vault::Vault;

/// A kept secret, and whose it is.
#[derive(Debug)]
pub struct Unsealed {
    /// The section of its record.
    pub section: String,
    /// The secret; none if its key is not here.
    pub text: Option<String>,
}

/// What a secret is sealed for.
fn belongs(section: &str, record: i64, sent_to: &str, handle: &str) -> String {
    [section, &record.to_string(), sent_to, handle].join("\n")
}

/// Writes what a commit does to secrets.
pub(super) async fn store(
    transaction: &DatabaseTransaction,
    vault: &Vault,
    changes: Vec<SecretChange>,
) -> Result<(), DbErr> {
    for change in changes {
        match change {
            SecretChange::Keep { handle, place: (section, record), sent_to, text } => {
                let section = section_of(section);
                let (key_id, ciphertext) = vault.seal(&belongs(section, record, &sent_to, &handle), &text.0);
                let row = secret::ActiveModel {
                    handle: Set(handle),
                    section: Set(section.to_owned()),
                    record: Set(record),
                    sent_to: Set(sent_to),
                    key_id: Set(key_id),
                    ciphertext: Set(ciphertext),
                };
                secret::Entity::insert(row).exec_without_returning(transaction).await?;
            }
            SecretChange::Drop { handle, .. } => {
                secret::Entity::delete_by_id(handle).exec(transaction).await?;
            }
        }
    }
    Ok(())
}

/// Forgets every secret of a record that is gone for good.
pub(super) async fn forget(transaction: &DatabaseTransaction, section: &str, id: i64) -> Result<(), DbErr> {
    secret::Entity::delete_many()
        .filter(secret::Column::Section.eq(section))
        .filter(secret::Column::Record.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// A row without what is sealed.
type Known = (String, String, i64, String);

fn note(snapshot: &mut Snapshot, rows: Vec<Known>) {
    for (handle, section, record, sent_to) in rows {
        if let Some(section) = number(&section) {
            snapshot.keep_secret((section, record), &handle, &sent_to);
        }
    }
}

fn known() -> sea_orm::Select<secret::Entity> {
    secret::Entity::find().select_only().columns([
        secret::Column::Handle,
        secret::Column::Section,
        secret::Column::Record,
        secret::Column::SentTo,
    ])
}

/// Notes every kept secret.
pub(super) async fn read_all<C: ConnectionTrait>(
    connection: &C,
    snapshot: &mut Snapshot,
) -> Result<(), DbErr> {
    note(snapshot, known().into_tuple().all(connection).await?);
    Ok(())
}

/// Notes the secrets of these records as they stand.
pub(super) async fn read_of<C: ConnectionTrait>(
    connection: &C,
    snapshot: &mut Snapshot,
    section: &str,
    ids: &[i64],
) -> Result<(), DbErr> {
    let has = registry::entry(section).is_some_and(registry::Entry::has_secrets);
    let Some(number) = number(section).filter(|_| has) else { return Ok(()) };
    for id in ids {
        snapshot.drop_secrets((number, *id));
    }
    let rows = known()
        .filter(secret::Column::Section.eq(section))
        .filter(secret::Column::Record.is_in(ids.to_vec()))
        .into_tuple()
        .all(connection)
        .await?;
    note(snapshot, rows);
    Ok(())
}

/// Says at the start which secrets can't be opened, while whoever has the key may still remember where it is.
pub(super) async fn warn_of_lost_keys<C: ConnectionTrait>(
    connection: &C,
    vault: &Vault,
) -> Result<(), DbErr> {
    let keys: Vec<String> = secret::Entity::find()
        .select_only()
        .column(secret::Column::KeyId)
        .distinct()
        .into_tuple()
        .all(connection)
        .await?;
    for key in keys.iter().filter(|key| !vault.knows(key)) {
        warn!(%key, "secrets were sealed with a key that is not here: name it in PULT_SECRET_KEY, or enter them again");
    }
    Ok(())
}

impl Settings {
    /// The secret of this handle, if it may be sent to the origin `sent_to`.
    ///
    /// # Errors
    /// The database could not be asked.
    pub async fn secret(&self, handle: &str, sent_to: &str) -> Result<Option<Unsealed>, DbErr> {
        let row = secret::Entity::find_by_id(handle).one(self.database().connection()).await?;
        Ok(row.filter(|row| row.sent_to == sent_to).map(|row| {
            let belongs = belongs(&row.section, row.record, &row.sent_to, &row.handle);
            let text = self.vault.unseal(&row.key_id, &belongs, &row.ciphertext);
            Unsealed { section: row.section, text }
        }))
    }
}
