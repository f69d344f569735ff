//! Links that work once: set-up of the first owner, invitations, password resets.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, Set};

use super::tokens;
use crate::clock;
use crate::database::entities::one_time;

/// One hour, in microseconds.
pub const HOUR: i64 = 3600 * 1_000_000;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first owner; works until it is used.
    SetUp,
    /// A new person sets a password; 72 hours.
    Invite,
    /// A person sets another password; 24 hours.
    Reset,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::Invite => "invite",
            Self::Reset => "reset",
        }
    }

    const fn life(self) -> i64 {
        match self {
            Self::SetUp => 24 * 365 * HOUR,
            Self::Invite => 72 * HOUR,
            Self::Reset => 24 * HOUR,
        }
    }
}

/// A link's secret, and until when it works, in microseconds since 1970.
#[derive(Clone, Debug)]
pub struct Link {
    /// The secret, as it stands in the address.
    pub secret: String,
    /// The end of its life.
    pub expires: i64,
}

/// Makes a link; earlier unused ones of the same purpose and person stop working.
pub async fn make<C: ConnectionTrait>(db: &C, purpose: Purpose, user: Option<i64>) -> Result<Link, DbErr> {
    cancel(db, purpose, user).await?;
    let secret = tokens::new();
    let expires = clock::now() + purpose.life();
    one_time::Entity::insert(one_time::ActiveModel {
        hash: Set(tokens::hash(&secret)),
        purpose: Set(purpose.code().into()),
        user_id: Set(user),
        expires: Set(expires),
        used: Set(false),
    })
    .exec_without_returning(db)
    .await?;
    Ok(Link { secret, expires })
}

/// Stops every unused link of this purpose and person.
pub async fn cancel<C: ConnectionTrait>(db: &C, purpose: Purpose, user: Option<i64>) -> Result<(), DbErr> {
    let whose = match user {
        Some(user) => one_time::Column::UserId.eq(user),
        None => one_time::Column::UserId.is_null(),
    };
    one_time::Entity::delete_many()
        .filter(one_time::Column::Purpose.eq(purpose.code()))
        .filter(one_time::Column::Used.eq(false))
        .filter(whose)
        .exec(db)
        .await?;
    Ok(())
}

/// Does this link still work? Answers whose it is.
pub async fn look<C: ConnectionTrait>(
    db: &C,
    secret: &str,
    purposes: &[Purpose],
) -> Result<Option<Option<i64>>, DbErr> {
    let row = one_time::Entity::find_by_id(tokens::hash(secret)).one(db).await?;
    Ok(row
        .filter(|row| !row.used && row.expires > clock::now())
        .filter(|row| purposes.iter().any(|purpose| purpose.code() == row.purpose))
        .map(|row| row.user_id))
}

/// Uses a link up. Of two that try at once, one is told no.
pub async fn take<C: ConnectionTrait>(db: &C, secret: &str) -> Result<bool, DbErr> {
    let outcome = one_time::Entity::update_many()
        .col_expr(one_time::Column::Used, Expr::value(true))
        .filter(one_time::Column::Hash.eq(tokens::hash(secret)))
        .filter(one_time::Column::Used.eq(false))
        .filter(Expr::col(one_time::Column::Expires).gt(clock::now()))
        .exec(db)
        .await?;
    Ok(outcome.rows_affected == 1)
}
