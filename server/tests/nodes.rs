//! Several nodes on one PostgreSQL: each sees the other's commits, writers take turns, a reader may ask for fresh.

use serde_json::json;

use crate::common::{Home, patch};

#[tokio::test(flavor = "multi_thread")]
async fn a_change_on_one_node_is_seen_on_the_other() {
    let one = Home::postgres().await;
    let two = one.second_node().await;
    let program = two.program("administrator").await;
    let mut heard = two.console.settings.subscribe();
    let id = one.create("tags", json!({ "name": "Звідси" })).await;
    let notice = tokio::time::timeout(std::time::Duration::from_secs(10), heard.recv())
        .await
        .expect("in time")
        .unwrap();
    assert_eq!(notice.changes[0].id, id);
    assert_eq!(two.value("tags", id)["name"], "Звідси");
    // A write on the second node follows the first's, without having been told of it.
    let committed = one.commit(vec![patch("tags", id, 1, json!({ "colour": "#111111" }))]).await.unwrap();
    let followed = two.commit(vec![patch("tags", id, 2, json!({ "colour": "#222222" }))]).await.unwrap();
    assert_eq!(followed.seq, committed.seq + 1);
    // A caller that names what it wrote is answered from a state at least that new.
    let last = one.commit(vec![patch("tags", id, 3, json!({ "colour": "#333333" }))]).await;
    let last = match last {
        Ok(committed) => committed,
        Err(_) => {
            one.console.settings.reach(followed.seq).await;
            one.commit(vec![patch("tags", id, 3, json!({ "colour": "#333333" }))]).await.unwrap()
        }
    };
    let answer = program
        .request("GET", &format!("/settings/tags/{id}"))
        .header("pult-after", last.seq)
        .send()
        .await
        .unwrap();
    assert_eq!(crate::common::read(answer).await.1["value"]["colour"], "#333333");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_fresh_nodes_make_one_first_commit() {
    let one = Home::postgres().await;
    let mut config = one.config.clone();
    config.database = Some(tokio::task::spawn_blocking(crate::common::postgres::database_url).await.unwrap());
    // Migrations take turns; the first commit is made by whoever comes first.
    let first = server::Console::open(config.clone()).await.unwrap();
    let second = server::Console::open(config).await.unwrap();
    assert_eq!((first.settings.snapshot().head, second.settings.snapshot().head), (1, 1));
}
