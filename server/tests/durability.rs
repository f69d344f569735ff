//! What power loss may not take: every connection syncs each commit.

use sea_orm::sqlx;

use crate::common::Home;

#[tokio::test(flavor = "multi_thread")]
async fn every_sqlite_connection_writes_ahead_and_syncs() {
    let home = Home::sqlite().await;
    let pool = home.console.settings.database().connection().get_sqlite_connection_pool();
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = pool.acquire().await.unwrap();
        let journal: String =
            sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await.unwrap();
        let synchronous: i64 =
            sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await.unwrap();
        let foreign: i64 =
            sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *connection).await.unwrap();
        assert_eq!((journal.as_str(), synchronous, foreign), ("wal", 2, 1));
        held.push(connection);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_a_dangling_link() {
    use sea_orm::ConnectionTrait;
    for home in [Home::sqlite().await, Home::postgres().await] {
        let db = home.console.settings.database().connection();
        let dangling = "INSERT INTO reference VALUES ('roles', 1, '/x', 'roles', 999)";
        assert!(db.execute_unprepared(dangling).await.is_err());
    }
}
